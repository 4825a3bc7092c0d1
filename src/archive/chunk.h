/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a long body is cut: FastCDC (Xia et al., USENIX ATC 2016) with normalised chunking. A cut depends only on the
 * 64 bytes before it, so two bodies that share a stretch share its chunks wherever the stretch lies.
 */
#ifndef AKASHI_ARCHIVE_CHUNK_H
#define AKASHI_ARCHIVE_CHUNK_H

#include "base/str.h"

struct cutter {
    uint64_t gear[256];
    uint64_t strict, loose; /* masks before and behind the average */
    uint32_t least, average, most;
};
/* average: a power of two. The table comes from the seed; with NULL from a fixed one (an encrypted archive takes its
 * own, so that the lengths of chunks do not tell what was cut). */
void cutter_init(struct cutter *c, uint32_t average, const unsigned char seed[32]);
/* The length of the first chunk of s: s.n when s is shorter than the least. Only the first c->most bytes count; call
 * with that many, or with the end of the body. */
size_t cutter_next(const struct cutter *c, str s);

#endif
