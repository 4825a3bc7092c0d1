/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/keytext_form.h"

#include "base/wire.h"

#define MAGIC "AkK1"

void keytext_form_write(const struct key_text *k, struct buf *b) {
    buf_addz(b, MAGIC);
    wire_put_number(b, k->form);
    wire_put_number(b, k->key.kind);
    wire_put_text(b, str_n((const char *)k->key.bytes, k->key.n));
    wire_put_text(b, k->name.p && !str_utf8_ok(k->name) ? S("?") : k->name);
}

bool keytext_form_take(str bytes, struct key_text *out, struct err *e) {
    struct wire w = {.rest = str_from(bytes, 4), .bad = !str_starts(bytes, S(MAGIC))};
    *out = (struct key_text){.form = (enum key_form)wire_number(&w, KEY_JWK)};
    enum sig_kind kind = (enum sig_kind)wire_number(&w, SIG_ML_DSA_44);
    str key = wire_bytes(&w, PUBKEY_MOST);
    out->name = wire_text(&w, SIZE_MAX);
    if (wire_end(&w) && key.p && pubkey_of(kind, key, &out->key))
        return true;
    *out = (struct key_text){0};
    return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", _("what was read from this document came damaged"));
}
