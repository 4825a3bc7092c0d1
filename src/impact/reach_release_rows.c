/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "base/digest.h"
#include "impact/reach_inner.h"
#include "impact/reach_rows_inner.h"

enum {
    BATCH = 4096,
    FEW = 256, /* for so few rows the lists of the releases are read, for more the bitmaps of the components */
};

struct matched { /* component `which` of the question is in row `row` of the batch */
    uint32_t row, which;
};
struct batch {
    struct rows *x;
    const struct component_ids *asked;
    roaring_bitmap_t **bits;     /* by component: which documents; read when there are many rows */
    uint32_t *ids, n;            /* releases, newest first */
    VEC(struct matched) matched; /* by row */
    uint32_t row, at;            /* the row to be put next, and its first place in matched */
};

/* ── which components are in which of these releases ── */

static bool match_document(struct batch *b, uint32_t row, uint32_t document) {
    struct component_ids in = {0};
    struct rows *x = b->x;
    if (!contents_of(x->r->p->contents, x->scratch, document, &in, x->e))
        return false;
    uint32_t i = 0, k = 0;
    while (i < in.n && k < b->asked->n) {
        if (in.v[i] == b->asked->v[k])
            *vec_push(x->scratch, &b->matched) = (struct matched){row, k};
        if (in.v[i] <= b->asked->v[k])
            i++;
        else
            k++;
    }
    return true;
}

/* First place in seconds of a release. */
static uint32_t second_of(const struct reach *r, uint32_t release) {
    uint32_t low = 0, high = r->seconds.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (r->seconds.v[middle].first < release)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool match_by_lists(struct batch *b) {
    struct reach *r = b->x->r;
    for (uint32_t i = 0; i < b->n; i++) {
        if (roaring_bitmap_contains(r->documents, b->ids[i]) && !match_document(b, i, b->ids[i]))
            return false;
        for (uint32_t k = second_of(r, b->ids[i]); k < r->seconds.n && r->seconds.v[k].first == b->ids[i]; k++)
            if (!match_document(b, i, r->seconds.v[k].second))
                return false;
    }
    return true;
}

static bool read_bits(struct batch *b) {
    struct reach *r = b->x->r;
    b->bits = arena_array(r->a, roaring_bitmap_t *, b->asked->n + 1);
    for (uint32_t i = 0; i < b->asked->n; i++) {
        if (!contents_with(r->p->contents, &b->asked->v[i], 1, r->limit, &b->bits[i], b->x->e))
            return false;
        roaring_bitmap_and_inplace(b->bits[i], r->documents);
        for (uint32_t k = 0; k < r->seconds.n; k++)
            if (roaring_bitmap_contains(b->bits[i], r->seconds.v[k].second))
                roaring_bitmap_add(b->bits[i], r->seconds.v[k].first);
        roaring_bitmap_and_inplace(b->bits[i], r->releases);
    }
    return true;
}

/* Row of a release: the ids descend. */
static uint32_t row_of(const struct batch *b, uint32_t release) {
    uint32_t low = 0, high = b->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (b->ids[middle] > release)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int by_row(const void *x, const void *y) {
    const struct matched *a = x, *b = y;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->which < b->which ? -1 : a->which > b->which;
}

/* A component's releases within the batch are a stretch of its bitmap. */
static bool match_by_bits(struct batch *b) {
    uint32_t newest = b->ids[0], oldest = b->ids[b->n - 1];
    if (!b->bits && !read_bits(b))
        return false;
    for (uint32_t i = 0; i < b->asked->n; i++) {
        roaring_uint32_iterator_t it;
        roaring_init_iterator(b->bits[i], &it);
        if (oldest && !roaring_move_uint32_iterator_equalorlarger(&it, oldest))
            continue;
        for (; it.has_value && it.current_value <= newest; roaring_advance_uint32_iterator(&it))
            *vec_push(b->x->scratch, &b->matched) = (struct matched){row_of(b, it.current_value), i};
    }
    return true;
}

/* ── a row ── */

static bool put_release(struct batch *b, const struct release_row *row, const struct matched *m, uint32_t n) {
    struct rows *x = b->x;
    const struct named *of, *by;
    str *purls = arena_array(x->scratch, str, n + 1);
    str version = arena_str(x->scratch, row->version); /* the row is borrowed, and others are asked for below */
    struct reach_cell paths = {.given = false};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if ((!i || m[i].which != m[i - 1].which) && !reach_purl(x->r, m[i].which, &purls[kept++], x->e))
            return false;
    if (!thing_name(&x->names, THING_PRODUCT, row->product, &of, x->e) ||
        !thing_name(&x->names, THING_PARTY, of->party, &by, x->e))
        return false;
    if (x->page->paths) {
        const str *list;
        uint32_t found;
        if (!component_paths(x->r->p, x->scratch, row->body, purls, kept, &list, &found, x->e))
            return false;
        paths = cell_list(list, found);
    }
    const struct reach_cell cells[] = {
        cell_text(of->id),
        cell_text(of->name),
        cell_text(version),
        cell_text(by->id),
        cell_text(by->name),
        cell_list(purls, kept),
        cell_number(row->time),
        cell_number((int64_t)row->entry),
        cell_text(hex_text(x->scratch, row->body, 32)),
        cell_number(row->disagrees),
        paths,
    };
    return x->each(x->arg, cells, x->e);
}

static bool put_next(void *arg, const struct release_row *row, struct err *e) {
    struct batch *b = arg;
    uint32_t first = b->at;
    struct arena_mark m = arena_mark(b->x->scratch);
    (void)e; /* the rows' own */
    while (b->at < b->matched.n && b->matched.v[b->at].row == b->row)
        b->at++;
    b->row++;
    bool ok = put_release(b, row, b->at > first ? &b->matched.v[first] : NULL, b->at - first);
    arena_reset(b->x->scratch, m);
    return ok;
}

static bool put_batch(struct batch *b) {
    b->matched.v = NULL;
    b->matched.n = b->matched.cap = 0;
    b->row = b->at = 0;
    if (!(b->x->page->n <= FEW ? match_by_lists(b) : match_by_bits(b)))
        return false;
    if (b->matched.n)
        qsort(b->matched.v, b->matched.n, sizeof *b->matched.v, by_row);
    return contents_releases_each(b->x->r->p->contents, b->ids, b->n, put_next, b, b->x->e);
}

/* From the newest on: the row of number i is the release of rank n - 1 - i. */
bool release_rows(struct rows *x, uint64_t from, uint64_t to) {
    struct reach *r = x->r;
    uint32_t start;
    if (from >= to || !roaring_bitmap_select(r->releases, (uint32_t)(r->n_releases - 1 - from), &start))
        return true;
    struct batch b = {.x = x, .asked = &r->q->components, .ids = arena_array(r->a, uint32_t, BATCH)};
    roaring_uint32_iterator_t it;
    roaring_init_iterator(r->releases, &it);
    roaring_move_uint32_iterator_equalorlarger(&it, start);
    bool ok = true;
    for (uint64_t left = to - from; ok && left && it.has_value;) {
        struct arena_mark m = arena_mark(x->scratch);
        for (b.n = 0; b.n < BATCH && left && it.has_value; left--) {
            b.ids[b.n++] = it.current_value;
            roaring_previous_uint32_iterator(&it);
        }
        ok = put_batch(&b);
        arena_reset(x->scratch, m);
    }
    for (uint32_t i = 0; b.bits && i < b.asked->n; i++)
        if (b.bits[i])
            roaring_bitmap_free(b.bits[i]);
    return ok;
}
