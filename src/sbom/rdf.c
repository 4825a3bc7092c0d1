/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/rdf.h"

#include "base/xml.h"

static bool is_rdf(str ns) { return str_is(ns, "http://www.w3.org/1999/02/22-rdf-syntax-ns#"); }

static str rdf_attr(const struct xml_node *x, const char *name) {
    for (const struct xml_attr *at = x->attrs; at; at = at->next)
        if (is_rdf(at->ns) && str_is(at->name, name))
            return at->value;
    return (str){NULL, 0};
}

static str subject_id(struct rdf *g, const struct xml_node *x) {
    str about = rdf_attr(x, "about"), node = rdf_attr(x, "nodeID"), id = rdf_attr(x, "ID");
    if (about.p)
        return about;
    if (node.p)
        return arena_cat(g->a, S("_:"), node);
    return id.p ? arena_cat(g->a, S("#"), id) : (str){NULL, 0};
}

static struct rdf_subject *subject_new(struct rdf *g, str id, uint32_t line) {
    struct map_entry *entry = id.p ? map_put(&g->by_id, id, NULL) : NULL;
    struct rdf_subject *s = entry ? entry->value : NULL;
    if (s)
        return s;
    s = arena_new_of(g->a, struct rdf_subject);
    s->id = id;
    s->line = line;
    *vec_push(g->a, &g->subjects) = s;
    if (entry)
        entry->value = s;
    return s;
}

static struct rdf_subject *gather(struct rdf *g, const struct xml_node *x);
static void gather_properties(struct rdf *g, struct rdf_subject *s, const struct xml_node *x);

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void gather_value(struct rdf *g, struct rdf_property *p, const struct xml_node *x) {
    str resource = rdf_attr(x, "resource"), node = rdf_attr(x, "nodeID");
    if (str_is(rdf_attr(x, "parseType"), "Resource")) {
        p->subject = subject_new(g, (str){NULL, 0}, x->line);
        gather_properties(g, p->subject, x);
    } else if (x->child) {
        p->subject = gather(g, x->child);
        p->iri = p->subject->id;
    } else if (resource.p) {
        p->iri = resource;
    } else if (node.p) {
        p->iri = arena_cat(g->a, S("_:"), node);
    } else {
        p->literal = x->text.p ? x->text : S("");
    }
}

/* NOLINTNEXTLINE(misc-no-recursion): depth is bounded by xml_parse */
static void gather_properties(struct rdf *g, struct rdf_subject *s, const struct xml_node *x) {
    for (const struct xml_node *c = x->child; c; c = c->next) {
        struct rdf_property p = {.name = c->name, .line = c->line};
        gather_value(g, &p, c);
        if (is_rdf(c->ns) && str_is(c->name, "type"))
            s->type = rdf_local(p.iri);
        else
            *vec_push(g->a, &s->properties) = p;
    }
}

static struct rdf_subject *gather(struct rdf *g, const struct xml_node *x) { /* NOLINT(misc-no-recursion) */
    struct rdf_subject *s = subject_new(g, subject_id(g, x), x->line);
    if (!is_rdf(x->ns))
        s->type = x->name;
    for (const struct xml_attr *at = x->attrs; at; at = at->next)
        if (at->ns.n && !is_rdf(at->ns) && !str_starts(at->ns, S("http://www.w3.org/XML/")))
            *vec_push(g->a,
                      &s->properties) = (struct rdf_property){.name = at->name, .line = x->line, .literal = at->value};
    gather_properties(g, s, x);
    return s;
}

static void resolve(struct rdf *g) {
    for (uint32_t i = 0; i < g->subjects.n; i++)
        for (uint32_t j = 0; j < g->subjects.v[i]->properties.n; j++) {
            struct rdf_property *p = &g->subjects.v[i]->properties.v[j];
            if (!p->subject && p->iri.p)
                p->subject = map_get(&g->by_id, p->iri);
        }
}

bool rdf_read(struct ctx *c, struct arena *a, str text, str where, struct rdf *out, struct err *e) {
    struct xml_node *root;
    *out = (struct rdf){.a = a};
    map_init(&out->by_id, a);
    if (!xml_parse(c, a, text, where, &root, e))
        return false;
    if (!is_rdf(root->ns) || !str_is(root->name, "RDF"))
        return err_set(e, ERR_INPUT, xml_place(root, where, a), _("the root of RDF/XML must be rdf:RDF"));
    for (const struct xml_node *x = root->child; x; x = x->next)
        gather(out, x);
    resolve(out);
    return true;
}

str rdf_local(str iri) {
    size_t cut = str_rchr(iri, '#');
    if (cut == STR_NONE)
        cut = str_rchr(iri, '/');
    return cut == STR_NONE ? iri : str_from(iri, cut + 1);
}

const struct rdf_property *rdf_get(const struct rdf_subject *s, const char *name) {
    for (uint32_t i = 0; s && i < s->properties.n; i++)
        if (str_is(s->properties.v[i].name, name))
            return &s->properties.v[i];
    return NULL;
}
