/* SPDX-License-Identifier: Apache-2.0
 *
 * The log on disk. HOME/log is a C2SP tlog-tiles folder that any static web server can serve; HOME/append holds what
 * is not for others: the lock, the journal, and for each entry its salt and the digest of its envelope.
 *
 * An append returns when its batch is on disk (one fsync of the journal), integrated and signed in a checkpoint. Tiles
 * are written behind the journal and repaired from it at the next open. Writers in several threads and processes take
 * turns by a lock that the system releases when its holder dies; entries of one append stay together and in order.
 */
#ifndef AKASHI_SEAL_LOG_H
#define AKASHI_SEAL_LOG_H

#include "seal/leaf.h"
#include "seal/note.h"
#include "seal/tiles.h"

struct log;
struct archive;

/* Where envelopes are kept, by their SHA-256. put() of what is there does nothing, and may
 * be lost until sync() returned true. Thread-safe. */
struct log_store {
    bool (*put)(void *of, str bytes, struct err *e);
    /* *out absent, and true, when it is not there; false when it cannot be read or is damaged. */
    bool (*get)(void *of, struct arena *a, const unsigned char name[32], str *out, struct err *e);
    bool (*sync)(void *of, struct err *e);
    void *of;
};
struct log_store log_store_of(struct archive *a);

/* Makes an empty log; origin is its name, "example.jp/akashi". Fails when there is one. */
MUST_USE bool log_make(struct ctx *c, str home, str origin, const struct privkey *key, struct err *e);
/* What the store stands for is borrowed, as is the key; key NULL: for reading only. Repairs a torn tail and finishes
 * what a killed writer left (also for readers, where they may write to the home). */
MUST_USE bool log_open(struct ctx *c, str home, const struct log_store *store, const struct privkey *key,
                       struct log **out, struct err *e);
void log_close(struct log *l); /* accepts NULL */

str log_origin(const struct log *l);
/* As of now: sees what other processes added. */
MUST_USE bool log_checkpoint(struct log *l, struct arena *a, struct checkpoint *out, str *note, struct err *e);
/* Puts the cosignatures of a note into the checkpoint that is served, and keeps the note for proofs. *stale: the log
 * has grown meanwhile, so that it was only kept. Needs no key. */
MUST_USE bool log_add_cosignatures(struct log *l, const struct note *cosigned, bool *stale, struct err *e);
/* The newest checkpoint with cosignatures; note absent when there is none. The log may be larger by now. */
MUST_USE bool log_cosigned(struct log *l, struct arena *a, struct checkpoint *out, str *note, struct err *e);
/* The size the log had at that time (entries up to and including it). */
MUST_USE bool log_size_at(struct log *l, int64_t time, uint64_t *out, struct err *e);

struct log_add {
    str envelope;          /* DSSE, as it will be kept */
    str kind;              /* statement_kind() */
    unsigned char key[32]; /* pubkey_id of the first signer */
    bool same_ok;          /* when this very envelope is in the log already, its index is given, nothing added */
    uint64_t index;        /* out */
    bool was_there;        /* out */
    unsigned char salt[LEAF_SALT]; /* out */
};
/* All or nothing. Thread-safe: concurrent calls share one fsync. True: durable, integrated, signed. An error leaves the
 * log as it was, but that entries whose fsync failed may still be found in it later. */
MUST_USE bool log_append(struct log *l, struct log_add *adds, uint32_t n, struct err *e);
/* Moves what the journal still holds into store and tiles, durably, and empties it. Done by itself now and then; call
 * it before the store is copied or cleaned up. */
MUST_USE bool log_settle(struct log *l, struct err *e);

struct log_entry {
    uint64_t index;
    struct leaf leaf;
    str bytes;                     /* of the leaf */
    unsigned char salt[LEAF_SALT]; /* zero when the body was erased */
    unsigned char envelope[32];    /* SHA-256 of the envelope: its name in the archive */
    bool erased;
};
MUST_USE bool log_entry(struct log *l, struct arena *a, uint64_t index, struct log_entry *out, struct err *e);
/* The envelope; absent when it was erased or is withheld. The commitment is checked. */
MUST_USE bool log_envelope(struct log *l, struct arena *a, const struct log_entry *entry, str *out, struct err *e);
/* Entries in order from `from` up to `to`; each() returns false with e filled to stop. Strings hold for the call. */
MUST_USE bool log_each(struct log *l, uint64_t from, uint64_t to,
                       bool (*each)(void *arg, const struct log_entry *entry, struct err *e), void *arg, struct err *e);
/* Only the leaves, from the tiles alone: a hundred bytes an entry are read, and no body is looked for. */
MUST_USE bool log_leaves(struct log *l, uint64_t from, uint64_t to,
                         bool (*each)(void *arg, uint64_t index, const struct leaf *leaf, struct err *e), void *arg,
                         struct err *e);
/* Forgets the salt, so that nobody can tell any more what the entry committed to. */
MUST_USE bool log_forget(struct log *l, uint64_t index, struct err *e);

/* Hashes for proofs, of the present tree. Holds while the log is open. */
struct hash_source log_hashes(struct log *l);

/* Re-hashes everything. Each fault is told once, with its place; *faults counts them. False only when checking itself
 * was impossible. */
struct log_fault {
    str where; /* file */
    bool has_index;
    uint64_t index;
    const char *what; /* N_() */
};
/* store and key may be NULL: then bodies, or the checkpoint's signature, are not looked at. */
MUST_USE bool log_check(struct ctx *c, str home, const struct log_store *store, const struct vkey *key,
                        void (*fault)(void *arg, const struct log_fault *f), void *arg, uint64_t *faults,
                        struct err *e);

/* Two copies of what should be one log, held against each other hash by hash. */
struct log_difference {
    uint64_t size[2];
    uint64_t agree; /* the greatest size at which both are the same; entry `agree` is the first that differs … */
    bool fork;      /* … when both have it. Otherwise one is just behind the other */
    bool origins;   /* they do not even have the same origin */
};
MUST_USE bool log_compare(struct ctx *c, const struct tile_reader *one, const struct tile_reader *two,
                          struct log_difference *out, struct err *e);

#endif
