/* SPDX-License-Identifier: Apache-2.0
 *
 * What postgres_fdw does not give: a commit goes from server to server, and one that dies among them leaves the others
 * ahead. So each transaction has a number on each server (nodes/part.sql); who reads, looks whether all stand at one;
 * who writes, takes back first what the leading server did not commit. Commits reach the other servers before the
 * leading one, so none of them can be behind.
 */
#include "store/postgres_nodes.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* A commit under way ends soon; a broken one does not. */
enum { LOOKS = 60, PAUSE_MS = 50 };

bool pg_nodes_look(struct pg *d, struct err *e) {
    char sql[240];
    snprintf(sql, sizeof sql,
             "SELECT to_regclass('\"%s_nodes\".node_state') IS NOT NULL, to_regclass('pg_dist_partition') IS NOT NULL",
             d->schema);
    PGresult *r = d->k.exec(d->c, sql);
    bool ok = d->k.resultStatus(r) == PGRES_TUPLES_OK && d->k.ntuples(r) == 1;
    d->nodes = ok && strcmp(d->k.getvalue(r, 0, 0), "t") == 0;
    d->citus = ok && strcmp(d->k.getvalue(r, 0, 1), "t") == 0;
    if (!ok)
        pg_fail(d, r, e);
    d->k.clear(r);
    /* That this server keeps a commit is what the others are measured by. */
    return ok && (!d->nodes || pg_exec(d, "SET synchronous_commit = on", e));
}

/* true: all at one state; else *name is who differs. */
static bool same_state(struct pg *d, char *name, size_t size, bool *same, struct err *e) {
    char sql[120];
    snprintf(sql, sizeof sql, "SELECT \"%s_nodes\".differs()", d->schema);
    PGresult *r = d->k.exec(d->c, sql);
    bool ok = d->k.resultStatus(r) == PGRES_TUPLES_OK && d->k.ntuples(r) == 1;
    *same = ok && d->k.getisnull(r, 0, 0);
    if (ok && !*same)
        snprintf(name, size, "%s", d->k.getvalue(r, 0, 0));
    if (!ok)
        pg_fail(d, r, e);
    d->k.clear(r);
    return ok;
}

static bool begin_read(struct pg *d, struct err *e) {
    char name[64] = "";
    for (int i = 0; i < LOOKS; i++) {
        bool same;
        if (!same_state(d, name, sizeof name, &same, e))
            return false;
        if (same)
            return true;
        nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000L}, NULL);
        if (!pg_exec(d, "ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", e))
            return false;
    }
    pg_rollback(d);
    err_set(e, ERR_ENV, str_of(d->shown), _("a transaction was cut off between the servers: '%s' is ahead"), name);
    return err_hint(e, "%s", _("the next command that writes takes back what was not finished; then ask again"));
}

bool pg_nodes_begin(struct pg *d, bool write, struct err *e) {
    char sql[120];
    if (!write)
        return begin_read(d, e);
    snprintf(sql, sizeof sql, "SELECT \"%s_nodes\".begin_write()", d->schema);
    return pg_exec(d, sql, e);
}

bool pg_is_spread(const struct pg *d, const char *table) {
    if (!d->nodes)
        return false;
    for (const struct store_distributed *x = store_distributed; x->table; x++)
        if (strcmp(x->table, table) == 0)
            return true;
    return strncmp(table, "zz_", 3) == 0; /* of tests */
}
