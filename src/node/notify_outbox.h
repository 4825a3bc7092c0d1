/* SPDX-License-Identifier: Apache-2.0
 *
 * The outbox's database, for notify_outbox.c (adding, listing) and notify_send.c (sending).
 */
#ifndef AKASHI_NODE_NOTIFY_OUTBOX_H
#define AKASHI_NODE_NOTIFY_OUTBOX_H

#include "node/notify.h"
#include "store/db.h"

struct outbox {
    struct ctx *ctx;
    struct db *db;
    struct arena *arena; /* for the two paths */
    str path, lock;      /* lock: held by who sends */
};

/* The columns of every query that gives rows, in the order outbox_row_of() takes them. */
#define OUTBOX_COLUMNS                                                                                                 \
    "id, key, subscriber, kind, subject, body, state, attempts, due, created, changed, coalesce(batch, 0), error"
struct outbox_row outbox_row_of(struct arena *a, struct stmt *s);
MUST_USE bool outbox_begin(struct outbox *o, struct err *e);
MUST_USE bool outbox_end(struct outbox *o, bool ok, struct err *e); /* commits, or undoes and returns false */
/* One entry; *fresh false when its key was there. */
MUST_USE bool outbox_put(struct outbox *o, const struct outbox_row *row, bool *fresh, struct err *e);
/* Hex of a digest over the parts; what a key is. */
str outbox_key(struct arena *a, str subscriber, str about, str kind, str event);

#endif
