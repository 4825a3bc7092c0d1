/* SPDX-License-Identifier: Apache-2.0
 *
 * Bulk loads by COPY in binary, or by arrays where rows may be there already. Rows are gathered here first: while a
 * COPY is under way nothing else can be said on a connection, and several loads and questions may take turns.
 */
#include <endian.h>
#include <stdio.h>

#include "store/postgres.h"

enum { COPY_BYTES = 4 << 20 };

static const char signature[19] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0";

static void put16(struct buf *b, int16_t v) {
    uint16_t x = htobe16((uint16_t)v);
    buf_add(b, str_n((const char *)&x, sizeof x));
}
static void put32(struct buf *b, int32_t v) {
    uint32_t x = htobe32((uint32_t)v);
    buf_add(b, str_n((const char *)&x, sizeof x));
}

bool pg_load_begin(void *of, const struct load *l, struct loading **out, struct err *e) {
    struct pg *d = of;
    struct pg_loading *x = &d->loads[l->number];
    *out = &x->head;
    if (x->open)
        return true;
    (void)e;
    x->head.engine = &postgres_engine;
    x->of = d;
    x->load = l;
    x->columns = (int)strlen(l->kinds);
    x->open = true;
    buf_clear(&x->rows);
    put16(&x->rows, (int16_t)x->columns);
    return true;
}

void pg_load_value(struct loading *l, char kind, int64_t i, str s, double r) {
    struct pg_loading *x = (struct pg_loading *)l;
    uint64_t bits = (uint64_t)i;
    if (kind == 'r')
        memcpy(&bits, &r, sizeof bits);
    if (kind == 'i' || kind == 'r') {
        bits = htobe64(bits);
        put32(&x->rows, sizeof bits);
        buf_add(&x->rows, str_n((const char *)&bits, sizeof bits));
    } else if (!s.p || s.n > INT32_MAX / 2) {
        put32(&x->rows, -1);
    } else {
        put32(&x->rows, (int32_t)s.n);
        buf_add(&x->rows, s);
    }
}

static bool copy_into(struct pg *d, const char *table, const char *columns, str rows, struct err *e) {
    char sql[1000];
    snprintf(sql, sizeof sql, "COPY %s (%s) FROM STDIN (FORMAT binary)", table, columns);
    PGresult *r = d->k.exec(d->c, sql);
    bool ok = d->k.resultStatus(r) == PGRES_COPY_IN;
    if (!ok)
        pg_fail(d, r, e);
    d->k.clear(r);
    if (!ok)
        return false;
    static const char over[2] = {(char)0xFF, (char)0xFF};
    ok = d->k.putCopyData(d->c, signature, sizeof signature) == 1;
    for (size_t at = 0; ok && at < rows.n; at += COPY_BYTES)
        ok = d->k.putCopyData(d->c, rows.p + at, (int)(rows.n - at < COPY_BYTES ? rows.n - at : COPY_BYTES)) == 1;
    ok = ok && d->k.putCopyData(d->c, over, sizeof over) == 1 && d->k.putCopyEnd(d->c, NULL) == 1;
    PGresult *bad = NULL;
    while ((r = d->k.getResult(d->c))) {
        if (!bad && d->k.resultStatus(r) != PGRES_COMMAND_OK)
            bad = r;
        else
            d->k.clear(r);
    }
    if (!ok || bad)
        pg_fail(d, bad, e);
    d->k.clear(bad);
    return ok && !bad;
}

/* Before PostgreSQL 16 a COPY goes to another server row by row; an INSERT goes in batches. */
static bool copy_beside(struct pg *d, const struct load *l, str rows, struct err *e) {
    char beside[80], sql[2200];
    snprintf(beside, sizeof beside, "pg_temp.load_%s", l->table);
    snprintf(sql, sizeof sql, "CREATE TEMP TABLE IF NOT EXISTS load_%s (LIKE %s) ON COMMIT DELETE ROWS", l->table,
             l->table);
    if (!pg_exec(d, sql, e) || !copy_into(d, beside, l->columns, rows, e))
        return false;
    snprintf(sql, sizeof sql, "INSERT INTO %s (%s) SELECT %s FROM %s; DELETE FROM %s", l->table, l->columns, l->columns,
             beside, beside);
    return pg_exec(d, sql, e);
}

/* ── rows that may be there already ── COPY knows no ON CONFLICT: each column goes as an array */

static int32_t get32(const char *p) {
    uint32_t x;
    memcpy(&x, p, sizeof x);
    return (int32_t)be32toh(x);
}

static const struct {
    char kind;
    Oid of, array;
    const char *name;
} arrays[] = {{'i', OID_INT8, 1016, "bigint[]"},
              {'t', OID_TEXT, 1009, "text[]"},
              {'b', OID_BYTEA, 1001, "bytea[]"},
              {'r', OID_FLOAT8, 1022, "double precision[]"}};
static size_t array_of(char kind) {
    size_t i = 0;
    while (i + 1 < sizeof arrays / sizeof *arrays && arrays[i].kind != kind)
        i++;
    return i;
}

/* Dimensions, whether NULLs may be in it, of what, length, first index; behind them the values as COPY has them. */
static void begin_array(struct buf *b, char kind, int32_t n) {
    buf_clear(b);
    put32(b, 1);
    put32(b, 1);
    put32(b, (int32_t)arrays[array_of(kind)].of);
    put32(b, n);
    put32(b, 1);
}

static int32_t count_rows(str rows, int columns) {
    int32_t n = 0;
    for (size_t at = 0; at < rows.n; n++) {
        at += sizeof(int16_t);
        for (int i = 0; i < columns; i++) {
            int32_t size = get32(rows.p + at);
            at += sizeof size + (size > 0 ? (size_t)size : 0);
        }
    }
    return n;
}
static void turn_rows(str rows, int columns, struct buf *out) {
    for (size_t at = 0; at < rows.n;) {
        at += sizeof(int16_t);
        for (int i = 0; i < columns; i++) {
            int32_t size = get32(rows.p + at);
            size_t n = sizeof size + (size > 0 ? (size_t)size : 0);
            buf_add(&out[i], str_n(rows.p + at, n));
            at += n;
        }
    }
}

static bool put_fresh(struct pg *d, const struct load *l, str rows, struct err *e) {
    struct buf sql = {0}, columns[PG_PARAMETERS] = {{0}};
    const char *values[PG_PARAMETERS];
    int n = (int)strlen(l->kinds), lengths[PG_PARAMETERS], formats[PG_PARAMETERS];
    Oid types[PG_PARAMETERS];
    buf_addf(&sql, "INSERT INTO %s (%s) SELECT * FROM unnest(", l->table, l->columns);
    for (int i = 0; i < n; i++) {
        buf_addf(&sql, i ? ", $%d::%s" : "$%d::%s", i + 1, arrays[array_of(l->kinds[i])].name);
        begin_array(&columns[i], l->kinds[i], count_rows(rows, n));
    }
    buf_addz(&sql, ") ON CONFLICT DO NOTHING");
    buf_addc(&sql, 0);
    turn_rows(rows, n, columns);
    for (int i = 0; i < n; i++) {
        values[i] = columns[i].p;
        lengths[i] = (int)columns[i].n;
        formats[i] = 1;
        types[i] = arrays[array_of(l->kinds[i])].array;
    }
    PGresult *r = d->k.execParams(d->c, sql.p, n, types, values, lengths, formats, 1);
    bool ok = d->k.resultStatus(r) == PGRES_COMMAND_OK;
    if (!ok)
        pg_fail(d, r, e);
    d->k.clear(r);
    for (int i = 0; i < n; i++)
        buf_free(&columns[i]);
    buf_free(&sql);
    return ok;
}

static bool copy(struct pg *d, const struct load *l, str rows, struct err *e) {
    if (!pg_quiet(d, e))
        return false;
    if (l->fresh)
        return put_fresh(d, l, rows, e);
    return pg_is_spread(d, l->table) ? copy_beside(d, l, rows, e) : copy_into(d, l->table, l->columns, rows, e);
}

/* All but the begun row, of which there is only the count of columns. */
static bool flush(struct pg_loading *x, struct err *e) {
    struct buf rows = x->rows;
    bool ok = rows.n <= 2 || copy(x->of, x->load, str_n(rows.p, rows.n - 2), e);
    buf_clear(&x->rows);
    put16(&x->rows, (int16_t)x->columns);
    return ok;
}

bool pg_load_row(struct loading *l, struct err *e) {
    struct pg_loading *x = (struct pg_loading *)l;
    if (!x->of->inside) {
        err_set(e, ERR_ENV, str_of(x->of->shown), _("views: %s"), _("the transaction was undone before"));
        return false;
    }
    put16(&x->rows, (int16_t)x->columns);
    return x->rows.n < COPY_BYTES || flush(x, e);
}

bool pg_load_end(struct loading *l, struct err *e) {
    struct pg_loading *x = (struct pg_loading *)l;
    bool ok = !x->open || flush(x, e);
    x->open = false;
    return ok;
}

bool pg_loads_flush(struct pg *d, struct err *e) {
    bool ok = true;
    for (unsigned i = 0; ok && i < store_loads(); i++)
        if (d->loads[i].open)
            ok = pg_load_end(&d->loads[i].head, e);
    return ok;
}
void pg_loads_drop(struct pg *d) {
    for (unsigned i = 0; i < store_loads(); i++) {
        d->loads[i].open = false;
        buf_clear(&d->loads[i].rows);
    }
}
