What was known on that day: reading commands answer as of a time, a day, or a size of the log.

$ akashi init --name X --role developer --no-passphrase --origin example.jp/x >/dev/null; echo x >f; SOURCE_DATE_EPOCH=1767312000 akashi sign f --predicate https://example.jp/first >/dev/null; SOURCE_DATE_EPOCH=1767398400 akashi sign f --predicate https://example.jp/second >/dev/null; SOURCE_DATE_EPOCH=1767484800 akashi key rotate --no-passphrase >/dev/null
? 0
$ f=$(sha256sum f | cut -d' ' -f1); for at in 2025-12-31 2026-01-02 2026-01-02T23:59:59Z 2026-01-03T00:00:00Z 2026-01-03T09:00:00+09:00 3 4; do echo "as of $at: $(akashi log find $f --as-of $at | wc -l)"; done
as of 2025-12-31: 1
as of 2026-01-02: 2
as of 2026-01-02T23:59:59Z: 2
as of 2026-01-03T00:00:00Z: 3
as of 2026-01-03T09:00:00+09:00: 3
as of 3: 2
as of 4: 3
? 0
$ akashi log show --as-of 2026-01-02 | sed -E 's/[0-9a-f]{16}/ID/'
ENTRY  TIME                  KIND                      BY  ENVELOPE
    0  2026-01-01T00:00:00Z  key                       X   ID
    1  2026-01-01T00:00:00Z  party                     X   ID
    2  2026-01-02T00:00:00Z  https://example.jp/first  X   ID
? 0
$ akashi key list --as-of 2026-01-03 | sed -E 's/[0-9a-f]{16}/ID/'
key               kind     party  since       file  state
ID  ed25519  X      2026-01-01  open  signs the log
? 0
$ akashi key list | sed -E 's/[0-9a-f]{16}/ID/'
key               kind     party  since       file  state
ID  ed25519  X      2026-01-01  open  rotated, signs the log
ID  ed25519  X      2026-01-04  open  signs
? 0
