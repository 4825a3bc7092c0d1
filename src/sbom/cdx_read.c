/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX tree to model: the document, its metadata, its graph. Lenient: what has the wrong type is absent here;
 * the validator tells.
 */
#include "sbom/cdx.h"

str cdx_text(struct cdx_in *in, struct jv v) {
    if (j_is_str(v))
        return j_str(v);
    return j_is_num(v) || j_is_bool(v) ? json_text(v, in->arena) : (str){NULL, 0};
}

/* A plain loop: length and first letter settle nearly every comparison, which is faster than hashing the key. */
static const struct cdx_field *field_of(const struct cdx_field *fields, str key) {
    for (; fields->name.n; fields++)
        if (fields->name.n == key.n && fields->name.p[0] == key.p[0] && str_eq(fields->name, key))
            return fields;
    return NULL;
}

void cdx_take_members(struct cdx_in *in, const struct cdx_field *fields, void *object, struct jv v,
                      struct sbom_extras *extras) {
    for (struct jiter it = j_iter(v); j_is_obj(v) && j_next(&it);) {
        const struct cdx_field *field = field_of(fields, it.key);
        if (field && field->take)
            field->take(in, object, it.val);
        else if (field)
            *(str *)(void *)((char *)object + field->offset) = cdx_text(in, it.val);
        else if (extras)
            extras_add(in->arena, extras, it.key, it.val);
    }
}

/* ── metadata ── */

static void take_author(struct cdx_in *in, struct sbom *s, struct jv v) {
    struct sbom_person person = {0};
    cdx_read_person(in, v, &person);
    struct sbom_org *org = vec_push(in->arena, &s->authors);
    *org = (struct sbom_org){.name = person.name, .email = person.email, .ref = person.ref, .is_person = true};
    if (person.phone.p)
        *vec_push(in->arena, &org->contacts) = person;
}

static void take_authors(struct cdx_in *in, void *object, struct jv v) {
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        take_author(in, object, it.val);
}

static void take_tools(struct cdx_in *in, void *object, struct jv v) {
    struct sbom *s = object;
    const char *lists[] = {NULL, "components", "services"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct jv list = lists[i] ? j_get(v, lists[i]) : v;
        for (struct jiter it = j_iter(list); j_is_arr(list) && j_next(&it);) {
            struct sbom_tool *tool = vec_push(in->arena, &s->tools);
            *tool = (struct sbom_tool){0};
            cdx_read_tool(in, it.val, tool);
        }
    }
}

static void take_lifecycles(struct cdx_in *in, void *object, struct jv v) {
    struct sbom *s = object;
    for (struct jiter it = j_iter(v); j_is_arr(v) && !s->lifecycle.p && j_next(&it);) {
        str phase = j_gets(it.val, "phase");
        s->lifecycle = phase.p ? phase : j_gets(it.val, "name");
    }
    (void)in;
}

static void take_supplier(struct cdx_in *in, void *object, struct jv v) {
    ((struct sbom *)object)->supplier = cdx_read_org(in, v);
}
static void take_manufacturer(struct cdx_in *in, void *object, struct jv v) {
    ((struct sbom *)object)->manufacturer = cdx_read_org(in, v);
}

static void take_properties(struct cdx_in *in, void *object, struct jv v) {
    struct sbom *s = object;
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        *vec_push(in->arena, &s->properties) = (struct sbom_property){cdx_text(in, j_get(it.val, "name")),
                                                                      cdx_text(in, j_get(it.val, "value"))};
}

static void take_nothing(struct cdx_in *in, void *object, struct jv v) { (void)in, (void)object, (void)v; }

static const struct cdx_field metadata_fields[] = {
    CDX_TEXT("timestamp", struct sbom, created),
    CDX_TAKE("authors", take_authors),
    CDX_TAKE("tools", take_tools),
    CDX_TAKE("lifecycles", take_lifecycles),
    CDX_TAKE("supplier", take_supplier),
    CDX_TAKE("manufacture", take_manufacturer),
    CDX_TAKE("manufacturer", take_manufacturer),
    CDX_TAKE("properties", take_properties),
    CDX_TAKE("component", take_nothing), /* read before everything else */
    CDX_END,
};

/* ── components, services ── */

static uint32_t add(struct cdx_in *in, struct jv v, uint32_t parent, bool service) {
    uint32_t at = in->sbom->components.n;
    struct sbom_component *component = sbom_add(in->sbom);
    if (service)
        cdx_read_service(in, v, component);
    else
        cdx_read_component(in, v, component);
    in->sbom->components.v[at].parent = parent;
    return at;
}

/* NOLINTNEXTLINE(misc-no-recursion): as deep as the tree, which json_parse bounds */
static void take_list(struct cdx_in *in, struct jv list, uint32_t parent, bool service, bool in_metadata) {
    for (struct jiter it = j_iter(list); j_is_arr(list) && j_next(&it);) {
        if (!j_is_obj(it.val))
            continue;
        uint32_t at = add(in, it.val, parent, service);
        in->sbom->components.v[at].in_metadata = in_metadata;
        take_list(in, j_get(it.val, service ? "services" : "components"), at, service, in_metadata);
    }
}

static void take_root(struct cdx_in *in, struct jv v) {
    if (!j_is_obj(v))
        return;
    uint32_t at = add(in, v, SBOM_NO, false);
    in->sbom->components.v[at].is_root = true;
    in->sbom->components.v[at].in_metadata = true;
    take_list(in, j_get(v, "components"), at, false, true);
}

/* ── graph ── */

static void relate_all(struct cdx_in *in, str ref, struct jv list, const char *type) {
    for (struct jiter it = j_iter(list); j_is_arr(list) && j_next(&it);)
        if (j_str(it.val).p)
            sbom_relate(in->sbom, ref, j_str(it.val), type);
}

static void take_dependencies(struct cdx_in *in, void *object, struct jv v) {
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        str ref = j_gets(it.val, "ref");
        if (!ref.p)
            continue;
        relate_all(in, ref, j_get(it.val, "dependsOn"), "DEPENDS_ON");
        relate_all(in, ref, j_get(it.val, "provides"), "PROVIDES");
    }
    (void)object;
}

static void take_vulns(struct cdx_in *in, void *object, struct jv v) {
    struct sbom *s = object;
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        struct sbom_vuln *vuln = vec_push(in->arena, &s->vulns);
        cdx_read_vuln(in, it.val, vuln);
    }
}

/* ── document ── */

static void take_metadata(struct cdx_in *in, void *object, struct jv v) {
    struct sbom *s = object;
    cdx_take_members(in, metadata_fields, s, v, &s->metadata_extras);
    s->name = j_str(j_get2(v, "component", "name"));
}

static void take_components(struct cdx_in *in, void *object, struct jv v) {
    take_list(in, v, SBOM_NO, false, false);
    (void)object;
}
static void take_services(struct cdx_in *in, void *object, struct jv v) {
    take_list(in, v, SBOM_NO, true, false);
    (void)object;
}

static const struct cdx_field document_fields[] = {
    CDX_TAKE("bomFormat", take_nothing),
    CDX_TAKE("specVersion", take_nothing),
    CDX_TEXT("serialNumber", struct sbom, id),
    CDX_TEXT("version", struct sbom, doc_version),
    CDX_TAKE("metadata", take_metadata),
    CDX_TAKE("components", take_components),
    CDX_TAKE("services", take_services),
    CDX_TAKE("dependencies", take_dependencies),
    CDX_TAKE("vulnerabilities", take_vulns),
    CDX_TAKE("properties", take_properties),
    CDX_END,
};

/* Room for the main component and those of the list, before the first comes: they are large. What claims to have very
 * many may be no list of components at all. */
static void reserve_components(struct cdx_in *in, struct jv list) {
    enum { MOST = 4096 };
    size_t n = j_len(list) < MOST ? j_len(list) + 1 : MOST;
    in->sbom->components.v = arena_alloc_n(in->arena, n, sizeof *in->sbom->components.v);
    in->sbom->components.cap = (uint32_t)n;
}

void cdx_read_document(struct cdx_in *in, struct jv root) {
    if (!in->sbom->components.cap)
        reserve_components(in, j_get(root, "components"));
    take_root(in, j_get2(root, "metadata", "component"));
    cdx_take_members(in, document_fields, in->sbom, root, &in->sbom->extras);
}
