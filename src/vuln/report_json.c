/* SPDX-License-Identifier: Apache-2.0
 *
 * Akashi's own JSON (one document) and JSON lines (one finding a line). Answered findings are always in it, with their
 * status: a reader filters, we do not hide.
 */
#include "vuln/report.h"

static void strings(struct jw *w, const char *key, const str *v, uint32_t n) {
    jw_karr(w, key);
    for (uint32_t i = 0; i < n; i++)
        jw_str(w, v[i]);
    jw_arr_end(w);
}

static void severity(struct jw *w, const struct finding *f) {
    jw_kobj(w, "severity");
    jw_kstr(w, "level", str_of(severity_name(f->worst.severity)));
    if (f->worst.score >= 0) {
        jw_key(w, S("score"));
        jw_num(w, f->worst.score);
    }
    jw_kstr(w, "vector", f->worst.vector);
    jw_kstr(w, "source", f->worst.source);
    jw_obj_end(w);
}

static void exploitation(struct jw *w, const struct advisory *a) {
    jw_kobj(w, "kev");
    jw_kbool(w, "listed", a->kev);
    if (a->kev) {
        jw_kstr(w, "added", a->kev_added);
        jw_kstr(w, "due", a->kev_due);
        jw_kbool(w, "ransomware", a->kev_ransomware);
    }
    jw_obj_end(w);
    if (a->epss >= 0) {
        jw_kobj(w, "epss");
        jw_key(w, S("probability"));
        jw_num(w, a->epss);
        jw_key(w, S("percentile"));
        jw_num(w, a->epss_percentile);
        jw_obj_end(w);
    }
}

static void places(struct jw *w, const struct sbom_component *component) {
    jw_karr(w, "places");
    for (uint32_t i = 0; i < component->places.n; i++) {
        jw_obj(w);
        jw_kstr(w, "path", component->places.v[i].path);
        if (component->places.v[i].line)
            jw_kint(w, "line", component->places.v[i].line);
        jw_kstr(w, "layer", component->places.v[i].layer);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void component(struct jw *w, const struct finding *f) {
    static const char *const direct[] = {"unknown", "direct", "transitive"};
    jw_kobj(w, "component");
    jw_kstr(w, "name", f->component->name);
    jw_kstr(w, "version", f->component->version);
    jw_kstr(w, "purl", f->component->purl);
    jw_kstr(w, "ref", f->component->ref);
    jw_kstr(w, "relationship", str_of(direct[f->direct]));
    places(w, f->component);
    jw_obj_end(w);
}

static void status(struct jw *w, const struct finding *f) {
    jw_kstr(w, "status", str_of(finding_status_name(f->status)));
    if (f->status == FINDING_OPEN)
        return;
    jw_kobj(w, "answer");
    jw_kstr(w, "source", f->status_source);
    jw_kstr(w, "reason", f->status_reason);
    jw_kstr(w, "until", f->until);
    jw_obj_end(w);
}

static void fix(struct jw *w, const struct finding *f) {
    static const char *const states[] = {"unknown", "fixed", "not-fixed", "wont-fix"};
    jw_kobj(w, "fix");
    jw_kstr(w, "state", str_of(states[f->fix]));
    jw_kstr(w, "version", f->fixed);
    jw_kstr(w, "upgrade", f->upgrade);
    jw_obj_end(w);
}

static void finding(struct jw *w, struct arena *a, const struct finding *f) {
    jw_obj(w);
    jw_kstr(w, "id", f->id);
    strings(w, "advisories", f->advisories.v, f->advisories.n);
    strings(w, "aliases", f->about.aliases.v, f->about.aliases.n);
    jw_kstr(w, "input", f->input->name);
    component(w, f);
    jw_karr(w, "path");
    for (uint32_t i = 0; i < f->n_path; i++)
        jw_str(w, component_text(a, &f->input->sbom->components.v[f->path[i]]));
    jw_arr_end(w);
    jw_kstr(w, "priority", str_of(priority_name(f->priority)));
    jw_kstr(w, "reason", f->reason);
    severity(w, f);
    exploitation(w, &f->about);
    fix(w, f);
    jw_kstr(w, "ecosystem", f->ecosystem);
    jw_kstr(w, "confidence", f->confidence == CONFIDENCE_LOW ? S("low") : S("exact"));
    status(w, f);
    jw_kstr(w, "summary", f->about.summary);
    jw_kstr(w, "published", f->about.published);
    jw_kstr(w, "modified", f->about.modified);
    strings(w, "cwes", f->about.cwes.v, f->about.cwes.n);
    strings(w, "references", f->about.references.v, f->about.references.n);
    jw_obj_end(w);
}

static void input(struct jw *w, const struct scan_input *in) {
    jw_obj(w);
    jw_kstr(w, "name", in->name);
    jw_kint(w, "components", in->components);
    jw_kint(w, "assessed", in->assessed);
    jw_kint(w, "unidentified", in->unidentified);
    jw_kint(w, "without_version", in->no_version);
    jw_kint(w, "without_data", in->no_data);
    jw_obj_end(w);
}

static void standing(struct jw *w, struct arena *a, const struct scan *scan) {
    jw_kobj(w, "database");
    if (scan->db_missing)
        jw_kbool(w, "missing", true);
    jw_kstr(w, "digest", scan->db.digest);
    if (scan->db.built)
        jw_kstr(w, "built", time_rfc3339(a, scan->db.built));
    jw_kint(w, "advisories", (int64_t)scan->db.advisories);
    jw_obj_end(w);
    jw_karr(w, "ecosystems");
    for (uint32_t i = 0; i < scan->assessments.n; i++) {
        const struct assessment *as = &scan->assessments.v[i];
        jw_obj(w);
        jw_kstr(w, "name", as->ecosystem);
        jw_kint(w, "components", as->components);
        jw_kint(w, "assessed", as->assessed);
        jw_kint(w, "advisories", (int64_t)as->advisories);
        if (as->newest)
            jw_kstr(w, "newest", time_rfc3339(a, as->newest));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void licences(struct jw *w, const struct scan *scan) {
    jw_karr(w, "licences");
    for (uint32_t i = 0; i < scan->licences.n; i++) {
        const struct licence_finding *l = &scan->licences.v[i];
        jw_obj(w);
        jw_kstr(w, "input", l->input->name);
        jw_kstr(w, "component", l->component->name);
        jw_kstr(w, "version", l->component->version);
        jw_kstr(w, "purl", l->component->purl);
        jw_kstr(w, "licence", l->expression);
        jw_kstr(w, "verdict", str_of(licence_verdict_name(l->verdict)));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static bool write_json(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                       struct buf *out, struct err *e) {
    struct jw w = jw_to(out, o->pretty);
    (void)e;
    jw_obj(&w);
    jw_kstr(&w, "tool", S("akashi " AKASHI_VERSION));
    jw_kstr(&w, "time", time_rfc3339(a, c->now));
    standing(&w, a, scan);
    jw_karr(&w, "inputs");
    for (uint32_t i = 0; i < scan->inputs.n; i++)
        input(&w, scan->inputs.v[i]);
    jw_arr_end(&w);
    jw_karr(&w, "findings");
    for (uint32_t i = 0; i < scan->findings.n; i++)
        finding(&w, a, &scan->findings.v[i]);
    jw_arr_end(&w);
    licences(&w, scan);
    jw_karr(&w, "ended");
    for (uint32_t i = 0; i < scan->ended.n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "input", scan->ended.v[i].input->name);
        jw_kstr(&w, "what", scan->ended.v[i].what);
        jw_kstr(&w, "since", scan->ended.v[i].since);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    buf_addc(out, '\n');
    return true;
}

static bool write_jsonl(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                        struct buf *out, struct err *e) {
    (void)c, (void)o, (void)e;
    for (uint32_t i = 0; i < scan->findings.n; i++) {
        struct jw w = jw_to(out, false);
        finding(&w, a, &scan->findings.v[i]);
        buf_addc(out, '\n');
    }
    return true;
}

const struct report report_as_json = {"json", N_("everything, as one JSON document"), write_json};
const struct report report_as_jsonl = {"jsonl", N_("one finding a line, as JSON"), write_jsonl};
