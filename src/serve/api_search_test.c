/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/api_testing.h"

static void check_first(struct told t, const char *kind, const char *id) {
    check_at(t, "rows/0/kind", kind);
    check_at(t, "rows/0/id", id);
}

static void every_kind_is_found(void **state) {
    struct world w;
    open_country(&w, *state);
    check_first(get(&w, "/api/v1/search", "q", "shop"), "product", "shop");
    check_first(get(&w, "/api/v1/search", "q", "shop@"), "release", "shop@1.0");
    check_first(get(&w, "/api/v1/search", "q", "acme"), "party", "acme");
    check_first(get(&w, "/api/v1/search", "q", "Emergency"), "service", "emergency");
    check_first(get(&w, "/api/v1/search", "q", "cve-2026"), "flaw", "CVE-2026-1");
    check_first(get(&w, "/api/v1/search", "q", "ghsa-1"), "flaw", "CVE-2026-1");
    check_first(get(&w, "/api/v1/search", "q", "left turns"), "flaw", "CVE-2026-1");
    check_first(get(&w, "/api/v1/search", "q", "middle"), "package", "pkg:npm/middle");
    check_first(get(&w, "/api/v1/search", "q", "pkg:npm/mid"), "package", "pkg:npm/middle");
    check_at(get(&w, "/api/v1/search", "q", "C-"), "rows/0/kind", "case");
    check_len(get(&w, "/api/v1/search", "q", "x"), "rows", 0);
    check_len(get(&w, "/api/v1/search", "q", "100%"), "rows", 0);
    check_len(get(&w, "/api/v1/search", "limit", "5"), "rows", 0);
    check_status(get(&w, "/api/v1/search", "q", "shop", "limit", "101"), 400);
    close_country(&w);
}

static void what_a_reader_may_not_know_is_not_found(void **state) {
    struct world w;
    open_country(&w, *state);
    struct reader hospital = reader_of(&w, "hospital"), city = reader_of(&w, "city");
    static const char *const hidden[] = {"shop", "shop@", "acme", "register", "CVE-2026", "middle", "C-"};
    for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++)
        check_len(ask_as(&w, &hospital, "GET", "/api/v1/search", "", ARGUMENTS("q", hidden[i])), "rows", 0);
    check_first(ask_as(&w, &hospital, "GET", "/api/v1/search", "", ARGUMENTS("q", "right")), "package",
                "pkg:npm/right");
    check_first(ask_as(&w, &city, "GET", "/api/v1/search", "", ARGUMENTS("q", "middle")), "package", "pkg:npm/middle");
    check_first(ask_as(&w, &city, "GET", "/api/v1/search", "", ARGUMENTS("q", "CVE-2026")), "flaw", "CVE-2026-1");
    check_len(ask_as(&w, &city, "GET", "/api/v1/search", "", ARGUMENTS("q", "C-")), "rows", 0);
    close_country(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(every_kind_is_found),
        HOME_TEST(what_a_reader_may_not_know_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
