/* SPDX-License-Identifier: Apache-2.0
 *
 * Catalogues, what remains of one, how one covers another, which package fits, levels side by side, a person's word.
 */
#include "serve/api_testing.h"

static struct told post(struct world *w, const char *path, const char *body) {
    return ask_as(w, &reader_owner, "POST", path, body, NULL);
}

static void a_catalogue_in_the_readers_language(void **state) {
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    struct told t = get(&w, "/api/v1/conform/catalogues/cip", NULL);
    check_at(t, "id", "cip");
    check_at(t, "packages/0/id", "minimum");
    assert_true(j_is_str(at(t, "practices/0/title")));
    check_len(t, "practices/0/levels", 5);
    assert_true(j_is_obj(at(get(&w, "/api/v1/conform/catalogues/cip", "form", "akashi"), "practices/0/title")));
    check_status(get(&w, "/api/v1/conform/catalogues/none", NULL), 400);
    close_country(&w);
}

static void what_remains(void **state) {
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    struct told t = get(&w, "/api/v1/conform/gap", "have", "ssdf", "want", "cip", "package", "minimum");
    check_at(t, "want", "cip");
    int64_t all = j_int(at(t, "counts/met"), 0) + j_int(at(t, "counts/partly"), 0) + j_int(at(t, "counts/open"), 0);
    check_len(t, "practices", (size_t)all);
    check_status(get(&w, "/api/v1/conform/gap", "want", "cip"), 400);
    check_status(get(&w, "/api/v1/conform/gap", "have", "ssdf", "role", "king"), 400);
    t = get(&w, "/api/v1/conform/map", "from", "ssdf", "to", "cip");
    check_int(t, "maps", 1);
    check_status(get(&w, "/api/v1/conform/map", "from", "ssdf"), 400);
    close_country(&w);
}

static void which_package_fits(void **state) {
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    struct told t = get(&w, "/api/v1/conform/choose", NULL);
    check_at(t, "catalogue", "cip");
    size_t n = j_len(at(t, "questions"));
    assert_true(n > 3);
    const char *body = arena_printf(x->t.a, "{\"answers\":{\"%.*s\":\"%.*s\"}}",
                                    STR_ARG(j_str(at(t, "questions/0/id"))),
                                    STR_ARG(j_str(at(t, "questions/0/answers/0/id"))))
                           .p;
    t = post(&w, "/api/v1/conform/choose", body);
    check_status(t, 200);
    check_len(t, "unanswered", n - 1);
    assert_false(j_ok(at(t, "entry"))); /* nothing is stated that was not asked for */
    check_status(post(&w, "/api/v1/conform/choose", "{\"answers\":{\"colour\":\"red\"}}"), 400);
    close_country(&w);
}

static void levels_side_by_side(void **state) {
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    state_sheet(&w, THING_PARTY, "id,name,roles,primes\nworks,Works,developer,acme\n");
    state_sheet(&w, THING_PRODUCT, "id,name,party\nlathe,Lathe,works\n");
    struct told t = get(&w, "/api/v1/conform/units", "party", "acme", "package", "minimum");
    check_int(t, "total", 1);
    check_at(t, "units/0/party", "acme");
    check_at(t, "units/1/name", "Works");
    check_int(t, "units/1/products", 1);
    check_len(t, "requirements", 21);
    check_len(t, "requirements/0/cells", 2);
    check_len(get(&w, "/api/v1/conform/units", "party", "acme", "limit", "0"), "units", 1);
    struct reader city = reader_of(&w, "city");
    check_status(ask_as(&w, &city, "GET", "/api/v1/conform/units", "", ARGUMENTS("party", "acme")), 403);
    close_country(&w);
}

static void a_persons_word(void **state) {
    static const struct {
        const char *body;
        int status;
    } rows[] = {
        {"{\"practice\":\"S(1)-1.1\",\"level\":1,\"text\":\"seen\",\"person\":{\"name\":\"P\","
         "\"role\":"
         "\"CISO\"},\"sample\":\"2/9\",\"documents\":[{\"name\":\"a.txt\",\"base64\":\"YQ==\"}]}",
         201},
        {"{\"practice\":\"S(1)-1.1\",\"notApplicable\":\"nothing of it\",\"person\":{\"name\":\"P\","
         "\"role\":\"CISO\"}}",
         201},
        {"{\"practice\":\"S(1)-1.1\",\"level\":1}", 400}, /* whose word? */
        {"{\"practice\":\"S(1)-1.1\",\"party\":\"nobody\",\"level\":1,\"person\":{\"name\":\"P\",\"role\":\"R\"}}",
         400},
        {"{\"practice\":\"S(1)-1.1\",\"level\":5,\"person\":{\"name\":\"P\",\"role\":\"R\"}}", 400},
        {"{\"practice\":\"S(9)\",\"level\":1,\"person\":{\"name\":\"P\",\"role\":\"R\"}}", 400},
        {"{\"practice\":\"S(1)-1.1\",\"level\":1,\"expires\":\"2001-01-01\",\"person\":{\"name\":"
         "\"P\","
         "\"role\":\"R\"}}",
         400},
        {"{\"practice\":\"S(1)-1.1\",\"level\":1,\"person\":{\"name\":\"P\",\"role\":\"R\"},"
         "\"documents\":[{\"name\":\"a\",\"base64\":\"?\"}]}",
         400},
    };
    struct home_test *x = *state;
    struct world w;
    open_country(&w, x);
    state_sheet(&w, THING_PARTY, "id,name,roles\nrei,\xE4\xBE\x8B,supplier\n"); /* the home's own */
    state_sheet(&w, THING_PRODUCT, "id,name,party\nlamp,Lamp,rei\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct told t = post(&w, "/api/v1/conform/attestations", rows[i].body);
        if (t.status != rows[i].status)
            fail_msg("%s: %d %.*s", rows[i].body, t.status, STR_ARG(t.text));
        if (i == 0)
            check_len(t, "drawn", 2);
    }
    struct told t = get(&w, "/api/v1/conform/status", "practice", "S(1)-1.1");
    check_at(t, "practices/0/basis", "not-applicable");
    close_country(&w);
}

int main(int argc, char **argv) {
    api_test_reads(argc, argv);
    const struct CMUnitTest tests[] = {
        HOME_TEST(a_catalogue_in_the_readers_language),
        HOME_TEST(what_remains),
        HOME_TEST(which_package_fits),
        HOME_TEST(levels_side_by_side),
        HOME_TEST(a_persons_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
