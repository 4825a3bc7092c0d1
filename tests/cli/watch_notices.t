Whom a watch tells: each in their language, each what concerns them, at once or gathered.
env COLUMNS=120
env AKASHI_HOME=home

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log -q >/dev/null
? 0
$ cat >>home/akashi.toml <<'END'
> [[notify]]
> name = "psirt"
> channel = "file"
> file = "ja.jsonl"
> [[notify]]
> name = "hospital"
> channel = "file"
> file = "en.jsonl"
> party = "hospital"
> language = "en"
> [[notify]]
> name = "morning"
> channel = "file"
> file = "digest.jsonl"
> digest = "daily"
> hour = 9
> zone = "Asia/Tokyo"
> [[notify]]
> name = "urgent"
> channel = "file"
> file = "urgent.jsonl"
> minimum = "immediate"
> END
? 0
$ sbom() { echo '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"'$1'","version":"1.0"}},"components":[{"type":"library","name":"'$2'","version":"1.0.0","purl":"pkg:npm/'$2'@1.0.0"}]}'; }; sbom emr left >emr.json; sbom shop right >shop.json; for p in left right; do echo '{"id":"A-'$p'","modified":"2026-01-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"'$p'"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}' >$p.json; done
? 0
$ akashi impact import emr.json shop.json -q; akashi party add hospital --name Hospital --roles customer >/dev/null; akashi deploy add h/emr --product emr --version 1.0 --customer hospital --exposure open >/dev/null
added 2, known before 0, failed 0
? 0
$ akashi watch --from left.json --from right.json; akashi notify send
findings looked at: 2; cases: 2 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
3 sent, 0 to be tried again, 0 given up, 0 unsure
? 0

Everything for us, in Japanese; for the hospital what it runs, in English; nothing here is urgent enough for the pager.

$ show() { python3 -c 'import json,sys; [print(n["kind"], n.get("party", "-"), n.get("language"), "|", n["subject"], "|", n["text"].strip().replace("\n", " / ")) for n in map(json.loads, open(sys.argv[1]))]' home/$1; }; show ja.jsonl; show en.jsonl; ls home | grep jsonl
case-opened - ja | 新しい案件 C-fb97c717dbbb: emr: pkg:npm/left → 2.0.0 | 脆弱性: A-left / 部品: pkg:npm/left / 修正済みの版: 2.0.0 / 優先度: Scheduled
case-opened - ja | 新しい案件 C-c9f1d3417647: shop: pkg:npm/right → 2.0.0 | 脆弱性: A-right / 部品: pkg:npm/right / 修正済みの版: 2.0.0 / 優先度: Scheduled
case-opened hospital en | New case C-fb97c717dbbb: emr: pkg:npm/left → 2.0.0 | Vulnerabilities: A-left / Component: pkg:npm/left / Without them from: 2.0.0 / Priority: Scheduled
en.jsonl
ja.jsonl
? 0
$ akashi watch; akashi watch --all; akashi notify send; cat home/*.jsonl | wc -l
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
findings looked at: 2; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 2 unchanged
0 sent, 0 to be tried again, 0 given up, 0 unsure
3
? 0

What is gathered comes at nine, in one: 2026-01-01T00:00Z is nine in Tokyo, so the next nine is tomorrow's.

$ akashi notify list | sed 's/^[0-9a-f]\{12\}/KEY/' | sort
KEY  2026-01-01T00:00:00Z  hospital  sent    New case C-fb97c717dbbb: emr: pkg:npm/left → 2.0…
KEY  2026-01-01T00:00:00Z  morning   queued  新しい案件 C-c9f1d3417647: shop: pkg:npm/right →…
KEY  2026-01-01T00:00:00Z  morning   queued  新しい案件 C-fb97c717dbbb: emr: pkg:npm/left → 2…
KEY  2026-01-01T00:00:00Z  psirt     sent    新しい案件 C-c9f1d3417647: shop: pkg:npm/right →…
KEY  2026-01-01T00:00:00Z  psirt     sent    新しい案件 C-fb97c717dbbb: emr: pkg:npm/left → 2…
key           since                 to        state   subject                                            what went wrong
? 0
$ SOURCE_DATE_EPOCH=1767311999 akashi notify send; SOURCE_DATE_EPOCH=1767312000 akashi notify send; python3 -c 'import json; [print(d["kind"], len(d["notices"]), "|", d["subject"], "|", d["text"]) for d in map(json.loads, open("home/digest.jsonl"))]'
0 sent, 0 to be tried again, 0 given up, 0 unsure
1 sent, 0 to be tried again, 0 given up, 0 unsure
digest 2 | Akashi: お知らせ 2 件 | ■ 新しい案件 C-fb97c717dbbb: emr: pkg:npm/left → 2.0.0
  脆弱性: A-left
  部品: pkg:npm/left
  修正済みの版: 2.0.0
  優先度: Scheduled

■ 新しい案件 C-c9f1d3417647: shop: pkg:npm/right → 2.0.0
  脆弱性: A-right
  部品: pkg:npm/right
  修正済みの版: 2.0.0
  優先度: Scheduled


? 0

An answered finding closes its case, and that is told too; a case that comes back is told again.

$ akashi vex add A-left --product emr --status not_affected --justification vulnerable_code_not_in_execute_path; akashi watch; akashi notify send; tail -n 1 home/en.jsonl | python3 -c 'import json,sys; n=json.load(sys.stdin); print(n["kind"], "|", n["subject"])'; tail -n 1 home/ja.jsonl | python3 -c 'import json,sys; n=json.load(sys.stdin); print(n["kind"], "|", n["subject"])'
A-left in emr: not_affected, signed and logged
findings looked at: 1; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 1 closed, 0 unchanged
2 sent, 0 to be tried again, 0 given up, 0 unsure
case-closed | Case closed C-fb97c717dbbb: emr: pkg:npm/left → 2.0.0
case-closed | 案件の完了 C-fb97c717dbbb: emr: pkg:npm/left → 2.0.0
? 0
$ export SOURCE_DATE_EPOCH=1767225700; akashi vex add A-left --product emr --status affected --action 'take 2.0.0'; akashi watch; akashi notify send; tail -n 1 home/ja.jsonl | python3 -c 'import json,sys; n=json.load(sys.stdin); print(n["kind"], "|", n["subject"])'
A-left in emr: affected, signed and logged
findings looked at: 1; cases: 0 opened, 0 updated, 1 opened again, 0 advanced, 0 closed, 0 unchanged
2 sent, 0 to be tried again, 0 given up, 0 unsure
case-reopened | 案件の再開 C-fb97c717dbbb: emr: pkg:npm/left → 2.0.0
? 0

A case that goes on is told when it becomes more or worse: another vulnerability, one that is exploited now and makes it more
urgent. A further release with the same is no news.

$ cat >news.sh <<'END'
> akashi watch "$@" >/dev/null; akashi notify send
> for i in ja; do test -f home/$i.jsonl && tail -n 1 home/$i.jsonl | python3 -c 'import json,sys; n=json.load(sys.stdin); print(sys.argv[1], n["kind"], n["priority"], "|", n["subject"])' $i; done; true
> END
? 0
$ sed 's/A-right/A-more/; s/"modified"/"aliases":["CVE-2026-0009"],"modified"/' right.json >more.json; sh news.sh --from more.json
1 sent, 0 to be tried again, 0 given up, 0 unsure
ja case-updated Scheduled | 案件の追加 C-c9f1d3417647: shop: pkg:npm/right → 2.0.0
? 0
$ sed 's/1.0"}/1.1"}/' shop.json >next.json; akashi impact import next.json -q; akashi watch; akashi notify send
added 1, known before 0, failed 0
findings looked at: 2; cases: 0 opened, 1 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
0 sent, 0 to be tried again, 0 given up, 0 unsure
? 0
$ echo '{"title":"CISA Catalog of Known Exploited Vulnerabilities","catalogVersion":"1","dateReleased":"2026-01-01T00:00:00.0Z","count":1,"vulnerabilities":[{"cveID":"CVE-2026-0009","vendorProject":"v","product":"p","vulnerabilityName":"n","dateAdded":"2026-01-01","shortDescription":"d","requiredAction":"r","dueDate":"2026-02-01","knownRansomwareCampaignUse":"Unknown"}]}' >kev.json; sh news.sh --from kev.json; sh news.sh
1 sent, 0 to be tried again, 0 given up, 0 unsure
ja case-updated Out-of-Cycle | 案件の追加 C-c9f1d3417647: shop: pkg:npm/right → 2.0.0
0 sent, 0 to be tried again, 0 given up, 0 unsure
ja case-updated Out-of-Cycle | 案件の追加 C-c9f1d3417647: shop: pkg:npm/right → 2.0.0
? 0
