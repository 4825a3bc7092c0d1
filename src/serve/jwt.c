/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/jwt.h"

#include "base/cipher.h"
#include "seal/rsa.h"
#include "seal/sig.h"

enum { KEYS_MOST = 100, SKEW = 60, ES256_BYTES = 64 };

static bool none(struct err *e) { return err_set(e, ERR_INPUT, S("id_token"), _("this is no signed token")); }

static bool part_json(struct ctx *c, struct arena *a, str part, struct json *out, struct err *e) {
    str text;
    return (base64_bytes(a, part, true, &text) && json_parse(c, a, text, JSON_STRICT, S("id_token"), out, NULL) &&
            j_is_obj(out->root)) ||
           none(e);
}

static str member(struct arena *a, struct jv key, const char *name) {
    str text = j_gets(key, name), out;
    return text.p && text.n < 2048 && base64_bytes(a, text, true, &out) ? out : (str){NULL, 0};
}

/* ── keys ── */

static bool by_rsa(struct arena *a, struct jv key, str message, str signature) {
    str spki;
    return str_is(j_gets(key, "kty"), "RSA") && rsa_key(a, member(a, key, "n"), member(a, key, "e"), &spki) &&
           rsa_verify(spki, message, signature);
}
static bool by_p256(struct arena *a, struct jv key, str message, str signature) {
    str x = member(a, key, "x"), y = member(a, key, "y");
    struct pubkey k;
    return str_is(j_gets(key, "kty"), "EC") && str_is(j_gets(key, "crv"), "P-256") && x.n == 32 && y.n == 32 &&
           signature.n == ES256_BYTES && pubkey_of(SIG_ECDSA_P256, arena_cat(a, arena_cat(a, S("\x04"), x), y), &k) &&
           sig_verify(&k, message, signature);
}
static bool by_ed25519(struct arena *a, struct jv key, str message, str signature) {
    struct pubkey k;
    return str_is(j_gets(key, "kty"), "OKP") && str_is(j_gets(key, "crv"), "Ed25519") &&
           pubkey_of(SIG_ED25519, member(a, key, "x"), &k) && sig_verify(&k, message, signature);
}

static const struct {
    const char *name;
    bool (*good)(struct arena *a, struct jv key, str message, str signature);
} algorithms[] = {{"RS256", by_rsa}, {"ES256", by_p256}, {"EdDSA", by_ed25519}};

static bool key_is(struct jv key, str kid, const char *algorithm) {
    str named = j_gets(key, "kid"), use = j_gets(key, "use"), its = j_gets(key, "alg");
    return (!kid.p || !named.p || str_eq(kid, named)) && (!use.p || str_is(use, "sig")) &&
           (!its.p || str_is(its, algorithm));
}

static bool signed_by(struct arena *a, struct jv keys, struct jv head, str message, str signature) {
    str named = j_gets(head, "alg"), kid = j_gets(head, "kid");
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
        unsigned n = 0;
        if (!str_is(named, algorithms[i].name))
            continue;
        for (struct jiter it = j_iter(keys); j_is_arr(keys) && n < KEYS_MOST && j_next(&it); n++)
            if (key_is(it.val, kid, algorithms[i].name) && algorithms[i].good(a, it.val, message, signature))
                return true;
    }
    return false;
}

bool jwt_read(struct ctx *c, struct arena *a, str token, struct jv keys, bool *good, struct json *claims,
              struct err *e) {
    str message, last, head, body, signature;
    struct json header;
    *good = false;
    if (token.n > JWT_MOST || !str_rcut(token, '.', &message, &last) || !str_cut(message, '.', &head, &body) ||
        str_chr(body, '.') != STR_NONE || !base64_bytes(a, last, true, &signature))
        return none(e);
    if (!part_json(c, a, head, &header, e) || !part_json(c, a, body, claims, e))
        return false;
    if (j_ok(j_get(header.root, "crit"))) /* something that must be understood, and is not */
        return true;
    *good = signed_by(a, keys, header.root, message, signature);
    return true;
}

/* ── claims ── */

static bool for_us(struct jv claims, str client) {
    struct jv aud = j_get(claims, "aud");
    str party = j_gets(claims, "azp");
    bool named = str_eq(j_str(aud), client) && j_is_str(aud);
    for (struct jiter it = j_iter(aud); j_is_arr(aud) && j_next(&it);)
        named = named || str_eq(j_str(it.val), client);
    if (party.p ? !str_eq(party, client) : j_is_arr(aud) && j_len(aud) > 1)
        return false;
    return named;
}

bool jwt_fits(const struct json *claims, const struct jwt_wants *w, struct err *e) {
    struct jv c = claims->root;
    const struct {
        bool ok;
        const char *what;
    } rows[] = {
        {str_eq(j_gets(c, "iss"), w->issuer) && w->issuer.n, N_("it is of another issuer")},
        {for_us(c, w->client) && w->client.n, N_("it is for somebody else")},
        {j_num(j_get(c, "exp"), 0) > (double)(w->now - SKEW), N_("it is too old")},
        {j_num(j_get(c, "nbf"), 0) < (double)(w->now + SKEW), N_("it is not good yet")},
        {w->nonce.n && same_bytes(j_gets(c, "nonce"), w->nonce), N_("it answers another question")},
        {j_gets(c, "sub").n > 0, N_("it names nobody")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!rows[i].ok)
            return err_set(e, ERR_INPUT, S("id_token"), "%s", _(rows[i].what));
    return true;
}
