/* SPDX-License-Identifier: Apache-2.0
 *
 * Model to CycloneDX tree: the document, its metadata, its graph.
 */
#include "sbom/cdx_write.h"

#include "base/digest.h"

/* ── overlay ── */

static const struct cdx_gen *gen_of(const struct cdx_gen *gens, str key) {
    for (; gens->key; gens++)
        if (str_is(key, gens->key))
            return gens;
    return NULL;
}

static void generate(struct cdx_out *o, const struct cdx_gen *gen, const void *object, struct buf *into) {
    struct jw w = jw_to(into, false), *outer = o->jw;
    o->jw = &w;
    gen->gen(o, object);
    o->jw = outer;
}

static const struct sbom_extra *extra_of(const struct sbom_extras *extras, str key) {
    for (uint32_t i = 0; extras && i < extras->n; i++)
        if (str_eq(extras->v[i].key, key))
            return &extras->v[i];
    return NULL;
}

static void write_text(struct cdx_out *o, str key, const struct buf *json) {
    jw_key(o->jw, key);
    jw_raw(o->jw, buf_str(json));
}

struct pair {
    struct buf model, base;
};

/* One member of the origin: as it was, or as the model has it now. */
static void member_of_origin(struct cdx_out *o, const struct cdx_gen *gens, const void *model, const void *base,
                             str key, struct jv v, const struct sbom_extras *extras, struct pair *p) {
    const struct cdx_gen *gen = gen_of(gens, key);
    const struct sbom_extra *extra = extra_of(extras, key);
    bool nests = str_is(key, "components") || str_is(key, "services");
    if (!gen) {
        if (extra)
            extra_write(o->jw, extra);
        else if (!extras) {
            jw_key(o->jw, key);
            jw_val(o->jw, v);
        }
        return;
    }
    buf_clear(&p->model);
    buf_clear(&p->base);
    generate(o, gen, model, &p->model);
    if (!nests && base)
        generate(o, gen, base, &p->base);
    if (!nests && base && str_eq(buf_str(&p->model), buf_str(&p->base))) {
        jw_key(o->jw, key);
        jw_val(o->jw, v);
    } else if (p->model.n) {
        write_text(o, key, &p->model);
    }
}

/* Names of one thing in different versions: when the origin has one, the other is not added. */
static bool has_alias(struct jv origin, const char *key) {
    static const char *const pairs[][2] = {{"authors", "author"}, {"manufacturer", "manufacture"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (size_t k = 0; k < 2; k++)
            if (strcmp(pairs[i][k], key) == 0 && j_ok(j_get(origin, pairs[i][1 - k])))
                return true;
    return strcmp(key, "author") == 0 || strcmp(key, "manufacture") == 0;
}

void cdx_overlay(struct cdx_out *o, const struct cdx_gen *gens, const void *model, const void *base, struct jv origin,
                 const struct sbom_extras *extras) {
    struct pair p = {0};
    jw_obj(o->jw);
    for (struct jiter it = j_iter(origin); j_next(&it);)
        member_of_origin(o, gens, model, base, it.key, it.val, extras, &p);
    for (const struct cdx_gen *gen = gens; gen->key; gen++) {
        if (j_ok(j_get(origin, gen->key)) || has_alias(origin, gen->key))
            continue;
        buf_clear(&p.model);
        buf_clear(&p.base);
        generate(o, gen, model, &p.model);
        if (base)
            generate(o, gen, base, &p.base);
        if (p.model.n && !(base && str_eq(buf_str(&p.model), buf_str(&p.base))))
            write_text(o, str_of(gen->key), &p.model);
    }
    for (uint32_t i = 0; extras && i < extras->n; i++)
        if (!j_ok(j_getn(origin, extras->v[i].key)) && !gen_of(gens, extras->v[i].key))
            extra_write(o->jw, &extras->v[i]);
    jw_obj_end(o->jw);
    buf_free(&p.model);
    buf_free(&p.base);
}

/* ── nesting ── */

static bool is_service(const struct cdx_out *o, uint32_t at) { return o->s->components.v[at].type == TYPE_SERVICE; }

bool cdx_has_nested(const struct cdx_out *o, uint32_t first, bool services) {
    for (uint32_t at = first; at; at = o->next_child[at - 1])
        if (is_service(o, at - 1) == services)
            return true;
    return false;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as components stand in each other; link_children cuts cycles */
void cdx_write_nested(struct cdx_out *o, uint32_t first, bool services) {
    jw_arr(o->jw);
    for (uint32_t at = first; at; at = o->next_child[at - 1])
        if (is_service(o, at - 1) == services)
            cdx_write_component(o, at - 1);
    jw_arr_end(o->jw);
}

enum { NESTED_MOST = 200 };

/* How far up the outermost one is; SBOM_NO when there is none within bounds. */
static bool anchored(const struct sbom *s, uint32_t at) {
    for (unsigned up = 0; up < NESTED_MOST; up++) {
        uint32_t parent = s->components.v[at].parent;
        if (parent == SBOM_NO || parent >= s->components.n)
            return true;
        at = parent;
    }
    return false;
}

static void link_children(struct cdx_out *o) {
    uint32_t n = o->s->components.n;
    o->first_child = arena_array(o->w->arena, uint32_t, (size_t)n + 1);
    o->next_child = arena_array(o->w->arena, uint32_t, (size_t)n + 1);
    uint32_t *last = arena_array(o->w->arena, uint32_t, (size_t)n + 1);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t parent = o->s->components.v[i].parent;
        if (i == o->root)
            continue;
        if (parent >= n || !anchored(o->s, i))
            parent = n; /* the document itself */
        if (last[parent])
            o->next_child[last[parent] - 1] = i + 1;
        else
            o->first_child[parent] = i + 1;
        last[parent] = i + 1;
    }
}

/* In CycloneDX a ref is unique over the whole document; the first to use it keeps it. The count of a ref's users is
 * where the search for a free name begins, so that many users of one ref cost no more than as many refs. */
static str unique_ref(struct cdx_out *o, struct map *used, str ref) {
    bool fresh = true;
    if (!ref.n)
        return ref;
    uintptr_t n = (uintptr_t)map_put(used, ref, &fresh)->value;
    str name = ref;
    while (!fresh) {
        name = arena_printf(o->w->arena, "%.*s-%zu", STR_ARG(ref), (size_t)(++n + 1));
        map_put(used, name, &fresh);
    }
    map_find(used, ref)->value = (void *)n;
    if (n)
        codec_loss(o->w, ref, _("this reference names several things; one of them is now \"%.*s\""), STR_ARG(name));
    return name;
}

static void tell_refs_apart(struct cdx_out *o) {
    const struct sbom *s = o->s;
    struct map used;
    map_init(&used, o->w->arena);
    o->refs = arena_array(o->w->arena, str, (size_t)s->components.n + s->files.n + 1);
    for (uint32_t i = 0; i < s->components.n; i++)
        o->refs[i] = unique_ref(o, &used, s->components.v[i].ref);
    for (uint32_t i = 0; i < s->files.n; i++)
        o->refs[s->components.n + i] = unique_ref(o, &used, s->files.v[i].ref);
}

/* ── metadata ── */

static const struct sbom *as_sbom(const void *object) { return object; }

static void gen_timestamp(struct cdx_out *o, const void *s) {
    if (as_sbom(s)->created.p)
        jw_str(o->jw, as_sbom(s)->created);
}
static void gen_lifecycles(struct cdx_out *o, const void *s) {
    static const char *const phases[] = {"design",     "pre-build", "build",       "post-build",
                                         "operations", "discovery", "decommission"};
    if (!as_sbom(s)->lifecycle.n)
        return;
    bool phase = false;
    for (size_t i = 0; i < sizeof phases / sizeof *phases; i++)
        phase |= str_is(as_sbom(s)->lifecycle, phases[i]);
    jw_arr(o->jw);
    jw_obj(o->jw);
    jw_kstr(o->jw, phase ? "phase" : "name", as_sbom(s)->lifecycle);
    jw_obj_end(o->jw);
    jw_arr_end(o->jw);
}

static void write_tool(struct cdx_out *o, const struct sbom_tool *tool, bool component) {
    jw_obj(o->jw);
    if (component)
        jw_kstr(o->jw, "type", S("application"));
    jw_kstr(o->jw, component ? "publisher" : "vendor", tool->vendor);
    jw_kstr(o->jw, "name", tool->name.p ? tool->name : S(""));
    jw_kstr(o->jw, "version", tool->version);
    if (tool->hashes.n) {
        jw_key(o->jw, S("hashes"));
        cdx_write_hashes(o, &tool->hashes);
    }
    jw_obj_end(o->jw);
}

static void gen_tools(struct cdx_out *o, const void *object) {
    const struct sbom *s = object;
    bool components = o->version >= 5;
    if (!s->tools.n)
        return;
    if (components) {
        jw_obj(o->jw);
        jw_key(o->jw, S("components"));
    }
    jw_arr(o->jw);
    for (uint32_t i = 0; i < s->tools.n; i++)
        write_tool(o, &s->tools.v[i], components);
    jw_arr_end(o->jw);
    if (components)
        jw_obj_end(o->jw);
}

/* The organisation that made the document has a member of its own since 1.6. */
static const struct sbom_org *organisation(const struct cdx_out *o, const struct sbom *s) {
    if (s->manufacturer || o->version < 6)
        return s->manufacturer;
    for (uint32_t i = 0; i < s->authors.n; i++)
        if (!s->authors.v[i].is_person)
            return &s->authors.v[i];
    return NULL;
}

static void gen_authors(struct cdx_out *o, const void *object) {
    const struct sbom *s = object;
    const struct sbom_org *maker = organisation(o, s);
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->authors.n; i++)
        n += &s->authors.v[i] != maker;
    if (!n)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < s->authors.n; i++) {
        const struct sbom_org *a = &s->authors.v[i];
        struct sbom_person person = {.name = a->name, .email = a->email, .ref = a->ref};
        if (a == maker)
            continue;
        if (a->contacts.n)
            person.phone = a->contacts.v[0].phone;
        cdx_write_person(o, &person);
    }
    jw_arr_end(o->jw);
}

static void gen_component(struct cdx_out *o, const void *s) {
    if (s == o->s && o->root != SBOM_NO)
        cdx_write_component(o, o->root);
}
static void gen_manufacturer(struct cdx_out *o, const void *s) {
    const struct sbom_org *maker = organisation(o, s);
    if (maker)
        cdx_write_org(o, maker);
}
static void gen_supplier(struct cdx_out *o, const void *s) {
    if (as_sbom(s)->supplier)
        cdx_write_org(o, as_sbom(s)->supplier);
}

static void property(struct cdx_out *o, const char *name, str value) {
    if (value.n)
        cdx_write_properties(o, &(struct sbom_property){str_of(name), value}, 1);
}

/* What an SPDX document says of itself and CycloneDX has no member for. */
static void gen_properties(struct cdx_out *o, const void *object) {
    const struct sbom *s = object;
    bool spdx = !o->same_family && (s->id.n || s->comment.n || s->data_licence.n || (s->name.n && o->root == SBOM_NO));
    if (!s->properties.n && !spdx)
        return;
    jw_arr(o->jw);
    cdx_write_properties(o, s->properties.v, s->properties.n);
    if (spdx) {
        property(o, "spdx:document-namespace", s->id);
        property(o, "spdx:document-name", s->name);
        property(o, "spdx:data-license", s->data_licence);
        property(o, "spdx:comment", s->comment);
    }
    jw_arr_end(o->jw);
}

static const struct cdx_gen metadata_gens[] = {
    {"timestamp", gen_timestamp},
    {"lifecycles", gen_lifecycles},
    {"tools", gen_tools},
    {"authors", gen_authors},
    {"component", gen_component},
    {"manufacturer", gen_manufacturer},
    {"manufacture", gen_manufacturer},
    {"supplier", gen_supplier},
    {"properties", gen_properties},
    {NULL, NULL},
};

static struct jv source_of(const struct cdx_out *o) {
    return o->same_family && o->s->source.doc ? o->s->source.root : (struct jv){NULL};
}

/* metadata.component goes by its own origin, so it is made anew like the nested ones. */
static void gen_metadata(struct cdx_out *o, const void *object) {
    struct jv origin = j_get(source_of(o), "metadata");
    if (object != o->s)
        return;
    struct buf text = {0};
    struct jw w = jw_to(&text, false), *outer = o->jw;
    o->jw = &w;
    cdx_overlay(o, metadata_gens, o->s, j_is_obj(origin) ? o->base : NULL,
                j_is_obj(origin) ? origin : (struct jv){NULL},
                o->same_family ? &o->s->metadata_extras : &(struct sbom_extras){0});
    o->jw = outer;
    if (text.n > 2 || j_is_obj(origin))
        jw_raw(o->jw, buf_str(&text));
    buf_free(&text);
}

/* ── the document ── */

static void gen_format(struct cdx_out *o, const void *s) {
    (void)s;
    jw_str(o->jw, S("CycloneDX"));
}
static void gen_spec(struct cdx_out *o, const void *s) {
    str version = arena_printf(o->w->arena, "1.%u", o->version);
    /* From the source it is "as it was", whatever that is: only the target's counts. */
    jw_str(o->jw, s == o->s ? version : S("?"));
}
static void gen_serial(struct cdx_out *o, const void *s) {
    if (o->same_family && as_sbom(s)->id.p)
        jw_str(o->jw, as_sbom(s)->id);
}
static void gen_version(struct cdx_out *o, const void *s) {
    int64_t n;
    if (as_sbom(s)->doc_version.n)
        str_i64(as_sbom(s)->doc_version, &n) ? jw_int(o->jw, n) : jw_str(o->jw, as_sbom(s)->doc_version);
    else if (!j_ok(source_of(o)))
        jw_int(o->jw, 1);
}
static void gen_components(struct cdx_out *o, const void *object) {
    uint32_t first = o->first_child[o->s->components.n];
    bool any = cdx_has_nested(o, first, false);
    if (object != o->s)
        return;
    if (any || j_ok(j_get(source_of(o), "components")) || !j_ok(source_of(o))) {
        jw_arr(o->jw);
        for (uint32_t at = first; at; at = o->next_child[at - 1])
            if (!is_service(o, at - 1))
                cdx_write_component(o, at - 1);
        for (uint32_t i = 0; i < o->s->files.n; i++)
            cdx_write_file(o, &o->s->files.v[i]);
        jw_arr_end(o->jw);
    }
}
static void gen_services(struct cdx_out *o, const void *object) {
    uint32_t first = o->first_child[o->s->components.n];
    if (object == o->s && (cdx_has_nested(o, first, true) || j_ok(j_get(source_of(o), "services"))))
        cdx_write_nested(o, first, true);
}
static void gen_vulns(struct cdx_out *o, const void *object) {
    const struct sbom *s = object;
    if (!s->vulns.n)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < s->vulns.n; i++)
        cdx_write_vuln(o, &s->vulns.v[i]);
    jw_arr_end(o->jw);
}
/* Properties of the document are among those of metadata in the model; here they only stay as they were. */
static void gen_own_properties(struct cdx_out *o, const void *object) {
    struct buf model = {0}, base = {0};
    static const struct cdx_gen gen = {"properties", gen_properties};
    if (j_ok(j_get(source_of(o), "properties"))) {
        generate(o, &gen, o->s, &model);
        generate(o, &gen, o->base, &base);
        if (str_eq(buf_str(&model), buf_str(&base)))
            jw_raw(o->jw, buf_str(&model));
    }
    buf_free(&model);
    buf_free(&base);
    (void)object;
}

static const struct cdx_gen document_gens[] = {
    {"bomFormat", gen_format},
    {"specVersion", gen_spec},
    {"serialNumber", gen_serial},
    {"version", gen_version},
    {"metadata", gen_metadata},
    {"components", gen_components},
    {"services", gen_services},
    {"dependencies", cdx_gen_dependencies},
    {"vulnerabilities", gen_vulns},
    {"properties", gen_own_properties},
    {NULL, NULL},
};

/* What the document states without anybody's changes. */
static const struct sbom *read_again(struct cdx_out *o) {
    struct jv root = source_of(o);
    if (!j_ok(root))
        return NULL;
    struct sbom *base = sbom_new(o->w->arena);
    cdx_read_document(&(struct cdx_in){o->w->arena, base}, root);
    return base;
}

/* The described component is the document's subject, when there is just one and nothing else holds it. */
static uint32_t main_component(const struct sbom *s) {
    uint32_t found = SBOM_NO;
    for (uint32_t i = 0; i < s->components.n; i++) {
        if (!s->components.v[i].is_root)
            continue;
        if (s->components.v[i].in_metadata)
            return i;
        if (found != SBOM_NO)
            return SBOM_NO;
        found = i;
    }
    return s->form.format == SBOM_CYCLONEDX ? SBOM_NO : found;
}

static void tell_document_losses(struct cdx_out *o) {
    const struct sbom *s = o->s;
    for (uint32_t i = 0; !o->same_family && i < s->extras.n; i++)
        codec_loss(o->w, s->id.p ? s->id : S("/"), _("CycloneDX has no place for \"%.*s\""),
                   STR_ARG(s->extras.v[i].key));
}

/* A name for the document that follows from its content: the same content, the same name (a UUID of version 8). */
static str content_serial(struct arena *a, str text) {
    unsigned char d[DIGEST_MOST];
    digest_of(DIGEST_SHA256, text, d);
    d[6] = (unsigned char)((d[6] & 0x0F) | 0x80);
    d[8] = (unsigned char)((d[8] & 0x3F) | 0x80);
    str hex = hex_text(a, d, 16);
    return arena_printf(a, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex.p, hex.p + 8, hex.p + 12, hex.p + 16, hex.p + 20);
}

void cdx_write_tree(struct sbom_writing *w, unsigned version, struct buf *out) {
    const struct sbom *s = w->sbom;
    struct cdx_out o = {.w = w,
                        .s = s,
                        .version = version,
                        .same_family = s->form.format == SBOM_CYCLONEDX || s->form.format == SBOM_NONE,
                        .root = main_component(s)};
    struct jw jw = jw_to(out, false);
    o.jw = &jw;
    o.base = read_again(&o);
    link_children(&o);
    if (!o.base)
        tell_refs_apart(&o);
    tell_document_losses(&o);
    cdx_overlay(&o, document_gens, s, o.base, source_of(&o), o.same_family ? &s->extras : &(struct sbom_extras){0});
    if (o.same_family && (s->id.n || o.base))
        return;
    /* The closing brace gives way to one more member. */
    str serial = content_serial(w->arena, buf_str(out));
    out->n--;
    buf_addf(out, ",\"serialNumber\":\"%.*s\"}", STR_ARG(serial));
}
