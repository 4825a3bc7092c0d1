A declaration: computed from evidence, signed by a person, computed again by a customer, challenged and answered.
env COLUMNS=100

$ for who in v c; do printf '#!/bin/sh\nout=$(AKASHI_HOME=$HOME/%s SOURCE_DATE_EPOCH=$(date -u -d "$(cat day)" +%%s) akashi "$@" 2>&1); r=$?\n[ -z "$out" ] || printf "%%s\\n" "$out" | sed -E "s/([DX])-[0-9a-f]{12}/\\1-000000000000/g; s/[0-9a-f]{64}/DIGEST/g; s/[0-9a-f]{12}[.](challenge|answer|endorsement)/0.\\1/"\nexit $r\n' $who >$who.sh; chmod +x $who.sh; done; echo 2026-01-01 >day
? 0
$ ./v.sh init --name Yamada --role supplier --no-passphrase --origin v.example/log >/dev/null; ./c.sh init --name "Hospital A" --role customer --no-passphrase --origin c.example/log >/dev/null; ./v.sh key export >v.pub; ./c.sh key export >c.pub; ./c.sh key trust v.pub --name Yamada >/dev/null
? 0

A catalogue of three practices: one that machines judge, one that needs people, one for customers alone.

$ cat >mini.json <<'END'
> {"catalogue": 1, "id": "mini", "version": "1", "title": "Mini", "status": "own", "unit": "requirement",
>  "packages": [{"id": "minimum", "title": "Minimum"}],
>  "groups": [{"id": "R1", "kind": "requirement", "title": "All"}],
>  "practices": [
>   {"id": "P1", "group": "R1", "title": "Releases and their parts", "binds": ["supplier"], "packages": {"minimum": 2},
>    "evidence": {"1": [{"kind": "release-manifest", "about": "releases"}],
>                 "2": [{"kind": "sbom", "about": "releases", "where": [{"fact": "components", "at_least": 1}]}]}},
>   {"id": "P2", "group": "R1", "title": "Somebody is in charge", "binds": ["supplier"], "packages": {"minimum": 1},
>    "evidence": {"1": [{"kind": "attestation", "where": [{"fact": "level", "at_least": 1}]}]}},
>   {"id": "P3", "group": "R1", "title": "Bought with care", "binds": ["customer"], "packages": {"minimum": 1}}]}
> END
? 0
$ ./v.sh conform catalogue import mini.json >/dev/null; ./v.sh conform declare --catalogue mini --person "T. Yamada" --title President
akashi: Yamada: there is no product in scope: nothing can be declared about nothing
? 3
$ ./v.sh product add thing --party Yamada >/dev/null; mkdir dist; echo '{"name":"thing","version":"1.0","lockfileVersion":3,"packages":{"node_modules/lodash":{"version":"4.17.15"}}}' >dist/package-lock.json; ./v.sh release dist --product thing --version 1.0 -q >/dev/null; ./v.sh conform declare --catalogue mini --person "T. Yamada" --title President
akashi: minimum: the evidence does not carry this package: 1 practice falls short
  → `akashi conform status` says what is missing; --claim 'PRACTICE=LEVEL: REASON' puts a person's word in its place, marked as such
practice  title                  level  wanted  where to start
P2        Somebody is in charge      0       1
? 1
$ ./v.sh conform declare --catalogue mini --claim "P2=1: appointed in writing" --title President
akashi: --person: who says so, in which role?
  → --person 'NAME' --title 'ROLE'
? 2
$ ./v.sh conform declare --catalogue mini --claim "P9=1: x" --person "T. Yamada" --title President
akashi: P9: the catalogue mini has no such practice
? 2
$ ./v.sh conform declare --catalogue mini --claim "P2=1: appointed in writing" --person "T. Yamada" --title President --exclude "the old site: closed" --to d.json
D-000000000000: mini, package minimum, declared by Yamada until 2027-01-01
  practices: 2, of these on a person's word beyond the evidence: 1
  products: 1; releases: 1; evidence: 2 statements
  entry 8 of the log; to hand over: d.json
? 0
$ ./v.sh conform declaration list
declaration     catalogue  package  party   products  until       standing  open challenges
D-000000000000  mini       minimum  Yamada         1  2027-01-01  good                    -
? 0

Whoever has the key computes it again; what is kept back shows, and what was changed.

$ SOURCE_DATE_EPOCH=1767312000 akashi conform verify d.json --key v.pub --no-home | sed -E "s/[0-9a-f]{64}/DIGEST/; s/D-[0-9a-f]{12}/D-000000000000/"
D-000000000000: mini, package minimum, declared by Yamada
  signed for by T. Yamada, President; as of 2026-01-01T00:00:00Z; valid from 2026-01-01 until 2027-01-01
  SHA-256 DIGEST
  not covered: the old site (closed)

practice  title                     declared  computed  verdict        why
P1        Releases and their parts         2         2  confirmed
P2        Somebody is in charge            1         0  attested only  appointed in writing

confirmed 1, attested only 1, not disclosed 0, contradicted 0
? 0
$ python3 -c 'import json, base64; b=json.load(open("d.json")); b["statements"]=[s for s in b["statements"] if b"cyclonedx.org/bom" not in base64.b64decode(s["envelope"]["payload"])]; json.dump(b,open("less.json","w"))'; ./c.sh conform verify less.json | grep -E "^P1|^confirmed"
P1        Releases and their parts         2         0  not disclosed  0 of 2 statements were handed
confirmed 0, attested only 1, not disclosed 1, contradicted 0
? 0
$ python3 -c 'import json, base64; b=json.load(open("d.json")); p=b["statements"][-1]["envelope"]; p["payload"]=base64.b64encode(base64.b64decode(p["payload"]).replace(b"\"level\":2",b"\"level\":4",1)).decode(); json.dump(b,open("bad.json","w"))'; ./c.sh conform verify bad.json | grep -E "NOT TRUSTED|FAILS"
  NOT TRUSTED: no trusted key signed it, or no log that is trusted holds it
FAILS        signature  declaration                            the signature of Yamada is bad: what
? 0
$ akashi conform verify mini.json --key v.pub --no-home
akashi: mini.json: there is no declaration in it
  → give the file that `akashi conform declare` wrote
? 3
$ akashi conform verify d.json --key c.pub --no-home --json | grep -E '"trusted"|"confirmed"'
  "trusted": false,
    "confirmed": 0,
? 0

A customer takes it in and challenges it; the declarer is a stranger to nobody, the challenger may be.

$ echo 2026-01-10 >day; ./c.sh conform receive d.json; echo "no RELRO" >report.txt; ./c.sh conform challenge d.json --practice P1 --text "no RELRO in 1.0" --evidence report.txt --to x.json
declaration: entry 2
challenged: entry 3 of the log; to hand over: x.json
? 0
$ ./c.sh conform challenge d.json --practice P7 --text x
akashi: P7: the declaration says nothing of this practice
? 2
$ echo 2026-01-11 >day; ./v.sh conform receive x.json; ./v.sh conform declaration list; ./v.sh conform declaration show "$(AKASHI_HOME=$HOME/v akashi conform declaration list --json | sed -n 's/.*"declaration": "\(.*\)",/\1/p')"
challenge: entry 9 (by a key nobody here has trusted)
declaration     catalogue  package  party   products  until       standing    open challenges
D-000000000000  mini       minimum  Yamada         1  2027-01-01  challenged                1
D-000000000000: mini, package minimum, declared by Yamada
  standing: challenged
  signed for by T. Yamada, President; as of 2026-01-01T00:00:00Z; valid from 2026-01-01 until 2027-01-01
  SHA-256 DIGEST
  product thing
  not covered: the old site (closed)
  challenges without an answer: 1, to be answered by 2026-02-10

entry  logged                what        said
    9  2026-01-11T00:00:00Z  challenged  X-000000000000, Hospital A: no RELRO in 1.0
? 0
$ ./v.sh conform respond X-1 --dismissed --reason x --person P --title R
akashi: X-1: no declaration of one's own was challenged by this
  → `akashi conform declaration show ID` names its challenges
? 2
$ X=$(AKASHI_HOME=$HOME/v akashi conform declaration show "$(AKASHI_HOME=$HOME/v akashi conform declaration list --json | sed -n 's/.*"declaration": "\(.*\)",/\1/p')" --json | sed -n 's/.*"id": "\(X-.*\)",/\1/p'); ./v.sh conform respond $X --upheld suspended --reason "mended in 1.1" --person "T. Yamada" --title President --to a.json; ./c.sh conform receive a.json; ./c.sh conform declaration list
upheld: entry 10 of the log; to hand over: a.json
challenge-answer: entry 4
declaration     catalogue  package  party   products  until       standing   open challenges
D-000000000000  mini       minimum  Yamada         1  2027-01-01  suspended                -
? 0

A third party countersigns; a newer declaration takes the place of the old one; what ended stays ended.

$ ./c.sh conform endorse d.json --checked "P1=2: every part counted again" --person "H. Suzuki" --title Assessor --to e.json; ./v.sh conform receive e.json
endorsed: entry 5 of the log; to hand over: e.json
endorsement: entry 11 (by a key nobody here has trusted)
? 0
$ echo 2026-01-20 >day; ./v.sh conform declare --catalogue mini --claim "P2=1: appointed in writing" --person "T. Yamada" --title President --to d2.json >/dev/null; ./v.sh conform declaration list
declaration     catalogue  package  party   products  until       standing    open challenges
D-000000000000  mini       minimum  Yamada         1  2027-01-01  superseded                -
D-000000000000  mini       minimum  Yamada         1  2027-01-20  good                      -
? 0

A release without parts: the declaration is at risk, and is told so first.

$ echo 2026-01-21 >day; mkdir next; echo text >next/a.txt; ./v.sh release next --product thing --version 1.1 -q >/dev/null; ./v.sh conform declaration watch
D-000000000000: AT RISK (entry 17)
  P1 Releases and their parts: declared 2, now 1
? 1
$ ./v.sh conform declaration list --ours --lang ja
宣言            カタログ  パッケージ  組織    製品  期限        状態                未回答の異議
D-000000000000  mini      minimum     Yamada     1  2027-01-01  置き換え済み                   -
D-000000000000  mini      minimum     Yamada     1  2027-01-20  裏付け不足のおそれ             -
? 0

Whoever got it is told when it ends, once.

$ ./v.sh party add hospital-a --name "Hospital A" --roles customer >/dev/null; printf '\n[[notify]]\nname = "hospital"\nchannel = "file"\nfile = "told.jsonl"\nparty = "hospital-a"\n\n[[notify]]\nname = "us"\nchannel = "file"\nfile = "us.jsonl"\nlanguage = "ja"\n' >>$HOME/v/akashi.toml; ID=$(AKASHI_HOME=$HOME/v akashi conform declaration list --json | sed -n 's/.*"declaration": "\(.*\)",/\1/p' | tail -n 1); ./v.sh conform declaration give $ID --to-party hospital-a --to given.json; ./v.sh conform declaration watch >/dev/null; echo 2026-01-25 >day; ./v.sh conform declaration set $ID withdrawn --reason "product sold" --to s.json; ./v.sh conform declaration watch; ./v.sh conform declaration watch; ./v.sh notify send >/dev/null; cat $HOME/v/told.jsonl | sed -E 's/.*"kind":"([a-z-]*)".*/\1/'; sed -E 's/.*"kind":"([a-z-]*)".*/\1/' $HOME/v/us.jsonl
D-000000000000: entry 19; hand over given.json
D-000000000000: withdrawn; entry 20; for those who have it: s.json
every declaration of one's own is carried by its evidence
every declaration of one's own is carried by its evidence
declaration-ended
declaration-at-risk
declaration-ended
? 0

An SBOM that was only imported comes along too: who has the file and the key needs nothing else.

$ mkdir in; printf '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"old","version":"0.9"}},"components":[{"type":"library","name":"left","version":"1.0.0","purl":"pkg:npm/left@1.0.0"}]}' >in/old.cdx.json; ./v.sh impact import in/old.cdx.json --product old --version 0.9 --party Yamada -q >/dev/null; echo '{"catalogue":1,"id":"parts","version":"1","title":"Parts","status":"own","unit":"r","packages":[{"id":"minimum","title":"M"}],"groups":[{"id":"R","kind":"r","title":"R"}],"practices":[{"id":"P1","group":"R","title":"Parts listed","packages":{"minimum":1},"evidence":{"1":[{"kind":"sbom","about":"releases","where":[{"fact":"components","at_least":1}]}]}}]}' >parts.json; ./v.sh conform catalogue import parts.json >/dev/null
? 0
$ ./v.sh conform declare --catalogue parts --product old --person "T. Yamada" --title President --to old.json | head -1; python3 -c 'import json; print(len(json.load(open("old.json"))["documents"]))'; akashi conform verify old.json --key v.pub --no-home | grep -E "^P1|^confirmed"
D-000000000000: parts, package minimum, declared by Yamada until 2027-01-25
1
P1        Parts listed         1         1  confirmed
confirmed 1, attested only 0, not disclosed 0, contradicted 0
? 0
$ python3 -c 'import json; b=json.load(open("old.json")); d=b.pop("documents"); json.dump(b,open("less2.json","w")); d[0]["content"]="eA=="; b["documents"]=d; json.dump(b,open("bad2.json","w"))'; akashi conform verify less2.json --key v.pub --no-home | grep -E "^P1|^confirmed"; akashi conform verify less2.json --evidence in/old.cdx.json --key v.pub --no-home | grep "^confirmed"; akashi conform verify bad2.json --key v.pub --no-home
akashi: warning: : the SBOM document was not handed over
P1        Parts listed         1         0  not disclosed  0 of 1 statements were handed over
confirmed 0, attested only 0, not disclosed 1, contradicted 0
confirmed 1, attested only 0, not disclosed 0, contradicted 0
akashi: bad2.json#/documents/0: this document is another one than its SHA-256 says
? 3
