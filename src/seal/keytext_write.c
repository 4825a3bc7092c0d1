/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/keytext.h"
#include "seal/note.h"

const char *key_form_name(enum key_form f) {
    static const char *const names[] = {"pem", "vkey", "ssh", "der", "minisign", "jwk"};
    return names[f];
}

static void write_pem(struct arena *a, const struct pubkey *k, struct buf *b) {
    enum { LINE = 64 };
    str base64 = base64_text(a, pubkey_der(a, k));
    buf_addz(b, "-----BEGIN PUBLIC KEY-----\n");
    for (size_t at = 0; at < base64.n; at += LINE) {
        buf_add(b, str_upto(str_from(base64, at), LINE));
        buf_addc(b, '\n');
    }
    buf_addz(b, "-----END PUBLIC KEY-----\n");
}

static bool write_vkey(struct arena *a, const struct pubkey *k, str name, struct buf *b, struct err *e) {
    struct vkey v;
    enum note_use use = k->kind == SIG_ML_DSA_44 ? NOTE_ML_DSA_44 : NOTE_ED25519;
    if (k->kind == SIG_ECDSA_P256)
        return err_set(e, ERR_USAGE, (str){NULL, 0}, _("a key of kind %s has no such form"), sig_kind_name(k->kind));
    if (!vkey_of(a, name, use, k, &v))
        return err_set(e, ERR_USAGE, name, _("a verifier key needs a name without spaces and plus signs"));
    buf_add(b, vkey_text(a, &v));
    buf_addc(b, '\n');
    return true;
}

static void wire_string(struct buf *b, str s) {
    const unsigned char n[] = {0, 0, (unsigned char)(s.n >> 8), (unsigned char)s.n};
    buf_add(b, str_n((const char *)n, sizeof n));
    buf_add(b, s);
}

/* A comment must not begin a second line. */
static bool write_ssh(const struct pubkey *k, str name, struct buf *b, struct err *e) {
    struct buf wire = {0};
    str type = k->kind == SIG_ED25519 ? S("ssh-ed25519") : S("ecdsa-sha2-nistp256");
    if (k->kind == SIG_ML_DSA_44)
        return err_set(e, ERR_USAGE, (str){NULL, 0}, _("a key of kind %s has no such form"), sig_kind_name(k->kind));
    wire_string(&wire, type);
    if (k->kind == SIG_ECDSA_P256)
        wire_string(&wire, S("nistp256"));
    wire_string(&wire, str_n((const char *)k->bytes, k->n));
    buf_add(b, type);
    buf_addc(b, ' ');
    base64_add(b, buf_str(&wire));
    buf_free(&wire);
    if (name.n)
        buf_addc(b, ' ');
    for (size_t i = 0; i < name.n; i++)
        buf_addc(b, (unsigned char)name.p[i] < ' ' ? ' ' : name.p[i]);
    buf_addc(b, '\n');
    return true;
}

bool keytext_write(struct arena *a, enum key_form form, const struct pubkey *k, str name, str *out, struct err *e) {
    struct buf b = {0};
    bool ok = true;
    switch (form) {
    case KEY_PEM: write_pem(a, k, &b); break;
    case KEY_VKEY: ok = write_vkey(a, k, name, &b, e); break;
    case KEY_SSH: ok = write_ssh(k, name, &b, e); break;
    case KEY_DER: buf_add(&b, pubkey_der(a, k)); break;
    case KEY_MINISIGN:
    case KEY_JWK:
        ok = err_set(e, ERR_USAGE, (str){NULL, 0}, _("keys are not written in the form \"%s\""), key_form_name(form));
        break;
    }
    *out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return ok;
}
