/* SPDX-License-Identifier: Apache-2.0
 *
 * All rows as text, the same for the same rows whatever the engine: tables by name, rows by all their columns.
 */
#include <stdlib.h>

#include "store/dump.h"
#include "store/store_inner.h"

struct shape { /* a table */
    str name, kinds;
    VEC(str) columns;
};
struct shapes {
    struct arena *a;
    VEC(struct shape) v;
};

static bool read_shapes(struct store *s, struct shapes *all, struct err *e) {
    struct ask *q;
    bool row = true;
    if (!s->engine->ask_once(s->of, s->engine->columns, &q, e))
        return false;
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        str table = ask_col_text(q, 0);
        if (!all->v.n || !str_eq(all->v.v[all->v.n - 1].name, table))
            *vec_push(all->a, &all->v) = (struct shape){.name = arena_str(all->a, table), .kinds = S("")};
        struct shape *x = &all->v.v[all->v.n - 1];
        *vec_push(all->a, &x->columns) = arena_str(all->a, ask_col_text(q, 1));
        x->kinds = arena_cat(all->a, x->kinds, ask_col_text(q, 2));
    }
    ask_end(q);
    return true;
}

static void select_all(const struct store *s, const struct shape *x, struct buf *sql) {
    buf_clear(sql);
    for (uint32_t i = 0; i < x->columns.n; i++)
        buf_addf(sql, "%s\"%.*s\"", i ? ", " : "SELECT ", STR_ARG(x->columns.v[i]));
    buf_addf(sql, " FROM \"%.*s\"", STR_ARG(x->name));
    for (uint32_t i = 0; i < x->columns.n; i++)
        buf_addf(sql, "%s\"%.*s\"%s NULLS FIRST", i ? ", " : " ORDER BY ", STR_ARG(x->columns.v[i]),
                 x->kinds.p[i] == 't' ? s->engine->sorted_text : "");
    buf_addc(sql, 0);
}

static void put_text(struct buf *out, str v) {
    for (size_t i = 0; i < v.n; i++)
        switch (v.p[i]) {
        case '\n': buf_addz(out, "\\n"); break;
        case '\t': buf_addz(out, "\\t"); break;
        case '\\': buf_addz(out, "\\\\"); break;
        default: buf_addc(out, v.p[i]);
        }
}
static void put_hex(struct buf *out, str v) {
    static const char digits[] = "0123456789abcdef";
    char *to = buf_room(out, 2 * v.n);
    for (size_t i = 0; i < v.n; i++) {
        *to++ = digits[(unsigned char)v.p[i] >> 4];
        *to++ = digits[v.p[i] & 15];
    }
    out->n += 2 * v.n;
}
static void put_value(struct ask *q, int at, char kind, struct buf *out) {
    if (ask_col_null(q, at))
        buf_addc(out, '-');
    else if (kind == 't')
        put_text(out, ask_col_text(q, at));
    else if (kind == 'b')
        put_hex(out, ask_col_blob(q, at));
    else if (kind == 'i')
        buf_addf(out, "%lld", (long long)ask_col_int(q, at));
    else
        buf_addf(out, "%.17g", ask_col_real(q, at));
}

static bool dump_table(struct store *s, const struct shape *x, struct buf *sql, struct buf *out,
                       bool (*take)(void *arg, struct buf *lines, struct err *e), void *arg, struct err *e) {
    struct ask *q;
    bool row = true;
    select_all(s, x, sql);
    if (!s->engine->ask_once(s->of, sql->p, &q, e))
        return false;
    buf_addf(out, "# %.*s\n", STR_ARG(x->name));
    while (ask_step(q, &row, e)) {
        if (!row)
            return ask_end(q), take(arg, out, e);
        for (uint32_t i = 0; i < x->columns.n; i++) {
            put_value(q, (int)i, x->kinds.p[i], out);
            buf_addc(out, i + 1 < x->columns.n ? '\t' : '\n');
        }
        if (!take(arg, out, e))
            return ask_end(q), false;
    }
    return false;
}

static bool is_cache(str table) {
    for (const struct store_table *t = store_tables; t->name; t++)
        for (const char *const *part = store_caches; str_is(table, t->name) && *part; part++)
            if (strcmp(t->part, *part) == 0)
                return true;
    return false;
}
static bool is_left_out(str table, bool caches) {
    return (!caches && is_cache(table)) || str_is(table, "portfolio_made") || /* how often, not what */
           str_is(table, "portfolio_moved");
}

static bool dump(struct store *s, bool caches, bool (*take)(void *arg, struct buf *lines, struct err *e), void *arg,
                 struct err *e) {
    struct shapes all = {.a = arena_new()};
    struct buf sql = {0}, lines = {0};
    bool ok = store_begin_read(s, e);
    bool begun = ok;
    ok = ok && read_shapes(s, &all, e);
    for (uint32_t i = 0; ok && i < all.v.n; i++)
        ok = is_left_out(all.v.v[i].name, caches) || dump_table(s, &all.v.v[i], &sql, &lines, take, arg, e);
    if (begun)
        store_end_read(s);
    buf_free(&sql);
    buf_free(&lines);
    arena_free(all.a);
    return ok;
}

static bool keep(void *arg, struct buf *lines, struct err *e) {
    (void)e;
    buf_add(arg, buf_str(lines));
    buf_clear(lines);
    return true;
}
bool store_dump(struct store *s, struct buf *out, struct err *e) { return dump(s, true, keep, out, e); }
bool store_dump_each(struct store *s, bool (*take)(void *arg, struct buf *lines, struct err *e), void *arg,
                     struct err *e) {
    return dump(s, false, take, arg, e);
}
bool store_dump_all(struct store *s, bool (*take)(void *arg, struct buf *lines, struct err *e), void *arg,
                    struct err *e) {
    return dump(s, true, take, arg, e);
}
