A provider offers a measure, its customer answers, both sign; each in a home of its own.
env COLUMNS=130

$ for who in v c w x; do printf '#!/bin/sh\nout=$(AKASHI_HOME=$HOME/%s SOURCE_DATE_EPOCH=$(date -u -d "$(cat day)" +%%s) akashi "$@" 2>&1); r=$?\n[ -z "$out" ] || printf "%%s\\n" "$out" | sed -E "s/O-[0-9a-f]{12}/O-000000000000/g; s/ *\\(key [0-9a-f]{16}\\)//; s/key [0-9a-f]{16}/key KEY/"\nexit $r\n' $who >$who.sh; chmod +x $who.sh; done; echo 2026-01-01 >day
? 0
$ ./v.sh init --name "Yamada" --role supplier --no-passphrase --origin v.example/log >/dev/null; ./c.sh init --name "Hospital A" --role customer --no-passphrase --origin c.example/log >/dev/null; ./w.sh init --name "Stranger" --role customer --no-passphrase --origin w.example/log >/dev/null; ./x.sh init --name "Other" --role supplier --no-passphrase --origin x.example/log >/dev/null
? 0
$ for who in v c w; do ./$who.sh key export >$who.pub; done; ./v.sh key trust c.pub --name "Hospital A" >/dev/null; ./c.sh key trust v.pub --name Yamada >/dev/null
? 0
$ ./v.sh product add thing --party Yamada >/dev/null; ./v.sh party add hospital-a --name "Hospital A" --roles customer
hospital-a: added, entry 3
? 0
$ ./v.sh decide offer "Update thing to 1.3" --customer hospital-a --measure patch --product thing --flaw CVE-2026-0001 --risk "records can be read" --cost-customer "20 minutes" --deadline 2026-02-01 --if-not "it must leave the net" --to o.json
O-000000000000: offered to Hospital A; hand over o.json
? 0

Whoever does not know the provider's key is told so; what was changed on the way too. Nothing comes into the log before
the answer is whole.

$ ./w.sh decide answer o.json --accept --reason x --person P --role R | sed 's/names key KEY/names a key/'
akashi: o.json#/statements/0/envelope: no key that is trusted here signed this (it names a key)
  → once you are sure whose key it is: akashi key trust FILE --name PARTY
? 0
$ python3 -c 'import json, base64; b=json.load(open("o.json")); p=b["statements"][0]["envelope"]; p["payload"]=base64.b64encode(base64.b64decode(p["payload"]).replace(b"20 min",b"90 min")).decode(); json.dump(b,open("bad.json","w"))'; ./c.sh decide answer bad.json --accept --reason x --person P --role R
akashi: bad.json#/statements/0/envelope: the signature of Yamada is bad: it was changed after it was signed
? 3
$ ./c.sh decide answer o.json --decline --reason "no outage"
akashi: --person: say who decided this, and as what
? 2
$ echo 2026-01-02 >day; ./c.sh decide answer o.json --decline --reason "no outage" --person "Sato" --role CIO --risk-owner Sato --review 2026-03-01 --date 2025-12-01 --to a.json
O-000000000000: declined; hand over a.json
? 0

The provider takes it in; both have signed. It says what is dated earlier than any log has it.

$ echo 2026-01-03 >day; ./v.sh decide receive a.json --to d.json
O-000000000000: declined by Sato, Hospital A; both signed
it is dated 2025-12-01, but no log has it before 2026-01-02
hand back d.json
? 0
$ echo 2026-01-04 >day; ./c.sh decide receive d.json --to d2.json
O-000000000000: declined by Sato, Hospital A; both signed
it is dated 2025-12-01, but no log has it before 2026-01-02
all of it is in d2.json
? 0
$ ./c.sh decide receive d.json --to d2.json
O-000000000000: declined by Sato, Hospital A; both signed
it is dated 2025-12-01, but no log has it before 2026-01-02
all of it is in d2.json
nothing new in it
? 0
$ ./c.sh decide show $(AKASHI_HOME=$HOME/c akashi decide list --json | sed -n 's/.*"offer": "\(.*\)",/\1/p')
offer               O-000000000000
measure             Update thing to 1.3 (patch)
provider            Yamada
customer            Hospital A
product             thing
vulnerabilities     CVE-2026-0001
risk                records can be read
cost for customer   20 minutes
if not done         it must leave the net
answer needed by    2026-02-01
in this log since   2026-01-02T00:00:00Z (entry 2)
in their log since  2026-01-01T00:00:00Z (v.example/log, entry 4)
state               declined

answer              declined
reason              no outage
decided by          Sato (CIO)
bears the risk      Sato
review              2026-03-01
in this log since   2026-01-02T00:00:00Z (entry 4)
in their log since  2026-01-03T00:00:00Z (v.example/log, entry 6)
dated               2025-12-01: earlier than any log has it; the log's time counts
standing            holds; both signed
? 0
$ ./v.sh decide list
offer           other side  product  measure              state     decided by  next day    to be done because
O-000000000000  Hospital A  thing    Update thing to 1.3  declined  Sato        2026-03-01  -
? 0

Either side alone proves it; somebody else needs only the two public keys.

$ ./w.sh verify d2.json --key v.pub --key c.pub | sed 's/  */ /g'
verdict check about what
holds signature offer, offer, answer, answer signed by v
holds log offer, answer in the log c.example/log since 2026-01-02T00:00:00Z
not checked witness offer, offer, answer, answer, answer, answer nobody was asked whether the log shows everyone the same
holds log offer in the log v.example/log since 2026-01-01T00:00:00Z
holds signature answer, answer signed by c
holds log answer, answer in the log v.example/log since 2026-01-03T00:00:00Z
holds log answer in the log c.example/log since 2026-01-04T00:00:00Z
holds decision O-000000000000 "Update thing to 1.3": decline by Sato, CIO
holds both-sides O-000000000000 the answer is signed by v and c

 → give a tlog-policy that names witnesses: --log-policy FILE
Verified: everything checked holds; 6 things were not checked
? 0
$ ./w.sh verify d2.json --key v.pub >/dev/null
? 1

An answer to an offer that was never made here, a second one that differs, one by who may not answer.

$ for who in w x; do ./$who.sh key trust c.pub --name "Hospital A" >/dev/null; ./$who.sh key trust v.pub --name Yamada >/dev/null; done; ./w.sh decide receive d2.json --to d3.json
O-000000000000: declined by Sato, Hospital A; both signed
it is dated 2025-12-01, but no log has it before 2026-01-02
all of it is in d3.json
? 0
$ ./c.sh decide answer o.json --accept --reason "after all" --person Sato --role CIO --to a2.json
O-000000000000: accepted; hand over a2.json
this differs from an earlier answer; the newest holds
? 0
$ python3 -c 'import json, base64; b=json.load(open("a2.json")); b["statements"]=[s for s in b["statements"] if b"answer/v1" in base64.b64decode(s["envelope"]["payload"])]; json.dump(b,open("only.json","w"))'; ./x.sh decide receive only.json
akashi: only.json#/statements/0/envelope: this is about an offer that this log does not know: O-000000000000
  → an answer belongs into the home that made the offer; see: akashi decide list
? 3
$ echo 2026-01-05 >day; ./v.sh decide receive a2.json --to d4.json
O-000000000000: accepted by Sato, Hospital A; both signed
this differs from an earlier answer; both are kept, the newest holds
hand back d4.json
? 0
$ ./v.sh decide answer $(AKASHI_HOME=$HOME/v akashi decide list --json | sed -n 's/.*"offer": "\(.*\)",/\1/p') --accept --reason x --person P --role R
akashi: O-000000000000: this is our own offer; its customer answers it
  → what the customer said elsewhere is written down as reported
? 2
$ ./v.sh key trust w.pub --name "Stranger" >/dev/null; ./v.sh decide offer "Watch it" --customer hospital-a --measure monitoring --product thing --risk r --deadline 2026-01-31 --to o2.json >/dev/null; ./w.sh decide answer o2.json --accept --reason x --person P --role R --to wrong.json; ./v.sh decide receive wrong.json
akashi: warning: O-000000000000: it was made to Hospital A; this is the home of Stranger
O-000000000000: accepted; hand over wrong.json
akashi: wrong.json#/statements/2/envelope: O-000000000000 was offered to Hospital A; the key of Stranger may not answer for it
  → once you are sure whose key it is: akashi key trust FILE --name PARTY
? 3

What the customer said elsewhere can be written down; it counts until the customer signs.

$ echo 2026-02-07 >day; ./v.sh decide list --due; ./v.sh decide answer o2.json --reported --accept --reason "by telephone" --person Suzuki --role ward --to r.json; ./v.sh decide list
offer           other side  product  measure   state  decided by  next day  to be done because
O-000000000000  Hospital A  thing    Watch it  open   -           -         unanswered since 2026-01-31
O-000000000000: accepted; hand over r.json
offer           other side  product  measure              state     decided by  next day  to be done because
O-000000000000  Hospital A  thing    Update thing to 1.3  accepted  Sato        -         -
O-000000000000  Hospital A  thing    Watch it             accepted  Suzuki      -         -
? 0
$ LANG=ja_JP.UTF-8 ./v.sh decide list
提案            相手        製品   対策                 状態  決定者  次の期日  対応が必要な理由
O-000000000000  Hospital A  thing  Update thing to 1.3  受諾  Sato    -         -
O-000000000000  Hospital A  thing  Watch it             受諾  Suzuki  -         -
? 0

A declined patch whose vulnerability comes to be exploited opens again by itself, once, on either side; an answer to that is
no change of mind.

$ echo '{"id":"CVE-2026-0009","modified":"2026-01-01T00:00:00Z","summary":"bad","affected":[{"package":{"ecosystem":"npm","name":"left"},"versions":["1.0.0"]}]}' >a.json; ./c.sh db import a.json >/dev/null; ./v.sh db import a.json >/dev/null
? 0
$ ./v.sh decide offer "Update left" --customer hospital-a --measure patch --product thing --flaw CVE-2026-0009 --risk r --to o3.json >/dev/null; ./c.sh decide answer o3.json --decline --reason "no time" --person Sato --role CIO --risk-owner Sato --review 2026-06-01 --to a3.json >/dev/null; ./v.sh decide receive a3.json --to d3.json >/dev/null; ./v.sh watch; ./v.sh decide list --due
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
? 0
$ echo '{"title":"KEV","catalogVersion":"2026.02.08","dateReleased":"2026-02-08T00:00:00Z","count":1,"vulnerabilities":[{"cveID":"CVE-2026-0009","vendorProject":"x","product":"y","vulnerabilityName":"z","dateAdded":"2026-02-08","shortDescription":"s","requiredAction":"a","dueDate":"2026-03-01","knownRansomwareCampaignUse":"Unknown","notes":""}]}' >kev.json; echo 2026-02-08 >day; ./v.sh watch --from kev.json; ./v.sh watch; ./v.sh decide list --due
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
decisions opened again: 1; to be looked at: 1
findings looked at: 0; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
offer           other side  product  measure      state               decided by  next day    to be done because
O-000000000000  Hospital A  thing    Update left  to be decided anew  Sato        2026-06-01  CVE-2026-0009: is exploited
? 0
$ ./c.sh db import kev.json >/dev/null; ./c.sh decide remind; ./c.sh decide remind; LANG=ja_JP.UTF-8 ./c.sh decide list --due
decisions opened again: 1; to be looked at: 1
decisions opened again: 0; to be looked at: 1
提案            相手    製品   対策         状態          決定者  次の期日    対応が必要な理由
O-000000000000  Yamada  thing  Update left  再決定が必要  Sato    2026-06-01  CVE-2026-0009: 悪用が確認されています
? 0
$ I=$(AKASHI_HOME=$HOME/v SOURCE_DATE_EPOCH=1770508800 akashi decide list --due --json | sed -n 's/.*"offer": "\(.*\)",/\1/p'); ./v.sh decide show $I --to re.json | tail -6; ./c.sh decide receive re.json --to re2.json
standing            holds; both signed

opened again        CVE-2026-0009: is exploited
in this log since   2026-02-08T00:00:00Z (entry 22)

all of it is in re.json
O-000000000000: declined by Sato, Hospital A; both signed
to be decided anew: CVE-2026-0009: is exploited
all of it is in re2.json
? 0
$ echo 2026-02-09 >day; ./c.sh decide answer o3.json --accept --reason "exploited now" --person Sato --role CIO --to a4.json; ./v.sh decide receive a4.json --to d5.json; ./v.sh decide list --due; ./v.sh decide remind
O-000000000000: accepted; hand over a4.json
O-000000000000: accepted by Sato, Hospital A; both signed
hand back d5.json
decisions opened again: 0; to be looked at: 0
? 0
$ for n in one two; do ./v.sh store dump >$n; ./v.sh rebuild >/dev/null; done; cmp one two && echo same
same
? 0

Reports, for a reader only what concerns that reader.

$ ./v.sh decide report --customer hospital-a --html r.html --csv r.csv; sed -n '1p;3p' r.csv | sed 's/O-[0-9a-f]*/O-ID/'; grep -c '<tr>' r.html; ./v.sh decide report --audience sub-y; ./v.sh decide report --audience hospital-a --json | grep -c '"offer"'; ./v.sh decide report --practice nothing; ./v.sh decide report | sed -n 1,9p
offer,provider,customer,product,case,vulnerabilities,practices,measure,risk,offered,state,reason,decidedBy,riskOwner,decided,due
O-ID,Yamada,Hospital A,thing,,,,Watch it,r,2026-01-05,accepted,by telephone,Suzuki (ward),,2026-02-07,
4
3
offer: O-000000000000
provider: Yamada
customer: Hospital A
product: thing
vulnerabilities: CVE-2026-0001
measure: Update thing to 1.3
risk: records can be read
offered: 2026-01-01
state: accepted
? 0

EPSS that rose by a tenth since it was offered opens a declined measure again too; less does not.

$ echo 'printf "#model_version:v2025.03.14,score_date:%sT00:00:00+0000\ncve,epss,percentile\nCVE-2026-0010,%s,0.5\n" "$1" "$2" >epss.csv' >epss.sh; echo 2026-03-01 >day; sh epss.sh 2026-03-01 0.02; sed s/0009/0010/ a.json >a2.json; ./v.sh db import a2.json epss.csv >/dev/null; ./v.sh decide offer "Update right" --customer hospital-a --measure upgrade --product thing --flaw CVE-2026-0010 --risk r --to o6.json >/dev/null; ./c.sh decide answer o6.json --decline --reason "unlikely" --person Sato --role CIO --risk-owner Sato --review 2026-12-01 --to a6.json >/dev/null; ./v.sh decide receive a6.json --to d6.json >/dev/null; ./v.sh decide remind
decisions opened again: 0; to be looked at: 0
? 0
$ echo 2026-03-02 >day; sh epss.sh 2026-03-02 0.11; ./v.sh db import epss.csv >/dev/null; ./v.sh decide remind; echo 2026-03-03 >day; sh epss.sh 2026-03-03 0.4; ./v.sh db import epss.csv >/dev/null; ./v.sh decide remind; ./v.sh decide list --due; ./v.sh decide remind
decisions opened again: 0; to be looked at: 0
decisions opened again: 1; to be looked at: 1
offer           other side  product  measure       state               decided by  next day    to be done because
O-000000000000  Hospital A  thing    Update right  to be decided anew  Sato        2026-12-01  CVE-2026-0010: is much more likely…
decisions opened again: 0; to be looked at: 1
? 0

For a reader only what that reader is a side of; what it may not see might as well not be there.

$ ./v.sh party add bank --name "Bank" --roles customer >/dev/null; ./v.sh decide offer "Segment it" --customer bank --measure segmentation --product thing --risk r --to o7.json >/dev/null; ./v.sh decide list --audience bank; I=$(AKASHI_HOME=$HOME/v akashi decide list --customer bank --json | sed -n 's/.*"offer": "\(.*\)",/\1/p'); ./v.sh decide show $I --audience bank | head -2; ./v.sh decide show $I --audience hospital-a; ./v.sh decide list --audience nobody
offer           other side  product  measure     state  decided by  next day  to be done because
O-000000000000  Bank        thing    Segment it  open   -           -         -
offer               O-000000000000
measure             Segment it (segmentation)
akashi: O-000000000000: there is no such offer
  → see: akashi decide list
? 0
