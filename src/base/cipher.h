/* SPDX-License-Identifier: Apache-2.0
 *
 * Secrets: memory for them, randomness, keys from passphrases, authenticated encryption, message authentication.
 * With base/digest.h and seal/sig.h the only modules that know OpenSSL.
 */
#ifndef AKASHI_BASE_CIPHER_H
#define AKASHI_BASE_CIPHER_H

#include "base/arena.h"
#include "base/err.h"

/* Aborts when the system has no randomness: nothing sound can follow. */
void random_bytes(void *out, size_t n);

/* Memory that is not swapped or dumped where the system allows it, and wiped when freed. */
struct secret {
    unsigned char *p;
    size_t n;
};
struct secret secret_new(size_t n);
void secret_free(struct secret *s); /* wipes; accepts {0} */
static inline str secret_str(const struct secret *s) { return (str){(const char *)s->p, s->n}; }
void wipe(void *p, size_t n);
bool same_bytes(str x, str y); /* in constant time */

/* scrypt (RFC 7914). memory = 128·r·2^log_n bytes, refused beyond 1 GiB. */
struct scrypt_cost {
    unsigned log_n, r, p;
};
MUST_USE bool scrypt_key(str passphrase, str salt, struct scrypt_cost cost, unsigned char *out, size_t n,
                         struct err *e);

/* AES-256-GCM. A nonce is used once for a key. */
enum { AEAD_KEY = 32, AEAD_NONCE = 12, AEAD_TAG = 16 };
/* out: plain.n + AEAD_TAG bytes. */
void aead_seal(const unsigned char key[AEAD_KEY], const unsigned char nonce[AEAD_NONCE], str associated, str plain,
               unsigned char *out);
/* out: sealed.n - AEAD_TAG bytes; false (and out wiped) when anything was changed. */
bool aead_open(const unsigned char key[AEAD_KEY], const unsigned char nonce[AEAD_NONCE], str associated, str sealed,
               unsigned char *out);

void hmac_sha256(str key, str text, unsigned char out[32]);
void hmac_sha1(str key, str text, unsigned char out[20]); /* for RFC 6238, whose apps know nothing else */

/* Standard alphabet with padding. */
str base64_text(struct arena *a, str bytes);
void base64_add(struct buf *b, str bytes);
/* Into memory of the caller's, for secrets: base64_size(n) bytes; returns the length. */
static inline size_t base64_size(size_t n) { return (n + 2) / 3 * 4; }
size_t base64_write(str bytes, char *out);
/* Standard alphabet; `url` accepts the URL alphabet and missing padding as well. False for anything else, and for
 * non-zero spare bits. */
bool base64_bytes(struct arena *a, str text, bool url, str *out);
/* Standard alphabet, into memory of the caller's: text.n / 4 * 3 bytes are enough. */
bool base64_read(str text, unsigned char *out, size_t *n);

#endif
