#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A small store that speaks the S3 protocol, for tests: one bucket in memory, on this machine only. It checks every
signature (AWS Signature Version 4) from the specification, by itself, and can be told to misbehave.

    tests/s3_server.py [KEY-ID SECRET]        prints its port, serves until its standard input closes

POST /control with JSON changes how it behaves from then on, GET /state tells what it saw and has:
    fail N          answer the next N requests with 500
    cut_upload N    close the connection in the middle of the next N uploads; nothing is kept
    cut_download N  close the connection in the middle of the next N downloads
    lose_answer N   keep the next N uploads, but close the connection instead of answering
    slow S          wait S seconds in front of each answer
    page N          names on a page of a list
    checksums B     keep x-amz-checksum-sha256 (as stores of today) or know nothing of it
    damage NAME     flip a byte of an object
    shorten NAME    leave half of an object
    forget NAME     remove an object, locked or not
"""

import base64
import datetime
import hashlib
import hmac
import json
import os
import socketserver
import sys
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler
from xml.sax.saxutils import escape

KEY_ID = sys.argv[1] if len(sys.argv) > 1 else "AKIDTEST"
SECRET = sys.argv[2] if len(sys.argv) > 2 else "secret/+of=the.test"
BUCKET = "bucket-1"
LOCK = threading.Lock()
objects = {}  # key → {"body", "meta", "checksum", "retain"}
seen = {"requests": 0, "puts": 0, "refused": [], "unsigned": 0}
behave = {"fail": 0, "cut_upload": 0, "cut_download": 0, "lose_answer": 0, "slow": 0, "page": 1000, "checksums": True}


def quote(text, safe="-_.~"):
    return urllib.parse.quote(text, safe=safe)


def signature_fault(method, target, headers, body):
    """None, or what is wrong with the request's signature."""
    authorization = headers.get("authorization", "")
    if not authorization.startswith("AWS4-HMAC-SHA256 "):
        return "MissingSecurityHeader"
    fields = dict(f.strip().split("=", 1) for f in authorization[17:].split(","))
    key_id, date, region, service, last = fields["Credential"].split("/")
    if key_id != KEY_ID:
        return "InvalidAccessKeyId"
    stamp = headers.get("x-amz-date", "")
    then = datetime.datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    if abs((datetime.datetime.now(datetime.timezone.utc) - then).total_seconds()) > 900:
        return "RequestTimeTooSkewed"
    if date != stamp[:8] or service != "s3" or last != "aws4_request":
        return "AuthorizationHeaderMalformed"
    payload = headers.get("x-amz-content-sha256", "")
    if payload == "":
        return "MissingContentSHA256"
    if payload != "UNSIGNED-PAYLOAD" and payload != hashlib.sha256(body).hexdigest():
        return "XAmzContentSHA256Mismatch"
    signed = fields["SignedHeaders"].split(";")
    if "host" not in signed or signed != sorted(signed):
        return "AuthorizationHeaderMalformed"
    for name in headers:
        if name.startswith("x-amz-") and name not in signed:
            return "AccessDenied"
    path, _, query = target.partition("?")
    parameters = sorted((quote(k), quote(v)) for k, v in urllib.parse.parse_qsl(query, keep_blank_values=True))
    canonical = "\n".join([
        method,
        quote(urllib.parse.unquote(path), "-_.~/"),
        "&".join(f"{k}={v}" for k, v in parameters),
        "".join(f"{n}:{' '.join(headers.get(n, '').split())}\n" for n in signed),
        ";".join(signed),
        payload])
    scope = f"{date}/{region}/s3/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = ("AWS4" + SECRET).encode()
    for part in [date, region, "s3", "aws4_request"]:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    good = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return None if hmac.compare_digest(good, fields["Signature"]) else "SignatureDoesNotMatch"


def take(name):
    with LOCK:
        if behave[name] > 0:
            behave[name] -= 1
            return True
    return False


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", headers=None):
        if behave["slow"]:
            time.sleep(behave["slow"])
        self.send_response(status)
        for k, v in (headers or {}).items():
            self.send_header(k, v)
        if "Content-Length" not in (headers or {}):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def error(self, status, code):
        seen["refused"].append(code)
        self.answer(status, f"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>key {KEY_ID}</Message></Error>".encode(),
                    {"Content-Type": "application/xml"})

    def hang_up(self):
        self.close_connection = True
        self.connection.shutdown(2)

    def body(self):
        n = int(self.headers.get("Content-Length", "0"))
        if self.command == "PUT" and take("cut_upload"):
            self.rfile.read(n // 2)
            self.hang_up()
            return None
        return self.rfile.read(n)

    def handle_one(self):
        if self.path == "/control":
            return self.control(json.loads(self.body()))
        if self.path == "/state":
            return self.state()
        seen["requests"] += 1
        body = self.body()
        if body is None:
            return None
        headers = {k.lower(): v for k, v in self.headers.items()}
        if take("fail"):
            return self.error(500, "InternalError")
        fault = signature_fault(self.command, self.path, headers, body)
        if fault:
            return self.error(403, fault)
        path, _, query = self.path.partition("?")
        bucket, _, key = urllib.parse.unquote(path)[1:].partition("/")
        if bucket != BUCKET:
            return self.error(404, "NoSuchBucket")
        if self.command == "GET" and not key:
            return self.list(dict(urllib.parse.parse_qsl(query, keep_blank_values=True)))
        if self.command == "PUT":
            return self.put(key, body, headers)
        if self.command in ("GET", "HEAD"):
            return self.get(key, headers)
        return self.error(501, "NotImplemented")

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = lambda self: self.handle_one()

    def control(self, orders):
        with LOCK:
            for name, value in orders.items():
                if name == "damage":
                    body = bytearray(objects[value]["body"])
                    body[len(body) // 2] ^= 1
                    objects[value]["body"] = bytes(body)
                elif name == "shorten":
                    objects[value]["body"] = objects[value]["body"][:len(objects[value]["body"]) // 2]
                elif name == "forget":
                    del objects[value]
                elif name == "clear":
                    objects.clear()
                else:
                    behave[name] = value
        self.answer(200)

    def state(self):
        with LOCK:
            said = dict(seen, objects={k: {"size": len(o["body"]), "retain": o["retain"]} for k, o in objects.items()})
        self.answer(200, json.dumps(said).encode())

    def put(self, key, body, headers):
        checksum = headers.get("x-amz-checksum-sha256", "")
        if checksum and checksum != base64.b64encode(hashlib.sha256(body).digest()).decode():
            return self.error(400, "BadDigest")
        mode, until = headers.get("x-amz-object-lock-mode", ""), headers.get("x-amz-object-lock-retain-until-date", "")
        if bool(mode) != bool(until) or (mode and not checksum):
            return self.error(400, "InvalidRequest")
        with LOCK:
            there = objects.get(key)
            if there and headers.get("if-none-match") == "*":
                return self.error(412, "PreconditionFailed")
            if there and there["retain"]:
                return self.error(403, "AccessDenied")
            seen["puts"] += 1
            objects[key] = {"body": body, "meta": {k: v for k, v in headers.items() if k.startswith("x-amz-meta-")},
                            "checksum": checksum, "retain": f"{mode} {until}".strip()}
        if take("lose_answer"):
            return self.hang_up()
        return self.answer(200, b"", {"ETag": '"' + hashlib.md5(body).hexdigest() + '"'})

    def get(self, key, headers):
        found = objects.get(key)
        if not found:
            return self.error(404, "NoSuchKey")
        body = found["body"]
        more = {"Content-Type": "application/octet-stream", "Content-Length": str(len(body)), **found["meta"]}
        if behave["checksums"] and headers.get("x-amz-checksum-mode") == "ENABLED" and found["checksum"]:
            more["x-amz-checksum-sha256"] = found["checksum"]
        if not behave["checksums"]:
            more = {k: v for k, v in more.items() if not k.startswith("x-amz-")}
        if self.command == "GET" and take("cut_download"):
            self.answer(200, body[:len(body) // 2], more)
            self.wfile.flush()
            return self.hang_up()
        return self.answer(200, body, more)

    def list(self, parameters):
        names = sorted(k for k in objects if k.startswith(parameters.get("prefix", "")))
        after = parameters.get("continuation-token", "")
        names = [k for k in names if k > base64.b64decode(after).decode()] if after else names
        page, rest = names[:behave["page"]], names[behave["page"]:]
        text = "".join(f"<Contents><Key>{escape(k)}</Key><Size>{len(objects[k]['body'])}</Size></Contents>" for k in page)
        if rest:
            token = base64.b64encode(page[-1].encode()).decode()
            text += f"<NextContinuationToken>{token}</NextContinuationToken>"
        self.answer(200, ('<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
                          f"<IsTruncated>{'true' if rest else 'false'}</IsTruncated>{text}</ListBucketResult>").encode(),
                    {"Content-Type": "application/xml"})


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
os._exit(0)
