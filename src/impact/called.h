/* SPDX-License-Identifier: Apache-2.0
 *
 * Purls that products are called by: their own, and those of their releases. Verdicts name products by them.
 */
#ifndef AKASHI_IMPACT_CALLED_H
#define AKASHI_IMPACT_CALLED_H

#include "impact/portfolio.h"

/* Type, namespace and name of a purl; absent for what is none. */
str called_base(struct arena *a, str purl);

/* Whenever a statement calls a product so; once more does no harm. What is no purl is passed over. */
MUST_USE bool called_note(struct portfolio *p, int64_t product, str purl, struct err *e);

/* Products that were ever called so, ascending. */
VEC_NAMED(called_products, int64_t);
MUST_USE bool called_find(struct portfolio *p, struct arena *a, str base, struct called_products *out, struct err *e);

/* Before packages from this number on become components that verdicts may speak of. */
MUST_USE bool called_packages(struct portfolio *p, int64_t first, struct err *e);

#endif
