/* SPDX-License-Identifier: Apache-2.0
 *
 * OSV 1.x: one advisory, or an array of them. What counts is `affected`: package, ranges (SEMVER, ECOSYSTEM; GIT ones
 * only through the listed versions), versions.
 */
#include "vuln/compile.h"
#include "vuln/distro.h"
#include "vuln/document.h"

static bool is_osv(struct jv v) {
    return j_gets(v, "id").p && !j_ok(j_get(v, "cveMetadata")) &&
           (j_is_arr(j_get(v, "affected")) || j_gets(v, "modified").p || j_gets(v, "withdrawn").p);
}

static bool osv_is(const struct import_job *job) {
    return is_osv(job->json.root) || (j_is_arr(job->json.root) && is_osv(j_at(job->json.root, 0)));
}

static str version_text(struct import_job *job, struct jv v) {
    if (j_is_str(v))
        return j_str(v);
    return j_is_num(v) ? json_text(v, job->arena) : (str){NULL, 0};
}

static void read_range(struct import_job *job, struct doc_affect *f, struct jv range) {
    static const struct {
        const char *key;
        enum osv_event_kind kind;
    } kinds[] = {{"introduced", OSV_INTRODUCED},
                 {"fixed", OSV_FIXED},
                 {"last_affected", OSV_LAST_AFFECTED},
                 {"limit", OSV_LIMIT}};
    str type = j_gets(range, "type");
    if (!str_is(type, "SEMVER") && !str_is(type, "ECOSYSTEM"))
        return;
    struct doc_range *r = doc_range(job, f);
    r->semver = str_is(type, "SEMVER");
    for (struct jiter it = j_iter(j_get(range, "events")); j_next(&it);)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            str v = version_text(job, j_get(it.val, kinds[k].key));
            if (v.n)
                doc_event(job, r, kinds[k].kind, v);
        }
}

/* "nodejs:18 security update": the module stream an advisory of the Red Hat family is about. */
static str module_of(str summary) {
    str word, rest, name, stream;
    if (!str_cut(summary, ' ', &word, &rest) || !str_cut(word, ':', &name, &stream) || !name.n || !stream.n)
        return (str){NULL, 0};
    return str_chr(stream, ':') == STR_NONE ? word : (str){NULL, 0};
}

static bool fixed_in_module(const struct doc_affect *f) {
    for (uint32_t i = 0; i < f->ranges.n; i++)
        for (uint32_t j = 0; j < f->ranges.v[i].events.n; j++)
            if (str_find(f->ranges.v[i].events.v[j].version, S(".module")) != STR_NONE)
                return true;
    return false;
}

static void read_severity(struct import_job *job, struct doc *doc, struct jv list) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        str score = j_gets(it.val, "score");
        if (str_starts(j_gets(it.val, "type"), S("CVSS")))
            doc_rating(job, doc, score, j_gets(it.val, "source"), -1);
        else if (!doc->about.severity_text.p)
            doc->about.severity_text = score;
    }
}

static enum fix_state fix_state_of(struct jv affected, str ecosystem) {
    str urgency = j_str(j_get2(affected, "ecosystem_specific", "urgency"));
    str state = j_str(j_get2(affected, "database_specific", "fix_state"));
    if (str_is(urgency, "end-of-life") || str_ieq(state, S("Will not fix")) || str_ieq(state, S("wont_fix")) ||
        str_ieq(state, S("Out of support scope")))
        return FIX_WONT;
    return distro_is(ecosystem) ? FIX_NONE_YET : FIX_UNKNOWN;
}

static void read_affected(struct import_job *job, struct doc *doc, struct jv v, str module) {
    str ecosystem = j_str(j_get2(v, "package", "ecosystem")), name = j_str(j_get2(v, "package", "name"));
    str purl = j_str(j_get2(v, "package", "purl"));
    struct purl p;
    if ((!ecosystem.n || !name.n) && (!purl.n || !purl_parse(job->arena, purl, &p, NULL) ||
                                      !doc_purl_package(job->arena, &p, (str){NULL, 0}, &ecosystem, &name)))
        return;
    struct doc_affect *f = doc_affect(job, doc, ecosystem, name);
    f->fix = fix_state_of(v, ecosystem);
    for (struct jiter it = j_iter(j_get(v, "ranges")); j_next(&it);)
        read_range(job, f, it.val);
    for (struct jiter it = j_iter(j_get(v, "versions")); j_next(&it);) {
        str version = version_text(job, it.val);
        if (version.n)
            *vec_push(job->arena, &f->versions) = version;
    }
    if (module.p && fixed_in_module(f))
        *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_MODULE, module};
    for (struct jiter it = j_iter(j_get2(v, "ecosystem_specific", "arch")); j_next(&it);)
        if (j_is_str(it.val))
            *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_ARCH, j_str(it.val)};
    read_severity(job, doc, j_get(v, "severity"));
    if (!doc->about.severity_text.p)
        doc->about.severity_text = j_str(j_get2(v, "ecosystem_specific", "severity"));
    if (!doc->about.severity_text.p)
        doc->about.severity_text = j_str(j_get2(v, "database_specific", "severity"));
}

static void strings(struct import_job *job, void *vec, struct jv list, const char *member) {
    for (struct jiter it = j_iter(list); j_next(&it);)
        doc_add_(job->arena, vec, member ? j_gets(it.val, member) : j_str(it.val));
}

static void read_one(struct import_job *job, struct jv v) {
    struct doc *doc = doc_new(job, DOC_OSV);
    struct advisory *about = &doc->about;
    about->id = j_gets(v, "id");
    about->summary = j_gets(v, "summary");
    about->details = j_gets(v, "details");
    about->published = j_gets(v, "published");
    about->modified = j_gets(v, "modified");
    struct jv own = j_get(v, "database_specific");
    about->url = j_gets(own, "url");
    about->severity_text = j_gets(own, "severity");
    doc->withdrawn = j_gets(v, "withdrawn").n > 0;
    strings(job, &about->aliases, j_get(v, "aliases"), NULL);
    strings(job, &doc->related, j_get(v, "upstream"), NULL);
    strings(job, &doc->related, j_get(v, "related"), NULL);
    strings(job, &about->cwes, j_get(own, "cwe_ids"), NULL);
    strings(job, &about->references, j_get(v, "references"), "url");
    for (struct jiter it = j_iter(j_get(v, "references")); !about->url.p && j_next(&it);)
        if (str_is(j_gets(it.val, "type"), "ADVISORY"))
            about->url = j_gets(it.val, "url");
    read_severity(job, doc, j_get(v, "severity"));
    str module = module_of(about->summary);
    for (struct jiter it = j_iter(j_get(v, "affected")); j_next(&it);)
        read_affected(job, doc, it.val, module);
    job_emit(job, doc);
}

static bool osv_read(struct import_job *job, struct err *e) {
    (void)e;
    if (!j_is_arr(job->json.root)) {
        read_one(job, job->json.root);
        return true;
    }
    for (struct jiter it = j_iter(job->json.root); j_next(&it);)
        if (is_osv(it.val))
            read_one(job, it.val);
        else
            job->out->skipped++;
    return true;
}

const struct importer importer_osv = {"OSV", NOTATION_JSON, osv_is, osv_read};
