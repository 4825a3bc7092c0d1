/* SPDX-License-Identifier: Apache-2.0
 *
 * The promises about questions and lists (DESIGN §11): measured in one run, printed as "name value" lines.
 *
 *     bench_impact FOLDER N [COMPONENTS [SEED]]
 *
 * Makes FOLDER/portfolio.db when it is not there (views_made.h). Cold means a store opened anew, with the page cache of
 * the system warm.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "impact/reach.h"
#include "impact/reach_rows.h"
#include "views_made.h"

enum { SAMPLES = 200 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}
/* ── measuring ── */

static int by_value(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}
static void print_times(const char *name, double *ms, int n) {
    qsort(ms, (size_t)n, sizeof *ms, by_value);
    printf("%s_p50_ms %.3f\n%s_p99_ms %.3f\n", name, ms[n / 2], name, ms[n * 99 / 100]);
    fflush(stdout);
}

static bool count_row(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)cells;
    (void)e;
    ++*(uint64_t *)arg;
    return true;
}

enum depth { COUNT, SYSTEMS, PAGE };
static double question(struct views *b, const char *text, const struct reader *reader, enum depth depth) {
    struct arena *a = arena_new();
    struct question q;
    struct reach r;
    struct as_of when = {.given = false};
    struct reach_page page = {.list = REACH_RELEASES, .n = 50};
    uint64_t rows = 0;
    double start = now();
    views_must(b, question_parse(&b->p, a, str_of(text), &q, &b->e) &&
                      reach_begin(&r, &b->p, a, &q, reader, &when, &b->e) && reach_releases(&r, &b->e));
    if (depth == SYSTEMS)
        views_must(b, reach_products(&r, &b->e) && reach_systems(&r, &b->e));
    if (depth == PAGE)
        views_must(b, reach_rows(&r, &page, count_row, &rows, &b->e));
    double took = now() - start;
    reach_free(&r);
    arena_free(a);
    return took;
}

static void time_questions(struct views *b, const char *who, const struct reader *reader) {
    static const char *const names[] = {"count", "reach", "page"};
    for (int depth = COUNT; depth <= PAGE; depth++) {
        double ms[SAMPLES];
        char text[64], name[64];
        int n = depth == SYSTEMS ? 20 : SAMPLES;
        for (int i = 0; i < n; i++) {
            snprintf(text, sizeof text, "pkg:npm/package-%d@<1.%d.0", i < 20 ? i : i * 7, 1 + i % VIEWS_VERSIONS);
            ms[i] = question(b, text, reader, (enum depth)depth);
        }
        snprintf(name, sizeof name, "%s_%s", who, names[depth]);
        print_times(name, ms, n);
    }
}

static void time_export(struct views *b) {
    struct arena *a = arena_new();
    struct question q;
    struct reach r;
    struct as_of when = {.given = false};
    struct reach_page page = {.list = REACH_RELEASES, .n = UINT64_MAX};
    uint64_t rows = 0;
    views_must(b, question_parse(&b->p, a, S("pkg:npm/package-0"), &q, &b->e) &&
                      reach_begin(&r, &b->p, a, &q, &reader_owner, &when, &b->e) && reach_releases(&r, &b->e));
    double start = now();
    views_must(b, reach_rows(&r, &page, count_row, &rows, &b->e));
    printf("export_rows %llu\nexport_rows_per_s %.0f\n", (unsigned long long)rows,
           (double)rows / (now() - start) * 1000);
    reach_free(&r);
    arena_free(a);
}

static void time_cold(struct views *b) {
    double ms[20];
    for (int i = 0; i < 20; i++) {
        views_close(b);
        double start = now();
        views_open(b, STORE_READ);
        question(b, "pkg:npm/package-3@<1.20.0", &reader_owner, PAGE);
        ms[i] = now() - start;
    }
    print_times("cold_open_and_page", ms, 20);
}

int main(int argc, char **argv) {
    struct views b;
    if (argc < 3)
        return fputs("bench_impact FOLDER N [COMPONENTS [SEED]]\n", stderr), 2;
    int64_t n = strtoll(argv[2], NULL, 10);
    views_begin(&b, str_of(argv[1]), n, argc > 3 ? strtoll(argv[3], NULL, 10) : 200, n / 40 + 1,
                argc > 4 ? strtoull(argv[4], NULL, 10) : 1, (struct views_wish){0});
    uint64_t bytes;
    views_must(&b, store_bytes(b.p.store, &bytes, &b.e));
    printf("releases %lld\nview_mb %.1f\n", (long long)b.releases, (double)bytes / 1e6);
    /* One supplier of 20 products: 20 × 50 releases. */
    int64_t supplier = 0;
    bool found;
    views_must(&b, thing_find(&b.p, THING_PARTY, S("supplier1"), &found, &supplier, &b.e));
    struct reader few = {.parties = &supplier, .n = 1, .clearance = TLP_CLEAR};
    time_questions(&b, "owner", &reader_owner);
    time_questions(&b, "few", &few);
    time_export(&b);
    time_cold(&b);
    views_end(&b);
    return 0;
}
