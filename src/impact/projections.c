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
