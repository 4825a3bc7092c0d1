/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/watch.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "impact/case_answer.h"
#include "impact/case_look.h"
#include "impact/hits_testing.h"
#include "impact/publish.h"

static const char *const old[] = {"pkg:npm/left@1.0.0", "pkg:npm/right@1.0.0"};
static const char *const newer[] = {"pkg:npm/left@3.0.0", "pkg:npm/right@1.0.0"};

static struct watch_report watch_parts(struct world *w, uint32_t part) {
    struct home_test *x = w->x;
    struct verdict_policy policy = {.epss_jump = 1000};
    struct ssvc_set ssvc;
    struct watch_report r;
    struct watch_plan plan = {.policy = &policy, .ssvc = &ssvc, .part = part};
    MUST(ssvc_load(&x->t.ctx, x->t.a, (str){NULL, 0}, &ssvc, &x->t.e));
    MUST(advdb_open(&x->t.ctx, w->db_path, &plan.db, &x->t.e));
    MUST(watch_run(w->p, &plan, x->t.a, &r, &x->t.e));
    advdb_close(plan.db);
    return r;
}
static struct watch_report watch(struct world *w) { return watch_parts(w, 0); }

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

/* Over a network each question is a wait: a list reads a flaw once, and rows of cases together. */
static void a_list_of_cases_asks_little(void **state) {
    enum { CASES = 6, OF_EACH = 2, OF_ALL = 6 };
    struct world w;
    struct clock_set clocks;
    struct case_listing list;
    const struct case_wish wish = {.clock = true};
    const struct as_of when = {.given = false};
    open_world(&w, *state);
    struct home_test *x = w.x;
    for (char product[] = "a"; product[0] < 'a' + CASES; product[0]++)
        ship(&w, product, "1", old, 1);
    import_text(&w, "a.json", OSV("A-1", "\"aliases\":[\"CVE-2026-1\"],", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    assert_int_equal(watch(&w).opened, CASES);
    MUST(clock_load(&x->t.ctx, x->t.a, (str){NULL, 0}, &clocks, &x->t.e));
    uint64_t before = store_asked(w.p->store);
    MUST(case_list(w.p, x->t.a, &clocks, &reader_owner, &when, &wish, &list, &x->t.e));
    assert_int_equal(list.n, CASES);
    assert_true(store_asked(w.p->store) - before <= CASES * OF_EACH + OF_ALL);
    portfolio_close(w.p);
}

static uint32_t due(struct world *w, const char *settings, int64_t now, struct case_looks *out) {
    struct home_test *x = w->x;
    MUST(case_looks_due(w->p, x->t.a, str_of(settings), now, out, &x->t.e));
    return out->cases.n;
}

/* A case rests until its time has come, or something about it is new. */
static void cases_rest_until_something_is_due(void **state) {
    struct world w;
    struct case_looks looks;
    uint64_t n;
    open_world(&w, *state);
    struct home_test *x = w.x;
    ship(&w, "p", "1", old, 2);
    ship(&w, "q", "1", old + 1, 1);
    import_text(&w, "a.json", OSV("A-1", "\"aliases\":[\"CVE-2026-1\"],", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    import_text(&w, "b.json", OSV("A-2", "\"aliases\":[\"CVE-2026-2\"],", "2026-01-01T00:00:00Z", "right", "2.0.0"));
    assert_int_equal(watch(&w).opened, 3);
    const int64_t again[] = {5000, 100 + 10 * (int64_t)CASE_LOOK_MOST, 7000};
    assert_int_equal(due(&w, "s", 100, &looks), 3);
    assert_true(looks.all);
    MUST(case_looked(w.p, &looks, again, 100, &x->t.e));
    assert_int_equal(due(&w, "s", 4999, &looks), 0);
    assert_int_equal(due(&w, "other", 4999, &looks), 3);
    assert_int_equal(due(&w, "s", 5000, &looks), 1);
    assert_int_equal(looks.cases.v[0], 1);
    assert_int_equal(due(&w, "s", 100 + CASE_LOOK_MOST, &looks), 3); /* none rests for longer */
    /* A step of it. */
    struct case_row c = last_case(&w, &n);
    struct case_step step = {.id = c.id, .event = CASE_NOTED, .text = S("seen")};
    say(&w, &step);
    assert_int_equal(due(&w, "s", 200, &looks), 1);
    assert_int_equal(looks.cases.v[0], 3);
    MUST(case_looked(w.p, &looks, again + 1, 200, &x->t.e));
    assert_int_equal(due(&w, "s", 200, &looks), 0);
    /* Its flaw is another matter now. */
    import_text(
        &w, "a.json",
        OSV("A-1", "\"aliases\":[\"CVE-2026-1\"],\"summary\":\"worse\",", "2026-01-02T00:00:00Z", "left", "2.0.0"));
    watch(&w);
    assert_true(due(&w, "s", 200, &looks) >= 1);
    assert_int_equal(looks.cases.v[0], 1);
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

static void decide(struct world *w, const struct case_row *c, const char *verdict) {
    struct home_test *x = w->x;
    struct case_step step = {
        .id = c->id, .event = CASE_DECIDED, .product = S("p"), .verdict = str_of(verdict), .text = S("inside only")};
    MUST(case_findings(w->p, x->t.a, c->number, &step.findings, &x->t.e));
    MUST(case_places(w->p, x->t.a, c->number, &step.releases, &step.deployments, &x->t.e));
    say(w, &step);
}

#define EPSS(score)                                                                                                    \
    S("#model_version:v1,score_date:2026-01-0" score "T00:00:00+0000\ncve,epss,percentile\nCVE-2026-1,0." score        \
      ",0.5\n")

static void what_takes_an_accepted_risk_back(void **state) {
    struct world w;
    uint64_t n;
    open_world(&w, *state);
    struct home_test *x = w.x;
    ship(&w, "p", "1", old, 2);
    (void)home_test_add(x, "tag:akashi,2026:predicate/deployment/v1", "d",
                        "{\"id\":\"d\",\"product\":\"p\",\"version\":\"1\",\"exposure\":\"open\"}");
    MUST(portfolio_catch_up(w.p, &x->t.e));
    import_text(&w, "a.json", OSV("A-1", "\"aliases\":[\"CVE-2026-1\"],", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    import_text(&w, "epss.csv", EPSS("1"));
    watch(&w);
    struct case_row c = last_case(&w, &n);
    assert_int_equal(c.epss, 1000);
    decide(&w, &c, "accept");
    watch(&w);
    import_text(&w, "epss.csv", EPSS("19"));
    assert_int_equal(watch(&w).reopened, 0); /* not by so much */
    import_text(&w, "epss.csv", EPSS("2"));
    struct watch_report r = watch(&w);
    assert_int_equal(r.reopened, 1);
    c = last_case(&w, &n);
    assert_true(n == 1 && c.status == CASE_DETECTED && !c.decision.n);
    /* It is not accepted again when the score falls. */
    import_text(&w, "epss.csv", EPSS("3"));
    import_text(&w, "epss.csv", EPSS("1"));
    r = watch(&w);
    assert_int_equal(r.accepted, 0);
    decide(&w, &c, "accept");
    watch(&w);
    /* A new version of the component is outside of what was accepted; the old one stays accepted where it is. */
    static const char *const next[] = {"pkg:npm/left@1.5.0"};
    ship(&w, "p", "2", next, 1);
    r = watch(&w);
    assert_int_equal(r.reopened, 1);
    assert_int_equal(r.accepted, 1); /* in what runs */
    r = watch(&w);
    assert_int_equal(r.opened + r.updated + r.reopened + r.statements, 0);
    portfolio_close(w.p);
}

/* What was decided of one vulnerability stands when another comes to the same package. */
static void a_decision_is_for_what_it_was_about(void **state) {
    static const char *const verdicts[] = {"accept", "not_affected"};
    struct world w;
    uint64_t n;
    open_world(&w, *state);
    struct home_test *x = w.x;
    ship(&w, "p", "1", old, 2);
    import_text(&w, "a.json", OSV("A-0", "\"aliases\":[\"CVE-2026-0\"],", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    watch(&w);
    for (unsigned i = 0; i < 2; i++) {
        struct case_row c = last_case(&w, &n);
        assert_int_equal(n, i + 1);
        decide(&w, &c, verdicts[i]);
        struct watch_report r = watch(&w);
        assert_int_equal(r.open, 0);
        import_text(
            &w, "a.json",
            arena_printf(x->t.a,
                         "{\"id\":\"A-%u\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[{\"package\":"
                         "{\"ecosystem\":\"npm\",\"name\":\"left\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":"
                         "[{\"introduced\":\"0\"},{\"fixed\":\"2.0.0\"}]}]}]}",
                         i + 1));
        r = watch(&w);
        assert_int_equal(r.opened, 1);
        assert_int_equal(r.reopened + r.open, 1); /* the new one alone */
        r = watch(&w);
        assert_int_equal(r.opened + r.updated + r.reopened + r.statements, 0);
    }
    portfolio_close(w.p);
}

static str last_text(struct world *w, int64_t number) {
    struct home_test *x = w->x;
    struct case_history h;
    MUST(case_history(w->p, x->t.a, number, &h, &x->t.e));
    return h.v[h.n - 1].step.text;
}

/* Of two documents for one release the second lists more: that is looked at too. */
static void documents_that_disagree(void **state) {
    static const char *const less[] = {"pkg:npm/right@1.0.0"};
    struct world w;
    uint64_t n;
    open_world(&w, *state);
    ship(&w, "p", "1", less, 1);
    ship(&w, "p", "1", old, 2);
    import_text(&w, "a.json", OSV("A-1", "", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    struct watch_report r = watch(&w);
    assert_int_equal(r.opened, 1);
    assert_int_equal(last_case(&w, &n).status, CASE_DETECTED);
    ship(&w, "p", "1", less, 1); /* which is known */
    r = watch(&w);
    assert_int_equal(r.opened + r.updated + r.reopened + r.advanced + r.closed, 0);
    import_text(&w, "a.json", OSV("A-2", "", "2026-01-01T00:00:00Z", "right", "2.0.0")); /* in both: once */
    r = watch(&w);
    assert_int_equal(r.opened, 1);
    struct case_findings f;
    struct case_names releases, deployments;
    struct home_test *x = w.x;
    MUST(case_findings(w.p, x->t.a, 2, &f, &x->t.e));
    MUST(case_places(w.p, x->t.a, 2, &releases, &deployments, &x->t.e));
    assert_int_equal(f.n, 1);
    assert_int_equal(releases.n, 1);
    portfolio_close(w.p);
}

/* Two cases that one upgrade clears from now on are one; the other does not say that it was answered. */
static void cases_that_become_one(void **state) {
    static const char *const both[] = {"pkg:npm/left@1.0.0", "pkg:npm/left@2.0.0"};
    struct world w;
    uint64_t n;
    open_world(&w, *state);
    struct home_test *x = w.x;
    ship(&w, "p", "1", both, 2);
    import_text(
        &w, "a.json",
        S("{\"id\":\"A-1\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[{\"package\":{\"ecosystem\":\"npm\","
          "\"name\":\"left\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"1.0.1\"}"
          ","
          "{\"introduced\":\"2.0.0\"},{\"fixed\":\"2.0.1\"}]}]}]}"));
    assert_int_equal(watch(&w).opened, 2);
    import_text(&w, "a.json", OSV("A-2", "", "2026-01-01T00:00:00Z", "left", "3.0.0"));
    struct watch_report r = watch(&w);
    assert_int_equal(r.opened, 0);
    assert_int_equal(r.closed, 1);
    struct case_row one, two;
    MUST(case_get(w.p, x->t.a, 1, &one, &x->t.e));
    MUST(case_get(w.p, x->t.a, 2, &two, &x->t.e));
    assert_int_equal((one.status == CASE_CLOSED) + (two.status == CASE_CLOSED), 1);
    const struct case_row *closed = one.status == CASE_CLOSED ? &one : &two, *open = closed == &one ? &two : &one;
    assert_true(str_find(last_text(&w, closed->number), open->id) != STR_NONE);
    r = watch(&w);
    assert_int_equal(r.opened + r.updated + r.reopened + r.statements, 0);
    (void)n;
    portfolio_close(w.p);
}

/* What was published while it was looked into does not outlive the decision. */
static void what_is_published_follows_the_case(void **state) {
    struct world w;
    uint64_t n;
    open_world(&w, *state);
    struct home_test *x = w.x;
    ship(&w, "p", "1", old, 2);
    import_text(&w, "a.json", OSV("A-1", "\"aliases\":[\"CVE-2026-1\"],", "2026-01-01T00:00:00Z", "left", "2.0.0"));
    watch(&w);
    struct case_row c = last_case(&w, &n);
    static const enum vex_status expected[] = {VEX_UNDER_INVESTIGATION, VEX_AFFECTED, VEX_AFFECTED, VEX_NOT_AFFECTED};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct truths t;
        struct buf b = {0};
        if (i == 1)
            decide(&w, &c, "fix");
        if (i == 3)
            decide(&w, &c, "not_affected");
        MUST(publish_gather(w.p, x->t.a, c.product, &t, &x->t.e));
        assert_int_equal(t.v.n, 1);
        if (t.v.v[0].status != expected[i])
            fail_msg("%zu: %s", i, vex_status_name(t.v.v[0].status));
        publish_openvex(x->t.a, &t, &b);
        (void)home_test_add(x, "https://openvex.dev/ns", "p", arena_str(x->t.a, buf_str(&b)).p);
        MUST(portfolio_catch_up(w.p, &x->t.e));
        buf_free(&b);
    }
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

static void in_the_child(struct world *w, uint32_t part) {
    home_test_open(w->x, HOME_SIGN);
    open_views(w->x, "grown.db", &w->p);
    w->x->t.ctx.threads = 2;
    watch_parts(w, part);
    _exit(0);
}

static const char *checkpoint_of(struct home_test *x) {
    return arena_cstr(x->t.a, path_join(x->t.a, x->path, S("log/checkpoint")));
}
/* Until something came into it. */
static void wait_for_log(struct home_test *x, const struct stat *before) {
    struct stat now = *before;
    for (int i = 0; i < 60000 && now.st_ino == before->st_ino && now.st_mtim.tv_nsec == before->st_mtim.tv_nsec; i++) {
        usleep(1000);
        assert_int_equal(stat(checkpoint_of(x), &now), 0);
    }
}

/* More cases than a statement holds, in more statements than a part: some are in the log and the rest is not. */
static void what_is_logged_in_parts_is_whole_in_the_end(void **state) {
    enum { PRODUCTS = 450, ROUNDS = 6 };
    struct world w;
    uint64_t n, rest = 0, statements = 0;
    unsigned char grown[32], anew[32];
    open_world(&w, *state);
    struct home_test *x = w.x;
    for (int i = 0; i < PRODUCTS; i++)
        ship(&w, arena_printf(x->t.a, "p%d", i).p, "1", old, 2);
    portfolio_close(w.p);
    for (int round = 0; round < ROUNDS; round++) {
        import_text(&w, "a.json",
                    arena_printf(x->t.a,
                                 "{\"id\":\"A-%d\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[{\"package\":"
                                 "{\"ecosystem\":\"npm\",\"name\":\"%s\"},\"ranges\":[{\"type\":\"SEMVER\",\"events\":"
                                 "[{\"introduced\":\"0\"},{\"fixed\":\"2.%d.0\"}]}]}]}",
                                 round, round % 2 ? "left" : "right", round));
        home_test_close(x);
        struct stat before;
        assert_int_equal(stat(checkpoint_of(x), &before), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            in_the_child(&w, 1);
        if (round != ROUNDS - 1) {
            wait_for_log(x, &before);
            usleep((useconds_t)next(&w, 60000));
            kill(child, SIGKILL);
        }
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
        home_test_open(x, HOME_SIGN);
        open_views(x, "grown.db", &w.p);
        x->t.ctx.threads = round % 2 ? 2 : 1;
        struct watch_report r = watch_parts(&w, 1);
        rest += r.opened + r.updated;
        statements += r.statements;
        r = watch(&w);
        assert_int_equal(r.opened + r.updated + r.statements, 0);
        last_case(&w, &n);
        assert_int_equal(n, round ? PRODUCTS * 2 : PRODUCTS);
        MUST(portfolio_digest(w.p, grown, &x->t.e));
        MUST(portfolio_rebuild(w.p, &x->t.e));
        MUST(portfolio_digest(w.p, anew, &x->t.e));
        assert_memory_equal(grown, anew, 32);
        portfolio_close(w.p);
    }
    print_message("          left over: %llu cases in %llu statements\n", (unsigned long long)rest,
                  (unsigned long long)statements);
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
    const struct CMUnitTest tests[] = {HOME_TEST(one_upgrade_is_one_case),
                                       HOME_TEST(a_list_of_cases_asks_little),
                                       HOME_TEST(cases_rest_until_something_is_due),
                                       HOME_TEST(an_accepted_risk_is_carried_until_its_reason_is_gone),
                                       HOME_TEST(what_takes_an_accepted_risk_back),
                                       HOME_TEST(a_decision_is_for_what_it_was_about),
                                       HOME_TEST(cases_that_become_one),
                                       HOME_TEST(documents_that_disagree),
                                       HOME_TEST(what_is_published_follows_the_case),
                                       HOME_TEST(nothing_is_lost_or_opened_twice),
                                       HOME_TEST(what_is_logged_in_parts_is_whole_in_the_end),
                                       HOME_TEST(three_renderings_say_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
