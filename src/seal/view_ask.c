/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions. One that comes upon damage has the view made anew and is asked once more.
 */
#include <stdlib.h>

#include "seal/view_inner.h"

/* Questions as of a size beyond the view mean all of it. */
static uint64_t bound(const struct view *v, uint64_t size) { return size < v->size ? size : v->size; }

static void copy32(unsigned char out[32], str blob) {
    memset(out, 0, 32);
    if (blob.n == 32)
        memcpy(out, blob.p, 32);
}

/* ── an entry ── */

static bool read_subjects(struct db *db, struct arena *a, struct view_entry *out, struct err *e) {
    struct stmt *s;
    bool row;
    int64_t last = -1;
    if (!db_stmt(db, view_sql("subjects"), &s, e))
        return false;
    stmt_int(s, 1, (int64_t)out->index);
    for (;;) {
        if (!stmt_step(s, &row, e))
            return false;
        if (!row)
            break;
        if (stmt_col_int(s, 0) != last)
            *vec_push(a, &out->subjects) = (struct subject){.name = arena_str(a, stmt_col_text(s, 1)),
                                                            .uri = arena_str(a, stmt_col_text(s, 2))};
        last = stmt_col_int(s, 0);
        struct subject *subject = &out->subjects.v[out->subjects.n - 1];
        *vec_push(a, &subject->digests) = (struct subject_digest){arena_str(a, stmt_col_text(s, 3)),
                                                                  arena_str(a, stmt_col_text(s, 4))};
    }
    stmt_reset(s);
    return true;
}

static bool read_entry(struct segment *of, struct arena *a, uint64_t index, struct view_entry *out, struct err *e) {
    struct stmt *s;
    bool row;
    *out = (struct view_entry){.index = index};
    if (!db_stmt(of->db, view_sql("statement"), &s, e))
        return false;
    stmt_int(s, 1, (int64_t)index);
    if (!stmt_step(s, &row, e))
        return false;
    if (!row)
        return err_set(e, ERR_INPUT, S("view"), _("the view is damaged: it is made anew"));
    out->time = stmt_col_int(s, 0);
    out->kind = arena_str(a, stmt_col_text(s, 1));
    copy32(out->key, stmt_col_blob(s, 2));
    copy32(out->envelope, stmt_col_blob(s, 3));
    out->type = arena_str(a, stmt_col_text(s, 4));
    out->erased = stmt_col_text(s, 5).p != NULL;
    stmt_reset(s);
    return read_subjects(of->db, a, out, e);
}

bool view_entry(struct view *v, struct arena *a, uint64_t index, struct view_entry *out, struct err *e) {
    struct err why = {0};
    if (index >= v->size)
        return err_set(e, ERR_INPUT, v->folder, _("the log has no entry %llu"), (unsigned long long)index);
    return read_entry(view_segment(v, index), a, index, out, &why) ||
           (view_mend(v, &why, e) && read_entry(view_segment(v, index), a, index, out, e));
}

/* ── finding ── */

static bool find_in(struct segment *of, struct arena *a, const unsigned char key[32], uint64_t size,
                    struct view_found *out, struct err *e) {
    struct stmt *s;
    bool row;
    if (!db_stmt(of->db, view_sql("find"), &s, e))
        return false;
    stmt_blob(s, 1, str_n((const char *)key, 32));
    stmt_int(s, 2, (int64_t)size);
    for (;;) {
        if (!stmt_step(s, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = (uint64_t)stmt_col_int(s, 0);
    }
    stmt_reset(s);
    return true;
}

static int by_number(const void *x, const void *y) {
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return a < b ? -1 : a > b;
}

static bool find_all(struct view *v, struct arena *a, const struct words *words, uint64_t size, struct view_found *out,
                     struct err *e) {
    uint32_t n = 0;
    *out = (struct view_found){0};
    for (uint32_t i = 0; i < words->n; i++) {
        unsigned char key[32];
        word_key(&words->v[i], key);
        for (uint32_t k = 0; k < v->segments.n && v->segments.v[k].from < size; k++)
            if (!find_in(&v->segments.v[k], a, key, bound(v, size), out, e))
                return false;
    }
    if (out->n && words->n > 1)
        qsort(out->v, out->n, sizeof *out->v, by_number);
    for (uint32_t i = 0; i < out->n; i++)
        if (!n || out->v[n - 1] != out->v[i])
            out->v[n++] = out->v[i];
    out->n = n;
    return true;
}

bool view_find(struct view *v, struct arena *a, const struct words *words, uint64_t size, struct view_found *out,
               struct err *e) {
    struct err why = {0};
    return find_all(v, a, words, size, out, &why) || (view_mend(v, &why, e) && find_all(v, a, words, size, out, e));
}

/* ── all rows ── */

struct gathering {
    const struct view_reader *reader;
    unsigned char key[32];
    uint64_t *list;
    size_t n, cap;
};

static void give(struct gathering *g) {
    if (g->n)
        g->reader->each(g->reader->arg, g->key, g->list, g->n);
    g->n = 0;
}

static void take(struct gathering *g, const struct word_row *row) {
    if (g->n && memcmp(g->key, row->key, 32) != 0)
        give(g);
    if (g->n == g->cap) {
        g->cap = g->cap ? 2 * g->cap : 1024;
        g->list = realloc(g->list, g->cap * sizeof *g->list);
        if (!g->list)
            abort();
    }
    memcpy(g->key, row->key, 32);
    g->list[g->n++] = row->index;
}

static bool read_rows(struct view *v, uint64_t size, const struct view_reader *reader, struct err *e) {
    struct arena *a = arena_new();
    struct gathering g = {.reader = reader};
    struct word_cursor cursor;
    struct word_row row;
    bool there = true, ok = word_cursor_begin(&cursor, v, a, 0, v->segments.n, bound(v, size), e);
    reader->begin(reader->arg);
    while (ok && (ok = word_cursor_next(&cursor, &there, &row, e)) && there)
        take(&g, &row);
    if (ok)
        give(&g);
    free(g.list);
    arena_free(a);
    return ok;
}

bool view_rows(struct view *v, uint64_t size, const struct view_reader *reader, struct err *e) {
    struct err why = {0};
    return read_rows(v, size, reader, &why) || (view_mend(v, &why, e) && read_rows(v, size, reader, e));
}

static bool last_index(struct view *v, uint64_t size, bool *found, uint64_t *index, struct err *e) {
    *found = false;
    for (uint32_t i = v->segments.n; i-- > 0 && !*found;) {
        struct stmt *s;
        bool row;
        if (v->segments.v[i].from >= size)
            continue;
        if (!db_stmt(v->segments.v[i].db, view_sql("last_index"), &s, e))
            return false;
        stmt_int(s, 1, (int64_t)bound(v, size));
        if (!stmt_step(s, &row, e))
            return false;
        *found = row && stmt_col_text(s, 0).p != NULL;
        *index = *found ? (uint64_t)stmt_col_int(s, 0) : 0;
        stmt_reset(s);
    }
    return true;
}

bool view_last_index(struct view *v, uint64_t size, bool *found, uint64_t *index, struct err *e) {
    struct err why = {0};
    return last_index(v, size, found, index, &why) || (view_mend(v, &why, e) && last_index(v, size, found, index, e));
}

/* ── as text ── */

static bool dump_table(struct segment *of, const char *name, int columns, struct buf *out, struct err *e) {
    struct stmt *s;
    bool row;
    if (!db_stmt(of->db, view_sql(name), &s, e))
        return false;
    for (;;) {
        if (!stmt_step(s, &row, e))
            return false;
        if (!row)
            break;
        for (int i = 0; i < columns; i++) {
            str text = stmt_col_text(s, i);
            if (i)
                buf_addc(out, '\t');
            buf_add(out, text.p ? text : S("-"));
        }
        buf_addc(out, '\n');
    }
    stmt_reset(s);
    return true;
}

static bool dump_all(struct view *v, struct buf *out, struct err *e) {
    static const struct {
        const char *name;
        int columns;
    } tables[] = {{"dump_statement", 7}, {"dump_subject", 6}, {"dump_word", 2}, {"erasures", 2}};
    buf_clear(out);
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (uint32_t i = 0; i < v->segments.n; i++)
            if (!dump_table(&v->segments.v[i], tables[t].name, tables[t].columns, out, e))
                return false;
    return true;
}

bool view_dump(struct view *v, struct buf *out, struct err *e) {
    struct err why = {0};
    return dump_all(v, out, &why) || (view_mend(v, &why, e) && dump_all(v, out, e));
}
