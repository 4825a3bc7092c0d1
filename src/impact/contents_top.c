/* SPDX-License-Identifier: Apache-2.0
 *
 * The packages that most releases list: sealed buckets have their sums, the open one is added up from its runs and its
 * tail. A release with two versions of a package counts twice in those sums, so the first of them are counted anew.
 */
#include <stdlib.h>

#include "impact/contents_inner.h"
#include "store/queries.h"

struct summing {
    struct contents *c;
    uint64_t *sums; /* by package */
    int64_t packages;
    uint16_t offsets[BUCKET_RELEASES];
};

static bool find_last(struct summing *x, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(x->c->s, &Q_package_last, &q, e) || !ask_step(q, &row, e))
        return false;
    x->packages = row ? ask_col_int(q, 0) + 1 : 0;
    ask_end(q);
    return true;
}

static void add(struct summing *x, int64_t package, uint64_t n) {
    if (package >= 0 && package < x->packages)
        x->sums[package] += n;
}

static bool add_sealed(struct summing *x, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(x->c->s, &Q_package_sums, &q, e))
        return false;
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        add(x, ask_col_int(q, 0), (uint64_t)ask_col_int(q, 1));
    }
    ask_end(q);
    return true;
}

static bool add_block(struct summing *x, str data, struct err *e) {
    component_id id = 0;
    uint32_t n;
    while (data.n) {
        if (!idblock_next(&data, &id, x->offsets, BUCKET_RELEASES, &n)) {
            err_set(e, ERR_ENV, S("posting_block"), "%s", _("the views are damaged"));
            return err_hint(e, "%s", _("`akashi rebuild` makes them anew"));
        }
        add(x, package_of(id), n);
    }
    return true;
}

static bool add_run(struct summing *x, const struct run *run, struct err *e) {
    struct ask *q;
    bool row, ok = true;
    if (!store_ask(x->c->s, &Q_posting_block_next, &q, e))
        return false;
    ask_int(q, 1, run->first);
    ask_int(q, 2, -1);
    ask_int(q, 3, INT32_MAX);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row || !ok)
            break;
        ok = add_block(x, ask_col_blob(q, 1), e);
    }
    ask_end(q);
    return ok;
}

static bool add_open(struct summing *x, struct err *e) {
    const struct contents *c = x->c;
    for (uint32_t i = 0; i < c->runs.n; i++)
        if (!add_run(x, &c->runs.v[i], e))
            return false;
    for (uint32_t i = 0; i < c->tail.n; i++)
        for (size_t k = tail_list_begin(&c->tail, i); k < c->tail.ends[i]; k++)
            if (k == tail_list_begin(&c->tail, i) || package_of(c->tail.ids[k]) != package_of(c->tail.ids[k - 1]))
                add(x, package_of(c->tail.ids[k]), 1);
    return true;
}

int package_listed_cmp(const void *x, const void *y) {
    const struct package_listed *a = x, *b = y;
    if (a->documents != b->documents)
        return a->documents > b->documents ? -1 : 1;
    return a->package < b->package ? -1 : a->package > b->package;
}

/* The first by those sums, in order. */
static void choose(const struct summing *x, struct tops *t) {
    struct package_listed *all = malloc(((size_t)x->packages + 1) * sizeof *all);
    size_t n = 0;
    if (!all)
        abort();
    for (int64_t i = 0; i < x->packages; i++)
        if (x->sums[i])
            all[n++] = (struct package_listed){i, x->sums[i]};
    if (n)
        qsort(all, n, sizeof *all, package_listed_cmp);
    if (!t->v && !(t->v = malloc(TOPS_KEPT * sizeof *t->v)))
        abort();
    t->n = n < TOPS_KEPT ? (uint32_t)n : TOPS_KEPT;
    memcpy(t->v, all, t->n * sizeof *all);
    free(all);
}

static bool count_anew(struct contents *c, struct tops *t, struct err *e) {
    for (uint32_t i = 0; i < t->n; i++) {
        struct contents_count count;
        if (!contents_count(c, t->v[i].package, &count, e))
            return false;
        t->v[i].documents = count.documents;
    }
    if (t->n)
        qsort(t->v, t->n, sizeof *t->v, package_listed_cmp);
    return true;
}

static bool sum_up(struct contents *c, struct tops *t, struct err *e) {
    struct summing *x = malloc(sizeof *x);
    if (!x)
        abort();
    *x = (struct summing){.c = c};
    bool ok = find_last(x, e);
    x->sums = calloc((size_t)x->packages + 1, sizeof *x->sums);
    if (!x->sums)
        abort();
    ok = ok && add_sealed(x, e) && add_open(x, e);
    if (ok)
        choose(x, t);
    free(x->sums);
    free(x);
    return ok && count_anew(c, t, e);
}

/* The order is looked at again when a sixty-fourth has come: it moves slowly, and to sum up millions takes a second. */
static bool holds(const struct contents *c, const struct tops *t) {
    return t->known && t->made == c->made && c->releases >= t->releases &&
           c->releases - t->releases <= t->releases / 64;
}

bool contents_top(struct contents *c, const struct package_listed **out, uint32_t *n, struct err *e) {
    struct tops *t = &c->tops;
    bool own;
    if (!contents_read(c, &own, e))
        return false;
    bool ok = holds(c, t);
    if (!ok) {
        t->known = false;
        ok = contents_look(c, e) && sum_up(c, t, e);
        if (ok)
            *t = (struct tops){.known = true, .made = c->made, .releases = c->releases, .n = t->n, .v = t->v};
    }
    contents_read_end(c, own);
    *out = t->v;
    *n = ok ? t->n : 0;
    return ok;
}
