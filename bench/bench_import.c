/* SPDX-License-Identifier: Apache-2.0
 *
 * What `db import` is measured against: the same zips, every entry inflated and parsed with yyjson, nothing else, in
 * one loop; -t spreads it over threads, to see what the cores give.
 *
 *     bench_import [-t THREADS] ZIP…      prints entries, bytes, seconds
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/json.h"
#include "base/pool.h"
#include "vuln/zip.h"

struct bench {
    struct ctx *c;
    struct zip zip;
    struct arena *arenas[64];
    atomic_ullong bytes, entries;
};

static void one(void *arg, size_t i, unsigned worker) {
    struct bench *b = arg;
    struct arena *a = b->arenas[worker];
    struct arena_mark m = arena_mark(a);
    str text;
    if (zip_read(b->c, a, &b->zip, (uint32_t)i, &text, NULL)) {
        yyjson_doc *doc = yyjson_read(text.p, text.n, 0);
        atomic_fetch_add(&b->bytes, text.n);
        atomic_fetch_add(&b->entries, doc != NULL);
        yyjson_doc_free(doc);
    }
    arena_reset(a, m);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
    struct ctx c;
    struct err e = {0};
    static struct bench b;
    uint64_t threads;
    int first = 1;
    ctx_init(&c);
    c.threads = 1;
    if (argc > 3 && strcmp(argv[1], "-t") == 0 && str_u64(str_of(argv[2]), &threads) && threads && threads <= 64) {
        c.threads = (unsigned)threads;
        first = 3;
    }
    b.c = &c;
    for (unsigned i = 0; i < c.threads; i++)
        b.arenas[i] = arena_new();
    double start = now();
    for (int i = first; i < argc; i++) {
        struct arena *a = arena_new();
        str text;
        bool plain;
        if (!file_map(a, str_of(argv[i]), &text, &e) || !zip_open(&c, a, text, str_of(argv[i]), &b.zip, &plain, &e)) {
            fprintf(stderr, "%s: %s\n", e.where, e.what);
            return 1;
        }
        pool_run(&c, b.zip.n, one, &b);
        arena_free(a);
    }
    printf("%llu entries, %llu bytes, %.3f s\n", (unsigned long long)b.entries, (unsigned long long)b.bytes,
           now() - start);
    for (unsigned i = 0; i < c.threads; i++)
        arena_free(b.arenas[i]);
    ctx_free(&c);
    return 0;
}
