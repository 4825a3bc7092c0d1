/* SPDX-License-Identifier: Apache-2.0 */
#include "vuln/csv.h"

/* A quoted field from behind its first quote; *rest is left behind the last one. */
static str quoted(struct arena *a, str *rest) {
    size_t end = 0;
    bool doubled = false;
    while (end < rest->n && (rest->p[end] != '"' || (end + 1 < rest->n && rest->p[end + 1] == '"'))) {
        doubled = doubled || rest->p[end] == '"';
        end += rest->p[end] == '"' ? 2 : 1;
    }
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

bool csv_next(struct arena *a, str *rest, struct csv_row *row) {
    row->n = 0;
    if (!rest->n)
        return false;
    for (;;) {
        str field;
        if (rest->n && rest->p[0] == '"') {
            *rest = str_from(*rest, 1);
            field = quoted(a, rest);
            (void)plain(rest);
        } else {
            field = plain(rest);
        }
        if (row->n < CSV_FIELDS)
            row->v[row->n++] = field;
        bool more = rest->n && rest->p[0] == ',';
        *rest = str_from(*rest, 1);
        if (!more)
            return true;
    }
}

uint32_t csv_column(const struct csv_row *header, const char *name) {
    for (uint32_t i = 0; i < header->n; i++)
        if (str_ieq(header->v[i], str_of(name)))
            return i;
    return CSV_FIELDS;
}
