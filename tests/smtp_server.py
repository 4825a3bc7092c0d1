#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""smtp_server.py FOLDER [--drop N]: a mail server for tests, on 127.0.0.1. Speaks ESMTP with STARTTLS by a certificate
of its own (FOLDER/cert.pem, which a client is to trust), takes no mail before TLS, and writes each mail it took to
FOLDER/mail-N. FOLDER/port says where it listens. Serves until its standard input closes. --drop N: of the first N mails, hangs up after the last byte without
an answer."""

import os
import socket
import ssl
import subprocess
import sys
import threading
from pathlib import Path

FOLDER = Path(sys.argv[1])
DROP = int(sys.argv[3]) if len(sys.argv) > 3 else 0


def certificate():
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "9999", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
                    str(FOLDER / "key.pem"), "-out", str(FOLDER / "cert.pem")], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FOLDER / "cert.pem", FOLDER / "key.pem")
    return context


class Hangup(Exception):
    pass


def take(stream):
    lines = []
    for line in iter(stream.readline, b".\r\n"):
        if not line:
            raise Hangup
        lines.append(line[1:] if line.startswith(b"..") else line)
    return b"".join(lines)


def serve(connection, context, count):
    """One client until it leaves; the number of mails taken so far goes in and comes out."""
    stream, secure = connection.makefile("rwb"), False

    def say(text):
        stream.write(text.encode() + b"\r\n")
        stream.flush()

    say("220 test ESMTP")
    while line := stream.readline():
        verb = line.split()[0].upper() if line.split() else b""
        if verb == b"EHLO":
            say("250-test" if not secure else "250 test")
            if not secure:
                say("250 STARTTLS")
        elif verb == b"STARTTLS" and not secure:
            say("220 go")
            connection = context.wrap_socket(connection, server_side=True)
            stream, secure = connection.makefile("rwb"), True
        elif verb == b"QUIT":
            say("221 bye")
            break
        elif not secure:
            say("530 STARTTLS first")
        elif verb in (b"MAIL", b"RCPT", b"RSET"):
            say("250 ok")
        elif verb == b"DATA":
            say("354 go")
            mail, count = take(stream), count + 1
            (FOLDER / f"mail-{count}").write_bytes(mail)
            if count <= DROP:
                raise Hangup
            say("250 taken")
        else:
            say("502 what?")
    return count, connection


def leave_with_input():
    sys.stdin.buffer.read()
    os._exit(0)


def main():
    threading.Thread(target=leave_with_input, daemon=True).start()
    context, count = certificate(), 0
    with socket.create_server(("127.0.0.1", 0)) as server:
        (FOLDER / "port").write_text(str(server.getsockname()[1]))
        while True:
            connection, _ = server.accept()
            try:
                count, connection = serve(connection, context, count)
            except (Hangup, OSError):
                count = len(list(FOLDER.glob("mail-*")))
            connection.close()


main()
