/* SPDX-License-Identifier: Apache-2.0
 *
 * Views that stay open for long while others write them.
 */
#ifndef AKASHI_IMPACT_FOLLOW_H
#define AKASHI_IMPACT_FOLLOW_H

#include "impact/portfolio.h"

/* Sees how far others have applied the log since: nothing is applied. */
MUST_USE bool portfolio_refresh(struct portfolio *p, struct err *e);

#endif
