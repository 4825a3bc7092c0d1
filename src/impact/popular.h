/* SPDX-License-Identifier: Apache-2.0
 *
 * Packages by reach: which most releases list, with the worst that is known of them and what an upgrade would clear.
 */
#ifndef AKASHI_IMPACT_POPULAR_H
#define AKASHI_IMPACT_POPULAR_H

#include "impact/audience.h"

struct popular_row {
    str package;
    uint64_t documents; /* that list it, in whatever version */
    uint64_t behind;    /* of those, with a version that has a flaw */
    uint32_t versions, flawed;
    int32_t score; /* of the worst flaw, CVSS × 10; -1: none, or unknown */
    bool kev;
    str upgrade; /* the highest fixed version; absent: no flaw, or one without a fixed version */
};
VEC_NAMED(popular_rows, struct popular_row);

/* What somebody may see of packages, for as long as one answer takes. */
struct popular;
MUST_USE bool popular_open(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when,
                           struct popular **out, struct err *e); /* closed with the arena */
/* The most used ones from place `from` on, at most n; *total: places there are. For who does not see everything, or
 * asks about the past, they are chosen by the newest releases; *looked tells how many, 0: by all. */
MUST_USE bool popular_list(struct popular *x, uint64_t from, uint64_t n, struct popular_rows *out, uint64_t *total,
                           uint32_t *looked, struct err *e);
/* One by its name; *found is false when the reader sees it nowhere. */
MUST_USE bool popular_one(struct popular *x, str package, bool *found, struct popular_row *out, struct err *e);

#endif
