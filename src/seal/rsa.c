/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/rsa.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

enum { BITS_LEAST = 2048, BITS_MOST = 8192, SPKI_MOST = 2048, EXPONENT_MOST = 8 };

static bool fits(const EVP_PKEY *k) {
    return k && EVP_PKEY_is_a(k, "RSA") && EVP_PKEY_get_bits(k) >= BITS_LEAST && EVP_PKEY_get_bits(k) <= BITS_MOST;
}

static EVP_PKEY *key_of(str spki) {
    const unsigned char *p = (const unsigned char *)spki.p;
    EVP_PKEY *k = spki.n && spki.n <= SPKI_MOST ? d2i_PUBKEY(NULL, &p, (long)spki.n) : NULL;
    if (fits(k) && p == (const unsigned char *)spki.p + spki.n)
        return k;
    EVP_PKEY_free(k);
    ERR_clear_error();
    return NULL;
}

bool rsa_is(str spki) {
    EVP_PKEY *k = key_of(spki);
    EVP_PKEY_free(k);
    return k != NULL;
}

bool rsa_verify(str spki, str message, str signature) {
    EVP_PKEY *k = key_of(spki);
    EVP_MD_CTX *c = k ? EVP_MD_CTX_new() : NULL;
    bool ok = c && signature.n && EVP_DigestVerifyInit_ex(c, NULL, "SHA256", NULL, NULL, k, NULL) == 1 &&
              EVP_DigestVerify(c, (const unsigned char *)signature.p, signature.n,
                               (const unsigned char *)(message.n ? message.p : ""), message.n) == 1;
    EVP_MD_CTX_free(c);
    EVP_PKEY_free(k);
    ERR_clear_error();
    return ok;
}

static BIGNUM *number(str bytes) { return BN_bin2bn((const unsigned char *)bytes.p, (int)bytes.n, NULL); }

bool rsa_key(struct arena *a, str modulus, str exponent, str *spki) {
    if (!modulus.n || modulus.n > BITS_MOST / 8 + 1 || !exponent.n || exponent.n > EXPONENT_MOST)
        return false;
    unsigned char *der = NULL;
    EVP_PKEY *k = NULL;
    BIGNUM *n = number(modulus), *e = number(exponent);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    OSSL_PARAM *params = NULL;
    if (n && e && build && c && OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_RSA_E, e) == 1)
        params = OSSL_PARAM_BLD_to_param(build);
    if (params && EVP_PKEY_fromdata_init(c) == 1)
        (void)EVP_PKEY_fromdata(c, &k, EVP_PKEY_PUBLIC_KEY, params);
    int size = fits(k) ? i2d_PUBKEY(k, &der) : 0;
    if (size > 0)
        *spki = arena_str(a, str_n((char *)der, (size_t)size));
    OPENSSL_free(der);
    EVP_PKEY_free(k);
    EVP_PKEY_CTX_free(c);
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    BN_free(n);
    BN_free(e);
    ERR_clear_error();
    return size > 0;
}
