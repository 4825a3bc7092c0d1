/* SPDX-License-Identifier: Apache-2.0
 *
 * The entry of the log: a commitment to a statement, small and public even where the statement is not. docs/log.md has
 * it byte by byte:
 *
 *   0   1   version, 1
 *   1   8   time the log accepted it, seconds since 1970, big-endian; never below the entry before
 *   9   32  key: SHA-256 of the (first) signer's public key, DER
 *   41  32  body: SHA-256(salt ‖ envelope), the salt 32 random bytes known to whoever may read the body
 *   73  1   n, length of the kind
 *   74  n   kind: a word of ours ("sbom", "provenance", …) or the predicate type as written
 */
#ifndef AKASHI_SEAL_LEAF_H
#define AKASHI_SEAL_LEAF_H

#include "base/arena.h"
#include "base/err.h"

enum { LEAF_SALT = 32, LEAF_LEAST = 74, LEAF_KIND_MOST = 255, LEAF_MOST = LEAF_LEAST + LEAF_KIND_MOST };

struct leaf {
    int64_t time;
    unsigned char key[32], body[32];
    str kind;
};

void leaf_commit(const unsigned char salt[LEAF_SALT], str envelope, unsigned char out[32]);
/* out: at least LEAF_MOST bytes; returns the length. */
size_t leaf_write(const struct leaf *l, unsigned char *out);
/* False when the bytes are no leaf of version 1, to the byte. kind is borrowed. */
bool leaf_read(str bytes, struct leaf *out);

#endif
