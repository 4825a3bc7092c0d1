/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/extent.h"
#include "serve/api_testing.h"

static struct told post(struct world *w, const char *body) {
    return ask_as(w, &reader_owner, "POST", "/api/v1/contracts", body, NULL);
}

#define CITY                                                                                                           \
    "{\"contract\":\"city-2026\",\"title\":\"Care of shop\",\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}],"   \
    "\"catalogue\":\"cip\",\"responsibilities\":[{\"practice\":\"S(1)-1.1\",\"holder\":\"developer\"},"                \
    "{\"practice\":\"S(1)-2.2\",\"holder\":\"supplier\",\"note\":\"reproducible\"}],"                                  \
    "\"clocks\":[{\"what\":\"critical patch\",\"within\":\"7d\"}],"                                                    \
    "\"items\":[{\"item\":\"rights\",\"text\":\"auditors may read the SBOM\"}],\"until\":\"2027-12-31\"}"
#define SUB                                                                                                            \
    "{\"contract\":\"sub-2026\",\"kind\":\"subcontract\",\"sides\":[{\"side\":\"sub\",\"party\":\"sub\"}],"            \
    "\"catalogue\":\"cip\",\"responsibilities\":[{\"practice\":\"S(1)-1.1\",\"holder\":\"developer\"}]}"

static void a_contract_is_written_down_and_changed(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = post(&w, CITY);
    check_status(t, 201);
    check_at(t, "sides/0/name", "City");
    check_at(t, "clocks/0/within", "P7D");
    check_len(t, "responsibilities", 2);
    assert_true(j_int(at(t, "unheld"), 0) > 0);
    t = post(&w, "{\"contract\":\"city-2026\",\"responsibilities\":[{\"practice\":\"S(1)-1.1\",\"holder\":"
                 "\"shared\"}]}");
    check_status(t, 200);
    check_len(t, "responsibilities", 2); /* the rest stays */
    check_at(t, "responsibilities/0/holder", "shared");
    check_at(t, "title", "Care of shop");
    t = post(&w, "{\"contract\":\"city-2026\",\"whole\":true,\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}]}");
    check_status(t, 200);
    check_len(t, "responsibilities", 0); /* the rest ends */
    check_int(get(&w, "/api/v1/contracts", "lang", "en"), "total", 1);
    close_country(&w);
}

static void what_cannot_be_is_refused(void **state) {
    static const struct {
        const char *body, *where;
    } rows[] = {
        {"{}", "contract"},
        {"{\"contract\":\"a b\"}", "contract"},
        {"{\"contract\":\"k\"}", "side"},
        {"{\"contract\":\"k\",\"kind\":\"handshake\"}", "kind"},
        {"{\"contract\":\"k\",\"sides\":[{\"side\":\"friend\",\"party\":\"city\"}]}", "side"},
        {"{\"contract\":\"k\",\"sides\":[{\"side\":\"customer\",\"party\":\"nobody\"}]}", "nobody"},
        {"{\"contract\":\"k\",\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}],\"until\":\"soon\"}", "until"},
        {"{\"contract\":\"k\",\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}],\"from\":\"2027-01-01\","
         "\"until\":\"2026-01-01\"}",
         "until"},
        {"{\"contract\":\"k\",\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}],\"responsibilities\":[{}]}",
         "catalogue"},
        {"{\"contract\":\"k\",\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}],\"catalogue\":\"cip\","
         "\"responsibilities\":[{\"practice\":\"S(9)-9\",\"holder\":\"supplier\"}]}",
         "holds"},
        {"{\"contract\":\"k\",\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}],\"catalogue\":\"cip\","
         "\"responsibilities\":[{\"practice\":\"S(1)-1.1\",\"holder\":\"nobody\"}]}",
         "holds"},
        {"{\"contract\":\"k\",\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}],\"clocks\":[{\"what\":\"x\"}]}",
         "clock"},
        {"{\"contract\":\"k\",\"sides\":[{\"side\":\"customer\",\"party\":\"city\"}],\"items\":[{\"item\":\"x\"}]}",
         "items"},
        {"{\"contract\":\"k\",\"document\":\"?\"}", "document"},
    };
    struct world w;
    open_country(&w, *state);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct told t = post(&w, rows[i].body);
        check_status(t, 400);
        if (strcmp(t.where, rows[i].where) != 0)
            fail_msg("%s: at %s", rows[i].body, t.where);
    }
    check_int(get(&w, "/api/v1/contracts", "lang", "en"), "total", 0);
    close_country(&w);
}

static void the_matrix_shows_who_holds_what_and_what_is_missing(void **state) {
    struct world w;
    open_country(&w, *state);
    check_status(post(&w, CITY), 201);
    check_status(post(&w, SUB), 201);
    struct told t = get(&w, "/api/v1/responsibilities", "catalogue", "cip");
    check_len(t, "contracts", 2);
    check_at(t, "rows/0/practice", "S(1)-1.1");
    check_at(t, "rows/0/holders/city-2026", "developer");
    bool stops = false;
    for (struct jiter it = j_iter(at(t, "missing")); j_next(&it);)
        stops |= str_is(j_gets(it.val, "contract"), "sub-2026") && str_is(j_gets(it.val, "practice"), "S(1)-2.2") &&
                 str_is(j_gets(it.val, "towards"), "city-2026");
    assert_true(stops); /* ours towards the city, and not passed on */
    check_len(get(&w, "/api/v1/responsibilities", "catalogue", "ssdf"), "contracts", 0);
    check_status(get(&w, "/api/v1/responsibilities", "catalogue", "nothing"), 400);
    close_country(&w);
}

static void a_side_sees_its_own_alone(void **state) {
    struct world w;
    open_country(&w, *state);
    struct reader city = reader_of(&w, "city"), hospital = reader_of(&w, "hospital");
    check_status(post(&w, CITY), 201);
    check_status(post(&w, SUB), 201);
    check_int(ask_as(&w, &city, "GET", "/api/v1/contracts", "", NULL), "total", 1);
    check_status(ask_as(&w, &city, "GET", "/api/v1/contracts/city-2026", "", NULL), 200);
    check_status(ask_as(&w, &city, "GET", "/api/v1/contracts/sub-2026", "", NULL), 404);
    check_int(ask_as(&w, &hospital, "GET", "/api/v1/contracts", "", NULL), "total", 0);
    check_len(ask_as(&w, &hospital, "GET", "/api/v1/responsibilities", "", NULL), "contracts", 0);
    check_status(ask_as(&w, &city, "POST", "/api/v1/contracts", CITY, NULL), 403);
    close_country(&w);
}

static void two_at_once_are_told(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = post(&w, CITY);
    const struct answer_header match[] = {
        {"If-Match", arena_printf(w.x->t.a, "\"%lld\"", (long long)j_int(at(t, "entry"), -1)).p}, {0}};
    t = ask_with(&w, &reader_owner, "POST", "/api/v1/contracts", "{\"contract\":\"city-2026\",\"title\":\"A\"}", NULL,
                 match);
    check_status(t, 200);
    t = ask_with(&w, &reader_owner, "POST", "/api/v1/contracts", "{\"contract\":\"city-2026\",\"title\":\"B\"}", NULL,
                 match);
    check_status(t, 409);
    check_at(t, "yours/title", "B");
    check_at(t, "current/title", "A");
    close_country(&w);
}

static void a_target_is_proposed_and_seen_by_its_sides(void **state) {
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    static const char proposal[] = "{\"product\":\"shop\",\"customer\":\"city\",\"degrees\":{\"parts-direct\":3},"
                                   "\"until\":\"2030-01-01\"}";
    struct told t = get(&w, "/api/v1/extent", "product", "shop");
    check_at(t, "product", "shop");
    check_at(t, "aspects/0/aspect", extent_aspects[0].id);
    check_status(get(&w, "/api/v1/extent", "product", "shop", "against", "city"), 400);
    check_status(get(&w, "/api/v1/extent", "product", "nothing"), 400);
    t = ask_as(&w, &reader_owner, "POST", "/api/v1/targets", proposal, NULL);
    check_status(t, 201);
    check_int(t, "degrees/parts-direct", 3);
    check_at(t, "customer/id", "city");
    int64_t entry = j_int(at(t, "entry"), -1);
    /* Whoever looked at an older one is told. */
    const struct answer_header old[] = {{"If-Match", "\"0\""}, {0}};
    t = ask_with(&w, &reader_owner, "POST", "/api/v1/targets", proposal, NULL, old);
    check_status(t, 409);
    check_int(t, "current/entry", entry);
    struct reader city = reader_of(&w, "city"), hospital = reader_of(&w, "hospital");
    check_len(ask_as(&w, &city, "GET", "/api/v1/targets", "", NULL), "rows", 1);
    check_len(ask_as(&w, &hospital, "GET", "/api/v1/targets", "", NULL), "rows", 0);
    const char *file = arena_printf(x->t.a, "/api/v1/targets/%lld/file", (long long)entry).p;
    t = ask_as(&w, &city, "GET", file, "", NULL);
    check_status(t, 200);
    check_status(ask_as(&w, &hospital, "GET", file, "", NULL), 404);
    check_int(get(&w, "/api/v1/extent", "product", "shop", "against", "city"), "aspects/0/target", 3);
    check_status(ask_as(&w, &city, "POST", "/api/v1/targets", proposal, NULL), 403);
    check_status(ask_as(&w, &city, "POST", "/api/v1/targets/receive", "{}", NULL), 403);
    check_status(ask_as(&w, &reader_owner, "POST", "/api/v1/targets/receive", "{}", NULL), 400);
    /* Our own comes back as it is. */
    struct told back = ask_as(&w, &reader_owner, "POST", "/api/v1/targets/receive", arena_cstr(x->t.a, t.text), NULL);
    check_status(back, 200);
    check_int(back, "rows/0/entry", entry);
    static const char *const bad[] = {"{\"product\":\"shop\",\"customer\":\"nobody\"}",
                                      "{\"product\":\"none\",\"customer\":\"city\"}",
                                      "{\"product\":\"shop\",\"customer\":\"hospital\",\"degrees\":{\"x\":1}}",
                                      "{\"product\":\"shop\",\"customer\":\"hospital\",\"until\":\"never\"}"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_status(ask_as(&w, &reader_owner, "POST", "/api/v1/targets", bad[i], NULL), 400);
    close_country(&w);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(a_target_is_proposed_and_seen_by_its_sides),
        HOME_TEST(a_contract_is_written_down_and_changed),
        HOME_TEST(what_cannot_be_is_refused),
        HOME_TEST(the_matrix_shows_who_holds_what_and_what_is_missing),
        HOME_TEST(a_side_sees_its_own_alone),
        HOME_TEST(two_at_once_are_told),
    };
    api_test_reads(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
