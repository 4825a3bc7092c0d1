/* SPDX-License-Identifier: Apache-2.0 */
#include "base/toml_edit.h"

#include "base/testing.h"
#include "base/tree.h"

static struct jv json_of(struct testing *t, const char *text) {
    struct json doc;
    assert_true(json_parse(&t->ctx, t->a, str_of(text), JSON_STRICT, S("test"), &doc, &t->e));
    return doc.root;
}
static struct jv toml_of(struct testing *t, str text) {
    struct json doc;
    if (!toml_parse(&t->ctx, t->a, text, S("test"), &doc, &t->e))
        fail_msg("%s: %s in\n%.*s", t->e.where, t->e.what, STR_ARG(text));
    return doc.root;
}
static void is(str got, const char *want) {
    if (!str_is(got, want))
        fail_msg("got\n%.*s\nnot\n%s", STR_ARG(got), want);
}

#define FILE_TEXT                                                                                                      \
    "# mine\n[log]\norigin = \"x\" # [[notify]]\n\n[[notify]]\nname = \"a\"\nkinds = [\n  \"[[notify]]\", # ]\n]\n"    \
    "[notify.more]\nx = 1\n# about b\n[[ notify ]]\nname = '''\n[[notify]]'''\n[policy]\ndeny-licences = []\n"

static void test_tables(void **state) {
    struct testing *t = *state;
    str text = S(FILE_TEXT);
    assert_int_equal(toml_tables(t->a, text, S("notify")), 2);
    is(toml_drop_table(t->a, text, S("notify"), 0),
       "# mine\n[log]\norigin = \"x\" # [[notify]]\n\n# about b\n[[ notify ]]\nname = '''\n[[notify]]'''\n[policy]\n"
       "deny-licences = []\n");
    str less = toml_drop_table(t->a, text, S("notify"), 1);
    assert_int_equal(j_len(j_get(toml_of(t, less), "notify")), 1);
    assert_true(j_is_arr(j_get2(toml_of(t, less), "policy", "deny-licences")));
    is(toml_drop_table(t->a, text, S("notify"), 2), FILE_TEXT);
    is(toml_drop_table(t->a, S("[[ignore]]\nid = \"x\""), S("ignore"), 0), "");
}

static void test_add(void **state) {
    struct testing *t = *state;
    struct jv table = json_of(t, "{\"name\":\"a\\\"\\n\\u007f\",\"hour\":9,\"tls\":true,\"to\":[\"x\",1,{}],"
                                 "\"odd key\":\"v\",\"left\":{\"out\":1},\"none\":null}");
    is(toml_add_table(t->a, S("# end"), S("notify"), table),
       "# end\n\n[[notify]]\nname = \"a\\\"\\u000A\\u007F\"\nhour = 9\ntls = true\nto = [\"x\", 1]\n\"odd key\" = "
       "\"v\"\n");
    str text = toml_add_table(t->a, S(FILE_TEXT), S("notify"), table);
    struct jv added = j_at(j_get(toml_of(t, text), "notify"), 2);
    assert_true(str_is(j_gets(added, "name"), "a\"\n\x7f"));
    is(toml_drop_table(t->a, text, S("notify"), 2), FILE_TEXT "\n");
    is(toml_add_table(t->a, S(""), S("ignore"), json_of(t, "{\"id\":\"x\"}")), "[[ignore]]\nid = \"x\"\n");
}

static void test_set(void **state) {
    struct testing *t = *state;
    struct jv list = json_of(t, "[\"AGPL-3.0-only\"]"), none = j_get(list, "none");
    is(toml_set(t->a, S("a = 1\n[policy] # p\nx = [\n1]\ny = 2\n[z]\n"), S("policy"), S("x"), list),
       "a = 1\n[policy] # p\nx = [\"AGPL-3.0-only\"]\ny = 2\n[z]\n");
    is(toml_set(t->a, S("[policy]"), S("policy"), S("x"), list), "[policy]\nx = [\"AGPL-3.0-only\"]\n");
    is(toml_set(t->a, S("[z]\nx = 1"), S("policy"), S("x"), list), "[z]\nx = 1\n\n[policy]\nx = [\"AGPL-3.0-only\"]\n");
    is(toml_set(t->a, S("[policy]\nx = 1\ny = 2\n"), S("policy"), S("x"), none), "[policy]\ny = 2\n");
    is(toml_set(t->a, S("[z]\nx = 1\n"), S("policy"), S("x"), none), "[z]\nx = 1\n");
}

/* Whatever stands there, nothing is read behind its end. */
static void test_broken(void **state) {
    struct testing *t = *state;
    static const char *const rows[] = {"[",       "[[",       "[[notify", "[[notify]", "x = \"",  "x = \"\"\"", "x = [",
                                       "x = '''", "x = \"\\", "= ",       "]",         "x = {{]", "\"",         "[\""};
    struct jv list = json_of(t, "[1]");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str text = arena_str(t->a, str_of(rows[i]));
        (void)toml_drop_table(t->a, text, S("notify"), 0);
        (void)toml_set(t->a, text, S("policy"), S("x"), list);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_tables), TEST(test_add), TEST(test_set), TEST(test_broken)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
