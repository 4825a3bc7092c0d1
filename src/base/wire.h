/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers and texts as bytes between two processes of ours, one of which may have fallen to whoever wrote the document
 * it reads: four bytes a number, little end first; a text with its length in front, 2^32 - 1 where it is absent.
 *
 * Reading goes on after a fault, without harm and without sense; `bad` is looked at once, at the end.
 */
#ifndef AKASHI_BASE_WIRE_H
#define AKASHI_BASE_WIRE_H

#include "base/err.h"

void wire_put_number(struct buf *b, uint32_t n);
void wire_put_wide(struct buf *b, uint64_t n);
void wire_put_text(struct buf *b, str s);
void wire_put_err(struct buf *b, const struct err *e);

struct wire {
    str rest;
    bool bad;
};
uint32_t wire_number(struct wire *w, uint32_t most);
uint64_t wire_wide(struct wire *w);
/* UTF-8 of at most so many bytes; borrowed. */
str wire_text(struct wire *w, size_t most);
/* Any bytes. */
str wire_bytes(struct wire *w, size_t most);
/* Exactly so many bytes, without a length in front. */
str wire_raw(struct wire *w, size_t n);
/* How many of something follow, each of at least so many bytes: what there is no room for is a lie. */
uint32_t wire_count(struct wire *w, size_t least);
/* A fault of a document (ERR_INPUT, ERR_LIMIT), in words that steer no terminal. */
void wire_err(struct wire *w, struct err *out);
/* Nothing was bad, and nothing is left. */
bool wire_end(const struct wire *w);

#endif
