/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions to PostgreSQL: prepared once, parameters and results in binary, rows taken from the wire one by one.
 */
#include <endian.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/postgres.h"

/* Answers of statements sent ahead are looked at when there are so many, so that an error shows soon and neither side
 * has to hold much. */
enum { WAITING_MOST = 256, WAITING_BYTES_MOST = 1 << 20 };

/* ── a row ── from the wire, or from what was kept ── */

static void drop_row(struct pg_ask *a) {
    if (a->row)
        a->of->k.clear(a->row);
    a->row = NULL;
}

static void note_columns(struct pg_ask *a, const PGresult *r) {
    int n = a->of->k.nfields(r);
    if (n != a->n_columns || !a->columns) {
        a->columns = realloc(a->columns, (size_t)(n + 1) * sizeof *a->columns);
        if (!a->columns)
            abort();
        a->n_columns = n;
    }
    for (int i = 0; i < n; i++)
        a->columns[i] = a->of->k.ftype(r, i);
}

static void keep_row(struct pg_ask *a, const PGresult *r) {
    for (int i = 0; i < a->n_columns; i++) {
        int32_t n = a->of->k.getisnull(r, 0, i) ? -1 : a->of->k.getlength(r, 0, i);
        buf_add(&a->kept, str_n((const char *)&n, sizeof n));
        if (n > 0)
            buf_add(&a->kept, str_n(a->of->k.getvalue(r, 0, i), (size_t)n));
    }
}

/* NULL gives an absent str. */
static str column(const struct pg_ask *a, int at) {
    const struct pq *k = &a->of->k;
    if (at < 0 || at >= a->n_columns)
        return (str){NULL, 0};
    if (a->row)
        return k->getisnull(a->row, 0, at) ? (str){NULL, 0}
                                           : str_n(k->getvalue(a->row, 0, at), (size_t)k->getlength(a->row, 0, at));
    size_t p = a->at;
    for (int i = 0;; i++) {
        int32_t n;
        if (p + sizeof n > a->kept.n)
            return (str){NULL, 0};
        memcpy(&n, a->kept.p + p, sizeof n);
        p += sizeof n;
        if (i == at)
            return n < 0 ? (str){NULL, 0} : str_n(n ? a->kept.p + p : "", (size_t)n);
        p += n > 0 ? (size_t)n : 0;
    }
}

static bool next_kept(struct pg_ask *a) {
    if (a->next >= a->kept.n)
        return false;
    a->at = a->next;
    for (int i = 0; i < a->n_columns; i++) {
        int32_t n;
        memcpy(&n, a->kept.p + a->next, sizeof n);
        a->next += sizeof n + (n > 0 ? (size_t)n : 0);
    }
    return true;
}

/* ── the wire ── */

/* The end of the results of one statement. */
static void finish_results(struct pg *d) {
    PGresult *r;
    while ((r = d->k.getResult(d->c)))
        d->k.clear(r);
}

/* Takes the next row of the arriving question; *r is NULL at the end. */
static bool take(struct pg *d, PGresult **out, struct err *e) {
    PGresult *r = d->k.getResult(d->c);
    ExecStatusType status = r ? d->k.resultStatus(r) : PGRES_FATAL_ERROR;
    *out = NULL;
    if (status == PGRES_SINGLE_TUPLE) {
        *out = r;
        return true;
    }
    d->arriving = NULL;
    bool ok = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY;
    finish_results(d);
    if (!ok)
        pg_fail(d, r, e);
    d->k.clear(r);
    return ok;
}

/* The rows that are still to come go into memory; an error among them is told by the question's next step. */
static bool keep_arriving(struct pg *d, struct err *e) {
    struct pg_ask *a = d->arriving;
    buf_clear(&a->kept);
    a->next = 0;
    if (a->row) { /* the current row stays readable */
        keep_row(a, a->row);
        drop_row(a);
        next_kept(a);
    }
    a->state = PG_KEPT;
    PGresult *r = NULL;
    bool ok;
    while ((ok = take(d, &r, e)) && r) {
        if (!a->n_columns)
            note_columns(a, r);
        keep_row(a, r);
        d->k.clear(r);
    }
    return ok;
}

/* Behind an error in a row of statements nothing was prepared any more. */
static void forget_names(struct pg *d) {
    for (unsigned i = 0; i < store_queries(); i++)
        d->asks[i].name[0] = 0;
}

static bool look_at_waiting(struct pg *d, struct err *e) {
    bool ok = d->k.pipelineSync(d->c) == 1, over = false;
    PGresult *bad = NULL;
    unsigned empty = 0;
    while (ok && !over && empty < 2) {
        PGresult *r = d->k.getResult(d->c);
        empty = r ? 0 : empty + 1;
        if (!r)
            continue;
        ExecStatusType status = d->k.resultStatus(r);
        over = status == PGRES_PIPELINE_SYNC;
        if (!bad && (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE))
            bad = r;
        else
            d->k.clear(r);
    }
    d->waiting = 0;
    d->waiting_bytes = 0;
    if (!over || d->k.exitPipelineMode(d->c) != 1)
        ok = false;
    if (bad || !ok) {
        forget_names(d);
        pg_fail(d, bad, e);
    }
    d->k.clear(bad);
    return ok && !bad;
}

bool pg_quiet(struct pg *d, struct err *e) {
    if (d->gone)
        return true;
    if (d->arriving)
        return keep_arriving(d, e);
    return !d->waiting || look_at_waiting(d, e);
}

void pg_hush(struct pg *d) {
    struct pg_ask *a = d->arriving;
    if (a) {
        finish_results(d);
        d->arriving = NULL;
        drop_row(a);
        a->state = PG_IDLE;
    }
    if (d->waiting) {
        d->waiting = 0; /* first: what fails in there comes here again */
        d->waiting_bytes = 0;
        forget_names(d);
        bool synced = d->k.pipelineSync(d->c) == 1;
        for (unsigned empty = 0; synced && empty < 2;) {
            PGresult *r = d->k.getResult(d->c);
            empty = r ? 0 : empty + 1;
            synced = !r || d->k.resultStatus(r) != PGRES_PIPELINE_SYNC;
            d->k.clear(r);
        }
        if (d->k.exitPipelineMode(d->c) != 1)
            d->gone = true;
    }
}

/* ── asking ── */

static const char *begin_of(struct pg_ask *a) {
    while (*a->sql == ' ' || *a->sql == '\n')
        a->sql++;
    return a->sql;
}

void pg_ask_forget(struct pg_ask *a) {
    drop_row(a);
    a->name[0] = 0;
    a->state = PG_IDLE;
}
void pg_ask_free(struct pg_ask *a) {
    drop_row(a);
    buf_free(&a->kept);
    free(a->columns);
    a->columns = NULL;
}

void pg_end(struct ask *q) {
    struct pg_ask *a = (struct pg_ask *)q;
    if (a->of->arriving == a) {
        finish_results(a->of);
        a->of->arriving = NULL;
    }
    drop_row(a);
    a->state = PG_IDLE;
    if (!pg_close_implicit(a->of, NULL))
        a->of->gone = true;
}

static void ready(struct pg *d, struct pg_ask *a, const char *sql, struct ask **out) {
    if (a->of && a->state != PG_IDLE)
        pg_end(&a->head);
    a->head.engine = &postgres_engine;
    a->of = d;
    a->sql = sql;
    a->n_values = 0;
    memset(a->values, 0, sizeof a->values);
    *out = &a->head;
}
bool pg_ask(void *of, const struct query *q, struct ask **out, struct err *e) {
    (void)e;
    struct pg *d = of;
    const char *sql = NULL;
    if (q->number < store_query_count)
        sql = d->nodes ? store_query_layouts[q->number].nodes : d->citus ? store_query_layouts[q->number].citus : NULL;
    ready(d, &d->asks[q->number], sql ? sql : q->sql[STORE_POSTGRES], out);
    return true;
}
bool pg_ask_once(void *of, const char *sql, struct ask **out, struct err *e) {
    struct pg *d = of;
    *out = NULL;
    if (d->once.of && d->once.state != PG_IDLE)
        pg_end(&d->once.head);
    if (d->once.name[0] && !d->gone) {
        char text[64];
        snprintf(text, sizeof text, "DEALLOCATE \"%s\"", d->once.name);
        d->once.name[0] = 0;
        if (!pg_quiet(d, e) || !pg_exec(d, text, e))
            return false;
    }
    d->once.name[0] = 0;
    ready(d, &d->once, sql, out);
    return true;
}

void pg_bind(struct ask *q, int at, char kind, int64_t i, str s, double r) {
    struct pg_ask *a = (struct pg_ask *)q;
    if (at < 1 || at > PG_PARAMETERS)
        abort();
    struct pg_value *v = &a->values[at - 1];
    a->n_values = at > a->n_values ? at : a->n_values;
    uint64_t bits = (uint64_t)i;
    if (kind == 'r')
        memcpy(&bits, &r, sizeof bits);
    bits = htobe64(bits);
    memcpy(v->bytes, &bits, sizeof bits);
    v->kind = kind;
    v->s = kind == 'i' || kind == 'r' ? str_n(v->bytes, sizeof v->bytes) : kind == 'n' ? (str){NULL, 0} : s;
}

static Oid type_of(char kind) {
    switch (kind) {
    case 'i': return OID_INT8;
    case 't': return OID_TEXT;
    case 'b': return OID_BYTEA;
    case 'r': return OID_FLOAT8;
    default: return 0;
    }
}

/* Prepared for these kinds of parameters? One that was not known before (it was NULL) may have come. */
static bool fits(struct pg_ask *a) {
    bool same = a->name[0] != 0;
    for (int i = 0; i < a->n_values; i++) {
        /* NULL is of the kind that its place asks for: ask_text() with nothing may stand for a number. */
        Oid type = a->values[i].s.p ? type_of(a->values[i].kind) : 0;
        if (type && type != a->types[i]) {
            a->types[i] = type;
            same = false;
        }
    }
    return same;
}

struct given {
    const char *values[PG_PARAMETERS];
    int lengths[PG_PARAMETERS], formats[PG_PARAMETERS];
    size_t bytes;
};
static bool give(const struct pg_ask *a, struct given *g, struct err *e) {
    g->bytes = 0;
    for (int i = 0; i < a->n_values; i++) {
        str s = a->values[i].s;
        if (s.n > INT32_MAX / 2)
            return err_set(e, ERR_LIMIT, str_of(a->of->shown), _("a value of %zu bytes is too large for a row"), s.n);
        g->values[i] = s.p;
        g->lengths[i] = (int)s.n;
        g->formats[i] = 1;
        g->bytes += s.n;
    }
    return true;
}

static void new_name(struct pg_ask *a) { snprintf(a->name, sizeof a->name, "akashi%u", ++a->of->sequence); }

static bool prepare(struct pg_ask *a, struct err *e) {
    struct pg *d = a->of;
    if (fits(a))
        return true;
    new_name(a);
    PGresult *r = d->k.prepare(d->c, a->name, a->sql, a->n_values, a->types);
    bool ok = d->k.resultStatus(r) == PGRES_COMMAND_OK;
    if (!ok) {
        a->name[0] = 0;
        pg_fail(d, r, e);
    }
    d->k.clear(r);
    return ok;
}

static bool start(struct pg_ask *a, struct err *e) {
    struct pg *d = a->of;
    struct given g;
    a->n_columns = 0;
    if (!pg_awake(d, e) || !pg_quiet(d, e) || !pg_open_implicit(d, e) || !give(a, &g, e) || !prepare(a, e))
        return false;
    if (!d->k.sendQueryPrepared(d->c, a->name, a->n_values, g.values, g.lengths, g.formats, 1) ||
        !d->k.setSingleRowMode(d->c))
        return pg_fail(d, NULL, e);
    d->arriving = a;
    a->state = PG_ARRIVING;
    return true;
}

static bool next(struct pg_ask *a, bool *row, struct err *e) {
    struct pg *d = a->of;
    *row = false;
    drop_row(a);
    if (a->state == PG_KEPT) {
        *row = next_kept(a);
    } else {
        if (!take(d, &a->row, e)) {
            a->state = PG_IDLE;
            return false;
        }
        *row = a->row != NULL;
        if (a->row && !a->n_columns)
            note_columns(a, a->row);
    }
    if (*row)
        return true;
    a->state = PG_IDLE;
    return pg_close_implicit(d, e);
}

/* A question that only reads and whose server went away before the first row is asked once more. */
static bool may_ask_again(struct pg_ask *a) {
    const char *sql = begin_of(a);
    return a->of->gone && !a->of->inside && (strncmp(sql, "SELECT", 6) == 0 || strncmp(sql, "WITH", 4) == 0);
}

bool pg_step(struct ask *q, bool *row, struct err *e) {
    struct pg_ask *a = (struct pg_ask *)q;
    struct err first = {0};
    *row = false;
    if (a->state != PG_IDLE)
        return next(a, row, e);
    bool inside = a->of->inside;
    if (start(a, &first) && next(a, row, &first))
        return true;
    if (!inside && may_ask_again(a) && start(a, &first) && next(a, row, &first))
        return true;
    if (e)
        *e = first;
    return false;
}

static bool send_prepare(struct pg_ask *a, struct err *e) {
    struct pg *d = a->of;
    if (fits(a))
        return true;
    new_name(a);
    d->waiting++;
    return d->k.sendPrepare(d->c, a->name, a->sql, a->n_values, a->types) == 1 || pg_fail(d, NULL, e);
}

bool pg_send(struct ask *q, struct err *e) {
    struct pg_ask *a = (struct pg_ask *)q;
    struct pg *d = a->of;
    struct given g;
    if (!d->inside || d->gone) {
        bool row = true, ok = true;
        while (ok && row)
            ok = pg_step(q, &row, e);
        pg_end(q);
        return ok;
    }
    if (!d->waiting && (!pg_quiet(d, e) || d->k.enterPipelineMode(d->c) != 1))
        return d->inside && pg_fail(d, NULL, e);
    d->waiting++;
    if (!give(a, &g, e)) {
        pg_rollback(d);
        return false;
    }
    if (!send_prepare(a, e))
        return false;
    if (d->k.sendQueryPrepared(d->c, a->name, a->n_values, g.values, g.lengths, g.formats, 1) != 1)
        return pg_fail(d, NULL, e);
    d->waiting_bytes += g.bytes;
    return (d->waiting < WAITING_MOST && d->waiting_bytes < WAITING_BYTES_MOST) || look_at_waiting(d, e);
}

/* ── columns ── */

/* numeric: the sum of BIGINTs. Digits of base 10,000: count, weight of the first, sign, scale, digits. */
static int64_t half(str v, size_t at) {
    uint16_t x = 0;
    if (at + 2 <= v.n)
        memcpy(&x, v.p + at, 2);
    return (int16_t)be16toh(x);
}
static double numeric(str v) {
    double sum = 0;
    int64_t n = half(v, 0), weight = half(v, 2);
    for (int64_t i = 0; i < n; i++)
        sum += (double)half(v, 8 + 2 * (size_t)i) * pow(10000, (double)(weight - i));
    return half(v, 4) == 0x4000 ? -sum : sum;
}
static int64_t numeric_int(str v) {
    int64_t n = half(v, 0), weight = half(v, 2);
    uint64_t sum = 0;
    if (weight > 4) /* 10^20 and more */
        return half(v, 4) == 0x4000 ? INT64_MIN : INT64_MAX;
    for (int64_t i = 0; i <= weight; i++)
        sum = sum * 10000 + (i < n ? (uint64_t)half(v, 8 + 2 * (size_t)i) : 0);
    sum = sum > INT64_MAX ? INT64_MAX : sum;
    return half(v, 4) == 0x4000 ? -(int64_t)sum : (int64_t)sum;
}

static uint64_t big_endian(str v) {
    uint64_t x = 0;
    for (size_t i = 0; i < v.n && i < 8; i++)
        x = x << 8 | (unsigned char)v.p[i];
    return x;
}
static double real_of(str v) {
    double r = 0;
    uint64_t bits = big_endian(v);
    if (v.n == sizeof r)
        memcpy(&r, &bits, sizeof r);
    return r;
}
static float float_of(str v) {
    float r = 0;
    uint32_t bits = (uint32_t)big_endian(v);
    memcpy(&r, &bits, sizeof r);
    return r;
}

bool pg_col_null(struct ask *q, int at) { return !column((struct pg_ask *)q, at).p; }

int64_t pg_col_int(struct ask *q, int at) {
    struct pg_ask *a = (struct pg_ask *)q;
    str v = column(a, at);
    if (!v.p)
        return 0;
    switch (a->columns[at]) {
    case OID_INT8: return (int64_t)big_endian(v);
    case OID_INT4: return (int32_t)big_endian(v);
    case OID_INT2: return (int16_t)big_endian(v);
    case OID_BOOL: return v.n && v.p[0];
    case OID_NUMERIC: return numeric_int(v);
    case OID_FLOAT8: return (int64_t)real_of(v);
    default: {
        int64_t n = 0;
        str_i64(v, &n);
        return n;
    }
    }
}
double pg_col_real(struct ask *q, int at) {
    struct pg_ask *a = (struct pg_ask *)q;
    str v = column(a, at);
    if (!v.p)
        return 0;
    switch (a->columns[at]) {
    case OID_FLOAT8: return real_of(v);
    case OID_FLOAT4: return (double)float_of(v);
    case OID_NUMERIC: return numeric(v);
    default: return (double)pg_col_int(q, at);
    }
}
str pg_col_str(struct ask *q, int at, bool blob) {
    struct pg_ask *a = (struct pg_ask *)q;
    str v = column(a, at);
    (void)blob;
    if (!v.p)
        return v;
    switch (a->columns[at]) {
    case OID_INT8:
    case OID_INT4:
    case OID_INT2:
    case OID_BOOL:
    case OID_NUMERIC:
        snprintf(a->scratch, sizeof a->scratch, "%lld", (long long)pg_col_int(q, at));
        return str_of(a->scratch);
    default: return v;
    }
}
