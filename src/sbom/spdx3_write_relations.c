/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 3.0: relationships and licences from the model. Relations that share from, type, scope and comment become one
 * Relationship with several `to`.
 */
#include "sbom/spdx3_write.h"
#include "sbom/spdx_members.h"

/* ── relationships ── */

static struct spdx3_group *group_of(struct spdx3_out *o, str from, str type, str scope, str comment) {
    str key = arena_printf(o->a, "%.*s %.*s %.*s %.*s", STR_ARG(from), STR_ARG(type), STR_ARG(scope), STR_ARG(comment));
    struct map_entry *entry = map_put(&o->groups, key, NULL);
    if (!entry->value) {
        struct spdx3_group *g = arena_new_of(o->a, struct spdx3_group);
        *g = (struct spdx3_group){.from = from, .type = type, .scope = scope, .comment = comment};
        entry->value = g;
    }
    return entry->value;
}

static str end_iri(struct spdx3_out *o, str ref) {
    if (str_is(ref, "NONE"))
        return S("NoneElement");
    return str_is(ref, "NOASSERTION") ? S("NoAssertionElement") : spdx3_iri(o, ref);
}

static void relate(struct spdx3_out *o, const struct sbom_relation *r) {
    bool reversed;
    str scope, type = spdx3_relation_from_model(r->type, &scope, &reversed);
    str from = end_iri(o, reversed ? r->to : r->from), to = end_iri(o, reversed ? r->from : r->to);
    if (!from.p || !to.p) {
        codec_loss(o->w, from.p ? r->to : r->from, _("a relation to what is not in the document is left out"));
        return;
    }
    str comment = r->comment;
    if (str_is(type, "other") && !comment.p && !str_is(r->type, "OTHER"))
        comment = r->type;
    *vec_push(o->a, &group_of(o, from, type, scope, comment)->to) = to;
}

static void relationship(struct spdx3_out *o, const struct spdx3_group *g) {
    const char *type = g->scope.n ? "LifecycleScopedRelationship" : "Relationship";
    str iri = arena_printf(o->a, "%.*s#SPDXRef-Relationship-%u", STR_ARG(o->base), ++o->relationships);
    struct spdx2_object obj = spdx3_element(o, type, iri);
    spdx2_text(&obj, "from", g->from);
    spdx2_text(&obj, "relationshipType", g->type);
    spdx2_key(&obj, "to");
    jw_arr(o->jw);
    for (uint32_t i = 0; i < g->to.n; i++)
        jw_str(o->jw, g->to.v[i]);
    jw_arr_end(o->jw);
    spdx2_text(&obj, "scope", g->scope.n ? g->scope : (str){NULL, 0});
    spdx2_text(&obj, "comment", g->comment);
    spdx2_object_close(&obj);
}

/* What the document describes is rootElement. */
static bool is_root(const struct spdx3_out *o, const struct sbom_relation *r) {
    return (str_is(r->type, "DESCRIBES") && str_eq(end_iri((struct spdx3_out *)(uintptr_t)o, r->from), o->document)) ||
           (str_is(r->type, "DESCRIBED_BY") && str_eq(end_iri((struct spdx3_out *)(uintptr_t)o, r->to), o->document));
}

void spdx3_write_relations(struct spdx3_out *o) {
    const struct sbom *s = o->s;
    map_init(&o->groups, o->a);
    for (uint32_t i = 0; i < s->relations.n; i++)
        if (!is_root(o, &s->relations.v[i]))
            relate(o, &s->relations.v[i]);
    for (uint32_t i = 0; i < s->components.n; i++)
        if (s->components.v[i].parent < s->components.n)
            *vec_push(o->a, &group_of(o, spdx3_iri_of_component(o, &s->components.v[s->components.v[i].parent]),
                                      S("contains"), S(""), (str){NULL, 0})
                                 ->to) = spdx3_iri_of_component(o, &s->components.v[i]);
    for (uint32_t i = 0; i < o->groups.entries.n; i++)
        relationship(o, o->groups.entries.v[i].value);
}

/* ── licences ── */

static str text_iri(const struct spdx3_out *o, str licence_ref) {
    return arena_printf(o->a, "%.*s#%.*s", STR_ARG(o->base), STR_ARG(licence_ref));
}

/* Which LicenseRefs of the document the expression names. */
static void custom_ids(struct spdx3_out *o, struct spdx2_object *obj, str expression) {
    bool open = false;
    for (str rest = expression;;) {
        size_t at = str_find(rest, S("LicenseRef-"));
        if (at == STR_NONE)
            break;
        rest = str_from(rest, at);
        size_t n = 0;
        while (n < rest.n && (ch_alnum(rest.p[n]) || rest.p[n] == '-' || rest.p[n] == '.'))
            n++;
        if (!open)
            spdx2_key(obj, "simplelicensing_customIdToUri"), jw_arr(o->jw);
        open = true;
        jw_obj(o->jw);
        jw_kstr(o->jw, "type", S("DictionaryEntry"));
        jw_kstr(o->jw, "key", str_upto(rest, n));
        jw_kstr(o->jw, "value", text_iri(o, str_upto(rest, n)));
        jw_obj_end(o->jw);
        rest = str_from(rest, n);
    }
    if (open)
        jw_arr_end(o->jw);
}

static str expression_iri(struct spdx3_out *o, str expression) {
    struct map_entry *entry = map_put(&o->expressions, expression, NULL);
    if (!entry->value) {
        str *iri = arena_new_of(o->a, str);
        *iri = arena_printf(o->a, "%.*s#SPDXRef-Licence-%u", STR_ARG(o->base), o->expressions.entries.n);
        entry->value = iri;
        struct spdx2_object obj = spdx3_element(o, "simplelicensing_LicenseExpression", *iri);
        spdx2_text(&obj, "simplelicensing_licenseExpression", expression);
        custom_ids(o, &obj, expression);
        spdx2_object_close(&obj);
    }
    return *(str *)entry->value;
}

static void licences_of(struct spdx3_out *o, str element, const struct sbom_licences *licences) {
    static const struct {
        enum sbom_licence_kind kind;
        const char *type;
    } kinds[] = {{LICENCE_DECLARED, "hasDeclaredLicense"}, {LICENCE_CONCLUDED, "hasConcludedLicense"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        str expression = spdx2_expression(&o->ids, licences, kinds[i].kind);
        if (!expression.n || !element.p)
            continue;
        struct spdx3_group g = {.from = element, .type = str_of(kinds[i].type)};
        *vec_push(o->a, &g.to) = expression_iri(o, expression);
        relationship(o, &g);
    }
    for (uint32_t i = 0; element.p && i < licences->n; i++)
        if (licences->v[i].kind == LICENCE_SEEN && licences->v[i].expression.n)
            codec_loss(o->w, element, _("SPDX 3 has no place for the licence %.*s that was seen in files"),
                       STR_ARG(licences->v[i].expression));
}

static void licence_text(struct spdx3_out *o, const struct sbom_licence_text *t) {
    struct spdx2_object obj = spdx3_element(o, "simplelicensing_SimpleLicensingText", text_iri(o, t->id));
    spdx2_text(&obj, "name", t->name);
    spdx2_text(&obj, "comment", t->comment);
    spdx2_text(&obj, "simplelicensing_licenseText", t->text.p ? t->text : S("NOASSERTION"));
    spdx2_object_close(&obj);
}

void spdx3_write_licences(struct spdx3_out *o) {
    const struct sbom *s = o->s;
    map_init(&o->expressions, o->a);
    for (uint32_t i = 0; i < s->components.n; i++)
        licences_of(o, spdx3_iri_of_component(o, &s->components.v[i]), &s->components.v[i].licences);
    for (uint32_t i = 0; i < s->files.n; i++)
        licences_of(o, spdx3_iri(o, s->files.v[i].ref), &s->files.v[i].licences);
    for (uint32_t i = 0; i < s->licence_texts.n; i++)
        licence_text(o, &s->licence_texts.v[i]);
    for (uint32_t i = 0; i < o->ids.texts.n; i++)
        licence_text(o, &o->ids.texts.v[i]);
}
