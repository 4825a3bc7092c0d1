The log as people see it: what is in it, its checkpoint, whether it is whole.

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log >/dev/null
? 0
$ echo bits >f.bin; akashi sign f.bin --predicate https://example.jp/built >/dev/null; akashi log show | sed -E 's/[0-9a-f]{16}/DIGEST/'
? 0
$ akashi log show --from 1 --to 2 --json | sed -E 's/[0-9a-f]{64}/DIGEST/'
? 0
$ akashi log show --from 9
? 0
$ akashi log checkpoint | sed -E '3s/.*/ROOT/; 5s/ [^ ]*$/ SIGNATURE/'
? 0
$ akashi log checkpoint --json | sed -E 's/"[0-9a-f]{64}"/"ROOT"/; s/"[0-9a-f]{8}"/"ID"/'
? 0

Whole; and told what is not, once and where.

$ akashi log check
? 0
$ akashi log check --json
? 0
$ cp -r .local/share/akashi/log kept; akashi sign f.bin --predicate https://example.jp/tested >/dev/null; akashi log check --against kept
? 0
$ cp -r .local/share/akashi/log newer; akashi log check --home newer --against newer
? 0
$ python3 - <<'END'
> import glob, os
> p = max(glob.glob(os.path.expanduser("~/.local/share/akashi/log/tile/entries/000.p/*")), key=lambda p: int(p.rsplit("/", 1)[1]))
> b = bytearray(open(p, "rb").read()); b[5] ^= 1; open(p, "wb").write(b)
> END
> akashi log check
? 1
$ akashi log check --json
? 1

A copy that went another way.

$ akashi init --name Other --role supplier --no-passphrase --origin supplier.example/log --home other >/dev/null; akashi log check --home other --against kept
? 1
$ akashi log check --home nowhere
? 4
$ akashi log check --against nowhere
? 4
