/* SPDX-License-Identifier: Apache-2.0
 *
 * Services, what they run on and what that needs, in memory as of a moment, as one graph of reliance.
 *
 * A service needs one of each group it names, and every deployment that carries it and stands in none of its groups.
 * A deployment needs its host, its operator, its zone and the release it runs; the packages in that release are no
 * nodes (there are too many): taking a package away takes the deployments whose release contains it.
 */
#ifndef AKASHI_IMPACT_LANDSCAPE_H
#define AKASHI_IMPACT_LANDSCAPE_H

#include "impact/audience.h"
#include "impact/reliance.h"

enum place_kind { PLACE_SERVICE, PLACE_DEPLOYMENT, PLACE_PARTY, PLACE_ZONE, PLACE_RELEASE, PLACE_PACKAGE };
struct place { /* one node of the graph, by its number */
    enum place_kind kind;
    uint32_t at;    /* index into services, deployments or parties; of a release its id; RELIANCE_NONE else */
    int64_t number; /* of the thing; -1 for zones and packages */
    str label;
};
struct landscape {
    struct portfolio *portfolio;
    const struct reader *reader;
    struct as_of when;
    struct arena *a;
    struct reliance graph;
    VEC(struct place) places;
    VEC(struct service) services;
    VEC(struct deployment) deployments; /* that run as of then */
    VEC(struct party) parties;
    VEC(int64_t) over;                               /* numbers of those that do not: ended, or to begin later */
    VEC(uint32_t) service_places, deployment_places; /* node by index */
    VEC(uint32_t) releases;                          /* by deployment: its release_id; RELIANCE_NONE unknown */
    struct map names;                                /* "kind:id" → struct place_name */
};
/* As far as the reader may see it: what it may not see is no part of it. */
MUST_USE bool landscape_read(struct portfolio *p, struct arena *a, const struct reader *reader,
                             const struct as_of *when, struct landscape *out, struct err *e);
/* The node of "party:ID", "service:ID", "deployment:ID", "zone:NAME" or "release:PRODUCT@VERSION"; without a prefix
 * the first of these that fits. RELIANCE_NONE when there is none. */
uint32_t landscape_node(const struct landscape *l, str text);
/* People who have no service when it is out: those it covers but for the part that others can take over. 0 when it is
 * not stated how many it covers. */
double service_people(const struct service *s);
/* Nodes of the deployments whose release is in the bitmap. */
void landscape_running(const struct landscape *l, struct arena *a, const roaring_bitmap_t *releases, uint32_t **out,
                       uint32_t *n);
const char *place_kind_name(enum place_kind k); /* "service", "deployment", "party", "zone", "release", "package" */

#endif
