/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder as a source. Folders are read by several threads from one queue; files are opened relative to the root with
 * openat2(), so that neither a link nor a folder swapped for a link while we look leads outside.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/file.h"
#include "base/pool.h"
#include "collect/binary.h"
#include "collect/source.h"

/* From these sizes on a file is mapped instead of read: a document, and a program, of which only a few pages are
 * looked at. */
enum { MAP_FROM = 1 << 17, MAP_PIECES_FROM = 1 << 14 };

struct seen_file { /* one that has several names is read once */
    dev_t dev;
    ino_t ino;
};
struct listed {
    struct candidate cand;
    struct seen_file id; /* ino 0: has one name, or was not asked */
};

/* A folder that stays open while what lies in it waits to be read: opening by the last name alone spares the kernel
 * the way from the root. Only so many at once, whatever the tree; the rest are opened by their path. */
struct held {
    int fd;
    atomic_uint users;
};
enum { HELD_MOST = 128 };

struct waiting {
    str path;
    struct held *parent; /* NULL: by path */
};

struct walk {
    struct source *source;
    pthread_mutex_t lock;
    pthread_cond_t more;
    VEC(struct waiting) queue; /* folders to read; in the source's arena, under lock */
    unsigned busy;
    atomic_uint held;
    atomic_uint_fast32_t entries;
    atomic_bool too_many;
    struct walker *walkers;
};

struct walker {
    struct walk *walk;
    struct arena *arena; /* lives with the source */
    VEC(struct listed) found;
    VEC(str) folders;    /* found in the folder being read */
    struct held *holds;  /* that folder, when it stays open for them */
    bool only_data;      /* that folder: nothing in it is looked at for its content */
    char path[PATH_MAX]; /* of the entry looked at; its folder stays in front */
    _Alignas(8) char entries[1 << 15];
};

/* What getdents64() gives. Reading folders with it, instead of readdir(), saves two system calls and a buffer per
 * folder: a root file system has thousands of small ones. */
struct entry64 {
    uint64_t inode;
    int64_t offset;
    uint16_t length;
    unsigned char type;
    char name[];
};

static int open_beneath(int root, const char *path, int flags, uint64_t resolve) {
    struct open_how how = {.flags = (unsigned)(flags | O_CLOEXEC), .resolve = resolve};
    long fd = syscall(SYS_openat2, root, path, &how, sizeof how);
    if (fd >= 0 || (errno != ENOSYS && errno != EPERM && errno != E2BIG))
        return (int)fd;
    /* Old kernels and some sandboxes lack it; then the last part at least is no link. */
    return openat(root, path, flags | O_NOFOLLOW | O_CLOEXEC);
}

static int open_plain(int root, str path, int flags) {
    char name[PATH_MAX];
    if (path.n >= sizeof name || (path.n && memchr(path.p, 0, path.n))) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(name, path.p ? path.p : "", path.n);
    name[path.n] = 0;
    return open_beneath(root, path.n ? name : ".", flags | O_NOFOLLOW, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
}

/* /proc, /sys and the like hold no software, and reading some of their files waits forever. */
static bool is_virtual(int fd) {
    static const long magics[] = {PROC_SUPER_MAGIC,   SYSFS_MAGIC,   CGROUP_SUPER_MAGIC, CGROUP2_SUPER_MAGIC,
                                  DEBUGFS_MAGIC,      TRACEFS_MAGIC, SECURITYFS_MAGIC,   BPF_FS_MAGIC,
                                  DEVPTS_SUPER_MAGIC, PSTOREFS_MAGIC};
    struct statfs fs;
    if (fstatfs(fd, &fs) != 0)
        return false;
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if ((long)fs.f_type == magics[i])
            return true;
    return false;
}

/* Takes back the claims of detectors that need a section this ELF file does not have. */
static void drop_without_section(const struct source *s, int fd, str head, struct claims *claims) {
    const char *names[MATCH_MOST];
    bool may[MATCH_MOST];
    uint8_t n = 0, wanted = 0;
    for (uint8_t i = 0; i < claims->n; i++)
        if ((names[wanted] = matcher_detector(s->matcher, claims->by[i])->elf_section))
            wanted++;
    if (!wanted || !elf_file_may_have(fd, head, names, wanted, may))
        return;
    wanted = 0;
    for (uint8_t i = 0; i < claims->n; i++)
        if (!matcher_detector(s->matcher, claims->by[i])->elf_section || may[wanted++])
            claims->by[n++] = claims->by[i];
    claims->n = n;
}

static void sniff(const struct source *s, int fd, struct candidate *cand) {
    char head[64];
    ssize_t n = pread(fd, head, sizeof head, 0);
    if (n <= 0)
        return;
    str text = str_n(head, (size_t)n);
    match_head(s->matcher, text, &cand->file, &cand->claims);
    if (binary_kind(text) == BINARY_ELF)
        drop_without_section(s, fd, text, &cand->claims);
}

/* Its head is looked at while its folder is open. What cannot be opened is tried, and warned of, again later. */
static bool sniff_entry(const struct source *s, int dir, const char *name, struct candidate *cand) {
    int fd = openat(dir, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return false;
    sniff(s, fd, cand);
    close(fd);
    return true;
}

static void found_file(struct walker *w, int dir, const char *name, str path) {
    struct source *s = w->walk->source;
    struct listed f = {.cand = {.file = {.source = s, .path = path}}};
    match_path(s->matcher, path, &f.cand.claims);
    bool claimed = f.cand.claims.n > 0;
    if (!claimed && !s->everything && (w->only_data || match_is_text_name(s->matcher, str_of(name))))
        return;
    struct stat st;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
        return;
    f.cand.plain = !claimed && (st.st_size < 64 || w->only_data || match_is_text_name(s->matcher, str_of(name)) ||
                                !match_may_be_binary(s->matcher, str_of(name), st.st_mode));
    if (f.cand.plain && !s->everything)
        return;
    f.cand.file.size = (uint64_t)st.st_size;
    f.cand.file.mode = st.st_mode & 07777;
    if (!claimed && st.st_nlink > 1) /* which of its names counts is known at the end: it stays, whatever it is */
        f.id = (struct seen_file){st.st_dev, st.st_ino};
    if (!claimed && !f.cand.plain)
        f.cand.sniffed = sniff_entry(s, dir, name, &f.cand);
    if (f.cand.sniffed && !f.cand.claims.n && !f.id.ino && !s->everything)
        return;
    f.cand.file.path = arena_str(w->arena, path);
    *vec_push(w->arena, &w->found) = f;
}

/* w->path holds the folder and a slash in its first `at` bytes. */
static void found_entry(struct walker *w, int dir, const struct entry64 *d, size_t at) {
    size_t n = strlen(d->name);
    unsigned char type = d->type;
    if (at + n >= sizeof w->path) {
        ctx_warn(w->walk->source->ctx, str_n(w->path, at), _("not looked at, the path is too long: %s"), d->name);
        return;
    }
    memcpy(w->path + at, d->name, n + 1);
    str where = str_n(w->path, at + n);
    if (type == DT_UNKNOWN) {
        struct stat st;
        if (fstatat(dir, d->name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            return;
        type = S_ISDIR(st.st_mode) ? DT_DIR : S_ISREG(st.st_mode) ? DT_REG : DT_LNK;
    }
    /* The inside of a git repository is its history, not what is here now. */
    if (type == DT_DIR && strcmp(d->name, ".git") != 0)
        *vec_push(w->arena, &w->folders) = arena_str(w->arena, where);
    else if (type == DT_REG)
        found_file(w, dir, d->name, where);
}

static void cannot_read(struct walker *w, str folder) {
    struct err e = {0};
    err_errno(&e, folder.n ? folder : S("."), _("cannot look into the folder"));
    ctx_warn_err(w->walk->source->ctx, &e);
}

static bool is_dots(const char *name) { return name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2])); }

/* False when there are more entries in the tree than may be. */
static bool read_entries(struct walker *w, int fd, size_t at, size_t got) {
    struct walk *walk = w->walk;
    for (size_t i = 0; i < got;) {
        const struct entry64 *d = (const struct entry64 *)(void *)(w->entries + i);
        i += d->length;
        if (is_dots(d->name))
            continue;
        if (atomic_fetch_add(&walk->entries, 1) >= walk->source->ctx->limits.entries) {
            atomic_store(&walk->too_many, true);
            return false;
        }
        found_entry(w, fd, d, at);
    }
    return true;
}

/* The folder stays open when others wait in it. */
static void keep_or_close(struct walker *w, int fd) {
    struct walk *walk = w->walk;
    w->holds = NULL;
    if (w->folders.n && atomic_load(&walk->held) < HELD_MOST) {
        atomic_fetch_add(&walk->held, 1);
        w->holds = arena_new_of(w->arena, struct held);
        w->holds->fd = fd;
        atomic_init(&w->holds->users, w->folders.n);
        return;
    }
    close(fd);
}

static void let_go(struct walk *walk, struct held *h) {
    if (!h || atomic_fetch_sub(&h->users, 1) != 1)
        return;
    close(h->fd);
    atomic_fetch_sub(&walk->held, 1);
}

/* A name that getdents64() gave has no slash: below the folder it came from, O_NOFOLLOW is all it needs. */
static int open_folder(struct walker *w, const struct waiting *f) {
    enum { FLAGS = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC };
    if (!f->parent)
        return open_plain(w->walk->source->root, f->path, O_RDONLY | O_DIRECTORY | O_NONBLOCK);
    int fd = openat(f->parent->fd, path_base(f->path).p, FLAGS); /* arena_str() ends it */
    let_go(w->walk, f->parent);
    return fd;
}

static void read_folder(struct walker *w, const struct waiting *f) {
    str folder = f->path;
    w->folders.n = 0;
    w->holds = NULL;
    int fd = open_folder(w, f);
    if (fd < 0) {
        cannot_read(w, folder);
        return;
    }
    size_t at = folder.n ? folder.n + 1 : 0;
    if (folder.n) {
        memcpy(w->path, folder.p, folder.n);
        w->path[folder.n] = '/';
    }
    w->only_data = match_is_data_folder(w->walk->source->matcher, str_n(w->path, at));
    /* Only just below the root are other file systems mounted that are not files at all. */
    bool look = str_chr(folder, '/') != STR_NONE || !is_virtual(fd);
    for (long got; look; look = got > 0 && read_entries(w, fd, at, (size_t)got)) {
        got = syscall(SYS_getdents64, fd, w->entries, sizeof w->entries);
        if (got < 0)
            cannot_read(w, folder);
    }
    keep_or_close(w, fd);
}

/* Under the lock. */
static void put_in_queue(struct walk *walk, const struct walker *w) {
    for (uint32_t k = 0; k < w->folders.n; k++)
        *vec_push(walk->source->arena, &walk->queue) = (struct waiting){w->folders.v[k], w->holds};
    if (w->folders.n || (walk->queue.n == 0 && walk->busy == 0))
        pthread_cond_broadcast(&walk->more);
}

/* Takes folders from the queue until it is empty and nobody works on one that could bring more. */
static void walk_some(void *arg, size_t i, unsigned worker) {
    struct walk *walk = arg;
    struct walker *w = &walk->walkers[i];
    (void)worker;
    pthread_mutex_lock(&walk->lock);
    for (;;) {
        while (walk->queue.n == 0 && walk->busy)
            pthread_cond_wait(&walk->more, &walk->lock);
        if (walk->queue.n == 0)
            break;
        struct waiting f = walk->queue.v[--walk->queue.n];
        if (atomic_load(&walk->too_many)) { /* the rest is only let go of */
            let_go(walk, f.parent);
            continue;
        }
        walk->busy++;
        pthread_mutex_unlock(&walk->lock);
        read_folder(w, &f);
        pthread_mutex_lock(&walk->lock);
        walk->busy--;
        put_in_queue(walk, w);
    }
    pthread_mutex_unlock(&walk->lock);
}

static int by_path(const void *x, const void *y) {
    const struct listed *a = x, *b = y;
    return str_cmp(a->cand.file.path, b->cand.file.path);
}

static void free_arena(void *arena) { arena_free(arena); }

/* Sorted, and of the names of one file only the first. */
static void gather(struct source *s, struct walker *walkers, unsigned n) {
    struct arena *tmp = arena_new();
    VEC(struct listed) all = {0};
    for (unsigned i = 0; i < n; i++)
        for (uint32_t k = 0; k < walkers[i].found.n; k++)
            *vec_push(tmp, &all) = walkers[i].found.v[k];
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, by_path);
    struct map seen;
    map_init(&seen, tmp);
    for (uint32_t i = 0; i < all.n; i++) {
        bool fresh = true;
        if (all.v[i].id.ino)
            map_put(&seen, str_n((const char *)&all.v[i].id, sizeof all.v[i].id), &fresh);
        if (fresh)
            *vec_push(s->arena, &s->candidates) = all.v[i].cand;
    }
    arena_free(tmp);
}

bool source_walk(struct source *s, str path, struct err *e) {
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%.*s", STR_ARG(path));
    s->root = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s->root < 0)
        return err_errno(e, path, _("cannot look into the folder"));
    unsigned n = s->ctx->threads;
    struct walk walk = {.source = s, .walkers = arena_array(s->arena, struct walker, n)};
    pthread_mutex_init(&walk.lock, NULL);
    pthread_cond_init(&walk.more, NULL);
    *vec_push(s->arena, &walk.queue) = (struct waiting){S(""), NULL};
    for (unsigned i = 0; i < n; i++) {
        walk.walkers[i] = (struct walker){.walk = &walk, .arena = arena_new()};
        arena_defer(s->arena, free_arena, walk.walkers[i].arena);
    }
    pool_run(s->ctx, n, walk_some, &walk);
    pthread_cond_destroy(&walk.more);
    pthread_mutex_destroy(&walk.lock);
    if (atomic_load(&walk.too_many))
        return err_set(e, ERR_LIMIT, path, _("more than %u files and folders"), s->ctx->limits.entries);
    gather(s, walk.walkers, n);
    return true;
}

/* ── reading ── */

struct mapping {
    void *p;
    size_t n;
};
static void unmap(void *ptr) {
    struct mapping *m = ptr;
    munmap(m->p, m->n);
}

static bool map_fd(int fd, size_t n, struct arena *a, str *bytes, str where, struct err *e) {
    void *p = mmap(NULL, n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (p == MAP_FAILED)
        return err_errno(e, where, _("cannot read the file"));
    struct mapping *m = arena_new_of(a, struct mapping);
    *m = (struct mapping){p, n};
    arena_defer(a, unmap, m);
    *bytes = str_n(p, n);
    return true;
}

static bool read_whole(struct source *s, int fd, struct arena *a, str where, bool any_size, str *bytes, struct err *e) {
    struct stat st;
    if (fstat(fd, &st) != 0)
        return err_errno(e, where, _("cannot read the file"));
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_INPUT, where, _("this is no regular file"));
    if (!any_size && (uint64_t)st.st_size > s->ctx->limits.file)
        return err_set(e, ERR_LIMIT, where, _("larger than the %zu MiB a document may have"),
                       s->ctx->limits.file >> 20);
    size_t size = (size_t)st.st_size, n = 0;
    if (size >= (any_size ? MAP_PIECES_FROM : MAP_FROM))
        return map_fd(fd, size, a, bytes, where, e);
    char *p = arena_room(a, size + 1);
    while (n < size) {
        ssize_t got = read(fd, p + n, size - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_errno(e, where, _("cannot read the file"));
        if (got == 0)
            break; /* it shrank */
        n += (size_t)got;
    }
    *bytes = str_n(p, n);
    return true;
}

bool source_read_folder(struct source *s, str path, struct arena *a, str *bytes, struct err *e) {
    char name[PATH_MAX];
    e->kind = ERR_NONE;
    if (path.n == 0 || path.n >= sizeof name || memchr(path.p, 0, path.n))
        return false;
    memcpy(name, path.p, path.n);
    name[path.n] = 0;
    int fd = open_beneath(s->root, name, O_RDONLY | O_NONBLOCK, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
    if (fd < 0) {
        if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)
            return false;
        return err_errno(e, path, _("cannot open the file"));
    }
    struct stat st;
    bool ok = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && read_whole(s, fd, a, path, false, bytes, e);
    close(fd);
    return ok;
}

str source_capabilities_folder(struct source *s, str path, struct arena *a) {
    char value[64];
    int fd = open_plain(s->root, path, O_RDONLY | O_NONBLOCK);
    ssize_t n = fd < 0 ? -1 : fgetxattr(fd, "security.capability", value, sizeof value);
    if (fd >= 0)
        close(fd);
    return n > 0 ? arena_str(a, str_n(value, (size_t)n)) : (str){NULL, 0};
}

bool source_take_folder(struct source *s, struct candidate *cand, struct arena *a, str *bytes, struct err *e) {
    int fd = open_plain(s->root, cand->file.path, O_RDONLY | O_NONBLOCK);
    if (fd < 0)
        return err_errno(e, cand->file.path, _("cannot open the file"));
    bool ok = true, any_size = s->everything, now = s->everything;
    if (cand->claims.n == 0 && !cand->plain && !cand->sniffed)
        sniff(s, fd, cand);
    for (uint8_t i = 0; i < cand->claims.n; i++) {
        const struct detector *d = matcher_detector(s->matcher, cand->claims.by[i]);
        any_size |= d->pieces;
        now |= !cand->put_off || !d->of_unowned;
    }
    if (now)
        ok = read_whole(s, fd, a, cand->file.path, any_size, bytes, e);
    close(fd);
    return ok;
}
