/* SPDX-License-Identifier: Apache-2.0
 *
 * From the log into the views, in its order, each batch in a transaction together with how far it went.
 */
#include "impact/portfolio.h"

#include <stdlib.h>

#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"
#include "impact/contents.h"
#include "impact/follow.h"
#include "impact/gone.h"
#include "impact/hits.h"
#include "impact/inventory.h"
#include "impact/moved.h"
#include "impact/running.h"
#include "impact/things.h"
#include "store/queries.h"

enum { BATCH_ENTRIES = 8192, AHEAD_ENTRIES = 512, AHEAD_PARTS = 1 << 18 };

/* ── opening ── */

static bool find_log(struct portfolio *p, bool *found, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_portfolio_log_find, &q, e))
        return false;
    ask_text(q, 1, p->home->origin);
    if (!ask_step(q, found, e))
        return false;
    if (*found) {
        p->log_id = ask_col_int(q, 0);
        p->size = (uint64_t)ask_col_int(q, 1);
    }
    ask_end(q);
    return true;
}

static bool add_log(struct portfolio *p, struct err *e) {
    struct ask *q;
    if (!store_begin(p->store, e))
        return false;
    bool ok = store_ask(p->store, &Q_portfolio_log_add, &q, e);
    if (ok) {
        ask_text(q, 1, p->home->origin);
        ok = ask_run(q, e) && store_commit(p->store, e);
    }
    if (!ok)
        store_rollback(p->store);
    return ok;
}

static bool know_log(struct portfolio *p, struct err *e) {
    bool found;
    return find_log(p, &found, e) && (found || (add_log(p, e) && find_log(p, &found, e)));
}

/* Views that were made before it was kept get it now. */
static bool keep_running(struct portfolio *p, struct err *e) {
    bool kept;
    if (!running_kept(p, &kept, e))
        return false;
    if (kept)
        return true;
    if (!store_begin(p->store, e))
        return false;
    bool ok = running_rebuild(p, e) && portfolio_tell_moved(p, e) && store_commit(p->store, e);
    if (!ok)
        store_rollback(p->store);
    return ok;
}

bool portfolio_begin(struct ctx *c, struct home *home, str store, struct portfolio **out, struct err *e) {
    struct portfolio *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->ctx = c;
    p->home = home;
    p->arena = arena_new();
    p->touched = touched_new();
    p->where = store.n ? arena_str(p->arena, store) : path_join(p->arena, home->path, S("portfolio.db"));
    bool ok = store_open(c, p->where, STORE_WRITE, &p->store, e) && contents_open(p, &p->contents, e) &&
              know_log(p, e) && keep_running(p, e);
    if (!ok) {
        portfolio_close(p);
        p = NULL;
    }
    *out = p;
    return ok;
}

bool portfolio_open(struct ctx *c, struct home *home, str store, struct portfolio **out, struct err *e) {
    bool ok = portfolio_begin(c, home, store, out, e);
    if (ok && !portfolio_catch_up(*out, e)) {
        portfolio_close(*out);
        *out = NULL;
        ok = false;
    }
    return ok;
}

void portfolio_close(struct portfolio *p) {
    if (!p)
        return;
    contents_close(p->contents);
    store_close(p->store);
    touched_free(p->touched);
    arena_free(p->arena);
    free(p);
}

bool portfolio_read(struct portfolio *p, bool *own, struct err *e) {
    *own = !store_inside(p->store);
    return !*own || store_begin_read(p->store, e);
}
void portfolio_read_end(struct portfolio *p, bool own) {
    if (own)
        store_end_read(p->store);
}

bool portfolio_refresh(struct portfolio *p, struct err *e) {
    bool found;
    return find_log(p, &found, e) &&
           (found || err_set(e, ERR_ENV, p->where, _("the views know nothing of this log any more")));
}

/* ── applying ── */

/* Releases are looked up some hundred at a time (contents_expect), so they are held until there are as many, or until
 * an entry of another kind comes, which may depend on them. */
struct applying {
    struct portfolio *p;
    struct arena *a;
    const struct portfolio_add *adds; /* what the caller has at hand, by index */
    uint32_t n_adds, at;
    struct entry ahead[AHEAD_ENTRIES];
    struct release_new releases[AHEAD_ENTRIES];
    uint32_t n_ahead;
    uint64_t parts; /* of them */
    uint64_t end;   /* entries of the log that are to be applied */
};

static const struct portfolio_add *at_hand(struct applying *k, uint64_t index) {
    while (k->at < k->n_adds && k->adds[k->at].index < index)
        k->at++;
    return k->at < k->n_adds && k->adds[k->at].index == index ? &k->adds[k->at] : NULL;
}

/* The payload; absent when the body is erased, withheld, damaged or no statement. */
static bool read_payload(struct applying *k, const struct log_entry *entry, str *out, struct err *e) {
    struct err bad = {0};
    struct dsse d;
    str envelope;
    *out = (str){NULL, 0};
    if (!log_envelope(k->p->home->log, k->a, entry, &envelope, &bad)) {
        if (bad.kind == ERR_ENV) {
            if (e)
                *e = bad;
            return false;
        }
        ctx_warn_err(k->p->ctx, &bad);
        return true;
    }
    if (envelope.p && dsse_parse(k->p->ctx, k->a, envelope, S("log"), &d, NULL) && str_is(d.payload_type, DSSE_IN_TOTO))
        *out = d.payload;
    return true;
}

/* *statement NULL: says nothing that counts. */
static bool open_entry(struct applying *k, const struct log_entry *entry, struct entry *out, struct err *e) {
    const struct portfolio_add *add = at_hand(k, entry->index);
    struct statement *s = arena_new_of(k->a, struct statement);
    str payload = add ? add->payload : (str){NULL, 0};
    *out = (struct entry){.log_id = k->p->log_id,
                          .index = entry->index,
                          .time = entry->leaf.time,
                          .kind = arena_str(k->a, entry->leaf.kind),
                          .parts = add ? add->parts : NULL,
                          .vex = add ? add->vex : NULL,
                          .arena = k->a};
    memcpy(out->key, entry->leaf.key, 32);
    memcpy(out->envelope, entry->envelope, 32);
    if (!add && !read_payload(k, entry, &payload, e))
        return false;
    if (!payload.p || !statement_open(k->p->ctx, k->a, payload, S("log"), s, NULL))
        return true;
    const struct predicate *type = predicate_of_type(s->type);
    if (type && str_is(entry->leaf.kind, type->kind)) /* else the leaf says one thing, the statement another */
        out->statement = s;
    return true;
}

static bool apply_ahead(struct applying *k, struct err *e) {
    bool ok = k->n_ahead == 0 || contents_expect(k->p->contents, k->releases, k->n_ahead, e);
    for (uint32_t i = 0; ok && i < k->n_ahead; i++)
        ok = projections_apply(k->p, &k->ahead[i], e);
    k->n_ahead = 0;
    k->parts = 0;
    arena_reset(k->a, (struct arena_mark){0});
    return ok;
}

static bool hold_release(struct applying *k, struct entry *x, struct err *e) {
    bool is;
    if (!inventory_open(k->p, x, &is, &k->releases[k->n_ahead], e))
        return false;
    k->ahead[k->n_ahead] = *x;
    k->n_ahead += is;
    k->parts += is ? x->parts->n : 0;
    return (k->n_ahead < AHEAD_ENTRIES && k->parts < AHEAD_PARTS) || apply_ahead(k, e);
}

static bool each(void *arg, const struct log_entry *entry, struct err *e) {
    struct applying *k = arg;
    const struct projection *first = projection_of(entry->leaf.kind);
    struct entry x;
    if (!first)
        return true;
    if (entry->erased || gone_entry(k->p, entry->index))
        return gone_note(k->p, entry->index, e);
    if (first != &inventory_projection && !apply_ahead(k, e))
        return false;
    if (!open_entry(k, entry, &x, e))
        return false;
    if (!x.statement)
        return true;
    if (first == &inventory_projection)
        return hold_release(k, &x, e);
    return projections_apply(k->p, &x, e) && apply_ahead(k, e);
}

static bool read_size(struct portfolio *p, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_portfolio_log_size, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    if (!ask_step(q, &row, e))
        return false;
    p->size = row ? (uint64_t)ask_col_int(q, 0) : 0;
    ask_end(q);
    return row || err_set(e, ERR_ENV, p->home->path, "%s", _("the views were made anew by somebody else: try again"));
}

static bool write_size(struct portfolio *p, uint64_t size, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_portfolio_log_set, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    ask_int(q, 2, (int64_t)size);
    p->size = size;
    return ask_send(q, e);
}

static bool count_making(struct portfolio *p, int64_t *made, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, &Q_portfolio_made, &q, e) || !ask_step(q, &row, e))
        return false;
    *made = row ? ask_col_int(q, 0) + 1 : 1;
    ask_end(q);
    return true;
}
static bool write_making(struct portfolio *p, int64_t made, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_portfolio_made_set, &q, e))
        return false;
    ask_int(q, 1, made);
    return ask_send(q, e);
}

/* All rows but of the part `keep` (may be NULL): as if nothing was applied. */
static bool clear(struct portfolio *p, const char *keep, struct err *e) {
    struct ask *q;
    bool row;
    int64_t made;
    if (!store_ask(p->store, &Q_portfolio_logs, &q, e) || !ask_step(q, &row, e))
        return false;
    int64_t logs = ask_col_int(q, 0);
    ask_end(q);
    if (logs > 1) {
        err_set(e, ERR_ENV, p->home->path, "%s", _("these views hold other logs too, which would be lost"));
        return err_hint(e, "%s", _("drop the views, and open each of their homes once"));
    }
    if (!count_making(p, &made, e) || !store_clear(p->store, keep, e) || !write_making(p, made, e) ||
        !hits_forget(p, e) || !store_ask(p->store, &Q_portfolio_log_add, &q, e))
        return false;
    ask_text(q, 1, p->home->origin);
    return ask_send(q, e);
}

/* Views that hold what was erased since are begun anew, in this very transaction. */
static bool settle_erasures(struct applying *k, struct err *e) {
    struct portfolio *p = k->p;
    bool anew, found;
    if (!gone_look(p, k->end, &anew, e))
        return false;
    if (!anew)
        return true;
    contents_undo(p->contents);
    touched_forget(p->touched);
    return clear(p, NULL, e) && find_log(p, &found, e) && running_rebuild(p, e) && gone_look(p, k->end, &anew, e);
}

/* One transaction: what the store lacks of entries below `to`, but no more than a batch. */
static bool apply_batch(struct applying *k, uint64_t to, struct err *e) {
    struct portfolio *p = k->p;
    if (!read_size(p, e) || !settle_erasures(k, e) || !contents_begin(p->contents, e))
        return false;
    if (p->size >= to)
        return true;
    if (to - p->size > BATCH_ENTRIES)
        to = p->size + BATCH_ENTRIES;
    return log_each(p->home->log, p->size, to, each, k, e) && apply_ahead(k, e) && contents_flush(p->contents, e) &&
           running_flush(p, e) && portfolio_tell_moved(p, e) && write_size(p, to, e);
}

bool portfolio_apply_begin(struct portfolio *p, struct err *e) {
    p->size_before = p->size;
    return p->open = store_begin(p->store, e);
}
bool portfolio_apply_end(struct portfolio *p, struct err *e) {
    if (!p->open || !store_commit(p->store, e))
        return portfolio_apply_undo(p);
    p->open = false;
    return true;
}
bool portfolio_apply_undo(struct portfolio *p) {
    if (!p->open)
        return false;
    p->open = false;
    store_rollback(p->store);
    contents_undo(p->contents);
    touched_forget(p->touched);
    p->size = p->size_before;
    return false;
}

static bool apply_up_to(struct applying *k, uint64_t to, struct err *e) {
    struct portfolio *p = k->p;
    bool given = p->open;
    do {
        if (!(given || portfolio_apply_begin(p, e)) || !apply_batch(k, to, e) ||
            !(given || portfolio_apply_end(p, e))) {
            k->n_ahead = 0;
            return portfolio_apply_undo(p);
        }
    } while (p->size < to);
    return true;
}

static bool log_size(struct portfolio *p, uint64_t *size, struct err *e) {
    struct arena *a = arena_new();
    struct checkpoint now;
    str note;
    bool ok = log_checkpoint(p->home->log, a, &now, &note, e);
    *size = ok ? now.size : 0;
    arena_free(a);
    return ok;
}

/* Entries below `to`; the adds have rising indices. */
static bool catch_up_to(struct portfolio *p, uint64_t to, const struct portfolio_add *adds, uint32_t n, struct err *e) {
    if (to <= p->size)
        return true;
    struct arena *a = arena_new();
    struct applying *k = arena_new_of(a, struct applying);
    *k = (struct applying){.p = p, .a = arena_new(), .adds = adds, .n_adds = n, .end = to};
    bool ok = apply_up_to(k, to, e);
    arena_free(k->a);
    arena_free(a);
    return ok;
}
static bool catch_up(struct portfolio *p, const struct portfolio_add *adds, uint32_t n, struct err *e) {
    uint64_t size;
    return log_size(p, &size, e) && catch_up_to(p, size, adds, n, e);
}

/* What is thought of the keys may have changed without an entry. */
static bool settle(struct portfolio *p, struct err *e) {
    bool settled;
    if (!things_settled(p, &settled, e))
        return false;
    if (settled)
        return true;
    if (!store_begin(p->store, e))
        return false;
    bool ok = things_settle(p, e) && portfolio_tell_moved(p, e) && store_commit(p->store, e);
    if (!ok)
        store_rollback(p->store);
    return ok;
}

bool portfolio_catch_up(struct portfolio *p, struct err *e) { return catch_up(p, NULL, 0, e) && settle(p, e); }

bool portfolio_log(struct portfolio *p, struct arena *a, struct portfolio_add *adds, uint32_t n, struct err *e) {
    struct home_add *list = arena_array(a, struct home_add, n ? n : 1);
    for (uint32_t i = 0; i < n; i++)
        list[i] = adds[i].made ? *adds[i].made : (struct home_add){.payload = adds[i].payload};
    if (n && !home_append(p->home, a, list, n, e))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        if (list[i].payload.p)
            adds[i].payload = list[i].payload; /* as it was signed: with who asked for it */
        adds[i].index = list[i].added.index;
        adds[i].was_there = list[i].added.was_there;
    }
    return true;
}

/* Those that were not there before: these have rising indices. */
static struct portfolio_add *only_fresh(struct arena *a, const struct portfolio_add *adds, uint32_t n, uint32_t *left) {
    struct portfolio_add *fresh = arena_array(a, struct portfolio_add, n ? n : 1);
    *left = 0;
    for (uint32_t i = 0; i < n; i++)
        if (!adds[i].was_there)
            fresh[(*left)++] = adds[i];
    return fresh;
}

bool portfolio_apply(struct portfolio *p, const struct portfolio_add *adds, uint32_t n, struct err *e) {
    struct arena *a = arena_new();
    const struct portfolio_add *fresh = only_fresh(a, adds, n, &n);
    bool ok = n == 0 || catch_up_to(p, fresh[n - 1].index + 1, fresh, n, e);
    arena_free(a);
    return ok;
}

bool portfolio_append(struct portfolio *p, struct arena *a, struct portfolio_add *adds, uint32_t n, struct err *e) {
    if (!portfolio_log(p, a, adds, n, e))
        return false;
    const struct portfolio_add *fresh = only_fresh(a, adds, n, &n);
    return catch_up(p, fresh, n, e);
}

/* ── anew ── */

static bool digest_lines(void *sum, struct buf *lines, struct err *e) {
    (void)e;
    digest_add(sum, buf_str(lines));
    buf_clear(lines);
    return true;
}
bool portfolio_digest(struct portfolio *p, unsigned char out[32], struct err *e) {
    struct digest_state *sum = digest_begin(DIGEST_SHA256);
    bool ok = store_dump_each(p->store, digest_lines, sum, e);
    digest_end(sum, out);
    return ok;
}

bool portfolio_rebuild(struct portfolio *p, struct err *e) {
    if (!store_begin(p->store, e))
        return false;
    bool ok = clear(p, "hits", e) &&
              store_commit(p->store, e); /* flaws keep their numbers, and since when they are known */
    if (!ok)
        store_rollback(p->store);
    contents_undo(p->contents);
    touched_forget(p->touched);
    return ok && know_log(p, e) && keep_running(p, e) && portfolio_catch_up(p, e);
}

/* ── when ── */

bool portfolio_as_of(struct portfolio *p, str text, struct as_of *out, struct err *e) {
    *out = (struct as_of){.size = p->size, .time = p->ctx->now};
    if (!text.p)
        return true;
    if (!home_as_of(p->home, text, &out->size, e))
        return false;
    out->given = true;
    if (time_parse(text, &out->time)) {
        out->time += text.n == 10 ? 86399 : 0;
        return true;
    }
    struct arena *a = arena_new();
    struct log_entry last;
    bool ok = out->size == 0 || log_entry(p->home->log, a, out->size - 1, &last, e);
    out->time = ok && out->size ? last.leaf.time : 0;
    arena_free(a);
    return ok;
}
