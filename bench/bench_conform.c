/* SPDX-License-Identifier: Apache-2.0
 *
 * Levels over a large portfolio: what `conform status` computes, as a table.
 *
 *     bench_conform FOLDER RELEASES ENTRIES [CATALOGUE]
 *
 * Makes FOLDER/conform.db when it is not there: releases of 50 products, and statements about them until there are
 * ENTRIES pieces of evidence: each release has the newest of every kind, and earlier ones. Cold is the first answer of
 * a process after the file's pages were given back; warm the best of several.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "conform/evaluate.h"
#include "conform/evidence.h"
#include "impact/contents.h"

enum { PRODUCTS = 50, DAY = 86400, ROUNDS = 5, BATCH = 4096, KINDS = 9 };
static const int64_t begins = (int64_t)20000 * DAY;

struct bench {
    struct ctx ctx;
    struct arena *a;
    struct home home;
    struct portfolio p;
    struct err e;
    uint64_t entry;
};
static void must(struct bench *b, bool ok) {
    if (ok)
        return;
    fprintf(stderr, "%s: %s\n", b->e.where, b->e.what);
    exit(1);
}
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}
static double cpu(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* ── made ── */

static struct entry entry_at(struct bench *b, const char *kind) {
    struct entry x = {.log_id = 1,
                      .index = b->entry,
                      .time = begins + (int64_t)(b->entry % (uint64_t)(700 * DAY)),
                      .kind = str_of(kind),
                      .arena = b->a};
    b->entry++;
    return x;
}

static void apply_json(struct bench *b, const char *kind, str predicate) {
    struct statement s = {0};
    struct entry x = entry_at(b, kind);
    must(b, json_parse(&b->ctx, b->a, predicate, JSON_STRICT, S("made"), &s.doc, &b->e));
    s.predicate = s.doc.root;
    x.statement = &s;
    must(b, projections_apply(&b->p, &x, &b->e));
}

static const struct kind_made {
    const char *kind;
    struct fact facts[4];
    uint32_t n;
} kinds[KINDS] = {
    {"sbom", {{"components", 200}, {"identified", 0.97}, {"licensed", 0.9}, {"supplied", 0.4}}, 4},
    {"provenance", {{"builder", 1}, {"hosted", 1}, {"source", 1}, {"materials", 3}}, 4},
    {"hardening", {{"binaries", 12}, {"meets", 0, S_INIT("standard")}}, 2},
    {"test-result", {{"result", 0, S_INIT("PASSED")}, {"passed", 400}, {"failed", 0}}, 3},
    {"static-analysis", {{"errors", 0}, {"warnings", 3}, {"tools", 2}}, 3},
    {"vulns", {{"findings", 2}, {"urgent", 0}, {"kev", 0}}, 3},
    {"vsa", {{"result", 0, S_INIT("PASSED")}}, 1},
    {"hold", {{"until", 2.5e9}}, 1},
    {"release-manifest", {{"files", 3}, {"archived", 1}, {"source", 1}, {"advisories", 1}}, 4},
};

static void make_releases(struct bench *b, uint32_t releases) {
    for (uint32_t i = 0; i < releases; i++) {
        struct parts parts = {0};
        struct entry x = entry_at(b, "release-manifest");
        struct release_new r = {.product = arena_printf(b->a, "product%u", i % PRODUCTS),
                                .version = arena_printf(b->a, "1.%u", i / PRODUCTS),
                                .party = S("Made"),
                                .parts = &parts,
                                .log_id = 1,
                                .time = begins + (int64_t)i * 700 * DAY / releases,
                                .entry = x.index};
        uint32_t id;
        bool fresh;
        memcpy(r.body, &i, sizeof i);
        must(b, contents_add(b->p.contents, &r, &id, &fresh, &b->e));
    }
}

static void make_evidence(struct bench *b, uint32_t releases, uint64_t entries) {
    for (uint64_t n = 0; n < entries; n++) {
        const struct kind_made *k = &kinds[n / releases % KINDS];
        struct entry x = entry_at(b, k->kind);
        struct arena_mark m = arena_mark(b->a);
        struct evidence_new v = {
            .kind = k->kind, .about = ABOUT_RELEASES, .thing = (int64_t)(n % releases), .facts = k->facts, .n = k->n};
        x.time = begins + (int64_t)(n * 700 * DAY / entries);
        must(b, evidence_add(&b->p, &x, &v, &b->e));
        arena_reset(b->a, m);
        if (n % BATCH == BATCH - 1)
            must(b, store_commit(b->p.store, &b->e) && store_begin(b->p.store, &b->e) &&
                        contents_begin(b->p.contents, &b->e));
    }
}

static void make(struct bench *b, uint32_t releases, uint64_t entries) {
    double from = now();
    must(b, store_begin(b->p.store, &b->e) && contents_begin(b->p.contents, &b->e));
    apply_json(b, "party", S("{\"name\":\"Made\"}"));
    for (int i = 0; i < PRODUCTS; i++)
        apply_json(b, "product", arena_printf(b->a, "{\"id\":\"product%d\",\"party\":\"Made\"}", i));
    make_releases(b, releases);
    must(b, contents_flush(b->p.contents, &b->e));
    make_evidence(b, releases, entries);
    must(b, store_commit(b->p.store, &b->e));
    printf("made: %u releases, %llu pieces of evidence in %.1f s\n", releases, (unsigned long long)entries,
           (now() - from) / 1e3);
}

/* ── asked ── */

static void open_views(struct bench *b, str path) {
    b->p = (struct portfolio){.ctx = &b->ctx, .home = &b->home, .arena = b->a, .log_id = 1};
    must(b, store_open(&b->ctx, path, STORE_WRITE, &b->p.store, &b->e) && contents_open(&b->p, &b->p.contents, &b->e));
}
static void close_views(struct bench *b) {
    contents_close(b->p.contents);
    store_close(b->p.store);
}

static void give_back(str path) {
    int fd = open(path.p, O_RDONLY);
    if (fd < 0)
        return;
    (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    close(fd);
}

static double ask(struct bench *b, const char *catalogue, struct evaluation *out, double *spent) {
    struct arena *a = arena_new();
    const struct catalogue *c;
    struct conform_scope scope = {.party = -1};
    double from = now(), from_cpu = cpu();
    must(b, catalogue_find(&b->ctx, NULL, a, str_of(catalogue), &c, &b->e));
    struct evaluation_ask ask = {
        .catalogue = c, .scope = &scope, .package = S("minimum"), .now = begins + (int64_t)710 * DAY, .most = 4};
    must(b, conform_evaluate(&b->p, a, &ask, out, &b->e));
    double ms = now() - from;
    *spent = cpu() - from_cpu;
    uint32_t reached = 0;
    for (uint32_t i = 0; i < out->practices.n; i++)
        reached += out->practices.v[i].level > 0;
    out->products = reached;
    arena_free(a);
    return ms;
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: bench_conform FOLDER RELEASES ENTRIES [CATALOGUE]\n");
        return 2;
    }
    static struct bench b;
    struct evaluation all;
    double cold, warm = 1e9, cold_cpu, spent, warm_cpu = 1e9;
    ctx_init(&b.ctx);
    b.a = arena_new();
    b.home = (struct home){.ctx = &b.ctx, .party = S("Made"), .keys = keyring_new(b.a)};
    struct known_key *k = vec_push(b.a, &b.home.keys->keys);
    *k = (struct known_key){.name = S("Made"), .from = INT64_MIN, .until = INT64_MAX, .doubtful_from = INT64_MAX};
    k->ours = true;
    str path = path_join(b.a, str_of(argv[1]), S("conform.db"));
    bool there = path_exists(path);
    open_views(&b, path);
    if (!there)
        make(&b, (uint32_t)strtoul(argv[2], NULL, 10), strtoull(argv[3], NULL, 10));
    close_views(&b);
    give_back(path);
    open_views(&b, path);
    cold = ask(&b, argc > 4 ? argv[4] : "cip", &all, &cold_cpu);
    for (int i = 0; i < ROUNDS; i++) {
        double ms = ask(&b, argc > 4 ? argv[4] : "cip", &all, &spent);
        warm = ms < warm ? ms : warm;
        warm_cpu = spent < warm_cpu ? spent : warm_cpu;
    }
    printf("%-28s %10s %10s %10s\n", "status", "wall ms", "cpu ms", "limit");
    printf("%-28s %10.0f %10.0f %10s\n", "cold", cold, cold_cpu, "3000");
    printf("%-28s %10.0f %10.0f %10s\n", "warm, best of 5", warm, warm_cpu, "1000");
    printf("%llu releases, %u practices, %llu above level 0\n", (unsigned long long)all.releases, all.practices.n,
           (unsigned long long)all.products);
    close_views(&b);
    arena_free(b.a);
    ctx_free(&b.ctx);
    return warm > 1000 || cold > 3000;
}
