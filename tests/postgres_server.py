# SPDX-License-Identifier: Apache-2.0
"""Throwaway PostgreSQL servers for tests, from Debian's package: a folder and a loopback port of their own, nothing
kept. They run as an unprivileged user also where the tests run as root, and end with the process that started them."""

import contextlib
import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# Nothing here must survive anything; what is left is a server that behaves as a real one.
SETTINGS = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB", "max_connections=60",
            "listen_addresses=127.0.0.1", "logging_collector=off", "log_min_messages=fatal", "autovacuum_naptime=10s"]


def programs():
    """The folder of the newest PostgreSQL, 15 or later; None where there is none."""
    found = []
    for folder in Path("/usr/lib/postgresql").glob("*/bin"):
        if folder.parent.name.isdigit() and int(folder.parent.name) >= 15 and (folder / "initdb").exists():
            found.append((int(folder.parent.name), folder))
    return max(found)[1] if found else None


def runner():
    """(words that start a program as an unprivileged user, its uid and gid); the user itself where that is one."""
    if os.geteuid() != 0:
        return [], None
    for name in ["nobody", "postgres"]:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        if user.pw_uid and shutil.which("setpriv"):
            return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups",
                    "--pdeathsig", "INT"], user
    return None, None


def with_us():
    """Between fork and exec: the server gets SIGINT (a fast shutdown) when we end, however that happens."""
    ctypes.CDLL(None).prctl(1, signal.SIGINT)
    os.setpgid(0, 0)  # Ctrl-C is ours to handle


ENDINGS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP]


def stopped(number, _frame):
    for other in ENDINGS:  # a second one (timeout(1) sends two) must not cut the removal short
        signal.signal(other, signal.SIG_IGN)
    sys.exit(128 + number)


def end_well():
    """From now on the signals that end a program let it remove its servers first."""
    for number in ENDINGS:
        signal.signal(number, stopped)


class Server:
    def __init__(self, *settings):
        """settings: "name=value", beside or instead of those that a test has."""
        self.words, self.user = runner()
        self.settings = [*SETTINGS, *settings]
        self.folder = Path(tempfile.mkdtemp(prefix="akashi-postgres-"))
        self.password = secrets.token_hex(8)
        self.process, self.port = None, None
        secret = self.folder / "password"
        secret.write_text(self.password + "\n")
        self.own(self.folder, secret)
        self.run("initdb", "-D", "data", "-U", "akashi", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
                 "--auth=scram-sha-256", "--pwfile=password", "--no-instructions")
        secret.unlink()

    def own(self, *paths):
        for path in paths:
            if self.user:
                os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def run(self, program, *args):
        done = subprocess.run([*self.words, str(programs() / program), *args], cwd=self.folder, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stdout}")

    def start(self):
        """At the port it had, or at a free one; another may take that in between, then another is tried."""
        for _ in range(5):
            if self.port is None:
                with socket.socket() as s:
                    s.bind(("127.0.0.1", 0))
                    port = s.getsockname()[1]
            else:
                port = self.port
            settings = [word for s in [*self.settings, f"port={port}", f"unix_socket_directories={self.folder}"]
                        for word in ("-c", s)]
            with open(self.folder / "log", "ab") as log:
                self.process = subprocess.Popen([*self.words, str(programs() / "postgres"), "-D", "data", *settings],
                                                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                                preexec_fn=with_us)
            for _ in range(600):
                if self.process.poll() is not None:
                    break
                if subprocess.run([programs() / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode == 0:
                    self.port = port
                    return self
                time.sleep(0.05)
            self.stop()
        raise RuntimeError("PostgreSQL does not start: " + (self.folder / "log").read_text()[-2000:])

    def stop(self, how=signal.SIGINT):
        """SIGINT: fast; SIGQUIT: as if it had crashed, and recovers at the next start."""
        if self.process and self.process.poll() is None:
            # Behind setpriv it is the same process: that one becomes the server.
            self.process.send_signal(how)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    def drop(self):
        """Hangs up on everybody: what a pooler, a firewall or an administrator does."""
        self.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND "
                 "backend_type = 'client backend'")

    def ask(self, sql):
        return subprocess.run([programs() / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.address()],
                              input=sql, capture_output=True, text=True, check=True).stdout

    @contextlib.contextmanager
    def little_room(self, size):
        """As long as this lasts, the tables of the database lie on a disk of so many bytes. Gives False where no such
        disk can be mounted."""
        room = self.folder / "room"
        room.mkdir()
        made = os.geteuid() == 0 and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "akashi-room", str(room)],
            capture_output=True).returncode == 0
        if not made:
            room.rmdir()
            yield False
            return
        try:
            self.own(room)
            self.ask(f"CREATE TABLESPACE little LOCATION '{room}'")
            self.move("pg_default", "little")
            yield True
            self.move("little", "pg_default")
            self.ask("DROP TABLESPACE little")
        finally:
            subprocess.run(["umount", "-l", str(room)], capture_output=True)

    def move(self, here, there):
        for kind in ("TABLE", "INDEX"):
            self.ask(f"ALTER {kind} ALL IN TABLESPACE {here} SET TABLESPACE {there}")

    def remove(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database="postgres"):
        return f"postgresql://akashi:{self.password}@127.0.0.1:{self.port}/{database}"
