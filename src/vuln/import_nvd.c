/* SPDX-License-Identifier: Apache-2.0
 *
 * NVD API 2.0 pages. A configuration is a tree of AND and OR over CPE names; one component is asked for at a time:
 * the parts of an AND that are no flaw themselves (what it runs on) are kept as its platform, which is held against the
 * operating system where that is known and counts as fulfilled where it is not. Every answer is of low confidence. What
 * stands under `negate` accuses nobody.
 */
#include "ident/cpe.h"
#include "vuln/nvd.h"

static void read_range(struct import_job *job, struct doc_affect *f, struct jv m) {
    str from = j_gets(m, "versionStartIncluding"), above = j_gets(m, "versionStartExcluding");
    str to = j_gets(m, "versionEndIncluding"), below = j_gets(m, "versionEndExcluding");
    if (!from.n && !above.n && !to.n && !below.n) {
        f->every_version = true;
        return;
    }
    struct doc_range *r = doc_range(job, f);
    doc_event(job, r, OSV_INTRODUCED, from.n ? from : above.n ? above : S("0"));
    if (above.n && !from.n)
        *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_NOT_VERSION, above};
    if (below.n)
        doc_event(job, r, OSV_FIXED, below);
    else if (to.n)
        doc_event(job, r, OSV_LAST_AFFECTED, to);
}

static void read_match(struct import_job *job, struct doc *doc, struct jv m) {
    str version, criteria = j_gets(m, "criteria");
    if (!j_true(j_get(m, "vulnerable")))
        return;
    struct doc_affect *f = doc_cpe(job, doc, criteria, &version);
    if (f && version.n)
        *vec_push(job->arena, &f->versions) = version;
    else if (f)
        read_range(job, f, m);
}

// NOLINTNEXTLINE(misc-no-recursion): bounded by limits.depth of the JSON text
static void read_node(struct import_job *job, struct doc *doc, struct jv node) {
    if (j_true(j_get(node, "negate")))
        return;
    for (struct jiter it = j_iter(j_get(node, "cpeMatch")); j_next(&it);)
        read_match(job, doc, it.val);
    for (struct jiter it = j_iter(j_get(node, "nodes")); j_next(&it);)
        read_node(job, doc, it.val);
    for (struct jiter it = j_iter(j_get(node, "children")); j_next(&it);)
        read_node(job, doc, it.val);
}

/* "o:microsoft:windows_10" for each name of a node without a flaw of its own; absent when there is more to it. */
static str platforms_of(struct import_job *job, struct jv node) {
    struct buf b = {0};
    struct cpe c;
    bool plain = !j_true(j_get(node, "negate")) && !j_len(j_get(node, "nodes")) && !j_len(j_get(node, "children")) &&
                 !str_is(j_gets(node, "operator"), "AND");
    for (struct jiter it = j_iter(j_get(node, "cpeMatch")); plain && j_next(&it);) {
        plain = !j_true(j_get(it.val, "vulnerable")) && cpe_parse(job->arena, j_gets(it.val, "criteria"), &c, NULL);
        for (unsigned part = CPE_PART; plain && part <= CPE_PRODUCT; part++)
            plain = c.at[part].kind == CPE_TEXT && str_chr(c.at[part].text, ' ') == STR_NONE;
        if (plain)
            buf_addf(&b, "%s%.*s:%.*s:%.*s", b.n ? " " : "", STR_ARG(c.at[CPE_PART].text),
                     STR_ARG(c.at[CPE_VENDOR].text), STR_ARG(c.at[CPE_PRODUCT].text));
    }
    str s = plain ? arena_str(job->arena, buf_str(&b)) : (str){NULL, 0};
    buf_free(&b);
    return s;
}

static void read_configuration(struct import_job *job, struct doc *doc, struct jv config) {
    uint32_t first = doc->affects.n;
    read_node(job, doc, config);
    if (!str_is(j_gets(config, "operator"), "AND"))
        return;
    for (struct jiter it = j_iter(j_get(config, "nodes")); j_next(&it);) {
        str platforms = platforms_of(job, it.val);
        for (uint32_t i = first; platforms.n && i < doc->affects.n; i++)
            *vec_push(job->arena, &doc->affects.v[i].quals) = (struct doc_qual){QUAL_PLATFORM, platforms};
    }
}

void nvd_configurations(struct import_job *job, struct doc *doc, struct jv list) {
    for (struct jiter it = j_iter(list); j_next(&it);)
        read_configuration(job, doc, it.val);
}

str nvd_english(struct jv list) {
    str found = {NULL, 0};
    for (struct jiter it = j_iter(list); j_next(&it);) {
        str lang = j_gets(it.val, "lang");
        if (!found.p || str_istarts(lang, S("en")))
            found = j_gets(it.val, "value");
        if (str_istarts(lang, S("en")))
            break;
    }
    return found;
}

static void read_metrics(struct import_job *job, struct doc *doc, struct jv metrics) {
    for (struct jiter kind = j_iter(metrics); j_next(&kind);)
        for (struct jiter it = j_iter(kind.val); j_next(&it);) {
            struct jv data = j_get(it.val, "cvssData");
            doc_rating(job, doc, j_gets(data, "vectorString"), j_gets(it.val, "source"),
                       j_num(j_get(data, "baseScore"), -1));
        }
}

static void read_one(struct import_job *job, struct jv cve) {
    struct doc *doc = doc_new(job, DOC_NVD);
    struct advisory *about = &doc->about;
    str status = j_gets(cve, "vulnStatus");
    about->id = j_gets(cve, "id");
    about->details = nvd_english(j_get(cve, "descriptions"));
    about->published = j_gets(cve, "published");
    about->modified = j_gets(cve, "lastModified");
    doc->withdrawn = str_ieq(status, S("Rejected"));
    read_metrics(job, doc, j_get(cve, "metrics"));
    for (struct jiter it = j_iter(j_get(cve, "weaknesses")); j_next(&it);)
        for (struct jiter d = j_iter(j_get(it.val, "description")); j_next(&d);)
            if (str_starts(j_gets(d.val, "value"), S("CWE-")))
                doc_add(job, &about->cwes, j_gets(d.val, "value"));
    for (struct jiter it = j_iter(j_get(cve, "references")); j_next(&it);)
        doc_add(job, &about->references, j_gets(it.val, "url"));
    nvd_configurations(job, doc, j_get(cve, "configurations"));
    job_emit(job, doc);
}

static bool nvd_is(const struct import_job *job) {
    return str_starts(j_gets(job->json.root, "format"), S("NVD_CVE")) ||
           j_gets(j_get(j_at(j_get(job->json.root, "vulnerabilities"), 0), "cve"), "id").p;
}

static bool nvd_read(struct import_job *job, struct err *e) {
    (void)e;
    for (struct jiter it = j_iter(j_get(job->json.root, "vulnerabilities")); j_next(&it);)
        read_one(job, j_get(it.val, "cve"));
    return true;
}

const struct importer importer_nvd = {"NVD", NOTATION_JSON, nvd_is, nvd_read};
