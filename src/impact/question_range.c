/* SPDX-License-Identifier: Apache-2.0 */
#include "ident/purl.h"
#include "ident/version.h"
#include "impact/question.h"

enum choice { CHOICE_ALL, CHOICE_EXACT, CHOICE_VERS, CHOICE_NATIVE };
struct version_choice {
    enum choice kind;
    const struct ecosystem *eco; /* NULL: nobody has told how its versions compare */
    str text;
    struct vers vers;
};

void question_cut_range(struct arena *a, str text, str *purl, str *range) {
    str fragment, qualifiers, before, after;
    *range = (str){NULL, 0};
    str_cut(text, '#', &text, &fragment);
    size_t at = str_rchr(text, '@');
    bool is_scope = at != STR_NONE && at > 0 && (text.p[at - 1] == '/' || text.p[at - 1] == ':');
    if (at == STR_NONE || is_scope) {
        *purl = text;
        return;
    }
    before = str_upto(text, at);
    after = str_from(text, at + 1);
    if (!str_cut(after, '?', range, &qualifiers))
        qualifiers = (str){NULL, 0};
    *purl = qualifiers.n ? arena_printf(a, "%.*s?%.*s", STR_ARG(before), STR_ARG(qualifiers)) : before;
    if (!range->n)
        *range = (str){NULL, 0};
}

/* One version may look like many things, a range only like these. */
static bool is_range(str s) {
    if (s.n && memchr("<>=^~!*[(", s.p[0], 9))
        return true;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '|' || s.p[i] == ',' || s.p[i] == ' ')
            return true;
    return str_ends(s, S(".x")) || str_ends(s, S(".*")) || str_ends(s, S(".X"));
}

/* ">=1.0|<2.0": VERS without its head. A "||" is some ecosystem's own "or". */
static bool is_bare_vers(str s) {
    return str_chr(s, '|') != STR_NONE && str_find(s, S("||")) == STR_NONE && str_chr(s, ' ') == STR_NONE;
}

/* The range is read by trying it; that the version tried is none there says nothing about the range. */
static bool native_ok(struct arena *a, const struct ecosystem *eco, str text, struct err *e) {
    bool inside;
    struct err odd = {0};
    if (range_satisfies(a, eco, text, S("1"), &inside, &odd) || strcmp(odd.where, "1") == 0)
        return true;
    *e = odd;
    e->kind = ERR_USAGE;
    return false;
}

/* "%3E=1" → ">=1" */
static str decoded(struct arena *a, str text) {
    struct purl p;
    struct err odd = {0};
    if (str_chr(text, '%') == STR_NONE || !purl_parse(a, arena_cat(a, S("pkg:generic/x@"), text), &p, &odd))
        return text;
    return p.version;
}

bool version_choice_parse(struct arena *a, str type, str text, struct version_choice **out, struct err *e) {
    struct version_choice *c = arena_new_of(a, struct version_choice);
    *out = c;
    c->eco = ecosystem_find(type);
    c->text = text = decoded(a, text);
    if (!text.p || str_is(text, "*")) {
        c->kind = CHOICE_ALL;
        return true;
    }
    if (str_starts(text, S("vers:"))) {
        c->kind = CHOICE_VERS;
        return vers_parse(a, text, &c->vers, e);
    }
    if (!is_range(text)) {
        c->kind = CHOICE_EXACT;
        return true;
    }
    if (!c->eco)
        return err_set(e, ERR_USAGE, text, _("versions of \"%.*s\" have no order that is known"), STR_ARG(type));
    if (is_bare_vers(text)) {
        c->kind = CHOICE_VERS;
        return vers_parse(a, arena_printf(a, "vers:%.*s/%.*s", STR_ARG(type), STR_ARG(text)), &c->vers, e);
    }
    c->kind = CHOICE_NATIVE;
    return native_ok(a, c->eco, text, e);
}

bool version_chosen(struct arena *a, const struct version_choice *c, str version) {
    struct err odd = {0};
    if (c->kind == CHOICE_ALL || !version.p)
        return c->kind == CHOICE_ALL;
    if (c->kind == CHOICE_EXACT)
        return str_eq(version, c->text) || (c->eco && c->eco->valid(version) && c->eco->valid(c->text) &&
                                            c->eco->compare(version, c->text) == ORDER_EQUAL);
    bool inside = false;
    struct arena_mark m = arena_mark(a);
    bool known = c->kind == CHOICE_VERS ? vers_contains(&c->vers, version, &inside, &odd)
                                        : range_satisfies(a, c->eco, c->text, version, &inside, &odd);
    arena_reset(a, m);
    return known && inside;
}
