/* SPDX-License-Identifier: Apache-2.0
 *
 * What is dear to make and never changes is made once and kept as long as the ctx.
 */
#ifndef AKASHI_BASE_ONCE_H
#define AKASHI_BASE_ONCE_H

#include "base/ctx.h"

/* What `make` returned to whoever asked for that name first. make gets an arena that lives as long as the ctx and
 * returns NULL when it cannot: then nothing is kept. It must not ask for another one. Thread-safe. */
const void *ctx_once(const struct ctx *c, str name, void *(*make)(void *arg, struct arena *a), void *arg);

#endif
