/* SPDX-License-Identifier: Apache-2.0
 *
 * Model to CycloneDX tree: a component, a service, a file.
 */
#include "ident/licence.h"
#include "sbom/cdx_write.h"

static const struct sbom_component *as_component(const void *object) { return object; }

static void text(struct cdx_out *o, str s) {
    if (s.p)
        jw_str(o->jw, s);
}

/* A pair {name, value} of words SPDX has and CycloneDX has not. */
static void property(struct cdx_out *o, const char *name, str value) {
    if (!value.n)
        return;
    jw_obj(o->jw);
    jw_kstr(o->jw, "name", str_of(name));
    jw_kstr(o->jw, "value", value);
    jw_obj_end(o->jw);
}

/* Refs of people, organisations and licences: other families use one for all the places the thing is named in. */
static void own_ref(struct cdx_out *o, str ref) {
    if (o->same_family)
        jw_kstr(o->jw, "bom-ref", ref);
}

void cdx_write_properties(struct cdx_out *o, const struct sbom_property *v, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        jw_obj(o->jw);
        jw_kstr(o->jw, "name", v[i].name.p ? v[i].name : S(""));
        jw_kstr(o->jw, "value", v[i].value);
        jw_obj_end(o->jw);
    }
}

void cdx_write_person(struct cdx_out *o, const struct sbom_person *person) {
    jw_obj(o->jw);
    own_ref(o, person->ref);
    jw_kstr(o->jw, "name", person->name);
    jw_kstr(o->jw, "email", person->email);
    jw_kstr(o->jw, "phone", person->phone);
    jw_obj_end(o->jw);
}

void cdx_write_org(struct cdx_out *o, const struct sbom_org *org) {
    jw_obj(o->jw);
    own_ref(o, org->ref);
    jw_kstr(o->jw, "name", org->name);
    if (org->urls.n) {
        jw_karr(o->jw, "url");
        for (uint32_t i = 0; i < org->urls.n; i++)
            jw_str(o->jw, org->urls.v[i]);
        jw_arr_end(o->jw);
    }
    if (org->contacts.n || org->email.n) {
        jw_karr(o->jw, "contact");
        for (uint32_t i = 0; i < org->contacts.n; i++)
            cdx_write_person(o, &org->contacts.v[i]);
        if (org->email.n)
            cdx_write_person(
                o, &(struct sbom_person){.name = org->is_person ? org->name : (str){NULL, 0}, .email = org->email});
        jw_arr_end(o->jw);
    }
    for (uint32_t i = 0; o->same_family && i < org->extras.n; i++)
        extra_write(o->jw, &org->extras.v[i]);
    jw_obj_end(o->jw);
}

void cdx_write_hashes(struct cdx_out *o, const struct sbom_hashes *hashes) {
    if (!hashes->n)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < hashes->n; i++) {
        jw_obj(o->jw);
        jw_kstr(o->jw, "alg", hashes->v[i].alg);
        jw_kstr(o->jw, "content", hashes->v[i].hex);
        jw_obj_end(o->jw);
    }
    jw_arr_end(o->jw);
}

/* ── licences ── */

/* One id, a name, or a compound expression? */
static bool is_expression(const struct sbom_licence *l) { return l->expression.n && !cdx_licence_id_ok(l->expression); }

static str known_text(const struct cdx_out *o, str id, str *name) {
    for (uint32_t i = 0; i < o->s->licence_texts.n; i++)
        if (str_eq(o->s->licence_texts.v[i].id, id)) {
            *name = o->s->licence_texts.v[i].name;
            return o->s->licence_texts.v[i].text;
        }
    return (str){NULL, 0};
}

static void licence_text(struct cdx_out *o, const struct sbom_licence *l, str content) {
    if (!content.p)
        return;
    jw_kobj(o->jw, "text");
    jw_kstr(o->jw, "contentType", l->text_type);
    jw_kstr(o->jw, "encoding", l->text_encoding);
    jw_kstr(o->jw, "content", content);
    jw_obj_end(o->jw);
}

static void acknowledgement(struct cdx_out *o, const struct sbom_licence *l) {
    bool say = l->acknowledged || (!o->same_family && l->kind != LICENCE_SEEN);
    if (say)
        jw_kstr(o->jw, "acknowledgement", l->kind == LICENCE_CONCLUDED ? S("concluded") : S("declared"));
}

static void licence_extras(struct cdx_out *o, const struct sbom_licence *l) {
    for (uint32_t i = 0; o->same_family && i < l->extras.n; i++)
        extra_write(o->jw, &l->extras.v[i]);
}

static void licence_item(struct cdx_out *o, const struct sbom_licence *l, bool alone) {
    str name = l->name, content = l->text;
    jw_obj(o->jw);
    if (is_expression(l) && alone && !str_starts(l->expression, S("LicenseRef-"))) {
        jw_kstr(o->jw, "expression", l->expression);
        acknowledgement(o, l);
        own_ref(o, l->ref);
        licence_extras(o, l);
        jw_obj_end(o->jw);
        return;
    }
    jw_kobj(o->jw, "license");
    own_ref(o, l->ref);
    if (l->expression.n && !is_expression(l)) {
        jw_kstr(o->jw, "id", l->expression);
    } else {
        if (l->expression.n && !content.p)
            content = known_text(o, l->expression, &name);
        jw_kstr(o->jw, "name", name.n ? name : l->expression.n ? l->expression : S("unknown"));
    }
    acknowledgement(o, l);
    licence_text(o, l, content);
    jw_kstr(o->jw, "url", l->url);
    licence_extras(o, l);
    jw_obj_end(o->jw);
    jw_obj_end(o->jw);
}

static void licences(struct cdx_out *o, const struct sbom_licence *v, uint32_t n, bool seen) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < n; i++)
        count += (v[i].kind == LICENCE_SEEN) == seen && (v[i].expression.n || v[i].name.n);
    if (!count)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < n; i++)
        if ((v[i].kind == LICENCE_SEEN) == seen && (v[i].expression.n || v[i].name.n))
            licence_item(o, &v[i], count == 1);
    jw_arr_end(o->jw);
}

static void gen_licences(struct cdx_out *o, const void *c) {
    licences(o, as_component(c)->licences.v, as_component(c)->licences.n, false);
}

/* ── the members ── */

/* Nested ones and refs are found by the component's index, which pointer arithmetic gives back. */
static uint32_t index_of(const struct cdx_out *o, const struct sbom_component *c) {
    bool inside = c >= o->s->components.v && c < o->s->components.v + o->s->components.n;
    return inside ? (uint32_t)(c - o->s->components.v) : SBOM_NO;
}

static void gen_ref(struct cdx_out *o, const void *c) {
    uint32_t at = index_of(o, c);
    text(o, at == SBOM_NO || !o->refs ? as_component(c)->ref : o->refs[at]);
}

static void gen_type(struct cdx_out *o, const void *object) {
    const struct sbom_component *c = object;
    if (o->same_family && c->type_text.n && cdx_type(c->type_text) == c->type)
        jw_str(o->jw, c->type_text);
    else
        jw_str(o->jw, str_of(cdx_type_word(c->type)));
}
static void gen_supplier(struct cdx_out *o, const void *c) {
    if (as_component(c)->supplier)
        cdx_write_org(o, as_component(c)->supplier);
}
static void gen_manufacturer(struct cdx_out *o, const void *c) {
    if (as_component(c)->producer)
        cdx_write_org(o, as_component(c)->producer);
}
static void gen_authors(struct cdx_out *o, const void *object) {
    const struct sbom_component *c = object;
    if (!c->authors.n)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < c->authors.n; i++)
        cdx_write_person(o, &c->authors.v[i]);
    jw_arr_end(o->jw);
}
/* The older form says one name; only kept from a document that has it. */
static void gen_author(struct cdx_out *o, const void *object) {
    const struct sbom_component *c = object;
    for (uint32_t i = 0; i < c->authors.n && i < 1; i++)
        text(o, c->authors.v[i].name);
}
static void gen_publisher(struct cdx_out *o, const void *c) { text(o, as_component(c)->publisher); }
static void gen_group(struct cdx_out *o, const void *c) { text(o, as_component(c)->group); }
static void gen_name(struct cdx_out *o, const void *c) {
    text(o, as_component(c)->name.p ? as_component(c)->name : S(""));
}
static void gen_version(struct cdx_out *o, const void *c) { text(o, as_component(c)->version); }
static void gen_description(struct cdx_out *o, const void *object) {
    const struct sbom_component *c = object;
    text(o, c->description.p ? c->description : c->summary);
}
static void gen_scope(struct cdx_out *o, const void *object) {
    static const char *const words[] = {[SCOPE_REQUIRED] = "required",
                                        [SCOPE_OPTIONAL] = "optional",
                                        [SCOPE_EXCLUDED] = "excluded",
                                        [SCOPE_DEV] = "excluded"};
    const struct sbom_component *c = object;
    if (c->scope != SCOPE_UNKNOWN)
        jw_str(o->jw, str_of(words[c->scope]));
}
static void gen_hashes(struct cdx_out *o, const void *c) { cdx_write_hashes(o, &as_component(c)->hashes); }
static void gen_copyright(struct cdx_out *o, const void *c) { text(o, as_component(c)->copyright); }
static void gen_cpe(struct cdx_out *o, const void *c) {
    if (as_component(c)->cpes.n)
        text(o, as_component(c)->cpes.v[0]);
}
static void gen_purl(struct cdx_out *o, const void *c) { text(o, as_component(c)->purl); }
static void gen_modified(struct cdx_out *o, const void *c) {
    if (as_component(c)->modified)
        jw_bool(o->jw, true);
}
static void gen_swid(struct cdx_out *o, const void *object) {
    const struct sbom_component *c = object;
    if (!c->swid.n)
        return;
    jw_obj(o->jw);
    jw_kstr(o->jw, "tagId", c->swid);
    jw_kstr(o->jw, "name", c->name.p ? c->name : S(""));
    jw_obj_end(o->jw);
}
static void ids(struct cdx_out *o, const struct sbom_component *c, const char *scheme) {
    bool any = false;
    for (uint32_t i = 0; i < c->other_ids.n; i++) {
        if (!str_istarts(c->other_ids.v[i], str_of(scheme)))
            continue;
        if (!any)
            jw_arr(o->jw);
        any = true;
        jw_str(o->jw, c->other_ids.v[i]);
    }
    if (any)
        jw_arr_end(o->jw);
}
static void gen_omnibor(struct cdx_out *o, const void *c) { ids(o, c, "gitoid:"); }
static void gen_swhid(struct cdx_out *o, const void *c) { ids(o, c, "swh:"); }

static bool is_link(str s) { return str_find(s, S("://")) != STR_NONE && str_find(s, S(" ")) == STR_NONE; }

static void link(struct cdx_out *o, const char *type, str url) {
    if (!is_link(url))
        return;
    jw_obj(o->jw);
    jw_kstr(o->jw, "type", str_of(type));
    jw_kstr(o->jw, "url", url);
    jw_obj_end(o->jw);
}

static void gen_externals(struct cdx_out *o, const void *object) {
    const struct sbom_component *c = object;
    if (!c->externals.n && !is_link(c->homepage) && !is_link(c->download))
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < c->externals.n; i++) {
        const struct sbom_external *x = &c->externals.v[i];
        jw_obj(o->jw);
        jw_kstr(o->jw, "type", x->type.n ? x->type : S("other"));
        jw_kstr(o->jw, "url", x->url.p ? x->url : S(""));
        jw_kstr(o->jw, "comment", x->comment);
        if (x->hashes.n) {
            jw_key(o->jw, S("hashes"));
            cdx_write_hashes(o, &x->hashes);
        }
        for (uint32_t k = 0; o->same_family && k < x->extras.n; k++)
            extra_write(o->jw, &x->extras.v[k]);
        jw_obj_end(o->jw);
    }
    link(o, "website", c->homepage);
    link(o, "distribution", c->download);
    jw_arr_end(o->jw);
}

/* What CycloneDX has no member for goes by the names other converters use as well. */
static bool has_spdx_words(const struct sbom_component *c) {
    return c->more_purls.n || c->cpes.n > 1 || c->file_name.n || c->source_info.n || c->comment.n || c->released.n ||
           c->built.n || c->valid_until.n || (c->summary.n && c->description.n) ||
           (c->download.n && !is_link(c->download)) || (c->homepage.n && !is_link(c->homepage));
}

static void gen_properties(struct cdx_out *o, const void *object) {
    const struct sbom_component *c = object;
    if (!c->properties.n && !has_spdx_words(c))
        return;
    jw_arr(o->jw);
    cdx_write_properties(o, c->properties.v, c->properties.n);
    for (uint32_t i = 0; i < c->more_purls.n; i++)
        property(o, "akashi:purl", c->more_purls.v[i]);
    for (uint32_t i = 1; i < c->cpes.n; i++)
        property(o, "akashi:cpe", c->cpes.v[i]);
    property(o, "spdx:file-name", c->file_name);
    property(o, "spdx:source-information", c->source_info);
    property(o, "spdx:comment", c->comment);
    property(o, "spdx:summary", c->description.n ? c->summary : (str){NULL, 0});
    property(o, "spdx:release-date", c->released);
    property(o, "spdx:built-date", c->built);
    property(o, "spdx:valid-until-date", c->valid_until);
    if (!is_link(c->download))
        property(o, "spdx:download-location", c->download);
    if (!is_link(c->homepage))
        property(o, "spdx:homepage", c->homepage);
    jw_arr_end(o->jw);
}

static void gen_evidence(struct cdx_out *o, const void *object) {
    const struct sbom_component *c = object;
    bool seen = false;
    for (uint32_t i = 0; i < c->licences.n; i++)
        seen |= c->licences.v[i].kind == LICENCE_SEEN && (c->licences.v[i].expression.n || c->licences.v[i].name.n);
    if (!c->places.n && !seen)
        return;
    jw_obj(o->jw);
    if (c->places.n) {
        jw_karr(o->jw, "occurrences");
        for (uint32_t i = 0; i < c->places.n; i++) {
            jw_obj(o->jw);
            jw_kstr(o->jw, "location", c->places.v[i].path.p ? c->places.v[i].path : S(""));
            if (c->places.v[i].line)
                jw_kint(o->jw, "line", c->places.v[i].line);
            jw_obj_end(o->jw);
        }
        jw_arr_end(o->jw);
    }
    if (seen) {
        jw_key(o->jw, S("licenses"));
        licences(o, c->licences.v, c->licences.n, true);
    }
    jw_obj_end(o->jw);
}

static void nested(struct cdx_out *o, const struct sbom_component *c, bool services) {
    uint32_t at = index_of(o, c);
    uint32_t first = at == SBOM_NO ? 0 : o->first_child[at];
    if (cdx_has_nested(o, first, services))
        cdx_write_nested(o, first, services);
    else if (at != SBOM_NO && o->same_family && j_is_arr(j_get(c->origin, services ? "services" : "components"))) {
        jw_arr(o->jw);
        jw_arr_end(o->jw);
    }
}
static void gen_components(struct cdx_out *o, const void *c) { nested(o, c, false); }
static void gen_services(struct cdx_out *o, const void *c) { nested(o, c, true); }

static const struct cdx_gen component_gens[] = {
    {"type", gen_type},
    {"bom-ref", gen_ref},
    {"supplier", gen_supplier},
    {"manufacturer", gen_manufacturer},
    {"authors", gen_authors},
    {"author", gen_author},
    {"publisher", gen_publisher},
    {"group", gen_group},
    {"name", gen_name},
    {"version", gen_version},
    {"description", gen_description},
    {"scope", gen_scope},
    {"hashes", gen_hashes},
    {"licenses", gen_licences},
    {"copyright", gen_copyright},
    {"cpe", gen_cpe},
    {"purl", gen_purl},
    {"omniborId", gen_omnibor},
    {"swhid", gen_swhid},
    {"swid", gen_swid},
    {"modified", gen_modified},
    {"externalReferences", gen_externals},
    {"properties", gen_properties},
    {"components", gen_components},
    {"evidence", gen_evidence},
    {NULL, NULL},
};
static const struct cdx_gen service_gens[] = {
    {"bom-ref", gen_ref},
    {"provider", gen_supplier},
    {"group", gen_group},
    {"name", gen_name},
    {"version", gen_version},
    {"description", gen_description},
    {"licenses", gen_licences},
    {"externalReferences", gen_externals},
    {"properties", gen_properties},
    {"services", gen_services},
    {NULL, NULL},
};

/* SPDX's ways to state nothing: leaving them out loses nothing. */
static bool states_nothing(const struct sbom_extra *extra) {
    if (str_is(extra->key, "filesAnalyzed"))
        return extra->json.p ? str_is(extra->json, "false") : !j_true(extra->val);
    return extra->json.p ? str_is(extra->json, "\"NOASSERTION\"") : str_is(j_str(extra->val), "NOASSERTION");
}

static void tell_lost_extras(struct cdx_out *o, const struct sbom_component *c) {
    for (uint32_t i = 0; !o->same_family && i < c->extras.n; i++)
        if (!states_nothing(&c->extras.v[i]))
            codec_loss(o->w, sbom_identity(o->w->arena, c), _("CycloneDX has no place for \"%.*s\""),
                       STR_ARG(c->extras.v[i].key));
}

void cdx_write_component(struct cdx_out *o, uint32_t at) {
    const struct sbom_component *c = &o->s->components.v[at];
    bool service = c->type == TYPE_SERVICE;
    struct sbom_component base;
    struct sbom made = {.arena = o->w->arena};
    struct cdx_in in = {o->w->arena, &made};
    bool known = o->same_family && j_is_obj(c->origin);
    struct arena_mark mark = arena_mark(o->w->arena);
    if (known && service)
        cdx_read_service(&in, c->origin, &base);
    else if (known)
        cdx_read_component(&in, c->origin, &base);
    tell_lost_extras(o, c);
    cdx_overlay(o, service ? service_gens : component_gens, c, known ? &base : NULL,
                known ? c->origin : (struct jv){NULL}, o->same_family ? &c->extras : &(struct sbom_extras){0});
    arena_reset(o->w->arena, mark);
}

void cdx_write_file(struct cdx_out *o, const struct sbom_file *file) {
    jw_obj(o->jw);
    jw_kstr(o->jw, "type", S("file"));
    jw_kstr(o->jw, "bom-ref", o->refs ? o->refs[o->s->components.n + (size_t)(file - o->s->files.v)] : file->ref);
    jw_kstr(o->jw, "name", file->path.p ? file->path : S(""));
    if (file->hashes.n) {
        jw_key(o->jw, S("hashes"));
        cdx_write_hashes(o, &file->hashes);
    }
    struct sbom_component as = {.licences.v = file->licences.v, .licences.n = file->licences.n};
    bool plain = false, seen = false;
    for (uint32_t i = 0; i < file->licences.n; i++) {
        bool says = file->licences.v[i].expression.n || file->licences.v[i].name.n;
        plain |= says && file->licences.v[i].kind != LICENCE_SEEN;
        seen |= says && file->licences.v[i].kind == LICENCE_SEEN;
    }
    if (plain) {
        jw_key(o->jw, S("licenses"));
        gen_licences(o, &as);
    }
    jw_kstr(o->jw, "copyright", file->copyright);
    if (file->comment.n || file->notice.n) {
        jw_karr(o->jw, "properties");
        property(o, "spdx:comment", file->comment);
        property(o, "spdx:notice-text", file->notice);
        jw_arr_end(o->jw);
    }
    if (seen) {
        jw_key(o->jw, S("evidence"));
        gen_evidence(o, &as);
    }
    jw_obj_end(o->jw);
}
