/* SPDX-License-Identifier: Apache-2.0
 *
 * Steps of cases as JSON, written and read.
 */
#include "base/digest.h"
#include "impact/case_inner.h"

static const char *const statuses[] = {"detected", "triaged", "fixing", "fixed", "delivered", "verified", "closed"};
static const char *const events[] = {"detected", "updated", "reopened",  "assigned", "noted",      "triaged", "decided",
                                     "fixing",   "fixed",   "delivered", "verified", "overridden", "closed"};

const char *case_status_name(enum case_status s) { return statuses[s]; }
const char *case_event_name(enum case_event x) { return events[x]; }

bool case_status_parse(str word, enum case_status *out) {
    for (int i = 0; i <= CASE_CLOSED; i++)
        if (str_is(word, statuses[i])) {
            *out = (enum case_status)i;
            return true;
        }
    return false;
}

bool case_event_parse(str word, enum case_event *out) {
    for (int i = 0; i <= CASE_IS_CLOSED; i++)
        if (str_is(word, events[i])) {
            *out = (enum case_event)i;
            return true;
        }
    return false;
}

/* ── writing ── */

static void put(struct jw *w, const char *key, str s) {
    if (s.n)
        jw_kstr(w, key, s);
}

static void put_names(struct jw *w, const char *key, const struct case_names *v) {
    if (!v->n)
        return;
    jw_karr(w, key);
    for (uint32_t i = 0; i < v->n; i++)
        jw_str(w, v->v[i]);
    jw_arr_end(w);
}

static void put_findings(struct jw *w, const struct case_findings *v) {
    if (!v->n)
        return;
    jw_karr(w, "findings");
    for (uint32_t i = 0; i < v->n; i++) {
        const struct case_finding *f = &v->v[i];
        jw_obj(w);
        jw_kstr(w, "component", f->component);
        jw_kstr(w, "flaw", f->flaw);
        put(w, "fixed", f->fixed);
        jw_kbool(w, "kev", f->kev);
        if (f->epss >= 0)
            jw_kint(w, "epss", f->epss);
        if (f->score >= 0)
            jw_kint(w, "score", f->score);
        put(w, "exploitation", f->exploitation);
        put(w, "automatable", f->automatable);
        put(w, "technicalImpact", f->technical);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_priority(struct jw *w, const struct case_priority *v) {
    jw_kobj(w, "priority");
    put(w, "table", v->table);
    jw_kstr(w, "outcome", v->outcome);
    jw_kint(w, "rank", v->rank);
    put(w, "path", v->path);
    jw_obj_end(w);
}

static void put_decision(struct jw *w, const struct case_step *s) {
    if (!s->verdict.n)
        return;
    jw_kobj(w, "decision");
    jw_kstr(w, "verdict", s->verdict);
    put(w, "justification", s->justification);
    put(w, "impact", s->impact);
    put(w, "action", s->action);
    put(w, "until", s->until);
    jw_obj_end(w);
}

static void put_evidence(struct jw *w, const struct case_step *s) {
    if (!s->by_release.n && !s->by_vex.n && !s->by_advisories.n)
        return;
    jw_kobj(w, "evidence");
    put(w, "release", s->by_release);
    put(w, "body", s->by_body);
    put(w, "vex", s->by_vex);
    put(w, "advisories", s->by_advisories);
    jw_obj_end(w);
}

static void put_cause(struct jw *w, const struct case_step *s) {
    if (!s->cause_class.n && !s->root_cause.n && !s->practices.n)
        return;
    jw_kobj(w, "rootCause");
    put(w, "class", s->cause_class);
    put(w, "text", s->root_cause);
    put_names(w, "practice", &s->practices);
    jw_obj_end(w);
}

void case_step_write(struct jw *w, const struct case_step *s) {
    jw_obj(w);
    jw_kstr(w, "case", s->id);
    jw_kstr(w, "event", str_of(events[s->event]));
    put(w, "product", s->product);
    put(w, "package", s->package);
    put(w, "upgrade", s->upgrade);
    put_findings(w, &s->findings);
    put_names(w, "releases", &s->releases);
    put_names(w, "deployments", &s->deployments);
    if (s->has_priority)
        put_priority(w, &s->priority);
    put(w, "owner", s->owner);
    put(w, "text", s->text);
    put_decision(w, s);
    put_evidence(w, s);
    put(w, "happened", s->happened);
    put_cause(w, s);
    jw_obj_end(w);
}

static struct subject subject_of(struct arena *a, const struct case_watch *watch, const struct case_step *first) {
    struct subject s = {.name = watch ? S("advisories.db") : arena_cat(a, S("case:"), first->id)};
    str hex = watch ? watch->advisories : digest_hex(a, DIGEST_SHA256, s.name);
    *vec_push(a, &s.digests) = (struct subject_digest){S("sha256"), hex};
    return s;
}

bool case_payload(struct ctx *c, struct arena *a, const struct case_watch *watch, const struct case_step *steps,
                  uint32_t n, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_obj(&w);
    if (watch && !watch->more) {
        jw_kobj(&w, "watch");
        jw_kstr(&w, "advisories", watch->advisories);
        jw_kint(&w, "entries", (int64_t)watch->entries);
        jw_obj_end(&w);
    }
    jw_karr(&w, "steps");
    for (uint32_t i = 0; i < n; i++)
        case_step_write(&w, &steps[i]);
    jw_arr_end(&w);
    jw_obj_end(&w);
    struct subject subject = subject_of(a, watch, steps);
    bool ok = statement_of_written(c, a, S("tag:akashi,2026:predicate/case/v1"), &subject, 1, &b, payload, e);
    buf_free(&b);
    return ok;
}

/* ── reading ── */

static void take_names(struct arena *a, struct jv list, struct case_names *out) {
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (j_str(it.val).n)
            *vec_push(a, out) = j_str(it.val);
}

static void take_findings(struct arena *a, struct jv list, struct case_findings *out) {
    for (struct jiter it = j_iter(list); j_next(&it);)
        *vec_push(a, out) = (struct case_finding){.component = j_gets(it.val, "component"),
                                                  .flaw = j_gets(it.val, "flaw"),
                                                  .fixed = j_gets(it.val, "fixed"),
                                                  .kev = j_true(j_get(it.val, "kev")),
                                                  .epss = (int32_t)j_int(j_get(it.val, "epss"), -1),
                                                  .score = (int32_t)j_int(j_get(it.val, "score"), -1),
                                                  .exploitation = j_gets(it.val, "exploitation"),
                                                  .automatable = j_gets(it.val, "automatable"),
                                                  .technical = j_gets(it.val, "technicalImpact")};
}

bool case_step_read(struct arena *a, struct jv v, struct case_step *out) {
    struct jv priority = j_get(v, "priority"), decision = j_get(v, "decision"), evidence = j_get(v, "evidence");
    struct jv cause = j_get(v, "rootCause");
    *out = (struct case_step){.id = j_gets(v, "case"),
                              .product = j_gets(v, "product"),
                              .package = j_gets(v, "package"),
                              .upgrade = j_gets(v, "upgrade"),
                              .has_priority = j_ok(priority),
                              .owner = j_gets(v, "owner"),
                              .text = j_gets(v, "text"),
                              .happened = j_gets(v, "happened"),
                              .root_cause = j_gets(cause, "text"),
                              .cause_class = j_gets(cause, "class")};
    out->priority = (struct case_priority){j_gets(priority, "table"), j_gets(priority, "outcome"),
                                           j_gets(priority, "path"), (unsigned)j_int(j_get(priority, "rank"), 0)};
    out->verdict = j_gets(decision, "verdict");
    out->justification = j_gets(decision, "justification");
    out->impact = j_gets(decision, "impact");
    out->action = j_gets(decision, "action");
    out->until = j_gets(decision, "until");
    out->by_release = j_gets(evidence, "release");
    out->by_body = j_gets(evidence, "body");
    out->by_vex = j_gets(evidence, "vex");
    out->by_advisories = j_gets(evidence, "advisories");
    take_findings(a, j_get(v, "findings"), &out->findings);
    take_names(a, j_get(v, "releases"), &out->releases);
    take_names(a, j_get(v, "deployments"), &out->deployments);
    take_names(a, j_get(cause, "practice"), &out->practices);
    return out->id.n && case_event_parse(j_gets(v, "event"), &out->event);
}
