/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files that compute a reach.
 */
#ifndef AKASHI_IMPACT_REACH_INNER_H
#define AKASHI_IMPACT_REACH_INNER_H

#include "impact/reach.h"

void numbers_unique(struct numbers *x); /* ascending, each once */
MUST_USE bool reach_services(struct reach *r, struct err *e);

#endif
