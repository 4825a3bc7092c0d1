/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX tree to model: one component or service and what hangs on it.
 */
#include "sbom/cdx.h"

static struct sbom_component *as_component(void *object) { return object; }

static str lower_hex(struct cdx_in *in, str hex) {
    for (size_t i = 0; i < hex.n; i++)
        if (ch_upper(hex.p[i]))
            return arena_lower(in->arena, hex);
    return hex;
}

void cdx_read_hashes(struct cdx_in *in, struct jv v, struct sbom_hashes *out) {
    CDX_RESERVE(in, out, v);
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        *vec_push(in->arena, out) = (struct sbom_hash){j_gets(it.val, "alg"), lower_hex(in, j_gets(it.val, "content"))};
}

/* ── organisations and people ── */

void cdx_read_person(struct cdx_in *in, struct jv v, struct sbom_person *out) {
    static const struct cdx_field fields[] = {
        CDX_TEXT("name", struct sbom_person, name),
        CDX_TEXT("email", struct sbom_person, email),
        CDX_TEXT("phone", struct sbom_person, phone),
        CDX_TEXT("bom-ref", struct sbom_person, ref),
        CDX_END,
    };
    cdx_take_members(in, fields, out, v, NULL);
}

static void take_urls(struct cdx_in *in, void *object, struct jv v) {
    struct sbom_org *org = object;
    CDX_RESERVE(in, &org->urls, v);
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        if (j_str(it.val).p)
            *vec_push(in->arena, &org->urls) = j_str(it.val);
}

static void take_contacts(struct cdx_in *in, void *object, struct jv v) {
    struct sbom_org *org = object;
    CDX_RESERVE(in, &org->contacts, v);
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        struct sbom_person *person = vec_push(in->arena, &org->contacts);
        *person = (struct sbom_person){0};
        cdx_read_person(in, it.val, person);
    }
}

struct sbom_org *cdx_read_org(struct cdx_in *in, struct jv v) {
    static const struct cdx_field fields[] = {
        CDX_TEXT("name", struct sbom_org, name),
        CDX_TEXT("bom-ref", struct sbom_org, ref),
        CDX_TAKE("url", take_urls),
        CDX_TAKE("contact", take_contacts),
        CDX_END,
    };
    if (!j_is_obj(v))
        return NULL;
    struct sbom_org *org = arena_new_of(in->arena, struct sbom_org);
    cdx_take_members(in, fields, org, v, &org->extras);
    return org;
}

/* ── licences ── */

static void take_licence_text(struct cdx_in *in, void *object, struct jv v) {
    static const struct cdx_field fields[] = {
        CDX_TEXT("content", struct sbom_licence, text),
        CDX_TEXT("contentType", struct sbom_licence, text_type),
        CDX_TEXT("encoding", struct sbom_licence, text_encoding),
        CDX_END,
    };
    cdx_take_members(in, fields, object, v, NULL);
}

static void take_acknowledgement(struct cdx_in *in, void *object, struct jv v) {
    struct sbom_licence *licence = object;
    licence->acknowledged = true;
    licence->kind = str_is(j_str(v), "concluded") ? LICENCE_CONCLUDED : LICENCE_DECLARED;
    (void)in;
}

static const struct cdx_field licence_fields[] = {
    CDX_TEXT("id", struct sbom_licence, expression),   CDX_TEXT("expression", struct sbom_licence, expression),
    CDX_TEXT("name", struct sbom_licence, name),       CDX_TEXT("url", struct sbom_licence, url),
    CDX_TEXT("bom-ref", struct sbom_licence, ref),     CDX_TAKE("text", take_licence_text),
    CDX_TAKE("acknowledgement", take_acknowledgement), CDX_END,
};

static void read_licences(struct cdx_in *in, struct sbom_component *component, struct jv v, bool seen) {
    CDX_RESERVE(in, &component->licences, v);
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        struct sbom_licence *licence = vec_push(in->arena, &component->licences);
        struct jv inner = j_get(it.val, "license");
        *licence = (struct sbom_licence){0};
        cdx_take_members(in, licence_fields, licence, j_ok(inner) ? inner : it.val, &licence->extras);
        if (seen)
            licence->kind = LICENCE_SEEN;
    }
}

static void take_licences(struct cdx_in *in, void *object, struct jv v) { read_licences(in, object, v, false); }

/* ── the other members with structure ── */

static void take_external_hashes(struct cdx_in *in, void *object, struct jv v) {
    cdx_read_hashes(in, v, &((struct sbom_external *)object)->hashes);
}

static void take_externals(struct cdx_in *in, void *object, struct jv v) {
    static const struct cdx_field fields[] = {
        CDX_TEXT("type", struct sbom_external, type),
        CDX_TEXT("url", struct sbom_external, url),
        CDX_TEXT("comment", struct sbom_external, comment),
        CDX_TAKE("hashes", take_external_hashes),
        CDX_END,
    };
    CDX_RESERVE(in, &as_component(object)->externals, v);
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        struct sbom_external *external = vec_push(in->arena, &as_component(object)->externals);
        *external = (struct sbom_external){0};
        cdx_take_members(in, fields, external, it.val, &external->extras);
    }
}

static void take_properties(struct cdx_in *in, void *object, struct jv v) {
    CDX_RESERVE(in, &as_component(object)->properties, v);
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        *vec_push(in->arena, &as_component(object)->properties) = (struct sbom_property){
            cdx_text(in, j_get(it.val, "name")), cdx_text(in, j_get(it.val, "value"))};
}

static void take_type(struct cdx_in *in, void *object, struct jv v) {
    as_component(object)->type = cdx_type(j_str(v));
    as_component(object)->type_text = j_str(v);
    (void)in;
}
static void take_hashes(struct cdx_in *in, void *object, struct jv v) {
    cdx_read_hashes(in, v, &as_component(object)->hashes);
}
static void take_supplier(struct cdx_in *in, void *object, struct jv v) {
    as_component(object)->supplier = cdx_read_org(in, v);
}
static void take_manufacturer(struct cdx_in *in, void *object, struct jv v) {
    as_component(object)->producer = cdx_read_org(in, v);
}
static void take_author(struct cdx_in *in, void *object, struct jv v) {
    if (j_str(v).p)
        *vec_push(in->arena, &as_component(object)->authors) = (struct sbom_person){.name = j_str(v)};
}
static void take_authors(struct cdx_in *in, void *object, struct jv v) {
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);) {
        struct sbom_person *person = vec_push(in->arena, &as_component(object)->authors);
        *person = (struct sbom_person){0};
        cdx_read_person(in, it.val, person);
    }
}
static void take_scope(struct cdx_in *in, void *object, struct jv v) {
    static const char *const words[] = {
        [SCOPE_REQUIRED] = "required", [SCOPE_OPTIONAL] = "optional", [SCOPE_EXCLUDED] = "excluded"};
    for (unsigned i = SCOPE_REQUIRED; i <= SCOPE_EXCLUDED; i++)
        if (str_is(j_str(v), words[i]))
            as_component(object)->scope = (enum sbom_scope)i;
    (void)in;
}
static void take_cpe(struct cdx_in *in, void *object, struct jv v) {
    str *one = j_str(v).p ? arena_new_of(in->arena, str) : NULL;
    if (!one)
        return;
    *one = j_str(v); /* there is never a second one in this format */
    as_component(object)->cpes.v = one;
    as_component(object)->cpes.n = as_component(object)->cpes.cap = 1;
}
static void take_other_ids(struct cdx_in *in, void *object, struct jv v) {
    for (struct jiter it = j_iter(v); j_is_arr(v) && j_next(&it);)
        if (j_str(it.val).p)
            *vec_push(in->arena, &as_component(object)->other_ids) = j_str(it.val);
}
static void take_swid(struct cdx_in *in, void *object, struct jv v) {
    as_component(object)->swid = j_gets(v, "tagId");
    (void)in;
}
static void take_modified(struct cdx_in *in, void *object, struct jv v) {
    as_component(object)->modified = j_true(v);
    (void)in;
}

static void take_evidence(struct cdx_in *in, void *object, struct jv v) {
    struct sbom_component *component = object;
    struct jv occurrences = j_get(v, "occurrences");
    CDX_RESERVE(in, &component->places, occurrences);
    for (struct jiter it = j_iter(occurrences); j_is_arr(occurrences) && j_next(&it);) {
        int64_t line = j_int(j_get(it.val, "line"), 0);
        *vec_push(in->arena, &component->places) = (struct sbom_place){
            .path = j_gets(it.val, "location"), .line = line > 0 && line <= UINT32_MAX ? (uint32_t)line : 0};
    }
    read_licences(in, component, j_get(v, "licenses"), true);
    for (struct jiter it = j_iter(v); j_is_obj(v) && j_next(&it);)
        if (!str_is(it.key, "occurrences") && !str_is(it.key, "licenses")) {
            extras_add(in->arena, &component->extras, S("evidence"), v);
            return;
        }
}

static void take_nested(struct cdx_in *in, void *object, struct jv v) { (void)in, (void)object, (void)v; }

static const struct cdx_field component_fields[] = {
    CDX_TEXT("name", struct sbom_component, name),
    CDX_TEXT("version", struct sbom_component, version),
    CDX_TEXT("bom-ref", struct sbom_component, ref),
    CDX_TEXT("purl", struct sbom_component, purl),
    CDX_TAKE("type", take_type),
    CDX_TEXT("group", struct sbom_component, group),
    CDX_TEXT("description", struct sbom_component, description),
    CDX_TAKE("licenses", take_licences),
    CDX_TAKE("hashes", take_hashes),
    CDX_TAKE("properties", take_properties),
    CDX_TAKE("externalReferences", take_externals),
    CDX_TAKE("scope", take_scope),
    CDX_TAKE("cpe", take_cpe),
    CDX_TAKE("author", take_author),
    CDX_TAKE("authors", take_authors),
    CDX_TEXT("publisher", struct sbom_component, publisher),
    CDX_TAKE("supplier", take_supplier),
    CDX_TAKE("manufacturer", take_manufacturer),
    CDX_TEXT("copyright", struct sbom_component, copyright),
    CDX_TAKE("swid", take_swid),
    CDX_TAKE("swhid", take_other_ids),
    CDX_TAKE("omniborId", take_other_ids),
    CDX_TAKE("evidence", take_evidence),
    CDX_TAKE("modified", take_modified),
    CDX_TAKE("components", take_nested),
    CDX_END,
};

void cdx_read_component(struct cdx_in *in, struct jv v, struct sbom_component *out) {
    *out = (struct sbom_component){.parent = SBOM_NO, .origin = v};
    cdx_take_members(in, component_fields, out, v, &out->extras);
}

static const struct cdx_field service_fields[] = {
    CDX_TEXT("name", struct sbom_component, name),
    CDX_TEXT("version", struct sbom_component, version),
    CDX_TEXT("bom-ref", struct sbom_component, ref),
    CDX_TEXT("group", struct sbom_component, group),
    CDX_TEXT("description", struct sbom_component, description),
    CDX_TAKE("licenses", take_licences),
    CDX_TAKE("properties", take_properties),
    CDX_TAKE("externalReferences", take_externals),
    CDX_TAKE("provider", take_supplier),
    CDX_TAKE("services", take_nested),
    CDX_END,
};

void cdx_read_service(struct cdx_in *in, struct jv v, struct sbom_component *out) {
    *out = (struct sbom_component){.parent = SBOM_NO, .type = TYPE_SERVICE, .origin = v};
    cdx_take_members(in, service_fields, out, v, &out->extras);
}

/* ── tools: {vendor, name, version} up to 1.4, components and services since 1.5 ── */

static void take_tool_vendor(struct cdx_in *in, void *object, struct jv v) {
    ((struct sbom_tool *)object)->vendor = j_is_obj(v) ? j_gets(v, "name") : cdx_text(in, v);
}
static void take_tool_hashes(struct cdx_in *in, void *object, struct jv v) {
    cdx_read_hashes(in, v, &((struct sbom_tool *)object)->hashes);
}

void cdx_read_tool(struct cdx_in *in, struct jv v, struct sbom_tool *out) {
    static const struct cdx_field fields[] = {
        CDX_TAKE("vendor", take_tool_vendor),
        CDX_TAKE("publisher", take_tool_vendor),
        CDX_TAKE("manufacturer", take_tool_vendor),
        CDX_TAKE("supplier", take_tool_vendor),
        CDX_TAKE("provider", take_tool_vendor),
        CDX_TEXT("name", struct sbom_tool, name),
        CDX_TEXT("version", struct sbom_tool, version),
        CDX_TAKE("hashes", take_tool_hashes),
        CDX_END,
    };
    cdx_take_members(in, fields, out, v, &out->extras);
}
