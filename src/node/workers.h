/* SPDX-License-Identifier: Apache-2.0
 *
 * A bounded queue and the threads that work it off: what takes time waits here, and what would wait too long is refused
 * at the door. What waits for others (for a disk, for its turn to write) never has all threads, so that what does not
 * is answered meanwhile; else they go in the order they came.
 */
#ifndef AKASHI_NODE_WORKERS_H
#define AKASHI_NODE_WORKERS_H

#include "base/err.h"

/* Lies within whatever waits. */
struct work {
    struct work *next;
    bool waits; /* for others */
};
struct workers;
/* Of more than one thread a quarter, and one at least, are kept for what does not wait. */
MUST_USE bool workers_start(unsigned threads, unsigned most, void (*work)(void *of, struct work *w), void *of,
                            struct workers **out, struct err *e);
/* A place in the queue; false when it is full. With it goes one workers_put(). */
bool workers_reserve(struct workers *w);
void workers_put(struct workers *w, struct work *item);
/* Finishes what waits; accepts NULL. Nobody puts anything any more. */
void workers_stop(struct workers *w);
unsigned workers_waiting(struct workers *w);

#endif
