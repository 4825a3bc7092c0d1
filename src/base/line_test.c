/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines as a reader expects them: each row a text, a width, and the lines, with | between them.
 */
#include <locale.h>

#include "base/line.h"
#include "base/testing.h"

static str folded(struct arena *a, str text, unsigned width) {
    struct buf b = {0};
    while (text.n) {
        size_t n = line_fit(text, width);
        assert_true(n > 0 && n <= text.n);
        buf_addf(&b, "%s%.*s", b.n ? "|" : "", STR_ARG(str_trim(str_upto(text, n))));
        text = str_from(text, n);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void breaks(void **state) {
    static const struct {
        const char *text;
        unsigned width;
        const char *lines;
    } rows[] = {
        {"", 10, ""},
        {"all of it", 9, "all of it"},
        {"two words", 8, "two|words"},
        {"exactly ten", 7, "exactly|ten"}, /* the blank hangs over */
        {"a word-that-is-long", 9, "a|word-that|-is-long"},
        {"node_modules/a/b/package.json", 20, "node_modules/a/b/|package.json"},
        {"one,two,three,four", 10, "one,two,|three,four"},
        {"(a) b", 3, "(a)|b"},
        /* no line begins with a full stop, a small kana, a long sound or a closing bracket */
        {"これで終わりです。", 16, "これで終わりで|す。"},
        {"配るものがなくなった", 16, "配るものがなく|なった"},
        {"「はい」と「いいえ」", 14, "「はい」と|「いいえ」"},
        /* nor ends with an opening one */
        {"答えは「はい」です", 8, "答えは|「はい」|です"},
        /* a phrase's end is taken when it is near */
        {"影響の及ぶ製品とサービスを示します", 22, "影響の及ぶ製品と|サービスを示します"},
        /* words of katakana stay whole as long as the line has another place */
        {"次のフォルダーを調べる", 12, "次の|フォルダーを|調べる"},
        {"フォルダーツリー", 8, "フォル|ダーツ|リー"},
        /* what belongs to a foreign word or to a number stays with it */
        {"文書の SBOM を調べる", 13, "文書の|SBOM を調べる"},
        {"全部で 3 件の案件", 11, "全部で|3 件の案件"},
        {"\xFF\xFE broken \x80", 4, "\xFF\xFE|brok|en \x80"},
    };
    struct arena *a = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_str(folded(a, str_of(rows[i].text), rows[i].width), rows[i].lines);
    arena_free(a);
}

static void widths(void **state) {
    (void)state;
    assert_int_equal(text_width(S("")), 0);
    assert_int_equal(text_width(S("abc")), 3);
    assert_int_equal(text_width(S("証 a")), 4);
    assert_int_equal(text_width(S("ｱ")), 1); /* half width */
    assert_int_equal(text_width(S("\xFF")), 1);
}

int main(void) {
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {cmocka_unit_test(breaks), cmocka_unit_test(widths)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
