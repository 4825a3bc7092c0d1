/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys and signatures, whatever text they came as. A public key is a value; a private key is opaque, its bytes lie in
 * memory that is not swapped or dumped where the system allows it, and are wiped when it is freed.
 */
#ifndef AKASHI_SEAL_SIG_H
#define AKASHI_SEAL_SIG_H

#include "base/cipher.h"
#include "base/ctx.h"

enum sig_kind { SIG_ED25519, SIG_ECDSA_P256, SIG_ML_DSA_44 };
enum { PUBKEY_MOST = 1312, SIG_MOST = 2420 };

struct pubkey {
    enum sig_kind kind;
    uint16_t n;
    unsigned char bytes[PUBKEY_MOST]; /* Ed25519: 32; P-256: 65, the uncompressed point; ML-DSA-44: 1,312 */
};

/* "ed25519", "ecdsa-p256", "ml-dsa-44". */
const char *sig_kind_name(enum sig_kind k);
bool sig_kind_known(str name, enum sig_kind *out);
/* Whether the linked OpenSSL can do it. */
bool sig_kind_works(enum sig_kind k);

/* Raw bytes of a kind; false when they are no such key (a point off the curve). */
bool pubkey_of(enum sig_kind kind, str bytes, struct pubkey *out);
/* SubjectPublicKeyInfo (DER). */
bool pubkey_from_der(str der, struct pubkey *out);
str pubkey_der(struct arena *a, const struct pubkey *k);
/* SHA-256 of the DER: the key's identity everywhere in Akashi; hex is DSSE's keyid. */
void pubkey_id(const struct pubkey *k, unsigned char out[32]);
str pubkey_id_hex(struct arena *a, const struct pubkey *k);
bool pubkey_eq(const struct pubkey *x, const struct pubkey *y);

/* Ed25519 as RFC 8032 and OpenSSL have it (small-order and non-canonical are refused as there); ECDSA over SHA-256,
 * DER or raw r‖s. Never fails otherwise than by saying no. */
bool sig_verify(const struct pubkey *k, str message, str signature);

struct privkey;
MUST_USE bool privkey_new(enum sig_kind kind, struct privkey **out, struct err *e);
/* PKCS#8 (DER), unencrypted. */
MUST_USE bool privkey_from_der(str der, str where, struct privkey **out, struct err *e);
/* "pkcs11:…" through OpenSSL's provider; ERR_ENV with what to install when it is not there. */
MUST_USE bool privkey_from_token(str uri, str pin, struct privkey **out, struct err *e);
void privkey_free(struct privkey *k); /* accepts NULL */
const struct pubkey *privkey_public(const struct privkey *k);
/* PKCS#8 into secret memory (base/cipher.h); false for a token's key. */
bool privkey_der(const struct privkey *k, struct secret *out);
/* DER for ECDSA. Thread-safe. */
MUST_USE bool sig_make(const struct privkey *k, str message, unsigned char out[SIG_MOST], size_t *n, struct err *e);

#endif
