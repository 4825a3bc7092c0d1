/* SPDX-License-Identifier: Apache-2.0 */
#include "base/schema.h"

#include "base/testing.h"

/* One row: a schema, a document, and the place and message of what is wrong (NULL: it fits). */
static const struct {
    const char *schema, *doc, *where, *what;
} rows[] = {
    {"{\"type\":\"object\"}", "{}", NULL, NULL},
    {"{\"type\":\"object\"}", "[]", "d#", "must be an object"},
    {"{\"type\":[\"string\",\"null\"]}", "null", NULL, NULL},
    {"{\"type\":[\"string\",\"null\"]}", "1", "d#", "must be one of these types: [\"string\",\"null\"]"},
    {"{\"type\":\"integer\"}", "1.5", "d#", "must be a whole number"},
    {"{\"type\":\"number\"}", "1e999", NULL, NULL},
    {"{\"type\":\"boolean\"}", "0", "d#", "must be true or false"},
    {"{\"const\":{\"a\":1}}", "{\"a\":1}", NULL, NULL},
    {"{\"const\":\"x\"}", "\"y\"", "d#", "must be \"x\""},
    {"{\"enum\":[\"a\",2]}", "2", NULL, NULL},
    {"{\"enum\":[\"a\",2]}", "\"2\"", "d#", "must be one of a, 2"},
    {"{\"required\":[\"a\",\"b\"]}", "{\"a\":null}", "d#", "the member \"b\" is missing"},
    {"{\"required\":[\"a\"]}", "\"not an object\"", NULL, NULL},
    {"{\"properties\":{\"a\":{\"properties\":{\"b\":{\"type\":\"string\"}}}}}", "{\"a\":{\"b\":[]}}", "d#/a/b",
     "must be text"},
    {"{\"properties\":{\"a\":{}},\"additionalProperties\":false}", "{\"a\":1}", NULL, NULL},
    {"{\"additionalProperties\":false,\"properties\":{\"a\":{}}}", "{\"a\":1,\"c~/\":2}", "d#/c~0~1",
     "the member \"c~/\" is not known here"},
    {"{\"additionalProperties\":{\"type\":\"string\"}}", "{\"a\":\"x\",\"b\":1}", "d#/b", "must be text"},
    {"{\"items\":{\"type\":\"string\"}}", "[\"a\",\"b\",3]", "d#/2", "must be text"},
    {"{\"minItems\":2}", "[1]", "d#", "must have at least 2 entries"},
    {"{\"minItems\":2}", "[1,2]", NULL, NULL},
    {"{\"maxItems\":1}", "[1,2]", "d#", "must have at most 1 entries"},
    {"{\"uniqueItems\":true}", "[1,2,{\"a\":1},{\"a\":1}]", "d#/3", "this entry stands twice"},
    {"{\"uniqueItems\":true}", "[1,2,3]", NULL, NULL},
    {"{\"minLength\":1}", "\"\"", "d#", "must not be empty"},
    {"{\"minLength\":2}", "\"\xE8\xA8\xBC\"", "d#", "must have at least 2 characters"},
    {"{\"maxLength\":2}", "\"\xE8\xA8\xBC\xE6\x98\x8E\"", NULL, NULL},
    {"{\"maxLength\":2}", "\"abc\"", "d#", "must have at most 2 characters"},
    {"{\"minimum\":0}", "-1", "d#", "must be at least 0"},
    {"{\"minimum\":0}", "0", NULL, NULL},
    {"{\"exclusiveMinimum\":0}", "0", "d#", "must be more than 0"},
    {"{\"exclusiveMinimum\":0}", "0.01", NULL, NULL},
    {"{\"minProperties\":2}", "{\"a\":1}", "d#", "must have at least 2 members"},
    {"{\"maxProperties\":1}", "{\"a\":1,\"b\":2}", "d#", "must have at most 1 members"},
    {"{\"minProperties\":1,\"maxProperties\":1}", "{\"a\":1}", NULL, NULL},
    {"{\"maximum\":10}", "11", "d#", "must be at most 10"},
    {"{\"maximum\":10}", "1e999", "d#", "must be at most 10"},
    {"{\"minimum\":10}", "-1e999", "d#", "must be at least 10"},
    {"{\"pattern\":\"^[0-9a-f]{4}$\"}", "\"00ff\"", NULL, NULL},
    {"{\"pattern\":\"^[0-9a-f]{4}$\"}", "\"00fF\"", "d#", "must have the form ^[0-9a-f]{4}$"},
    {"{\"pattern\":\"^a$\"}", "\"a\\u0000b\"", "d#", "must have the form ^a$"},
    {"{\"format\":\"date-time\"}", "\"2026-11-21T07:59:03.5+09:00\"", NULL, NULL},
    {"{\"format\":\"date-time\"}", "\"2026-11-21\"", "d#", "must be a time such as 2026-11-21T07:59:03Z"},
    {"{\"format\":\"date-time\"}", "\"2026-13-21T00:00:00Z\"", "d#", "must be a time such as 2026-11-21T07:59:03Z"},
    {"{\"format\":\"uri\"}", "\"pkg:npm/a@1\"", NULL, NULL},
    {"{\"format\":\"uri\"}", "\"/no/scheme\"", "d#", "must be a URI such as https://example.jp/x or pkg:npm/x@1.0"},
    {"{\"format\":\"uri\"}", "\"https://a b\"", "d#", "must be a URI such as https://example.jp/x or pkg:npm/x@1.0"},
    {"{\"anyOf\":[{\"type\":\"string\"},{\"required\":[\"a\"],\"type\":\"object\"}]}", "{\"a\":1}", NULL, NULL},
    {"{\"anyOf\":[{\"type\":\"string\"},{\"properties\":{\"a\":{\"type\":\"string\"}}}]}", "{\"a\":1}", "d#/a",
     "must be text"},
    {"{\"anyOf\":[{\"properties\":{\"e\":{\"const\":\"x\"}}},{\"properties\":{\"e\":{\"const\":\"y\"}},\"required\":"
     "[\"z\"]}]}",
     "{\"e\":\"y\"}", "d#", "the member \"z\" is missing"},
    {"{\"oneOf\":[{\"type\":\"integer\"},{\"minimum\":5}]}", "7", "d#",
     "fits several forms of which it must fit only one"},
    {"{\"oneOf\":[{\"type\":\"integer\"},{\"minimum\":5}]}", "3", NULL, NULL},
    {"{\"$ref\":\"#/$defs/x\",\"$defs\":{\"x\":{\"type\":\"string\"}}}", "1", "d#", "must be text"},
    /* A tree of any depth. */
    {"{\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":{\"type\":\"object\",\"properties\":{\"t\":{\"$ref\":\"#/$defs/t\"}}}}}",
     "{\"t\":{\"t\":{\"t\":3}}}", "d#/t/t/t", "must be an object"},
    /* A schema that refers to itself without going down never ends by itself. */
    {"{\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":{\"$ref\":\"#/$defs/t\"}}}", "1", "d#",
     "too large or too deep to be checked"},
};

static void rows_hold(void **state) {
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct schema s;
        struct json doc;
        struct err e = {0};
        if (!schema_load(&t->ctx, t->a, str_of(rows[i].schema), S("s"), &s, &e))
            fail_msg("%s: %s: %s", rows[i].schema, e.where, e.what);
        assert_true(json_parse(&t->ctx, t->a, str_of(rows[i].doc), JSON_STRICT, S("d"), &doc, &e));
        bool ok = schema_check(&s, t->a, &doc, doc.root, &e);
        if (ok != !rows[i].what || (!ok && (strcmp(e.what, rows[i].what) != 0 || strcmp(e.where, rows[i].where) != 0)))
            fail_msg("%s on %s: %s: %s", rows[i].schema, rows[i].doc, e.where, e.what);
    }
}

static void a_schema_with_what_is_not_known_is_refused(void **state) {
    static const struct {
        const char *schema, *where;
    } bad[] = {
        {"{\"typ\":\"object\"}", "s#/typ"},
        {"{\"properties\":{\"a\":{\"patternProperties\":{}}}}", "s#/properties/a/patternProperties"},
        {"{\"type\":\"float\"}", "s#/type"},
        {"{\"type\":[]}", "s#/type"},
        {"{\"pattern\":\"a(\"}", "s#/pattern"},
        {"{\"pattern\":\"(((a{9}){9}){9}){9}\"}", "s#/pattern"},
        {"{\"pattern\":\"((((a+)+)+)+)+\"}", "s#/pattern"},
        {"{\"pattern\":\"a{9}{9}{9}{9}\"}", "s#/pattern"},
        {"{\"pattern\":\"a{1,999}\"}", "s#/pattern"},
        {"{\"pattern\":\"a{300}b{301}\"}", "s#/pattern"},
        {"{\"format\":\"email\"}", "s#/format"},
        {"{\"$ref\":\"#/$defs/none\"}", "s#/$ref"},
        {"{\"$ref\":\"https://elsewhere\"}", "s#/$ref"},
        {"{\"items\":[]}", "s#/items"},
        {"{\"anyOf\":[{\"x\":1}]}", "s#/anyOf/0/x"},
        {"{\"minItems\":-1}", "s#/minItems"},
        {"{\"required\":\"a\"}", "s#/required"},
        {"{\"required\":[1]}", "s#/required/0"},
        {"{\"enum\":[]}", "s#/enum"},
        {"[]", "s#"},
    };
    struct testing *t = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct schema s;
        struct err e = {0};
        assert_false(schema_load(&t->ctx, t->a, str_of(bad[i].schema), S("s"), &s, &e));
        assert_string_equal(e.where, bad[i].where);
    }
}

/* Each level offers two ways that both fail at the bottom: without a bound the work doubles with each of 60 levels. */
static void work_is_bounded(void **state) {
    struct testing *t = *state;
    struct schema s;
    struct json doc;
    struct buf b = {0};
    assert_true(
        schema_load(&t->ctx, t->a,
                    S("{\"$ref\":\"#/$defs/t\",\"$defs\":{\"t\":{\"anyOf\":[{\"type\":\"null\"},{\"properties\":"
                      "{\"t\":{\"$ref\":\"#/$defs/t\"}},\"type\":\"object\"},{\"type\":\"object\",\"properties\":"
                      "{\"t\":{\"$ref\":\"#/$defs/t\"}}}]}}}"),
                    S("s"), &s, &t->e));
    for (int i = 0; i < 60; i++)
        buf_addz(&b, "{\"t\":");
    buf_addz(&b, "1");
    for (int i = 0; i < 60; i++)
        buf_addz(&b, "}");
    assert_true(json_parse(&t->ctx, t->a, buf_str(&b), JSON_STRICT, S("d"), &doc, &t->e));
    assert_false(schema_check(&s, t->a, &doc, doc.root, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    buf_free(&b);
}

/* Ours are loaded once, and asked for by whoever needs them. */
static void ours_are_kept(void **state) {
    struct testing *t = *state;
    static const char good[] = "{\"type\":\"string\",\"pattern\":\"^a+$\"}", bad[] = "{\"what\":1}";
    const struct embedded_file files[] = {{"good", good, sizeof good - 1}, {"bad", bad, sizeof bad - 1}};
    const struct schema *one, *two;
    struct json doc;
    assert_true(schema_ours(&t->ctx, &files[0], &one, &t->e));
    assert_true(schema_ours(&t->ctx, &files[0], &two, &t->e));
    assert_ptr_equal(one, two);
    assert_true(json_parse(&t->ctx, t->a, S("\"aab\""), JSON_STRICT, S("d"), &doc, &t->e));
    assert_false(schema_check(two, t->a, &doc, doc.root, &t->e));
    for (int i = 0; i < 2; i++) {
        assert_false(schema_ours(&t->ctx, &files[1], &one, &t->e));
        assert_string_equal(t->e.where, "bad#/what");
        t->e = (struct err){0};
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(rows_hold),
        TEST(a_schema_with_what_is_not_known_is_refused),
        TEST(work_is_bounded),
        TEST(ours_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
