A full disk: what was begun is not half there, and the same command again finishes it.
sqlite: its file is the first one that does not fit
env COLUMNS=120
env AKASHI_HOME=home

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log -q >/dev/null; sbom() { python3 -c 'import json,sys; print(json.dumps({"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":sys.argv[1],"version":sys.argv[2]}},"components":[{"type":"library","name":n,"version":"1.0.0","purl":"pkg:npm/"+n+"@1.0.0"} for n in sys.argv[3:]]}))' "$@"; }; sbom thing 1.0 left >one.json; cp one.json again.json; sbom thing 1.0 left right >two.json; sbom thing 2.0 left >three.json
? 0
$ for p in left right; do echo '{"id":"A-'$p'","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"'$p'"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}' >$p.json; done
? 0

$ akashi impact import one.json two.json -q; akashi watch --from left.json --from right.json
added 2, known before 0, failed 0
list other components than another document of the same release, all kept and marked: 1
findings looked at: 3; cases: 2 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
? 0

$ (ulimit -f 8; akashi impact import three.json -q); akashi impact import three.json -q; akashi product list
akashi: home/portfolio.db: views: disk I/O error
  → is the disk full? What was there before is untouched
added 1, known before 0, failed 0
id     name              party  support-until  end-of-life
thing  (only mentioned)  -      -              -
? 0
$ python3 -c 'import json
> for i in range(60): print(json.dumps({"product": "fill%d" % i, "version": "1", "sbom": {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": [{"type": "library", "name": "right", "version": "1.0.%d" % i, "purl": "pkg:npm/right@1.0.%d" % i}]}}))' >many.jsonl; akashi impact import many.jsonl -q; for k in 64 2048; do (ulimit -f $k; akashi watch -q) 2>&1 | head -n 2; done; akashi watch; akashi watch
added 60, known before 0, failed 0
akashi: home/portfolio.db: views: disk I/O error
  → is the disk full? What was there before is untouched
findings looked at: 62; cases: 60 opened, 1 updated, 0 opened again, 1 advanced, 0 closed, 0 unchanged
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
? 0
$ akashi log check; akashi archive check; akashi rebuild
every entry, tile and body is what it was
1 packs, 130 chunks, 93.8 KiB; 130 bodies, 0 trees
everything is what its name promises
what can be found in the log: made anew from 67 entries
it is the same as before
portfolio: made anew from 67 entries
it is the same as before
? 0
