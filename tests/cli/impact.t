Questions to a portfolio: what it reaches, who is told, page by page, for whoever asks.
env COLUMNS=130
env SOURCE_DATE_EPOCH=1790000000

$ akashi init --name "例株式会社" --role supplier --no-passphrase --origin example.jp/akashi >/dev/null
? 0
$ cat >things <<'END'
> party add yamada --name "Yamada Kogyo" --roles supplier --contacts "sales:sales@yamada.example;psirt:psirt@yamada.example" --primes rei
> party add rei --name "Rei Systems" --roles supplier,operator --contacts security:sec@rei.example
> party add hospital --name "Chuo Hospital" --roles customer --sector medical --region JP-13 --contacts security:it@hospital.example
> party add cloud --name "Kita Cloud" --roles operator
> product add pump --party yamada --name "Pump control" --tlp green
> product add emr --party rei --name "Patient records"
> deploy add hospital/emr --product emr --version 2.0 --customer hospital --operator rei --host cloud --exposure controlled --environment production
> deploy add hospital/emr2 --product emr --version 1.0 --customer hospital --operator rei
> deploy add hospital/pump --product pump --customer hospital --operator rei --service water
> service add er --name "Emergency care" --party hospital --sector medical --region JP-13 --mtpd 4h --restore P1D --population 340,000 --substitutes 30% --needs "deployment:hospital/emr|deployment:hospital/paper"
> service add water --name "Water" --party hospital --sector water --region JP-13 --mtpd 2h --restore 1h --population 1000
> service add wards --name "Wards" --party hospital --sector medical --region JP-27 --mtpd 8h --population 200 --needs "service:water;service:er"
> END
> while read line; do eval akashi $line >/dev/null 2>&1 || echo "failed: $line"; done <things
? 0
$ cat >sbom <<'END'
> product=$1 version=$2; shift 2
> printf '{"product":"%s","version":"%s","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"bom-ref":"app","type":"application","name":"%s","version":"%s"}},"components":[' $product $version $product $version
> between=
> for c; do
>     hash=; [ $c = left-pad@1.3.0 ] && hash=',"hashes":[{"alg":"SHA-256","content":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}]'
>     printf '%s{"bom-ref":"%s","type":"library","name":"%s","version":"%s","purl":"pkg:npm/%s"%s}' "$between" $c ${c%@*} ${c#*@} $c "$hash"
>     between=,
> done
> printf '],"dependencies":[{"ref":"app","dependsOn":["%s"]},{"ref":"%s","dependsOn":["%s"]}]}}\n' $1 $1 ${2-$1}
> END
> (sh sbom pump 1.0 left-pad@1.1.0; sh sbom pump 1.1 lodash@4.17.20 left-pad@1.3.0; sh sbom emr 1.0 left-pad@1.1.0; sh sbom emr 2.0 express@4.0.0 left-pad@1.3.0) | akashi impact import -
added 4, known before 0, failed 0
? 0

Counts first, then the releases; a range in the ecosystem's notation or as VERS.

$ akashi impact pkg:npm/left-pad
pkg:npm/left-pad
2 versions of components in releases: 1.1.0 (2), 1.3.0 (2)
releases                  4
products                  2
deployments               3  customers 1 · operators 1 · hosts 1
services                  3  through others 1 · fall 2 · have an alternative 1
sectors                   2  medical 2, water 1
regions                   2  JP-13 2, JP-27 1
population          341,200
people-hours          2,600  people without service 1,200 · within MTPD 2,600 · beyond 0

PRODUCT          VERSION  BY            COMPONENT               SINCE
Patient records  2.0      Rei Systems   pkg:npm/left-pad@1.3.0  2026-09-21
Patient records  1.0      Rei Systems   pkg:npm/left-pad@1.1.0  2026-09-21
Pump control     1.1      Yamada Kogyo  pkg:npm/left-pad@1.3.0  2026-09-21
Pump control     1.0      Yamada Kogyo  pkg:npm/left-pad@1.1.0  2026-09-21
? 0
$ akashi impact 'pkg:npm/left-pad@>=1.2'
pkg:npm/left-pad@>=1.2
1 version of a component in releases: 1.3.0 (2)
releases                  2
products                  2
deployments               2  customers 1 · operators 1 · hosts 1
services                  3  through others 1 · fall 2 · have an alternative 1
sectors                   2  medical 2, water 1
regions                   2  JP-13 2, JP-27 1
population          341,200
people-hours          2,600  people without service 1,200 · within MTPD 2,600 · beyond 0

PRODUCT          VERSION  BY            COMPONENT               SINCE
Patient records  2.0      Rei Systems   pkg:npm/left-pad@1.3.0  2026-09-21
Pump control     1.1      Yamada Kogyo  pkg:npm/left-pad@1.3.0  2026-09-21
? 0
$ akashi impact 'pkg:npm/left-pad@vers:npm/<1.2.0' --only deployments
pkg:npm/left-pad@vers:npm/<1.2.0
1 version of a component in releases: 1.1.0 (2)
releases                  2
products                  2
deployments               1  customers 1 · operators 1 · hosts 0
services                  0

DEPLOYMENT     PRODUCT          VERSION  CUSTOMER       RUN BY       ENVIRONMENT  EXPOSURE  SERVICE
hospital/emr2  Patient records  1.0      Chuo Hospital  Rei Systems
? 0
$ akashi impact pkg:npm/left-pad@1.3.0 --only services
pkg:npm/left-pad@1.3.0
1 version of a component in releases: 1.3.0 (2)
releases                  2
products                  2
deployments               2  customers 1 · operators 1 · hosts 1
services                  3  through others 1 · fall 2 · have an alternative 1
sectors                   2  medical 2, water 1
regions                   2  JP-13 2, JP-27 1
population          341,200
people-hours          2,600  people without service 1,200 · within MTPD 2,600 · beyond 0

SERVICE         SECTOR   REGION  THROUGH              FALLS  PEOPLE  WITHIN MTPD  BEYOND MTPD
Wards           medical  JP-27   hospital/pump water  yes       200        1,600            0
Water           water    JP-13   hospital/pump        yes     1,000        1,000            0
Emergency care  medical  JP-13   hospital/emr         no          0            0            0
? 0
$ akashi impact pkg:npm/left-pad --only customers
pkg:npm/left-pad
2 versions of components in releases: 1.1.0 (2), 1.3.0 (2)
releases                  4
products                  2
deployments               3  customers 1 · operators 1 · hosts 1
services                  3  through others 1 · fall 2 · have an alternative 1
sectors                   2  medical 2, water 1
regions                   2  JP-13 2, JP-27 1
population          341,200
people-hours          2,600  people without service 1,200 · within MTPD 2,600 · beyond 0

ID        CUSTOMER       SECTOR   REGION  DEPLOYMENTS  CONTACT
hospital  Chuo Hospital  medical  JP-13             3  security: it@hospital.example
? 0
$ akashi impact pkg:npm/left-pad --count; akashi impact 'pkg:npm/left-pad@>=1.2' --count --json; akashi impact pkg:npm/nowhere --count; akashi impact pump --count; akashi impact nobody --count
4
{"releases": 2}
0
2
akashi: nobody: names no package, flaw, file, party, product or release known here
  → packages are asked for by their package URL (pkg:npm/lodash@<4.17.21), flaws by their name (CVE-…), files by file:SHA256, releases by PRODUCT@VERSION
? 2
$ akashi impact pkg:npm/left-pad@1.3.0 --path
pkg:npm/left-pad@1.3.0
1 version of a component in releases: 1.3.0 (2)
releases                  2
products                  2
deployments               2  customers 1 · operators 1 · hosts 1
services                  3  through others 1 · fall 2 · have an alternative 1
sectors                   2  medical 2, water 1
regions                   2  JP-13 2, JP-27 1
population          341,200
people-hours          2,600  people without service 1,200 · within MTPD 2,600 · beyond 0

Patient records 2.0
  emr@2.0 → express@4.0.0 → left-pad@1.3.0
Pump control 1.1
  pump@1.1 → lodash@4.17.20 → left-pad@1.3.0
? 0
$ akashi impact pkg:npm/left-pad@1.3.0 --tell
pkg:npm/left-pad@1.3.0
1 version of a component in releases: 1.3.0 (2)
releases                  2
products                  2
deployments               2  customers 1 · operators 1 · hosts 1
services                  3  through others 1 · fall 2 · have an alternative 1
sectors                   2  medical 2, water 1
regions                   2  JP-13 2, JP-27 1
population          341,200
people-hours          2,600  people without service 1,200 · within MTPD 2,600 · beyond 0

WHO            WHY                                                        CONTACT
Yamada Kogyo   supplies: pump                                             psirt: psirt@yamada.example, sales: sales@yamada.example
Rei Systems    supplies: emr, runs: hospital/emr and 1 more               security: sec@rei.example
Chuo Hospital  uses: hospital/emr and 1 more, provides: wards and 2 more  security: it@hospital.example
Kita Cloud     hosts: hospital/emr
? 0
$ akashi impact pkg:npm/left-pad --lang ja | head -9
pkg:npm/left-pad
リリースに含まれる部品の版 2 種: 1.1.0 (2), 1.3.0 (2)
リリース                  4
製品                      2
稼働先                    3  顧客 1 · 運用者 1 · 設置先 1
サービス                  3  間接 1 · 停止 2 · 代替あり 1
分野                      2  医療 2, 水道 1
地域                      2  JP-13 2, JP-27 1
対象人口            341,200
? 0
$ akashi impact file:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb --only products
aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
1 version of a component in releases: pkg:npm/left-pad@1.3.0 (2)
releases                  2
products                  2
deployments               2  customers 1 · operators 1 · hosts 1
services                  3  through others 1 · fall 2 · have an alternative 1
sectors                   2  medical 2, water 1
regions                   2  JP-13 2, JP-27 1
population          341,200
people-hours          2,600  people without service 1,200 · within MTPD 2,600 · beyond 0

ID    PRODUCT          BY            RELEASES
pump  Pump control     Yamada Kogyo         1
emr   Patient records  Rei Systems          1
? 0
$ akashi impact emr@2.0 --only deployments
akashi: warning: portfolio: no advisories were taken into the portfolio yet, so nothing is known to be hit: `akashi watch` does
emr@2.0
findings                  0
releases                  1
products                  1
deployments               1  customers 1 · operators 1 · hosts 1
services                  2  through others 1 · fall 0 · have an alternative 2
sectors                   1  medical 2
regions                   2  JP-13 1, JP-27 1
population          340,200
people-hours              0  people without service 0 · within MTPD 0 · beyond 0

DEPLOYMENT    PRODUCT          VERSION  CUSTOMER       RUN BY       ENVIRONMENT  EXPOSURE    SERVICE
hospital/emr  Patient records  2.0      Chuo Hospital  Rei Systems  production   controlled
? 0
$ akashi impact cloud --only services
akashi: warning: portfolio: no advisories were taken into the portfolio yet, so nothing is known to be hit: `akashi watch` does
cloud
findings                  0
releases                  0
products                  0
deployments               1  customers 1 · operators 1 · hosts 1
services                  2  through others 1 · fall 0 · have an alternative 2
sectors                   1  medical 2
regions                   2  JP-13 1, JP-27 1
population          340,200
people-hours              0  people without service 0 · within MTPD 0 · beyond 0

SERVICE         SECTOR   REGION  THROUGH          FALLS  PEOPLE  WITHIN MTPD  BEYOND MTPD
Emergency care  medical  JP-13   hospital/emr     no          0            0            0
Wards           medical  JP-27   hospital/emr er  no          0            0            0
? 0
$ akashi impact rei --only products
akashi: warning: portfolio: no advisories were taken into the portfolio yet, so nothing is known to be hit: `akashi watch` does
rei
findings                  0
releases                  2
products                  1
deployments               3  customers 1 · operators 1 · hosts 1
services                  3  through others 1 · fall 2 · have an alternative 1
sectors                   2  medical 2, water 1
regions                   2  JP-13 2, JP-27 1
population          341,200
people-hours          2,600  people without service 1,200 · within MTPD 2,600 · beyond 0

ID   PRODUCT          BY           RELEASES
emr  Patient records  Rei Systems         2
? 0

Pages stay what they were while the portfolio grows.

$ next=$(akashi impact pkg:npm/left-pad --limit 3 --json | sed -n 's/.*"next": "\(.*\)".*/\1/p'); sh sbom emr 3.0 left-pad@1.3.0 | akashi impact import -; akashi impact pkg:npm/left-pad --limit 3 --page $next; akashi impact pkg:npm/left-pad --limit 1 | sed 's/--page .*/--page CURSOR/' | tail -5
added 1, known before 0, failed 0
pkg:npm/left-pad
2 versions of components in releases: 1.1.0 (2), 1.3.0 (2)

PRODUCT       VERSION  BY            COMPONENT               SINCE
Pump control  1.0      Yamada Kogyo  pkg:npm/left-pad@1.1.0  2026-09-21

PRODUCT          VERSION  BY           COMPONENT               SINCE
Patient records  3.0      Rei Systems  pkg:npm/left-pad@1.3.0  2026-09-21

1–1 of 5; the next ones: --page CURSOR
? 0
$ akashi impact pkg:npm/lodash --page $(akashi impact pkg:npm/left-pad --limit 1 --json | sed -n 's/.*"next": "\(.*\)".*/\1/p')
akashi: 19.1790000000.1.0..32fc842eeb189d6f: not a page of this list
  → --page takes what the page before gave, with the same question and filters
? 2

As it was then, and for whoever asks: the customer sees what runs there, a stranger with a clearance what is shared.

$ akashi impact pkg:npm/left-pad --as-of 15 | sed 1,2d | head -3
releases                  1
products                  1
deployments               1  customers 1 · operators 1 · hosts 0
? 0
$ for who in hospital yamada rei nobody:clear nobody:green; do echo "$who: $(akashi impact pkg:npm/left-pad --audience $who --json | python3 -c 'import json,sys; c=json.load(sys.stdin)["counts"]; print(c["releases"], c["products"], c["deployments"], c["services"])')"; done
hospital: 3 2 3 3
yamada: 2 1 1 0
rei: 5 2 3 0
nobody:clear: 0 0 0 0
nobody:green: 2 1 0 0
? 0

Who has to be told is named to each of them; how to reach them is told to the owner of the home, to themselves, and to whom they work for alone.

$ for who in hospital yamada rei nobody:green; do echo "$who"; akashi impact pkg:npm/left-pad@1.3.0 --tell --audience $who --json | python3 -c 'import json,sys; [print(" ", r["party"], r.get("contacts", [])) for r in json.load(sys.stdin)["rows"]]'; done
hospital
  yamada []
  rei []
  hospital ['security: it@hospital.example']
  cloud []
yamada
  yamada ['psirt: psirt@yamada.example', 'sales: sales@yamada.example']
  rei []
  hospital []
rei
  yamada ['psirt: psirt@yamada.example', 'sales: sales@yamada.example']
  rei ['security: sec@rei.example']
  hospital []
  cloud []
nobody:green
  yamada []
? 0
$ akashi impact cloud --audience nobody:green
akashi: cloud: names no package, flaw, file, party, product or release known here
  → packages are asked for by their package URL (pkg:npm/lodash@<4.17.21), flaws by their name (CVE-…), files by file:SHA256, releases by PRODUCT@VERSION
? 2
$ akashi impact nobody-knows
akashi: nobody-knows: names no package, flaw, file, party, product or release known here
  → packages are asked for by their package URL (pkg:npm/lodash@<4.17.21), flaws by their name (CVE-…), files by file:SHA256, releases by PRODUCT@VERSION
? 2
$ akashi impact pkg:npm/left-pad --audience hospital:pink
akashi: --audience: "pink" is no TLP
  → clear, green, amber or amber+strict
? 2

All of it.

$ akashi impact pkg:npm/left-pad --export csv | cut -d, -f1-6
product,name,version,party,party_name,components
emr,Patient records,3.0,rei,Rei Systems,pkg:npm/left-pad@1.3.0
emr,Patient records,2.0,rei,Rei Systems,pkg:npm/left-pad@1.3.0
emr,Patient records,1.0,rei,Rei Systems,pkg:npm/left-pad@1.1.0
pump,Pump control,1.1,yamada,Yamada Kogyo,pkg:npm/left-pad@1.3.0
pump,Pump control,1.0,yamada,Yamada Kogyo,pkg:npm/left-pad@1.1.0
? 0
$ akashi impact pkg:npm/left-pad --only services --export jsonl
{"service":"wards","name":"Wards","sector":"medical","region":"JP-27","party":"hospital","party_name":"Chuo Hospital","direct":false,"path":["hospital/pump","water"],"falls":true,"population":200,"substitutes":0,"mtpd":28800,"people":200,"people_hours_within":1600,"people_hours_beyond":0}
{"service":"water","name":"Water","sector":"water","region":"JP-13","party":"hospital","party_name":"Chuo Hospital","direct":true,"path":["hospital/pump"],"falls":true,"population":1000,"substitutes":0,"mtpd":7200,"restore":3600,"people":1000,"people_hours_within":1000,"people_hours_beyond":0}
{"service":"er","name":"Emergency care","sector":"medical","region":"JP-13","party":"hospital","party_name":"Chuo Hospital","direct":true,"path":["hospital/emr"],"falls":false,"population":340000,"substitutes":30,"mtpd":14400,"restore":86400,"people":0,"people_hours_within":0,"people_hours_beyond":0}
? 0
$ akashi impact pkg:npm/left-pad@1.3.0 --only products --json
{
  "asked": "pkg:npm/left-pad@1.3.0",
  "kind": "package",
  "name": "pkg:npm/left-pad@1.3.0",
  "as_of": {
    "entries": 19,
    "time": "2026-09-21T14:13:20Z"
  },
  "counts": {
    "releases": 3,
    "products": 2,
    "deployments": 2,
    "customers": 1,
    "operators": 1,
    "hosts": 1,
    "services": 3,
    "services_through_others": 1,
    "services_that_fall": 2,
    "sectors": 2,
    "regions": 2,
    "population": 341200,
    "people_without_service": 1200,
    "people_hours_within": 2600,
    "people_hours_beyond": 0,
    "services_not_computed": 0
  },
  "sectors": [
    {
      "name": "medical",
      "services": 2,
      "people": 200
    },
    {
      "name": "water",
      "services": 1,
      "people": 1000
    }
  ],
  "regions": [
    {
      "name": "JP-13",
      "services": 2,
      "people": 1000
    },
    {
      "name": "JP-27",
      "services": 1,
      "people": 200
    }
  ],
  "components": [
    {
      "purl": "pkg:npm/left-pad@1.3.0",
      "documents": 3
    }
  ],
  "list": "products",
  "total": 2,
  "rows": [
    {
      "product": "pump",
      "name": "Pump control",
      "party": "yamada",
      "party_name": "Yamada Kogyo",
      "releases": 1
    },
    {
      "product": "emr",
      "name": "Patient records",
      "party": "rei",
      "party_name": "Rei Systems",
      "releases": 2
    }
  ]
}
? 0
$ akashi impact 'pkg:npm/left-pad@>=<1'
pkg:npm/left-pad@>=<1
releases                  0
products                  0
deployments               0
services                  0
? 0

Without advisories nothing is known to be hit, and that is said.

$ akashi impact CVE-2021-44228
akashi: warning: portfolio: no advisories were taken into the portfolio yet, so nothing is known to be hit: `akashi watch` does
CVE-2021-44228
releases                  0
products                  0
deployments               0
services                  0
? 0
$ akashi impact findings
akashi: warning: portfolio: no advisories were taken into the portfolio yet, so nothing is known to be hit: `akashi watch` does
0 findings
? 0
$ akashi impact findings --severity terrible
akashi: --severity: "terrible" is no severity
  → critical, high, medium, low, none or unknown; several with commas between
? 2
