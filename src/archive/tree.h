/* SPDX-License-Identifier: Apache-2.0
 *
 * What a tree is made of. A tree is a body: an mtree(5) text with one entry a line and full paths, parents before
 * children, names of a folder sorted bytewise, so that the same folder gives the same text and other tools can hold a
 * restored folder against it. Beyond mtree: `hardlink=` names the entry that is the same file, `holes=` says where a
 * file has none of its zeros on disk, `xattr.NAME=` carries base64.
 */
#ifndef AKASHI_ARCHIVE_TREE_H
#define AKASHI_ARCHIVE_TREE_H

#include "archive/archive.h"

enum tree_kind { TREE_DIR, TREE_FILE, TREE_LINK, TREE_FIFO, TREE_CHAR, TREE_BLOCK, TREE_KINDS };

struct tree_hole {
    uint64_t at, n;
};
struct tree_xattr {
    str name, value;
};
struct tree_entry {
    str path; /* "." or "./a/b": no "..", no empty part, no NUL */
    enum tree_kind kind;
    uint32_t mode; /* the lower twelve bits */
    uint32_t uid, gid, major, minor;
    int64_t sec;
    uint32_t nsec;
    uint64_t size;         /* of a file */
    struct body_name body; /* of a file */
    str link;              /* where a symbolic link points */
    str hardlink;          /* path of an earlier file; absent */
    VEC(struct tree_hole) holes;
    VEC(struct tree_xattr) xattrs;
};
enum { TREE_DEPTH = 256, TREE_HOLES = 65536, TREE_LINE = 16 << 20 };

void tree_line_write(struct buf *b, const struct tree_entry *t);
/* False with the reason in *e for anything that is no entry as written above. */
MUST_USE bool tree_line_read(struct arena *a, str line, struct tree_entry *out, struct err *e);
extern const char tree_first_line[];

/* The entries of a tree in order, which hold for the call; each() returns false with *e filled to stop. The text is
 * whole against its name only when this returned true. */
MUST_USE bool tree_each(struct archive *a, const struct body_name *name,
                        bool (*each)(void *arg, const struct tree_entry *t, struct err *e), void *arg, struct err *e);

#endif
