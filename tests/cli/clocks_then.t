What a deadline was: exposure, findings and steps of that day, not of this one.

env COLUMNS=140

$ akashi init --name Us --role supplier --no-passphrase --origin us.example/log >/dev/null; mkdir -p $HOME/.local/share/akashi/clocks
? 0
$ cat >$HOME/.local/share/akashi/clocks/ours.json <<'END'
> {"id": "ours", "title": {"en": "Contract with the hospital", "ja": "病院との契約"}, "zone": "Asia/Tokyo", "deadlines": [
>   {"id": "soon", "title": {"en": "Delivered: reachable from outside", "ja": "提供: 外部から到達可能"}, "binds": "supplier",
>    "when": {"exposure": ["open"]}, "starts": "aware", "within": {"days": 3}, "done": ["delivered"], "do": {"en": "Deliver.", "ja": "提供します。"}},
>   {"id": "later", "title": {"en": "Delivered", "ja": "提供"}, "binds": "supplier",
>    "when": {"exposure": ["small"]}, "starts": "aware", "within": {"days": 30}, "done": ["delivered"], "do": {"en": "Deliver.", "ja": "提供します。"}}]}
> END
? 0
$ printf '[clocks]\nuse = ["ours"]\n' >>$HOME/.local/share/akashi/akashi.toml
? 0
$ for p in east west; do echo '{"product":"'$p'","version":"1.0","sbom":{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[{"type":"library","name":"left","version":"1.0.0","purl":"pkg:npm/left@1.0.0"}]}}'; done >sboms.jsonl
? 0
$ echo '{"id":"A-1","aliases":["CVE-2026-0001"],"modified":"2026-11-01T00:00:00Z","published":"2026-10-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"left"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}' >a.json
? 0

On the first of December east is open to the network, west is not; on the third it is the other way round.

$ export SOURCE_DATE_EPOCH=1796083200; akashi impact import -q sboms.jsonl; akashi deploy add -q e --product east --exposure open; akashi deploy add -q w --product west --exposure small; akashi watch -q --from a.json
> akashi case list --due; akashi impact findings --sort clock
added 2, known before 0, failed 0
e: added, entry 4
w: added, entry 5
findings looked at: 2; cases: 2 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
case            priority   status    product  package       upgrade to  next deadline                                   owner
C-d305f4b72cd3  Scheduled  detected  east     pkg:npm/left  2.0.0       Delivered: reachable from outside: in 3 d 14 h  -
C-06bd50f0184f  Scheduled  detected  west     pkg:npm/left  2.0.0       Delivered: in 30 d                              -
2 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT           FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    east     1.0
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    west     1.0
? 0
$ export SOURCE_DATE_EPOCH=1796256000; akashi deploy add -q e --exposure small; akashi deploy add -q w --exposure open; akashi watch -q
> akashi case list --due; akashi impact findings --sort clock
e: changed, entry 7
w: changed, entry 8
findings looked at: 2; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 0 closed, 2 unchanged
case            priority   status    product  package       upgrade to  next deadline                                   owner
C-06bd50f0184f  Scheduled  detected  west     pkg:npm/left  2.0.0       Delivered: reachable from outside: in 1 d 14 h  -
C-d305f4b72cd3  Scheduled  detected  east     pkg:npm/left  2.0.0       Delivered: in 28 d                              -
2 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT           FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    west     1.0
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    east     1.0
? 0
$ export SOURCE_DATE_EPOCH=1796256000; akashi case list -q --due --as-of 2026-12-02; akashi impact findings -q --sort clock --as-of 2026-12-02
case            priority   status    product  package       upgrade to  next deadline                                   owner
C-d305f4b72cd3  Scheduled  detected  east     pkg:npm/left  2.0.0       Delivered: reachable from outside: in 1 d 15 h  -
C-06bd50f0184f  Scheduled  detected  west     pkg:npm/left  2.0.0       Delivered: in 28 d                              -
2 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT           FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    east     1.0
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    west     1.0
? 0
$ export SOURCE_DATE_EPOCH=1796256000; q="akashi impact findings -q --sort clock --as-of 2026-12-02 --limit 1"; $q | sed 's/--page .*/--page …/'; $q --page $($q | sed -n 's/.*--page //p')
2 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT           FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    east     1.0

the next ones: --page …
2 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT           FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    west     1.0
? 0

One case, of both days; one that is closed now was open then.

$ export SOURCE_DATE_EPOCH=1796256000; case=$(akashi case list --json | python3 -c 'import json,sys; print([c for c in json.load(sys.stdin) if c["product"] == "east"][0]["case"])'); echo $case >case
> akashi case show $case --as-of 2026-12-02; akashi case note $case "looked at"; akashi --lang ja case show $case
akashi: warning: --as-of: advisories are those of now, of database 0ad24bd22a91, not of that moment
case         C-d305f4b72cd3
product      east
package      pkg:npm/left
upgrade to   2.0.0
status       detected
priority     Scheduled
because      Exploitation: None · System Exposure: Open · Automatable: Yes (assumed) · Human Impact: Medium (assumed) → Scheduled
releases     1.0
deployments  e

vulnerability  component           fixed in  exploited
CVE-2026-0001  pkg:npm/left@1.0.0  2.0.0     -

clock                       deadline                           state
Contract with the hospital  Delivered: reachable from outside  in 1 d 15 h

entry  time                  step      what
    6  2026-12-01T00:00:00Z  detected  -
C-d305f4b72cd3: noted
案件        C-d305f4b72cd3
製品        east
パッケージ  pkg:npm/left
更新先      2.0.0
状態        検出
優先度      計画対応
理由        悪用: なし · システムの露出: 開放 · 自動化: 可 (仮定) · 人への影響: 中 (仮定) → 計画対応
リリース    1.0
稼働先      e

脆弱性         部品                修正版  悪用
CVE-2026-0001  pkg:npm/left@1.0.0  2.0.0   -

時計          期限  状態
病院との契約  提供  あと 28 日

エントリー  日時                  段階  内容
         6  2026-12-01T00:00:00Z  検出  -
        10  2026-12-03T00:00:00Z  記録  looked at
? 0
$ akashi case show $(cat case) --as-of 2026-11-30
akashi: C-d305f4b72cd3: this case was not open then
? 2
$ export SOURCE_DATE_EPOCH=1796342400; akashi vex add CVE-2026-0001 --product east --status not_affected --justification vulnerable_code_not_present -q >/dev/null; akashi impact findings -q --sort clock --status answered
1 finding

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT           FIXED IN  STATUS        PRODUCT  VERSION
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     not_affected  east     1.0
? 0
$ export SOURCE_DATE_EPOCH=1796342400; akashi watch -q; akashi case list --due; akashi impact findings --sort clock --status all; akashi impact findings -q --sort clock --status all --as-of 2026-12-02
findings looked at: 2; cases: 0 opened, 0 updated, 0 opened again, 0 advanced, 1 closed, 1 unchanged
case            priority   status    product  package       upgrade to  next deadline                                      owner
C-06bd50f0184f  Scheduled  detected  west     pkg:npm/left  2.0.0       Delivered: reachable from outside: in 14 h 59 min  -
2 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT           FIXED IN  STATUS        PRODUCT  VERSION
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open          west     1.0
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     not_affected  east     1.0
2 findings

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT           FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    east     1.0
CVE-2026-0001  unknown               no   pkg:npm/left@1.0.0  2.0.0     open    west     1.0
? 0

Names of profiles and deadlines stand in the data of both languages; JSON has both.

$ SOURCE_DATE_EPOCH=1796342400 akashi case list --json --all | sed -n '/"next"/,/"due"/p'
    "next": {
      "profile": "ours",
      "profileTitle": {
        "ja": "病院との契約",
        "en": "Contract with the hospital"
      },
      "rule": "soon",
      "title": {
        "ja": "提供: 外部から到達可能",
        "en": "Delivered: reachable from outside"
      },
      "state": "running",
      "due": "2026-12-04T14:59:59Z"
? 0

What the views hold is what views made anew hold, however many questions were asked of them.

$ akashi store dump >one; akashi rebuild >/dev/null; akashi store dump >two; cmp one two && akashi store dump --digest >three; akashi case list --due >/dev/null; akashi impact findings --sort clock >/dev/null; akashi store dump --digest | cmp - three && echo same
same
? 0
