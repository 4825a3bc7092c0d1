/* SPDX-License-Identifier: Apache-2.0
 *
 * How cases go, by their steps and clocks: as of the moment, so that it can be asked for an earlier day too.
 */
#include "conform/evaluate_inner.h"
#include "impact/case_clock.h"

static bool in_time(const struct deadlines *d) {
    for (uint32_t i = 0; i < d->n; i++)
        if (d->v[i].state == CLOCK_MISSED || d->v[i].state == CLOCK_LATE)
            return false;
    return true;
}

/* The first moment at which an open case comes late by itself; 0: none. */
static int64_t due(const struct deadlines *d) {
    const struct deadline *next = clock_next(d);
    return next && next->state == CLOCK_RUNNING ? next->due : 0;
}

/* Somebody has taken it up, or it went on by itself: no longer only found and looked at. */
static bool begins(enum case_event x) {
    return x != CASE_FOUND && x != CASE_UPDATED && x != CASE_REOPENED && x != CASE_NOTED;
}

static void tell(const struct case_history *h, const struct deadlines *d, struct facts *f) {
    bool closed = false, begun = false, cause = false, owner = false;
    uint32_t practices = 0;
    for (uint32_t i = 0; i < h->n; i++) {
        const struct case_step *s = &h->v[i].step;
        closed = s->event == CASE_IS_CLOSED || (closed && s->event != CASE_REOPENED);
        begun = begun || begins(s->event);
        cause = cause || s->root_cause.n > 0;
        owner = owner || s->owner.n > 0;
        practices += s->practices.n;
    }
    facts_number(f, "in_time", in_time(d));
    f->v[f->n - 1].until = closed ? 0 : due(d);
    facts_number(f, "closed", closed);
    facts_number(f, "begun", begun);
    facts_number(f, "root_cause", cause);
    facts_number(f, "owner", owner);
    facts_number(f, "practices", practices);
}

static bool take_case(struct evaluating *k, struct shown_set *set, const struct clock_set *clocks, uint32_t place,
                      struct err *e) {
    const struct thing *t = &k->things[ABOUT_CASES].list.v[place];
    struct case_history h;
    struct deadlines d = {0};
    struct case_row now, row;
    bool open;
    struct facts f = {0};
    if (!case_get(k->p, k->a, t->number, &now, e) || !case_as_of(k->p, k->a, &now, &k->ask->when, &open, &row, &h, e))
        return false;
    if (!h.n)
        return true;
    const struct case_happened *last = &h.v[h.n - 1];
    struct shown s = {.thing = place,
                      .who = signer_at(k, str_n((const char *)last->signer, 32), last->time),
                      .log_id = k->p->log_id,
                      .time = last->time,
                      .entry = last->entry};
    if (s.who == WHO_NONE)
        return true;
    if (!case_deadlines(k->p, k->a, clocks, &row, &h, &k->ask->when, k->ask->now, &d, e))
        return false;
    tell(&h, &d, &f);
    shown_add(k, set, &s, &f);
    return true;
}

bool shown_by_cases(struct evaluating *k, struct shown_set *set, struct err *e) {
    struct clock_set clocks;
    if (!k->things[ABOUT_CASES].list.n)
        return true;
    if (!clock_load(k->p->ctx, k->a, k->p->home ? k->p->home->path : (str){NULL, 0}, &clocks, e))
        return false;
    for (uint32_t i = 0; i < k->things[ABOUT_CASES].list.n; i++)
        if (!take_case(k, set, &clocks, i, e))
            return false;
    return true;
}
