/* SPDX-License-Identifier: Apache-2.0
 *
 * How software flows: supplier → product → customer → service, by deployments, for a picture of a few streams. On each
 * level the largest are kept and the rest is one node.
 *
 * Only services the reader may see are there; of the other levels what a deployment names that the reader may see.
 */
#ifndef AKASHI_IMPACT_FLOW_H
#define AKASHI_IMPACT_FLOW_H

#include "impact/landscape.h"
#include "impact/reach.h"

enum flow_level { FLOW_SUPPLIER, FLOW_PRODUCT, FLOW_CUSTOMER, FLOW_SERVICE, FLOW_LEVELS };
struct flow_node {
    enum flow_level level;
    int64_t number;  /* of the thing; -1 not stated */
    uint32_t others; /* 0; of the node for the rest: how many it stands for */
    uint64_t weight; /* deployments */
    str id, name;    /* absent where there is none */
};
struct flow_link {
    uint32_t from, to; /* nodes */
    uint64_t weight;
};
struct flow {
    struct as_of pin;
    uint64_t deployments;
    VEC(struct flow_node) nodes; /* by level, the largest first */
    VEC(struct flow_link) links;
};
/* Of the deployments a question reaches: after reach_systems(). most: nodes of a level besides the rest. */
MUST_USE bool flow_reached(struct reach *r, uint32_t most, struct flow *out, struct err *e);
MUST_USE bool flow_all(struct landscape *l, uint32_t most, struct flow *out, struct err *e);
void flow_json(struct arena *a, struct jw *w, const struct flow *f);

#endif
