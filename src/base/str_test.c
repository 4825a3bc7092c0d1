/* SPDX-License-Identifier: Apache-2.0
 *
 * Slices and buffers: each row one behaviour, the edges (empty, absent, last byte) above all.
 */
#include "base/testing.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void compares(void **state) {
    (void)state;
    assert_int_equal(str_cmp(S("a"), S("b")) < 0, 1);
    assert_int_equal(str_cmp(S("a"), S("ab")) < 0, 1);
    assert_int_equal(str_cmp(S("ab"), S("a")) > 0, 1);
    assert_int_equal(str_cmp(S(""), (str){NULL, 0}), 0);
    assert_true(str_cmp(S("\xFF"), S("a")) > 0); /* bytes are unsigned */
    assert_int_equal(str_icmp(S("ABC"), S("abc")), 0);
    assert_true(str_icmp(S("\xFF"), S("a")) > 0);
    assert_true(str_icmp(S("ab"), S("ABC")) < 0);
    assert_true(str_ieq(S("Z"), S("z")));
    assert_false(str_ieq(S("["), S("{"))); /* 0x20 apart, but no letters */
    assert_true(str_eq(S("a\0b"), S("a\0b")));
    assert_false(str_eq(S("a\0b"), S("a\0c")));
}

static void begins_and_ends(void **state) {
    (void)state;
    assert_true(str_starts(S("abc"), S("")));
    assert_true(str_starts(S("abc"), S("abc")));
    assert_false(str_starts(S("abc"), S("abcd")));
    assert_true(str_ends(S("abc"), S("bc")));
    assert_true(str_ends(S("abc"), S("")));
    assert_false(str_ends(S("c"), S("bc")));
    assert_true(str_istarts(S("ABC"), S("ab")));
    assert_true(str_iends(S("a.JSON"), S(".json")));
}

static void trims(void **state) {
    (void)state;
    check_str(str_trim(S(" \t\r\n\v\f a b \n")), "a b");
    check_str(str_trim(S("  ")), "");
    check_str(str_trim((str){NULL, 0}), "");
}

static void finds(void **state) {
    (void)state;
    assert_int_equal(str_find(S("abcabc"), S("ca")), 2);
    assert_int_equal(str_find(S("abc"), S("")), 0);
    assert_true(str_find(S(""), S("a")) == STR_NONE);
    assert_true(str_find(S("ab"), S("abc")) == STR_NONE);
    assert_int_equal(str_chr(S("a/b/c"), '/'), 1);
    assert_int_equal(str_rchr(S("a/b/c"), '/'), 3);
    assert_true(str_chr((str){NULL, 0}, 'a') == STR_NONE);
}

static void cuts(void **state) {
    (void)state;
    str head, tail;
    assert_true(str_cut(S("a=b=c"), '=', &head, &tail));
    check_str(head, "a");
    check_str(tail, "b=c");
    assert_true(str_cut(S("a="), '=', &head, &tail));
    assert_true(tail.p != NULL && tail.n == 0); /* present and empty */
    assert_false(str_cut(S("a"), '=', &head, &tail));
    check_str(head, "a");
    assert_null(tail.p);
    assert_true(str_rcut(S("a@b@c"), '@', &head, &tail));
    check_str(head, "a@b");
    check_str(tail, "c");
    assert_false(str_rcut(S("c"), '@', &head, &tail));
    assert_null(head.p);
    check_str(tail, "c");
}

/* Fields and lines joined with '|', with one behind each, so that their number shows. */
static void walks(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *fields, *lines;
    } rows[] = {
        {"", "|", ""},
        {"a", "a|", "a|"},
        {"a,,b", "a||b|", "a,,b|"},
        {",", "||", ",|"},
        {"a,", "a||", "a,|"},
        {"a\nb\n", "a\nb\n|", "a|b|"},
        {"a\r\n\r\nb", "a\r\n\r\nb|", "a||b|"},
        {"\n", "\n|", "|"},
        {"a\rb\r", "a\rb\r|", "a\rb|"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        str rest = str_of(rows[i].text), part, fields = S(""), lines = S("");
        while (str_next(&rest, ',', &part))
            fields = arena_printf(t->a, "%.*s%.*s|", STR_ARG(fields), STR_ARG(part));
        check_str(fields, rows[i].fields);
        rest = str_of(rows[i].text);
        while (str_line(&rest, &part))
            lines = arena_printf(t->a, "%.*s%.*s|", STR_ARG(lines), STR_ARG(part));
        check_str(lines, rows[i].lines);
    }
}

static void reads_numbers(void **state) {
    (void)state;
    uint64_t u = 7;
    int64_t i = 7;
    assert_true(str_u64(S("18446744073709551615"), &u));
    assert_true(u == UINT64_MAX);
    assert_false(str_u64(S("18446744073709551616"), &u));
    assert_false(str_u64(S("99999999999999999999"), &u));
    assert_true(u == UINT64_MAX); /* untouched by a failure */
    assert_true(str_u64(S("007"), &u) && u == 7);
    static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "0x1", "1.0", "a", "\xB2"};
    for (size_t k = 0; k < COUNT(bad); k++)
        assert_false(str_u64(str_of(bad[k]), &u));
    assert_true(str_i64(S("-9223372036854775807"), &i) && i == -INT64_MAX);
    assert_true(str_i64(S("-9223372036854775808"), &i) && i == INT64_MIN);
    assert_false(str_i64(S("-9223372036854775809"), &i));
    assert_true(str_i64(S("9223372036854775807"), &i) && i == INT64_MAX);
    assert_false(str_i64(S("9223372036854775808"), &i));
    assert_false(str_i64(S("-"), &i));
    assert_false(str_i64(S("--1"), &i));
}

static void globs(void **state) {
    (void)state;
    static const struct {
        const char *pattern, *text;
        bool match;
    } rows[] = {
        {"", "", true},
        {"", "a", false},
        {"*", "", true},
        {"*", "a.b", true},
        {"*", "a/b", false},
        {"**", "a/b", true},
        {"**", "", true},
        {"a*c", "abbc", true},
        {"a*c", "ac", true},
        {"a*c", "ab/c", false},
        {"a**c", "ab/c", true},
        {"*.lock", "yarn.lock", true},
        {"*.lock", "x/yarn.lock", false},
        {"**/*.lock", "x/y/yarn.lock", true},
        {"**.lock", "x/y/yarn.lock", true},
        {"a/*/c", "a/b/c", true},
        {"a/*/c", "a/b/b/c", false},
        {"a/**/c", "a/b/b/c", true},
        {"?", "a", true},
        {"?", "", false},
        {"?", "/", false},
        {"a?c", "abc", true},
        {"*a*b*c*", "xxaxxbxxcxx", true},
        {"*a*b*c*", "xxaxxcxxbxx", false},
        {"**x*y", "x/xy", true}, /* the last star fails at the slash, the deep one before it goes on */
        {"**/src/*.c", "src/src/a.c", true},
        {"**/a*/b", "x/a/c/ay/b", true},
        {"**a*b", "a/a/a/ab", true},
        {"**a*b", "a/a/a/a/b", false},
        {"A", "a", false},
        {"[a]", "a", false},
        {"***", "a/b", true},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_glob(str_of(rows[i].pattern), str_of(rows[i].text)) != rows[i].match)
            fail_msg("\"%s\" on \"%s\": want %d", rows[i].pattern, rows[i].text, rows[i].match);
}

/* What a glob means, said as plainly as possible; exponential, so only for short texts. */
static bool slow_glob(const char *p, const char *s) { /* NOLINT(misc-no-recursion): short literals */
    if (!*p)
        return !*s;
    if (*p == '*') {
        bool deep = p[1] == '*';
        if (slow_glob(p + 1 + deep, s))
            return true;
        return *s && (deep || *s != '/') && slow_glob(p, s + 1);
    }
    return *s && (*p == *s || (*p == '?' && *s != '/')) && slow_glob(p + 1, s + 1);
}

/* Every pattern up to five and every text up to four characters over {a, b, /, *, ?}. */
static void glob_agrees_with_its_slow_twin(void **state) {
    (void)state;
    static const char of_pattern[] = "ab/*?", of_text[] = "ab/";
    char p[6], s[5];
    for (unsigned np = 0; np < 5 * 5 * 5 * 5 * 5; np++)
        for (unsigned ns = 0; ns < 3 * 3 * 3 * 3; ns++)
            for (size_t lp = 3; lp <= 5; lp++) {
                unsigned x = np, y = ns;
                for (size_t i = 0; i < lp; i++, x /= 5)
                    p[i] = of_pattern[x % 5];
                p[lp] = 0;
                for (size_t i = 0; i < 4; i++, y /= 3)
                    s[i] = of_text[y % 3];
                s[4] = 0;
                if (str_glob(str_of(p), str_of(s)) != slow_glob(p, s))
                    fail_msg("\"%s\" on \"%s\": want %d", p, s, slow_glob(p, s));
            }
}

static void a_hostile_glob_ends(void **state) {
    struct testing *t = *state;
    char *text = arena_alloc(t->a, 4001), *pattern = arena_alloc(t->a, 201);
    memset(text, 'a', 4000);
    for (size_t i = 0; i < 200; i++)
        pattern[i] = i % 2 ? 'a' : '*';
    pattern[199] = 'b';
    assert_false(str_glob(str_of(pattern), str_n(text, 4000)));
}

static void utf8(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool ok;
    } rows[] = {
        {"", true},
        {"plain", true},
        {"\xC2\x80", true},
        {"\xC1\xBF", false}, /* overlong */
        {"\xC3", false},     /* cut */
        {"\x80", false},     /* begins in the middle */
        {"\xE0\xA0\x80", true},
        {"\xE0\x9F\xBF", false}, /* overlong */
        {"\xED\x9F\xBF", true},
        {"\xED\xA0\x80", false}, /* surrogate */
        {"\xEF\xBF\xBF", true},
        {"\xE3\x81", false},
        {"\xF0\x90\x80\x80", true},
        {"\xF0\x8F\xBF\xBF", false}, /* overlong */
        {"\xF4\x8F\xBF\xBF", true},
        {"\xF4\x90\x80\x80", false}, /* past U+10FFFF */
        {"\xF5\x80\x80\x80", false},
        {"a\xFFz", false},
        {"\xE8\xA8\xBC\xE6\x98\x8E", true},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (str_utf8_ok(str_of(rows[i].text)) != rows[i].ok)
            fail_msg("row %zu: want %d", i, rows[i].ok);
    assert_true(str_utf8_ok((str){NULL, 0}));
    assert_true(str_utf8_ok(S("a\0b")));
}

static void runes(void **state) {
    (void)state;
    uint32_t u = 0;
    assert_true(str_rune(S("ab"), &u) == 1 && u == 'a');
    assert_true(str_rune(S("\xC3\xA9z"), &u) == 2 && u == 0xE9);
    assert_true(str_rune(S("\xE8\xA8\xBC"), &u) == 3 && u == 0x8A3C);
    assert_true(str_rune(S("\xF0\x9F\x98\x80"), &u) == 4 && u == 0x1F600);
    assert_true(str_rune(S("\0"), &u) == 1 && u == 0);
    static const str bad[] = {S_INIT(""), S_INIT("\x80"), S_INIT("\xC3"), S_INIT("\xED\xA0\x80"), S_INIT("\xFFx")};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_int_equal(str_rune(bad[i], &u), 0);
}

static void buffer_grows(void **state) {
    (void)state;
    struct buf b = {0};
    check_str(buf_str(&b), "");
    buf_add(&b, (str){NULL, 0});
    for (unsigned i = 0; i < 1000; i++)
        buf_addf(&b, "%03u,", i);
    assert_int_equal(b.n, 4000);
    check_str(str_from(buf_str(&b), 3996), "999,");
    buf_clear(&b);
    buf_u64(&b, 0);
    buf_addc(&b, ' ');
    buf_u64(&b, UINT64_MAX);
    check_str(buf_str(&b), "0 18446744073709551615");
    buf_free(&b);
    buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(compares),
        TEST(begins_and_ends),
        TEST(trims),
        TEST(finds),
        TEST(cuts),
        TEST(walks),
        TEST(reads_numbers),
        TEST(globs),
        TEST(glob_agrees_with_its_slow_twin),
        TEST(a_hostile_glob_ends),
        TEST(utf8),
        TEST(runes),
        TEST(buffer_grows),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
