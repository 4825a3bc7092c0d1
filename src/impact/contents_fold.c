/* SPDX-License-Identifier: Apache-2.0
 *
 * From lists to postings: the tail becomes a run when it is long enough, the runs of a full bucket are merged into one.
 * Rows are written in the order of their key.
 */
#include <stdlib.h>

#include "impact/contents_inner.h"
#include "store/queries.h"

/* ── a run ── */

struct run_writer {
    struct loading *l;
    uint32_t first;
    struct buf block;
    component_id begins, last;
};

static bool block_end(struct run_writer *w, struct err *e) {
    if (!w->block.n)
        return true;
    load_int(w->l, w->first);
    load_int(w->l, w->begins);
    load_blob(w->l, buf_str(&w->block));
    bool ok = load_row(w->l, e);
    buf_clear(&w->block);
    return ok;
}

static bool block_add(struct run_writer *w, component_id id, const uint16_t *offsets, uint32_t n, struct err *e) {
    if (!w->block.n) {
        w->begins = id;
        w->last = 0;
    }
    idblock_write(&w->block, w->last, id, offsets, n);
    w->last = id;
    return w->block.n < BLOCK_BYTES || block_end(w, e);
}

static bool write_blocks(struct run_writer *w, const struct pair *v, size_t n, struct err *e) {
    uint16_t offsets[RUN_RELEASES];
    for (size_t i = 0; i < n;) {
        uint32_t k = 0;
        component_id id = v[i].id;
        for (; i < n && v[i].id == id; i++)
            offsets[k++] = (uint16_t)(v[i].at - w->first);
        if (!block_add(w, id, offsets, k, e))
            return false;
    }
    return block_end(w, e);
}

static bool note_run(struct contents *c, struct run run, struct err *e) {
    struct ask *q;
    if (!store_ask(c->s, &Q_posting_run_add, &q, e))
        return false;
    ask_int(q, 1, run.first);
    ask_int(q, 2, run.until);
    return ask_send(q, e);
}

/* The first n releases of the tail. */
static bool make_run(struct contents *c, uint32_t n, struct err *e) {
    struct tail *t = &c->tail;
    size_t many = t->ends[n - 1], k = 0;
    struct pair *v = malloc((many ? many : 1) * 2 * sizeof *v);
    struct run_writer w = {.first = t->first};
    if (!v)
        abort();
    for (uint32_t i = 0; i < n; i++)
        for (; k < t->ends[i]; k++)
            v[k] = (struct pair){t->ids[k], t->first + i};
    pairs_sort(v, v + many, many);
    bool ok = load_begin(c->s, &L_posting_block_in, &w.l, e) && write_blocks(&w, v, many, e) && load_end(w.l, e) &&
              note_run(c, (struct run){t->first, t->first + n}, e);
    *vec_push(c->arena, &c->runs) = (struct run){t->first, t->first + n};
    free(v);
    buf_free(&w.block);
    if (t->n_ids > many)
        memmove(t->ids, t->ids + many, (t->n_ids - many) * sizeof *t->ids);
    t->n_ids -= many;
    for (uint32_t i = n; i < t->n; i++)
        t->ends[i - n] = t->ends[i] - many;
    t->n -= n;
    t->first += n;
    return ok;
}

/* ── sealing ── */

enum { BLOCKS_AHEAD = 64 }; /* read at once: 64 runs of them are some 3 MB */

struct cursor { /* over the blocks of a run */
    uint32_t run;
    struct buf bytes; /* of the blocks at hand */
    size_t ends[BLOCKS_AHEAD];
    uint32_t n_blocks, at;
    str rest;
    component_id last_block, id; /* id: what stands next */
    uint16_t *offsets;
    uint32_t n;
};
struct next { /* what stands next, and where */
    component_id id;
    uint32_t cursor;
};
struct merge {
    struct contents *c;
    struct cursor *cursors;
    uint32_t n;
    struct next *heap; /* by component, then by run */
    uint32_t n_heap;
    struct run_writer w;
    uint16_t *offsets; /* of the component at hand, BUCKET_RELEASES of them */
    /* Releases of the package at hand. */
    struct loading *counts;
    int64_t package;
    uint32_t count;
    uint64_t seen[BUCKET_RELEASES / 64];
};

static bool read_blocks(struct merge *m, struct cursor *x, struct err *e) {
    struct ask *q;
    bool row;
    buf_clear(&x->bytes);
    x->n_blocks = x->at = 0;
    if (!store_ask(m->c->s, &Q_posting_block_next, &q, e))
        return false;
    ask_int(q, 1, m->c->runs.v[x->run].first);
    ask_int(q, 2, x->last_block);
    ask_int(q, 3, BLOCKS_AHEAD);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row || x->n_blocks == BLOCKS_AHEAD)
            break;
        x->last_block = ask_col_int(q, 0);
        buf_add(&x->bytes, ask_col_blob(q, 1));
        x->ends[x->n_blocks++] = x->bytes.n;
    }
    ask_end(q);
    return true;
}

static bool next_block(struct merge *m, struct cursor *x, bool *more, struct err *e) {
    if (x->at == x->n_blocks && !read_blocks(m, x, e))
        return false;
    *more = x->at < x->n_blocks;
    if (*more) {
        size_t begin = x->at ? x->ends[x->at - 1] : 0;
        x->rest = str_n(x->bytes.p + begin, x->ends[x->at++] - begin);
        x->id = 0;
    }
    return true;
}

static bool advance(struct merge *m, struct cursor *x, bool *more, struct err *e) {
    *more = true;
    if (!x->rest.n && !next_block(m, x, more, e))
        return false;
    if (!*more || idblock_next(&x->rest, &x->id, x->offsets, RUN_RELEASES, &x->n))
        return true;
    err_set(e, ERR_ENV, S("posting_block"), "%s", _("the views are damaged"));
    return err_hint(e, "%s", _("`akashi rebuild` makes them anew"));
}

static bool before(struct next x, struct next y) { return x.id != y.id ? x.id < y.id : x.cursor < y.cursor; }
static void sift(struct merge *m, uint32_t i) {
    const struct next moved = m->heap[i];
    for (uint32_t k; (k = 2 * i + 1) < m->n_heap; i = k) {
        if (k + 1 < m->n_heap && before(m->heap[k + 1], m->heap[k]))
            k++;
        if (!before(m->heap[k], moved))
            break;
        m->heap[i] = m->heap[k];
    }
    m->heap[i] = moved;
}

static bool merge_begin(struct merge *m, struct err *e) {
    for (uint32_t i = 0; i < m->n; i++) {
        struct cursor *x = &m->cursors[i];
        bool more;
        x->run = i;
        x->last_block = -1;
        x->offsets = malloc(RUN_RELEASES * sizeof *x->offsets);
        if (!x->offsets)
            abort();
        if (!advance(m, x, &more, e))
            return false;
        if (more)
            m->heap[m->n_heap++] = (struct next){x->id, i};
    }
    for (uint32_t i = m->n_heap; i-- > 0;)
        sift(m, i);
    return true;
}

/* A run's releases are behind those of the run before. */
static uint32_t take(struct merge *m, const struct cursor *x, uint32_t n) {
    uint32_t base = m->c->runs.v[x->run].first - m->w.first;
    for (uint32_t i = 0; i < x->n && n < BUCKET_RELEASES; i++)
        m->offsets[n++] = (uint16_t)(base + x->offsets[i]);
    return n;
}

static bool package_end(struct merge *m, struct err *e) {
    if (!m->count)
        return true;
    load_int(m->counts, m->package);
    load_int(m->counts, m->w.first);
    load_int(m->counts, m->count);
    m->count = 0;
    memset(m->seen, 0, sizeof m->seen);
    return load_row(m->counts, e);
}
static bool package_take(struct merge *m, component_id id, uint32_t n, struct err *e) {
    if (package_of(id) != m->package && !package_end(m, e))
        return false;
    m->package = package_of(id);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t *at = &m->seen[m->offsets[i] / 64], bit = (uint64_t)1 << m->offsets[i] % 64;
        m->count += !(*at & bit);
        *at |= bit;
    }
    return true;
}

static bool merge_all(struct merge *m, struct err *e) {
    while (m->n_heap) {
        component_id id = m->heap[0].id;
        uint32_t n = 0;
        while (m->n_heap && m->heap[0].id == id) {
            struct cursor *x = &m->cursors[m->heap[0].cursor];
            bool more;
            n = take(m, x, n);
            if (!advance(m, x, &more, e))
                return false;
            if (more)
                m->heap[0].id = x->id;
            else
                m->heap[0] = m->heap[--m->n_heap];
            if (m->n_heap)
                sift(m, 0);
        }
        if (!package_take(m, id, n, e) || !block_add(&m->w, id, m->offsets, n, e))
            return false;
    }
    return package_end(m, e) && block_end(&m->w, e);
}

static bool drop_runs(struct contents *c, struct err *e) {
    static const struct query *const drops[] = {&Q_posting_block_drop, &Q_posting_run_drop};
    for (uint32_t i = 0; i < c->runs.n; i++)
        for (int k = 0; k < 2; k++) {
            struct ask *q;
            if (!store_ask(c->s, drops[k], &q, e))
                return false;
            ask_int(q, 1, c->runs.v[i].first);
            if (!ask_send(q, e))
                return false;
        }
    c->runs.n = 0;
    return true;
}

static bool seal(struct contents *c, uint32_t first, struct err *e) {
    struct merge *m = calloc(1, sizeof *m);
    if (!m || !(m->offsets = malloc(BUCKET_RELEASES * sizeof *m->offsets)) ||
        !(m->cursors = calloc(c->runs.n, sizeof *m->cursors)) || !(m->heap = calloc(c->runs.n, sizeof *m->heap)))
        abort();
    m->c = c;
    m->n = c->runs.n;
    m->w.first = first;
    bool ok = load_begin(c->s, &L_posting_in, &m->w.l, e) && load_begin(c->s, &L_package_count_in, &m->counts, e) &&
              merge_begin(m, e) && merge_all(m, e) && load_end(m->w.l, e) && load_end(m->counts, e) &&
              drop_runs(c, e) && note_run(c, (struct run){first, first + BUCKET_RELEASES}, e);
    for (uint32_t i = 0; i < m->n; i++) {
        buf_free(&m->cursors[i].bytes);
        free(m->cursors[i].offsets);
    }
    buf_free(&m->w.block);
    free(m->cursors);
    free(m->heap);
    free(m->offsets);
    free(m);
    return ok;
}

/* How many releases of the tail are a run: 0 when it is not complete yet. */
static uint32_t complete(const struct tail *t) {
    uint32_t left = BUCKET_RELEASES - t->first % BUCKET_RELEASES;
    for (uint32_t i = 0; i < t->n; i++)
        if (i + 1 == RUN_RELEASES || i + 1 == left || t->ends[i] >= RUN_PAIRS)
            return i + 1;
    return 0;
}

bool contents_fold(struct contents *c, struct err *e) {
    for (uint32_t n; (n = complete(&c->tail));) {
        if (!make_run(c, n, e))
            return false;
        if (c->tail.first % BUCKET_RELEASES == 0 && !seal(c, c->tail.first - BUCKET_RELEASES, e))
            return false;
    }
    return true;
}
