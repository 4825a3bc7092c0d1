/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP tlog-mirror without the network: a copy of other parties' logs that never goes back, and whose cosignature says
 * that it holds all of what it signed.
 *
 * FOLDER/HASH/ is the copy of one log in the tlog-tiles layout (HASH: SHA-256 of its origin, hex), to be served as it
 * is: its `checkpoint` is the mirror checkpoint, cosigned when the mirror has a key. FOLDER/pending/ is a witness's
 * folder (seal/witness.h): HASH.checkpoint is the pending checkpoint, HASH.SIZE.checkpoint the ones before it.
 *
 * No entry reaches the copy before it is proven to belong to a checkpoint the log signed; no checkpoint is shown before
 * all its entries and tiles are on disk and were read back and hashed to its root.
 */
#ifndef AKASHI_SEAL_MIRROR_H
#define AKASHI_SEAL_MIRROR_H

#include "seal/tiles.h"
#include "seal/witness.h"

struct mirror {
    struct ctx *ctx;
    str folder;
    struct witness pending;
    const struct witness_signer *signers;
    uint32_t n_signers;
};
/* Makes the folder when it is not there. What is given is borrowed. */
struct mirror_plan {
    str folder;
    const struct vkey *logs;
    uint32_t n_logs;
    const struct witness_signer *signers; /* none: a copy for one's own use */
    uint32_t n_signers;
    void (*loud)(void *of, const struct err *e);
    void *of;
};
MUST_USE bool mirror_open(struct ctx *c, struct arena *a, const struct mirror_plan *plan, struct mirror *out,
                          struct err *e);
/* FOLDER/HASH */
str mirror_copy(const struct mirror *m, struct arena *a, str origin);

/* The pending checkpoint (a note) of that size, the present one or one before it; absent when there is none. *latest:
 * the size of the present one, 0 when there is none. */
MUST_USE bool mirror_pending(const struct mirror *m, struct arena *a, str origin, uint64_t size, str *note,
                             uint64_t *latest, struct err *e);

/* POST /add-checkpoint. As with witness_add_checkpoint; 200 has an empty body. */
MUST_USE bool mirror_add_checkpoint(const struct mirror *m, struct arena *a, str request, struct reply *out,
                                    struct err *e);

/* POST /add-entries, its body piece by piece in bounded memory; each package is kept as soon as it is proven. */
struct mirror_upload;
struct mirror_upload *mirror_upload_begin(const struct mirror *m, struct arena *a);
void mirror_upload_more(struct mirror_upload *u, str piece);
/* 200 with cosignature lines, 202, 400, 404, 409, 422. False for want of disk. */
MUST_USE bool mirror_upload_end(struct mirror_upload *u, struct arena *a, struct reply *out, struct err *e);

/* ── the client's side ── */

/* A mirror, near or far. */
struct mirror_end {
    struct witness_end witness;
    bool (*add_entries)(void *of, struct arena *a, str request, struct reply *out, struct err *e); /* of: witness.of */
};
struct mirror_end mirror_near(const struct mirror *m);

/* A log to be mirrored: its checkpoint (a note), and its tiles. */
struct mirror_source {
    str checkpoint;
    const struct tile_reader *tiles;
};
struct mirrored {
    uint64_t before, size; /* entries the mirror had, and has now */
    str cosignatures;      /* lines */
};
/* That the source's checkpoint is the log's own; ERR_INPUT when it is not. */
MUST_USE bool mirror_source_ok(struct arena *a, const struct mirror_source *from, const struct vkey *log,
                               struct err *e);
/* What witnesses said of the checkpoint that the copy shows, beside the log's and the mirror's own lines: taken from a
 * note of the same text. Nothing is done when the copy shows another one. They are not checked: whoever reads them
 * knows his witnesses. */
MUST_USE bool mirror_take_cosignatures(const struct mirror *m, struct arena *a, str origin, str note, struct err *e);
/* Brings all entries of the checkpoint to the mirror. May be called again after any failure and goes on where it ended.
 * ERR_INPUT when the mirror refuses: the log was rolled back or forked, or its tiles are not those of its checkpoint.
 */
MUST_USE bool mirror_bring(struct arena *a, const struct mirror_source *from, const struct mirror_end *to,
                           struct mirrored *out, struct err *e);

#endif
