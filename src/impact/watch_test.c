/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/watch.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "impact/hits_testing.h"
#include "impact/publish.h"

static const char *const old[] = {"pkg:npm/left@1.0.0", "pkg:npm/right@1.0.0"};
static const char *const newer[] = {"pkg:npm/left@3.0.0", "pkg:npm/right@1.0.0"};

static struct watch_report watch(struct world *w) {
    struct home_test *x = w->x;
    struct verdict_policy policy = {.epss_jump = 1000};
    struct ssvc_set ssvc;
    struct watch_report r;
    struct watch_plan plan = {.policy = &policy, .ssvc = &ssvc};
    MUST(ssvc_load(&x->t.ctx, x->t.a, (str){NULL, 0}, &ssvc, &x->t.e));
    MUST(advdb_open(&x->t.ctx, w->db_path, &plan.db, &x->t.e));
    MUST(watch_run(w->p, &plan, x->t.a, &r, &x->t.e));
    advdb_close(plan.db);
    return r;
}

static void say(struct world *w, struct case_step *step) {
    struct home_test *x = w->x;
    struct portfolio_add add = {0};
    MUST(case_payload(&x->t.ctx, x->t.a, NULL, step, 1, &add.payload, &x->t.e));
    MUST(portfolio_append(w->p, x->t.a, &add, 1, &x->t.e));
}

static bool keep_case(void *arg, const struct case_row *c, struct err *e) {
    struct case_row *out = arg;
    (void)e;
    if (out->number == 0 || c->number > out->number)
        *out = *c;
    out->entry++; /* how many there are */
    return true;
}

/* The last case; *n how many there are. Strings are gone. */
static struct case_row last_case(struct world *w, uint64_t *n) {
    struct home_test *x = w->x;
    struct case_row c = {0};
    MUST(cases_each(w->p, false, keep_case, &c, &x->t.e));
    *n = c.number ? (uint64_t)c.number : 0;
    if (c.number)
        MUST(case_get(w->p, x->t.a, c.number, &c, &x->t.e));
    return c;
}

static void one_upgrade_is_one_case(void **state) {
    struct world w;
    uint64_t n;
    open_world(&w, *state);
    ship(&w, "p", "1", old, 2);
    import_text(&w, "a.json", OSV("A-1", "\"aliases\":[\"CVE-2026-1\"],", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    import_text(&w, "a.json", OSV("A-2", "\"aliases\":[\"CVE-2026-2\"],", "2026-01-01T00:00:00Z", "left", "2.5.0"));
    struct watch_report r = watch(&w);
    assert_int_equal(r.opened, 1);
    assert_int_equal(r.grouped, 1);
    struct case_row c = last_case(&w, &n);
    assert_int_equal(n, 1);
    assert_true(str_is(c.upgrade, "2.5.0") && str_is(c.package, "pkg:npm/left"));
    assert_true(c.priority.outcome.n && c.priority.path.n);
    /* Again: nothing to say. */
    r = watch(&w);
    assert_int_equal(r.opened + r.updated + r.statements, 0);
    /* A third flaw moves the upgrade: the same case. */
    import_text(&w, "a.json", OSV("A-3", "\"aliases\":[\"CVE-2026-3\"],", "2026-01-01T00:00:00Z", "left", "2.7.0"));
    r = watch(&w);
    assert_int_equal(r.updated, 1);
    c = last_case(&w, &n);
    assert_int_equal(n, 1);
    assert_true(str_is(c.upgrade, "2.7.0"));
    /* A release without it: delivered, since nobody runs the old one. */
    ship(&w, "p", "2", newer, 2);
    watch(&w);
    assert_int_equal(last_case(&w, &n).status, CASE_DELIVERED);
    portfolio_close(w.p);
}

static void an_accepted_risk_is_carried_until_its_reason_is_gone(void **state) {
    static const char kev[] =
        "{\"title\":\"CISA Catalog of Known Exploited Vulnerabilities\",\"catalogVersion\":\"1\",\"dateReleased\":"
        "\"2026-01-02T00:00:00.0Z\",\"count\":1,\"vulnerabilities\":[{\"cveID\":\"CVE-2026-1\",\"vendorProject\":\"v\","
        "\"product\":\"p\",\"vulnerabilityName\":\"n\",\"dateAdded\":\"2026-01-02\",\"shortDescription\":\"d\","
        "\"requiredAction\":\"r\",\"dueDate\":\"2026-02-01\",\"knownRansomwareCampaignUse\":\"Unknown\"}]}";
    struct world w;
    uint64_t n;
    open_world(&w, *state);
    struct home_test *x = w.x;
    ship(&w, "p", "1", old, 2);
    import_text(&w, "a.json", OSV("A-1", "\"aliases\":[\"CVE-2026-1\"],", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    watch(&w);
    struct case_row c = last_case(&w, &n);
    struct case_step step = {
        .id = c.id, .event = CASE_DECIDED, .product = S("p"), .verdict = S("accept"), .text = S("inside only")};
    MUST(case_findings(w.p, x->t.a, c.number, &step.findings, &x->t.e));
    MUST(case_places(w.p, x->t.a, c.number, &step.releases, &step.deployments, &x->t.e));
    say(&w, &step);
    struct watch_report r = watch(&w);
    assert_int_equal(r.accepted, 1);
    assert_int_equal(r.reopened, 0);
    ship(&w, "p", "1.1", old, 2); /* a later release with the very component */
    r = watch(&w);
    assert_int_equal(r.accepted, 1);
    assert_int_equal(r.opened + r.reopened, 0);
    import_text(&w, "kev.json", str_of(kev));
    r = watch(&w);
    assert_int_equal(r.reopened, 1);
    assert_int_equal(last_case(&w, &n).status, CASE_DETECTED);
    assert_int_equal(n, 1);
    portfolio_close(w.p);
}

/* ── ended by force ── */

static void nothing_is_lost_or_opened_twice(void **state) {
    enum { PRODUCTS = 6, ROUNDS = 12 };
    struct world w;
    uint64_t n;
    open_world(&w, *state);
    struct home_test *x = w.x;
    for (int i = 0; i < PRODUCTS; i++)
        ship(&w, arena_printf(x->t.a, "p%d", i).p, "1", old, 2);
    portfolio_close(w.p);
    for (int round = 0; round < ROUNDS; round++) {
        str text = arena_printf(x->t.a,
                                "{\"id\":\"A-%d\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[{\"package\":"
                                "{\"ecosystem\":\"npm\",\"name\":\"%s\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":"
                                "[{\"introduced\":\"0\"},{\"fixed\":\"2.%d.0\"}]}]}]}",
                                round, round % 2 ? "left" : "right", round);
        import_text(&w, "a.json", text);
        home_test_close(x);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            home_test_open(x, HOME_SIGN);
            open_views(x, "grown.db", &w.p);
            watch(&w);
            _exit(0);
        }
        usleep((useconds_t)next(&w, 60000));
        kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
        home_test_open(x, HOME_SIGN);
        open_views(x, "grown.db", &w.p);
        watch(&w);
        struct watch_report r = watch(&w);
        assert_int_equal(r.opened + r.updated + r.statements, 0);
        last_case(&w, &n);
        assert_int_equal(n, round ? PRODUCTS * 2 : PRODUCTS);
        portfolio_close(w.p);
    }
}

/* ── documents ── */

static str verdicts_in(struct world *w, str text, bool parts) {
    struct home_test *x = w->x;
    struct vex vex = {.a = x->t.a};
    VEC(str) lines = {0};
    str all = S("");
    MUST(vex_read(&x->t.ctx, &vex, text, S("vex"), &x->t.e));
    for (uint32_t i = 0; i < vex.statements.n; i++) {
        const struct vex_statement *s = &vex.statements.v[i];
        for (uint32_t k = 0; k < s->products.n; k++) {
            const struct vex_product *p = &s->products.v[k];
            str part = p->parts.n ? p->parts.v[0].purl : p->product.purl;
            *vec_push(x->t.a, &lines) = arena_printf(
                x->t.a, "%.*s %.*s %.*s %s %.*s '%.*s' '%.*s'\n", STR_ARG(s->names.v[0]),
                STR_ARG(parts ? p->product.purl : S("")), STR_ARG(part), vex_status_name(s->status),
                STR_ARG(vex_word_of_cyclonedx(s->justification)), STR_ARG(s->impact), STR_ARG(s->action));
        }
    }
    for (uint32_t i = 1; i < lines.n; i++)
        for (uint32_t k = i; k && str_cmp(lines.v[k], lines.v[k - 1]) < 0; k--) {
            str other = lines.v[k];
            lines.v[k] = lines.v[k - 1];
            lines.v[k - 1] = other;
        }
    for (uint32_t i = 0; i < lines.n; i++)
        all = arena_cat(x->t.a, all, lines.v[i]);
    return all;
}

static void three_renderings_say_the_same(void **state) {
    struct world w;
    open_world(&w, *state);
    struct home_test *x = w.x;
    struct truths t = {.product = S("p"), .name = S("p"), .purl = S("pkg:generic/p"), .author = S("us"), .stated = 1};
    static const struct {
        const char *flaw, *component, *justification, *impact, *action;
        enum vex_status status;
    } rows[] = {
        {"CVE-2026-1", "pkg:npm/a@1", "component_not_present", "why", NULL, VEX_NOT_AFFECTED},
        {"CVE-2026-1", "pkg:npm/b@1", "vulnerable_code_not_present", NULL, NULL, VEX_NOT_AFFECTED},
        {"CVE-2026-1", "pkg:npm/c@1", NULL, NULL, "take 2", VEX_AFFECTED},
        {"CVE-2026-2", "pkg:npm/a@1", "vulnerable_code_not_in_execute_path", NULL, NULL, VEX_NOT_AFFECTED},
        {"CVE-2026-3", "pkg:npm/a@1", "vulnerable_code_cannot_be_controlled_by_adversary", "x", NULL, VEX_NOT_AFFECTED},
        {"CVE-2026-4", "pkg:npm/a@1", "inline_mitigations_already_exist", NULL, NULL, VEX_NOT_AFFECTED},
        {"CVE-2026-5", "pkg:npm/a@1", NULL, NULL, NULL, VEX_FIXED},
        {"CVE-2026-6", "pkg:npm/a@1", NULL, NULL, NULL, VEX_UNDER_INVESTIGATION},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct truth *v = vec_push(x->t.a, &t.v);
        *v = (struct truth){.flaw = str_of(rows[i].flaw),
                            .component = str_of(rows[i].component),
                            .status = rows[i].status,
                            .justification = str_of(rows[i].justification),
                            .impact = str_of(rows[i].impact),
                            .action = str_of(rows[i].action),
                            .stated = 1};
        *vec_push(x->t.a, &v->names) = v->flaw;
        *vec_push(x->t.a, &v->versions) = S("1");
        *vec_push(x->t.a, &v->versions) = S("2");
    }
    struct buf b = {0};
    publish_openvex(x->t.a, &t, &b);
    str openvex = verdicts_in(&w, buf_str(&b), true), flat = verdicts_in(&w, buf_str(&b), false);
    buf_clear(&b);
    publish_csaf(x->t.a, &t, &b);
    assert_true(str_eq(openvex, verdicts_in(&w, buf_str(&b), true)));
    str cyclonedx = S("");
    for (int version = 1; version <= 2; version++) {
        buf_clear(&b);
        publish_cyclonedx(x->t.a, &t, version == 1 ? S("1") : S("2"), &b);
        cyclonedx = verdicts_in(&w, buf_str(&b), false);
        assert_int_equal(cyclonedx.n * 2, flat.n); /* each version has every line once */
        str rest = cyclonedx, line;
        while (str_line(&rest, &line))
            assert_true(str_find(flat, line) != STR_NONE);
    }
    buf_free(&b);
    portfolio_close(w.p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(one_upgrade_is_one_case), HOME_TEST(an_accepted_risk_is_carried_until_its_reason_is_gone),
        HOME_TEST(nothing_is_lost_or_opened_twice), HOME_TEST(three_renderings_say_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
