/* SPDX-License-Identifier: Apache-2.0 */
#include "base/testing.h"
#include "base/xml.h"

static void reads_elements_text_attributes(void **state) {
    struct testing *t = *state;
    struct xml_node *root;
    str text = S("<?xml version=\"1.0\"?>\n<a xmlns='urn:x' xmlns:q='urn:q' k='1' q:k2=\"&lt;&amp;\">\n"
                 "<b>one</b><b> t<![CDATA[<w>]]>o </b><c/></a>");
    assert_true(xml_parse(&t->ctx, t->a, text, S("f.xml"), &root, &t->e));
    check_str(root->name, "a");
    check_str(root->ns, "urn:x");
    check_str(xml_attr(root, "k"), "1");
    check_str(xml_attr(root, "k2"), "<&");
    struct xml_node *b = xml_child(root, "b");
    check_str(b->text, "one");
    b = xml_again(b);
    check_str(b->text, " t<w>o ");
    check_str(xml_path(b, t->a), "/a/b[2]");
    check_str(xml_place(b, S("f.xml"), t->a), "f.xml:3");
    assert_null(xml_again(b));
    check_str(xml_path(xml_child(root, "c"), t->a), "/a/c");
    assert_null(xml_text(root, "nothing").p);
}

static void a_namespace_is_its_plain_address(void **state) {
    struct testing *t = *state;
    struct xml_node *root;
    str text = S("<a xmlns='urn:x?a=1&amp;b=2' k='&amp;'/>");
    assert_true(xml_parse(&t->ctx, t->a, text, S("f.xml"), &root, &t->e));
    check_str(root->ns, "urn:x?a=1&b=2");
    check_str(root->attrs->value, "&");
}

static void refuses(void **state) {
    struct testing *t = *state;
    static const struct {
        const char *text, *where;
    } rows[] = {
        {"", "f"},
        {"{\"a\":1}", "f"},
        {"<a><b></a>", "f:1"},
        {"<a>\n<b>&nope;</b></a>", "f:2"},
        {"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "f"},
        {"<?xml version='1.0'?><!-- c --> <!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "f"},
        {"<a>", "f:1"},
        {"<a/><b/>", "f:1"},
        {"<a>\n<![CDATA[\xC1\x85]]></a>", "f:2"},
        {"<?xml version='1.0' encoding='UTF-8'?><a>\n\n<![CDATA[\xC1\x85]]></a>", "f:3"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct xml_node *root;
        assert_false(xml_parse(&t->ctx, t->a, str_of(rows[i].text), S("f"), &root, &t->e));
        assert_null(root);
        assert_int_equal(t->e.kind, ERR_INPUT);
        assert_string_equal(t->e.where, rows[i].where);
    }
}

static void depth_is_bounded(void **state) {
    struct testing *t = *state;
    struct buf b = {0};
    for (int i = 0; i < 100000; i++)
        buf_addz(&b, "<a>");
    struct xml_node *root;
    assert_false(xml_parse(&t->ctx, t->a, buf_str(&b), S("f"), &root, &t->e));
    assert_int_equal(t->e.kind, ERR_LIMIT);
    buf_free(&b);
}

static void what_is_escaped_reads_back(void **state) {
    struct testing *t = *state;
    static const struct {
        str text;
        const char *back;
    } rows[] = {
        {S_INIT("<&>\"'"), "<&>\"'"},
        {S_INIT("a\r\n\tb"), "a\r\n\tb"},
        {S_INIT("]]>"), "]]>"},
        {S_INIT("\x01\0\x7F"), "\xEF\xBF\xBD\xEF\xBF\xBD\x7F"},
        {S_INIT("\xE8\xA8\xBC\xF0\x9F\x98\x80"), "\xE8\xA8\xBC\xF0\x9F\x98\x80"},
        {S_INIT("\xEF\xBF\xBE"), "\xEF\xBF\xBD"}, /* U+FFFE */
        {S_INIT("a\xFF\xC3z"), "a\xEF\xBF\xBD\xEF\xBF\xBDz"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf b = {0};
        buf_addz(&b, "<a k=\"");
        xml_escape_attr(&b, rows[i].text);
        buf_addz(&b, "\">");
        xml_escape(&b, rows[i].text);
        buf_addz(&b, "</a>");
        struct xml_node *root;
        assert_true(xml_parse(&t->ctx, t->a, buf_str(&b), S("f"), &root, &t->e));
        check_str(xml_attr(root, "k"), rows[i].back);
        check_str(root->text, rows[i].back);
        buf_free(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(reads_elements_text_attributes), TEST(a_namespace_is_its_plain_address),
                                       TEST(refuses), TEST(depth_is_bounded), TEST(what_is_escaped_reads_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
