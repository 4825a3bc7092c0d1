Requirement catalogues: listed, shown, taken in from others' notations, written for others.

$ akashi conform catalogue list | grep -o '^cip \|^ssdf \|^cra '
cip 
cra 
ssdf 
? 0
$ akashi conform catalogue show cip 'S(1)-2.2' | grep -v '^   ' | cut -c1-14
S(1)-2.2  Secu
  under       
  text        
  binds       
  contract    
  Minimum     
  Standard    
  level 0     
  level 1     
  level 2     
  level 3     
  level 4     
  effort      
  against     
  has happened
  start with  
  command     
? 0
$ akashi conform catalogue show cip 'S(1)-2.2' --lang ja | head -3
S(1)-2.2  セキュアビルド
  所属          D1 セキュリティ品質を確保したソフトウェアの設計・開発・供給・運用 › (1) セキュアな
                設計・開発・供給・運用 › (1)-2 セキュアなビルド
? 0
$ akashi conform catalogue show cip 'S(9)-9.9'
akashi: cip: it has no practice 'S(9)-9.9'
  → `akashi conform catalogue show cip` lists them
? 2
$ akashi conform catalogue show none 2>&1 | head -1
akashi: there is no catalogue 'none'
? 0

Without a home nothing can be taken in.

$ printf 'id,title\nA,a\n' >own.csv; akashi conform catalogue import own.csv
akashi: $HOME/.local/share/akashi: there is no home here
  → `akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another
? 4
$ akashi init --name "例株式会社" --role supplier --no-passphrase --origin example.jp/akashi >/dev/null; printf '識別子,題名,本文,分類\n1-1,台帳,資産の台帳を作る,資産\n1-2,管理者,管理者を決める,資産\n2-1,更新,,運用\n' | iconv -f UTF-8 -t CP932 >own.csv; akashi conform catalogue import own.csv --as house
house: 3 practices in 2 groups, read as csv
entry 2; from now on it is what 'house' means here
? 0
$ akashi conform catalogue import own.csv --as house
house: 3 practices in 2 groups, read as csv
nothing was added: this very catalogue is in use already
? 0
$ akashi conform catalogue show house --lang ja
house  own.csv
  状態          own, 1
  ダイジェスト  d4016d9a040f5ffa9a856bc1fb40b57b443efe51d9b9922e8b756516d87801b0

資産  資産
    1-1  台帳
    1-2  管理者
運用  運用
    2-1  更新
? 0
$ akashi conform catalogue list | grep house
house        own.csv                                       own        1                     imported
? 0

To OSCAL and back: the same catalogue to the digest. A profile is a package.

$ akashi conform catalogue show cip | grep digest >before; akashi conform catalogue export cip --format oscal -o cip.oscal.json; akashi conform catalogue import cip.oscal.json
cip: 48 practices in 33 groups, read as oscal
entry 3; from now on it is what 'cip' means here
? 0
$ akashi conform catalogue show cip | grep digest | diff before - && akashi conform catalogue list | grep '^cip' | grep -o imported
imported
? 0
$ grep -c '"oscal-version": "1.1.2"' cip.oscal.json
1
? 0
$ akashi conform catalogue export cip --format oscal-profile --package minimum -o minimum.json; akashi conform catalogue import minimum.json
minimum: 36 practices in 33 groups, read as oscal-profile
entry 4; from now on it is what 'minimum' means here
? 0
$ akashi conform catalogue import minimum.json --onto cip --as cip-minimum
cip-minimum: 36 practices in 33 groups, read as oscal-profile
entry 5; from now on it is what 'cip-minimum' means here
? 0
$ akashi conform catalogue export cip --format oscal-profile
akashi: --package: a profile is a package of a catalogue: say which
? 2
$ akashi conform catalogue export house --format csv
id,title_ja,title_en,text_ja,text_en,group,group_title,binds,hours_first,hours_yearly,start,command
1-1,台帳,台帳,資産の台帳を作る,資産の台帳を作る,資産,資産,,,,,
1-2,管理者,管理者,管理者を決める,管理者を決める,資産,資産,,,,,
2-1,更新,更新,,,運用,運用,,,,,
? 0
$ akashi conform catalogue export house | head -4
{
  "catalogue": 1,
  "groups": [
    {
? 0

What is wrong is said once, with its place, in both languages.

$ printf 'id,title\nA,a\nA,b\n' >bad.csv; akashi conform catalogue import bad.csv
akashi: bad.csv:3: two requirements have this id: A
? 3
$ echo '{"catalogue":1,"id":"x","version":"1","title":"X","status":"own","unit":"r","groups":[{"id":"G","kind":"r","title":"g","parent":"H"},{"id":"H","kind":"r","title":"h","parent":"G"}],"practices":[]}' >bad.json; akashi conform catalogue import bad.json
akashi: bad.json#/groups/0/parent: the groups above this one lead back to it: H
? 3
$ akashi conform catalogue import bad.json --lang ja
akashi: bad.json#/groups/0/parent: このグループの上位をたどると自身に戻ります: H
? 3
$ echo '{"catalogue":1,"id":"x","version":"1","title":"X","status":"own","unit":"r","groups":[{"id":"G","kind":"r","title":"g"}],"practices":[{"id":"P","group":"G","title":"p","evidence":{"1":[{"kind":"promise"}]}}]}' >bad.json; akashi conform catalogue import bad.json 2>&1 | head -1
akashi: bad.json#/practices/0/evidence/1/0/kind: rules know no such kind of statement: promise
? 0
$ akashi conform catalogue import bad.json --lang ja 2>&1 | head -1
akashi: bad.json#/practices/0/evidence/1/0/kind: 規則で使える種類のステートメントではありません: promise
? 0
$ echo '{"hello":1}' >bad.json; akashi conform catalogue import bad.json
akashi: bad.json: this is no list of requirements in any format that is known here
  → known: JSON of Akashi, OSCAL 1.1 catalogue or profile in JSON, CycloneDX 1.6 standards in JSON, lists with "id" and "text" in JSON or CSV
? 3
