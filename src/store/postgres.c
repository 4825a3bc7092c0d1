/* SPDX-License-Identifier: Apache-2.0
 *
 * Views in a PostgreSQL server (15 or later): the connection and its transactions. Each home has a schema of its own
 * (akashi_schema in the address), so that several share a database. One writer at a time holds an advisory lock; it
 * falls with the transaction, also when the writer dies.
 */
#include <stdio.h>
#include <stdlib.h>

#include "store/postgres.h"
#include "store/postgres_nodes.h"

/* ── what goes wrong ── */

/* libpq quotes parts of what it was given; a password is in none of the messages of an open connection. */
static const char *said(const struct pg *d, const PGresult *r) {
    const char *primary = r ? d->k.resultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const char *text = primary ? primary : d->k.errorMessage(d->c);
    return text && *text ? text : "?";
}

static void hint_of(const char *state, struct err *e) {
    if (strncmp(state, "53100", 5) == 0)
        err_hint(e, "%s", _("is the server's disk full? What was there before is untouched"));
    else if (strncmp(state, "42501", 5) == 0)
        err_hint(e, "%s", _("the database user needs the right to make a schema: GRANT CREATE ON DATABASE"));
    else if (strncmp(state, "28", 2) == 0)
        err_hint(e, "%s", _("keep the password in the file that PGPASSFILE names (or ~/.pgpass)"));
    else if (strncmp(state, "3D000", 5) == 0)
        err_hint(e, "%s", _("make the database first: createdb"));
    else if (strncmp(state, "AK001", 5) == 0)
        err_hint(e, "%s",
                 _("the servers cannot be brought to one state: `akashi store init --replace` makes them anew"));
    else if (strncmp(state, "HV00N", 5) == 0 || strncmp(state, "08", 2) == 0)
        err_hint(e, "%s", _("one of the servers that hold partitions is not there; nothing was changed"));
}

static void set_error(struct pg *d, const PGresult *r, struct err *e) {
    const char *state = r ? d->k.resultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    char text[256];
    snprintf(text, sizeof text, "%s", said(d, r));
    text[strcspn(text, "\r\n")] = 0;
    bool lost = d->k.status(d->c) == CONNECTION_BAD || (state && strncmp(state, "57P0", 4) == 0);
    if (lost) {
        d->gone = true;
        err_set(e, ERR_ENV, str_of(d->shown), _("the connection to the database was lost: %s"), text);
        err_hint(e, "%s", _("what was not finished is undone; try again when the server is back"));
        return;
    }
    err_set(e, ERR_ENV, str_of(d->shown), _("views: %s"), text);
    hint_of(state ? state : "", e);
}

bool pg_fail(struct pg *d, const PGresult *r, struct err *e) {
    set_error(d, r, e);
    pg_rollback(d);
    return false;
}

bool pg_exec(struct pg *d, const char *sql, struct err *e) {
    PGresult *r = d->k.exec(d->c, sql);
    ExecStatusType status = d->k.resultStatus(r);
    bool ok = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    if (!ok)
        pg_fail(d, r, e);
    d->k.clear(r);
    return ok;
}

/* One value in text, or absent. */
static bool one_value(struct pg *d, const char *sql, char *to, size_t size, bool *there, struct err *e) {
    PGresult *r = d->k.exec(d->c, sql);
    bool ok = d->k.resultStatus(r) == PGRES_TUPLES_OK;
    *there = ok && d->k.ntuples(r) == 1 && !d->k.getisnull(r, 0, 0);
    if (*there)
        snprintf(to, size, "%s", d->k.getvalue(r, 0, 0));
    if (!ok)
        pg_fail(d, r, e);
    d->k.clear(r);
    return ok;
}

/* ── connecting ── */

static void no_notices(void *arg, const char *text) { (void)arg, (void)text; }

enum { OPTIONS = 64, CONNECT_SECONDS = 10 };

/* What the address says; what it leaves open libpq takes from PGPASSFILE, PGSERVICE and the like. */
static PGconn *dial(struct pg *d) {
    const char *names[OPTIONS + 4], *values[OPTIONS + 4];
    int n = 0;
    bool patience = getenv("PGCONNECT_TIMEOUT") != NULL;
    for (const PQconninfoOption *o = d->options; o->keyword && n < OPTIONS; o++)
        if (o->val) {
            patience = patience || strcmp(o->keyword, "connect_timeout") == 0;
            names[n] = o->keyword;
            values[n++] = o->val;
        }
    names[n] = "client_encoding", values[n++] = "UTF8";
    names[n] = "fallback_application_name", values[n++] = "akashi";
    if (!patience)
        names[n] = "connect_timeout", values[n++] = "10";
    names[n] = NULL, values[n] = NULL;
    return d->k.connectdbParams(names, values, 0);
}

/* Rows that were not acknowledged by the log may go, so a commit does not wait for the disk; no answer of ours may
 * depend on what an administrator set for other uses. */
static bool settle(struct pg *d, struct err *e) {
    char sql[800];
    snprintf(sql, sizeof sql,
             "SET search_path TO \"%s\"; SET synchronous_commit = off; SET statement_timeout = 0; SET lock_timeout = 0;"
             "SET idle_in_transaction_session_timeout = 0; SET client_min_messages = warning; SET jit = off;"
             "SET default_transaction_isolation = 'read committed'; SET default_transaction_read_only = off;"
             "SET standard_conforming_strings = on; SET enable_partition_pruning = on;"
             "SET enable_partitionwise_aggregate = on",
             d->schema);
    return pg_exec(d, sql, e);
}

static bool schema_there(struct pg *d, struct err *e) {
    char sql[200], value[8];
    bool there;
    snprintf(sql, sizeof sql, "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = '%s'", d->schema);
    if (!one_value(d, sql, value, sizeof value, &there, e))
        return false;
    if (there)
        return true;
    d->absent = d->use == STORE_READ;
    if (d->absent) {
        err_set(e, ERR_ENV, str_of(d->shown), _("there are no views in the schema '%s'"), d->schema);
        return err_hint(e, "%s", _("run any command that writes, or `akashi rebuild`"));
    }
    /* Two at once: the second waits and finds it there. */
    snprintf(sql, sizeof sql,
             "BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('akashi %s', 0)); CREATE SCHEMA IF NOT EXISTS "
             "\"%s\"; COMMIT",
             d->schema, d->schema);
    if (pg_exec(d, sql, e))
        return true;
    PGresult *r = d->k.exec(d->c, "ROLLBACK");
    d->k.clear(r);
    return false;
}

bool pg_connect(struct pg *d, struct err *e) {
    if (d->c)
        d->k.finish(d->c);
    for (unsigned i = 0; i < store_queries(); i++)
        pg_ask_forget(&d->asks[i]);
    pg_ask_forget(&d->once);
    d->waiting = 0;
    d->arriving = NULL;
    d->c = dial(d);
    if (!d->c)
        abort();
    d->gone = d->k.status(d->c) != CONNECTION_OK;
    if (d->gone) {
        char text[256];
        snprintf(text, sizeof text, "%s", d->k.errorMessage(d->c));
        text[strcspn(text, "\r\n")] = 0;
        err_set(e, ERR_ENV, str_of(d->shown), _("cannot connect to the database: %s"), text);
        return err_hint(e, "%s",
                        strstr(text, "password")
                            ? _("keep the password in the file that PGPASSFILE names (or ~/.pgpass)")
                            : _("is the server running, and is the address right?"));
    }
    d->k.setNoticeProcessor(d->c, no_notices, NULL);
    if (d->k.serverVersion(d->c) < 150000)
        return err_set(e, ERR_ENV, str_of(d->shown), _("PostgreSQL %d is too old: 15 or later is needed"),
                       d->k.serverVersion(d->c) / 10000);
    return settle(d, e) && schema_there(d, e) && pg_nodes_look(d, e);
}

bool pg_awake(struct pg *d, struct err *e) {
    if (!d->gone)
        return true;
    if (d->inside) {
        err_set(e, ERR_ENV, str_of(d->shown), _("the connection to the database was lost: %s"),
                _("the transaction is undone"));
        return err_hint(e, "%s", _("what was not finished is undone; try again when the server is back"));
    }
    return pg_connect(d, e);
}

/* ── transactions ── */

static bool is_asked(const struct pg *d) {
    bool any = d->once.state != PG_IDLE;
    for (unsigned i = 0; !any && i < store_queries(); i++)
        any = d->asks[i].state != PG_IDLE;
    return any;
}

static void end_asks(struct pg *d) {
    for (unsigned i = 0; i < store_queries(); i++)
        if (d->asks[i].state != PG_IDLE)
            pg_end(&d->asks[i].head);
    if (d->once.state != PG_IDLE)
        pg_end(&d->once.head);
}

void pg_rollback(struct pg *d) {
    bool was = d->inside;
    d->inside = d->reading = d->implicit = false;
    pg_loads_drop(d);
    if (!d->c || d->gone)
        return;
    pg_hush(d);
    end_asks(d);
    if (!was && d->k.transactionStatus(d->c) == PQTRANS_IDLE)
        return;
    PGresult *r = d->k.exec(d->c, "ROLLBACK");
    if (d->k.resultStatus(r) != PGRES_COMMAND_OK)
        d->gone = true;
    d->k.clear(r);
}

/* Citus gives no state of all workers at one moment, so there a reader keeps writers out for as long as it reads. Its
 * lock comes first and each statement looks anew: a state fixed before the lock was had would be an older one. */
static bool open_transaction(struct pg *d, bool write, struct err *e) {
    char sql[200];
    if (write)
        snprintf(sql, sizeof sql, "BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('akashi %s', 0))", d->schema);
    else if (d->citus)
        snprintf(sql, sizeof sql,
                 "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SELECT pg_advisory_xact_lock_shared("
                 "hashtextextended('akashi %s', 0))",
                 d->schema);
    else
        snprintf(sql, sizeof sql, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return pg_exec(d, sql, e);
}

static bool begin_again(struct pg *d, bool write, struct err *e) {
    /* A server that went away in the meantime shows at the first word: nothing is lost by connecting again. */
    for (int attempt = 0;; attempt++) {
        struct err first = {0};
        if (pg_awake(d, &first) && open_transaction(d, write, &first))
            break;
        if (!d->gone || attempt) {
            if (e)
                *e = first;
            return false;
        }
    }
    d->inside = true;
    d->reading = !write;
    return !d->nodes || pg_nodes_begin(d, write, e);
}

static bool begin(void *of, bool write, struct err *e) {
    struct pg *d = of;
    if (!pg_quiet(d, e))
        return false;
    end_asks(d); /* and with the last of them what is implicit */
    return begin_again(d, write, e);
}

bool pg_open_implicit(struct pg *d, struct err *e) {
    if (!(d->nodes || d->citus) || d->inside)
        return true;
    if (!begin_again(d, false, e))
        return false;
    d->implicit = true;
    return true;
}
bool pg_close_implicit(struct pg *d, struct err *e) {
    if (!d->implicit || is_asked(d) || d->gone)
        return true;
    d->implicit = d->inside = d->reading = false;
    return pg_exec(d, "COMMIT", e);
}

static bool commit(void *of, struct err *e) {
    struct pg *d = of;
    if (!d->inside) {
        err_set(e, ERR_ENV, str_of(d->shown), _("views: %s"), _("the transaction was undone before"));
        return false;
    }
    if (!pg_loads_flush(d, e) || !pg_quiet(d, e))
        return false;
    end_asks(d);
    if (!pg_exec(d, "COMMIT", e))
        return false;
    d->inside = false;
    return true;
}
static void rollback(void *of) {
    struct pg *d = of;
    if (d->inside)
        pg_rollback(d);
}

/* ── whole ── */

static bool exec(void *of, const char *sql, struct err *e) {
    struct pg *d = of;
    return pg_awake(d, e) && pg_quiet(d, e) && pg_exec(d, sql, e);
}

static bool has_schema(void *of, bool *there, struct err *e) {
    struct pg *d = of;
    char sql[200], value[8];
    snprintf(sql, sizeof sql,
             "SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = '%s' AND tablename = 'schema_part'", d->schema);
    return pg_awake(d, e) && pg_quiet(d, e) && one_value(d, sql, value, sizeof value, there, e);
}

/* Parts on this server lie in a schema beside; those of other servers are asked for. */
static bool bytes(void *of, uint64_t *out, struct err *e) {
    struct pg *d = of;
    char sql[500], value[32];
    bool there;
    snprintf(
        sql, sizeof sql,
        "SELECT %s%s%s(SELECT coalesce(sum(pg_total_relation_size(oid)), 0)::bigint FROM pg_catalog.pg_class WHERE "
        "relnamespace IN (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname IN ('%s', '%s_local')) AND relkind "
        "= 'r')",
        d->nodes ? d->schema : "", d->nodes ? "_nodes.bytes()" : "", d->nodes ? " + " : "", d->schema, d->schema);
    *out = 0;
    bool ok = pg_awake(d, e) && pg_quiet(d, e) && one_value(d, sql, value, sizeof value, &there, e);
    if (ok && there)
        str_u64(str_of(value), out);
    return ok;
}

/* Cut in parts on this server (nodes/local.sql). */
static bool in_parts(struct pg *d, bool *yes, struct err *e) {
    char sql[200], value[8];
    snprintf(sql, sizeof sql, "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = '%s_local'", d->schema);
    return one_value(d, sql, value, sizeof value, yes, e);
}

/* A change here would not reach the parts on other servers; and tables made anew would be in one piece. */
static bool may_change(void *of, bool anew, struct err *e) {
    struct pg *d = of;
    bool parts = false;
    if (anew && !in_parts(d, &parts, e))
        return false;
    if (!d->nodes && !(anew && (parts || d->citus)))
        return true;
    err_set(e, ERR_ENV, str_of(d->shown),
            d->nodes ? _("these views lie on several servers and were made by an older akashi")
                     : _("these views lie in parts and were made by an older akashi"));
    return err_hint(e, "%s", _("make them anew: `akashi store init --replace`"));
}

static void close_(void *of) {
    struct pg *d = of;
    if (d->c && d->inside && !d->gone)
        pg_rollback(d);
    pg_loads_drop(d);
    for (unsigned i = 0; d->asks && i < store_queries(); i++)
        pg_ask_free(&d->asks[i]);
    pg_ask_free(&d->once);
    for (unsigned i = 0; d->loads && i < store_loads(); i++)
        buf_free(&d->loads[i].rows);
    if (d->c)
        d->k.finish(d->c);
    if (d->options)
        d->k.conninfoFree(d->options);
    free(d->asks);
    free(d->loads);
    free(d);
}

/* What stands in other schemas, partitions, and what an extension made is not ours. */
static const char columns[] =
    "SELECT c.relname::text, a.attname::text, CASE a.atttypid WHEN 20 THEN 'i' WHEN 25 THEN 't' WHEN 17 THEN 'b' ELSE "
    "'r' END FROM pg_catalog.pg_class c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid WHERE c.relnamespace = "
    "current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition AND a.attnum > 0 AND NOT "
    "a.attisdropped ORDER BY c.relname::text COLLATE \"C\", a.attnum";

const struct engine postgres_engine = {
    .kind = STORE_POSTGRES,
    .close = close_,
    .exec = exec,
    .has_schema = has_schema,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .ask = pg_ask,
    .ask_once = pg_ask_once,
    .step = pg_step,
    .send = pg_send,
    .end = pg_end,
    .bind = pg_bind,
    .col_int = pg_col_int,
    .col_str = pg_col_str,
    .col_real = pg_col_real,
    .col_null = pg_col_null,
    .load_begin = pg_load_begin,
    .load_value = pg_load_value,
    .load_row = pg_load_row,
    .load_end = pg_load_end,
    .columns = columns,
    .sorted_text = " COLLATE \"C\"",
    .bytes = bytes,
    .may_change = may_change,
};

static bool take_apart(struct pg *d, struct arena *a, str where, struct err *e) {
    str libpq;
    char *text = NULL;
    if (!pg_address(a, where, d->schema, sizeof d->schema, &libpq, e))
        return false;
    d->options = d->k.conninfoParse(arena_cstr(a, libpq), &text);
    if (text)
        d->k.freemem(text); /* it quotes what it stumbled over, maybe half a password */
    if (d->options)
        return true;
    err_set(e, ERR_USAGE, str_of(d->shown), _("this is no address of a PostgreSQL database"));
    return err_hint(e, "%s", _("postgresql://USER@HOST:PORT/DATABASE; special characters as %XX"));
}

bool postgres_engine_open(struct ctx *c, str where, enum store_use use, struct store *s, struct err *e) {
    (void)c;
    struct pg *d = calloc(1, sizeof *d);
    if (!d)
        abort();
    d->use = use;
    d->asks = calloc(store_queries(), sizeof *d->asks);
    d->loads = calloc(store_loads(), sizeof *d->loads);
    if (!d->asks || !d->loads)
        abort();
    struct arena *a = arena_new();
    snprintf(d->shown, sizeof d->shown, "%.*s", STR_ARG(pg_shown(a, where)));
    bool ok = pq_load(&d->k, e) && take_apart(d, a, where, e) && pg_connect(d, e);
    arena_free(a);
    if (!ok) {
        s->absent = d->absent;
        close_(d);
        return false;
    }
    s->engine = &postgres_engine;
    s->of = d;
    memcpy(s->shown, d->shown, sizeof s->shown);
    return true;
}
