/* SPDX-License-Identifier: Apache-2.0
 *
 * What needs what: nodes with groups of needs. A node is out when it is taken away, or when every alternative of one
 * of its groups is out; nothing else is ever out (needs in a circle hold each other up). Knows nothing of the store.
 */
#ifndef AKASHI_IMPACT_RELIANCE_H
#define AKASHI_IMPACT_RELIANCE_H

#include "base/arena.h"
#include "impact/roaring.h"

#define RELIANCE_NONE UINT32_MAX

struct reliance_link { /* seen from what is needed: group `group` of node `node` */
    uint32_t node, group;
};
struct reliance_group {
    VEC(uint32_t) any; /* alternatives; a group without any is met */
};
struct reliance_node {
    VEC(struct reliance_group) groups;
    VEC(struct reliance_link) wanted;
};
struct reliance {
    struct arena *a;
    VEC(struct reliance_node) nodes;
};

void reliance_init(struct reliance *g, struct arena *a);
uint32_t reliance_node(struct reliance *g);
uint32_t reliance_group(struct reliance *g, uint32_t node); /* a new, empty group of its needs */
void reliance_any(struct reliance *g, uint32_t node, uint32_t group, uint32_t on);

/* What goes out when these are taken away. */
struct reliance_fall {
    uint32_t *depth; /* by node: 0 taken away, 1 needs one of those, …; RELIANCE_NONE: still there */
    uint32_t *cause; /* by node: the last alternative whose loss felled it; RELIANCE_NONE */
    uint32_t *order; /* those that are out, in the order they fell */
    uint32_t n, deepest;
};
void reliance_fell(const struct reliance *g, struct arena *a, const uint32_t *away, uint32_t n,
                   struct reliance_fall *out);

/* For each node the nodes without which it is out: itself, and of each group what all its alternatives have in common.
 * Dominators, for graphs in which some needs have alternatives. The caller gives them back. */
roaring_bitmap_t **reliance_essential(const struct reliance *g, struct arena *a);
void reliance_essential_free(const struct reliance *g, roaring_bitmap_t **essential);

#endif
