/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"

/* A quoted field from behind its first quote; *rest is left behind the last one. */
static str quoted(struct arena *a, str *rest, bool *open) {
    size_t end = 0;
    bool doubled = false;
    while (end < rest->n && (rest->p[end] != '"' || (end + 1 < rest->n && rest->p[end + 1] == '"'))) {
        doubled = doubled || rest->p[end] == '"';
        end += rest->p[end] == '"' ? 2 : 1;
    }
    *open = end >= rest->n;
    str field = str_upto(*rest, end);
    *rest = str_from(*rest, end + 1);
    if (!doubled)
        return field;
    char *p = arena_alloc(a, field.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < field.n; i++) {
        p[n++] = field.p[i];
        i += field.p[i] == '"';
    }
    return str_n(p, n);
}

static str plain(str *rest) {
    size_t end = 0;
    while (end < rest->n && rest->p[end] != ',' && rest->p[end] != '\n')
        end++;
    str field = str_upto(*rest, end);
    *rest = str_from(*rest, end);
    return str_trim(field);
}

static uint32_t lines_of(str text) {
    uint32_t n = 0;
    for (size_t at; (at = str_chr(text, '\n')) != STR_NONE; text = str_from(text, at + 1))
        n++;
    return n;
}

bool csv_next(struct arena *a, str *rest, struct csv_row *row) {
    str from = *rest;
    row->n = 0;
    row->open = false;
    if (!rest->n)
        return false;
    for (;;) {
        str field;
        if (rest->n && rest->p[0] == '"') {
            *rest = str_from(*rest, 1);
            field = quoted(a, rest, &row->open);
            (void)plain(rest);
        } else {
            field = plain(rest);
        }
        if (row->n < CSV_FIELDS)
            row->v[row->n++] = field;
        bool more = rest->n && rest->p[0] == ',';
        *rest = str_from(*rest, 1);
        if (!more)
            break;
    }
    row->lines = lines_of(str_upto(from, (size_t)(rest->p - from.p)));
    return true;
}

static bool like_formula(str s) {
    while (s.n && s.p[0] == '\'')
        s = str_from(s, 1);
    return s.n && memchr("=+-@\t\r", s.p[0], 6);
}

str csv_plain(str cell) { return str_starts(cell, S("'")) && like_formula(cell) ? str_from(cell, 1) : cell; }

void csv_write(struct buf *b, bool first, str cell) {
    bool quote = cell.n && (ch_space(cell.p[0]) || ch_space(cell.p[cell.n - 1]));
    for (size_t i = 0; i < cell.n && !quote; i++)
        quote = cell.p[i] == '"' || cell.p[i] == ',' || cell.p[i] == '\n' || cell.p[i] == '\r';
    if (!first)
        buf_addc(b, ',');
    if (quote)
        buf_addc(b, '"');
    if (like_formula(cell))
        buf_addc(b, '\'');
    if (!quote || !memchr(cell.p, '"', cell.n)) {
        buf_add(b, cell);
    } else {
        for (size_t i = 0; i < cell.n; i++) {
            if (cell.p[i] == '"')
                buf_addc(b, '"');
            buf_addc(b, cell.p[i]);
        }
    }
    if (quote)
        buf_addc(b, '"');
}

uint32_t csv_column(const struct csv_row *header, const char *name) {
    for (uint32_t i = 0; i < header->n; i++)
        if (str_ieq(header->v[i], str_of(name)))
            return i;
    return CSV_FIELDS;
}

bool csv_is_blank(const struct csv_row *row) {
    for (uint32_t i = 0; i < row->n; i++)
        if (str_trim(row->v[i]).n)
            return false;
    return true;
}
