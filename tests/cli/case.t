Cases: verdicts of others, clocks since a listing, what made it possible.
env COLUMNS=120

$ akashi init --name Supplier --role supplier --no-passphrase --origin supplier.example/log >/dev/null; H=$HOME/.local/share/akashi; mkdir -p $H/clocks
? 0
$ cat >$HOME/.local/share/akashi/clocks/since-listing.json <<'END'
> {"id": "since-listing", "title": {"en": "Fourteen days since KEV lists it", "ja": "KEV 掲載から 14 日"}, "zone": "Asia/Tokyo",
>  "deadlines": [{"id": "fixed", "title": {"en": "Fixed", "ja": "修正"}, "binds": "supplier", "when": {"happened": ["kev-listed"]},
>   "starts": "kev-listed", "within": {"days": 14}, "done": ["delivered"], "do": {"en": "Deliver.", "ja": "提供します。"}}]}
> END
? 0
$ printf '[clocks]\nuse = ["kev", "eu-cra", "since-listing"]\n' >>$HOME/.local/share/akashi/akashi.toml
? 0
$ echo '{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"metadata":{"component":{"type":"application","name":"thing","version":"1.0"}},"components":[{"type":"library","name":"left","version":"1.0.0","purl":"pkg:npm/left@1.0.0"}]}' >thing.json; SOURCE_DATE_EPOCH=1796083200 akashi impact import thing.json
added 1, known before 0, failed 0
? 0
$ echo '{"id":"A-1","aliases":["CVE-2026-0001"],"modified":"2026-11-01T00:00:00Z","published":"2026-10-01T00:00:00Z","affected":[{"package":{"ecosystem":"npm","name":"left"},"ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}]}]}' >a.json; echo '{"title":"CISA Catalog of Known Exploited Vulnerabilities","catalogVersion":"1","dateReleased":"2026-11-20T00:00:00.0Z","count":1,"vulnerabilities":[{"cveID":"CVE-2026-0001","vendorProject":"v","product":"p","vulnerabilityName":"n","dateAdded":"2026-11-20","shortDescription":"d","requiredAction":"r","dueDate":"2026-12-11","knownRansomwareCampaignUse":"Unknown"}]}' >kev.json
? 0

Before KEV lists it: nothing runs but what others started. The case is opened on the first of December, the entry came on
the twentieth of November; what KEV's clock counts from is the listing, the CRA's from when we knew.

$ export SOURCE_DATE_EPOCH=1796083200; akashi watch --from a.json >/dev/null; akashi case list
case            priority   status    product  package       upgrade to  next deadline  owner
C-42c65288e3c3  Scheduled  detected  thing    pkg:npm/left  2.0.0       -              -
? 0
$ export SOURCE_DATE_EPOCH=1796169600; akashi watch --from kev.json; akashi case show $(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p')
findings looked at: 1; cases: 0 opened, 1 updated, 0 opened again, 0 advanced, 0 closed, 0 unchanged
case        C-42c65288e3c3
product     thing
package     pkg:npm/left
upgrade to  2.0.0
status      detected
priority    Out-of-Cycle
because     Exploitation: Active · Utility: Efficient (assumed) · Technical Impact: Total (assumed) · Public Safety
            Impact: Minimal (assumed) → Out-of-Cycle
releases    1.0

vulnerability  component           fixed in  exploited
CVE-2026-0001  pkg:npm/left@1.0.0  2.0.0     KEV

clock                                           deadline                                     state
EU Cyber Resilience Act: reporting              Early warning of an exploited vulnerability  in 1 d 0 h
Fourteen days since KEV lists it                Fixed                                        in 2 d 14 h
EU Cyber Resilience Act: reporting              Notification of an exploited vulnerability   in 3 d 0 h
EU Cyber Resilience Act: reporting              Users told                                   in 3 d 0 h
CISA Known Exploited Vulnerabilities: due date  KEV due date                                 in 10 d
EU Cyber Resilience Act: reporting              Final report on the vulnerability            waits for: a fix

entry  time                  step      what
    3  2026-12-01T00:00:00Z  detected  -
    4  2026-12-02T00:00:00Z  updated   -
? 0

An advisory that is touched later moves no deadline.

$ export SOURCE_DATE_EPOCH=1796256000; sed 's/2026-11-01T/2026-12-02T/' a.json >a2.json; akashi watch --from a2.json >/dev/null; akashi case show $(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p') --json | sed -n '/"clocks"/,/^  \]/p'
  "clocks": [
    {
      "profile": "eu-cra",
      "profileTitle": {
        "ja": "EU サイバーレジリエンス法: 報告義務",
        "en": "EU Cyber Resilience Act: reporting"
      },
      "rule": "early-warning",
      "title": {
        "ja": "悪用された脆弱性の早期警告",
        "en": "Early warning of an exploited vulnerability"
      },
      "state": "running",
      "due": "2026-12-03T00:00:00Z",
      "do": {
        "ja": "単一報告プラットフォームで、調整役 CSIRT と ENISA に早期警告を送り、製品を提供している加盟国を示します。",
        "en": "Send an early warning to the coordinating CSIRT and ENISA through the single reporting platform; say in which member states the product is available."
      },
      "source": {
        "ja": "第14条2項(a)",
        "en": "Article 14(2)(a)"
      }
    },
    {
      "profile": "since-listing",
      "profileTitle": {
        "ja": "KEV 掲載から 14 日",
        "en": "Fourteen days since KEV lists it"
      },
      "rule": "fixed",
      "title": {
        "ja": "修正",
        "en": "Fixed"
      },
      "state": "running",
      "due": "2026-12-04T14:59:59Z",
      "do": {
        "ja": "提供します。",
        "en": "Deliver."
      }
    },
    {
      "profile": "eu-cra",
      "profileTitle": {
        "ja": "EU サイバーレジリエンス法: 報告義務",
        "en": "EU Cyber Resilience Act: reporting"
      },
      "rule": "notification",
      "title": {
        "ja": "悪用された脆弱性の通知",
        "en": "Notification of an exploited vulnerability"
      },
      "state": "running",
      "due": "2026-12-05T00:00:00Z",
      "do": {
        "ja": "製品、悪用と脆弱性の概要、実施した措置と利用者が取れる措置、情報の機微度を通知します。",
        "en": "Notify what is known of the product, the exploit and the vulnerability, of what was done and what users can do, and how sensitive the information is."
      },
      "source": {
        "ja": "第14条2項(b)",
        "en": "Article 14(2)(b)"
      }
    },
    {
      "profile": "eu-cra",
      "profileTitle": {
        "ja": "EU サイバーレジリエンス法: 報告義務",
        "en": "EU Cyber Resilience Act: reporting"
      },
      "rule": "users-told",
      "title": {
        "ja": "利用者への通知",
        "en": "Users told"
      },
      "state": "running",
      "due": "2026-12-05T00:00:00Z",
      "do": {
        "ja": "影響を受ける利用者に脆弱性と取れる措置を知らせます。法は「不当な遅滞なく」とし、72 時間はこのプロファイルの解釈です。",
        "en": "Tell the users concerned of the vulnerability and of what they can do. The act says without undue delay; 72 hours are this profile's reading."
      },
      "source": {
        "ja": "第14条8項",
        "en": "Article 14(8)"
      }
    },
    {
      "profile": "kev",
      "profileTitle": {
        "ja": "CISA 既知の悪用された脆弱性 (KEV): 対応期限",
        "en": "CISA Known Exploited Vulnerabilities: due date"
      },
      "rule": "due",
      "title": {
        "ja": "KEV の期限",
        "en": "KEV due date"
      },
      "state": "running",
      "due": "2026-12-12T04:59:59Z",
      "do": {
        "ja": "項目にある更新または緩和策を適用するか、製品の使用をやめます。",
        "en": "Apply the update or the mitigation that the entry names, or take the product out of use."
      }
    },
    {
      "profile": "eu-cra",
      "profileTitle": {
        "ja": "EU サイバーレジリエンス法: 報告義務",
        "en": "EU Cyber Resilience Act: reporting"
      },
      "rule": "final-report",
      "title": {
        "ja": "脆弱性の最終報告",
        "en": "Final report on the vulnerability"
      },
      "state": "waiting",
      "do": {
        "ja": "脆弱性と深刻度・影響、悪用した者について分かること、更新その他の措置を報告します。",
        "en": "Report the vulnerability, its severity and impact, what is known of who exploited it, and the update or other measures."
      },
      "source": {
        "ja": "第14条2項(c)",
        "en": "Article 14(2)(c)"
      }
    }
  ],
? 0

A deadline that was over before anybody looked is missed at once.

$ export SOURCE_DATE_EPOCH=1797984000; akashi case list --due
case            priority      status    product  package       upgrade to  next deadline                           owner
C-42c65288e3c3  Out-of-Cycle  detected  thing    pkg:npm/left  2.0.0       Early warning of an exploited vulnera…  -
? 0

What made it possible, for those who change how things are done.

$ export SOURCE_DATE_EPOCH=1797984000; C=$(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p'); akashi case note $C 'we found out' --cause nonsense; akashi case note $C 'we found out' --cause outdated-component --root-cause 'not updated for a year' --practice 'S(1)-2.2' --practice 'S(3)-3.1'
akashi: --cause cannot be 'nonsense'
  → one of: outdated-component|unknown-component|coding|design|configuration|build|supplier|not-noticed|not-delivered|unavoidable|other
C-42c65288e3c3: noted
? 0
$ C=$(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p'); akashi case show $C | sed -n '/root cause/,/^$/p'; akashi case show $C --json | sed -n '/"rootCause"/,/},/p' | head -8
root cause  outdated-component: not updated for a year
to change   S(1)-2.2, S(3)-3.1

  "rootCause": {
    "class": "outdated-component",
    "text": "not updated for a year",
    "practice": [
      "S(1)-2.2",
      "S(3)-3.1"
    ]
  },
? 0
$ export SOURCE_DATE_EPOCH=1797984000; LANG=ja_JP.UTF-8 akashi case show $(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p')
案件        C-42c65288e3c3
製品        thing
パッケージ  pkg:npm/left
更新先      2.0.0
状態        検出
優先度      臨時対応
理由        悪用: 悪用中 · 有用性: 効率的 (仮定) · 技術的影響: 全面的 (仮定) · 公共の安全への影響: わずか (仮定)
            → 臨時対応
リリース    1.0
根本原因    outdated-component: not updated for a year
改める項目  S(1)-2.2, S(3)-3.1

脆弱性         部品                修正版  悪用
CVE-2026-0001  pkg:npm/left@1.0.0  2.0.0   KEV

時計                                         期限                        状態
EU サイバーレジリエンス法: 報告義務          悪用された脆弱性の早期警告  20 日超過
KEV 掲載から 14 日                           修正                        18 日超過
EU サイバーレジリエンス法: 報告義務          悪用された脆弱性の通知      18 日超過
EU サイバーレジリエンス法: 報告義務          利用者への通知              18 日超過
CISA 既知の悪用された脆弱性 (KEV): 対応期限  KEV の期限                  10 日超過
EU サイバーレジリエンス法: 報告義務          脆弱性の最終報告            開始待ち: 修正

エントリー  日時                  段階  内容
         3  2026-12-01T00:00:00Z  検出  -
         4  2026-12-02T00:00:00Z  更新  -
         6  2026-12-23T00:00:00Z  記録  we found out
? 0
$ export SOURCE_DATE_EPOCH=1797984000; COLUMNS=60 akashi case show $(akashi case list --json | sed -n 's/.*"case": "\(.*\)",/\1/p')
case        C-42c65288e3c3
product     thing
package     pkg:npm/left
upgrade to  2.0.0
status      detected
priority    Out-of-Cycle
because     Exploitation: Active · Utility: Efficient
            (assumed) · Technical Impact: Total (assumed) ·
            Public Safety Impact: Minimal (assumed) →
            Out-of-Cycle
releases    1.0
root cause  outdated-component: not updated for a year
to change   S(1)-2.2, S(3)-3.1

vulnerability  component           fixed in  exploited
CVE-2026-0001  pkg:npm/left@1.0.0  2.0.0     KEV

clock                 deadline              state
EU Cyber Resilience   Early warning of an   20 d over
Act: reporting        exploited
                      vulnerability
Fourteen days since   Fixed                 18 d over
KEV lists it
EU Cyber Resilience   Notification of an    18 d over
Act: reporting        exploited
                      vulnerability
EU Cyber Resilience   Users told            18 d over
Act: reporting
CISA Known Exploited  KEV due date          10 d over
Vulnerabilities: due
date
EU Cyber Resilience   Final report on the   waits for: a fix
Act: reporting        vulnerability

entry  time                  step      what
    3  2026-12-01T00:00:00Z  detected  -
    4  2026-12-02T00:00:00Z  updated   -
    6  2026-12-23T00:00:00Z  noted     we found out
? 0

As it was: the last moment equals now; before the first step there was nothing.

$ export SOURCE_DATE_EPOCH=1797984000; akashi case list --all --json >now.json; akashi case list --all --as-of 7 --json 2>/dev/null >then.json; diff now.json then.json; akashi case list --as-of 2020-01-01 | tail -n +2; akashi case list --all --as-of 4
akashi: warning: --as-of: advisories are those of now, of database bf9138aa65bb, not of that moment
akashi: warning: --as-of: advisories are those of now, of database bf9138aa65bb, not of that moment
case            priority   status    product  package       upgrade to  next deadline  owner
C-42c65288e3c3  Scheduled  detected  thing    pkg:npm/left  2.0.0       -              -
? 0
$ export SOURCE_DATE_EPOCH=1797984000; akashi case list --due; akashi impact findings --sort clock --status all; akashi impact findings --sort clock --status all | tail -n +4 >one; akashi impact findings --sort clock --status all | tail -n +4 | cmp - one
case            priority      status    product  package       upgrade to  next deadline                           owner
C-42c65288e3c3  Out-of-Cycle  detected  thing    pkg:npm/left  2.0.0       Early warning of an exploited vulnera…  -
1 finding

VULNERABILITY  SEVERITY  CVSS  EPSS  KEV  COMPONENT           FIXED IN  STATUS  PRODUCT  VERSION
CVE-2026-0001  unknown               yes  pkg:npm/left@1.0.0  2.0.0     open    thing    1.0
? 0

Views can be deleted at any time: findings and deadlines are there again, and nothing is closed without evidence.

$ export SOURCE_DATE_EPOCH=1797984000; H=$HOME/.local/share/akashi; akashi case list --due >one; akashi impact findings >>one; lose-views; akashi case list --due >two; akashi impact findings >>two; cmp one two && grep -c C-42c two
1
? 0
$ export SOURCE_DATE_EPOCH=1797984000; H=$HOME/.local/share/akashi; lose-views; akashi case close C-42c65288e3c3; akashi rebuild -q >/dev/null; akashi case close C-42c65288e3c3
akashi: C-42c65288e3c3: it cannot be closed: CVE-2026-0001 is still in pkg:npm/left@1.0.0 of 1.0
  → ship and deploy a release without it, or state a verdict: akashi vex add
akashi: C-42c65288e3c3: it cannot be closed: CVE-2026-0001 is still in pkg:npm/left@1.0.0 of 1.0
  → ship and deploy a release without it, or state a verdict: akashi vex add
? 2
$ export SOURCE_DATE_EPOCH=1797984000; H=$HOME/.local/share/akashi; mv $H/advisories.db kept.db; lose-views; akashi case list 2>&1 >/dev/null | sed "s,$HOME,HOME,"; akashi case close C-42c65288e3c3; mv kept.db $H/advisories.db; akashi case list
akashi: warning: HOME/.local/share/akashi: these views were made anew, and findings and deadlines are missing: `akashi watch` finds them
akashi: warning: HOME/.local/share/akashi/advisories.db: cannot open the file: No such file or directory
akashi: warning: $HOME/.local/share/akashi: these views were made anew, and findings and deadlines are missing: `akashi watch` finds them
akashi: warning: $HOME/.local/share/akashi/advisories.db: cannot open the file: No such file or directory
akashi: $HOME/.local/share/akashi/advisories.db: there is no advisory database
case            priority      status    product  package       upgrade to  next deadline                           owner
C-42c65288e3c3  Out-of-Cycle  detected  thing    pkg:npm/left  2.0.0       Early warning of an exploited vulnera…  -
? 0

What came since the last watch counts too: a release with another version that is no better.

$ sed 's/"version":"1.0"/"version":"1.1"/; s/1\.0\.0/1.5.0/g' thing.json >thing-1.1.json; akashi impact import thing-1.1.json; akashi case close C-42c65288e3c3
added 1, known before 0, failed 0
akashi: C-42c65288e3c3: it cannot be closed: CVE-2026-0001 is still in pkg:npm/left@1.5.0 of 1.1
  → ship and deploy a release without it, or state a verdict: akashi vex add
? 2
