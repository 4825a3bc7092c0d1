/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.x: from the JSON tree to the model. Each class of object is a table of its members; a member that is not in
 * the table, or whose value does not fit the model, stays with the object as an extra.
 */
#include "sbom/spdx2.h"
#include "sbom/spdx_members.h"

static bool take_org(struct taker *t, void *field, int arg, struct jv v) {
    (void)arg;
    if (!j_is_str(v) || spdx_unstated(j_str(v)))
        return false;
    struct sbom_org *org = arena_new_of(t->a, struct sbom_org);
    spdx2_party_parse(j_str(v), org);
    *(struct sbom_org **)field = org;
    return true;
}

static bool take_hashes(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom_hashes *hashes = field;
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!j_is_str(j_get(it.val, "algorithm")) || !j_is_str(j_get(it.val, "checksumValue")))
            return false;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        str name = j_gets(it.val, "algorithm"), model = spdx2_alg_to_model(name);
        *vec_push(t->a, hashes) = (struct sbom_hash){
            .alg = model.p ? model : name,
            .hex = spdx_lower(t->a, j_gets(it.val, "checksumValue")),
        };
    }
    return yyjson_is_arr(v.v);
}

static bool take_licence(struct taker *t, void *field, int arg, struct jv v) {
    if (!j_is_str(v) || spdx_unstated(j_str(v)))
        return false;
    struct sbom_licences *list = field;
    *vec_push(t->a, list) = (struct sbom_licence){.kind = (enum sbom_licence_kind)arg, .expression = j_str(v)};
    return true;
}

static bool take_licences(struct taker *t, void *field, int arg, struct jv v) {
    bool all = yyjson_is_arr(v.v) && j_len(v) > 0;
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!take_licence(t, field, arg, it.val))
            all = false;
    return all;
}

static bool take_purpose(struct taker *t, void *field, int arg, struct jv v) {
    (void)t, (void)arg;
    *(enum sbom_type *)field = spdx2_purpose_to_type(j_str(v));
    return *(enum sbom_type *)field != TYPE_UNKNOWN;
}

static void reference(struct taker *t, struct sbom_component *out, struct jv v) {
    str category = j_gets(v, "referenceCategory"), type = j_gets(v, "referenceType");
    str locator = j_gets(v, "referenceLocator"), comment = j_gets(v, "comment");
    enum spdx2_ref_kind kind = locator.n ? spdx2_ref_kind(category, type) : REF_PLAIN;
    switch (kind) {
    case REF_PURL:
        if (!out->purl.p)
            out->purl = locator;
        else
            *vec_push(t->a, &out->more_purls) = locator;
        break;
    case REF_CPE: *vec_push(t->a, &out->cpes) = locator; break;
    case REF_SWID:
        if (!out->swid.p)
            out->swid = locator;
        else
            *vec_push(t->a, &out->other_ids) = locator;
        break;
    case REF_OTHER_ID: *vec_push(t->a, &out->other_ids) = locator; break;
    case REF_PLAIN: break;
    }
    if (kind == REF_PLAIN || comment.p)
        *vec_push(t->a, &out->externals) = (struct sbom_external){
            .type = type, .url = locator, .comment = comment, .category = category};
}

static bool take_references(struct taker *t, void *field, int arg, struct jv v) {
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);)
        reference(t, field, it.val);
    return yyjson_is_arr(v.v);
}

/* Annotations that are properties of the model, written by this program; all of them or none. */
static bool take_annotations(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom_component *out = field;
    str key, value;
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (!str_starts(j_gets(it.val, "annotator"), S("Tool: akashi-")) ||
            !str_starts(j_gets(it.val, "comment"), S(SPDX2_PROPERTY)) ||
            !str_cut(j_gets(it.val, "comment"), '=', &key, &value))
            return false;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        str_cut(str_from(j_gets(it.val, "comment"), sizeof SPDX2_PROPERTY - 1), '=', &key, &value);
        *vec_push(t->a, &out->properties) = (struct sbom_property){.name = key, .value = value};
    }
    return j_len(v) > 0;
}

static bool take_creators(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom *s = field;
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        str text = j_str(it.val);
        if (str_starts(text, S("Tool:"))) {
            struct sbom_tool *tool = vec_push(t->a, &s->tools);
            *tool = (struct sbom_tool){0};
            spdx2_tool_parse(str_from(text, 5), tool);
        } else if (text.n) {
            struct sbom_org *org = vec_push(t->a, &s->authors);
            *org = (struct sbom_org){0};
            spdx2_party_parse(text, org);
        }
    }
    return yyjson_is_arr(v.v);
}

/* ── objects ── */

#define AT(field) offsetof(struct sbom_component, field)
static const struct member package_members[] = {
    {S_INIT("name"), take_text, AT(name), 0},
    {S_INIT("SPDXID"), take_text, AT(ref), 0},
    {S_INIT("versionInfo"), take_text, AT(version), 0},
    {S_INIT("packageFileName"), take_text, AT(file_name), 0},
    {S_INIT("primaryPackagePurpose"), take_purpose, AT(type), 0},
    {S_INIT("supplier"), take_org, AT(supplier), 0},
    {S_INIT("originator"), take_org, AT(producer), 0},
    {S_INIT("downloadLocation"), take_stated, AT(download), 0},
    {S_INIT("homepage"), take_stated, AT(homepage), 0},
    {S_INIT("sourceInfo"), take_text, AT(source_info), 0},
    {S_INIT("checksums"), take_hashes, AT(hashes), 0},
    {S_INIT("licenseConcluded"), take_licence, AT(licences), LICENCE_CONCLUDED},
    {S_INIT("licenseDeclared"), take_licence, AT(licences), LICENCE_DECLARED},
    {S_INIT("licenseInfoFromFiles"), take_licences, AT(licences), LICENCE_SEEN},
    {S_INIT("copyrightText"), take_stated, AT(copyright), 0},
    {S_INIT("summary"), take_text, AT(summary), 0},
    {S_INIT("description"), take_text, AT(description), 0},
    {S_INIT("comment"), take_text, AT(comment), 0},
    {S_INIT("externalRefs"), take_references, 0, 0},
    {S_INIT("annotations"), take_annotations, 0, 0},
    {S_INIT("releaseDate"), take_text, AT(released), 0},
    {S_INIT("builtDate"), take_text, AT(built), 0},
    {S_INIT("validUntilDate"), take_text, AT(valid_until), 0},
};
#undef AT

void spdx2_read_package(struct arena *a, struct jv object, struct sbom_component *out) {
    struct taker t = {.a = a};
    *out = (struct sbom_component){.parent = SBOM_NO, .origin = object};
    take_members(&t, MEMBERS(package_members), object, out, &out->extras);
}

#define AT(field) offsetof(struct sbom_file, field)
static const struct member file_members[] = {
    {S_INIT("fileName"), take_text, AT(path), 0},
    {S_INIT("SPDXID"), take_text, AT(ref), 0},
    {S_INIT("fileTypes"), take_texts, AT(types), 0},
    {S_INIT("checksums"), take_hashes, AT(hashes), 0},
    {S_INIT("licenseConcluded"), take_licence, AT(licences), LICENCE_CONCLUDED},
    {S_INIT("licenseInfoInFiles"), take_licences, AT(licences), LICENCE_SEEN},
    {S_INIT("copyrightText"), take_stated, AT(copyright), 0},
    {S_INIT("comment"), take_text, AT(comment), 0},
    {S_INIT("noticeText"), take_text, AT(notice), 0},
};
#undef AT

void spdx2_read_file(struct arena *a, struct jv object, struct sbom_file *out) {
    struct taker t = {.a = a};
    *out = (struct sbom_file){.origin = object};
    take_members(&t, MEMBERS(file_members), object, out, &out->extras);
}

#define AT(field) offsetof(struct sbom_licence_text, field)
static const struct member text_members[] = {
    {S_INIT("licenseId"), take_text, AT(id), 0},   {S_INIT("extractedText"), take_text, AT(text), 0},
    {S_INIT("name"), take_text, AT(name), 0},      {S_INIT("comment"), take_text, AT(comment), 0},
    {S_INIT("seeAlsos"), take_texts, AT(urls), 0},
};
#undef AT

#define AT(field) offsetof(struct sbom_relation, field)
static const struct member relation_members[] = {
    {S_INIT("spdxElementId"), take_text, AT(from), 0},
    {S_INIT("relatedSpdxElement"), take_text, AT(to), 0},
    {S_INIT("relationshipType"), take_text, AT(type), 0},
    {S_INIT("comment"), take_text, AT(comment), 0},
};
#undef AT

#define AT(field) offsetof(struct sbom, field)
static const struct member creation_members[] = {
    {S_INIT("created"), take_text, AT(created), 0},
    {S_INIT("creators"), take_creators, 0, 0},
};

void spdx2_read_creation(struct arena *a, struct jv object, struct sbom *out) {
    struct taker t = {.a = a};
    take_members(&t, MEMBERS(creation_members), object, out, &out->metadata_extras);
}

static bool take_creation(struct taker *t, void *field, int arg, struct jv v) {
    (void)arg;
    spdx2_read_creation(t->a, v, field);
    return j_is_obj(v);
}

static bool take_packages(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom *s = field;
    (void)arg;
    s->components.v = arena_array(t->a, struct sbom_component, j_len(v) + 1);
    s->components.cap = (uint32_t)j_len(v) + 1;
    for (struct jiter it = j_iter(v); j_next(&it);)
        spdx2_read_package(t->a, it.val, vec_push(t->a, &s->components));
    return true;
}

static bool take_files(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom *s = field;
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);)
        spdx2_read_file(t->a, it.val, vec_push(t->a, &s->files));
    return true;
}

static bool take_relations(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom *s = field;
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        struct sbom_relation *r = vec_push(t->a, &s->relations);
        *r = (struct sbom_relation){.from_at = SBOM_NO, .to_at = SBOM_NO};
        take_members(t, MEMBERS(relation_members), it.val, r, &r->extras);
    }
    return true;
}

static bool take_licence_texts(struct taker *t, void *field, int arg, struct jv v) {
    struct sbom *s = field;
    (void)arg;
    for (struct jiter it = j_iter(v); j_next(&it);) {
        struct sbom_licence_text *text = vec_push(t->a, &s->licence_texts);
        *text = (struct sbom_licence_text){0};
        take_members(t, MEMBERS(text_members), it.val, text, &text->extras);
    }
    return true;
}

static const struct member document_members[] = {
    {S_INIT("spdxVersion"), take_nothing, 0, 0}, /* is in sbom.form */
    {S_INIT("SPDXID"), take_nothing, 0, 0},      /* is always SPDXRef-DOCUMENT */
    {S_INIT("name"), take_text, AT(name), 0},
    {S_INIT("dataLicense"), take_text, AT(data_licence), 0},
    {S_INIT("documentNamespace"), take_text, AT(id), 0},
    {S_INIT("comment"), take_text, AT(comment), 0},
    {S_INIT("creationInfo"), take_creation, 0, 0},
    {S_INIT("packages"), take_packages, 0, 0},
    {S_INIT("files"), take_files, 0, 0},
    {S_INIT("hasExtractedLicensingInfos"), take_licence_texts, 0, 0},
    {S_INIT("relationships"), take_relations, 0, 0},
};
#undef AT

/* ── relationships in shorthand: documentDescribes and hasFiles ── */

static str pair_key(struct arena *a, str from, str type, str to) {
    return arena_printf(a, "%.*s %.*s %.*s", STR_ARG(from), STR_ARG(type), STR_ARG(to));
}

static void imply(struct sbom *s, struct map *said, str from, const char *type, struct jv list) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        str to = j_str(it.val);
        bool fresh = false;
        if (!to.n)
            continue;
        map_put(said, pair_key(s->arena, from, str_of(type), to), &fresh);
        if (fresh)
            sbom_relate(s, from, to, type)->implied = true;
    }
}

/* What is said in full and in shorthand becomes one relation. */
static void imply_all(struct sbom *s, struct jv root) {
    struct jv described = j_get(root, "documentDescribes");
    bool any = j_len(described) > 0;
    for (struct jiter it = j_iter(j_get(root, "packages")); !any && j_next(&it);)
        any = j_len(j_get(it.val, "hasFiles")) > 0;
    if (!any)
        return;
    struct map said;
    map_init(&said, s->arena);
    for (uint32_t i = 0; i < s->relations.n; i++) {
        struct sbom_relation *r = &s->relations.v[i];
        if (str_is(r->type, "DESCRIBES") || str_is(r->type, "CONTAINS"))
            map_put(&said, pair_key(s->arena, r->from, r->type, r->to), NULL);
    }
    imply(s, &said, S("SPDXRef-DOCUMENT"), "DESCRIBES", described);
    for (struct jiter it = j_iter(j_get(root, "packages")); j_next(&it);)
        imply(s, &said, j_gets(it.val, "SPDXID"), "CONTAINS", j_get(it.val, "hasFiles"));
}

/* ── the document ── */

static bool arrays_of_objects(struct sbom_reading *r, const struct json *tree, struct err *e) {
    static const char *const names[] = {"packages", "files", "relationships", "hasExtractedLicensingInfos"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct jv list = j_get(tree->root, names[i]);
        if (list.v && !yyjson_is_arr(list.v))
            return err_set(e, ERR_INPUT, json_place(tree, list, r->arena), _("this must be an array"));
        for (struct jiter it = j_iter(list); j_next(&it);)
            if (!j_is_obj(it.val))
                return err_set(e, ERR_INPUT, json_place(tree, it.val, r->arena), _("this must be an object"));
    }
    return true;
}

bool spdx2_read_tree(struct sbom_reading *r, const struct json *tree, struct err *e) {
    struct taker t = {.a = r->arena};
    if (!j_is_obj(tree->root))
        return err_set(e, ERR_INPUT, json_place(tree, tree->root, r->arena), _("this must be an object"));
    r->out->source = *tree;
    str version = j_gets(tree->root, "spdxVersion");
    if (str_starts(version, S("SPDX-")))
        r->out->form.version = str_from(version, 5);
    if (!arrays_of_objects(r, tree, e))
        return false;
    take_members(&t, MEMBERS(document_members), tree->root, r->out, &r->out->extras);
    imply_all(r->out, tree->root);
    return true;
}
