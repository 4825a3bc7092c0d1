/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/unpack.h"

static bool c_path(str path, char out[PATH_MAX], struct err *e) {
    if (path.n == 0 || path.n >= PATH_MAX || memchr(path.p, 0, path.n))
        return err_set(e, ERR_INPUT, path, _("this is no usable file name"));
    memcpy(out, path.p, path.n);
    out[path.n] = 0;
    return true;
}

static bool read_fd(struct ctx *c, struct arena *a, int fd, str path, size_t guess, str *out, struct err *e) {
    size_t most = c->limits.file, n = 0, cap = guess + 1;
    /* A known size is read straight into the arena; a pipe grows on the heap first. */
    char *p = guess ? arena_alloc(a, cap) : NULL;
    struct buf b = {0};
    for (;;) {
        char *to = guess && n < cap ? p + n : buf_room(&b, 1 << 16);
        size_t room = guess && n < cap ? cap - n : (1 << 16);
        ssize_t got = read(fd, to, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            err_errno(e, path, _("cannot read the file"));
            buf_free(&b);
            return false;
        }
        if (got == 0)
            break;
        if (guess && n < cap)
            n += (size_t)got;
        else
            b.n += (size_t)got;
        if (n + b.n > most) {
            buf_free(&b);
            return err_set(e, ERR_LIMIT, path, _("larger than the %zu MiB a document may have"), most >> 20);
        }
    }
    *out = b.n ? arena_cat(a, str_n(p, n), buf_str(&b)) : str_n(p ? p : "", n);
    buf_free(&b);
    return true;
}

bool file_read(struct ctx *c, struct arena *a, str path, str *out, struct err *e) {
    char name[PATH_MAX];
    struct stat st;
    if (str_is(path, "-"))
        return read_fd(c, a, STDIN_FILENO, str_of(_("standard input")), 0, out, e);
    if (!c_path(path, name, e))
        return false;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        bool missing = errno == ENOENT;
        err_errno(e, path, _("cannot open the file"));
        if (fd >= 0)
            close(fd);
        if (e)
            e->kind = missing ? ERR_INPUT : ERR_ENV;
        return false;
    }
    bool ok;
    if (S_ISDIR(st.st_mode))
        ok = err_set(e, ERR_INPUT, path, _("this is a folder, a file was expected"));
    else if (S_ISREG(st.st_mode) && (uint64_t)st.st_size > c->limits.file)
        ok = err_set(e, ERR_LIMIT, path, _("larger than the %zu MiB a document may have"), c->limits.file >> 20);
    else
        ok = read_fd(c, a, fd, path, S_ISREG(st.st_mode) ? (size_t)st.st_size : 0, out, e);
    close(fd);
    return ok;
}

bool file_read_plain(struct ctx *c, struct arena *a, str path, str *out, struct err *e) {
    str raw;
    return file_read(c, a, path, &raw, e) && text_unpack(c, a, raw, path, out, e);
}

static void utf8_add(struct buf *b, uint32_t u) {
    char t[4];
    size_t n = u < 0x80 ? 1 : u < 0x800 ? 2 : u < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, u >>= 6)
        t[i] = (char)(0x80 | (u & 0x3F));
    t[0] = (char)(n == 1 ? u : (0xF0u << (4 - n) & 0xFF) | u);
    buf_add(b, str_n(t, n));
}

static str from_utf16(struct arena *a, str text, bool big) {
    struct buf b = {0};
    const unsigned char *p = (const unsigned char *)text.p;
    for (size_t i = 0; i + 1 < text.n; i += 2) {
        uint32_t u = big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];
        if (u >= 0xD800 && u < 0xDC00 && i + 3 < text.n) {
            uint32_t low = big ? (uint32_t)p[i + 2] << 8 | p[i + 3] : (uint32_t)p[i + 3] << 8 | p[i + 2];
            if (low >= 0xDC00 && low < 0xE000) {
                u = 0x10000 + ((u - 0xD800) << 10) + (low - 0xDC00);
                i += 2;
            }
        }
        utf8_add(&b, u >= 0xD800 && u < 0xE000 ? 0xFFFD : u);
    }
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

str text_utf8(struct arena *a, str text) {
    const unsigned char *p = (const unsigned char *)text.p;
    if (text.n >= 3 && p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF)
        return str_from(text, 3);
    if (text.n >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF)))
        return from_utf16(a, str_from(text, 2), p[0] == 0xFE);
    if (text.n >= 4 && !p[0] != !p[1] && !p[2] != !p[3] && !p[0] == !p[2])
        return from_utf16(a, text, !p[0]);
    return text;
}

/* ── writing ── */

bool fd_write_all(int fd, str content, str where, struct err *e) {
    while (content.n) {
        ssize_t n = write(fd, content.p, content.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_errno(e, where, _("cannot write"));
        content = str_from(content, (size_t)n);
    }
    return true;
}

/* The temporary files that exist now. The one piece of process-wide state: a signal handler gets no argument. A full
 * list only means that an interrupt leaves a temporary file behind. */
static struct file_new *_Atomic open_files[16];

static void register_file(struct file_new *f) {
    for (size_t i = 0; i < sizeof open_files / sizeof *open_files; i++) {
        struct file_new *none = NULL;
        if (atomic_compare_exchange_strong(&open_files[i], &none, f))
            return;
    }
}
static void unregister_file(struct file_new *f) {
    for (size_t i = 0; i < sizeof open_files / sizeof *open_files; i++) {
        struct file_new *mine = f;
        if (atomic_compare_exchange_strong(&open_files[i], &mine, NULL))
            return;
    }
}
void file_new_abandon_all(void) {
    for (size_t i = 0; i < sizeof open_files / sizeof *open_files; i++) {
        struct file_new *f = atomic_load(&open_files[i]);
        if (f && f->temporary[0])
            unlink(f->temporary); /* async-signal-safe */
    }
}

/* A link stays and what it points to is replaced; a device, pipe or folder is not replaced by a file. */
static bool find_target(struct file_new *f, str path, struct err *e) {
    char real[PATH_MAX];
    struct stat st;
    if (!c_path(path, f->path, e))
        return false;
    if (stat(f->path, &st) == 0 && !S_ISREG(st.st_mode))
        return err_set(e, ERR_ENV, path, _("this is not a regular file, so it is not replaced"));
    if (lstat(f->path, &st) == 0 && S_ISLNK(st.st_mode) && realpath(f->path, real))
        return c_path(str_of(real), f->path, e);
    return true;
}

#define UNFINISHED ".new-XXXXXX" /* mkostemp() chooses the last six */

str file_new_target(str name) {
    size_t tail = sizeof UNFINISHED - 1;
    bool unfinished = name.n > tail && str_starts(str_from(name, name.n - tail), S(".new-"));
    return unfinished ? str_upto(name, name.n - tail) : name;
}

bool file_new_open(struct file_new *f, str path, struct err *e) {
    f->fd = -1;
    f->temporary[0] = 0;
    if (!find_target(f, path, e))
        return false;
    snprintf(f->temporary, sizeof f->temporary, "%s" UNFINISHED, f->path);
    f->fd = mkostemp(f->temporary, O_CLOEXEC);
    if (f->fd < 0) {
        f->temporary[0] = 0;
        return err_errno(e, path, _("cannot create a file here"));
    }
    register_file(f);
    /* mkstemp gives 0600; a replaced file keeps its mode, a new one gets what the umask leaves. */
    struct stat st;
    mode_t mask = umask(022);
    umask(mask);
    mode_t mode = stat(f->path, &st) == 0 ? st.st_mode & 0777 : 0666 & ~mask;
    return fchmod(f->fd, mode) == 0 || err_errno(e, path, _("cannot create a file here"));
}

static bool sync_folder_of(const char *path, struct err *e) {
    str dir = path_dir(str_of(path));
    char name[PATH_MAX];
    if (!c_path(dir.n ? dir : path[0] == '/' ? S("/") : S("."), name, e))
        return false;
    int fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, str_of(name), _("cannot open the folder"));
    bool ok = fsync(fd) == 0 || errno == EINVAL || err_errno(e, str_of(name), _("cannot write"));
    close(fd);
    return ok;
}

bool file_new_commit(struct file_new *f, struct err *e) {
    str where = str_of(f->path);
    if (fsync(f->fd) != 0)
        return err_errno(e, where, _("cannot write"));
    int fd = f->fd;
    f->fd = -1;
    if (close(fd) != 0)
        return err_errno(e, where, _("cannot write"));
    if (rename(f->temporary, f->path) != 0)
        return err_errno(e, where, _("cannot replace the file"));
    unregister_file(f);
    f->temporary[0] = 0;
    return sync_folder_of(f->path, e);
}

void file_new_abandon(struct file_new *f) {
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
    unregister_file(f);
    if (f->temporary[0])
        unlink(f->temporary);
    f->temporary[0] = 0;
}

bool file_replace(str path, str content, struct err *e) {
    struct file_new f;
    bool ok = file_new_open(&f, path, e) && fd_write_all(f.fd, content, path, e) && file_new_commit(&f, e);
    file_new_abandon(&f);
    return ok;
}

struct mapping {
    void *p;
    size_t n;
};
static void unmap(void *ptr) {
    struct mapping *m = ptr;
    munmap(m->p, m->n);
}

bool file_map(struct arena *a, str path, str *out, struct err *e) {
    char name[PATH_MAX];
    struct stat st;
    if (!c_path(path, name, e))
        return false;
    int fd = open(name, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        err_errno(e, path, _("cannot open the file"));
        if (fd >= 0)
            close(fd);
        return false;
    }
    *out = (str){NULL, 0};
    if (st.st_size > 0) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p == MAP_FAILED) {
            err_errno(e, path, _("cannot read the file"));
            close(fd);
            return false;
        }
        struct mapping *m = arena_new_of(a, struct mapping);
        *m = (struct mapping){p, (size_t)st.st_size};
        arena_defer(a, unmap, m);
        *out = str_n(p, m->n);
    }
    close(fd);
    return true;
}

/* A page of zeros in the place of the one that is gone. mmap() is no more than a system call, so it may be used here;
 * a fault that is not of this kind comes back and ends the process as before. */
static void on_cut(int number, siginfo_t *info, void *context) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *at = (char *)((uintptr_t)info->si_addr & ~(uintptr_t)(page - 1));
    (void)context;
    if (info->si_code != BUS_ADRERR ||
        mmap(at, page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == MAP_FAILED)
        signal(number, SIG_DFL);
}

void file_survive_cuts(void) {
    struct sigaction how = {.sa_sigaction = on_cut, .sa_flags = SA_SIGINFO};
    sigemptyset(&how.sa_mask);
    sigaction(SIGBUS, &how, NULL);
}

/* ── paths ── */

bool folder_make(str path, unsigned mode, struct err *e) {
    char name[PATH_MAX] = "";
    if (!c_path(path, name, e))
        return false;
    for (char *p = name + 1;; p++) {
        char at = *p;
        if (at && at != '/')
            continue;
        *p = 0;
        struct stat st;
        if (mkdir(name, mode) != 0 && (errno != EEXIST || stat(name, &st) != 0 || !S_ISDIR(st.st_mode))) {
            if (errno == EEXIST)
                errno = ENOTDIR;
            return err_errno(e, str_of(name), _("cannot make the folder"));
        }
        *p = at;
        if (!at)
            return true;
    }
}

enum { REMOVED_DEPTH = 16 };

static bool remove_below(int parent, const char *name, int depth) { /* NOLINT(misc-no-recursion): REMOVED_DEPTH */
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *d = fd >= 0 && depth < REMOVED_DEPTH ? fdopendir(fd) : NULL;
    for (struct dirent *entry; d && (entry = readdir(d));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (unlinkat(dirfd(d), entry->d_name, 0) != 0)
            (void)remove_below(dirfd(d), entry->d_name, depth + 1);
    }
    if (d)
        closedir(d);
    else if (fd >= 0)
        close(fd);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}
bool folder_remove(int parent, const char *name) { return remove_below(parent, name, 0); }

bool path_exists(str path) {
    char name[PATH_MAX];
    return c_path(path, name, NULL) && access(name, F_OK) == 0;
}
bool path_is_dir(str path) {
    char name[PATH_MAX];
    struct stat st;
    return c_path(path, name, NULL) && stat(name, &st) == 0 && S_ISDIR(st.st_mode);
}

str path_join(struct arena *a, str dir, str name) {
    if (dir.n == 0 || (name.n && name.p[0] == '/'))
        return arena_str(a, name);
    return arena_printf(a, "%.*s%s%.*s", STR_ARG(dir), dir.p[dir.n - 1] == '/' ? "" : "/", STR_ARG(name));
}
str path_dir(str path) {
    size_t at = str_rchr(path, '/');
    return at == STR_NONE ? S("") : str_upto(path, at);
}
str path_base(str path) {
    size_t at = str_rchr(path, '/');
    return at == STR_NONE ? path : str_from(path, at + 1);
}

str path_clean(struct arena *a, str path) {
    if (path.n && path.p[0] == '/')
        return (str){NULL, 0};
    char *p = arena_alloc(a, path.n + 1);
    size_t n = 0;
    str rest = path, part;
    while (str_next(&rest, '/', &part)) {
        if (part.n == 0 || str_is(part, "."))
            continue;
        if (str_is(part, "..")) {
            if (n == 0)
                return (str){NULL, 0};
            while (n && p[n - 1] != '/')
                n--;
            n -= n > 0;
            continue;
        }
        if (n)
            p[n++] = '/';
        memcpy(p + n, part.p, part.n);
        n += part.n;
    }
    p[n] = 0;
    return str_n(p, n);
}

/* Some file systems and old kernels have no files that never had a name. */
static int nameless_in(const char *folder) {
    char name[4096];
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || snprintf(name, sizeof name, "%s/akashi-XXXXXX", folder) >= (int)sizeof name)
        return fd;
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        unlink(name);
    return fd;
}

bool file_nameless(int *fd, struct err *e) {
    /* Not /tmp first: it is in memory on many systems. */
    static const char *const usual[] = {"/var/tmp", P_tmpdir, "/dev/shm"};
    const char *folder = getenv("TMPDIR");
    bool chosen = folder && *folder;
    *fd = chosen ? nameless_in(folder) : -1;
    for (size_t i = 0; !chosen && *fd < 0 && i < sizeof usual / sizeof *usual; i++)
        *fd = nameless_in(usual[i]);
    return *fd >= 0 || err_errno(e, str_of(chosen ? folder : usual[0]), _("cannot make the file"));
}
