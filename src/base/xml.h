/* SPDX-License-Identifier: Apache-2.0
 *
 * XML read into a small element tree in an arena. The only module that knows libxml2. No DTD is loaded, no entity is
 * expanded but the five built-in ones (a document that declares others is refused), nothing is fetched.
 */
#ifndef AKASHI_BASE_XML_H
#define AKASHI_BASE_XML_H

#include "base/ctx.h"

struct xml_attr {
    str name, ns, value; /* local name; namespace URI, "" for none */
    struct xml_attr *next;
};

struct xml_node {
    str name, ns; /* local name; namespace URI, "" for none */
    str text;     /* character data directly inside, pieces joined, as written */
    struct xml_attr *attrs;
    struct xml_node *child, *next, *parent;
    uint32_t line;
    uint32_t index; /* among siblings of the same name: 1, 2, … */
};

/* Loads libxml2, which else happens with the first document: before a process gives up its right to open files. */
MUST_USE bool xml_ready(struct err *e);
MUST_USE bool xml_parse(struct ctx *c, struct arena *a, str text, str where, struct xml_node **root, struct err *e);

/* First child of that name in any namespace, or NULL. node may be NULL. */
struct xml_node *xml_child(const struct xml_node *node, const char *name);
/* Next sibling of the same name as node, or NULL. */
struct xml_node *xml_again(const struct xml_node *node);
/* Trimmed text of that child; absent when there is no such child. */
str xml_text(const struct xml_node *node, const char *child);
/* Value of an attribute by local name; absent when not there. */
str xml_attr(const struct xml_node *node, const char *name);
/* "/bom/components/component[3]/name" */
str xml_path(const struct xml_node *node, struct arena *a);
/* "file:line" */
str xml_place(const struct xml_node *node, str where, struct arena *a);

/* Writing: what is written this way reads back the same. Bytes that are not UTF-8 and characters XML 1.0 cannot hold
 * become U+FFFD. In an attribute's value (in double quotes) a reader turns line ends and tabs into blanks, so there
 * they are written as references. */
void xml_escape(struct buf *b, str s);
void xml_escape_attr(struct buf *b, str s);

#endif
