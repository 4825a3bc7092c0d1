/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/data_words.h"
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

static str said_text(const char *column, str text) {
    static const struct {
        const char *column;
        enum data_word_kind kind;
    } words[] = {{"severity", WORD_SEVERITY}, {"status", WORD_STATUS}, {"sector", WORD_SECTOR}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(column, words[i].column) == 0)
            return data_word(words[i].kind, text);
    return text;
}

static str shown(struct arena *a, const struct reach_column *column, const struct reach_cell *c, bool wrap) {
    if (!c->given)
        return S("");
    switch (column->kind) {
    case COLUMN_TEXT: return said_text(column->key, c->text);
    case COLUMN_NUMBER: return grouped(a, (double)c->number);
    case COLUMN_SCORE: return arena_printf(a, "%lld.%lld", (long long)c->number / 10, (long long)c->number % 10);
    case COLUMN_SHARE:
        return arena_printf(a, "%lld.%lld %%", (long long)c->number / 100, (long long)c->number / 10 % 10);
    case COLUMN_FLAG: return str_of(c->number ? _("yes") : _("no"));
    case COLUMN_TIME: return str_upto(time_rfc3339(a, c->number), 10);
    case COLUMN_LIST: return cell_joined(a, c, wrap ? ", " : " ");
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
