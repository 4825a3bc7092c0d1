/* SPDX-License-Identifier: Apache-2.0
 *
 * Digests of bytes. The only module that knows OpenSSL's EVP digests.
 */
#ifndef AKASHI_BASE_DIGEST_H
#define AKASHI_BASE_DIGEST_H

#include "base/arena.h"

enum digest { DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA384, DIGEST_SHA512 };
enum { DIGEST_MOST = 64 }; /* bytes of the longest */

size_t digest_size(enum digest kind);
/* CycloneDX spelling: "SHA-256". */
const char *digest_name(enum digest kind);

/* Whole text at once; out has digest_size(kind) bytes. */
void digest_of(enum digest kind, str text, unsigned char *out);
/* The same as lower-case hex in the arena. */
str digest_hex(struct arena *a, enum digest kind, str text);

/* Piece by piece. */
struct digest_state;
struct digest_state *digest_begin(enum digest kind);
void digest_add(struct digest_state *s, str piece);
void digest_end(struct digest_state *s, unsigned char *out); /* frees s */

str hex_text(struct arena *a, const unsigned char *bytes, size_t n);
/* False when s is not hex of exactly n bytes. */
bool hex_bytes(str s, unsigned char *out, size_t n);

#endif
