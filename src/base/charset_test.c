/* SPDX-License-Identifier: Apache-2.0 */
#include "base/charset.h"

#include "base/testing.h"

static void texts_become_utf8(void **state) {
    struct testing *t = *state;
    static const struct {
        str text;
        const char *want, *charset, *where; /* want NULL: refused there */
    } rows[] = {
        {S_INIT("id,名"), "id,名", "UTF-8", NULL},
        {S_INIT("\xEF\xBB\xBFid"), "id", "UTF-8", NULL},
        {S_INIT("\xFF\xFEi\0d\0"), "id", "UTF-16", NULL},
        {S_INIT("\x96\xBC\x8F\xCC,\x87\x40\xB1"), "名称,①ｱ", "CP932", NULL}, /* with NEC's ① and half-width kana */
        {S_INIT("a\n\x96\xBC\xFF\xFF\n"), NULL, NULL, "f:2"},
        {S_INIT("\x96"), NULL, NULL, "f:1"},
        {S_INIT(""), "", "UTF-8", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str out;
        const char *charset;
        bool ok = text_decode(t->a, rows[i].text, S("f"), &out, &charset, &t->e);
        assert_int_equal(ok, rows[i].want != NULL);
        if (ok) {
            check_str(out, rows[i].want);
            assert_string_equal(charset, rows[i].charset);
        } else {
            assert_string_equal(t->e.where, rows[i].where);
            assert_int_equal(t->e.kind, ERR_INPUT);
        }
    }
}

static void texts_become_cp932(void **state) {
    struct testing *t = *state;
    str out, back;
    const char *charset;
    assert_true(text_encode_cp932(t->a, S("名称①ｱ\n"), S("f"), &out, &t->e));
    assert_int_equal(out.n, 8);
    assert_true(text_decode(t->a, out, S("f"), &back, &charset, &t->e));
    check_str(back, "名称①ｱ\n");
    assert_false(text_encode_cp932(t->a, S("a\nb\n한"), S("f"), &out, &t->e));
    assert_string_equal(t->e.where, "f:3");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(texts_become_utf8), TEST(texts_become_cp932)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
