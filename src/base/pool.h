/* SPDX-License-Identifier: Apache-2.0
 *
 * A fixed set of threads working through numbered jobs, and progress for people who wait.
 */
#ifndef AKASHI_BASE_POOL_H
#define AKASHI_BASE_POOL_H

#include <pthread.h>

#include "base/ctx.h"

/* As pthread_create(), but the thread meets no signals but those of its own faults: the others are for whoever waits
 * for them, also in the moments when nobody does. */
bool thread_start(pthread_t *out, void *(*work)(void *arg), void *arg);

/* Runs job(arg, i, worker) for every i in [0, n) on up to c->threads threads (worker < c->threads), in rising order
 * of start. Returns when all are done. With one thread or one job nothing is spawned. */
void pool_run(struct ctx *c, size_t n, void (*job)(void *arg, size_t i, unsigned worker), void *arg);

/* A line on stderr with count, rate and remaining time, shown after one second and only on a terminal. */
struct progress;
struct progress *progress_begin(struct ctx *c, const char *what, uint64_t total /* 0 = unknown */);
void progress_add(struct progress *p, uint64_t done); /* thread-safe; accepts NULL */
void progress_end(struct progress *p);                /* wipes the line; accepts NULL */

#endif
