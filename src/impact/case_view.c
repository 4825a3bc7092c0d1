/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/case_answer.h"
#include "impact/case_clock.h"
#include "impact/label_json.h"

static bool found_in(struct portfolio *p, struct arena *a, const struct as_of *when, struct case_view *v,
                     struct err *e) {
    const struct case_step *then = case_last_found(&v->history);
    if (!when->given)
        return case_findings(p, a, v->c.number, &v->findings, e) &&
               case_places(p, a, v->c.number, &v->releases, &v->deployments, e);
    if (then) {
        v->findings = then->findings;
        v->releases = then->releases;
        v->deployments = then->deployments;
    }
    return true;
}

static bool say_why(struct arena *a, const struct clock_set *clocks, struct case_view *v) {
    const struct case_priority *p = &v->c.priority;
    v->because = v->c.overridden ? p->path : ssvc_path_text(&clocks->tables, a, p->table, p->path);
    return true;
}

bool case_view(struct portfolio *p, struct arena *a, const struct clock_set *clocks, const struct as_of *when,
               bool *found, struct case_view *out, struct err *e) {
    const struct case_row now = out->c;
    out->product = S("?");
    return (now.product < 0 || thing_id(p, a, THING_PRODUCT, now.product, &out->product, e)) &&
           case_as_of(p, a, &now, when, found, &out->c, &out->history, e) && found_in(p, a, when, out, e) &&
           case_deadlines(p, a, clocks, &out->c, &out->history, when, when->given ? when->time : p->ctx->now,
                          &out->deadlines, e) &&
           say_why(a, clocks, out);
}

bool case_view_narrow(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when,
                      struct case_view *v, struct err *e) {
    uint32_t kept = 0;
    struct product of;
    bool there;
    if (reader->owner)
        return true;
    if (!product_get(p, a, v->c.product, when, &of, &there, e))
        return false;
    for (uint32_t i = 0; i < v->deployments.n; i++) {
        struct deployment d;
        bool found;
        int64_t number;
        if (!thing_find(p, THING_DEPLOYMENT, v->deployments.v[i], &found, &number, e) ||
            (found && !deployment_get(p, a, number, when, &d, &found, e)))
            return false;
        if (found && audience_deployment(reader, &d, there ? &of : NULL))
            v->deployments.v[kept++] = v->deployments.v[i];
    }
    v->deployments.n = kept;
    return true;
}

uint64_t case_version(const struct case_view *v) {
    return v->history.n ? v->history.v[v->history.n - 1].entry : v->c.entry;
}

static void names_json(struct jw *w, const char *key, const struct case_names *v) {
    jw_karr(w, key);
    for (uint32_t i = 0; i < v->n; i++)
        jw_str(w, v->v[i]);
    jw_arr_end(w);
}

bool case_has_cause(const struct case_step *p) { return p->cause_class.n || p->root_cause.n || p->practices.n; }

static void cause_json(struct jw *w, const struct case_step *p) {
    if (!case_has_cause(p))
        return;
    jw_kobj(w, "rootCause");
    jw_kstr(w, "class", p->cause_class);
    jw_kstr(w, "text", p->root_cause);
    names_json(w, "practice", &p->practices);
    jw_obj_end(w);
}

const struct case_step *case_last_cause(const struct case_history *h) {
    for (uint32_t i = h->n; i-- > 0;)
        if (case_has_cause(&h->v[i].step))
            return &h->v[i].step;
    return NULL;
}

void deadline_json(struct arena *a, struct jw *w, const struct deadline *d) {
    jw_kstr(w, "profile", d->profile->id);
    label_json(w, "profileTitle", d->profile->title);
    jw_kstr(w, "rule", d->rule->id);
    label_json(w, "title", d->rule->title);
    jw_kstr(w, "state", str_of(clock_state_name(d->state)));
    if (d->due != CLOCK_NEVER)
        jw_kstr(w, "due", time_rfc3339(a, d->due));
}

void case_view_json(struct arena *a, struct jw *w, const struct case_view *s) {
    const struct case_step *cause = case_last_cause(&s->history);
    jw_kstr(w, "case", s->c.id);
    jw_kstr(w, "product", s->product);
    jw_kstr(w, "package", s->c.package);
    jw_kstr(w, "upgrade", s->c.upgrade);
    jw_kstr(w, "status", str_of(case_status_name(s->c.status)));
    jw_kstr(w, "decision", s->c.decision);
    jw_kstr(w, "owner", s->c.owner);
    jw_kobj(w, "priority");
    jw_kstr(w, "outcome", s->c.priority.outcome);
    jw_kstr(w, "table", s->c.priority.table);
    jw_kstr(w, "because", s->because);
    jw_kbool(w, "overridden", s->c.overridden);
    jw_obj_end(w);
    if (cause)
        cause_json(w, cause);
    jw_karr(w, "findings");
    for (uint32_t i = 0; i < s->findings.n; i++) {
        const struct case_finding *f = &s->findings.v[i];
        jw_obj(w);
        jw_kstr(w, "component", f->component);
        jw_kstr(w, "flaw", f->flaw);
        jw_kstr(w, "fixed", f->fixed);
        jw_kbool(w, "kev", f->kev);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    names_json(w, "releases", &s->releases);
    names_json(w, "deployments", &s->deployments);
    jw_karr(w, "clocks");
    for (uint32_t i = 0; i < s->deadlines.n; i++) {
        const struct deadline *d = &s->deadlines.v[i];
        jw_obj(w);
        deadline_json(a, w, d);
        label_json(w, "do", d->rule->action);
        label_json(w, "source", d->rule->source);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "history");
    for (uint32_t i = 0; i < s->history.n; i++) {
        const struct case_happened *h = &s->history.v[i];
        jw_obj(w);
        jw_kint(w, "entry", (int64_t)h->entry);
        jw_kstr(w, "time", time_rfc3339(a, h->time));
        jw_kstr(w, "event", str_of(case_event_name(h->step.event)));
        jw_kstr(w, "by", h->by);
        jw_kstr(w, "text", h->step.text);
        jw_kstr(w, "decision", h->step.verdict);
        jw_kstr(w, "justification", h->step.justification);
        jw_kstr(w, "impact", h->step.impact);
        jw_kstr(w, "action", h->step.action);
        jw_kstr(w, "until", h->step.until);
        jw_kstr(w, "owner", h->step.owner);
        jw_kstr(w, "evidence",
                h->step.by_release.n ? h->step.by_release
                : h->step.by_vex.n   ? h->step.by_vex
                                     : h->step.by_advisories);
        cause_json(w, &h->step);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

void verdict_views_json(struct jw *w, const struct verdict_views *v) {
    jw_arr(w);
    for (uint32_t i = 0; i < v->n; i++) {
        jw_obj(w);
        jw_kstr(w, "release", v->v[i].release);
        jw_kstr(w, "component", v->v[i].component);
        jw_kstr(w, "deployment", v->v[i].deployment);
        jw_karr(w, "verdicts");
        for (uint32_t k = 0; k < v->v[i].all.n; k++) {
            const struct standing *s = &v->v[i].all.v[k];
            jw_obj(w);
            jw_kbool(w, "counts", (int64_t)k == v->v[i].winner);
            jw_kstr(w, "status", str_of(verdict_status_name(s->verdict->status)));
            jw_kstr(w, "justification", s->verdict->justification);
            jw_kstr(w, "impact", s->verdict->impact);
            jw_kstr(w, "issuer", s->issuer);
            jw_kint(w, "rank", s->rank);
            jw_kbool(w, "holds", s->holds);
            jw_kstr(w, "because", s->because);
            jw_kstr(w, "carriedFrom", s->carried);
            jw_kint(w, "entry", (int64_t)s->verdict->entry);
            jw_obj_end(w);
        }
        jw_arr_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}
