# SPDX-License-Identifier: Apache-2.0
"""A home with one user and an advisory, `akashi serve` on it, and requests with that user's token."""

import base64
import json
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request

ADVISORY = {"id": "GHSA-test-0001", "modified": "2026-01-02T00:00:00Z", "published": "2026-01-01T00:00:00Z",
            "summary": "left turns",
            "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
            "affected": [{"package": {"ecosystem": "npm", "name": "left"},
                          "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]}


class Tap:
    def __init__(self):
        self.count = self.failed = 0
        self.lock = threading.Lock()

    def check(self, name, good, seen=""):
        with self.lock:
            self.count += 1
            self.failed += not good
            print(f"{'ok' if good else 'not ok'} {self.count} - {name}", flush=True)
            if not good:
                print("# " + str(seen).replace("\n", "\n# "), flush=True)

    def skip(self, name, why):
        with self.lock:
            self.count += 1
            print(f"ok {self.count} - {name} # SKIP {why}", flush=True)

    def end(self):
        print(f"1..{self.count}")
        sys.exit(1 if self.failed else 0)


def document(version, name="shop"):
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
                       "metadata": {"component": {"type": "application", "name": name, "version": version}},
                       "components": [{"type": "library", "name": "left", "version": "1.0.0",
                                       "purl": "pkg:npm/left@1.0.0"}]})


def bom(version):
    return base64.b64encode(document(version).encode()).decode()


class World:
    def __init__(self, akashi, folder, may="read,upload", roles=("engineer",), env=None, wrap=None):
        self.prepare(akashi, folder, env, wrap)
        self.run("init", "--name", "Acme", "--role", "supplier", "--no-passphrase")
        (folder / "left.json").write_text(json.dumps(ADVISORY))
        self.run("db", "import", folder / "left.json")
        self.somebody("sato", roles, may)

    def somebody(self, login, roles, may):
        """A user with these roles, whose token this world shows."""
        self.run("user", "add", login, "--name", login.title(), *[x for r in roles for x in ("--role", r)])
        self.key = json.loads(self.run("token", "new", login, "--name", "ci", "--may", may, "--json"))["token"]

    def prepare(self, akashi, folder, env=None, wrap=None):
        self.akashi, self.folder, self.home = akashi, folder, folder / "home"
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "ASAN_OPTIONS": "detect_leaks=0",
                    "AKASHI_CHECK_ANSWERS": "1",
                    **{k: v for k, v in os.environ.items() if k == "TSAN_OPTIONS"}, **(env or {})}
        self.wrap, self.process, self.said = wrap, None, []

    def run(self, *args):
        done = subprocess.run([self.akashi, *args, "--home", self.home], env=self.env, text=True, capture_output=True)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{args}: {done.returncode} {done.stderr}")
        return done.stdout

    def start(self, *options):
        self.process = subprocess.Popen([self.akashi, "serve", "--home", self.home, "--listen", "127.0.0.1:0", "--rate", "0",
                                         *options], env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        preexec_fn=self.wrap)
        self.base = re.search(r"http://\S+?:\d+", self.process.stdout.readline())[0]
        self.port = int(self.base.rsplit(":", 1)[1])
        self.listens = threading.Thread(target=lambda end: self.said.append(end.read()), args=(self.process.stderr,), daemon=True)
        self.listens.start()
        threading.Thread(target=self.process.stdout.read, daemon=True).start()
        self.user = self.ask("GET", "/api/v1/me")[1]["user"]

    def ask(self, method, path, body=None, headers=(), type_="application/json", timeout=120):
        data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method)
        if "X-Api-Key" not in dict(headers):
            request.add_header("X-Api-Key", self.key)
        if data is not None:
            request.add_header("Content-Type", type_)
        for name, value in dict(headers).items():
            if value is not None:
                request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, self.read(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, self.read(refused)

    @staticmethod
    def read(answer):
        text = answer.read()
        try:
            return json.loads(text or b"null")
        except ValueError:
            return text

    def kill(self):
        """As a power cut for the process: nothing of it runs on."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self):
        if not self.process:
            return 0, ""
        self.process.terminate()
        code = self.process.wait(60)
        self.listens.join(60)
        return code, "".join(self.said)
