/* SPDX-License-Identifier: Apache-2.0
 *
 * Many small documents into an archive, as an ingest does it: batches, one sync each. Prints "name value" lines each
 * time the archive has grown tenfold, and at the end.
 *
 *     bench_archive_small FOLDER N [BATCH [THREADS [BYTES]]]
 *
 * The documents are CycloneDX texts (45 KB) whose names, versions and hashes are drawn at random, so they share no
 * stretches worth cutting at. A part of them is read back and compared.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "archive/archive.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
static double cpu(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
}
static long peak_mib(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return r.ru_maxrss >> 10;
}

static uint64_t draw(uint64_t *seed) {
    uint64_t z = *seed += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    return z ^ z >> 27;
}

static void component(struct buf *b, uint64_t *seed) {
    static const char *const syllables[] = {"ka", "shi", "lib", "node", "re", "act",
                                            "mo", "tor", "zu",  "py",   "ne", "x"};
    char name[40];
    size_t n = 0;
    for (uint64_t r = draw(seed), i = 0; i < 3 + r % 3; i++, r /= 12)
        n += (size_t)snprintf(name + n, sizeof name - n, "%s", syllables[r / 7 % 12]);
    uint64_t v = draw(seed);
    unsigned major = (unsigned)(v % 9), minor = (unsigned)(v >> 8) % 30, patch = (unsigned)(v >> 16) % 20;
    buf_addf(b,
             "{\"type\":\"library\",\"bom-ref\":\"pkg:npm/%s@%u.%u.%u\",\"name\":\"%s\",\"version\":\"%u.%u.%u\","
             "\"purl\":\"pkg:npm/%s@%u.%u.%u\",\"licenses\":[{\"license\":{\"id\":\"%s\"}}]},",
             name, major, minor, patch, name, major, minor, patch, name, major, minor, patch,
             v >> 40 & 1 ? "MIT" : "Apache-2.0");
}

static void document(struct buf *b, uint64_t i, uint64_t size) {
    uint64_t seed = i * 0x2545F4914F6CDD1Du + 1;
    buf_clear(b);
    buf_addf(
        b,
        "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"serialNumber\":\"urn:uuid:%016llx\",\"components\":[",
        (unsigned long long)draw(&seed));
    while (b->n < size)
        component(b, &seed);
    buf_addz(b, "{}]}");
}

struct bench {
    struct ctx c;
    struct arena *a;
    struct err e;
    str folder;
    struct archive *archive;
    uint64_t n, batch, size;
    double spent, worked;
};

static void must(struct bench *b, bool ok) {
    if (ok)
        return;
    fprintf(stderr, "bench_archive_small: %s: %s\n", b->e.where, b->e.what);
    exit(1);
}

static void put_batch(struct bench *b, uint64_t from) {
    uint32_t n = (uint32_t)(b->n - from < b->batch ? b->n - from : b->batch);
    struct archive_item *items = calloc(n, sizeof *items);
    struct buf *texts = calloc(n, sizeof *texts);
    if (!items || !texts)
        abort();
    for (uint32_t i = 0; i < n; i++) {
        document(&texts[i], from + i, b->size);
        items[i].bytes = buf_str(&texts[i]);
    }
    double start = now(), work = cpu();
    must(b, archive_put_many(b->archive, items, n, &b->e) && archive_sync(b->archive, &b->e));
    b->spent += now() - start;
    b->worked += cpu() - work;
    for (uint32_t i = 0; i < n; i++)
        buf_free(&texts[i]);
    free(texts);
    free(items);
}

static void told(struct bench *b, uint64_t upto, uint64_t from) {
    printf("bodies %llu\nput_per_s %.0f\nput_per_cpu_s %.0f\npeak_mib %ld\n", (unsigned long long)upto,
           (double)(upto - from) / b->spent, (double)(upto - from) / b->worked, peak_mib());
    fflush(stdout);
    b->spent = b->worked = 0;
}

static void open_and_read(struct bench *b) {
    struct archive_options o = {0};
    struct buf want = {0};
    double start = now();
    must(b, archive_open(&b->c, b->folder, &o, &b->archive, &b->e));
    printf("open_ms %.1f\n", (now() - start) * 1000);
    start = now();
    uint64_t reads = b->n < 1000 ? b->n : 1000;
    for (uint64_t i = 0; i < reads; i++) {
        struct arena_mark m = arena_mark(b->a);
        struct body_name name;
        str got;
        document(&want, i * (b->n / reads), b->size);
        digest_of(DIGEST_SHA256, buf_str(&want), name.b);
        must(b, archive_get(b->archive, b->a, &name, &got, &b->e));
        if (!str_eq(got, buf_str(&want)))
            abort();
        arena_reset(b->a, m);
    }
    printf("get_ms %.3f\npeak_mib %ld\n", (now() - start) * 1000 / (double)reads, peak_mib());
    buf_free(&want);
    archive_close(b->archive);
}

int main(int argc, char **argv) {
    static struct bench b = {.n = 10000, .batch = 4096, .size = 45000};
    uint64_t threads = 1, next = 1000, from = 0;
    ctx_init(&b.c);
    b.a = arena_new();
    if (argc < 3 || !str_u64(str_of(argv[2]), &b.n) || !b.n ||
        (argc > 3 && (!str_u64(str_of(argv[3]), &b.batch) || !b.batch)) ||
        (argc > 4 && (!str_u64(str_of(argv[4]), &threads) || !threads || threads > 64)) ||
        (argc > 5 && !str_u64(str_of(argv[5]), &b.size))) {
        fprintf(stderr, "bench_archive_small FOLDER N [BATCH [THREADS [BYTES]]]\n");
        return 2;
    }
    b.c.threads = (unsigned)threads;
    b.folder = str_of(argv[1]);
    struct archive_options o = {0};
    must(&b, archive_open(&b.c, b.folder, &o, &b.archive, &b.e));
    for (uint64_t at = 0; at < b.n; at += b.batch) {
        put_batch(&b, at);
        uint64_t done = at + b.batch < b.n ? at + b.batch : b.n;
        if (done < next && done < b.n)
            continue;
        told(&b, done, from);
        from = done;
        next = next * 10;
    }
    archive_close(b.archive);
    open_and_read(&b);
    arena_free(b.a);
    ctx_free(&b.c);
    return 0;
}
