/* SPDX-License-Identifier: Apache-2.0
 *
 * The promises about large portfolios (DESIGN §11): measured in one run, printed as "name value" lines for bench/run.
 *
 *     ingest HOME N                      documents/s from CycloneDX text, durable, with the views
 *     views HOME N                       the same releases put into the views alone: no documents, no log
 *     ask HOME N                         ms of questions; bytes of the views; memory
 *     lines N                            the same documents, one a line, on standard output
 *     names N                            "number TAB package TAB version" of each component, for the relational
 *                                        yardstick
 *     pairs N                            "release TAB component number" rows, for the same
 *     popular N                          the packages that `ask` counts with all their versions
 *     sheets FOLDER N                    parties, products, services and deployments as sheets
 *     advisories FOLDER N COUNT [FIRST]  that many advisories from number FIRST (0) on, on packages as they come; with
 *                                        COUNT "popular:COUNT" by popularity
 *
 * Behind N: COMPONENTS of a release (200), and SEED (1). Behind these `ingest` takes FROM and END: only the releases
 * from number FROM on up to END, which may be more than N; so a home can be filled in several goes.
 *
 * HOME is a home (akashi init); N is how many releases the portfolio has in all. Documents are made ahead, a stretch
 * at a time; the time that takes is not counted.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "base/file.h"
#include "impact/contents.h"
#include "impact/import.h"
#include "impact/running.h"
#include "impact/things.h"
#include "portfolio_things.h"

enum { STRETCH = 32768, POPULAR = 20 /* packages, the most used */ };

struct bench {
    struct ctx c;
    struct arena *a;
    struct err e;
    str home_path;
    struct home home;
    struct portfolio *p;
    struct made *made;
    uint64_t n, bytes;
    /* documents made ahead */
    str docs[STRETCH];
    uint32_t n_docs, at;
};

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
static void must(struct bench *b, bool ok) {
    if (ok)
        return;
    fprintf(stderr, "bench_portfolio: %s: %s\n", b->e.where, b->e.what);
    exit(1);
}
static double cpu(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}
static double peak_mb(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)u.ru_maxrss / 1024;
}
static int by_value(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

/* ── in ── */

static void make_stretch(struct bench *b) {
    struct buf text = {0};
    for (b->n_docs = b->at = 0; b->n_docs < STRETCH && made_next(b->made, &text); b->n_docs++) {
        char *p = malloc(text.n);
        if (!p)
            abort();
        memcpy(p, text.p, text.n);
        b->docs[b->n_docs] = str_n(p, text.n);
        b->bytes += text.n;
    }
    buf_free(&text);
}
static str next_doc(void *arg, struct arena *a) {
    struct bench *b = arg;
    (void)a;
    return b->at < b->n_docs ? b->docs[b->at++] : (str){NULL, 0};
}
static void fault(void *arg, const struct err *e) {
    (void)arg;
    fprintf(stderr, "bench_portfolio: %s: %s\n", e->where, e->what);
    exit(1);
}

static void bench_ingest(struct bench *b) {
    double spent = 0, slowest = 0, worked = 0;
    uint64_t in = 0;
    mallopt(M_MMAP_THRESHOLD, 32 << 20); /* as `akashi impact import` does */
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    for (make_stretch(b); b->n_docs; make_stretch(b)) {
        struct import_plan plan = {.next = next_doc, .fault = fault, .arg = b};
        struct import_outcome got;
        double start = now(), cpu_start = cpu();
        must(b, import_run(b->p, &plan, &got, &b->e));
        worked += cpu() - cpu_start;
        double took = now() - start, each = took / b->n_docs;
        spent += took;
        slowest = each > slowest ? each : slowest;
        in += got.added;
        if (getenv("AKASHI_BENCH_PROGRESS"))
            fprintf(stderr, "%llu  %.0f/s\n", (unsigned long long)in, 1 / each);
        for (uint32_t i = 0; i < b->n_docs; i++)
            free((void *)(uintptr_t)b->docs[i].p);
    }
    double start = now();
    must(b, log_settle(b->home.log, &b->e));
    spent += now() - start;
    printf("cpu_ms_each %.3f\n", in ? worked * 1000 / (double)in : 0);
    printf("documents %llu\ningest_per_s %.0f\nslowest_per_s %.0f\ndocument_bytes %.0f\nmemory_mb %.0f\n",
           (unsigned long long)in, (double)in / spent, slowest > 0 ? 1 / slowest : 0,
           in ? (double)b->bytes / (double)in : 0, peak_mb());
}

/* ── in, past the log ── */

static void make_release(struct bench *b, struct arena *a, uint64_t at, struct release_new *x) {
    const struct made_release *r = made_last(b->made);
    struct parts *parts = arena_new_of(a, struct parts);
    struct buf key = {0};
    for (uint32_t i = 0; i < r->n; i++) {
        buf_clear(&key);
        made_package(b->made, (uint32_t)(r->components[i] >> 8), &key);
        buf_addc(&key, '@');
        made_version(b->made, (uint32_t)(r->components[i] >> 8), r->components[i] & 255, &key);
        *vec_push(a, parts) = (struct part){.key = arena_str(a, buf_str(&key))};
    }
    buf_free(&key);
    *x = (struct release_new){.product = arena_printf(a, "product-%u", r->product),
                              .version = arena_printf(a, "1.%u", r->version),
                              .parts = parts,
                              .log_id = b->p->log_id,
                              .time = b->c.now,
                              .entry = 0};
    memcpy(x->body, &at, sizeof at);
    x->body[31] = 1;
}

/* As the portfolio does it: some hundred are looked up together, then added. */
static bool put_some(struct bench *b, uint64_t *at) {
    static struct release_new some[512];
    struct arena *a = arena_new();
    uint32_t n = 0, id;
    bool fresh;
    for (; n < 512 && made_next(b->made, NULL); n++)
        make_release(b, a, (*at)++, &some[n]);
    must(b, contents_expect(b->p->contents, some, n, &b->e));
    for (uint32_t i = 0; i < n; i++)
        must(b, contents_add(b->p->contents, &some[i], &id, &fresh, &b->e));
    arena_free(a);
    return n == 512;
}

static void put_views(struct bench *b) {
    bool more = true;
    for (uint64_t at = 0; more;) {
        must(b, store_begin(b->p->store, &b->e) && contents_begin(b->p->contents, &b->e));
        for (int i = 0; i < 8 && more; i++)
            more = put_some(b, &at);
        must(b,
             contents_flush(b->p->contents, &b->e) && running_flush(b->p, &b->e) && store_commit(b->p->store, &b->e));
    }
    printf("cpu_s %.1f\nmemory_mb %.0f\n", cpu(), peak_mb());
}

/* ── out ── */

struct timing {
    double v[4096];
    uint32_t n;
};
static void put(const char *name, struct timing *t) {
    qsort(t->v, t->n, sizeof *t->v, by_value);
    printf("%s_ms %.3f\n%s_p99_ms %.3f\n", name, t->v[t->n / 2], name, t->v[t->n * 99 / 100]);
}

/* All versions of a package, or the older half of them, as a range in an advisory would name them. */
static uint32_t range_of(struct bench *b, struct arena *a, str purl, bool all, component_id **ids) {
    struct component_rows rows;
    int64_t package;
    bool found;
    must(b, contents_package(b->p->contents, purl, &found, &package, &b->e));
    if (!found)
        return 0;
    must(b, contents_versions(b->p->contents, a, package, &rows, &b->e));
    *ids = arena_array(a, component_id, rows.n);
    for (uint32_t i = 0; i < rows.n; i++)
        (*ids)[i] = rows.v[i].id;
    return all ? rows.n : (rows.n + 1) / 2;
}

static roaring_bitmap_t *ask(struct bench *b, struct arena *a, uint32_t package, bool all) {
    struct buf purl = {0};
    component_id *ids;
    roaring_bitmap_t *hit = NULL;
    uint32_t limit;
    made_package(b->made, package, &purl);
    uint32_t n = range_of(b, a, buf_str(&purl), all, &ids);
    must(b, contents_releases_at(b->p->contents, NULL, &limit, &b->e) &&
                contents_with(b->p->contents, ids, n, limit, &hit, &b->e));
    buf_free(&purl);
    return hit;
}

static void first_page(struct bench *b, struct arena *a, const roaring_bitmap_t *hit) {
    roaring_uint32_iterator_t *it = roaring_create_iterator(hit);
    for (int i = 0; i < 50 && it->has_value; i++, roaring_advance_uint32_iterator(it)) {
        struct release_row row;
        str product;
        must(b, contents_release(b->p->contents, a, it->current_value, &row, &b->e) &&
                    thing_id(b->p, a, THING_PRODUCT, row.product, &product, &b->e));
    }
    roaring_free_uint32_iterator(it);
}

/* The best of three, as the yardstick's is: what a server that has been asked before takes, from the package's name to
 * the number of releases. `number` by what the buckets know, else by uniting who contains each version. */
static double best_count(struct bench *b, uint32_t package, bool number, uint64_t *count) {
    double best = 0;
    struct buf purl = {0};
    made_package(b->made, package, &purl);
    for (int i = 0; i < 3; i++) {
        struct arena *a = arena_new();
        double start = now();
        if (number) {
            struct contents_count x = {0};
            int64_t id;
            bool found;
            must(b, contents_package(b->p->contents, buf_str(&purl), &found, &id, &b->e) &&
                        (!found || contents_count(b->p->contents, id, &x, &b->e)));
            *count = x.documents;
        } else {
            roaring_bitmap_t *hit = ask(b, a, package, true);
            *count = roaring_bitmap_get_cardinality(hit);
            roaring_bitmap_free(hit);
        }
        double took = (now() - start) * 1000;
        best = !i || took < best ? took : best;
        arena_free(a);
    }
    buf_free(&purl);
    return best;
}

static void bench_popular(struct bench *b) {
    static struct timing number, united;
    for (uint32_t i = 0; i < POPULAR; i++) {
        uint64_t n, same;
        number.v[number.n++] = best_count(b, i, true, &n);
        united.v[united.n++] = best_count(b, i, false, &same);
        if (n != same) {
            fprintf(stderr, "bench_portfolio: package %u: %llu releases counted, %llu united\n", i,
                    (unsigned long long)n, (unsigned long long)same);
            exit(1);
        }
    }
    put("count_popular", &number);
    put("unite_popular", &united);
}

static void bench_ask(struct bench *b) {
    static struct timing count, page, work;
    uint64_t bytes, most = 0;
    uint32_t limit;
    double start = now();
    must(b, contents_releases_at(b->p->contents, NULL, &limit, &b->e));
    for (int i = 0; i < 2000; i++) {
        struct arena *a = arena_new();
        double before = cpu();
        start = now();
        roaring_bitmap_t *hit = ask(b, a, i < POPULAR ? (uint32_t)i : made_pick(b->made), i < POPULAR);
        uint64_t n = roaring_bitmap_get_cardinality(hit);
        count.v[count.n++] = (now() - start) * 1000;
        work.v[work.n++] = (cpu() - before) * 1000;
        most = n > most ? n : most;
        start = now();
        first_page(b, a, hit);
        page.v[page.n++] = count.v[count.n - 1] + (now() - start) * 1000;
        roaring_bitmap_free(hit);
        arena_free(a);
    }
    must(b, store_bytes(b->p->store, &bytes, &b->e));
    printf("releases %u\n", limit);
    put("count", &count);
    put("count_cpu", &work);
    bench_popular(b);
    put("page", &page);
    printf("most_releases %llu\nview_bytes %llu\nview_bytes_each %.0f\nmemory_mb %.0f\n", (unsigned long long)most,
           (unsigned long long)bytes, limit ? (double)bytes / limit : 0, peak_mb());
}

/* ── as text ── */

static void put_lines(struct bench *b) {
    struct buf text = {0};
    while (made_next(b->made, &text)) {
        buf_addc(&text, '\n');
        fwrite(text.p, 1, text.n, stdout);
    }
    buf_free(&text);
}
/* Numbers of components, as a table would give them: from 1, by first appearance. */
struct numbering {
    uint32_t *of; /* by package << 8 | version; 0: none yet */
    uint32_t n;
};
static uint32_t number_of(struct numbering *x, uint64_t component, bool *fresh) {
    uint32_t *at = &x->of[component];
    *fresh = !*at;
    if (*fresh)
        *at = ++x->n;
    return *at;
}
static struct numbering numbering_new(const struct bench *b) {
    struct numbering x = {calloc((size_t)made_packages(b->made) << 8, sizeof *x.of), 0};
    if (!x.of)
        abort();
    return x;
}

static void put_pairs(struct bench *b) {
    struct numbering x = numbering_new(b);
    bool fresh;
    for (uint64_t r = 0; made_next(b->made, NULL); r++) {
        const struct made_release *made = made_last(b->made);
        for (uint32_t i = 0; i < made->n; i++)
            printf("%llu\t%u\n", (unsigned long long)r, number_of(&x, made->components[i], &fresh));
    }
    free(x.of);
}
static void put_names(struct bench *b) {
    struct numbering x = numbering_new(b);
    struct buf row = {0};
    bool fresh;
    while (made_next(b->made, NULL)) {
        const struct made_release *made = made_last(b->made);
        for (uint32_t i = 0; i < made->n; i++) {
            uint32_t number = number_of(&x, made->components[i], &fresh);
            if (!fresh)
                continue;
            buf_clear(&row);
            buf_addf(&row, "%u\t", number);
            made_package(b->made, (uint32_t)(made->components[i] >> 8), &row);
            buf_addc(&row, '\t');
            made_version(b->made, (uint32_t)(made->components[i] >> 8), made->components[i] & 255, &row);
            buf_addc(&row, '\n');
            fwrite(row.p, 1, row.n, stdout);
        }
    }
    free(x.of);
    buf_free(&row);
}

static void put_popular(struct bench *b) {
    struct buf text = {0};
    for (uint32_t i = 0; i < POPULAR; i++) {
        made_package(b->made, i, &text);
        buf_addc(&text, '\n');
    }
    fwrite(text.p, 1, text.n, stdout);
    buf_free(&text);
}

/* ── files ── */

static void put_file(struct bench *b, str folder, const char *name, struct buf *text) {
    str path = path_join(b->a, folder, str_of(name));
    FILE *f = fopen(path.p, "w");
    if (!f || fwrite(text->p, 1, text->n, f) != text->n || fclose(f) != 0) {
        fprintf(stderr, "bench_portfolio: cannot write %s\n", path.p);
        exit(1);
    }
}

static void put_sheets(struct bench *b, str folder, uint64_t seed) {
    struct made_sheets x;
    must(b, folder_make(folder, 0755, &b->e));
    made_sheets(b->n, seed, &x);
    put_file(b, folder, "parties.csv", &x.parties);
    put_file(b, folder, "products.csv", &x.products);
    put_file(b, folder, "services.csv", &x.services);
    put_file(b, folder, "deployments.csv", &x.deployments);
    made_sheets_free(&x);
}

static bool put_advisories(struct bench *b, str folder, str count, uint64_t first) {
    uint64_t n;
    bool popular = str_starts(count, S("popular:"));
    struct buf text = {0};
    if (!str_u64(popular ? str_from(count, 8) : count, &n))
        return false;
    must(b, folder_make(folder, 0755, &b->e));
    for (uint64_t i = first; i < first + n; i++) {
        buf_clear(&text);
        made_advisory(b->made, i, popular, &text);
        put_file(b, folder, arena_printf(b->a, "CVE-2026-%llu.json", (unsigned long long)i + 100000).p, &text);
    }
    buf_free(&text);
    return true;
}

static bool number(int argc, char **argv, int at, uint64_t *out) {
    return at >= argc || (str_u64(str_of(argv[at]), out) && *out);
}

int main(int argc, char **argv) {
    static struct bench b;
    uint64_t components = 200, seed = 1;
    bool home = argc > 2 &&
                (strcmp(argv[1], "ingest") == 0 || strcmp(argv[1], "ask") == 0 || strcmp(argv[1], "views") == 0);
    bool sheets = argc > 2 && strcmp(argv[1], "sheets") == 0;
    if (argc > 4 && strcmp(argv[1], "advisories") == 0) {
        uint64_t first = 0;
        if (!number(argc, argv, 3, &b.n) || (argc > 5 && !str_u64(str_of(argv[5]), &first)))
            return 2;
        ctx_init(&b.c);
        b.a = arena_new();
        b.made = made_new(b.n, (uint32_t)components, seed);
        return put_advisories(&b, str_of(argv[2]), str_of(argv[4]), first) ? 0 : 2;
    }
    int at = home || sheets ? 3 : 2;
    b.n = 10000;
    ctx_init(&b.c);
    b.a = arena_new();
    if (argc < 3 || !number(argc, argv, at, &b.n) || !number(argc, argv, at + 1, &components) ||
        !number(argc, argv, at + 2, &seed)) {
        fprintf(stderr,
                "bench_portfolio ingest|views|ask HOME N [COMPONENTS [SEED [FROM END]]], lines|names|pairs|popular N "
                "[COMPONENTS [SEED]], "
                "sheets FOLDER N [COMPONENTS [SEED]], advisories FOLDER N COUNT [FIRST]\n");
        return 2;
    }
    b.made = made_new(b.n, (uint32_t)components, seed);
    if (argc > at + 4) {
        uint64_t from, end;
        if (!str_u64(str_of(argv[at + 3]), &from) || !str_u64(str_of(argv[at + 4]), &end) || end < from)
            return 2;
        made_go_to(b.made, from, end);
    }
    const char *store = getenv("AKASHI_STORE");
    if (home) {
        b.home_path = str_of(argv[2]);
        must(&b, home_open(&b.c, b.a, b.home_path, argv[1][0] != 'a' ? HOME_SIGN : HOME_READ, &b.home, &b.e));
        must(&b, portfolio_open(&b.c, &b.home, store ? str_of(store) : (str){NULL, 0}, &b.p, &b.e));
    }
    if (strcmp(argv[1], "ingest") == 0)
        bench_ingest(&b);
    else if (strcmp(argv[1], "ask") == 0)
        bench_ask(&b);
    else if (strcmp(argv[1], "views") == 0)
        put_views(&b);
    else if (sheets)
        put_sheets(&b, str_of(argv[2]), seed);
    else if (strcmp(argv[1], "lines") == 0)
        put_lines(&b);
    else if (strcmp(argv[1], "pairs") == 0)
        put_pairs(&b);
    else if (strcmp(argv[1], "names") == 0)
        put_names(&b);
    else
        put_popular(&b);
    portfolio_close(b.p);
    if (home)
        home_close(&b.home);
    made_free(b.made);
    arena_free(b.a);
    ctx_free(&b.c);
    return 0;
}
