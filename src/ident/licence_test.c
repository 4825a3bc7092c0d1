/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "ident/licence.h"

static const struct {
    const char *in, *out; /* NULL: refused */
} rows[] = {
    {"mit", "MIT"},
    {"MIT OR (apache-2.0 AND gpl-2.0+ with classpath-EXCEPTION-2.0)",
     "MIT OR Apache-2.0 AND GPL-2.0+ WITH Classpath-exception-2.0"},
    {"(MIT OR ISC) and BSD-2-Clause", "(MIT OR ISC) AND BSD-2-Clause"},
    {"((MIT))", "MIT"},
    {"MIT AND (ISC AND Zlib)", "MIT AND ISC AND Zlib"},
    {"LicenseRef-x.y OR DocumentRef-a:LicenseRef-b", "LicenseRef-x.y OR DocumentRef-a:LicenseRef-b"},
    {"EPL-1.0+", "EPL-1.0+"},
    {"MIT OR", NULL},
    {"(MIT", NULL},
    {"MIT)", NULL},
    {"MIT ISC", NULL},
    {"Nonsense-1.0", NULL},
    {"MIT WITH nonsense", NULL},
    {"LicenseRef-", NULL},
    {"LicenseRef-a_b", NULL},
    {"()", NULL},
    {"+", NULL},
    {"", NULL},
};

static void expressions(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct licence *l;
        bool ok = licence_parse(t->a, str_of(rows[i].in), &l, &t->e);
        assert_int_equal(ok, rows[i].out != NULL);
        if (!ok) {
            assert_string_equal(t->e.where, rows[i].in);
            continue;
        }
        struct buf b = {0};
        licence_write(l, &b);
        check_str(buf_str(&b), rows[i].out);
        buf_free(&b);
    }
}

static void bounds(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    for (int i = 0; i < 100000; i++)
        buf_addc(&b, '(');
    struct licence *l;
    assert_false(licence_parse(t->a, buf_str(&b), &l, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    buf_clear(&b);
    for (int i = 0; i < 100000; i++)
        buf_add(&b, S("MIT OR "));
    assert_false(licence_parse(t->a, buf_str(&b), &l, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    buf_free(&b);
}

static void list(void **state) {
    (void)state;
    check_str(licence_id(S("apache-2.0")), "Apache-2.0");
    assert_null(licence_id(S("Apache")).p);
    assert_true(licence_is_deprecated(S("gpl-2.0")));
    assert_false(licence_is_deprecated(S("MIT")));
    check_str(licence_exception(S("llvm-exception")), "LLVM-exception");
}

static void what_people_write(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *id;
    } texts[] = {
        {"Apache License, Version 2.0", "Apache-2.0"},
        {"The Apache Software License, Version 2.0", "Apache-2.0"},
        {"License :: OSI Approved :: MIT License", "MIT"},
        {"License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)", "MPL-2.0"},
        {"GNU General Public License v3 or later (GPLv3+)", "GPL-3.0-or-later"},
        {"GPLv2+", "GPL-2.0-or-later"},
        {"GPL-2+", "GPL-2.0-or-later"},
        {"LGPLv2.1+", "LGPL-2.1-or-later"},
        {"GNU Lesser General Public License, version 2.1", "LGPL-2.1-only"},
        {"New BSD License", "BSD-3-Clause"},
        {"The 3-Clause BSD License", "BSD-3-Clause"},
        {"http://www.apache.org/licenses/LICENSE-2.0.txt", "Apache-2.0"},
        {"https://opensource.org/licenses/MIT", "MIT"},
        {"https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"},
        {"https://spdx.org/licenses/Zlib.html", "Zlib"},
        {"Eclipse Public License v2.0", "EPL-2.0"},
        {"BSD Zero Clause License", "0BSD"},
        {"same as Perl itself", "Artistic-1.0-Perl OR GPL-1.0-or-later"},
        {"BSD", NULL},
        {"GPL", NULL},
        {"2.0", NULL},
        {"Commercial", NULL},
        {"https://example.com/LICENSE", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        str id = licence_from_text(t->a, str_of(texts[i].text));
        if (!str_eq(id, str_of(texts[i].id)))
            fail_msg("%s: %.*s", texts[i].text, STR_ARG(id));
    }
}

/* Each id finds itself, in any case: the list is sorted as the search expects. */
static void whole_list(void **state) {
    struct testing *t = *state;
    static const char *const some[] = {"0BSD", "AAL", "curl", "eGenix", "Zlib", "zlib-acknowledgement", "ZPL-2.1"};
    for (size_t i = 0; i < sizeof some / sizeof *some; i++)
        check_str(licence_id(arena_lower(t->a, str_of(some[i]))), some[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(expressions), TEST(bounds), TEST(list), TEST(what_people_write),
                                       TEST(whole_list)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
