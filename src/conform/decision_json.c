/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "conform/decision_words.h"

void decision_row_json(struct arena *a, struct jw *w, const struct decision *d) {
    str due = decision_due_text(a, d);
    jw_obj(w);
    jw_kstr(w, "offer", d->id);
    jw_kstr(w, "digest", d->log.digest);
    jw_kbool(w, "ours", d->ours);
    jw_kstr(w, "provider", decision_side_text(&d->said.provider));
    jw_kstr(w, "customer", decision_side_text(&d->said.customer));
    jw_kstr(w, "measure", d->said.measure);
    jw_kstr(w, "title", d->said.title);
    jw_kstr(w, "product", d->said.product);
    jw_kstr(w, "case", d->said.case_id);
    jw_kstr(w, "state", str_of(decision_state_name(d->state)));
    if (d->reopened_by)
        jw_kstr(w, "because", str_of(reopened_name(d->reopened_by->said.because)));
    if (d->holds) {
        jw_kstr(w, "person", d->holds->said.person);
        jw_kstr(w, "role", d->holds->said.role);
        jw_kstr(w, "riskOwner", d->holds->said.risk_owner);
    }
    if (d->next)
        jw_kstr(w, "next", time_rfc3339(a, d->next));
    jw_kbool(w, "due", d->due != 0);
    jw_kstr(w, "dueBecause", due);
    jw_kint(w, "entry", (int64_t)d->log.entry);
    jw_kstr(w, "logged", time_rfc3339(a, d->log.time));
    jw_obj_end(w);
}

static void put_entry(struct jw *w, struct arena *a, const struct logged *l) {
    jw_kint(w, "entry", (int64_t)l->entry);
    jw_kstr(w, "logged", time_rfc3339(a, l->time));
    jw_kstr(w, "key", hex_text(a, l->signer, sizeof l->signer));
}

static void put_logged(struct jw *w, struct arena *a, const struct logged *l, const struct receipts *r) {
    jw_kstr(w, "digest", l->digest);
    put_entry(w, a, l);
    jw_karr(w, "theirLogs");
    for (uint32_t i = 0; i < r->n; i++) {
        jw_obj(w);
        jw_kstr(w, "origin", r->v[i].origin);
        jw_kint(w, "entry", (int64_t)r->v[i].place);
        jw_kstr(w, "logged", time_rfc3339(a, r->v[i].time));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_time(struct jw *w, struct arena *a, const char *key, int64_t t) {
    if (t)
        jw_kstr(w, key, time_rfc3339(a, t));
}

static void put_offer(struct jw *w, struct arena *a, const struct decision *d) {
    const struct offer *o = &d->said;
    jw_kstr(w, "offer", d->id);
    put_logged(w, a, &d->log, &d->receipts);
    jw_kbool(w, "ours", d->ours);
    jw_kbool(w, "trusted", d->trusted);
    jw_kbool(w, "backDated", d->back_dated);
    jw_kstr(w, "provider", decision_side_text(&o->provider));
    jw_kstr(w, "customer", decision_side_text(&o->customer));
    jw_kstr(w, "customerId", o->customer.id);
    jw_kstr(w, "measure", o->measure);
    jw_kstr(w, "title", o->title);
    jw_kstr(w, "product", o->product);
    jw_kstr(w, "release", o->release);
    jw_kstr(w, "deployment", o->deployment);
    jw_kstr(w, "case", o->case_id);
    jw_karr(w, "flaws");
    for (uint32_t i = 0; i < o->flaws.n; i++)
        jw_str(w, o->flaws.v[i].id);
    jw_arr_end(w);
    jw_karr(w, "practices");
    for (uint32_t i = 0; i < o->practices.n; i++)
        jw_str(w, o->practices.v[i]);
    jw_arr_end(w);
    jw_kstr(w, "risk", o->risk);
    jw_kstr(w, "costProvider", o->cost_provider);
    jw_kstr(w, "costCustomer", o->cost_customer);
    jw_kstr(w, "ifNot", o->if_not);
    put_time(w, a, "deadline", o->deadline);
    put_time(w, a, "stated", o->stated);
    jw_kstr(w, "state", str_of(decision_state_name(d->state)));
    jw_kbool(w, "due", d->due != 0);
    jw_kstr(w, "dueBecause", decision_due_text(a, d));
}

static void put_answer(struct jw *w, struct arena *a, const struct answer_row *x) {
    static const char *const standings[] = {"holds", "superseded", "reported", "stranger"};
    const struct offer_answer *o = &x->said;
    jw_obj(w);
    jw_kstr(w, "answer", str_of(answer_kind_name(o->kind)));
    put_time(w, a, "until", o->until);
    jw_kstr(w, "alternative", o->alternative);
    jw_kstr(w, "reason", o->reason);
    jw_kstr(w, "person", o->person);
    jw_kstr(w, "role", o->role);
    jw_kstr(w, "riskOwner", o->risk_owner);
    put_time(w, a, "review", o->review);
    put_time(w, a, "stated", o->stated);
    jw_kstr(w, "document", o->document);
    put_logged(w, a, &x->log, &x->receipts);
    jw_karr(w, "entries");
    for (uint32_t i = 0; i < x->all.n; i++) {
        jw_obj(w);
        put_entry(w, a, &x->all.v[i]);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kstr(w, "standing", str_of(standings[x->standing]));
    jw_kbool(w, "bothSigned", x->both);
    jw_kbool(w, "differs", x->differs);
    jw_kbool(w, "backDated", x->back_dated);
    jw_obj_end(w);
}

void decision_json(struct arena *a, struct jw *w, const struct decision *d) {
    jw_obj(w);
    put_offer(w, a, d);
    jw_karr(w, "answers");
    for (uint32_t i = 0; i < d->answers.n; i++)
        put_answer(w, a, &d->answers.v[i]);
    jw_arr_end(w);
    jw_karr(w, "reopenings");
    for (uint32_t i = 0; i < d->reopenings.n; i++) {
        const struct reopening_row *x = &d->reopenings.v[i];
        jw_obj(w);
        jw_kstr(w, "because", str_of(reopened_name(x->said.because)));
        jw_kstr(w, "flaw", x->said.flaw);
        jw_kstr(w, "reason", x->said.reason);
        jw_kint(w, "entry", (int64_t)x->log.entry);
        jw_kstr(w, "logged", time_rfc3339(a, x->log.time));
        jw_kbool(w, "counts", x->counts);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kint(w, "version", (int64_t)decision_version(d));
    jw_obj_end(w);
}
