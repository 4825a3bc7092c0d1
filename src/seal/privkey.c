/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/provider.h>
#include <openssl/x509.h>
#include <pthread.h>
#include <stdlib.h>

#include "seal/sig.h"
#include "seal/sig_kind.h"

/* OpenSSL keeps private bytes in its secure heap (locked, not dumped, wiped) once there is one: for the process. Where
 * no more memory may be locked it still is wiped. Room for some hundred keys. */
static void secure_heap(void) {
    enum { HEAP = 1 << 18, LEAST = 16 };
    if (!CRYPTO_secure_malloc_initialized())
        (void)CRYPTO_secure_malloc_init(HEAP, LEAST);
}
static void secure_heap_once(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, secure_heap);
}

static bool begin(const struct privkey *k, EVP_MD_CTX *c) {
    return EVP_DigestSignInit_ex(c, NULL, sig_algorithm(k->public.kind)->digest, k->lib, NULL, k->pkey, NULL) == 1;
}

/* Some keys of providers cannot be copied half-way: those are begun anew each time. */
static void make_ready(struct privkey *k) {
    EVP_MD_CTX *c = EVP_MD_CTX_new(), *copy = EVP_MD_CTX_new();
    if (!c || !copy)
        abort();
    if (begin(k, c) && EVP_MD_CTX_copy_ex(copy, c) == 1) {
        k->ready = c;
        c = NULL;
    }
    EVP_MD_CTX_free(c);
    EVP_MD_CTX_free(copy);
    ERR_clear_error();
}

struct privkey *privkey_empty(void) {
    secure_heap_once();
    struct privkey *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    return k;
}

/* A key file may name a public key that is not the private one's. A token is asked to sign only when it must. */
static bool halves_fit(const struct privkey *k) {
    unsigned char sig[SIG_MOST];
    size_t n;
    return sig_make(k, S("akashi"), sig, &n, NULL) && sig_verify(&k->public, S("akashi"), str_n((char *)sig, n));
}

bool privkey_ready(struct privkey *k, str where, struct err *e) {
    if (!pubkey_of_evp(k->pkey, &k->public))
        return err_set(e, ERR_INPUT, where, _("this kind of key is not used here (Ed25519 and ECDSA P-256 are)"));
    make_ready(k);
    return k->lib || halves_fit(k) || err_set(e, ERR_INPUT, where, _("the private key does not fit its public key"));
}

void privkey_free(struct privkey *k) {
    if (!k)
        return;
    EVP_MD_CTX_free(k->ready);
    EVP_PKEY_free(k->pkey);
    for (size_t i = 0; i < sizeof k->parts / sizeof *k->parts; i++)
        if (k->parts[i])
            OSSL_PROVIDER_unload(k->parts[i]);
    OSSL_LIB_CTX_free(k->lib);
    free(k);
}
const struct pubkey *privkey_public(const struct privkey *k) { return &k->public; }

static EVP_PKEY *generate(const struct sig_algorithm *a) {
    EVP_PKEY *out = NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, a->openssl, NULL);
    if (c && EVP_PKEY_keygen_init(c) == 1 && (!a->group || EVP_PKEY_CTX_set_group_name(c, a->group) == 1))
        (void)EVP_PKEY_generate(c, &out);
    EVP_PKEY_CTX_free(c);
    return out;
}

bool privkey_new(enum sig_kind kind, struct privkey **out, struct err *e) {
    char why[160];
    *out = NULL;
    if (!sig_kind_works(kind))
        return err_set(e, ERR_ENV, (str){NULL, 0}, _("the OpenSSL in use does not offer %s"), sig_kind_name(kind));
    struct privkey *k = privkey_empty();
    k->pkey = generate(sig_algorithm(kind));
    bool ok = k->pkey ||
              err_set(e, ERR_ENV, (str){NULL, 0}, _("a key could not be made: %s"), openssl_reason(why, sizeof why));
    if (ok && privkey_ready(k, (str){NULL, 0}, e))
        return *out = k, true;
    privkey_free(k);
    return false;
}

/* The PKCS#8 that OpenSSL and most others write has a fixed length for each kind, so the key is cut out of it and never
 * passes through buffers that are not wiped. RFC 8410 §7; RFC 5915 §3 with the public key and without parameters. */
static const unsigned char ed25519_head[] = {0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06,
                                             0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20};
static const unsigned char p256_head[] = {0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86,
                                          0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d,
                                          0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04, 0x20};
static const unsigned char p256_middle[] = {0xa1, 0x44, 0x03, 0x42, 0x00};
enum { SECRET = 32, POINT = 65 };
enum {
    ED25519_DER = sizeof ed25519_head + SECRET,
    P256_MIDDLE = sizeof p256_head + SECRET,
    P256_POINT = P256_MIDDLE + sizeof p256_middle,
    P256_DER = P256_POINT + POINT,
};

static EVP_PKEY *p256_from(const unsigned char *secret, const unsigned char *point) {
    char group[] = "P-256";
    unsigned char public[POINT];
    struct secret number = secret_new(SECRET); /* in the machine's order, as OSSL_PARAM has it */
    for (size_t i = 0; i < SECRET; i++)
        number.p[__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? SECRET - 1 - i : i] = secret[i];
    memcpy(public, point, sizeof public);
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
                           OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, public, sizeof public),
                           OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, number.p, number.n),
                           OSSL_PARAM_construct_end()};
    EVP_PKEY *out = NULL;
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    if (c && EVP_PKEY_fromdata_init(c) == 1)
        (void)EVP_PKEY_fromdata(c, &out, EVP_PKEY_KEYPAIR, params);
    EVP_PKEY_CTX_free(c);
    secret_free(&number);
    return out;
}

static EVP_PKEY *evp_from_der(str der) {
    const unsigned char *p = (const unsigned char *)der.p;
    if (der.n == ED25519_DER && memcmp(p, ed25519_head, sizeof ed25519_head) == 0)
        return EVP_PKEY_new_raw_private_key_ex(NULL, "ED25519", NULL, p + sizeof ed25519_head, SECRET);
    if (der.n == P256_DER && memcmp(p, p256_head, sizeof p256_head) == 0 &&
        memcmp(p + P256_MIDDLE, p256_middle, sizeof p256_middle) == 0)
        return p256_from(p + sizeof p256_head, p + P256_POINT);
    EVP_PKEY *out = der.n && der.n <= LONG_MAX ? d2i_AutoPrivateKey(NULL, &p, (long)der.n) : NULL;
    if (out && p != (const unsigned char *)der.p + der.n) {
        EVP_PKEY_free(out);
        return NULL;
    }
    return out;
}

bool privkey_from_der(str der, str where, struct privkey **out, struct err *e) {
    *out = NULL;
    struct privkey *k = privkey_empty();
    k->pkey = evp_from_der(der);
    ERR_clear_error();
    if (k->pkey ? privkey_ready(k, where, e) : err_set(e, ERR_INPUT, where, _("this is no private key (PKCS#8)")))
        return *out = k, true;
    privkey_free(k);
    return false;
}

static bool ed25519_der(const struct privkey *k, struct secret *out) {
    size_t n = SECRET;
    *out = secret_new(ED25519_DER);
    memcpy(out->p, ed25519_head, sizeof ed25519_head);
    return EVP_PKEY_get_raw_private_key(k->pkey, out->p + sizeof ed25519_head, &n) == 1 && n == SECRET;
}
static bool p256_der(const struct privkey *k, struct secret *out) {
    BIGNUM *number = BN_secure_new();
    *out = secret_new(P256_DER);
    memcpy(out->p, p256_head, sizeof p256_head);
    memcpy(out->p + P256_MIDDLE, p256_middle, sizeof p256_middle);
    memcpy(out->p + P256_POINT, k->public.bytes, POINT);
    bool ok = number && EVP_PKEY_get_bn_param(k->pkey, OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1 &&
              BN_bn2binpad(number, out->p + sizeof p256_head, SECRET) == SECRET;
    BN_clear_free(number);
    return ok;
}
static bool other_der(const struct privkey *k, struct secret *out) {
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(k->pkey); /* wiped by its free */
    int n = info ? i2d_PKCS8_PRIV_KEY_INFO(info, NULL) : 0;
    *out = secret_new(n > 0 ? (size_t)n : 0);
    unsigned char *p = out->p;
    bool ok = n > 0 && i2d_PKCS8_PRIV_KEY_INFO(info, &p) == n;
    PKCS8_PRIV_KEY_INFO_free(info);
    return ok;
}
bool privkey_der(const struct privkey *k, struct secret *out) {
    *out = (struct secret){0};
    if (k->lib)
        return false;
    if (k->public.kind == SIG_ED25519      ? ed25519_der(k, out)
        : k->public.kind == SIG_ECDSA_P256 ? p256_der(k, out)
                                           : other_der(k, out))
        return true;
    ERR_clear_error();
    secret_free(out);
    return false;
}

bool sig_make(const struct privkey *k, str message, unsigned char out[SIG_MOST], size_t *n, struct err *e) {
    char why[160];
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    if (!c)
        abort();
    *n = SIG_MOST;
    bool ok = (k->ready ? EVP_MD_CTX_copy_ex(c, k->ready) == 1 : begin(k, c)) &&
              EVP_DigestSign(c, out, n, (const unsigned char *)(message.n ? message.p : ""), message.n) == 1;
    EVP_MD_CTX_free(c);
    return ok || err_set(e, ERR_ENV, (str){NULL, 0}, _("cannot sign: %s"), openssl_reason(why, sizeof why));
}
