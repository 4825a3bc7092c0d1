/* SPDX-License-Identifier: Apache-2.0
 *
 * A tree into a folder. The text may be hostile: every name is opened beneath the target without following a link,
 * files are made anew or not at all, and what a folder may do is set when all in it is there.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "archive/inner.h"
#include "archive/tree.h"
#include "base/file.h"
#include "base/pool.h"

enum { BATCH = 1024 };

struct restore {
    struct archive *a;
    int root;
    bool as_root, no_openat2;
    str where;
    struct arena *arena; /* of the batch */
    struct arena *dirs_arena;
    VEC(struct tree_entry *) batch, dirs;
    struct progress *progress;
    pthread_mutex_t lock;
    struct err first;
    bool failed;
};

static bool told(const struct restore *r, str path, struct err *e, const char *what) {
    struct err inner = {0};
    err_errno(&inner, path, "%s", what);
    if (e)
        *e = inner;
    return err_within(e, r->where);
}

/* ── names beneath the target ── */

static int open_steps(const struct restore *r, const char *path, int flags, mode_t mode) {
    char part[NAME_MAX + 1];
    int at = dup(r->root);
    for (const char *p = path + 2; at >= 0;) {
        const char *end = strchrnul(p, '/');
        snprintf(part, sizeof part, "%.*s", (int)(end - p), p);
        int next = *end ? openat(at, part, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                        : openat(at, part, flags | O_NOFOLLOW | O_CLOEXEC, mode);
        int kept = errno;
        close(at);
        errno = kept;
        if (!*end)
            return next;
        at = next;
        p = end + 1;
    }
    return -1;
}

/* Opens "./a/b" beneath the root; no part of it may be a link. */
static int open_beneath(struct restore *r, str path, int flags, mode_t mode) {
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%.*s", STR_ARG(path));
    if (path.n < 3)
        return openat(r->root, ".", flags | O_CLOEXEC);
    if (!r->no_openat2) {
        struct open_how how = {.flags = (unsigned)(flags | O_CLOEXEC),
                               .mode = mode,
                               .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
        int fd = (int)syscall(SYS_openat2, r->root, name, &how, sizeof how);
        if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
            return fd;
        r->no_openat2 = true; /* an older kernel, or a sandbox that does not know it */
    }
    return open_steps(r, name, flags, mode);
}

/* The folder that holds the path, and the last part. */
static int open_parent(struct restore *r, str path, char last[NAME_MAX + 1]) {
    snprintf(last, NAME_MAX + 1, "%.*s", STR_ARG(path_base(path)));
    return open_beneath(r, path_dir(path), O_PATH | O_DIRECTORY, 0);
}

/* ── what belongs to an entry beside its bytes ── */

static void set_xattrs(struct restore *r, int fd, const struct tree_entry *t) {
    char path[64], name[256];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    for (uint32_t i = 0; i < t->xattrs.n; i++) {
        snprintf(name, sizeof name, "%.*s", STR_ARG(t->xattrs.v[i].name));
        if (setxattr(path, name, t->xattrs.v[i].value.p, t->xattrs.v[i].value.n, 0) != 0)
            ctx_warn(r->a->ctx, t->path, _("the extended attribute %s cannot be set here"), name);
    }
}

/* For an fd that is open for reading or writing. Without root a file belongs to who restores it, so nothing may run as
 * its former owner. */
static bool set_meta(struct restore *r, int fd, const struct tree_entry *t, struct err *e) {
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = t->sec, .tv_nsec = t->nsec}};
    mode_t mode = t->mode;
    if (r->as_root ? fchown(fd, t->uid, t->gid) != 0 : (mode & 06000) != 0) {
        if (mode & 06000)
            ctx_warn(r->a->ctx, t->path, "%s", _("set-user-id and set-group-id are left out: the owner is another"));
        mode &= 01777;
    }
    if (fchmod(fd, mode) != 0)
        return told(r, t->path, e, _("cannot set the mode"));
    set_xattrs(r, fd, t);
    return futimens(fd, times) == 0 || told(r, t->path, e, _("cannot set the time"));
}

/* ── files ── */

struct file_sink {
    int fd;
    const struct tree_entry *t;
    struct restore *r;
    uint64_t at;
    uint32_t hole; /* the first that ends behind `at` */
};

static bool sink_write(struct file_sink *s, const char *p, uint64_t n, struct err *e) {
    static const char zeros[1 << 16];
    for (uint64_t at = s->at; n;) {
        size_t part = p || n < sizeof zeros ? (size_t)n : sizeof zeros;
        ssize_t done = pwrite(s->fd, p ? p : zeros, part < 1 << 30 ? part : 1 << 30, (off_t)at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return told(s->r, s->t->path, e, _("cannot write"));
        p = p ? p + done : NULL;
        n -= (uint64_t)done;
        at += (uint64_t)done;
    }
    return true;
}

/* Bytes or zeros; what falls into a hole of the file is not written (the digest proves that it is zeros). */
static bool sink_piece(void *arg, str bytes, uint64_t hole, struct err *e) {
    struct file_sink *s = arg;
    uint64_t n = bytes.p ? bytes.n : hole;
    const char *p = bytes.p;
    while (n) {
        while (s->hole < s->t->holes.n && s->t->holes.v[s->hole].at + s->t->holes.v[s->hole].n <= s->at)
            s->hole++;
        const struct tree_hole *h = s->hole < s->t->holes.n ? &s->t->holes.v[s->hole] : NULL;
        bool in = h && h->at <= s->at;
        uint64_t until = !h ? UINT64_MAX : in ? h->at + h->n : h->at, part = until - s->at < n ? until - s->at : n;
        for (uint64_t i = 0; in && p && i < part; i++)
            if (p[i])
                return err_set(e, ERR_INPUT, s->t->path, _("the tree has a hole where the file has bytes"));
        if (!in && !sink_write(s, p, part, e))
            return false;
        p = p ? p + part : NULL;
        s->at += part;
        n -= part;
    }
    return true;
}

static bool sink_begin(void *arg, uint64_t total, struct err *e) {
    struct file_sink *s = arg;
    return total == s->t->size || err_set(e, ERR_INPUT, s->t->path, _("the tree gives another size than the body has"));
}

static bool file_get(struct restore *r, const struct tree_entry *t, struct err *e) {
    struct file_sink s = {.t = t, .r = r};
    struct body_walk w = {sink_begin, sink_piece, &s};
    s.fd = open_beneath(r, t->path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (s.fd < 0)
        return told(r, t->path, e, _("cannot create a file here"));
    bool ok = body_each(r->a, &t->body, &w, e) || (err_prefix(e, "%.*s", STR_ARG(str_upto(t->path, 200))), false);
    if (ok && t->holes.n && ftruncate(s.fd, (off_t)t->size) != 0)
        ok = told(r, t->path, e, _("cannot write"));
    ok = ok && set_meta(r, s.fd, t, e);
    if (close(s.fd) != 0 && ok)
        ok = told(r, t->path, e, _("cannot write"));
    progress_add(r->progress, t->size);
    return ok;
}

static void file_job(void *arg, size_t n, unsigned worker) {
    struct restore *r = arg;
    const struct tree_entry *t = r->batch.v[n];
    struct err e = {0};
    (void)worker;
    if (t->kind != TREE_FILE || t->hardlink.p || r->failed || file_get(r, t, &e))
        return;
    pthread_mutex_lock(&r->lock);
    if (!r->failed)
        r->first = e;
    r->failed = true;
    pthread_mutex_unlock(&r->lock);
}

/* ── everything else ── */

static struct tree_entry *entry_copy(struct arena *a, const struct tree_entry *t) {
    struct tree_entry *c = arena_new_of(a, struct tree_entry);
    *c = *t;
    c->path = arena_str(a, t->path);
    c->link = arena_str(a, t->link);
    c->hardlink = arena_str(a, t->hardlink);
    c->holes.v = arena_array(a, struct tree_hole, t->holes.n + 1);
    if (t->holes.n)
        memcpy(c->holes.v, t->holes.v, t->holes.n * sizeof *t->holes.v);
    c->xattrs.v = arena_array(a, struct tree_xattr, t->xattrs.n + 1);
    for (uint32_t i = 0; i < t->xattrs.n; i++)
        c->xattrs.v[i] = (struct tree_xattr){arena_str(a, t->xattrs.v[i].name), arena_str(a, t->xattrs.v[i].value)};
    return c;
}

static bool dir_make(struct restore *r, const struct tree_entry *t, struct err *e) {
    char last[NAME_MAX + 1];
    if (t->path.n > 1) {
        int parent = open_parent(r, t->path, last);
        bool ok = parent >= 0 && mkdirat(parent, last, 0700) == 0;
        int kept = errno;
        if (parent >= 0)
            close(parent);
        errno = kept;
        if (!ok)
            return told(r, t->path, e, _("cannot make the folder"));
    }
    *vec_push(r->dirs_arena, &r->dirs) = entry_copy(r->dirs_arena, t);
    return true;
}

static bool node_make(struct restore *r, const struct tree_entry *t, struct err *e) {
    static const mode_t formats[TREE_KINDS] = {[TREE_FIFO] = S_IFIFO, [TREE_CHAR] = S_IFCHR, [TREE_BLOCK] = S_IFBLK};
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = t->sec, .tv_nsec = t->nsec}};
    char last[NAME_MAX + 1];
    if ((t->kind == TREE_CHAR || t->kind == TREE_BLOCK) && !r->as_root) {
        ctx_warn(r->a->ctx, t->path, "%s", _("a device is left out: only root can make it"));
        return true;
    }
    int parent = open_parent(r, t->path, last);
    bool ok = parent >= 0;
    if (ok && t->kind == TREE_LINK) {
        char target[PATH_MAX];
        snprintf(target, sizeof target, "%.*s", STR_ARG(t->link));
        ok = symlinkat(target, parent, last) == 0;
    } else if (ok) {
        ok = mknodat(parent, last, formats[t->kind] | 0600, makedev(t->major, t->minor)) == 0;
    }
    if (ok && r->as_root && fchownat(parent, last, t->uid, t->gid, AT_SYMLINK_NOFOLLOW) != 0)
        ctx_warn(r->a->ctx, t->path, "%s", _("the owner cannot be set here"));
    if (ok && t->kind != TREE_LINK)
        ok = fchmodat(parent, last, t->mode & 01777, 0) == 0;
    ok = ok && utimensat(parent, last, times, AT_SYMLINK_NOFOLLOW) == 0;
    int kept = errno;
    if (parent >= 0)
        close(parent);
    errno = kept;
    return ok || told(r, t->path, e, _("cannot create a file here"));
}

static bool hardlink_make(struct restore *r, const struct tree_entry *t, struct err *e) {
    char from_last[NAME_MAX + 1], to_last[NAME_MAX + 1];
    struct stat st;
    int from = open_parent(r, t->hardlink, from_last), to = open_parent(r, t->path, to_last);
    bool ok = from >= 0 && to >= 0 && fstatat(from, from_last, &st, AT_SYMLINK_NOFOLLOW) == 0;
    if (ok && !S_ISREG(st.st_mode)) {
        errno = EINVAL;
        ok = false;
    }
    ok = ok && linkat(from, from_last, to, to_last, 0) == 0;
    int kept = errno;
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    errno = kept;
    return ok || told(r, t->path, e, _("cannot make the hard link"));
}

static bool batch_end(struct restore *r, struct err *e) {
    pool_run(r->a->ctx, r->batch.n, file_job, r);
    bool ok = !r->failed;
    if (!ok && e)
        *e = r->first;
    for (uint32_t i = 0; ok && i < r->batch.n; i++)
        if (r->batch.v[i]->kind == TREE_FILE && r->batch.v[i]->hardlink.p)
            ok = hardlink_make(r, r->batch.v[i], e);
    arena_free(r->arena);
    r->arena = arena_new();
    r->batch.v = NULL;
    r->batch.n = r->batch.cap = 0;
    return ok;
}

static bool take_entry(void *arg, const struct tree_entry *t, struct err *e) {
    struct restore *r = arg;
    if (t->kind == TREE_DIR)
        return dir_make(r, t, e);
    if (t->kind != TREE_FILE)
        return node_make(r, t, e);
    *vec_push(r->arena, &r->batch) = entry_copy(r->arena, t);
    return r->batch.n < BATCH || batch_end(r, e);
}

/* Inner folders first: setting one's time must come after everything in it. */
static bool dirs_end(struct restore *r, struct err *e) {
    for (uint32_t i = r->dirs.n; i-- > 0;) {
        const struct tree_entry *t = r->dirs.v[i];
        int fd = open_beneath(r, t->path, O_RDONLY | O_DIRECTORY, 0);
        bool ok = fd >= 0 ? set_meta(r, fd, t, e) : told(r, t->path, e, _("cannot open the folder"));
        if (fd >= 0)
            close(fd);
        if (!ok)
            return false;
    }
    return true;
}

static bool target_open(struct restore *r, str path, struct err *e) {
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%.*s", STR_ARG(path));
    if (mkdir(name, 0700) != 0 && errno != EEXIST)
        return err_errno(e, path, _("cannot make the folder"));
    r->root = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (r->root < 0)
        return err_errno(e, path, _("cannot open the folder"));
    DIR *d = fdopendir(openat(r->root, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!d)
        return err_errno(e, path, _("cannot open the folder"));
    bool empty = true;
    for (const struct dirent *entry; empty && (entry = readdir(d));)
        empty = str_is(str_of(entry->d_name), ".") || str_is(str_of(entry->d_name), "..");
    closedir(d);
    if (empty)
        return true;
    err_set(e, ERR_ENV, path, _("the folder is not empty"));
    return err_hint(e, _("name one that is empty or does not exist"));
}

bool archive_get_tree(struct archive *a, const struct body_name *name, str path, struct err *e) {
    struct restore r = {
        .a = a, .root = -1, .where = path, .arena = arena_new(), .dirs_arena = arena_new(), .as_root = geteuid() == 0};
    pthread_mutex_init(&r.lock, NULL);
    r.progress = progress_begin(a->ctx, _("bytes restored"), 0);
    bool ok = target_open(&r, path, e) && tree_each(a, name, take_entry, &r, e) && batch_end(&r, e) && dirs_end(&r, e);
    progress_end(r.progress);
    if (r.root >= 0)
        close(r.root);
    pthread_mutex_destroy(&r.lock);
    arena_free(r.arena);
    arena_free(r.dirs_arena);
    return ok;
}
