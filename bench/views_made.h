/* SPDX-License-Identifier: Apache-2.0
 *
 * Views of a made-up portfolio, written without a log: N releases of N/50 products of 1,000 suppliers, whose
 * components' popularity falls off as 1/rank; N/10 deployments at N/500 customers for N/500 services; flaws in some
 * versions of a package; 40 cases a product, and verdicts that answer one flaw in one product each, a twentieth as many
 * as flaws, unless said otherwise; of every ten, seven name the product, two its first release, and one is of a
 * component in it, as a decision on a case is. The same arguments make the same portfolio.
 */
#ifndef AKASHI_BENCH_VIEWS_MADE_H
#define AKASHI_BENCH_VIEWS_MADE_H

#include "impact/contents.h"

enum { VIEWS_VERSIONS = 40, VIEWS_FAMILY = 50, VIEWS_SUPPLIERS = 1000, VIEWS_CASES = 40 };
struct views_wish { /* 0: what is usual; below 0: none */
    int64_t cases, answers;
};

struct views {
    struct ctx c;
    struct arena *a;
    struct err e;
    struct portfolio p;
    str path;
    uint64_t seed;
    int64_t releases, components, packages, products, customers, services, deployments, flaws, cases, answers;
};
/* Opens FOLDER/portfolio.db, or where AKASHI_STORE says, made when it is not there. What fails ends the program. */
void views_begin(struct views *b, str folder, int64_t releases, int64_t components, int64_t flaws, uint64_t seed,
                 struct views_wish wish);
void views_end(struct views *b);
void views_open(struct views *b, enum store_use use);
void views_close(struct views *b);
void views_must(struct views *b, bool ok);

#endif
