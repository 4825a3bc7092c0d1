/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts compressed one by one for storage (Zstandard). The only module that knows libzstd.
 */
#ifndef AKASHI_BASE_SQUEEZE_H
#define AKASHI_BASE_SQUEEZE_H

#include "base/arena.h"

/* One per thread. */
struct squeezer;
struct squeezer *squeezer_new(void);
struct squeezer *squeezer_new_at(int level);        /* for squeeze_into: smaller and slower with a higher level */
void squeezer_level(struct squeezer *s, int level); /* from now on */
void squeezer_free(struct squeezer *s);             /* accepts NULL */
/* Appends the compressed text, or the text itself when that is no longer: read it with unsqueeze(). */
void squeeze(struct squeezer *s, struct buf *out, str text);

/* The text again; absent when the bytes are damaged or it would be longer than `most`. */
str unsqueeze(struct arena *a, str packed, size_t most);

/* ── bare frames, where the caller keeps the sizes ── */
size_t squeeze_most(size_t n); /* room that always suffices for n bytes */
/* The size of the frame written to `to`; 0 when it does not fit. */
size_t squeeze_into(struct squeezer *s, str text, void *to, size_t room);
/* Exactly n bytes to `to`; false when the frame is damaged or holds another number. */
bool unsqueeze_into(str frame, void *to, size_t n);

#endif
