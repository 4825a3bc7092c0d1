/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"
#include "impact/answer.h"

static str number_text(struct arena *a, int64_t n) {
    char digits[20];
    size_t at = sizeof digits;
    uint64_t v = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    do
        digits[--at] = (char)('0' + v % 10);
    while (v /= 10);
    if (n < 0)
        digits[--at] = '-';
    return arena_str(a, str_n(digits + at, sizeof digits - at));
}

str cell_joined(struct arena *a, const struct reach_cell *c, const char *between) {
    struct buf b = {0};
    for (uint32_t i = 0; i < c->n; i++) {
        buf_addz(&b, i ? between : "");
        buf_add(&b, c->list[i]);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

/* n / scale in as few digits as it takes, as a JSON number is written. */
static str decimal(struct arena *a, int64_t n, int64_t scale) {
    int64_t rest = n % scale;
    str whole = number_text(a, n / scale);
    if (!rest)
        return whole;
    char *p = arena_room(a, whole.n + 22);
    size_t at = whole.n;
    memcpy(p, whole.p, whole.n);
    p[at++] = '.';
    for (; rest; rest = rest * 10 % scale)
        p[at++] = (char)('0' + rest * 10 / scale);
    return str_n(p, at);
}

static str score_text(struct arena *a, int64_t n) {
    return arena_printf(a, "%lld.%lld", (long long)n / 10, (long long)n % 10);
}
static str share_text(struct arena *a, int64_t n) {
    return arena_printf(a, "%lld.%04lld", (long long)n / 10000, (long long)n % 10000);
}

/* ── JSON ── */

void cells_json(struct arena *a, struct jw *w, const struct reach_column *columns, const struct reach_cell *cells) {
    jw_obj(w);
    for (uint32_t i = 0; columns[i].key; i++) {
        const struct reach_cell *c = &cells[i];
        if (!c->given)
            continue;
        switch (columns[i].kind) {
        case COLUMN_TEXT: jw_kstr(w, columns[i].key, c->text); break;
        case COLUMN_NUMBER: jw_kint(w, columns[i].key, c->number); break;
        case COLUMN_SCORE:
            jw_key(w, str_of(columns[i].key));
            jw_raw(w, decimal(a, c->number, 10));
            break;
        case COLUMN_SHARE:
            jw_key(w, str_of(columns[i].key));
            jw_raw(w, decimal(a, c->number, 10000));
            break;
        case COLUMN_FLAG: jw_kbool(w, columns[i].key, c->number != 0); break;
        case COLUMN_TIME: jw_kstr(w, columns[i].key, time_rfc3339(a, c->number)); break;
        case COLUMN_LIST:
            jw_karr(w, columns[i].key);
            for (uint32_t k = 0; k < c->n; k++)
                jw_str(w, c->list[k]);
            jw_arr_end(w);
            break;
        }
    }
    jw_obj_end(w);
}

/* ── RFC 4180 ── */

void cells_csv_head(struct buf *b, const struct reach_column *columns) {
    for (uint32_t i = 0; columns[i].key; i++)
        csv_write(b, i == 0, str_of(columns[i].key));
    buf_addz(b, "\r\n");
}

static str plain(struct arena *a, const struct reach_column *column, const struct reach_cell *c) {
    if (!c->given)
        return S("");
    switch (column->kind) {
    case COLUMN_TEXT: return c->text;
    case COLUMN_NUMBER: return number_text(a, c->number);
    case COLUMN_SCORE: return score_text(a, c->number);
    case COLUMN_SHARE: return share_text(a, c->number);
    case COLUMN_FLAG: return c->number ? S("true") : S("false");
    case COLUMN_TIME: return time_rfc3339(a, c->number);
    case COLUMN_LIST: return c->n == 1 ? c->list[0] : cell_joined(a, c, "; ");
    }
    return S("");
}

void cells_csv_row(struct arena *a, struct buf *b, const struct reach_column *columns, const struct reach_cell *cells) {
    for (uint32_t i = 0; columns[i].key; i++)
        csv_write(b, i == 0, plain(a, &columns[i], &cells[i]));
    buf_addz(b, "\r\n");
}
