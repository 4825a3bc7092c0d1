What releases have drifted from, what licences they carry, on whom they rely, what nothing is known of.

$ akashi init --name X --role supplier --no-passphrase --origin example.jp/x >/dev/null
> c() { printf '{"type":"library","name":"%s","version":"%s","purl":"pkg:npm/%s@%s","licenses":[{"expression":"%s"}],"hashes":[{"alg":"SHA-256","content":"%s%063d"}],"supplier":{"name":"%s"}}' $1 $2 $1 $2 "$3" $4 0 "$5"; }
> d() { printf '{"product":"%s","version":"%s","releasedOn":"%sT00:00:00Z","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[%s]}}\n' $1 $2 $3 "$4"; }
> { d thing 1.0 2019-01-01 "$(c left 1.0.0 MIT 1 Left),$(c old 0.1 'GPL-3.0-only OR MIT' 2 Old)"
> d thing 1.1 2025-01-01 "$(c left 1.1.0 MIT 3 Left),$(c old 0.1 'GPL-3.0-only OR MIT' 2 Old)"
> d gear 2.0 2025-06-01 "$(c left 1.3.0 AGPL-3.0-only 4 Right),$(c old 0.1 MIT 5 Old),{\"type\":\"library\",\"name\":\"mystery\",\"version\":\"1\"},{\"type\":\"application\",\"name\":\"node\",\"version\":\"16.1\",\"purl\":\"pkg:generic/node@16.1\"}"
> } >in.jsonl; akashi impact import in.jsonl
added 3, known before 0, failed 0
? 0
$ akashi impact drift
releases looked at: 2, republished 1, supplier 1, end-of-life 1, unmaintained 1, behind 1

drift         component              releases  why
republished   pkg:npm/old@0.1               2  2 different hashes under one version
supplier      pkg:npm/left@1.3.0            1  Left → Right
end-of-life   pkg:generic/node@16.1         1  no fixes since 2023-09-11
unmaintained  pkg:npm/old@0.1               2  nothing newer seen since 2019-01-01
behind        pkg:npm/left@1.1.0            1  1 version behind 1.3.0
? 0
$ akashi deploy add d --product thing --version 1.0 --quiet; akashi impact drift --only behind
d: added, entry 5
releases looked at: 3, behind 2

drift   component           releases  why
behind  pkg:npm/left@1.0.0         1  2 versions behind 1.3.0
behind  pkg:npm/left@1.1.0         1  1 version behind 1.3.0
? 0
$ akashi impact drift --only behind --behind 2 --all --json
{
  "releases": 3,
  "total": 1,
  "offset": 0,
  "counts": {
    "malicious": 0,
    "republished": 0,
    "supplier": 0,
    "yanked": 0,
    "end-of-life": 0,
    "unmaintained": 0,
    "behind": 1
  },
  "rows": [
    {
      "drift": "behind",
      "component": "pkg:npm/left@1.0.0",
      "releases": 1,
      "versionsBehind": 2,
      "newest": "1.3.0"
    }
  ]
}
? 0
$ akashi impact drift --product thing@1.1; akashi impact drift --product thing@9
releases looked at: 1, republished 1, unmaintained 1, behind 1

drift         component           releases  why
republished   pkg:npm/old@0.1            1  2 different hashes under one version
unmaintained  pkg:npm/old@0.1            1  nothing newer seen since 2019-01-01
behind        pkg:npm/left@1.1.0         1  1 version behind 1.3.0
akashi: thing@9: no such release is known
  → `akashi impact import` takes in the SBOM of a release
? 2
$ akashi impact drift --as-of 3
releases looked at: 1, unmaintained 2

drift         component           releases  why
unmaintained  pkg:npm/left@1.0.0         1  nothing newer seen since 2019-01-01
unmaintained  pkg:npm/old@0.1            1  nothing newer seen since 2019-01-01
? 0
$ akashi impact drift --limit 1 --offset 1 | tail -2
supplier  pkg:npm/left@1.3.0         1  Left → Right
… 4 more: --offset 2
? 0
$ akashi impact drift --only foo; akashi impact drift --product nothing
akashi: foo: this is no kind of drift
  → one of: malicious,republished,supplier,yanked,end-of-life,unmaintained,behind
akashi: nothing: there is no such product
  → `akashi product list` shows them; a version stands behind @
? 2
$ akashi impact licence; akashi impact licence --deny AGPL-3.0-only,GPL-3.0-only
licence              releases  components  such as
GPL-3.0-only OR MIT         3           1  pkg:npm/old@0.1
MIT                         2           2  pkg:npm/left@1.0.0, pkg:npm/left@1.1.0
(none stated)               1           2  name:mystery@1, pkg:generic/node@16.1
AGPL-3.0-only               1           1  pkg:npm/left@1.3.0
licence                 releases  components  such as
AGPL-3.0-only (denied)         1           1  pkg:npm/left@1.3.0
GPL-3.0-only OR MIT            3           1  pkg:npm/old@0.1
MIT                            2           2  pkg:npm/left@1.0.0, pkg:npm/left@1.1.0
(none stated)                  1           2  name:mystery@1, pkg:generic/node@16.1
? 1
$ printf '\n[policy]\ndeny-licences = ["AGPL-3.0-only"]\n' >>$HOME/.local/share/akashi/akashi.toml; akashi impact licence AGPL-3.0-only --json
{
  "releases": 3,
  "total": 1,
  "offset": 0,
  "denied": 1,
  "licences": [
    {
      "licence": "AGPL-3.0-only",
      "denied": true,
      "spdx": true,
      "releases": 1,
      "components": 1,
      "purls": [
        "pkg:npm/left@1.3.0"
      ]
    }
  ]
}
? 1
$ akashi impact licence GPL-3.0-only
licence              releases  components  such as
GPL-3.0-only OR MIT         3           1  pkg:npm/old@0.1
? 0
$ akashi impact licence Zlib
no component states it
? 0
$ akashi impact supplier; akashi impact supplier old; akashi impact supplier nobody
supplier           releases    share  components
Old                       3  100.0 %           1
Left                      2   66.7 %           2
(nobody is named)         1   33.3 %           2
Right                     1   33.3 %           1
Old: components 1, releases 3 of 3 (100.0 %)

component        releases
pkg:npm/old@0.1         3
no component names a supplier
? 0
$ akashi impact unidentified; akashi impact unidentified --json | sed -n '/rows/,$p'
known by their names alone: 1 of 8 components of 3 releases

product  version  unidentified  components  such as
gear     2.0                 1           4  mystery@1
  "rows": [
    {
      "product": "gear",
      "version": "2.0",
      "components": 4,
      "unidentified": 1,
      "names": [
        "mystery@1"
      ]
    }
  ]
}
? 0
$ LANG=ja_JP.UTF-8 akashi impact drift; LANG=ja_JP.UTF-8 akashi impact licence; LANG=ja_JP.UTF-8 akashi impact supplier; LANG=ja_JP.UTF-8 akashi impact unidentified
調べたリリース: 3, 差し替え 1, 供給者 1, 提供終了 1, 保守停止 1, 旧版 2

種類      部品                   リリース  理由
差し替え  pkg:npm/old@0.1               3  同じバージョンに異なるハッシュ値が 2 個あります
供給者    pkg:npm/left@1.3.0            1  Left → Right
提供終了  pkg:generic/node@16.1         1  2023-09-11 以降は修正されません
保守停止  pkg:npm/old@0.1               3  2019-01-01 以降、新しいバージョンがありません
旧版      pkg:npm/left@1.0.0            1  2 バージョン古い (最新 1.3.0)
旧版      pkg:npm/left@1.1.0            1  1 バージョン古い (最新 1.3.0)
ライセンス                リリース  部品  例
AGPL-3.0-only (使用禁止)         1     1  pkg:npm/left@1.3.0
GPL-3.0-only OR MIT              3     1  pkg:npm/old@0.1
MIT                              2     2  pkg:npm/left@1.0.0, pkg:npm/left@1.1.0
(記載なし)                       1     2  name:mystery@1, pkg:generic/node@16.1
供給者      リリース     割合  部品
Old                3  100.0 %     1
Left               2   66.7 %     2
(記載なし)         1   33.3 %     2
Right              1   33.3 %     1
名前しか分からない部品: 1 / 8 (リリース 3 件)

製品  版   識別不能  部品  例
gear  2.0         1     4  mystery@1
? 0

What only others ship is no news to a reader: neither a newer version nor another hash.

$ for x in a b; do akashi party add party-$x --name "Party $x" --roles supplier >/dev/null; akashi product add thing-$x --party party-$x >/dev/null; done; for x in a:1.0.0:11 b:1.0.0:22 b:2.0.0:33; do set -- $(echo $x | tr : ' '); printf '{"product":"thing-%s","version":"%s","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"shared","version":"%s","purl":"pkg:npm/shared@%s","hashes":[{"alg":"SHA-256","content":"%s"}]}]}}\n' $1 $2-$3 $2 $2 $(printf "$3%.0s" $(seq 32)); done | akashi impact import - >/dev/null; akashi impact drift --all --product thing-a; akashi impact drift --all --product thing-a --audience party-a; akashi impact drift --all --product thing-b --audience party-b
releases looked at: 1, republished 1, behind 1

drift        component             releases  why
republished  pkg:npm/shared@1.0.0         1  2 different hashes under one version
behind       pkg:npm/shared@1.0.0         1  1 version behind 2.0.0
releases looked at: 1, nothing has drifted
releases looked at: 2, behind 1

drift   component             releases  why
behind  pkg:npm/shared@1.0.0         1  1 version behind 2.0.0
? 0
