/* SPDX-License-Identifier: Apache-2.0
 *
 * A case as it was: its steps up to a moment, added up as they are when they come in (case_take.c).
 */
#include "impact/case.h"

static void take_found(struct case_row *c, const struct case_step *s) {
    c->score = c->epss = -1;
    c->kev = false;
    c->upgrade = s->upgrade;
    for (uint32_t i = 0; i < s->findings.n; i++) {
        const struct case_finding *f = &s->findings.v[i];
        c->score = f->score > c->score ? f->score : c->score;
        c->epss = f->epss > c->epss ? f->epss : c->epss;
        c->kev |= f->kev;
    }
}

static void take_priority(struct case_row *c, const struct case_step *s, bool overridden) {
    if (!s->has_priority)
        return;
    c->priority = s->priority;
    if (overridden)
        c->priority.path = s->text;
    c->overridden = overridden;
}

static void set_status(struct case_row *c, enum case_status status, int64_t time) {
    c->status = status;
    c->closed = status == CASE_CLOSED ? time : 0;
}

static void take_step(struct case_row *c, const struct case_step *s, int64_t time) {
    bool touched = s->event != CASE_OVERRIDDEN;
    switch (s->event) {
    case CASE_REOPENED:
        set_status(c, CASE_DETECTED, time);
        c->decision = (str){NULL, 0};
        take_found(c, s);
        take_priority(c, s, false);
        break;
    case CASE_FOUND:
    case CASE_UPDATED:
        take_found(c, s);
        take_priority(c, s, false);
        break;
    case CASE_ASSIGNED: c->owner = s->owner; break;
    case CASE_DECIDED: c->decision = s->verdict; break;
    case CASE_OVERRIDDEN: take_priority(c, s, true); break;
    case CASE_IS_TRIAGED: set_status(c, CASE_TRIAGED, time); break;
    case CASE_IS_FIXING: set_status(c, CASE_FIXING, time); break;
    case CASE_IS_FIXED: set_status(c, CASE_FIXED, time); break;
    case CASE_IS_DELIVERED: set_status(c, CASE_DELIVERED, time); break;
    case CASE_IS_VERIFIED: set_status(c, CASE_VERIFIED, time); break;
    case CASE_IS_CLOSED: set_status(c, CASE_CLOSED, time); break;
    case CASE_NOTED: break;
    }
    if (touched)
        c->changed = time;
}

bool case_as_of(struct portfolio *p, struct arena *a, const struct case_row *now, const struct as_of *when, bool *found,
                struct case_row *out, struct case_history *steps, struct err *e) {
    uint32_t kept = 0;
    *out = *now;
    *found = true;
    if (!case_history(p, a, now->number, steps, e))
        return false;
    if (!when->given)
        return true;
    *found = now->entry < when->size;
    *out = (struct case_row){.number = now->number,
                             .product = now->product,
                             .id = now->id,
                             .package = now->package,
                             .opened = now->opened,
                             .entry = now->entry,
                             .score = -1,
                             .epss = -1};
    for (uint32_t i = 0; i < steps->n; i++) {
        if (steps->v[i].entry >= when->size)
            continue;
        steps->v[kept++] = steps->v[i];
        take_step(out, &steps->v[i].step, steps->v[i].time);
    }
    steps->n = kept;
    return true;
}
