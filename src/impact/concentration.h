/* SPDX-License-Identifier: Apache-2.0
 *
 * Where much hangs on little: single points of failure among what services run on, and packages, suppliers and releases
 * by reach. For what is in many releases at once (a package, a supplier) everything that runs it is taken away at once:
 * two redundant systems with the same library in them are no redundancy.
 */
#ifndef AKASHI_IMPACT_CONCENTRATION_H
#define AKASHI_IMPACT_CONCENTRATION_H

#include "impact/landscape.h"

enum concentration_of { OF_HOSTS /* parties, zones, systems, services */, OF_RELEASES, OF_PACKAGES, OF_SUPPLIERS };
enum concentration_by { BY_POPULATION, BY_SERVICES, BY_CUSTOMERS, BY_DEPLOYMENTS, BY_RELEASES };
bool concentration_of_parse(str word, enum concentration_of *out); /* "hosts", "releases", "packages", "suppliers" */
bool concentration_by_parse(str word, enum concentration_by *out); /* "population", "services" … */

struct hub {
    enum place_kind kind; /* PLACE_PACKAGE for packages, PLACE_PARTY for suppliers */
    str label;
    int64_t number; /* package id, party number; -1 */
    uint64_t releases, deployments, customers, services;
    double population;
    uint32_t depth;       /* of the cascade */
    bool single;          /* a service goes with it and has no other way */
    VEC(uint32_t) fallen; /* services, most people first; at most HUB_NAMED */
};
enum { HUB_NAMED = 5 };
VEC_NAMED(hubs, struct hub);

struct concentration_ask {
    enum concentration_of of;
    enum concentration_by by;
    str sector; /* only services of it count; absent: all */
    uint32_t most;
};
/* The first by reach, greatest first. */
MUST_USE bool concentration_find(struct landscape *l, const struct concentration_ask *ask, struct hubs *out,
                                 struct err *e);

#endif
