/* SPDX-License-Identifier: Apache-2.0
 *
 * The copy of one log on disk: bundles as they come, tiles and the checkpoint when all is there.
 */
#ifndef AKASHI_SEAL_MIRROR_COPY_H
#define AKASHI_SEAL_MIRROR_COPY_H

#include "seal/mirror.h"

struct replica {
    struct ctx *ctx;
    const char *folder;
    str origin;
    uint64_t size; /* of the mirror checkpoint, 0 when there is none */
};
MUST_USE bool replica_open(const struct mirror *m, struct arena *a, str origin, struct replica *out, struct err *e);
/* The first entry that is in no bundle. */
uint64_t replica_next(const struct replica *c);
/* The entries [256·bundle, upto) of a bundle that is there at least up to `upto`, as bytes. */
MUST_USE bool replica_read(const struct replica *c, struct arena *a, uint64_t upto, str *out, struct err *e);
/* Keeps the bundle that ends with entry `upto`, durably; nothing to do when as much of it is there. */
MUST_USE bool replica_write(const struct replica *c, struct arena *a, uint64_t upto, str bytes, struct err *e);
/* Writes what tiles a tree of that size needs, from the bundles up, and reads all of it back: false with ERR_INPUT when
 * it does not make that root. Durable when it returns. */
MUST_USE bool replica_build(const struct replica *c, uint64_t size, struct hash root, struct err *e);
MUST_USE bool replica_show(const struct replica *c, struct arena *a, str checkpoint, struct err *e);

#endif
