/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "node/notify_channel.h"
#include "node/notify_outbox.h"
#include "seal/secret_file.h"

/* Half a minute, doubled each time up to six hours: twenty tries stretch over three days. */
enum { ATTEMPTS_MOST = 20, WAIT_LEAST = 30, WAIT_MOST = 6 * 3600, SECRET_MOST = 4096, DIGEST_MOST = 500 };

const struct channel *notify_channel(enum notify_channel c) {
    static const struct channel *const all[] = {&notify_webhook, &notify_slack,  &notify_teams,
                                                &notify_smtp,    &notify_syslog, &notify_file};
    return all[c];
}

struct pass {
    struct outbox *o;
    const struct subscriptions *subs;
    struct arena *a;
    int64_t now;
    struct outbox_result *out;
    struct outbox_row row; /* the one at hand */
};

/* ── states ── */

static bool set_state(struct pass *p, int64_t id, enum outbox_state state, int64_t due, str error, struct err *e) {
    static const char sql[] = "UPDATE notice SET state = ?2, due = ?3, changed = ?4, error = ?5, "
                              "attempts = attempts + (?2 = 2) WHERE id = ?1";
    static const char members[] = "UPDATE notice SET state = ?2, changed = ?3 WHERE batch = ?1 AND state <> ?2";
    struct stmt *s;
    if (!outbox_begin(p->o, e))
        return false;
    bool ok = db_stmt(p->o->db, sql, &s, e);
    if (ok) {
        stmt_int(s, 1, id);
        stmt_int(s, 2, state);
        stmt_int(s, 3, due);
        stmt_int(s, 4, p->now);
        stmt_text(s, 5, error.p ? error : S(""));
        ok = stmt_run(s, e);
    }
    /* What a digest gathered is sent with it, or given up with it. */
    bool settled = state == OUTBOX_SENT || state == OUTBOX_FAILED || state == OUTBOX_UNSURE;
    if (ok && settled && (ok = db_stmt(p->o->db, members, &s, e))) {
        stmt_int(s, 1, id);
        stmt_int(s, 2, state == OUTBOX_SENT ? OUTBOX_SENT : OUTBOX_GATHERED);
        stmt_int(s, 3, p->now);
        ok = stmt_run(s, e);
    }
    return outbox_end(p->o, ok, e);
}

static bool on_handing(void *of, struct err *e) {
    struct pass *p = of;
    return set_state(p, p->row.id, OUTBOX_HANDING, p->row.due, S(""), e);
}

static bool may_repeat(const struct subscription *s) { return s && (s->resend || notify_channel(s->channel)->repeats); }

/* What a process that died left behind. We hold the lock, so nobody is sending these. */
static bool recover(struct pass *p, struct err *e) {
    static const char sql[] = "SELECT " OUTBOX_COLUMNS " FROM notice WHERE state IN (2, 3) ORDER BY id";
    struct outbox_rows left = {0};
    struct stmt *s;
    bool row = false;
    if (!db_stmt(p->o->db, sql, &s, e))
        return false;
    while (stmt_step(s, &row, e) && row)
        *vec_push(p->a, &left) = outbox_row_of(p->a, s);
    stmt_reset(s);
    bool ok = !row;
    for (uint32_t i = 0; i < left.n && ok; i++) {
        const struct outbox_row *r = &left.v[i];
        bool again = r->state == OUTBOX_SENDING || may_repeat(subscription_of(p->subs, r->subscriber));
        str why = str_of(_("interrupted while it was handed over"));
        /* First of all again: a file's end is searched for it. */
        ok = again ? set_state(p, r->id, OUTBOX_QUEUED, 0, r->error, e)
                   : set_state(p, r->id, OUTBOX_UNSURE, r->due, why, e);
        p->out->unsure += ok && !again;
    }
    return ok;
}

/* ── digests ── */

static bool gather_rows(struct pass *p, const struct subscription *s, struct outbox_rows *out, struct err *e) {
    static const char sql[] = "SELECT " OUTBOX_COLUMNS " FROM notice WHERE state = 0 AND batch IS NULL AND "
                              "kind <> 'digest' AND attempts = 0 AND subscriber = ?1 AND due > created AND due <= ?2 "
                              "ORDER BY id LIMIT ?3";
    struct stmt *q;
    bool row = false;
    if (!db_stmt(p->o->db, sql, &q, e))
        return false;
    stmt_text(q, 1, s->name);
    stmt_int(q, 2, p->now);
    stmt_int(q, 3, DIGEST_MOST);
    while (stmt_step(q, &row, e) && row)
        *vec_push(p->a, out) = outbox_row_of(p->a, q);
    stmt_reset(q);
    return !row;
}

static bool mark_gathered(struct pass *p, const struct outbox_rows *rows, str key, struct err *e) {
    static const char sql[] =
        "UPDATE notice SET state = 1, changed = ?2, batch = (SELECT id FROM notice WHERE key = ?3) "
        "WHERE id = ?1";
    struct stmt *s;
    for (uint32_t i = 0; i < rows->n; i++) {
        if (!db_stmt(p->o->db, sql, &s, e))
            return false;
        stmt_int(s, 1, rows->v[i].id);
        stmt_int(s, 2, p->now);
        stmt_text(s, 3, key);
        if (!stmt_run(s, e))
            return false;
    }
    return true;
}

/* All that is due for a subscriber who wants digests becomes one entry, in one transaction. Its key is that of the last
 * notice in it: no other digest can have that. */
static bool gather(struct pass *p, const struct subscription *s, bool *more, struct err *e) {
    struct outbox_rows rows = {0};
    struct outbox_row digest = {.subscriber = s->name, .kind = S("digest"), .due = p->now, .created = p->now};
    bool fresh;
    if (!outbox_begin(p->o, e))
        return false;
    bool ok = gather_rows(p, s, &rows, e);
    if (ok && rows.n) {
        digest.key = outbox_key(p->a, s->name, rows.v[rows.n - 1].key, S("digest"), S(""));
        ok = digest_body(p->o->ctx, p->a, s, digest.key, p->now, &rows, &digest.subject, &digest.body, e) &&
             outbox_put(p->o, &digest, &fresh, e) && mark_gathered(p, &rows, digest.key, e);
    }
    *more = rows.n == DIGEST_MOST;
    return outbox_end(p->o, ok, e);
}

static bool gather_all(struct pass *p, struct err *e) {
    for (uint32_t i = 0; i < p->subs->all.n; i++) {
        const struct subscription *s = &p->subs->all.v[i];
        for (bool more = s->digest != DIGEST_NONE; more;)
            if (!gather(p, s, &more, e))
                return false;
    }
    return true;
}

/* ── one attempt ── */

static int64_t wait_after(int64_t attempts, int64_t asked) {
    int64_t wait = attempts >= 10 ? WAIT_MOST : (int64_t)WAIT_LEAST << attempts;
    wait = wait > WAIT_MOST ? WAIT_MOST : wait;
    return asked > wait ? (asked < 86400 ? asked : 86400) : wait;
}

static bool attempt(struct pass *p, struct delivering *d, enum delivery *got, struct err *why) {
    str where = d->to->secret_file;
    *got = DELIVERY_LATER; /* a file that cannot be read now is mended, not given up */
    if (where.n && !secret_file_read(where, SECRET_MOST, SECRET_PRIVATE, &d->secret, why))
        return false;
    d->key = str_trim(secret_str(&d->secret));
    *got = DELIVERY_FINAL;
    return json_parse(p->o->ctx, p->a, p->row.body, JSON_STRICT, p->row.key, &d->doc, why) &&
           notify_channel(d->to->channel)->deliver(d, got, why);
}

static bool settle(struct pass *p, const struct delivering *d, enum delivery got, const struct err *why,
                   struct err *e) {
    const struct outbox_row *r = &p->row;
    str error = got == DELIVERED ? S("")
                : why->where[0]  ? arena_printf(p->a, "%s: %s", why->where, why->what)
                                 : arena_printf(p->a, "%s", why->what);
    if (got == DELIVERY_UNSURE && may_repeat(d->to))
        got = DELIVERY_LATER;
    if (got == DELIVERY_LATER && r->attempts + 1 >= ATTEMPTS_MOST)
        got = DELIVERY_FINAL;
    p->out->sent += got == DELIVERED;
    p->out->later += got == DELIVERY_LATER;
    p->out->failed += got == DELIVERY_FINAL;
    p->out->unsure += got == DELIVERY_UNSURE;
    switch (got) {
    case DELIVERED: return set_state(p, r->id, OUTBOX_SENT, r->due, error, e);
    case DELIVERY_LATER: return set_state(p, r->id, OUTBOX_QUEUED, p->now + wait_after(r->attempts, d->wait), error, e);
    case DELIVERY_FINAL: return set_state(p, r->id, OUTBOX_FAILED, r->due, error, e);
    case DELIVERY_UNSURE: break;
    }
    return set_state(p, r->id, OUTBOX_UNSURE, r->due, error, e);
}

static bool send_one(struct pass *p, struct err *e) {
    const struct subscription *to = subscription_of(p->subs, p->row.subscriber);
    struct delivering d = {.ctx = p->o->ctx,
                           .a = p->a,
                           .to = to,
                           .row = &p->row,
                           .host = p->subs->host,
                           .now = p->now,
                           .handing = on_handing,
                           .of = p};
    enum delivery got;
    struct err why = {0};
    if (!set_state(p, p->row.id, OUTBOX_SENDING, p->row.due, S(""), e))
        return false;
    if (!to) {
        got = DELIVERY_FINAL;
        err_set(&why, ERR_INPUT, S("akashi.toml"), _("there is no [[notify]] of this name any more"));
    } else if (attempt(p, &d, &got, &why)) {
        got = DELIVERED;
    }
    secret_free(&d.secret);
    return settle(p, &d, got, &why, e);
}

/* ── a pass ── */

static bool next_row(struct pass *p, struct outbox_row *out, bool *found, struct err *e) {
    static const char sql[] = "SELECT " OUTBOX_COLUMNS
                              " FROM notice WHERE state = 0 AND due <= ?1 ORDER BY due, id LIMIT 1";
    struct stmt *s;
    *found = false;
    if (!db_stmt(p->o->db, sql, &s, e))
        return false;
    stmt_int(s, 1, p->now);
    bool ok = stmt_step(s, found, e);
    if (ok && *found)
        *out = outbox_row_of(p->a, s);
    stmt_reset(s);
    return ok;
}

static bool next_due(struct pass *p, struct err *e) {
    struct stmt *s;
    bool row;
    p->out->next = INT64_MAX;
    if (!db_stmt(p->o->db, "SELECT due FROM notice WHERE state = 0 ORDER BY due LIMIT 1", &s, e) ||
        !stmt_step(s, &row, e))
        return false;
    if (row)
        p->out->next = stmt_col_int(s, 0);
    stmt_reset(s);
    return true;
}

static bool run(struct pass *p, bool (*stop)(void), struct err *e) {
    bool found = true;
    if (!recover(p, e) || !gather_all(p, e))
        return false;
    while (!(stop && stop())) {
        struct arena_mark m = arena_mark(p->a);
        if (!next_row(p, &p->row, &found, e))
            return false;
        if (!found)
            break;
        if (!send_one(p, e))
            return false;
        arena_reset(p->a, m);
    }
    return next_due(p, e);
}

bool outbox_send(struct outbox *o, const struct subscriptions *subs, int64_t now, bool (*stop)(void), bool *busy,
                 struct outbox_result *out, struct err *e) {
    int fd = open(o->lock.p, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    *busy = false;
    *out = (struct outbox_result){.next = INT64_MAX};
    if (fd < 0)
        return err_errno(e, o->lock, _("cannot open"));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        bool other = errno == EWOULDBLOCK;
        *busy = other;
        close(fd);
        return other || err_errno(e, o->lock, _("cannot lock"));
    }
    struct pass p = {.o = o, .subs = subs, .a = arena_new(), .now = now, .out = out};
    bool ok = run(&p, stop, e);
    arena_free(p.a);
    close(fd);
    return ok;
}
