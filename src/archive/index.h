/* SPDX-License-Identifier: Apache-2.0
 *
 * Where each chunk lies: a sorted file, mapped, and behind it what came since in memory. It is a cache: everything in
 * it is said by the packs, and a file that is missing, damaged or about packs that are gone is made anew.
 *
 * Not locked: the archive's lock is held around every call.
 */
#ifndef AKASHI_ARCHIVE_INDEX_H
#define AKASHI_ARCHIVE_INDEX_H

#include "archive/pack.h"

struct place {
    uint32_t pack, at; /* number of the pack in the archive's list; offset of the block in it */
};
/* The block is not written yet. */
enum { PACK_PENDING = UINT32_MAX };

struct index_pack {
    unsigned char id[PACK_ID];
    uint64_t covered; /* bytes of the pack the index knows */
    bool sealed;      /* the pack is finished and known whole */
};

struct index;
struct index *index_new(void);
void index_free(struct index *x); /* accepts NULL */

/* Maps the file and gives the packs it is about, in the order of its numbers (they live as long as the map). False when
 * it is missing, damaged or of another archive: then it is empty. */
bool index_load(struct index *x, str path, const unsigned char archive_id[PACK_ID], const struct index_pack **packs,
                uint32_t *n);
/* What the caller calls the i-th of those packs; said for each before anything is looked for. */
void index_number(struct index *x, uint32_t i, uint32_t number);
/* Takes over what `old` has in memory and this one's file does not say, and frees it. */
void index_follow(struct index *x, struct index *old);
/* Reads the whole file against its digest. */
bool index_whole(const struct index *x);

bool index_find(const struct index *x, const struct body_name *id, struct place *out);
void index_put(struct index *x, const struct body_name *id, struct place place);
uint64_t index_count(const struct index *x); /* entries, those put twice counted twice */
uint64_t index_fresh(const struct index *x); /* entries not in the file */

/* Appends the file's bytes as of now: `packs` with numbers as the places have them; a pack whose `covered` is 0 is left
 * out with all that lies in it. */
void index_write(const struct index *x, const unsigned char archive_id[PACK_ID], const struct index_pack *packs,
                 uint32_t n, struct buf *out);

#endif
