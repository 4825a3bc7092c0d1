/* SPDX-License-Identifier: Apache-2.0
 *
 * Time, the clock of a run, and the warnings it collects.
 */
#include <stdio.h>

#include "base/pool.h"
#include "base/testing.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void parses_times(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool ok;
        int64_t t;
    } rows[] = {
        {"1970-01-01T00:00:00Z", true, 0},
        {"2026-11-21T07:59:03Z", true, 1795247943},
        {"2026-11-21", true, 1795219200},
        {"2026-11-21t07:59:03z", true, 1795247943},
        {"2026-11-21 07:59:03", true, 1795247943},
        {"2026-11-21T07:59:03.123456789Z", true, 1795247943},
        {"2026-11-21T16:59:03+09:00", true, 1795247943},
        {"2026-11-21T02:29:03.5-05:30", true, 1795247943},
        {"2024-02-29", true, 1709164800},
        {"2000-02-29", true, 951782400},
        {"1969-12-31T23:59:59Z", true, -1},
        {"0000-01-01", true, -62167219200},
        {"9999-12-31T23:59:59Z", true, 253402300799},
        {"2016-12-31T23:59:60Z", true, 1483228800}, /* a leap second */
        {"2023-02-29", false, 0},
        {"1900-02-29", false, 0},
        {"2026-13-01", false, 0},
        {"2026-00-01", false, 0},
        {"2026-04-31", false, 0},
        {"2026-11-21T", false, 0},
        {"2026-11-21T07:59", false, 0},
        {"2026-11-21T24:00:00Z", false, 0},
        {"2026-11-21T07:60:00Z", false, 0},
        {"2026-11-21T07:59:03ZZ", false, 0},
        {"2026-11-21T07:59:03+09", false, 0},
        {"2026-11-21T07:59:03+24:00", false, 0},
        {"2026-11-21T07:59:03.Z", false, 0},
        {"2026/11/21", false, 0},
        {"26-11-21", false, 0},
        {"", false, 0},
        {"yesterday!", false, 0},
        {"2026-1a-21", false, 0},
        {" 2026-11-21", false, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t t = 7;
        bool ok = time_parse(str_of(rows[i].text), &t);
        if (ok != rows[i].ok || t != (ok ? rows[i].t : 7))
            fail_msg("\"%s\": %d %lld", rows[i].text, ok, (long long)t);
    }
}

static void time_goes_round(void **state) {
    struct testing *t = *state;
    arena_alloc(t->a, 1); /* a first block, which every reset below keeps */
    for (int64_t at = -62167219200; at <= 253402300799; at += 86400 * 97 + 12345) {
        struct arena_mark m = arena_mark(t->a);
        int64_t back = 0;
        str text = time_rfc3339(t->a, at);
        if (!time_parse(text, &back) || back != at)
            fail_msg("%lld: %.*s: %lld", (long long)at, STR_ARG(text), (long long)back);
        arena_reset(t->a, m);
    }
    check_str(time_rfc3339(t->a, 0), "1970-01-01T00:00:00Z");
    check_str(time_rfc3339(t->a, INT64_MAX), "1970-01-01T00:00:00Z"); /* no calendar holds it */
    check_str(time_rfc3339(t->a, 67767976233529200), "1970-01-01T00:00:00Z");
}

static void the_clock_can_be_fixed(void **state) {
    (void)state;
    struct ctx c;
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    ctx_init(&c);
    assert_true(c.now == 1700000000 && c.now_fixed && c.threads >= 1);
    ctx_free(&c);
    setenv("SOURCE_DATE_EPOCH", "soon", 1);
    ctx_init(&c);
    assert_true(c.now > 1700000000 && !c.now_fixed);
    ctx_free(&c);
    ctx_free(&c);
    unsetenv("SOURCE_DATE_EPOCH");
}

static void warnings_are_sorted_and_said_once(void **state) {
    struct testing *t = *state;
    uint32_t n = 7;
    ctx_warnings(&t->ctx, &n);
    assert_int_equal(n, 0);
    ctx_warn(&t->ctx, S("b"), "odd %d", 1);
    ctx_warn(&t->ctx, S("a"), "odd");
    ctx_warn(&t->ctx, S("b"), "odd %d", 1);
    err_set(&t->e, ERR_INPUT, S("b"), "broken");
    ctx_warn_err(&t->ctx, &t->e);
    const struct warning *w = ctx_warnings(&t->ctx, &n);
    assert_int_equal(n, 3);
    check_str(w[0].where, "a");
    check_str(w[1].what, "broken");
    check_str(w[2].what, "odd 1");
}

static void warnings_of_rounds(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *said[3], *told;
    } rows[] = {{{"a", "b"}, "ab"}, {{"a", "b"}, ""}, {{"b", "c"}, "c"}, {{"a", "c"}, "a"}, {{0}, ""}, {{"a"}, "a"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char told[4] = "";
        uint32_t n;
        for (int k = 0; k < 3 && rows[i].said[k]; k++)
            ctx_warn(&t->ctx, str_of(rows[i].said[k]), "odd");
        const struct warning *w = ctx_warnings(&t->ctx, &n);
        for (uint32_t k = 0; k < n && k < 3; k++)
            told[k] = w[k].where.p[0];
        check_str(str_of(told), rows[i].told);
        ctx_warnings_next(&t->ctx);
    }
}

static void warn_in_job(void *arg, size_t i, unsigned worker) {
    (void)worker;
    ctx_warn(arg, S("f"), "line %zu", i % 500);
}

static void warnings_come_from_any_thread_and_are_bounded(void **state) {
    struct testing *t = *state;
    t->ctx.threads = 8;
    pool_run(&t->ctx, 4000, warn_in_job, &t->ctx);
    uint32_t n;
    ctx_warnings(&t->ctx, &n);
    assert_int_equal(n, 500);
    for (int i = 0; i < 30000; i++)
        ctx_warn(&t->ctx, S("g"), "line %d", i);
    ctx_warnings(&t->ctx, &n);
    assert_true(n >= 10000 && n < 10001);
}

struct count {
    size_t times[1000];
    unsigned worker[1000];
};
static void count_job(void *arg, size_t i, unsigned worker) {
    struct count *c = arg;
    __atomic_add_fetch(&c->times[i], 1, __ATOMIC_RELAXED);
    c->worker[i] = worker;
}

static void every_job_runs_once(void **state) {
    struct testing *t = *state;
    static const unsigned threads[] = {1, 2, 7, 64, 200};
    static const size_t jobs[] = {0, 1, 2, 1000};
    for (size_t k = 0; k < COUNT(threads); k++)
        for (size_t j = 0; j < COUNT(jobs); j++) {
            struct count c = {0};
            t->ctx.threads = threads[k];
            pool_run(&t->ctx, jobs[j], count_job, &c);
            for (size_t i = 0; i < COUNT(c.times); i++) {
                assert_int_equal(c.times[i], i < jobs[j]);
                assert_true(c.worker[i] < threads[k]);
            }
        }
}

static void progress_is_silent_off_a_terminal(void **state) {
    struct testing *t = *state;
    t->ctx.quiet = true;
    struct progress *p = progress_begin(&t->ctx, "reading", 10);
    assert_null(p);
    progress_add(p, 1);
    progress_end(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(parses_times),           TEST(time_goes_round),
        TEST(the_clock_can_be_fixed), TEST(warnings_are_sorted_and_said_once),
        TEST(warnings_of_rounds),     TEST(warnings_come_from_any_thread_and_are_bounded),
        TEST(every_job_runs_once),    TEST(progress_is_silent_off_a_terminal),
    };
    return cmocka_run_group_tests_name("ctx", tests, NULL, NULL);
}
