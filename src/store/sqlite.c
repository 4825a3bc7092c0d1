/* SPDX-License-Identifier: Apache-2.0
 *
 * Views in one SQLite file, with a write-ahead log: readers never wait for the writer.
 */
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "store/store_inner.h"

struct sqlite;
struct sqlite_ask {
    struct ask head;
    struct sqlite *of;
    sqlite3_stmt *s;
};
struct sqlite_loading {
    struct loading head;
    struct sqlite *of;
    sqlite3_stmt *s;
    int at;
};
struct sqlite {
    sqlite3 *h;
    char where[400];
    bool inside, writing;
    struct sqlite_ask *asks;
    struct sqlite_loading *loads;
};
static const struct engine engine;

static bool fail(const struct sqlite *d, int code, struct err *e) {
    int primary = code & 0xFF;
    bool input = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
    err_set(e, ERR_ENV, str_of(d->where), _("views: %s"), d->h ? sqlite3_errmsg(d->h) : sqlite3_errstr(code));
    if (primary == SQLITE_FULL || primary == SQLITE_IOERR)
        err_hint(e, "%s", _("is the disk full? What was there before is untouched"));
    else if (input)
        err_hint(e, "%s", _("the file is damaged: remove it and run `akashi rebuild`"));
    return false;
}

static bool exec(void *of, const char *sql, struct err *e) {
    struct sqlite *d = of;
    int code = sqlite3_exec(d->h, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || fail(d, code, e);
}

static void close_(void *of) {
    struct sqlite *d = of;
    for (unsigned i = 0; i < store_query_count; i++)
        sqlite3_finalize(d->asks[i].s);
    for (unsigned i = 0; i < store_load_count; i++)
        sqlite3_finalize(d->loads[i].s);
    sqlite3_close(d->h);
    free(d->asks);
    free(d->loads);
    free(d);
}

static bool begin(void *of, bool write, struct err *e) {
    struct sqlite *d = of;
    d->inside = exec(d, write ? "BEGIN IMMEDIATE" : "BEGIN", e);
    d->writing = d->inside && write;
    return d->inside;
}
static void rollback(void *of) {
    struct sqlite *d = of;
    if (d->inside)
        sqlite3_exec(d->h, "ROLLBACK", NULL, NULL, NULL);
    d->inside = d->writing = false;
}
static bool commit(void *of, struct err *e) {
    struct sqlite *d = of;
    if (!exec(d, "COMMIT", e)) {
        rollback(d);
        return false;
    }
    d->inside = d->writing = false;
    return true;
}

static bool has_schema(void *of, bool *there, struct err *e) {
    struct sqlite *d = of;
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(d->h, "SELECT 1 FROM sqlite_master WHERE name = 'schema_part'", -1, &s, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(s);
    *there = code == SQLITE_ROW;
    sqlite3_finalize(s);
    return code == SQLITE_ROW || code == SQLITE_DONE || fail(d, code, e);
}

/* ── statements ── */

static bool ask(void *of, const struct query *q, struct ask **out, struct err *e) {
    struct sqlite *d = of;
    struct sqlite_ask *a = &d->asks[q->number];
    *out = &a->head;
    if (a->s) {
        sqlite3_reset(a->s);
        sqlite3_clear_bindings(a->s);
        return true;
    }
    *a = (struct sqlite_ask){.head.engine = &engine, .of = d};
    int code = sqlite3_prepare_v3(d->h, q->sql[STORE_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, &a->s, NULL);
    if (code == SQLITE_OK)
        return true;
    a->s = NULL;
    return fail(d, code, e);
}
static void end(struct ask *q) {
    struct sqlite_ask *a = (struct sqlite_ask *)q;
    sqlite3_reset(a->s);
}
static bool step(struct ask *q, bool *row, struct err *e) {
    struct sqlite_ask *a = (struct sqlite_ask *)q;
    int code = sqlite3_step(a->s);
    *row = code == SQLITE_ROW;
    if (*row || code == SQLITE_DONE)
        return true;
    fail(a->of, code, e);
    sqlite3_reset(a->s);
    return false;
}
static bool send(struct ask *q, struct err *e) {
    bool row = true, ok = true;
    while (ok && row)
        ok = step(q, &row, e);
    end(q);
    return ok;
}

static void bind_one(sqlite3_stmt *s, int at, char kind, int64_t i, str v, double r) {
    switch (kind) {
    case 'i': sqlite3_bind_int64(s, at, i); break;
    case 't': sqlite3_bind_text64(s, at, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8); break;
    case 'b': sqlite3_bind_blob64(s, at, v.p, v.n, SQLITE_STATIC); break;
    case 'r': sqlite3_bind_double(s, at, r); break;
    default: sqlite3_bind_null(s, at);
    }
}
static void bind_value(struct ask *q, int at, char kind, int64_t i, str s, double r) {
    bind_one(((struct sqlite_ask *)q)->s, at, kind, i, s, r);
}

static bool col_null(struct ask *q, int at) {
    return sqlite3_column_type(((struct sqlite_ask *)q)->s, at) == SQLITE_NULL;
}
static int64_t col_int(struct ask *q, int at) { return sqlite3_column_int64(((struct sqlite_ask *)q)->s, at); }
static double col_real(struct ask *q, int at) { return sqlite3_column_double(((struct sqlite_ask *)q)->s, at); }
/* An empty value comes back as a null pointer; it must stay present. */
static str col_str(struct ask *q, int at, bool blob) {
    sqlite3_stmt *s = ((struct sqlite_ask *)q)->s;
    if (col_null(q, at))
        return (str){NULL, 0};
    const char *p = blob ? sqlite3_column_blob(s, at) : (const char *)sqlite3_column_text(s, at);
    return p ? str_n(p, (size_t)sqlite3_column_bytes(s, at)) : S("");
}

/* ── loads ── */

static void insert_text(struct buf *b, const struct load *l) {
    buf_addf(b, "INSERT INTO %s (%s) VALUES (", l->table, l->columns);
    for (size_t i = 0; l->kinds[i]; i++)
        buf_addf(b, "%s?%zu", i ? ", " : "", i + 1);
    buf_addz(b, ")");
    buf_addc(b, 0);
}
static bool load_begin_(void *of, const struct load *l, struct loading **out, struct err *e) {
    struct sqlite *d = of;
    struct sqlite_loading *x = &d->loads[l->number];
    *out = &x->head;
    x->at = 0;
    if (x->s)
        return true;
    *x = (struct sqlite_loading){.head.engine = &engine, .of = d};
    struct buf b = {0};
    insert_text(&b, l);
    int code = sqlite3_prepare_v3(d->h, b.p, -1, SQLITE_PREPARE_PERSISTENT, &x->s, NULL);
    buf_free(&b);
    return code == SQLITE_OK || fail(d, code, e);
}
static void load_value(struct loading *l, char kind, int64_t i, str s, double r) {
    struct sqlite_loading *x = (struct sqlite_loading *)l;
    bind_one(x->s, ++x->at, kind, i, s, r);
}
static bool load_row_(struct loading *l, struct err *e) {
    struct sqlite_loading *x = (struct sqlite_loading *)l;
    int code = sqlite3_step(x->s);
    bool ok = code == SQLITE_DONE || fail(x->of, code, e);
    sqlite3_reset(x->s);
    x->at = 0;
    return ok;
}
static bool load_end_(struct loading *l, struct err *e) {
    (void)e;
    sqlite3_clear_bindings(((struct sqlite_loading *)l)->s);
    return true;
}

/* ── whole ── */

static void dump_value(sqlite3_stmt *s, int at, struct buf *out) {
    if (sqlite3_column_type(s, at) == SQLITE_BLOB) {
        const unsigned char *p = sqlite3_column_blob(s, at);
        for (int i = 0; i < sqlite3_column_bytes(s, at); i++)
            buf_addf(out, "%02x", p[i]);
    } else if (sqlite3_column_type(s, at) == SQLITE_NULL) {
        buf_addz(out, "-");
    } else {
        buf_addz(out, (const char *)sqlite3_column_text(s, at));
    }
}
static int dump_table(struct sqlite *d, const char *table, struct buf *out) {
    struct buf sql = {0};
    buf_addf(&sql, "SELECT * FROM \"%s\" ORDER BY 1, 2", table);
    buf_addc(&sql, 0);
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(d->h, sql.p, -1, &s, NULL);
    if (code != SQLITE_OK) { /* a table of one column */
        buf_clear(&sql);
        buf_addf(&sql, "SELECT * FROM \"%s\" ORDER BY 1", table);
        buf_addc(&sql, 0);
        code = sqlite3_prepare_v2(d->h, sql.p, -1, &s, NULL);
    }
    buf_addf(out, "# %s\n", table);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(s);
        for (int i = 0; code == SQLITE_ROW && i < sqlite3_column_count(s); i++) {
            dump_value(s, i, out);
            buf_addc(out, i + 1 < sqlite3_column_count(s) ? '\t' : '\n');
        }
    }
    sqlite3_finalize(s);
    buf_free(&sql);
    return code;
}
static bool dump(void *of, struct buf *out, struct err *e) {
    struct sqlite *d = of;
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(d->h, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", -1, &s,
                                  NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(s);
        if (code != SQLITE_ROW)
            break;
        int inner = dump_table(d, (const char *)sqlite3_column_text(s, 0), out);
        if (inner != SQLITE_DONE) {
            sqlite3_finalize(s);
            return fail(d, inner, e);
        }
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE || fail(d, code, e);
}

static bool bytes(void *of, uint64_t *out, struct err *e) {
    struct sqlite *d = of;
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(d->h, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", -1,
                                  &s, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(s);
    *out = code == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return code == SQLITE_ROW || fail(d, code, e);
}

static const struct engine engine = {
    .kind = STORE_SQLITE,
    .close = close_,
    .exec = exec,
    .has_schema = has_schema,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .ask = ask,
    .step = step,
    .send = send,
    .end = end,
    .bind = bind_value,
    .col_int = col_int,
    .col_str = col_str,
    .col_real = col_real,
    .col_null = col_null,
    .load_begin = load_begin_,
    .load_value = load_value,
    .load_row = load_row_,
    .load_end = load_end_,
    .dump = dump,
    .bytes = bytes,
};

static int patience(void *of, int tries) {
    (void)of;
    sqlite3_sleep(tries < 20 ? 1 : 10);
    return 1; /* a writer that died has let go of its lock, so this ends */
}

/* The views can be made again: a commit need not reach the disk, only be whole. */
static bool settle(struct sqlite *d, enum store_use use, struct err *e) {
    sqlite3_extended_result_codes(d->h, 1);
    sqlite3_busy_handler(d->h, patience, NULL);
    if (use == STORE_WRITE && !exec(d, "PRAGMA journal_mode=WAL", e))
        return false;
    return exec(d, "PRAGMA synchronous=NORMAL; PRAGMA mmap_size=68719476736; PRAGMA temp_store=MEMORY", e);
}

static void *table_of(size_t n, size_t size) {
    void *p = calloc(n ? n : 1, size);
    if (!p)
        abort();
    return p;
}

bool sqlite_engine_open(struct ctx *c, str where, enum store_use use, struct store *s, struct err *e) {
    (void)c;
    if (where.n == 0 || where.n >= PATH_MAX || memchr(where.p, 0, where.n))
        return err_set(e, ERR_INPUT, where, _("this is no usable file name"));
    struct sqlite *d = table_of(1, sizeof *d);
    char path[PATH_MAX];
    memcpy(path, where.p, where.n);
    path[where.n] = 0;
    memcpy(d->where, where.p, where.n < sizeof d->where ? where.n : sizeof d->where - 1);
    d->asks = table_of(store_query_count, sizeof *d->asks);
    d->loads = table_of(store_load_count, sizeof *d->loads);
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (use == STORE_WRITE ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(path, &d->h, flags, NULL);
    if (!(code == SQLITE_OK ? settle(d, use, e) : fail(d, code, e))) {
        close_(d);
        return false;
    }
    s->engine = &engine;
    s->of = d;
    return true;
}
