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
};
extern const struct store_schema store_schemas[]; /* by name and version; ends with {0} */
extern const unsigned store_query_count, store_load_count;

/* An engine fills these. `of` is its own state. */
struct engine {
    enum store_engine kind;
    void (*close)(void *of);
    bool (*exec)(void *of, const char *sql, struct err *e);   /* one or more statements without results */
    bool (*has_schema)(void *of, bool *there, struct err *e); /* the table schema_part is there */
    bool (*begin)(void *of, bool write, struct err *e);
    bool (*commit)(void *of, struct err *e);
    void (*rollback)(void *of);
    bool (*ask)(void *of, const struct query *q, struct ask **out, struct err *e);
    bool (*step)(struct ask *q, bool *row, struct err *e);
    bool (*send)(struct ask *q, struct err *e);
    void (*end)(struct ask *q);
    void (*bind)(struct ask *q, int at, char kind, int64_t i, str s, double r); /* kind: i, t, b, r, n */
    int64_t (*col_int)(struct ask *q, int at);
    str (*col_str)(struct ask *q, int at, bool blob);
    double (*col_real)(struct ask *q, int at);
    bool (*col_null)(struct ask *q, int at);
    bool (*load_begin)(void *of, const struct load *l, struct loading **out, struct err *e);
    void (*load_value)(struct loading *l, char kind, int64_t i, str s, double r);
    bool (*load_row)(struct loading *l, struct err *e);
    bool (*load_end)(struct loading *l, struct err *e);
    /* Names of the tables of the views, and a text that selects all of one in a fixed order. */
    bool (*dump)(void *of, struct buf *out, struct err *e);
    bool (*bytes)(void *of, uint64_t *out, struct err *e);
};
/* Every struct ask and struct loading begins with its engine. */
struct ask {
    const struct engine *engine;
};
struct loading {
    const struct engine *engine;
};
struct store {
    struct ctx *ctx;
    const struct engine *engine;
    void *of;
};

MUST_USE bool sqlite_engine_open(struct ctx *c, str where, enum store_use use, struct store *s, struct err *e);
/* Versions of the parts of the schema as they stand in the store; 0 = not there. */
MUST_USE bool store_schema_apply(struct store *s, str where, enum store_use use, struct err *e);

#endif
