/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "base/tree.h"

static void yaml_becomes_json(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *yaml;
        unsigned flags;
        const char *json;
    } rows[] = {
        {"a: 1\nb: [x, 'true', true, ~, 1.50, 0x1f, 01]", YAML_TYPED,
         "{\"a\":1,\"b\":[\"x\",\"true\",true,null,1.5,\"0x1f\",\"01\"]}"},
        {"a: 1.10\nb: true", YAML_STRINGS, "{\"a\":\"1.10\",\"b\":\"true\"}"},
        {"x: &k {p: 1}\ny: *k\nz: {<<: *k, p: 2, q: 3}", YAML_TYPED,
         "{\"x\":{\"p\":1},\"y\":{\"p\":1},\"z\":{\"p\":2,\"q\":3}}"},
        {"", YAML_TYPED, "null"},
        {"a:", YAML_STRINGS, "{\"a\":null}"},
        {"a: |\n  one\n  two\n", YAML_STRINGS, "{\"a\":\"one\\ntwo\\n\"}"},
        {"- 1\n---\n- 2", YAML_TYPED, "[1]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json doc;
        assert_true(yaml_parse(&t->ctx, t->a, str_of(rows[i].yaml), rows[i].flags, S("f"), &doc, &t->e));
        check_str(json_text(doc.root, t->a), rows[i].json);
    }
    struct json all;
    assert_true(yaml_parse_all(&t->ctx, t->a, S("a: 1\n---\nb: 2\n"), YAML_TYPED, S("f"), &all, &t->e));
    check_str(json_text(all.root, t->a), "[{\"a\":1},{\"b\":2}]");
}

static void lines_are_kept(void **state) {
    struct testing *t = *state;
    struct json doc;
    assert_true(yaml_parse(&t->ctx, t->a, S("a: 1\nb:\n  c: x\n  d: [1,\n 2]\n"), YAML_TYPED, S("f"), &doc, &t->e));
    check_str(json_place(&doc, j_get2(doc.root, "b", "c"), t->a), "f:3");
    check_str(json_place(&doc, j_at(j_get2(doc.root, "b", "d"), 1), t->a), "f:5");
}

static void yaml_refuses(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *yaml, *where;
    } rows[] = {{"a: [", "f:2"}, {"a: 1\na: 2", "f:2"}, {"? [x]\n: 1", "f:1"}, {"a: *nope", "f:1"}, {"\t- a", "f:1"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct json doc;
        assert_false(yaml_parse(&t->ctx, t->a, str_of(rows[i].yaml), YAML_TYPED, S("f"), &doc, &t->e));
        assert_int_equal(t->e.kind, ERR_INPUT);
    }
}

/* Nothing is written twice here, so only the walking has to be bounded. */
static void merges_of_merges_are_bounded(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    buf_addz(&b, "a0: &a0 {x: 1}\n");
    for (int i = 1; i < 40; i++)
        buf_addf(&b, "a%d: &a%d {<<: [*a%d, *a%d]}\n", i, i, i - 1, i - 1);
    struct json doc;
    assert_false(yaml_parse(&t->ctx, t->a, buf_str(&b), YAML_TYPED, S("f"), &doc, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    buf_free(&b);
}

static void billion_laughs_are_bounded(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    buf_addz(&b, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++)
        buf_addf(&b, "a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i, i, i - 1, i - 1, i - 1,
                 i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    t->ctx.limits.file = 1 << 20;
    struct json doc;
    assert_false(yaml_parse(&t->ctx, t->a, buf_str(&b), YAML_TYPED, S("f"), &doc, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    buf_free(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(yaml_becomes_json), TEST(lines_are_kept), TEST(yaml_refuses),
                                       TEST(merges_of_merges_are_bounded), TEST(billion_laughs_are_bounded)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
