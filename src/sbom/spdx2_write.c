/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.x: the document from the model, as JSON.
 */
#include "sbom/spdx2_write.h"
#include "base/digest.h"

/* ── creation ── */

static void creators(struct spdx2_out *o, struct spdx2_object *obj, const struct sbom *s, bool foreign) {
    spdx2_key(obj, "creators");
    jw_arr(obj->w);
    for (uint32_t i = 0; i < s->tools.n; i++)
        jw_str(obj->w, arena_cat(o->a, S("Tool: "), spdx2_tool_text(o->a, &s->tools.v[i])));
    for (uint32_t i = 0; i < s->authors.n; i++)
        jw_str(obj->w, spdx2_party_text(o->a, &s->authors.v[i]));
    const struct sbom_org *maker = s->manufacturer ? s->manufacturer : s->supplier;
    if (foreign && !s->authors.n && maker)
        jw_str(obj->w, spdx2_party_text(o->a, maker));
    if (foreign)
        jw_str(obj->w, S("Tool: akashi-" AKASHI_VERSION));
    jw_arr_end(obj->w);
}

static void creation(struct spdx2_out *o, struct jw *w, const struct sbom *s) {
    struct spdx2_object obj = spdx2_object_open(o->a, w);
    spdx2_text(&obj, "created", o->created);
    creators(o, &obj, s, !o->native);
    if (o->native)
        spdx2_extras(&obj, &s->metadata_extras);
    spdx2_object_close(&obj);
}

static bool creation_unchanged(struct spdx2_out *o, struct jv origin) {
    struct sbom as_read = {.arena = o->a};
    struct buf now = {0}, then = {0};
    struct jw w_now = jw_to(&now, false), w_then = jw_to(&then, false);
    if (!o->verbatim || !j_is_obj(origin))
        return false;
    spdx2_read_creation(o->a, origin, &as_read);
    creation(o, &w_now, o->s);
    creation(o, &w_then, &as_read);
    bool same = str_eq(buf_str(&now), buf_str(&then)) && str_eq(o->s->created, as_read.created);
    buf_free(&now);
    buf_free(&then);
    return same;
}

/* ── relationships ── */

static void relation(struct jw *w, str from, str type, str to, str comment, const struct sbom_extras *extras) {
    jw_obj(w);
    jw_kstr(w, "spdxElementId", from);
    jw_kstr(w, "relationshipType", type);
    jw_kstr(w, "relatedSpdxElement", to);
    jw_kstr(w, "comment", comment);
    for (uint32_t i = 0; extras && i < extras->n; i++)
        extra_write(w, &extras->v[i]);
    jw_obj_end(w);
}

static void stated(struct spdx2_out *o, struct jw *w, const struct sbom_relation *r) {
    str from = spdx2_id_of(o, r->from), to = spdx2_id_of(o, r->to);
    if (o->native) {
        relation(w, from, r->type, to, r->comment, &r->extras);
    } else if (!from.p || !to.p) {
        codec_loss(o->w, from.p ? r->to : r->from, _("a relation to what is not in the document is left out"));
    } else {
        bool known = spdx2_is_relation(r->type);
        relation(w, from, known ? r->type : S("OTHER"), to, r->comment.p || known ? r->comment : r->type, NULL);
    }
}

/* Where a document of another format says what it is about in another way: its root, else what nothing points at, else
 * everything. */
static void described(struct spdx2_out *o, struct jw *w) {
    const struct sbom *s = o->s;
    if (s->root != SBOM_NO) {
        relation(w, S("SPDXRef-DOCUMENT"), S("DESCRIBES"), spdx2_id_of_component(o, &s->components.v[s->root]),
                 (str){NULL, 0}, NULL);
        return;
    }
    bool *pointed = arena_array(o->a, bool, s->components.n + 1), all = true;
    for (uint32_t i = 0; i < s->relations.n; i++)
        if (s->relations.v[i].to_at < s->components.n)
            pointed[s->relations.v[i].to_at] = true;
    for (uint32_t i = 0; i < s->components.n; i++)
        all &= pointed[i] || s->components.v[i].parent != SBOM_NO;
    for (uint32_t i = 0; i < s->components.n; i++)
        if (all || (!pointed[i] && s->components.v[i].parent == SBOM_NO))
            relation(w, S("SPDXRef-DOCUMENT"), S("DESCRIBES"), spdx2_id_of_component(o, &s->components.v[i]),
                     (str){NULL, 0}, NULL);
}

static bool describes(const struct sbom *s) {
    for (uint32_t i = 0; i < s->relations.n; i++)
        if (str_is(s->relations.v[i].type, "DESCRIBES") || str_is(s->relations.v[i].type, "DESCRIBED_BY"))
            return true;
    return false;
}

/* CycloneDX nests components; here the outer one contains the inner one. */
static void contained(struct spdx2_out *o, struct jw *w) {
    const struct sbom *s = o->s;
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *c = &s->components.v[i];
        if (c->parent < s->components.n)
            relation(w, spdx2_id_of_component(o, &s->components.v[c->parent]), S("CONTAINS"),
                     spdx2_id_of_component(o, c), (str){NULL, 0}, NULL);
    }
}

static uint32_t stated_count(const struct sbom *s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->relations.n; i++)
        n += !s->relations.v[i].implied;
    return n;
}

/* True when the source has this member: an empty array is written again. */
static bool had(const struct spdx2_out *o, const char *key) {
    return o->native && j_is_arr(j_get(o->s->source.root, key));
}

static void relations(struct spdx2_out *o, struct jw *w) {
    const struct sbom *s = o->s;
    if (o->native && !stated_count(s) && !had(o, "relationships"))
        return;
    jw_karr(w, "relationships");
    if (!o->native && !describes(s))
        described(o, w);
    for (uint32_t i = 0; i < s->relations.n; i++)
        if (!o->native || !s->relations.v[i].implied)
            stated(o, w, &s->relations.v[i]);
    if (!o->native)
        contained(o, w);
    jw_arr_end(w);
}

/* ── licence texts ── */

static void licence_text(struct spdx2_out *o, struct jw *w, const struct sbom_licence_text *t) {
    struct spdx2_object obj = spdx2_object_open(o->a, w);
    spdx2_text(&obj, "licenseId", t->id);
    spdx2_text(&obj, "extractedText", t->text);
    spdx2_text(&obj, "name", t->name);
    spdx2_text(&obj, "comment", t->comment);
    if (t->urls.n) {
        spdx2_key(&obj, "seeAlsos");
        jw_arr(w);
        for (uint32_t i = 0; i < t->urls.n; i++)
            jw_str(w, t->urls.v[i]);
        jw_arr_end(w);
    }
    if (o->native)
        spdx2_extras(&obj, &t->extras);
    spdx2_object_close(&obj);
}

static void licence_texts(struct spdx2_out *o, struct jw *w) {
    const struct sbom *s = o->s;
    if (!s->licence_texts.n && !o->texts.n && !had(o, "hasExtractedLicensingInfos"))
        return;
    jw_karr(w, "hasExtractedLicensingInfos");
    for (uint32_t i = 0; i < s->licence_texts.n; i++)
        licence_text(o, w, &s->licence_texts.v[i]);
    for (uint32_t i = 0; i < o->texts.n; i++)
        licence_text(o, w, &o->texts.v[i]);
    jw_arr_end(w);
}

/* ── the document ── */

str spdx2_document_name(const struct sbom *s) {
    if (s->name.n)
        return s->name;
    if (s->root < s->components.n && s->components.v[s->root].name.n)
        return s->components.v[s->root].name;
    return S("SBOM");
}

static void packages(struct spdx2_out *o, struct jw *w) {
    const struct sbom *s = o->s;
    if (s->components.n || had(o, "packages")) {
        jw_karr(w, "packages");
        for (uint32_t i = 0; i < s->components.n; i++)
            spdx2_write_package(o, w, &s->components.v[i]);
        jw_arr_end(w);
    }
    if (s->files.n || had(o, "files")) {
        jw_karr(w, "files");
        for (uint32_t i = 0; i < s->files.n; i++)
            spdx2_write_file(o, w, &s->files.v[i]);
        jw_arr_end(w);
    }
}

static void document(struct spdx2_out *o, struct jw *w, str namespace) {
    const struct sbom *s = o->s;
    struct jv origin = o->native ? s->source.root : (struct jv){NULL};
    struct spdx2_object obj = spdx2_object_open(o->a, w);
    spdx2_text(&obj, "spdxVersion", arena_cat(o->a, S("SPDX-"), o->w->form.version));
    spdx2_text(&obj, "dataLicense", s->data_licence.n && o->native ? s->data_licence : S("CC0-1.0"));
    spdx2_text(&obj, "SPDXID", j_gets(origin, "SPDXID").n ? j_gets(origin, "SPDXID") : S("SPDXRef-DOCUMENT"));
    spdx2_text(&obj, "name", spdx2_document_name(s));
    spdx2_text(&obj, "documentNamespace", namespace);
    spdx2_text(&obj, "comment", s->comment);
    spdx2_key(&obj, "creationInfo");
    if (creation_unchanged(o, j_get(origin, "creationInfo")))
        jw_val(w, j_get(origin, "creationInfo"));
    else
        creation(o, w, s);
    packages(o, w);
    licence_texts(o, w);
    relations(o, w);
    if (o->native)
        spdx2_extras(&obj, &s->extras);
    spdx2_object_close(&obj);
}

/* ── namespace ── */

static str uuid_of(struct arena *a, str text) {
    str h = digest_hex(a, DIGEST_SHA256, text);
    return arena_printf(a, "%.8s-%.4s-5%.3s-a%.3s-%.12s", h.p, h.p + 8, h.p + 12, h.p + 15, h.p + 18);
}

/* SPDX 2.3 §6.5: who has no site of their own uses this one, with the name and a UUID. */
static str namespace_with(struct spdx2_out *o, str uuid) {
    struct buf b = {0};
    buf_addz(&b, "https://spdx.org/spdxdocs/");
    str name = spdx2_document_name(o->s);
    for (size_t i = 0; i < name.n && i < 100; i++)
        buf_addc(&b, ch_alnum(name.p[i]) || name.p[i] == '.' || name.p[i] == '_' ? name.p[i] : '-');
    buf_addf(&b, "-%.*s", STR_ARG(uuid));
    str s = arena_str(o->a, buf_str(&b));
    buf_free(&b);
    return s;
}

str spdx2_namespace(struct spdx2_out *o) {
    str id = o->s->id, uri, fragment;
    if (o->native && id.p)
        return id;
    if (str_starts(id, S("urn:uuid:")))
        return namespace_with(o, str_from(id, 9));
    if (id.n && str_find(id, S("://")) != STR_NONE) {
        str_cut(id, '#', &uri, &fragment);
        return uri;
    }
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct sbom_problems unheard = {0}, *losses = o->w->losses;
    o->w->losses = &unheard;
    document(o, &w, S(""));
    o->w->losses = losses;
    str uuid = uuid_of(o->a, buf_str(&b));
    buf_free(&b);
    return namespace_with(o, uuid);
}

/* ── what SPDX 2.x cannot hold ── */

static void component_losses(struct spdx2_out *o, const struct sbom_component *c) {
    str who = sbom_identity(o->a, c);
    uint32_t hashed = 0;
    for (uint32_t i = 0; i < c->extras.n; i++)
        codec_loss(o->w, who, _("SPDX has no place for %.*s"), STR_ARG(c->extras.v[i].key));
    for (uint32_t i = 0; i < c->externals.n; i++)
        hashed += c->externals.v[i].hashes.n > 0;
    if (hashed)
        codec_loss(o->w, who, _("SPDX has no place for the digests of external references"));
    if (c->authors.n && !c->producer)
        codec_loss(o->w, who, _("SPDX has no place for %.*s"), STR_ARG(S("authors")));
    if (c->publisher.n)
        codec_loss(o->w, who, _("SPDX has no place for %.*s"), STR_ARG(S("publisher")));
    if (c->scope != SCOPE_UNKNOWN && c->scope != SCOPE_REQUIRED)
        codec_loss(o->w, who, _("SPDX has no place for %.*s"), STR_ARG(S("scope")));
}

static void foreign_losses(struct spdx2_out *o) {
    const struct sbom *s = o->s;
    for (uint32_t i = 0; i < s->components.n; i++)
        component_losses(o, &s->components.v[i]);
    for (uint32_t i = 0; i < s->extras.n; i++)
        codec_loss(o->w, S(""), _("SPDX has no place for %.*s"), STR_ARG(s->extras.v[i].key));
    for (uint32_t i = 0; i < s->metadata_extras.n; i++)
        codec_loss(o->w, S(""), _("SPDX has no place for %.*s"), STR_ARG(s->metadata_extras.v[i].key));
    if (s->properties.n)
        codec_loss(o->w, S(""), _("SPDX has no place for %.*s"), STR_ARG(S("properties")));
    if (s->vulns.n)
        codec_loss(o->w, S(""),
                   msg_n("%u vulnerability told by the document is left out",
                         "%u vulnerabilities told by the document are left out", s->vulns.n),
                   s->vulns.n);
}

/* ── entry ── */

static str created(struct spdx2_out *o) {
    int64_t t;
    if (o->native && o->s->created.p)
        return o->s->created;
    return time_rfc3339(o->a, o->s->created.n && time_parse(o->s->created, &t) ? t : o->w->ctx->now);
}

void spdx2_write_document(struct sbom_writing *sw, struct buf *out, bool pretty) {
    const struct sbom *s = sw->sbom;
    struct spdx2_out o = {.w = sw, .a = sw->arena, .s = s, .native = s->form.format == SBOM_SPDX2};
    o.v22 = str_is(sw->form.version, "2.2");
    o.verbatim = o.native && (!o.v22 || str_eq(s->form.version, sw->form.version));
    o.created = created(&o);
    map_init(&o.text_ids, o.a);
    spdx2_ids_make(&o);
    if (!o.native)
        foreign_losses(&o);
    struct jw w = jw_to(out, pretty);
    document(&o, &w, spdx2_namespace(&o));
}
