/* SPDX-License-Identifier: Apache-2.0
 *
 * Views in one SQLite file, with a write-ahead log: readers never wait for the writer.
 */
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/process.h"
#include "store/store_inner.h"

/* Lists of some hundred component ids and bitmaps of up to 8 KiB: most rows fit on a page of 8 KiB without a chain.
 * The log in front of the file is worked in when it is 256 MiB, so that a bulk load writes a page that changes often
 * once and not fifty times. */
#define PAGE_BYTES "8192"
#define WAL_PAGES "32768"
#define WRITER_CACHE_KIB "131072"
#define READER_CACHE_KIB "32768"
#define READER_MAP_BYTES "536870912"

struct sqlite;
struct sqlite_ask {
    struct ask head;
    struct sqlite *of;
    sqlite3_stmt *s;
    bool open;
    struct sqlite_ask *next; /* of those that are open */
};
struct sqlite_loading {
    struct loading head;
    struct sqlite *of;
    sqlite3_stmt *s;
    int at;
};
enum turn { BEGIN_READ, BEGIN_WRITE, COMMIT, ROLLBACK, TURNS };
static const char *const turns[TURNS] = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"};
struct sqlite {
    sqlite3 *h;
    char path[PATH_MAX], copied[PATH_MAX + 8];
    bool inside;
    struct sqlite_ask *asks, once;
    struct sqlite_ask *open; /* of the asks, those that may be under way */
    sqlite3_stmt *turns[TURNS];
    struct sqlite_loading *loads;
};
static const struct engine engine;

static void rollback(void *of);

/* Whatever goes wrong inside a transaction ends it, as it does in the other engine. */
static bool fail(struct sqlite *d, int code, struct err *e) {
    int primary = code & 0xFF;
    bool input = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB, full = sqlite_full(d->h, code);
    const char *text = full ? _("the disk is full") : d->h ? sqlite3_errmsg(d->h) : sqlite3_errstr(code);
    err_set(e, ERR_ENV, str_of(d->path), _("views: %s"), text);
    if (full)
        err_hint(e, "%s", _("free some space and run it again; what was there before is untouched"));
    else if (primary == SQLITE_IOERR)
        err_hint(e, "%s", _("is the disk full? What was there before is untouched"));
    else if (primary == SQLITE_READONLY || primary == SQLITE_PERM || primary == SQLITE_CANTOPEN)
        err_hint(e, "%s", _("may this user write the file and its folder?"));
    else if (input)
        err_hint(e, "%s", _("the file is damaged: remove it and run `akashi rebuild`"));
    rollback(d);
    return false;
}

static int patience(void *of, int tries) {
    (void)of;
    sqlite3_sleep(tries < 20 ? 1 : 10);
    return 1; /* a writer that died has let go of its lock, so this ends */
}

/* SQLite does not ask its busy handler where waiting could lock two processes for good: while one makes the file a
 * write-ahead one, after a crash, or when a look at the state is older than the state. Then the whole statement is
 * begun anew. */
static int run_patiently(struct sqlite *d, const char *sql) {
    int code = sqlite3_exec(d->h, sql, NULL, NULL, NULL);
    while ((code & 0xFF) == SQLITE_BUSY || (code & 0xFF) == SQLITE_LOCKED) {
        sqlite3_sleep(2);
        code = sqlite3_exec(d->h, sql, NULL, NULL, NULL);
    }
    return code;
}

/* The same for the statements that every transaction takes: parsed once. */
static int turn(struct sqlite *d, enum turn which) {
    sqlite3_stmt **s = &d->turns[which];
    int code = *s ? SQLITE_OK : sqlite3_prepare_v3(d->h, turns[which], -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
    if (code != SQLITE_OK)
        return code;
    for (;;) {
        sqlite3_step(*s);
        code = sqlite3_reset(*s);
        if (d->inside || which > BEGIN_WRITE || ((code & 0xFF) != SQLITE_BUSY && (code & 0xFF) != SQLITE_LOCKED))
            return code;
        sqlite3_sleep(2);
    }
}

static bool exec(void *of, const char *sql, struct err *e) {
    struct sqlite *d = of;
    int code = d->inside ? sqlite3_exec(d->h, sql, NULL, NULL, NULL) : run_patiently(d, sql);
    return code == SQLITE_OK || fail(d, code, e);
}

static void close_(void *of) {
    struct sqlite *d = of;
    sqlite3_finalize(d->once.s);
    for (unsigned i = 0; i < store_queries(); i++)
        sqlite3_finalize(d->asks[i].s);
    for (unsigned i = 0; i < store_loads(); i++)
        sqlite3_finalize(d->loads[i].s);
    for (unsigned i = 0; i < TURNS; i++)
        sqlite3_finalize(d->turns[i]);
    sqlite3_close(d->h);
    free(d->asks);
    free(d->loads);
    free(d);
}

static void end_asks(struct sqlite *d) {
    sqlite3_reset(d->once.s);
    for (struct sqlite_ask *a = d->open; a; a = a->next) {
        sqlite3_reset(a->s);
        a->open = false;
    }
    d->open = NULL;
}
static bool begin(void *of, bool write, struct err *e) {
    struct sqlite *d = of;
    end_asks(d); /* one under way would hold an older state, from which nothing can be written */
    int code = turn(d, write ? BEGIN_WRITE : BEGIN_READ);
    if (code != SQLITE_OK)
        return fail(d, code, e);
    d->inside = true;
    return true;
}
static void rollback(void *of) {
    struct sqlite *d = of;
    if (!d->inside)
        return;
    d->inside = false;
    end_asks(d);
    if (!sqlite3_get_autocommit(d->h)) /* SQLite has undone some itself */
        (void)turn(d, ROLLBACK);
}
static bool commit(void *of, struct err *e) {
    struct sqlite *d = of;
    if (!d->inside) {
        err_set(e, ERR_ENV, str_of(d->path), _("views: %s"), _("the transaction was undone before"));
        return false;
    }
    end_asks(d);
    int code = turn(d, COMMIT);
    if (code != SQLITE_OK)
        return fail(d, code, e);
    d->inside = false;
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
    if (!a->open) {
        a->open = true;
        a->next = d->open;
        d->open = a;
    }
    if (a->s) {
        sqlite3_reset(a->s);
        sqlite3_clear_bindings(a->s);
        return true;
    }
    a->head.engine = &engine;
    a->of = d;
    int code = sqlite3_prepare_v3(d->h, q->sql[STORE_SQLITE], -1, SQLITE_PREPARE_PERSISTENT, &a->s, NULL);
    if (code == SQLITE_OK)
        return true;
    a->s = NULL;
    return fail(d, code, e);
}
static bool ask_once(void *of, const char *sql, struct ask **out, struct err *e) {
    struct sqlite *d = of;
    sqlite3_finalize(d->once.s);
    d->once = (struct sqlite_ask){.head.engine = &engine, .of = d};
    *out = &d->once.head;
    int code = sqlite3_prepare_v2(d->h, sql, -1, &d->once.s, NULL);
    return code == SQLITE_OK || fail(d, code, e);
}
static void end(struct ask *q) {
    struct sqlite_ask *a = (struct sqlite_ask *)q;
    sqlite3_reset(a->s);
}
static bool step(struct ask *q, bool *row, struct err *e) {
    struct sqlite_ask *a = (struct sqlite_ask *)q;
    int code = sqlite3_step(a->s);
    while (!a->of->inside && (code & 0xFF) == SQLITE_BUSY) { /* by itself: nothing is lost by beginning anew */
        sqlite3_reset(a->s);
        sqlite3_sleep(2);
        code = sqlite3_step(a->s);
    }
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
    case 't': sqlite3_bind_text64(s, at, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8); break; /* no address: NULL */
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
    buf_addz(b, l->fresh ? ") ON CONFLICT DO NOTHING" : ")");
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

/* ── a copy before the schema changes ── made from a second connection, while the first keeps others from writing */

static void copy_path(const struct sqlite *d, char *to, size_t size) { snprintf(to, size, "%s.before", d->path); }
static bool copy(void *of, str *where, struct err *e) {
    struct sqlite *d = of;
    char path[PATH_MAX + 8];
    copy_path(d, path, sizeof path);
    unlink(path); /* of an attempt that was killed: what it kept is what is here now */
    sqlite3 *h = NULL;
    sqlite3_stmt *s = NULL;
    int code = sqlite3_open_v2(d->path, &h, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(h, "VACUUM INTO ?1", -1, &s, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_handler(h, patience, NULL);
        sqlite3_bind_text(s, 1, path, -1, SQLITE_TRANSIENT);
        code = sqlite3_step(s);
    }
    bool ok = code == SQLITE_DONE;
    if (!ok) {
        err_set(e, ERR_ENV, str_of(path), _("views: %s"), h ? sqlite3_errmsg(h) : sqlite3_errstr(code));
        err_hint(e, "%s", _("a copy is made before the views change: is there room for it?"));
    }
    sqlite3_finalize(s);
    sqlite3_close(h);
    if (!ok)
        unlink(path);
    memcpy(d->copied, path, sizeof path);
    *where = str_of(d->copied);
    return ok;
}
static void copy_remove(void *of) {
    char path[PATH_MAX + 8];
    copy_path(of, path, sizeof path);
    unlink(path);
}

static void carry(void *of) {
    struct sqlite *d = of;
    end_asks(d); /* one under way would need the state it sees */
    (void)sqlite3_wal_checkpoint_v2(d->h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

static const char columns[] = "SELECT m.name, c.name, CASE c.type WHEN 'BIGINT' THEN 'i' WHEN 'INTEGER' THEN 'i' "
                              "WHEN 'TEXT' THEN 't' WHEN 'BYTEA' THEN 'b' ELSE 'r' END FROM sqlite_master m JOIN "
                              "pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER "
                              "BY m.name, c.cid";

static const struct engine engine = {
    .kind = STORE_SQLITE,
    .close = close_,
    .exec = exec,
    .has_schema = has_schema,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .ask = ask,
    .ask_once = ask_once,
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
    .columns = columns,
    .sorted_text = "",
    .bytes = bytes,
    .copy = copy,
    .copy_remove = copy_remove,
    .carry = carry,
};

/* The views can be made again: a commit need not reach the disk, only be whole. */
static bool settle(struct sqlite *d, enum store_use use, struct err *e) {
    sqlite3_extended_result_codes(d->h, 1);
    sqlite3_busy_handler(d->h, patience, NULL);
    if (use == STORE_READ)
        return exec(d,
                    "PRAGMA cache_size=-" READER_CACHE_KIB "; PRAGMA mmap_size=" READER_MAP_BYTES
                    "; PRAGMA temp_store=MEMORY; SELECT count(*) FROM sqlite_master",
                    e);
    return exec(d, "PRAGMA page_size=" PAGE_BYTES "; PRAGMA journal_mode=WAL", e) &&
           exec(d,
                "PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=" WAL_PAGES
                "; PRAGMA cache_size=-" WRITER_CACHE_KIB "; PRAGMA temp_store=MEMORY",
                e);
}

static void *table_of(size_t n, size_t size) {
    void *p = calloc(n ? n : 1, size);
    if (!p)
        abort();
    return p;
}

/* In a folder where this user may not write, a file that nobody is writing is read as it stands. */
static bool nobody_writes(const char *path) {
    char log[PATH_MAX + 4];
    struct stat st;
    snprintf(log, sizeof log, "%s-wal", path);
    return access(path, R_OK) == 0 && (stat(log, &st) != 0 || st.st_size == 0);
}
static int open_unchanging(struct sqlite *d) {
    struct buf uri = {0};
    buf_addz(&uri, "file:");
    for (const char *p = d->path; *p; p++)
        if (*p == '?' || *p == '#' || *p == '%')
            buf_addf(&uri, "%%%02X", (unsigned)(unsigned char)*p);
        else
            buf_addc(&uri, *p);
    buf_addz(&uri, "?immutable=1");
    buf_addc(&uri, 0);
    sqlite3_close(d->h);
    d->h = NULL;
    int code = sqlite3_open_v2(uri.p, &d->h, SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
    buf_free(&uri);
    return code;
}

static bool open_path(struct sqlite *d, enum store_use use, struct err *e) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (use == STORE_WRITE ? SQLITE_OPEN_CREATE : 0);
    struct err first = {0};
    if (use == STORE_READ && access(d->path, F_OK) != 0) {
        err_set(e, ERR_ENV, str_of(d->path), _("there are no views here yet"));
        return err_hint(e, "%s", _("run any command that writes, or `akashi rebuild`"));
    }
    sqlite_process();
    int code = sqlite3_open_v2(d->path, &d->h, flags, NULL);
    if (code == SQLITE_OK ? settle(d, use, &first) : fail(d, code, &first))
        return true;
    if (use == STORE_READ && nobody_writes(d->path) && open_unchanging(d) == SQLITE_OK && settle(d, use, NULL))
        return true;
    if (e)
        *e = first;
    return false;
}

bool sqlite_engine_open(struct ctx *c, str where, enum store_use use, struct store *s, struct err *e) {
    (void)c;
    if (where.n == 0 || where.n >= PATH_MAX || memchr(where.p, 0, where.n))
        return err_set(e, ERR_INPUT, where, _("this is no usable file name"));
    struct sqlite *d = table_of(1, sizeof *d);
    memcpy(d->path, where.p, where.n);
    d->asks = table_of(store_queries(), sizeof *d->asks);
    d->loads = table_of(store_loads(), sizeof *d->loads);
    if (!open_path(d, use, e)) {
        s->absent = use == STORE_READ && access(d->path, F_OK) != 0;
        close_(d);
        return false;
    }
    s->engine = &engine;
    s->of = d;
    snprintf(s->shown, sizeof s->shown, "%s", d->path);
    return true;
}
