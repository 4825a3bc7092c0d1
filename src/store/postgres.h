/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of the PostgreSQL engine. One connection does one thing at a time: a question whose rows are still
 * arriving is taken into memory (pg_quiet) before the next thing is sent.
 */
#ifndef AKASHI_STORE_POSTGRES_H
#define AKASHI_STORE_POSTGRES_H

#include <libpq-fe.h>

#include "store/store_inner.h"

/* libpq brings TLS, Kerberos and LDAP along, which those who keep their views in a file need not wait for: it is loaded
 * when an address asks for it. Each line: X(field, result, arguments), for the function PQfield. */
#define PQ_CALLS(X)                                                                                                    \
    X(conninfoParse, PQconninfoOption *, (const char *, char **))                                                      \
    X(conninfoFree, void, (PQconninfoOption *))                                                                        \
    X(freemem, void, (void *))                                                                                         \
    X(connectdbParams, PGconn *, (const char *const *, const char *const *, int))                                      \
    X(finish, void, (PGconn *))                                                                                        \
    X(status, ConnStatusType, (const PGconn *))                                                                        \
    X(transactionStatus, PGTransactionStatusType, (const PGconn *))                                                    \
    X(user, char *, (const PGconn *))                                                                                  \
    X(pass, char *, (const PGconn *))                                                                                  \
    X(errorMessage, char *, (const PGconn *))                                                                          \
    X(serverVersion, int, (const PGconn *))                                                                            \
    X(setNoticeProcessor, PQnoticeProcessor, (PGconn *, PQnoticeProcessor, void *))                                    \
    X(exec, PGresult *, (PGconn *, const char *))                                                                      \
    X(execParams, PGresult *,                                                                                          \
      (PGconn *, const char *, int, const Oid *, const char *const *, const int *, const int *, int))                  \
    X(prepare, PGresult *, (PGconn *, const char *, const char *, int, const Oid *))                                   \
    X(sendPrepare, int, (PGconn *, const char *, const char *, int, const Oid *))                                      \
    X(sendQueryPrepared, int, (PGconn *, const char *, int, const char *const *, const int *, const int *, int))       \
    X(setSingleRowMode, int, (PGconn *))                                                                               \
    X(getResult, PGresult *, (PGconn *))                                                                               \
    X(clear, void, (PGresult *))                                                                                       \
    X(resultStatus, ExecStatusType, (const PGresult *))                                                                \
    X(resultErrorField, char *, (const PGresult *, int))                                                               \
    X(ntuples, int, (const PGresult *))                                                                                \
    X(nfields, int, (const PGresult *))                                                                                \
    X(ftype, Oid, (const PGresult *, int))                                                                             \
    X(getisnull, int, (const PGresult *, int, int))                                                                    \
    X(getlength, int, (const PGresult *, int, int))                                                                    \
    X(getvalue, char *, (const PGresult *, int, int))                                                                  \
    X(enterPipelineMode, int, (PGconn *))                                                                              \
    X(exitPipelineMode, int, (PGconn *))                                                                               \
    X(pipelineSync, int, (PGconn *))                                                                                   \
    X(putCopyData, int, (PGconn *, const char *, int))                                                                 \
    X(putCopyEnd, int, (PGconn *, const char *))

struct pq {
#define PQ_FIELD(name, result, arguments) result(*name) arguments;
    PQ_CALLS(PQ_FIELD)
#undef PQ_FIELD
};
MUST_USE bool pq_load(struct pq *out, struct err *e);

enum { PG_PARAMETERS = 32 };
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_NUMERIC = 1700
};

struct pg_value {
    char kind; /* 0: not given */
    char bytes[8];
    str s;
};
struct pg_ask {
    struct ask head;
    struct pg *of;
    const char *sql;
    char name[24]; /* of the prepared statement; "" when there is none */
    Oid types[PG_PARAMETERS];
    struct pg_value values[PG_PARAMETERS];
    int n_values;
    enum { PG_IDLE, PG_ARRIVING, PG_KEPT } state; /* rows come from the connection, or lie in `kept` */
    PGresult *row;                                /* the current one, when it came from the connection */
    Oid *columns;                                 /* their types */
    int n_columns;
    struct buf kept; /* rows one after another: for each column its length (-1 NULL) and bytes */
    size_t at, next; /* of the current row and the one behind, in kept */
    char scratch[32];
};
struct pg_loading {
    struct loading head;
    struct pg *of;
    const struct load *load;
    struct buf rows;
    int columns;
    bool open;
};
struct pg {
    struct pq k;
    PGconn *c;
    PQconninfoOption *options; /* the address taken apart: it holds the password */
    char schema[64], shown[400];
    enum store_use use;
    bool absent;                /* opened for reading, and nothing was ever made there */
    bool inside, reading, gone; /* gone: the server is not there any more; connect again when nothing is open */
    struct pg_ask *asks, once;
    struct pg_loading *loads;
    struct pg_ask *arriving;    /* whose rows are on the wire */
    unsigned waiting, sequence; /* statements sent whose answer was not looked at; for names */
    size_t waiting_bytes;
    bool nodes;    /* some partitions are on other servers */
    bool citus;    /* Citus keeps them on its workers */
    bool implicit; /* a reading transaction around questions that were asked outside of one */
};
extern const struct engine postgres_engine;

/* The error of a result (NULL: of the connection), and the end of the transaction. Returns false. */
bool pg_fail(struct pg *d, const PGresult *r, struct err *e);
/* Nothing is on the wire afterwards: arriving rows are kept, answers of sent statements were looked at. */
MUST_USE bool pg_quiet(struct pg *d, struct err *e);
/* The same, whatever the answers say. */
void pg_hush(struct pg *d);
/* Statements without results; the connection is quiet. */
MUST_USE bool pg_exec(struct pg *d, const char *sql, struct err *e);
/* Is there, or is made again when nothing is open. */
MUST_USE bool pg_awake(struct pg *d, struct err *e);
MUST_USE bool pg_connect(struct pg *d, struct err *e);
void pg_rollback(struct pg *d);
/* Around questions outside of a transaction where the answer comes from several servers: opened with the first, closed
 * when none is under way. */
MUST_USE bool pg_open_implicit(struct pg *d, struct err *e);
MUST_USE bool pg_close_implicit(struct pg *d, struct err *e);

bool pg_ask(void *of, const struct query *q, struct ask **out, struct err *e);
bool pg_ask_once(void *of, const char *sql, struct ask **out, struct err *e);
bool pg_step(struct ask *q, bool *row, struct err *e);
bool pg_send(struct ask *q, struct err *e);
void pg_end(struct ask *q);
void pg_bind(struct ask *q, int at, char kind, int64_t i, str s, double r);
int64_t pg_col_int(struct ask *q, int at);
str pg_col_str(struct ask *q, int at, bool blob);
double pg_col_real(struct ask *q, int at);
bool pg_col_null(struct ask *q, int at);
void pg_ask_free(struct pg_ask *a);
void pg_ask_forget(struct pg_ask *a); /* what was prepared is gone with the connection */

bool pg_load_begin(void *of, const struct load *l, struct loading **out, struct err *e);
void pg_load_value(struct loading *l, char kind, int64_t i, str s, double r);
bool pg_load_row(struct loading *l, struct err *e);
bool pg_load_end(struct loading *l, struct err *e);
MUST_USE bool pg_loads_flush(struct pg *d, struct err *e); /* those that were not ended */
void pg_loads_drop(struct pg *d);

/* Rows for a table whose parts lie elsewhere go through a table beside: foreign parts take them in batches then. */
bool pg_is_spread(const struct pg *d, const char *table);

/* An address for libpq, without what is ours in it (akashi_schema); schema gets that. */
MUST_USE bool pg_address(struct arena *a, str url, char *out_schema, size_t size, str *libpq, struct err *e);
/* For people: without user, password and query. */
str pg_shown(struct arena *a, str url);

#endif
