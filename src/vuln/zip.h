/* SPDX-License-Identifier: Apache-2.0
 *
 * Zip archives in memory with random access, so that every core inflates its own entries. Stored and deflated entries,
 * ZIP64; anything else is base/unpack.h's.
 *
 * Nothing in the archive is trusted: offsets and sizes are checked against the text, an entry inflates to exactly the
 * size and CRC it states, and sizes are bounded before memory is asked for.
 */
#ifndef AKASHI_VULN_ZIP_H
#define AKASHI_VULN_ZIP_H

#include "base/ctx.h"

struct zip_entry {
    str name; /* as written */
    uint64_t at, packed, size;
    uint32_t crc;
    uint16_t method;
};
struct zip {
    str text, where;
    struct zip_entry *v;
    uint32_t n;
};

bool zip_is(str head);
/* Reads the directory. *plain is false when the archive needs base/unpack.h (encryption, other methods); then *out is
 * empty. */
MUST_USE bool zip_open(struct ctx *c, struct arena *a, str text, str where, struct zip *out, bool *plain,
                       struct err *e);
/* The entry's bytes, in the arena or in the archive's text; safe in several threads at once (each its own arena). */
MUST_USE bool zip_read(struct ctx *c, struct arena *a, const struct zip *z, uint32_t i, str *out, struct err *e);

#endif
