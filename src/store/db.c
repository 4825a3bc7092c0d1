/* SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"

#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/checked.h"
#include "store/process.h"

enum {
    STATEMENTS = 64,
    TICK = 1 << 16, /* steps of SQLite's machine */
};

struct stmt {
    const char *sql;
    sqlite3_stmt *s;
    struct db *db;
};
struct db {
    sqlite3 *h;
    char where[400];
    uint32_t n;
    uint64_t steps, steps_most;
    struct stmt stmts[STATEMENTS];
};

static bool fail(const struct db *db, int code, struct err *e) {
    int primary = code & 0xFF;
    bool input = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB || primary == SQLITE_TOOBIG;
    bool full = sqlite_full(db->h, code);
    const char *text = full ? _("the disk is full") : db->h ? sqlite3_errmsg(db->h) : sqlite3_errstr(code);
    err_set(e, input ? ERR_INPUT : ERR_ENV, str_of(db->where), _("database: %s"), text);
    if (full)
        err_hint(e, "%s", _("free some space and run it again; what was there before is untouched"));
    else if (primary == SQLITE_IOERR)
        err_hint(e, "%s", _("is the disk full? What was there before is untouched"));
    else if (input)
        err_hint(e, "%s", _("the file is damaged or not a database: restore it or make it again"));
    else if (primary == SQLITE_BUSY || primary == SQLITE_LOCKED)
        err_hint(e, "%s", _("another process is writing it: try again"));
    return false;
}

/* "file:…?immutable=1": reserved characters of a URI in the file name are escaped. */
static void uri_of(struct buf *b, str path, const char *query) {
    buf_addz(b, "file:");
    for (size_t i = 0; i < path.n; i++) {
        char ch = path.p[i];
        if (ch == '?' || ch == '#' || ch == '%')
            buf_addf(b, "%%%02X", (unsigned)(unsigned char)ch);
        else
            buf_addc(b, ch);
    }
    buf_addz(b, query);
    buf_addc(b, 0);
}

static int tick(void *arg) {
    struct db *db = arg;
    return (db->steps += TICK) > db->steps_most;
}

/* A foreign schema may hide an endless recursive view behind a table name. */
static void distrust(struct db *db) {
    sqlite3_db_config(db->h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db->h, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_limit(db->h, SQLITE_LIMIT_LENGTH, 1 << 28);
    sqlite3_progress_handler(db->h, TICK, tick, db);
}

static struct db *db_new(const struct ctx *c, str where) {
    struct db *db = calloc(1, sizeof *db);
    if (!db)
        abort();
    sqlite_process();
    db->steps_most = c->limits.steps;
    size_t n = where.n < sizeof db->where ? where.n : sizeof db->where - 1;
    if (n)
        memcpy(db->where, where.p, n);
    return db;
}

/* Pages are read through a map of the file: no copy, and a look-up in a warm file costs no system call. */
static bool settle(struct db *db, enum db_mode mode, struct err *e) {
    sqlite3_extended_result_codes(db->h, 1);
    sqlite3_busy_timeout(db->h, 10000);
    if (mode == DB_FOREIGN) {
        distrust(db);
        return true;
    }
    /* A growing file would be mapped anew again and again. */
    return mode == DB_WRITE || db_exec(db, "PRAGMA mmap_size=68719476736", e);
}

bool db_open(struct ctx *c, str path, enum db_mode mode, struct db **out, struct err *e) {
    *out = NULL;
    if (path.n == 0 || path.n >= PATH_MAX || memchr(path.p, 0, path.n))
        return err_set(e, ERR_INPUT, path, _("this is no usable file name"));
    /* Readers take no locks: our files are replaced whole, never changed in place, and a foreign one may lie in a
     * read-only folder, where SQLite could not make the files its write-ahead log needs. */
    struct buf uri = {0};
    uri_of(&uri, path, mode == DB_WRITE ? "" : "?immutable=1");
    struct db *db = db_new(c, path);
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                (mode == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    int code = sqlite3_open_v2(uri.p, &db->h, flags, NULL);
    buf_free(&uri);
    bool ok = code == SQLITE_OK ? settle(db, mode, e) : fail(db, code, e);
    if (!ok) {
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

bool db_open_checked(struct ctx *c, str path, const unsigned char id[DB_ID], bool write, struct db **out,
                     struct err *e) {
    *out = NULL;
    if (path.n == 0 || path.n >= PATH_MAX || memchr(path.p, 0, path.n))
        return err_set(e, ERR_INPUT, path, _("this is no usable file name"));
    struct buf uri = {0}, query = {0};
    buf_addz(&query, "?id=");
    for (int i = 0; i < DB_ID; i++)
        buf_addf(&query, "%02x", id[i]);
    buf_addz(&query, write ? "" : "&immutable=1");
    buf_addc(&query, 0);
    uri_of(&uri, path, query.p);
    buf_free(&query);
    struct db *db = db_new(c, path);
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
    int code = sqlite3_open_v2(uri.p, &db->h, flags, checked_layer());
    buf_free(&uri);
    if (code == SQLITE_OK && write && !checked_reserve(db->h))
        code = SQLITE_ERROR;
    if (code != SQLITE_OK) {
        fail(db, code, e);
        db_close(db);
        return false;
    }
    sqlite3_extended_result_codes(db->h, 1);
    *out = db;
    return true;
}

bool db_open_text(struct ctx *c, str text, str where, struct db **out, struct err *e) {
    *out = NULL;
    if (text.n < 100 || memcmp(text.p, "SQLite format 3", 16) != 0)
        return err_set(e, ERR_INPUT, where, _("this is no SQLite database"));
    struct db *db = db_new(c, where);
    int code = sqlite3_open_v2(":memory:", &db->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    unsigned char *copy = code == SQLITE_OK ? sqlite3_malloc64(text.n) : NULL;
    bool ok = false;
    if (code == SQLITE_OK && !copy) {
        fail(db, SQLITE_NOMEM, e);
    } else if (code == SQLITE_OK) {
        memcpy(copy, text.p, text.n);
        copy[18] = copy[19] = 1; /* a database in memory has no write-ahead log */
        code = sqlite3_deserialize(db->h, "main", copy, (sqlite3_int64)text.n, (sqlite3_int64)text.n,
                                   SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY);
        ok = code == SQLITE_OK ? settle(db, DB_FOREIGN, e) : fail(db, code, e);
    } else {
        fail(db, code, e);
    }
    if (!ok) {
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

bool db_open_map(struct ctx *c, str text, str where, struct db **out, struct err *e) {
    *out = NULL;
    if (text.n < 100 || memcmp(text.p, "SQLite format 3", 16) != 0)
        return err_set(e, ERR_INPUT, where, _("this is no SQLite database"));
    struct db *db = db_new(c, where);
    int code = sqlite3_open_v2(":memory:", &db->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_deserialize(db->h, "main", (unsigned char *)(uintptr_t)text.p, (sqlite3_int64)text.n,
                                   (sqlite3_int64)text.n, SQLITE_DESERIALIZE_READONLY);
    if (code != SQLITE_OK || !settle(db, DB_READ, e)) {
        if (code != SQLITE_OK)
            fail(db, code, e);
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

void db_close(struct db *db) {
    if (!db)
        return;
    for (uint32_t i = 0; i < db->n; i++)
        sqlite3_finalize(db->stmts[i].s);
    sqlite3_close(db->h);
    free(db);
}

bool db_exec(struct db *db, const char *sql, struct err *e) {
    db->steps = 0;
    int code = sqlite3_exec(db->h, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || fail(db, code, e);
}

bool db_stmt(struct db *db, const char *sql, struct stmt **out, struct err *e) {
    db->steps = 0;
    for (uint32_t i = 0; i < db->n; i++)
        if (db->stmts[i].sql == sql) {
            stmt_reset(*out = &db->stmts[i]);
            return true;
        }
    /* The texts are literals of our own, so the table being full is our mistake; the last one makes room. */
    struct stmt *s = &db->stmts[db->n < STATEMENTS ? db->n : STATEMENTS - 1];
    sqlite3_finalize(s->s);
    *s = (struct stmt){.sql = sql, .db = db};
    int code = sqlite3_prepare_v3(db->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->s, NULL);
    if (db->n < STATEMENTS)
        db->n++;
    *out = s;
    if (code == SQLITE_OK)
        return true;
    s->sql = NULL;
    return fail(db, code, e);
}

/* A bind fails only for a parameter the text does not have, or a text beyond SQLite's limit: stepping then finds NULL
 * where a NOT NULL column stands. */
void stmt_text(struct stmt *s, int at, str v) { sqlite3_bind_text64(s->s, at, v.p, v.n, SQLITE_STATIC, SQLITE_UTF8); }
void stmt_blob(struct stmt *s, int at, str v) { sqlite3_bind_blob64(s->s, at, v.p, v.n, SQLITE_STATIC); }
void stmt_int(struct stmt *s, int at, int64_t v) { sqlite3_bind_int64(s->s, at, v); }

bool stmt_step(struct stmt *s, bool *row, struct err *e) {
    int code = sqlite3_step(s->s);
    *row = code == SQLITE_ROW;
    if (*row || code == SQLITE_DONE)
        return true;
    if (code == SQLITE_INTERRUPT)
        return err_set(e, ERR_LIMIT, str_of(s->db->where), _("database: the query does not come to an end"));
    return fail(s->db, code, e);
}

bool stmt_run(struct stmt *s, struct err *e) {
    bool row = true;
    while (row)
        if (!stmt_step(s, &row, e)) {
            stmt_reset(s);
            return false;
        }
    stmt_reset(s);
    return true;
}

void stmt_reset(struct stmt *s) {
    sqlite3_reset(s->s);
    sqlite3_clear_bindings(s->s);
}

/* sqlite3_column_bytes() after _text/_blob, as its manual asks. A NUL-free "" must stay present: an empty blob comes
 * back as a null pointer. */
str stmt_col_text(struct stmt *s, int at) {
    if (sqlite3_column_type(s->s, at) == SQLITE_NULL)
        return (str){NULL, 0};
    const char *p = (const char *)sqlite3_column_text(s->s, at);
    return p ? str_n(p, (size_t)sqlite3_column_bytes(s->s, at)) : S("");
}
str stmt_col_blob(struct stmt *s, int at) {
    if (sqlite3_column_type(s->s, at) == SQLITE_NULL)
        return (str){NULL, 0};
    const char *p = sqlite3_column_blob(s->s, at);
    return p ? str_n(p, (size_t)sqlite3_column_bytes(s->s, at)) : S("");
}
int64_t stmt_col_int(struct stmt *s, int at) { return sqlite3_column_int64(s->s, at); }

int64_t db_changes(struct db *db) { return sqlite3_changes64(db->h); }

bool db_state(struct db *db, uint64_t *out, struct err *e) {
    struct stmt *s;
    bool row;
    if (!db_stmt(db, "PRAGMA data_version", &s, e) || !stmt_step(s, &row, e))
        return false;
    *out = (uint64_t)stmt_col_int(s, 0) << 40 ^ (uint64_t)sqlite3_total_changes64(db->h); /* others' and ours */
    stmt_reset(s);
    return true;
}
