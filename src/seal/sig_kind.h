/* SPDX-License-Identifier: Apache-2.0
 *
 * What sig.c, privkey.c and token.c share: each kind of key as OpenSSL and DER know it. A row of the table is all that
 * differs between kinds.
 */
#ifndef AKASHI_SEAL_SIG_KIND_H
#define AKASHI_SEAL_SIG_KIND_H

#include <openssl/evp.h>

#include "seal/sig.h"

enum { SPKI_HEAD_MOST = 26 };
struct sig_algorithm {
    const char *name;      /* ours */
    const char *openssl;   /* key type */
    const char *group;     /* of an elliptic curve; NULL otherwise */
    const char *digest;    /* NULL: the scheme hashes by itself */
    const char *signature; /* what to fetch to learn whether it works */
    uint16_t size;         /* of the public key */
    uint8_t head_n;
    unsigned char
        head[SPKI_HEAD_MOST]; /* the DER of a SubjectPublicKeyInfo in front of the key's bytes: the only one */
};
const struct sig_algorithm *sig_algorithm(enum sig_kind k);

/* The key's public half; false when it is of no kind of ours. */
bool pubkey_of_evp(const EVP_PKEY *pkey, struct pubkey *out);

struct privkey {
    struct pubkey public;
    EVP_PKEY *pkey;
    EVP_MD_CTX *ready; /* begun with the key, copied for each signature: fetching again costs as much as signing */
    OSSL_LIB_CTX *lib; /* of a token's key; NULL otherwise */
    OSSL_PROVIDER *parts[2];
};
/* Empty; the caller sets pkey (and lib, parts), calls privkey_ready(), and frees it also when that fails. */
struct privkey *privkey_empty(void);
MUST_USE bool privkey_ready(struct privkey *k, str where, struct err *e);
/* The reason OpenSSL gives for the last failure in this thread, and forgets it. */
const char *openssl_reason(char *to, size_t n);

#endif
