What time alone changes: an accepted risk whose last day is over, a support that ends, a deployment that ends. And a
probability that nobody knew when the risk was accepted.
env COLUMNS=120
env SOURCE_DATE_EPOCH=1796083200

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log >/dev/null
? 0
$ for p in accepted supported deployed unknown; do c=left; [ $p = unknown ] && c=right; echo '{"product":"'$p'","version":"1.0","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"'$c'","version":"1.0.0","purl":"pkg:npm/'$c'@1.0.0"}]}}'; done >all.jsonl; akashi impact import -q all.jsonl
> for i in 1:left 2:right; do echo '{"id":"A-'${i%:*}'","aliases":["CVE-2026-000'${i%:*}'"],"modified":"2026-11-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"'${i#*:}'"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"9.0.0"}]}]}]}' >a${i%:*}.json; done
> akashi product add supported --support-until 2026-12-10 -q; akashi product add deployed --support-until 2026-11-30 -q; akashi deploy add here --product deployed --version 1.0 --until 2026-12-20 -q
added 4, known before 0, failed 0
supported: added, entry 6
deployed: added, entry 7
here: added, entry 8
? 0
$ akashi watch --from a1.json --from a2.json; for p in accepted:--until=2026-12-05 unknown:-q; do akashi case decide $(akashi case list --product ${p%:*} --json | sed -n 's/.*"case": "\(.*\)",/\1/p') --verdict accept --text 'Small.' ${p#*:} >/dev/null; done; akashi watch
findings looked at: 4; cases: 4 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
findings looked at: 4; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 2 unchanged
? 0

On its last day the risk is still accepted; a second later it is not.

$ SOURCE_DATE_EPOCH=1796515199 akashi watch; SOURCE_DATE_EPOCH=1796515200 akashi watch; akashi case list --product accepted
findings looked at: 2; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
findings looked at: 2; cases: 0 opened, 0 updated, 1 opened again, 0 advanced, 0 closed, 0 unchanged
case            priority   status    product   package       upgrade to  next deadline  owner
C-6c0ce0d29291  Scheduled  detected  accepted  pkg:npm/left  9.0.0       -              -
? 0

A probability that was not known then, and is more than a jump.

$ printf '#model_version:v2025.03.14,score_date:2026-12-06T00:00:00+0000\ncve,epss,percentile\nCVE-2026-0002,0.50,0.9\n' >epss.csv; SOURCE_DATE_EPOCH=1796515200 akashi watch --from epss.csv; akashi case list --product unknown
findings looked at: 1; cases: 0 opened, 0 updated, 1 opened again, 0 advanced, 0 closed, 0 unchanged
case            priority      status    product  package        upgrade to  next deadline  owner
C-34d27d65bdbb  Out-of-Cycle  detected  unknown  pkg:npm/right  9.0.0       -              -
? 0

Support that ends: nobody runs it any more. Looking again says nothing new.

$ SOURCE_DATE_EPOCH=1796943600 akashi watch; for i in 1 2; do SOURCE_DATE_EPOCH=1796947200 akashi watch; done; akashi case list --product supported
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 1 advanced, 0 closed, 0 unchanged
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
case            priority   status     product    package       upgrade to  next deadline  owner
C-a29feadd254a  Scheduled  delivered  supported  pkg:npm/left  9.0.0       -              -
? 0

The same of a deployment.

$ SOURCE_DATE_EPOCH=1797807600 akashi watch; for i in 1 2; do SOURCE_DATE_EPOCH=1797811200 akashi watch; done; akashi case list --product deployed
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 1 advanced, 0 closed, 0 unchanged
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
case            priority   status     product   package       upgrade to  next deadline  owner
C-0cf5e811d998  Scheduled  delivered  deployed  pkg:npm/left  9.0.0       -              -
? 0
