/* SPDX-License-Identifier: Apache-2.0
 *
 * The promises about questions and lists (DESIGN §11): measured in one run, printed as "name value" lines.
 *
 *     bench_impact FOLDER N [COMPONENTS [SEED]]
 *
 * Makes FOLDER/portfolio.db when it is not there: N releases of N/50 products, COMPONENTS (200) each, whose popularity
 * falls off as 1/rank; N/10 deployments at N/500 customers for N/500 services; N/40 flaws in some versions of a
 * package. The same arguments make the same portfolio. Cold means a store opened anew, with the page cache of the
 * system warm.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "impact/lists.h"
#include "impact/reach.h"
#include "impact/reach_rows.h"
#include "store/queries.h"

enum { VERSIONS = 40, FAMILY = 50, SAMPLES = 200 };

struct bench {
    struct ctx c;
    struct arena *a;
    struct err e;
    struct portfolio p;
    str path;
    uint64_t seed;
    int64_t releases, components, packages, products, customers, services, deployments, flaws;
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}
static void must(struct bench *b, bool ok) {
    if (ok)
        return;
    fprintf(stderr, "bench_impact: %s: %s\n", b->e.where, b->e.what);
    exit(1);
}
static uint64_t roll(struct bench *b, int64_t n) {
    b->seed = b->seed * 6364136223846793005u + 1442695040888963407u;
    return (b->seed >> 33) % (uint64_t)n;
}
/* A package by popularity: rank r comes up about as often as 1/r. */
static uint64_t popular(struct bench *b, int64_t n) {
    double u = (double)roll(b, 1 << 30) / (1 << 30);
    uint64_t rank = (uint64_t)exp(u * log((double)n));
    return rank ? rank - 1 : 0;
}

/* ── making ── */

static struct ask *ask(struct bench *b, const struct query *q) {
    struct ask *out;
    must(b, store_ask(b->p.store, q, &out, &b->e));
    return out;
}
static void send(struct bench *b, struct ask *q) { must(b, ask_send(q, &b->e)); }

static int64_t thing(struct bench *b, enum thing_kind kind, const char *name, int64_t i) {
    int64_t number;
    char id[40];
    snprintf(id, sizeof id, "%s%lld", name, (long long)i);
    must(b, thing_number(&b->p, kind, str_of(id), &number, &b->e));
    return number;
}
static void said(struct bench *b, enum thing_kind kind, int64_t number) {
    static const unsigned char nobody[32];
    struct ask *q = ask(b, &Q_thing_said_add);
    ask_int(q, 1, kind);
    ask_int(q, 2, number);
    ask_int(q, 3, 1);
    ask_int(q, 4, 0);
    ask_int(q, 5, INT64_MAX);
    ask_int(q, 6, 1000);
    ask_blob(q, 7, str_n((const char *)nobody, 32));
    ask_text(q, 8, S(""));
    send(b, q);
}
static struct ask *say(struct bench *b, const struct query *say_it, int64_t number) {
    struct ask *q = ask(b, say_it);
    ask_int(q, 1, number);
    ask_int(q, 2, 1);
    ask_int(q, 3, 0);
    return q;
}

static void make_products(struct bench *b) {
    for (int64_t i = 0; i < b->products; i++) {
        int64_t party = thing(b, THING_PARTY, "supplier", i / 20), number = thing(b, THING_PRODUCT, "product", i);
        said(b, THING_PRODUCT, number);
        struct ask *q = say(b, &Q_product_say, number);
        ask_int(q, 5, party);
        send(b, q);
    }
}

static void make_services(struct bench *b) {
    for (int64_t i = 0; i < b->services; i++) {
        int64_t party = thing(b, THING_PARTY, "customer", i % b->customers);
        int64_t number = thing(b, THING_SERVICE, "service", i);
        said(b, THING_SERVICE, number);
        str needs = i > 10 ? arena_printf(b->a, "service:%lld", (long long)roll(b, i)) : S("");
        struct ask *q = say(b, &Q_service_say, number);
        ask_int(q, 5, party);
        ask_text(q, 6, S("sector"));
        ask_text(q, 7, S("JP-13"));
        ask_int(q, 8, 4 * 3600);
        ask_int(q, 9, 24 * 3600);
        ask_int(q, 10, 10000);
        ask_int(q, 11, 20);
        if (needs.n)
            ask_text(q, 12, needs);
        send(b, q);
    }
}

static void make_deployments(struct bench *b) {
    for (int64_t i = 0; i < b->deployments; i++) {
        int64_t customer = thing(b, THING_PARTY, "customer", (int64_t)roll(b, b->customers));
        int64_t product = thing(b, THING_PRODUCT, "product", (int64_t)roll(b, b->products));
        int64_t service = thing(b, THING_SERVICE, "service", (int64_t)roll(b, b->services));
        int64_t number = thing(b, THING_DEPLOYMENT, "deployment", i);
        char version[16];
        snprintf(version, sizeof version, "%d", (int)roll(b, FAMILY));
        said(b, THING_DEPLOYMENT, number);
        struct ask *q = say(b, &Q_deployment_say, number);
        ask_int(q, 4, product);
        if (i % 3)
            ask_text(q, 5, str_of(version));
        ask_int(q, 7, customer);
        ask_int(q, 10, service);
        send(b, q);
    }
}

/* A product's releases share their packages; a tenth of the versions moves from one to the next. */
static void make_release(struct bench *b, int64_t at, uint32_t *package, uint8_t *version) {
    struct arena_mark m = arena_mark(b->a);
    struct parts parts = {0};
    for (int64_t i = 0; i < b->components; i++) {
        if (at % FAMILY == 0)
            package[i] = (uint32_t)popular(b, b->packages);
        if (at % FAMILY == 0 || roll(b, 10) == 0)
            version[i] = (uint8_t)roll(b, VERSIONS);
        *vec_push(b->a, &parts) = (struct part){
            .key = arena_printf(b->a, "pkg:npm/package-%u@1.%u.0", package[i], version[i])};
    }
    struct release_new r = {.product = arena_printf(b->a, "product%lld", (long long)(at / FAMILY)),
                            .version = arena_printf(b->a, "%lld", (long long)(at % FAMILY)),
                            .parts = &parts,
                            .log_id = 1,
                            .time = 1000 + at,
                            .entry = (uint64_t)at};
    uint32_t id;
    bool fresh;
    memcpy(r.body, &at, sizeof at);
    r.body[31] = 1;
    must(b, contents_add(b->p.contents, &r, &id, &fresh, &b->e));
    arena_reset(b->a, m);
}

static void make_releases(struct bench *b) {
    uint32_t *package = arena_array(b->a, uint32_t, (size_t)b->components);
    uint8_t *version = arena_array(b->a, uint8_t, (size_t)b->components);
    for (int64_t at = 0; at < b->releases;) {
        must(b, store_begin(b->p.store, &b->e) && contents_begin(b->p.contents, &b->e));
        for (int i = 0; i < 4096 && at < b->releases; i++, at++)
            make_release(b, at, package, version);
        must(b, contents_flush(b->p.contents, &b->e) && store_commit(b->p.store, &b->e));
        fprintf(stderr, "\r%lld releases", (long long)at);
    }
    fputc('\n', stderr);
}

static void make_flaw(struct bench *b, int64_t flaw) {
    struct component_rows rows = {0};
    bool found;
    int64_t package, hits = 0;
    str name = arena_printf(b->a, "CVE-2026-%lld", (long long)flaw + 10000);
    str purl = arena_printf(b->a, "pkg:npm/package-%llu", (unsigned long long)popular(b, b->packages));
    uint64_t below = 1 + roll(b, VERSIONS);
    must(b, contents_package(b->p.contents, purl, &found, &package, &b->e));
    if (!found)
        return;
    must(b, contents_versions(b->p.contents, b->a, package, &rows, &b->e));
    for (uint32_t i = 0; i < rows.n && i < below; i++, hits++) {
        struct ask *q = ask(b, &Q_hit_put);
        ask_int(q, 1, rows.v[i].id);
        ask_int(q, 2, flaw);
        ask_text(q, 3, name);
        if (flaw % 3)
            ask_text(q, 4, S("9.0"));
        ask_int(q, 5, 1);
        ask_int(q, 6, 0);
        send(b, q);
    }
    struct ask *q = ask(b, &Q_flaw_put);
    ask_int(q, 1, flaw);
    ask_text(q, 2, name);
    ask_text(q, 3, S("a flaw"));
    ask_int(q, 4, (int64_t)roll(b, 101));
    ask_int(q, 5, (int64_t)roll(b, 10000));
    ask_int(q, 6, flaw % 20 == 0);
    for (int i = 7; i <= 9; i++)
        ask_int(q, i, 1000 + (int64_t)roll(b, 100000));
    ask_int(q, 14, 1000 + flaw);
    send(b, q);
    q = ask(b, &Q_flaw_hits_add);
    ask_int(q, 1, flaw);
    ask_int(q, 2, hits);
    send(b, q);
    q = ask(b, &Q_flaw_name_put);
    ask_text(q, 1, name);
    ask_int(q, 2, flaw);
    send(b, q);
}

static void make(struct bench *b) {
    must(b, store_begin(b->p.store, &b->e));
    make_products(b);
    make_services(b);
    make_deployments(b);
    must(b, store_commit(b->p.store, &b->e));
    make_releases(b);
    must(b, store_begin(b->p.store, &b->e));
    for (int64_t i = 0; i < b->flaws; i++) {
        struct arena_mark m = arena_mark(b->a);
        make_flaw(b, i);
        arena_reset(b->a, m);
    }
    must(b, store_commit(b->p.store, &b->e));
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

static void open_views(struct bench *b, enum store_use use) {
    b->p = (struct portfolio){.ctx = &b->c, .log_id = 1, .size = (uint64_t)b->releases};
    must(b, store_open(&b->c, b->path, use, &b->p.store, &b->e) && contents_open(&b->p, &b->p.contents, &b->e));
}
static void close_views(struct bench *b) {
    contents_close(b->p.contents);
    store_close(b->p.store);
}

static bool count_row(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)cells;
    (void)e;
    ++*(uint64_t *)arg;
    return true;
}

enum depth { COUNT, SYSTEMS, PAGE };
static double question(struct bench *b, const char *text, const struct reader *reader, enum depth depth) {
    struct arena *a = arena_new();
    struct question q;
    struct reach r;
    struct as_of when = {.given = false};
    struct reach_page page = {.list = REACH_RELEASES, .n = 50};
    uint64_t rows = 0;
    double start = now();
    must(b, question_parse(&b->p, a, str_of(text), &q, &b->e) && reach_begin(&r, &b->p, a, &q, reader, &when, &b->e) &&
                reach_releases(&r, &b->e));
    if (depth == SYSTEMS)
        must(b, reach_products(&r, &b->e) && reach_systems(&r, &b->e));
    if (depth == PAGE)
        must(b, reach_rows(&r, &page, count_row, &rows, &b->e));
    double took = now() - start;
    reach_free(&r);
    arena_free(a);
    return took;
}

static void time_questions(struct bench *b, const char *who, const struct reader *reader) {
    static const char *const names[] = {"count", "reach", "page"};
    for (int depth = COUNT; depth <= PAGE; depth++) {
        double ms[SAMPLES];
        char text[64], name[64];
        int n = depth == SYSTEMS ? 20 : SAMPLES;
        for (int i = 0; i < n; i++) {
            snprintf(text, sizeof text, "pkg:npm/package-%d@<1.%d.0", i < 20 ? i : i * 7, 1 + i % VERSIONS);
            ms[i] = question(b, text, reader, (enum depth)depth);
        }
        snprintf(name, sizeof name, "%s_%s", who, names[depth]);
        print_times(name, ms, n);
    }
}

static void time_export(struct bench *b) {
    struct arena *a = arena_new();
    struct question q;
    struct reach r;
    struct as_of when = {.given = false};
    struct reach_page page = {.list = REACH_RELEASES, .n = UINT64_MAX};
    uint64_t rows = 0;
    must(b, question_parse(&b->p, a, S("pkg:npm/package-0"), &q, &b->e) &&
                reach_begin(&r, &b->p, a, &q, &reader_owner, &when, &b->e) && reach_releases(&r, &b->e));
    double start = now();
    must(b, reach_rows(&r, &page, count_row, &rows, &b->e));
    printf("export_rows %llu\nexport_rows_per_s %.0f\n", (unsigned long long)rows,
           (double)rows / (now() - start) * 1000);
    reach_free(&r);
    arena_free(a);
}

static void time_lists(struct bench *b, const char *who, const struct reader *reader) {
    static const char *const sorts[] = {"severity", "epss", "kev", "newest"};
    for (int sort = 0; sort < FINDINGS_SORTS; sort++) {
        double page[10], count[10];
        uint64_t n = 0, rows = 0;
        bool exact = false, more;
        char name[64];
        for (int i = 0; i < 10; i++) {
            struct arena *a = arena_new();
            struct findings *f;
            struct as_of when = {.given = false};
            struct findings_wish wish = {.sort = (enum findings_sort)sort, .fixable = i % 2};
            struct cursor from = {0}, next;
            double start = now();
            must(b, findings_begin(&b->p, a, reader, &when, &wish, &f, &b->e) &&
                        findings_page(f, &from, 50, count_row, &rows, &next, &more, &b->e));
            page[i] = now() - start;
            start = now();
            must(b, findings_count(f, FINDINGS_BUDGET, &n, &exact, &b->e));
            count[i] = now() - start;
            findings_free(f);
            arena_free(a);
        }
        snprintf(name, sizeof name, "%s_list_%s_page", who, sorts[sort]);
        print_times(name, page, 10);
        snprintf(name, sizeof name, "%s_list_%s_count", who, sorts[sort]);
        print_times(name, count, 10);
        printf("%s_list_%s_findings %s%llu\n", who, sorts[sort], exact ? "" : ">=", (unsigned long long)n);
    }
}

static void time_cold(struct bench *b) {
    double ms[20];
    for (int i = 0; i < 20; i++) {
        close_views(b);
        double start = now();
        open_views(b, STORE_READ);
        question(b, "pkg:npm/package-3@<1.20.0", &reader_owner, PAGE);
        ms[i] = now() - start;
    }
    print_times("cold_open_and_page", ms, 20);
}

int main(int argc, char **argv) {
    struct bench b = {.a = arena_new(), .seed = argc > 4 ? strtoull(argv[4], NULL, 10) : 1};
    if (argc < 3)
        return fputs("bench_impact FOLDER N [COMPONENTS [SEED]]\n", stderr), 2;
    ctx_init(&b.c);
    b.releases = strtoll(argv[2], NULL, 10);
    b.components = argc > 3 ? strtoll(argv[3], NULL, 10) : 200;
    b.packages = 20000;
    b.products = b.releases / FAMILY + 1;
    b.customers = b.services = b.releases / 500 + 1;
    b.deployments = b.releases / 10 + 1;
    b.flaws = b.releases / 40 + 1;
    b.path = path_join(b.a, str_of(argv[1]), S("portfolio.db"));
    bool there = path_exists(b.path);
    must(&b, folder_make(str_of(argv[1]), 0755, &b.e));
    open_views(&b, STORE_WRITE);
    if (!there)
        make(&b);
    uint64_t bytes;
    must(&b, store_bytes(b.p.store, &bytes, &b.e));
    printf("releases %lld\nview_mb %.1f\n", (long long)b.releases, (double)bytes / 1e6);
    /* One supplier of 20 products: 20 × 50 releases. */
    int64_t supplier = 0;
    bool found;
    must(&b, thing_find(&b.p, THING_PARTY, S("supplier1"), &found, &supplier, &b.e));
    struct reader few = {.parties = &supplier, .n = 1, .clearance = TLP_CLEAR};
    time_questions(&b, "owner", &reader_owner);
    time_questions(&b, "few", &few);
    time_export(&b);
    time_lists(&b, "owner", &reader_owner);
    time_lists(&b, "few", &few);
    time_cold(&b);
    close_views(&b);
    arena_free(b.a);
    ctx_free(&b.c);
    return 0;
}
