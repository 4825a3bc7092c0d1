/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of log_check() share.
 */
#ifndef AKASHI_SEAL_LOG_CHECK_H
#define AKASHI_SEAL_LOG_CHECK_H

#include "seal/log_inner.h"

struct check {
    struct ctx *ctx;
    struct log_paths path;
    struct tile_reader from;
    const struct log_store *store;
    uint64_t size;
    bool signed_root; /* the checkpoint could be read */
    struct hash root; /* as it says */

    struct hash *above; /* what the tiles of level 1 hold: the hash over each full tile; zeros where unreadable */
    struct hash *over;  /* the same from what is believed */
    int64_t *first_time, *last_time;

    int map_fd, find_fd;
    str journal;
    struct map envelopes; /* of the journal, by digest */
    uint64_t lost_from;   /* envelopes from there on were in a part of the journal that is damaged */

    struct arena *arenas[64]; /* of each worker */
    pthread_mutex_t lock;     /* for what follows */
    struct arena *a;
    VEC(struct log_fault) faults;
};

/* Thread-safe. name: below the home. */
void check_fault(struct check *k, str name, const char *what);
void check_fault_at(struct check *k, str name, uint64_t index, const char *what);
/* Map, find and envelopes of the entries of one bundle, which are believed. */
void check_bodies(struct check *k, struct arena *a, uint64_t from, const str *entries, unsigned n);
void check_find_strays(struct check *k);
void check_journal(struct check *k);

#endif
