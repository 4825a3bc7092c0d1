/* SPDX-License-Identifier: Apache-2.0
 *
 * RFC 4180: fields in quotes may hold commas, line ends and doubled quotes. A spreadsheet takes a cell that begins with
 * = + - @ for a formula: such a cell is written with ' in front, which is taken off again where it is read with
 * csv_plain().
 */
#ifndef AKASHI_BASE_CSV_H
#define AKASHI_BASE_CSV_H

#include "base/arena.h"

enum { CSV_FIELDS = 32 }; /* more are read over */
struct csv_row {
    str v[CSV_FIELDS];
    uint32_t n;
    uint32_t lines; /* it takes, the end of its last line included */
    bool open;      /* the text ends within a quoted field */
};
/* Takes the next row of *rest; false at the end. Fields live in the arena or in the text. */
bool csv_next(struct arena *a, str *rest, struct csv_row *row);
/* Nothing but blanks in it. */
bool csv_is_blank(const struct csv_row *row);
/* Without the ' in front of what could be a formula. */
str csv_plain(str cell);
/* Appends a cell; the first of a row without a comma in front. */
void csv_write(struct buf *b, bool first, str cell);
/* Column of that name in a header row, any case; CSV_FIELDS when there is none. */
uint32_t csv_column(const struct csv_row *header, const char *name);
/* Field of a column; "" where the row is too short. */
static inline str csv_at(const struct csv_row *row, uint32_t column) {
    return column < row->n ? row->v[column] : S("");
}

#endif
