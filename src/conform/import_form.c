/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/import_form.h"

#include "base/wire.h"

#define MAGIC_CATALOGUE "AkC1"
#define MAGIC_SHEET "AkG1"
enum { LEVEL_MOST = 4, ROW_LEAST = 4 * 4 };

static bool damaged(struct err *e) {
    return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("what was read from this document came damaged"));
}

/* ── a catalogue ── */

void import_form_write(const struct catalogue_import *x, struct buf *b) {
    buf_addz(b, MAGIC_CATALOGUE);
    wire_put_text(b, str_of(x->format));
    wire_put_text(b, x->json);
}

static const char *format_of(str word) {
    static const char *const own[] = {"akashi", "csv"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (str_is(word, own[i]))
            return own[i];
    for (const struct import_format *const *f = import_formats; *f; f++)
        if (str_is(word, (*f)->name))
            return (*f)->name;
    return NULL;
}

bool import_form_take(str bytes, struct catalogue_import *out, struct err *e) {
    struct wire w = {.rest = str_from(bytes, 4), .bad = !str_starts(bytes, S(MAGIC_CATALOGUE))};
    out->format = format_of(wire_text(&w, SIZE_MAX));
    out->json = wire_text(&w, SIZE_MAX);
    return (wire_end(&w) && out->format && out->json.n) || damaged(e);
}

/* ── a sheet ── */

static void put_text(struct buf *b, str s) { wire_put_text(b, str_utf8_ok(s) ? s : S("?")); }

void gap_form_write(const struct hads *v, struct buf *b) {
    buf_addz(b, MAGIC_SHEET);
    wire_put_number(b, v->n);
    for (uint32_t i = 0; i < v->n; i++) {
        wire_put_number(b, v->v[i].line);
        wire_put_number(b, (uint32_t)(v->v[i].level + 1));
        put_text(b, v->v[i].catalogue.p ? v->v[i].catalogue : S(""));
        put_text(b, v->v[i].id.p ? v->v[i].id : S(""));
    }
}

bool gap_form_take(struct arena *a, str bytes, struct hads *out, struct err *e) {
    struct wire w = {.rest = str_from(bytes, 4), .bad = !str_starts(bytes, S(MAGIC_SHEET))};
    *out = (struct hads){0};
    for (uint32_t n = wire_count(&w, ROW_LEAST); n && !w.bad; n--) {
        struct had *h = vec_push(a, out);
        h->line = wire_number(&w, UINT32_MAX);
        h->level = (int)wire_number(&w, LEVEL_MOST + 1) - 1;
        h->catalogue = wire_text(&w, SIZE_MAX);
        h->id = wire_text(&w, SIZE_MAX);
        w.bad = w.bad || !h->catalogue.p || !h->id.p;
    }
    if (wire_end(&w))
        return true;
    *out = (struct hads){0};
    return damaged(e);
}
