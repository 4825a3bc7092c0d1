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
void squeezer_free(struct squeezer *s); /* accepts NULL */
/* Appends the compressed text, or the text itself when that is no longer: read it with unsqueeze(). */
void squeeze(struct squeezer *s, struct buf *out, str text);

/* The text again; absent when the bytes are damaged or it would be longer than `most`. */
str unsqueeze(struct arena *a, str packed, size_t most);

#endif
