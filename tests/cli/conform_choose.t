Which package to begin with; the map on one page.

$ akashi conform choose --answer safety=no --answer exposure=internet
recommended as far as is known: minimum
  Begin with the minimum package, and choose again when something changes.
  because it can be reached from the internet

not answered:
  Does the software or service handle personal data?
    --answer personal-data=none|contacts|many|sensitive
  Is it used by operators of critical infrastructure or by government?
    --answer critical-infrastructure=no|supplier|office|essential
  How many customers use it?
    --answer customers=few|tens|hundreds
  How large is your own firm?
    --answer firm-size=small|medium|large

any one of these answers would lead elsewhere:
  safety=directly (directly) → standard
  critical-infrastructure=essential (for their essential services) → standard

Questions and weights are suggested by Akashi, not by the publisher. What a customer or an authority
asks for comes first.
nothing is written; --save makes it a statement
? 0
$ akashi conform choose --answer safety=directly --lang ja
推奨: standard
  標準のパッケージを目指します。最小限の項目から順に進めて構いません。
  理由: 人の生命や身体に直接及びます

答えのない質問:
  ソフトウェアやサービスは個人データを扱いますか。
    --answer personal-data=none|contacts|many|sensitive
  重要インフラ事業者や官公庁が使いますか。
    --answer critical-infrastructure=no|supplier|office|essential
  どこからつながりますか。
    --answer exposure=closed|internal|internet
  顧客は何社ですか。
    --answer customers=few|tens|hundreds
  自社の人数はどのくらいですか。
    --answer firm-size=small|medium|large

次の答えが 1 つでも変われば結果が変わります:
  safety=no (及ばない) → minimum
  safety=indirectly (ほかの対策が失敗したときに及ぶ) → minimum

質問も重みも Akashi の提案で、公表者のものではありません。顧客や所管官庁の求めがあれば、それが
優先します。
何も書き込んでいません。--save でステートメントになります
? 0
$ akashi conform choose --answer safety=perhaps
akashi: --answer: there is no such answer: safety=perhaps
  → one of: no, indirectly, directly
? 2
$ akashi conform choose --answer colour=red
akashi: --answer: there is no such question: colour
  → one of: personal-data, safety, critical-infrastructure, exposure, customers, firm-size
? 2
$ akashi conform choose --catalogue ssdf
akashi: ssdf: there is no questionnaire for this catalogue
? 2
$ akashi conform choose --save
akashi: $HOME/.local/share/akashi: there is no home here
  → `akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another
? 4
$ akashi init --name X --role developer --no-passphrase --origin example.jp/akashi >/dev/null; akashi conform choose --answer personal-data=none --answer safety=no --answer critical-infrastructure=no --answer exposure=internal --answer customers=few --answer firm-size=small --save | head -1
recommended: minimum
? 0
$ akashi log find kind:choice --json | grep -c '"index"'
1
? 0
$ akashi conform choose --answer safety=no --save --package standard | tail -1
chosen: standard, entry 3
? 0
$ akashi conform choose --answer safety=no --save --package standard | tail -1
chosen already: standard, entry 3
? 0
$ akashi conform choose --answer safety=no --save --package most
akashi: cip: there is no package 'most'
? 2
$ akashi conform choose --answer safety=directly --json
{
  "catalogue": "cip",
  "recommended": "standard",
  "text": {
    "ja": "標準のパッケージを目指します。最小限の項目から順に進めて構いません。",
    "en": "Aim at the standard package; its minimum part may well come first."
  },
  "certain": true,
  "score": 6,
  "unanswered": [
    "personal-data",
    "critical-infrastructure",
    "exposure",
    "customers",
    "firm-size"
  ],
  "reasons": [
    {
      "question": "safety",
      "answer": "directly",
      "weight": 6,
      "why": {
        "ja": "人の生命や身体に直接及びます",
        "en": "people can be hurt directly"
      }
    }
  ],
  "changes": [
    {
      "question": "safety",
      "answer": "no",
      "package": "minimum"
    },
    {
      "question": "safety",
      "answer": "indirectly",
      "package": "minimum"
    }
  ]
}
? 0
$ akashi conform overview | grep -v '^ ' | cut -c1-20 | sed 's/: [0-9].*//'
Guideline on the rol
for whoever is devel
package minimum

GROUP  TITLE        
(1)-1  Assess risks 
(1)-2  Build securel
(1)-3  Test         
(2)-1  Procure secur
(2)-2  Archive relea
(3)-1  Look for vuln
(3)-2  Deal with det
(3)-3  Use the resul
(4)-1  People: manag
(4)-2  Process: deve
(4)-4  Process: crit
(4)-5  Technology: s
(4)-6  Technology: a
(5)-1  An organisati
(5)-2  Stronger co-o

read these first:
all of one: akashi c
? 0
$ akashi conform overview --role customer --lang ja | sed -n '2p;/^まず/p'
対象: 顧客
まず読むもの:
? 0
$ akashi conform overview --role king
akashi: --role: this is no role: king
  → one of: developer, supplier, operator, customer, other
? 2
$ akashi conform overview --catalogue ssdf --role developer --json | sed -n '1,4p'
{
  "catalogue": "ssdf",
  "roles": "developer",
  "groups": [
? 0
