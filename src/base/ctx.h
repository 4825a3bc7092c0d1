/* SPDX-License-Identifier: Apache-2.0
 *
 * What varies from run to run travels here, so that tests can fix it: time, bounds, threads, where warnings go.
 * One ctx per process or job; shared by its threads (everything in it is read-only after ctx_init, but for the
 * warning sink, which locks).
 */
#ifndef AKASHI_BASE_CTX_H
#define AKASHI_BASE_CTX_H

#include "base/arena.h"
#include "base/err.h"

/* The bounds on hostile input. Every reader takes them from the ctx, so a test can lower one and watch it hold. */
struct limits {
    size_t file;      /* bytes of one document after decompression: 2 GiB */
    size_t unpacked;  /* bytes of all entries of one archive: 64 GiB */
    size_t member;    /* bytes of one archive entry a reader takes into memory: 1 GiB */
    uint32_t entries; /* entries of one archive or folders and files of one tree: 20 M */
    uint32_t ratio;   /* expansion of one stream, once it is past 1 MiB: 1,000 */
    uint32_t depth;   /* nesting of JSON, XML, YAML, TOML values: 512 */
    uint32_t nested;  /* archives within archives: 8 */
    uint64_t steps;   /* of SQLite's machine in a foreign database: 2^30 (reading 100,000 packages takes 2 million) */
};

struct warning {
    str where, what;
};

struct ctx {
    struct limits limits;
    int64_t now;      /* seconds since 1970; SOURCE_DATE_EPOCH when set */
    bool now_fixed;   /* now comes from SOURCE_DATE_EPOCH */
    unsigned threads; /* how many to use, at least 1 */
    bool quiet;       /* no progress, no warnings on stderr */
    struct warn_sink *sink;
    const struct disk_faults *faults; /* base/disk.h; NULL but in tests */
    /* How many milliseconds ago this process was asked to end; negative: it was not. From any thread. NULL: never. */
    int64_t (*asked_to_end)(void *of);
    void *asked_of;
};

void ctx_init(struct ctx *c);
void ctx_free(struct ctx *c);

/* This process was asked to end: nothing long begins any more. */
bool ctx_ending(const struct ctx *c);
/* … three seconds ago: who waits for another machine waits no longer. */
bool ctx_over(const struct ctx *c);

/* A document was only partly understood, or something is odd, and the work goes on. Never for what makes the result
 * wrong. Kept for ctx_warnings() and counted. Thread-safe. */
void ctx_warn(const struct ctx *c, str where, const char *what, ...) PRINTF_LIKE(3, 4);
void ctx_warn_err(const struct ctx *c, const struct err *e);
/* Sorted by place, without repetitions; lives as long as the ctx, or until the round behind the next begins. */
const struct warning *ctx_warnings(const struct ctx *c, uint32_t *n);
/* Of something that is done over and over, the next round begins: ctx_warnings() will tell what it warns of and the
 * round before did not. */
void ctx_warnings_next(struct ctx *c);

/* RFC 3339 in UTC ("2026-11-21T07:59:03Z"); a time outside the years 0 to 9999 becomes 1970-01-01. */
str time_rfc3339(struct arena *a, int64_t t);
/* Accepts RFC 3339 and a bare date; false when it is neither. */
bool time_parse(str s, int64_t *out);

#endif
