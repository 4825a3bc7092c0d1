/* SPDX-License-Identifier: Apache-2.0
 *
 * Sheets of things: what is taken from one, written and read again says the same; what is stated of it comes back.
 */
#include <stdlib.h>

#include "impact/things_csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int ok) {
    if (!ok)
        abort();
}

static void check_round(struct ctx *c, struct arena *a, const struct sheet *s) {
    struct buf b = {0};
    struct sheet again;
    struct err e = {0};
    sheet_head(&b, s->kind, s->rows.n % 2);
    for (uint32_t i = 0; i < s->rows.n; i++)
        sheet_line(&b, &s->rows.v[i].form);
    check(sheet_read(c, a, s->kind, buf_str(&b), S("again"), &again, &e));
    check(again.rows.n == s->rows.n && again.faulty == 0);
    for (uint32_t i = 0; i < s->rows.n; i++)
        check(form_same(&again.rows.v[i].form, &s->rows.v[i].form));
    buf_free(&b);
}

/* A predicate made of the form gives the form back. */
static void check_predicate(struct ctx *c, struct arena *a, const struct form *f) {
    struct json doc;
    struct form back;
    struct err e = {0};
    check(json_parse(c, a, form_predicate(a, f, 1), JSON_STRICT, S("form"), &doc, &e));
    form_of_predicate(c, a, f->kind, doc.root, &back);
    check(form_same(f, &back));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct ctx c;
    struct arena *a = arena_new();
    struct sheet s;
    struct err e = {0};
    ctx_init(&c);
    if (size && sheet_read(&c, a, (enum thing_kind)(data[0] % 4), str_n((const char *)data + 1, size - 1), S("sheet"),
                           &s, &e)) {
        check_round(&c, a, &s);
        for (uint32_t i = 0; i < s.rows.n; i++)
            check_predicate(&c, a, &s.rows.v[i].form);
    } else if (size) {
        check(e.kind != ERR_NONE && e.what[0]);
    }
    arena_free(a);
    ctx_free(&c);
    return 0;
}
