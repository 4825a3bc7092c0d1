/* SPDX-License-Identifier: Apache-2.0 */
#include "base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the hook wants; 0 without one. */
static int ask(const struct ctx *c, struct disk_op *op) {
    return __builtin_expect(c->faults == NULL, 1) ? 0 : c->faults->before(c->faults->of, op);
}

/* True when the call is to be made; else *result is the answer, with errno and *e filled for a failure. */
static bool goes_on(const struct ctx *c, struct disk_op *op, bool *result, struct err *e, const char *what) {
    int verdict = ask(c, op);
    if (verdict == 0)
        return true;
    *result = verdict == DISK_LOST;
    if (!*result) {
        errno = verdict;
        err_errno(e, str_of(op->path), "%s", what);
    }
    return false;
}

bool disk_open(const struct ctx *c, const char *path, int flags, unsigned mode, int *fd, bool *missing, struct err *e) {
    struct disk_op op = {.call = DISK_OPEN, .path = path, .fd = -1};
    bool result;
    *fd = -1;
    if (missing)
        *missing = false;
    if ((flags & (O_CREAT | O_TRUNC)) && !goes_on(c, &op, &result, e, _("cannot create a file here"))) {
        if (!result)
            return false;
        flags &= ~(O_CREAT | O_TRUNC | O_EXCL);
    }
    do
        *fd = open(path, flags | O_CLOEXEC, mode);
    while (*fd < 0 && errno == EINTR);
    if (*fd >= 0)
        return true;
    if (missing && errno == ENOENT) {
        *missing = true;
        return true;
    }
    return err_errno(e, str_of(path), _("cannot open the file"));
}

static bool write_all(int fd, str bytes, uint64_t at) {
    while (bytes.n) {
        ssize_t got = pwrite(fd, bytes.p, bytes.n < 1 << 30 ? bytes.n : 1 << 30, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got == 0 ? ENOSPC : errno;
            return false;
        }
        bytes = str_from(bytes, (size_t)got);
        at += (uint64_t)got;
    }
    return true;
}

bool disk_write(const struct ctx *c, int fd, const char *path, str bytes, uint64_t at, struct err *e) {
    struct disk_op op = {.call = DISK_WRITE, .path = path, .fd = fd, .bytes = bytes.p, .n = bytes.n, .at = at};
    int verdict = ask(c, &op);
    if (verdict == DISK_LOST)
        return true;
    if (verdict != 0) {
        (void)!write_all(fd, str_upto(bytes, op.n < bytes.n ? op.n : 0), at);
        errno = verdict;
        return err_errno(e, str_of(path), _("cannot write"));
    }
    return write_all(fd, bytes, at) || err_errno(e, str_of(path), _("cannot write"));
}

bool disk_sync(const struct ctx *c, int fd, const char *path, struct err *e) {
    struct disk_op op = {.call = DISK_SYNC, .path = path, .fd = fd};
    bool result;
    if (!goes_on(c, &op, &result, e, _("cannot write")))
        return result;
    return fdatasync(fd) == 0 || err_errno(e, str_of(path), _("cannot write"));
}

bool disk_sync_folder(const struct ctx *c, const char *folder, struct err *e) {
    struct disk_op op = {.call = DISK_SYNC_FOLDER, .path = folder, .fd = -1};
    bool result;
    if (!goes_on(c, &op, &result, e, _("cannot write")))
        return result;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, str_of(folder), _("cannot open the folder"));
    /* EINVAL: a file system that has nothing to sync here. */
    result = fsync(fd) == 0 || errno == EINVAL || err_errno(e, str_of(folder), _("cannot write"));
    close(fd);
    return result;
}

bool disk_sync_all(const struct ctx *c, int fd, const char *path, struct err *e) {
    struct disk_op op = {.call = DISK_SYNC_ALL, .path = path, .fd = fd};
    bool result;
    if (!goes_on(c, &op, &result, e, _("cannot write")))
        return result;
    return syncfs(fd) == 0 || err_errno(e, str_of(path), _("cannot write"));
}

bool disk_rename(const struct ctx *c, const char *from, const char *to, struct err *e) {
    struct disk_op op = {.call = DISK_RENAME, .path = from, .to = to, .fd = -1};
    bool result;
    if (!goes_on(c, &op, &result, e, _("cannot replace the file")))
        return result;
    return rename(from, to) == 0 || err_errno(e, str_of(to), _("cannot replace the file"));
}

bool disk_remove(const struct ctx *c, const char *path, struct err *e) {
    struct disk_op op = {.call = DISK_REMOVE, .path = path, .fd = -1};
    bool result;
    if (!goes_on(c, &op, &result, e, _("cannot remove the file")))
        return result;
    return remove(path) == 0 || errno == ENOENT || err_errno(e, str_of(path), _("cannot remove the file"));
}

bool disk_truncate(const struct ctx *c, int fd, const char *path, uint64_t size, struct err *e) {
    struct disk_op op = {.call = DISK_TRUNCATE, .path = path, .fd = fd, .at = size};
    bool result;
    if (!goes_on(c, &op, &result, e, _("cannot write")))
        return result;
    return ftruncate(fd, (off_t)size) == 0 || err_errno(e, str_of(path), _("cannot write"));
}

bool disk_folder(const struct ctx *c, const char *path, unsigned mode, struct err *e) {
    char name[PATH_MAX];
    size_t n = strlen(path);
    if (n >= sizeof name)
        return err_set(e, ERR_ENV, str_of(path), _("the path is too long"));
    memcpy(name, path, n + 1);
    for (char *p = name + (n > 0);; p++) {
        char at = *p;
        if (at && at != '/')
            continue;
        *p = 0;
        struct stat st;
        struct disk_op op = {.call = DISK_FOLDER, .path = name, .fd = -1};
        bool there = stat(name, &st) == 0, result = true;
        if (there && !S_ISDIR(st.st_mode)) {
            errno = ENOTDIR;
            return err_errno(e, str_of(name), _("cannot make the folder"));
        }
        if (!there && goes_on(c, &op, &result, e, _("cannot make the folder")) && mkdir(name, mode) != 0 &&
            errno != EEXIST)
            return err_errno(e, str_of(name), _("cannot make the folder"));
        if (!result)
            return false;
        *p = at;
        if (!at)
            return true;
    }
}

static bool put_as(const struct ctx *c, const char *name, const char *path, str bytes, unsigned mode,
                   enum disk_when when, struct err *e) {
    int fd;
    if (!disk_open(c, name, O_WRONLY | O_CREAT | O_TRUNC, mode, &fd, NULL, e))
        return false;
    bool ok = disk_write(c, fd, name, bytes, 0, e) && (when == DISK_SOON || disk_sync(c, fd, name, e));
    close(fd);
    if (!ok || !disk_rename(c, name, path, e)) {
        (void)!disk_remove(c, name, NULL);
        return false;
    }
    if (when == DISK_SOON)
        return true;
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", slash > path ? (int)(slash - path) : 1, slash ? path : ".");
    return disk_sync_folder(c, folder, e);
}

bool disk_put(const struct ctx *c, const char *path, str bytes, unsigned mode, enum disk_when when, struct err *e) {
    char name[PATH_MAX];
    if ((size_t)snprintf(name, sizeof name, "%s.new", path) >= sizeof name)
        return err_set(e, ERR_ENV, str_of(path), _("the path is too long"));
    return put_as(c, name, path, bytes, mode, when, e);
}

bool disk_read_some(int fd, const char *path, void *out, size_t n, uint64_t at, size_t *got, struct err *e) {
    *got = 0;
    while (*got < n) {
        ssize_t more = pread(fd, (char *)out + *got, n - *got, (off_t)(at + *got));
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return err_errno(e, str_of(path), _("cannot read the file"));
        if (more == 0)
            break;
        *got += (size_t)more;
    }
    return true;
}

bool disk_read(int fd, const char *path, void *out, size_t n, uint64_t at, struct err *e) {
    size_t got;
    if (!disk_read_some(fd, path, out, n, at, &got, e))
        return false;
    if (got == n)
        return true;
    char where[400];
    snprintf(where, sizeof where, "%s:%llu", path, (unsigned long long)at + got);
    return err_set(e, ERR_INPUT, str_of(where), _("the file ends here, before what it should hold"));
}

bool disk_size(int fd, const char *path, uint64_t *out, struct err *e) {
    struct stat st;
    if (fstat(fd, &st) != 0)
        return err_errno(e, str_of(path), _("cannot read the file"));
    *out = (uint64_t)st.st_size;
    return true;
}
