/* SPDX-License-Identifier: Apache-2.0
 *
 * The whole portfolio in plain files, for whoever wants to leave, or to begin a home anew:
 *
 *   DIR/parties.csv .json   products   deployments   services     what somebody who may has said
 *   DIR/releases.csv, DIR/releases.jsonl                          the latter as `akashi impact import` takes it
 *   DIR/sboms/ab/SHA256.json|xml|spdx                             each document once
 */
#ifndef AKASHI_IMPACT_LEAVING_H
#define AKASHI_IMPACT_LEAVING_H

#include "impact/things.h"

struct left {
    uint64_t things[4];                 /* by enum thing_kind */
    uint64_t releases, documents, lost; /* lost: releases whose document is gone or withheld */
};
/* dir must be empty or missing. A document that cannot be read is a warning; its release stands in releases.csv alone.
 */
MUST_USE bool portfolio_leave(struct portfolio *p, str dir, const struct as_of *when, struct left *out, struct err *e);

#endif
