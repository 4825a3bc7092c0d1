/* SPDX-License-Identifier: Apache-2.0
 *
 * Files: read whole within bounds, replaced atomically.
 */
#ifndef AKASHI_BASE_FILE_H
#define AKASHI_BASE_FILE_H

#include "base/ctx.h"

/* Reads a whole file ("-" is standard input) into the arena; at most limits.file bytes. */
MUST_USE bool file_read(struct ctx *c, struct arena *a, str path, str *out, struct err *e);
/* The same, and gzip, zstd, xz, bzip2 are undone by content (bounded by limits.file and limits.ratio). */
MUST_USE bool file_read_plain(struct ctx *c, struct arena *a, str path, str *out, struct err *e);
/* Undoes gzip, zstd, xz, bzip2 around text in memory; *out = text itself when there is none. */
MUST_USE bool text_unpack(struct ctx *c, struct arena *a, str text, str where, str *out, struct err *e);
/* UTF-16 (by byte order mark or by its pattern of zeros) to UTF-8, and a UTF-8 byte order mark taken off. */
str text_utf8(struct arena *a, str text);

/* A file that appears whole or not at all: written beside its target, fsynced, renamed, folder fsynced.
 * file_new → write to fd → file_commit or file_abandon. Behind a symbolic link its target is replaced; what exists and
 * is no regular file is refused. */
struct file_new {
    int fd;
    char path[4096], temporary[4200];
};
MUST_USE bool file_new_open(struct file_new *f, str path, struct err *e);
/* The name a file was to have that a killed writer left half-written; other names as they are. */
str file_new_target(str name);
MUST_USE bool file_new_commit(struct file_new *f, struct err *e); /* on failure the old file is intact */
void file_new_abandon(struct file_new *f);                        /* also after a failed commit; accepts fd < 0 */
/* For a signal handler about to end the process: removes the temporary files of every open file_new. */
void file_new_abandon_all(void);
MUST_USE bool file_replace(str path, str content, struct err *e); /* the three in one */
/* A file without a name in TMPDIR or else on a disk, for what is too large for memory: gone when it is closed, whatever
 * happens. */
MUST_USE bool file_nameless(int *fd, struct err *e);
MUST_USE bool fd_write_all(int fd, str content, str where, struct err *e);

/* Read-only map of a file; {NULL,0} for an empty one. Unmapped when the arena goes. */
MUST_USE bool file_map(struct arena *a, str path, str *out, struct err *e);
/* From now on in this process: when a mapped file is cut short by somebody else while it is read, what is gone reads as
 * zeros instead of ending the process with SIGBUS. */
void file_survive_cuts(void);

/* mkdir -p, new folders with mode. */
MUST_USE bool folder_make(str path, unsigned mode, struct err *e);
/* A folder of our own making with all that is in it; links are not followed, and folders more than sixteen deep stay.
 * `parent`: a folder, or AT_FDCWD. False when something is left. */
bool folder_remove(int parent, const char *name);
bool path_exists(str path);
bool path_is_dir(str path);
str path_join(struct arena *a, str dir, str name);
str path_dir(str path);  /* "a/b" of "a/b/c"; "" when there is no slash */
str path_base(str path); /* "c" of "a/b/c" */
/* "a/b" of "a/./x/../b"; absent when it climbs above its start or is absolute. */
str path_clean(struct arena *a, str path);

#endif
