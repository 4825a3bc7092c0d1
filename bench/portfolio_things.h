/* SPDX-License-Identifier: Apache-2.0
 *
 * What surrounds the releases of portfolio_made.h, the same for the same seed: suppliers, customers and hosts by
 * sector, products, services that need each other, deployments (few products run almost everywhere, most at a few
 * customers), as sheets that `akashi … import` takes; and advisories on its packages.
 */
#ifndef AKASHI_BENCH_PORTFOLIO_THINGS_H
#define AKASHI_BENCH_PORTFOLIO_THINGS_H

#include "portfolio_made.h"

struct made_sheets {
    struct buf parties, products, services, deployments; /* CSV */
};
/* Of a portfolio of so many releases: a deployment for ten, a customer, a service and a host for 500, 5,000. */
void made_sheets(uint64_t releases, uint64_t seed, struct made_sheets *out);
void made_sheets_free(struct made_sheets *x);

/* Advisory number `at` as OSV; packages as they come, or by popularity. Its versions end where it is fixed: somewhere
 * in the newer half of the package's. */
void made_advisory(struct made *m, uint64_t at, bool popular, struct buf *out);

#endif
