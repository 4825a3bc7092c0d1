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
/* Many small bodies (documents of some KB) at once, on all threads of the context; then one archive_sync() for all of
 * them. Unlike archive_put() those up to 256 KiB are not cut, so stretches that two of them share are found only where
 * they lie near each other. Costs per body: one SHA-256 (none for a body whose name is known), a quick compression, and
 * for those that are new 90 bytes of memory until the index is written, which archive_sync() does when enough has come:
 * 4096 bodies of 45 KB take some 0.6 s on one core and one fsync, whatever the archive holds already. Not all or
 * nothing: on failure some may be there. */
struct archive_item {
    str bytes;
    bool named;            /* the name is given: the SHA-256 of these very bytes */
    struct body_name name; /* out */
};
MUST_USE bool archive_put_many(struct archive *a, struct archive_item *items, uint32_t n, struct err *e);
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

/* ── whole or not ── */
struct archive_fault {
    str where; /* the pack or index; absent when a body lacks something */
    bool has_offset, has_name;
    uint64_t offset;
    struct body_name name; /* what is hit: a chunk, a body or a tree */
    str path;              /* of the file in that tree that is hit; absent */
    const char *what;      /* N_() */
};
struct archive_check {
    unsigned sample; /* percent of the bodies that are read whole, as if restored */
    void (*fault)(void *arg, const struct archive_fault *f);
    void *arg;
    /* out */
    uint64_t faults, packs, chunks, bytes, bodies, trees, sampled; /* bytes: plain */
};
/* Opens every block, holds every chunk against its name, every list and tree against what is there, the index against
 * the packs. Each fault is told once. False only when checking itself was impossible. */
MUST_USE bool archive_check(struct archive *a, struct archive_check *k, struct err *e);

/* A verdict of the caller about a name: whether a statement, release or the like refers to it. Asked for chunks too. */
typedef bool archive_needed(void *arg, const struct body_name *name);

struct archive_repair {
    struct archive *from;      /* a copy to take from what is missing; may be NULL */
    archive_needed *is_needed; /* of what only the copy has, this is wanted as well; may be NULL */
    void *arg;
    /* out */
    uint64_t packs, kept, fetched, missing; /* packs moved to damaged/; chunks saved from them, taken, still missing */
};
/* Afterwards every good chunk is in a good pack and the index is new. */
MUST_USE bool archive_repair(struct archive *a, struct archive_repair *r, struct err *e);

/* What is in it, by name: bodies and trees, not the chunks they are made of. */
struct archive_body {
    struct body_name name;
    uint64_t size;
    bool tree;
};
MUST_USE bool archive_bodies(struct archive *a, bool (*each)(void *arg, const struct archive_body *b, struct err *e),
                             void *arg, struct err *e);

/* ── how long ── */
/* Roots that no statement names: put by hand, or held until a day. They lie in the file "roots", one a line. */
struct archive_root {
    struct body_name name;
    int64_t until; /* held: erase and gc refuse before; 0 = kept until erased */
    str label;     /* one line */
};
MUST_USE bool archive_root_add(struct archive *a, const struct archive_root *root, struct err *e);
/* The strings live in the arena. A name that was added several times has its longest hold. */
MUST_USE bool archive_roots(struct archive *a, struct arena *into, const struct archive_root **out, uint32_t *n,
                            struct err *e);

struct archive_gc {
    archive_needed *is_needed; /* may be NULL: only roots are kept */
    void *arg;
    uint32_t grace; /* seconds: packs changed within are left alone */
    bool dry;       /* only count */
    /* out */
    uint64_t chunks, bytes, packs; /* removed; bytes as they lay there; packs removed or rewritten */
};
/* Removes what neither a root nor a needed body leads to. Refused while another process puts. */
MUST_USE bool archive_gc(struct archive *a, struct archive_gc *g, struct err *e);
/* Removes one body, and of a tree the bodies that only it names, but what is_needed keeps. Refused while it or a tree
 * that names it is held. Other trees that name the body are told to hit() (may be NULL). */
struct archive_erase {
    struct body_name name;
    archive_needed *is_needed; /* of other bodies; may be NULL */
    void *arg;
    void (*hit)(void *arg, const struct body_name *tree, str path);
    void *hit_arg;
    bool dry;        /* only whether it may go, and is there */
    uint64_t chunks; /* out */
};
MUST_USE bool archive_erase(struct archive *a, struct archive_erase *x, struct err *e);

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
