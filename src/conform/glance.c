/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/glance.h"

#include "conform/decision.h"
#include "conform/rule.h"
#include "conform/standing.h"
#include "store/queries.h"

enum { DAY = 86400, NEEDS = 20, SOON = 30 * DAY };

/* ── offers ── */

struct offers {
    struct arena *a;
    struct jw *w;
    uint32_t n;
};

static bool take_offer(void *arg, const struct decision *d, struct err *e) {
    (void)e;
    struct offers *o = arg;
    if (!d->due && d->state != DECISION_OPEN && d->state != DECISION_REOPENED)
        return true;
    if (o->n++ >= NEEDS)
        return true;
    jw_obj(o->w);
    jw_kstr(o->w, "offer", d->id);
    jw_kbool(o->w, "ours", d->ours);
    jw_kstr(o->w, "title", d->said.title);
    jw_kstr(o->w, "product", d->said.product);
    jw_kstr(o->w, "case", d->said.case_id);
    jw_kstr(o->w, "state", str_of(decision_state_name(d->state)));
    jw_kbool(o->w, "due", d->due != 0);
    if (d->next)
        jw_kstr(o->w, "next", time_rfc3339(o->a, d->next));
    jw_obj_end(o->w);
    return true;
}

static bool put_offers(struct portfolio *p, struct arena *a, struct jw *w, const struct as_of *when, int64_t now,
                       struct err *e) {
    const struct decision_ask ask = {.when = *when, .now = now, .detail = DECISION_BRIEF};
    struct offers o = {.a = a, .w = w};
    jw_kobj(w, "offers");
    jw_karr(w, "rows");
    if (!decisions_each(p, &ask, take_offer, &o, e))
        return false;
    jw_arr_end(w);
    jw_kint(w, "total", o.n);
    jw_obj_end(w);
    return true;
}

/* ── declarations ── */

static bool needs_care(const struct declaration_row *d, int64_t now) {
    if (d->standing == STANDING_AT_RISK || d->standing == STANDING_CHALLENGED || d->standing == STANDING_EXPIRED)
        return true;
    return d->standing == STANDING_GOOD && d->said.until && d->said.until < now + SOON;
}

static bool put_declarations(struct portfolio *p, struct arena *a, struct jw *w, const struct as_of *when, int64_t now,
                             struct err *e) {
    struct declaration_rows rows;
    uint32_t n = 0;
    if (!declarations_list(p, a, when, true, &rows, e))
        return false;
    jw_kobj(w, "declarations");
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < rows.n; i++) {
        const struct declaration_row *d = &rows.v[i];
        if (!needs_care(d, now) || n++ >= NEEDS)
            continue;
        jw_obj(w);
        jw_kstr(w, "declaration", d->said.id);
        jw_kstr(w, "standing", str_of(standing_name(d->standing)));
        if (d->said.until)
            jw_kstr(w, "until", time_rfc3339(a, d->said.until));
        jw_kint(w, "open_challenges", d->open_challenges);
        if (d->answer_due)
            jw_kstr(w, "answer_due", time_rfc3339(a, d->answer_due));
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kint(w, "total", n);
    jw_obj_end(w);
    return true;
}

bool glance_waiting_json(struct portfolio *p, struct arena *a, struct jw *w, const struct as_of *when, int64_t now,
                         struct err *e) {
    return put_offers(p, a, w, when, now, e) && put_declarations(p, a, w, when, now, e);
}

bool glance_statement(struct portfolio *p, str kind, uint32_t release, int64_t log_id, bool *found, uint64_t *entry,
                      struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_evidence_of_thing, &q, e))
        return false;
    ask_text(q, 1, kind);
    ask_int(q, 2, ABOUT_RELEASES);
    ask_int(q, 3, release);
    ask_int(q, 4, log_id);
    if (!ask_step(q, found, e))
        return false;
    *entry = *found ? (uint64_t)ask_col_int(q, 0) : 0;
    ask_end(q);
    return true;
}
