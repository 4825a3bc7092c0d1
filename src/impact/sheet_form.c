/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/sheet_form.h"

#include "base/wire.h"

#define MAGIC "AkS1"
enum { ROW_LEAST = 8, FAULT_LEAST = 16, TEXT_MOST = 1 << 20 };

static void put_row(struct buf *b, const struct sheet *s, const struct sheet_row *row) {
    wire_put_number(b, row->line);
    wire_put_text(b, row->form.id);
    for (uint32_t i = 0; i < FIELDS_MOST; i++)
        if (s->given[i])
            wire_put_text(b, row->form.v[i]);
}

void sheet_write(const struct sheet *s, struct buf *b) {
    uint32_t given = 0;
    for (uint32_t i = 0; i < FIELDS_MOST; i++)
        given |= (uint32_t)s->given[i] << i;
    buf_addz(b, MAGIC);
    wire_put_number(b, s->kind);
    wire_put_number(b, given);
    wire_put_number(b, s->rows.n);
    for (uint32_t i = 0; i < s->rows.n; i++)
        put_row(b, s, &s->rows.v[i]);
    wire_put_wide(b, s->faulty);
    wire_put_number(b, s->faults.n);
    for (uint32_t i = 0; i < s->faults.n; i++)
        wire_put_err(b, &s->faults.v[i]);
}

/* What field_take() makes of it must be itself. */
static str take_cell(struct ctx *c, struct arena *a, struct wire *w, const struct field *f) {
    str text = wire_text(w, TEXT_MOST), canonical = {NULL, 0};
    if (!text.p)
        return text;
    w->bad = w->bad || !field_take(c, a, f, text, &canonical, NULL) || !str_eq(text, canonical);
    return w->bad ? (str){NULL, 0} : text;
}

static void take_row(struct ctx *c, struct arena *a, struct wire *w, const struct sheet *s, struct sheet_row *out) {
    const struct thing_shape *shape = &thing_shapes[s->kind];
    *out = (struct sheet_row){.line = wire_number(w, UINT32_MAX), .form.kind = s->kind};
    out->form.id = wire_text(w, TEXT_MOST);
    w->bad = w->bad || !thing_id_ok(out->form.id);
    for (uint32_t i = 0; i < shape->n && !w->bad; i++)
        if (s->given[i])
            out->form.v[i] = take_cell(c, a, w, &shape->fields[i]);
}

bool sheet_take(struct ctx *c, struct arena *a, str bytes, struct sheet *out, struct err *e) {
    struct wire w = {.rest = str_from(bytes, 4), .bad = !str_starts(bytes, S(MAGIC))};
    *out = (struct sheet){.kind = (enum thing_kind)wire_number(&w, THING_SERVICE)};
    uint32_t given = wire_number(&w, (1U << thing_shapes[out->kind].n) - 1);
    for (uint32_t i = 0; i < FIELDS_MOST; i++)
        out->given[i] = given >> i & 1;
    for (uint32_t n = wire_count(&w, ROW_LEAST), i = 0; i < n && !w.bad; i++)
        take_row(c, a, &w, out, vec_push(a, &out->rows));
    out->faulty = wire_wide(&w);
    for (uint32_t n = wire_count(&w, FAULT_LEAST), i = 0; i < n && !w.bad; i++)
        wire_err(&w, vec_push(a, &out->faults));
    if (wire_end(&w))
        return true;
    *out = (struct sheet){0};
    return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("what was read from this document came damaged"));
}
