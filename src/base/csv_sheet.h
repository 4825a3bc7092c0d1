/* SPDX-License-Identifier: Apache-2.0
 *
 * Somebody's spreadsheet, saved as CSV, that is to be handed back as it came: cells that nobody changed are written
 * with the very bytes they were read with, in the sheet's own encoding, separator, quotes and line ends.
 *
 * UTF-8 with or without a byte order mark, UTF-16 with one, Shift_JIS as Microsoft writes it (CP932); cells between
 * commas, tabs or semicolons, whichever the first rows have most of.
 */
#ifndef AKASHI_BASE_CSV_SHEET_H
#define AKASHI_BASE_CSV_SHEET_H

#include "base/ctx.h"

enum { SHEET_COLUMNS = 2000, SHEET_CELLS = 4000000 };

struct sheet_cell {
    str raw;  /* as it stands in the file */
    str text; /* what it says, in UTF-8, without quotes */
    str now;  /* p != NULL: what is written instead */
};
struct sheet_row {
    VEC(struct sheet_cell) cells;
    str end;       /* of its line: "\r\n", "\n" or "" */
    uint32_t line; /* where it begins in the file */
};
struct csv_sheet {
    str where;
    const char *charset; /* "UTF-8", "UTF-16LE", "UTF-16BE", "CP932" */
    bool mark;           /* a byte order mark stands in front */
    char separator;
    VEC(struct sheet_row) rows;
    uint32_t columns; /* of its widest row */
};
/* ERR_INPUT with the line: what is no text, a quotation mark that is not closed; ERR_LIMIT: too many cells. */
MUST_USE bool csv_sheet_read(struct arena *a, str bytes, str where, struct csv_sheet *out, struct err *e);
/* What a cell says; "" where the row is too short. */
str csv_sheet_text(const struct csv_sheet *s, uint32_t row, uint32_t column);
/* Fills a cell; a row that is too short grows. */
void csv_sheet_put(struct arena *a, struct csv_sheet *s, uint32_t row, uint32_t column, str text);
/* Appends it. *replaced: characters that the encoding has no place for, written as 〓 (as printers do). */
MUST_USE bool csv_sheet_write(struct arena *a, const struct csv_sheet *s, struct buf *out, uint32_t *replaced,
                              struct err *e);

#endif
