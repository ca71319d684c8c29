"""What schemathesis.toml cannot say."""

import itertools

import schemathesis
from requests.adapters import HTTPAdapter


@schemathesis.hook
def before_call(context, case, kwargs):
    """A claim that may wait for up to a minute waits for up to half a second."""
    if case.path != "/v1/escalations/claim" or not isinstance(case.body, dict):
        return
    wait = case.body.get("wait_s")
    if type(wait) in (int, float) and 0 < wait <= 60:
        case.body = {**case.body, "wait_s": wait / 120}


# The check ignored_auth tries a wrong token on every operation and takes 401 and 403 alone for an answer; ten wrong ones a
# minute from one address are told 429. Each of them comes from an address of its own, as from so many strangers.
_send = HTTPAdapter.send
_strangers = itertools.count(1)


def _send_as_a_stranger(adapter, request, **arguments):
    if "INVALID" in str(request.headers.get("Authorization")):
        adapter = HTTPAdapter()
        adapter.init_poolmanager(1, 1, source_address=(f"127.0.1.{next(_strangers) % 250 + 1}", 0))
    return _send(adapter, request, **arguments)


HTTPAdapter.send = _send_as_a_stranger
