/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP tlog-witness over HTTP, both sides.
 */
#ifndef AKASHI_NODE_WITNESS_H
#define AKASHI_NODE_WITNESS_H

#include "base/http.h"
#include "node/server.h"
#include "seal/witness.h"

/* POST /add-checkpoint; `of` is the struct witness. */
extern const struct route witness_routes[];

/* A witness somebody asks. */
struct asked_witness {
    str url; /* the submission prefix */
    const struct vkey *keys;
    uint32_t n_keys;
};
/* Asks for cosignatures of the checkpoint in `note` (size entries, whose tree `hashes` gives) and puts the good ones
 * into it. ERR_ENV when the witness cannot be reached or answers nonsense; ERR_INPUT when it refuses, above all when it
 * saw a larger log than this one: then this log was rolled back, or is a fork of the one it knows. */
MUST_USE bool witness_ask(struct http *h, struct arena *a, const struct asked_witness *w,
                          const struct hash_source *hashes, uint64_t size, struct note *note, struct err *e);

#endif
