/* SPDX-License-Identifier: Apache-2.0
 *
 * Which release a document is about: what is said beside it, else what it says of itself.
 */
#ifndef AKASHI_IMPACT_IMPORT_NAME_H
#define AKASHI_IMPACT_IMPORT_NAME_H

#include "impact/gist.h"
#include "impact/inventory.h"

struct naming {
    struct ctx *ctx; /* warned where something stands in for a name */
    str where, file; /* file: absent when it has none */
    bool strict;     /* nothing stands in */
};
/* Product, version, party and purl where `x` lacks them, and its format; the verdicts are of it then. */
MUST_USE bool inventory_complete(const struct naming *how, struct arena *a, struct gist *g, struct inventory *x,
                                 struct err *e);
/* The very document was taken for that product and version before; where `x` says neither, for any: what the document
 * says itself, it said before too. */
MUST_USE bool inventory_known(struct portfolio *p, struct arena *a, const struct inventory *x, bool *known,
                              struct err *e);

#endif
