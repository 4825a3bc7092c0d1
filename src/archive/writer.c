/* SPDX-License-Identifier: Apache-2.0
 *
 * The pack this process writes. A pack is left unfinished when the process ends, and taken up by the next one that can
 * lock it, so that many short commands do not leave many small packs.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "archive/inner.h"
#include "base/file.h"

/* Keeps what is cut off behind the last good block, in case it is more than an unfinished write. */
static bool keep_tail(struct archive *a, const struct pack_file *f, uint64_t from, struct err *e) {
    char path[PATH_MAX], name[96];
    struct buf b = {0};
    size_t n = f->size - from < BLOCK_MOST ? (size_t)(f->size - from) : BLOCK_MOST, zeros = 0;
    struct block_head h;
    bool ok = disk_read(f->fd, f->path, buf_room(&b, n), n, from, e);
    while (ok && zeros < n && b.p[zeros] == 0)
        zeros++;
    bool torn = ok && block_head_read(&a->keys, str_n(b.p, n), &h) && block_size(&h) > f->size - from;
    if (ok && !torn && zeros < n && n >= BLOCK_HEAD) {
        str base = path_base(str_of(f->path));
        snprintf(name, sizeof name, "damaged/%.*s-%llu", STR_ARG(base), (unsigned long long)from);
        ok = archive_path(a, "damaged", path, e) && disk_folder(a->ctx, path, 0700, e) &&
             archive_path(a, name, path, e) && disk_put(a->ctx, path, str_n(b.p, n), 0600, DISK_DURABLE, e);
        if (ok)
            ctx_warn(a->ctx, str_of(f->path), _("%llu bytes behind the last whole block were moved to %s"),
                     (unsigned long long)(f->size - from), path);
    }
    buf_free(&b);
    return ok;
}

/* The pack is finished but for its name. */
static bool rename_finished(struct archive *a, const unsigned char id[PACK_ID], struct err *e) {
    char from[PATH_MAX], to[PATH_MAX];
    a->folder_dirty = true;
    return pack_path(a, id, true, from, e) && pack_path(a, id, false, to, e) && disk_rename(a->ctx, from, to, e);
}

struct taking {
    struct archive *a;
    struct err *e;
    bool done;
};

static void become_writer(struct archive *a, const unsigned char id[PACK_ID], int fd, uint64_t end, bool is_new) {
    pthread_mutex_lock(&a->lock);
    a->pack = archive_pack_number(a, id);
    struct pack_info *p = &a->packs[a->pack];
    p->mine = true;
    if (p->covered < end)
        p->covered = end;
    pthread_mutex_unlock(&a->lock);
    a->fd = fd;
    a->end = end;
    a->synced = is_new ? 0 : end;
    a->folder_dirty |= is_new;
}

static bool mend_head(struct archive *a, const unsigned char id[PACK_ID], const struct pack_file *f, struct err *e) {
    unsigned char head[PACK_HEAD];
    pack_head_write(id, a->keys.on, head);
    return disk_write(a->ctx, f->fd, f->path, str_n((const char *)head, PACK_HEAD), 0, e) &&
           disk_sync(a->ctx, f->fd, f->path, e);
}

/* A pack whose head never reached the disk, and so nothing behind it either: removed, or put aside when there is more
 * than a head. With blocks behind it that did reach the disk a torn head is mended; another is repair's work. */
static bool take_headless(struct archive *a, const unsigned char id[PACK_ID], const struct pack_file *f, bool torn,
                          bool *mended, struct err *e) {
    char to[PATH_MAX], name[PATH_MAX];
    struct pack_walk w = {.bodies = true};
    *mended = false;
    pthread_mutex_lock(&a->lock);
    uint32_t number = archive_pack_number(a, id); /* may move a->packs */
    bool known = a->packs[number].covered > PACK_HEAD;
    pthread_mutex_unlock(&a->lock);
    if (f->size > PACK_HEAD && !pack_each(a, f, PACK_HEAD, &w, e))
        return false;
    if (known || (f->size > PACK_HEAD && w.end > PACK_HEAD))
        return !torn || (*mended = mend_head(a, id, f, e));
    if (f->size <= PACK_HEAD)
        return disk_remove(a->ctx, f->path, e);
    str base = path_base(str_of(f->path));
    snprintf(name, sizeof name, "damaged/%.*s", STR_ARG(base));
    return archive_path(a, "damaged", to, e) && disk_folder(a->ctx, to, 0700, e) && archive_path(a, name, to, e) &&
           disk_rename(a->ctx, f->path, to, e);
}

/* Locked: are all blocks known, and does it end with a whole one? Cuts off what does not. */
static bool take_locked(struct taking *t, const unsigned char id[PACK_ID], struct pack_file *f, bool *taken,
                        struct err *e) {
    struct archive *a = t->a;
    struct pack_walk w = {.bodies = true};
    enum pack_head head = pack_head_of(a, id, f);
    bool good = head == HEAD_GOOD;
    *taken = false;
    if (!good && !take_headless(a, id, f, head == HEAD_TORN, &good, e))
        return false;
    if (!good)
        return true;
    pthread_mutex_lock(&a->lock);
    bool ok = archive_refresh(a, e);
    uint32_t number = archive_pack_number(a, id);
    uint64_t covered = a->packs[number].covered;
    pthread_mutex_unlock(&a->lock);
    if (!ok || !pack_each(a, f, covered, &w, e))
        return false;
    if (w.footer)
        return rename_finished(a, id, e);
    if (w.end != covered)
        return true; /* damage between good blocks: repair's work */
    if (w.tail && (!keep_tail(a, f, w.end, e) || !disk_truncate(a->ctx, f->fd, f->path, w.end, e)))
        return false;
    if (!disk_sync(a->ctx, f->fd, f->path, e)) /* what we build on */
        return false;
    become_writer(a, id, f->fd, w.end, false);
    *taken = true;
    return true;
}

static bool take(void *arg, const unsigned char id[PACK_ID], bool open, struct err *e) {
    struct taking *t = arg;
    struct archive *a = t->a;
    struct pack_file f = {.fd = -1, .open = true};
    bool taken = false, missing, ok = true;
    if (!open)
        return true;
    if (!pack_path(a, id, true, f.path, e) || !disk_open(a->ctx, f.path, O_RDWR, 0, &f.fd, &missing, e))
        return false;
    if (f.fd >= 0 && flock(f.fd, LOCK_EX | LOCK_NB) == 0 && archive_still_there(f.path, f.fd))
        ok = disk_size(f.fd, f.path, &f.size, e) && take_locked(t, id, &f, &taken, e);
    if (!taken)
        pack_close(&f);
    t->done = taken;
    return ok && !taken;
}

/* Made and locked, with its head. *gone: another one locked it first, took it for what a crash had left, and removed
 * it. */
static bool make_one(struct archive *a, const unsigned char id[PACK_ID], int *out, bool *gone, struct err *e) {
    unsigned char head[PACK_HEAD];
    char path[PATH_MAX];
    int fd, locked;
    pack_head_write(id, a->keys.on, head);
    if (!pack_path(a, id, true, path, e) || !disk_open(a->ctx, path, O_RDWR | O_CREAT | O_EXCL, 0600, &fd, NULL, e))
        return false;
    do
        locked = flock(fd, LOCK_EX);
    while (locked != 0 && errno == EINTR);
    *gone = locked == 0 && !archive_still_there(path, fd);
    bool ok = locked == 0 || err_errno(e, str_of(path), _("cannot lock"));
    ok = ok && (*gone || disk_write(a->ctx, fd, path, str_n((const char *)head, PACK_HEAD), 0, e));
    if (!ok)
        best_effort(disk_remove(a->ctx, path, NULL));
    if (!ok || *gone)
        close(fd);
    *out = fd;
    return ok;
}

static bool make_new(struct archive *a, struct err *e) {
    unsigned char id[PACK_ID];
    bool gone;
    int fd;
    do {
        random_bytes(id, PACK_ID);
        if (!make_one(a, id, &fd, &gone, e))
            return false;
    } while (gone);
    become_writer(a, id, fd, PACK_HEAD, true);
    return true;
}

static bool get_pack(struct archive *a, struct err *e) {
    struct taking t = {.a = a, .e = e};
    struct err why = {0};
    if (a->fd >= 0)
        return true;
    if (!packs_list(a, take, &t, &why) && !t.done) {
        if (e)
            *e = why;
        return false;
    }
    return t.done || make_new(a, e);
}

struct footer_text {
    struct archive *a;
    const char *path;
    struct buf text;
};
/* A block that has gone bad since is left out: the rest is still good, and check tells of it. */
static bool add_to_footer(void *arg, const struct block_seen *b, struct err *e) {
    struct footer_text *f = arg;
    (void)e;
    if (b->head.kind == BLOCK_CHUNKS && b->table.p)
        footer_add(&f->text, b->at, &b->head, b->table);
    else
        ctx_warn(f->a->ctx, str_of(f->path), _("the block at offset %llu is damaged"), (unsigned long long)b->at);
    return true;
}

/* Reads every table back from the file: what the footer promises is there. */
static bool write_footer(struct archive *a, const char *path, struct err *e) {
    struct pack_file f = {.fd = a->fd, .size = a->end};
    struct footer_text footer = {.a = a, .path = path};
    struct buf block = {0};
    struct pack_walk w = {.each = add_to_footer, .arg = &footer};
    unsigned char tail[PACK_TAIL];
    struct squeezer *s = archive_squeezer(a, false);
    snprintf(f.path, sizeof f.path, "%s", path);
    bool ok = pack_each(a, &f, PACK_HEAD, &w, e);
    if (ok) {
        block_write(s, &a->keys, BLOCK_FOOTER, S(""), buf_str(&footer.text), &block);
        pack_tail_write(a->end, tail);
        buf_add(&block, str_n((const char *)tail, PACK_TAIL));
        ok = disk_write(a->ctx, a->fd, path, buf_str(&block), a->end, e);
    }
    archive_squeezer_back(a, s);
    buf_free(&footer.text);
    buf_free(&block);
    return ok;
}

static void let_go(struct archive *a) {
    close(a->fd);
    a->fd = -1;
    pthread_mutex_lock(&a->lock);
    a->packs[a->pack].mine = false;
    pthread_mutex_unlock(&a->lock);
}

/* A sync that failed says nothing about what is on disk, and will not say it the next time either: what was not synced
 * before is cut off, so that nobody builds on it, and this open archive promises nothing more. */
static bool sync_failed(struct archive *a, const char *path) {
    a->broken = true;
    best_effort(disk_truncate(a->ctx, a->fd, path, a->synced > PACK_HEAD ? a->synced : PACK_HEAD, NULL));
    return false;
}

static bool refuse_broken(const struct archive *a, struct err *e) {
    return !a->broken || err_set(e, ERR_ENV, a->folder, _("writing to the archive failed before; open it again"));
}

static bool seal(struct archive *a, struct err *e) {
    char path[PATH_MAX];
    unsigned char id[PACK_ID];
    if (a->fd < 0)
        return true;
    pthread_mutex_lock(&a->lock);
    memcpy(id, a->packs[a->pack].id, PACK_ID);
    pthread_mutex_unlock(&a->lock);
    if (!pack_path(a, id, true, path, e))
        return false;
    if (!write_footer(a, path, e)) {
        best_effort(disk_truncate(a->ctx, a->fd, path, a->end, NULL));
        return false;
    }
    if (!disk_sync(a->ctx, a->fd, path, e))
        return sync_failed(a, path);
    a->synced = a->end;
    if (!rename_finished(a, id, e))
        return false;
    pthread_mutex_lock(&a->lock);
    a->packs[a->pack].sealed = true;
    pthread_mutex_unlock(&a->lock);
    let_go(a);
    return true;
}

bool writer_append(struct archive *a, str block, struct place *out, struct err *e) {
    char path[PATH_MAX];
    pthread_mutex_lock(&a->writing);
    bool ok = refuse_broken(a, e);
    if (ok && a->fd >= 0 && a->end > PACK_HEAD && a->end + block.n > PACK_TARGET)
        ok = seal(a, e);
    ok = ok && get_pack(a, e);
    if (ok && a->end > PACK_HEAD && a->end + block.n > PACK_TARGET)
        ok = seal(a, e) && get_pack(a, e);
    if (ok) {
        pthread_mutex_lock(&a->lock);
        ok = pack_path(a, a->packs[a->pack].id, true, path, e);
        pthread_mutex_unlock(&a->lock);
        if (ok && !disk_write(a->ctx, a->fd, path, block, a->end, e)) {
            best_effort(
                disk_truncate(a->ctx, a->fd, path, a->end, NULL)); /* the next write goes to the same place anyway */
            ok = false;
        }
    }
    if (ok) {
        *out = (struct place){a->pack, (uint32_t)a->end};
        a->end += block.n;
    }
    pthread_mutex_unlock(&a->writing);
    return ok;
}

/* Unfinished packs of other processes that bodies put here rely on. */
static bool sync_borrowed(struct archive *a, struct err *e) {
    bool ok = true;
    for (uint32_t i = 0; ok; i++) {
        struct pack_file f;
        struct pack_info p = {0};
        pthread_mutex_lock(&a->lock);
        while (i < a->n_packs && !a->packs[i].borrowed)
            i++;
        bool end = i >= a->n_packs;
        if (!end)
            p = a->packs[i];
        pthread_mutex_unlock(&a->lock);
        if (end)
            return true;
        if (!pack_open(a, p.id, &f, NULL, e))
            return false;
        ok = disk_sync(a->ctx, f.fd, f.path, e);
        pack_close(&f);
        pthread_mutex_lock(&a->lock);
        a->packs[i].borrowed &= !ok;
        pthread_mutex_unlock(&a->lock);
        a->folder_dirty = true;
        a->broken |= !ok;
    }
    return ok;
}

bool writer_sync(struct archive *a, struct err *e) {
    char path[PATH_MAX];
    pthread_mutex_lock(&a->writing);
    bool ok = refuse_broken(a, e) && sync_borrowed(a, e);
    if (ok && a->fd >= 0 && a->synced != a->end) {
        pthread_mutex_lock(&a->lock);
        ok = pack_path(a, a->packs[a->pack].id, true, path, e);
        pthread_mutex_unlock(&a->lock);
        if (ok && !disk_sync(a->ctx, a->fd, path, e))
            ok = sync_failed(a, path);
        if (ok)
            a->synced = a->end;
    }
    if (ok && a->folder_dirty) {
        ok = archive_path(a, "packs", path, e) && disk_sync_folder(a->ctx, path, e);
        a->broken |= !ok;
        a->folder_dirty = !ok;
    }
    if (ok && a->fd >= 0) {
        pthread_mutex_lock(&a->lock);
        a->packs[a->pack].covered = a->synced;
        pthread_mutex_unlock(&a->lock);
    }
    pthread_mutex_unlock(&a->writing);
    return ok;
}

/* Takes up what others left and finishes it; one that never got a block is removed. */
static bool finish_left(struct archive *a, struct err *e) {
    char path[PATH_MAX];
    for (;;) {
        struct taking t = {.a = a, .e = e};
        struct err why = {0};
        if (!packs_list(a, take, &t, &why) && !t.done) {
            if (e)
                *e = why;
            return false;
        }
        if (!t.done)
            return true;
        if (a->end > PACK_HEAD) {
            if (!seal(a, e))
                return false;
            continue;
        }
        pthread_mutex_lock(&a->lock);
        bool ok = pack_path(a, a->packs[a->pack].id, true, path, e);
        a->packs[a->pack].covered = 0;
        pthread_mutex_unlock(&a->lock);
        ok = ok && disk_remove(a->ctx, path, e);
        let_go(a);
        if (!ok)
            return false;
    }
}

bool writer_finish(struct archive *a, struct err *e) {
    char path[PATH_MAX];
    pthread_mutex_lock(&a->writing);
    bool ok = refuse_broken(a, e);
    if (ok && a->fd >= 0 && a->end > PACK_HEAD)
        ok = seal(a, e);
    if (ok && a->fd < 0)
        ok = finish_left(a, e);
    ok = ok && archive_path(a, "packs", path, e) && disk_sync_folder(a->ctx, path, e);
    pthread_mutex_unlock(&a->writing);
    return ok;
}

void writer_close(struct archive *a) {
    if (a->fd >= 0)
        let_go(a);
}
