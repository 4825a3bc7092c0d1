/* SPDX-License-Identifier: Apache-2.0
 *
 * Levels side by side: a party and its units (parties whose prime it is), each evaluated by itself.
 */
#ifndef AKASHI_CONFORM_UNITS_H
#define AKASHI_CONFORM_UNITS_H

#include "conform/status.h"

struct unit_levels {
    str party, name;
    uint64_t products, releases;
    struct evaluation all;
    struct unit_lines lines;
};
VEC_NAMED(unit_levels_list, struct unit_levels);
struct units {
    const struct catalogue *catalogue;
    str package;                   /* absent: nothing to hold them against */
    struct unit_levels_list sides; /* the party itself first, then this page of its units, by id */
    uint32_t total;                /* units */
};
/* ask: catalogue, package and moment; its scope names the party. At most `most` units, from the skip-th on. */
MUST_USE bool units_levels(struct portfolio *p, struct arena *a, const struct evaluation_ask *ask, uint32_t skip,
                           uint32_t most, struct units *out, struct err *e);
/* An object: "units", and "requirements" with a cell for each of them. */
void units_json(struct jw *w, const struct units *u);

#endif
