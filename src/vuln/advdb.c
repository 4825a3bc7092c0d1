/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/advdb.h"

#include <stdlib.h>

#include "base/file.h"
#include "vuln/advdb_read.h"

bool advdb_open(struct ctx *c, str path, struct advdb **out, struct err *e) {
    struct advdb *db = calloc(1, sizeof *db);
    struct db *first;
    int64_t version;
    if (!db)
        abort();
    *out = NULL;
    db->a = arena_new();
    db->where = arena_str(db->a, path);
    bool ok = file_map(db->a, path, &db->text, e);
    if (!ok)
        err_hint(e, "%s", _("fill it with `akashi db import FILE…` or `akashi db update`"));
    ok = ok && advdb_connect(c, db, &first, e);
    if (ok) {
        static const char get[] = "PRAGMA user_version";
        struct stmt *s;
        bool row;
        ok = db_stmt(first, get, &s, e) && stmt_step(s, &row, e);
        version = ok && row ? stmt_col_int(s, 0) : 0;
        if (ok && version != ADVDB_FORMAT)
            ok = err_set(e, ERR_ENV, path, _("this is no advisory database of this version of akashi")) ||
                 err_hint(e, "%s", _("delete it and import again"));
        db_close(first);
    }
    if (!ok) {
        advdb_close(db);
        return false;
    }
    *out = db;
    return true;
}

void advdb_close(struct advdb *db) {
    if (!db)
        return;
    arena_free(db->a);
    free(db);
}

bool advdb_connect(struct ctx *c, const struct advdb *db, struct db **out, struct err *e) {
    if (db_open_map(c, db->text, db->where, out, e))
        return true;
    e->kind = ERR_ENV;
    return err_hint(e, "%s", _("delete it and import again"));
}

static bool sources_of(struct db *db, struct arena *a, struct advdb_info *out) {
    static const char all[] = "SELECT kind, ecosystem, advisories, newest, imported FROM source"
                              " WHERE advisories>0 ORDER BY kind, ecosystem";
    struct stmt *s;
    bool row = true;
    VEC(struct advdb_source) list = {0};
    if (!db_stmt(db, all, &s, NULL))
        return false;
    while (stmt_step(s, &row, NULL) && row)
        *vec_push(a, &list) = (struct advdb_source){arena_str(a, stmt_col_text(s, 0)),
                                                    arena_str(a, stmt_col_text(s, 1)), (uint64_t)stmt_col_int(s, 2),
                                                    stmt_col_int(s, 3), stmt_col_int(s, 4)};
    stmt_reset(s);
    out->sources = list.v;
    out->n_sources = list.n;
    return true;
}

static uint64_t count_of(struct db *db, const char *sql) {
    struct stmt *s;
    bool row;
    if (!db_stmt(db, sql, &s, NULL) || !stmt_step(s, &row, NULL) || !row)
        return 0;
    uint64_t n = (uint64_t)stmt_col_int(s, 0);
    stmt_reset(s);
    return n;
}

void advdb_info(struct advdb *db, struct arena *a, struct advdb_info *out) {
    static const char digest[] = "SELECT value FROM meta WHERE key='digest'";
    struct ctx c = {0};
    struct db *conn;
    struct err e = {0};
    struct stmt *s;
    bool row;
    *out = (struct advdb_info){.digest = S("")};
    if (!advdb_connect(&c, db, &conn, &e))
        return;
    if (db_stmt(conn, digest, &s, &e) && stmt_step(s, &row, &e) && row)
        out->digest = arena_str(a, stmt_col_text(s, 0));
    out->built = (int64_t)count_of(conn, "SELECT value FROM meta WHERE key='built'");
    out->flaws = count_of(conn, "SELECT value FROM meta WHERE key='flaws'");
    out->advisories = count_of(conn, "SELECT value FROM meta WHERE key='advisories'");
    out->packages = count_of(conn, "SELECT value FROM meta WHERE key='packages'");
    out->withdrawn = count_of(conn, "SELECT value FROM meta WHERE key='withdrawn'");
    out->kev = count_of(conn, "SELECT value FROM meta WHERE key='kev'");
    out->epss = count_of(conn, "SELECT value FROM meta WHERE key='epss'");
    sources_of(conn, a, out);
    db_close(conn);
}

bool advdb_names(struct ctx *c, const struct advdb *db, str name, bool *yes, struct err *e) {
    static const char find[] = "SELECT 1 FROM name WHERE name=?1 LIMIT 1";
    struct db *conn;
    struct stmt *s;
    if (!advdb_connect(c, db, &conn, e))
        return false;
    bool ok = db_stmt(conn, find, &s, e);
    if (ok)
        stmt_text(s, 1, name);
    ok = ok && stmt_step(s, yes, e);
    db_close(conn);
    return ok;
}
