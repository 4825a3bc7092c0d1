/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/ssvc.h"

#include "base/testing.h"

static struct ssvc_set tables(struct testing *t) {
    struct ssvc_set set;
    if (!ssvc_load(&t->ctx, t->a, (str){NULL, 0}, &set, &t->e))
        fail_msg("%s: %s", t->e.where, t->e.what);
    return set;
}

static void know(struct testing *t, struct ssvc_inputs *in, const char *text) {
    str rest = str_of(text), part, point, value;
    while (str_next(&rest, ',', &part))
        if (str_cut(part, '=', &point, &value))
            *vec_push(t->a, in) = (struct ssvc_input){point, value};
}

static void decisions(void **state) {
    struct testing *t = *state;
    struct ssvc_set set = tables(t);
    static const struct {
        const char *table, *known, *want;
    } rows[] = {
        {"deployer", "E=none,EXP=small,A=no,HI=low", "Defer"},
        {"deployer", "E=A,EXP=O,A=Y,HI=VH", "Immediate"},
        {"deployer", "E=active,EXP=open,A=no,HI=high", "Out-of-Cycle"},
        {"deployer", "E=N,EXP=O,A=Y,HI=VH", "Out-of-Cycle"},
        {"deployer", "E=A,EXP=O,A=Y,SI=critical,MI=mef failure", "Immediate"}, /* human impact high */
        {"deployer", "E=A,EXP=O,A=N,SI=N,MI=D", "Scheduled"},                  /* low */
        {"deployer", "E=A,EXP=O,A=N,MI=MF", "Immediate"},                      /* very high whatever the safety */
        {"supplier", "E=P,A=yes,VD=concentrated,TI=partial,SI=negligible", "Out-of-Cycle"},
        {"supplier", "E=N,A=no,VD=diffuse,TI=partial,PSI=minimal", "Defer"},
        {"supplier", "E=A,U=S,TI=P,PSI=M", "Immediate"},
        {"cisa", "E=A,A=Y,TI=T,MWI=M", "Act"},
        {"cisa", "E=none,A=no,TI=total,MWI=high", "Track*"},
        {"bod-26-04", "KEV=N,PE=N,A=N,TI=P", "Fix on system upgrade"},
        {"bod-26-04", "KEV=Y,PE=Y,A=Y,TI=T", "3 days & forensic investigation"},
        {"bod-26-04", "KEV=N,PE=Y,A=Y,TI=T", "3 days"},
        {"bod-26-04", "KEV=Y,PE=N,A=N,TI=P", "14 days"},
        {"bod-26-04", "KEV=N,PE=Y,A=N,TI=P", "60 days"},
        {"bod-26-04", "KEV=Y,PE=Y,A=N,TI=T,KEV=N", "14 days"}, /* the later word counts */
        {"human-impact", "SI=C,MI=D", "Very High"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct ssvc_table *table = ssvc_table(&set, str_of(rows[i].table));
        struct ssvc_inputs in = {0};
        struct ssvc_decision d;
        assert_non_null(table);
        know(t, &in, rows[i].known);
        if (!ssvc_decide(&set, t->a, table, &in, &d, &t->e))
            fail_msg("%s: %s", rows[i].known, t->e.what);
        check_str(ssvc_outcome(&d)->name.en, rows[i].want);
    }
}

/* Scans decide by the same CISA tree, packed into priority.c. */
static void one_cisa_tree(void **state) {
    struct testing *t = *state;
    struct ssvc_set set = tables(t);
    const struct ssvc_table *table = ssvc_table(&set, S("cisa"));
    static const char *const e[] = {"N", "P", "A"}, *const no_yes[] = {"N", "Y"}, *const ti[] = {"P", "T"},
                             *const mwi[] = {"L", "M", "H"};
    for (int i = 0; i < 36; i++) {
        struct priority_facts f = {(enum exploitation)(i / 12), i / 6 % 2, i / 3 % 2, (enum mission)(i % 3)};
        struct ssvc_inputs in = {0};
        struct ssvc_decision d;
        know(t, &in,
             arena_cstr(t->a, arena_printf(t->a, "E=%s,A=%s,TI=%s,MWI=%s", e[i / 12], no_yes[i / 6 % 2], ti[i / 3 % 2],
                                           mwi[i % 3])));
        assert_true(ssvc_decide(&set, t->a, table, &in, &d, &t->e));
        assert_int_equal(d.outcome, priority_decide(&f));
        assert_true(str_ieq(ssvc_outcome(&d)->name.en, str_of(priority_name(priority_decide(&f)))));
    }
}

/* What one wrote in English another reads in Japanese, and the other way round; a person's reason stays. */
static void a_path_is_read_in_either_language(void **state) {
    struct testing *t = *state;
    struct ssvc_set set = tables(t);
    struct ssvc_inputs in = {0};
    struct ssvc_decision d;
    assert_true(ssvc_decide(&set, t->a, ssvc_table(&set, S("deployer")), &in, &d, &t->e));
    str en = ssvc_path(t->a, &d, "en"), ja = ssvc_path(t->a, &d, "ja");
    assert_false(str_eq(en, ja));
    assert_int_not_equal(str_find(ja, S("(仮定)")), STR_NONE);
    assert_true(str_eq(ssvc_path_text(&set, t->a, S("deployer"), ja), en));
    msg_init("ja");
    assert_true(str_eq(ssvc_path_text(&set, t->a, S("deployer"), en), ja));
    check_str(ssvc_outcome_text(&set, S("deployer"), S("Out-of-Cycle")), "臨時対応");
    check_str(ssvc_outcome_text(&set, S("deployer"), S("Never")), "Never");
    check_str(ssvc_outcome_text(&set, S("nowhere"), S("Defer")), "Defer");
    msg_init("en");
    check_str(ssvc_outcome_text(&set, S("deployer"), S("Out-of-Cycle")), "Out-of-Cycle");
    static const char *const others[] = {"", "because it is so → really", "Exploitation: Active",
                                         "Exploitation: Often → Defer", "Exploitation: Active → Never"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        check_str(ssvc_path_text(&set, t->a, S("deployer"), str_of(others[i])), others[i]);
    check_str(ssvc_path_text(&set, t->a, S("nowhere"), en), arena_cstr(t->a, en));
}

static void the_path_tells(void **state) {
    struct testing *t = *state;
    struct ssvc_set set = tables(t);
    struct ssvc_inputs in = {0};
    struct ssvc_decision d;
    struct advisory about = {.kev = true, .epss = -1};
    ssvc_of_advisory(t->a, &about, S("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), &in);
    ssvc_of_service(t->a, 3600, 10, 0, &in);
    assert_true(ssvc_decide(&set, t->a, ssvc_table(&set, S("deployer")), &in, &d, &t->e));
    check_str(ssvc_path(t->a, &d, "en"),
              "Exploitation: Active · System Exposure: Open (assumed) · Automatable: Yes · Human "
              "Impact: Very High → Immediate");
    assert_int_equal(ssvc_rank(&d), 100);
    assert_int_equal(d.steps.v[3].how, SSVC_DERIVED);
    assert_false(ssvc_override(&d, S("scheduled"), S("  "), S("yamada"), &t->e));
    assert_false(ssvc_override(&d, S("later"), S("because"), S("yamada"), &t->e));
    assert_string_equal(t->e.hint, "one of: Defer, Scheduled, Out-of-Cycle, Immediate");
    assert_true(ssvc_override(&d, S("scheduled"), S("behind a one-way gateway"), S("yamada"), &t->e));
    check_str(ssvc_path(t->a, &d, "en"),
              "Exploitation: Active · System Exposure: Open (assumed) · Automatable: Yes · Human Impact: Very High → "
              "Immediate; decided as Scheduled by yamada: behind a one-way gateway");
    assert_int_equal(ssvc_rank(&d), 33);
    check_str(str_upto(ssvc_path(t->a, &d, "ja"), 14), "悪用: 悪用");
}

static void what_is_known(void **state) {
    struct testing *t = *state;
    struct ssvc_inputs in = {0};
    struct advisory bare = {.epss = -1};
    ssvc_of_advisory(t->a, &bare, (str){NULL, 0}, &in); /* exploitation and KEV only */
    assert_int_equal(in.n, 2);
    ssvc_of_exposure(t->a, S("unknown"), &in);
    ssvc_of_exposure(t->a, (str){NULL, 0}, &in);
    ssvc_of_service(t->a, -1, -1, 0, &in);
    assert_int_equal(in.n, 2);
    static const struct {
        int64_t mtpd, population;
        unsigned substitutes;
        const char *mission;
    } rows[] = {{30 * 86400, -1, 0, "D"},        {5 * 86400, -1, 0, "MSC"},
                {86400, 10, 0, "MEF"},           {3600, 10, 0, "MF"},
                {3600, 10, 60, "MEF"},           {86400, 2000000, 0, "MF"},
                {30 * 86400, 2000000, 0, "MSC"}, {30 * 86400, -1, 100, "D"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        in.n = 0;
        ssvc_of_service(t->a, rows[i].mtpd, rows[i].population, rows[i].substitutes, &in);
        check_str(in.v[0].value, rows[i].mission);
    }
}

static void the_worse_stays(void **state) {
    struct testing *t = *state;
    struct ssvc_inputs all = {0}, one = {0}, two = {0};
    know(t, &one, "E=P,KEV=N,A=Y");
    know(t, &two, "E=N,KEV=Y,TI=P");
    ssvc_join(t->a, &one, &all);
    ssvc_join(t->a, &two, &all);
    ssvc_join(t->a, &one, &all);
    struct ssvc_set set = tables(t);
    struct ssvc_decision d;
    assert_true(ssvc_decide(&set, t->a, ssvc_table(&set, S("cisa")), &all, &d, &t->e));
    check_str(str_upto(ssvc_path(t->a, &d, "en"), 40), "Exploitation: Public PoC \xC2\xB7 Automatable:");
    assert_true(ssvc_decide(&set, t->a, ssvc_table(&set, S("bod-26-04")), &all, &d, &t->e));
    check_str(str_upto(ssvc_path(t->a, &d, "en"), 11), "In KEV: Yes");
}

#define POINT(id, key, values) "\"" id "\":{\"key\":\"" key "\",\"values\":[" values "]}"
#define YES_NO "{\"key\":\"N\"},{\"key\":\"Y\"}"
static void faults(void **state) {
    struct testing *t = *state;
    struct ssvc_set set = tables(t);
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"{\"decision_points\":{" POINT("a", "A", YES_NO) "," POINT(
             "o", "O", YES_NO) "},\"outcome\":\"o\",\"mapping\":["
                               "{\"a\":\"N\",\"o\":\"N\"},{\"a\":\"Y\",\"o\":\"Y\"}]}",
         NULL},
        {"{\"decision_points\":{" POINT("a", "A", YES_NO) "," POINT("o", "O",
                                                                    YES_NO) "},\"outcome\":\"o\",\"mapping\":["
                                                                            "{\"a\":\"N\",\"o\":\"N\"}]}",
         "x#/mapping"},
        {"{\"decision_points\":{" POINT("a", "A", YES_NO) "," POINT(
             "o", "O", YES_NO) "},\"outcome\":\"o\",\"mapping\":["
                               "{\"a\":\"N\",\"o\":\"N\"},{\"a\":\"N\",\"o\":\"Y\"}]}",
         "x#/mapping/1"},
        {"{\"decision_points\":{" POINT("a", "A", YES_NO) "," POINT("o", "O",
                                                                    YES_NO) "},\"outcome\":\"o\",\"mapping\":["
                                                                            "{\"a\":\"M\",\"o\":\"N\"}]}",
         "x#/mapping/0"},
        {"{\"decision_points\":{" POINT("a", "A", YES_NO) "," POINT("o", "O",
                                                                    YES_NO) "},\"outcome\":\"p\",\"mapping\":[]}",
         "x#"},
        {"{\"decision_points\":{" POINT("a", "A", "{\"key\":\"N\"},{\"key\":\"N\"}") "," POINT(
             "o", "O", YES_NO) "},\"outcome\":\"o\"}",
         "x#/decision_points/a/values/1"},
        {"{\"decision_points\":{" POINT("a", "A", "") "," POINT("o", "O", YES_NO) "},\"outcome\":\"o\"}",
         "x#/decision_points/a"},
        {"[]", "x#"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct ssvc_table table;
        bool ok = ssvc_read(&t->ctx, t->a, str_of(rows[i].text), S("x"), &table, &t->e);
        assert_int_equal(ok, rows[i].where == NULL);
        if (!ok)
            assert_string_equal(t->e.where, rows[i].where);
    }
    struct ssvc_inputs in = {0};
    struct ssvc_decision d;
    know(t, &in, "E=sometimes");
    assert_false(ssvc_decide(&set, t->a, ssvc_table(&set, S("cisa")), &in, &d, &t->e));
    assert_string_equal(t->e.what, "'sometimes' is no value of Exploitation");
}

/* Every published table is read, and answers each of its rows. */
static void published_tables(void **state) {
    struct testing *t = *state;
    static const char *const names[] = {"cisa__cisa_bod_26_04_1_0_0",
                                        "cisa__cisa_coordinator_2_0_3",
                                        "cvss__cvss_v4_equivalence_set_6_1_0_0",
                                        "cvss__cvss_v4_0_qualitative_severity_ratings_4_0_0",
                                        "ssvc__coordinator_publish_decision_table_1_0_0",
                                        "ssvc__coordinator_triage_1_0_0",
                                        "ssvc__deployer_patch_application_priority_1_0_0",
                                        "ssvc__human_impact_1_0_0",
                                        "ssvc__public_safety_impact_1_0_0",
                                        "ssvc__supplier_patch_development_priority_1_0_0",
                                        "ssvc__utility_1_0_0"};
    str folder = shared_data(t->a, "ssvc");
    if (!folder.p)
        skip();
    struct ssvc_set none = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        str text, path = arena_printf(t->a, "%.*s/ssvc/json__decision_tables__%s.json", STR_ARG(folder), names[i]);
        struct ssvc_table table;
        struct json doc;
        assert_true(file_read(&t->ctx, t->a, path, &text, &t->e));
        if (!ssvc_read(&t->ctx, t->a, text, path, &table, &t->e))
            fail_msg("%s: %s", t->e.where, t->e.what);
        assert_true(json_parse(&t->ctx, t->a, text, JSON_STRICT, path, &doc, &t->e));
        for (struct jiter row = j_iter(j_get(doc.root, "mapping")); j_next(&row);) {
            struct ssvc_inputs in = {0};
            struct ssvc_decision d;
            for (uint32_t p = 0; p < table.n_points; p++)
                *vec_push(t->a, &in) = (struct ssvc_input){table.points[p].key,
                                                           j_str(j_getn(row.val, table.points[p].id))};
            assert_true(ssvc_decide(&none, t->a, &table, &in, &d, &t->e));
            assert_true(str_eq(ssvc_outcome(&d)->key, j_str(j_getn(row.val, table.outcome.id))));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(decisions),     TEST(one_cisa_tree),   TEST(the_path_tells), TEST(a_path_is_read_in_either_language),
        TEST(what_is_known), TEST(the_worse_stays), TEST(faults),         TEST(published_tables)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
