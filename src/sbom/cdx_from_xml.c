/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX elements to the JSON tree. The tree is written as JSON text and parsed, so that it is a document like any
 * other; the line of each value is noted on the way.
 */
#include "sbom/cdx_xml.h"

struct build {
    struct arena *arena;
    struct buf text;
    struct jw w;
    VEC(uint32_t) lines;
    uint8_t bit; /* of the version; 1.0 and 1.1 go by the tree of 1.2 */
    uint8_t xml_bit;
    str ns;
};

static void object(struct build *b, const struct xml_node *node, const char *name, const struct cdx_xml *type,
                   const struct cdx_rule *rule);

/* Every key and value takes one place in the order of the text. */
static void at_line(struct build *b, const struct xml_node *node) { *vec_push(b->arena, &b->lines) = node->line; }
static void key(struct build *b, const struct xml_node *node, const char *name) {
    at_line(b, node);
    jw_key(&b->w, str_of(name));
}

/* ── text to scalar ── */

/* NOLINTNEXTLINE(misc-no-recursion): depth of the tables */
static enum cdx_kind scalar_kind(const struct cdx_rule *rule, uint8_t bit) {
    if (rule && rule->kind == CDX_ANY_OF)
        for (const struct cdx_part *p = rule->parts; p->versions; p++)
            if (p->versions & bit)
                return scalar_kind(p->rule, bit);
    return rule ? rule->kind : CDX_STRING;
}

static bool json_number(str s) {
    size_t i = s.n && s.p[0] == '-', digits = 0, points = 0;
    if (s.n > 18 || (s.n > i + 1 && s.p[i] == '0' && s.p[i + 1] != '.'))
        return false;
    for (; i < s.n; i++) {
        digits += ch_digit(s.p[i]);
        points += s.p[i] == '.';
        if (!ch_digit(s.p[i]) && (s.p[i] != '.' || digits == 0))
            return false;
    }
    return digits && points <= 1 && ch_digit(s.p[s.n - 1]);
}

static void scalar(struct build *b, const struct xml_node *node, str text, enum cdx_blanks blanks,
                   const struct cdx_rule *rule) {
    enum cdx_kind kind = scalar_kind(rule, b->bit);
    str s = blanks == BLANKS_COLLAPSE || kind != CDX_STRING ? str_trim(text) : text;
    at_line(b, node);
    if (kind == CDX_BOOL && (str_is(s, "true") || str_is(s, "1")))
        jw_bool(&b->w, true);
    else if (kind == CDX_BOOL && (str_is(s, "false") || str_is(s, "0")))
        jw_bool(&b->w, false);
    else if ((kind == CDX_INTEGER || kind == CDX_NUMBER) && json_number(s))
        jw_raw(&b->w, s);
    else
        jw_str(&b->w, s.p ? s : S(""));
}

/* ── what the tree has no word for ── */

static void dump(struct buf *out, const struct xml_node *node, str outer_ns) { /* NOLINT(misc-no-recursion) */
    buf_addf(out, "<%.*s", STR_ARG(node->name));
    if (!str_eq(node->ns, outer_ns)) {
        buf_addz(out, " xmlns=\"");
        xml_escape_attr(out, node->ns);
        buf_addz(out, "\"");
    }
    unsigned n = 0;
    for (const struct xml_attr *a = node->attrs; a; a = a->next, n++) {
        if (a->ns.n) {
            buf_addf(out, " xmlns:a%u=\"", n);
            xml_escape_attr(out, a->ns);
            buf_addf(out, "\" a%u:%.*s=\"", n, STR_ARG(a->name));
        } else {
            buf_addf(out, " %.*s=\"", STR_ARG(a->name));
        }
        xml_escape_attr(out, a->value);
        buf_addc(out, '"');
    }
    buf_addc(out, '>');
    xml_escape(out, node->child ? str_trim(node->text) : node->text);
    for (const struct xml_node *child = node->child; child; child = child->next)
        dump(out, child, node->ns);
    buf_addf(out, "</%.*s>", STR_ARG(node->name));
}

static void foreign_attributes(struct build *b, const struct xml_node *node, const struct cdx_xml *type) {
    bool any = false;
    for (const struct xml_attr *a = node->attrs; a; a = a->next) {
        bool ours = false;
        for (const struct cdx_member *m = type->attributes; m && m->name; m++)
            ours |= a->ns.n == 0 && str_is(a->name, m->name);
        if (ours)
            continue;
        if (!any) {
            key(b, node, CDX_FOREIGN_ATTRIBUTES);
            at_line(b, node);
            jw_arr(&b->w);
        }
        any = true;
        at_line(b, node);
        jw_obj(&b->w);
        const struct {
            const char *name;
            str value;
        } parts[] = {{"name", a->name}, {"namespace", a->ns}, {"value", a->value}};
        for (size_t i = 0; i < 3; i++) {
            key(b, node, parts[i].name);
            scalar(b, node, parts[i].value, BLANKS_KEEP, NULL);
        }
        jw_obj_end(&b->w);
    }
    if (any)
        jw_arr_end(&b->w);
}

struct leftovers {
    VEC(const struct xml_node *) nodes;
};

static void foreign_elements(struct build *b, const struct xml_node *node, const struct leftovers *left) {
    if (!left->nodes.n)
        return;
    key(b, node, CDX_FOREIGN);
    at_line(b, node);
    jw_arr(&b->w);
    for (uint32_t i = 0; i < left->nodes.n; i++) {
        struct buf out = {0};
        dump(&out, left->nodes.v[i], b->ns);
        at_line(b, left->nodes.v[i]);
        jw_str(&b->w, buf_str(&out));
        buf_free(&out);
    }
    jw_arr_end(&b->w);
}

/* ── values ── */

static bool tree_is_object(const struct cdx_rule *rule, uint8_t bit) {
    if (!rule)
        return false;
    if (rule->kind == CDX_OBJECT)
        return true;
    for (const struct cdx_part *p =
             rule->kind == CDX_ONE_OF || rule->kind == CDX_ANY_OF || rule->kind == CDX_ALL_OF ? rule->parts : NULL;
         p && p->versions; p++)
        if ((p->versions & bit) && p->rule->kind == CDX_OBJECT)
            return true;
    return rule->kind == CDX_ANY;
}

/* The element as one value. */
/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void value(struct build *b, const struct xml_node *node, const struct cdx_particle *p,
                  const struct cdx_rule *rule) {
    bool has_ref = p->type && p->type->attributes && strcmp(p->type->attributes[0].name, "ref") == 0 &&
                   !p->type->content && !p->type->text;
    if ((has_ref || strcmp(p->name, "dependency") == 0) && !tree_is_object(rule, b->bit)) {
        scalar(b, node, xml_attr(node, "ref"), BLANKS_KEEP, NULL);
    } else if (p->type && (p->type->mixed & b->xml_bit) && !node->child && str_trim(node->text).n) {
        scalar(b, node, node->text, BLANKS_COLLAPSE, NULL);
    } else if (p->type && p->type->text && rule && !tree_is_object(rule, b->bit)) {
        scalar(b, node, node->text, BLANKS_KEEP, rule);
    } else if (p->type) {
        object(b, node, p->name, p->type, rule);
    } else {
        scalar(b, node, node->text, p->text ? p->text->blanks : BLANKS_KEEP, rule);
    }
}

static const struct cdx_particle *particle_of(const struct cdx_particle *const *all, size_t n, str name) {
    for (size_t i = 0; i < n; i++)
        if (str_is(name, all[i]->name))
            return all[i];
    return NULL;
}

/* {name: value of the element} */
/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void boxed(struct build *b, const struct xml_node *node, const struct cdx_particle *p,
                  const struct cdx_rule *rule) {
    const struct cdx_member *m = cdx_member_of(rule, str_of(p->name), b->bit);
    bool licence = strcmp(p->name, "license") == 0;
    at_line(b, node);
    jw_obj(&b->w);
    key(b, node, p->name);
    value(b, node, p, licence ? cdx_licence_rule : m ? m->rule : NULL);
    jw_obj_end(&b->w);
}

/* One item of a wrapped list. */
/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void item(struct build *b, const char *wrapper, const struct xml_node *node, const struct cdx_particle *p,
                 const struct cdx_rule *list) {
    const struct cdx_rule *rule = cdx_item_of(list, b->bit);
    bool plain = strcmp(wrapper, "environmentVars") == 0 && strcmp(p->name, "value") == 0;
    if (strcmp(p->name, "license") == 0 && strcmp(wrapper, "licenses") == 0)
        boxed(b, node, p, rule);
    else if (!p->type && !plain && rule && rule->kind != CDX_ANY && tree_is_object(rule, b->bit))
        boxed(b, node, p, rule);
    else if (!p->type && strcmp(p->name, "expression") == 0)
        boxed(b, node, p, rule);
    else
        value(b, node, p, rule);
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void wrapped(struct build *b, const struct xml_node *node, const struct cdx_particle *p,
                    const struct cdx_rule *list) {
    const struct cdx_particle *all[CDX_ELEMENTS_MOST];
    size_t n = cdx_xml_elements(p->type, b->xml_bit, all, CDX_ELEMENTS_MOST);
    at_line(b, node);
    jw_arr(&b->w);
    for (const struct xml_node *child = node->child; child; child = child->next) {
        const struct cdx_particle *inner = str_eq(child->ns, b->ns) ? particle_of(all, n, child->name) : NULL;
        if (inner)
            item(b, p->name, child, inner, list);
    }
    jw_arr_end(&b->w);
}

/* <tools> holds tools, or components and services: then it is an object in the tree. */
static bool holds_groups(const struct xml_node *node) {
    return xml_child(node, "components") || xml_child(node, "services");
}

/* The next sibling that is the same element. */
static const struct xml_node *same_again(const struct xml_node *node) {
    for (const struct xml_node *next = node->next; next; next = next->next)
        if (str_eq(next->name, node->name) && str_eq(next->ns, node->ns))
            return next;
    return NULL;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void member(struct build *b, const struct xml_node *node, const struct cdx_particle *p,
                   const struct cdx_pairing *pairing) {
    key(b, node, pairing->member);
    if (pairing->how == HOW_WRAP && p->type && !(strcmp(p->name, "tools") == 0 && holds_groups(node))) {
        wrapped(b, node, p, pairing->rule);
    } else if (pairing->how == HOW_EACH) {
        at_line(b, node);
        jw_arr(&b->w);
        for (const struct xml_node *each = node; each; each = same_again(each))
            value(b, each, p, cdx_item_of(pairing->rule, b->bit));
        jw_arr_end(&b->w);
    } else {
        value(b, node, p, pairing->rule);
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void members(struct build *b, const struct xml_node *node, const char *name, const struct cdx_xml *type,
                    const struct cdx_rule *rule) {
    const struct cdx_particle *all[CDX_ELEMENTS_MOST];
    size_t n = cdx_xml_elements(type, b->xml_bit, all, CDX_ELEMENTS_MOST);
    struct leftovers left = {0};
    bool seen[CDX_ELEMENTS_MOST] = {false};
    for (const struct xml_node *child = node->child; child; child = child->next) {
        const struct cdx_particle *p = str_eq(child->ns, b->ns) ? particle_of(all, n, child->name) : NULL;
        struct cdx_pairing pairing = {0};
        if (p)
            pairing = cdx_pair(name, p, rule, b->bit);
        bool again = false;
        for (size_t i = 0; i < n && p; i++)
            if (all[i] == p) {
                again = seen[i];
                seen[i] = true;
            }
        if (!pairing.rule || (again && pairing.how != HOW_EACH))
            *vec_push(b->arena, &left.nodes) = child;
        else if (!again)
            member(b, child, p, &pairing);
        /* A list of the tree has no room for elements of others; they move up to its parent. */
        for (const struct xml_node *inner = pairing.rule && pairing.how == HOW_WRAP ? child->child : NULL; inner;
             inner = inner->next)
            if (!str_eq(inner->ns, b->ns))
                *vec_push(b->arena, &left.nodes) = inner;
    }
    foreign_elements(b, node, &left);
}

static void attributes(struct build *b, const struct xml_node *node, const struct cdx_xml *type,
                       const struct cdx_rule *rule) {
    for (const struct cdx_member *m = type->attributes; m && m->name; m++) {
        str text = m->versions & b->xml_bit ? xml_attr(node, m->name) : (str){NULL, 0};
        const char *name = cdx_attribute_member(m->name);
        const struct cdx_member *tree = cdx_member_of(rule, str_of(name), b->bit);
        if (!text.p)
            continue;
        key(b, node, name);
        scalar(b, node, text, m->rule->blanks, tree ? tree->rule : NULL);
    }
}

/* The one of <organization>, <individual>, … that stands for the whole. */
static const struct xml_node *party_in(const struct xml_node *node, const struct build *b) {
    for (const struct xml_node *child = node->child; child; child = child->next)
        if (str_eq(child->ns, b->ns))
            return child;
    return NULL;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static bool party(struct build *b, const struct xml_node *node, const struct cdx_xml *type,
                  const struct cdx_rule *rule) {
    const struct cdx_particle *all[CDX_ELEMENTS_MOST];
    const struct xml_node *child = party_in(node, b);
    size_t n = cdx_xml_elements(type, b->xml_bit, all, CDX_ELEMENTS_MOST);
    const struct cdx_particle *p = child ? particle_of(all, n, child->name) : NULL;
    if (!p || !cdx_is_party(type, rule, b->bit))
        return false;
    value(b, child, p, rule);
    return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void object(struct build *b, const struct xml_node *node, const char *name, const struct cdx_xml *type,
                   const struct cdx_rule *rule) {
    if (party(b, node, type, rule))
        return;
    at_line(b, node);
    jw_obj(&b->w);
    attributes(b, node, type, rule);
    if (type->text) {
        const struct cdx_member *m = cdx_member_of(rule, str_of(cdx_text_member(name)), b->bit);
        key(b, node, cdx_text_member(name));
        scalar(b, node, node->text, BLANKS_KEEP, m ? m->rule : NULL);
    } else {
        /* A classification beside other members of a data flow gives its attribute to the whole. */
        const struct xml_node *inner = strcmp(name, "dataflow") == 0 ? xml_child(node, "classification") : NULL;
        if (inner && xml_attr(inner, "flow").p) {
            key(b, inner, "flow");
            scalar(b, inner, xml_attr(inner, "flow"), BLANKS_COLLAPSE, NULL);
        }
        members(b, node, name, type, rule);
    }
    foreign_attributes(b, node, type);
    jw_obj_end(&b->w);
}

bool cdx_from_xml(struct ctx *c, struct arena *a, const struct xml_node *bom, unsigned version, str where,
                  struct json *out, struct err *e) {
    struct build b = {.arena = a,
                      .bit = V(version < 2 ? 2 : version, version < 2 ? 2 : version),
                      .xml_bit = V(version, version),
                      .ns = bom->ns};
    b.w = jw_to(&b.text, false);
    at_line(&b, bom);
    jw_obj(&b.w);
    key(&b, bom, "bomFormat");
    scalar(&b, bom, S("CycloneDX"), BLANKS_KEEP, NULL);
    key(&b, bom, "specVersion");
    scalar(&b, bom, arena_printf(a, "1.%u", version), BLANKS_KEEP, NULL);
    attributes(&b, bom, cdx_xml_bom, cdx_bom);
    members(&b, bom, "bom", cdx_xml_bom, cdx_bom);
    foreign_attributes(&b, bom, cdx_xml_bom);
    jw_obj_end(&b.w);
    bool ok = json_parse(c, a, buf_str(&b.text), JSON_STRICT, where, out, e);
    buf_free(&b.text);
    if (ok)
        out->lines = b.lines.v;
    return ok;
}
