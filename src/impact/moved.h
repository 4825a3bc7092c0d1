/* SPDX-License-Identifier: Apache-2.0
 *
 * What surrounds the releases: who and what there is, and which release runs where. Whoever changes it says so, and a
 * number in the store rises with the transaction: what was answered before it (recall.h) is not said again.
 */
#ifndef AKASHI_IMPACT_MOVED_H
#define AKASHI_IMPACT_MOVED_H

#include "impact/portfolio.h"

void portfolio_moves(struct portfolio *p);
/* Before the commit; nothing where nothing moved. */
MUST_USE bool portfolio_tell_moved(struct portfolio *p, struct err *e);

#endif
