/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 3.0: elements of the graph into the model. What an element names may also stand in its place.
 */
#include "sbom/spdx3.h"
#include "sbom/spdx_members.h"

str spdx3_named(struct jv v) { return j_is_obj(v) ? spdx3_id_of(v) : j_str(v); }

struct jv spdx3_resolve(const struct spdx3_in *in, struct jv v) {
    if (j_is_obj(v) || !j_str(v).n)
        return v;
    return (struct jv){map_get(&in->elements, j_str(v))};
}

/* ── agents and tools ── */

/* Some tools write "externalIdentifiers". */
static struct jv identifiers(struct jv element) {
    struct jv v = j_get(element, "externalIdentifier");
    return v.v ? v : j_get(element, "externalIdentifiers");
}

void spdx3_read_agent(struct spdx3_in *in, struct jv v, struct sbom_org *out) {
    struct jv element = spdx3_resolve(in, v);
    out->ref = spdx3_named(v);
    out->name = j_gets(element, "name");
    out->is_person = str_is(spdx3_type_of(element), "Person");
    for (struct jiter it = j_iter(identifiers(element)); j_next(&it);) {
        str type = j_gets(it.val, "externalIdentifierType"), id = j_gets(it.val, "identifier");
        if (str_is(type, "email") && !out->email.p)
            out->email = id;
        else if (str_starts(id, S("http")))
            *vec_push(in->a, &out->urls) = id;
    }
    if (!out->name.p && !j_is_obj(element)) /* an agent that is described elsewhere */
        out->name = out->ref;
}

static bool take_agent(struct taker *t, void *field, int arg, struct jv v) {
    struct jv one = j_is_arr(v) ? j_at(v, 0) : v;
    (void)arg;
    if (!one.v || (!j_str(one).n && !j_is_obj(one)))
        return false;
    struct sbom_org *org = arena_new_of(t->a, struct sbom_org);
    spdx3_read_agent(t->more, one, org);
    *(struct sbom_org **)field = org;
    return !j_is_arr(v) || j_len(v) == 1;
}

/* ── parts of an artifact ── */

static bool take_hashes(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom_hashes *hashes = field;
    bool all = j_is_arr(v);
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        str alg = spdx3_word(j_gets(it.val, "algorithm")), known = spdx3_alg_to_model(alg);
        if (!str_is(spdx3_type_of(it.val), "Hash")) {
            all = false;
            continue;
        }
        *vec_push(t->a, hashes) = (struct sbom_hash){.alg = known.p ? known : alg,
                                                     .hex = spdx_lower(t->a, j_gets(it.val, "hashValue"))};
    }
    return all;
}

static void identifier(struct taker *t, struct sbom_component *out, str type, str id) {
    if (str_is(type, "packageUrl") || str_is(type, "packageURL")) {
        if (!out->purl.p)
            out->purl = id;
        else if (!str_eq(out->purl, id))
            *vec_push(t->a, &out->more_purls) = id;
    } else if (str_is(type, "cpe23") || str_is(type, "cpe22")) {
        *vec_push(t->a, &out->cpes) = id;
    } else if (str_is(type, "swid") && !out->swid.p) {
        out->swid = id;
    } else if (str_is(type, "gitoid") || str_is(type, "swhid")) {
        *vec_push(t->a, &out->other_ids) = id;
    } else {
        *vec_push(t->a, &out->externals) = (struct sbom_external){.type = type, .url = id};
    }
}

static bool take_identifiers(struct taker *t, void *field, int arg, struct jv v) {
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);)
        identifier(t, field, j_gets(it.val, "externalIdentifierType"), j_gets(it.val, "identifier"));
    return j_is_arr(v);
}

static bool take_content_ids(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom_component *out = field;
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        str id = j_str(spdx3_get(it.val, "software_", "contentIdentifierValue"));
        if (id.n)
            *vec_push(t->a, &out->other_ids) = id;
    }
    return j_is_arr(v);
}

static bool take_references(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom_component *out = field;
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        struct jv locator = j_get(it.val, "locator");
        *vec_push(t->a, &out->externals) = (struct sbom_external){
            .type = spdx3_ref_to_model(spdx3_word(j_gets(it.val, "externalRefType"))),
            .url = j_str(j_is_arr(locator) ? j_at(locator, 0) : locator),
            .comment = j_gets(it.val, "comment"),
        };
    }
    return j_is_arr(v);
}

/* The extension profile's form of properties; anything else in `extension` makes it an extra. */
static bool take_extension(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom_component *out = field;
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!str_is(spdx3_type_of(it.val), "CdxPropertiesExtension"))
            return false;
    for (struct jiter it = j_iter(v); j_next(&it);)
        for (struct jiter in = j_iter(spdx3_get(it.val, "extension_", "cdxProperty")); j_next(&in);)
            *vec_push(t->a, &out->properties) = (struct sbom_property){
                .name = j_str(spdx3_get(in.val, "extension_", "cdxPropName")),
                .value = j_str(spdx3_get(in.val, "extension_", "cdxPropValue")),
            };
    return j_is_arr(v);
}

static bool take_purl(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom_component *out = field;
    (void)arg;
    if (!j_is_str(v))
        return false;
    if (out->purl.p && !str_eq(out->purl, j_str(v)))
        *vec_push(t->a, &out->more_purls) = out->purl;
    out->purl = j_str(v);
    return true;
}

static bool take_purpose(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom_component *out = field;
    (void)t, (void)arg;
    enum sbom_type type = spdx3_purpose_to_type(spdx3_word(j_str(v)));
    if (out->type == TYPE_UNKNOWN)
        out->type = type;
    return type != TYPE_UNKNOWN && str_eq(spdx3_purpose_of_type(out->type), j_str(v));
}

#define AT(field) offsetof(struct sbom_component, field)
static const struct member package_members[] = {
    {S_INIT("spdxId"), take_text, AT(ref), 0},
    {S_INIT("@id"), take_text, AT(ref), 0},
    {S_INIT("type"), take_nothing, 0, 0},
    {S_INIT("@type"), take_nothing, 0, 0},
    {S_INIT("creationInfo"), take_nothing, 0, 0}, /* the document's, or stays in origin */
    {S_INIT("name"), take_text, AT(name), 0},
    {S_INIT("packageVersion"), take_text, AT(version), 0},
    {S_INIT("packageUrl"), take_purl, 0, 0},
    {S_INIT("downloadLocation"), take_stated, AT(download), 0},
    {S_INIT("homePage"), take_stated, AT(homepage), 0},
    {S_INIT("sourceInfo"), take_text, AT(source_info), 0},
    {S_INIT("copyrightText"), take_stated, AT(copyright), 0},
    {S_INIT("primaryPurpose"), take_purpose, 0, 0},
    {S_INIT("summary"), take_text, AT(summary), 0},
    {S_INIT("description"), take_text, AT(description), 0},
    {S_INIT("comment"), take_text, AT(comment), 0},
    {S_INIT("suppliedBy"), take_agent, AT(supplier), 0},
    {S_INIT("originatedBy"), take_agent, AT(producer), 0},
    {S_INIT("verifiedUsing"), take_hashes, AT(hashes), 0},
    {S_INIT("externalIdentifier"), take_identifiers, 0, 0},
    {S_INIT("externalIdentifiers"), take_identifiers, 0, 0},
    {S_INIT("externalRef"), take_references, 0, 0},
    {S_INIT("extension"), take_extension, 0, 0},
    {S_INIT("contentIdentifier"), take_content_ids, 0, 0},
    {S_INIT("releaseTime"), take_text, AT(released), 0},
    {S_INIT("builtTime"), take_text, AT(built), 0},
    {S_INIT("validUntilTime"), take_text, AT(valid_until), 0},
};
#undef AT

static void add_package(struct spdx3_in *in, struct jv v) {
    struct taker t = {.a = in->a, .more = in, .prefix = S("software_")};
    struct sbom_component *c = sbom_add(in->s);
    str class = spdx3_type_of(v);
    c->origin = v;
    if (!str_is(class, "Package"))
        c->type = str_is(class, "AIPackage") ? TYPE_MODEL : TYPE_DATA;
    take_members(&t, MEMBERS(package_members), v, c, &c->extras);
    if (c->ref.n)
        map_put(&in->components, c->ref, NULL)->value = (void *)(uintptr_t)in->s->components.n;
}

#define AT(field) offsetof(struct sbom_file, field)
static const struct member file_members[] = {
    {S_INIT("spdxId"), take_text, AT(ref), 0},
    {S_INIT("@id"), take_text, AT(ref), 0},
    {S_INIT("type"), take_nothing, 0, 0},
    {S_INIT("@type"), take_nothing, 0, 0},
    {S_INIT("creationInfo"), take_nothing, 0, 0},
    {S_INIT("name"), take_text, AT(path), 0},
    {S_INIT("copyrightText"), take_stated, AT(copyright), 0},
    {S_INIT("comment"), take_text, AT(comment), 0},
    {S_INIT("verifiedUsing"), take_hashes, AT(hashes), 0},
};
#undef AT

static void add_file(struct spdx3_in *in, struct jv v) {
    struct taker t = {.a = in->a, .more = in, .prefix = S("software_")};
    struct sbom_file *f = vec_push(in->a, &in->s->files);
    *f = (struct sbom_file){.origin = v};
    take_members(&t, MEMBERS(file_members), v, f, &f->extras);
    if (f->ref.n)
        map_put(&in->files, f->ref, NULL)->value = (void *)(uintptr_t)in->s->files.n;
}

/* ── licence texts ── */

/* "…/LicenseRef-1" and "…#LicenseRef-1" → "LicenseRef-1" */
static str licence_ref(str iri) {
    size_t at = str_find(iri, S("LicenseRef-"));
    return at == STR_NONE ? iri : str_from(iri, at);
}

static void add_licence_text(struct spdx3_in *in, struct jv v) {
    struct sbom_licence_text *text = vec_push(in->a, &in->s->licence_texts);
    *text = (struct sbom_licence_text){
        .id = licence_ref(spdx3_id_of(v)),
        .text = j_str(spdx3_get(v, "simplelicensing_", "licenseText")),
        .name = j_gets(v, "name"),
        .comment = j_gets(v, "comment"),
    };
    for (struct jiter it = j_iter(spdx3_get(v, "expandedlicensing_", "seeAlso")); j_next(&it);)
        if (j_is_str(it.val))
            *vec_push(in->a, &text->urls) = j_str(it.val);
}

/* ── the document ── */

static void read_tool(struct spdx3_in *in, struct jv v) {
    struct jv element = spdx3_resolve(in, v);
    str name = j_gets(element, "name"), head, version;
    struct sbom_tool *tool = vec_push(in->a, &in->s->tools);
    *tool = (struct sbom_tool){.name = name.p ? name : spdx3_named(v)};
    if (str_rcut(tool->name, '-', &head, &version) && version.n && ch_digit(version.p[0])) {
        tool->name = head;
        tool->version = version;
    }
}

static void read_creation(struct spdx3_in *in, struct jv document) {
    struct jv creation = spdx3_resolve(in, j_get(document, "creationInfo"));
    str version = j_gets(creation, "specVersion");
    in->s->created = j_gets(creation, "created");
    if (version.n)
        in->s->form.version = version;
    for (struct jiter it = j_iter(j_get(creation, "createdBy")); j_next(&it);) {
        struct sbom_org *org = vec_push(in->a, &in->s->authors);
        *org = (struct sbom_org){0};
        spdx3_read_agent(in, it.val, org);
    }
    for (struct jiter it = j_iter(j_get(creation, "createdUsing")); j_next(&it);)
        read_tool(in, it.val);
    if (j_get(creation, "comment").v)
        extras_add(in->a, &in->s->metadata_extras, S("comment"), j_get(creation, "comment"));
}

static void read_document(struct spdx3_in *in, struct jv document) {
    static const char *const kept[] = {"profileConformance", "namespaceMap", "import", "description", "summary"};
    struct sbom *s = in->s;
    s->id = in->document = spdx3_id_of(document);
    s->name = j_gets(document, "name");
    s->comment = j_gets(document, "comment");
    s->data_licence = spdx3_expression(in, j_get(document, "dataLicense"));
    read_creation(in, document);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (j_get(document, kept[i]).v)
            extras_add(in->a, &s->extras, str_of(kept[i]), j_get(document, kept[i]));
}

/* The SpdxDocument; an Sbom or Bom stands for it where there is none. */
static struct jv document_of(const struct json *tree) {
    struct jv found = {NULL};
    for (struct jiter it = spdx3_elements(tree->root); j_next(&it);) {
        str type = spdx3_type_of(it.val);
        if (str_is(type, "SpdxDocument"))
            return it.val;
        if (!found.v && (str_is(type, "Sbom") || str_is(type, "Bom")))
            found = it.val;
    }
    return found;
}

static const struct {
    str type;
    void (*add)(struct spdx3_in *in, struct jv v);
} classes[] = {
    {S_INIT("Package"), add_package},
    {S_INIT("AIPackage"), add_package},
    {S_INIT("DatasetPackage"), add_package},
    {S_INIT("File"), add_file},
    {S_INIT("SoftwareArtifact"), add_file}, /* the class itself is abstract; some tools write it for a file */
    {S_INIT("CustomLicense"), add_licence_text},
    {S_INIT("SimpleLicensingText"), add_licence_text},
};

static bool index_elements(struct spdx3_in *in, const struct json *tree, struct err *e) {
    struct jv graph = j_get(tree->root, "@graph");
    if (!j_is_obj(tree->root))
        return err_set(e, ERR_INPUT, json_place(tree, tree->root, in->a), _("this must be an object"));
    if (graph.v && !j_is_arr(graph))
        return err_set(e, ERR_INPUT, json_place(tree, graph, in->a), _("this must be an array"));
    for (struct jiter it = spdx3_elements(tree->root); j_next(&it);) {
        if (!j_is_obj(it.val))
            return err_set(e, ERR_INPUT, json_place(tree, it.val, in->a), _("this must be an object"));
        struct map_entry *entry = spdx3_id_of(it.val).n ? map_put(&in->elements, spdx3_id_of(it.val), NULL) : NULL;
        if (entry && !entry->value)
            entry->value = it.val.v;
    }
    return true;
}

/* Assessments of vulnerabilities are relationships too, and stay in the graph. */
static bool is_relation(str class) {
    return str_is(class, "Relationship") || str_is(class, "LifecycleScopedRelationship");
}

bool spdx3_read_graph(struct arena *a, struct sbom *out, const struct json *tree, struct err *e) {
    struct spdx3_in in = {.a = a, .s = out};
    map_init(&in.elements, a);
    map_init(&in.components, a);
    map_init(&in.files, a);
    if (!index_elements(&in, tree, e))
        return false;
    struct jv document = document_of(tree);
    read_document(&in, document);
    for (struct jiter it = spdx3_elements(tree->root); j_next(&it);) {
        str type = spdx3_type_of(it.val);
        for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
            if (str_eq(classes[i].type, type))
                classes[i].add(&in, it.val);
    }
    for (struct jiter it = spdx3_elements(tree->root); j_next(&it);)
        if (is_relation(spdx3_type_of(it.val)))
            spdx3_read_relation(&in, it.val);
    spdx3_root_relations(&in, document);
    return true;
}
