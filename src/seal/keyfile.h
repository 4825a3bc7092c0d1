/* SPDX-License-Identifier: Apache-2.0
 *
 * A private key at rest: a small text file, described line by line in docs/keys.md.
 *
 *   akashi key 1
 *   made 2026-11-21T07:59:03Z
 *   public BASE64                 SubjectPublicKeyInfo
 *   seal scrypt 17 8 1 SALT NONCE | none | token
 *   key BASE64                    PKCS#8, sealed with all lines above as associated data | PKCS#8 | a pkcs11: URI
 *   check HEX                     SHA-256 of all lines above
 *
 * The check tells damage from a wrong passphrase; what a passphrase seals, nobody without it can change. A file that
 * others may read is not read.
 */
#ifndef AKASHI_SEAL_KEYFILE_H
#define AKASHI_SEAL_KEYFILE_H

#include "seal/sig.h"

enum keyfile_seal { KEYFILE_SEALED, KEYFILE_OPEN, KEYFILE_TOKEN };
enum { KEYFILE_SALT = 32 };
struct keyfile {
    str path;
    enum keyfile_seal seal;
    struct pubkey key;
    int64_t made;
    struct scrypt_cost cost;
    unsigned char salt[KEYFILE_SALT], nonce[AEAD_NONCE];
    struct secret text, body; /* the file; what stands behind "key", decoded */
    str head;                 /* in text: the lines above "key" */
};
MUST_USE bool keyfile_read(struct arena *a, str path, struct keyfile *out, struct err *e);
/* The same of its text, which is taken over. */
MUST_USE bool keyfile_parse(struct arena *a, struct secret *text, str path, struct keyfile *out, struct err *e);
void keyfile_free(struct keyfile *f); /* accepts {0} */
/* passphrase: a token's PIN; not looked at when the file is open. *wrong: that is why it failed. */
MUST_USE bool keyfile_unlock(const struct keyfile *f, str passphrase, struct privkey **out, bool *wrong, struct err *e);
/* The three in one: the passphrase comes from where passphrase_get() finds it; somebody at a terminal may try again.
 * known (may be NULL): a passphrase to try first, {0} for none; one that works is left there for the next file. */
MUST_USE bool keyfile_load(struct arena *a, str path, struct secret *known, struct privkey **out, struct err *e);

/* 128 MiB and about half a second for each guess. */
#define KEYFILE_COST ((struct scrypt_cost){17, 8, 1})
struct keyfile_plan {
    const struct privkey *key;
    str passphrase; /* absent: kept open, for machines that start alone */
    str token;      /* pkcs11: URI; then the key itself stays where it is */
    struct scrypt_cost cost;
    int64_t made;
};
/* Durable, mode 0600. Fails when there is a file of that name. */
MUST_USE bool keyfile_write(struct ctx *c, str path, const struct keyfile_plan *plan, struct err *e);

#endif
