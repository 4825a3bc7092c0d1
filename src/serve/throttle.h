/* SPDX-License-Identifier: Apache-2.0
 *
 * How often something failed lately, by user and by address; and secrets that are good for one answer within minutes
 * (challenges, states of OpenID). Both in memory, of fixed size: what is oldest gives way, a restart forgets.
 */
#ifndef AKASHI_SERVE_THROTTLE_H
#define AKASHI_SERVE_THROTTLE_H

#include "base/arena.h"

struct throttle;
struct throttle *throttle_new(void);
void throttle_free(struct throttle *t); /* accepts NULL */

/* After `free` failures each further one doubles the wait: 1, 2, 4 … 300 seconds. Failures are forgotten an hour after
 * the last one. Keys are kept as their hash alone. Thread-safe. */
enum { THROTTLE_USER = 5, THROTTLE_ADDRESS = 20 };
/* Seconds until the next attempt is taken; 0: now. */
int64_t throttle_wait(struct throttle *t, char kind, str key, int64_t now, unsigned free);
/* Counts one failure; true when this was the last free one, so that it is told once. */
bool throttle_failed(struct throttle *t, char kind, str key, int64_t now, unsigned free);
/* One failure less: it was none after all. */
void throttle_back(struct throttle *t, char kind, str key);
void throttle_good(struct throttle *t, char kind, str key);

/* ── for one answer ── */
/* Kept for five minutes under key; data is copied (at most 1,000 bytes). */
void pending_put(struct throttle *t, char kind, str key, str data, int64_t now);
/* Taken out: a second time it is not there. */
bool pending_take(struct throttle *t, struct arena *a, char kind, str key, int64_t now, str *data);

#endif
