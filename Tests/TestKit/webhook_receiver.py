#!/usr/bin/env python3
"""Takes webhooks as its plan tells it, and records every request.

Usage: webhook_receiver.py FOLDER PORT [CERTIFICATE KEY]

A line of FOLDER/plan is "SUBJECT COUNT BEHAVIOUR": the first whose subject is the
event's (or *) and that was used less than COUNT times (or *) since the plan changed holds; without one the answer is 200. Behaviours:

    ok                  200
    status N            that status
    wait N SECONDS      that status with Retry-After
    date N SECONDS      the same as a date
    redirect URL        302 there
    stall SECONDS       no answer for so long
    close               the connection ends without one

FOLDER/received.jsonl gets a line for each request before it is answered.
"""

import email.utils
import http.server
import json
import ssl
import sys
import threading
import time

folder = sys.argv[1]
lock = threading.Lock()
plan = None
used = {}


def behaviour(subject):
    global plan
    with open(folder + "/plan", encoding="utf-8") as file:
        text = file.read()
    if text != plan:
        plan = text
        used.clear()
    for line in filter(None, plan.splitlines()):
        wanted, count, *words = line.split()
        if wanted not in ("*", subject):
            continue
        if count != "*":
            if used.get(line, 0) >= int(count):
                continue
            used[line] = used.get(line, 0) + 1
        return words
    return ["ok"]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"])).decode("utf-8")
        headers = {name.lower(): value for name, value in self.headers.items()}
        subject = headers.get("ce-subject") or json.loads(body).get("subject", "")
        with lock:
            words = behaviour(subject)
            record = {"at": int(time.time() * 1000), "path": self.path, "headers": headers, "body": body,
                      "behaviour": " ".join(words)}
            with open(folder + "/received.jsonl", "a", encoding="utf-8") as received:
                received.write(json.dumps(record) + "\n")
        getattr(self, "do_" + words[0])(*words[1:])

    do_GET = do_POST

    def answer(self, status, **headers):
        text = b"the plan says so\n"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def do_ok(self):
        self.answer(200)

    def do_status(self, status):
        self.answer(int(status))

    def do_wait(self, status, seconds):
        self.answer(int(status), Retry_After=seconds)

    def do_date(self, status, seconds):
        self.answer(int(status), Retry_After=email.utils.formatdate(time.time() + float(seconds), usegmt=True))

    def do_redirect(self, url):
        self.answer(302, Location=url)

    def do_stall(self, seconds):
        time.sleep(float(seconds))
        self.close_connection = True

    def do_close(self):
        self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        # A sender that was killed or lost its patience is nothing to report.
        pass


server = Server(("127.0.0.1", int(sys.argv[2])), Handler)
if len(sys.argv) > 3:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
