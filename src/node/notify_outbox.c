/* SPDX-License-Identifier: Apache-2.0 */
#include "node/notify_outbox.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "node/notify_channel.h"

/* The journal is written ahead, so that adding never waits for a sender, and synced at each commit. */
static const char schema[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE IF NOT EXISTS notice("
    "id INTEGER PRIMARY KEY AUTOINCREMENT,"
    "key TEXT NOT NULL UNIQUE," /* of subscriber, thing, kind and event: the same notice is never in twice */
    "subscriber TEXT NOT NULL," /* name of the [[notify]] */
    "kind TEXT NOT NULL,"       /* of the notice; 'digest' for one that gathers others */
    "subject TEXT NOT NULL,"    /* in the subscriber's language */
    "body TEXT NOT NULL,"       /* JSON, docs/notify.md */
    "state INT NOT NULL,"       /* enum outbox_state */
    "attempts INT NOT NULL,"    /* begun so far */
    "due INT NOT NULL,"         /* not before then */
    "created INT NOT NULL,"     /* when it was put in */
    "changed INT NOT NULL,"     /* when its state changed last */
    "batch INT,"                /* id of the digest it went into */
    "error TEXT NOT NULL"       /* of the last attempt; '' */
    ");"
    "CREATE INDEX IF NOT EXISTS notice_waits ON notice(subscriber, due, id) WHERE state = 0;"
    "CREATE INDEX IF NOT EXISTS notice_open ON notice(state) WHERE state IN (2, 3);"
    "CREATE INDEX IF NOT EXISTS notice_batch ON notice(batch) WHERE batch IS NOT NULL;"
    /* Subscribers who did not take the last notice they were offered: nobody else's have to wait for them. */
    "CREATE TABLE IF NOT EXISTS receiver("
    "subscriber TEXT PRIMARY KEY,"
    "failures INT NOT NULL," /* one after the other */
    "since INT NOT NULL,"    /* when the first of them was */
    "quiet INT NOT NULL,"    /* no try before then */
    "changed INT NOT NULL"
    ") WITHOUT ROWID;"
    "DROP INDEX IF EXISTS notice_due;";

const char *outbox_state_name(enum outbox_state s) {
    static const char *const names[] = {"queued", "gathered", "sending", "handing", "sent", "failed", "unsure"};
    return names[s];
}

bool outbox_open(struct ctx *c, str home, struct outbox **out, struct err *e) {
    struct outbox *o = calloc(1, sizeof *o);
    *out = NULL;
    if (!o)
        abort();
    o->ctx = c;
    o->arena = arena_new();
    o->path = path_join(o->arena, home, S("outbox.db"));
    o->lock = arena_cat(o->arena, o->path, S("-lock"));
    if (!db_open(c, o->path, DB_WRITE, &o->db, e) || !db_exec(o->db, schema, e)) {
        outbox_close(o);
        return false;
    }
    *out = o;
    return true;
}

void outbox_close(struct outbox *o) {
    if (!o)
        return;
    db_close(o->db);
    arena_free(o->arena);
    free(o);
}

bool outbox_begin(struct outbox *o, struct err *e) { return db_exec(o->db, "BEGIN IMMEDIATE", e); }

bool outbox_end(struct outbox *o, bool ok, struct err *e) {
    if (ok)
        ok = db_exec(o->db, "COMMIT", e);
    if (!ok && !db_exec(o->db, "ROLLBACK", NULL))
        return false; /* the transaction was over already */
    return ok;
}

/* ── putting in ── */

str outbox_key(struct arena *a, str subscriber, str about, str kind, str event) {
    const str parts[] = {subscriber, about, kind, event};
    struct buf b = {0};
    for (size_t i = 0; i < 4; i++) /* with lengths, so that no two quadruples run together */
        buf_addf(&b, "%zu:%.*s", parts[i].n, STR_ARG(parts[i]));
    str hex = str_upto(digest_hex(a, DIGEST_SHA256, buf_str(&b)), 32);
    buf_free(&b);
    return hex;
}

bool outbox_put(struct outbox *o, const struct outbox_row *row, bool *fresh, struct err *e) {
    static const char sql[] =
        "INSERT OR IGNORE INTO notice(key, subscriber, kind, subject, body, state, attempts, due, "
        "created, changed, batch, error) VALUES(?1, ?2, ?3, ?4, ?5, 0, 0, ?6, ?7, ?7, NULL, '')";
    struct stmt *s;
    if (!db_stmt(o->db, sql, &s, e))
        return false;
    stmt_text(s, 1, row->key);
    stmt_text(s, 2, row->subscriber);
    stmt_text(s, 3, row->kind);
    stmt_text(s, 4, row->subject);
    stmt_text(s, 5, row->body);
    stmt_int(s, 6, row->due);
    stmt_int(s, 7, row->created);
    bool ok = stmt_run(s, e);
    *fresh = ok && db_changes(o->db) > 0;
    return ok;
}

static bool put_for(struct outbox *o, struct arena *a, const struct subscription *s, const struct notice *n,
                    int64_t now, int64_t due, uint32_t *added, struct err *e) {
    struct arena_mark m = arena_mark(a);
    bool fresh;
    struct outbox_row row = {.subscriber = s->name, .kind = n->kind, .due = due, .created = now};
    row.key = outbox_key(a, s->name, n->about, n->kind, n->event);
    row.subject = label_in(n->subject, s->language);
    row.body = notice_body(a, s, n, row.key);
    bool ok = outbox_put(o, &row, &fresh, e);
    *added += ok && fresh;
    arena_reset(a, m);
    return ok;
}

bool outbox_add(struct outbox *o, const struct subscriptions *subs, const struct notice *notices, uint32_t n,
                int64_t now, uint32_t *added, struct err *e) {
    struct arena *a = arena_new();
    *added = 0;
    bool ok = outbox_begin(o, e);
    if (!ok) {
        arena_free(a);
        return false;
    }
    for (uint32_t i = 0; i < n && ok; i++)
        for (uint32_t k = 0; k < subs->all.n && ok; k++) {
            const struct subscription *s = &subs->all.v[k];
            if (subscription_wants(s, &notices[i]))
                ok = put_for(o, a, s, &notices[i], now, digest_due(s, now), added, e);
        }
    arena_free(a);
    ok = outbox_end(o, ok, e);
    *added = ok ? *added : 0;
    return ok;
}

static bool id_of(struct outbox *o, str key, int64_t *id, struct err *e) {
    struct stmt *s;
    bool row;
    if (!db_stmt(o->db, "SELECT id FROM notice WHERE key = ?1", &s, e))
        return false;
    stmt_text(s, 1, key);
    if (!stmt_step(s, &row, e))
        return false;
    *id = row ? stmt_col_int(s, 0) : 0;
    stmt_reset(s);
    return true;
}

bool outbox_add_to(struct outbox *o, const struct subscription *s, const struct notice *n, int64_t now, int64_t *id,
                   struct err *e) {
    struct arena *a = arena_new();
    uint32_t added = 0;
    bool ok = outbox_wake(o, s->name, e) && put_for(o, a, s, n, now, now, &added, e) &&
              id_of(o, outbox_key(a, s->name, n->about, n->kind, n->event), id, e);
    arena_free(a);
    return ok;
}

/* ── looking, and deciding ── */

bool outbox_wake(struct outbox *o, str subscriber, struct err *e) {
    struct stmt *s;
    if (!db_stmt(o->db, "UPDATE receiver SET quiet = 0 WHERE subscriber = ?1", &s, e))
        return false;
    stmt_text(s, 1, subscriber);
    return stmt_run(s, e);
}

struct outbox_row outbox_row_of(struct arena *a, struct stmt *s) {
    struct outbox_row r = {.id = stmt_col_int(s, 0), .attempts = stmt_col_int(s, 7), .due = stmt_col_int(s, 8)};
    r.key = arena_str(a, stmt_col_text(s, 1));
    r.subscriber = arena_str(a, stmt_col_text(s, 2));
    r.kind = arena_str(a, stmt_col_text(s, 3));
    r.subject = arena_str(a, stmt_col_text(s, 4));
    r.body = arena_str(a, stmt_col_text(s, 5));
    int64_t state = stmt_col_int(s, 6);
    r.state = state >= OUTBOX_QUEUED && state <= OUTBOX_UNSURE ? (enum outbox_state)state : OUTBOX_FAILED;
    r.created = stmt_col_int(s, 9);
    r.changed = stmt_col_int(s, 10);
    r.batch = stmt_col_int(s, 11);
    r.error = arena_str(a, stmt_col_text(s, 12));
    return r;
}

bool outbox_list(struct outbox *o, struct arena *a, int state, uint32_t most, struct outbox_rows *out, struct err *e) {
    static const char sql[] = "SELECT " OUTBOX_COLUMNS
                              " FROM notice WHERE ?1 < 0 OR state = ?1 ORDER BY id DESC LIMIT ?2";
    struct stmt *s;
    bool row = false;
    *out = (struct outbox_rows){0};
    if (!db_stmt(o->db, sql, &s, e))
        return false;
    stmt_int(s, 1, state);
    stmt_int(s, 2, most);
    while (stmt_step(s, &row, e) && row)
        *vec_push(a, out) = outbox_row_of(a, s);
    stmt_reset(s);
    return !row;
}

bool outbox_again(struct outbox *o, struct arena *a, str key, int64_t now, struct outbox_ids *queued, struct err *e) {
    static const char sql[] = "UPDATE notice SET state = 0, attempts = 0, due = ?2, changed = ?2 "
                              "WHERE substr(key, 1, length(?1)) = ?1 AND state IN (5, 6) RETURNING id";
    static const char wake[] = "UPDATE receiver SET quiet = 0 WHERE subscriber IN "
                               "(SELECT subscriber FROM notice WHERE substr(key, 1, length(?1)) = ?1 AND state = 0)";
    struct stmt *s;
    bool row = false;
    *queued = (struct outbox_ids){0};
    if (key.n < 6)
        return err_set(e, ERR_USAGE, S(""), _("at least six characters of a key are needed"));
    if (!db_stmt(o->db, sql, &s, e))
        return false;
    stmt_text(s, 1, key);
    stmt_int(s, 2, now);
    while (stmt_step(s, &row, e) && row)
        *vec_push(a, queued) = stmt_col_int(s, 0);
    stmt_reset(s);
    if (row || !db_stmt(o->db, wake, &s, e))
        return false;
    stmt_text(s, 1, key);
    return stmt_run(s, e);
}

static void add_told(struct stmt *s, struct outbox_result *out, uint32_t *open) {
    int64_t state = stmt_col_int(s, 0), attempts = stmt_col_int(s, 1), due = stmt_col_int(s, 2);
    out->sent += state == OUTBOX_SENT;
    out->failed += state == OUTBOX_FAILED;
    out->unsure += state == OUTBOX_UNSURE;
    bool later = state < OUTBOX_SENT;
    out->later += later;
    *open += later && (state != OUTBOX_QUEUED || attempts == 0);
    if (later && due < out->next)
        out->next = due;
}

bool outbox_told(struct outbox *o, const struct outbox_ids *of, struct outbox_result *out, uint32_t *open,
                 struct err *e) {
    struct stmt *s;
    bool row;
    *out = (struct outbox_result){.next = INT64_MAX};
    *open = 0;
    for (uint32_t i = 0; i < of->n; i++) {
        if (!db_stmt(o->db, "SELECT state, attempts, due FROM notice WHERE id = ?1", &s, e))
            return false;
        stmt_int(s, 1, of->v[i]);
        if (!stmt_step(s, &row, e))
            return false;
        if (row)
            add_told(s, out, open);
        stmt_reset(s);
    }
    return true;
}

void outbox_tell(struct outbox *o, void (*came)(void *of), void *of) {
    o->came = came;
    o->of = of;
}
