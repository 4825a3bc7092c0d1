The whole portfolio in plain files; taken in elsewhere it is the same portfolio.

$ akashi init --name X --role supplier --no-passphrase --origin example.jp/x >/dev/null; akashi party add us --name "Us Ltd" --roles supplier -q; akashi product add thing --party us --name Thing -q; akashi deploy add d --product thing --version 1.0 --customer h --service er -q; akashi service add er --mtpd 4h --needs deployment:d -q
> b() { printf '{"product":"thing","version":"%s","party":"us","releasedOn":"2025-0%s-01T00:00:00Z","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"a","version":"%s","purl":"pkg:npm/a@%s"}]}}\n' $1 $2 $3 $3; }
> { b 1.0 1 1.0.0; b 1.1 2 1.1.0; b 1.1 2 1.2.0; } >in.jsonl; akashi impact import in.jsonl
us: added, entry 2
thing: added, entry 3
d: added, entry 4
er: added, entry 5
added 3, known before 0, failed 0
list other components than another document of the same release, all kept and marked: 1
? 0
$ akashi impact export out; ls out; find out/sboms -type f | wc -l
parties 2, products 1, deployments 1, services 1, releases 3, SBOMs 3
deployments.csv
deployments.json
parties.csv
parties.json
products.csv
products.json
releases.csv
releases.jsonl
sboms
services.csv
services.json
3
? 0
$ cut -d, -f1-9 out/releases.csv; cut -c1-100 out/releases.jsonl; cat out/services.json
product,version,party,purl,released,supersedes,logged,components,unidentified
thing,1.0,us,,2025-01-01T00:00:00Z,,2026-01-01T00:00:00Z,1,0
thing,1.1,us,,2025-02-01T00:00:00Z,,2026-01-01T00:00:00Z,1,0
thing,1.1,us,,2025-02-01T00:00:00Z,,2026-01-01T00:00:00Z,1,0
{"product":"thing","version":"1.0","party":"us","releasedOn":"2025-01-01T00:00:00Z","path":"sboms/eb
{"product":"thing","version":"1.1","party":"us","releasedOn":"2025-02-01T00:00:00Z","path":"sboms/a3
{"product":"thing","version":"1.1","party":"us","releasedOn":"2025-02-01T00:00:00Z","path":"sboms/72
[
{"id":"er","mtpd":"PT4H","needs":[[{"deployment":"d"}]]}
]
? 0
$ akashi impact export out
akashi: out: the folder is not empty
  → name one that is empty or does not exist
? 4
$ akashi impact drift --all >before; export AKASHI_HOME=$PWD/second; akashi init --name Y --role customer --no-passphrase >/dev/null; akashi party import out/parties.csv; akashi product import out/products.csv; akashi deploy import out/deployments.csv -q; akashi service import out/services.csv; akashi impact import out/releases.jsonl; akashi impact export again >/dev/null; for f in products.csv products.json deployments.csv services.json; do cmp out/$f again/$f; done; diff -r out/sboms again/sboms; cut -d, -f1-6,8- out/releases.csv >a; cut -d, -f1-6,8- again/releases.csv | diff a -; diff out/releases.jsonl again/releases.jsonl; akashi impact drift --all | diff before - && echo same
2 added, 0 changed, 0 were there already, 0 bad
1 added, 0 changed, 0 were there already, 0 bad
1 added, 0 changed, 0 were there already, 0 bad
1 added, 0 changed, 0 were there already, 0 bad
added 3, known before 0, failed 0
list other components than another document of the same release, all kept and marked: 1
same
? 0
$ akashi impact export --as-of 3 third --json
{
  "folder": "third",
  "parties": 2,
  "products": 0,
  "deployments": 0,
  "services": 0,
  "releases": 0,
  "documents": 0,
  "withoutDocument": 0
}
? 0
