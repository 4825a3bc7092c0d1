The log as people see it: what is in it, its checkpoint, whether it is whole.

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log >/dev/null
? 0
$ echo bits >f.bin; akashi sign f.bin --predicate https://example.jp/built >/dev/null; akashi log show | sed -E 's/[0-9a-f]{16}/DIGEST/'
ENTRY  TIME                  KIND                      BY        ENVELOPE
    0  2026-01-01T00:00:00Z  key                       Supplier  DIGEST
    1  2026-01-01T00:00:00Z  party                     Supplier  DIGEST
    2  2026-01-01T00:00:00Z  https://example.jp/built  Supplier  DIGEST
? 0
$ akashi log show --from 1 --to 2 --json | sed -E 's/[0-9a-f]{64}/DIGEST/'
[
  {
    "index": 1,
    "time": "2026-01-01T00:00:00Z",
    "kind": "party",
    "key": "DIGEST",
    "commitment": "DIGEST",
    "envelope": "DIGEST",
    "erased": false
  }
]
? 0
$ akashi log show --from 9
? 0
$ akashi log checkpoint | sed -E '3s/.*/ROOT/; 5s/ [^ ]*$/ SIGNATURE/'
supplier.example/log
3
ROOT

— supplier.example/log SIGNATURE
? 0
$ akashi log checkpoint --json | sed -E 's/"[0-9a-f]{64}"/"ROOT"/; s/"[0-9a-f]{8}"/"ID"/'
{
  "origin": "supplier.example/log",
  "size": 3,
  "root": "ROOT",
  "signatures": [
    {
      "name": "supplier.example/log",
      "id": "ID"
    }
  ]
}
? 0

Whole; and told what is not, once and where.

$ akashi log check
every entry, tile and body is what it was
? 0
$ akashi log check --json
[]
? 0
$ cp -r ~/.local/share/akashi/log kept; akashi sign f.bin --predicate https://example.jp/tested >/dev/null; akashi log check --against kept
no fork: the copy has the first 3 of 4 entries
? 0
$ cp -r ~/.local/share/akashi/log newer; akashi log check --home newer --against newer
the copy is the same: 4 entries
? 0
$ python3 - <<'END'
> import glob, os
> p = max(glob.glob(os.path.expanduser("~/.local/share/akashi/log/tile/entries/000.p/*")), key=lambda p: int(p.rsplit("/", 1)[1]))
> b = bytearray(open(p, "rb").read()); b[5] ^= 1; open(p, "wb").write(b)
> END
> akashi log check
log/tile/entries/000.p/4: entry 0: the entry is not what was logged
? 1
$ akashi log check --json
[
  {
    "where": "log/tile/entries/000.p/4",
    "entry": 0,
    "what": "the entry is not what was logged"
  }
]
? 1

A copy that went another way.

$ akashi init --name Other --role supplier --no-passphrase --origin supplier.example/log --home other >/dev/null; akashi log check --home other --against kept
FORK: both are the same up to size 0; entry 0 is the first that differs
? 1
$ akashi log check --home nowhere
akashi: nowhere/log/checkpoint: there is no log here
  → make one with `akashi init`
? 4
$ akashi log check --against nowhere
akashi: nowhere/checkpoint: there is no log here
? 4
