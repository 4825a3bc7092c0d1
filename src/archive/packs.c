/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/inner.h"

bool archive_path(const struct archive *a, const char *name, char out[PATH_MAX], struct err *e) {
    int n = snprintf(out, PATH_MAX, "%.*s/%s", STR_ARG(a->folder), name);
    return (n > 0 && n < PATH_MAX) || err_set(e, ERR_INPUT, a->folder, _("this is no usable file name"));
}

bool archive_still_there(const char *path, int fd) {
    struct stat by_name, by_fd;
    return stat(path, &by_name) == 0 && fstat(fd, &by_fd) == 0 && by_name.st_ino == by_fd.st_ino &&
           by_name.st_dev == by_fd.st_dev;
}

bool pack_path(const struct archive *a, const unsigned char id[PACK_ID], bool open, char out[PATH_MAX], struct err *e) {
    char name[64] = "packs/";
    size_t n = 6;
    for (size_t i = 0; i < PACK_ID; i++, n += 2)
        snprintf(name + n, sizeof name - n, "%02x", id[i]);
    snprintf(name + n, sizeof name - n, "%s", open ? ".open" : ".pack");
    return archive_path(a, name, out, e);
}

bool pack_open(const struct archive *a, const unsigned char id[PACK_ID], struct pack_file *f, bool *missing,
               struct err *e) {
    bool none = false;
    f->fd = -1;
    /* A pack loses ".open" while we look: once more the other way round. */
    for (int turn = 0; turn < 3 && f->fd < 0; turn++) {
        f->open = turn == 1;
        if (!pack_path(a, id, f->open, f->path, e) || !disk_open(a->ctx, f->path, O_RDONLY, 0, &f->fd, &none, e))
            return false;
    }
    if (missing)
        *missing = f->fd < 0;
    if (f->fd < 0)
        return err_set(e, ERR_INPUT, str_of(f->path), _("this pack is not there"));
    return disk_size(f->fd, f->path, &f->size, e) || (pack_close(f), false);
}

void pack_close(struct pack_file *f) {
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
}

enum pack_head pack_head_of(const struct archive *a, const unsigned char id[PACK_ID], const struct pack_file *f) {
    unsigned char head[PACK_HEAD], right[PACK_HEAD];
    enum pack_head found = HEAD_GOOD;
    pack_head_write(id, a->keys.on, right);
    if (f->size < PACK_HEAD || !disk_read(f->fd, f->path, head, PACK_HEAD, 0, NULL))
        return HEAD_BAD;
    for (size_t i = 0; i < PACK_HEAD && found != HEAD_BAD; i++)
        if (head[i] != right[i])
            found = head[i] == 0 && f->open ? HEAD_TORN : HEAD_BAD;
    return found;
}

bool packs_list(const struct archive *a,
                bool (*each)(void *arg, const unsigned char id[PACK_ID], bool open, struct err *e), void *arg,
                struct err *e) {
    char path[PATH_MAX];
    unsigned char id[PACK_ID];
    bool ok = true;
    if (!archive_path(a, "packs", path, e))
        return false;
    DIR *d = opendir(path);
    if (!d)
        return err_errno(e, str_of(path), _("cannot open the folder"));
    for (const struct dirent *entry; ok && (errno = 0, entry = readdir(d));) {
        str name = str_of(entry->d_name);
        bool open = str_ends(name, S(".open"));
        if (name.n == 2 * PACK_ID + 5 && (open || str_ends(name, S(".pack"))) &&
            hex_bytes(str_upto(name, 2 * PACK_ID), id, PACK_ID))
            ok = each(arg, id, open, e);
    }
    if (ok && errno)
        ok = err_errno(e, str_of(path), _("cannot read the folder"));
    closedir(d);
    return ok;
}

/* ── walking ── */

struct walking {
    const struct archive *a;
    const struct pack_file *f;
    struct pack_walk *w;
    struct buf stored, table, body, raw;
};

static bool read_to(const struct walking *k, struct buf *b, uint64_t at, size_t n, struct err *e) {
    buf_clear(b);
    if (!disk_read(k->f->fd, k->f->path, buf_room(b, n), n, at, e))
        return false;
    b->n = n;
    return true;
}

/* The next place behind `at` where a good head begins; the end of the file when there is none. */
static bool next_head(struct walking *k, uint64_t *at, struct err *e) {
    struct block_head h;
    uint64_t from = *at + 1, size = k->f->size;
    while (size - from >= BLOCK_HEAD) {
        size_t n = size - from < (1 << 20) ? (size_t)(size - from) : 1 << 20;
        if (!read_to(k, &k->stored, from, n, e))
            return false;
        str s = buf_str(&k->stored);
        for (size_t i = 0; i + BLOCK_HEAD <= n;) {
            size_t found = str_find(str_from(s, i), S("ABLK"));
            if (found == STR_NONE || (i += found) + BLOCK_HEAD > n)
                break;
            if (block_head_read(&k->a->keys, str_from(s, i), &h) && from + i + block_size(&h) <= size) {
                *at = from + i;
                return true;
            }
            i++;
        }
        from += n - BLOCK_HEAD + 1;
    }
    *at = size;
    return true;
}

/* Reads head, table and perhaps body at `at`. *good: table and body hold. False only when the disk fails. */
static bool block_at(struct walking *k, uint64_t at, struct block_seen *b, bool *fits, struct err *e) {
    *b = (struct block_seen){.at = at};
    *fits = false;
    if (k->f->size - at < BLOCK_HEAD)
        return true;
    if (!read_to(k, &k->stored, at, BLOCK_HEAD, e))
        return false;
    struct block_head h;
    if (!block_head_read(&k->a->keys, buf_str(&k->stored), &h) || block_size(&h) > k->f->size - at)
        return true;
    *fits = true;
    b->head = h;
    if (!read_to(k, &k->stored, at + BLOCK_HEAD, h.table_n, e))
        return false;
    if (!k->w->seals_stay && block_table_read(&k->a->keys, &h, buf_str(&k->stored), &k->table))
        b->table = buf_str(&k->table);
    b->whole = !k->w->seals_stay || block_table_whole(&h, buf_str(&k->stored));
    if (k->w->bodies) {
        if (!read_to(k, &k->body, at + BLOCK_HEAD + h.table_n, h.body_n, e))
            return false;
        b->whole &= block_body_whole(&h, buf_str(&k->body));
        if (b->whole && k->w->raw && b->table.p) {
            buf_clear(&k->raw);
            b->whole = block_body_read(&k->a->keys, &h, b->table, buf_str(&k->body), buf_room(&k->raw, h.raw_n + 1u));
            b->raw = b->whole ? str_n(k->raw.p, h.raw_n) : (str){NULL, 0};
        }
    }
    return true;
}

bool pack_each(const struct archive *a, const struct pack_file *f, uint64_t from, struct pack_walk *w, struct err *e) {
    struct walking k = {.a = a, .f = f, .w = w};
    struct block_seen b;
    bool ok = true, fits;
    uint64_t at = from < PACK_HEAD ? PACK_HEAD : from;
    w->end = at < f->size ? at : f->size;
    w->footer = false;
    while (ok && at < f->size) {
        if (!(ok = block_at(&k, at, &b, &fits, e)))
            break;
        if (!fits) {
            uint64_t bad = at;
            /* The tail behind a footer is no block and no damage. */
            if (w->footer && f->size - at == PACK_TAIL)
                break;
            if (!(ok = next_head(&k, &at, e)) || at == f->size)
                break;
            b = (struct block_seen){.at = bad};
        } else {
            at += block_size(&b.head);
            if (b.whole && (b.table.p || w->seals_stay)) {
                w->end = at;
                w->footer = b.head.kind == BLOCK_FOOTER;
            }
        }
        ok = !w->each || w->each(w->arg, &b, e);
    }
    w->tail = f->size - w->end;
    buf_free(&k.stored);
    buf_free(&k.table);
    buf_free(&k.body);
    buf_free(&k.raw);
    return ok;
}

bool pack_tail_there(const struct pack_file *f) {
    unsigned char tail[PACK_TAIL];
    uint64_t at;
    return f->size >= PACK_HEAD + PACK_TAIL && disk_read(f->fd, f->path, tail, PACK_TAIL, f->size - PACK_TAIL, NULL) &&
           pack_tail_read(str_n((const char *)tail, PACK_TAIL), &at) && at < f->size;
}

bool pack_footer(const struct archive *a, const struct pack_file *f, struct buf *out) {
    unsigned char tail[PACK_TAIL];
    struct block_head h;
    struct buf stored = {0}, table = {0};
    uint64_t at;
    bool ok = f->size >= PACK_HEAD + BLOCK_HEAD + PACK_TAIL &&
              disk_read(f->fd, f->path, tail, PACK_TAIL, f->size - PACK_TAIL, NULL) &&
              pack_tail_read(str_n((const char *)tail, PACK_TAIL), &at) && at >= PACK_HEAD &&
              at <= f->size - PACK_TAIL - BLOCK_HEAD && f->size - PACK_TAIL - at <= 2 * (uint64_t)FOOTER_MOST;
    size_t n = ok ? (size_t)(f->size - PACK_TAIL - at) : 0;
    ok = ok && disk_read(f->fd, f->path, buf_room(&stored, n), n, at, NULL) &&
         block_head_read(&a->keys, str_n(stored.p, n), &h) && h.kind == BLOCK_FOOTER && block_size(&h) == n &&
         block_table_read(&a->keys, &h, str_n(stored.p + BLOCK_HEAD, h.table_n), &table);
    buf_clear(out);
    if (ok) {
        ok = block_body_read(&a->keys, &h, S(""), str_n(stored.p + BLOCK_HEAD + h.table_n, h.body_n),
                             buf_room(out, h.raw_n));
        out->n = ok ? h.raw_n : 0;
    }
    buf_free(&stored);
    buf_free(&table);
    return ok;
}
