/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"
#include "cli/impact.h"

str grouped(struct arena *a, double n) {
    str digits = arena_printf(a, "%.0f", n < 0 ? 0 : n);
    struct buf b = {0};
    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0)
            buf_addc(&b, ',');
        buf_addc(&b, digits.p[i]);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

uint32_t impact_columns(const struct reach_column *columns, struct column *out) {
    uint32_t n = 0;
    for (; columns->key; columns++)
        if (columns->head)
            out[n++] = (struct column){.head = columns->head,
                                       .right = columns->kind == COLUMN_NUMBER,
                                       .shrink = columns->shrink,
                                       .wrap = columns->wrap,
                                       .spare = columns->spare,
                                       .tail = columns->tail};
    return n;
}

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

static str joined(struct arena *a, const struct reach_cell *c, const char *between) {
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

static str shown(struct arena *a, const struct reach_column *column, const struct reach_cell *c, bool wrap) {
    if (!c->given)
        return S("");
    switch (column->kind) {
    case COLUMN_TEXT: return c->text;
    case COLUMN_NUMBER: return grouped(a, (double)c->number);
    case COLUMN_SCORE: return score_text(a, c->number);
    case COLUMN_SHARE:
        return arena_printf(a, "%lld.%lld %%", (long long)c->number / 100, (long long)c->number / 10 % 10);
    case COLUMN_FLAG: return str_of(c->number ? _("yes") : _("no"));
    case COLUMN_TIME: return str_upto(time_rfc3339(a, c->number), 10);
    case COLUMN_LIST: return joined(a, c, wrap ? ", " : " ");
    }
    return S("");
}

void impact_table_row(struct cli *cli, struct table *t, const struct reach_column *columns,
                      const struct reach_cell *cells) {
    table_row(t);
    for (uint32_t i = 0; columns[i].key; i++) {
        if (!columns[i].head)
            continue;
        uint32_t from = !cells[i].given && columns[i].instead ? columns[i].instead - 1U : i;
        table_cell(t, arena_str(cli->arena, shown(cli->arena, &columns[from], &cells[from], columns[i].wrap)),
                   CELL_PLAIN);
    }
}

void impact_json_row(struct arena *a, struct jw *w, const struct reach_column *columns,
                     const struct reach_cell *cells) {
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

void impact_csv_head(struct buf *b, const struct reach_column *columns) {
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
    case COLUMN_LIST: return c->n == 1 ? c->list[0] : joined(a, c, "; ");
    }
    return S("");
}

void impact_csv_row(struct arena *a, struct buf *b, const struct reach_column *columns,
                    const struct reach_cell *cells) {
    for (uint32_t i = 0; columns[i].key; i++)
        csv_write(b, i == 0, plain(a, &columns[i], &cells[i]));
    buf_addz(b, "\r\n");
}
