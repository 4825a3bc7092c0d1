Output arrives whole or not at all, and a failure is exit 4.

$ cp -r $SOURCE/data/sample-project shop; akashi sbom make shop >/dev/full
akashi: standard output: cannot write: No space left on device
  → free some space and run it again; what was there before is untouched
? 4
$ akashi sbom make shop -o /dev/full
akashi: /dev/full: cannot write: No space left on device
  → free some space and run it again; what was there before is untouched
? 4
$ akashi sbom make shop -o nowhere/a.json
akashi: nowhere/a.json: cannot create a file here: No such file or directory
? 4
$ echo before >a.json; (ulimit -f 1; akashi sbom make shop -o a.json); cat a.json; ls -A
akashi: a.json: cannot write: File too large
before
a.json
shop
? 0
$ akashi sbom make nowhere -o a.json; cat a.json; ls -A
akashi: nowhere: cannot open the file: No such file or directory
before
a.json
shop
? 0
$ akashi sbom make shop -o a.json; akashi sbom check a.json | head -n 1; ls -A
a.json: cyclonedx-json@1.6: valid
a.json
shop
? 0

Ctrl-C leaves nothing behind.

$ cat >$HOME/begun <<'END' # waits until the output is begun
> n=0; until ls rows.txt.new-* >/dev/null 2>&1 || [ $((n+=1)) = 600 ]; do sleep 0.1; done
> END
> mkfifo slow; sleep 200 >slow & writer=$!; env --default-signal=INT akashi plumb purl slow -o rows.txt & pid=$!; sh $HOME/begun; kill -INT $pid; wait $pid 2>/dev/null; echo $?; kill $writer; ls -A
130
a.json
shop
slow
? 0
$ mkfifo slow2; sleep 200 >slow2 & writer=$!; akashi plumb purl slow2 -o rows.txt & pid=$!; sh $HOME/begun; kill -TERM $pid; wait $pid 2>/dev/null; echo $?; kill $writer; ls -A
143
a.json
shop
slow
slow2
? 0

A link stays a link.

$ echo old >real.json; ln -s real.json link.json; akashi plumb purl a.json -o link.json; ls -l link.json | sed 's/.*link/link/'; head -n 1 real.json
link.json -> real.json
error
? 0
$ akashi plumb purl a.json -o .
akashi: .: this is not a regular file, so it is not replaced
? 4

What was started with nohup goes on when the terminal goes.

$ mkfifo slow3; sleep 200 >slow3 & writer=$!; nohup akashi plumb purl slow3 -o rows.txt 2>/dev/null & pid=$!; sh $HOME/begun; kill -HUP $pid; kill $writer; wait $pid; echo $?; ls rows.txt
0
rows.txt
? 0
