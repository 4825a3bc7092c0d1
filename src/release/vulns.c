/* SPDX-License-Identifier: Apache-2.0 */
#include "release/vulns.h"

/* The newest advisory in it: the data are as of then, whenever they were imported. */
static int64_t newest(const struct advdb_info *db) {
    int64_t t = 0;
    for (uint32_t i = 0; i < db->n_sources; i++)
        if (db->sources[i].newest > t)
            t = db->sources[i].newest;
    return t ? t : db->built;
}

static void write_scanner(struct jw *w, struct arena *a, const struct advdb_info *db) {
    jw_kstr(w, "uri", S("pkg:generic/akashi@" AKASHI_VERSION));
    jw_kstr(w, "version", S(AKASHI_VERSION));
    jw_kobj(w, "db");
    if (db->digest.n) {
        jw_kstr(w, "uri", arena_printf(a, "urn:akashi:advisories:sha256:%.*s", STR_ARG(db->digest)));
        jw_kstr(w, "version", db->digest);
    }
    jw_kstr(w, "lastUpdate", time_rfc3339(a, newest(db)));
    jw_obj_end(w);
}

static void write_severity(struct jw *w, struct arena *a, const struct finding *f) {
    jw_karr(w, "severity");
    jw_obj(w);
    jw_kstr(w, "method", S("akashi-priority"));
    jw_kstr(w, "score", str_of(priority_name(f->priority)));
    jw_obj_end(w);
    if (f->worst.vector.n) {
        jw_obj(w);
        jw_kstr(w, "method", S("cvss_vector"));
        jw_kstr(w, "score", f->worst.vector);
        jw_obj_end(w);
    }
    if (f->worst.score >= 0) {
        jw_obj(w);
        jw_kstr(w, "method", S("cvss_score"));
        jw_kstr(w, "score", arena_printf(a, "%.1f", f->worst.score));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void annotation(struct jw *w, const char *key, str value) {
    if (!value.n)
        return;
    jw_obj(w);
    jw_kstr(w, key, value);
    jw_obj_end(w);
}

static void write_finding(struct jw *w, struct arena *a, const struct finding *f) {
    const struct sbom_component *k = f->component;
    jw_obj(w);
    jw_kstr(w, "id", f->id);
    write_severity(w, a, f);
    jw_karr(w, "annotations");
    annotation(w, "component",
               k->purl.n ? k->purl : arena_printf(a, "%.*s@%.*s", STR_ARG(k->name), STR_ARG(k->version)));
    annotation(w, "status", str_of(finding_status_name(f->status)));
    annotation(w, "statusReason", f->status_reason);
    annotation(w, "fixed", f->fixed);
    if (f->about.kev)
        annotation(w, "kev", f->about.kev_added.n ? f->about.kev_added : S("true"));
    jw_arr_end(w);
    jw_obj_end(w);
}

static void write_coverage(struct jw *w, const struct scan *scan) {
    uint64_t components = 0, assessed = 0;
    for (uint32_t i = 0; i < scan->inputs.n; i++) {
        components += scan->inputs.v[i]->components;
        assessed += scan->inputs.v[i]->assessed;
    }
    jw_kint(w, "components", (int64_t)components);
    jw_kint(w, "assessed", (int64_t)assessed);
}

str vulns_predicate(struct ctx *c, struct arena *a, const struct scan *scan) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    jw_kobj(&w, "scanner");
    write_scanner(&w, a, &scan->db);
    jw_karr(&w, "result");
    for (uint32_t i = 0; i < scan->findings.n; i++)
        write_finding(&w, a, &scan->findings.v[i]);
    jw_arr_end(&w);
    jw_obj_end(&w);
    jw_kobj(&w, "metadata");
    jw_kstr(&w, "scanStartedOn", time_rfc3339(a, c->now));
    jw_kstr(&w, "scanFinishedOn", time_rfc3339(a, c->now));
    write_coverage(&w, scan);
    jw_obj_end(&w);
    jw_obj_end(&w);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}
