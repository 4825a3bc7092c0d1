What comes twice, contradicts itself, goes in circles, is unknown, huge, or long over: one clear message each, the right exit code,
nothing lost, nothing counted twice.
env COLUMNS=120
env AKASHI_HOME=home

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log -q >/dev/null; sbom() { python3 -c 'import json,sys; print(json.dumps({"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":sys.argv[1],"version":sys.argv[2]}},"components":[{"type":"library","name":n,"version":"1.0.0","purl":"pkg:npm/"+n+"@1.0.0"} for n in sys.argv[3:]]}))' "$@"; }; sbom thing 1.0 left >one.json; cp one.json again.json; sbom thing 1.0 left right >two.json; sbom thing 2.0 left >three.json
? 0
$ for p in left right; do echo '{"id":"A-'$p'","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"'$p'"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}' >$p.json; done
? 0

The same document twice, in one run and in two; two documents for one release that disagree: both are kept, and flagged.

$ akashi impact import one.json again.json -q; akashi impact import one.json -q; akashi impact import two.json -q; akashi impact pkg:npm/left --json | python3 -c 'import json,sys; c=json.load(sys.stdin)["counts"]; print(c["releases"], c["products"])'
added 1, known before 1, failed 0
added 0, known before 1, failed 0
added 1, known before 0, failed 0
list other components than another document of the same release, all kept and marked: 1
1 1
? 0
$ akashi impact pkg:npm/left --export csv | python3 -c 'import csv,sys; [print(r["version"], r["disagrees"]) for r in csv.DictReader(sys.stdin)]'
1.0 true
? 0
$ akashi watch --from left.json --from right.json; akashi case list
findings looked at: 3; cases: 2 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
case            priority   status    product  package        upgrade to  next deadline  owner
C-42c65288e3c3  Scheduled  detected  thing    pkg:npm/left   2.0.0       -              -
C-598152fe769c  Scheduled  detected  thing    pkg:npm/right  2.0.0       -              -
? 0

Services that need each other; parties nobody spoke of.

$ akashi service add power --needs service:water; akashi service add water --needs service:power; akashi deploy add site --product thing --version 1.0 --customer nobody-knows --service power; akashi impact --what-if 'remove nobody-knows' >/dev/null
akashi: warning: power: nothing was ever said of the service 'water': from now on it is known by this mention alone
power: added, entry 5
akashi: warning: power: services need each other in a ring: power → water → power
water: added, entry 6
akashi: warning: site: nothing was ever said of the party 'nobody-knows': from now on it is known by this mention alone
site: added, entry 7
? 0

A hundred thousand components in one document.

$ python3 -c 'import json; print(json.dumps({"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"huge","version":"1.0"}},"components":[{"type":"library","name":"p%d" % i,"version":"1.0.0","purl":"pkg:npm/p%d@1.0.0" % i} for i in range(100000)]+[{"type":"library","name":"right","version":"1.0.0","purl":"pkg:npm/right@1.0.0"}]}))' >huge.json; akashi impact import huge.json -q; akashi watch; akashi case list --product huge --json | grep -c '"case"'
added 1, known before 0, failed 0
findings looked at: 4; cases: 1 opened, 2 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
1
? 0

A clock that went back: what is decided is decided, and looking again says nothing new.

$ SOURCE_DATE_EPOCH=1000000000 akashi case note $(akashi case list --product huge --json | sed -n 's/.*"case": "\(.*\)",/\1/p') 'long ago'; akashi log check; SOURCE_DATE_EPOCH=1000000000 akashi watch --all
C-4247b992fa44: noted
every entry, tile and body is what it was
findings looked at: 4; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 3 unchanged
? 0

$ akashi log check; akashi archive check; akashi rebuild
every entry, tile and body is what it was
1 packs, 505 chunks, 8.7 MiB; 15 bodies, 0 trees
everything is what its name promises
what can be found in the log: made anew from 12 entries
it is the same as before
portfolio: made anew from 12 entries
it is the same as before
? 0
