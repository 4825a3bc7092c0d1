# SPDX-License-Identifier: Apache-2.0
"""Transcripts, and the engines they are played on.

tests/cli/*.t:  prose, then  "$ command"  ("> …" continues it), what it prints, and "? EXIT CODE".
"env NAME=VALUE" before the first command holds for the file. A line ending in " (glob)" may use * and ?.
Each file runs in an empty folder with an empty home, the C locale, UTC and the clock at SOURCE_DATE_EPOCH;
$SOURCE is the repository, $HOME the home (both stand for themselves in the output), $PROGRAM the program's file.

What it prints is the same whether the views of its homes lie in SQLite or in PostgreSQL. "sqlite: WHY" before the
first command says of a file that it is about SQLite. `lose-views` takes the views of a home away on either.
"""

import os
import re
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent
NOON = "1767225600"  # 2026-01-01
COMMAND_SECONDS = 240  # much more than any needs, on a machine at work too


def sanitizers(**more):
    return {**os.environ, "ASAN_OPTIONS": "abort_on_error=0:detect_leaks=1:detect_stack_use_after_return=1",
            "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1", **more}


class Sqlite:
    """Views in the home, as nobody said otherwise."""
    folder, name = SOURCE / "tests" / "on" / "sqlite", "sqlite"

    def begin(self):
        return {}

    def end(self, _env):
        pass


class Postgres:
    """Views of each home in a schema of its own, those of a transcript in a database of its own: tests/on/postgres
    stands before the program on PATH and tells it so."""
    folder, name = SOURCE / "tests" / "on" / "postgres", "postgres"

    def __init__(self, server, psql):
        self.server, self.psql = server, psql

    def begin(self):
        name = "t" + secrets.token_hex(6)
        self.server.ask(f"CREATE DATABASE {name}")
        return {"ON_POSTGRES": self.server.address(name), "ON_PSQL": str(self.psql)}

    def end(self, env):
        self.server.ask(f"DROP DATABASE {env['ON_POSTGRES'].rsplit('/', 1)[1]} WITH (FORCE)")


class Transcript:
    def __init__(self, path):
        self.path, self.env, self.pieces, self.only_sqlite = path, {}, [], ""
        lines, at = path.read_text().splitlines(), 0
        while at < len(lines):
            if not lines[at].startswith("$ "):
                self.head(lines[at])
                self.pieces.append(("prose", lines[at]))
                at += 1
                continue
            begin, command = at + 1, [lines[at][2:]]
            at += 1
            while at < len(lines) and lines[at].startswith("> "):
                command.append(lines[at][2:])
                at += 1
            expected = []
            while at < len(lines) and not re.fullmatch(r"\? \d+", lines[at]):
                if lines[at].startswith("$ "):
                    sys.exit(f"{path}:{begin}: the command has no '? EXIT CODE' line behind its output")
                expected.append(lines[at])
                at += 1
            code = int(lines[at][2:]) if at < len(lines) else None
            at += 1
            self.pieces.append(("run", command, expected, code, begin))

    def head(self, line):
        """What stands before the first command may say what holds for the file."""
        if any(p[0] == "run" for p in self.pieces):
            return
        if line.startswith("env "):
            name, _, value = line[4:].partition("=")
            self.env[name] = value
        elif line.startswith("sqlite: "):
            self.only_sqlite = line[8:]

    def play(self, binary, engine):
        """Yields each command's (piece, output lines, exit code)."""
        with tempfile.TemporaryDirectory(prefix="akashi-cli-") as folder:
            home, work = Path(folder) / "home", Path(folder) / "work"
            home.mkdir()
            work.mkdir()
            env = sanitizers(HOME=str(home), PATH=f"{engine.folder}:{binary.parent}:{os.environ['PATH']}", LANG="C",
                             TZ="UTC", SOURCE=str(SOURCE), PROGRAM=str(binary),
                             SOURCE_DATE_EPOCH=NOON, COLUMNS="100", TERM="dumb")
            for name in [n for n in env if n.startswith(("LC_", "XDG_", "AKASHI_")) or n.endswith("_proxy")]:
                del env[name]
            of_engine = engine.begin()
            env.update(of_engine)
            env.update(self.env)
            try:
                for piece in self.pieces:
                    if piece[0] == "run":
                        text, code = shell(piece[1], work, env)
                        text = text.replace(str(SOURCE), "$SOURCE").replace(str(home), "$HOME")
                        yield piece, text.replace(str(work), "$WORK").splitlines(), code
            finally:
                engine.end(of_engine)


def shell(lines, work, env):
    try:
        done = subprocess.run(["sh", "-c", "\n".join(lines)], cwd=work, env=env, timeout=COMMAND_SECONDS, text=True,
                              errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except subprocess.TimeoutExpired:
        return f"not done after {COMMAND_SECONDS} s", 124
    return done.stdout, done.returncode


def matches(expected, got):
    return len(expected) == len(got) and all(same_line(e, g) for e, g in zip(expected, got))


def same_line(expected, got):
    if not expected.endswith(" (glob)"):
        return expected == got
    pattern = re.escape(expected[:-7]).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(pattern, got) is not None
