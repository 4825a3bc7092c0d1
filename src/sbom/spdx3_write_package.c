/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 3.0: packages and files from the model.
 */
#include "sbom/spdx3_write.h"

static void hashes(struct spdx3_out *o, struct spdx2_object *obj, const struct sbom_hashes *list, str who) {
    uint32_t known = 0;
    for (uint32_t i = 0; i < list->n; i++)
        if (spdx3_alg_from_model(list->v[i].alg).p)
            known++;
        else
            codec_loss(o->w, who, _("SPDX has no name for the digest %.*s"), STR_ARG(list->v[i].alg));
    if (!known)
        return;
    spdx2_key(obj, "verifiedUsing");
    jw_arr(o->jw);
    for (uint32_t i = 0; i < list->n; i++) {
        str alg = spdx3_alg_from_model(list->v[i].alg);
        if (!alg.p)
            continue;
        jw_obj(o->jw);
        jw_kstr(o->jw, "type", S("Hash"));
        jw_kstr(o->jw, "algorithm", alg);
        jw_kstr(o->jw, "hashValue", list->v[i].hex);
        jw_obj_end(o->jw);
    }
    jw_arr_end(o->jw);
}

static void identifier(struct spdx3_out *o, const char *type, str id) {
    if (!id.n)
        return;
    jw_obj(o->jw);
    jw_kstr(o->jw, "type", S("ExternalIdentifier"));
    jw_kstr(o->jw, "externalIdentifierType", str_of(type));
    jw_kstr(o->jw, "identifier", id);
    jw_obj_end(o->jw);
}

static const char *other_type(str id) {
    if (str_starts(id, S("gitoid:")))
        return "gitoid";
    return str_starts(id, S("swh:")) ? "swhid" : "other";
}

static void identifiers(struct spdx3_out *o, struct spdx2_object *obj, const struct sbom_component *c) {
    if (!c->purl.n && !c->more_purls.n && !c->cpes.n && !c->swid.n && !c->other_ids.n)
        return;
    spdx2_key(obj, "externalIdentifier");
    jw_arr(o->jw);
    identifier(o, "packageUrl", c->purl);
    for (uint32_t i = 0; i < c->more_purls.n; i++)
        identifier(o, "packageUrl", c->more_purls.v[i]);
    for (uint32_t i = 0; i < c->cpes.n; i++)
        identifier(o, str_starts(c->cpes.v[i], S("cpe:2.3:")) ? "cpe23" : "cpe22", c->cpes.v[i]);
    identifier(o, "swid", c->swid);
    for (uint32_t i = 0; i < c->other_ids.n; i++)
        identifier(o, other_type(c->other_ids.v[i]), c->other_ids.v[i]);
    jw_arr_end(o->jw);
}

/* An SPDX 2 identity with a comment stands among the externals too. */
static bool is_identity(const struct sbom_external *x) {
    return x->category.p && spdx2_ref_kind(x->category, x->type) != REF_PLAIN;
}

static str external_type(const struct sbom_external *x) {
    if (str_is(x->category, "SECURITY"))
        return str_is(x->type, "advisory") ? S("securityAdvisory") : S("securityOther");
    return spdx3_ref_from_model(x->type);
}

static void externals(struct spdx3_out *o, struct spdx2_object *obj, const struct sbom_component *c) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < c->externals.n; i++)
        n += !is_identity(&c->externals.v[i]);
    if (!n)
        return;
    spdx2_key(obj, "externalRef");
    jw_arr(o->jw);
    for (uint32_t i = 0; i < c->externals.n; i++) {
        const struct sbom_external *x = &c->externals.v[i];
        if (is_identity(x))
            continue;
        jw_obj(o->jw);
        jw_kstr(o->jw, "type", S("ExternalRef"));
        jw_kstr(o->jw, "externalRefType", external_type(x));
        jw_karr(o->jw, "locator");
        jw_str(o->jw, x->url);
        jw_arr_end(o->jw);
        jw_kstr(o->jw, "comment", x->comment);
        jw_obj_end(o->jw);
    }
    jw_arr_end(o->jw);
}

/* SPDX 3.0.1 extension profile: CdxPropertiesExtension. */
static void properties(struct spdx3_out *o, struct spdx2_object *obj, const struct sbom_component *c) {
    if (!c->properties.n)
        return;
    spdx2_key(obj, "extension");
    jw_arr(o->jw);
    jw_obj(o->jw);
    jw_kstr(o->jw, "type", S("extension_CdxPropertiesExtension"));
    jw_karr(o->jw, "extension_cdxProperty");
    for (uint32_t i = 0; i < c->properties.n; i++) {
        jw_obj(o->jw);
        jw_kstr(o->jw, "type", S("extension_CdxPropertyEntry"));
        jw_kstr(o->jw, "extension_cdxPropName", c->properties.v[i].name);
        jw_kstr(o->jw, "extension_cdxPropValue", c->properties.v[i].value);
        jw_obj_end(o->jw);
    }
    jw_arr_end(o->jw);
    jw_obj_end(o->jw);
    jw_arr_end(o->jw);
}

static void agents(struct spdx3_out *o, struct spdx2_object *obj, const struct sbom_component *c) {
    if (c->supplier)
        spdx2_text(obj, "suppliedBy", spdx3_agent(o, c->supplier));
    if (!c->producer)
        return;
    spdx2_key(obj, "originatedBy");
    jw_arr(o->jw);
    jw_str(o->jw, spdx3_agent(o, c->producer));
    jw_arr_end(o->jw);
}

static str date(struct spdx3_out *o, str text) {
    int64_t t;
    return text.n && time_parse(text, &t) ? time_rfc3339(o->a, t) : (str){NULL, 0};
}

static const char *package_type(const struct spdx3_out *o, const struct sbom_component *c) {
    str class = o->native && c->origin.v ? spdx3_type_of(c->origin) : S("Package");
    if (str_is(class, "AIPackage"))
        return "ai_AIPackage";
    return str_is(class, "DatasetPackage") ? "dataset_DatasetPackage" : "software_Package";
}

void spdx3_write_package(struct spdx3_out *o, const struct sbom_component *c) {
    str iri = spdx3_iri_of_component(o, c);
    struct spdx2_object obj = spdx3_element(o, package_type(o, c), iri);
    spdx2_text(&obj, "name", spdx2_package_name(o->a, c));
    spdx2_text(&obj, "summary", c->summary);
    spdx2_text(&obj, "description", c->description);
    spdx2_text(&obj, "comment", c->comment);
    spdx2_text(&obj, "software_packageVersion", c->version);
    spdx2_text(&obj, "software_packageUrl", c->purl.n ? c->purl : (str){NULL, 0});
    spdx2_text(&obj, "software_primaryPurpose", spdx3_purpose_of_type(c->type));
    spdx2_text(&obj, "software_downloadLocation", c->download.n ? c->download : (str){NULL, 0});
    spdx2_text(&obj, "software_homePage", c->homepage.n ? c->homepage : (str){NULL, 0});
    spdx2_text(&obj, "software_sourceInfo", spdx2_source_info(o->a, c));
    spdx2_text(&obj, "software_copyrightText", c->copyright);
    agents(o, &obj, c);
    hashes(o, &obj, &c->hashes, iri);
    identifiers(o, &obj, c);
    externals(o, &obj, c);
    spdx2_text(&obj, "releaseTime", date(o, c->released));
    spdx2_text(&obj, "builtTime", date(o, c->built));
    spdx2_text(&obj, "validUntilTime", date(o, c->valid_until));
    properties(o, &obj, c);
    if (o->native)
        spdx2_extras(&obj, &c->extras);
    spdx2_object_close(&obj);
}

/* SPDX 2 file types that are purposes. */
static str file_purpose(const struct sbom_file *f) {
    static const struct {
        const char *type;
        str purpose;
    } known[] = {
        {"SOURCE", S_INIT("source")},   {"BINARY", S_INIT("executable")},
        {"ARCHIVE", S_INIT("archive")}, {"APPLICATION", S_INIT("application")},
        {"TEXT", S_INIT("file")},       {"DOCUMENTATION", S_INIT("documentation")},
    };
    for (uint32_t i = 0; i < f->types.n; i++)
        for (size_t k = 0; k < sizeof known / sizeof *known; k++)
            if (str_is(f->types.v[i], known[k].type))
                return known[k].purpose;
    return f->types.n ? S("other") : (str){NULL, 0};
}

void spdx3_write_file(struct spdx3_out *o, const struct sbom_file *f) {
    str iri = spdx3_iri(o, f->ref);
    if (!iri.p)
        return;
    struct spdx2_object obj = spdx3_element(o, "software_File", iri);
    spdx2_text(&obj, "name", f->path);
    spdx2_text(&obj, "comment", f->comment);
    spdx2_text(&obj, "software_copyrightText", f->copyright);
    hashes(o, &obj, &f->hashes, iri);
    spdx2_text(&obj, "software_primaryPurpose", file_purpose(f));
    if (f->notice.n) {
        spdx2_key(&obj, "software_attributionText");
        jw_arr(o->jw);
        jw_str(o->jw, f->notice);
        jw_arr_end(o->jw);
    }
    if (o->native)
        spdx2_extras(&obj, &f->extras);
    spdx2_object_close(&obj);
}
