/* SPDX-License-Identifier: Apache-2.0
 *
 * A thin layer over SQLite, and the only place that knows it. One connection belongs to one thread at a time.
 *
 * Statements are prepared once per SQL text (the same pointer) and kept until the connection closes. A database that
 * came from elsewhere (an image's rpmdb.sqlite) is opened as DB_FOREIGN: nothing is written beside it, its schema is
 * not trusted, and a query that runs away is stopped.
 */
#ifndef AKASHI_STORE_DB_H
#define AKASHI_STORE_DB_H

#include "base/ctx.h"

struct db;
struct stmt;

enum db_mode {
    DB_READ,    /* must exist; never written; stays readable and unchanged while another file takes its name */
    DB_WRITE,   /* made when missing */
    DB_FOREIGN, /* like DB_READ, for files we do not trust */
};

/* ERR_ENV when the file is missing or cannot be opened, ERR_INPUT when it is no database. */
MUST_USE bool db_open(struct ctx *c, str path, enum db_mode mode, struct db **out, struct err *e);
/* A foreign database in memory (a file inside an image layer); text is copied. */
MUST_USE bool db_open_text(struct ctx *c, str text, str where, struct db **out, struct err *e);
/* A database of our own that is written once and then only read. Each page carries a check over itself, its place and
 * `id`: what was flipped, cut off or exchanged is an error of kind ERR_INPUT as soon as it is read, and opening reads
 * nothing. For writing it is made: the name must be a new one. Readers see it unchanged when it is removed. */
enum { DB_ID = 16 };
MUST_USE bool db_open_checked(struct ctx *c, str path, const unsigned char id[DB_ID], bool write, struct db **out,
                              struct err *e);
/* A database of our own, mapped into memory: text is borrowed until the close and never written. Opening costs no
 * system call, so each thread can have its own connection over one map. */
MUST_USE bool db_open_map(struct ctx *c, str text, str where, struct db **out, struct err *e);
void db_close(struct db *db); /* accepts NULL */

/* One or more statements without results. */
MUST_USE bool db_exec(struct db *db, const char *sql, struct err *e);

/* The prepared statement of that text, ready to bind; its earlier use is over. */
MUST_USE bool db_stmt(struct db *db, const char *sql, struct stmt **out, struct err *e);
/* Parameters count from 1. Text and blobs are borrowed until the statement is used again; an absent str is NULL. */
void stmt_text(struct stmt *s, int at, str v);
void stmt_blob(struct stmt *s, int at, str v);
void stmt_int(struct stmt *s, int at, int64_t v);
/* Next row: *row false at the end. */
MUST_USE bool stmt_step(struct stmt *s, bool *row, struct err *e);
/* Runs to the end, ignoring rows. */
MUST_USE bool stmt_run(struct stmt *s, struct err *e);
/* Lets go of locks and borrowed values; db_stmt() does it too. */
void stmt_reset(struct stmt *s);

/* Columns of the current row count from 0 and hold until the next step. NULL gives an absent str and 0. */
str stmt_col_text(struct stmt *s, int at);
str stmt_col_blob(struct stmt *s, int at);
int64_t stmt_col_int(struct stmt *s, int at);

/* Rows changed by the last statement. */
int64_t db_changes(struct db *db);
/* Another number after each change by this connection or by any other. */
MUST_USE bool db_state(struct db *db, uint64_t *out, struct err *e);

#endif
