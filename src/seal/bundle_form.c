/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/bundle_form.h"

#include "base/digest.h"
#include "base/wire.h"

#define MAGIC "AkB1"

/* ── to bytes ── */

static void put_text(struct buf *b, str s) { wire_put_text(b, str_utf8_ok(s) ? s : S("?")); }

static void put_statement(struct buf *b, const struct bundled *s) {
    const struct dsse *d = &s->envelope;
    put_text(b, s->where);
    put_text(b, s->proof.n ? s->proof : (str){NULL, 0});
    put_text(b, d->payload_type.p ? d->payload_type : S(""));
    wire_put_text(b, d->payload.p ? d->payload : S(""));
    wire_put_number(b, d->signatures.n);
    for (uint32_t i = 0; i < d->signatures.n; i++) {
        put_text(b, d->signatures.v[i].keyid);
        wire_put_text(b, d->signatures.v[i].sig.p ? d->signatures.v[i].sig : S(""));
    }
}

void bundle_write(const struct bundle *x, struct buf *b) {
    buf_addz(b, MAGIC);
    wire_put_number(b, x->statements.n);
    for (uint32_t i = 0; i < x->statements.n; i++)
        put_statement(b, &x->statements.v[i]);
    wire_put_number(b, x->keys.n);
    for (uint32_t i = 0; i < x->keys.n; i++)
        put_text(b, x->keys.v[i].p ? x->keys.v[i] : S(""));
    wire_put_number(b, x->documents.n);
    for (uint32_t i = 0; i < x->documents.n; i++)
        wire_put_text(b, x->documents.v[i].bytes.p ? x->documents.v[i].bytes : S(""));
}

/* ── from bytes ── */

enum { BYTES_LEAST = 4, STATEMENT_LEAST = 5 * 4, SIGNATURE_LEAST = 2 * 4 };

static str needed(struct wire *w, str s) {
    w->bad = w->bad || !s.p;
    return s;
}

static void take_statement(struct arena *a, struct wire *w, struct bundled *s) {
    struct dsse *d = &s->envelope;
    *s = (struct bundled){.where = wire_text(w, SIZE_MAX)};
    s->proof = wire_text(w, SIZE_MAX);
    w->bad = w->bad || (s->proof.p && !s->proof.n);
    d->payload_type = needed(w, wire_text(w, SIZE_MAX));
    d->payload = needed(w, wire_bytes(w, SIZE_MAX));
    uint32_t n = wire_count(w, SIGNATURE_LEAST);
    w->bad = w->bad || n > DSSE_SIGNATURES_MOST;
    for (; n && !w->bad; n--) {
        struct dsse_signature *sig = vec_push(a, &d->signatures);
        sig->keyid = wire_text(w, SIZE_MAX);
        sig->sig = needed(w, wire_bytes(w, SIZE_MAX));
    }
    if (!w->bad)
        s->text = dsse_text(a, d);
}

bool bundle_take(struct arena *a, str bytes, struct bundle *out, struct err *e) {
    struct wire w = {.rest = str_from(bytes, 4), .bad = !str_starts(bytes, S(MAGIC))};
    *out = (struct bundle){0};
    for (uint32_t n = wire_count(&w, STATEMENT_LEAST); n && !w.bad; n--)
        take_statement(a, &w, vec_push(a, &out->statements));
    for (uint32_t n = wire_count(&w, BYTES_LEAST); n && !w.bad; n--)
        *vec_push(a, &out->keys) = needed(&w, wire_text(&w, SIZE_MAX));
    for (uint32_t n = wire_count(&w, BYTES_LEAST); n && !w.bad; n--) {
        struct bundle_document *d = vec_push(a, &out->documents);
        d->bytes = needed(&w, wire_bytes(&w, SIZE_MAX));
        if (!w.bad)
            digest_of(DIGEST_SHA256, d->bytes, d->sha256);
    }
    if (wire_end(&w))
        return true;
    *out = (struct bundle){0};
    return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("what was read from this document came damaged"));
}
