#!/usr/bin/env python3
"""Checks recorded webhooks independently of the program that sent them.

Usage: check_webhooks.py signatures|cloudevents RECEIVED.jsonl [SECRET ...]

signatures: every message carries a signature of each secret, by the Standard Webhooks scheme, made for its own time.
cloudevents: the CloudEvents SDK reads every message and finds nothing wrong, and both modes say the same.
"""

import base64
import hashlib
import hmac
import json
import sys

kind, path, *secrets = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    records = [json.loads(line) for line in file]
if not records:
    sys.exit("nothing was received")


def key(secret):
    return base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()


def check_signatures(record):
    headers = record["headers"]
    signed = "{}.{}.{}".format(headers["webhook-id"], headers["webhook-timestamp"], record["body"]).encode()
    wanted = ["v1," + base64.b64encode(hmac.new(key(secret), signed, hashlib.sha256).digest()).decode()
              for secret in secrets]
    if headers["webhook-signature"].split(" ") != wanted:
        sys.exit("signature of {}: {}, wanted {}".format(headers["webhook-id"], headers["webhook-signature"], wanted))
    age = record["at"] / 1000 - int(headers["webhook-timestamp"])
    if not -1 <= age < 60:
        sys.exit("{} was signed {} s before it arrived".format(headers["webhook-id"], age))


def check_cloudevent(record):
    from cloudevents.core.bindings.http import HTTPMessage, from_http_event
    from cloudevents.core.formats.json import JSONFormat

    event = from_http_event(HTTPMessage(headers=record["headers"], body=record["body"].encode()), JSONFormat())
    data = event.get_data()
    if not isinstance(data, dict):
        sys.exit("the data of {} is {}".format(event.get_id(), type(data)))
    if event.get_id() != record["headers"]["webhook-id"]:
        sys.exit("webhook-id is {}, the event's id {}".format(record["headers"]["webhook-id"], event.get_id()))
    if not event.get_type().startswith("hazard.") or event.get_datacontenttype() != "application/json":
        sys.exit("{} is a {} of {}".format(event.get_id(), event.get_type(), event.get_datacontenttype()))
    if len(event.get_extension("sequence")) != 20 or event.get_time().tzinfo is None:
        sys.exit("{} has sequence {} and time {}".format(
            event.get_id(), event.get_extension("sequence"), event.get_time()))
    attributes = json.dumps([event.get_source(), event.get_type(), event.get_subject(), event.get_time().isoformat(),
                             event.get_extension("sequence"), event.get_extension("previous"), data], sort_keys=True)
    if said.setdefault(event.get_id(), attributes) != attributes:
        sys.exit("{} is told in two ways: {} and {}".format(event.get_id(), said[event.get_id()], attributes))


said = {}
check = {"signatures": check_signatures, "cloudevents": check_cloudevent}[kind]
for record in records:
    check(record)
print("{}: {} messages".format(kind, len(records)))
