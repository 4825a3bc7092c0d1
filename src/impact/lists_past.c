/* SPDX-License-Identifier: Apache-2.0
 *
 * The order of cases by their deadlines as it was. It is kept for now alone (due.h); cases to which something happened
 * since, or whose product runs somewhere else since, are worked out anew from their steps, the others have not moved.
 * What that costs follows from what happened since, not from how many cases there are.
 */
#include <stdlib.h>

#include "impact/case_clock.h"
#include "impact/lists_inner.h"
#include "store/queries.h"

struct past_case {
    struct due_case c;
    struct case_findings findings;
};
struct lists_past {
    struct arena *a;
    struct map moved;              /* number (8 bytes) → struct past_case; NULL: it was not due then */
    VEC(struct past_case *) cases; /* those that were, in their order */
};

static str key_of(const int64_t *number) { return str_n((const char *)number, sizeof *number); }

static bool add_moved(struct lists_past *k, struct ask *q, struct err *e) {
    bool row;
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        int64_t number = ask_col_int(q, 0);
        map_put(&k->moved, arena_str(k->a, key_of(&number)), NULL);
    }
    return false;
}

static bool find_stepped(struct findings *f, struct lists_past *k, struct err *e) {
    struct ask *q;
    if (!store_ask(f->p->store, &Q_due_stepped, &q, e))
        return false;
    ask_int(q, 1, f->p->log_id);
    ask_int(q, 2, (int64_t)f->when.size);
    return add_moved(k, q, e);
}

static bool find_redeployed(struct findings *f, struct lists_past *k, struct err *e) {
    VEC(int64_t) products = {0};
    struct ask *q;
    bool row = true;
    if (!store_ask(f->p->store, &Q_watch_deployed, &q, e))
        return false;
    ask_int(q, 1, (int64_t)f->when.size);
    ask_int(q, 2, f->p->log_id);
    while (row) {
        if (!ask_step(q, &row, e))
            return false;
        if (row)
            *vec_push(k->a, &products) = ask_col_int(q, 0);
    }
    for (uint32_t i = 0; i < products.n; i++) {
        if (!store_ask(f->p->store, &Q_due_of_products, &q, e))
            return false;
        ask_int(q, 1, products.v[i]);
        if (!add_moved(k, q, e))
            return false;
    }
    return true;
}

static bool work_out(struct findings *f, struct lists_past *k, struct map_entry *at, struct err *e) {
    struct past_case *x = arena_new_of(k->a, struct past_case);
    struct case_row now, was;
    struct case_history history;
    struct deadlines all;
    int64_t number;
    bool found;
    memcpy(&number, at->key.p, sizeof number);
    if (!case_get(f->p, k->a, number, &now, e) || !case_as_of(f->p, k->a, &now, &f->when, &found, &was, &history, e))
        return false;
    if (!found || was.closed)
        return true;
    if (!case_deadlines(f->p, k->a, f->wish.clocks, &was, &history, &f->when, f->when.time, &all, e))
        return false;
    const struct deadline *next = clock_next(&all);
    const struct case_step *in = case_last_found(&history);
    if (!next || !in || !in->findings.n)
        return true;
    *x = (struct past_case){{number, was.product, next->due}, in->findings};
    at->value = x;
    *vec_push(k->a, &k->cases) = x;
    return true;
}

static int by_place(const void *x, const void *y) {
    const struct due_case *a = &(*(struct past_case *const *)x)->c, *b = &(*(struct past_case *const *)y)->c;
    if (a->due != b->due)
        return a->due < b->due ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

bool lists_past_find(struct findings *f, struct lists_past **out, struct err *e) {
    *out = NULL;
    if (!f->when.given || !f->wish.clocks || f->when.size >= f->p->size)
        return true;
    struct lists_past *k = arena_new_of(f->a, struct lists_past);
    *k = (struct lists_past){.a = f->a};
    map_init(&k->moved, f->a);
    if (!find_stepped(f, k, e) || !find_redeployed(f, k, e))
        return false;
    for (uint32_t i = 0; i < k->moved.entries.n; i++)
        if (!work_out(f, k, &k->moved.entries.v[i], e))
            return false;
    if (k->cases.n)
        qsort(k->cases.v, k->cases.n, sizeof *k->cases.v, by_place);
    *out = k;
    return true;
}

bool lists_past_moved(const struct lists_past *k, int64_t number) {
    return k && map_find(&k->moved, key_of(&number)) != NULL;
}

const struct due_case *lists_past_case(const struct lists_past *k, int64_t number,
                                       const struct case_findings **findings) {
    const struct past_case *x = k ? map_get(&k->moved, key_of(&number)) : NULL;
    if (x && findings)
        *findings = &x->findings;
    return x ? &x->c : NULL;
}

void lists_past_cases(const struct lists_past *k, struct arena *a, struct due_cases *out) {
    *out = (struct due_cases){0};
    for (uint32_t i = 0; k && i < k->cases.n; i++)
        *vec_push(a, out) = k->cases.v[i]->c;
}

void lists_past_findings(const struct lists_past *k, struct arena *a, str flaw, struct due_findings *out) {
    uint32_t kept = 0;
    for (uint32_t i = 0; k && i < out->n; i++)
        if (!lists_past_moved(k, out->v[i].in.number))
            out->v[kept++] = out->v[i];
    out->n = k ? kept : out->n;
    for (uint32_t i = 0; k && i < k->cases.n; i++) {
        const struct case_findings *v = &k->cases.v[i]->findings;
        for (uint32_t n = 0; n < v->n; n++)
            if (str_eq(v->v[n].flaw, flaw))
                *vec_push(a, out) = (struct due_finding){k->cases.v[i]->c, v->v[n].component};
    }
}
