A body that was erased on purpose is found no more, the log still verifies, and the view made anew is the same.

$ akashi init --name "例株式会社" --role developer --no-passphrase --origin example.jp/akashi >/dev/null; echo x >f; printf '{"until":"2036-01-01T00:00:00Z","reason":"contract","product":"製品"}' >hold.json
? 0
$ akashi sign f --predicate https://example.jp/s >/dev/null; akashi sign f --predicate https://example.jp/t >/dev/null; akashi log index
entry 4 is an index of the 4 entries before it
? 0
$ envelope=$(akashi log find https://example.jp/s --json | sed -n 's/.*"envelope": "\(.*\)".*/\1/p'); akashi archive erase $envelope --reason 'end of contract' 2>&1 | sed -E 's/[0-9a-f]{64}/ID/'
erased: ID (1 chunks)
? 0
$ akashi log find $(sha256sum f | cut -d' ' -f1)
ENTRY  TIME                  KIND                  ABOUT  BY
    3  2026-01-01T00:00:00Z  https://example.jp/t  f      例株式会社
? 0
$ akashi log find https://example.jp/s
ENTRY  TIME                  KIND                  ABOUT     BY
    2  2026-01-01T00:00:00Z  https://example.jp/s  (erased)  例株式会社
? 0
$ akashi log find erasure
ENTRY  TIME                  KIND     ABOUT  BY
    5  2026-01-01T00:00:00Z  erasure  body   例株式会社
? 0
$ akashi rebuild; akashi log check
akashi: warning: example.jp/akashi: the index of entry 4 is not what the log holds: bodies were erased since (`akashi log index` makes a new one), or it left something out
what can be found in the log: made anew from 6 entries
it is the same as before
portfolio: made anew from 6 entries
it is the same as before
every entry, tile and body is what it was
? 0

An index of before no longer fits; a new one does.

$ akashi log find https://example.jp/t --prove | head -n 1
akashi: example.jp/akashi: what the index of entry 4 lists is no longer what the log holds
  → bodies were erased since: `akashi log index` makes a new one
? 0
$ akashi log index && akashi log find https://example.jp/t --prove >proof.json && akashi key export >our.pub && akashi verify proof.json --key our.pub --home none | tail -n 1
entry 6 is an index of the 6 entries before it
Verified: everything checked holds; 0 things were not checked
? 0
$ akashi log show --as-of 2 | sed -E 's/[0-9a-f]{16}/ID/'
ENTRY  TIME                  KIND   BY          ENVELOPE
    0  2026-01-01T00:00:00Z  key    例株式会社  ID
    1  2026-01-01T00:00:00Z  party  例株式会社  ID
? 0
