/* SPDX-License-Identifier: Apache-2.0
 *
 * JVN VULDEF 3.x (JVNDB, MyJVN getVulnDetailInfo): products by CPE with versions written for people, in Japanese or
 * English: "1.2.3 およびそれ以前", "2.0 未満", "6.0.0 から 6.0.17", "1.0 および 1.1", "3.1 and earlier", "prior
 * to 4.2". What cannot be understood accuses nobody.
 */
#include "vuln/document.h"

static bool jvn_is(const struct import_job *job) { return str_is(job->root->name, "VULDEF-Document"); }

/* The first run that looks like a version; *rest is left behind it. */
static str next_version(str *rest) {
    size_t i = 0;
    while (i < rest->n && !(ch_digit(rest->p[i]) && (i == 0 || !ch_alnum(rest->p[i - 1]))))
        i++;
    size_t end = i;
    while (end < rest->n && (ch_alnum(rest->p[end]) || (end > i && memchr("._-+", rest->p[end], 4))))
        end++;
    str v = str_n(rest->p + i, end - i);
    *rest = str_from(*rest, end);
    return v;
}

static bool has(str text, const char *const *words) {
    for (; *words; words++)
        if (str_find(text, str_of(*words)) != STR_NONE)
            return true;
    return false;
}

static void read_version(struct import_job *job, struct doc_affect *f, str text) {
    static const char *const below[] = {"未満", "より前", "prior to", "before", NULL};
    static const char *const upto[] = {"以前", "以下", "まで", "and earlier", "or earlier", "and prior", NULL};
    static const char *const from[] = {"以降", "以上", "and later", "or later", NULL};
    static const char *const between[] = {"から", "through", " to ", "～", "〜", NULL};
    static const char *const all[] = {"すべて", "全て", "全バージョン", "all versions", "All versions", NULL};
    static const char *const also[] = {"および", "及び", ",", "、", " and ", NULL};
    str rest = text, first = next_version(&rest), gap = rest, second = next_version(&rest);
    if (!first.n) {
        f->every_version |= has(text, all);
        return;
    }
    if (second.n && (has(str_upto(gap, (size_t)(second.p - gap.p)), between) || has(gap, from))) {
        struct doc_range *r = doc_range(job, f);
        doc_event(job, r, OSV_INTRODUCED, first);
        doc_event(job, r, has(rest, below) ? OSV_FIXED : OSV_LAST_AFFECTED, second);
    } else if (has(text, below) || has(text, upto)) {
        struct doc_range *r = doc_range(job, f);
        doc_event(job, r, OSV_INTRODUCED, S("0"));
        doc_event(job, r, has(text, below) ? OSV_FIXED : OSV_LAST_AFFECTED, first);
    } else if (has(text, from)) {
        doc_event(job, doc_range(job, f), OSV_INTRODUCED, first);
    } else {
        *vec_push(job->arena, &f->versions) = first;
        while (second.n && has(str_upto(gap, (size_t)(second.p - gap.p)), also)) { /* "1.0, 1.1 および 1.2" */
            *vec_push(job->arena, &f->versions) = second;
            gap = rest;
            second = next_version(&rest);
        }
    }
}

static void read_affected(struct import_job *job, struct doc *doc, const struct xml_node *item) {
    for (struct xml_node *cpe = xml_child(item, "Cpe"); cpe; cpe = xml_again(cpe)) {
        str version;
        struct doc_affect *f = doc_cpe(job, doc, str_trim(cpe->text), &version);
        if (!f)
            continue;
        if (version.n)
            *vec_push(job->arena, &f->versions) = version;
        for (struct xml_node *v = xml_child(item, "VersionNumber"); v && !version.n; v = xml_again(v))
            read_version(job, f, str_trim(v->text));
    }
}

static void read_ratings(struct import_job *job, struct doc *doc, const struct xml_node *impact) {
    for (struct xml_node *cvss = xml_child(impact, "Cvss"); cvss; cvss = xml_again(cvss)) {
        str base = xml_text(cvss, "Base"), whole, tenth;
        uint64_t a = 0, b = 0;
        bool known = base.n && (str_cut(base, '.', &whole, &tenth), str_u64(whole, &a)) &&
                     (!tenth.n || str_u64(str_upto(tenth, 1), &b));
        doc_rating(job, doc, xml_text(cvss, "Vector"), S("JVN"), known ? (double)a + (double)b / 10 : -1);
    }
}

static void read_related(struct import_job *job, struct doc *doc, const struct xml_node *related) {
    uint32_t cves = 0;
    str cve = {NULL, 0};
    for (struct xml_node *it = xml_child(related, "RelatedItem"); it; it = xml_again(it)) {
        str type = xml_attr(it, "type"), id = xml_text(it, "VulinfoID");
        if (str_ieq(type, S("cve"))) {
            cves++;
            cve = id;
            doc_add(job, &doc->related, id);
        } else if (str_ieq(type, S("cwe"))) {
            doc_add(job, &doc->about.cwes, id);
        }
        doc_add(job, &doc->about.references, xml_text(it, "URL"));
    }
    if (cves == 1) /* one CVE: another name of the same flaw; several: a note about all of them */
        doc_add(job, &doc->about.aliases, cve);
}

static void read_one(struct import_job *job, const struct xml_node *info) {
    const struct xml_node *data = xml_child(info, "VulinfoData"), *affected = xml_child(data, "Affected");
    struct doc *doc = doc_new(job, DOC_JVN);
    doc->about.id = xml_text(info, "VulinfoID");
    doc->about.summary = xml_text(data, "Title");
    doc->about.details = xml_text(xml_child(data, "VulinfoDescription"), "Overview");
    doc->about.published = xml_text(data, "DateFirstPublished");
    doc->about.modified = xml_text(data, "DateLastUpdated");
    for (struct xml_node *it = xml_child(affected, "AffectedItem"); it; it = xml_again(it))
        read_affected(job, doc, it);
    read_ratings(job, doc, xml_child(data, "Impact"));
    read_related(job, doc, xml_child(data, "Related"));
    job_emit(job, doc);
}

static bool jvn_read(struct import_job *job, struct err *e) {
    (void)e;
    for (struct xml_node *it = xml_child(job->root, "Vulinfo"); it; it = xml_again(it))
        read_one(job, it);
    return true;
}

const struct importer importer_jvn = {"JVN", NOTATION_XML, jvn_is, jvn_read};
