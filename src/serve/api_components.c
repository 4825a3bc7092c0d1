/* SPDX-License-Identifier: Apache-2.0
 *
 * Components: packages by a part of their name, and one of them: versions in use, who uses them, what clears their
 * flaws.
 */
#include "ident/purl.h"
#include "ident/version.h"
#include "impact/answer.h"
#include "impact/popular.h"
#include "impact/search.h"
#include "serve/asking.h"
#include "vuln/cvss.h"

bool api_components(struct call *q, struct err *e);
bool api_component(struct call *q, struct err *e);

/* ── versions ── */

struct version_in_use {
    struct component_row row;
    uint64_t documents;
    uint32_t flaws;
    str upgrade;  /* the highest of the fixed versions of its flaws; absent: it has no flaw with one */
    bool unfixed; /* a flaw has no fixed version */
};
VEC_NAMED(versions_in_use, struct version_in_use);

static bool is_newer(const struct ecosystem *eco, str x, str y) {
    return eco ? version_compare_osv(eco, x, y) == ORDER_GREATER : str_cmp(x, y) > 0;
}

static bool look_at_flaws(struct call *q, const struct ecosystem *eco, struct version_in_use *v, struct err *e) {
    struct hit_rows hits;
    if (!hits_of_component(q->views, q->a, v->row.id, &hits, e))
        return false;
    v->flaws = hits.n;
    for (uint32_t i = 0; i < hits.n; i++) {
        if (!hits.v[i].fixed.n)
            v->unfixed = true;
        else if (!v->upgrade.n || is_newer(eco, hits.v[i].fixed, v->upgrade))
            v->upgrade = hits.v[i].fixed;
    }
    return true;
}

static bool versions_of(struct call *q, const struct reader *reader, const struct as_of *when, str text, str *package,
                        struct versions_in_use *out, struct err *e) {
    struct question question;
    struct reach r = {0};
    struct reached_components found;
    struct purl purl;
    struct err odd = {0};
    *out = (struct versions_in_use){0};
    if (!question_parse(q->views, q->a, text, &question, e))
        return false;
    *package = question.package.p ? question.package : question.name;
    const struct ecosystem *eco = purl_parse(q->a, *package, &purl, &odd) ? ecosystem_find(purl.type) : NULL;
    bool ok = reach_begin(&r, q->views, q->a, &question, reader, when, e) && reach_components(&r, &found, e);
    for (uint32_t i = 0; ok && i < found.n; i++) {
        struct version_in_use *v = vec_push(q->a, out);
        *v = (struct version_in_use){.documents = found.v[i].releases};
        ok = contents_component_row(q->views->contents, q->a, found.v[i].id, &v->row, e) && look_at_flaws(q, eco, v, e);
    }
    reach_free(&r);
    return ok;
}

/* ── lists ── */

static void put_popular(struct jw *w, const struct popular_row *r) {
    jw_obj(w);
    jw_kstr(w, "package", r->package);
    jw_kint(w, "versions", r->versions);
    jw_kint(w, "versions_with_flaws", r->flawed);
    jw_kint(w, "documents", (int64_t)r->documents);
    jw_kint(w, "documents_with_flaws", (int64_t)r->behind);
    if (r->flawed) {
        jw_kobj(w, "worst");
        if (r->score >= 0) {
            jw_key(w, S("cvss"));
            jw_num(w, r->score / 10.0);
        }
        jw_kstr(w, "severity",
                str_of(severity_name(r->score < 0 ? SEVERITY_UNKNOWN : severity_of_score(r->score / 10.0))));
        jw_kbool(w, "kev", r->kev);
        jw_obj_end(w);
        jw_kstr(w, "upgrade", r->upgrade);
    }
    jw_obj_end(w);
}

/* Those whose name has it, the best first. */
static bool put_found(struct call *q, struct jw *w, const struct asking *k, struct popular *x, struct err *e) {
    struct search_hits found;
    if (!search_find(q->views, q->a, &k->reader, &q->when, call_text(q, "q"), 1000, &found, e))
        return false;
    uint64_t n = 0;
    for (uint32_t i = 0; i < found.n && n < k->limit; i++) {
        struct popular_row row;
        bool there;
        if (strcmp(found.v[i].kind, "package") != 0)
            continue;
        if (!popular_one(x, found.v[i].id, &there, &row, e))
            return false;
        if (there) {
            put_popular(w, &row);
            n++;
        }
    }
    return true;
}

bool api_components(struct call *q, struct err *e) {
    static const char *const decide[] = {"q", NULL};
    struct asking k;
    struct popular *x;
    struct popular_rows rows;
    uint64_t total;
    uint32_t looked;
    if (!call_asking(q, decide, &k, e) || !popular_open(q->views, q->a, &k.reader, &q->when, &x, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    if (call_text(q, "q").n) {
        jw_karr(w, "rows");
        if (!put_found(q, w, &k, x, e))
            return false;
        jw_arr_end(w);
        jw_obj_end(w);
        return true;
    }
    if (!popular_list(x, k.at.offset, k.limit, &rows, &total, &looked, e))
        return false;
    jw_kint(w, "total", (int64_t)total);
    if (looked)
        jw_kint(w, "newest_releases", looked);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < rows.n; i++)
        put_popular(w, &rows.v[i]);
    jw_arr_end(w);
    const struct cursor next = {.size = q->when.size, .time = q->when.time, .offset = k.at.offset + k.limit};
    if (next.offset < total)
        jw_kstr(w, "next", cursor_text(q->a, &next, k.question));
    jw_obj_end(w);
    return true;
}
const struct route_doc api_components_doc = {
    .answer = "components-answer",
    .arguments = (const struct route_argument[]){{"q", "text", N_("part of a name, at least two letters")},
                                                 ARGUMENT_LIMIT,
                                                 ARGUMENT_PAGE,
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_(
        "packages in releases you may know of: how many versions are in use and in how many documents, the worst "
        "flaw, and the version that clears all. Without \"q\" the thousand that most releases list, as it is now; "
        "\"newest_releases\": chosen by so many of the newest"),
};

/* ── one ── */

static void put_version(struct jw *w, const struct version_in_use *v) {
    jw_obj(w);
    jw_kstr(w, "purl", v->row.purl);
    jw_kstr(w, "version", v->row.version);
    jw_kstr(w, "licence", v->row.licence);
    jw_kint(w, "documents", (int64_t)v->documents);
    jw_kint(w, "flaws", v->flaws);
    if (v->flaws && !v->unfixed)
        jw_kstr(w, "upgrade", v->upgrade);
    jw_obj_end(w);
}

bool api_component(struct call *q, struct err *e) {
    static const char *const decide[] = {"purl", NULL};
    struct asking k;
    struct versions_in_use versions;
    struct question question;
    struct reach r = {0};
    str text, package;
    const struct reach_page page = {.list = REACH_RELEASES};
    if (!call_needs(q, "purl", &text, e) || !call_asking(q, decide, &k, e) ||
        !versions_of(q, &k.reader, &k.when, text, &package, &versions, e))
        return false;
    if (!versions.n)
        return call_not_found(q);
    struct reach_page rows = page;
    rows.from = k.at.offset;
    rows.n = k.limit;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "package", package);
    jw_karr(w, "versions");
    for (uint32_t i = 0; i < versions.n; i++)
        put_version(w, &versions.v[i]);
    jw_arr_end(w);
    jw_key(w, S("reach"));
    bool ok = question_parse(q->views, q->a, text, &question, e) &&
              reach_begin(&r, q->views, q->a, &question, &k.reader, &k.when, e) && reach_releases(&r, e) &&
              reach_products(&r, e) && reach_systems(&r, e) && reach_json(w, &r, &rows, k.question, e);
    jw_obj_end(w);
    reach_free(&r);
    return ok;
}
const struct route_doc api_component_doc = {
    .answer = "component-answer",
    .arguments = (const struct route_argument[]){{"purl", "text", N_("a package URL, with or without a version")},
                                                 ARGUMENT_LIMIT,
                                                 ARGUMENT_PAGE,
                                                 ARGUMENT_AS_OF,
                                                 ARGUMENT_AUDIENCE,
                                                 {0}},
    .says = N_(
        "versions in use, each with its flaws and the highest of the versions that fix them; \"reach\" is the answer "
        "of /impact to the same question"),
};
