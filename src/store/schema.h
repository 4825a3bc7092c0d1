/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose views these are.
 */
#ifndef AKASHI_STORE_SCHEMA_H
#define AKASHI_STORE_SCHEMA_H

#include "base/ctx.h"

/* Whether a newer program than this one made them, or brought them forward: then this one must not use them. */
MUST_USE bool store_is_newer(struct ctx *c, str where, bool *newer, struct err *e);

#endif
