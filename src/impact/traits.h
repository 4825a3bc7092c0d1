/* SPDX-License-Identifier: Apache-2.0
 *
 * What documents say of components beyond their names: which bytes they are, and who supplies them. One component
 * version with two hashes of one kind was published again as something else (or somebody's copy was changed).
 */
#ifndef AKASHI_IMPACT_TRAITS_H
#define AKASHI_IMPACT_TRAITS_H

#include "impact/contents_inner.h"

/* While a release is added: what is known already costs a look into memory. */
MUST_USE bool traits_note(struct contents *c, component_id id, const struct part *part, uint32_t release_id,
                          struct err *e);
/* The rows of what was noted and is not written yet. */
MUST_USE bool traits_write(struct contents *c, struct err *e);
void traits_drop(struct contents *c); /* they are not written */

#endif
