/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/case_clock.h"

#include "impact/hits.h"

static void happen(struct clock_case *k, enum clock_event event, int64_t time) {
    if (time && time < k->at[event])
        k->at[event] = time;
}

/* We know that something is exploited since the first step that says so: what an advisory says of itself later does not
 * move a deadline. */
static bool says_exploited(const struct case_step *s) {
    for (uint32_t i = 0; i < s->findings.n; i++)
        if (s->findings.v[i].kev)
            return s->event == CASE_FOUND || s->event == CASE_UPDATED || s->event == CASE_REOPENED;
    return false;
}

const struct case_step *case_last_found(const struct case_history *h) {
    for (uint32_t i = h->n; i-- > 0;) {
        enum case_event event = h->v[i].step.event;
        if (event == CASE_FOUND || event == CASE_UPDATED || event == CASE_REOPENED)
            return &h->v[i].step;
    }
    return NULL;
}

/* The catalogue has days. Noon is that day nearly everywhere; and what we knew of was listed by then. */
static void listed(struct clock_case *k, const struct flaw_row *f) {
    int64_t noon = f->kev_added ? f->kev_added + 43200 : CLOCK_NEVER;
    int64_t at = noon < k->at[EVENT_EXPLOITED] ? noon : k->at[EVENT_EXPLOITED];
    if (at != CLOCK_NEVER)
        happen(k, EVENT_KEV_LISTED, at);
    if (f->kev_due && f->kev_due < k->kev_due)
        k->kev_due = f->kev_due;
}

static void take_steps(struct clock_case *k, const struct case_history *h) {
    static const struct {
        enum case_event step;
        enum clock_event event;
    } same[] = {{CASE_FOUND, EVENT_AWARE},
                {CASE_IS_FIXED, EVENT_FIX_AVAILABLE},
                {CASE_IS_FIXED, EVENT_FIXED},
                {CASE_IS_DELIVERED, EVENT_DELIVERED},
                {CASE_IS_VERIFIED, EVENT_VERIFIED}};
    int64_t closed = CLOCK_NEVER, decided = CLOCK_NEVER;
    for (uint32_t i = 0; i < h->n; i++) {
        enum clock_event noted;
        for (size_t n = 0; n < sizeof same / sizeof *same; n++)
            if (h->v[i].step.event == same[n].step)
                happen(k, same[n].event, h->v[i].time);
        if (says_exploited(&h->v[i].step))
            happen(k, EVENT_EXPLOITED, h->v[i].time);
        /* `case note --event warned`: what no step of ours says. */
        str word = h->v[i].step.happened;
        if (h->v[i].step.event == CASE_NOTED && clock_event_parse(word, &noted))
            happen(k, noted, h->v[i].time);
        if (h->v[i].step.event == CASE_DECIDED && !h->v[i].step.verdict.n)
            decided = CLOCK_NEVER; /* taken back */
        else if (h->v[i].step.event == CASE_DECIDED && decided == CLOCK_NEVER)
            decided = h->v[i].time;
        if (h->v[i].step.event == CASE_IS_CLOSED)
            closed = h->v[i].time;
        else if (h->v[i].step.event == CASE_REOPENED)
            closed = CLOCK_NEVER;
    }
    k->at[EVENT_CLOSED] = closed;
    if (decided != CLOCK_NEVER)
        happen(k, EVENT_DECIDED, decided);
}

/* For profiles that ask a decision table: the worst of the findings, and the widest exposure of where they run. */
static void know_flaw(struct arena *a, struct clock_case *k, const struct flaw_row *f,
                      const struct case_finding *then) {
    struct ssvc_inputs one = {0};
    int32_t epss = then ? then->epss : f->epss;
    struct advisory about = {.kev = then ? then->kev : f->kev, .epss = epss < 0 ? -1 : (double)epss / 10000};
    about.ssvc_exploitation = then ? then->exploitation : f->exploitation;
    about.ssvc_automatable = then ? then->automatable : f->automatable;
    about.ssvc_impact = then ? then->technical : f->impact;
    ssvc_of_advisory(a, &about, f->vector, &one);
    ssvc_join(a, &one, &k->known);
}

static bool meet_system(struct portfolio *p, struct case_met *met, str id, const struct as_of *when, enum exposure *out,
                        struct err *e) {
    struct map_entry *at = map_find(&met->systems, id);
    struct deployment d = {.exposure = EXPOSURE_UNKNOWN};
    int64_t number;
    bool found;
    if (!at) {
        if (!thing_find(p, THING_DEPLOYMENT, id, &found, &number, e) ||
            (found && !deployment_get(p, met->a, number, when, &d, &found, e)))
            return false;
        at = map_put(&met->systems, arena_str(met->a, id), NULL);
        at->value = (void *)(uintptr_t)((found ? d.exposure : EXPOSURE_UNKNOWN) +
                                        1u); // NOLINT(performance-no-int-to-ptr)
    }
    *out = (enum exposure)((uintptr_t)at->value - 1);
    return true;
}

static bool meet_flaw(struct portfolio *p, struct case_met *met, str name, const struct flaw_row **out, struct err *e) {
    struct map_entry *at = map_find(&met->flaws, name);
    if (!at) {
        struct flaw_row *row = arena_new_of(met->a, struct flaw_row);
        bool found;
        if (!hits_flaw(p, met->a, name, &found, row, e))
            return false;
        at = map_put(&met->flaws, arena_str(met->a, name), NULL);
        at->value = found ? row : NULL;
    }
    *out = at->value;
    return true;
}

static bool know_exposure(struct portfolio *p, struct arena *a, const struct case_names *deployments,
                          const struct as_of *when, struct case_met *met, struct clock_case *k, struct err *e) {
    static const str words[] = {{NULL, 0}, S_INIT("small"), S_INIT("controlled"), S_INIT("open")};
    enum exposure widest = EXPOSURE_UNKNOWN;
    for (uint32_t i = 0; i < deployments->n; i++) {
        enum exposure one;
        if (!meet_system(p, met, deployments->v[i], when, &one, e))
            return false;
        widest = one > widest ? one : widest;
    }
    k->exposure = words[widest];
    ssvc_of_exposure(a, k->exposure, &k->known);
    return true;
}

bool case_deadlines_met(struct portfolio *p, struct arena *a, const struct clock_set *clocks, const struct case_row *c,
                        const struct case_history *history, const struct as_of *when, int64_t now, struct case_met *met,
                        struct deadlines *out, struct err *e) {
    static const struct case_step nothing;
    const struct case_step *in = case_last_found(history);
    struct clock_case k;
    if (!met->begun) {
        map_init(&met->flaws, met->a);
        map_init(&met->systems, met->a);
        met->begun = true;
    }
    clock_case_init(&k);
    in = in ? in : &nothing;
    take_steps(&k, history);
    k.severity = c->score < 0 ? SEVERITY_UNKNOWN : severity_of_score((double)c->score / 10);
    for (uint32_t i = 0; i < in->findings.n; i++) {
        const struct flaw_row *f;
        if (!meet_flaw(p, met, in->findings.v[i].flaw, &f, e))
            return false;
        if (!f)
            continue;
        const struct case_finding *then = when->given ? &in->findings.v[i] : NULL;
        know_flaw(a, &k, f, then);
        happen(&k, EVENT_PUBLISHED, f->published);
        if (f->kev && (!then || then->kev))
            listed(&k, f);
    }
    return know_exposure(p, a, &in->deployments, when, met, &k, e) && clock_deadlines(clocks, a, &k, now, out, e);
}

bool case_deadlines(struct portfolio *p, struct arena *a, const struct clock_set *clocks, const struct case_row *c,
                    const struct case_history *history, const struct as_of *when, int64_t now, struct deadlines *out,
                    struct err *e) {
    struct case_met met = {.a = a};
    return case_deadlines_met(p, a, clocks, c, history, when, now, &met, out, e);
}
