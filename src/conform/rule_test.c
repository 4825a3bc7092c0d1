/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/rule.h"

#include "base/testing.h"

static const struct {
    const char *rule, *en, *ja;
} rows[] = {
    {"{\"kind\":\"hardening\",\"shipped_within_days\":365,\"where\":[{\"fact\":\"meets\",\"is\":\"standard\"}]}",
     "every release of the last 365 days: hardening report, policy met: standard",
     "すべてのリリース (直近 365 日): 堅牢化の報告、満たす基準: standard"},
    {"{\"kind\":\"sbom\",\"share\":0.95,\"where\":[{\"fact\":\"identified\",\"at_least\":0.95},{\"fact\":\"edges\","
     "\"is\":true}]}",
     "95 % of the releases: SBOM, components identified: ≥ 95 %, says what depends on what",
     "95 % のリリース: SBOM、識別できた部品: ≥ 95 %、依存関係の記載"},
    {"{\"kind\":\"archive-check\",\"within_days\":90,\"where\":[{\"fact\":\"faults\",\"is\":0},{\"fact\":\"copy\","
     "\"is\":false}]}",
     "archive check, faults: 0, not of a copy elsewhere; no older than 90 days",
     "アーカイブの点検、異常: 0、別の場所の写し: なし。90 日以内のもの"},
    {"{\"kind\":\"party\",\"about\":\"customers\",\"least\":3,\"by\":\"any\"}",
     "every customer: party stated; at least 3 of them; whoever signed it",
     "すべての顧客: 組織の記載。3 件以上。署名者は問わない"},
    {"{\"any\":[{\"kind\":\"cosignature\",\"where\":[{\"fact\":\"witnesses\",\"at_least\":1}]},{\"kind\":\"watch\"}]}",
     "log cosigned by a witness, witnesses: ≥ 1, or watch for new vulnerabilities",
     "証人によるログへの連署、証人: ≥ 1、または、新しい脆弱性の監視"},
    {"{\"kind\":\"watch\",\"says\":{\"ja\":\"見ている\",\"en\":\"it is watched\"}}", "it is watched", "見ている"},
};

static void rules_in_words(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json doc;
        struct rules rules;
        str text = arena_printf(t->a, "[%s]", rows[i].rule);
        assert_true(json_parse(&t->ctx, t->a, text, JSON_STRICT, S("r"), &doc, &t->e));
        assert_true(rule_list_read(t->a, &doc, doc.root, &rules, &t->e));
        msg_init("en");
        check_str(rule_text(t->a, &rules.v[0]), rows[i].en);
        msg_init("ja");
        check_str(rule_text(t->a, &rules.v[0]), rows[i].ja);
    }
    msg_init("en");
}

/* Nobody has to read names of facts: every kind and fact of facts.list has words. */
static void every_fact_has_words(void **state) {
    struct testing *t = *state;
    static const char *const kinds[] = {
#define FACTS(kind, abouts, facts) kind,
#include "conform/facts.list"
#undef FACTS
    };
    msg_init("ja");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const struct fact_kind *k = fact_kind_of(str_of(kinds[i]));
        struct rule r = {.kind = str_of(k->kind), .share = 1};
        if (str_eq(rule_text(t->a, &r), r.kind))
            fail_msg("kind_words lacks %s", k->kind);
        str rest = str_of(k->facts), fact;
        while (str_next(&rest, ' ', &fact)) {
            struct fact_test test = {.fact = fact, .number = 1};
            struct rule one = {.kind = S("watch"), .where = {&test, 1, 1}};
            if (str_find(rule_text(t->a, &one), arena_cat(t->a, S(", "), fact)) != STR_NONE)
                fail_msg("fact_words lacks %.*s of %s", STR_ARG(fact), k->kind);
        }
    }
    msg_init("en");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(rules_in_words), TEST(every_fact_has_words)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
