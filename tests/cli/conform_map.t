How catalogues relate, and what remains for whoever meets one already.

env COLUMNS=110

$ akashi conform map ssdf cip | grep '^S(1)-[12].[12] ' | cut -c1-60
S(1)-1.1  Threats listed and risks assessed      equals     
S(1)-1.2  Measures followed up                   equals     
S(1)-2.1  Secure development process defined     is part of 
S(1)-2.2  Secure build                           equals     
? 0
$ akashi conform map iso27001 ssdf | head -2 | sed 's/[0-9][0-9]*/N/g'
isoN, of what ssdf asks for: N covered, N in part, N not at all
there is no map between the two: N maps in a chain
? 0
$ akashi conform map ssdf cip --csv | head -2
id,title,covered,by,strength,via,why
S(1)-1.1,Threats listed and risks assessed,full,PW.1.1,equal,,Both list threats and assess risks at design time.
? 0
$ akashi conform map ssdf cip --json | sed -n 1,4p
{
  "from": "ssdf",
  "to": "cip",
  "maps": 1,
? 0
$ akashi conform map jcstar cip
akashi: no map leads from jcstar to cip
  → `akashi conform map import FILE` takes one in (docs/catalogues.md)
? 2
$ printf 'id\nA.5.1\nA.8.28\n' >iso27001.csv; akashi conform gap --have iso27001.csv --want cip --package minimum --met | sed 's/[0-9][0-9]*/N/g' | head -4 && akashi conform gap --have iso27001.csv --csv | grep 'A[.]5[.]1' | cut -d, -f 1,3,4
cip: of N practices N are met, N in part, N are open
what is left costs a small firm some N hours at first, then N a year

STATE    PRACTICE  TITLE                                HOURS  COVERED BY  START WITH
S(4)-1.1,partly,A.5.1
S(4)-3.1,partly,A.5.1
? 0
$ akashi conform gap --have ssdf --want cip --role operator --lang ja | grep -o '^cip: 個別要求事項\|^残りは小さな会社で'
cip: 個別要求事項
残りは小さな会社で
? 0
$ printf 'id\nA.5.1\nA.99\n' >iso27001.csv; akashi conform gap --have iso27001.csv
akashi: iso27001.csv:3: iso27001 has no practice 'A.99'
? 3
$ printf 'カタログ,識別子,レベル\ncip,S(1)-2.2,7\n' >have.csv; akashi conform gap --have have.csv --lang ja
akashi: have.csv:2: 0 から 4 のレベルではありません: 7
? 3
$ akashi conform gap --have nowhere
akashi: neither a file nor a catalogue: there is no catalogue 'nowhere'
  → one of: appsec, ci-baseline, cip, cra, iso27001, jcstar, scs, ssdf; others are taken in by `akashi conform catalogue import FILE`
? 2
$ akashi conform gap
akashi: --have: say what is met already: a CSV file or a catalogue
? 2

A map of one's own.

$ akashi init --name X --role supplier --no-passphrase --origin example.jp/akashi >/dev/null; printf 'id,title\nR1,SBOM\nR2,Build\n' >house.csv; akashi conform catalogue import house.csv | head -1
house: 2 practices in 1 groups, read as csv
? 0
$ printf 'from,to,strength,why\nR1,S(2)-1.1,equal,the same\nR2,S(1)-2.9,overlaps,\n' >house--cip.csv; akashi conform map import house--cip.csv
akashi: house--cip.csv:3: cip has no practice 'S(1)-2.9'
? 3
$ printf '元,先,関係,理由\nR1,S(2)-1.1,同等,同じもの\nR2,S(1)-2.2,一部,\n' >house--cip.csv; akashi conform map import house--cip.csv
house--cip: 2 pairs, entry 3
? 0
$ akashi conform map import house--cip.csv
house--cip: 2 pairs, in use already: entry 3
? 0
$ akashi conform map house cip | sed -n '/R[12]/p'
S(1)-2.2  Secure build                                       is part of  R2
S(2)-1.1  A list of components for every release             equals      R1          同じもの
? 0
$ akashi conform map cip house | cat
cip, of what house asks for: 2 covered, 0 in part, 0 not at all

PRACTICE  TITLE  COVERED   COVERED BY  WHY
R1        SBOM   equals    S(2)-1.1    同じもの
R2        Build  includes  S(1)-2.2
? 0
$ akashi conform map house cra | sed -n 2p
there is no map between the two: 2 maps in a chain
? 0
$ echo '{"map":1,"from":"house","to":"cip","pairs":[{"from":"R1","to":"S(2)-1.1","strength":"like"}]}' >bad.json; akashi conform map import bad.json
akashi: bad.json#/pairs/0/strength: must be one of equal, subset, superset, overlaps
? 3

Circles of maps are no error: the shortest way counts. A catalogue mapped onto itself is one.

$ printf 'from,to,strength\nR1,R2,equal\n' >house--house.csv; akashi conform map import house--house.csv; LANG=ja_JP.UTF-8 akashi conform map import house--house.csv
akashi: house--house.csv: this map leads from house back to itself
  → a map relates one catalogue to another
akashi: house--house.csv: この対応表は house から自身へのものです
  → 対応表は、あるカタログと別のカタログの関係を示します
? 3

$ printf 'from,to,strength\nPW.1.1,R1,overlaps\n' >ssdf--house.csv; akashi conform map import ssdf--house.csv && akashi conform map house ssdf | sed -n '/R1/p'
ssdf--house: 1 pairs, entry 4
PW.1.1    Risk modelling                                 overlaps  R1
? 0
