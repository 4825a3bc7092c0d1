/* SPDX-License-Identifier: Apache-2.0
 *
 * Parties, products, deployments and services as sheets: CSV with a row for each thing. The heads of columns are "id"
 * and the names of the fields, in English or in Japanese, in any order; a sheet that lacks a column says nothing about
 * that field. UTF-8 (with or without byte order mark), UTF-16 and Shift_JIS are understood.
 */
#ifndef AKASHI_IMPACT_THINGS_CSV_H
#define AKASHI_IMPACT_THINGS_CSV_H

#include "impact/things_form.h"

struct sheet_row {
    struct form form;
    uint32_t line;
};
struct sheet {
    enum thing_kind kind;
    str where;
    bool given[FIELDS_MOST]; /* fields that have a column */
    VEC(struct sheet_row) rows;
    VEC(struct err) faults; /* of rows that were left out: file:line, column, what, what to do */
    uint64_t faulty;        /* rows left out; faults has the first hundred */
};
/* False when it cannot be read as a sheet at all: no head that is known, no id column, an unknown charset. Rows that
 * say the same as an earlier one are left out; one that says something else of the same thing is a fault. */
MUST_USE bool sheet_read(struct ctx *c, struct arena *a, enum thing_kind kind, str text, str where, struct sheet *out,
                         struct err *e);

/* The head, and one row. */
void sheet_head(struct buf *b, enum thing_kind kind, bool japanese);
void sheet_line(struct buf *b, const struct form *f);

#endif
