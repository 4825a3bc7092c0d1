/* SPDX-License-Identifier: Apache-2.0
 *
 * Within conform_status*.c.
 */
#ifndef AKASHI_CLI_CONFORM_STATUS_H
#define AKASHI_CLI_CONFORM_STATUS_H

#include "cli/conform_scope.h"

struct unit_line { /* a requirement: what is so of all its practices in the package */
    const struct catalogue_group *group;
    int level, target;       /* the lowest; target -1: not part of the package */
    uint32_t practices, met; /* that are in the package and apply; of these at their target */
    bool attested;           /* some level rests on a person's word */
    int64_t until;
    const struct practice_state *step; /* the cheapest practice below its target; NULL: none */
};
VEC_NAMED(unit_lines, struct unit_line);

struct status {
    struct cli *cli;
    struct cli_portfolio h;
    const struct catalogue *catalogue;
    struct conform_scope scope;
    str package, party;
    struct evaluation all;
    struct unit_lines lines;
    int64_t now;
};

/* Of one evaluation. */
void status_lines(struct arena *a, const struct catalogue *c, const struct evaluation *all, struct unit_lines *out);
/* What would be next for a practice: the rules of its next level that do not hold. */
int status_next_level(const struct practice_state *s);
void status_show(struct status *s);
void status_json(struct status *s);
void status_practice(struct status *s, const struct practice_state *x);
MUST_USE bool status_trend(struct status *s, const struct evaluation_ask *ask, struct err *e);

#endif
