Words of people as a sheet, and several at once: a statement each, all of them or none.
env COLUMNS=120

$ akashi init --name "Yamada" --role developer,supplier --no-passphrase --origin v.example/log >/dev/null; mkdir d; cp /bin/true d/true; akashi release d --product thing --version 1.0 --quiet >/dev/null 2>&1; echo policy >policy.txt
? 0
$ akashi conform attest --missing -o words.csv; head -3 words.csv | cut -c1-150; wc -l <words.csv
akashi: warning: minimum: 13 practices need something else than a person's word: akashi conform status says what
practice,title,is this so?,what counts,wanted level,level,not applicable because,person,role,documents,text,date,expires,sample,seed,products
S(1)-1.1,Threats listed and risks assessed,At least one main product has a list of threats and measures.,"1 % of the products: attestation by a named 
S(1)-2.1,Secure development process defined,"There are agreed steps from development to delivery. The steps are a document, and half of the releases o
15
? 0
$ akashi conform attest --missing --lang ja 2>/dev/null | sed -n '1p;3p' | cut -d, -f1-3
﻿個別要求事項,題名,このとおりですか
S(1)-2.1,セキュア開発プロセス定義,開発から出荷までの手順を決めています。 手順が文書になり、直近 1 年のリリースの半分以上に署名付きの記録があります。
? 0
$ akashi conform attest --missing --json 2>/dev/null | sed -n '2,14p'
  "catalogue": "cip",
  "package": "minimum",
  "words": [
    {
      "practice": "S(1)-1.1",
      "title": {
        "ja": "脅威の洗い出しとリスク評価",
        "en": "Threats listed and risks assessed"
      },
      "level": 1,
      "asks": "At least one main product has a list of threats and measures.",
      "needs": "1 % of the products: attestation by a named person, level: ≥ 1; no older than 730 days",
      "moreThanWords": false
? 0
$ akashi conform attest --sheet words.csv --person P --title R
akashi: words.csv: no row is filled in: nothing to say
? 3
$ printf 'practice,level,not applicable because,person,role,documents,expires\nS(1)-1.1,1,,,,policy.txt,2027/3/31\nS(1)-2.1,2,,Sato,Head of development,policy.txt,\nS(1)-2.2,,nothing is compiled,,,,\nS(2)-2.1,,,,,,\n' >filled.csv; akashi conform attest --sheet filled.csv --person "Yamada Hanako" --title CISO
akashi: warning: filled.csv: 1 rows are not filled in and say nothing
PRACTICE  ENTRY  SAID            LEVEL NOW  PERSON         STILL NEEDS
S(1)-1.1      7  1               1          Yamada Hanako
S(1)-2.1      8  2               2          Sato
S(1)-2.2      9  not applicable  -          Yamada Hanako
? 0
$ akashi conform status --practice "S(1)-1.1" --json | grep -A8 '"word"'
      "word": {
        "level": 1,
        "name": "Yamada Hanako",
        "role": "CISO",
        "claimed": "2026-01-01T00:00:00Z",
        "time": "2026-01-01T00:00:00Z",
        "entry": 7
      },
      "rules": [
? 0
$ printf 'practice,level,expires\nS(1)-1.1,1,2020-01-01\nS(9)-1.1,1,\nS(2)-2.1,1,\nS(2)-2.1,2,\n' >bad.csv; akashi conform attest --sheet bad.csv --person P --title R; akashi log check | tail -1
akashi: bad.csv:2: 2020-01-01: this has expired already: it would never count
akashi: bad.csv:3: S(9)-1.1: the catalogue cip has no such practice
  → did you mean S(1)-1.1? see: akashi conform catalogue show cip
akashi: bad.csv:5: line 4 speaks of the same practice already
nothing was said: mend these rows first
every entry, tile and body is what it was
? 0
$ akashi conform attest --sheet bad.csv --lang ja
akashi: bad.csv:2: --person: 申告する人を指定してください: --person 氏名 と --title 役職
akashi: bad.csv:3: S(9)-1.1: カタログ cip にそのような個別要求事項はありません
  → S(1)-1.1 のことですか。一覧: akashi conform catalogue show cip
akashi: bad.csv:4: --person: 申告する人を指定してください: --person 氏名 と --title 役職
akashi: bad.csv:5: 同じ個別要求事項が 4 行目にもあります
何も申告していません。先にこれらの行を直してください
? 3
$ printf 'practice,level,documents\nS(2)-2.1,1,gone.pdf\n' >gone.csv; akashi conform attest --sheet gone.csv --person P --title R
akashi: gone.csv:2: gone.pdf: cannot open the file: No such file or directory
? 3
$ akashi conform attest "S(2)-2.1=1" "S(4)-6.2=1" --person P --title R
PRACTICE  ENTRY  SAID  LEVEL NOW  PERSON  STILL NEEDS
S(2)-2.1     10  1     1          P
S(4)-6.2     11  1     1          P
? 0
$ akashi conform attest "S(2)-2.1=1" "S(4)-6.9=1" --person P --title R
akashi: S(4)-6.9: the catalogue cip has no such practice
  → did you mean S(4)-6.1? see: akashi conform catalogue show cip
? 2
$ akashi conform attest --person P --title R
akashi: PRACTICE: say one of: practices, --sheet FILE, --missing
  → see: akashi conform attest --help
? 2
$ akashi conform attest "S(2)-2.1" --missing
akashi: PRACTICE: say one of: practices, --sheet FILE, --missing
  → see: akashi conform attest --help
? 2
$ akashi conform attest --missing --catalogue iso27001
akashi: iso27001: this catalogue has no packages: nothing says which levels are wanted
? 2
