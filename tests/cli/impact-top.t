Where much hangs on little, and what if it goes. Two systems at two hosts carry the emergency room; both need power.

$ akashi init --name Example --role operator --no-passphrase >/dev/null
? 0
$ printf 'id,name,party,sector,mtpd,restore,population,substitutes,needs\n' > services.csv
> printf 'power,Power,,energy,PT1H,PT3H,9000000,,zone:ot\n' >> services.csv
> printf 'er,Emergency room,,medical,PT4H,PT6H,340000,50,deployment:h/emr|deployment:h/paper;service:power\n' >> services.csv
> printf 'id,product,customer,host\nh/emr,emr,h,cloud-a\nh/paper,paper,h,cloud-b\n' > deployments.csv
> akashi deploy import -q deployments.csv && akashi service import -q services.csv
2 added, 0 changed, 0 were there already, 0 bad
2 added, 0 changed, 0 were there already, 0 bad
? 0
$ akashi impact --top
Single points of failure: what takes services with it that have no other way

NAME     KIND     RELEASES  DEPLOYMENTS  CUSTOMERS  SERVICES     PEOPLE  DEPTH  FIRST TO GO
ot       zone            0            0          0         2  9,170,000      2  Power, Emergency ro…
Power    service         0            0          0         1    170,000      1  Emergency room
cloud-a  party           0            1          1         0          -      1
cloud-b  party           0            1          1         0          -      1
? 0
$ akashi impact top --sector medical --json
{
  "as_of": 6,
  "top": [
    {
      "name": "Power",
      "kind": "service",
      "releases": 0,
      "deployments": 0,
      "customers": 0,
      "services": 1,
      "population": 170000,
      "cascade_depth": 1,
      "single_point_of_failure": true,
      "first_services": [
        "er"
      ]
    },
    {
      "name": "ot",
      "kind": "zone",
      "releases": 0,
      "deployments": 0,
      "customers": 0,
      "services": 1,
      "population": 170000,
      "cascade_depth": 2,
      "single_point_of_failure": true,
      "first_services": [
        "er"
      ]
    }
  ]
}
? 0
$ akashi impact what-if remove party:cloud-a
Out at once: deployments 1, services 0, people -; steps 1

Best order to bring things back (every order was tried):
ORDER  BRING BACK        TAKES  DONE AFTER
    1  deployment h/emr    6 h         6 h
? 0
$ akashi impact what-if remove cloud-a, cloud-b
Out at once: deployments 2, services 1, people 170,000; steps 2
Beyond the outage they can bear, in the order below: services 1, people-hours 340,000 (in the order given: 340,000)

SERVICE         CAN BEAR  BACK AFTER   PEOPLE  SECTOR   BECAUSE OF
Emergency room       4 h         6 h  170,000  medical  deployment h/paper

Best order to bring things back (every order was tried):
ORDER  BRING BACK          TAKES  DONE AFTER
    1  deployment h/emr      6 h         6 h
    2  deployment h/paper    6 h        12 h
? 0
$ akashi impact --what-if 'remove zone:ot' --json
{
  "what_if": "remove zone:ot",
  "deployments": 0,
  "people": 9170000,
  "cascade_depth": 2,
  "services_late": 1,
  "people_hours_late": 18000000,
  "people_hours_late_as_named": 18000000,
  "people_hours": 27510000,
  "every_order_tried": true,
  "services": [
    {
      "service": "power",
      "name": "Power",
      "sector": "energy",
      "mtpd_seconds": 3600,
      "back_after_seconds": 10800,
      "late": true,
      "people": 9000000,
      "steps": 1,
      "cause_kind": "zone",
      "cause": "ot"
    },
    {
      "service": "er",
      "name": "Emergency room",
      "sector": "medical",
      "mtpd_seconds": 14400,
      "back_after_seconds": 10800,
      "late": false,
      "people": 170000,
      "steps": 2,
      "cause_kind": "service",
      "cause": "Power"
    }
  ],
  "restore": [
    {
      "kind": "service",
      "name": "Power",
      "takes_seconds": 10800,
      "assumed": false,
      "done_after_seconds": 10800
    }
  ]
}
? 0
$ akashi --lang ja impact what-if remove power
直ちに止まるもの: 稼働先 0 件、サービス 2 件、影響人数 9,170,000、波及 1 段
下の順で復旧しても許容停止時間を超えるもの: サービス 1 件、18,000,000 人時(与えられた順のままなら 18,000,000)

サービス        許容時間  復旧まで       人数  分野        原因
Power             1 時間    3 時間  9,000,000  エネルギー
Emergency room    4 時間    3 時間    170,000  医療        サービス Power

最善の復旧順(すべての順を試した結果):
順  復旧するもの      所要  完了まで
 1  サービス Power  3 時間    3 時間
? 0
$ akashi impact what-if remove nothing-here
akashi: nothing-here: nothing in the portfolio has this name
  → write party:ID, service:ID, deployment:ID, release:PRODUCT@VERSION, zone:NAME, a purl or a CVE
? 3
$ akashi impact
akashi: akashi impact: one question: what to ask about, --top, or --what-if
? 2
$ akashi impact what-if remove power --teams 0
akashi: --teams: between 1 and 10000 teams
? 2
