/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX elements against the rules of their version. The rules are deterministic (XML Schema demands it), so a
 * walk that always takes what can start here never has to turn back.
 */
#include <stdlib.h>

#include "sbom/cdx_xml.h"

struct check {
    struct sbom_reading *r;
    uint8_t bit;
    str ns;
    struct map refs; /* bom-ref → seen */
};

static void wrong(struct check *c, const struct xml_node *node, const char *what, ...) PRINTF_LIKE(3, 4);
static void wrong(struct check *c, const struct xml_node *node, const char *what, ...) {
    if (codec_full(c->r))
        return;
    struct buf b = {0};
    va_list ap;
    va_start(ap, what);
    buf_addv(&b, what, ap);
    va_end(ap);
    codec_error(c->r, xml_place(node, c->r->where, c->r->arena), "<%.*s>: %.*s", STR_ARG(node->name),
                STR_ARG(buf_str(&b)));
    buf_free(&b);
}

/* ── text ── */

/* White space as XML Schema sees it. */
static str normal(struct arena *a, enum cdx_blanks blanks, str s) {
    bool plain = true;
    if (blanks == BLANKS_COLLAPSE)
        s = str_trim(s);
    for (size_t i = 0; blanks != BLANKS_KEEP && i < s.n; i++)
        plain &= !ch_space(s.p[i]) || (s.p[i] == ' ' && blanks == BLANKS_REPLACE);
    if (plain || !s.n)
        return s.p ? s : S("");
    char *p = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char ch = ch_space(s.p[i]) ? ' ' : s.p[i];
        if (blanks != BLANKS_COLLAPSE || ch != ' ' || (n && p[n - 1] != ' '))
            p[n++] = ch;
    }
    return str_n(p, n);
}

static bool whole(str s) {
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        s = str_from(s, 1);
    for (size_t i = 0; i < s.n; i++)
        if (!ch_digit(s.p[i]))
            return false;
    return s.n > 0;
}

static bool decimal(str s) {
    str before, after;
    if (s.n && (s.p[0] == '-' || s.p[0] == '+'))
        s = str_from(s, 1);
    bool point = str_cut(s, '.', &before, &after);
    return (before.n || after.n) && (!before.n || (ch_digit(before.p[0]) && whole(before))) &&
           (!point || !after.n || (ch_digit(after.p[0]) && whole(after)));
}

static bool in_bounds(const struct cdx_rule *rule, str s) {
    double d = strtod(s.n < 40 ? s.p : "0", NULL); /* the arena's copy ends in NUL */
    return (!rule->has_min || d >= rule->min) && (!rule->max || d <= rule->max);
}

/* NOLINTNEXTLINE(misc-no-recursion): depth of the tables */
const char *cdx_xml_text_wrong(struct arena *a, str raw, const struct cdx_rule *rule, uint8_t bit) {
    str s = normal(a, rule->blanks, raw);
    switch (rule->kind) {
    case CDX_LICENCE: return cdx_licence_id_ok(s) ? NULL : N_("this is no id of the SPDX licence list");
    case CDX_BOOL:
        return str_is(s, "true") || str_is(s, "false") || str_is(s, "1") || str_is(s, "0")
                   ? NULL
                   : N_("this must be true or false");
    case CDX_INTEGER:
    case CDX_NUMBER:
        if (rule->kind == CDX_INTEGER ? !whole(s) : !decimal(s))
            return rule->kind == CDX_INTEGER ? N_("this must be a whole number") : N_("this must be a number");
        return in_bounds(rule, arena_str(a, s)) ? NULL : N_("this number is out of bounds");
    case CDX_STRING:
        if (rule->words && !cdx_word_allowed(rule, s, bit))
            return N_("this is none of the words allowed here");
        if (rule->min && s.n == 0)
            return N_("this text must not be empty");
        if (rule->max && s.n > (size_t)rule->max)
            return N_("this text is too long");
        if (!cdx_pattern_ok(rule->pattern, s))
            return cdx_pattern_says(rule->pattern);
        return cdx_format_ok(rule->format, s) ? NULL : cdx_format_says(rule->format);
    case CDX_ANY_OF:
        for (const struct cdx_part *p = rule->parts; p->versions; p++)
            if (!cdx_xml_text_wrong(a, raw, p->rule, bit))
                return NULL;
        return N_("this fits none of the forms allowed here");
    case CDX_ANY:
    case CDX_OBJECT:
    case CDX_ARRAY:
    case CDX_ONE_OF:
    case CDX_ALL_OF: return NULL;
    }
    return NULL;
}

static void check_text(struct check *c, const struct xml_node *node, str text, const struct cdx_rule *rule) {
    const char *what = cdx_xml_text_wrong(c->r->arena, text, rule, c->bit);
    if (what)
        wrong(c, node, "%s", _(what));
}

/* ── attributes ── */

static bool always_allowed(const struct xml_attr *attribute) {
    return str_is(attribute->ns, "http://www.w3.org/2001/XMLSchema-instance");
}

static const struct cdx_member *attribute_rule(const struct cdx_xml *type, str name, uint8_t bit) {
    for (const struct cdx_member *m = type->attributes; m && m->name; m++)
        if ((m->versions & bit) && str_is(name, m->name))
            return m;
    return NULL;
}

static void note_ref(struct check *c, const struct xml_node *node, str ref) {
    bool fresh;
    map_put(&c->refs, ref, &fresh);
    if (!fresh)
        wrong(c, node, _("the bom-ref \"%.*s\" is used twice"), STR_ARG(str_upto(ref, 100)));
}

static void check_attributes(struct check *c, const struct xml_node *node, const struct cdx_xml *type) {
    for (const struct xml_attr *at = node->attrs; at; at = at->next) {
        const struct cdx_member *m = at->ns.n ? NULL : attribute_rule(type, at->name, c->bit);
        if (m)
            check_text(c, node, at->value, m->rule);
        else if (!always_allowed(at) && !(type->any_attributes & c->bit) &&
                 !(at->ns.n && !str_eq(at->ns, c->ns) && (type->other_attributes & c->bit)))
            wrong(c, node, _("the attribute \"%.*s\" is not allowed here"), STR_ARG(str_upto(at->name, 60)));
        if (at->ns.n == 0 && str_is(at->name, "bom-ref"))
            note_ref(c, node, at->value);
    }
    for (const struct cdx_member *m = type->attributes; m && m->name; m++)
        if ((m->required & c->bit) && !xml_attr(node, m->name).p)
            wrong(c, node, _("the attribute \"%s\" is missing"), m->name);
}

/* ── order of elements ── */

static bool foreign(const struct check *c, const struct xml_node *node) {
    return node->ns.n && !str_eq(node->ns, c->ns);
}

static bool may_be_empty(const struct check *c, const struct cdx_particle *p);

/* NOLINTNEXTLINE(misc-no-recursion): depth of the tables */
static bool one_may_be_empty(const struct check *c, const struct cdx_particle *p) {
    bool sequence = p->kind == PARTICLE_SEQUENCE;
    if (p->kind != PARTICLE_SEQUENCE && p->kind != PARTICLE_CHOICE)
        return false;
    for (const struct cdx_particle *part = p->parts; part->versions; part++)
        if ((part->versions & c->bit) && may_be_empty(c, part) != sequence)
            return !sequence;
    return sequence;
}
/* NOLINTNEXTLINE(misc-no-recursion): depth of the tables */
static bool may_be_empty(const struct check *c, const struct cdx_particle *p) {
    return p->min == 0 || one_may_be_empty(c, p);
}

/* Can this particle begin with that element? */
/* NOLINTNEXTLINE(misc-no-recursion): depth of the tables */
static bool starts(const struct check *c, const struct cdx_particle *p, const struct xml_node *node) {
    if (!(p->versions & c->bit))
        return false;
    if (p->kind == PARTICLE_ELEMENT)
        return str_eq(node->ns, c->ns) && str_is(node->name, p->name);
    if (p->kind == PARTICLE_FOREIGN)
        return foreign(c, node);
    for (const struct cdx_particle *part = p->parts; part->versions; part++) {
        if (!(part->versions & c->bit))
            continue;
        if (starts(c, part, node))
            return true;
        if (p->kind == PARTICLE_SEQUENCE && !may_be_empty(c, part))
            return false;
    }
    return false;
}

/* The first element a particle asks for, for messages. */
static const char *first_name(const struct check *c, const struct cdx_particle *p) {
    while (p && p->kind != PARTICLE_ELEMENT && p->kind != PARTICLE_FOREIGN) {
        const struct cdx_particle *part = p->parts;
        while (part->versions && (!(part->versions & c->bit) || part->kind == PARTICLE_FOREIGN))
            part++;
        p = part->versions ? part : NULL;
    }
    return p && p->name ? p->name : "?";
}

static void check_node(struct check *c, const struct xml_node *node, const struct cdx_xml *type);
static void take(struct check *c, const struct xml_node *in, const struct cdx_particle *p, const struct xml_node **at);

static void check_leaf(struct check *c, const struct xml_node *node, const struct cdx_rule *rule) {
    for (const struct xml_attr *a = node->attrs; a; a = a->next)
        if (!always_allowed(a))
            wrong(c, node, _("the attribute \"%.*s\" is not allowed here"), STR_ARG(str_upto(a->name, 60)));
    if (node->child)
        wrong(c, node->child, _("no element is allowed here"));
    check_text(c, node, node->text, rule);
}

/* Elements of other namespaces are anything, unless it is an extension with rules of its own. */
/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void check_foreign(struct check *c, const struct xml_node *node) {
    const struct cdx_xml *type = cdx_extension(node->ns, node->name);
    str outer = c->ns;
    if (type) {
        c->ns = node->ns;
        check_node(c, node, type);
        c->ns = outer;
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void take_one(struct check *c, const struct xml_node *in, const struct cdx_particle *p,
                     const struct xml_node **at) {
    switch (p->kind) {
    case PARTICLE_ELEMENT:
        if (p->type)
            check_node(c, *at, p->type);
        else if (p->text)
            check_leaf(c, *at, p->text);
        *at = (*at)->next;
        return;
    case PARTICLE_FOREIGN:
        check_foreign(c, *at);
        *at = (*at)->next;
        return;
    case PARTICLE_SEQUENCE:
        for (const struct cdx_particle *part = p->parts; part->versions; part++)
            if (part->versions & c->bit)
                take(c, in, part, at);
        return;
    case PARTICLE_CHOICE:
        for (const struct cdx_particle *part = p->parts; *at && part->versions; part++)
            if (starts(c, part, *at)) {
                take(c, in, part, at);
                return;
            }
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void take(struct check *c, const struct xml_node *in, const struct cdx_particle *p, const struct xml_node **at) {
    uint32_t n = 0;
    while (*at && (p->max == MANY || n < p->max) && starts(c, p, *at)) {
        const struct xml_node *before = *at;
        take_one(c, in, p, at);
        n++;
        if (*at == before)
            break;
    }
    if (n < p->min && !one_may_be_empty(c, p))
        wrong(c, *at && (*at)->parent == in ? *at : in, _("an element <%s> is missing here"), first_name(c, p));
}

static bool known_inside(const struct check *c, const struct cdx_xml *type, str name) {
    const struct cdx_particle *all[CDX_ELEMENTS_MOST];
    size_t n = cdx_xml_elements(type, c->bit, all, CDX_ELEMENTS_MOST);
    for (size_t i = 0; i < n; i++)
        if (str_is(name, all[i]->name))
            return true;
    return false;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void check_content(struct check *c, const struct xml_node *node, const struct cdx_xml *type) {
    const struct xml_node *at = node->child;
    for (const struct cdx_particle *p = type->content; p && p->versions; p++)
        if (p->versions & c->bit)
            take(c, node, p, &at);
    if (at && known_inside(c, type, at->name) && str_eq(at->ns, c->ns))
        wrong(c, at, _("this element stands in the wrong place or too often"));
    else if (at)
        wrong(c, at, _("this element is not allowed here"));
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void check_node(struct check *c, const struct xml_node *node, const struct cdx_xml *type) {
    const struct cdx_part *text = type->text;
    check_attributes(c, node, type);
    while (text && text->versions && !(text->versions & c->bit))
        text++;
    if (text && text->versions) {
        if (node->child)
            wrong(c, node->child, _("no element is allowed here"));
        check_text(c, node, node->text, text->rule);
        return;
    }
    if (str_trim(node->text).n && !(type->mixed & c->bit))
        wrong(c, node, _("no text is allowed here, only elements"));
    check_content(c, node, type);
}

void cdx_check_xml(struct sbom_reading *r, const struct xml_node *bom, unsigned version) {
    struct check c = {.r = r, .bit = V(version, version), .ns = bom->ns};
    map_init(&c.refs, r->arena);
    check_node(&c, bom, cdx_xml_bom);
}
