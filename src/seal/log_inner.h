/* SPDX-License-Identifier: Apache-2.0
 *
 * What the log's own files share. Formats: docs/log.md.
 *
 * The order of an append, all of it under the lock: journal (one write, one sync: from here on it is acknowledged) →
 * map, find, bundles, tiles, checkpoint (none synced) → state. Whoever takes the lock next finds the journal longer
 * than the state says when a writer died in between, and does that middle part again from the journal: it can be done
 * any number of times. After a reboot the state does not count (nobody knows what of the middle part reached the disk)
 * and the whole journal is done again. The journal is emptied only after everything behind it was synced.
 */
#ifndef AKASHI_SEAL_LOG_INNER_H
#define AKASHI_SEAL_LOG_INNER_H

#include <pthread.h>
#include <stdatomic.h>

#include "seal/log.h"

enum {
    MAP_RECORD = 72,          /* salt 32 · SHA-256 of the envelope 32 · check 8 */
    STATE_BYTES = 128,        /* see log_state.c */
    INLINE_MOST = 64 << 10,   /* a longer envelope goes to the store before the journal */
    INLINE_BATCH = 8 << 20,   /* as do all of an append that brings more than this */
    JOURNAL_FULL = 8 << 20,   /* then it is settled */
    JOURNAL_MOST = 256 << 20, /* where settling keeps failing, appends are refused beyond this */
    BATCH_MOST = 16384        /* entries a leader takes at once, if more than one call queues */
};

struct log_paths {
    const char *home, *log, *checkpoint, *append, *lock, *journal, *map, *find;
};

/* ── journal: log_journal.c ── */
enum { JOURNAL_HEAD = 64, JOURNAL_SUM = 32, JOURNAL_ENTRY = 70 };
#define IN_STORE UINT32_MAX
struct journal_entry {
    unsigned char salt[32], digest[32];
    str leaf, envelope; /* envelope absent: it is in the store */
};
struct journal_record {
    uint64_t at, length, first; /* at: in the file */
    uint32_t n;
    str note, entries;
    unsigned char before[32], sum[32];
};
/* Appends the record's bytes to b; sum becomes the next one's `before`. */
void journal_write(struct buf *b, uint64_t first, const unsigned char before[32], str note,
                   const struct journal_entry *entries, uint32_t n, unsigned char sum[32]);
/* Reads the record at the front of bytes; false when there is no whole record there. With sums, its checksum and its
 * place behind `before` count too. */
bool journal_read(str bytes, const unsigned char *before, struct journal_record *out);
bool journal_next(str *rest, struct journal_entry *out);

/* ── state: log_state.c ── */
struct log_state {
    uint64_t generation;   /* of the journal: counts how often it was emptied */
    uint64_t journal;      /* bytes of it that are in map, tiles and checkpoint */
    uint64_t size;         /* of the tree then */
    uint64_t settled;      /* size up to which everything is synced; the journal begins there */
    unsigned char sum[32]; /* of the last record, or zeros */
};
/* False when there is none, or one from before the machine was started. */
bool state_read(int fd, const unsigned char boot[16], struct log_state *out);
MUST_USE bool state_write(const struct ctx *c, int fd, const char *path, const unsigned char boot[16],
                          const struct log_state *s, struct err *e);
void boot_id(unsigned char out[16]); /* zeros when unknown: then no state counts */

/* ── map and find: log_map.c ── */
struct map_record {
    unsigned char salt[32], digest[32];
    bool good, erased; /* good: the check fits */
};
void map_encode(uint64_t index, const unsigned char salt[32], const unsigned char digest[32],
                unsigned char out[MAP_RECORD]);
void map_decode(uint64_t index, const unsigned char bytes[MAP_RECORD], struct map_record *out);
/* From the digest of an envelope to its entry: open-addressed tables in one file, one after the other and each twice as
 * large as the one before, so that nothing is ever moved. Table k serves entries from FIND_FIRST·(2^k − 1) on. */
enum { FIND_FIRST = 65536 };
struct find {
    const struct ctx *ctx;
    int fd, map_fd;
    const char *path, *map_path;
};
MUST_USE bool find_get(const struct find *f, uint64_t size, const unsigned char digest[32], bool *found,
                       uint64_t *index, struct err *e);
MUST_USE bool find_put(const struct find *f, uint64_t index, const unsigned char digest[32], struct err *e);
/* Makes it anew when it is too short for that size. */
MUST_USE bool find_ready(const struct find *f, uint64_t size, struct err *e);
/* Whether looking for that digest would come by that entry. */
MUST_USE bool find_has(const struct find *f, uint64_t index, const unsigned char digest[32], bool *has, struct err *e);

/* ── the right edge and the folder: log_tail.c ── */
struct tail {
    struct merkle_edge edge;
    struct hash row[TILE_LEVELS][TILE_WIDTH]; /* of each level's partial tile */
    struct buf bundle;                        /* the partial bundle */
    int64_t time;                             /* of the last entry */
};
struct folder {
    const struct ctx *ctx;
    const char *path;
    uint64_t settled;
};
void tail_free(struct tail *t);
/* Reads the edge of the tree of that size from its tiles. */
MUST_USE bool tail_load(struct tail *t, const struct folder *f, uint64_t size, struct err *e);
/* Adds entries and writes what they complete or change; `t` counts no more after a failure. */
MUST_USE bool tail_add(struct tail *t, const struct folder *f, const str *leaves, uint32_t n, struct err *e);
/* Whether every tile and bundle of that size is there by its name, from those of the former settled size on. */
MUST_USE bool folder_has(const struct folder *f, uint64_t before, uint64_t size, struct err *e);
/* Removes partial tiles kept for the former settled size, where the tile is full at `size`. */
void folder_tidy(const struct folder *f, uint64_t before, uint64_t size);

/* ── the log ── */
struct log_request;
struct log {
    struct ctx *ctx;
    struct arena *arena;
    struct log_paths path;
    struct log_store store;
    bool has_store;
    const struct privkey *key;
    str origin;
    unsigned char boot[16];
    int lock_fd, journal_fd, map_fd, find_fd, folder_fd; /* -1 where this process may only read */

    pthread_mutex_t queue_lock;
    pthread_cond_t queue_moved;
    struct log_request *first, **last;
    bool leading;
    /* Why entries that are acknowledged could not be carried over from the journal; none: they are. */
    struct err behind;

    /* By whoever leads and holds the file lock. */
    struct tail tail;
    struct log_state state;
    uint64_t shown; /* size in the checkpoint file when we last had to look */
    bool fresh;     /* tail and state are what they were when we last held the lock */
    bool broken;    /* the journal could not be cut back after a failed write */
    bool clock_told;

    atomic_uint_fast64_t size; /* at least this many entries are there */

    pthread_mutex_t read_lock; /* for what follows */
    struct tiles tiles;
    struct arena *index_arena; /* of the envelopes in the journal */
    struct map index;
    uint64_t index_generation, index_upto;
};

/* Takes the file lock and brings tail and state up to date, repairing what is to be repaired. On failure the lock is
 * not held. */
MUST_USE bool log_lock(struct log *l, struct err *e);
void log_unlock(struct log *l);
MUST_USE bool log_sign(struct log *l, struct arena *a, const struct merkle_edge *edge, int64_t now, str *out,
                       struct err *e);
/* What came of carrying over: what is read meanwhile fails with that. */
void log_set_behind(struct log *l, const struct err *why);
/* Map, find, tiles, checkpoint, state for a record that is in the journal. */
MUST_USE bool log_integrate(struct log *l, const struct journal_record *r, struct err *e);
MUST_USE bool log_settle_locked(struct log *l, struct err *e);
/* The envelope from the journal; absent when it is not there. */
MUST_USE bool log_from_journal(struct log *l, struct arena *a, const unsigned char digest[32], str *out, struct err *e);
void log_paths_of(struct arena *a, str home, struct log_paths *out);

static inline struct folder log_folder(const struct log *l) {
    return (struct folder){l->ctx, l->path.log, l->state.settled};
}
static inline struct find log_find(const struct log *l) {
    return (struct find){l->ctx, l->find_fd, l->map_fd, l->path.find, l->path.map};
}
static inline void put_be(unsigned char *p, uint64_t v, unsigned n) {
    for (unsigned i = 0; i < n; i++)
        p[i] = (unsigned char)(v >> 8 * (n - 1 - i));
}
static inline uint64_t get_be(const unsigned char *p, unsigned n) {
    uint64_t v = 0;
    for (unsigned i = 0; i < n; i++)
        v = v << 8 | p[i];
    return v;
}

#endif
