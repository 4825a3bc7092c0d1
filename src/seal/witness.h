/* SPDX-License-Identifier: Apache-2.0
 *
 * C2SP tlog-witness without the network. A witness cosigns a checkpoint only when it is consistent with the last one
 * it saw of that log, and what it saw is on disk before its cosignature leaves the house.
 *
 * FOLDER/HASH.checkpoint is the last checkpoint of an origin (HASH: SHA-256 of the origin), as the log signed it;
 * HASH.lock makes one request of an origin wait for the other, in this process and others. conflict-HASH-NN.txt are two
 * checkpoints of one size that the log signed with different roots: its misbehaviour, for everyone to check.
 * unproven-HASH-NN.txt are two checkpoints without a proof that leads from one to the other.
 */
#ifndef AKASHI_SEAL_WITNESS_H
#define AKASHI_SEAL_WITNESS_H

#include "seal/merkle.h"
#include "seal/note.h"

struct witness_signer {
    str name;
    enum note_use use; /* NOTE_COSIGNATURE or NOTE_ML_DSA_44 */
    const struct privkey *key;
};
/* Two checkpoints of one log that cannot both be true, as notes. */
struct witness_conflict {
    str origin, held, refused;
};
struct witness {
    struct ctx *ctx;
    str folder; /* exists */
    const struct vkey *logs;
    uint32_t n_logs; /* the name of a key is the origin of its log; several keys may have one name */
    const struct witness_signer *signers;
    uint32_t n_signers; /* none: what is accepted is kept but not cosigned (a mirror's pending checkpoint) */
    void (*loud)(void *of, const struct err *e); /* a log misbehaves; may be called from any thread */
    void *of;
    /* A fork that was not told before; may be NULL, and be called from any thread. */
    void (*conflict)(void *of, const struct witness_conflict *x);
};

/* An answer to an HTTP request. */
struct reply {
    int status;
    const char *type; /* Content-Type */
    str body;
};

/* POST /add-checkpoint: 200 with cosignature lines, 400, 403, 404, 409 with the size it has, 422. False when it
 * could not be decided for want of disk or a damaged state: then nothing was cosigned. Thread-safe. */
MUST_USE bool witness_add_checkpoint(const struct witness *w, struct arena *a, str request, struct reply *out,
                                     struct err *e);
/* The last checkpoint it accepted, as a note; absent when there was none. */
MUST_USE bool witness_latest(const struct witness *w, struct arena *a, str origin, str *note, struct err *e);
/* Waits for the other requests of that origin; ends with close(*fd), or its holder's death. */
MUST_USE bool witness_lock(const struct witness *w, struct arena *a, str origin, int *fd, struct err *e);
/* lower-case hex of the origin's SHA-256 */
str origin_hash(struct arena *a, str origin);

/* The body of a request. */
enum { ADD_PROOF_MOST = 63 };
struct add_checkpoint {
    uint64_t old;
    VEC(struct hash) proof;
    str bytes; /* of the checkpoint, a note */
    struct note note;
    struct checkpoint at;
};
/* Borrows from text. */
MUST_USE bool add_checkpoint_parse(struct arena *a, str text, struct add_checkpoint *out, struct err *e);
str add_checkpoint_text(struct arena *a, uint64_t old, const struct hash *proof, uint32_t n, str checkpoint);

/* A witness or mirror, near or far, as its client sees it. */
struct witness_end {
    bool (*add_checkpoint)(void *of, struct arena *a, str request, struct reply *out, struct err *e);
    void *of;
    str where; /* for messages */
};
/* Offers a checkpoint of `size` entries, proving from `hashes` that it continues what the other side has, however much
 * that is (*had). True when it was taken (*body: the answer). ERR_INPUT when it is refused, above all when the other
 * side saw a larger log than this one: then this log was rolled back, or is a fork of the one it knows. */
MUST_USE bool witness_offer(struct arena *a, const struct witness_end *w, const struct hash_source *hashes,
                            uint64_t size, str checkpoint, uint64_t *had, str *body, struct err *e);
/* Fills e with what the other side said that answered otherwise than hoped, its words made printable; returns false. */
bool reply_refused(struct arena *a, str where, const struct reply *r, struct err *e);

/* Takes from an answer's body the cosignatures by known keys into the note; unknown ones are ignored. Returns how many
 * keys cosigned; false when the body is no list of signature lines or a known key's line does not verify. */
MUST_USE bool cosignatures_take(struct arena *a, str body, str where, const struct vkey *keys, uint32_t n_keys,
                                struct note *note, uint32_t *taken, struct err *e);

/* The time of signing, in seconds: now, or SOURCE_DATE_EPOCH's. */
uint64_t signing_time(const struct ctx *c);

#endif
