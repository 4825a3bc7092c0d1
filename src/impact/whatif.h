/* SPDX-License-Identifier: Apache-2.0
 *
 * What if this were gone? Which services are out at once, which pass the outage they can bear and when, and in which
 * order to bring things back.
 */
#ifndef AKASHI_IMPACT_WHATIF_H
#define AKASHI_IMPACT_WHATIF_H

#include "impact/landscape.h"
#include "impact/restoring.h"

enum { RESTORE_ASSUMED = 24 * 3600 /* where a service does not say how long it takes to bring it back */ };

struct whatif_service {
    uint32_t service, depth; /* index into the landscape's; 1 = next to what is gone */
    uint32_t cause;          /* node whose loss felled it; RELIANCE_NONE when it was itself taken away */
    int64_t back;            /* seconds until it is back, in the best order */
    bool late;               /* later than it can bear */
};
struct whatif_job { /* a system (or service) to bring back, in the best order */
    uint32_t node;
    int64_t takes, done;
    bool assumed; /* nobody said how long it takes */
};
struct whatif {
    VEC(uint32_t) away;                  /* nodes taken away */
    uint32_t releases;                   /* releases that a package or release stands for */
    VEC(struct whatif_service) services; /* those that are out: first whose limit passes first */
    VEC(struct whatif_job) jobs;
    uint32_t deployments, deepest, late;
    double people, hours_late, hours; /* people now without; people × hours beyond the limits and in all, best order */
    double hours_late_given;          /* in the order in which things are named */
    bool exact;
};
/* what: "remove A[, B …]", each a name as landscape_node() takes it, or a question (question.h): a
 * purl with version or range, a flaw, a file, a product.
 * ERR_INPUT when something is not known. */
MUST_USE bool whatif_run(struct landscape *l, str what, uint32_t teams, struct whatif *out, struct err *e);

#endif
