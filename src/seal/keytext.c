/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/keytext.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"
#include "seal/note.h"

enum { TEXT_MOST = 1 << 16 };

static bool refuse(struct err *e, str where, const char *what) { return err_set(e, ERR_INPUT, where, "%s", what); }

static bool unknown(struct err *e, str where) {
    refuse(e, where, _("this is no public key in a form that is known here"));
    return err_hint(e, "%s", _("PEM, a C2SP verifier key, minisign, signify, SSH, JWK and DER can be read"));
}

static bool private_key(struct err *e, str where) {
    refuse(e, where, _("this is a private key; a public one is wanted"));
    return err_hint(e, "%s", _("keep it to yourself; `akashi key import` takes it over"));
}
static bool no_valid_key(struct err *e, str where) { return refuse(e, where, _("the key in it is not valid")); }

/* ── PEM, DER ── */

/* Base64 over several lines (RFC 7468 §3, lax). */
static bool lines_bytes(struct arena *a, str text, str *out) {
    char *p = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++)
        if (!ch_space(text.p[i]))
            p[n++] = text.p[i];
    return base64_bytes(a, str_n(p, n), false, out);
}

/* Where the line begins that begins so; a comment may hold anything. */
static size_t find_line(str text, str head) {
    size_t at = 0, next;
    while ((next = str_find(str_from(text, at), head)) != STR_NONE) {
        at += next;
        if (at == 0 || text.p[at - 1] == '\n')
            return at;
        at++;
    }
    return STR_NONE;
}

static const str begin = S_INIT("-----BEGIN "), public_label = S_INIT("PUBLIC KEY-----");
static bool read_pem(struct arena *a, str text, str where, struct key_text *out, struct err *e) {
    str block = str_from(text, find_line(text, begin) + begin.n), der;
    if (find_line(block, begin) != STR_NONE)
        return refuse(e, where, _("there is more than one key in it"));
    if (str_ends(str_trim(str_upto(block, str_chr(block, '\n'))), S("PRIVATE KEY-----")))
        return private_key(e, where);
    if (str_starts(block, S("CERTIFICATE-----"))) {
        refuse(e, where, _("this is a certificate, not a key"));
        return err_hint(e, "%s", _("take its key out: openssl x509 -pubkey -noout -in FILE"));
    }
    size_t end = str_find(block, S("-----END PUBLIC KEY-----"));
    if (!str_starts(block, public_label) || end == STR_NONE ||
        !lines_bytes(a, str_from(str_upto(block, end), public_label.n), &der))
        return refuse(e, where, _("this is no public key in PEM"));
    out->form = KEY_PEM;
    return pubkey_from_der(der, &out->key) ||
           refuse(e, where, _("this kind of key is not used here (Ed25519 and ECDSA P-256 are)"));
}

static bool read_der(str der, str where, struct key_text *out, struct err *e) {
    out->form = KEY_DER;
    return pubkey_from_der(der, &out->key) ||
           refuse(e, where, _("this kind of key is not used here (Ed25519 and ECDSA P-256 are)"));
}

/* ── SSH (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4) ── */

static bool wire_string(str *rest, str *out) {
    const unsigned char *p = (const unsigned char *)rest->p;
    if (rest->n < 4)
        return false;
    size_t n = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
    if (n > rest->n - 4)
        return false;
    *out = str_n(rest->p + 4, n);
    *rest = str_from(*rest, 4 + n);
    return true;
}

static const str ssh_ed25519 = S_INIT("ssh-ed25519"), ssh_p256 = S_INIT("ecdsa-sha2-nistp256"),
                 ssh_curve = S_INIT("nistp256");

static bool ssh_key(str blob, str type, struct pubkey *out) {
    str again, curve = ssh_curve, key;
    bool ec = str_eq(type, ssh_p256);
    return wire_string(&blob, &again) && str_eq(again, type) && (!ec || wire_string(&blob, &curve)) &&
           str_eq(curve, ssh_curve) && wire_string(&blob, &key) && blob.n == 0 && (!ec || key.n == 65) &&
           pubkey_of(ec ? SIG_ECDSA_P256 : SIG_ED25519, key, out);
}

static bool read_ssh(struct arena *a, str line, str where, struct key_text *out, struct err *e) {
    str type, rest, blob, bytes, comment;
    (void)str_cut(line, ' ', &type, &rest);
    (void)str_cut(str_trim(rest), ' ', &blob, &comment);
    if (!str_eq(type, ssh_ed25519) && !str_eq(type, ssh_p256))
        return refuse(e, where, _("this kind of key is not used here (Ed25519 and ECDSA P-256 are)"));
    out->form = KEY_SSH;
    comment = str_trim(comment);
    out->name = comment.n ? comment : (str){NULL, 0};
    return (base64_bytes(a, blob, false, &bytes) && ssh_key(bytes, type, &out->key)) || no_valid_key(e, where);
}

/* ── minisign, signify: 'E' 'd', 8 bytes of key ID, the key ── */

static const str comment_head = S_INIT("untrusted comment:");
static bool minisign_bytes(struct arena *a, str line, str *bytes) {
    return base64_bytes(a, line, false, bytes) && bytes->n == 42 && str_starts(*bytes, S("Ed"));
}
static bool read_minisign(struct arena *a, str line, str comment, str where, struct key_text *out, struct err *e) {
    str bytes;
    out->form = KEY_MINISIGN;
    out->name = comment;
    return (minisign_bytes(a, line, &bytes) && pubkey_of(SIG_ED25519, str_from(bytes, 10), &out->key)) ||
           no_valid_key(e, where);
}

/* ── JWK (RFC 7518 §6.2, RFC 8037 §2) ── */

static bool jwk_number(struct arena *a, struct jv v, const char *name, str *out) {
    str text = j_gets(v, name);
    return text.p && base64_bytes(a, text, true, out) && out->n == 32;
}
static bool read_jwk(struct ctx *c, struct arena *a, str text, str where, struct key_text *out, struct err *e) {
    struct json doc;
    str x, y, type, curve;
    if (!json_parse(c, a, text, JSON_STRICT, where, &doc, e))
        return false;
    type = j_gets(doc.root, "kty");
    curve = j_gets(doc.root, "crv");
    if (!type.p)
        return unknown(e, where);
    out->form = KEY_JWK;
    out->name = j_gets(doc.root, "kid");
    if (j_ok(j_get(doc.root, "d")))
        return private_key(e, where);
    if (str_is(type, "OKP") && str_is(curve, "Ed25519"))
        return (jwk_number(a, doc.root, "x", &x) && pubkey_of(SIG_ED25519, x, &out->key)) || no_valid_key(e, where);
    if (str_is(type, "EC") && str_is(curve, "P-256"))
        return (jwk_number(a, doc.root, "x", &x) && jwk_number(a, doc.root, "y", &y) &&
                pubkey_of(SIG_ECDSA_P256, arena_cat(a, S("\4"), arena_cat(a, x, y)), &out->key)) ||
               no_valid_key(e, where);
    return refuse(e, where, _("this kind of key is not used here (Ed25519 and ECDSA P-256 are)"));
}

/* ── which one ── */

/* NAME+8 HEX+BASE64: a name may begin as another form does. */
static bool like_vkey(struct arena *a, str line) {
    str name, rest, id, key, bytes;
    unsigned char number[4];
    return str_chr(line, ' ') == STR_NONE && str_cut(line, '+', &name, &rest) && str_cut(rest, '+', &id, &key) &&
           name.n && hex_bytes(id, number, sizeof number) && base64_bytes(a, key, false, &bytes);
}

/* The one line that counts, and the untrusted comment above it; lines that are empty or start with # do not. */
static bool one_line(struct arena *a, str text, str where, str *line, str *comment, struct err *e) {
    str rest = text, next;
    *line = *comment = (str){NULL, 0};
    while (str_line(&rest, &next)) {
        next = str_trim(next);
        if (next.n == 0 || (next.p[0] == '#' && !like_vkey(a, next)))
            continue;
        if (!line->p && str_starts(next, comment_head))
            *comment = str_trim(str_from(next, comment_head.n));
        else if (line->p)
            return refuse(e, where, _("there is more than one key in it"));
        else
            *line = next;
    }
    return true;
}

static bool read_line(struct arena *a, str line, str comment, str where, struct key_text *out, struct err *e) {
    struct vkey v;
    str bytes;
    if (comment.p || minisign_bytes(a, line, &bytes))
        return read_minisign(a, line, comment, where, out, e);
    if ((str_starts(line, S("ssh-")) || str_starts(line, S("ecdsa-")) || str_starts(line, S("sk-"))) &&
        !like_vkey(a, line))
        return read_ssh(a, line, where, out, e);
    if (base64_bytes(a, line, false, &bytes) && pubkey_from_der(bytes, &out->key))
        return out->form = KEY_DER, true;
    if (str_chr(line, '+') == STR_NONE)
        return unknown(e, where);
    if (!vkey_parse(a, line, where, &v, e))
        return false;
    *out = (struct key_text){KEY_VKEY, v.key, v.name};
    return true;
}

bool keytext_read(struct ctx *c, struct arena *a, str text, str where, struct key_text *out, struct err *e) {
    str line, comment;
    *out = (struct key_text){0};
    if (text.n > TEXT_MOST)
        return err_set(e, ERR_LIMIT, where, _("this is too long for a key"));
    if (str_starts(text, S("0")) && !str_utf8_ok(text) && !like_vkey(a, str_trim(text)))
        return read_der(text, where, out, e);
    if (find_line(text, begin) != STR_NONE)
        return read_pem(a, text, where, out, e);
    if (str_starts(str_trim(text), S("{")) && !like_vkey(a, str_trim(text)))
        return read_jwk(c, a, text, where, out, e);
    if (!one_line(a, text, where, &line, &comment, e))
        return false;
    return line.n ? read_line(a, line, comment, where, out, e) : unknown(e, where);
}

static bool like_a_key(struct arena *a, str given) {
    static const str heads[] = {S_INIT("ssh-"), S_INIT("ecdsa-"),      S_INIT("sk-"),
                                S_INIT("{"),    S_INIT("-----BEGIN "), S_INIT("untrusted comment:")};
    struct pubkey key;
    str name, rest, id, bytes;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (str_starts(given, heads[i]))
            return true;
    return (str_cut(given, '+', &name, &rest) && str_cut(rest, '+', &id, &bytes) && id.n == 8) ||
           minisign_bytes(a, given, &bytes) || (base64_bytes(a, given, false, &bytes) && pubkey_from_der(bytes, &key));
}

/* What is no file's name and has the look of a key is one: then its faults are told, not that there is no such file. */
bool keytext_given(struct ctx *c, struct arena *a, str given, struct key_text *out, struct err *e) {
    str text;
    if (!path_exists(given) && like_a_key(a, given))
        return keytext_read(c, a, given, str_of(_("the key given")), out, e);
    return file_read(c, a, given, &text, e) && keytext_read(c, a, text, given, out, e);
}
