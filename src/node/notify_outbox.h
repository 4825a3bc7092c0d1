/* SPDX-License-Identifier: Apache-2.0
 *
 * The outbox's database, for notify_outbox.c (adding, listing), notify_send.c (one attempt) and
 * notify_pass.c (all that is due).
 */
#ifndef AKASHI_NODE_NOTIFY_OUTBOX_H
#define AKASHI_NODE_NOTIFY_OUTBOX_H

#include <pthread.h>

#include "node/notify_channel.h"
#include "store/db.h"

struct outbox {
    struct ctx *ctx;
    struct db *db;
    struct arena *arena;    /* for the two paths */
    str path, lock;         /* lock: held by who sends */
    void (*came)(void *of); /* NULL: nobody wants to know */
    void *of;
};

/* The columns of every query that gives rows, in the order outbox_row_of() takes them. */
#define OUTBOX_COLUMNS                                                                                                 \
    "id, key, subscriber, kind, subject, body, state, attempts, due, created, changed, coalesce(batch, 0), error"
struct outbox_row outbox_row_of(struct arena *a, struct stmt *s);
MUST_USE bool outbox_begin(struct outbox *o, struct err *e);
MUST_USE bool outbox_end(struct outbox *o, bool ok, struct err *e); /* commits, or undoes and returns false */
/* One entry; *fresh false when its key was there. */
MUST_USE bool outbox_put(struct outbox *o, const struct outbox_row *row, bool *fresh, struct err *e);
/* ── sending ── */

/* While somebody sends. What lies in the outbox is read and written under the lock; deliveries run beside each other.
 */
struct pass {
    struct outbox *o;
    const struct subscriptions *subs;
    struct arena *a;
    int64_t fixed; /* what time it is, where that is said (ctx->now_fixed) */
    struct outbox_result *out;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    VEC(str) missed;  /* who did not take a notice: not asked again in this pass, which would not end */
    VEC(str) served;  /* subscribers whose notices are being delivered */
    uint32_t turn;    /* whose turn it is */
    int64_t gathered; /* when digests were looked for */
    bool failed;      /* the outbox itself: *e says how */
    struct err *e;
};
int64_t pass_now(const struct pass *p);
/* One who delivers: one subscriber's notices at a time. */
struct lane {
    struct pass *p;
    struct arena *a;
    struct http *http; /* kept open between notices, where sending one twice does no harm */
    struct outbox_row row;
};
/* Makes one attempt to deliver lane->row, for which it lets go of the lock, and notes what came of it. *quiet: its
 * receiver does not take notices now. */
MUST_USE bool outbox_attempt(struct lane *l, bool *quiet, struct err *e);
/* What a process that died left behind. */
MUST_USE bool outbox_recover(struct pass *p, struct err *e);
/* What waits for a moment that a clock set, which was ahead of ours, waits as long from now on. */
MUST_USE bool outbox_set_clock(struct pass *p, struct err *e);
/* Makes digests of what is due for them. */
MUST_USE bool outbox_gather(struct pass *p, struct err *e);
/* A receiver is asked again at once, because a person wants it. */
MUST_USE bool outbox_wake(struct outbox *o, str subscriber, struct err *e);

/* Hex of a digest over the parts; what a key is. */
str outbox_key(struct arena *a, str subscriber, str about, str kind, str event);

#endif
