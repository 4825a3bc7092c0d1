/* SPDX-License-Identifier: Apache-2.0
 *
 * Decisions that no longer do: stated once, as a statement of its own, when the advisories or the calendar say so.
 */
#include "conform/decision_inner.h"
#include "vuln/vuln.h"

struct reopening_all {
    struct portfolio *p;
    struct arena *a;
    struct matcher *m; /* NULL: no advisories */
    int32_t jump;
    int64_t now;
    VEC(struct reopening) found;
};

static bool was_stated(const struct decision *d, const struct reopening *r) {
    for (uint32_t i = 0; i < d->reopenings.n; i++) {
        const struct reopening_row *x = &d->reopenings.v[i];
        if (x->counts && x->said.because == r->because && str_eq(x->said.answer, r->answer) &&
            str_eq(x->said.flaw, r->flaw))
            return true;
    }
    return false;
}

/* What outlives the decision that is looked at. */
static void state(struct reopening_all *k, const struct decision *d, struct reopening r) {
    r.offer = d->log.digest;
    r.answer = d->holds->content;
    if (was_stated(d, &r))
        return;
    r.offer = arena_str(k->a, r.offer);
    r.answer = arena_str(k->a, r.answer);
    r.flaw = arena_str(k->a, r.flaw);
    *vec_push(k->a, &k->found) = r;
}

static bool look_at_flaw(struct reopening_all *k, const struct decision *d, const struct offer_flaw *f, struct err *e) {
    struct arena *a = arena_new();
    struct advisory now;
    bool ok = matcher_advisory(k->m, f->id, a, &now, e);
    if (ok) {
        int32_t epss = now.epss < 0 ? -1 : (int32_t)(now.epss * 10000 + 0.5);
        if (now.kev && !f->kev)
            state(k, d, (struct reopening){.because = REOPENED_EXPLOITED, .flaw = f->id, .epss = epss});
        else if (!now.kev && f->epss >= 0 && epss - f->epss >= k->jump)
            state(k, d, (struct reopening){.because = REOPENED_LIKELY, .flaw = f->id, .epss = epss});
    }
    arena_free(a);
    return ok;
}

static bool look(void *arg, const struct decision *d, struct err *e) {
    struct reopening_all *k = arg;
    const struct answer_row *x = d->holds;
    if (!x || !d->trusted || x->said.kind == ANSWER_ACCEPT)
        return true;
    for (uint32_t i = 0; k->m && i < d->said.flaws.n; i++)
        if (!look_at_flaw(k, d, &d->said.flaws.v[i], e))
            return false;
    if (x->said.review && x->said.review <= k->now)
        state(k, d, (struct reopening){.because = REOPENED_REVIEW, .day = x->said.review, .epss = -1});
    if (x->said.kind == ANSWER_DEFER && x->said.until && x->said.until <= k->now)
        state(k, d, (struct reopening){.because = REOPENED_DEFERRED, .day = x->said.until, .epss = -1});
    return true;
}

static bool log_all(struct reopening_all *k, struct reopen_report *out, struct err *e) {
    uint32_t n = k->found.n;
    struct portfolio_add *adds = arena_array(k->a, struct portfolio_add, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        if (!reopening_payload(k->p->ctx, k->a, &k->found.v[i], &adds[i].payload, e))
            return false;
        *vec_push(k->a, &out->ids) = offer_id(k->a, k->found.v[i].offer);
    }
    return !n || portfolio_append(k->p, k->a, adds, n, e);
}

bool decisions_reopen(struct portfolio *p, struct advdb *db, struct arena *a, int32_t jump, int64_t now,
                      struct reopen_report *out, struct err *e) {
    struct reopening_all k = {.p = p, .a = a, .jump = jump, .now = now};
    struct decision_ask ask = {.now = now};
    *out = (struct reopen_report){0};
    k.m = db ? matcher_new(p->ctx, db) : NULL;
    bool ok = decisions_each(p, &ask, look, &k, e) && log_all(&k, out, e);
    if (k.m)
        matcher_free(k.m);
    return ok;
}
