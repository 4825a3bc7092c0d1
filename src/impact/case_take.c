/* SPDX-License-Identifier: Apache-2.0
 *
 * "case" statements as rows. A step about a case that nobody opened, or by somebody else's key, changes nothing.
 */
#include "impact/case_inner.h"

enum { VERDICTS_MOST = 1000000 }; /* of one step */
enum { PIECE_BYTES = 7680 };      /* of texts of steps that lie together: a row on one page */

struct statement_taken { /* what the steps of one statement share */
    bool there;          /* some of its steps were taken before */
    struct buf piece;    /* texts of steps that are not rows yet; the first one is of */
    int64_t piece_place; /* this one */
    int64_t next;        /* number of the next new case; 0: not known yet */
    str product;         /* the last one named */
    int64_t product_number;
};
struct taking {
    struct portfolio *p;
    struct statement_taken *all;
    const struct entry *x;
    int64_t number, place;
    const struct case_step *step;
};

/* ── small writes ── */

static bool run1(struct portfolio *p, const struct query *of, int64_t number, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, of, &q, e))
        return false;
    ask_int(q, 1, number);
    return ask_run(q, e);
}

static bool set_text(struct taking *t, const struct query *of, str text, struct err *e) {
    struct ask *q;
    if (!store_ask(t->p->store, of, &q, e))
        return false;
    ask_int(q, 1, t->number);
    ask_text(q, 2, text);
    ask_int(q, 3, t->x->time);
    return ask_run(q, e);
}

static bool set_status(struct taking *t, enum case_status status, struct err *e) {
    struct ask *q;
    if (!store_ask(t->p->store, &Q_case_set_status, &q, e))
        return false;
    ask_int(q, 1, t->number);
    ask_int(q, 2, status);
    ask_int(q, 3, status == CASE_CLOSED ? t->x->time : 0);
    ask_int(q, 4, t->x->time);
    return ask_run(q, e);
}

static bool set_priority(struct taking *t, bool overridden, struct err *e) {
    const struct case_priority *v = &t->step->priority;
    struct ask *q;
    if (!store_ask(t->p->store, &Q_case_set_priority, &q, e))
        return false;
    ask_int(q, 1, t->number);
    ask_text(q, 2, v->outcome);
    ask_text(q, 3, v->table);
    ask_text(q, 4, overridden ? t->step->text : v->path);
    ask_int(q, 5, v->rank);
    ask_int(q, 6, overridden);
    return ask_run(q, e);
}

/* ── what it was found in ── */

static bool add_finding(struct taking *t, const struct case_finding *f, struct err *e) {
    struct ask *q;
    if (!f->component.n || !f->flaw.n)
        return true;
    if (!store_ask(t->p->store, &Q_case_finding_add, &q, e))
        return false;
    ask_int(q, 1, t->number);
    ask_text(q, 2, f->component);
    ask_text(q, 3, f->flaw);
    ask_text(q, 4, f->fixed);
    ask_int(q, 5, f->kev);
    ask_int(q, 6, f->epss);
    ask_int(q, 7, f->score);
    return ask_send(q, e);
}

struct worst {
    int64_t score, epss, kev;
};
static struct worst worst_of(const struct case_findings *v) {
    struct worst w = {-1, -1, 0};
    for (uint32_t i = 0; i < v->n; i++) {
        w.score = v->v[i].score > w.score ? v->v[i].score : w.score;
        w.epss = v->v[i].epss > w.epss ? v->v[i].epss : w.epss;
        w.kev |= v->v[i].kev;
    }
    return w;
}

static bool add_found(struct taking *t, struct err *e) {
    const struct case_step *s = t->step;
    for (uint32_t i = 0; i < s->findings.n; i++)
        if (!add_finding(t, &s->findings.v[i], e))
            return false;
    return true;
}

static bool set_found(struct taking *t, struct err *e) {
    const struct worst worst = worst_of(&t->step->findings);
    struct ask *q;
    if (!run1(t->p, &Q_case_findings_drop, t->number, e) || !add_found(t, e) ||
        !store_ask(t->p->store, &Q_case_set_found, &q, e))
        return false;
    ask_int(q, 1, t->number);
    ask_text(q, 2, t->step->upgrade);
    ask_int(q, 3, worst.score);
    ask_int(q, 4, worst.epss);
    ask_int(q, 5, worst.kev);
    ask_int(q, 6, t->x->time);
    return ask_run(q, e);
}

/* ── events ── */

static bool next_number(struct taking *t, struct err *e) {
    struct ask *q;
    bool row;
    if (!t->all->next) {
        if (!store_ask(t->p->store, &Q_case_last, &q, e) || !ask_step(q, &row, e))
            return false;
        t->all->next = row ? ask_col_int(q, 0) + 1 : 1;
        ask_end(q);
    }
    t->number = t->all->next++;
    return true;
}

static bool product_number(struct taking *t, int64_t *out, struct err *e) {
    struct statement_taken *all = t->all;
    if (!str_eq(all->product, t->step->product)) {
        all->product = t->step->product;
        if (!thing_mention(t->p, THING_PRODUCT, all->product, t->x->index, &all->product_number, e))
            return false;
    }
    *out = all->product_number;
    return true;
}

/* The row as it is after the step, written once. */
static bool open_case(struct taking *t, struct err *e) {
    const struct case_step *s = t->step;
    const struct worst worst = worst_of(&s->findings);
    const struct case_priority none = {0}, *priority = s->has_priority ? &s->priority : &none;
    struct ask *q;
    int64_t product;
    if (!product_number(t, &product, e) || !next_number(t, e) || !store_ask(t->p->store, &Q_case_add, &q, e))
        return false;
    ask_int(q, 1, t->number);
    ask_text(q, 2, s->id);
    ask_int(q, 3, product);
    ask_text(q, 4, s->package);
    ask_int(q, 5, t->x->time);
    ask_int(q, 6, t->x->log_id);
    ask_int(q, 7, (int64_t)t->x->index);
    ask_text(q, 8, s->upgrade);
    ask_int(q, 9, worst.score);
    ask_int(q, 10, worst.epss);
    ask_int(q, 11, worst.kev);
    ask_text(q, 12, priority->outcome);
    ask_text(q, 13, priority->table);
    ask_text(q, 14, priority->path);
    ask_int(q, 15, priority->rank);
    return ask_send(q, e) && add_found(t, e);
}

static bool end_verdicts(struct taking *t, struct err *e) {
    struct ask *q;
    if (!store_ask(t->p->store, &Q_verdict_end, &q, e))
        return false;
    ask_int(q, 1, t->number);
    ask_int(q, 2, (int64_t)t->x->index);
    return ask_run(q, e);
}

/* A case that comes back takes back what was decided of those that are open again; the rest stands. */
static bool end_reopened(struct taking *t, struct err *e) {
    for (uint32_t i = 0; i < t->step->findings.n; i++) {
        struct ask *q;
        if (!store_ask(t->p->store, &Q_verdict_end_of, &q, e))
            return false;
        ask_int(q, 1, t->number);
        ask_int(q, 2, (int64_t)t->x->index);
        ask_text(q, 3, t->step->findings.v[i].flaw);
        ask_text(q, 4, t->step->findings.v[i].component);
        if (!ask_run(q, e))
            return false;
    }
    return true;
}

/* What was decided for the findings of a case is a verdict on them like any other, until it is decided anew. */
static bool add_verdicts(struct taking *t, struct err *e) {
    const struct case_step *s = t->step;
    bool accept = str_is(s->verdict, "accept"), clears = str_is(s->verdict, "not_affected");
    int64_t until = 0;
    if (s->until.n && !time_parse(s->until, &until))
        until = 0;
    if (!end_verdicts(t, e))
        return false;
    uint32_t releases = s->releases.n ? s->releases.n : 1, n = 0;
    for (uint32_t i = 0; i < s->findings.n && (accept || clears); i++)
        for (uint32_t r = 0; r < releases && n < VERDICTS_MOST; r++, n++) {
            const struct case_finding *f = &s->findings.v[i];
            struct verdict_new v = {.place = t->place * VERDICTS_MOST + n,
                                    .number = t->number,
                                    .flaw = f->flaw,
                                    .product = s->product,
                                    .part = f->component,
                                    .justification = s->justification,
                                    .impact = s->impact.n ? s->impact : s->text,
                                    .action = s->action,
                                    .status = accept ? VERDICT_ACCEPTED : (int)VEX_NOT_AFFECTED,
                                    .until = until,
                                    .stated = t->x->time,
                                    .kev = f->kev,
                                    .epss = f->epss};
            if (s->releases.n)
                v.product = arena_printf(t->x->arena, "%.*s@%.*s", STR_ARG(s->product), STR_ARG(s->releases.v[r]));
            if (f->flaw.n && f->component.n && !verdict_add(t->p, t->x, &v, e))
                return false;
        }
    return true;
}

static bool take_event(struct taking *t, struct err *e) {
    const struct case_step *s = t->step;
    switch (s->event) {
    case CASE_FOUND:
    case CASE_UPDATED:
    case CASE_REOPENED:
        return (s->event != CASE_REOPENED || (end_reopened(t, e) && set_status(t, CASE_DETECTED, e) &&
                                              set_text(t, &Q_case_set_decision, (str){NULL, 0}, e))) &&
               set_found(t, e) && (!s->has_priority || set_priority(t, false, e));
    case CASE_ASSIGNED: return set_text(t, &Q_case_set_owner, s->owner, e);
    case CASE_NOTED: {
        struct ask *q;
        if (!store_ask(t->p->store, &Q_case_touch, &q, e))
            return false;
        ask_int(q, 1, t->number);
        ask_int(q, 2, t->x->time);
        return ask_run(q, e);
    }
    case CASE_DECIDED: return set_text(t, &Q_case_set_decision, s->verdict, e) && add_verdicts(t, e);
    case CASE_OVERRIDDEN: return !s->has_priority || set_priority(t, true, e);
    case CASE_IS_TRIAGED: return set_status(t, CASE_TRIAGED, e);
    case CASE_IS_FIXING: return set_status(t, CASE_FIXING, e);
    case CASE_IS_FIXED: return set_status(t, CASE_FIXED, e);
    case CASE_IS_DELIVERED: return set_status(t, CASE_DELIVERED, e);
    case CASE_IS_VERIFIED: return set_status(t, CASE_VERIFIED, e);
    case CASE_IS_CLOSED: return set_status(t, CASE_CLOSED, e);
    }
    return true;
}

/* ── statements ── */

static bool find_number(struct portfolio *p, str id, int64_t *number, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_case_by_id, &q, e))
        return false;
    ask_text(q, 1, id);
    if (!ask_step(q, &row, e))
        return false;
    *number = row ? ask_col_int(q, 0) : 0;
    ask_end(q);
    return true;
}

static bool already_there(struct taking *t, bool *there, struct err *e) {
    struct ask *q;
    if (!store_ask(t->p->store, &Q_case_step_there, &q, e))
        return false;
    ask_int(q, 1, t->x->log_id);
    ask_int(q, 2, (int64_t)t->x->index);
    ask_int(q, 3, t->place);
    if (!ask_step(q, there, e))
        return false;
    ask_end(q);
    return true;
}

/* ── texts ── */

static bool put_piece(struct portfolio *p, const struct entry *x, struct statement_taken *all, struct err *e) {
    struct ask *q;
    if (!all->piece.n)
        return true;
    if (!store_ask(p->store, &Q_case_text_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_int(q, 3, all->piece_place);
    ask_blob(q, 4, buf_str(&all->piece));
    bool ok = ask_send(q, e);
    buf_clear(&all->piece);
    return ok;
}

/* Into the piece, or the next one when this one would become too long; *begins: where it lies in there. */
static bool put_text(struct taking *t, struct jv json, size_t *begins, size_t *bytes, struct err *e) {
    struct statement_taken *all = t->all;
    size_t before = all->piece.n;
    struct jw w = jw_to(&all->piece, false);
    jw_val(&w, json);
    *bytes = all->piece.n - before;
    *begins = before;
    if (before && all->piece.n > PIECE_BYTES) {
        str own = arena_str(t->x->arena, str_from(buf_str(&all->piece), before));
        all->piece.n = before;
        if (!put_piece(t->p, t->x, all, e))
            return false;
        buf_add(&all->piece, own);
        *begins = 0;
    }
    if (!*begins)
        all->piece_place = t->place;
    return true;
}

static bool add_step(struct taking *t, struct jv json, struct err *e) {
    struct ask *q;
    size_t begins, bytes;
    if (!put_text(t, json, &begins, &bytes, e) || !store_ask(t->p->store, &Q_case_step_add, &q, e))
        return false;
    ask_int(q, 1, t->x->log_id);
    ask_int(q, 2, (int64_t)t->x->index);
    ask_int(q, 3, t->place);
    ask_int(q, 4, t->number);
    ask_int(q, 5, t->step->event);
    ask_int(q, 6, t->all->piece_place);
    ask_int(q, 7, (int64_t)begins);
    ask_int(q, 8, (int64_t)bytes);
    return ask_send(q, e);
}

/* What its steps share. */
static bool add_said(struct portfolio *p, const struct entry *x, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_case_said_add, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    ask_int(q, 3, x->time);
    ask_blob(q, 4, str_n((const char *)x->key, 32));
    ask_text(q, 5, x->statement->by);
    return ask_send(q, e);
}

/* A case that two watches found at the same time is one: the second is told as an update. */
static bool take_step(struct portfolio *p, const struct entry *x, struct statement_taken *all, struct jv json,
                      int64_t place, struct err *e) {
    struct case_step step;
    struct taking t = {.p = p, .all = all, .x = x, .place = place, .step = &step};
    bool there = false;
    if (!case_step_read(x->arena, json, &step))
        return true;
    if (!find_number(p, step.id, &t.number, e) || (all->there && !already_there(&t, &there, e)))
        return false;
    if (there || (!t.number && (step.event != CASE_FOUND || !step.product.n || !step.package.n)))
        return true;
    bool fresh = !t.number;
    return (fresh ? open_case(&t, e) : take_event(&t, e)) && add_step(&t, json, e);
}

static bool set_watched(struct portfolio *p, const struct entry *x, struct jv watch, struct err *e) {
    struct ask *q;
    if (!j_ok(watch))
        return true;
    if (!store_ask(p->store, &Q_watched_set, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, j_int(j_get(watch, "entries"), 0));
    ask_text(q, 3, j_gets(watch, "advisories"));
    return ask_run(q, e);
}

static bool take_case(struct portfolio *p, const struct entry *x, struct err *e) {
    struct jv predicate = x->statement->predicate;
    struct statement_taken all = {0};
    struct ask *q;
    if (!signed_by_us(p, x))
        return true;
    if (!store_ask(p->store, &Q_case_entry_there, &q, e))
        return false;
    ask_int(q, 1, x->log_id);
    ask_int(q, 2, (int64_t)x->index);
    if (!ask_step(q, &all.there, e))
        return false;
    ask_end(q);
    bool ok = add_said(p, x, e);
    for (struct jiter it = j_iter(j_get(predicate, "steps")); ok && j_next(&it);)
        ok = take_step(p, x, &all, it.val, (int64_t)it.index, e);
    ok = ok && put_piece(p, x, &all, e);
    buf_free(&all.piece);
    return ok && set_watched(p, x, j_get(predicate, "watch"), e);
}

const struct projection case_projection = {"case", take_case};
