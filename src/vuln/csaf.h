/* SPDX-License-Identifier: Apache-2.0
 *
 * What both readers of CSAF (advisories for the database, verdicts for VEX) hold to.
 */
#ifndef AKASHI_VULN_CSAF_H
#define AKASHI_VULN_CSAF_H

#include "base/json.h"

enum { CSAF_STEPS = 64, CSAF_PURLS = 64, CSAF_ROUNDS = 16 }; /* on a path, of a product, of relations built on others */

/* The name of a branch "product_version_range" as VERS: one that is, or a "vers-like specifier" ("<4.2",
 * ">=1.0|<2.0") in the scheme of the product's package URL, "generic" without one. A scheme we do not know gives way to
 * that too. Absent when it is neither: what holds for some versions must not be taken for all. */
str csaf_range(struct arena *a, str name, str purl);
/* A document that says of itself that it no longer holds ("csaf_withdrawn", "csaf_superseded" of 2.1). */
bool csaf_is_void(struct jv document);
/* Product ids an object speaks of (2.0 and 2.1: "product_ids", and "group_ids" through the product tree). */
struct csaf_ids {
    struct jiter ids, groups, group;
    struct jv tree;
};
struct csaf_ids csaf_ids(struct jv object, struct jv tree);
bool csaf_ids_next(struct csaf_ids *it, str *id);

/* "A as a component of B" (2.0: relationships; 2.1: product_paths, where each step leads on to what it is part of). */
struct csaf_relation {
    str id, part; /* of the new product; of the one it begins with */
    struct jv product, wholes;
};
struct csaf_relations {
    struct jiter it;
    bool paths;
    struct jv tree;
};
struct csaf_relations csaf_relations(struct jv tree);
bool csaf_relation_next(struct csaf_relations *it, struct csaf_relation *out);
/* The products it is part of, from the nearest on; at most CSAF_STEPS of them. */
str csaf_whole(const struct csaf_relation *r, size_t i);

#endif
