/* SPDX-License-Identifier: Apache-2.0
 *
 * Lays the tables onto servers: each server's parts first, in a transaction of its own, the leading server last. What
 * was cut off in between is found and thrown away by the next attempt with `replace`.
 */
#include <stdio.h>
#include <stdlib.h>

#include "store/spread.h"

static bool ask_text_of(struct store *s, struct arena *a, const char *sql, str *out, struct err *e) {
    struct ask *q;
    bool row = false;
    *out = (str){NULL, 0};
    if (!s->engine->ask_once(s->of, sql, &q, e) || !ask_step(q, &row, e))
        return false;
    if (row)
        *out = arena_str(a, ask_col_text(q, 0));
    ask_end(q);
    return true;
}

bool spread_has_citus(struct store *s, bool *there, struct err *e) {
    struct arena *a = arena_new();
    str n;
    bool ok =
        store_engine(s) == STORE_POSTGRES &&
        ask_text_of(
            s, a,
            "SELECT count(*) FROM pg_proc WHERE proname = 'create_distributed_table' AND pg_function_is_visible(oid)",
            &n, e);
    *there = ok && !str_is(n, "0");
    arena_free(a);
    return ok || store_engine(s) != STORE_POSTGRES;
}

/* ── the leading server ── */

/* With rows in them, or cut already: only to be replaced. The other tables stay as they are. */
static bool is_fresh(struct store *s, const struct spread *p, bool *fresh, struct err *e) {
    char sql[400];
    str n;
    *fresh = true;
    for (const struct store_distributed *t = p->tables; *fresh && t->table; t++) {
        snprintf(
            sql, sizeof sql,
            "SELECT count(*) FROM (SELECT 1 FROM %s LIMIT 1) AS x UNION ALL SELECT count(*) FROM pg_class WHERE oid "
            "= '%s'::regclass AND relkind <> 'r' ORDER BY 1 DESC LIMIT 1",
            t->table, t->table);
        if (!ask_text_of(s, p->a, sql, &n, e))
            return false;
        *fresh = str_is(n, "0");
    }
    return true;
}

static bool drop_leading(struct store *s, const struct spread *p, struct err *e) {
    struct buf sql = {0};
    buf_addf(&sql, "DROP SCHEMA IF EXISTS %.*s_nodes, %.*s_local, %.*s CASCADE;", STR_ARG(p->schema),
             STR_ARG(p->schema), STR_ARG(p->schema));
    /* Servers are of the database, not of a schema. */
    buf_addf(&sql,
             "DO $$ DECLARE x RECORD; BEGIN IF to_regclass('pg_foreign_server') IS NOT NULL THEN FOR x IN SELECT "
             "srvname FROM pg_foreign_server WHERE srvname LIKE '%.*s\\_%%' AND NOT EXISTS (SELECT 1 FROM "
             "pg_foreign_table WHERE ftserver = pg_foreign_server.oid) LOOP EXECUTE format('DROP SERVER %%I CASCADE', "
             "x.srvname); END LOOP; END IF; END $$",
             STR_ARG(p->schema));
    buf_addc(&sql, 0);
    bool ok = store_begin(s, e) && store_exec(s, sql.p, e) && store_commit(s, e);
    if (!ok)
        store_rollback(s);
    buf_free(&sql);
    return ok;
}

/* Opens the leading server with empty tables of one piece. */
static bool open_leading(struct ctx *c, str where, const struct store_layout *l, const struct store_schema *schemas,
                         struct spread *p, struct store **out, struct err *e) {
    bool fresh;
    if (l->replace) { /* without looking at the schema: what is there may be of any version */
        struct store *s = NULL;
        bool ok = store_open_schemas(c, where, STORE_WRITE, NULL, &s, e) && drop_leading(s, p, e);
        store_close(s);
        if (!ok)
            return false;
    }
    if (!store_open_schemas(c, where, STORE_WRITE, schemas, out, e))
        return false;
    if (!is_fresh(*out, p, &fresh, e))
        return false;
    if (fresh)
        return true;
    err_set(e, ERR_ENV, store_shown(*out), _("there are views here already"));
    return err_hint(e, "%s", _("--replace throws them away; the next command makes them again from the log"));
}

/* ── the others ── */

static bool may_take(struct store *s, struct spread *p, bool replace, struct err *e) {
    str owner;
    char sql[300];
    snprintf(sql, sizeof sql,
             "SELECT coalesce(obj_description(oid, 'pg_namespace'), '?') FROM pg_namespace WHERE nspname = '%.*s_part'",
             STR_ARG(p->schema));
    if (!ask_text_of(s, p->a, sql, &owner, e))
        return false;
    if (!owner.p)
        return true;
    if (replace && str_eq(owner, p->owner)) {
        snprintf(sql, sizeof sql, "DROP SCHEMA %.*s_part CASCADE", STR_ARG(p->schema));
        return store_exec(s, sql, e);
    }
    err_set(e, ERR_ENV, store_shown(s), _("this server holds parts of other views: %.*s"), STR_ARG(owner));
    return err_hint(e, "%s",
                    str_eq(owner, p->owner)
                        ? _("--replace throws them away; the next command makes them again from the log")
                        : _("give these views another akashi_schema in their address"));
}

/* Tables of the same make are needed for a moment, to make the parts like them. */
static bool open_node(struct ctx *c, struct spread *p, uint32_t i, const struct store_schema *schemas,
                      struct store **out, struct err *e) {
    str address = p->nodes[i].address;
    struct arena *a = p->a;
    char schema[64];
    str ignored;
    if (!pg_address(a, address, schema, sizeof schema, &ignored, e))
        return false;
    bool query = str_chr(address, '?') != STR_NONE;
    str where = arena_printf(a, "%.*s%cakashi_schema=%.*s_making", STR_ARG(address), query ? '&' : '?',
                             STR_ARG(p->schema));
    return store_open_schemas(c, where, STORE_WRITE, schemas, out, e);
}

static bool run_steps(struct store *s, struct spread *p, int node, struct err *e) {
    for (uint32_t i = 0; i < p->steps.n; i++)
        if (p->steps.v[i].node == node && !store_exec(s, arena_cstr(p->a, p->steps.v[i].sql), e))
            return false;
    return true;
}

static bool make_node(struct store *s, struct spread *p, uint32_t i, bool replace, struct err *e) {
    char drop[100];
    snprintf(drop, sizeof drop, "DROP SCHEMA %.*s_making CASCADE", STR_ARG(p->schema));
    bool ok = store_begin(s, e) && may_take(s, p, replace, e) && run_steps(s, p, (int)i, e) && store_exec(s, drop, e) &&
              store_commit(s, e);
    if (!ok)
        store_rollback(s);
    return ok;
}

/* The file wrapper's extension is made by who may; where it is there already nobody needs to. */
static bool make_leading(struct store *s, struct spread *p, struct err *e) {
    bool ok = store_begin(s, e) &&
              (!p->n_nodes || store_exec(s, "CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA public", e)) &&
              run_steps(s, p, -1, e) && store_commit(s, e);
    if (!ok)
        store_rollback(s);
    return ok;
}

bool store_spread_schemas(struct ctx *c, str where, const struct store_layout *l, const struct store_schema *schemas,
                          const struct store_distributed *tables, struct err *e) {
    if (!postgres_is_address(where)) {
        err_set(e, ERR_USAGE, where, _("only views in PostgreSQL can lie on several servers"));
        return err_hint(e, "%s", _("--store postgresql://…"));
    }
    struct spread p = {.tables = tables};
    struct arena *a = arena_new();
    struct store *leading = NULL, *nodes[64 + 1] = {NULL};
    bool ok = spread_begin(&p, a, where, l, e) && open_leading(c, where, l, schemas, &p, &leading, e);
    if (ok)
        p.owner = arena_printf(a, "akashi: parts of %.*s, schema %.*s", STR_ARG(store_shown(leading)),
                               STR_ARG(p.schema));
    ok = ok && (l->n_nodes || spread_has_citus(leading, &p.citus, e));
    for (uint32_t i = 0; ok && i < l->n_nodes; i++)
        ok = open_node(c, &p, i, schemas, &nodes[i], e) && spread_describe(&p, NULL, i, nodes[i]->of, e);
    if (ok)
        spread_steps(&p);
    for (uint32_t i = 0; ok && i < l->n_nodes; i++)
        ok = make_node(nodes[i], &p, i, l->replace, e);
    ok = ok && make_leading(leading, &p, e);
    for (uint32_t i = 0; i < l->n_nodes && i < 64; i++)
        store_close(nodes[i]);
    store_close(leading);
    arena_free(a);
    return ok;
}
bool store_spread(struct ctx *c, str where, const struct store_layout *l, struct err *e) {
    return store_spread_schemas(c, where, l, store_schemas, store_distributed, e);
}
