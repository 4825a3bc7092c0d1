/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/api_testing.h"

static void what_is_asked_for_is_named(void **state) {
    struct world w;
    open_country(&w, *state);
    struct told t = get(&w, "/api/v1/names", "product", "shop,nothing,,shop", "service", "emergency");
    check_at(t, "product/shop", "Shop");
    check_at(t, "service/emergency", "Emergency");
    assert_int_equal(j_len(at(t, "product")), 1);
    assert_int_equal(j_len(at(t, "party")), 0);
    close_country(&w);
}

static void what_a_reader_may_not_know_is_left_out(void **state) {
    struct world w;
    open_country(&w, *state);
    struct reader hospital = reader_of(&w, "hospital");
    struct told t = ask_as(&w, &hospital, "GET", "/api/v1/names", "", ARGUMENTS("product", "shop"));
    check_status(t, 200);
    assert_int_equal(j_len(at(t, "product")), 0);
    close_country(&w);
}

static void so_many_at_once(void **state) {
    struct world w;
    open_country(&w, *state);
    char many[201 * 4 + 1] = "";
    for (unsigned i = 0; i < 201; i++)
        (void)snprintf(many + (size_t)4 * i, 5, "%03u,", i);
    check_status(get(&w, "/api/v1/names", "party", many), 400);
    many[800] = 0;
    check_status(get(&w, "/api/v1/names", "party", many), 200);
    close_country(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        HOME_TEST(what_is_asked_for_is_named),
        HOME_TEST(what_a_reader_may_not_know_is_left_out),
        HOME_TEST(so_many_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
