Files in, rows out: one that cannot be read is told, and the others are answered.

$ cp -r $SOURCE/data/sample-project shop; akashi sbom make shop -o a.json; echo '{' >broken.json; akashi plumb components a.json broken.json a.json | cut -f1 | uniq -c
akashi: broken.json:2:1: the JSON text ends too early
     18 a.json
? 0
$ akashi plumb components a.json broken.json >out
akashi: broken.json:2:1: the JSON text ends too early
? 3
$ akashi plumb findings a.json
akashi: $HOME/.local/share/akashi/advisories.db: cannot open the file: No such file or directory
  → fill it with `akashi db import FILE…` or `akashi db update`
? 4
$ akashi db import -q $SOURCE/data/sample-advisories >out; akashi plumb findings a.json broken.json
akashi: warning: broken.json:2:1: the JSON text ends too early
a.json	pkg:npm/lodash@4.17.20	GHSA-35jh-r3h4-6jhm	4.17.21
a.json	pkg:npm/minimist@1.2.5	GHSA-xvch-5gv4-984h	1.2.6
a.json	pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1	GHSA-jfh8-c2jp-5v3q	2.15.0
a.json	pkg:pypi/requests@2.30.0	GHSA-j8r2-6x86-q33q	2.31.0
? 0
$ akashi plumb findings broken.json
akashi: warning: broken.json:2:1: the JSON text ends too early
akashi: none of the files could be read
? 3
