/* SPDX-License-Identifier: Apache-2.0
 *
 * The open connections of a server, each with the moment until which it must have moved on: who sends or takes bytes
 * too slowly is cut off, however steadily they trickle.
 */
#ifndef AKASHI_NODE_CLIENTS_H
#define AKASHI_NODE_CLIENTS_H

#include <stdatomic.h>

#include "node/address.h"

struct client {
    struct client *next, *before;
    int fd;
    struct address peer;
    _Atomic int64_t until; /* milliseconds of clients_clock(); 0: as long as it takes */
};
struct clients;
/* tick(of) is called four times a second, by the thread that also cuts off. */
struct clients *clients_start(void (*tick)(void *of), void *of);
void clients_stop(struct clients *s); /* accepts NULL; all have left */

/* A connection begins. */
struct client *clients_enter(struct clients *s, int fd, const struct sockaddr *from, int64_t ms);
/* It ends: its fd is not touched after this. Accepts NULL. */
void clients_leave(struct clients *s, struct client *c);
unsigned clients_count(struct clients *s);

int64_t clients_clock(void);
static inline void client_until(struct client *c, int64_t at) {
    if (c)
        atomic_store_explicit(&c->until, at, memory_order_relaxed);
}
static inline void client_within(struct client *c, int64_t ms) { client_until(c, ms ? clients_clock() + ms : 0); }

#endif
