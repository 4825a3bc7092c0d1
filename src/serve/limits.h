/* SPDX-License-Identifier: Apache-2.0
 *
 * How often somebody may ask: a bucket of requests for each address (IPv6: each net of /64) and each token or session,
 * filled at a steady rate and holding ten seconds' worth. A fixed table: who comes from a million addresses pushes out
 * the buckets that are full again anyway.
 */
#ifndef AKASHI_SERVE_LIMITS_H
#define AKASHI_SERVE_LIMITS_H

#include "node/server.h"

struct limits_table;
struct limits_table *limits_new(unsigned rate); /* requests a second; 0: no bound */
void limits_free(struct limits_table *t);       /* accepts NULL */
/* Takes one out of a bucket; false: none is left, and *wait is for how many seconds. `now` in milliseconds. */
bool limits_take(struct limits_table *t, uint64_t who, int64_t now, unsigned *wait);
/* By address and by what the request shows to say who it is. */
bool limits_admit(struct limits_table *t, const struct asked *asked, unsigned *wait);

#endif
