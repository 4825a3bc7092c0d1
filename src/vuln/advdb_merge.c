/* SPDX-License-Identifier: Apache-2.0
 *
 * Package rows are rewritten whole, in the order of their keys: many changes to one row cost one write, and a new
 * database is written front to back.
 */
#include <stdlib.h>

#include "vuln/advdb.h"
#include "vuln/entry.h"

static int op_order(const void *x, const void *y) {
    const struct package_op *a = x, *b = y;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    int by = str_cmp(a->ecosystem, b->ecosystem);
    by = by ? by : str_cmp(a->name, b->name);
    if (by || a->advisory == b->advisory)
        return by ? by : str_cmp(a->entry, b->entry);
    return a->advisory < b->advisory ? -1 : 1;
}

struct items {
    VEC(struct package_op) all;
};

/* What goes has no ecosystem and so stands first, by advisory. */
static bool goes(const struct package_op *v, uint32_t n, uint32_t advisory) {
    uint32_t low = 0, high = n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (v[middle].add || v[middle].advisory > advisory)
            high = middle;
        else if (v[middle].advisory < advisory)
            low = middle + 1;
        else
            return true;
    }
    return false;
}

/* The row as it is, without what goes. */
static bool take_old(struct arena *a, str blob, const struct package_op *v, uint32_t n, struct items *items) {
    struct rd r = rd_of(blob);
    struct group g;
    struct entry_of entry;
    while (group_next(&r, &g)) {
        struct rd in = rd_of(g.entries);
        while (entry_next(&in, &entry))
            if (!goes(v, n, entry.advisory))
                *vec_push(a, &items->all) = (struct package_op){v->key,      entry.advisory, true,
                                                                g.ecosystem, g.name,         entry.entry};
        if (in.bad)
            return false;
    }
    return !r.bad;
}

static void pack_row(struct buf *out, struct buf *part, const struct items *items) {
    buf_clear(out);
    for (uint32_t i = 0; i < items->all.n;) {
        const struct package_op *first = &items->all.v[i];
        buf_clear(part);
        for (; i < items->all.n; i++) {
            const struct package_op *op = &items->all.v[i];
            if (!str_eq(op->ecosystem, first->ecosystem) || !str_eq(op->name, first->name))
                break;
            pk_var(part, op->advisory);
            pk_str(part, op->entry);
        }
        pk_str(out, first->ecosystem);
        pk_str(out, first->name);
        pk_str(out, buf_str(part));
    }
}

static bool write_row(struct db *db, int64_t key, str blob, struct err *e) {
    static const char put[] = "INSERT OR REPLACE INTO package(key,groups) VALUES(?1,?2)";
    static const char drop[] = "DELETE FROM package WHERE key=?1";
    struct stmt *s;
    if (!db_stmt(db, blob.n ? put : drop, &s, e))
        return false;
    stmt_int(s, 1, key);
    if (blob.n)
        stmt_blob(s, 2, blob);
    return stmt_run(s, e);
}

struct scratch {
    struct buf row, part;
};

static bool merge_one(struct db *db, struct arena *a, struct package_op *v, uint32_t n, struct scratch *x,
                      struct err *e) {
    static const char get[] = "SELECT groups FROM package WHERE key=?1";
    struct stmt *s;
    struct items items = {0};
    bool row, ok = true;
    if (!db_stmt(db, get, &s, e))
        return false;
    stmt_int(s, 1, v->key);
    if (!stmt_step(s, &row, e))
        return false;
    if (row)
        ok = take_old(a, stmt_col_blob(s, 0), v, n, &items);
    bool sorted = items.all.n == 0;
    for (uint32_t i = 0; i < n; i++)
        if (v[i].add)
            *vec_push(a, &items.all) = v[i];
    if (!sorted)
        qsort(items.all.v, items.all.n, sizeof *items.all.v, op_order);
    pack_row(&x->row, &x->part, &items);
    stmt_reset(s);
    if (!ok)
        return err_set(e, ERR_ENV, S(""), _("the advisory database is damaged")) ||
               err_hint(e, "%s", _("delete it and import again"));
    return write_row(db, v->key, buf_str(&x->row), e);
}

bool advdb_merge_packages(struct db *db, struct arena *a, struct package_op *v, uint32_t n, struct err *e) {
    struct scratch x = {0};
    bool ok = true;
    if (n)
        qsort(v, n, sizeof *v, op_order);
    for (uint32_t i = 0, end; i < n && ok; i = end) {
        for (end = i + 1; end < n && v[end].key == v[i].key; end++)
            ;
        struct arena_mark m = arena_mark(a);
        ok = merge_one(db, a, v + i, end - i, &x, e);
        arena_reset(a, m);
    }
    buf_free(&x.row);
    buf_free(&x.part);
    return ok;
}
