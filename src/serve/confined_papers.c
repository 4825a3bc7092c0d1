/* SPDX-License-Identifier: Apache-2.0
 *
 * Catalogues, sheets of what is met, and keys: both sides. Inside, what the other side reads again (a catalogue's JSON
 * of ours) is read here first.
 */
#include "base/file.h"
#include "base/wire.h"
#include "conform/import_form.h"
#include "seal/keytext_form.h"
#include "serve/confined_inner.h"

/* ── inside ── */

/* What it is to be called and what a profile chooses from come beside the document: id, then JSON of ours. */
bool read_catalogue(struct ctx *c, struct arena *a, const struct asked_for *q, struct buf *out, struct err *e) {
    struct catalogue_import x = {.where = q->name, .alone = true};
    struct catalogue k;
    struct wire more = {.rest = q->more};
    x.id = wire_text(&more, SIZE_MAX);
    str onto = wire_text(&more, SIZE_MAX);
    if (!text_unpack(c, a, q->text, q->name, &x.text, e))
        return false;
    if (onto.p) {
        if (!catalogue_read(c, a, onto, S("onto"), &k, e))
            return false;
        x.onto = arena_new_of(a, struct catalogue);
        *(struct catalogue *)(uintptr_t)x.onto = k;
    }
    if (!catalogue_import(c, a, &x, e) || !catalogue_read(c, a, x.json, x.where, &k, e))
        return false;
    import_form_write(&x, out);
    return true;
}

bool read_gap(struct arena *a, const struct asked_for *q, struct buf *out, struct err *e) {
    struct hads all = {0};
    if (!gap_read(a, q->text, q->name, &all, e))
        return false;
    gap_form_write(&all, out);
    return true;
}

bool read_key(struct ctx *c, struct arena *a, const struct asked_for *q, struct buf *out, struct err *e) {
    struct key_text k;
    if (!keytext_read(c, a, q->text, q->name, &k, e))
        return false;
    keytext_form_write(&k, out);
    return true;
}

/* ── outside ── */

bool readers_catalogue(struct readers *r, const struct reading_plan *plan, struct arena *a,
                       struct catalogue_import *out, struct err *e) {
    struct reading_plan p = *plan;
    struct buf more = {0}, b = {0};
    p.kind = READ_CATALOGUE;
    wire_put_text(&more, out->id);
    wire_put_text(&more, out->onto ? out->onto->text : (str){NULL, 0});
    p.more = buf_str(&more);
    bool ok = readers_converse(r, &p, FRAME_CATALOGUE, &b, e) && import_form_take(arena_str(a, buf_str(&b)), out, e);
    buf_free(&more);
    buf_free(&b);
    return ok;
}

bool readers_gap(struct readers *r, const struct reading_plan *plan, struct arena *a, struct hads *out, struct err *e) {
    struct reading_plan p = *plan;
    struct buf b = {0};
    p.kind = READ_GAP;
    bool ok = readers_converse(r, &p, FRAME_GAP, &b, e) && gap_form_take(a, arena_str(a, buf_str(&b)), out, e);
    buf_free(&b);
    return ok;
}

bool readers_key(struct readers *r, const struct reading_plan *plan, struct arena *a, struct key_text *out,
                 struct err *e) {
    struct reading_plan p = *plan;
    struct buf b = {0};
    p.kind = READ_KEY;
    bool ok = readers_converse(r, &p, FRAME_KEY, &b, e) && keytext_form_take(arena_str(a, buf_str(&b)), out, e);
    buf_free(&b);
    return ok;
}
