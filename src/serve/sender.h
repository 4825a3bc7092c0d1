/* SPDX-License-Identifier: Apache-2.0
 *
 * Notices that go out because somebody at a page wants it now: a thread of its own waits for the receivers, and who
 * asked waits for it only so long. Whatever waits in the outbox goes out with them.
 */
#ifndef AKASHI_SERVE_SENDER_H
#define AKASHI_SERVE_SENDER_H

#include "node/notify.h"

struct sender;
/* c: of the application; what it says of the time and of the end counts at each pass. */
MUST_USE bool sender_open(struct ctx *c, str home, struct sender **out, struct err *e);
/* Nobody is in sender_send() any more; the notices under way are ended or, once ctx_over(), let go of. Accepts NULL. */
void sender_close(struct sender *s);

enum sending {
    SENDING_OVER,      /* something came of each */
    SENDING_GOES_ON,   /* a receiver is still waited for: the outbox will show what came of it */
    SENDING_ELSEWHERE, /* another process is sending; they go out through it */
};
/* Has these sent, which are in the outbox, and waits a few seconds for what comes of them; not at all when others wait
 * here already, so that receivers who do not answer keep few waiting. *out is of these notices alone. */
MUST_USE bool sender_send(struct sender *s, struct outbox *box, const struct outbox_ids *these, enum sending *how,
                          struct outbox_result *out, struct err *e);

#endif
