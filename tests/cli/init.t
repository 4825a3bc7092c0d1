The first day: a home with a key, a log, and in it who we are.

$ akashi init --name "例株式会社" --role developer,supplier --no-passphrase --origin example.jp/akashi | sed -E 's/[0-9a-f]{16}/ID/; s/\+[0-9a-f]{8}\+.*/+…/'
The home of 例株式会社 is ready: $HOME/.local/share/akashi

  roles    developer,supplier
  key      ed25519 ID, not sealed: whoever can read the file can sign
  log      example.jp/akashi, 2 entries: your key, and who you are
  log key  example.jp/akashi+…

What next:
  akashi key export             the public key, for your customers
  akashi release DIR --product P --version V
                                SBOM, findings, hardening, provenance: signed and logged
  akashi log find FILE-DIGEST   everything said about a file

Keep a copy of the folder keys/ where only you can reach it: a lost key cannot be made again.
? 0
$ ls -A $HOME/.local/share/akashi; sed 's/"[0-9a-f]*"$/"ID"/' $HOME/.local/share/akashi/akashi.toml
akashi.toml
append
archive
keys
log
# Made by `akashi init`: who we are, and which keys sign.
[party]
name = "例株式会社"
roles = ["developer", "supplier"]

[log]
origin = "example.jp/akashi"
key = "ID"

[keys]
sign = "ID"
? 0
$ akashi log find party
ENTRY  TIME                  KIND   ABOUT       BY
    1  2026-01-01T00:00:00Z  party  例株式会社  例株式会社
? 0

A second one is refused; the first is untouched.

$ akashi init --name Other --role customer --no-passphrase
akashi: $HOME/.local/share/akashi: there is a home here already
  → `akashi key rotate` changes its key; --home or AKASHI_HOME name another place
? 4
$ akashi init --name Other --role customer --no-passphrase --home other --json | sed -E 's/[0-9a-f]{16,}/ID/; s/\+[0-9a-f]{8}\+[^"]*/+…/'
{
  "home": "other",
  "party": "Other",
  "roles": [
    "customer"
  ],
  "key": {
    "id": "ID",
    "type": "ed25519",
    "sealed": false
  },
  "log": {
    "origin": "akashi/ID",
    "size": 2,
    "key": "akashi/ID+…"
  }
}
? 0

What is missing or wrong is said before anything is made.

$ akashi init --role developer --home x
akashi: whose home is it? --name is missing
  → akashi init --name "Example Ltd" --role developer,supplier
? 2
$ akashi init --name X --home x
akashi: --role must be one or more of developer, supplier, operator, customer, other
  → akashi init --name "Example Ltd" --role developer,supplier
? 2
$ akashi init --name X --role boss --home x
akashi: boss: --role must be one or more of developer, supplier, operator, customer, other
  → akashi init --name "Example Ltd" --role developer,supplier
? 2
$ akashi init --name X --role developer --origin "a b" --no-passphrase --home x
akashi: a b: an origin must have no blanks and no +
? 2
$ akashi init --name X --role developer --home x </dev/null
akashi: a passphrase is needed, and there is no terminal to ask on
  → AKASHI_PASSPHRASE_FILE may name a file that holds it (chmod 600); --no-passphrase leaves the key unsealed, for a machine that signs alone
? 4
$ akashi init --name X --role developer --no-passphrase --key-type rsa --home x
akashi: --key-type cannot be 'rsa'
  → one of: ed25519|ecdsa-p256
? 2
$ akashi init --name X --role developer --no-passphrase --home /proc/x
akashi: /proc/x: cannot make a folder beside it: No such file or directory
? 4
$ ls
other
? 0

A passphrase from a file that only we may read seals the key.

$ printf 'correct horse\n' >pass; chmod 600 pass; AKASHI_PASSPHRASE_FILE=pass akashi init --name X --role operator --key-type ecdsa-p256 --home sealed | sed -n 3,4p | sed -E 's/[0-9a-f]{16}/ID/'
  roles    operator
  key      ecdsa-p256 ID, sealed with your passphrase
? 0
$ echo hi >f; akashi sign f --predicate https://example.jp/note --home sealed </dev/null 2>&1 | sed -E 's/[0-9a-f]{16}/ID/g'
akashi: a passphrase is needed, and there is no terminal to ask on
  → AKASHI_PASSPHRASE_FILE may name a file that holds it (chmod 600)
? 0
$ AKASHI_PASSPHRASE_FILE=pass akashi sign f --predicate https://example.jp/note --home sealed | sed -E 's/akashi\/[0-9a-f]+/ORIGIN/'
f.note.dsse.json
  says    https://example.jp/note
  logged  as entry 3 of ORIGIN
  proof   f.note.tlog-proof
? 0

A folder that holds something else is not made into a home; advisories that were imported before stay.

$ mkdir -p full/keys; akashi init --name X --role developer --no-passphrase --home full
akashi: full/keys: this folder is not empty and no home: this stands in the way
  → choose another folder with --home or AKASHI_HOME
? 4
$ mkdir early; echo advisories >early/advisories.db; akashi init --name X --role developer --no-passphrase --home early >/dev/null; cat early/advisories.db
advisories
? 0

What an interrupted one left behind goes with the next.

$ mkdir -p again.new-abcdef/keys; echo half >again.new-abcdef/keys/half.key; akashi init --name X --role developer --no-passphrase --home again >/dev/null; ls -d again*
again
? 0

Without a home the way to one is told.

$ akashi log find sbom --home none
akashi: none: there is no home here
  → `akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another
? 4
$ akashi sign f --predicate https://example.jp/note --home none
akashi: none: there is no home here
  → `akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another
? 4
$ akashi rebuild --home none
akashi: none: there is no home here
  → `akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another
? 4
$ LANG=ja_JP.UTF-8 akashi rebuild --home none
akashi: none: ここにホームはありません
  → 「akashi init --name 名前 --role 役割」で作れます。別の場所は --home か AKASHI_HOME で指定します
? 4
