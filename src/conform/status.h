/* SPDX-License-Identifier: Apache-2.0
 *
 * From practices to requirements: what an evaluation says of each, and what would bring it forward; the same JSON for
 * whoever asks.
 */
#ifndef AKASHI_CONFORM_STATUS_H
#define AKASHI_CONFORM_STATUS_H

#include "conform/catalogue_json.h"
#include "conform/evaluate.h"

struct unit_line { /* a requirement: what is so of all its practices in the package */
    const struct catalogue_group *group;
    int level, target;       /* the lowest; target -1: not part of the package */
    uint32_t practices, met; /* that are in the package and apply; of these at their target */
    bool attested;           /* some level rests on a person's word */
    int64_t until;
    const struct practice_state *step; /* the cheapest practice below its target; NULL: none */
};
VEC_NAMED(unit_lines, struct unit_line);

/* Of one evaluation. */
void status_lines(struct arena *a, const struct catalogue *c, const struct evaluation *all, struct unit_lines *out);

struct conform_status {
    const struct catalogue *catalogue;
    str package, party; /* package absent: nothing to hold it against */
    struct evaluation all;
    struct unit_lines lines;
    int64_t now;
};
void status_json(struct arena *a, struct jw *w, const struct conform_status *s);

/* The catalogue's package of that id; ERR_USAGE with those there are. Absent ids are fine. */
MUST_USE bool status_package(struct arena *a, const struct catalogue *c, str id, struct err *e);

/* Levels at some moments of the year before `now`: each what would have been answered then. */
enum { STATUS_MOMENTS = 6 };
struct status_moment {
    int64_t time;
    struct unit_lines lines;
};
MUST_USE bool status_moments(struct portfolio *p, struct arena *a, const struct evaluation_ask *ask,
                             struct status_moment out[STATUS_MOMENTS], struct err *e);
void moments_json(struct arena *a, struct jw *w, const struct conform_status *s,
                  const struct status_moment m[STATUS_MOMENTS]);

#endif
