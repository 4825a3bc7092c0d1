/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 3.0.1 JSON-LD from the model: CreationInfo, agents and tools, SpdxDocument with one Sbom, packages, files,
 * licences, relationships.
 */
#include "sbom/spdx3_write.h"
#include "sbom/spdx_members.h"

static const char CREATION[] = "_:creationinfo-akashi";

/* ── names ── */

static bool is_iri(str ref) {
    size_t colon = str_chr(ref, ':');
    return colon != STR_NONE && colon > 0 && colon + 1 < ref.n && !str_starts(ref, S("_:"));
}

/* "DocumentRef-x:SPDXRef-y" of SPDX 2 is the other document's namespace and the id. */
static str elsewhere(const struct spdx3_out *o, str ref) {
    str document, id;
    if (!str_cut(ref, ':', &document, &id))
        return (str){NULL, 0};
    for (uint32_t i = 0; i < o->s->extras.n; i++)
        for (struct jiter it = j_iter(o->s->extras.v[i].val);
             str_is(o->s->extras.v[i].key, "externalDocumentRefs") && j_next(&it);)
            if (str_eq(j_gets(it.val, "externalDocumentId"), document)) {
                str ns = j_gets(it.val, "spdxDocument");
                return arena_printf(o->a, "%.*s#%.*s", STR_ARG(ns), STR_ARG(id));
            }
    return (str){NULL, 0};
}

static str local(const struct spdx3_out *o, str id) {
    return arena_printf(o->a, "%.*s#%.*s", STR_ARG(o->base), STR_ARG(id));
}

str spdx3_iri(const struct spdx3_out *o, str ref) {
    if (str_starts(ref, S("DocumentRef-")))
        return elsewhere(o, ref);
    if (str_eq(ref, o->s->id) || str_is(ref, "SPDXRef-DOCUMENT"))
        return o->document;
    if (o->native && is_iri(ref))
        return ref;
    str id = spdx2_id_of(&o->ids, ref);
    return id.p && !spdx_unstated(id) ? local(o, id) : (str){NULL, 0};
}

str spdx3_iri_of_component(const struct spdx3_out *o, const struct sbom_component *c) {
    return o->native && is_iri(c->ref) ? c->ref : local(o, spdx2_id_of_component(&o->ids, c));
}

struct spdx2_object spdx3_element(struct spdx3_out *o, const char *type, str iri) {
    struct spdx2_object obj = spdx2_object_open(o->a, o->jw);
    spdx2_text(&obj, "type", str_of(type));
    spdx2_text(&obj, "spdxId", iri);
    spdx2_text(&obj, "creationInfo", str_of(CREATION));
    map_put(&o->emitted, iri, NULL);
    return obj;
}

/* ── agents ── */

static str agent_key(const struct spdx3_out *o, const struct sbom_org *org) { return spdx2_party_text(o->a, org); }

str spdx3_agent(const struct spdx3_out *o, const struct sbom_org *org) {
    const str *iri = map_get(&o->agents, agent_key(o, org));
    return iri ? *iri : (str){NULL, 0};
}

static void agent_new(struct spdx3_out *o, const struct sbom_org *org) {
    struct map_entry *entry = map_put(&o->agents, agent_key(o, org), NULL);
    if (entry->value)
        return;
    str *iri = arena_new_of(o->a, str);
    bool own = o->native && is_iri(org->ref) && !map_find(&o->emitted, org->ref);
    *iri = own ? org->ref : arena_printf(o->a, "%.*s#SPDXRef-Agent-%u", STR_ARG(o->base), o->agents.entries.n);
    entry->value = iri;
    struct spdx2_object obj = spdx3_element(o, org->is_person ? "Person" : "Organization", *iri);
    str email = org->email.n ? org->email : org->contacts.n ? org->contacts.v[0].email : (str){NULL, 0};
    spdx2_text(&obj, "name", org->name.n ? org->name : email);
    if (email.n) {
        spdx2_key(&obj, "externalIdentifier");
        jw_arr(o->jw);
        jw_obj(o->jw);
        jw_kstr(o->jw, "type", S("ExternalIdentifier"));
        jw_kstr(o->jw, "externalIdentifierType", S("email"));
        jw_kstr(o->jw, "identifier", email);
        jw_obj_end(o->jw);
        jw_arr_end(o->jw);
    }
    spdx2_object_close(&obj);
}

static void agents(struct spdx3_out *o) {
    const struct sbom *s = o->s;
    map_init(&o->agents, o->a);
    for (uint32_t i = 0; i < s->authors.n; i++)
        agent_new(o, &s->authors.v[i]);
    const struct sbom_org *maker = s->manufacturer ? s->manufacturer : s->supplier;
    if (!s->authors.n && maker)
        agent_new(o, maker);
    for (uint32_t i = 0; i < s->components.n; i++) {
        if (s->components.v[i].supplier)
            agent_new(o, s->components.v[i].supplier);
        if (s->components.v[i].producer)
            agent_new(o, s->components.v[i].producer);
    }
}

/* ── creation ── */

static str tool_iri(const struct spdx3_out *o, uint32_t i) {
    return arena_printf(o->a, "%.*s#SPDXRef-Tool-%u", STR_ARG(o->base), i + 1);
}

/* Who made the data; this program when nobody is named. */
static void creation(struct spdx3_out *o) {
    const struct sbom *s = o->s;
    struct jw *w = o->jw;
    const struct sbom_org *maker = s->manufacturer ? s->manufacturer : s->supplier;
    jw_obj(w);
    jw_kstr(w, "type", S("CreationInfo"));
    jw_kstr(w, "@id", str_of(CREATION));
    jw_kstr(w, "specVersion", S("3.0.1"));
    jw_kstr(w, "created", o->created);
    jw_karr(w, "createdBy");
    for (uint32_t i = 0; i < s->authors.n; i++)
        jw_str(w, spdx3_agent(o, &s->authors.v[i]));
    if (!s->authors.n)
        jw_str(w, maker ? spdx3_agent(o, maker) : local(o, S("SPDXRef-Agent-akashi")));
    jw_arr_end(w);
    jw_karr(w, "createdUsing");
    for (uint32_t i = 0; i < s->tools.n; i++)
        jw_str(w, tool_iri(o, i));
    if (!o->native)
        jw_str(w, local(o, S("SPDXRef-Tool-akashi")));
    jw_arr_end(w);
    for (uint32_t i = 0; o->native && i < s->metadata_extras.n; i++)
        extra_write(w, &s->metadata_extras.v[i]);
    jw_obj_end(w);
}

static void named(struct spdx3_out *o, const char *type, str iri, str name) {
    struct spdx2_object obj = spdx3_element(o, type, iri);
    spdx2_text(&obj, "name", name);
    spdx2_object_close(&obj);
}

static void tools(struct spdx3_out *o) {
    const struct sbom *s = o->s;
    for (uint32_t i = 0; i < s->tools.n; i++)
        named(o, "Tool", tool_iri(o, i), spdx2_tool_text(o->a, &s->tools.v[i]));
    if (!o->native)
        named(o, "Tool", local(o, S("SPDXRef-Tool-akashi")), S("akashi-" AKASHI_VERSION));
    if (!s->authors.n && !s->manufacturer && !s->supplier)
        named(o, "SoftwareAgent", local(o, S("SPDXRef-Agent-akashi")), S("akashi-" AKASHI_VERSION));
}

/* ── document ── */

static void words(struct jw *w, const char *const *list) {
    for (; *list; list++)
        jw_str(w, str_of(*list));
}

static void iris(struct spdx3_out *o, struct spdx2_object *obj, const char *key, const str *list, uint32_t n) {
    if (!n)
        return;
    spdx2_key(obj, key);
    jw_arr(o->jw);
    for (uint32_t i = 0; i < n; i++)
        jw_str(o->jw, list[i]);
    jw_arr_end(o->jw);
}

static bool used_extension(const struct sbom *s) {
    for (uint32_t i = 0; i < s->components.n; i++)
        if (s->components.v[i].properties.n)
            return true;
    return false;
}

static void import(struct spdx3_out *o, struct spdx2_object *obj, struct map *once, str ref) {
    bool fresh;
    str iri = str_starts(ref, S("DocumentRef-")) ? elsewhere(o, ref) : (str){NULL, 0};
    if (!iri.p)
        return;
    if (!once->entries.n) {
        spdx2_key(obj, "import");
        jw_arr(o->jw);
    }
    map_put(once, iri, &fresh);
    if (!fresh)
        return;
    jw_obj(o->jw);
    jw_kstr(o->jw, "type", S("ExternalMap"));
    jw_kstr(o->jw, "externalSpdxId", iri);
    jw_obj_end(o->jw);
}

/* What relationships name of other documents: a reader must be told that it is not to be found here. */
static void imports(struct spdx3_out *o, struct spdx2_object *obj) {
    struct map once;
    map_init(&once, o->a);
    for (uint32_t i = 0; i < o->s->relations.n; i++) {
        import(o, obj, &once, o->s->relations.v[i].from);
        import(o, obj, &once, o->s->relations.v[i].to);
    }
    if (once.entries.n)
        jw_arr_end(o->jw);
}

static void document(struct spdx3_out *o) {
    static const char *const profiles[] = {"core", "software", "simpleLicensing", NULL};
    str sbom = local(o, S("SPDXRef-Sbom"));
    struct spdx2_object obj = spdx3_element(o, "SpdxDocument", o->document);
    spdx2_text(&obj, "name", spdx2_document_name(o->s));
    spdx2_text(&obj, "comment", o->s->comment);
    spdx2_text(&obj, "dataLicense", S("https://spdx.org/licenses/CC0-1.0"));
    spdx2_key(&obj, "profileConformance");
    jw_arr(o->jw);
    words(o->jw, profiles);
    if (used_extension(o->s))
        jw_str(o->jw, S("extension"));
    jw_arr_end(o->jw);
    iris(o, &obj, "rootElement", &sbom, 1);
    if (o->native)
        spdx2_extras(&obj, &o->s->extras);
    else
        imports(o, &obj);
    spdx2_object_close(&obj);
    obj = spdx3_element(o, "software_Sbom", sbom);
    iris(o, &obj, "rootElement", o->roots.v, o->roots.n);
    spdx2_object_close(&obj);
}

/* What the document describes: said, else its root, else what nothing points at, else everything. */
static void find_roots(struct spdx3_out *o) {
    const struct sbom *s = o->s;
    struct map once;
    map_init(&once, o->a);
    bool *pointed = arena_array(o->a, bool, s->components.n + 1), fresh;
    for (uint32_t i = 0; i < s->relations.n; i++) {
        const struct sbom_relation *r = &s->relations.v[i];
        bool back = str_is(r->type, "DESCRIBED_BY");
        str iri = spdx3_iri(o, back ? r->from : r->to);
        if (r->to_at < s->components.n)
            pointed[r->to_at] = true;
        if (!(str_is(r->type, "DESCRIBES") || back) || !iri.p ||
            !str_eq(spdx3_iri(o, back ? r->to : r->from), o->document))
            continue;
        map_put(&once, iri, &fresh);
        if (fresh)
            *vec_push(o->a, &o->roots) = iri;
    }
    if (!o->roots.n && s->root < s->components.n)
        *vec_push(o->a, &o->roots) = spdx3_iri_of_component(o, &s->components.v[s->root]);
    for (int all = 0; all < 2 && !o->roots.n; all++)
        for (uint32_t i = 0; i < s->components.n; i++)
            if (all || (!pointed[i] && s->components.v[i].parent == SBOM_NO))
                *vec_push(o->a, &o->roots) = spdx3_iri_of_component(o, &s->components.v[i]);
}

/* ── the rest of a graph that was read ── */

static bool is_modelled(str class) {
    static const char *const classes[] = {
        "SpdxDocument",
        "Package",
        "AIPackage",
        "DatasetPackage",
        "File",
        "Relationship",
        "LifecycleScopedRelationship",
        "LicenseExpression",
        "CustomLicense",
        "SimpleLicensingText",
        "SoftwareArtifact",
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (str_is(class, classes[i]))
            return true;
    return false;
}

static void leftovers(struct spdx3_out *o) {
    for (struct jiter it = spdx3_elements(o->s->source.root); j_next(&it);)
        if (!is_modelled(spdx3_type_of(it.val)) && !map_find(&o->emitted, spdx3_id_of(it.val)))
            jw_val(o->jw, it.val);
}

/* ── losses ── */

/* Members of SPDX 2 that are told in another way here. */
static bool told_otherwise(const struct sbom_extra *extra) {
    bool analyzed = str_is(extra->key, "filesAnalyzed") && !j_true(extra->val);
    return analyzed || str_is(extra->key, "hasFiles") || str_is(extra->key, "documentDescribes") ||
           spdx_unstated(j_str(extra->val));
}

static void losses(struct spdx3_out *o) {
    const struct sbom *s = o->s;
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *c = &s->components.v[i];
        for (uint32_t k = 0; k < c->extras.n; k++)
            if (!told_otherwise(&c->extras.v[k]))
                codec_loss(o->w, sbom_identity(o->a, c), _("SPDX has no place for %.*s"), STR_ARG(c->extras.v[k].key));
    }
    for (uint32_t i = 0; i < s->extras.n; i++)
        if (!told_otherwise(&s->extras.v[i]))
            codec_loss(o->w, S(""), _("SPDX has no place for %.*s"), STR_ARG(s->extras.v[i].key));
    if (s->vulns.n)
        codec_loss(o->w, S(""),
                   msg_n("%u vulnerability told by the document is left out",
                         "%u vulnerabilities told by the document are left out", s->vulns.n),
                   s->vulns.n);
}

/* ── entry ── */

static void graph(struct spdx3_out *o, struct jw *w) {
    const struct sbom *s = o->s;
    o->jw = w;
    map_init(&o->emitted, o->a);
    jw_obj(w);
    jw_kstr(w, "@context", S("https://spdx.org/rdf/3.0.1/spdx-context.jsonld"));
    jw_karr(w, "@graph");
    agents(o);
    tools(o);
    creation(o);
    find_roots(o);
    document(o);
    for (uint32_t i = 0; i < s->components.n; i++)
        spdx3_write_package(o, &s->components.v[i]);
    for (uint32_t i = 0; i < s->files.n; i++)
        spdx3_write_file(o, &s->files.v[i]);
    spdx3_write_licences(o);
    spdx3_write_relations(o);
    if (o->native)
        leftovers(o);
    jw_arr_end(w);
    jw_obj_end(w);
}

static void prepare(struct spdx3_out *o, struct sbom_writing *w, const struct sbom *s) {
    str fragment;
    int64_t t;
    *o = (struct spdx3_out){.w = w, .a = w->arena, .s = s, .native = s->form.format == SBOM_SPDX3};
    o->created = time_rfc3339(o->a, s->created.n && time_parse(s->created, &t) ? t : w->ctx->now);
    o->ids = (struct spdx2_out){.w = w, .a = w->arena, .s = s, .created = o->created};
    map_init(&o->ids.text_ids, o->a);
    spdx2_ids_make(&o->ids);
    o->base = spdx2_namespace(&o->ids);
    if (o->native && is_iri(s->id)) {
        str_cut(s->id, '#', &o->base, &fragment);
        o->document = s->id;
    } else {
        o->document = local(o, S("SPDXRef-DOCUMENT"));
    }
}

/* The model as it is now and as the source reads now give the same graph: nothing was changed. */
static bool unchanged(struct sbom_writing *w) {
    const struct sbom *s = w->sbom;
    struct err e = {0};
    if (s->form.format != SBOM_SPDX3 || !s->source.root.v)
        return false;
    struct sbom *as_read = sbom_new(w->arena);
    as_read->form = s->form;
    as_read->source = s->source;
    if (!spdx3_read_graph(w->arena, as_read, &s->source, &e))
        return false;
    sbom_link(as_read);
    struct sbom_problems unheard = {0}, *heard = w->losses;
    struct spdx3_out now, then;
    struct buf b_now = {0}, b_then = {0};
    struct jw w_now = jw_to(&b_now, false), w_then = jw_to(&b_then, false);
    w->losses = &unheard;
    prepare(&now, w, s);
    graph(&now, &w_now);
    prepare(&then, w, as_read);
    graph(&then, &w_then);
    w->losses = heard;
    bool same = str_eq(buf_str(&b_now), buf_str(&b_then));
    buf_free(&b_now);
    buf_free(&b_then);
    return same;
}

bool spdx3_write_document(struct sbom_writing *w, struct err *e) {
    struct jw jw = jw_to(w->out, w->pretty);
    struct spdx3_out o;
    (void)e;
    if (unchanged(w)) {
        jw_val(&jw, w->sbom->source.root);
        return true;
    }
    prepare(&o, w, w->sbom);
    if (!o.native)
        losses(&o);
    graph(&o, &jw);
    return true;
}
