/* SPDX-License-Identifier: Apache-2.0 */
#include "node/notify_outbox.h"
#include "seal/secret_file.h"

/* A notice: half a minute, doubled each time up to six hours: twenty tries stretch over three days. A receiver that
 * takes nothing: doubled up to a quarter of an hour, each time with another notice, for one of them may be at fault;
 * when it took nothing in three days and twenty tries, what is that old is given up. */
enum {
    ATTEMPTS_MOST = 20,
    WAIT_LEAST = 30,
    WAIT_MOST = 6 * 3600,
    QUIET_MOST = 900,
    ASKED_MOST = 86400,
    DEAD_SECONDS = 3 * 86400,
    SECRET_MOST = 4096,
    DIGEST_MOST = 500
};

const struct channel *notify_channel(enum notify_channel c) {
    static const struct channel *const all[] = {&notify_webhook, &notify_slack,  &notify_teams,
                                                &notify_smtp,    &notify_syslog, &notify_file};
    return all[c];
}

int64_t pass_now(const struct pass *p) { return p->o->ctx->now_fixed ? p->fixed : (int64_t)time(NULL); }

/* ── states ── */

static bool put_state(struct pass *p, int64_t id, enum outbox_state state, int64_t due, str error, int tries,
                      struct err *e) {
    static const char sql[] = "UPDATE notice SET state = ?2, due = ?3, changed = ?4, error = ?5, "
                              "attempts = attempts + ?6 WHERE id = ?1";
    static const char members[] = "UPDATE notice SET state = ?2, changed = ?3 WHERE batch = ?1 AND state <> ?2";
    struct stmt *s;
    int64_t now = pass_now(p);
    if (!db_stmt(p->o->db, sql, &s, e))
        return false;
    stmt_int(s, 1, id);
    stmt_int(s, 2, state);
    stmt_int(s, 3, due);
    stmt_int(s, 4, now);
    stmt_text(s, 5, error.p ? error : S(""));
    stmt_int(s, 6, tries);
    if (!stmt_run(s, e))
        return false;
    /* What a digest gathered is sent with it, or given up with it. */
    bool settled = state == OUTBOX_SENT || state == OUTBOX_FAILED || state == OUTBOX_UNSURE;
    if (!settled)
        return true;
    if (!db_stmt(p->o->db, members, &s, e))
        return false;
    stmt_int(s, 1, id);
    stmt_int(s, 2, state == OUTBOX_SENT ? OUTBOX_SENT : OUTBOX_GATHERED);
    stmt_int(s, 3, now);
    return stmt_run(s, e);
}

static bool set_state(struct pass *p, int64_t id, enum outbox_state state, int64_t due, str error, int tries,
                      struct err *e) {
    return outbox_begin(p->o, e) && outbox_end(p->o, put_state(p, id, state, due, error, tries, e), e);
}

static bool on_handing(void *of, struct err *e) {
    struct lane *l = of;
    pthread_mutex_lock(&l->p->lock);
    bool ok = set_state(l->p, l->row.id, OUTBOX_HANDING, l->row.due, S(""), 0, e);
    pthread_mutex_unlock(&l->p->lock);
    return ok;
}
static bool is_noted(void *of, struct err *e) {
    (void)of, (void)e;
    return true;
}

static bool repeats(const struct subscription *s) { return s && notify_channel(s->channel)->repeats; }
static bool may_repeat(const struct subscription *s) { return s && (s->resend || repeats(s)); }

static const char *interrupted(void) { return _("interrupted while it was handed over"); }

bool outbox_recover(struct pass *p, struct err *e) {
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
        str why = str_of(interrupted());
        /* First of all again: a file's end is searched for it. */
        ok = again ? set_state(p, r->id, OUTBOX_QUEUED, 0, r->error, 0, e)
                   : set_state(p, r->id, OUTBOX_UNSURE, r->due, why, 0, e);
        p->out->unsure += ok && !again;
    }
    return ok;
}

/* ── clocks ── */

bool outbox_set_clock(struct pass *p, struct err *e) {
    /* For a digest: due > created, and no try yet. */
    static const char digests[] = "UPDATE notice SET due = ?3, created = ?2, changed = ?2 WHERE state = 0 AND "
                                  "subscriber = ?1 AND changed > ?2 AND attempts = 0 AND due > created";
    static const char others[] = "UPDATE notice SET due = ?1 + max(0, min(due - changed, 86400)), "
                                 "created = min(created, ?1), changed = ?1 WHERE state = 0 AND changed > ?1";
    static const char receivers[] =
        "UPDATE receiver SET quiet = ?1 + max(0, min(quiet - changed, 86400)), since = min(since, ?1), changed = ?1 "
        "WHERE changed > ?1";
    const char *const all[] = {others, receivers};
    struct stmt *s;
    int64_t now = pass_now(p);
    for (uint32_t i = 0; i < p->subs->all.n; i++) {
        const struct subscription *to = &p->subs->all.v[i];
        if (to->digest == DIGEST_NONE)
            continue;
        if (!db_stmt(p->o->db, digests, &s, e))
            return false;
        stmt_text(s, 1, to->name);
        stmt_int(s, 2, now);
        stmt_int(s, 3, digest_due(to, now));
        if (!stmt_run(s, e))
            return false;
    }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!db_stmt(p->o->db, all[i], &s, e))
            return false;
        stmt_int(s, 1, now);
        if (!stmt_run(s, e))
            return false;
    }
    return true;
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
    stmt_int(q, 2, pass_now(p));
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
        stmt_int(s, 2, pass_now(p));
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
    int64_t now = pass_now(p);
    struct outbox_row digest = {.subscriber = s->name, .kind = S("digest"), .due = now, .created = now};
    bool fresh;
    if (!outbox_begin(p->o, e))
        return false;
    bool ok = gather_rows(p, s, &rows, e);
    if (ok && rows.n) {
        digest.key = outbox_key(p->a, s->name, rows.v[rows.n - 1].key, S("digest"), S(""));
        ok = digest_body(p->o->ctx, p->a, s, digest.key, now, &rows, &digest.subject, &digest.body, e) &&
             outbox_put(p->o, &digest, &fresh, e) && mark_gathered(p, &rows, digest.key, e);
    }
    *more = rows.n == DIGEST_MOST;
    return outbox_end(p->o, ok, e);
}

bool outbox_gather(struct pass *p, struct err *e) {
    struct arena_mark m = arena_mark(p->a);
    for (uint32_t i = 0; i < p->subs->all.n; i++) {
        const struct subscription *s = &p->subs->all.v[i];
        for (bool more = s->digest != DIGEST_NONE; more; arena_reset(p->a, m))
            if (!gather(p, s, &more, e))
                return false;
    }
    return true;
}

/* ── receivers ── */

struct receiver {
    int64_t failures, since;
};

static bool receiver_of(struct pass *p, str subscriber, struct receiver *out, struct err *e) {
    struct stmt *s;
    bool row;
    *out = (struct receiver){0, pass_now(p)};
    if (!db_stmt(p->o->db, "SELECT failures, since FROM receiver WHERE subscriber = ?1", &s, e))
        return false;
    stmt_text(s, 1, subscriber);
    if (!stmt_step(s, &row, e))
        return false;
    if (row)
        *out = (struct receiver){stmt_col_int(s, 0), stmt_col_int(s, 1)};
    stmt_reset(s);
    return true;
}

static bool took_it(struct pass *p, str subscriber, struct err *e) {
    struct stmt *s;
    if (!db_stmt(p->o->db, "DELETE FROM receiver WHERE subscriber = ?1", &s, e))
        return false;
    stmt_text(s, 1, subscriber);
    return stmt_run(s, e);
}

/* What is as old as its receiver is dead. */
static bool give_up(struct pass *p, str subscriber, str error, struct err *e) {
    static const char sql[] = "UPDATE notice SET state = 5, changed = ?2, error = ?4 "
                              "WHERE state = 0 AND subscriber = ?1 AND (due <= ?2 OR attempts > 0) AND created <= ?3";
    struct stmt *s;
    if (!db_stmt(p->o->db, sql, &s, e))
        return false;
    stmt_text(s, 1, subscriber);
    stmt_int(s, 2, pass_now(p));
    stmt_int(s, 3, pass_now(p) - DEAD_SECONDS);
    stmt_text(s, 4, error);
    if (!stmt_run(s, e))
        return false;
    p->out->failed += (uint32_t)db_changes(p->o->db);
    return true;
}

static int64_t doubled(int64_t times, int64_t most) {
    int64_t wait = times >= 10 ? most : (int64_t)WAIT_LEAST << times;
    return wait < most ? wait : most;
}

static int64_t at_least(int64_t wait, int64_t asked) {
    asked = asked < ASKED_MOST ? asked : ASKED_MOST;
    return asked > wait ? asked : wait;
}

static bool did_not_take_it(struct pass *p, str subscriber, int64_t asked, str error, bool *dead, struct err *e) {
    static const char sql[] = "INSERT INTO receiver(subscriber, failures, since, quiet, changed) "
                              "VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(subscriber) DO UPDATE SET "
                              "failures = ?2, since = ?3, quiet = ?4, changed = ?5";
    struct receiver r;
    struct stmt *s;
    int64_t now = pass_now(p);
    if (!receiver_of(p, subscriber, &r, e) || !db_stmt(p->o->db, sql, &s, e))
        return false;
    stmt_text(s, 1, subscriber);
    stmt_int(s, 2, r.failures + 1);
    stmt_int(s, 3, r.since);
    stmt_int(s, 4, now + at_least(doubled(r.failures, QUIET_MOST), asked));
    stmt_int(s, 5, now);
    *dead = r.failures + 1 >= ATTEMPTS_MOST && now - r.since >= DEAD_SECONDS;
    return stmt_run(s, e) && (!*dead || give_up(p, subscriber, error, e));
}

/* ── one attempt ── */

static bool deliver(struct lane *l, struct delivering *d, enum delivery *got, struct err *why) {
    str where = d->to->secret_file;
    *got = DELIVERY_LATER; /* a file that cannot be read now is mended, not given up */
    if (where.n && !secret_file_read(where, SECRET_MOST, SECRET_PRIVATE, &d->secret, why))
        return false;
    d->key = str_trim(secret_str(&d->secret));
    *got = DELIVERY_FINAL;
    return json_parse(d->ctx, l->a, l->row.body, JSON_STRICT, l->row.key, &d->doc, why) &&
           notify_channel(d->to->channel)->deliver(d, got, why);
}

/* In one transaction; *got is final when it was the last try. */
static bool note(struct lane *l, const struct delivering *d, str error, enum delivery *got, struct err *e) {
    struct pass *p = l->p;
    const struct outbox_row *r = &l->row;
    int64_t now = pass_now(p), due = r->due;
    enum outbox_state state = OUTBOX_FAILED;
    bool dead = false, missed = *got == DELIVERY_LATER || *got == DELIVERY_UNSURE;
    if (missed && !did_not_take_it(p, r->subscriber, d->wait, error, &dead, e))
        return false;
    if (*got == DELIVERY_LATER && (r->attempts + 1 >= ATTEMPTS_MOST || (dead && r->created <= now - DEAD_SECONDS)))
        *got = DELIVERY_FINAL;
    switch (*got) {
    case DELIVERED: state = OUTBOX_SENT; break;
    case DELIVERY_UNSURE: state = OUTBOX_UNSURE; break;
    case DELIVERY_LATER:
        state = OUTBOX_QUEUED;
        due = now + at_least(doubled(r->attempts, WAIT_MOST), d->wait);
        break;
    case DELIVERY_FINAL: break;
    }
    return put_state(p, r->id, state, due, error, 0, e) && (state != OUTBOX_SENT || took_it(p, r->subscriber, e));
}

/* Its receiver had no time to answer: that is no try, and says nothing of the receiver. */
static bool let_go(struct lane *l, enum delivery got, struct err *e) {
    const struct outbox_row *r = &l->row;
    return got == DELIVERY_UNSURE ? put_state(l->p, r->id, OUTBOX_UNSURE, r->due, str_of(interrupted()), 0, e)
                                  : put_state(l->p, r->id, OUTBOX_QUEUED, r->due, r->error, -1, e);
}

static bool settle(struct lane *l, const struct delivering *d, enum delivery got, const struct err *why, bool *quiet,
                   struct err *e) {
    struct outbox_result *out = l->p->out;
    str error = got == DELIVERED ? S("")
                : why->where[0]  ? arena_printf(l->a, "%s: %s", why->where, why->what)
                                 : arena_printf(l->a, "%s", why->what);
    if (got == DELIVERY_UNSURE && may_repeat(d->to))
        got = DELIVERY_LATER;
    *quiet = got == DELIVERY_LATER || got == DELIVERY_UNSURE;
    if (!outbox_begin(l->p->o, e))
        return false;
    bool cut = *quiet && !d->wait && ctx_over(d->ctx), ok = cut ? let_go(l, got, e) : note(l, d, error, &got, e);
    if (!outbox_end(l->p->o, ok, e))
        return false;
    out->sent += got == DELIVERED;
    out->later += got == DELIVERY_LATER;
    out->failed += got == DELIVERY_FINAL;
    out->unsure += got == DELIVERY_UNSURE;
    if (l->p->o->came)
        l->p->o->came(l->p->o->of);
    return true;
}

bool outbox_attempt(struct lane *l, bool *quiet, struct err *e) {
    struct pass *p = l->p;
    const struct subscription *to = subscription_of(p->subs, l->row.subscriber);
    /* Where sending again does no harm, one note is enough that it was begun and may have arrived. */
    bool once = repeats(to);
    struct delivering d = {.ctx = p->o->ctx,
                           .a = l->a,
                           .to = to,
                           .row = &l->row,
                           .host = p->subs->host,
                           .now = pass_now(p),
                           .handing = once ? is_noted : on_handing,
                           .http = &l->http,
                           .of = l};
    enum delivery got = DELIVERY_FINAL;
    struct err why = {0};
    if (!set_state(p, l->row.id, once ? OUTBOX_HANDING : OUTBOX_SENDING, l->row.due, S(""), 1, e))
        return false;
    pthread_mutex_unlock(&p->lock);
    if (!to)
        err_set(&why, ERR_INPUT, S("akashi.toml"), _("there is no [[notify]] of this name any more"));
    else if (deliver(l, &d, &got, &why))
        got = DELIVERED;
    secret_free(&d.secret);
    pthread_mutex_lock(&p->lock);
    return settle(l, &d, got, &why, quiet, e);
}
