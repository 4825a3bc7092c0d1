/* SPDX-License-Identifier: Apache-2.0
 *
 * How many releases contain a package, in whatever version: sealed buckets have that number, the open one is counted.
 */
#include <stdlib.h>

#include "impact/contents_inner.h"
#include "store/queries.h"

struct tallying {
    struct contents *c;
    int64_t package;
    uint32_t releases; /* of the state that was read */
    int64_t made;
    uint64_t sealed;
    bool twins;
    uint64_t seen[BUCKET_RELEASES / 64]; /* of the open bucket */
    uint16_t offsets[BUCKET_RELEASES];
};

static component_id first_of(int64_t package) { return (component_id)(package << COMPONENT_BITS); }

static bool take_block(struct tallying *x, uint32_t first, str data, struct err *e) {
    component_id id = 0;
    uint32_t n, low = first % BUCKET_RELEASES;
    while (data.n) {
        if (!idblock_next(&data, &id, x->offsets, BUCKET_RELEASES - low, &n) ||
            low + (uint32_t)x->offsets[n - 1] >= BUCKET_RELEASES) {
            err_set(e, ERR_ENV, S("posting_block"), "%s", _("the views are damaged"));
            return err_hint(e, "%s", _("`akashi rebuild` makes them anew"));
        }
        if (package_of(id) > x->package)
            return true;
        for (uint32_t i = 0; package_of(id) == x->package && i < n; i++)
            x->seen[(low + x->offsets[i]) / 64] |= (uint64_t)1 << (low + x->offsets[i]) % 64;
    }
    return true;
}

/* What the store says, in one question. */
static bool read_all(struct tallying *x, struct err *e) {
    struct ask *q;
    bool row, ok = true;
    memset(x->seen, 0, sizeof x->seen);
    if (!store_ask(x->c->s, &Q_package_count, &q, e))
        return false;
    ask_int(q, 1, x->package);
    ask_int(q, 2, first_of(x->package));
    ask_int(q, 3, first_of(x->package + 1) - 1);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row || !ok)
            break;
        switch (ask_col_int(q, 0)) {
        case 0:
            x->releases = (uint32_t)(ask_col_int(q, 1) + 1);
            x->made = ask_col_int(q, 2);
            x->twins = ask_col_int(q, 3) != 0;
            break;
        case 1: x->sealed = (uint64_t)ask_col_int(q, 1); break;
        default: ok = take_block(x, (uint32_t)ask_col_int(q, 1), ask_col_blob(q, 4), e);
        }
    }
    ask_end(q);
    return ok;
}

/* The runs and the tail at hand are those of the state that was read. */
static bool is_at_hand(const struct tallying *x) {
    const struct contents *c = x->c;
    return x->made == c->made && c->runs_known && c->runs_of == x->releases &&
           c->tail.first + c->tail.n == x->releases && c->pending.n == 0;
}

static void take_tail(struct tallying *x) {
    const struct tail *t = &x->c->tail;
    for (uint32_t i = 0; i < t->n; i++) {
        size_t low = tail_list_begin(t, i), high = t->ends[i];
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (t->ids[middle] < first_of(x->package))
                low = middle + 1;
            else
                high = middle;
        }
        uint32_t at = (t->first + i) % BUCKET_RELEASES;
        if (low < t->ends[i] && package_of(t->ids[low]) == x->package)
            x->seen[at / 64] |= (uint64_t)1 << at % 64;
    }
}

static uint64_t sum(const struct tallying *x) {
    uint64_t n = x->sealed;
    for (size_t i = 0; i < sizeof x->seen / sizeof *x->seen; i++)
        n += (uint64_t)__builtin_popcountll(x->seen[i]);
    return n;
}

/* Outside of a transaction one question is enough, as long as nothing came since the last one. */
static bool tally(struct tallying *x, struct err *e) {
    bool own = true, ok = true;
    if (!store_inside(x->c->s) && x->c->runs_known) {
        if (!read_all(x, e))
            return false;
        if (is_at_hand(x))
            return true;
    }
    if (!contents_read(x->c, &own, e))
        return false;
    ok = contents_look(x->c, e) && read_all(x, e);
    contents_read_end(x->c, own);
    return ok;
}

/* Where the state is known before it is asked: within a stretch of reading, with nothing that is not written. */
static struct count_kept *kept_at(struct contents *c, int64_t package) {
    return store_inside(c->s) && !c->pending.n ? &c->counts[(uint64_t)package % COUNTS_KEPT] : NULL;
}

static bool is_of_now(const struct contents *c, const struct count_kept *k, int64_t package) {
    return k->releases && k->package == package && k->releases == c->releases && k->made == c->made;
}

bool contents_count(struct contents *c, int64_t package, struct contents_count *out, struct err *e) {
    struct count_kept *kept = kept_at(c, package);
    bool own;
    if (kept) {
        if (!contents_read(c, &own, e)) /* looks at the numbers of releases and makings */
            return false;
        contents_read_end(c, own);
        if (is_of_now(c, kept, package)) {
            *out = kept->of;
            return true;
        }
    }
    struct tallying *x = calloc(1, sizeof *x);
    if (!x)
        abort();
    x->c = c;
    x->package = package;
    bool ok = tally(x, e);
    if (ok) {
        take_tail(x);
        *out = (struct contents_count){.releases = x->releases, .documents = sum(x), .twins = x->twins};
        if (kept && x->releases == c->releases && x->made == c->made)
            *kept = (struct count_kept){package, c->made, c->releases, *out};
    }
    free(x);
    return ok;
}
