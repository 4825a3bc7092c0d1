/* SPDX-License-Identifier: Apache-2.0
 *
 * SPDX 2.x: packages and files from the model. One that was read from SPDX and not changed since is written as it
 * stood: "not changed" means that the model writes the same JSON for it as for what its origin reads as.
 */
#include "sbom/spdx2_write.h"

/* ── objects ── */

struct spdx2_object spdx2_object_open(struct arena *a, struct jw *w) {
    jw_obj(w);
    return (struct spdx2_object){.w = w, .a = a};
}
void spdx2_object_close(struct spdx2_object *o) { jw_obj_end(o->w); }

bool spdx2_object_has(const struct spdx2_object *o, str key) {
    for (uint32_t i = 0; i < o->keys.n; i++)
        if (str_eq(o->keys.v[i], key))
            return true;
    return false;
}

void spdx2_key(struct spdx2_object *o, const char *key) {
    *vec_push(o->a, &o->keys) = str_of(key);
    jw_key(o->w, str_of(key));
}

void spdx2_text(struct spdx2_object *o, const char *key, str text) {
    if (!text.p || spdx2_object_has(o, str_of(key)))
        return;
    spdx2_key(o, key);
    jw_str(o->w, text);
}

void spdx2_extras(struct spdx2_object *o, const struct sbom_extras *extras) {
    for (uint32_t i = 0; i < extras->n; i++) {
        if (spdx2_object_has(o, extras->v[i].key))
            continue;
        *vec_push(o->a, &o->keys) = extras->v[i].key;
        extra_write(o->w, &extras->v[i]);
    }
}

/* What must be stated, when nothing is. */
static void unstated(struct spdx2_object *o, const char *key) { spdx2_text(o, key, S("NOASSERTION")); }

/* ── parts ── */

static void checksums(struct spdx2_out *o, struct spdx2_object *obj, const struct sbom_hashes *hashes, str who) {
    if (!hashes->n)
        return;
    spdx2_key(obj, "checksums");
    jw_arr(obj->w);
    for (uint32_t i = 0; i < hashes->n; i++) {
        str alg = spdx2_alg_from_model(hashes->v[i].alg);
        if (!alg.p && !o->native) {
            codec_loss(o->w, who, _("SPDX has no name for the digest %.*s"), STR_ARG(hashes->v[i].alg));
            continue;
        }
        jw_obj(obj->w);
        jw_kstr(obj->w, "algorithm", alg.p ? alg : hashes->v[i].alg);
        jw_kstr(obj->w, "checksumValue", hashes->v[i].hex);
        jw_obj_end(obj->w);
    }
    jw_arr_end(obj->w);
}

static void reference(struct jw *w, str category, str type, str locator, str comment) {
    jw_obj(w);
    jw_kstr(w, "referenceCategory", category);
    jw_kstr(w, "referenceType", type);
    jw_kstr(w, "referenceLocator", locator);
    jw_kstr(w, "comment", comment);
    jw_obj_end(w);
}

static void identity(struct jw *w, const struct sbom_component *c, const char *category, str type, str locator) {
    for (uint32_t i = 0; i < c->externals.n; i++) /* one with a comment stands among the externals too */
        if (c->externals.v[i].category.p && str_eq(c->externals.v[i].url, locator))
            return;
    if (locator.n)
        reference(w, str_of(category), type, locator, (str){NULL, 0});
}

static str cpe_type(str cpe) { return str_starts(cpe, S("cpe:2.3:")) ? S("cpe23Type") : S("cpe22Type"); }
static str id_type(str id) { return str_starts(id, S("gitoid:")) ? S("gitoid") : S("swh"); }

/* CycloneDX names of external references that have a field of their own here. */
static bool has_field(str type) { return str_is(type, "website") || str_is(type, "distribution"); }

static str without_blanks(struct arena *a, str text) {
    if (str_chr(text, ' ') == STR_NONE)
        return text;
    struct buf b = {0};
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == ' ')
            buf_addz(&b, "%20");
        else
            buf_addc(&b, text.p[i]);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

static void external(struct spdx2_out *o, struct jw *w, const struct sbom_external *x) {
    if (x->category.p) {
        reference(w, x->category, x->type, x->url, x->comment);
    } else if (!has_field(x->type)) {
        bool advisory = str_is(x->type, "advisories");
        reference(w, advisory ? S("SECURITY") : S("OTHER"),
                  advisory    ? S("advisory")
                  : x->type.n ? x->type
                              : S("other"),
                  without_blanks(o->a, x->url), x->comment);
    }
}

static void references(struct spdx2_out *o, struct spdx2_object *obj, const struct sbom_component *c) {
    uint32_t plain = 0;
    for (uint32_t i = 0; i < c->externals.n; i++)
        plain += c->externals.v[i].category.p || !has_field(c->externals.v[i].type);
    if (!c->purl.n && !c->more_purls.n && !c->cpes.n && !c->swid.n && !c->other_ids.n && !plain)
        return;
    spdx2_key(obj, "externalRefs");
    jw_arr(obj->w);
    identity(obj->w, c, "PACKAGE-MANAGER", S("purl"), c->purl);
    for (uint32_t i = 0; i < c->more_purls.n; i++)
        identity(obj->w, c, "PACKAGE-MANAGER", S("purl"), c->more_purls.v[i]);
    for (uint32_t i = 0; i < c->cpes.n; i++)
        identity(obj->w, c, "SECURITY", cpe_type(c->cpes.v[i]), c->cpes.v[i]);
    identity(obj->w, c, "SECURITY", S("swid"), c->swid);
    for (uint32_t i = 0; i < c->other_ids.n; i++)
        identity(obj->w, c, "PERSISTENT-ID", id_type(c->other_ids.v[i]), c->other_ids.v[i]);
    for (uint32_t i = 0; i < c->externals.n; i++)
        external(o, obj->w, &c->externals.v[i]);
    jw_arr_end(obj->w);
}

static void seen_licences(struct spdx2_out *o, struct spdx2_object *obj, const char *key,
                          const struct sbom_licences *licences) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < licences->n; i++)
        n += licences->v[i].kind == LICENCE_SEEN && licences->v[i].expression.n;
    if (!n)
        return;
    spdx2_key(obj, key);
    jw_arr(obj->w);
    for (uint32_t i = 0; i < licences->n; i++)
        if (licences->v[i].kind == LICENCE_SEEN && licences->v[i].expression.n)
            jw_str(obj->w, licences->v[i].expression);
    jw_arr_end(obj->w);
    (void)o;
}

static str party(struct spdx2_out *o, const struct sbom_org *org) {
    return org ? spdx2_party_text(o->a, org) : (str){NULL, 0};
}

static str external_url(const struct sbom_component *c, const char *type) {
    for (uint32_t i = 0; i < c->externals.n; i++)
        if (!c->externals.v[i].category.p && str_is(c->externals.v[i].type, type))
            return c->externals.v[i].url;
    return (str){NULL, 0};
}

/* "@babel" and "core" make "@babel/core", "org.apache" and "x" make "org.apache:x". */
str spdx2_package_name(struct arena *a, const struct sbom_component *c) {
    if (!c->group.n || str_starts(c->name, c->group))
        return c->name;
    const char *between = str_starts(c->purl, S("pkg:maven/")) ? ":" : "/";
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(c->group), between, STR_ARG(c->name));
}

static str date(struct spdx2_out *o, str text) {
    int64_t t;
    return text.p && !o->native && time_parse(text, &t) ? time_rfc3339(o->a, t) : text;
}

/* Where a component was found has no field of its own. */
str spdx2_source_info(struct arena *a, const struct sbom_component *c) {
    if (c->source_info.p || !c->places.n)
        return c->source_info;
    struct buf b = {0};
    buf_addz(&b, "found in: ");
    for (uint32_t i = 0; i < c->places.n; i++) {
        buf_addz(&b, i ? ", " : "");
        buf_add(&b, c->places.v[i].path);
        if (c->places.v[i].line)
            buf_addf(&b, ":%u", c->places.v[i].line);
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

/* ── packages ── */

/* Properties become annotations by this program, which its reader knows. */
static void annotations(struct spdx2_out *o, struct spdx2_object *obj, const struct sbom_component *c) {
    if (!c->properties.n)
        return;
    spdx2_key(obj, "annotations");
    jw_arr(obj->w);
    for (uint32_t i = 0; o->native && i < c->extras.n; i++)
        for (struct jiter it = j_iter(c->extras.v[i].val); str_is(c->extras.v[i].key, "annotations") && j_next(&it);)
            jw_val(obj->w, it.val);
    for (uint32_t i = 0; i < c->properties.n; i++) {
        const struct sbom_property *p = &c->properties.v[i];
        jw_obj(obj->w);
        jw_kstr(obj->w, "annotationDate", o->created);
        jw_kstr(obj->w, "annotationType", S("OTHER"));
        jw_kstr(obj->w, "annotator", S(SPDX2_ANNOTATOR));
        jw_kstr(obj->w, "comment", arena_printf(o->a, SPDX2_PROPERTY "%.*s=%.*s", STR_ARG(p->name), STR_ARG(p->value)));
        jw_obj_end(obj->w);
    }
    jw_arr_end(obj->w);
}

static void package_since_23(struct spdx2_out *o, struct spdx2_object *obj, const struct sbom_component *c, str id) {
    if (o->v22) {
        if (c->type != TYPE_UNKNOWN || c->released.p || c->built.p || c->valid_until.p)
            codec_loss(o->w, id, _("SPDX 2.2 has no purpose and no dates of a package"));
        return;
    }
    str purpose = spdx2_purpose_of_type(c->type);
    spdx2_text(obj, "primaryPackagePurpose", purpose);
    spdx2_text(obj, "releaseDate", date(o, c->released));
    spdx2_text(obj, "builtDate", date(o, c->built));
    spdx2_text(obj, "validUntilDate", date(o, c->valid_until));
}

static void package_texts(struct spdx2_out *o, struct spdx2_object *obj, const struct sbom_component *c) {
    spdx2_text(obj, "copyrightText", c->copyright);
    spdx2_text(obj, "sourceInfo", spdx2_source_info(o->a, c));
    spdx2_text(obj, "summary", c->summary);
    spdx2_text(obj, "description", c->description);
    spdx2_text(obj, "comment", c->comment);
}

static void package(struct spdx2_out *o, struct jw *w, const struct sbom_component *c) {
    struct spdx2_object obj = spdx2_object_open(o->a, w);
    str id = o->native && c->origin.v ? c->ref : spdx2_id_of_component(o, c);
    spdx2_text(&obj, "name", spdx2_package_name(o->a, c));
    spdx2_text(&obj, "SPDXID", id);
    spdx2_text(&obj, "versionInfo", c->version);
    spdx2_text(&obj, "packageFileName", c->file_name);
    package_since_23(o, &obj, c, id);
    spdx2_text(&obj, "supplier", party(o, c->supplier));
    spdx2_text(&obj, "originator", party(o, c->producer));
    spdx2_text(&obj, "downloadLocation", c->download.p ? c->download : external_url(c, "distribution"));
    spdx2_text(&obj, "homepage", c->homepage.p ? c->homepage : external_url(c, "website"));
    checksums(o, &obj, &c->hashes, id);
    spdx2_text(&obj, "licenseConcluded", spdx2_expression(o, &c->licences, LICENCE_CONCLUDED));
    spdx2_text(&obj, "licenseDeclared", spdx2_expression(o, &c->licences, LICENCE_DECLARED));
    seen_licences(o, &obj, "licenseInfoFromFiles", &c->licences);
    package_texts(o, &obj, c);
    references(o, &obj, c);
    annotations(o, &obj, c);
    if (o->native)
        spdx2_extras(&obj, &c->extras);
    if (!o->native) {
        jw_kbool(w, "filesAnalyzed", false);
        unstated(&obj, "licenseConcluded");
        unstated(&obj, "licenseDeclared");
        unstated(&obj, "copyrightText");
    }
    unstated(&obj, "downloadLocation");
    spdx2_object_close(&obj);
}

/* ── files ── */

static void file(struct spdx2_out *o, struct jw *w, const struct sbom_file *f) {
    struct spdx2_object obj = spdx2_object_open(o->a, w);
    spdx2_text(&obj, "fileName", f->path);
    spdx2_text(&obj, "SPDXID", spdx2_id_of(o, f->ref));
    checksums(o, &obj, &f->hashes, f->ref);
    if (f->types.n) {
        spdx2_key(&obj, "fileTypes");
        jw_arr(w);
        for (uint32_t i = 0; i < f->types.n; i++)
            jw_str(w, f->types.v[i]);
        jw_arr_end(w);
    }
    spdx2_text(&obj, "licenseConcluded", spdx2_expression(o, &f->licences, LICENCE_CONCLUDED));
    seen_licences(o, &obj, "licenseInfoInFiles", &f->licences);
    spdx2_text(&obj, "copyrightText", f->copyright);
    spdx2_text(&obj, "comment", f->comment);
    spdx2_text(&obj, "noticeText", f->notice);
    if (o->native)
        spdx2_extras(&obj, &f->extras);
    spdx2_object_close(&obj);
}

/* ── changed or not ── */

static bool same(struct buf *x, struct buf *y) {
    bool equal = str_eq(buf_str(x), buf_str(y));
    buf_free(x);
    buf_free(y);
    return equal;
}

static bool package_unchanged(struct spdx2_out *o, const struct sbom_component *c) {
    if (!o->verbatim || !c->origin.v)
        return false;
    struct sbom_component as_read;
    struct buf now = {0}, then = {0};
    struct jw w_now = jw_to(&now, false), w_then = jw_to(&then, false);
    spdx2_read_package(o->a, c->origin, &as_read);
    if (!str_eq(as_read.ref, c->ref))
        return false;
    package(o, &w_now, c);
    package(o, &w_then, &as_read);
    return same(&now, &then);
}

static bool file_unchanged(struct spdx2_out *o, const struct sbom_file *f) {
    if (!o->verbatim || !f->origin.v)
        return false;
    struct sbom_file as_read;
    struct buf now = {0}, then = {0};
    struct jw w_now = jw_to(&now, false), w_then = jw_to(&then, false);
    spdx2_read_file(o->a, f->origin, &as_read);
    file(o, &w_now, f);
    file(o, &w_then, &as_read);
    return same(&now, &then);
}

void spdx2_write_package(struct spdx2_out *o, struct jw *w, const struct sbom_component *c) {
    if (package_unchanged(o, c))
        jw_val(w, c->origin);
    else
        package(o, w, c);
}

void spdx2_write_file(struct spdx2_out *o, struct jw *w, const struct sbom_file *f) {
    if (file_unchanged(o, f))
        jw_val(w, f->origin);
    else
        file(o, w, f);
}
