/* SPDX-License-Identifier: Apache-2.0
 *
 * Partitions on several servers, and how a transaction is there on all of them or on none.
 */
#ifndef AKASHI_STORE_POSTGRES_NODES_H
#define AKASHI_STORE_POSTGRES_NODES_H

#include "store/postgres.h"

/* After connecting: are there partitions elsewhere? */
MUST_USE bool pg_nodes_look(struct pg *d, struct err *e);
/* Behind BEGIN: all servers are at one state, else they are made so (write) or it is refused (read). */
MUST_USE bool pg_nodes_begin(struct pg *d, bool write, struct err *e);

#endif
