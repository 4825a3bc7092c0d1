/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers in the archive's files are little-endian and unaligned.
 */
#ifndef AKASHI_ARCHIVE_LE_H
#define AKASHI_ARCHIVE_LE_H

#include "base/str.h"

static inline void le_put(void *to, uint64_t v, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        ((unsigned char *)to)[i] = (unsigned char)(v >> (8 * i));
}
static inline uint64_t le_get(const void *from, unsigned n) {
    uint64_t v = 0;
    for (unsigned i = n; i-- > 0;)
        v = v << 8 | ((const unsigned char *)from)[i];
    return v;
}
static inline uint32_t le_get32(const void *from) { return (uint32_t)le_get(from, 4); }
static inline void le_add(struct buf *b, uint64_t v, unsigned n) {
    le_put(buf_room(b, n), v, n);
    b->n += n;
}

#endif
