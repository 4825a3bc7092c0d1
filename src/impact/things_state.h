/* SPDX-License-Identifier: Apache-2.0
 *
 * Saying something about things: forms become statements, signed, logged and applied. What holds already is not said
 * again, so that doing it twice, or once more after it was cut short, adds nothing.
 */
#ifndef AKASHI_IMPACT_THINGS_STATE_H
#define AKASHI_IMPACT_THINGS_STATE_H

#include "impact/things_csv.h"

/* One thing to state: what is not given stays as it is. */
struct stating {
    struct form form;
    const bool *given; /* by field; NULL: everything */
    str where;         /* for messages: file:line, or absent */
    bool was_there;    /* out of preparing: something holds of it already */
    bool same;         /* … and this is it */
    bool refused;      /* it contradicts itself */
    uint64_t index;    /* out of saying, unless same or refused */
};
/* Fills in what is not given, and checks; what is refused is told in *bad. Nothing is said yet. */
VEC_NAMED(errs, struct err);
MUST_USE bool things_prepare(struct portfolio *p, struct arena *a, struct stating *list, uint32_t n, struct errs *bad,
                             struct err *e);
/* Says what was prepared, but for what is refused or the same. Warnings tell of ids that nobody has stated yet, of
 * deployments that have ended already, and of services that need each other. */
struct stated {
    uint64_t added, changed, same;
};
MUST_USE bool things_say(struct portfolio *p, struct arena *a, struct stating *list, uint32_t n, struct stated *out,
                         struct err *e);

/* Services that need each other, as "a → b → a"; at most `most` rings. */
VEC_NAMED(rings, str);
MUST_USE bool services_rings(struct portfolio *p, struct arena *a, uint32_t most, struct rings *out, struct err *e);

#endif
