What is wrong with the sample project, most urgent first; the time is fixed.
env COLUMNS=160

$ akashi db import -q $SOURCE/data/sample-advisories
20 documents: 17 added, 0 changed, 0 unchanged, 0 withdrawn, 0 passed over
the database has 17 advisories now; digest e61485752597b9a1d0afba6fe84f7f033d4fe0e00e252b9a2d05953ce3c8e5f4
? 0
$ cp -r $SOURCE/data/sample-project shop; akashi scan shop
akashi: warning: $HOME/.local/share/akashi/advisories.db: the newest advisory of an ecosystem is 1176 days old: run akashi db update or import fresh data
PRIORITY  COMPONENT                            VULNERABILITY   SEVERITY       FIXED IN  WHY                                  WHERE
act       …he.logging.log4j/log4j-core@2.14.1  CVE-2021-44228  critical 10.0  2.15.0    exploited now (KEV) · automatable ·  …he.logging.log4j/log4j-core@2.14.1
                                                                                        total impact
track     minimist@1.2.5                       CVE-2021-44906  critical 9.8   1.2.6     no exploit known · automatable ·     ….0 → mkdirp@0.5.5 → minimist@1.2.5
                                                                                        total impact
track     lodash@4.17.20                       CVE-2021-23337  high 7.2       4.17.21   no exploit known · needs hand work   …sample-shop@1.4.0 → lodash@4.17.20
                                                                                        · total impact
track     requests@2.30.0                      CVE-2023-32681  medium 6.1     2.31.0    no exploit known · needs hand work   requirements.txt
                                                                                        · partial impact

Upgrades that clear everything known of a component:
  org.apache.logging.log4j/log4j-core@2.14.1 → 2.15.0  (1 finding)
  minimist@1.2.5 → 1.2.6  (1 finding)
  lodash@4.17.20 → 4.17.21  (1 finding)
  requests@2.30.0 → 2.31.0  (1 finding)

ECOSYSTEM  COMPONENTS  ASSESSED  ADVISORIES  DATA AS OF
Maven               2         2           3  2022-10-13
PyPI                3         3           3  2023-05-22
npm                 4         4           5  2023-11-08

components: 9 · findings: 4 (1 act, 0 attend, 0 track*, 3 track)
? 1

Exit codes follow --fail-on.

$ akashi scan -q shop --fail-on never >out
? 0
$ akashi scan -q shop --fail-on kev >out
? 1
$ akashi scan -q shop --fail-on medium -f tsv | cut -f2-4,5,8,12-13
component	version	purl	id	severity	fixed	upgrade
log4j-core	2.14.1	pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1	CVE-2021-44228	critical	2.15.0	2.15.0
minimist	1.2.5	pkg:npm/minimist@1.2.5	CVE-2021-44906	critical	1.2.6	1.2.6
lodash	4.17.20	pkg:npm/lodash@4.17.20	CVE-2021-23337	high	4.17.21	4.17.21
requests	2.30.0	pkg:pypi/requests@2.30.0	CVE-2023-32681	medium	2.31.0	2.31.0
? 0
$ akashi scan -q shop --fail-on sometimes
akashi: --fail-on cannot be 'sometimes'
  → one of: any|low|medium|high|critical|track|track*|attend|act|kev|licence|never
? 2

VEX and rules answer; what they answered is counted, and shown on request.

$ printf '{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://example.com/1","author":"x","version":1,"timestamp":"2026-01-01T00:00:00Z","statements":[{"vulnerability":{"name":"CVE-2021-44228"},"products":[{"@id":"pkg:maven/org.apache.logging.log4j/log4j-core"}],"status":"not_affected","justification":"inline_mitigations_already_exist"}]}' >shop/shop.vex.json
? 0
$ printf '[[ignore]]\nid = "GHSA-xvch-5gv4-984h"\nreason = "only parses our own flags"\nuntil = "2027-01-01"\n[[ignore]]\nid = "CVE-2021-23337"\nreason = "waiting for 5.0"\nuntil = "2025-06-30"\n' >shop/akashi.toml
? 0
$ akashi scan shop --show-suppressed
akashi: warning: $HOME/.local/share/akashi/advisories.db: the newest advisory of an ecosystem is 1176 days old: run akashi db update or import fresh data
PRIORITY  COMPONENT                            VULNERABILITY   SEVERITY       FIXED IN  WHY                                  WHERE
track     lodash@4.17.20                       CVE-2021-23337  high 7.2       4.17.21   no exploit known · needs hand work   …sample-shop@1.4.0 → lodash@4.17.20
                                                                                        · total impact
track     requests@2.30.0                      CVE-2023-32681  medium 6.1     2.31.0    no exploit known · needs hand work   requirements.txt
                                                                                        · partial impact
act       …he.logging.log4j/log4j-core@2.14.1  CVE-2021-44228  critical 10.0  2.15.0    not_affected:                        …he.logging.log4j/log4j-core@2.14.1
                                                                                        inline_mitigations_already_exist
                                                                                        (shop/shop.vex.json)
track     minimist@1.2.5                       CVE-2021-44906  critical 9.8   1.2.6     ignored: only parses our own flags   ….0 → mkdirp@0.5.5 → minimist@1.2.5
                                                                                        (shop/akashi.toml:1)

Upgrades that clear everything known of a component:
  lodash@4.17.20 → 4.17.21  (1 finding)
  requests@2.30.0 → 2.31.0  (1 finding)

ECOSYSTEM  COMPONENTS  ASSESSED  ADVISORIES  DATA AS OF
Maven               2         2           3  2022-10-13
PyPI                3         3           3  2023-05-22
npm                 4         4           5  2023-11-08

components: 9 · findings: 2 (0 act, 0 attend, 0 track*, 2 track)
answered: 2 (1 by VEX, 1 by ignore rules)
1 ignore rule has expired: its finding is back
? 1
$ printf '[[ignore]]\nid = "X"\n' >shop/akashi.toml; akashi scan shop
akashi: shop/akashi.toml:1: the ignore rule for X has no reason
  → say why in reason = "…": whoever reads it next year has to understand
? 3

Never clean by ignorance.

$ akashi scan shop --db nowhere.db --config /dev/null --fail-on never 2>&1 | tail -12
akashi: nowhere.db: there is no advisory database: nothing can be known to be vulnerable
  → make one: akashi db import FILE… or akashi db update

ECOSYSTEM  COMPONENTS  ASSESSED  ADVISORIES  DATA AS OF
Maven               2         0           0  no data
PyPI                3         0           0  no data
npm                 4         0           0  no data

not assessed: 9 components, for want of advisory data
components: 9 · findings: 0 (0 act, 0 attend, 0 track*, 0 track)
? 0
$ akashi scan shop --db nowhere.db --config /dev/null --require-data
akashi: nowhere.db: there is no advisory database: nothing can be known to be vulnerable
  → make one: akashi db import FILE… or akashi db update
? 4
$ akashi scan shop --config /dev/null --fail-on never --max-age 100 >out
akashi: warning: $HOME/.local/share/akashi/advisories.db: the newest advisory of an ecosystem is 1176 days old: run akashi db update or import fresh data
akashi: $HOME/.local/share/akashi/advisories.db: the advisory data are 1176 days old, more than 100
? 4
$ touch empty.json; akashi scan empty.json
akashi: empty.json: this is no SBOM in a format known here
  → known are CycloneDX (JSON, XML) and SPDX (JSON, tag-value, YAML, RDF/XML, JSON-LD)
? 3
$ mkdir nothing; akashi scan nothing
akashi: warning: nothing: no component was found here

components: 0 · findings: 0 (0 act, 0 attend, 0 track*, 0 track)
? 0
$ akashi scan missing.json
akashi: missing.json: cannot open the file: No such file or directory
? 3

Every format is written, and the JSON ones are JSON.

$ rm shop/akashi.toml shop/shop.vex.json; for f in json sarif cyclonedx openvex csaf; do akashi scan -q shop -f $f -o $f.out; python3 -m json.tool $f.out >/dev/null && echo $f; done
json
sarif
cyclonedx
openvex
csaf
? 0
$ akashi scan -q shop -f markdown
# Findings

Time: 2026-01-01T00:00:00Z

| Priority | Component | Vulnerability | Severity | Fixed in | Why |
|---|---|---|---|---|---|
| act | org.apache.logging.log4j/log4j-core@2.14.1 | CVE-2021-44228 | critical 10.0 | 2.15.0 | exploited now (KEV) · automatable · total impact |
| track | minimist@1.2.5 | CVE-2021-44906 | critical 9.8 | 1.2.6 | no exploit known · automatable · total impact |
| track | lodash@4.17.20 | CVE-2021-23337 | high 7.2 | 4.17.21 | no exploit known · needs hand work · total impact |
| track | requests@2.30.0 | CVE-2023-32681 | medium 6.1 | 2.31.0 | no exploit known · needs hand work · partial impact |

## What this stands on

| Ecosystem | Components | Assessed | Data as of |
|---|---|---|---|
| Maven | 2 | 2 | 2022-10-13T00:00:00Z |
| PyPI | 3 | 3 | 2023-05-22T00:00:00Z |
| npm | 4 | 4 | 2023-11-08T00:00:00Z |
? 1
$ akashi scan -q shop -f jsonl | wc -l
4
? 0
$ akashi scan -q shop -f html | grep -c '<script'
0
? 1
