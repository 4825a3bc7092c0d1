/* SPDX-License-Identifier: Apache-2.0
 *
 * XML: what is accepted, written with xml_escape and read again is the same tree, on lines that exist; no document
 * with a document type passes.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static bool is_xml_ns(str ns) { return str_is(ns, "http://www.w3.org/XML/1998/namespace"); }

static void write_attribute(struct buf *b, const struct xml_attr *attr, unsigned number) {
    if (is_xml_ns(attr->ns)) {
        buf_addz(b, " xml:");
    } else if (attr->ns.n) {
        buf_addf(b, " xmlns:p%u=\"", number);
        xml_escape_attr(b, attr->ns);
        buf_addf(b, "\" p%u:", number);
    } else {
        buf_addc(b, ' ');
    }
    buf_add(b, attr->name);
    buf_addz(b, "=\"");
    xml_escape_attr(b, attr->value);
    buf_addc(b, '"');
}

static void write_node(struct buf *b, const struct xml_node *n) { /* NOLINT(misc-no-recursion): bounded by xml_parse */
    unsigned number = 0;
    buf_addc(b, '<');
    if (is_xml_ns(n->ns)) {
        buf_addz(b, "xml:");
    }
    buf_add(b, n->name);
    if (!is_xml_ns(n->ns)) {
        buf_addz(b, " xmlns=\"");
        xml_escape_attr(b, n->ns);
        buf_addc(b, '"');
    }
    for (const struct xml_attr *attr = n->attrs; attr; attr = attr->next)
        write_attribute(b, attr, number++);
    buf_addc(b, '>');
    xml_escape(b, n->text);
    for (const struct xml_node *c = n->child; c; c = c->next)
        write_node(b, c);
    buf_addz(b, is_xml_ns(n->ns) ? "</xml:" : "</");
    buf_add(b, n->name);
    buf_addc(b, '>');
}

static void check_same(const struct xml_node *x, const struct xml_node *y) { /* NOLINT(misc-no-recursion): bounded */
    check(x && y && str_eq(x->name, y->name) && str_eq(x->ns, y->ns) && str_eq(x->text, y->text));
    check(x->index == y->index);
    const struct xml_attr *i = x->attrs, *j = y->attrs;
    for (; i && j; i = i->next, j = j->next)
        check(str_eq(i->name, j->name) && str_eq(i->ns, j->ns) && str_eq(i->value, j->value));
    check(!i && !j);
    const struct xml_node *c = x->child, *d = y->child;
    for (; c && d; c = c->next, d = d->next)
        check_same(c, d);
    check(!c && !d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct err e = {0};
    struct xml_node *root, *again;
    ctx_init(&c);
    c.limits.depth = 64;
    struct arena *a = arena_new();
    str text = str_n((const char *)data, size);
    if (xml_parse(&c, a, text, S("f"), &root, &e)) {
        struct buf b = {0};
        check(root && !root->parent && root->line >= 1 && root->line <= size + 1);
        write_node(&b, root);
        check(xml_parse(&c, a, buf_str(&b), S("again"), &again, &e));
        check_same(root, again);
        check(str_find(text, S("<!DOCTYPE")) == STR_NONE || str_find(text, S("<!--")) != STR_NONE ||
              str_find(text, S("<![CDATA[")) != STR_NONE || str_find(text, S("<?")) != STR_NONE);
        buf_free(&b);
    } else {
        check(e.kind != ERR_NONE && e.where[0] == 'f' && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
