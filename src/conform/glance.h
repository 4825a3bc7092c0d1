/* SPDX-License-Identifier: Apache-2.0
 *
 * What pages that are not about conformity show of it at a glance.
 */
#ifndef AKASHI_CONFORM_GLANCE_H
#define AKASHI_CONFORM_GLANCE_H

#include "base/json.h"
#include "impact/portfolio.h"

/* Members "offers" (waiting for an answer, or due) and "declarations" (ours: at risk, challenged, expired or about to):
 * {"rows": at most 20, "total"} each. */
MUST_USE bool glance_waiting_json(struct portfolio *p, struct arena *a, struct jw *w, const struct as_of *when,
                                  int64_t now, struct err *e);
/* Where a log has a statement of that kind about a document of a release; the first one. */
MUST_USE bool glance_statement(struct portfolio *p, str kind, uint32_t release, int64_t log_id, bool *found,
                               uint64_t *entry, struct err *e);

#endif
