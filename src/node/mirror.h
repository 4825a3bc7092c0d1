/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP tlog-mirror over HTTP, both sides. Submission and monitoring share one prefix.
 */
#ifndef AKASHI_NODE_MIRROR_H
#define AKASHI_NODE_MIRROR_H

#include "base/http.h"
#include "node/server.h"
#include "seal/mirror.h"

/* POST /add-checkpoint, POST /add-entries, GET /HASH/…; `of` is the struct mirror. */
extern const struct route mirror_routes[];

/* A mirror somewhere on the network. */
struct far_mirror {
    struct http *http;
    str url; /* the submission prefix */
};
struct mirror_end mirror_far(struct arena *a, struct far_mirror *m);

#endif
