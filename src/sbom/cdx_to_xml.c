/* SPDX-License-Identifier: Apache-2.0
 *
 * The JSON tree to CycloneDX elements, in the order the tables give.
 */
#include "sbom/cdx_write.h"
#include "sbom/cdx_xml.h"

struct xout {
    struct sbom_writing *w;
    const struct json *tree;
    struct buf *b;
    uint8_t bit;
    bool keep; /* from XML of this version: even what breaks its rules stays as it was */
    unsigned depth;
};

static void element(struct xout *x, const struct cdx_particle *p, struct jv v, const struct cdx_rule *rule, str flow);

static void newline(struct xout *x) {
    if (!x->w->pretty)
        return;
    buf_addc(x->b, '\n');
    for (unsigned i = 0; i < x->depth * 2; i++)
        buf_addc(x->b, ' ');
}

static void lose(struct xout *x, struct jv v) {
    if (x->w->losses->n <= 1000)
        codec_loss(x->w, json_pointer(x->tree, v, x->w->arena), _("CycloneDX XML cannot hold this"));
}

static str scalar(struct xout *x, struct jv v) {
    if (j_is_str(v))
        return j_str(v);
    return j_is_num(v) || j_is_bool(v) ? json_text(v, x->w->arena) : (str){NULL, 0};
}

static void attribute(struct xout *x, const char *name, str value) {
    buf_addf(x->b, " %s=\"", name);
    xml_escape_attr(x->b, value);
    buf_addc(x->b, '"');
}

/* ── what came from other namespaces ── */

static bool is_name(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && (unsigned char)s.p[i] < 0x80 && !strchr("-_.", s.p[i]))
            return false;
    return s.n && !ch_digit(s.p[0]) && s.p[0] != '-' && s.p[0] != '.';
}

static void foreign_attributes(struct xout *x, struct jv list) {
    for (struct jiter it = j_iter(list); j_is_arr(list) && j_next(&it);) {
        str name = j_gets(it.val, "name"), ns = j_gets(it.val, "namespace");
        if (!is_name(name)) {
            lose(x, it.val);
        } else if (str_is(ns, "http://www.w3.org/XML/1998/namespace")) {
            attribute(x, arena_cstr(x->w->arena, arena_cat(x->w->arena, S("xml:"), name)), j_gets(it.val, "value"));
        } else if (ns.n) {
            str prefixed = arena_printf(x->w->arena, "a%zu:%.*s", it.index, STR_ARG(name));
            attribute(x, arena_printf(x->w->arena, "xmlns:a%zu", it.index).p, ns);
            attribute(x, prefixed.p, j_gets(it.val, "value"));
        } else {
            attribute(x, arena_cstr(x->w->arena, name), j_gets(it.val, "value"));
        }
    }
}

/* Text of elements is taken over only when it is elements and nothing else. */
static void foreign_elements(struct xout *x, struct jv list) {
    for (struct jiter it = j_iter(list); j_is_arr(list) && j_next(&it);) {
        struct xml_node *node;
        if (!j_is_str(it.val) || !xml_parse(x->w->ctx, x->w->arena, j_str(it.val), S(""), &node, NULL)) {
            lose(x, it.val);
            continue;
        }
        newline(x);
        buf_add(x->b, j_str(it.val));
    }
}

/* ── objects ── */

struct taken {
    const char *names[CDX_ELEMENTS_MOST * 2];
    size_t n;
};
static void take(struct taken *t, const char *name) {
    if (t->n < sizeof t->names / sizeof *t->names)
        t->names[t->n++] = name;
}
static bool is_taken(const struct taken *t, str name) {
    for (size_t i = 0; i < t->n; i++)
        if (str_is(name, t->names[i]))
            return true;
    return false;
}

static void attributes(struct xout *x, struct jv v, const struct cdx_xml *type, struct taken *t) {
    for (const struct cdx_member *m = type->attributes; m && m->name; m++) {
        const char *name = cdx_attribute_member(m->name);
        str value = m->versions & x->bit ? scalar(x, j_get(v, name)) : (str){NULL, 0};
        if (!value.p)
            continue;
        attribute(x, m->name, value);
        take(t, name);
    }
    foreign_attributes(x, j_get(v, CDX_FOREIGN_ATTRIBUTES));
}

static const struct cdx_particle *named(const struct cdx_particle *const *all, size_t n, const char *name) {
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    return NULL;
}

/* Which element an item of a list becomes, where a list has several kinds. */
static const char *item_name(const char *wrapper, struct jv v) {
    static const struct {
        const char *wrapper, *member, *element, *otherwise;
    } rows[] = {
        {"licenses", "license", "license", NULL},
        {"licenses", "expressionDetails", "expression-detailed", NULL},
        {"licenses", "licensing", "expression-detailed", NULL},
        {"licenses", "expression", "expression", NULL},
        {"datasets", "ref", "ref", "dataset"},
        {"patents", "familyId", "patentFamily", "patent"},
        {"environmentVars", "name", "environmentVar", "value"},
        {"data", "classification", "dataflow", NULL},
    };
    const char *otherwise = NULL;
    if (strcmp(wrapper, "data") == 0 && j_len(v) == 2 && j_ok(j_get(v, "flow")) && j_ok(j_get(v, "classification")))
        return "classification";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(rows[i].wrapper, wrapper) == 0) {
            if (j_ok(j_get(v, rows[i].member)))
                return rows[i].element;
            otherwise = rows[i].otherwise;
        }
    return otherwise;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static void item(struct xout *x, const char *wrapper, const struct cdx_particle *const *all, size_t n, struct jv v,
                 const struct cdx_rule *list) {
    const char *name = item_name(wrapper, v);
    const struct cdx_particle *p = name ? named(all, n, name) : NULL;
    bool licence = strcmp(wrapper, "licenses") == 0 && j_ok(j_get(v, "license"));
    if (!p && n)
        p = all[0];
    if (!p)
        lose(x, v);
    else if (licence)
        element(x, p, j_get(v, "license"), cdx_licence_rule, S(""));
    else
        element(x, p, v, cdx_item_of(list, x->bit), S(""));
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static void wrapped(struct xout *x, const struct cdx_particle *p, struct jv list, const struct cdx_rule *rule) {
    const struct cdx_particle *all[CDX_ELEMENTS_MOST];
    size_t n = cdx_xml_elements(p->type, x->bit, all, CDX_ELEMENTS_MOST);
    newline(x);
    buf_addf(x->b, "<%s>", p->name);
    x->depth++;
    for (struct jiter it = j_iter(list); j_next(&it);)
        item(x, p->name, all, n, it.val, rule);
    x->depth--;
    if (j_len(list))
        newline(x);
    buf_addf(x->b, "</%s>", p->name);
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static void member(struct xout *x, const struct cdx_particle *p, const struct cdx_pairing *pairing, struct jv v,
                   str flow) {
    if (pairing->how == HOW_WRAP && p->type && j_is_arr(v)) {
        wrapped(x, p, v, pairing->rule);
    } else if (j_is_arr(v)) {
        const struct cdx_rule *rule = cdx_item_of(pairing->rule, x->bit);
        for (struct jiter it = j_iter(v); j_next(&it);)
            element(x, p, it.val, rule, S(""));
    } else {
        element(x, p, v, pairing->rule, flow);
    }
}

/* What an object is made of, for the tables' recursion. */
struct parts_of {
    const char *name;
    struct jv v;
    const struct cdx_rule *rule;
    const struct cdx_particle *list[CDX_ELEMENTS_MOST];
    size_t n;
};

static bool present(struct xout *x, const struct parts_of *o, const struct cdx_particle *p) {
    return j_ok(j_get(o->v, cdx_pair(o->name, p, o->rule, x->bit).member));
}

/* An alternative suits when all it asks for is there. */
static bool suits(struct xout *x, const struct parts_of *o, const struct cdx_particle *p) {
    bool any = false;
    if (p->kind == PARTICLE_ELEMENT)
        return present(x, o, p);
    for (const struct cdx_particle *part = p->parts; part && part->versions; part++) {
        if (!(part->versions & x->bit) || part->kind != PARTICLE_ELEMENT)
            continue;
        if (part->min > 0 && !present(x, o, part))
            return false;
        any |= present(x, o, part);
    }
    return any;
}

/* The elements to write, in order; of a choice only the alternative that suits. */
/* NOLINTNEXTLINE(misc-no-recursion): depth of the tables */
static void choose(struct xout *x, struct parts_of *o, const struct cdx_particle *p) {
    for (; p && p->versions; p++) {
        const struct cdx_particle *best = NULL;
        if (!(p->versions & x->bit))
            continue;
        if (p->kind == PARTICLE_ELEMENT && o->n < CDX_ELEMENTS_MOST)
            o->list[o->n++] = p;
        if (p->kind == PARTICLE_SEQUENCE)
            choose(x, o, p->parts);
        if (p->kind != PARTICLE_CHOICE)
            continue;
        for (const struct cdx_particle *part = p->parts; part->versions && !best && p->max == 1; part++)
            if ((part->versions & x->bit) && suits(x, o, part))
                best = part;
        if (best && best->kind == PARTICLE_SEQUENCE)
            choose(x, o, best->parts);
        else if (best && o->n < CDX_ELEMENTS_MOST)
            o->list[o->n++] = best;
        if (!best || x->keep)
            choose(x, o, p->parts);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static void members(struct xout *x, const char *name, struct jv v, const struct cdx_xml *type,
                    const struct cdx_rule *rule, struct taken *t) {
    struct parts_of o = {.name = name, .v = v, .rule = rule};
    choose(x, &o, type->content);
    const struct cdx_particle *const *all = o.list;
    size_t n = o.n;
    for (size_t i = 0; i < n; i++) {
        struct cdx_pairing pairing = cdx_pair(name, all[i], rule, x->bit);
        struct jv value = j_get(v, pairing.member);
        if (!j_ok(value) || is_taken(t, str_of(pairing.member)))
            continue;
        member(x, all[i], &pairing, value, strcmp(name, "dataflow") == 0 ? j_gets(v, "flow") : S(""));
        take(t, pairing.member);
        if (strcmp(name, "dataflow") == 0)
            take(t, "flow");
    }
    foreign_elements(x, j_get(v, CDX_FOREIGN));
}

static void tell_left(struct xout *x, struct jv v, const struct taken *t) {
    for (struct jiter it = j_iter(v); j_is_obj(v) && j_next(&it);)
        if (!is_taken(t, it.key) && !str_starts(it.key, S("$")) && !str_is(it.key, "bomFormat") &&
            !str_is(it.key, "specVersion"))
            lose(x, it.val);
}

/* Which of <organization>, <individual> (or <contact>) and <ref> stands for a value. */
static const struct cdx_particle *party_of(const struct cdx_xml *type, struct jv v, uint8_t bit) {
    const struct cdx_particle *all[CDX_ELEMENTS_MOST], *person;
    size_t n = cdx_xml_elements(type, bit, all, CDX_ELEMENTS_MOST);
    person = named(all, n, "individual");
    if (!person)
        person = named(all, n, "contact");
    if (j_is_str(v))
        return named(all, n, "ref");
    bool organisation = j_ok(j_get(v, "url")) || j_ok(j_get(v, "contact")) || j_ok(j_get(v, "address"));
    bool individual = j_ok(j_get(v, "email")) || j_ok(j_get(v, "phone"));
    return individual && !organisation && person ? person : named(all, n, "organization");
}

/* ── elements ── */

/* A leaf for {name: text} too, as copyright: [{text: …}]. */
static void leaf(struct xout *x, const struct cdx_particle *p, struct jv v) {
    struct jv inner = j_is_obj(v) ? j_get(v, p->name) : v;
    str text = scalar(x, inner);
    for (struct jiter it = j_iter(v); j_is_obj(v) && j_next(&it);)
        if (!str_is(it.key, p->name))
            lose(x, it.val);
    if (!text.p || (p->min == 0 && p->text && !x->keep && cdx_xml_text_wrong(x->w->arena, text, p->text, x->bit))) {
        lose(x, inner);
        return;
    }
    newline(x);
    buf_addf(x->b, "<%s>", p->name);
    xml_escape(x->b, text);
    buf_addf(x->b, "</%s>", p->name);
}

static bool has_attribute(const struct cdx_xml *type, const char *name) {
    for (const struct cdx_member *m = type->attributes; m && m->name; m++)
        if (strcmp(m->name, name) == 0)
            return true;
    return false;
}

/* A scalar where XML has structure: its "ref", or its text with an attribute given from around it. */
static void simple_node(struct xout *x, const struct cdx_particle *p, str text, str flow) {
    newline(x);
    buf_addf(x->b, "<%s", p->name);
    if (has_attribute(p->type, "ref")) {
        attribute(x, "ref", text);
        buf_addz(x->b, "/>");
        return;
    }
    if (flow.n && has_attribute(p->type, "flow"))
        attribute(x, "flow", flow);
    buf_addc(x->b, '>');
    xml_escape(x->b, text);
    buf_addf(x->b, "</%s>", p->name);
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static void node(struct xout *x, const struct cdx_particle *p, struct jv v, const struct cdx_rule *rule) {
    struct taken t = {.n = 0};
    size_t content;
    newline(x);
    buf_addf(x->b, "<%s", p->name);
    attributes(x, v, p->type, &t);
    buf_addc(x->b, '>');
    content = x->b->n;
    x->depth++;
    if (p->type->text) {
        xml_escape(x->b, scalar(x, j_get(v, cdx_text_member(p->name))));
        take(&t, cdx_text_member(p->name));
        x->depth--;
    } else {
        members(x, p->name, v, p->type, rule, &t);
        x->depth--;
        if (x->b->n > content)
            newline(x);
    }
    tell_left(x, v, &t);
    if (x->b->n == content && !p->type->text) {
        x->b->n--;
        buf_addz(x->b, "/>");
    } else {
        buf_addf(x->b, "</%s>", p->name);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by json_parse */
static void element(struct xout *x, const struct cdx_particle *p, struct jv v, const struct cdx_rule *rule, str flow) {
    const struct cdx_particle *party = p->type && cdx_is_party(p->type, rule, x->bit) ? party_of(p->type, v, x->bit)
                                                                                      : NULL;
    if (!p->type) {
        leaf(x, p, v);
    } else if (party) {
        newline(x);
        buf_addf(x->b, "<%s>", p->name);
        x->depth++;
        element(x, party, v, rule, S(""));
        x->depth--;
        newline(x);
        buf_addf(x->b, "</%s>", p->name);
    } else if (j_is_obj(v)) {
        node(x, p, v, rule);
    } else if (scalar(x, v).p) {
        simple_node(x, p, scalar(x, v), flow);
    } else {
        lose(x, v);
    }
}

void cdx_to_xml(struct sbom_writing *w, const struct json *tree, unsigned version) {
    struct xout x = {.w = w, .tree = tree, .b = w->out, .bit = V(version, version), .keep = cdx_same_form(w)};
    struct taken t = {.n = 0};
    buf_addz(x.b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    buf_addf(x.b, "<bom xmlns=\"" CDX_NAMESPACE "1.%u\"", version);
    attributes(&x, tree->root, cdx_xml_bom, &t);
    buf_addc(x.b, '>');
    x.depth++;
    members(&x, "bom", tree->root, cdx_xml_bom, cdx_bom, &t);
    x.depth--;
    newline(&x);
    buf_addz(x.b, "</bom>");
    tell_left(&x, tree->root, &t);
}
