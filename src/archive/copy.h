/* SPDX-License-Identifier: Apache-2.0
 *
 * Copies of an archive elsewhere: in a folder, in another node's archive, or in any store that speaks the S3 protocol.
 * A copy has the layout of an archive's folder: `archive`, and `packs/ID.pack` for each finished pack. What is in it is
 * whole: an object appears complete or not at all, and a copy that was interrupted is a smaller copy.
 *
 * Packs never change, so one that is there with the size of ours is not sent again.
 */
#ifndef AKASHI_ARCHIVE_COPY_H
#define AKASHI_ARCHIVE_COPY_H

#include "archive/archive.h"

struct copy_options {
    str place;                /* a folder, or s3://bucket/prefix?endpoint=https://…&region=… */
    str credentials, profile; /* a file as the AWS tools have it, and a section of it; absent: from the environment */
    bool write_once;          /* what is there is never replaced, and can be made so that the store refuses it, too */
    uint32_t retain;          /* days the store is to refuse to remove it (object lock); 0: not asked */
    bool verify;              /* hold the digest of what is there against ours as well, not its size alone */
    uint32_t pause;           /* milliseconds before the second try of a request, doubled for each further; 0: 500 */
};
struct copy_report {
    uint32_t packs;   /* finished ones of the archive (of the copy, for copy_fetch) */
    uint32_t sent;    /* now, each verified behind */
    uint32_t there;   /* already */
    uint32_t redone;  /* of those sent: what was there was not ours */
    uint32_t writing; /* packs another process is writing: the next copy has them */
    uint32_t more;    /* packs of the copy that we have not: collected here, or another node's own */
    uint64_t bytes;   /* sent now */
};

/* Finishes the packs nobody else is writing, then sends what the copy lacks. While it runs nothing is collected. */
MUST_USE bool copy_send(struct archive *a, const struct copy_options *o, struct copy_report *r, struct err *e);
/* The other way: into a folder, which becomes (or stays) that archive. Each pack is checked before it gets its name. */
MUST_USE bool copy_fetch(struct ctx *c, str folder, const struct copy_options *o, struct copy_report *r, struct err *e);

struct copy_check {
    uint32_t packs, missing, wrong; /* ours: in all; not there; there but with another size or digest */
    uint32_t proved, damaged;       /* of the sample: every body in it came out right; did not */
    uint32_t more;                  /* as in copy_report */
    uint64_t bodies, bytes;         /* in the packs proved */
    VEC(str) faults;                /* "packs/ID.pack: …", in the arena given */
};
/* Is everything there, and can it be restored? a: whose packs it must hold; NULL: the copy is looked at alone. Of the
 * packs there, `sample` of 100 (at least one, chosen at random) are downloaded whole, opened with the key (NULL: the
 * archive is not encrypted), and each chunk is held against its name. A fault is no error. */
MUST_USE bool copy_check(struct ctx *c, struct arena *arena, struct archive *a, const unsigned char *key,
                         const struct copy_options *o, double sample, struct copy_check *out, struct err *e);

#endif
