/* SPDX-License-Identifier: Apache-2.0
 *
 * What a statement is found by: digests, package URLs, products, parties, keys, kinds. A word's key is
 * SHA-256(what ‖ 0x00 ‖ text), with the text normalised, so that whoever asks and whoever answers mean the same row of
 * the index.
 */
#ifndef AKASHI_SEAL_WORDS_H
#define AKASHI_SEAL_WORDS_H

#include "seal/statement.h"

struct word {
    const char *what; /* "digest", "purl", "product", "party", "key", "kind" */
    str text;
};
VEC_NAMED(words, struct word);

void word_key(const struct word *w, unsigned char out[32]);
/* As it is written in proofs and shown: "purl:pkg:npm/a@1". */
str word_text(struct arena *a, const struct word *w);
/* Back, to the byte; false when it is none. */
bool word_parse(struct arena *a, str text, struct word *out);

/* Of an entry: what its leaf says, and its statement (NULL when the body cannot be read). Without repetitions. */
void words_of(struct arena *a, str kind, const unsigned char key[32], const struct statement *s, struct words *out);
/* What a person asks for: with its kind in front ("product:thing") or guessed by its form; a digest may have its
 * algorithm in front, 64 hex digits may be a key too. Never empty. */
MUST_USE bool words_asked(struct arena *a, str text, struct words *out, struct err *e);

#endif
