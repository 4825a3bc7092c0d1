/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the licences*.c files.
 */
#ifndef AKASHI_IMPACT_LICENCES_INNER_H
#define AKASHI_IMPACT_LICENCES_INNER_H

#include "impact/licences.h"

/* Which licence the documents of a scope state for a component; by its canonical purl. */
struct stated {
    struct arena *a;
    struct map by_purl; /* → str */
};
MUST_USE bool stated_read(struct portfolio *p, struct arena *a, const struct scope *scope, struct stated *out,
                          struct err *e);
str stated_licence(const struct stated *s, str purl); /* absent: none */

#endif
