/* SPDX-License-Identifier: Apache-2.0
 *
 * Cutting a question, choosing versions, cursors: what needs no portfolio.
 */
#include "base/testing.h"
#include "impact/cursor.h"
#include "impact/question.h"

static void a_range_is_cut_off(void **state) {
    (void)state;
    struct arena *a = arena_new();
    static const struct {
        const char *text, *purl, *range;
    } rows[] = {
        {"pkg:npm/lodash", "pkg:npm/lodash", NULL},
        {"pkg:npm/lodash@4.17.20", "pkg:npm/lodash", "4.17.20"},
        {"pkg:npm/lodash@<4.17.21", "pkg:npm/lodash", "<4.17.21"},
        {"pkg:npm/@scope/name", "pkg:npm/@scope/name", NULL},
        {"pkg:npm/@scope/name@^1.2", "pkg:npm/@scope/name", "^1.2"},
        {"pkg:npm/%40scope/name@vers:npm/>=1|<2", "pkg:npm/%40scope/name", "vers:npm/>=1|<2"},
        {"pkg:deb/debian/openssl@1.1?arch=amd64", "pkg:deb/debian/openssl?arch=amd64", "1.1"},
        {"pkg:golang/x.org/y@v1.0.0#sub/dir", "pkg:golang/x.org/y", "v1.0.0"},
        {"pkg:npm/lodash@", "pkg:npm/lodash", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str purl, range;
        question_cut_range(a, str_of(rows[i].text), &purl, &range);
        assert_true(str_is(purl, rows[i].purl));
        assert_int_equal(range.p != NULL, rows[i].range != NULL);
        assert_true(!range.p || str_is(range, rows[i].range));
    }
    arena_free(a);
}

static void versions_are_chosen(void **state) {
    (void)state;
    struct arena *a = arena_new();
    static const struct {
        const char *type, *range, *version;
        bool want;
    } rows[] = {
        {"npm", NULL, "1.0.0", true},
        {"npm", "*", "1.0.0", true},
        {"npm", "1.0.0", "1.0.0", true},
        {"npm", "1.0.0", "1.0.1", false},
        {"maven", "1.0", "1.0.0", true}, /* equal in the ecosystem's order */
        {"npm", "<4.17.21", "4.17.20", true},
        {"npm", "<4.17.21", "4.17.21", false},
        {"npm", "^1.2", "1.9.0", true},
        {"npm", "^1.2", "2.0.0", false},
        {"npm", ">=1.0.0|<2.0.0", "1.5.0", true},
        {"npm", ">=1.0.0|<2.0.0", "2.0.0", false},
        {"npm", "vers:npm/>=1.0.0|<2.0.0", "1.5.0", true},
        {"npm", "%3E=2.0.0", "2.1.0", true},
        {"npm", "1.2.x", "1.2.9", true},
        {"npm", "1.2.x", "1.3.0", false},
        {"maven", "[1.0,2.0)", "1.5", true},
        {"maven", "[1.0,2.0)", "2.0", false},
        {"pypi", "~=1.4", "1.9", true},
        {"pypi", "~=1.4", "2.0", false},
        {"deb", "1:2.3-4", "1:2.3-4", true},
        {"npm", "<4.17.21", "not a version", false},
        {"npm", "not-a-version", "not-a-version", true},
        {"npm", "<4.17.21", NULL, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct version_choice *c;
        struct err e = {0};
        if (!version_choice_parse(a, str_of(rows[i].type), str_of(rows[i].range), &c, &e))
            fail_msg("row %zu: %s", i, e.what);
        if (version_chosen(a, c, str_of(rows[i].version)) != rows[i].want)
            fail_msg("row %zu: %s %s %s", i, rows[i].type, rows[i].range, rows[i].version);
    }
    arena_free(a);
}

static void a_range_that_is_none_is_refused(void **state) {
    (void)state;
    struct arena *a = arena_new();
    static const struct {
        const char *type, *range;
    } rows[] = {{"npm", "vers:nonsense"}, {"maven", "[1.0,"}, {"rubygems", "~>"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct version_choice *c;
        struct err e = {0};
        if (version_choice_parse(a, str_of(rows[i].type), str_of(rows[i].range), &c, &e))
            fail_msg("row %zu is taken", i);
        assert_true(e.what[0]);
    }
    arena_free(a);
}

static void a_cursor_comes_back_for_its_question_alone(void **state) {
    (void)state;
    struct arena *a = arena_new();
    struct err e = {0};
    const struct cursor rows[] = {
        {.size = 0},
        {.size = 1042, .time = 1763700000, .offset = 50},
        {.size = UINT32_MAX, .time = -5, .offset = 7, .value = -12, .name = S("CVE-2021-44228")},
        {.size = 1, .time = 1, .name = S("odd. name%")}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cursor back;
        str text = cursor_text(a, &rows[i], S("pkg:npm/a releases"));
        if (!cursor_parse(a, text, S("pkg:npm/a releases"), &back, &e))
            fail_msg("row %zu: %.*s", i, STR_ARG(text));
        assert_true(back.size == rows[i].size && back.time == rows[i].time && back.offset == rows[i].offset &&
                    back.value == rows[i].value && str_eq(back.name, rows[i].name));
        assert_false(cursor_parse(a, text, S("pkg:npm/b releases"), &back, &e));
        assert_int_equal(e.kind, ERR_USAGE);
        assert_false(cursor_parse(a, arena_cat(a, S("9"), text), S("pkg:npm/a releases"), &back, &e));
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_is_cut_off),
        cmocka_unit_test(versions_are_chosen),
        cmocka_unit_test(a_range_that_is_none_is_refused),
        cmocka_unit_test(a_cursor_comes_back_for_its_question_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
