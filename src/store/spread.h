/* SPDX-License-Identifier: Apache-2.0
 *
 * Between spread.c (the steps) and spread_apply.c (taking them).
 */
#ifndef AKASHI_STORE_SPREAD_H
#define AKASHI_STORE_SPREAD_H

#include "store/postgres.h"

struct spread_node {
    str name, address;
    str options, user; /* for CREATE SERVER and CREATE USER MAPPING */
};
struct spread_step {
    int node; /* -1: the leading server */
    str sql;
};
struct spread {
    struct arena *a;
    const struct store_distributed *tables;
    str schema, owner;
    uint32_t parts, n_nodes;
    struct spread_node *nodes;
    bool citus, shows; /* shows: passwords are left out */
    VEC(struct spread_step) steps;
};

MUST_USE bool spread_begin(struct spread *p, struct arena *a, str where, const struct store_layout *l, struct err *e);
MUST_USE bool spread_describe(struct spread *p, const struct pq *k, uint32_t i, const struct pg *node, struct err *e);
void spread_steps(struct spread *p);
MUST_USE bool spread_has_citus(struct store *s, bool *there, struct err *e);

#endif
