/* SPDX-License-Identifier: Apache-2.0
 *
 * Ids and names of things, each read once.
 */
#ifndef AKASHI_IMPACT_REACH_NAMES_H
#define AKASHI_IMPACT_REACH_NAMES_H

#include "impact/reach.h"

struct named {
    str id, name;  /* name absent when none is stated */
    int64_t party; /* of a product: who answers for it; -1 */
};
struct thing_names {
    struct reach *r;
    struct {
        struct named **v; /* by number */
        int64_t n;
    } of[4];
};
/* Number -1 gives absent names. The result lives as long as the reach. */
MUST_USE bool thing_name(struct thing_names *x, enum thing_kind kind, int64_t number, const struct named **out,
                         struct err *e);
/* Reads many together, in any order and with -1 among them: thing_name() asks nothing for them afterwards. */
MUST_USE bool thing_names_read(struct thing_names *x, enum thing_kind kind, const int64_t *numbers, uint32_t n,
                               struct err *e);

#endif
