/* SPDX-License-Identifier: Apache-2.0
 *
 * TOML as JSON: what each rule of TOML 1.0 yields, and where what breaks one is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/tree.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
    const char *toml, *json;
} good[] = {
    {"", "{}"},
    {"\xEF\xBB\xBF# only a comment", "{}"},
    {"a = 1\nb = \"x\"\r\nc = true", "{\"a\":1,\"b\":\"x\",\"c\":true}"},
    /* keys */
    {"a-b_1 = 1\n\"q u\" = 2\n'' = 3\n1234 = 4", "{\"a-b_1\":1,\"q u\":2,\"\":3,\"1234\":4}"},
    {"a . b.\"c.d\" = 1\na.e = 2", "{\"a\":{\"b\":{\"c.d\":1},\"e\":2}}"},
    {"3.14 = 1", "{\"3\":{\"14\":1}}"},
    /* strings */
    {"a = \"x\\t\\\"\\u00e9\\U0001F600\\\\\"", "{\"a\":\"x\\t\\\"\u00e9\U0001F600\\\\\"}"},
    {"a = 'C:\\x'", "{\"a\":\"C:\\\\x\"}"},
    {"a = \"\"\"\nx\ny\"\"\"", "{\"a\":\"x\\ny\"}"},
    {"a = \"\"\"x \\  \n\n  y\"\"\"", "{\"a\":\"x y\"}"},
    {"a = \"\"\"\"x\"\"\"\"\"", "{\"a\":\"\\\"x\\\"\\\"\"}"},
    {"a = '''it's \\n'''", "{\"a\":\"it's \\\\n\"}"},
    {"a = \"\"\nb = ''\nc = \"\"\"\"\"\"", "{\"a\":\"\",\"b\":\"\",\"c\":\"\"}"},
    {"a = \"\\e\\x41\"", "{\"a\":\"\\u001bA\"}"},
    /* integers */
    {"a = +1_000\nb = -0\nc = 0xDEAD_beef\nd = 0o17\ne = 0b101",
     "{\"a\":1000,\"b\":0,\"c\":3735928559,\"d\":15,\"e\":5}"},
    {"a = 9223372036854775807\nb = -9223372036854775808", "{\"a\":9223372036854775807,\"b\":-9223372036854775808}"},
    /* floats */
    {"a = 1.5\nb = -0.01\nc = 5e+22\nd = 6.6E-3\ne = 1_0.0_1",
     "{\"a\":1.5,\"b\":-0.01,\"c\":5e22,\"d\":6.6e-3,\"e\":10.01}"},
    {"a = inf\nb = -nan", "{\"a\":\"inf\",\"b\":\"-nan\"}"},
    /* dates */
    {"a = 1979-05-27T07:32:00.5-08:00\nb = 1979-05-27 07:32:00Z\nc = 2024-02-29\nd = 07:32:00",
     "{\"a\":\"1979-05-27T07:32:00.5-08:00\",\"b\":\"1979-05-27 07:32:00Z\",\"c\":\"2024-02-29\",\"d\":\"07:32:00\"}"},
    /* arrays */
    {"a = [ 1, 'x', [ ], # c\n [2,], ]", "{\"a\":[1,\"x\",[],[2]]}"},
    /* inline tables */
    {"a = { b.c = 1, b.d = 2, e = {} }", "{\"a\":{\"b\":{\"c\":1,\"d\":2},\"e\":{}}}"},
    {"a = {\n b = 1, # c\n}", "{\"a\":{\"b\":1}}"},
    /* tables */
    {"[a.b]\nx = 1\n[a]\ny = 2\n[c]", "{\"a\":{\"b\":{\"x\":1},\"y\":2},\"c\":{}}"},
    {"[ a . \"b\" ] # c\nx=1", "{\"a\":{\"b\":{\"x\":1}}}"},
    {"[a]\nb.c = 1\n[a.b.d]\nx = 1", "{\"a\":{\"b\":{\"c\":1,\"d\":{\"x\":1}}}}"},
    {"[a.b.c]\n[a]\nb.d = 1", "{\"a\":{\"b\":{\"c\":{},\"d\":1}}}"},
    {"[[a]]\nx=1\n[a.b]\ny=1\n[[a]]\n[[a.c]]\nz=1\n[[a.c]]",
     "{\"a\":[{\"x\":1,\"b\":{\"y\":1}},{\"c\":[{\"z\":1},{}]}]}"},
    /* more keys than are searched one by one */
    {"a=1\nb=1\nc=1\nd=1\ne=1\nf=1\ng=1\nh=1\ni=1\nj=1\n[k]\n[l]\n[k.m]",
     "{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":{\"m\":{}},\"l\":{}}"},
};

static const struct {
    const char *toml, *where;
} bad[] = {
    {"a", "t.toml:1:2"},
    {"a =", "t.toml:1:4"},
    {"= 1", "t.toml:1:1"},
    {"a = 1 b = 2", "t.toml:1:7"},
    {"a = 1\na = 2", "t.toml:2:3"},
    {"a.b = 1\na = 2", "t.toml:2:3"},
    {"a = 1\na.b = 2", "t.toml:2:2"},
    {"a\xC3\xA9 = 1", "t.toml:1:2"},
    {"\"\"\"a\"\"\" = 1", "t.toml:1:1"},
    /* strings */
    {"a = \"x", "t.toml:1:7"},
    {"a = \"x\ny\"", "t.toml:1:7"},
    {"a = \"\\q\"", "t.toml:1:7"},
    {"a = \"\\uD800\"", "t.toml:1:12"},
    {"a = \"\\u12\"", "t.toml:1:8"},
    {"a = \"\\u12\"  ", "t.toml:1:10"},
    {"a = 'x\x01'", "t.toml:1:7"},
    {"a = '''x", "t.toml:1:9"},
    {"# \x7F", "t.toml:1:3"},
    {"a = 1\rb = 2", "t.toml:1:6"},
    {"a = \"\xFF\"", "t.toml"},
    /* numbers */
    {"a = 01", "t.toml:1:5"},
    {"a = 1__0", "t.toml:1:5"},
    {"a = _1", "t.toml:1:5"},
    {"a = 1_", "t.toml:1:5"},
    {"a = 1.", "t.toml:1:5"},
    {"a = .5", "t.toml:1:5"},
    {"a = 0x", "t.toml:1:5"},
    {"a = +0x1", "t.toml:1:5"},
    {"a = 0b2", "t.toml:1:5"},
    {"a = 9223372036854775808", "t.toml:1:5"},
    {"a = 0x8000000000000000", "t.toml:1:5"},
    {"a = True", "t.toml:1:5"},
    /* dates */
    {"a = 2023-02-29", "t.toml:1:5"},
    {"a = 2023-13-01", "t.toml:1:5"},
    {"a = 24:00:00", "t.toml:1:5"},
    {"a = 2023-01-01T", "t.toml:1:5"},
    {"a = 2023-01-01T00:00:00.", "t.toml:1:5"},
    {"a = 2023-01-01T00:00:00+25:00", "t.toml:1:5"},
    /* arrays, inline tables */
    {"a = [1 2]", "t.toml:1:8"},
    {"a = [,]", "t.toml:1:6"},
    {"a = [1", "t.toml:1:7"},
    {"a = {b=1 c=2}", "t.toml:1:10"},
    {"a = {b=1, b=2}", "t.toml:1:12"},
    {"a = {b=1}\na.c = 2", "t.toml:2:2"},
    {"a = {b={}}\n[a.b]", "t.toml:2:3"},
    {"a = [{}]\n[[a]]", "t.toml:2:4"},
    /* tables */
    {"[a]\n[a]", "t.toml:2:3"},
    {"[a", "t.toml:1:3"},
    {"[]", "t.toml:1:2"},
    {"[a]]", "t.toml:1:4"},
    {"[[a] ]", "t.toml:1:4"},
    {"a = 1\n[a]", "t.toml:2:3"},
    {"a = 1\n[a.b]", "t.toml:2:3"},
    {"[a]\nb.c = 1\n[a.b]", "t.toml:3:5"},
    {"[a.b]\nx=1\n[a]\nb.y=1", "t.toml:4:2"},
    {"a.b.c = 1\n[a.b]", "t.toml:2:5"},
    {"[a]\n[[a]]", "t.toml:2:4"},
    {"[[a]]\n[a]", "t.toml:2:3"},
    {"[a]\nb.c=1\n[x]\n[a.d]\n[a.b.e]\nf=1\n[a.b]", "t.toml:7:5"},
};

static void yields(void **state) {
    struct ctx c;
    (void)state;
    ctx_init(&c);
    for (size_t i = 0; i < COUNT(good); i++) {
        struct arena *a = arena_new();
        struct json got, want;
        struct err e = {0};
        if (!toml_parse(&c, a, str_of(good[i].toml), S("t.toml"), &got, &e))
            fail_msg("row %zu: %s: %s", i, e.where, e.what);
        assert_true(json_parse(&c, a, str_of(good[i].json), 0, S("want"), &want, &e));
        if (!json_equal(got.root, want.root))
            fail_msg("row %zu: got %.*s", i, STR_ARG(json_text(got.root, a)));
        arena_free(a);
    }
    ctx_free(&c);
}

static void refuses(void **state) {
    struct ctx c;
    (void)state;
    ctx_init(&c);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct arena *a = arena_new();
        struct json got;
        struct err e = {0};
        if (toml_parse(&c, a, str_of(bad[i].toml), S("t.toml"), &got, &e))
            fail_msg("row %zu accepted: %.*s", i, STR_ARG(json_text(got.root, a)));
        if (strcmp(e.where, bad[i].where) != 0)
            fail_msg("row %zu (%s): at %s, not %s: %s", i, bad[i].toml, e.where, bad[i].where, e.what);
        arena_free(a);
    }
    ctx_free(&c);
}

static void keeps_lines(void **state) {
    struct ctx c;
    struct arena *a = arena_new();
    struct json j;
    struct err e;
    (void)state;
    ctx_init(&c);
    str text = S("a = 1\n\n[[p]]\nname = '''\nx'''\nlist = [\n 1,\n 2]\n[[p]]\n[q.r]\ns = {t = 1}\n");
    assert_true(toml_parse(&c, a, text, S("f"), &j, &e));
    assert_string_equal(json_place(&j, j_get(j.root, "a"), a).p, "f:1");
    struct jv p = j_at(j_get(j.root, "p"), 0);
    assert_string_equal(json_place(&j, p, a).p, "f:3");
    assert_string_equal(json_place(&j, j_get(p, "name"), a).p, "f:4");
    assert_string_equal(json_place(&j, j_at(j_get(p, "list"), 1), a).p, "f:8");
    assert_string_equal(json_place(&j, j_at(j_get(j.root, "p"), 1), a).p, "f:9");
    assert_string_equal(json_place(&j, j_get(j_get(j_get2(j.root, "q", "r"), "s"), "t"), a).p, "f:11");
    arena_free(a);
    ctx_free(&c);
}

static void bounds(void **state) {
    struct ctx c;
    struct arena *a = arena_new();
    struct json j;
    struct err e;
    (void)state;
    ctx_init(&c);
    c.limits.depth = 4;
    assert_true(toml_parse(&c, a, S("a = [[[1]]]"), S("f"), &j, &e));
    assert_false(toml_parse(&c, a, S("a = [[[[1]]]]"), S("f"), &j, &e));
    assert_int_equal(e.kind, ERR_LIMIT);
    assert_string_equal(e.where, "f:1:8");
    assert_true(toml_parse(&c, a, S("a.b.c.d = 1"), S("f"), &j, &e));
    assert_false(toml_parse(&c, a, S("a.b.c.d.e = 1"), S("f"), &j, &e));
    assert_false(toml_parse(&c, a, S("[a.b.c.d]"), S("f"), &j, &e));
    assert_int_equal(e.kind, ERR_LIMIT);
    c.limits.entries = 3;
    assert_true(toml_parse(&c, a, S("a = [1,2]"), S("f"), &j, &e));
    assert_false(toml_parse(&c, a, S("a = [1,2,3]"), S("f"), &j, &e));
    assert_int_equal(e.kind, ERR_LIMIT);
    arena_free(a);
    ctx_free(&c);
}

int main(void) {
    const struct CMUnitTest all[] = {
        cmocka_unit_test(yields),
        cmocka_unit_test(refuses),
        cmocka_unit_test(keeps_lines),
        cmocka_unit_test(bounds),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}
