#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A throwaway PostgreSQL for pages: prints its address, then does what it is told by lines: stop, start, end."""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import postgres_server  # noqa: E402


def main():
    if not postgres_server.programs() or postgres_server.runner()[0] is None:
        return
    postgres_server.end_well()
    server = postgres_server.Server()
    try:
        server.start()
        print(server.address(), flush=True)
        for line in sys.stdin:
            if line.strip() in ("stop", "start"):
                getattr(server, line.strip())()
            print(line.strip(), flush=True)
            if line.strip() == "end":
                break
    finally:
        server.remove()


main()
