/* SPDX-License-Identifier: Apache-2.0
 *
 * Between store.c and the engines.
 */
#ifndef AKASHI_STORE_STORE_INNER_H
#define AKASHI_STORE_STORE_INNER_H

#include "store/store.h"

struct store_schema { /* brings part `name` from version - 1 to version */
    const char *name;
    int version;
    const char *sql[2];
    bool anew; /* views of before are made anew: all tables are dropped first */
};
extern const struct store_schema store_schemas[]; /* by name and version; ends with {0} */
extern const unsigned store_query_count, store_load_count;
/* By number: what PostgreSQL is asked whose tables lie on several servers, and where Citus spreads them; NULL: the
 * same. */
struct query_layouts {
    const char *nodes, *citus;
};
extern const struct query_layouts store_query_layouts[];
/* Parts whose tables hold kept answers; ends with NULL. */
extern const char *const store_caches[];
/* Engines have room for so many more, numbered behind those: a test's own. */
enum { STORE_SPARE = 24 };
static inline unsigned store_queries(void) { return store_query_count + STORE_SPARE; }
static inline unsigned store_loads(void) { return store_load_count + STORE_SPARE; }

/* Tables that may be cut into parts, by the hash of a column of their key. */
struct store_distributed {
    const char *table, *column;
};
extern const struct store_distributed store_distributed[]; /* ends with {0} */

/* An engine fills these. `of` is its own state. Values: kind i, t, b, r; a text or blob without an address is NULL,
 * kind n is NULL of no kind. */
struct engine {
    enum store_engine kind;
    void (*close)(void *of);
    bool (*exec)(void *of, const char *sql, struct err *e);   /* one or more statements without results */
    bool (*has_schema)(void *of, bool *there, struct err *e); /* the table schema_part is there */
    bool (*begin)(void *of, bool write, struct err *e);
    bool (*commit)(void *of, struct err *e);
    void (*rollback)(void *of);
    bool (*ask)(void *of, const struct query *q, struct ask **out, struct err *e);
    /* A statement made up at run time; the next one ends it. */
    bool (*ask_once)(void *of, const char *sql, struct ask **out, struct err *e);
    bool (*step)(struct ask *q, bool *row, struct err *e);
    bool (*send)(struct ask *q, struct err *e);
    void (*end)(struct ask *q);
    void (*bind)(struct ask *q, int at, char kind, int64_t i, str s, double r);
    int64_t (*col_int)(struct ask *q, int at);
    str (*col_str)(struct ask *q, int at, bool blob);
    double (*col_real)(struct ask *q, int at);
    bool (*col_null)(struct ask *q, int at);
    bool (*load_begin)(void *of, const struct load *l, struct loading **out, struct err *e);
    void (*load_value)(struct loading *l, char kind, int64_t i, str s, double r);
    bool (*load_row)(struct loading *l, struct err *e);
    bool (*load_end)(struct loading *l, struct err *e);
    /* Rows (table, column, kind) of the tables of the views, by table and place. */
    const char *columns;
    /* What goes behind a text column that is sorted. */
    const char *sorted_text;
    bool (*bytes)(void *of, uint64_t *out, struct err *e);
    /* A copy of what is committed, before the schema changes, and its removal; NULL where a transaction undoes that
     * too. *where: how to call it in a message. Called inside a transaction. */
    bool (*copy)(void *of, str *where, struct err *e);
    void (*copy_remove)(void *of);
    void (*carry)(void *of); /* store_carry(); may be NULL */
    /* False with an error where a part of the schema cannot go forward as it lies now, or with `anew` all tables cannot
     * be dropped without what lays them out; may be NULL. */
    bool (*may_change)(void *of, bool anew, struct err *e);
};
/* Every struct ask and struct loading begins with these. */
struct ask {
    const struct engine *engine;
    struct store *store;
};
struct loading {
    const struct engine *engine;
    struct store *store;
};
struct store {
    struct ctx *ctx;
    const struct engine *engine;
    void *of;
    const struct store_schema *schemas;
    struct arena *mended;     /* texts that had to be made UTF-8, for the time of a transaction */
    char shown[400];          /* where, without a password */
    bool inside;              /* a transaction */
    bool absent;              /* nothing was ever made there: why it could not be opened for reading */
    int64_t mark;             /* of the schema we opened; 0: whatever is there */
    uint64_t asked;           /* questions and statements since it was opened */
    uint64_t moment, moments; /* of the stretch of reading we are in, 0: none; how many there were */
};

/* With another schema than the program's, for tests; NULL: whatever is there. */
MUST_USE bool store_open_schemas(struct ctx *c, str where, enum store_use use, const struct store_schema *schemas,
                                 struct store **out, struct err *e);
/* store_spread() of these tables. */
MUST_USE bool store_spread_schemas(struct ctx *c, str where, const struct store_layout *l,
                                   const struct store_schema *schemas, const struct store_distributed *tables,
                                   struct err *e);
/* They set engine, of and shown; after a failure absent. */
MUST_USE bool sqlite_engine_open(struct ctx *c, str where, enum store_use use, struct store *s, struct err *e);
MUST_USE bool postgres_engine_open(struct ctx *c, str where, enum store_use use, struct store *s, struct err *e);
bool postgres_is_address(str where);
/* Brings the schema forward, or says why not. */
MUST_USE bool store_schema_apply(struct store *s, enum store_use use, struct err *e);
/* Inside a transaction: that the schema is still the one we opened. Another process may have brought it forward since,
 * and what we would read and write then means something else. */
MUST_USE bool store_schema_same(struct store *s, struct err *e);
/* One statement of ours that has no results. */
MUST_USE bool store_exec(struct store *s, const char *sql, struct err *e);

#endif
