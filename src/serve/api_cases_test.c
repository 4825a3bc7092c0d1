/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/api_testing.h"

static const char *the_case(struct world *w) {
    struct told t = get(w, "/api/v1/cases", "limit", "1");
    check_int(t, "total", 1);
    return arena_cstr(w->x->t.a, j_str(at(t, "rows/0/case")));
}
static const char *path_of(struct world *w, const char *what) {
    return arena_printf(w->x->t.a, "/api/v1/cases/%s%s", the_case(w), what).p;
}
static struct told post(struct world *w, const struct reader *r, const char *what, const char *body) {
    return ask_as(w, r, "POST", path_of(w, what), body, NULL);
}

static void the_queue_has_filters(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/cases", "sort", "rank");
    check_at(t, "rows/0/product", "shop");
    check_at(t, "rows/0/package", "pkg:npm/left");
    check_at(t, "rows/0/status", "detected");
    check_int(get(&w, "/api/v1/cases", "product", "sensor"), "total", 0);
    check_int(get(&w, "/api/v1/cases", "q", "left"), "total", 1);
    check_int(get(&w, "/api/v1/cases", "status", "closed"), "total", 0);
    check_status(get(&w, "/api/v1/cases", "status", "gone"), 400);
    check_status(get(&w, "/api/v1/cases", "sort", "name"), 400);
    check_status(get(&w, "/api/v1/cases", "sort", "due"), 200);
    close_country(&w);
}

static void who_answers_for_the_product_sees_its_cases(void **state) {
    struct world w;
    open_country(&w, *state);
    struct reader acme = reader_of(&w, "acme"), city = reader_of(&w, "city:green");
    check_int(ask_as(&w, &acme, "GET", "/api/v1/cases", "", NULL), "total", 1);
    check_int(ask_as(&w, &city, "GET", "/api/v1/cases", "", NULL), "total", 0);
    check_status(ask_as(&w, &acme, "GET", path_of(&w, ""), "", NULL), 200);
    check_status(ask_as(&w, &city, "GET", path_of(&w, ""), "", NULL), 404);
    check_status(post(&w, &city, "/note", "{\"text\":\"hello\"}"), 404);
    check_status(ask_as(&w, &acme, "GET", "/api/v1/cases/C-0", "", NULL), 404);
    close_country(&w);
}

static void a_case_goes_its_way(void **state) {
    struct world w;
    open_country(&w, *state);
    const struct reader *me = &reader_owner;
    struct told t = get(&w, path_of(&w, ""), "pretty", "1");
    check_len(t, "findings", 2);
    check_at(t, "verdicts/0/flaw", "CVE-2026-1");
    check_at(t, "paths/0/ways/0", "x");
    int64_t version = j_int(at(t, "version"), -1);
    t = post(&w, me, "/assign", "{\"owner\":\"Hanako\"}");
    check_at(t, "owner", "Hanako");
    assert_true(j_int(at(t, "version"), -1) > version);
    check_at(post(&w, me, "/move", "{\"status\":\"triaged\"}"), "status", "triaged");
    check_at(post(&w, me, "/decide", "{\"verdict\":\"fix\"}"), "decision", "fix");
    check_status(post(&w, me, "/note", "{\"text\":\"told\",\"event\":\"customer-told\"}"), 200);
    t = get(&w, path_of(&w, ""), "lang", "en");
    check_len(t, "history", 5);
    check_at(t, "history/4/by", "u");
    assert_false(j_ok(at(t, "history/0/by"))); /* found by a watch: nobody asked for it */
    close_country(&w);
}

/* By a new step: nothing is erased. */
static void a_step_is_taken_back(void **state) {
    struct world w;
    open_country(&w, *state);
    const struct reader *me = &reader_owner;
    check_status(post(&w, me, "/decide", "{\"verdict\":\"withdraw\"}"), 400);
    check_at(post(&w, me, "/assign", "{\"owner\":\"Hanako\"}"), "owner", "Hanako");
    assert_int_equal(j_str(at(post(&w, me, "/assign", "{\"owner\":\"\"}"), "owner")).n, 0);
    check_at(post(&w, me, "/decide", "{\"verdict\":\"accept\",\"text\":\"inside\"}"), "decision", "accept");
    check_at(get(&w, path_of(&w, ""), "lang", "en"), "verdicts/0/places/0/verdicts/0/status", "accepted");
    struct told t = post(&w, me, "/decide", "{\"verdict\":\"withdraw\"}");
    assert_int_equal(j_str(at(t, "decision")).n, 0);
    t = get(&w, path_of(&w, ""), "lang", "en");
    assert_false(j_ok(at(t, "verdicts/0/places/0/verdicts/0")));
    check_len(t, "history", 5);
    check_status(post(&w, me, "/decide", "{\"verdict\":\"fix\"}"), 200);
    close_country(&w);
}

static void what_cannot_be_is_refused(void **state) {
    static const struct {
        const char *what, *body;
    } rows[] = {
        {"/assign", "{}"},
        {"/note", "{\"text\":\"\"}"},
        {"/note", "{\"text\":\"x\",\"event\":\"rained\"}"},
        {"/note", "{\"text\":\"x\",\"rootCause\":{\"class\":\"bad-luck\"}}"},
        {"/move", "{\"status\":\"closed\"}"},
        {"/move", "[]"},
        {"/decide", "{}"},
        {"/decide", "{\"verdict\":\"ignore\"}"},
        {"/decide", "{\"verdict\":\"accept\"}"},
        {"/decide", "{\"verdict\":\"not_affected\"}"},
        {"/decide", "{\"verdict\":\"not_affected\",\"justification\":\"because\"}"},
        {"/decide", "{\"verdict\":\"fix\",\"until\":\"soon\"}"},
        {"/decide", "{\"priority\":\"Immediate\"}"},
        {"/close", "{\"release\":\"9.9\"}"},
        {"/close", "{\"release\":\"2.0\"}"},
        {"/close", "{}"},
    };
    struct world w;
    open_country(&w, *state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct told t = post(&w, &reader_owner, rows[i].what, rows[i].body);
        if (t.status == 503 && strcmp(rows[i].what, "/close") == 0)
            continue;
        if (t.status != 400)
            fail_msg("%s %s: %d", rows[i].what, rows[i].body, t.status);
    }
    check_len(get(&w, path_of(&w, ""), "lang", "en"), "history", 1);
    close_country(&w);
}

static void two_at_once_are_told(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, path_of(&w, ""), "lang", "en");
    const char *version = arena_printf(w.x->t.a, "\"%lld\"", (long long)j_int(at(t, "version"), 0)).p;
    const struct answer_header match[] = {{"If-Match", version}, {0}};
    t = ask_with(&w, &reader_owner, "POST", path_of(&w, "/assign"), "{\"owner\":\"Hanako\"}", NULL, match);
    check_status(t, 200);
    t = ask_with(&w, &reader_owner, "POST", path_of(&w, "/assign"), "{\"owner\":\"Taro\"}", NULL, match);
    check_status(t, 409);
    check_at(t, "yours/owner", "Taro");
    check_at(t, "current/owner", "Hanako");
    check_at(get(&w, path_of(&w, ""), "lang", "en"), "owner", "Hanako");
    close_country(&w);
}

static void a_verdict_is_stated_and_counts(void **state) {
    struct world w;
    open_country(&w, *state);
    struct reader acme = reader_of(&w, "acme"), city = reader_of(&w, "city");
    const char *body = "{\"flaw\":\"GHSA-1\",\"product\":\"shop\",\"status\":\"not_affected\","
                       "\"justification\":\"vulnerable_code_not_present\"}";
    struct told t = ask_as(&w, &acme, "POST", "/api/v1/vex", body, NULL);
    check_status(t, 201);
    check_at(t, "flaw", "CVE-2026-1");
    t = get(&w, "/api/v1/vex", "product", "shop", "flaw", "CVE-2026-1");
    check_len(t, "places", 2);
    check_at(t, "places/0/verdicts/0/status", "not_affected");
    assert_true(j_true(at(t, "places/0/verdicts/0/counts")));
    assert_true(j_len(at(get(&w, "/api/v1/vex", "product", "shop"), "statements")) > 0);
    check_status(ask_as(&w, &city, "POST", "/api/v1/vex", body, NULL), 404);
    check_status(ask_as(&w, &city, "GET", "/api/v1/vex", "", ARGUMENTS("product", "shop")), 404);
    check_status(get(&w, "/api/v1/vex", "product", "shop", "flaw", "CVE-1999-1"), 404);
    check_status(get(&w, "/api/v1/vex", "product", "shop", "format", "pdf"), 400);
    check_status(ask_as(&w, &acme, "POST", "/api/v1/vex", "{\"flaw\":\"GHSA-1\",\"product\":\"shop\"}", NULL), 400);
    check_status(ask_as(&w, &acme, "POST", "/api/v1/vex", "{\"product\":\"shop\",\"status\":\"fixed\"}", NULL), 400);
    close_country(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(the_queue_has_filters), HOME_TEST(who_answers_for_the_product_sees_its_cases),
        HOME_TEST(a_case_goes_its_way),   HOME_TEST(what_cannot_be_is_refused),
        HOME_TEST(two_at_once_are_told),  HOME_TEST(a_verdict_is_stated_and_counts),
        HOME_TEST(a_step_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
