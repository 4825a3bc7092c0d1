Watching as a service: it sees what comes, and ends when it is told to.
env COLUMNS=120
env AKASHI_HOME=home

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log -q >/dev/null; mkdir new
? 0
$ sbom() { echo '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"'$1'","version":"1.0"}},"components":[{"type":"library","name":"left","version":"1.0.0","purl":"pkg:npm/left@1.0.0"}]}'; }; sbom thing >thing.json; sbom other >other.json; for n in 1 2; do echo '{"id":"A-'$n'","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"left"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"'$n'.5.0"}]}]}]}' >a$n.json; done; akashi impact import thing.json -q
added 1, known before 0, failed 0
? 0

A file of advisories that comes while it runs, a release that somebody ships, and a file that cannot be read for a while.

$ : >out; cp a1.json new/; (ASAN_OPTIONS=detect_leaks=0 akashi watch --follow 1 --from new >out 2>err & echo $! >pid; wait $!; echo "exit $?" >>out) >/dev/null 2>&1 & n=0; until grep -q '1 opened' out || [ $((n+=1)) = 600 ]; do sleep 0.1; done; grep -c '1 opened' out
1
? 0
$ cp a2.json a2.new; mv a2.new new/a2.json; n=0; until grep -q '1 updated' out || [ $((n+=1)) = 600 ]; do sleep 0.1; done; grep -c '1 updated' out
1
? 0
$ echo '{"id":' >broken; mv broken new/broken.json; n=0; until [ $(wc -l <err) -ge 1 ] || [ $((n+=1)) = 600 ]; do sleep 0.1; done; head -n 1 err; rm new/broken.json
akashi: warning: new/broken.json:2:1: the JSON text ends too early
? 0

It is said once, not in each round, and again when it comes again.

$ rounds() { n=$(($(grep -c 'looked at' out) + $1)); i=0; until [ $(grep -c 'looked at' out) -ge $n ] || [ $((i+=1)) = 600 ]; do sleep 0.1; done; }; rounds 2; echo '{"id":' >broken; mv broken new/broken.json; rounds 3; rm new/broken.json; rounds 2; cat err
akashi: warning: new/broken.json:2:1: the JSON text ends too early
akashi: warning: new/broken.json:2:1: the JSON text ends too early
? 0
$ akashi impact import other.json -q; n=0; until [ $(grep -c '1 opened' out) = 2 ] || [ $((n+=1)) = 600 ]; do sleep 0.1; done; akashi case list
added 1, known before 0, failed 0
case            priority   status    product  package       upgrade to  next deadline  owner
C-42c65288e3c3  Scheduled  detected  thing    pkg:npm/left  2.5.0       -              -
C-ce8a75bfc638  Scheduled  detected  other    pkg:npm/left  2.5.0       -              -
? 0
$ kill -TERM $(cat pid); n=0; until grep -q exit out || [ $((n+=1)) = 600 ]; do sleep 0.1; done; tail -n 1 out; akashi log check >/dev/null
exit 0
? 0

Between rounds it ends at once, however long the pause is.

$ : >out; (ASAN_OPTIONS=detect_leaks=0 akashi watch --follow 3600 --from new >out 2>err & echo $! >pid; wait $!; echo "exit $?" >>out) >/dev/null 2>&1 & n=0; until grep -q 'looked at' out || [ $((n+=1)) = 600 ]; do sleep 0.1; done; kill -INT $(cat pid); n=0; until grep -q exit out || [ $((n+=1)) = 600 ]; do sleep 0.1; done; tail -n 1 out; cat err
exit 0
? 0

So it does when its terminal goes away, and while it waits for another watch to end.

$ : >out; rm pid; exec 9>home/watch.lock; flock 9; (ASAN_OPTIONS=detect_leaks=0 akashi watch --follow 3600 --from new >out 2>err 9>&- & echo $! >pid; wait $!; echo "exit $?" >>out) >/dev/null 2>&1 9>&- & n=0; until ls -l /proc/$(cat pid 2>/dev/null)/fd 2>/dev/null | grep -q watch.lock || [ $((n+=1)) = 600 ]; do sleep 0.1; done; kill -HUP $(cat pid); n=0; until grep -q exit out || [ $((n+=1)) = 600 ]; do sleep 0.1; done; cat out err; exec 9>&-
exit 0
? 0
$ akashi watch --follow soon
akashi: --follow needs a whole number, not 'soon'
? 2
