/* SPDX-License-Identifier: Apache-2.0
 *
 * Within release/: releases found again in the log, and their bundles with proofs as of now.
 */
#ifndef AKASHI_RELEASE_PROVE_H
#define AKASHI_RELEASE_PROVE_H

#include "release/manifest.h"

VEC_NAMED(release_lines, struct release_line);
struct earlier {
    bool found;
    uint64_t index; /* of the manifest */
    struct manifest manifest;
    struct release_lines parts; /* with the manifest last */
};
/* The newest release of that product and version that this home logged. */
MUST_USE bool prove_find_release(struct ctx *c, struct arena *a, struct home *home, str product, str version,
                                 struct earlier *out, struct err *e);

/* The envelopes of out->lines, each with its proof, into out->bundle; left alone when it already says the same. */
MUST_USE bool prove_write_bundle(struct ctx *c, struct arena *a, struct home *home, const struct release_result *out,
                                 struct err *e);

#endif
