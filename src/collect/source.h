/* SPDX-License-Identifier: Apache-2.0
 *
 * The tree that is looked at, whatever it is stored in. A source lists, in the order of their paths, the files some
 * detector may want (candidates) and gives their bytes. A folder is read where it lies; a packed source (archive,
 * image) is read once as a stream and keeps what detectors asked for.
 *
 * Nothing outside the tree is ever read: symbolic links are followed only when a detector asks for a file by name, and
 * then as if the tree's root were the root of the system.
 */
#ifndef AKASHI_COLLECT_SOURCE_H
#define AKASHI_COLLECT_SOURCE_H

#include <stdatomic.h>

#include "base/unpack.h"
#include "collect/match.h"

struct candidate {
    struct found_file file; /* path without the source's prefix; see source_path */
    struct claims claims;   /* by name; none: its head has to be looked at */
    struct kept_bytes *kept;
    bool plain;   /* not worth a look at its head; it is only listed */
    bool sniffed; /* its head was looked at: claims says who wants it */
    bool
        put_off; /* not read now when only detectors of unowned files want it: source_take() leaves bytes absent then */
};

struct source_image { /* what an image says about itself; name.p == NULL when the source is no image */
    str name, tag, digest, architecture, os;
};

struct source {
    struct ctx *ctx;
    struct arena *arena;
    const struct matcher *matcher;
    str prefix; /* "outer.jar!" in front of every path; "" for the outermost source */
    uint32_t nested;
    bool everything; /* list files nobody wants too */
    VEC(struct candidate) candidates;
    struct source_image image;
    bool packed;             /* the rest depends on it */
    int root;                /* folder: descriptor of its root; -1 otherwise */
    str single;              /* source of one file: its path outside */
    struct map files, links; /* packed: path → struct candidate index + 1, path → struct link_target * */
    int spill;               /* packed: unlinked file for large members; -1 until needed */
    atomic_uint_fast64_t spilled;
    struct source_budget *budget; /* shared with the sources inside */
};

/* What all packed sources of a run may keep together: a bomb in a bomb does not multiply. */
struct source_budget {
    atomic_uint_fast64_t kept;
};

/* Opens a folder, image, archive or single file by what it is. */
MUST_USE bool source_open(struct ctx *c, struct arena *a, const struct matcher *m, str path, bool everything,
                          struct source **out, struct err *e);
/* One file in memory, as if it lay at this path. bytes are borrowed. */
MUST_USE bool source_open_text(struct ctx *c, struct arena *a, const struct matcher *m, str path, str bytes,
                               struct source **out, struct err *e);
/* An archive within another source; prefix ends in '!'. */
MUST_USE bool source_open_nested(struct source *outer, struct arena *a, str bytes, str prefix, struct source **out,
                                 struct err *e);
/* Bytes of a candidate. When nobody claimed it by name its head decides; no claim, or put off: *bytes is absent. */
MUST_USE bool source_take(struct source *s, struct candidate *cand, struct arena *a, str *bytes, struct err *e);
/* Bytes of any file, links followed inside the source. False with e->kind == ERR_NONE when there is none. */
MUST_USE bool source_read(struct source *s, str path, struct arena *a, str *bytes, struct err *e);
/* File capabilities of a candidate as stored in security.capability; absent when it has none. */
str source_capabilities(struct source *s, const struct candidate *cand, struct arena *a);
/* Names of the files in one folder of the source, sorted; none when there is no such folder. Of a packed source: those
 * that were kept. */
VEC_NAMED(source_names, str);
MUST_USE bool source_list(struct source *s, str folder, struct arena *a, struct source_names *out, struct err *e);
void source_close(struct source *s); /* accepts NULL */

/* ── one file per kind ── */
MUST_USE bool source_walk(struct source *s, str path, struct err *e); /* source_folder.c */
MUST_USE bool source_read_folder(struct source *s, str path, struct arena *a, str *bytes, struct err *e);
MUST_USE bool source_take_folder(struct source *s, struct candidate *cand, struct arena *a, str *bytes, struct err *e);
str source_capabilities_folder(struct source *s, str path, struct arena *a);
/* Everything in u, as the files of the source. */
MUST_USE bool source_stream(struct source *s, struct unpack *u, struct err *e); /* source_archive.c */
MUST_USE bool source_read_packed(struct source *s, str path, struct arena *a, str *bytes, struct err *e);
MUST_USE bool source_take_packed(struct source *s, struct candidate *cand, struct arena *a, str *bytes, struct err *e);
/* Adds a file whose bytes are in memory. */
void source_add_text(struct source *s, str path, str bytes);
/* The current entry of u becomes *out with its bytes kept, if a detector may want it: *wanted. With an arena of its
 * own, several threads may do this at once once source_spill_open() was called. */
MUST_USE bool source_keep(struct source *s, struct arena *a, struct unpack *u, const struct entry *entry, bool *wanted,
                          struct candidate *out, struct err *e);
MUST_USE bool source_spill_open(struct source *s, struct err *e);
void source_add_link(struct source *s, str path, str target, bool hard);
/* Candidates into the order of their paths, and the index of paths. */
void source_sort(struct source *s);
/* Is it an image, and if so reads it: *is_image. */
MUST_USE bool source_image_folder(struct source *s, str path, bool *is_image, struct err *e); /* source_image.c */
MUST_USE bool source_image_file(struct source *s, str path, bool *is_image, struct err *e);

#endif
