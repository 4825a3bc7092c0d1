Contracts: who holds which practice, what nobody holds; how far a supplier goes, as agreed and as it is.
env COLUMNS=130

$ for who in v c; do printf '#!/bin/sh\nout=$(AKASHI_HOME=$HOME/%s SOURCE_DATE_EPOCH=$(date -u -d "$(cat day)" +%%s) akashi "$@" 2>&1); r=$?\n[ -z "$out" ] || printf "%%s\\n" "$out"\nexit $r\n' $who >$who.sh; chmod +x $who.sh; done; echo 2026-01-01 >day
? 0
$ ./v.sh init --name "Yamada" --role supplier --no-passphrase --origin v.example/log >/dev/null; ./c.sh init --name "Hospital A" --role customer --no-passphrase --origin c.example/log >/dev/null; for who in v c; do ./$who.sh key export >$who.pub; done; ./v.sh key trust c.pub --name "Hospital A" >/dev/null; ./c.sh key trust v.pub --name Yamada >/dev/null
? 0
$ ./v.sh product add thing --party Yamada >/dev/null; ./v.sh party add hospital-a --name "Hospital A" --roles customer >/dev/null; ./v.sh party add sub-x --name "Sub X" --roles developer --primes Yamada >/dev/null
? 0
$ ./v.sh contract add h-2026 --side customer=hospital-a --title "Maintenance of thing" --catalogue cip --holds 'S(1)-1.1=developer' --holds 'S(1)-2.2=supplier:reproducible' --clock 'critical patch=7d' --requirement "an SBOM with each release" --rights "auditors may read the SBOM" --from 2026-01-01 --until 2026-12-31
h-2026: signed and logged; nobody holds 46 practices (akashi contract gaps)
? 0
$ ./v.sh contract add h-2026 --side customer=hospital-a
h-2026: nothing was added, it holds already
? 0
$ ./v.sh contract add h-2026 --holds 'S(9)-9=supplier'
akashi: --holds: the catalogue cip has no practice S(9)-9
  → see: akashi contract matrix --catalogue cip
? 3
$ ./v.sh contract add h-2026 --holds 'S(1)-1.1=nobody'
akashi: --holds: 'nobody' holds no practice
  → one of: developer|supplier|operator|customer|shared
? 3
$ ./v.sh contract add sub-2026 --kind subcontract --side sub=sub-x --catalogue cip --holds 'S(1)-1.1=developer'
sub-2026: signed and logged; nobody holds 37 practices (akashi contract gaps)
? 0
$ ./v.sh contract list
contract  kind         with        until       catalogue  held  by nobody
h-2026    contract     Hospital A  2026-12-31  cip           2         46
sub-2026  subcontract  Sub X       -           cip           1         37
? 0
$ ./v.sh contract show h-2026
h-2026: contract, Maintenance of thing
  customer: Hospital A
  holds from 2026-01-01 until 2026-12-31
  S(1)-1.1: developer
  S(1)-2.2: supplier, reproducible
  within P7D: critical patch
  requirement: an SBOM with each release
  rights: auditors may read the SBOM
  in the log since 2026-01-01T00:00:00Z, entry 5
? 0
$ ./v.sh contract matrix | sed -n 1,4p
practice  title                                              h-2026     sub-2026
S(1)-1.1  Threats listed and risks assessed                  developer  developer
S(1)-1.2  Measures followed up                               -          -
S(1)-2.1  Secure development process defined                 -          -
? 0
$ ./v.sh contract gaps | grep -e 'passed on' -e 'missing'; LANG=ja_JP.UTF-8 ./v.sh contract gaps | grep 引き継いで
contract  practice  title                                              what is missing
h-2026    S(2)-3.2  Requirements passed on to subcontractors           nobody holds it
sub-2026  S(1)-2.2  Secure build                                       ours towards h-2026, and not passed on
sub-2026      S(1)-2.2      セキュアビルド                  h-2026 で自組織の担当だが、委託先に引き継いでいない
? 0

All of it as a sheet, filled elsewhere.

$ ./v.sh contract export h-2026 | sed 's/^\([^,]*\),\(.*\),,/\1,\2,supplier,/' >all.csv; ./v.sh contract import h-2026 all.csv; ./v.sh contract export sub-2026 | sed 's/^\([^,]*\),\(.*\),,/\1,\2,shared,/' >sub.csv; ./v.sh contract import sub-2026 sub.csv; ./v.sh contract gaps
h-2026: signed and logged
sub-2026: signed and logged
every practice is somebody's
? 0
$ printf 'practice,holder\nS(1)-1.1,supplier\nS(1)-1.2,nobody\n' >bad.csv; ./v.sh contract import h-2026 bad.csv
akashi: bad.csv:3: 'nobody' holds no practice
  → one of: developer|supplier|operator|customer|shared
? 3
$ printf 'a,b\n' >bad.csv; ./v.sh contract import h-2026 bad.csv
akashi: bad.csv: the first row must name the columns practice and holder
  → `akashi contract export` writes such a sheet
? 3

How far a supplier goes is computed; a target is signed by both, and watched.

$ ./v.sh contract extent thing | sed -n 1,3p
what              aspect                              thing   because
parts covered     direct components                   ○○○○    none
                  components of components            ○○○○    none
? 0
$ echo '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"timestamp":"2026-01-01T00:00:00Z","authors":[{"name":"Yamada"}],"tools":[{"vendor":"x","name":"maker","version":"1"}],"component":{"type":"application","name":"thing","version":"1.0","bom-ref":"r"}},"components":[{"type":"library","name":"left","version":"1.0.0","purl":"pkg:npm/left@1.0.0","bom-ref":"a"},{"type":"library","name":"deep","version":"2","purl":"pkg:npm/deep@2","bom-ref":"b"},{"type":"library","name":"odd","bom-ref":"c"}],"dependencies":[{"ref":"r","dependsOn":["a","c"]},{"ref":"a","dependsOn":["b"]}]}' >thing.json; ./v.sh impact import thing.json --product thing --version 1.0; ./v.sh contract extent thing@1.0
added 1, known before 0, failed 0
what              aspect                              thing 1.0  because
parts covered     direct components                   ●●○○       1 of 2
                  components of components            ●●●●       1 of 1
                  what is needed to build and test    ○○○○       none
                  operating system and files          ○○○○       none
                  parts that can be identified        ●●○○       2 of 3
fields            supplier                            ○○○○       0 of 3
                  name                                ●●●●       3 of 3
                  version                             ●●○○       2 of 3
                  other identifiers                   ●●○○       2 of 3
                  what depends on what                ●●●●       3 of 3
                  hash                                ○○○○       0 of 3
                  licence                             ○○○○       0 of 3
                  author and time                     ●●●●       2 of 2
made and checked  made by a named tool                ●●●●       maker 1
                  signed by who answers for it        ●●●●       Yamada
                  check against the METI guide        ●●○○       76 / 100
vulnerabilities   watched for vulnerabilities         ○○○○       never
                  findings decided or closed          ○○○○       none
                  verdicts (VEX) stated               ○○○○       none
shared            customers that were given the SBOM  ○○○○       none
                  customers that were given VEX       ○○○○       none
                  measures that customers answered    ○○○○       none
? 0
$ ./v.sh contract extent thing --agree hospital-a --degree parts-transitive=4 --degree field-hash=3 --to t.json; ./c.sh contract agree t.json --to t2.json; ./v.sh contract extent thing --against hospital-a >/dev/null; ./v.sh contract agree t2.json --to t3.json
thing: target proposed to Hospital A; hand over t.json
thing: target of Yamada with Hospital A, both signed; all of it is in t2.json
thing: target of Yamada with Hospital A, both signed; all of it is in t3.json
? 0
$ ./v.sh contract extent thing --against hospital-a | grep -e below -e aspects; ./v.sh contract extent thing --against hospital-a >/dev/null
                  hash                                ○○○○ below 3  0 of 3
below the target in 1 aspects
? 1
$ ./v.sh store dump >one; ./v.sh rebuild >/dev/null; ./v.sh store dump >two; cmp one two && echo same
same
? 0
$ echo '{"id":"X-1","modified":"2026-01-01T00:00:00Z","affected":[]}' >a.json; ./v.sh watch --from a.json | tail -1
targets agreed with customers that are not met: 1 (akashi contract extent --against)
? 0
$ ./c.sh contract agree t3.json --to t4.json
thing: target of Yamada with Hospital A, both signed; all of it is in t4.json
? 0
$ LANG=ja_JP.UTF-8 ./v.sh contract extent thing thing@1.0 | sed -n 1,8p
内容        観点                        thing 1.0  理由              thing 1.0  理由
対象の部品  直接の部品                  ●●○○       1/2               ●●○○       1/2
            間接の部品                  ●●●●       1/1               ●●●●       1/1
            ビルドとテストに使うもの    ○○○○       なし              ○○○○       なし
            OS とファイル               ○○○○       なし              ○○○○       なし
            特定できる部品              ●●○○       2/3               ●●○○       2/3
項目        供給者                      ○○○○       0/3               ○○○○       0/3
            名前                        ●●●●       3/3               ●●●●       3/3
? 0
$ ./v.sh contract extent thing --json | head -12; ./v.sh contract extent nothing
[
  {
    "product": "thing",
    "version": "1.0",
    "components": 3,
    "customers": 0,
    "aspects": [
      {
        "aspect": "parts-direct",
        "degree": 2,
        "because": "1 of 2"
      },
akashi: nothing: there is no such product
? 2

For a reader only the contracts it is a side of.

$ ./v.sh contract list --audience hospital-a; ./v.sh contract show h-2026 --audience sub-x; ./v.sh contract matrix --audience sub-x | head -2; ./v.sh contract export h-2026 --audience sub-x; ./v.sh contract gaps --audience nobody
contract  kind      with        until       catalogue  held  by nobody
h-2026    contract  Hospital A  2026-12-31  cip          48          0
akashi: h-2026: there is no such contract
  → see: akashi contract list
practice  title                                              sub-2026
S(1)-1.1  Threats listed and risks assessed                  developer
akashi: h-2026: there is no such contract
  → see: akashi contract list
no contract names this catalogue
? 0

As of an earlier day; what customers were given shows.

$ ./v.sh contract extent thing --as-of 4 --json | grep -E '"(version|components|customers)"'; ./v.sh contract extent thing --json | grep -E '"(version|components|customers)"'; ./v.sh contract extent thing --as-of 2026-01-01 --agree hospital-a
    "components": 0,
    "customers": 0,
    "version": "1.0",
    "components": 3,
    "customers": 0,
akashi: --as-of: what is agreed on is agreed on now
? 2
$ ./v.sh deploy add hospital-a/thing --product thing --version 1.0 --customer hospital-a >/dev/null; ./v.sh contract extent thing --json | grep -A2 '"share-sbom"'; ./v.sh share give thing@1.0 --to hospital-a --out given >/dev/null; ./v.sh contract extent thing --json | grep -A2 '"share-sbom"'
        "aspect": "share-sbom",
        "degree": 0,
        "because": "0 of 1"
        "aspect": "share-sbom",
        "degree": 4,
        "because": "1 of 1"
? 0

For a reader the same chart holds only what it may see: its own product or what it runs, its own share; of vulnerabilities what was agreed.

$ ./v.sh party add clinic-b --name "Clinic B" --roles customer >/dev/null; ./v.sh deploy add clinic-b/thing --product thing --version 1.0 --customer clinic-b >/dev/null; for who in Yamada hospital-a clinic-b; do ./v.sh contract extent thing --audience $who --json | grep -e '"customers"' -e '"share-sbom"' -e '"flaws-watched"' -A2 | grep -v -e product -e version -e '^--'; done
    "customers": 2,
    "aspects": [
      {
        "aspect": "flaws-watched",
        "degree": 4,
        "because": "since this release"
        "aspect": "share-sbom",
        "degree": 2,
        "because": "1 of 2"
    "customers": 1,
    "aspects": [
      {
        "aspect": "flaws-watched",
        "degree": 4,
        "because": "as agreed"
        "aspect": "share-sbom",
        "degree": 4,
        "because": "1 of 1"
    "customers": 1,
    "aspects": [
      {
        "aspect": "flaws-watched",
        "because": "not for this reader"
      },
        "aspect": "share-sbom",
        "degree": 0,
        "because": "0 of 1"
? 0
$ ./v.sh contract extent thing --audience clinic-b | sed -n 18,23p; ./v.sh contract extent thing --audience sub-x; ./v.sh contract extent thing --audience nobody
vulnerabilities   watched for vulnerabilities         ····       not for this reader
                  findings decided or closed          ····       not for this reader
                  verdicts (VEX) stated               ····       not for this reader
shared            customers that were given the SBOM  ○○○○       0 of 1
                  customers that were given VEX       ○○○○       0 of 1
                  measures that customers answered    ○○○○       none
akashi: thing: there is no such product
akashi: thing: there is no such product
? 2
$ ./v.sh contract extent thing --audience clinic-b --against hospital-a; ./v.sh contract extent thing --audience hospital-a --against hospital-a | tail -1; LANG=ja_JP.UTF-8 ./v.sh contract extent thing --audience clinic-b --agree clinic-b
akashi: hospital-a: nothing was agreed with this party on thing
  → akashi contract extent PRODUCT --agree PARTY proposes a target
below the target in 1 aspects
akashi: --audience: 目標は、ここで分かっていることすべてから提案します
? 2
