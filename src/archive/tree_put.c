/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder into a tree. The walk fills a batch of entries; small files of the batch are put by all threads, large ones
 * one after the other by all threads together; then the batch's lines go to the tree's text in the order of the walk.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "archive/inner.h"
#include "archive/tree.h"
#include "base/pool.h"

enum { BATCH = 1024, LARGE = 4 << 20 };

struct item {
    struct tree_entry t;
    bool is_file, skip;
    uint64_t size; /* as the folder says */
};
struct walk {
    struct archive *a;
    int root;
    str where;           /* of the root, for messages */
    struct arena *arena; /* of the batch */
    struct arena *links_arena;
    struct map links; /* device and inode → path of the first name */
    VEC(struct item *) batch;
    struct body_writer text;
    struct progress *progress;
    uint32_t entries;
    pthread_mutex_t lock;
    struct err first;
    bool failed;
};

static str place(struct walk *w, str path) {
    return path.n > 2 ? arena_printf(w->arena, "%.*s/%.*s", STR_ARG(w->where), STR_ARG(str_from(path, 2))) : w->where;
}

static void job_failed(struct walk *w, const struct err *e) {
    pthread_mutex_lock(&w->lock);
    if (!w->failed)
        w->first = *e;
    w->failed = true;
    pthread_mutex_unlock(&w->lock);
}

/* ── one file ── */

static void holes_of(struct arena *a, int fd, struct tree_entry *t) {
    for (off_t at = 0; (uint64_t)at < t->size && t->holes.n < TREE_HOLES;) {
        off_t hole = lseek(fd, at, SEEK_HOLE);
        if (hole < 0 || (uint64_t)hole >= t->size)
            break;
        off_t data = lseek(fd, hole, SEEK_DATA);
        uint64_t end = data < 0 || (uint64_t)data > t->size ? t->size : (uint64_t)data;
        *vec_push(a, &t->holes) = (struct tree_hole){(uint64_t)hole, end - (uint64_t)hole};
        at = (off_t)end;
    }
    (void)lseek(fd, 0, SEEK_SET);
}

static void put_file(struct walk *w, struct item *i, struct arena *arena, enum body_use use) {
    struct err e = {0};
    struct stat st;
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.*s", STR_ARG(i->t.path));
    int fd = openat(w->root, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool ok;
    if (fd < 0 || fstat(fd, &st) != 0)
        ok = err_errno(&e, str_of(path), _("cannot open the file"));
    else if (!S_ISREG(st.st_mode))
        ok = err_set(&e, ERR_INPUT, str_of(path), _("this was a file a moment ago"));
    else
        ok = body_put_fd(w->a, fd, str_of(path), use, &i->t.body, &i->t.size, &e);
    if (ok && (uint64_t)st.st_blocks * 512 < (uint64_t)st.st_size)
        holes_of(arena, fd, &i->t);
    if (fd >= 0)
        close(fd);
    if (!ok)
        job_failed(w, &e);
    progress_add(w->progress, i->size);
}

static void small_job(void *arg, size_t n, unsigned worker) {
    struct walk *w = arg;
    struct item *i = w->batch.v[n];
    (void)worker;
    if (!i->is_file || i->size >= LARGE || w->failed)
        return;
    struct arena *arena = arena_new();
    put_file(w, i, arena, BODY_AMONG);
    if (i->t.holes.n) {
        pthread_mutex_lock(&w->lock); /* the batch's arena is shared */
        struct tree_hole *copy = arena_array(w->arena, struct tree_hole, i->t.holes.n);
        memcpy(copy, i->t.holes.v, i->t.holes.n * sizeof *copy);
        i->t.holes.v = copy;
        pthread_mutex_unlock(&w->lock);
    }
    arena_free(arena);
}

static bool batch_end(struct walk *w, struct err *e) {
    struct buf b = {0};
    pool_run(w->a->ctx, w->batch.n, small_job, w);
    for (uint32_t n = 0; n < w->batch.n && !w->failed; n++)
        if (w->batch.v[n]->is_file && w->batch.v[n]->size >= LARGE)
            put_file(w, w->batch.v[n], w->arena, BODY_ALONE);
    bool ok = !w->failed;
    if (!ok && e)
        *e = w->first;
    for (uint32_t n = 0; ok && n < w->batch.n; n++)
        tree_line_write(&b, &w->batch.v[n]->t);
    ok = ok && body_writer_add(&w->text, buf_str(&b), e);
    buf_free(&b);
    arena_free(w->arena);
    w->arena = arena_new();
    w->batch.v = NULL;
    w->batch.n = w->batch.cap = 0;
    return ok;
}

/* ── the walk ── */

static void xattrs_of(struct walk *w, const char *path, struct item *i) {
    char names[1 << 16], full[64], value[1 << 16];
    /* Extended attributes have no *at calls: through /proc a link is not followed either. */
    int fd = openat(w->root, path, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return;
    snprintf(full, sizeof full, "/proc/self/fd/%d", fd);
    ssize_t n = i->t.kind == TREE_LINK ? -1 : listxattr(full, names, sizeof names);
    for (char *p = names; n > 0 && p < names + n; p += strlen(p) + 1) {
        ssize_t got = getxattr(full, p, value, sizeof value);
        if (got >= 0 && i->t.xattrs.n < 1024)
            *vec_push(w->arena, &i->t.xattrs) = (struct tree_xattr){arena_str(w->arena, str_of(p)),
                                                                    arena_str(w->arena, str_n(value, (size_t)got))};
    }
    close(fd);
}

static bool link_of(struct walk *w, const char *path, struct item *i, struct err *e) {
    char target[PATH_MAX];
    ssize_t n = readlinkat(w->root, path, target, sizeof target);
    if (n <= 0 || (size_t)n == sizeof target)
        return err_errno(e, place(w, i->t.path), _("cannot read the link"));
    i->t.link = arena_str(w->arena, str_n(target, (size_t)n));
    return true;
}

/* The first name of a file with several keeps it; later ones say which it was. */
static void hardlink_of(struct walk *w, const struct stat *st, struct item *i) {
    uint64_t key[2] = {st->st_dev, st->st_ino};
    bool fresh;
    struct map_entry *entry = map_put(&w->links, str_n((const char *)key, sizeof key), &fresh);
    if (fresh) {
        str *path = arena_new_of(w->links_arena, str);
        *path = arena_str(w->links_arena, i->t.path);
        entry->key = arena_str(w->links_arena, entry->key);
        entry->value = path;
    } else {
        i->t.hardlink = arena_str(w->arena, *(str *)entry->value);
    }
}

static bool kind_of(mode_t mode, enum tree_kind *out) {
    static const struct {
        mode_t format;
        enum tree_kind kind;
    } formats[] = {{S_IFDIR, TREE_DIR},  {S_IFREG, TREE_FILE}, {S_IFLNK, TREE_LINK},
                   {S_IFIFO, TREE_FIFO}, {S_IFCHR, TREE_CHAR}, {S_IFBLK, TREE_BLOCK}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if ((mode & S_IFMT) == formats[i].format) {
            *out = formats[i].kind;
            return true;
        }
    return false;
}

/* *is_dir: to be entered. A socket is left out: it means nothing without its process. */
static bool add(struct walk *w, str path, bool *is_dir, struct err *e) {
    char name[PATH_MAX];
    struct stat st;
    struct item *i = arena_new_of(w->arena, struct item);
    *is_dir = false;
    if (path.n >= sizeof name)
        return err_set(e, ERR_LIMIT, place(w, path), _("the path is too long"));
    memcpy(name, path.p, path.n);
    name[path.n] = 0;
    if (fstatat(w->root, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return err_errno(e, place(w, path), _("cannot open the file"));
    if (!kind_of(st.st_mode, &i->t.kind)) {
        ctx_warn(w->a->ctx, place(w, path), "%s", _("a socket is not archived"));
        return true;
    }
    if (w->entries++ == w->a->ctx->limits.entries)
        return err_set(e, ERR_LIMIT, w->where, _("the tree has too many entries"));
    i->t.path = arena_str(w->arena, path);
    i->t.mode = st.st_mode & 07777;
    i->t.uid = st.st_uid;
    i->t.gid = st.st_gid;
    i->t.sec = st.st_mtim.tv_sec;
    i->t.nsec = (uint32_t)st.st_mtim.tv_nsec;
    i->t.major = major(st.st_rdev);
    i->t.minor = minor(st.st_rdev);
    i->is_file = i->t.kind == TREE_FILE;
    i->size = i->is_file ? (uint64_t)st.st_size : 0;
    xattrs_of(w, name, i);
    if (i->t.kind == TREE_LINK && !link_of(w, name, i, e))
        return false;
    if (i->is_file && st.st_nlink > 1)
        hardlink_of(w, &st, i);
    *is_dir = i->t.kind == TREE_DIR;
    *vec_push(w->arena, &w->batch) = i;
    return w->batch.n < BATCH || batch_end(w, e);
}

static int by_name(const void *x, const void *y) { return str_cmp(*(const str *)x, *(const str *)y); }

static bool names_of(struct walk *w, str path, struct arena *a, str **names, uint32_t *n, struct err *e) {
    char name[PATH_MAX];
    VEC(str) list = {0};
    snprintf(name, sizeof name, "%.*s", STR_ARG(path));
    int fd = openat(w->root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    if (!d) {
        if (fd >= 0)
            close(fd);
        return err_errno(e, place(w, path), _("cannot open the folder"));
    }
    for (const struct dirent *entry; (errno = 0, entry = readdir(d));) {
        str s = str_of(entry->d_name);
        if (!str_is(s, ".") && !str_is(s, ".."))
            *vec_push(a, &list) = arena_str(a, s);
    }
    bool ok = errno == 0 || err_errno(e, place(w, path), _("cannot read the folder"));
    closedir(d);
    if (list.n)
        qsort(list.v, list.n, sizeof *list.v, by_name);
    *names = list.v;
    *n = list.n;
    return ok;
}

static bool enter(struct walk *w, str path, unsigned depth, struct err *e) { // NOLINT(misc-no-recursion)
    struct arena *a = arena_new();
    str *names;
    uint32_t n = 0;
    bool is_dir, ok = depth <= TREE_DEPTH || err_set(e, ERR_LIMIT, place(w, path), _("folders are nested too deeply"));
    ok = ok && names_of(w, path, a, &names, &n, e);
    for (uint32_t i = 0; ok && i < n; i++) {
        str child = arena_printf(a, "%.*s/%.*s", STR_ARG(path), STR_ARG(names[i]));
        ok = add(w, child, &is_dir, e) && (!is_dir || enter(w, child, depth + 1, e));
    }
    arena_free(a);
    return ok;
}

bool archive_put_tree(struct archive *a, str path, struct body_name *out, struct err *e) {
    struct walk w = {.a = a, .where = path, .arena = arena_new(), .links_arena = arena_new()};
    char name[PATH_MAX];
    bool is_dir;
    snprintf(name, sizeof name, "%.*s", STR_ARG(path));
    w.root = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    map_init(&w.links, w.links_arena);
    pthread_mutex_init(&w.lock, NULL);
    body_writer_begin(a, &w.text);
    w.progress = progress_begin(a->ctx, _("bytes archived"), 0);
    bool ok = w.root >= 0 || err_errno(e, path, _("cannot open the folder"));
    ok = ok && body_writer_add(&w.text, str_of(tree_first_line), e) && add(&w, S("."), &is_dir, e) &&
         enter(&w, S("."), 1, e) && batch_end(&w, e) && body_writer_end(&w.text, out, e);
    progress_end(w.progress);
    body_writer_drop(&w.text);
    pthread_mutex_destroy(&w.lock);
    if (w.root >= 0)
        close(w.root);
    arena_free(w.arena);
    arena_free(w.links_arena);
    return ok;
}
