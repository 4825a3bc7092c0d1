/* SPDX-License-Identifier: Apache-2.0
 *
 * The one door through which bytes that must survive a crash go to disk: log and archive write by these calls and no
 * others. A test puts a `struct disk_faults` into its ctx and sees, fails, shortens or ends the process at any of them;
 * without one a call costs one comparison with NULL.
 *
 * What a caller may rely on after power fails: what was written before a disk_sync() of that file that returned true is
 * there; what was written after it may be there in any part; names made, renamed or removed are there after
 * disk_sync_folder(). A disk_sync() that fails leaves it open whether the bytes are there, and asking again proves
 * nothing (the system forgets what it could not write): cut the file back and write anew.
 */
#ifndef AKASHI_BASE_DISK_H
#define AKASHI_BASE_DISK_H

#include "base/ctx.h"

enum disk_call {
    DISK_OPEN, /* only when it may make or empty the file */
    DISK_WRITE,
    DISK_SYNC,
    DISK_SYNC_FOLDER,
    DISK_SYNC_ALL,
    DISK_RENAME,
    DISK_REMOVE,
    DISK_TRUNCATE,
    DISK_FOLDER
};

/* One call as the hook sees it, before it is made. */
struct disk_op {
    enum disk_call call;
    const char *path, *to; /* path as given to disk_open() or to the call; to: of a rename */
    int fd;                /* of a write, sync or truncate */
    const void *bytes;     /* of a write */
    size_t n;              /* of a write; the hook may lower it: only so much is written when the verdict is an error */
    uint64_t at;           /* of a write: where; of a truncate: the new size */
};
struct disk_faults {
    /* 0: let it be. An errno: the call fails with it (a write after its first n bytes). DISK_LOST: nothing is done and
     * the caller is told that it was. Called under no lock, by several threads at once. */
    int (*before)(void *of, struct disk_op *op);
    void *of;
};
enum { DISK_LOST = -1 };

/* flags and mode as for open(2); O_CLOEXEC is added. *fd = -1 on failure; when `missing` is given and the file is not
 * there, that is no error: true, *fd = -1, *missing = true. */
MUST_USE bool disk_open(const struct ctx *c, const char *path, int flags, unsigned mode, int *fd, bool *missing,
                        struct err *e);
/* All of it at that place. On failure any part of it may be there. */
MUST_USE bool disk_write(const struct ctx *c, int fd, const char *path, str bytes, uint64_t at, struct err *e);
/* The file's bytes and size are on disk (fdatasync). */
MUST_USE bool disk_sync(const struct ctx *c, int fd, const char *path, struct err *e);
/* The names in the folder are on disk. */
MUST_USE bool disk_sync_folder(const struct ctx *c, const char *folder, struct err *e);
/* Everything written so far to the file system that holds fd is on disk (syncfs): for many small files at once. Errors
 * since the fd was opened are told, so keep one open from before the writing. */
MUST_USE bool disk_sync_all(const struct ctx *c, int fd, const char *path, struct err *e);
MUST_USE bool disk_rename(const struct ctx *c, const char *from, const char *to, struct err *e);
/* A file or an empty folder; one that is not there is no error. */
MUST_USE bool disk_remove(const struct ctx *c, const char *path, struct err *e);
MUST_USE bool disk_truncate(const struct ctx *c, int fd, const char *path, uint64_t size, struct err *e);
/* mkdir -p; folders that are there stay as they are. */
MUST_USE bool disk_folder(const struct ctx *c, const char *path, unsigned mode, struct err *e);

/* A whole small file: written to `path.new`, then renamed. Readers see the old or the new one. With durable, file and
 * name are synced: DISK_DURABLE before the rename and the folder after it; DISK_SOON neither. */
enum disk_when { DISK_SOON, DISK_DURABLE };
MUST_USE bool disk_put(const struct ctx *c, const char *path, str bytes, unsigned mode, enum disk_when when,
                       struct err *e);

/* ── reading: no hook, only the loops that pread(2) needs ── */
/* Exactly n bytes; fewer are an error of kind ERR_INPUT with the offset in its place. */
MUST_USE bool disk_read(int fd, const char *path, void *out, size_t n, uint64_t at, struct err *e);
/* Up to n bytes, fewer at the end of the file. */
MUST_USE bool disk_read_some(int fd, const char *path, void *out, size_t n, uint64_t at, size_t *got, struct err *e);
MUST_USE bool disk_size(int fd, const char *path, uint64_t *out, struct err *e);

#endif
