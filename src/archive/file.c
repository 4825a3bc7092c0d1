/* SPDX-License-Identifier: Apache-2.0
 *
 * Bodies from and to file descriptors: a window moves over the file, is cut, and its chunks are hashed and put by all
 * threads while one hashes the whole. Holes are never read.
 */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/inner.h"
#include "base/pool.h"

enum { WINDOW_ALONE = 8 << 20, WINDOW_AMONG = 1 << 20 };

struct window_chunk {
    uint32_t from, n;
    struct body_name name;
};
struct putting {
    struct archive *a;
    int fd;
    str where;
    enum body_use use;
    bool regular, sparse;
    uint64_t at, size; /* in the file; bytes of the body so far */
    char *window;
    size_t n, cap;
    struct digest_state *sum; /* begun with the second chunk: a body of one has the chunk's digest */
    struct list_writer list;
    struct window_chunk *chunks;
    size_t n_chunks, cap_chunks, n_done; /* n_done: bytes of the window that are cut */
    pthread_mutex_t lock;
    struct err first; /* failure of a job */
};

static void put_one(struct putting *p, size_t i) {
    struct window_chunk *c = &p->chunks[i];
    str bytes = str_n(p->window + c->from, c->n);
    struct err e = {0};
    digest_of(DIGEST_SHA256, bytes, c->name.b);
    if (chunk_put(p->a, GATHER_FILE, &c->name, CHUNK_BYTES, bytes, &e))
        return;
    pthread_mutex_lock(&p->lock);
    if (!p->first.kind)
        p->first = e;
    pthread_mutex_unlock(&p->lock);
}

static void job(void *arg, size_t i, unsigned worker) {
    struct putting *p = arg;
    (void)worker;
    if (i > 0)
        put_one(p, i - 1);
    else if (p->sum)
        digest_add(p->sum, str_n(p->window, p->n_done));
}

static void cut_window(struct putting *p, bool last) {
    const struct cutter *cut = &p->a->cut_files;
    p->n_chunks = p->n_done = 0;
    while (p->n_done < p->n && (last || p->n - p->n_done >= cut->most) && p->n_chunks < p->cap_chunks) {
        size_t n = cutter_next(cut, str_n(p->window + p->n_done, p->n - p->n_done));
        p->chunks[p->n_chunks++] = (struct window_chunk){.from = (uint32_t)p->n_done, .n = (uint32_t)n};
        p->n_done += n;
    }
}

/* Cuts and puts what is in the window; what may still grow stays. last: nothing follows without a gap. */
static bool window_put(struct putting *p, bool last, bool end, struct err *e) {
    do {
        cut_window(p, last);
        bool only = end && p->list.n == 0 && p->n_chunks == 1 && p->n_done == p->n;
        if (!p->sum && !only)
            p->sum = digest_begin(DIGEST_SHA256);
        if (p->use == BODY_ALONE)
            pool_run(p->a->ctx, p->n_chunks + 1, job, p);
        else
            for (size_t i = 0; i <= p->n_chunks; i++)
                job(p, i, 0);
        if (p->first.kind) {
            if (e)
                *e = p->first;
            return false;
        }
        for (size_t i = 0; i < p->n_chunks; i++) {
            struct piece piece = {PIECE_CHUNK, p->chunks[i].n, p->chunks[i].name};
            if (!list_add(p->a, GATHER_FILE, &p->list, &piece, e))
                return false;
        }
        p->size += p->n_done;
        memmove(p->window, p->window + p->n_done, p->n - p->n_done);
        p->n -= p->n_done;
    } while (last && p->n);
    return true;
}

static void hash_zeros(struct digest_state *s, uint64_t n) {
    static const char zeros[1 << 16];
    for (uint64_t part; n; n -= part) {
        part = n < sizeof zeros ? n : sizeof zeros;
        digest_add(s, str_n(zeros, (size_t)part));
    }
}

static bool hole_put(struct putting *p, uint64_t n, struct err *e) {
    struct piece piece = {.kind = PIECE_HOLE, .size = n};
    if (!window_put(p, true, false, e))
        return false;
    hash_zeros(p->sum, n);
    p->size += n;
    p->at += n;
    return list_add(p->a, GATHER_FILE, &p->list, &piece, e);
}

/* Where the data at p->at ends; a hole before it is put. *end: the file ends here. */
static bool next_data(struct putting *p, uint64_t *until, bool *end, struct err *e) {
    *until = UINT64_MAX;
    *end = false;
    if (!p->sparse)
        return true;
    off_t data = lseek(p->fd, (off_t)p->at, SEEK_DATA);
    if (data < 0) {
        struct stat st;
        if (errno != ENXIO || fstat(p->fd, &st) != 0)
            return err_errno(e, p->where, _("cannot read the file"));
        *end = true;
        return (uint64_t)st.st_size <= p->at || hole_put(p, (uint64_t)st.st_size - p->at, e);
    }
    if ((uint64_t)data > p->at && !hole_put(p, (uint64_t)data - p->at, e))
        return false;
    off_t hole = lseek(p->fd, data, SEEK_HOLE);
    if (hole < 0)
        return err_errno(e, p->where, _("cannot read the file"));
    *until = (uint64_t)hole;
    return true;
}

/* Fills the window up to `until`; *got 0 at the end of the file. */
static bool fill(struct putting *p, uint64_t until, size_t *got, struct err *e) {
    size_t want = p->cap - p->n;
    ssize_t n;
    if (until - p->at < want)
        want = (size_t)(until - p->at);
    do
        n = p->regular ? pread(p->fd, p->window + p->n, want, (off_t)p->at) : read(p->fd, p->window + p->n, want);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_errno(e, p->where, _("cannot read the file"));
    *got = (size_t)n;
    p->n += (size_t)n;
    p->at += (size_t)n;
    return true;
}

static bool put_all(struct putting *p, struct err *e) {
    uint64_t until;
    size_t got = 1;
    bool end;
    for (;;) {
        if (!next_data(p, &until, &end, e))
            return false;
        while (!end && p->at < until) {
            if (!fill(p, until, &got, e))
                return false;
            end = got == 0;
            if (p->n == p->cap && !window_put(p, false, false, e))
                return false;
        }
        if (end)
            return window_put(p, true, p->list.n == 0, e);
    }
}

static bool open_end(struct putting *p, struct body_name *out, struct err *e) {
    if (p->sum)
        digest_end(p->sum, out->b);
    p->sum = NULL;
    if (p->list.n == 1 && p->list.first.kind == PIECE_CHUNK) {
        *out = p->list.first.name;
        return true;
    }
    if (p->list.n > 1 || p->list.n == 1)
        return list_end(p->a, GATHER_FILE, &p->list, out, e);
    return archive_put(p->a, S(""), out, e);
}

bool body_put_fd(struct archive *a, int fd, str where, enum body_use use, struct body_name *out, uint64_t *size,
                 struct err *e) {
    struct stat st;
    struct putting p = {.a = a, .fd = fd, .where = where, .use = use};
    if (fstat(fd, &st) != 0)
        return err_errno(e, where, _("cannot read the file"));
    off_t at = lseek(fd, 0, SEEK_CUR);
    p.regular = S_ISREG(st.st_mode) && at >= 0;
    p.at = p.regular ? (uint64_t)at : 0;
    p.sparse = p.regular && (uint64_t)st.st_blocks * 512 < (uint64_t)st.st_size;
    p.cap = use == BODY_ALONE ? WINDOW_ALONE : WINDOW_AMONG;
    if (p.regular && (uint64_t)st.st_size < p.cap)
        p.cap = (size_t)st.st_size + 1 > a->cut_files.most ? (size_t)st.st_size + 1 : a->cut_files.most;
    if (p.regular && (uint64_t)st.st_size < WINDOW_AMONG)
        p.use = BODY_AMONG; /* not worth a thread */
    p.window = malloc(p.cap);
    p.cap_chunks = p.cap / a->cut_files.least + 2;
    p.chunks = malloc(p.cap_chunks * sizeof *p.chunks);
    if (!p.window || !p.chunks)
        abort();
    pthread_mutex_init(&p.lock, NULL);
    bool ok = put_all(&p, e) && open_end(&p, out, e);
    if (p.sum) {
        unsigned char unused[32];
        digest_end(p.sum, unused);
    }
    list_drop(&p.list);
    pthread_mutex_destroy(&p.lock);
    free(p.window);
    free(p.chunks);
    if (ok && size)
        *size = p.size;
    return ok;
}

bool archive_put_fd(struct archive *a, int fd, str where, struct body_name *out, uint64_t *size, struct err *e) {
    return body_put_fd(a, fd, where, BODY_ALONE, out, size, e);
}

/* ── out ── */

struct to_fd {
    int fd;
    str where;
    bool regular, open_hole;
    uint64_t at;
};

static bool zeros_write(const struct to_fd *t, uint64_t n, struct err *e) {
    static const char zeros[1 << 16];
    for (uint64_t part; n; n -= part) {
        part = n < sizeof zeros ? n : sizeof zeros;
        if (!fd_write_all(t->fd, str_n(zeros, (size_t)part), t->where, e))
            return false;
    }
    return true;
}

static bool fd_piece(void *arg, str bytes, uint64_t hole, struct err *e) {
    struct to_fd *t = arg;
    t->open_hole = !bytes.p;
    if (bytes.p)
        return fd_write_all(t->fd, bytes, t->where, e);
    if (!t->regular)
        return zeros_write(t, hole, e);
    return lseek(t->fd, (off_t)hole, SEEK_CUR) >= 0 || err_errno(e, t->where, _("cannot write"));
}

bool archive_get_fd(struct archive *a, const struct body_name *name, int fd, str where, struct err *e) {
    struct stat st;
    struct to_fd t = {.fd = fd, .where = where};
    struct body_walk w = {NULL, fd_piece, &t, .ahead = true};
    t.regular = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    if (!body_each(a, name, &w, e))
        return false;
    off_t at = t.open_hole && t.regular ? lseek(fd, 0, SEEK_CUR) : 0;
    return at == 0 || ftruncate(fd, at) == 0 || err_errno(e, where, _("cannot write"));
}
