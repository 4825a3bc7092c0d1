/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether the advisories at hand name a flaw. "Reaches nothing" is only worth something of one that they name, and that
 * the portfolio was held against. Says the same to every reader: nothing here depends on what is hit.
 */
#ifndef AKASHI_IMPACT_ADVISED_H
#define AKASHI_IMPACT_ADVISED_H

#include "impact/portfolio.h"

enum advised {
    ADVISED_KNOWN,
    ADVISED_LATER,   /* named, but the database has changed since the last watch */
    ADVISED_UNKNOWN, /* by no advisory in the database */
    ADVISED_NO_DATA  /* there is no database */
};
const char *advised_name(enum advised k); /* for machines: "known", "later" … */

/* database: path of the advisory database, which may be absent; name: as question_parse() spells it. */
MUST_USE bool advised_find(struct portfolio *p, struct arena *a, str database, str name, enum advised *out,
                           struct err *e);

#endif
