/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of predicates and the look-ups in it. A row is a line of predicates.list.
 */
#include "base/embedded.h"
#include "base/schema.h"
#include "seal/leaf.h"
#include "seal/statement.h"

const struct predicate predicates[] = {
#define PREDICATE(kind, word, type, ours, schema, title) {kind, word, type, ours, schema, title},
#include "seal/predicates.list"
#undef PREDICATE
    {0},
};

const struct predicate *predicate_of_kind(str kind) {
    for (const struct predicate *p = predicates; p->kind; p++)
        if (str_is(kind, p->word))
            return p;
    for (const struct predicate *p = predicates; p->kind; p++)
        if (str_is(kind, p->kind))
            return p;
    return NULL;
}

/* "/v2.3", "/2.3" or, behind a type that ends in a version, ".3". */
static bool is_version_suffix(str s, bool versioned) {
    if (versioned ? !str_starts(s, S(".")) : !str_starts(s, S("/")))
        return false;
    s = str_from(s, 1);
    if (!versioned && str_starts(s, S("v")))
        s = str_from(s, 1);
    for (size_t i = 0; i < s.n; i++)
        if (!ch_digit(s.p[i]) && s.p[i] != '.')
            return false;
    return s.n && ch_digit(s.p[0]);
}

static bool is_type(const struct predicate *p, str type) {
    str own = str_of(p->type);
    return str_starts(type, own) &&
           (type.n == own.n || is_version_suffix(str_from(type, own.n), ch_digit(own.p[own.n - 1])));
}

const struct predicate *predicate_of_type(str type) {
    for (const struct predicate *p = predicates; p->kind; p++)
        if (is_type(p, type))
            return p;
    return NULL;
}

str statement_kind(str type) {
    const struct predicate *p = predicate_of_type(type);
    if (p)
        return str_of(p->kind);
    str cut = str_upto(type, LEAF_KIND_MOST);
    while (cut.n < type.n && cut.n && ((unsigned char)type.p[cut.n] & 0xC0) == 0x80)
        cut.n--;
    return cut;
}

static const struct embedded_file *schema_file(const char *name) {
    const struct embedded_file *f = embedded_predicate_schemas;
    while (f->name && strcmp(f->name, name) != 0)
        f++;
    return f->name ? f : NULL;
}

bool predicate_check(struct ctx *c, struct arena *a, str type, const struct json *doc, struct jv predicate,
                     struct err *e) {
    const struct predicate *p = predicate_of_type(type);
    if (!p || !p->schema)
        return true;
    const struct schema *s;
    return schema_ours(c, schema_file(p->schema), &s, e) && schema_check(s, a, doc, predicate, e);
}
