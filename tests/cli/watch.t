Advisories against what was shipped: cases, verdicts, documents.
env COLUMNS=150
env SOURCE_DATE_EPOCH=1767225600

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log >/dev/null
? 0
$ akashi watch
akashi: $HOME/.local/share/akashi/advisories.db: cannot open the file: No such file or directory
  → fill it with `akashi db import FILE…` or `akashi db update`
? 4
$ for v in 1.0:1.0.0 1.1:1.0.0 1.2:2.5.0; do echo '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"thing","version":"'${v%:*}'"}},"components":[{"type":"library","name":"left","version":"'${v#*:}'","purl":"pkg:npm/left@'${v#*:}'"}]}' >thing-${v%:*}.json; done
? 0
$ for a in 1:2.0.0 2:2.5.0; do echo '{"id":"A-'${a%:*}'","aliases":["CVE-2026-000'${a%:*}'"],"modified":"2026-01-01T00:00:00Z","summary":"bad","affected":[{"package":{"ecosystem":"npm","name":"left"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"'${a#*:}'"}]}]}]}' >a${a%:*}.json; done
? 0
$ akashi product add thing --purl pkg:generic/thing --party Supplier >/dev/null; akashi impact import thing-1.0.json; akashi deploy add hospital/thing --product thing --version 1.0 --exposure open >/dev/null
added 1, known before 0, failed 0
? 0

Two vulnerabilities that one upgrade clears are one case; looking again says nothing new.

$ akashi watch --from a1.json --from a2.json --report
what                                                how many
findings (release, component, vulnerability)               2
  in releases nobody runs and a newer one replaced         0
  answered by a verdict                                    0
  answered by a verdict carried over                       0
  accepted as a risk                                       0
  passed over by a rule of the settings                    0
  open                                                     2
    together with another in one case                      1
cases opened                                               1
cases updated                                              0
cases opened again                                         0
cases fixed or delivered                                   0
cases closed                                               0
cases that were open already                               0
? 0
$ akashi watch
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
? 0
$ akashi case list
case            priority   status    product  package       upgrade to  next deadline  owner
C-42c65288e3c3  Scheduled  detected  thing    pkg:npm/left  2.5.0       -              -
? 0
$ akashi case show $(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p')
case         C-42c65288e3c3
product      thing
package      pkg:npm/left
upgrade to   2.5.0
status       detected
priority     Scheduled
because      Exploitation: None · System Exposure: Open · Automatable: Yes (assumed) · Human Impact: Medium (assumed) → Scheduled
releases     1.0
deployments  hospital/thing

vulnerability  component           fixed in  exploited
CVE-2026-0001  pkg:npm/left@1.0.0  2.0.0     -
CVE-2026-0002  pkg:npm/left@1.0.0  2.5.0     -

entry  time                  step      what
    5  2026-01-01T00:00:00Z  detected  -
? 0

A verdict on one of them; carried over to the next release.

$ akashi vex add CVE-2026-0001 --product thing --release 1.0 --component pkg:npm/left@1.0.0 --status not_affected
akashi: --justification: that it is not affected needs a justification
? 2
$ akashi vex add CVE-2026-0001 --product thing --release 1.0 --component pkg:npm/left@1.0.0 --status not_affected --justification vulnerable_code_not_in_execute_path
CVE-2026-0001 in thing: not_affected, signed and logged
? 0
$ akashi impact import thing-1.1.json; akashi watch
added 1, known before 0, failed 0
findings looked at: 4; cases: 0 opened, 1 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
? 0
$ akashi vex show A-1 thing
release  component           counts  verdict       reason                               by        rank  because                  said of
1.0      pkg:npm/left@1.0.0  yes     not_affected  vulnerable_code_not_in_execute_path  Supplier   400  answers for the product  this release
1.1      pkg:npm/left@1.0.0  yes     not_affected  vulnerable_code_not_in_execute_path  Supplier   400  answers for the product  carried over: 1.0
? 0
$ akashi vex publish thing --to out
out/thing.openvex.json: signed and logged
out/thing.csaf.json: signed and logged
out/thing-1.0.cdx.vex.json: signed and logged
out/thing-1.1.cdx.vex.json: signed and logged
? 0
$ akashi vex publish thing --to out --format csaf
out/thing.csaf.json: as it was logged before
? 0
$ akashi case close $(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p')
akashi: C-42c65288e3c3: it cannot be closed: CVE-2026-0002 is still in pkg:npm/left@1.0.0 of 1.1
  → ship and deploy a release without it, or state a verdict: akashi vex add
? 2

Fixed in the newest release, delivered when nobody runs the old one, closed with evidence.

$ akashi impact import thing-1.2.json; akashi watch; akashi case list --status fixed
added 1, known before 0, failed 0
findings looked at: 4; cases: 0 opened, 1 updated, 0 opened again, 1 advanced, 0 closed, 0 unchanged
case            priority   status  product  package       upgrade to  next deadline  owner
C-42c65288e3c3  Scheduled  fixed   thing    pkg:npm/left  2.5.0       -              -
? 0
$ akashi deploy add hospital/thing --version 1.2 >/dev/null; akashi watch; akashi case list --status delivered
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 1 advanced, 0 closed, 0 unchanged
case            priority   status     product  package       upgrade to  next deadline  owner
C-42c65288e3c3  Scheduled  delivered  thing    pkg:npm/left  2.5.0       -              -
? 0
$ akashi case assign C-none tanaka
akashi: C-none: there is no such case
  → see: akashi case list --all
? 2
$ akashi case close $(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p') --release 1.0
akashi: 1.0: this release still contains pkg:npm/left@1.0.0
? 2
$ akashi case close $(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p') --release 1.2 --root-cause 'not updated for a year' --practice 'S(1)-2.2'
C-42c65288e3c3: closed
? 0
$ akashi case list; akashi case list --all --json
case  priority  status  product  package  upgrade to  next deadline  owner
[
  {
    "case": "C-42c65288e3c3",
    "product": "thing",
    "package": "pkg:npm/left",
    "upgrade": "2.5.0",
    "status": "closed",
    "priority": "Scheduled",
    "rank": 33,
    "overridden": false,
    "kev": false,
    "opened": "2026-01-01T00:00:00Z",
    "closed": "2026-01-01T00:00:00Z"
  }
]
? 0
$ akashi rebuild
what can be found in the log: made anew from 18 entries
it is the same as before
portfolio: made anew from 18 entries
it is the same as before
? 0
