/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "serve/api_testing.h"

#define LEFT "pkg:npm/left"

static void counts_then_rows(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/impact", "q", "CVE-2026-1");
    check_at(t, "advisory", "no-data");
    str database = path_join(w.x->t.a, w.x->h.path, S("advisories.db"));
    assert_int_equal(link(arena_cstr(w.x->t.a, w.db_path), arena_cstr(w.x->t.a, database)), 0);
    t = get(&w, "/api/v1/impact", "q", "CVE-2026-1");
    check_at(t, "kind", "flaw");
    check_int(t, "counts/releases", 2);
    check_int(t, "counts/services", 1);
    check_len(t, "rows", 2);
    check_at(t, "rows/0/product", "shop");
    check_at(t, "advisory", "known");
    t = get(&w, "/api/v1/impact", "q", "cve-2099-1"); /* nobody named it: 0 says nothing */
    check_at(t, "name", "CVE-2099-1");
    check_at(t, "advisory", "unknown");
    check_int(t, "counts/releases", 0);
    t = get(&w, "/api/v1/impact", "q", LEFT "@<1.2.0");
    check_int(t, "counts/releases", 1);
    check_int(get(&w, "/api/v1/impact", "purl", LEFT "@<1.2.0"), "counts/releases", 1);
    t = get(&w, "/api/v1/impact", "q", LEFT, "list", "deployments");
    check_at(t, "rows/0/deployment", "city/shop");
    t = get(&w, "/api/v1/impact", "q", LEFT, "count", "1");
    check_int(t, "releases", 2);
    assert_false(j_ok(at(t, "counts")));
    close_country(&w);
}

static void a_page_goes_on_where_the_last_one_ended(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/impact", "q", LEFT, "limit", "1");
    check_len(t, "rows", 1);
    check_at(t, "rows/0/version", "2.0");
    const char *next = arena_cstr(w.x->t.a, j_str(at(t, "next")));
    t = get(&w, "/api/v1/impact", "q", LEFT, "limit", "1", "page", next);
    check_at(t, "rows/0/version", "1.0");
    assert_false(j_ok(at(t, "next")));
    check_status(get(&w, "/api/v1/impact", "q", "pkg:npm/right", "page", next), 400);
    close_country(&w);
}

static void a_reader_gets_their_own(void **state) {
    struct world w;
    open_country(&w, *state);
    struct reader city = reader_of(&w, "city"), hospital = reader_of(&w, "hospital");
    struct told t = ask_as(&w, &city, "GET", "/api/v1/impact", "", ARGUMENTS("q", LEFT));
    check_int(t, "counts/releases", 1); /* the one it runs */
    t = ask_as(&w, &hospital, "GET", "/api/v1/impact", "", ARGUMENTS("q", LEFT));
    check_int(t, "counts/releases", 0);
    t = ask_as(&w, &hospital, "GET", "/api/v1/impact", "", ARGUMENTS("q", "shop"));
    check_at(t, "kind", "unknown");
    t = ask_as(&w, &hospital, "GET", "/api/v1/impact", "", ARGUMENTS("q", "nothing-of-that-name"));
    check_at(t, "kind", "unknown");
    t = ask_as(&w, &hospital, "GET", "/api/v1/impact", "", ARGUMENTS("q", "shop", "count", "1"));
    check_at(t, "kind", "unknown");
    /* ?audience= narrows and never widens */
    t = get(&w, "/api/v1/impact", "q", LEFT, "audience", "city");
    check_int(t, "counts/releases", 1);
    check_status(ask_as(&w, &hospital, "GET", "/api/v1/impact", "", ARGUMENTS("q", LEFT, "audience", "city")), 400);
    check_status(ask_as(&w, &hospital, "GET", "/api/v1/impact", "", ARGUMENTS("q", LEFT, "audience", ":green")), 400);
    check_status(ask_as(&w, &city, "GET", "/api/v1/impact", "", ARGUMENTS("q", LEFT, "audience", "city")), 200);
    close_country(&w);
}

static void half_a_question_counts_nothing(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/impact", "q", "pkg:npm", "count", "1");
    check_status(t, 200);
    check_at(t, "kind", "unknown");
    check_status(get(&w, "/api/v1/impact", "q", "pkg:npm"), 400);
    check_status(get(&w, "/api/v1/impact", "list", "releases"), 400);
    check_status(get(&w, "/api/v1/impact", "q", LEFT, "list", "things"), 400);
    check_status(get(&w, "/api/v1/impact", "q", LEFT, "limit", "501"), 400);
    close_country(&w);
}

static void what_hangs_on_little(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/impact/top", "limit", "3");
    check_at(t, "top/0/name", "city/shop");
    assert_true(j_true(at(t, "top/0/single_point_of_failure")));
    check_status(get(&w, "/api/v1/impact/top", "of", "people"), 400);
    t = get(&w, "/api/v1/impact/what-if", "remove", "service:power");
    check_int(t, "services/0/people", 5000);
    check_status(get(&w, "/api/v1/impact/what-if", "remove", "service:nothing"), 400);
    struct reader city = reader_of(&w, "city");
    t = ask_as(&w, &city, "GET", "/api/v1/impact/what-if", "", ARGUMENTS("remove", "service:power"));
    check_len(t, "services", 1); /* the hospital's is not theirs to see */
    close_country(&w);
}

static void services_by_sector_and_region(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/impact/map", "q", "");
    check_len(t, "cells", 3);
    check_at(t, "cells/0/sector", "energy");
    check_int(t, "cells/0/population", 5000);
    t = get(&w, "/api/v1/impact/map", "q", LEFT);
    check_len(t, "cells", 1);
    check_at(t, "cells/0/region", "tokyo");
    check_int(t, "cells/0/people_without_service", 1000);
    struct reader hospital = reader_of(&w, "hospital");
    t = ask_as(&w, &hospital, "GET", "/api/v1/impact/map", "", NULL);
    check_len(t, "cells", 1);
    close_country(&w);
}

static void streams_from_supplier_to_service(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/impact/flow", "q", "");
    check_int(t, "deployments", 2);
    check_len(t, "nodes", 8);
    check_len(t, "links", 6);
    t = get(&w, "/api/v1/impact/flow", "q", LEFT);
    check_len(t, "nodes", 4);
    check_at(t, "links/0/from", "supplier|acme");
    check_at(t, "links/2/to", "service|register");
    t = get(&w, "/api/v1/impact/flow", "most", "1");
    check_int(t, "nodes/1/others", 1);
    check_int(t, "nodes/1/deployments", 1);
    close_country(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(counts_then_rows),
        HOME_TEST(a_page_goes_on_where_the_last_one_ended),
        HOME_TEST(a_reader_gets_their_own),
        HOME_TEST(half_a_question_counts_nothing),
        HOME_TEST(what_hangs_on_little),
        HOME_TEST(services_by_sector_and_region),
        HOME_TEST(streams_from_supplier_to_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
