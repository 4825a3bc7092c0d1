/* SPDX-License-Identifier: Apache-2.0
 *
 * Content-addressed storage. A body's name is the SHA-256 of its bytes; a tree (folder with modes, links, holes,
 * extended attributes) is a body that lists others. Packs are append-only files of compressed chunks, each pack sealed
 * with a footer; the index beside them is a cache that is rebuilt from the packs when it is missing or damaged.
 *
 * Threads may share one open archive; processes may put at the same time. Nothing put is durable before
 * archive_sync(). Memory does not grow with the size of a body.
 */
#ifndef AKASHI_ARCHIVE_ARCHIVE_H
#define AKASHI_ARCHIVE_ARCHIVE_H

#include "base/cipher.h"
#include "base/ctx.h"
#include "base/digest.h"

struct archive;
struct body_name {
    unsigned char b[32];
};

struct archive_options {
    const unsigned char *key; /* AEAD_KEY bytes: bodies are encrypted at rest; NULL: they are not */
    bool read_only;
};
/* Made when missing (unless read_only). */
MUST_USE bool archive_open(struct ctx *c, str folder, const struct archive_options *o, struct archive **out,
                           struct err *e);
void archive_close(struct archive *a); /* accepts NULL; what was not synced may be lost */
/* Everything put so far is on disk. */
MUST_USE bool archive_sync(struct archive *a, struct err *e);

/* ── bodies ── */
MUST_USE bool archive_put(struct archive *a, str bytes, struct body_name *out, struct err *e);
/* From a file descriptor to its end, in constant memory. Holes stay holes on the way out. */
MUST_USE bool archive_put_fd(struct archive *a, int fd, str where, struct body_name *out, uint64_t *size,
                             struct err *e);
bool archive_has(struct archive *a, const struct body_name *name);
/* ERR_INPUT when the body is not there or damaged; at most limits.file bytes. */
MUST_USE bool archive_get(struct archive *a, struct arena *into, const struct body_name *name, str *out, struct err *e);
/* Whole and checked, or an error: the caller writes to a new file and drops it on failure. */
MUST_USE bool archive_get_fd(struct archive *a, const struct body_name *name, int fd, str where, struct err *e);

/* ── trees (tree.h says what they look like) ── */
/* Whether the body is there and begins like a tree. */
bool archive_is_tree(struct archive *a, const struct body_name *name);
MUST_USE bool archive_put_tree(struct archive *a, str path, struct body_name *out, struct err *e);
/* Into a folder that is empty or missing; nothing is ever written outside it. */
MUST_USE bool archive_get_tree(struct archive *a, const struct body_name *name, str path, struct err *e);

/* ── the files of an archive, for copies ──
 * A folder with the file "archive" and any finished packs is an archive. A finished pack never changes: it is there or
 * it is not. */
/* Everything put so far, by this process and by those that ended, is in finished packs and on disk. */
MUST_USE bool archive_finish(struct archive *a, struct err *e);
struct archive_file {
    str name; /* "archive", "packs/ID.pack": relative to the folder */
    uint64_t size;
};
/* First "archive", then the finished packs. The name holds for the call. */
MUST_USE bool archive_files(struct archive *a, bool (*each)(void *arg, const struct archive_file *f, struct err *e),
                            void *arg, struct err *e);
/* Is this, anywhere, a whole finished pack? Every check in it is made; no key is needed. *offset: of the damage. */
MUST_USE bool archive_pack_whole(struct ctx *c, str path, bool *whole, uint64_t *offset, struct err *e);

#endif
