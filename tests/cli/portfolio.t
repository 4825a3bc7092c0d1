Parties, products, deployments, services: said, changed, ended; and what was so on another day.

$ akashi init --name "例株式会社" --role supplier --no-passphrase --origin example.jp/akashi >/dev/null; akashi party add yamada --name "山田工業" --roles supplier,operator --contacts "psirt:製品安全課 <psirt@yamada.example>" --primes rei
akashi: warning: yamada: nothing was ever said of the party 'rei': from now on it is known by this mention alone
yamada: added, entry 2
? 0
$ akashi product add thing --party yamada --name "もの" --purl pkg:generic/thing --support-until 2029/3/31
thing: added, entry 3
? 0
$ akashi service add er --name "救急" --mtpd 4h --restore P1D --population 340,000 --substitutes 30% --needs "deployment:h/emr|deployment:h/paper;zone:tokyo 1"
akashi: warning: er: nothing was ever said of the deployment 'h/emr': from now on it is known by this mention alone
akashi: warning: er: nothing was ever said of the deployment 'h/paper': from now on it is known by this mention alone
er: added, entry 4
? 0
$ akashi deploy add h/emr --product thing --version 1.0 --customer h --service er --exposure open --since 2025-10-01
akashi: warning: h/emr: nothing was ever said of the party 'h': from now on it is known by this mention alone
h/emr: added, entry 5
? 0
$ akashi deploy move h/emr 1.2.0
h/emr: changed, entry 6
? 0
$ akashi deploy move h/emr 1.2.0
h/emr: nothing was added, it holds already
? 0
$ akashi deploy end h/emr --on 2027-03-31
h/emr: changed, entry 7
? 0
$ akashi deploy show h/emr
h/emr
  product            thing
  version            1.2.0
  customer           h
  service            er
  exposure           open
  since              2025-10-01
  until              2027-03-31
  entry 5, 2026-01-01: said by 例株式会社
  entry 6, 2026-01-01: said by 例株式会社
      version: 1.2.0
  entry 7, 2026-01-01: said by 例株式会社
      until: 2027-03-31
? 0
$ akashi deploy show h/emr --as-of 6 | sed 1,2d | head -1
  version            1.0
? 0
$ akashi deploy list --as-of 4
no deployments
? 0
$ akashi deploy list
id       product           version  customer  service  exposure  until
h/emr    thing             1.2.0    h         er       open      2027-03-31
h/paper  (only mentioned)  -        -         -        -         -
? 0
$ akashi deploy move h/emr --follow; akashi deploy show h/emr | tail -2
h/emr: changed, entry 8
      version: -
      follows: true
? 0
$ akashi product end-of-life thing 2031-03-31; akashi product list
thing: changed, entry 9
id     name  party   support-until  end-of-life
thing  もの  yamada  2029-03-31     2031-03-31
? 0
$ akashi party show yamada --json
{
  "id": "yamada",
  "name": "山田工業",
  "roles": [
    "supplier",
    "operator"
  ],
  "contacts": [
    {
      "kind": "psirt",
      "name": "製品安全課",
      "address": "psirt@yamada.example"
    }
  ],
  "primes": [
    "rei"
  ],
  "entry": 2,
  "history": [
    {
      "time": "2026-01-01T00:00:00Z",
      "by": "例株式会社",
      "said": {
        "id": "yamada",
        "name": "山田工業",
        "roles": [
          "supplier",
          "operator"
        ],
        "contacts": [
          {
            "kind": "psirt",
            "name": "製品安全課",
            "address": "psirt@yamada.example"
          }
        ],
        "primes": [
          "rei"
        ],
        "entry": 2
      }
    }
  ]
}
? 0
$ akashi service list 救急; akashi service list 消防
id  name  party  sector  mtpd  population  needs
er  救急  -      -       4 h      340,000  deployment:h/emr|deployment:h/paper;zone:tokyo 1
no services
? 0
$ akashi party list --limit 1; akashi party list --limit 1 --after yamada --json
id          name        roles     sector  region
例株式会社  例株式会社  supplier  -       -
… there are more: --after 例株式会社, or --limit 0
{
  "party": [
    {
      "id": "rei",
      "mentioned": true
    }
  ],
  "next": "rei"
}
? 0
$ LANG=ja_JP.UTF-8 akashi service show er
er
  名称               救急
  最大許容停止時間   PT4H
  復旧時間           P1D
  利用者数           340000
  代替率             30
  必要なもの         deployment:h/emr|deployment:h/paper;zone:tokyo 1
  項目 4、2026-01-01: 例株式会社 の登録
? 0

What cannot be is told, and nothing is added.

$ akashi party add "a b" --name x --roles supplier
akashi: a b: 'a b' cannot be an id
  → at most 200 bytes, without blanks and without , ; | " ' < > \
? 2
$ akashi party add a --name x
akashi: a: roles is missing
? 2
$ akashi party add a --name x --roles boss
akashi: --roles: this is no list of roles
  → one of: developer|supplier|operator|customer|other
? 2
$ akashi deploy add d --since 2026-01-01
akashi: d: product is missing
? 2
$ akashi deploy add d --product thing --since 2026-01-02 --until 2026-01-01
akashi: d: until: 2026-01-01 is before since, 2026-01-02
? 2
$ akashi deploy add d --product thing --since soon
akashi: --since: 'soon' is no day
  → write it like 2026-04-01 (2026/4/1 will do too)
? 2
$ akashi deploy add d --product thing --exposure wide
akashi: --exposure cannot be 'wide'
  → one of: small|controlled|open
? 2
$ akashi service add s --mtpd -4h
akashi: --mtpd: a duration cannot be negative: -4h
? 2
$ akashi service add s --mtpd 0s
akashi: s: mtpd: a service that may not be out for a moment cannot be kept up
  → say how long an outage can be borne, be it PT1S
? 2
$ akashi service add s --mtpd P40000D
akashi: --mtpd: P40000D is more than ten years
  → leave it out when there is no limit
? 2
$ akashi service add s --needs power
akashi: --needs: 'power' is nothing that can be needed
  → write it like deployment:A|deployment:B;zone:C; a need is a service, deployment, party, zone or package
? 2
$ akashi deploy end h/paper
akashi: h/paper: it was only mentioned: nothing is known of it yet
? 2
$ akashi deploy end nothing
akashi: nothing: there is no deployment of this id
  → `akashi deploy list` shows them
? 2
$ akashi deploy move h/emr
akashi: h/emr: to which version? Name one, or say --follow
? 2
$ LANG=ja_JP.UTF-8 akashi service add s --mtpd soon
akashi: --mtpd: 'soon' は時間の長さではありません
  → PT4H、P1DT12H、4h、30m、2d のように書いてください
? 2
$ akashi deploy show h/paper --as-of 1
akashi: h/paper: nobody had named it then
? 2

Services that need each other are kept, and told.

$ akashi service add power --needs service:er; akashi service add er --needs "service:power"
power: added, entry 10
akashi: warning: er: services need each other in a ring: er → power → er
er: changed, entry 11
? 0

Somebody else may speak of what concerns them; what they say of other things is kept as their claim.

$ akashi deploy add ours --product thing --owner A --operator rei >/dev/null 2>&1; akashi deploy add theirs --product thing --owner A --operator sato >/dev/null 2>&1; akashi init --home sato --name sato --role operator --no-passphrase >/dev/null; for id in ours theirs; do printf 'deployment:%s' $id >$id; printf '{"id":"%s","product":"thing","owner":"B","operator":"sato"}' $id >$id.json; akashi sign $id --predicate deployment --body $id.json --home sato >/dev/null; done; akashi key export --home sato >sato.pem; akashi key trust sato.pem --name sato >/dev/null; akashi log append *.dsse.json; akashi deploy show ours; akashi deploy show theirs
14  deployment by sato
15  deployment by sato
ours
  product            thing
  operator           rei
  owner              A
  entry 12, 2026-01-01: said by 例株式会社
  entry 14, 2026-01-01: claimed by sato, who has no say in it
      operator: sato
      owner: B
theirs
  product            thing
  operator           sato
  owner              B
  entry 13, 2026-01-01: said by 例株式会社
  entry 15, 2026-01-01: said by sato
      owner: B
? 0
