/* SPDX-License-Identifier: Apache-2.0 */
#include "base/xml.h"

#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/library.h"

/* ── libxml2, loaded with the first document: with it come ICU and the C++ library ── */

#define LIBRARY (LIBXML_VERSION < 21400 ? "libxml2.so.2" : "libxml2.so.16")
#define XML_CALLS(CALL)                                                                                                \
    CALL(xmlTextReaderMoveToFirstAttribute)                                                                            \
    CALL(xmlTextReaderMoveToNextAttribute)                                                                             \
    CALL(xmlTextReaderIsNamespaceDecl)                                                                                 \
    CALL(xmlTextReaderConstLocalName)                                                                                  \
    CALL(xmlTextReaderConstNamespaceUri)                                                                               \
    CALL(xmlTextReaderConstValue)                                                                                      \
    CALL(xmlTextReaderMoveToElement)                                                                                   \
    CALL(xmlTextReaderCurrentNode)                                                                                     \
    CALL(xmlGetLineNo)                                                                                                 \
    CALL(xmlTextReaderIsEmptyElement)                                                                                  \
    CALL(xmlTextReaderNodeType)                                                                                        \
    CALL(xmlTextReaderGetParserLineNumber)                                                                             \
    CALL(xmlTextReaderLocatorLineNumber)                                                                               \
    CALL(xmlReaderForMemory)                                                                                           \
    CALL(xmlTextReaderSetErrorHandler)                                                                                 \
    CALL(xmlTextReaderRead)                                                                                            \
    CALL(xmlFreeTextReader)

#define POINTER(name) __typeof__(&(name)) name;
#define PLACE(name) {#name, offsetof(struct xml_calls, name)},

struct xml_calls {
    XML_CALLS(POINTER)
};
static const struct library_call xml_calls[] = {XML_CALLS(PLACE)};

static struct xml_calls lib; /* written once, by load() */
static bool loaded;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) { loaded = library_load(LIBRARY, xml_calls, sizeof xml_calls / sizeof *xml_calls, &lib); }

bool xml_ready(struct err *e) {
    pthread_once(&once, load);
    if (loaded)
        return true;
    err_set(e, ERR_ENV, str_of(LIBRARY), _("cannot load the library that reads XML"));
    return err_hint(e, "%s", _("install libxml2"));
}

struct build {
    struct ctx *ctx;
    struct arena *a;
    str where;
    struct xml_node *root, *at;
    struct xml_node **last; /* last child of each open element, by depth */
    struct buf *text;       /* of each open element, by depth: pieces of character data around children */
    uint32_t depth;
    struct err *e;
    bool failed;
    bool sure; /* everything is UTF-8, known beforehand */
    bool odd;  /* libxml2 let a text pass that is not: it takes overlong sequences in character data */
};

static str text_of(struct build *b, const xmlChar *s) {
    str text = str_of(s ? (const char *)s : "");
    b->odd |= !b->sure && !str_utf8_ok(text);
    return text;
}
static str copy(struct build *b, const xmlChar *s) { return arena_str(b->a, text_of(b, s)); }

/* In the address of a namespace libxml2 leaves an "&amp;" as "&#38;" (in values and text it does not). */
static str copy_ns(struct build *b, const xmlChar *s) {
    str rest = text_of(b, s), mark = S("&#38;");
    size_t at = str_find(rest, mark);
    if (at == STR_NONE)
        return arena_str(b->a, rest);
    struct buf out = {0};
    for (; at != STR_NONE; at = str_find(rest, mark)) {
        buf_add(&out, str_upto(rest, at + 1));
        rest = str_from(rest, at + mark.n);
    }
    buf_add(&out, rest);
    str ns = arena_str(b->a, buf_str(&out));
    buf_free(&out);
    return ns;
}

static bool add_attributes(struct build *b, xmlTextReaderPtr r, struct xml_node *node) {
    struct xml_attr **end = &node->attrs;
    for (int more = lib.xmlTextReaderMoveToFirstAttribute(r); more == 1;
         more = lib.xmlTextReaderMoveToNextAttribute(r)) {
        if (lib.xmlTextReaderIsNamespaceDecl(r) == 1)
            continue;
        struct xml_attr *attr = arena_new_of(b->a, struct xml_attr);
        attr->name = copy(b, lib.xmlTextReaderConstLocalName(r));
        attr->ns = copy_ns(b, lib.xmlTextReaderConstNamespaceUri(r));
        attr->value = copy(b, lib.xmlTextReaderConstValue(r));
        *end = attr;
        end = &attr->next;
    }
    return lib.xmlTextReaderMoveToElement(r) >= 0;
}

static void close_element(struct build *b) {
    struct buf *text = &b->text[b->depth - 1];
    b->at->text = text->n ? arena_str(b->a, buf_str(text)) : S("");
    buf_clear(text);
    b->depth--;
    b->at = b->at->parent;
}

static bool open_element(struct build *b, xmlTextReaderPtr r) {
    xmlNodePtr current = lib.xmlTextReaderCurrentNode(r); /* the parser itself reads ahead of the node */
    long line = current ? lib.xmlGetLineNo(current) : 0;
    if (b->depth == b->ctx->limits.depth)
        return err_set(b->e, ERR_LIMIT, arena_printf(b->a, "%.*s:%ld", STR_ARG(b->where), line),
                       _("nested deeper than %u levels"), b->ctx->limits.depth);
    bool empty = lib.xmlTextReaderIsEmptyElement(r) == 1;
    struct xml_node *node = arena_new_of(b->a, struct xml_node);
    node->name = copy(b, lib.xmlTextReaderConstLocalName(r));
    node->ns = copy_ns(b, lib.xmlTextReaderConstNamespaceUri(r));
    node->line = line > 0 ? (uint32_t)line : 0;
    node->parent = b->at;
    node->index = 1;
    if (b->at) {
        struct xml_node *before = b->last[b->depth - 1];
        if (before)
            before->next = node;
        else
            b->at->child = node;
        b->last[b->depth - 1] = node;
    } else {
        b->root = node;
    }
    if (!add_attributes(b, r, node))
        return err_set(b->e, ERR_INPUT, b->where, _("the XML is broken here"));
    b->at = node;
    b->last[b->depth++] = NULL;
    if (empty)
        close_element(b);
    return true;
}

static bool refuse_doctype(struct err *e, str where) {
    err_set(e, ERR_INPUT, where, _("a document type or entity declaration is not accepted"));
    return err_hint(e, "%s", _("remove the <!DOCTYPE …> part: entities can be used to attack a reader"));
}

/* Looks through the prolog (XML declaration, comments, processing instructions) before the parser sees anything, so
 * that no entity is ever declared and libxml2's own size limits can be lifted. */
static bool has_doctype(str s) {
    for (;;) {
        s = str_trim(s);
        str end = str_starts(s, S("<?")) ? S("?>") : str_starts(s, S("<!--")) ? S("-->") : (str){NULL, 0};
        if (!end.p)
            return str_starts(s, S("<!"));
        size_t at = str_find(s, end);
        if (at == STR_NONE)
            return false;
        s = str_from(s, at + end.n);
    }
}

static bool take(struct build *b, xmlTextReaderPtr r) {
    switch (lib.xmlTextReaderNodeType(r)) {
    case XML_READER_TYPE_ELEMENT: return open_element(b, r);
    case XML_READER_TYPE_END_ELEMENT: close_element(b); return true;
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        if (b->depth)
            buf_add(&b->text[b->depth - 1], text_of(b, lib.xmlTextReaderConstValue(r)));
        return true;
    case XML_READER_TYPE_DOCUMENT_TYPE:
    case XML_READER_TYPE_ENTITY_REFERENCE:
    case XML_READER_TYPE_ENTITY: return refuse_doctype(b->e, b->where);
    default: return true;
    }
}

static bool refuse_bytes(struct build *b, xmlTextReaderPtr r) {
    return err_set(b->e, ERR_INPUT,
                   arena_printf(b->a, "%.*s:%d", STR_ARG(b->where), lib.xmlTextReaderGetParserLineNumber(r)),
                   _("this text is not UTF-8"));
}

static void on_error(void *arg, const char *message, xmlParserSeverities severity, xmlTextReaderLocatorPtr locator) {
    struct build *b = arg;
    if (b->failed || severity == XML_PARSER_SEVERITY_WARNING || severity == XML_PARSER_SEVERITY_VALIDITY_WARNING)
        return;
    b->failed = true;
    str text = str_trim(str_of(message ? message : ""));
    err_set(b->e, ERR_INPUT,
            arena_printf(b->a, "%.*s:%d", STR_ARG(b->where), locator ? lib.xmlTextReaderLocatorLineNumber(locator) : 0),
            _("the XML is broken here: %.*s"), STR_ARG(text));
}

/* Counting siblings afterwards, in one pass per parent with a map of names, keeps documents of a million siblings
 * linear. */
static void number_siblings(struct xml_node *node) { /* NOLINT(misc-no-recursion): depth is bounded */
    for (; node; node = node->next) {
        if (node->child) {
            struct arena *a = arena_new();
            struct map seen;
            map_init(&seen, a);
            for (struct xml_node *c = node->child; c; c = c->next) {
                struct map_entry *entry = map_put(&seen, c->name, NULL);
                uintptr_t n = (uintptr_t)entry->value + 1;
                entry->value = (void *)n;
                c->index = (uint32_t)n;
            }
            arena_free(a);
            number_siblings(node->child);
        }
    }
}

bool xml_parse(struct ctx *c, struct arena *a, str text, str where, struct xml_node **root, struct err *e) {
    *root = NULL;
    text = text_utf8(a, text);
    /* A UTF-16 document still says encoding="UTF-16" in its declaration; the bytes are UTF-8 by now. */
    const char *encoding = str_utf8_ok(text) ? "UTF-8" : NULL;
    size_t start = 0;
    while (start < text.n && ch_space(text.p[start]))
        start++;
    if (start == text.n)
        return err_set(e, ERR_INPUT, where, _("the document is empty"));
    if (text.p[start] != '<') /* also every encoding that is no superset of ASCII */
        return err_set(e, ERR_INPUT, where, _("this is no XML document"));
    if (has_doctype(text))
        return refuse_doctype(e, where);
    if (text.n > INT32_MAX)
        return err_set(e, ERR_LIMIT, where, _("larger than the %zu MiB a document may have"), (size_t)INT32_MAX >> 20);
    if (!xml_ready(e))
        return false;
    struct build b = {.ctx = c, .a = a, .where = arena_str(a, where), .e = e, .sure = encoding != NULL};
    b.last = arena_array(a, struct xml_node *, (size_t)c->limits.depth + 1);
    b.text = arena_array(a, struct buf, (size_t)c->limits.depth + 1);
    xmlTextReaderPtr r = lib.xmlReaderForMemory(text.p, (int)text.n, NULL, encoding,
                                                XML_PARSE_NONET | XML_PARSE_COMPACT | XML_PARSE_HUGE |
                                                    XML_PARSE_BIG_LINES);
    if (!r)
        abort();
    lib.xmlTextReaderSetErrorHandler(r, on_error, &b);
    int more;
    bool ok = true;
    while (ok && (more = lib.xmlTextReaderRead(r)) == 1)
        ok = take(&b, r) && (!b.odd || refuse_bytes(&b, r));
    if (ok && (more < 0 || b.failed || !b.root)) {
        if (!b.failed)
            err_set(e, ERR_INPUT, b.where, _("the XML is broken here"));
        ok = false;
    }
    lib.xmlFreeTextReader(r);
    for (uint32_t i = 0; i <= c->limits.depth; i++)
        buf_free(&b.text[i]);
    if (ok)
        number_siblings(b.root);
    *root = ok ? b.root : NULL;
    return ok;
}

struct xml_node *xml_child(const struct xml_node *node, const char *name) {
    struct xml_node *c = node ? node->child : NULL;
    while (c && !str_is(c->name, name))
        c = c->next;
    return c;
}
struct xml_node *xml_again(const struct xml_node *node) {
    struct xml_node *n = node->next;
    while (n && !str_eq(n->name, node->name))
        n = n->next;
    return n;
}
str xml_text(const struct xml_node *node, const char *child) {
    const struct xml_node *c = xml_child(node, child);
    return c ? str_trim(c->text) : (str){NULL, 0};
}
str xml_attr(const struct xml_node *node, const char *name) {
    for (const struct xml_attr *attr = node ? node->attrs : NULL; attr; attr = attr->next)
        if (str_is(attr->name, name))
            return attr->value;
    return (str){NULL, 0};
}

str xml_path(const struct xml_node *node, struct arena *a) {
    str path = S("");
    for (; node; node = node->parent) {
        bool many = node->parent && (node->index > 1 || xml_again(node));
        str step = many ? arena_printf(a, "/%.*s[%u]", STR_ARG(node->name), node->index)
                        : arena_printf(a, "/%.*s", STR_ARG(node->name));
        path = arena_cat(a, step, path);
    }
    return path;
}
str xml_place(const struct xml_node *node, str where, struct arena *a) {
    return arena_printf(a, "%.*s:%u", STR_ARG(where), node ? node->line : 0);
}

/* XML 1.0 §2.2, Char */
static bool is_xml_char(uint32_t u) {
    return u >= 0x20 ? u != 0xFFFE && u != 0xFFFF : u == '\t' || u == '\n' || u == '\r';
}

static void escape(struct buf *b, str s, bool attribute) {
    for (size_t n; s.n; s = str_from(s, n ? n : 1)) {
        uint32_t u = 0;
        n = str_rune(s, &u);
        switch (n && is_xml_char(u) ? u : 0) {
        case 0: buf_addz(b, "\xEF\xBF\xBD"); break;
        case '&': buf_addz(b, "&amp;"); break;
        case '<': buf_addz(b, "&lt;"); break;
        case '>': buf_addz(b, "&gt;"); break;
        case '"': buf_addz(b, "&quot;"); break;
        case '\r': buf_addz(b, "&#13;"); break;
        case '\n': buf_addz(b, attribute ? "&#10;" : "\n"); break;
        case '\t': buf_addz(b, attribute ? "&#9;" : "\t"); break;
        default: buf_add(b, str_upto(s, n));
        }
    }
}
void xml_escape(struct buf *b, str s) { escape(b, s, false); }
void xml_escape_attr(struct buf *b, str s) { escape(b, s, true); }
