"""A consumer of escalations as the world has them: it claims, tells nobody in particular, answers for what it claimed,
and now and then fails, gives back, is too slow, or dies with work in hand and comes back.

usage: escalation_consumer.py SOCKET LOG SEED LEASE_S BATCH STOP_FILE

Writes one line a thing that happened to LOG: what, escalation, claim number, UTC milliseconds before and after the
request, and the end of the lease. Ends once STOP_FILE is there.
"""

import http.client
import json
import os
import random
import socket
import sys
import time


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        super().__init__("localhost", timeout=70)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Daemon:
    """Asks again and again, as the daemon is killed while it is asked."""

    def __init__(self, path, stop):
        self.path = path
        self.stop = stop
        self.connection = None

    def post(self, route, body):
        """The answer, or None if none came."""
        try:
            if self.connection is None:
                self.connection = Connection(self.path)
            self.connection.request("POST", route, json.dumps(body), {"Content-Type": "application/json"})
            response = self.connection.getresponse()
            answer = json.loads(response.read())
            if response.status == 200:
                return answer
            if response.status != 503:
                sys.exit(f"{route} was answered {response.status}: {answer}")
        except (OSError, http.client.HTTPException, ValueError):
            pass
        if self.connection is not None:
            self.connection.close()
        self.connection = None
        time.sleep(0.02)
        return None


def now():
    return time.time_ns() // 1_000_000


def main():
    path, log_path, seed, lease, batch, stop = sys.argv[1:7]
    lease = float(lease)
    chance = random.Random(f"{seed}/{os.path.getsize(log_path) if os.path.exists(log_path) else 0}")
    daemon = Daemon(path, stop)
    with open(log_path, "a", buffering=1 << 16) as log:

        def note(what, task, before, after):
            log.write(f"{what} {task['id']} {task['claim']} {before} {after} {task['lease_until']}\n")

        def report(verb, tasks):
            if not tasks:
                return
            before = now()
            items = [{"id": task["id"], "claim": task["claim"], "note": verb} for task in tasks]
            answer = None
            # The first answer may be lost with the daemon: the same is said again until there is one.
            while answer is None and not os.path.exists(stop):
                answer = daemon.post("/v1/escalations/report", {"verb": verb, "items": items})
            after = now()
            for task, result in zip(tasks, (answer or {"results": []})["results"]):
                note(verb + "-" + result["outcome"], task, before, after)

        while not os.path.exists(stop):
            before = now()
            answer = daemon.post(
                "/v1/escalations/claim", {"limit": chance.randint(1, int(batch)), "lease_s": lease, "wait_s": 0.5}
            )
            tasks = (answer or {"escalations": []})["escalations"]
            after = now()
            for task in tasks:
                note("claim", task, before, after)
            fate = chance.random()
            if tasks and fate < 0.01:
                log.flush()
                os.execv(sys.executable, [sys.executable] + sys.argv)
            if tasks and 0.01 <= fate < 0.05:
                # Too slow: the leases run out meanwhile.
                while now() <= tasks[0]["lease_until"] + 50 and not os.path.exists(stop):
                    time.sleep(0.05)
            if tasks and 0.05 <= fate < 0.10:
                report("release", tasks)
                continue
            failed = [task for task in tasks if chance.random() < 0.02]
            report("fail", failed)
            report("done", [task for task in tasks if task not in failed])
            log.flush()


main()
