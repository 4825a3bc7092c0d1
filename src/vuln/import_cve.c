/* SPDX-License-Identifier: Apache-2.0
 *
 * CVE records 5.x: what the CNA says, then what ADP containers add (CPE names, CISA's SSVC answers).
 */
#include "vuln/nvd.h"

static bool cve_is(const struct import_job *job) {
    return str_is(j_gets(job->json.root, "dataType"), "CVE_RECORD") ||
           (j_ok(j_get(job->json.root, "cveMetadata")) && j_ok(j_get(job->json.root, "containers")));
}

/* ── versions ── */

static bool is_open(str v) { return str_is(v, "*") || !v.n; }
static str start_of(str v) { return is_open(v) || str_ieq(v, S("unspecified")) || str_ieq(v, S("n/a")) ? S("0") : v; }

static void close_range(struct import_job *job, struct doc_range *r, struct jv v) {
    str below = j_gets(v, "lessThan"), upto = j_gets(v, "lessThanOrEqual");
    if (below.p && !is_open(below))
        doc_event(job, r, OSV_FIXED, below);
    else if (upto.p && !is_open(upto))
        doc_event(job, r, OSV_LAST_AFFECTED, upto);
}

static bool tells(str version) {
    return !is_open(version) && !str_ieq(version, S("unspecified")) && !str_ieq(version, S("n/a"));
}

static bool is_ranged(struct jv v) { return j_gets(v, "lessThan").p || j_gets(v, "lessThanOrEqual").p; }

/* `status` is that of the entry: what a change does to it opens or closes the range. */
static void read_changes(struct import_job *job, struct doc_range *r, struct jv v) {
    for (struct jiter it = j_iter(j_get(v, "changes")); j_next(&it);)
        if (j_gets(it.val, "at").n)
            doc_event(job, r, str_is(j_gets(it.val, "status"), "affected") ? OSV_INTRODUCED : OSV_FIXED,
                      j_gets(it.val, "at"));
}

static void read_affected_version(struct import_job *job, struct doc_affect *f, struct jv v) {
    str version = j_gets(v, "version");
    bool ranged = is_ranged(v);
    if (!ranged && tells(version)) {
        *vec_push(job->arena, &f->versions) = version;
        return;
    }
    if (!ranged && !str_is(version, "*"))
        return; /* "n/a" tells nothing */
    struct doc_range *r = doc_range(job, f);
    doc_event(job, r, OSV_INTRODUCED, start_of(version));
    read_changes(job, r, v);
    close_range(job, r, v);
}

/* With defaultStatus "affected", what is listed as unaffected is cut out of everything, and everything goes on behind
 * it: behind a version that is still part of it ("lessThanOrEqual") in a range of its own, without that version. */
static void read_unaffected(struct import_job *job, struct doc_affect *f, struct jv v) {
    str below = j_gets(v, "lessThan"), upto = j_gets(v, "lessThanOrEqual"), version = j_gets(v, "version");
    if (!version.n)
        return;
    if (!is_ranged(v)) {
        if (tells(version))
            *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_NOT_VERSION, version};
        return;
    }
    struct doc_range *all = &f->ranges.v[0]; /* there is one where defaultStatus is "affected" */
    doc_event(job, all, OSV_FIXED, start_of(version));
    read_changes(job, all, v);
    if (below.p && !is_open(below)) {
        doc_event(job, all, OSV_INTRODUCED, below);
    } else if (!below.p && upto.p && !is_open(upto)) {
        doc_event(job, all, OSV_INTRODUCED, upto);
        *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_NOT_VERSION, upto};
    }
}

/* The first entry that has a version decides on it: one version listed on its own before all ranges is an exception
 * from them, whatever its status. */
static void read_versions(struct import_job *job, struct doc_affect *f, struct jv affected) {
    bool all = str_is(j_gets(affected, "defaultStatus"), "affected"), ranges = false;
    if (all)
        doc_event(job, doc_range(job, f), OSV_INTRODUCED, S("0"));
    for (struct jiter it = j_iter(j_get(affected, "versions")); j_next(&it);) {
        str status = j_gets(it.val, "status"), version = j_gets(it.val, "version");
        bool hit = str_is(status, "affected"), single = !is_ranged(it.val) && tells(version);
        if (str_is(j_gets(it.val, "versionType"), "git"))
            continue;
        ranges |= !single;
        if (hit && (!all || (single && !ranges)))
            read_affected_version(job, f, it.val);
        else if (str_is(status, "unaffected") && (all || (single && !ranges)))
            read_unaffected(job, f, it.val);
        else if (str_is(status, "unaffected") && j_len(j_get(it.val, "changes"))) { /* until a change says otherwise */
            struct doc_range *r = doc_range(job, f);
            read_changes(job, r, it.val);
            close_range(job, r, it.val);
        }
    }
}

/* ── products ── */

/* A collection is named by the address of its registry: a word of it tells which. */
static const struct {
    const char *word, *ecosystem;
} collections[] = {{"pypi", "PyPI"},         {"npm", "npm"},     {"crates", "crates.io"},    {"maven", "Maven"},
                   {"rubygems", "RubyGems"}, {"nuget", "NuGet"}, {"packagist", "Packagist"}, {"pkg.go", "Go"},
                   {"hex.pm", "Hex"},        {"pub.dev", "Pub"}, {"hackage", "Hackage"}};

static void read_package(struct import_job *job, struct doc *doc, struct jv affected) {
    str purl = j_gets(affected, "packageURL"), url = j_gets(affected, "collectionURL"), ecosystem, name;
    struct purl p;
    if (purl.n && purl_parse(job->arena, purl, &p, NULL) &&
        doc_purl_package(job->arena, &p, (str){NULL, 0}, &ecosystem, &name)) {
        read_versions(job, doc_affect(job, doc, ecosystem, name), affected);
        return;
    }
    name = j_gets(affected, "packageName");
    for (size_t i = 0; name.n && i < sizeof collections / sizeof *collections; i++)
        if (str_find(url, str_of(collections[i].word)) != STR_NONE) {
            read_versions(job, doc_affect(job, doc, str_of(collections[i].ecosystem), name), affected);
            return;
        }
}

static void read_affected(struct import_job *job, struct doc *doc, struct jv affected) {
    read_package(job, doc, affected);
    for (struct jiter it = j_iter(j_get(affected, "cpes")); j_next(&it);) {
        str version;
        struct doc_affect *f = doc_cpe(job, doc, j_str(it.val), &version);
        if (f && version.n)
            *vec_push(job->arena, &f->versions) = version;
        else if (f)
            read_versions(job, f, affected);
    }
}

/* ── the rest ── */

static void read_ssvc(struct doc *doc, struct jv other) {
    if (!str_is(j_gets(other, "type"), "ssvc"))
        return;
    for (struct jiter it = j_iter(j_get2(other, "content", "options")); j_next(&it);) {
        if (j_gets(it.val, "Exploitation").p)
            doc->about.ssvc_exploitation = j_gets(it.val, "Exploitation");
        if (j_gets(it.val, "Automatable").p)
            doc->about.ssvc_automatable = j_gets(it.val, "Automatable");
        if (j_gets(it.val, "Technical Impact").p)
            doc->about.ssvc_impact = j_gets(it.val, "Technical Impact");
    }
}

static void read_metrics(struct import_job *job, struct doc *doc, struct jv container) {
    static const char *const kinds[] = {"cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0"};
    str source = j_str(j_get2(container, "providerMetadata", "shortName"));
    for (struct jiter it = j_iter(j_get(container, "metrics")); j_next(&it);) {
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            struct jv data = j_get(it.val, kinds[k]);
            doc_rating(job, doc, j_gets(data, "vectorString"), source, j_num(j_get(data, "baseScore"), -1));
        }
        read_ssvc(doc, j_get(it.val, "other"));
    }
}

static void read_container(struct import_job *job, struct doc *doc, struct jv c) {
    struct advisory *about = &doc->about;
    if (!about->summary.p)
        about->summary = j_gets(c, "title");
    if (!about->details.p)
        about->details = nvd_english(j_get(c, "descriptions"));
    read_metrics(job, doc, c);
    for (struct jiter it = j_iter(j_get(c, "problemTypes")); j_next(&it);)
        for (struct jiter d = j_iter(j_get(it.val, "descriptions")); j_next(&d);)
            doc_add(job, &about->cwes, j_gets(d.val, "cweId"));
    for (struct jiter it = j_iter(j_get(c, "references")); j_next(&it);)
        doc_add(job, &about->references, j_gets(it.val, "url"));
    for (struct jiter it = j_iter(j_get(c, "affected")); j_next(&it);)
        read_affected(job, doc, it.val);
    nvd_configurations(job, doc, j_get(c, "cpeApplicability"));
}

static bool cve_read(struct import_job *job, struct err *e) {
    struct jv meta = j_get(job->json.root, "cveMetadata"), containers = j_get(job->json.root, "containers");
    struct doc *doc = doc_new(job, DOC_CVE);
    (void)e;
    doc->about.id = j_gets(meta, "cveId");
    doc->about.published = j_gets(meta, "datePublished");
    doc->about.modified = j_gets(meta, "dateUpdated");
    doc->withdrawn = str_is(j_gets(meta, "state"), "REJECTED");
    read_container(job, doc, j_get(containers, "cna"));
    for (struct jiter it = j_iter(j_get(containers, "adp")); j_next(&it);)
        read_container(job, doc, it.val);
    job_emit(job, doc);
    return true;
}

const struct importer importer_cve = {"CVE", NOTATION_JSON, cve_is, cve_read};
