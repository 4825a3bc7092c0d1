/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a copy lies, by what can be done there. For the copy's own files only. Names are those of an archive's folder
 * with '/' between; every call may be repeated.
 */
#ifndef AKASHI_ARCHIVE_COPY_PLACE_H
#define AKASHI_ARCHIVE_COPY_PLACE_H

#include "archive/copy.h"
#include "archive/inner.h"

struct copy_object {
    str name;
    uint64_t size;
};
VEC_NAMED(copy_objects, struct copy_object);

/* What is to be put: size bytes of fd from its beginning. */
struct copy_item {
    str name;
    int fd;
    uint64_t size;
    unsigned char sha256[32];
};
enum copy_state { COPY_ABSENT, COPY_SAME, COPY_OTHER };

struct copy_place;
struct copy_kind {
    MUST_USE bool (*list)(struct copy_place *p, struct arena *a, struct copy_objects *out, struct err *e);
    /* Is there an object of this name with the item's size and digest? */
    MUST_USE bool (*compare)(struct copy_place *p, const struct copy_item *item, enum copy_state *out, struct err *e);
    /* Puts it whole. When nothing may be replaced and something is there: true with *there. */
    MUST_USE bool (*put)(struct copy_place *p, const struct copy_item *item, bool *there, struct err *e);
    /* Into fd, which is empty; at most `most` bytes. False with e->kind == ERR_NONE when it is not there. */
    MUST_USE bool (*get)(struct copy_place *p, str name, int fd, uint64_t most, struct err *e);
    void (*close)(struct copy_place *p);
    bool joins; /* may be another archive's folder, which keeps its own description */
};
struct copy_place {
    const struct copy_kind *kind;
    struct ctx *ctx;
    struct arena *arena; /* of the place */
    const struct copy_options *o;
    void *own;
};

/* write: it is made when missing. */
enum copy_use { COPY_READ, COPY_WRITE };
MUST_USE bool copy_open(struct ctx *c, const struct copy_options *o, enum copy_use use, struct copy_place *out,
                        struct err *e);
void copy_close(struct copy_place *p); /* accepts {0} */
MUST_USE bool copy_folder_open(struct copy_place *p, enum copy_use use, struct err *e);
MUST_USE bool s3_open(struct copy_place *p, struct err *e);

/* "packs/ID.pack"; false for any other name. */
bool copy_pack_id(str name, unsigned char id[PACK_ID]);
str copy_pack_name(struct arena *a, const unsigned char id[PACK_ID]);
/* A pack as it lies in a file, without an archive around (copy_pack.c). Both false only when the disk fails. */
struct copy_pack {
    int fd;
    const char *path;
    unsigned char id[PACK_ID];
    bool good;             /* out */
    uint64_t bodies, size; /* out: of copy_pack_prove; of the file */
};
/* Is it finished, and does every check in it that needs no key hold? */
MUST_USE bool copy_pack_whole(struct copy_pack *p, struct err *e);
/* The same, and every chunk in it comes out under its name. */
MUST_USE bool copy_pack_prove(struct copy_pack *p, const struct pack_keys *keys, struct err *e);
/* Digest and size of what fd holds. */
MUST_USE bool copy_measure(int fd, str where, struct copy_item *item, struct err *e);

#endif
