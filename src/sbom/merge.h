/* SPDX-License-Identifier: Apache-2.0
 *
 * Several SBOMs into one of a product: components with the same identity become one, relations are rewired, a root is
 * made, and each component says which part it came from.
 */
#ifndef AKASHI_SBOM_MERGE_H
#define AKASHI_SBOM_MERGE_H

#include "sbom/sbom.h"

#define MERGE_ORIGIN "akashi:merge:origin" /* property: name of a part */

struct merge_part {
    const struct sbom *sbom;
    str name; /* told as origin */
};
struct merge_options {
    str product, version; /* of the root; version may be absent */
    str supplier;         /* may be absent */
};

/* The merged model points into the parts, which must live as long. What two parts say differently about one component
 * is kept from the first; what only a later one says is added. Members the model does not name are left behind: how
 * many is told in *notes (may be NULL), by part. */
struct sbom *sbom_merge(struct ctx *c, struct arena *a, const struct merge_part *parts, uint32_t n,
                        const struct merge_options *options, struct sbom_problems *notes);

#endif
