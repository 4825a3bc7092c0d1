/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/clock.h"

#include <stdlib.h>

static const char *const events[EVENT_COUNT] = {
    "published",    "reported", "aware",     "exploited",     "kev-listed",   "incident",      "contacted",
    "acknowledged", "warned",   "notified",  "fix-available", "final-report", "customer-told", "offered",
    "decided",      "fixed",    "delivered", "verified",      "disclosed",    "closed"};

/* The same for people. */
static const char *const events_said[EVENT_COUNT] = {
    N_("its publication"),
    N_("a report to us"),
    N_("our knowing that it reaches us"),
    N_("our knowing that it is exploited"),
    N_("its listing in KEV"),
    N_("an incident"),
    N_("the first contact by a coordinator"),
    N_("our answer to the coordinator"),
    N_("the early warning"),
    N_("the notification"),
    N_("a fix"),
    N_("the final report"),
    N_("customers being told"),
    N_("the offer of a measure"),
    N_("a decision"),
    N_("the fixed release"),
    N_("the delivery"),
    N_("the check at the customer"),
    N_("its disclosure"),
    N_("the end of the case"),
};

const char *clock_event_name(enum clock_event event) { return events[event]; }

bool clock_event_parse(str word, enum clock_event *out) {
    for (int i = 0; i < EVENT_COUNT; i++)
        if (str_is(word, events[i])) {
            *out = (enum clock_event)i;
            return true;
        }
    return false;
}

const char *clock_state_name(enum clock_state s) {
    static const char *const names[] = {"missed", "running", "waiting", "late", "met", "stopped"};
    return names[s];
}

void clock_case_init(struct clock_case *k) {
    *k = (struct clock_case){.kev_due = CLOCK_NEVER};
    for (int i = 0; i < EVENT_COUNT; i++)
        k->at[i] = CLOCK_NEVER;
}

const struct clock_profile *clock_profile(const struct clock_set *set, str id) {
    for (uint32_t i = 0; i < set->profiles.n; i++)
        if (str_eq(set->profiles.v[i]->id, id))
            return set->profiles.v[i];
    return NULL;
}

/* ── conditions ── */

struct asking {
    const struct clock_set *set;
    struct arena *a;
    const struct clock_case *k;
    int64_t now;
};

static bool happened(const struct asking *q, int event) { return q->k->at[event] <= q->now; }

/* First or last time of these events; CLOCK_NEVER when none (first), or one is missing (last). */
static int64_t time_of(const struct asking *q, uint32_t bits, bool last) {
    int64_t out = last ? INT64_MIN : CLOCK_NEVER;
    for (int i = 0; i < EVENT_COUNT; i++) {
        if (!(bits & 1U << i))
            continue;
        int64_t at = happened(q, i) ? q->k->at[i] : CLOCK_NEVER;
        if (last ? at > out : at < out)
            out = at;
    }
    return out;
}

static bool exposure_in(uint32_t bits, str exposure) {
    static const char *const words[] = {"small", "controlled", "open"};
    unsigned at = 0;
    while (at < 3 && !str_is(exposure, words[at]))
        at++;
    return bits & 1U << at;
}

static bool sector_in(const struct clock_rule *r, str sector) {
    for (uint32_t i = 0; i < r->n_sectors; i++)
        if (str_ieq(r->sectors[i], sector))
            return true;
    return false;
}

static bool facts_hold(const struct asking *q, const struct clock_rule *r) {
    for (int i = 0; i < EVENT_COUNT; i++) {
        uint32_t bit = 1U << i;
        if ((r->happened & bit && !happened(q, i)) || (r->not_happened & bit && happened(q, i)))
            return false;
    }
    if (r->severities && !(r->severities & 1U << q->k->severity))
        return false;
    if (r->exposures && !exposure_in(r->exposures, q->k->exposure))
        return false;
    return !r->n_sectors || sector_in(r, q->k->sector);
}

static bool decision_holds(const struct asking *q, const struct clock_rule *r, bool *holds, struct err *e) {
    struct ssvc_decision d;
    *holds = true;
    if (!r->table)
        return true;
    if (!ssvc_decide(&q->set->tables, q->a, r->table, &q->k->known, &d, e))
        return false;
    *holds = r->outcomes[d.outcome / 64] >> d.outcome % 64 & 1;
    return true;
}

/* ── when it is due ── */

/* Business days where the calendar has no holidays to tell: its weekend alone. */
static int64_t by_weekend(const struct calendar *cal, int64_t day, int64_t n) {
    for (int64_t guard = 0; n > 0 && guard < 100000; guard++)
        n -= !(cal->weekend & 1U << day_weekday(++day));
    return day;
}

static int64_t business_day(const struct clock_rule *r, int64_t day, int64_t n, struct deadline *d) {
    int64_t out;
    struct err ignored = {0};
    if (n ? calendar_add(r->calendar, day, n, &out, &ignored) : calendar_roll(r->calendar, day, &out, &ignored))
        return out;
    d->estimated = true;
    return n ? by_weekend(r->calendar, day, n) : by_weekend(r->calendar, day - 1, 1);
}

static int64_t plus(int64_t t, int64_t seconds) {
    return t > INT64_MAX - 1 - seconds ? INT64_MAX - 1 : t + seconds; /* never CLOCK_NEVER */
}

static int64_t due_of(const struct asking *q, const struct clock_rule *r, struct deadline *d) {
    const struct zone utc = {0, SUMMER_NONE};
    struct zone zone = d->profile->zone;
    int32_t second;
    int64_t day = zone_day(zone, d->started, &second);
    if (r->span == SPAN_HOURS && r->exact && !r->roll)
        return plus(d->started, r->count * 3600);
    switch (r->span) {
    case SPAN_HOURS: day = zone_day(zone, plus(d->started, r->count * 3600), &second); break;
    case SPAN_DAYS: day += r->count; break;
    case SPAN_BUSINESS_DAYS: day = business_day(r, day, r->count, d); break;
    case SPAN_MONTHS: day = day_add_months(day, r->count); break;
    case SPAN_KEV_DUE:
        if (q->k->kev_due == CLOCK_NEVER)
            return CLOCK_NEVER;
        day = zone_day(utc, q->k->kev_due, NULL);
        break;
    }
    if (r->roll)
        day = business_day(r, day, 0, d);
    return zone_instant(zone, day, r->exact && r->span != SPAN_KEV_DUE ? second : DAY_SECONDS - 1);
}

static void settle(const struct asking *q, const struct clock_rule *r, struct deadline *d) {
    int64_t done = time_of(q, r->done, false), closed = time_of(q, 1U << EVENT_CLOSED, false);
    d->ended = done != CLOCK_NEVER ? done : closed;
    int64_t at = d->ended != CLOCK_NEVER ? d->ended : q->now;
    d->over = at > d->due ? at - d->due : 0;
    if (d->ended == CLOCK_NEVER)
        d->state = d->over ? CLOCK_MISSED : CLOCK_RUNNING;
    else
        d->state = d->over ? CLOCK_LATE : done != CLOCK_NEVER ? CLOCK_MET : CLOCK_STOPPED;
}

static bool add(const struct asking *q, const struct clock_profile *p, const struct clock_rule *r,
                struct deadlines *out, struct err *e) {
    struct deadline d = {.profile = p, .rule = r, .state = CLOCK_WAITING, .due = CLOCK_NEVER, .ended = CLOCK_NEVER};
    bool holds;
    d.started = time_of(q, r->starts, r->starts_last);
    if (!facts_hold(q, r) || (d.started != CLOCK_NEVER && d.started < p->from))
        return true;
    if (!decision_holds(q, r, &holds, e))
        return false;
    if (!holds || (d.started == CLOCK_NEVER && happened(q, EVENT_CLOSED)))
        return true;
    for (int i = 0; i < EVENT_COUNT; i++)
        d.lacks |= r->starts & 1U << i && !happened(q, i) ? 1U << i : 0;
    if (d.started != CLOCK_NEVER) {
        d.due = due_of(q, r, &d);
        if (d.due == CLOCK_NEVER)
            return true; /* a KEV entry without a date */
        settle(q, r, &d);
    }
    *vec_push(q->a, out) = d;
    return true;
}

static int by_urgency(const void *x, const void *y) {
    const struct deadline *p = x, *q = y;
    bool p_open = p->state <= CLOCK_RUNNING, q_open = q->state <= CLOCK_RUNNING;
    if (p_open != q_open)
        return p_open ? -1 : 1;
    if (!p_open && (p->state == CLOCK_WAITING) != (q->state == CLOCK_WAITING))
        return p->state == CLOCK_WAITING ? -1 : 1;
    if (p->due != q->due)
        return p->due < q->due ? -1 : 1;
    int by_profile = str_cmp(p->profile->id, q->profile->id);
    return by_profile ? by_profile : str_cmp(p->rule->id, q->rule->id);
}

bool clock_deadlines(const struct clock_set *set, struct arena *a, const struct clock_case *k, int64_t now,
                     struct deadlines *out, struct err *e) {
    struct asking q = {set, a, k, now};
    *out = (struct deadlines){0};
    for (uint32_t i = 0; i < set->used.n; i++) {
        const struct clock_profile *p = clock_profile(set, set->used.v[i]);
        for (uint32_t n = 0; p && n < p->n_rules; n++)
            if (!add(&q, p, &p->rules[n], out, e))
                return false;
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_urgency);
    return true;
}

const struct deadline *clock_next(const struct deadlines *all) {
    return all->n && all->v[0].state <= CLOCK_RUNNING ? &all->v[0] : NULL;
}

/* ── for people ── */

static str span_text(struct arena *a, int64_t seconds) {
    long long minutes = (long long)seconds / 60, hours = minutes / 60, days = hours / 24;
    if (days >= 4)
        return arena_printf(a, _("%lld d"), days);
    if (days)
        return arena_printf(a, _("%lld d %lld h"), days, hours % 24);
    if (hours)
        return arena_printf(a, _("%lld h %lld min"), hours, minutes % 60);
    return arena_printf(a, _("%lld min"), minutes);
}

/* Of events that must all have happened, those that have not. */
static str waits_for(struct arena *a, const struct deadline *d) {
    struct buf b = {0};
    for (int i = 0; i < EVENT_COUNT; i++)
        if (d->lacks & 1U << i)
            buf_addf(&b, "%s%s", b.n ? ", " : "", _(events_said[i]));
    str out = arena_printf(a, _("waits for: %.*s"), STR_ARG(buf_str(&b)));
    buf_free(&b);
    return out;
}

str clock_say(struct arena *a, const struct deadline *d, int64_t now) {
    switch (d->state) {
    case CLOCK_RUNNING: return arena_printf(a, _("in %.*s"), STR_ARG(span_text(a, d->due - now)));
    case CLOCK_MISSED: return arena_printf(a, _("%.*s over"), STR_ARG(span_text(a, d->over)));
    case CLOCK_LATE: return arena_printf(a, _("met %.*s late"), STR_ARG(span_text(a, d->over)));
    case CLOCK_MET: return str_of(_("met"));
    case CLOCK_STOPPED: return str_of(_("no longer needed"));
    case CLOCK_WAITING: break;
    }
    return waits_for(a, d);
}

str clock_due_text(struct arena *a, const struct deadline *d) {
    if (d->due == CLOCK_NEVER)
        return (str){NULL, 0};
    str full = zone_text(a, d->profile->zone, d->due);
    return arena_printf(a, "%.*s %.*s %.*s", 10, full.p, 5, full.p + 11, STR_ARG(str_from(full, 19)));
}
