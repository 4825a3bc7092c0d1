/* SPDX-License-Identifier: Apache-2.0
 *
 * The details behind the counts: lists of rows with named columns, a page or all of them, in an order that holds as
 * long as the moment asked about does. Whoever prints them goes by the columns.
 */
#ifndef AKASHI_IMPACT_REACH_ROWS_H
#define AKASHI_IMPACT_REACH_ROWS_H

#include "impact/reach.h"

enum reach_list {
    REACH_RELEASES, /* newest first */
    REACH_PRODUCTS,
    REACH_DEPLOYMENTS,
    REACH_CUSTOMERS,
    REACH_SERVICES, /* most at stake first */
    REACH_TOLD,     /* who has to be told, and why */
    REACH_LISTS
};
const char *reach_list_name(enum reach_list l); /* "releases" …; "tell" */
bool reach_list_parse(str word, enum reach_list *out);

enum column_kind {
    COLUMN_TEXT,
    COLUMN_NUMBER,
    COLUMN_SCORE, /* × 10 */
    COLUMN_SHARE, /* × 10,000 */
    COLUMN_FLAG,
    COLUMN_LIST,
    COLUMN_TIME
};
struct reach_column {
    const char *key;  /* in JSON and CSV */
    const char *head; /* N_(): in the table; NULL: not there */
    enum column_kind kind;
    uint8_t instead; /* 1 + the column shown in the table where this one is empty */
    bool shrink, wrap, tail, spare;
};
/* Ends with {0}. */
const struct reach_column *reach_columns(enum reach_list l);
enum { REACH_COLUMNS = 20 };

struct reach_cell {
    str text;
    int64_t number; /* also flags and times */
    const str *list;
    uint32_t n;
    bool given;
};
struct reach_page {
    enum reach_list list;
    uint64_t from, n; /* rows */
    bool paths;       /* through which components: reads the SBOMs of the rows */
};
uint64_t reach_rows_count(const struct reach *r, enum reach_list l);
/* Cells hold for the call. */
MUST_USE bool reach_rows(struct reach *r, const struct reach_page *page,
                         bool (*each)(void *arg, const struct reach_cell *cells, struct err *e), void *arg,
                         struct err *e);

#endif
