What is here and what is amiss: a line each, and what to do about it.

$ akashi doctor --home none | grep -v 'libraries\|confinement\|disk'
verdict  about        what
lacks    home         none at none → sbom, db, scan, inspect and verify need none; `akashi init` or
                      `akashi demo` makes one
lacks    advisories   none at none/advisories.db → `akashi db update` fetches them, `akashi db
                      import` takes files
? 0
$ akashi init --home h --name 'Example KK' --role supplier --origin example.jp/log --no-passphrase >/dev/null
? 0
$ akashi db import --home h $SOURCE/data/sample-advisories -q
20 documents: 17 added, 0 changed, 0 unchanged, 0 withdrawn, 0 passed over
the database has 17 advisories now; digest e61485752597b9a1d0afba6fe84f7f033d4fe0e00e252b9a2d05953ce3c8e5f4
? 0
$ akashi doctor --home h | grep -v 'libraries\|confinement\|disk'
verdict  about        what
good     home         h: Example KK (supplier)
lacks    keys         1 of one's own, 1 of them without a passphrase → whoever reads the file can
                      sign: `akashi key rotate` makes a sealed one
good     log          example.jp/log: 2 entries, its checkpoint signed
good     views        made when they are first asked
good     advisories   17, taken in on 2026-01-01
? 0

A key that others can read is bad, and so is a log that is no longer what was signed.

$ chmod 644 h/keys/*.key; akashi doctor --home h --json | grep -A3 '"keys"'
      "about": "keys",
      "verdict": "bad",
      "what": "h/keys/????????????????.key: others may read or change this secret (its mode is 0644)", (glob)
      "hint": "chmod 600 h/keys/????????????????.key" (glob)
? 0
$ chmod 600 h/keys/*.key; sed -i 's/^\([0-9]*\)$/9\1/' h/log/checkpoint; akashi doctor --home h >out; echo $?; grep -c ^BAD out
1
1
? 0
$ akashi doctor --home none --lang ja | grep ホーム
不足  ホーム      none にはありません → sbom、db、scan、inspect、verify には要りません。`akashi
? 0
