/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors and messages: kind, place, hint, cut cleanly; the catalogue's lookup.
 */
#include <errno.h>
#include <stdio.h>

#include "base/testing.h"

static void carries_what_where_hint(void **state) {
    struct testing *t = *state;
    struct err *e = &t->e;
    assert_false(err_set(e, ERR_INPUT, S("a.json:3"), "bad %s", "thing"));
    assert_int_equal(e->kind, ERR_INPUT);
    assert_string_equal(e->what, "bad thing");
    assert_string_equal(e->where, "a.json:3");
    assert_string_equal(e->hint, "");
    assert_false(err_hint(e, "try %d", 7));
    assert_string_equal(e->hint, "try 7");
    assert_false(err_prefix(e, "reading %s", "x"));
    assert_string_equal(e->what, "reading x: bad thing");
    assert_false(err_within(e, S("a.zip")));
    assert_string_equal(e->where, "a.zip!a.json:3");
    assert_false(err_set(e, ERR_ENV, S(""), "%s", e->what)); /* arguments may point into the error itself */
    assert_string_equal(e->what, "reading x: bad thing");
    assert_string_equal(e->hint, "");
    err_within(e, S("a.zip"));
    assert_string_equal(e->where, "a.zip");
}

static void accepts_no_error_to_fill(void **state) {
    (void)state;
    assert_false(err_set(NULL, ERR_INPUT, S("x"), "y"));
    assert_false(err_hint(NULL, "y"));
    assert_false(err_prefix(NULL, "y"));
    assert_false(err_within(NULL, S("y")));
    assert_false(err_errno(NULL, S("x"), "y"));
}

/* Every cut falls between characters. */
static void long_texts_are_cut_between_characters(void **state) {
    struct testing *t = *state;
    for (size_t shift = 0; shift < 3; shift++) {
        struct buf b = {0};
        buf_add(&b, str_upto(S("ab"), shift));
        for (int i = 0; i < 400; i++)
            buf_addz(&b, "\xE8\xA8\xBC");
        err_set(&t->e, ERR_INPUT, buf_str(&b), "%.*s", STR_ARG(buf_str(&b)));
        err_hint(&t->e, "%.*s", STR_ARG(buf_str(&b)));
        assert_true(str_utf8_ok(str_of(t->e.what)) && strlen(t->e.what) > sizeof t->e.what - 5);
        assert_true(str_utf8_ok(str_of(t->e.where)) && strlen(t->e.where) > sizeof t->e.where - 5);
        assert_true(str_utf8_ok(str_of(t->e.hint)) && strlen(t->e.hint) > sizeof t->e.hint - 5);
        err_prefix(&t->e, "p");
        assert_true(str_utf8_ok(str_of(t->e.what)));
        buf_free(&b);
    }
}

static void errno_is_named_and_a_full_disk_has_a_hint(void **state) {
    struct testing *t = *state;
    errno = EACCES;
    err_errno(&t->e, S("f"), "cannot open");
    assert_int_equal(t->e.kind, ERR_ENV);
    assert_string_equal(t->e.what, "cannot open: Permission denied");
    assert_string_equal(t->e.hint, "");
    errno = ENOSPC;
    err_errno(&t->e, S("f"), "cannot write");
    assert_true(t->e.hint[0] != 0);
}

static void kinds_have_exit_codes(void **state) {
    (void)state;
    static const int want[] = {[ERR_NONE] = 0, [ERR_USAGE] = 2, [ERR_INPUT] = 3, [ERR_LIMIT] = 3, [ERR_ENV] = 4};
    for (size_t k = 0; k < sizeof want / sizeof *want; k++)
        assert_int_equal(err_exit_code((enum err_kind)k), want[k]);
}

static void messages_follow_the_language(void **state) {
    (void)state;
    static const char known[] = "cannot write", unknown[] = "no catalogue has this";
    msg_init("en");
    assert_string_equal(msg(known), known);
    assert_string_equal(msg_lang(), "en");
    msg_init("ja");
    assert_string_equal(msg_lang(), "ja");
    assert_string_equal(msg(known),
                        "\xE6\x9B\xB8\xE3\x81\x8D\xE8\xBE\xBC\xE3\x82\x81\xE3\x81\xBE\xE3\x81\x9B\xE3\x82\x93");
    assert_string_equal(msg(unknown), unknown);
    assert_string_equal(msg(""), ""); /* the catalogue's own header stands under "" */
    assert_string_equal(msg_n("one", "many", 1), "one");
    assert_string_equal(msg_n("one", "many", 0), "many");
    assert_string_not_equal(msg_n("akashi: and %u more warning\n", "akashi: and %u more warnings\n", 2),
                            "akashi: and %u more warnings\n");
    msg_init("en");
}

static void the_first_variable_that_is_set_decides(void **state) {
    (void)state;
    static const struct {
        const char *all, *messages, *lang, *want;
    } rows[] = {
        {NULL, NULL, NULL, "en"},         {NULL, NULL, "ja_JP.UTF-8", "ja"},
        {"C", NULL, "ja_JP.UTF-8", "en"}, {"", "ja", "en_US.UTF-8", "ja"},
        {NULL, "en_GB", "ja", "en"},      {"ja_JP", "C", "C", "ja"},
        {NULL, NULL, "de_DE", "en"},      {"", "", "", "en"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
        const char *const values[] = {rows[i].all, rows[i].messages, rows[i].lang};
        for (int k = 0; k < 3; k++)
            (void)(values[k] ? setenv(names[k], values[k], 1) : unsetenv(names[k]));
        msg_init(NULL);
        if (strcmp(msg_lang(), rows[i].want) != 0)
            fail_msg("row %zu: got %s", i, msg_lang());
    }
    msg_init("en");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(carries_what_where_hint),
        TEST(accepts_no_error_to_fill),
        TEST(long_texts_are_cut_between_characters),
        TEST(errno_is_named_and_a_full_disk_has_a_hint),
        TEST(kinds_have_exit_codes),
        TEST(messages_follow_the_language),
        TEST(the_first_variable_that_is_set_decides),
    };
    return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
