Findings: flaws in components of releases, in the order asked for, and what was answered to them.
env COLUMNS=140
env SOURCE_DATE_EPOCH=1790000000

$ akashi init --name "例株式会社" --role supplier --no-passphrase --origin example.jp/akashi >/dev/null; mkdir osv; for n in 1 2 3; do printf '{"schema_version":"1.6.0","id":"GHSA-aaaa-bbbb-000%s","aliases":["CVE-2026-100%s"],"modified":"2026-0%s-01T00:00:00Z","published":"2026-0%s-01T00:00:00Z","summary":"flaw %s","severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:%s/S:U/C:%s/I:H/A:H"}],"affected":[{"package":{"ecosystem":"npm","name":"part%s"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"}%s]}]}]}' $n $n $n $n $n $([ $n = 1 ] && echo N H || echo R L) $n "$([ $n = 3 ] || echo ',{"fixed":"2.0.0"}')" >osv/$n.json; done; akashi db import osv >/dev/null
? 0
$ for v in 1.0 1.1; do for product in shop till; do printf '{"product":"%s","version":"%s","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"part1","version":"%s.0","purl":"pkg:npm/part1@%s.0"},{"type":"library","name":"part3","version":"1.0.0","purl":"pkg:npm/part3@1.0.0"}]}}\n' $product $v $v $v; done; done | akashi impact import - >/dev/null; akashi impact findings 2>&1 | tail -1; akashi watch >/dev/null
0 findings
? 0
$ akashi impact findings
8 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT            FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.0.0  2.0.0     open    till     1.0
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.0.0  2.0.0     open    shop     1.0
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.1.0  2.0.0     open    till     1.1
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.1.0  2.0.0     open    shop     1.1
CVE-2026-1003  high      8.3         no   pkg:npm/part3@1.0.0            open    till     1.1
CVE-2026-1003  high      8.3         no   pkg:npm/part3@1.0.0            open    shop     1.1
CVE-2026-1003  high      8.3         no   pkg:npm/part3@1.0.0            open    till     1.0
CVE-2026-1003  high      8.3         no   pkg:npm/part3@1.0.0            open    shop     1.0
? 0
$ akashi impact findings --sort newest --limit 3 --product till
4 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT            FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-1003  high      8.3         no   pkg:npm/part3@1.0.0            open    till     1.1
CVE-2026-1003  high      8.3         no   pkg:npm/part3@1.0.0            open    till     1.0
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.0.0  2.0.0     open    till     1.0

the next ones: --page 7.1790000000.1.1790000000.CVE-2026-1001.b734d389a51ddf82
? 0
$ akashi impact findings --page $(akashi impact findings --limit 3 --json | sed -n 's/.*"next": "\(.*\)".*/\1/p') --limit 3
8 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT            FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.1.0  2.0.0     open    shop     1.1
CVE-2026-1003  high      8.3         no   pkg:npm/part3@1.0.0            open    till     1.1
CVE-2026-1003  high      8.3         no   pkg:npm/part3@1.0.0            open    shop     1.1

the next ones: --page 7.1790000000.2.83.CVE-2026-1003.009c4ff3b6a4f1cf
? 0
$ akashi impact findings --fixable --severity critical --export csv | cut -d, -f1-8,10-12
flaw,severity,score,epss,kev,kev_due,component,fixed,product,name,version
CVE-2026-1001,critical,9.8,,false,,pkg:npm/part1@1.0.0,2.0.0,till,,1.0
CVE-2026-1001,critical,9.8,,false,,pkg:npm/part1@1.0.0,2.0.0,shop,,1.0
CVE-2026-1001,critical,9.8,,false,,pkg:npm/part1@1.1.0,2.0.0,till,,1.1
CVE-2026-1001,critical,9.8,,false,,pkg:npm/part1@1.1.0,2.0.0,shop,,1.1
? 0
$ akashi impact findings --package 'pkg:npm/part1@<1.1' --party nobody
akashi: party:nobody: names no package, flaw, file, party, product or release known here
  → packages are asked for by their package URL (pkg:npm/lodash@<4.17.21), flaws by their name (CVE-…), files by file:SHA256, releases by PRODUCT@VERSION
? 2
$ akashi impact findings --package 'pkg:npm/part1@<1.1' --json | head -12
{
  "as_of": {
    "entries": 7,
    "time": "2026-09-21T14:13:20Z",
    "advisories": "295aabf22f6bb835084a2337c9d9beefede09effd243b47867441d0bf0cee717"
  },
  "total": 2,
  "total_is_exact": true,
  "rows": [
    {
      "flaw": "CVE-2026-1001",
      "severity": "critical",
? 0
$ akashi impact CVE-2026-1001
CVE-2026-1001
CVSS 9.8
flaw 1
2 versions of components in releases: pkg:npm/part1@1.0.0 (2), pkg:npm/part1@1.1.0 (2)
releases                  4
products                  2
deployments               0
services                  0

PRODUCT  VERSION  BY  COMPONENT            SINCE
till     1.1          pkg:npm/part1@1.1.0  2026-09-21
shop     1.1          pkg:npm/part1@1.1.0  2026-09-21
till     1.0          pkg:npm/part1@1.0.0  2026-09-21
shop     1.0          pkg:npm/part1@1.0.0  2026-09-21
? 0
$ akashi impact GHSA-aaaa-bbbb-0003 --json | head -4
{
  "asked": "GHSA-aaaa-bbbb-0003",
  "kind": "flaw",
  "name": "CVE-2026-1003",
? 0
$ akashi impact shop@1.0 | head -3
shop@1.0
findings                  2
releases                  1
? 0
$ akashi impact findings --audience nobody:amber
0 findings
? 0

What a decision answered is not open any more.

$ akashi case decide $(akashi case list --json | python3 -c 'import json,sys; d=json.load(sys.stdin); d=d if isinstance(d, list) else d["cases"]; print([c for c in d if c["product"] == "shop" and "part1" in c["package"]][0]["case"])') --verdict not_affected --justification vulnerable_code_not_in_execute_path --text "not called" >/dev/null; akashi impact findings --status open | head -1; akashi impact findings --status answered; akashi impact findings --status all | head -1
7 findings
1 finding

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT            FIXED IN  STATUS        PRODUCT  VERSION
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.1.0  2.0.0     not_affected  shop     1.1
8 findings
? 0
$ for x in part1 part3; do akashi impact findings --sort clock --status all --package pkg:npm/$x --export csv >one; akashi impact findings --sort clock --status all --export csv | sed -n "1p;/pkg:npm.$x@/p" | cmp - one && wc -l <one; done
5
5
? 0
$ akashi impact findings --sort clock --status all --limit 3; akashi impact findings --sort clock --as-of 3
8 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT            FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.0.0  2.0.0     open    till     1.0
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.0.0  2.0.0     open    shop     1.0
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.1.0  2.0.0     open    till     1.1

the next ones: --page 8.1790000000.3.98.CVE-2026-1001.4710782408ca9016
akashi: warning: --as-of: advisories are those of now, of database 295aabf22f6b, not of that moment
2 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT            FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-1001  critical  9.8         no   pkg:npm/part1@1.0.0  2.0.0     open    shop     1.0
CVE-2026-1003  high      8.3         no   pkg:npm/part3@1.0.0            open    shop     1.0
? 0

A flaw is found however its name is typed. What no advisory here names is said to be so, and what came in after the last
watch too: nought is no all-clear then.

$ akashi impact cve-2026-1001 | head -1; akashi impact ghsa-AAAA-BBBB-0001 --count; akashi impact CVE-2026-1001 --json | grep '"advisory"'
CVE-2026-1001
4
  "advisory": "known",
? 0
$ akashi impact CVE-2026-1009 --json | grep -E '"advisory"|"releases":'; akashi impact CVE-2026-1009 --count --lang ja
akashi: warning: CVE-2026-1009: no advisory in the database has this name, so this answer does not say that nothing is affected: `akashi db update` or `akashi db import`, then `akashi watch`
  "advisory": "unknown",
    "releases": 0,
akashi: 警告: CVE-2026-1009: この名前の脆弱性情報はデータベースにないため、影響がないことを示すものではありません。`akashi db update` か `akashi db import` のあと、`akashi watch` を実行してください
0
? 0
$ sed 's/1003/1009/; s/0003/0009/; s/part3/part9/' osv/3.json >9.json; akashi db import 9.json >/dev/null; akashi impact CVE-2026-1009 --count; akashi watch --quiet >/dev/null; akashi impact CVE-2026-1009 --json | grep '"advisory"'
akashi: warning: CVE-2026-1009: the advisories have changed since the portfolio was last held against them: `akashi watch`
0
  "advisory": "known",
? 0
