/* SPDX-License-Identifier: Apache-2.0
 *
 * Several segments become one, row by row in order; what was erased stays behind.
 */
#include <stdlib.h>

#include "seal/view_inner.h"

/* ── words of several segments ── */

static bool cursor_read(struct word_cursor *k, uint32_t i, struct err *e) {
    if (!stmt_step(k->at[i].s, &k->at[i].more, e))
        return false;
    if (!k->at[i].more)
        return true;
    str key = stmt_col_blob(k->at[i].s, 0);
    memset(k->at[i].row.key, 0, 32);
    memcpy(k->at[i].row.key, key.p, key.n < 32 ? key.n : 32);
    k->at[i].row.index = (uint64_t)stmt_col_int(k->at[i].s, 1);
    k->at[i].front = 0;
    for (int b = 0; b < 8; b++)
        k->at[i].front = k->at[i].front << 8 | k->at[i].row.key[b];
    return true;
}

bool word_cursor_begin(struct word_cursor *k, struct view *v, struct arena *a, uint32_t first, uint32_t last,
                       uint64_t size, struct err *e) {
    *k = (struct word_cursor){.v = v, .last = last - first};
    k->at = arena_alloc(a, (last - first + 1u) * sizeof *k->at);
    for (uint32_t i = 0; i < k->last; i++) {
        if (!db_stmt(v->segments.v[first + i].db, view_sql("rows"), &k->at[i].s, e))
            return false;
        stmt_int(k->at[i].s, 1, (int64_t)size);
        if (!cursor_read(k, i, e))
            return false;
    }
    return true;
}

static bool stands_before(const struct word_cursor *k, uint32_t x, uint32_t y) {
    if (k->at[x].front != k->at[y].front)
        return k->at[x].front < k->at[y].front;
    return memcmp(k->at[x].row.key, k->at[y].row.key, 32) < 0;
}

/* Of equal keys the earliest segment's come first: its entries are. */
bool word_cursor_next(struct word_cursor *k, bool *there, struct word_row *out, struct err *e) {
    uint32_t best = k->last;
    for (uint32_t i = 0; i < k->last; i++)
        if (k->at[i].more && (best == k->last || stands_before(k, i, best)))
            best = i;
    *there = best != k->last;
    if (!*there)
        return true;
    *out = k->at[best].row;
    return cursor_read(k, best, e);
}

/* ── what was erased ── */

static const struct erasure *erased_at(const struct erasures *list, uint64_t index) {
    uint32_t low = 0, high = list->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (list->v[middle].target == index)
            return &list->v[middle];
        if (list->v[middle].target < index)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static int by_target(const void *x, const void *y) {
    uint64_t a = ((const struct erasure *)x)->target, b = ((const struct erasure *)y)->target;
    return a < b ? -1 : a > b;
}

/* Whether the view still shows the target, and what its leaf says. */
static bool still_shown(struct view *v, struct arena *a, struct erasure *x, bool *shown, struct err *e) {
    struct segment *of = view_segment(v, x->target);
    struct stmt *s;
    struct log_entry entry;
    struct words words;
    bool row;
    *shown = false;
    if (!of || x->by <= x->target)
        return true;
    if (!db_stmt(of->db, view_sql("statement"), &s, e))
        return false;
    stmt_int(s, 1, (int64_t)x->target);
    if (!stmt_step(s, &row, e))
        return false;
    bool open = row && !stmt_col_text(s, 5).p;
    stmt_reset(s);
    if (!open)
        return true;
    if (!log_entry(v->log, a, x->target, &entry, e))
        return false;
    *shown = entry.erased;
    words_of(a, entry.leaf.kind, entry.leaf.key, NULL, &words);
    for (uint32_t i = 0; i < words.n && i < 2; i++)
        word_key(&words.v[i], x->keep[i]);
    return true;
}

static bool take_erasures(struct view *v, struct arena *a, struct segment *of, struct erasures *out, struct map *seen,
                          struct err *e) {
    struct stmt *s;
    bool row = true, ok = db_stmt(of->db, view_sql("erasures"), &s, e);
    while (ok && (ok = stmt_step(s, &row, e)) && row) {
        struct erasure x = {.by = (uint64_t)stmt_col_int(s, 0), .target = (uint64_t)stmt_col_int(s, 1)};
        bool shown, fresh;
        ok = still_shown(v, a, &x, &shown, e);
        if (!ok || !shown)
            continue;
        str key = arena_str(a, str_n((const char *)&x.target, sizeof x.target));
        map_put(seen, key, &fresh);
        if (fresh)
            *vec_push(a, out) = x;
    }
    if (ok)
        stmt_reset(s);
    return ok;
}

bool view_open_erasures(struct view *v, struct arena *a, struct erasures *out, struct err *e) {
    struct map seen;
    map_init(&seen, a);
    *out = (struct erasures){0};
    for (uint32_t i = 0; i < v->segments.n; i++)
        if (!take_erasures(v, a, &v->segments.v[i], out, &seen, e))
            return false;
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_target);
    return true;
}

/* ── copying ── */

struct merging {
    struct making *m;
    const struct erasures *erased;
};

static bool copy_statement(struct merging *k, struct stmt *from, struct err *e) {
    struct stmt *to;
    const struct erasure *x = erased_at(k->erased, (uint64_t)stmt_col_int(from, 0));
    if (!db_stmt(k->m->db, view_sql("add_statement"), &to, e))
        return false;
    stmt_int(to, 1, stmt_col_int(from, 0));
    stmt_int(to, 2, stmt_col_int(from, 1));
    stmt_text(to, 3, stmt_col_text(from, 2));
    stmt_blob(to, 4, stmt_col_blob(from, 3));
    stmt_blob(to, 5, stmt_col_blob(from, 4));
    stmt_text(to, 6, x ? (str){NULL, 0} : stmt_col_text(from, 5));
    if (x)
        stmt_int(to, 7, (int64_t)x->by);
    else if (stmt_col_text(from, 6).p)
        stmt_int(to, 7, stmt_col_int(from, 6));
    return stmt_run(to, e);
}

static bool copy_subject(struct merging *k, struct stmt *from, struct err *e) {
    struct stmt *to;
    if (erased_at(k->erased, (uint64_t)stmt_col_int(from, 0)))
        return true;
    if (!db_stmt(k->m->db, view_sql("add_subject"), &to, e))
        return false;
    stmt_int(to, 1, stmt_col_int(from, 0));
    stmt_int(to, 2, stmt_col_int(from, 1));
    for (int i = 2; i < 6; i++)
        stmt_text(to, i + 1, stmt_col_text(from, i));
    return stmt_run(to, e);
}

static bool copy_erasure(struct merging *k, struct stmt *from, struct err *e) {
    struct stmt *to;
    if (!db_stmt(k->m->db, view_sql("add_erasure"), &to, e))
        return false;
    stmt_int(to, 1, stmt_col_int(from, 0));
    stmt_int(to, 2, stmt_col_int(from, 1));
    return stmt_run(to, e);
}

static bool copy_table(struct merging *k, struct db *from, const char *query,
                       bool (*copy)(struct merging *k, struct stmt *from, struct err *e), struct err *e) {
    struct stmt *s;
    bool row = true, ok = db_stmt(from, view_sql(query), &s, e);
    while (ok && (ok = stmt_step(s, &row, e)) && row)
        ok = copy(k, s, e);
    return ok;
}

static bool copy_words(struct merging *k, uint32_t first, uint32_t last, struct err *e) {
    struct arena *a = arena_new();
    struct word_cursor cursor;
    struct word_row row;
    bool there = true, ok = word_cursor_begin(&cursor, k->m->v, a, first, last, k->m->segment.to, e);
    while (ok && (ok = word_cursor_next(&cursor, &there, &row, e)) && there) {
        const struct erasure *x = erased_at(k->erased, row.index);
        if (!x || memcmp(row.key, x->keep[0], 32) == 0 || memcmp(row.key, x->keep[1], 32) == 0)
            ok = word_row_add(k->m->db, &row, e);
    }
    arena_free(a);
    return ok;
}

bool view_merge(struct making *m, uint32_t first, uint32_t last, const struct erasures *erased, struct err *e) {
    struct merging k = {m, erased};
    bool ok = true;
    for (uint32_t i = first; ok && i < last; i++) {
        struct db *from = m->v->segments.v[i].db;
        ok = copy_table(&k, from, "statements", copy_statement, e) &&
             copy_table(&k, from, "dump_subject", copy_subject, e) && copy_table(&k, from, "erasures", copy_erasure, e);
    }
    return ok && copy_words(&k, first, last, e);
}
