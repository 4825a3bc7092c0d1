/* SPDX-License-Identifier: Apache-2.0
 *
 * Rules one by one: what they count where there is little to count, and what hides nothing.
 */
#include "conform/evaluate.h"
#include "impact/contents.h"
#include "impact/things_testing.h"

enum { DAY = 86400 };
static const int64_t today = (int64_t)2000 * DAY;

struct telling {
    struct world *w;
    uint64_t index;
};

/* days: before today. */
static void said(struct telling *h, const char *kind, int who, int days, str predicate) {
    struct world *w = h->w;
    struct statement s = {0};
    struct entry x = {.index = h->index++,
                      .time = today - (int64_t)days * DAY,
                      .statement = &s,
                      .arena = w->t.a,
                      .kind = str_of(kind),
                      .log_id = 1};
    memset(x.key, who, 32);
    memcpy(x.envelope, &x.index, sizeof x.index);
    MUST(json_parse(&w->t.ctx, w->t.a, predicate, JSON_STRICT, S("predicate"), &s.doc, &w->t.e));
    s.predicate = s.doc.root;
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(contents_begin(w->p.contents, &w->t.e));
    MUST(projections_apply(&w->p, &x, &w->t.e));
    MUST(contents_flush(w->p.contents, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}

static struct rule_state state_of(struct telling *h, const char *rule) {
    struct world *w = h->w;
    struct catalogue c = {.id = S("test")};
    const struct conform_scope scope = {.party = -1};
    struct evaluation_ask ask = {.catalogue = &c, .scope = &scope, .now = today, .most = 9};
    struct evaluation out;
    struct json *doc = arena_new_of(w->t.a, struct json);
    struct practice *p = vec_push(w->t.a, &c.practices);
    *p = (struct practice){.id = S("A")};
    MUST(json_parse(&w->t.ctx, w->t.a, arena_printf(w->t.a, "[%s]", rule), JSON_STRICT, S("rules"), doc, &w->t.e));
    MUST(rule_list_read(w->t.a, doc, doc->root, &p->evidence[1], &w->t.e));
    MUST(conform_evaluate(&w->p, w->t.a, &ask, &out, &w->t.e));
    return out.practices.v[0].rules[1].v[0];
}
#define HOLDS(rule, wanted) assert_int_equal(state_of(&h, rule).holds, wanted)
#define COUNTS(rule, all, some)                                                                                        \
    do {                                                                                                               \
        struct rule_state s_ = state_of(&h, rule);                                                                     \
        assert_int_equal(s_.counted, all);                                                                             \
        assert_int_equal(s_.met, some);                                                                                \
    } while (0)

static struct telling begin(struct world *w, bool with_product) {
    w->home.party = S("例");
    w->p.log_id = 1;
    w->t.ctx.now = today;
    MUST(contents_open(&w->p, &w->p.contents, &w->t.e));
    apply(w, THING_PARTY, OURS, 1, "{\"name\":\"例\"}");
    apply(w, THING_PARTY, OURS, 2, "{\"id\":\"yamada\",\"name\":\"山田工業\"}");
    if (with_product)
        apply(w, THING_PRODUCT, OURS, 3, "{\"id\":\"thing\",\"party\":\"例\"}");
    apply(w, THING_PRODUCT, OURS, 4, "{\"id\":\"theirs\",\"party\":\"yamada\"}");
    return (struct telling){w, 100};
}

static void release(struct telling *h, const char *version) {
    said(h, "release-manifest", OURS, 30,
         arena_printf(h->w->t.a, "{\"product\":\"thing\",\"version\":\"%s\",\"party\":\"x\",\"statements\":[]}",
                      version));
}
static void watched(struct telling *h, int days, const char *steps) {
    said(h, "case", OURS, days,
         arena_printf(h->w->t.a, "{\"watch\":{\"advisories\":\"x\",\"entries\":1},\"steps\":[%s]}", steps));
}
static const char *case_of(struct telling *h, const char *id, const char *product) {
    return arena_printf(h->w->t.a,
                        "{\"case\":\"C-%s\",\"event\":\"detected\",\"product\":\"%s\",\"package\":\"pkg:npm/x\","
                        "\"findings\":[{\"component\":\"pkg:npm/x@1\",\"flaw\":\"CVE-2024-%s\"}],"
                        "\"priority\":{\"table\":\"supplier\",\"outcome\":\"Immediate\",\"rank\":99}}",
                        id, product, id)
        .p;
}
static void closed(struct telling *h, const char *id, int days, const char *cause) {
    said(h, "case", OURS, days,
         arena_printf(h->w->t.a, "{\"steps\":[{\"case\":\"C-%s\",\"event\":\"closed\",\"text\":\"x\"%s}]}", id, cause));
}

/* ── deployments ── */

static void what_began_runs_and_what_ended_does_not(void **state) {
    static const char rule[] = "{\"kind\":\"deployment\",\"about\":\"deployments\",\"by\":\"any\",\"where\":[{\"fact\":"
                               "\"release\",\"is\":true}]}";
    struct telling h = begin(*state, true);
    apply(h.w, THING_DEPLOYMENT, OURS, 5,
          "{\"id\":\"a\",\"product\":\"thing\",\"version\":\"1\",\"since\":\"1972-01-01T00:00:00Z\"}");
    COUNTS(rule, 1, 1);
    apply(h.w, THING_DEPLOYMENT, OURS, 6,
          "{\"id\":\"b\",\"product\":\"thing\",\"version\":\"1\",\"until\":\"1973-01-01T00:00:00Z\"}");
    COUNTS(rule, 1, 1);
    apply(h.w, THING_DEPLOYMENT, OURS, 7,
          "{\"id\":\"c\",\"product\":\"thing\",\"version\":\"1\",\"until\":\"2100-01-01T00:00:00Z\"}");
    COUNTS(rule, 2, 2);
    contents_close(h.w->p.contents);
}

/* ── cases ── */

static const char none_or_in_time[] =
    "{\"any\":[{\"kind\":\"case\",\"share\":0.5,\"where\":[{\"fact\":\"closed\",\"is\":true}]},"
    "{\"kind\":\"watch\",\"within_days\":31,\"where\":[{\"fact\":\"cases\",\"is\":0}]}]}";

static void a_firm_without_cases_shows_that_it_looked(void **state) {
    struct telling h = begin(*state, true);
    HOLDS(none_or_in_time, false); /* nobody has looked */
    watched(&h, 3, "");
    HOLDS(none_or_in_time, false); /* there was nothing to look at */
    release(&h, "1");
    HOLDS(none_or_in_time, true);
    watched(&h, 2, case_of(&h, "1", "thing"));
    HOLDS(none_or_in_time, false);
    HOLDS("{\"kind\":\"watch\",\"where\":[{\"fact\":\"open\",\"is\":1}]}", true);
    closed(&h, "1", 1, "");
    HOLDS(none_or_in_time, true);
    HOLDS("{\"kind\":\"watch\",\"where\":[{\"fact\":\"cases\",\"is\":1},{\"fact\":\"open\",\"is\":0}]}", true);
    contents_close(h.w->p.contents);
}

static void looking_long_ago_shows_nothing(void **state) {
    struct telling h = begin(*state, true);
    release(&h, "1");
    watched(&h, 40, "");
    HOLDS(none_or_in_time, false);
    said(&h, "case", STRANGER, 1, S("{\"watch\":{\"advisories\":\"x\",\"entries\":1},\"steps\":[]}"));
    HOLDS(none_or_in_time, false);
    contents_close(h.w->p.contents);
}

static void closed_cases_alone_may_be_counted(void **state) {
    struct telling h = begin(*state, true);
    static const char rule[] = "{\"kind\":\"case\",\"among\":[{\"fact\":\"closed\",\"is\":true}],\"where\":[{\"fact\":"
                               "\"root_cause\",\"is\":true}]}";
    release(&h, "1");
    watched(&h, 9, case_of(&h, "1", "thing"));
    watched(&h, 9, case_of(&h, "2", "thing"));
    watched(&h, 9, case_of(&h, "3", "thing"));
    COUNTS(rule, 0, 0);
    HOLDS(rule, false); /* nothing is met by there being nothing */
    closed(&h, "1", 5, ",\"rootCause\":{\"class\":\"c\",\"text\":\"t\"}");
    COUNTS(rule, 1, 1);
    HOLDS(rule, true);
    closed(&h, "2", 4, "");
    COUNTS(rule, 2, 1);
    HOLDS(rule, false);
    contents_close(h.w->p.contents);
}

/* A firm that dealt with all of its cases goes on doing so when the next one is found. */
static void a_case_just_found_takes_nothing(void **state) {
    struct telling h = begin(*state, true);
    static const char
        causes[] = "{\"any\":[{\"kind\":\"case\",\"among\":[{\"fact\":\"closed\",\"is\":true}],\"where\":[{\"fact\":"
                   "\"root_cause\",\"is\":true}]},{\"kind\":\"watch\",\"within_days\":9,\"where\":[{\"fact\":"
                   "\"closed_cases\",\"is\":0}]}]}",
        owners[] = "{\"any\":[{\"kind\":\"case\",\"among\":[{\"fact\":\"begun\",\"is\":true}],\"where\":[{\"fact\":"
                   "\"owner\",\"is\":true}]},{\"kind\":\"watch\",\"within_days\":9,\"where\":[{\"fact\":"
                   "\"begun_cases\",\"is\":0}]}]}";
    release(&h, "1");
    HOLDS(causes, false); /* nobody has looked */
    watched(&h, 8, "");
    HOLDS(causes, true);
    watched(&h, 7, case_of(&h, "1", "thing"));
    HOLDS(causes, true);
    HOLDS(owners, true);
    said(&h, "case", OURS, 6, S("{\"steps\":[{\"case\":\"C-1\",\"event\":\"triaged\"}]}"));
    HOLDS(causes, true);
    HOLDS(owners, false); /* it is worked on, and nobody's */
    said(&h, "case", OURS, 6, S("{\"steps\":[{\"case\":\"C-1\",\"event\":\"assigned\",\"owner\":\"ito\"}]}"));
    HOLDS(owners, true);
    closed(&h, "1", 5, "");
    HOLDS(causes, false); /* closed, and nobody asked why */
    contents_close(h.w->p.contents);
}

static void an_operators_cases_of_others_products_are_its_work(void **state) {
    struct telling h = begin(*state, false);
    static const char rule[] = "{\"kind\":\"case\",\"where\":[{\"fact\":\"closed\",\"is\":true}]}";
    watched(&h, 9, case_of(&h, "1", "theirs"));
    COUNTS(rule, 0, 0); /* it does not run it */
    apply(h.w, THING_DEPLOYMENT, OURS, 90,
          "{\"id\":\"here/theirs\",\"product\":\"theirs\",\"customer\":\"yamada\",\"operator\":\"例\"}");
    COUNTS(rule, 1, 0);
    HOLDS(rule, false);
    closed(&h, "1", 2, "");
    COUNTS(rule, 1, 1);
    HOLDS(rule, true);
    contents_close(h.w->p.contents);
}

/* ── disclosures ── */

static void releases_that_nobody_runs_need_not_be_given(void **state) {
    struct telling h = begin(*state, true);
    static const char all[] = "{\"kind\":\"disclosure\",\"where\":[{\"fact\":\"sbom\",\"is\":true}]}",
                      run[] =
                          "{\"kind\":\"disclosure\",\"delivered\":true,\"where\":[{\"fact\":\"sbom\",\"is\":true}]}";
    release(&h, "1");
    release(&h, "2");
    COUNTS(all, 2, 0);
    COUNTS(run, 0, 0);
    HOLDS(run, false);
    apply(h.w, THING_DEPLOYMENT, OURS, 90,
          "{\"id\":\"yamada/thing\",\"product\":\"thing\",\"customer\":\"yamada\",\"version\":\"1\"}");
    COUNTS(run, 1, 0); /* nobody was told: it counts */
    said(&h, "disclosure", OURS, 1,
         S("{\"product\":\"thing\",\"version\":\"1\",\"to\":[\"yamada\"],\"what\":[\"sbom\"]}"));
    COUNTS(run, 1, 1);
    HOLDS(run, true);
    HOLDS(all, false);
    contents_close(h.w->p.contents);
}

/* ── archives ── */

static void checked(struct telling *h, int days, const char *copy, int faults) {
    said(h, "archive-check", OURS, days,
         arena_printf(h->w->t.a, "{\"sample\":0.1,\"bodies\":5,\"faults\":%d%s%s%s}", faults,
                      *copy ? ",\"copy\":\"" : "", copy, *copy ? "\"" : ""));
}

static void a_good_check_hides_no_bad_one_of_another_archive(void **state) {
    struct telling h = begin(*state, true);
    static const char
        own[] = "{\"kind\":\"archive-check\",\"within_days\":90,\"where\":[{\"fact\":\"faults\",\"is\":0}]}",
        away[] = "{\"kind\":\"archive-check\",\"within_days\":90,\"where\":[{\"fact\":\"faults\",\"is\":0},"
                 "{\"fact\":\"copy\",\"is\":true}]}";
    HOLDS(own, false);
    checked(&h, 80, "", 0);
    HOLDS(own, true);
    HOLDS(away, false);
    checked(&h, 50, "s3", 3);
    HOLDS(own, false);
    checked(&h, 40, "", 0);
    HOLDS(own, false); /* the newest of all, and yet */
    checked(&h, 30, "tape", 0);
    HOLDS(away, false);
    checked(&h, 20, "s3", 0);
    HOLDS(own, true);
    HOLDS(away, true);
    /* The own one's newest is 40 days old: it holds by the copy's, 20 days old. */
    struct rule_state s = state_of(&h, away);
    assert_int_equal(s.until, today - (int64_t)20 * DAY + (int64_t)90 * DAY + 1);
    contents_close(h.w->p.contents);
}

/* ── reading ── */

static void what_cannot_be_told_apart_is_refused(void **state) {
    struct world *w = *state;
    static const struct {
        const char *rule, *where;
    } rows[] = {
        {"[{\"kind\":\"sbom\",\"among\":[{\"fact\":\"edges\",\"is\":true}]}]", "r#/0/among"},
        {"[{\"kind\":\"case\",\"among\":[{\"fact\":\"edges\",\"is\":true}]}]", "r#/0/among/0/fact"},
        {"[{\"kind\":\"vex\",\"delivered\":true}]", "r#/0/delivered"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json doc;
        struct rules rules;
        struct err e = {0};
        MUST(json_parse(&w->t.ctx, w->t.a, str_of(rows[i].rule), JSON_STRICT, S("r"), &doc, &w->t.e));
        assert_false(rule_list_read(w->t.a, &doc, doc.root, &rules, &e));
        assert_string_equal(e.where, rows[i].where);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(what_began_runs_and_what_ended_does_not),
        WORLD_TEST(a_firm_without_cases_shows_that_it_looked),
        WORLD_TEST(looking_long_ago_shows_nothing),
        WORLD_TEST(closed_cases_alone_may_be_counted),
        WORLD_TEST(a_case_just_found_takes_nothing),
        WORLD_TEST(an_operators_cases_of_others_products_are_its_work),
        WORLD_TEST(releases_that_nobody_runs_need_not_be_given),
        WORLD_TEST(a_good_check_hides_no_bad_one_of_another_archive),
        WORLD_TEST(what_cannot_be_told_apart_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
