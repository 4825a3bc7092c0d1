/* SPDX-License-Identifier: Apache-2.0 */
#include "base/mail.h"
#include "node/notify_channel.h"

static bool smtp(struct delivering *d, enum delivery *out, struct err *e) {
    static const enum delivery deliveries[] = {[MAIL_ACCEPTED] = DELIVERED,
                                               [MAIL_LATER] = DELIVERY_LATER,
                                               [MAIL_REFUSED] = DELIVERY_FINAL,
                                               [MAIL_UNSURE] = DELIVERY_UNSURE};
    const struct subscription *s = d->to;
    enum mail_outcome got;
    struct secret password = secret_new(d->key.n + 1);
    if (d->key.n)
        memcpy(password.p, d->key.p, d->key.n);
    password.p[d->key.n] = 0;
    struct mail m = {.server = s->url,
                     .ca_file = s->ca_file,
                     .from = s->from,
                     .to = s->to,
                     .n_to = s->n_to,
                     .subject = d->row->subject,
                     .text = notify_reading(d),
                     .date = d->now,
                     .handing_over = d->handing,
                     .of = d->of};
    m.security = s->plain ? MAIL_PLAIN : MAIL_STARTTLS;
    m.id = arena_printf(d->a, "%.*s@%.*s", STR_ARG(d->row->key), STR_ARG(d->host));
    if (s->user.n) {
        m.user = arena_cstr(d->a, s->user);
        m.password = (const char *)password.p;
    }
    bool ok = mail_send(d->ctx, d->a, &m, &got, e);
    secret_free(&password);
    *out = deliveries[got];
    return ok;
}
const struct channel notify_smtp = {.deliver = smtp};
