/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking the lock: what others did, and what they left half done, is taken over first.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cipher.h"
#include "base/disk.h"
#include "seal/log_inner.h"

/* ── one record behind the journal ── */

static bool integrate_map(struct log *l, const struct journal_record *r, str *leaves, struct err *e) {
    struct find find = log_find(l);
    struct journal_entry x;
    str rest = r->entries;
    struct buf map = {0};
    uint32_t n = 0;
    for (; n < r->n && journal_next(&rest, &x); n++) {
        unsigned char record[MAP_RECORD];
        map_encode(r->first + n, x.salt, x.digest, record);
        buf_add(&map, str_n((char *)record, sizeof record));
        leaves[n] = x.leaf;
    }
    bool ok = n == r->n && rest.n == 0;
    if (!ok)
        err_set(e, ERR_INPUT, str_of(l->path.journal), _("the journal is damaged"));
    ok = ok && disk_write(l->ctx, l->map_fd, l->path.map, buf_str(&map), r->first * MAP_RECORD, e);
    for (uint32_t i = 0; ok && i < n; i++)
        ok = find_put(&find, r->first + i, (unsigned char *)map.p + (size_t)i * MAP_RECORD + 32, e);
    buf_free(&map);
    return ok;
}

/* The checkpoint in the record must be the one its entries lead to. */
static bool note_fits(struct log *l, struct arena *a, const struct journal_record *r, struct err *e) {
    struct note note;
    struct checkpoint cp;
    struct hash root = merkle_edge_root(&l->tail.edge);
    str where = str_of(l->path.journal);
    if (!note_parse(a, r->note, where, &note, e) || !checkpoint_parse(note.text, where, &cp, e))
        return false;
    if (cp.size == l->tail.edge.size && memcmp(cp.root, root.b, 32) == 0)
        return true;
    return err_set(e, ERR_INPUT, where, _("the journal does not fit the tiles: the log is damaged before entry %llu"),
                   (unsigned long long)r->first);
}

/* For whoever cannot write them, which tile it was says nothing; the next who tries may begin with another. */
static bool integrate_tiles(struct log *l, const str *leaves, uint32_t n, struct err *e) {
    struct folder folder = log_folder(l);
    if (tail_add(&l->tail, &folder, leaves, n, e))
        return true;
    if (e && e->kind == ERR_ENV)
        snprintf(e->where, sizeof e->where, "%s", l->path.log);
    return false;
}

bool log_integrate(struct log *l, const struct journal_record *r, struct err *e) {
    struct arena *a = arena_new();
    str *leaves = arena_array(a, str, r->n ? r->n : 1);
    bool ok = integrate_map(l, r, leaves, e) && integrate_tiles(l, leaves, r->n, e) && note_fits(l, a, r, e) &&
              (l->tail.edge.size < l->shown || disk_put(l->ctx, l->path.checkpoint, r->note, 0644, DISK_SOON, e));
    if (ok) {
        l->state.journal = r->at + r->length;
        l->state.size = l->tail.edge.size;
        memcpy(l->state.sum, r->sum, 32);
    }
    arena_free(a);
    return ok;
}

/* ── catching up ── */

static bool cut(struct log *l, uint64_t have, struct err *e) {
    return have <= l->state.journal || disk_truncate(l->ctx, l->journal_fd, l->path.journal, l->state.journal, e);
}

static bool read_journal(struct log *l, struct arena *a, uint64_t from, uint64_t to, str *out, struct err *e) {
    char *p = arena_alloc(a, to - from + 1);
    *out = str_n(p, to - from);
    return disk_read(l->journal_fd, l->path.journal, p, to - from, from, e);
}

static bool damaged(struct log *l, struct err *e) {
    err_set(e, ERR_INPUT, str_of(l->path.append),
            _("the log is damaged: journal and tiles lead to size %llu, the checkpoint says %llu"),
            (unsigned long long)l->tail.edge.size, (unsigned long long)l->shown);
    return err_hint(e, "%s", _("`akashi log check` says what is wrong"));
}

/* A write cut short has nothing behind it, and nobody was shown what it held. */
static bool torn(const struct log *l, str rest) {
    struct journal_record r, next;
    return l->tail.edge.size >= l->shown &&
           !(journal_read(rest, NULL, &r) && journal_read(str_from(rest, r.length), NULL, &next));
}

/* Every whole record from state.journal on; what follows the last one is a write that was never acknowledged. */
static bool replay(struct log *l, uint64_t have, struct err *e) {
    struct arena *a = arena_new();
    struct journal_record r;
    str bytes;
    bool ok = read_journal(l, a, l->state.journal, have, &bytes, e);
    while (ok && journal_read(bytes, l->state.sum, &r) && r.first == l->tail.edge.size) {
        r.at = l->state.journal;
        ok = log_integrate(l, &r, e);
        bytes = str_from(bytes, r.length);
    }
    ok = ok && (torn(l, bytes) || damaged(l, e)) && cut(l, have, e);
    arena_free(a);
    return ok;
}

/* Where everything before is synced: the first entry of the journal, or with an empty journal, all. */
static bool begin_cold(struct log *l, uint64_t have, struct err *e) {
    struct arena *a = arena_new();
    static const unsigned char none[32];
    struct journal_record r;
    str bytes = S("");
    bool ok = have == 0 || read_journal(l, a, 0, have, &bytes, e);
    l->state = (struct log_state){.settled = l->shown};
    if (ok && journal_read(bytes, none, &r))
        l->state.settled = r.first;
    else if (ok && journal_read(bytes, NULL, &r) && r.first < l->shown)
        ok = err_set(e, ERR_INPUT, str_of(l->path.journal), _("the journal is damaged"));
    random_bytes(&l->state.generation, sizeof l->state.generation);
    l->state.size = l->state.settled;
    arena_free(a);
    return ok;
}

/* What the checkpoint file shows: it is less than what was acknowledged when a writer died or the power failed. */
static void look(struct log *l) {
    struct arena *a = arena_new();
    struct checkpoint cp;
    l->shown = log_checkpoint(l, a, &cp, NULL, NULL) ? cp.size : 0;
    arena_free(a);
}

/* In the end the checkpoint file has to be there and say what the tiles lead to. */
static bool agrees(struct log *l, struct err *e) {
    struct arena *a = arena_new();
    struct checkpoint cp;
    struct hash root = merkle_edge_root(&l->tail.edge);
    bool ok = log_checkpoint(l, a, &cp, NULL, e);
    if (ok && (cp.size != l->tail.edge.size || memcmp(cp.root, root.b, 32) != 0)) {
        l->shown = cp.size;
        ok = damaged(l, e);
    }
    arena_free(a);
    return ok;
}

static bool load(struct log *l, bool warm, uint64_t have, struct err *e) {
    struct folder folder = log_folder(l);
    struct find find = log_find(l);
    return tail_load(&l->tail, &folder, l->state.size, e) && find_ready(&find, l->state.size, e) &&
           (warm && have == l->state.journal ? true : replay(l, have, e)) && agrees(l, e);
}

static bool catch_up(struct log *l, struct err *e) {
    struct log_state on_disk;
    uint64_t have;
    if (!disk_size(l->journal_fd, l->path.journal, &have, e))
        return false;
    bool warm = state_read(l->lock_fd, l->boot, &on_disk);
    if (warm && have < on_disk.journal) { /* emptied, and then no time to say so */
        on_disk.journal = 0;
        on_disk.generation++;
        on_disk.settled = on_disk.size;
        memset(on_disk.sum, 0, 32);
    }
    if (warm && l->fresh && have == on_disk.journal && memcmp(&on_disk, &l->state, sizeof on_disk) == 0)
        return true;
    l->fresh = false;
    look(l);
    l->state = on_disk;
    /* What does not fit although nobody stopped: the journal knows better than what was made from it, if it has any. */
    bool from_journal = !warm || have > 0;
    if (!(warm && load(l, true, have, from_journal ? NULL : e)) &&
        !(from_journal && begin_cold(l, have, e) && load(l, false, have, e)))
        return false;
    l->fresh = true;
    return state_write(l->ctx, l->lock_fd, l->path.lock, l->boot, &l->state, e);
}

bool log_lock(struct log *l, struct err *e) {
    if (l->broken)
        return err_set(e, ERR_ENV, str_of(l->path.journal), _("a failed write could not be undone; open the log anew"));
    while (flock(l->lock_fd, LOCK_EX) != 0)
        if (errno != EINTR)
            return err_errno(e, str_of(l->path.lock), _("cannot lock the log"));
    if (catch_up(l, e)) {
        log_set_behind(l, &(struct err){0});
        return true;
    }
    l->fresh = false;
    log_unlock(l);
    return false;
}
void log_set_behind(struct log *l, const struct err *why) {
    pthread_mutex_lock(&l->queue_lock);
    l->behind = *why;
    pthread_mutex_unlock(&l->queue_lock);
}
void log_unlock(struct log *l) { flock(l->lock_fd, LOCK_UN); }

/* ── settling ── */

static bool store_envelopes(struct log *l, struct arena *a, struct err *e) {
    struct journal_record r;
    struct journal_entry x;
    str bytes;
    if (!read_journal(l, a, 0, l->state.journal, &bytes, e))
        return false;
    for (; journal_read(bytes, NULL, &r); bytes = str_from(bytes, r.length))
        for (str rest = r.entries; journal_next(&rest, &x);)
            if (x.envelope.p && !l->store.put(l->store.of, x.envelope, e))
                return false;
    return l->store.sync(l->store.of, e);
}

/* The served folder may lie on another file system than the rest. */
static bool sync_all(struct log *l, struct err *e) {
    struct stat one, two;
    if (!disk_sync_all(l->ctx, l->folder_fd, l->path.log, e))
        return false;
    return (fstat(l->folder_fd, &one) == 0 && fstat(l->map_fd, &two) == 0 && one.st_dev == two.st_dev) ||
           disk_sync_all(l->ctx, l->map_fd, l->path.map, e);
}

/* The journal is the last that knows these entries: names are looked at once more before it is emptied. If one is
 * missing the state is worth nothing, and whoever takes the lock next does everything from the journal again. */
static bool names_there(struct log *l, struct err *e) {
    struct arena *a = arena_new();
    struct folder folder = log_folder(l);
    struct checkpoint shown = {.size = 0};
    bool ok = log_checkpoint(l, a, &shown, NULL, e) &&
              (shown.size == l->state.size ||
               err_set(e, ERR_ENV, str_of(l->path.checkpoint), _("what was written here is not there"))) &&
              folder_has(&folder, l->state.settled, l->state.size, e);
    arena_free(a);
    if (!ok) {
        l->fresh = false;
        (void)!disk_truncate(l->ctx, l->lock_fd, l->path.lock, 0, NULL);
    }
    return ok;
}

bool log_settle_locked(struct log *l, struct err *e) {
    struct arena *a = arena_new();
    struct folder folder = log_folder(l);
    uint64_t before = l->state.settled;
    bool ok = l->state.journal == 0;
    if (!ok && !l->has_store)
        err_set(e, ERR_USAGE, str_of(l->path.journal), _("without the archive the journal cannot be emptied"));
    else if (!ok)
        ok = store_envelopes(l, a, e) && sync_all(l, e) && names_there(l, e) &&
             disk_truncate(l->ctx, l->journal_fd, l->path.journal, 0, e);
    arena_free(a);
    if (!ok || l->state.journal == 0)
        return ok;
    l->state.journal = 0;
    l->state.generation++;
    l->state.settled = l->state.size;
    memset(l->state.sum, 0, 32);
    l->fresh = state_write(l->ctx, l->lock_fd, l->path.lock, l->boot, &l->state, NULL);
    folder_tidy(&folder, before, l->state.size);
    return true;
}

bool log_settle(struct log *l, struct err *e) {
    if (!log_lock(l, e))
        return false;
    bool ok = log_settle_locked(l, e);
    log_unlock(l);
    return ok;
}
