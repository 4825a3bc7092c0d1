/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/api_testing.h"

static void lists_are_the_readers(void **state) {
    struct world w;
    open_country(&w, *state);
    check_len(get(&w, "/api/v1/parties", "lang", "en"), "rows", 5); /* the home's own, too */
    check_len(get(&w, "/api/v1/services", "sector", "medical"), "rows", 1);
    check_len(get(&w, "/api/v1/deployments", "customer", "city"), "rows", 1);
    struct reader city = reader_of(&w, "city");
    check_len(ask_as(&w, &city, "GET", "/api/v1/parties", "", NULL), "rows", 1);
    check_len(ask_as(&w, &city, "GET", "/api/v1/services", "", NULL), "rows", 2);
    check_len(ask_as(&w, &city, "GET", "/api/v1/deployments", "", NULL), "rows", 1);
    check_status(ask_as(&w, &city, "GET", "/api/v1/parties/acme", "", NULL), 404);
    struct told t = ask_as(&w, &city, "GET", "/api/v1/services/register", "", NULL);
    check_status(t, 200);
    assert_false(j_ok(at(t, "history")));
    close_country(&w);
}

static void pages_go_on(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/parties", "limit", "3");
    check_len(t, "rows", 3);
    const char *next = arena_cstr(w.x->t.a, j_str(at(t, "next")));
    state_sheet(&w, THING_PARTY, "id,name,roles\nlater,Later,other\n");
    t = get(&w, "/api/v1/parties", "limit", "3", "page", next);
    check_len(t, "rows", 2); /* what came later is not in this list */
    assert_false(j_ok(at(t, "next")));
    close_country(&w);
}

static void what_is_stated_holds(void **state) {
    struct world w;
    open_country(&w, *state);
    const struct reader *me = &reader_owner;
    const char *body =
        "{\"id\":\"water\",\"name\":\"Water\",\"sector\":\"water\",\"population\":7000,\"mtpd\":\"PT2H\"}";
    struct told t = ask_as(&w, me, "POST", "/api/v1/services", body, NULL);
    check_status(t, 201);
    check_at(t, "state", "added");
    check_at(ask_as(&w, me, "POST", "/api/v1/services", body, NULL), "state", "same");
    t = ask_as(&w, me, "POST", "/api/v1/services", "{\"id\":\"water\",\"region\":\"kyoto\"}", NULL);
    check_at(t, "state", "changed");
    t = get(&w, "/api/v1/services/water", "lang", "en");
    check_at(t, "name", "Water");
    check_at(t, "region", "kyoto");
    check_len(t, "history", 2);
    close_country(&w);
}

static void what_cannot_be_said_is_refused(void **state) {
    static const char *const bodies[] = {"{}", "{\"id\":\"a b\"}", "{\"id\":\"x\",\"colour\":\"red\"}",
                                         "{\"id\":\"x\",\"mtpd\":\"soon\"}", "{\"id\":\"x\",\"name\":[]}"};
    struct world w;
    open_country(&w, *state);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        check_status(ask_as(&w, &reader_owner, "POST", "/api/v1/services", bodies[i], NULL), 400);
    struct reader city = reader_of(&w, "city");
    check_status(ask_as(&w, &city, "POST", "/api/v1/services", "{\"id\":\"x\",\"name\":\"X\"}", NULL), 403);
    check_status(get(&w, "/api/v1/services/x", "lang", "en"), 404);
    close_country(&w);
}

static void an_older_version_is_a_conflict(void **state) {
    static const struct answer_header none[] = {{0}}, old[] = {{"If-Match", "\"1\""}, {0}};
    const char *body = "{\"id\":\"register\",\"region\":\"osaka\"}";
    struct world w;
    open_country(&w, *state);
    struct told t = ask_with(&w, &reader_owner, "POST", "/api/v1/services", body, NULL, old);
    check_status(t, 409);
    check_at(t, "yours/region", "osaka");
    check_at(t, "current/region", "tokyo");
    int64_t entry = j_int(at(t, "current/entry"), -1);
    const struct answer_header now[] = {{"If-Match", arena_printf(w.x->t.a, "\"%lld\"", (long long)entry).p}, {0}};
    check_status(ask_with(&w, &reader_owner, "POST", "/api/v1/services", body, NULL, now), 200);
    check_status(ask_with(&w, &reader_owner, "POST", "/api/v1/services", body, NULL, now), 409);
    check_status(ask_with(&w, &reader_owner, "POST", "/api/v1/services", body, NULL, none), 200);
    /* "0" is the version of what is not there: nothing is changed by who means to add */
    static const struct answer_header fresh[] = {{"If-Match", "\"0\""}, {0}};
    const char *gas = "{\"id\":\"gas\",\"name\":\"Gas\"}";
    check_status(ask_with(&w, &reader_owner, "POST", "/api/v1/services", gas, NULL, fresh), 201);
    check_status(ask_with(&w, &reader_owner, "POST", "/api/v1/services", gas, NULL, fresh), 409);
    close_country(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(lists_are_the_readers),          HOME_TEST(pages_go_on),
        HOME_TEST(what_is_stated_holds),           HOME_TEST(what_cannot_be_said_is_refused),
        HOME_TEST(an_older_version_is_a_conflict),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
