The advisory database: made on first use, the same after the same import, whole whatever happens.

$ akashi db info
akashi: $HOME/.local/share/akashi/advisories.db: cannot open the file: No such file or directory
  → fill it with `akashi db import FILE…` or `akashi db update`
? 4
$ mkdir in; cp $SOURCE/data/sample-advisories/*.json in; akashi db import in
20 documents: 17 added, 0 changed, 0 unchanged, 0 withdrawn, 0 passed over
the database has 17 advisories now; digest e61485752597b9a1d0afba6fe84f7f033d4fe0e00e252b9a2d05953ce3c8e5f4
? 0
$ akashi db info | sed 1d
digest e61485752597b9a1d0afba6fe84f7f033d4fe0e00e252b9a2d05953ce3c8e5f4, built 2026-01-01
advisories 17, flaws 17, packages 16; withdrawn 0; KEV 3, EPSS 0

kind  ecosystem  advisories  newest      imported
kev   -                   3  2022-05-25  2026-01-01
osv   Debian:12           1  2023-10-24  2026-01-01
osv   Debian:7            1  2014-04-08  2026-01-01
osv   Go                  1  2023-10-11  2026-01-01
osv   Maven               3  2022-10-13  2026-01-01
osv   NuGet               1  2024-01-03  2026-01-01
osv   PyPI                3  2023-05-22  2026-01-01
osv   RubyGems            1  2022-05-27  2026-01-01
osv   crates.io           1  2021-01-08  2026-01-01
osv   npm                 5  2023-11-08  2026-01-01
? 0
$ akashi db info >before; akashi db import in
20 documents: 0 added, 0 changed, 17 unchanged, 0 withdrawn, 0 passed over
the database has 17 advisories now; digest e61485752597b9a1d0afba6fe84f7f033d4fe0e00e252b9a2d05953ce3c8e5f4
? 0
$ akashi db info | diff before -
? 0

One added: only that one is new. The order of import does not show in the digest.

$ printf '{"id":"OSV-1","modified":"2024-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"left-pad"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}' >in/OSV-1.json; akashi db import in
21 documents: 1 added, 0 changed, 17 unchanged, 0 withdrawn, 0 passed over
the database has 18 advisories now; digest 248b26875461ebaeded1f96894bbaa2bfda25f6ecd7eb068d2834b54cf36f0f4
? 0
$ akashi db import -q --db other.db in/OSV-1.json >out; akashi db import -q --db other.db in >out; akashi db info --db other.db | grep -o 'digest [0-9a-f]*' >one; akashi db info | grep -o 'digest [0-9a-f]*' | cmp - one
? 0

Withdrawn: it leaves.

$ printf '{"id":"OSV-1","modified":"2024-02-01T00:00:00Z","withdrawn":"2024-02-01T00:00:00Z","affected":[]}' >in/OSV-1.json; akashi db import in
21 documents: 0 added, 0 changed, 17 unchanged, 1 withdrawn, 0 passed over
the database has 17 advisories now; digest 2c1834972db1fbb0561b14d28695bdb00d5ef0188be34bb18cdcdea51c4d0b01
? 0

Damaged input is told with its place; what is good is taken.

$ mkdir mixed; cp in/OSV-1.json mixed; printf '{"id":"OSV-2","modif' >mixed/OSV-2.json; akashi db import mixed
akashi: warning: mixed/OSV-2.json:1:21: the JSON text ends too early
1 document: 0 added, 0 changed, 1 unchanged, 0 withdrawn, 1 passed over
the database has 17 advisories now; digest 2c1834972db1fbb0561b14d28695bdb00d5ef0188be34bb18cdcdea51c4d0b01
? 0

Nothing readable: an error, and the database is as it was.

$ cksum <$HOME/.local/share/akashi/advisories.db >sum; akashi db import nowhere
akashi: nowhere: cannot open the file: No such file or directory
? 3
$ printf '{"id":"OSV-2","modif' >broken.json; akashi db import broken.json
akashi: broken.json:1:21: the JSON text ends too early
? 3
$ (ulimit -f 8; akashi db import in broken.json 2>&1); ls -A $HOME/.local/share/akashi
akashi: $HOME/.local/share/akashi/advisories.db: cannot write: File too large
advisories.db
? 0
$ cksum <$HOME/.local/share/akashi/advisories.db | cmp - sum
? 0

A database that is none is not replaced.

$ echo 'my notes' >notes; akashi db import --db notes in
akashi: notes: database: file is not a database
  → the file is damaged or not a database: restore it or make it again
? 3
$ cat notes; akashi db info --db notes
my notes
akashi: notes: this is no SQLite database
  → delete it and import again
? 4
$ akashi db import --db nowhere/a.db in
akashi: nowhere/a.db: cannot create a file here: No such file or directory
? 4
