/* SPDX-License-Identifier: Apache-2.0
 *
 * Questionnaires of others: what nobody changed is written with the very bytes it was read with; a cell that was filled
 * is read again as what was put there, and no other cell changes; maps and heads are found or refused with a reason.
 */
#include <stdlib.h>

#include "conform/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static str written(struct arena *a, const struct csv_sheet *s, bool *ok) {
    struct buf b = {0};
    uint32_t replaced;
    *ok = csv_sheet_write(a, s, &b, &replaced, NULL);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static void check_filled(struct arena *a, struct csv_sheet *s, size_t size) {
    struct csv_sheet again;
    bool ok;
    uint32_t row = (uint32_t)(size % s->rows.n), column = (uint32_t)(size % (s->columns + 1));
    csv_sheet_put(a, s, row, column, S("=a, \"b\";\tc"));
    str text = written(a, s, &ok);
    if (!ok || column == 0) /* a row may have been empty: then nothing says where it is */
        return;
    struct err e = {0};
    bool read = csv_sheet_read(a, text, S("again"), &again, &e);
    /* What was filled may tip the balance of a sheet whose cells have as many commas as semicolons. */
    if (!again.charset || again.separator != s->separator || strcmp(again.charset, s->charset) != 0)
        return;
    check(read);
    check(again.rows.n == s->rows.n);
    check(str_is(csv_sheet_text(&again, row, column), "=a, \"b\";\tc"));
    for (uint32_t n = 0; n < s->rows.v[row].cells.n; n++)
        if (n != column)
            check(str_eq(csv_sheet_text(&again, row, n), csv_sheet_text(s, row, n)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct csv_sheet s;
    struct answer_map m;
    struct answer_columns columns;
    struct err e = {0};
    str text = str_n((const char *)data, size);
    ctx_init(&c);
    if (csv_sheet_read(a, text, S("sheet"), &s, &e)) {
        bool ok;
        str back = written(a, &s, &ok);
        check(strcmp(s.charset, "UTF-8") != 0 || (ok && str_eq(back, text)));
        check(strcmp(s.charset, "CP932") != 0 || (ok && str_eq(back, text)));
        if (!answer_columns_find(a, &s, NULL, 0, &columns, &e))
            check(e.kind == ERR_INPUT);
        if (s.rows.n)
            check_filled(a, &s, size);
    } else {
        check(e.kind != ERR_NONE && e.where[0]);
    }
    e = (struct err){0};
    if (answer_map_read(&c, a, text, S("map"), &m, &e))
        check(m.questions.n > 0);
    else
        check(e.kind != ERR_NONE && e.what[0]);
    arena_free(a);
    ctx_free(&c);
    return 0;
}
