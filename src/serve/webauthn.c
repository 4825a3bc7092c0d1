/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/webauthn.h"

#include "base/cipher.h"
#include "base/digest.h"
#include "base/json.h"
#include "seal/rsa.h"
#include "seal/sig.h"

enum {
    CLIENT_MOST = 8192,
    HEAD = 37, /* SHA-256 of rpId, flags, counter */
    CREDENTIAL_MOST = 1023,
    DATA_MOST = 8192,
    PRESENT = 1,
    VERIFIED = 4,
    ELIGIBLE = 8,
    BACKED_UP = 16,
    ATTESTED = 64
};

static bool odd(struct err *e, const char *what) { return err_set(e, ERR_USAGE, S("passkey"), "%s", what); }

bool webauthn_client(struct ctx *c, struct arena *a, enum webauthn_act act, const struct webauthn_place *at,
                     str client_data, str *challenge, struct err *e) {
    struct json doc;
    if (client_data.n > CLIENT_MOST || !json_parse(c, a, client_data, JSON_STRICT, S("clientDataJSON"), &doc, e))
        return odd(e, _("what the browser sent cannot be read"));
    if (!str_is(j_gets(doc.root, "type"), act == WEBAUTHN_CREATE ? "webauthn.create" : "webauthn.get"))
        return odd(e, _("the browser did something else than it was asked to"));
    if (!str_eq(j_gets(doc.root, "origin"), at->origin) || j_true(j_get(doc.root, "crossOrigin")))
        return odd(e, _("this passkey was used on another page"));
    *challenge = j_gets(doc.root, "challenge");
    return challenge->n > 0 || odd(e, _("what the browser sent cannot be read"));
}

static uint32_t be32(const char *p) {
    const unsigned char *u = (const unsigned char *)p;
    return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8 | u[3];
}

/* ┌ 32 rpIdHash ┬ 1 flags ┬ 4 counter ┬ 16 aaguid ┬ 2 length ┬ credential id ┬ key, extensions (CBOR) ┐
 * the last four only when one is made. */
static bool take_credential(str rest, str *out) {
    if (rest.n < 18)
        return false;
    size_t n = (size_t)(unsigned char)rest.p[16] << 8 | (unsigned char)rest.p[17];
    *out = str_upto(str_from(rest, 18), n);
    return n > 0 && n <= CREDENTIAL_MOST && out->n == n;
}

bool webauthn_data(enum webauthn_act act, const struct webauthn_place *at, str bytes, struct authenticator_data *out,
                   struct err *e) {
    unsigned char want[32];
    *out = (struct authenticator_data){0};
    if (bytes.n < HEAD || bytes.n > DATA_MOST)
        return odd(e, _("what the browser sent cannot be read"));
    digest_of(DIGEST_SHA256, at->rp_id, want);
    if (!same_bytes(str_upto(bytes, 32), str_n((char *)want, 32)))
        return odd(e, _("this passkey was used on another page"));
    unsigned flags = (unsigned char)bytes.p[32];
    if (!(flags & PRESENT) || !(flags & VERIFIED))
        return odd(e, _("the passkey did not make sure who you are (PIN, finger or face)"));
    if ((flags & BACKED_UP) && !(flags & ELIGIBLE))
        return odd(e, _("what the browser sent cannot be read"));
    out->counter = be32(bytes.p + 33);
    out->backed_up = flags & BACKED_UP;
    if (act == WEBAUTHN_CREATE && (!(flags & ATTESTED) || !take_credential(str_from(bytes, HEAD), &out->credential)))
        return odd(e, _("what the browser sent cannot be read"));
    return true;
}

bool webauthn_key_fits(int64_t algorithm, str spki) {
    struct pubkey k;
    switch (algorithm) {
    case COSE_ES256: return pubkey_from_der(spki, &k) && k.kind == SIG_ECDSA_P256;
    case COSE_EDDSA: return pubkey_from_der(spki, &k) && k.kind == SIG_ED25519;
    case COSE_RS256: return rsa_is(spki);
    default: return false;
    }
}

bool webauthn_signed(int64_t algorithm, str spki, str authenticator_data, str client_data, str signature) {
    unsigned char digest[32];
    struct pubkey k;
    struct buf b = {0};
    if (!webauthn_key_fits(algorithm, spki))
        return false;
    digest_of(DIGEST_SHA256, client_data, digest);
    buf_add(&b, authenticator_data);
    buf_add(&b, str_n((char *)digest, 32));
    bool ok = algorithm == COSE_RS256 ? rsa_verify(spki, buf_str(&b), signature)
                                      : pubkey_from_der(spki, &k) && sig_verify(&k, buf_str(&b), signature);
    buf_free(&b);
    return ok;
}
