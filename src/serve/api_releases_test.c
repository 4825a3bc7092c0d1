/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/api_testing.h"

static void releases_of_a_product(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/products", "q", "shop");
    check_len(t, "rows", 1);
    check_int(t, "rows/0/releases", 2);
    check_at(t, "rows/0/newest", "2.0");
    t = get(&w, "/api/v1/products/shop", "lang", "en");
    check_int(t, "releases_total", 2);
    check_at(t, "releases/0/release", "shop@2.0");
    check_len(t, "history", 1);
    t = get(&w, "/api/v1/releases", "limit", "2");
    check_len(t, "rows", 2);
    check_at(t, "rows/0/release", "sensor@1.0");
    t = get(&w, "/api/v1/releases", "limit", "2", "page", arena_cstr(w.x->t.a, j_str(at(t, "next"))));
    check_at(t, "rows/0/release", "shop@1.0");
    assert_false(j_ok(at(t, "next")));
    check_status(get(&w, "/api/v1/products/nothing", "lang", "en"), 404);
    close_country(&w);
}

static void one_release(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/release", "name", "shop@2.0");
    check_at(t, "previous", "1.0");
    check_int(t, "counts/findings", 1);
    check_int(t, "counts/deployments", 0);
    t = get(&w, "/api/v1/release/components", "name", "shop@2.0", "limit", "1");
    check_int(t, "total", 2);
    check_at(t, "rows/0/purl", "pkg:npm/left@1.5.0");
    check_int(t, "rows/0/flaws", 1);
    t = get(&w, "/api/v1/release/components", "name", "shop@2.0", "tree", "1");
    check_len(t, "nodes", 2);
    static const char *const less[] = {"pkg:npm/left@1.5.0"};
    ship(&w, "shop", "3.0", less, 1);
    t = get(&w, "/api/v1/release/diff", "name", "shop@3.0", "with", "2.0");
    check_len(t, "changes", 1);
    check_at(t, "changes/0/change", "removed");
    check_at(t, "changes/0/component", "pkg:npm/middle");
    check_at(get(&w, "/api/v1/release", "name", "shop@2.0"), "following", "3.0");
    t = get(&w, "/api/v1/release/findings", "name", "shop@2.0");
    check_int(t, "total", 1);
    t = get(&w, "/api/v1/release/evidence", "name", "shop@2.0");
    check_len(t, "documents", 1);
    check_len(t, "documents/0/files", 1);
    check_status(get(&w, "/api/v1/release", "name", "shop@4.0"), 404);
    check_status(get(&w, "/api/v1/release", "lang", "en"), 400);
    check_status(get(&w, "/api/v1/release/diff", "name", "shop@2.0", "with", "7"), 404);
    close_country(&w);
}

static void a_release_one_may_not_know_is_not_there(void **state) {
    static const char *const paths[] = {"/api/v1/release", "/api/v1/release/components", "/api/v1/release/evidence"};
    struct world w;
    open_country(&w, *state);
    struct reader city = reader_of(&w, "city"), hospital = reader_of(&w, "hospital");
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        check_status(ask_as(&w, &city, "GET", paths[i], "", ARGUMENTS("name", "shop@1.0")), 200);
        check_status(ask_as(&w, &city, "GET", paths[i], "", ARGUMENTS("name", "shop@2.0")), 404);
        check_status(ask_as(&w, &hospital, "GET", paths[i], "", ARGUMENTS("name", "shop@1.0")), 404);
    }
    check_status(ask_as(&w, &city, "GET", "/api/v1/release/diff", "", ARGUMENTS("name", "shop@1.0", "with", "2.0")),
                 404);
    check_int(ask_as(&w, &hospital, "GET", "/api/v1/release/findings", "", ARGUMENTS("name", "shop@1.0")), "total", 0);
    check_len(ask_as(&w, &hospital, "GET", "/api/v1/releases", "", NULL), "rows", 1);
    check_len(ask_as(&w, &hospital, "GET", "/api/v1/products", "", NULL), "rows", 0);
    check_status(ask_as(&w, &hospital, "GET", "/api/v1/products/shop", "", NULL), 404);
    close_country(&w);
}

static void findings_have_orders_and_filters(void **state) {
    struct world w;
    open_country(&w, *state);
    check_int(get(&w, "/api/v1/findings", "product", "shop"), "total", 2);
    check_int(get(&w, "/api/v1/findings", "product", "shop@1.0"), "total", 1);
    check_int(get(&w, "/api/v1/findings", "kev", "1"), "total", 0);
    check_int(get(&w, "/api/v1/findings", "party", "acme"), "total", 2);
    check_status(get(&w, "/api/v1/findings", "sort", "clock"), 200);
    check_status(get(&w, "/api/v1/findings", "sort", "name"), 400);
    check_status(get(&w, "/api/v1/findings", "severity", "terrible"), 400);
    check_status(get(&w, "/api/v1/findings", "party", "acme", "product", "shop"), 400);
    struct reader city = reader_of(&w, "city");
    check_int(ask_as(&w, &city, "GET", "/api/v1/findings", "", NULL), "total", 1);
    close_country(&w);
}

static void a_package_and_its_versions(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/component", "purl", "pkg:npm/left");
    check_len(t, "versions", 2);
    check_at(t, "versions/0/upgrade", "2.0.0");
    check_int(t, "reach/counts/releases", 2);
    check_at(get(&w, "/api/v1/components", "q", "left"), "rows/0/package", "pkg:npm/left");
    check_int(get(&w, "/api/v1/components", "q", "left"), "rows/0/versions", 2);
    struct reader city = reader_of(&w, "city"), hospital = reader_of(&w, "hospital");
    check_len(ask_as(&w, &city, "GET", "/api/v1/component", "", ARGUMENTS("purl", "pkg:npm/left")), "versions", 1);
    check_status(ask_as(&w, &hospital, "GET", "/api/v1/component", "", ARGUMENTS("purl", "pkg:npm/left")), 404);
    check_status(get(&w, "/api/v1/component", "purl", "pkg:npm/nothing"), 404);
    close_country(&w);
}

static void the_most_used_packages_come_first(void **state) {
    struct world w;
    open_country(&w, *state);
    struct reader hospital = reader_of(&w, "hospital");
    struct told t = get(&w, "/api/v1/components", "limit", "2");
    check_int(t, "total", 3);
    check_len(t, "rows", 2);
    check_at(t, "rows/0/package", "pkg:npm/left");
    check_int(t, "rows/0/documents", 2);
    check_int(t, "rows/0/documents_with_flaws", 2);
    check_int(t, "rows/0/versions", 2);
    check_at(t, "rows/0/upgrade", "2.0.0");
    assert_true(j_true(j_get(at(t, "rows/0/worst"), "kev")) == false);
    check_at(t, "rows/1/package", "pkg:npm/middle");
    char next[100];
    (void)snprintf(next, sizeof next, "%.*s", STR_ARG(j_str(at(t, "next"))));
    t = get(&w, "/api/v1/components", "limit", "2", "page", next);
    check_len(t, "rows", 1);
    check_at(t, "rows/0/package", "pkg:npm/right");
    check_int(t, "rows/0/documents", 1);
    t = ask_as(&w, &hospital, "GET", "/api/v1/components", "", NULL);
    check_len(t, "rows", 1);
    check_at(t, "rows/0/package", "pkg:npm/right");
    check_len(ask_as(&w, &hospital, "GET", "/api/v1/components", "", ARGUMENTS("q", "left")), "rows", 0);
    close_country(&w);
}

static void what_needs_somebody_today(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/today", "lang", "en");
    check_int(t, "cases/open", 1);
    check_int(t, "cases/without_owner", 1);
    check_int(t, "offers/total", 0);
    struct reader city = reader_of(&w, "city");
    t = ask_as(&w, &city, "GET", "/api/v1/today", "", NULL);
    check_int(t, "cases/open", 0);
    assert_false(j_ok(at(t, "offers")));
    assert_false(j_ok(at(t, "since_yesterday/statements")));
    close_country(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(releases_of_a_product),
        HOME_TEST(one_release),
        HOME_TEST(a_release_one_may_not_know_is_not_there),
        HOME_TEST(findings_have_orders_and_filters),
        HOME_TEST(a_package_and_its_versions),
        HOME_TEST(the_most_used_packages_come_first),
        HOME_TEST(what_needs_somebody_today),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
