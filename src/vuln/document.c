/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/document.h"

#include "ident/cpe.h"
#include "vuln/distro.h"

const char *doc_kind_name(enum doc_kind kind) {
    static const char *const names[DOC_KINDS] = {
        [DOC_OSV] = "osv",   [DOC_CVE] = "cve",         [DOC_NVD] = "nvd", [DOC_JVN] = "jvn",
        [DOC_CSAF] = "csaf", [DOC_OPENVEX] = "openvex", [DOC_KEV] = "kev", [DOC_EPSS] = "epss"};
    return (unsigned)kind < DOC_KINDS && names[kind] ? names[kind] : "";
}

struct doc *doc_new(struct import_job *job, enum doc_kind kind) {
    struct doc *d = arena_new_of(job->arena, struct doc);
    d->kind = kind;
    d->about.epss = d->about.epss_percentile = -1;
    return d;
}

struct doc_affect *doc_affect(struct import_job *job, struct doc *doc, str ecosystem, str name) {
    struct doc_affect *f = vec_push(job->arena, &doc->affects);
    *f = (struct doc_affect){.ecosystem = ecosystem, .name = name};
    return f;
}

struct doc_range *doc_range(struct import_job *job, struct doc_affect *affect) {
    struct doc_range *r = vec_push(job->arena, &affect->ranges);
    *r = (struct doc_range){0};
    return r;
}

void doc_event(struct import_job *job, struct doc_range *range, enum osv_event_kind kind, str version) {
    *vec_push(job->arena, &range->events) = (struct osv_event){kind, version};
}

void doc_rating(struct import_job *job, struct doc *doc, str vector, str source, double score) {
    if (!vector.n && score < 0)
        return;
    for (uint32_t i = 0; i < doc->about.ratings.n; i++)
        if (str_eq(doc->about.ratings.v[i].vector, vector) && str_eq(doc->about.ratings.v[i].source, source))
            return;
    *vec_push(job->arena, &doc->about.ratings) = (struct rating){vector, source, score};
}

/* Every VEC(str) has the shape of struct doc_strs. Lists of names are short; a long one is only checked at its end. */
void doc_add_(struct arena *a, void *vec, str s) {
    struct doc_strs *v = vec;
    if (!s.n)
        return;
    for (uint32_t i = v->n; i > 0 && v->n - i < 64; i--)
        if (str_eq(v->v[i - 1], s))
            return;
    *vec_push(a, v) = s;
}

bool doc_purl_package(struct arena *a, const struct purl *p, str distro, str *ecosystem, str *name) {
    struct place_query q[PLACE_QUERIES];
    struct purl bare = *p;
    struct purl_qualifier kept[8];
    bare.n_qualifiers = 0;
    bare.qualifiers = kept;
    /* The package the purl itself names: `upstream` is the component's affair. */
    for (uint32_t i = 0; i < p->n_qualifiers && bare.n_qualifiers < 8; i++)
        if (!str_is(p->qualifiers[i].key, "upstream") && !str_is(p->qualifiers[i].key, "source"))
            kept[bare.n_qualifiers++] = p->qualifiers[i];
    if (!place_of(a, &bare, distro, q) || !q[0].ecosystem.n)
        return false;
    *ecosystem = place_shown(a, q[0].ecosystem);
    *name = q[0].name;
    return true;
}

struct doc_affect *doc_cpe(struct import_job *job, struct doc *doc, str text, str *version) {
    struct cpe c;
    *version = (str){NULL, 0};
    if (!cpe_parse(job->arena, text, &c, NULL))
        return NULL;
    for (unsigned part = CPE_PART; part <= CPE_PRODUCT; part++)
        if (c.at[part].kind != CPE_TEXT || memchr(c.at[part].text.p, 1, c.at[part].text.n))
            return NULL; /* a wildcard names no product */
    str name = arena_printf(job->arena, "%.*s:%.*s:%.*s", STR_ARG(c.at[CPE_PART].text), STR_ARG(c.at[CPE_VENDOR].text),
                            STR_ARG(c.at[CPE_PRODUCT].text));
    struct doc_affect *f = doc_affect(job, doc, S("cpe"), name);
    bool more = false;
    for (unsigned part = CPE_UPDATE; part < CPE_PARTS; part++)
        more = more || c.at[part].kind != CPE_ANY;
    if (more)
        *vec_push(job->arena, &f->quals) = (struct doc_qual){QUAL_CPE, text};
    if (c.at[CPE_VERSION].kind == CPE_TEXT)
        *version = c.at[CPE_VERSION].text;
    return f;
}
