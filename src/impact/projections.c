/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/portfolio.h"

#define PROJECTION(name) extern const struct projection name##_projection;
#include "impact/projections.list"
#undef PROJECTION

const struct projection *const projections[] = {
#define PROJECTION(name) &name##_projection,
#include "impact/projections.list"
#undef PROJECTION
    NULL,
};

const struct projection *projection_of(str kind) {
    for (const struct projection *const *p = projections; *p; p++)
        if (str_is(kind, (*p)->kind))
            return *p;
    return NULL;
}

bool projections_apply(struct portfolio *p, const struct entry *given, struct err *e) {
    struct entry_outcome outcome = {0};
    struct entry x = *given;
    x.outcome = &outcome;
    for (const struct projection *const *k = projections; *k; k++)
        if (str_is(x.kind, (*k)->kind) && !(*k)->apply(p, &x, e))
            return false;
    return true;
}
