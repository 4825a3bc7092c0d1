/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/sig.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/obj_mac.h>
#include <openssl/x509.h>
#include <stdlib.h>

#include "base/digest.h"
#include "seal/sig_kind.h"

/* RFC 8410 §4, RFC 5480 §2 (named curve, uncompressed point), RFC 9881 §4. */
static const struct sig_algorithm algorithms[] = {
    [SIG_ED25519] = {"ed25519",
                     "ED25519",
                     NULL,
                     NULL,
                     "ED25519",
                     32,
                     12,
                     {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00}},
    [SIG_ECDSA_P256] = {"ecdsa-p256", "EC", "P-256", "SHA256", "ECDSA", 65, 26, {0x30, 0x59, 0x30, 0x13, 0x06, 0x07,
                                                                                 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02,
                                                                                 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                                                                 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03,
                                                                                 0x42, 0x00}},
    [SIG_ML_DSA_44] = {"ml-dsa-44", "ML-DSA-44", NULL, NULL, "ML-DSA-44", 1312, 22, {0x30, 0x82, 0x05, 0x32, 0x30, 0x0b,
                                                                                     0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                                                     0x65, 0x03, 0x04, 0x03, 0x11, 0x03,
                                                                                     0x82, 0x05, 0x21, 0x00}},
};
enum { N_KINDS = sizeof algorithms / sizeof *algorithms };

const struct sig_algorithm *sig_algorithm(enum sig_kind k) { return &algorithms[k]; }
const char *sig_kind_name(enum sig_kind k) { return algorithms[k].name; }

bool sig_kind_known(str name, enum sig_kind *out) {
    for (unsigned k = 0; k < N_KINDS; k++)
        if (str_is(name, algorithms[k].name))
            return *out = (enum sig_kind)k, true;
    return false;
}

bool sig_kind_works(enum sig_kind k) {
    EVP_SIGNATURE *found = EVP_SIGNATURE_fetch(NULL, algorithms[k].signature, NULL);
    EVP_SIGNATURE_free(found);
    ERR_clear_error();
    return found != NULL;
}

const char *openssl_reason(char *to, size_t n) {
    const char *reason = ERR_reason_error_string(ERR_peek_error());
    strncpy(to, reason ? reason : "?", n - 1);
    to[n - 1] = 0;
    ERR_clear_error();
    return to;
}

/* ── public keys ── */

/* The uncompressed form of a point; false when it is not on the curve. */
static bool point_of(str bytes, unsigned char out[65]) {
    EC_GROUP *curve = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    EC_POINT *point = curve ? EC_POINT_new(curve) : NULL;
    if (!point)
        abort();
    bool ok = bytes.n && EC_POINT_oct2point(curve, point, (const unsigned char *)bytes.p, bytes.n, NULL) == 1 &&
              EC_POINT_point2oct(curve, point, POINT_CONVERSION_UNCOMPRESSED, out, 65, NULL) == 65;
    EC_POINT_free(point);
    EC_GROUP_free(curve);
    ERR_clear_error();
    return ok;
}

bool pubkey_of(enum sig_kind kind, str bytes, struct pubkey *out) {
    *out = (struct pubkey){.kind = kind, .n = algorithms[kind].size};
    if (kind == SIG_ECDSA_P256) /* 33 bytes: compressed; the hybrid form is nobody's */
        return (bytes.n == 33 || (bytes.n == 65 && bytes.p[0] == 4)) && point_of(bytes, out->bytes);
    if (bytes.n != out->n)
        return false;
    memcpy(out->bytes, bytes.p, bytes.n);
    return true;
}

static str head_of(enum sig_kind k) { return str_n((const char *)algorithms[k].head, algorithms[k].head_n); }

/* As long as the key in it is of a fixed length there is one DER for it, so comparing is parsing. */
bool pubkey_from_der(str der, struct pubkey *out) {
    static const unsigned char compressed[] = {0x30, 0x39, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48,
                                               0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
                                               0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x22, 0x00};
    for (unsigned k = 0; k < N_KINDS; k++)
        if (str_starts(der, head_of((enum sig_kind)k)) && der.n == algorithms[k].head_n + algorithms[k].size)
            return pubkey_of((enum sig_kind)k, str_from(der, algorithms[k].head_n), out);
    return der.n == sizeof compressed + 33 && memcmp(der.p, compressed, sizeof compressed) == 0 &&
           pubkey_of(SIG_ECDSA_P256, str_from(der, sizeof compressed), out);
}

enum { DER_MOST = SPKI_HEAD_MOST + PUBKEY_MOST };
static str der_into(const struct pubkey *k, unsigned char out[DER_MOST]) {
    str head = head_of(k->kind);
    memcpy(out, head.p, head.n);
    memcpy(out + head.n, k->bytes, k->n);
    return str_n((char *)out, head.n + k->n);
}
str pubkey_der(struct arena *a, const struct pubkey *k) {
    unsigned char der[DER_MOST];
    return arena_str(a, der_into(k, der));
}
void pubkey_id(const struct pubkey *k, unsigned char out[32]) {
    unsigned char der[DER_MOST];
    digest_of(DIGEST_SHA256, der_into(k, der), out);
}
str pubkey_id_hex(struct arena *a, const struct pubkey *k) {
    unsigned char id[32];
    pubkey_id(k, id);
    return hex_text(a, id, sizeof id);
}
bool pubkey_eq(const struct pubkey *x, const struct pubkey *y) {
    return x->kind == y->kind && x->n == y->n && memcmp(x->bytes, y->bytes, x->n) == 0;
}

/* A provider may have no encoder for its keys; then it tells the point itself. */
static bool told_by_provider(const EVP_PKEY *pkey, struct pubkey *out) {
    static const char *const names[] = {OSSL_PKEY_PARAM_ENCODED_PUBLIC_KEY, OSSL_PKEY_PARAM_PUB_KEY};
    unsigned char bytes[PUBKEY_MOST];
    size_t n;
    for (unsigned k = 0; k < N_KINDS; k++)
        for (size_t i = 0; i < sizeof names / sizeof *names && EVP_PKEY_is_a(pkey, algorithms[k].openssl); i++)
            if (EVP_PKEY_get_octet_string_param(pkey, names[i], bytes, sizeof bytes, &n) == 1 &&
                pubkey_of((enum sig_kind)k, str_n((char *)bytes, n), out))
                return true;
    return false;
}

bool pubkey_of_evp(const EVP_PKEY *pkey, struct pubkey *out) {
    unsigned char *der = NULL;
    int n = i2d_PUBKEY(pkey, &der);
    bool ok = n > 0 ? pubkey_from_der(str_n((char *)der, (size_t)n), out) : told_by_provider(pkey, out);
    OPENSSL_free(der);
    ERR_clear_error();
    return ok;
}

/* ── verifying ── */

static EVP_PKEY *ec_key(const struct pubkey *k) {
    char group[] = "P-256";
    unsigned char point[65];
    memcpy(point, k->bytes, sizeof point);
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
                           OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point),
                           OSSL_PARAM_construct_end()};
    EVP_PKEY *out = NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    if (c && EVP_PKEY_fromdata_init(c) == 1)
        (void)EVP_PKEY_fromdata(c, &out, EVP_PKEY_PUBLIC_KEY, params);
    EVP_PKEY_CTX_free(c);
    return out;
}
static EVP_PKEY *evp_of(const struct pubkey *k) {
    return k->kind == SIG_ECDSA_P256
               ? ec_key(k)
               : EVP_PKEY_new_raw_public_key_ex(NULL, algorithms[k->kind].openssl, NULL, k->bytes, k->n);
}

static bool good(EVP_PKEY *pkey, const char *digest, str message, str signature) {
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    bool ok = c && EVP_DigestVerifyInit_ex(c, NULL, digest, NULL, NULL, pkey, NULL) == 1 &&
              EVP_DigestVerify(c, (const unsigned char *)signature.p, signature.n,
                               (const unsigned char *)(message.n ? message.p : ""), message.n) == 1;
    EVP_MD_CTX_free(c);
    return ok;
}

/* r‖s as DER. */
static bool good_raw(EVP_PKEY *pkey, str message, str signature) {
    const unsigned char *p = (const unsigned char *)signature.p;
    unsigned char *der = NULL;
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(p, 32, NULL), *s = BN_bin2bn(p + 32, 32, NULL);
    if (!pair || !r || !s || ECDSA_SIG_set0(pair, r, s) != 1)
        abort();
    int n = i2d_ECDSA_SIG(pair, &der);
    bool ok = n > 0 && good(pkey, "SHA256", message, str_n((char *)der, (size_t)n));
    OPENSSL_free(der);
    ECDSA_SIG_free(pair);
    return ok;
}

static bool length_ok(enum sig_kind kind, size_t n) {
    enum { ED25519_SIG = 64, P256_DER_LEAST = 8, P256_DER_MOST = 72 };
    switch (kind) {
    case SIG_ED25519: return n == ED25519_SIG;
    case SIG_ECDSA_P256: return n >= P256_DER_LEAST && n <= P256_DER_MOST;
    case SIG_ML_DSA_44: return n == SIG_MOST;
    }
    return false;
}

/* OpenSSL takes an ECDSA signature only when writing it again gives the same bytes, which makes its DER strict. 64
 * bytes may be either form. */
bool sig_verify(const struct pubkey *k, str message, str signature) {
    bool ok = false;
    EVP_PKEY *pkey = length_ok(k->kind, signature.n) ? evp_of(k) : NULL;
    if (pkey && k->kind == SIG_ECDSA_P256 && signature.n == 64)
        ok = good_raw(pkey, message, signature);
    if (pkey && !ok)
        ok = good(pkey, algorithms[k->kind].digest, message, signature);
    EVP_PKEY_free(pkey);
    ERR_clear_error();
    return ok;
}
