/* SPDX-License-Identifier: Apache-2.0
 *
 * What people do in the demo besides cases: contracts, offers and answers, a person's word, a declaration and what a
 * customer says against it. Customers have homes of their own while the demo is made, so that both sides really sign.
 */
#include "cli/demo.h"
#include "cli/script.h"

#define OWN(who)                                                                                                       \
    "akashi init --home " who " --name " who " --role customer --no-passphrase --origin " who ".example/log"
#define EXPORT(who) "akashi key export --home " who " -o " who ".pem"
#define TRUST(who) "akashi key trust " who ".pem --name " who
#define TRUSTED(who) "akashi key trust hinata.pem --name hinata --home " who
#define CUSTOMER(who, day)                                                                                             \
    {day, .line = OWN(who)}, {day, .line = EXPORT(who)}, {day, .line = TRUST(who)}, { day, .line = TRUSTED(who) }
#define CONTRACT(id, kind, side, title, days)                                                                          \
    "akashi contract add " id " --kind " kind " --side " side " --title '" title "' --catalogue cip --from {" days "}"
#define ATTEST(practice, level, text)                                                                                  \
    "akashi conform attest " practice " --level " level                                                                \
    " --person '早川 理恵 (Hayakawa Rie)' --title CISO --text '" text "' --document policy.txt --quiet"

/* {A5} is the fifth advisory; {D-30} the day thirty days ago; {D5} in five days. */
static const struct script_step steps[] = {
    {-719, .line = "akashi key export -o hinata.pem"},
    CUSTOMER("shiraho", -719),
    CUSTOMER("kirigahara", -719),
    CUSTOMER("tamayura", -719),
    /* contracts */
    {-700,
     .line = CONTRACT("shiraho-maintenance", "contract", "customer=shiraho",
                      "医療系システム保守 (Maintenance of medical systems)",
                      "D-700") " --until {D300} --holds 'S(3)-2.1=supplier' --holds 'S(1)-4.1=operator' --holds "
                               "'S(6)-2.3=customer' --clock 'critical patch=7d' --clock 'answer=1d' --responsibility "
                               "'更新の判断は病院が行う (the hospital decides on updates)' --rights "
                               "'SBOMは院内で利用できる (SBOMs may be "
                               "used within the hospital)'"},
    {-690,
     .line = CONTRACT(
         "kirigahara-core", "cloud", "customer=kirigahara", "住民系システム (Resident systems as a service)",
         "D-690") " --until {D40} --holds 'S(3)-2.1=supplier' --holds 'S(2)-2.3=supplier' --clock 'critical patch=3d'"},
    {-680, .line = CONTRACT("tamayura-control", "sla", "customer=tamayura", "制御系保守 (Control systems maintenance)",
                            "D-680") " --holds 'S(3)-2.1=shared' --holds 'S(6)-1.2=customer' --clock 'critical "
                                     "patch=14d' --cost '緊急対応は月次費用に含む "
                                     "(emergency work is within the monthly fee)'"},
    {-680, .line = CONTRACT("kaede-sub", "subcontract", "sub=kaede", "医療パッケージ供給 (Supply of medical packages)",
                            "D-680") " --holds 'S(2)-1.1=developer' --holds 'S(3)-1.2=developer'"},
    {-670,
     .line = CONTRACT("minamo-sub", "subcontract", "sub=minamo", "制御パッケージ供給 (Supply of control packages)",
                      "D-670") " --holds 'S(2)-1.1=developer'"},
    /* decisions of long ago */
    {-401, .line = "akashi decide offer '電子カルテを最新版へ更新 (Update medical records)' --customer shiraho "
                   "--measure upgrade --product emr "
                   "--risk '診療録が読まれるおそれ (records could be read)' --cost-customer '夜間1時間の停止 (one hour "
                   "at night)' --deadline "
                   "{D-380} --if-not '外部接続を止める (outside links are cut)' --to o1.json"},
    {-396, .line = "akashi decide answer o1.json --home shiraho --accept --reason '夜間に実施 (to be done at night)' "
                   "--person '青木 潤 "
                   "(Aoki Jun)' --role CIO --to a1.json"},
    {-395, .line = "akashi decide receive a1.json --to d1.json"},
    {-300, .line = "akashi decide offer '遠隔保守経路の分離 (Separate the maintenance line)' --customer kirigahara "
                   "--measure segmentation "
                   "--product remote-support --risk '保守回線からの侵入 (intrusion by the maintenance line)' "
                   "--deadline {D-270} --to "
                   "o2.json"},
    {-290, .line = "akashi decide answer o2.json --home kirigahara --accept --reason '予算内 (within budget)' --person "
                   "'森 由紀 (Mori "
                   "Yuki)' --role 情報政策課長 --to a2.json"},
    {-289, .line = "akashi decide receive a2.json --to d2.json"},
    /* a person's word */
    {-200, .file = "policy.txt",
     .content = "セキュリティ方針 (Security policy)\n作業の前に確認し、記録する。 (Check before you act, and write it "
                "down.)\n"},
    {-200, .line = ATTEST("'S(4)-1.1'", "2", "方針を定めた (the policy is signed)")},
    {-200, .line = ATTEST("'S(4)-2.1'", "2", "開発方針 (development policy)")},
    {-199, .line = ATTEST("'S(4)-3.1'", "1", "運用方針 (operation policy)")},
    {-199, .line = ATTEST("'S(4)-3.2'", "2", "報告義務の一覧 (list of duties to report)")},
    {-198, .line = ATTEST("'S(1)-2.1'", "2", "開発手順書 (process in writing)")},
    {-198, .line = ATTEST("'S(4)-4.2'", "2", "出荷判定基準 (criteria for releases)")},
    {-197, .line = ATTEST("'S(3)-2.1'", "1", "対応手順 (how flaws are dealt with)")},
    {-150, .line = ATTEST("'S(2)-2.1'", "1", "二要素認証 (two factors for the code base)")},
    {-150, .line = ATTEST("'S(4)-6.3'", "1", "鍵の保管 (where keys are kept)")},
    {-150, .line = ATTEST("'S(5)-2.2'", "1", "連絡会に参加 (takes part in the council)")},
    {-148, .line = ATTEST("'S(1)-1.1'", "1", "脅威の一覧 (threats listed)")},
    {-148, .line = ATTEST("'S(1)-4.2'", "1", "当番表 (who is on duty)")},
    {-147, .line = ATTEST("'S(3)-3.1'", "1", "四半期の振返り (quarterly review)")},
    {-147, .line = ATTEST("'S(4)-1.2'", "1", "年1回の研修 (training once a year)")},
    {-147, .line = ATTEST("'S(4)-5.1'", "1", "道具の一覧 (list of tools)")},
    {-147, .line = ATTEST("'S(4)-6.2'", "1", "端末の台帳 (list of machines)")},
    {-147, .line = "akashi conform attest 'S(1)-2.2' --not-applicable '実行形式を出荷しない (no programs are shipped)' "
                   "--person '早川 "
                   "理恵 (Hayakawa Rie)' --title CISO --quiet"},
    {-140, .line = "akashi conform cost add 'S(1)-2.1' --hours 40 --money 320000 --text '手順書 (process)'"},
    {-139, .line = "akashi conform cost add 'S(3)-1.1' --hours 12 --text '監視の設定 (watching set up)'"},
    /* declined, and exploited since */
    {-98, .line = "akashi decide offer '部品の更新 (Update a library)' --customer tamayura --measure patch --product "
                  "dispatch-desk "
                  "--flaw {A32} --risk '指令卓が止まるおそれ (the desk may stop)' --cost-customer '計画停止2時間 (two "
                  "planned hours)' "
                  "--deadline {D-80} --to o3.json"},
    {-95,
     .line = "akashi decide answer o3.json --home tamayura --decline --reason '夏季は止められない (no outage in "
             "summer)' --person "
             "'堀 健吾 (Hori Kengo)' --role 制御部長 --risk-owner '堀 健吾 (Hori Kengo)' --review {D60} --to a3.json"},
    {-94, .line = "akashi decide receive a3.json --to d3.json"},
    {-62, .line = "akashi decide offer '旧受付機の置換え (Replace old kiosks)' --customer shiraho --measure "
                  "replacement --product "
                  "reception-kiosk --risk '修正が提供されない (no more fixes)' --cost-customer '端末12台 (twelve "
                  "kiosks)' --deadline {D-40} "
                  "--to o4.json"},
    {-50, .line = "akashi decide answer o4.json --home shiraho --decline --reason '来年度予算で実施 (next year)' "
                  "--person '青木 潤 (Aoki "
                  "Jun)' --role CIO --risk-owner '青木 潤 (Aoki Jun)' --review {D90} --to a4.json"},
    {-49, .line = "akashi decide receive a4.json --to d4.json"},
    {-46, .line = "akashi archive check --sample 2 --state"},
    /* a declaration, and what a customer says against it */
    {-46, .line = "akashi watch --quiet"},
    {-45,
     .line =
         "akashi conform declare --package minimum --product single-sign-on --product message-bus --claim 'S(1)-4.1=1: "
         "稼働先台帳で確認した (checked in the register)' --claim 'S(2)-3.1=1: 個別契約で定めた (agreed one by one)' "
         "--claim "
         "'S(6)-1.2=1: 顧客と合意した (agreed with customers)' --claim 'S(6)-2.2=1: 稼働先台帳 (register of "
         "deployments)' --person "
         "'早川 理恵 (Hayakawa Rie)' --title CISO --to declaration.json",
     .keep = "DEC=D-"},
    {-44, .line = "akashi conform declaration give {DEC} --to-party shiraho --to given.json"},
    {-43, .line = "akashi conform receive given.json --home shiraho"},
    {-43, .line = "akashi conform receive declaration.json --home kirigahara"},
    {-40, .line = "akashi conform endorse declaration.json --home shiraho --checked 'S(1)-3.1=2: テスト結果を照合した "
                  "(test results "
                  "compared)' --person '青木 潤 (Aoki Jun)' --title CIO --to endorsed.json"},
    {-39, .line = "akashi conform receive endorsed.json"},
    {-31, .line = "akashi decide offer '証明書発行の更新 (Update certificate desk)' --customer kirigahara --measure "
                  "upgrade --product "
                  "certificate-desk --risk '発行の停止 (issuing may stop)' --deadline {D-15} --to o5.json"},
    {-28, .line = "akashi decide answer o5.json --home kirigahara --defer {D-5} --reason '年末処理の後 (after the "
                  "year-end work)' "
                  "--person '森 由紀 (Mori Yuki)' --role 情報政策課長 --risk-owner '森 由紀 (Mori Yuki)' --review "
                  "{D-5} --to a5.json"},
    {-27, .line = "akashi decide receive a5.json --to d5.json"},
    {-20, .line = "akashi decide offer '時刻同期の更新 (Update plant historian)' --customer tamayura --measure patch "
                  "--product historian "
                  "--risk '記録の欠落 (records may be lost)' --deadline {D10} --to o6.json"},
    {-18, .line = "akashi decide answer o6.json --home tamayura --alternative '遮断装置で隔離 (isolated by a data "
                  "diode)' --reason '運転中 "
                  "(in operation)' --person '堀 健吾 (Hori Kengo)' --role 制御部長 --risk-owner '堀 健吾 (Hori Kengo)' "
                  "--review {D120} "
                  "--to a6.json"},
    {-17, .line = "akashi decide receive a6.json --to d6.json"},
    {-9, .file = "finding.txt", .content = "夜間に当番へつながらなかった。 (Nobody on duty answered one night.)\n"},
    {-9, .line = "akashi conform challenge declaration.json --home kirigahara --practice 'S(1)-4.2' --text "
                 "'夜間の当番につながらない "
                 "(nobody on duty answers at night)' --evidence finding.txt --contact joho@kirigahara.example --to "
                 "challenge.json"},
    {-8, .line = "akashi conform receive challenge.json"},
    {-6, .line = "akashi decide offer '検査ゲートウェイの更新 (Update analyser gateway)' --customer shiraho --measure "
                 "patch --product "
                 "lab-gateway --risk '検査結果の遅れ (results may be late)' --deadline {D5} --to o7.json"},
    {-5, .line = "akashi decide offer '収納の監視強化 (Watch the payment gateway)' --customer kirigahara --measure "
                 "monitoring --product "
                 "payment-gateway --risk '不正な収納 (false payments)' --deadline {D-1} --to o8.json"},
    {-3, .line = "akashi vex publish single-sign-on --to vex --quiet"},
    {-1, .line = "akashi notify send --quiet"},
    {0},
};

static void add_names(struct demo *d, struct script *s) {
    for (uint32_t i = 0; i < DEMO_ADVISORIES; i++)
        script_name(s, arena_printf(d->a, "A%u", i + 1), d->advisories->of[i].id);
    for (int day = DEMO_BEGIN; day <= 400; day++)
        script_name(s, arena_printf(d->a, "D%d", day), demo_date(d, day));
}

static bool in_time(struct script *s, const struct script_step *list, int from, int to, struct err *e) {
    for (const struct script_step *x = list; x->file || x->line; x++)
        if (x->day >= from && x->day < to && !script_step(s, x, e))
            return false;
    return true;
}

bool demo_people(struct demo *d, int from, int to, struct err *e) {
    struct script s = {.play = d->play, .begin = d->today, .latest = d->now};
    map_init(&s.names, d->a);
    add_names(d, &s);
    s.play.now = d->play.now;
    return in_time(&s, steps, from, to, e);
}
