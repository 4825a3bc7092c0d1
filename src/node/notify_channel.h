/* SPDX-License-Identifier: Apache-2.0
 *
 * Channels, and what each promises. Used by the notify_*.c files alone.
 *
 * An attempt has a point of no return: before it nothing can have arrived, after it something may have. A channel calls
 * handing() there, and the outbox writes that down (synced) before a byte goes out. So after a crash:
 *
 *   before the point    nothing arrived: sent again
 *   after it, webhook   sent again with the same Idempotency-Key: the receiver drops what it has (at least once)
 *   after it, file      the file's end is read: exactly once
 *   after it, others    held as unsure, not sent by itself (at most once), unless the subscription says "resend";
 *                       mails keep their Message-ID
 */
#ifndef AKASHI_NODE_NOTIFY_CHANNEL_H
#define AKASHI_NODE_NOTIFY_CHANNEL_H

#include "base/cipher.h"
#include "base/http.h"
#include "node/notify.h"

enum delivery {
    DELIVERED,
    DELIVERY_LATER, /* nothing arrived, or it may be sent again without harm */
    DELIVERY_FINAL, /* nothing arrived, and trying again is no use */
    DELIVERY_UNSURE,
};
struct delivering {
    struct ctx *ctx;
    struct arena *a;
    const struct subscription *to;
    const struct outbox_row *row;
    struct json doc; /* row->body */
    str host;
    struct secret secret; /* of the subscription; empty when it has none */
    str key;              /* the same without white space at its ends */
    int64_t now;
    struct http **http; /* of a channel that may repeat: kept open between notices; NULL in it: not yet opened */
    int64_t wait;       /* out: seconds the other side asks to wait; 0: it did not say */
    bool (*handing)(void *of, struct err *e);
    void *of;
};
struct channel {
    bool repeats; /* sending again after a crash does no harm */
    /* False with e filled for all but DELIVERED. */
    bool (*deliver)(struct delivering *d, enum delivery *out, struct err *e);
};
extern const struct channel notify_webhook, notify_slack, notify_teams, notify_smtp, notify_syslog, notify_file;
const struct channel *notify_channel(enum notify_channel c);

/* The "text" of a body with its subject above: what people read in chats and mails. */
str notify_reading(struct delivering *d);

/* JSON of a notice for one subscriber, and of a digest that gathers bodies. */
str notice_body(struct arena *a, const struct subscription *s, const struct notice *n, str key);
MUST_USE bool digest_body(struct ctx *c, struct arena *a, const struct subscription *s, str key, int64_t time,
                          const struct outbox_rows *rows, str *subject, str *body, struct err *e);

#endif
