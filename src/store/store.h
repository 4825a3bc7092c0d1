/* SPDX-License-Identifier: Apache-2.0
 *
 * The views: one interface, SQLite and PostgreSQL behind it. SQL lives in sql/<subject>.sql, embedded at build
 * (tools/embed-sql says how a file is written) and named here as Q_name (a statement) and L_name (a bulk load).
 *
 * A store holds only what can be computed again from the log, so its durability is the log's: a transaction is there
 * whole or not at all, and the last ones may be missing after a power cut. One struct store belongs to one thread at
 * a time; any number of them, in any number of processes, may be open on the same views. Writers queue, readers never
 * wait and see one state per store_begin()/store_end() or per statement.
 *
 * Columns are BIGINT, TEXT, BYTEA and DOUBLE PRECISION, nothing else.
 */
#ifndef AKASHI_STORE_STORE_H
#define AKASHI_STORE_STORE_H

#include "base/ctx.h"

enum store_engine { STORE_SQLITE, STORE_POSTGRES };

struct query {
    const char *name;
    unsigned number;
    const char *sql[2]; /* by engine */
};
struct load {
    const char *name;
    unsigned number;
    const char *table, *columns, *kinds; /* kinds: i, t, b, r for each column */
    bool fresh;                          /* rows whose key is there already are passed over */
};

struct store;
struct ask;

enum store_use {
    STORE_READ,  /* must be there */
    STORE_WRITE, /* made when missing; its schema is brought up to date */
};
/* where: a file, ":memory:" (gone when it is closed), or "postgresql://…". A schema newer than this program is refused
 * with what to do; an older one is brought forward in one transaction when opened for writing, and is ERR_ENV with a
 * hint when opened for reading. */
MUST_USE bool store_open(struct ctx *c, str where, enum store_use use, struct store **out, struct err *e);
/* For reading; where nothing was ever made that is no error, and *out is NULL. */
MUST_USE bool store_open_made(struct ctx *c, str where, struct store **out, struct err *e);
void store_close(struct store *s); /* accepts NULL; an open transaction is undone */
enum store_engine store_engine(const struct store *s);
/* Where it is, for messages: without user and password. */
str store_shown(const struct store *s);

/* Writing happens between begin and commit. begin waits for the other writer to finish. After an error the
 * transaction is over and undone: store_rollback() then does nothing. begin, commit and rollback end every question
 * that is being asked. A server that went away is connected to again at the next begin (or question outside of one). */
MUST_USE bool store_begin(struct store *s, struct err *e);
MUST_USE bool store_commit(struct store *s, struct err *e);
void store_rollback(struct store *s);
/* Several reads of one state. */
MUST_USE bool store_begin_read(struct store *s, struct err *e);
void store_end_read(struct store *s);
/* Between begin and commit, or begin_read and end_read. */
bool store_inside(const struct store *s);
/* Between begin_read and end_read a number of its own for each such stretch, else 0: what was read once holds for all
 * of it. */
uint64_t store_moment(const struct store *s);
/* Works what is committed into the file, as far as no reader needs it as it was: what the last one who closes the store
 * has to do then, while there is time. What cannot be done now is done later. Outside of transactions. */
void store_carry(struct store *s);
/* Which part of the schema a table belongs to; ends with {0}. The versions of the schema are no part. */
struct store_table {
    const char *part, *name;
};
extern const struct store_table store_tables[];
/* Removes all rows of all tables, but of one part (may be NULL); inside a transaction. */
MUST_USE bool store_clear(struct store *s, const char *keep, struct err *e);

/* ── statements ── prepared once for each store; asking again ends the earlier use. Several may be stepped through in
 * turns. Text is UTF-8 without NUL: what is not becomes U+FFFD in both engines. */
MUST_USE bool store_ask(struct store *s, const struct query *q, struct ask **out, struct err *e);
/* How many since the store was opened: over a network each is a round trip, unless it is only sent. */
uint64_t store_asked(const struct store *s);
/* Parameters count from 1. Borrowed until the statement was run; an absent str is NULL. */
void ask_int(struct ask *q, int at, int64_t v);
void ask_text(struct ask *q, int at, str v);
void ask_blob(struct ask *q, int at, str v);
/* As text, a JSON array, made in the arena. */
void ask_numbers(struct ask *q, int at, struct arena *a, const uint32_t *v, uint32_t n);
void ask_real(struct ask *q, int at, double v);
MUST_USE bool ask_step(struct ask *q, bool *row, struct err *e); /* next row; *row false at the end */
MUST_USE bool ask_run(struct ask *q, struct err *e);             /* to the end, ignoring rows */
/* Like ask_run for a statement without rows, but the answer need not be waited for: an error may show at the next
 * call or at store_commit(). Fast over a network. */
MUST_USE bool ask_send(struct ask *q, struct err *e);
void ask_end(struct ask *q); /* lets go early */
/* Columns count from 0 and hold until the next step. NULL gives an absent str and 0. */
int64_t ask_col_int(struct ask *q, int at);
str ask_col_text(struct ask *q, int at);
str ask_col_blob(struct ask *q, int at);
double ask_col_real(struct ask *q, int at);
bool ask_col_null(struct ask *q, int at);

/* ── bulk loads, inside a transaction: a row is its columns in order, then load_row(). The rows are there for questions
 * after load_end(); a row that breaks a key may be told then. Several loads and questions may take turns. ── */
struct loading;
MUST_USE bool load_begin(struct store *s, const struct load *l, struct loading **out, struct err *e);
void load_int(struct loading *l, int64_t v);
void load_text(struct loading *l, str v);
void load_blob(struct loading *l, str v);
void load_real(struct loading *l, double v);
void load_null(struct loading *l);
MUST_USE bool load_row(struct loading *l, struct err *e);
MUST_USE bool load_end(struct loading *l, struct err *e);

/* ── over several servers ── PostgreSQL alone. Tables marked `-- distribute:` are cut by the hash of a column: into
 * parts of the one server, onto other PostgreSQL servers (postgres_fdw), or onto the workers of Citus where that is
 * there. A transaction is on all servers or on none; what is read is one state of all, else an error. ── */
struct store_node {
    str name, address; /* small letters, digits and _; "postgresql://…" as this process and the leading server see it */
};
struct store_layout {
    uint32_t parts; /* 0: one for each server, the leading one among them */
    const struct store_node *nodes;
    uint32_t n_nodes;
    bool replace; /* what is there is thrown away; the next command makes it again from the log */
};
/* The SQL of it, for each server, with … for passwords. where may be absent. */
MUST_USE bool store_plan(struct ctx *c, str where, const struct store_layout *l, struct buf *out, struct err *e);
/* Lays the tables out so; they must be empty unless they are replaced. */
MUST_USE bool store_spread(struct ctx *c, str where, const struct store_layout *l, struct err *e);

/* All rows of all tables as text, ordered: equal for equal content, in both engines. Outside of a transaction. */
MUST_USE bool store_dump(struct store *s, struct buf *out, struct err *e);
/* What follows from the log, in pieces (dump.h: all): take() empties `lines` when it has enough. */
MUST_USE bool store_dump_each(struct store *s, bool (*take)(void *arg, struct buf *lines, struct err *e), void *arg,
                              struct err *e);
/* Bytes the views take. */
MUST_USE bool store_bytes(struct store *s, uint64_t *out, struct err *e);

#endif
