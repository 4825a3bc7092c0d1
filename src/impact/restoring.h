/* SPDX-License-Identifier: Apache-2.0
 *
 * After a loss: when is each service back, which pass the outage they can bear, and in which order is work best done?
 *
 * Each node taken away is one job; a number of teams take jobs in order, each the next when it is free. A service is
 * back when everything it needs is. An order is better when fewer people × seconds pass beyond the limits (MTPD), then
 * when fewer pass at all.
 */
#ifndef AKASHI_IMPACT_RESTORING_H
#define AKASHI_IMPACT_RESTORING_H

#include "impact/reliance.h"

struct restoring_job {
    uint32_t node;
    int64_t takes; /* seconds */
};
struct restoring_stake { /* a service */
    uint32_t node;
    int64_t mtpd; /* seconds it may be out; -1 not stated: never too late */
    double people;
};
struct restoring_plan {
    const struct reliance *graph;
    const struct restoring_job *jobs;
    uint32_t n_jobs, teams;
    const struct restoring_stake *stakes;
    uint32_t n_stakes;
};
struct restoring_result {
    uint32_t *order;    /* jobs by number, best first */
    int64_t *done;      /* by job: seconds from the loss until it is done */
    int64_t *back;      /* by stake: until the service is back; 0 when it was never out */
    double late, total; /* people × seconds beyond the limits, and in all */
    double naive_late;  /* the same in the order the jobs were given */
    bool exact;         /* every order was tried */
};
void restoring_find(const struct restoring_plan *p, struct arena *a, struct restoring_result *out);

#endif
