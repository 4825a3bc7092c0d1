/* SPDX-License-Identifier: Apache-2.0
 *
 * Services by sector and region: all that a reader may see, or those that a question reaches.
 */
#ifndef AKASHI_IMPACT_REGIONS_H
#define AKASHI_IMPACT_REGIONS_H

#include "impact/reach.h"

struct region_cell {
    str sector, region; /* empty: not stated */
    uint32_t services, falling;
    double population, people; /* covered; without service (0 in all) */
};
VEC_NAMED(region_cells, struct region_cell);
struct regions {
    bool reached; /* by a question: falling and people are told */
    struct as_of pin;
    struct region_cells cells; /* by sector, then by region */
};
void regions_reached(const struct reach *r, struct regions *out);
MUST_USE bool regions_all(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when,
                          struct regions *out, struct err *e);
void regions_json(struct arena *a, struct jw *w, const struct regions *found);

#endif
