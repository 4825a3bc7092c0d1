Levels come from what the log holds; a person's word counts where a rule asks for it.
env COLUMNS=120

$ akashi init --name "Yamada" --role developer,supplier --no-passphrase --origin v.example/log >/dev/null; mkdir d; cp /bin/true d/true
? 0
$ akashi conform status --package minimum | tail -7
akashi: warning: Yamada: there is no product in scope: nothing that is counted over releases or products can hold
(6)-2  Procurement and operation of software led by the custome…  -           -    -  -         -         -

0 of 29 practices are where the package minimum wants them.

Next: S(2)-4.1, Support period and contact made known (2 h, then 1 h a year)
  Register when support of each product ends with akashi product add.
  akashi product add P --support-until 2029-03-31
? 0
$ akashi release d --product thing --version 1.0 --quiet >/dev/null 2>&1
? 0
$ akashi conform status --package minimum | sed -n '1,6p;11,12p'
Guideline on the roles of cyber-infrastructure providers · Yamada · 1 products, 1 releases, 0 cases · 2026-01-01

ID     REQUIREMENT                                              LEVEL  TARGET  MET  FALLS ON    EVIDENCE  NEXT
(1)-1  Assess risks at design time and follow the measures up   0           1  0/1  -           -         S(1)-1.1, 12 h
(1)-2  Build securely                                           0           2  1/4  2027-01-01  #3        S(1)-2.3, 8 h
(1)-3  Test                                                     0           2  0/2  -           -         S(1)-3.2, 4 h
(2)-4  Inform users properly                                    0           2  0/1  -           -         S(2)-4.1, 2 h
(3)-1  Look for vulnerabilities continuously                    0           2  0/2  -           -         S(3)-1.1, 4 h
? 0
$ akashi conform status --practice "S(2)-2.3" --package minimum
S(2)-2.3  Sharing of provenance data of releases
  level now     1, computed
  target        1
  falls         2027-01-01

  level 1: Half of the releases of the last year have provenance.
    ✓ 50 % of the releases of the last 365 days: provenance of the build  until 2027-01-01
        #4  2026-01-01  thing@1.0

  level 2: Every release has provenance and an SBOM with 80 % identified components.
    ✓ every release of the last 365 days: provenance of the build  until 2027-01-01
        #4  2026-01-01  thing@1.0
    ✗ every release of the last 365 days: SBOM, components identified: ≥ 80 %
        missing: thing@1.0

  level 3: SBOMs identify 95 %, and nine of ten customers were given them with provenance.
    ✗ every release of the last 365 days: SBOM, components identified: ≥ 95 %
        missing: thing@1.0
    ✗ every release of the last 365 days: given to customers, SBOM given, provenance given, share of the customers: ≥
    90 %, or every release of the last 365 days that a customer runs: given to customers, SBOM given, provenance given,
    share of the customers: ≥ 90 %
        missing: thing@1.0

  level 4: All customers were also given VEX and the hardening report.
    ✗ every release of the last 365 days: given to customers, SBOM given, provenance given, VEX given, hardening report
    given, share of the customers: ≥ 100 %, or every release of the last 365 days that a customer runs: given to
    customers, SBOM given, provenance given, VEX given, hardening report given, share of the customers: ≥ 100 %
        missing: thing@1.0

  effort        6 h, then 6 h a year
  start         Deliver the .akashi.json that a release makes, and your public key, with the product.
  command       akashi release DIR --product P --version V --source .
? 0
$ akashi party add hospital-a --name "Hospital A" --roles customer >/dev/null; akashi deploy add hospital-a/thing --product thing --version 1.0 --customer hospital-a >/dev/null
? 0
$ akashi share give thing@1.0 --to hospital-a --what sbom,provenance --out outbox; akashi archive check --sample 100% --state | tail -2
outbox/thing-1.0.akashi.json: sbom, provenance
logged, entry 9
everything is what its name promises
logged, entry 10
? 0

A word for a practice: who, since when by the log, until when; documents go into the archive; a sample can be drawn again.

$ echo threats >threats.txt; akashi conform attest "S(1)-1.1" --level 2 --person "Yamada Hanako" --title CISO --document threats.txt --date 2025-11-01 --expires 2027-03-31 --sample 5/40 --seed story
akashi: warning: 2025-11-01: the time of the log counts, 2026-01-01; this day is shown as claimed
S(1)-1.1: said, entry 11
to be looked at, of 40: 2, 4, 6, 18, 27
level now: 2
? 0
$ akashi conform status --practice "S(1)-1.1" | head -12
S(1)-1.1  Threats listed and risks assessed
  level now     2, rests on a person's word
  falls         2027-03-31
  word          level 2: Yamada Hanako, CISO, 2026-01-01 (claimed: 2025-11-01), #11

  level 1: At least one main product has a list of threats and measures.
    ✓ 1 % of the products: attestation by a named person, level: ≥ 1; no older than 730 days  until 2027-03-31
        #11  2026-01-01  thing

  level 2: Half of the products have such a list, and it is kept as a document.
    ✓ 50 % of the products: attestation by a named person, level: ≥ 2, document attached; no older than 730 days  until
    2027-03-31
? 0
$ akashi conform attest "S(1)-2.4" --not-applicable "nothing is configured" --person "Yamada Hanako" --title CISO
S(1)-2.4: said, entry 12
not applicable: nothing is configured
? 0
$ akashi conform status --package minimum --json | python3 -c 'import json,sys; d=json.load(sys.stdin); print([(r["id"],r["level"],r["met"],r["practices"]) for r in d["requirements"][:2]], [p["basis"] for p in d["practices"] if p["id"] in ("S(1)-1.1","S(1)-2.4")])'
[('(1)-1', 2, 1, 1), ('(1)-2', 0, 1, 3)] ['attested', 'not-applicable']
? 0
$ akashi conform cost add "S(1)-2.2" --hours 6.5 --money 120000 --text "build server"; akashi conform cost list
S(1)-2.2: booked, entry 13
PRACTICE  TITLE         HOURS       MONEY  FROM        TO          BEFORE  NOW
S(1)-2.2  Secure build    6.5  120000 JPY  2026-01-01  2026-01-01       2    2

6.5 hours in all
? 0
$ akashi --lang ja conform status --package minimum | sed -n '1,5p'; akashi --lang ja conform status --practice "S(1)-1.1" | head -8
サイバーインフラ事業者に求められる役割等に関するガイドライン · Yamada · 製品 1、リリース 1、案件 0 · 2026-01-01

ID     要求事項                                             レベル  目標  達成  低下日      根拠       次
(1)-1  設計時のリスク評価と対策の追跡                       2*         1   1/1  2027-03-31  #11        -
(1)-2  セキュアなビルド                                     0          2   1/3  2027-01-01  #3         S(1)-2.3、8 時間
S(1)-1.1  脅威の洗い出しとリスク評価
  現在          2, 人の申告による
  低下日        2027-03-31
  申告          レベル 2: Yamada Hanako, CISO, 2026-01-01 (本人の申告: 2025-11-01), #11

  レベル 1: 主な製品の少なくとも一つに、脅威と対策の一覧があります。
    ✓ 1 % の製品: 担当者の記名による申告、レベル: ≥ 1。730 日以内のもの  2027-03-31 まで
        #11  2026-01-01  thing
? 0
$ SOURCE_DATE_EPOCH=1890000000 akashi conform status --package minimum | sed -n '4,6p'
(1)-1  Assess risks at design time and follow the measures up     0           1  0/1  -         -         S(1)-1.1, 12 h
(1)-2  Build securely                                             0           2  0/3  -         -         S(1)-2.3, 8 h
(1)-3  Test                                                       0           2  0/2  -         -         S(1)-3.2, 4 h
? 0
$ akashi rebuild | tail -1
it is the same as before
? 0

What cannot be is said in one message each.

$ akashi conform attest "S(1)-9.9" --level 1 --person P --title R
akashi: S(1)-9.9: the catalogue cip has no such practice
  → did you mean S(1)-1.1? see: akashi conform catalogue show cip
? 2
$ akashi conform attest "S(1)-1.1" --person P --title R
akashi: --level: say --level 1 to 4, or --not-applicable with the reason
? 2
$ akashi conform attest "S(1)-1.1" --level 2 --person P
akashi: --person: say who gives their word: --person NAME and --title ROLE
? 2
$ akashi conform attest "S(1)-1.1" --level 2 --person P --title R --expires 2020-01-01
akashi: 2020-01-01: this has expired already: it would never count
? 2
$ akashi conform attest "S(1)-1.1" --level 2 --person P --title R --sample 50/40
akashi: 50/40: this is no sample
  → write it like 5/40, or all
? 2
$ akashi conform attest "S(1)-2.2" --level 4 --person P --title R
S(1)-2.2: said, entry 14
level now: 2
level 3 needs: every release of the last 365 days: hardening report, policy met: standard
? 0
$ akashi conform status --package maximum
akashi: maximum: the catalogue cip has no such package
  → one of: minimum, standard
? 2
$ akashi conform status --catalogue nothing
akashi: there is no catalogue 'nothing'
  → one of: appsec, ci-baseline, cip, cra, iso27001, jcstar, scs, ssdf; others are taken in by `akashi conform catalogue import FILE`
? 2
$ akashi conform status --unit hospital-a
akashi: hospital-a: this is no unit of the party
  → say so with: akashi party add hospital-a --prime PARTY
? 2
$ akashi conform status --product other
akashi: other: nobody has told of this product
  → see: akashi product list
? 2
$ akashi party add rival --name Rival --roles supplier >/dev/null; akashi product add theirs --party rival >/dev/null; akashi conform status --product theirs
akashi: theirs: another party answers for this product: its evidence does not count
? 3
$ akashi conform status --party rival --package minimum --json | grep -E '"(products|releases)"'
  "products": 1,
  "releases": 0,
? 0
$ akashi share give thing@9.9 --to hospital-a
akashi: thing@9.9: there is no such release
  → see: akashi product show thing
? 3
$ akashi share give thing@1.0 --to hospital-a --what gold
akashi: gold: nothing is called so here
  → one of: sbom, provenance, vex, hardening; commas between several
? 2

A unit with a product of its own; what a year looked like; a copy of the archive elsewhere.

$ akashi party add plant --name Plant --roles operator --primes "$(akashi conform status --json | sed -n 's/.*"party": "\(.*\)",/\1/p')" >/dev/null; akashi product add pump --party plant >/dev/null; akashi conform status --unit plant --json | grep -E '"(party|products|releases)"'; akashi conform status --unit plant --package minimum | head -5
  "party": "plant",
  "products": 1,
  "releases": 0,
Guideline on the roles of cyber-infrastructure providers · plant · 1 products, 0 releases, 0 cases · 2026-01-01

ID     REQUIREMENT                                                LEVEL  TARGET  MET  FALLS ON  EVIDENCE  NEXT
(1)-1  Assess risks at design time and follow the measures up     -           -    -  -         -         -
(1)-2  Build securely                                             -           -    -  -         -         -
? 0
$ akashi conform status --package minimum --trend | head -6; akashi conform status --package minimum --trend --json | head -12
ID     REQUIREMENT                                2025-01-01  2025-07-05  2025-10-03  2025-11-02  2025-12-02  2026-01-01
(1)-1  Assess risks at design time and follow t…  0           0           0           0           0           2*
(1)-2  Build securely                             0           0           0           0           0           0
(1)-3  Test                                       0           0           0           0           0           0
(1)-4  Monitor services                           0           0           0           0           0           1
(2)-1  Procure secure components                  0           0           0           0           0           1
{
  "catalogue": "cip",
  "party": "Yamada",
  "moments": [
    {
      "time": "2025-01-01T00:00:00Z",
      "levels": {
        "(1)-1": 0,
        "(1)-2": 0,
        "(1)-3": 0,
        "(1)-4": 0,
        "(2)-1": 0,
? 0
$ akashi archive copy copy >/dev/null; akashi archive check --copy copy --sample 100 --state --write-once | tail -1; akashi conform status --practice "S(2)-2.2" | grep -A3 -i 'archive check'
logged, entry 19
    ✓ archive check, faults: 0; no older than 365 days  until 2027-01-01
        #19  2026-01-01  

  level 3: A check with sample restore within the last 90 days found no fault, and a witness other than oneself has
--
    ✓ archive check, faults: 0, share restored: ≥ 1 %; no older than 90 days  until 2026-04-01
        #19  2026-01-01  
    ✗ log cosigned by a witness, witnesses: ≥ 1; no older than 90 days

--
    ✓ archive check, faults: 0, share restored: ≥ 5 %, write-once storage; no older than 30 days  until 2026-01-31
        #19  2026-01-01  
    ✗ every release: kept in the archive, years: ≥ 5
        missing: thing@1.0
--
  start         Put akashi archive check --sample 5% --state into the calendar each month, and ask a customer or another
                firm to be your witness.
  command       akashi archive check --sample 5% --state
? 0
