/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of findings (DESIGN §11): the first page and the count for every order, filter and reader, as a table.
 *
 *     bench_lists FOLDER N [COMPONENTS [FLAWS [SEED [CASES [VERDICTS]]]]]
 *
 * Makes FOLDER/portfolio.db, or what AKASHI_STORE names, when it is not there (views_made.h); without FLAWS as many as
 * make about 100 million findings. Readers are the owner, and members of one in ten, in a hundred, in a thousand
 * suppliers, and a customer. "next" is the worst of the PAGES pages behind the first. AKASHI_BENCH_SORT=clock measures
 * that order alone, without the loop, AKASHI_BENCH_FILTER=answered that filter, AKASHI_BENCH_READER=1/10 that reader.
 * "asked" is how many questions the store was asked: for the first page, the worst of the next, the count. Every sample
 * begins anew: nothing but the pages of the file is warm. Processor time stands beside the clock's, for a machine that
 * others use too. A loop over all releases says how many findings there are; up to SMALL releases it also does what
 * each list does, and its answers have to be the same.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "impact/lists.h"
#include "views_made.h"
#include "vuln/cvss.h"

enum { SAMPLES = 3, SMALL = 5000, PAGE = 50, PAGES = 5 };

static const char *const sort_names[] = {"severity", "epss", "kev", "newest", "clock"};

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
static int by_value(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return a < b ? -1 : a > b;
}

/* ── who ── */

struct who {
    const char *name;
    struct reader reader;
    int64_t parties[VIEWS_SUPPLIERS];
};
static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}
static void one_in(struct views *b, struct who *w, const char *name, const char *kind, int64_t of, int64_t step) {
    *w = (struct who){.name = name};
    for (int64_t i = step / 2; i < of; i += step) {
        char id[40];
        bool found;
        snprintf(id, sizeof id, "%s%lld", kind, (long long)i);
        views_must(b, thing_find(&b->p, THING_PARTY, str_of(id), &found, &w->parties[w->reader.n], &b->e));
        w->reader.n += found;
    }
    qsort(w->parties, w->reader.n, sizeof *w->parties, by_number);
    w->reader.parties = w->parties;
    w->reader.clearance = TLP_CLEAR;
}

/* ── what ── */

struct filter {
    const char *name;
    struct findings_wish wish;
    const char *package, *within;
};
static const struct filter filters[] = {
    {"-", {0}, NULL, NULL},
    {"critical", {.severities = 1U << SEVERITY_CRITICAL}, NULL, NULL},
    {"low", {.severities = 1U << SEVERITY_LOW}, NULL, NULL},
    {"kev", {.kev = true}, NULL, NULL},
    {"exploited+fixable", {.exploited = true, .fixable = true}, NULL, NULL},
    {"fixable", {.fixable = true}, NULL, NULL},
    {"answered", {.status = FINDINGS_ANSWERED}, NULL, NULL},
    {"all", {.status = FINDINGS_ALL}, NULL, NULL},
    {"package", {0}, "pkg:npm/package-2", NULL},
    {"package of cases", {0}, "pkg:npm/package-1", NULL},
    {"rare package", {0}, "pkg:npm/package-15007", NULL},
    {"product", {0}, NULL, "product:product7"},
    {"party", {0}, NULL, "party:supplier3"},
};
enum { FILTERS = sizeof filters / sizeof *filters };

struct seen {
    struct arena *a;
    uint64_t n;
    str rows[PAGE];
};
static bool see(void *arg, const struct reach_cell *cells, struct err *e) {
    struct seen *s = arg;
    (void)e;
    if (s->a)
        s->rows[s->n] = arena_printf(s->a, "%.*s %.*s %.*s@%.*s", STR_ARG(cells[0].text), STR_ARG(cells[6].text),
                                     STR_ARG(cells[9].text), STR_ARG(cells[11].text));
    s->n++;
    return true;
}

struct sample {
    double page, count, page_cpu, count_cpu, next, next_cpu;
    uint64_t n, page_asked, next_asked, count_asked;
    bool exact;
};
static double most(double x, double y) { return x > y ? x : y; }

static struct sample ask(struct views *b, enum findings_sort sort, const struct filter *filter,
                         const struct reader *reader, uint64_t budget, struct seen *seen) {
    struct arena *a = arena_new();
    struct question package, within;
    struct findings *f;
    struct as_of when = {.given = false};
    struct cursor from = {0}, next;
    struct sample s;
    bool more;
    double cpu_start = cpu(), start = now();
    uint64_t asked = store_asked(b->p.store);
    struct findings_wish wish = filter->wish;
    bool own;
    views_must(b, portfolio_read(&b->p, &own, &b->e));
    wish.sort = sort;
    if (filter->package) {
        views_must(b, question_parse(&b->p, a, str_of(filter->package), &package, &b->e));
        wish.package = &package;
    }
    if (filter->within) {
        views_must(b, question_parse(&b->p, a, str_of(filter->within), &within, &b->e));
        wish.within = &within;
    }
    views_must(b, findings_begin(&b->p, a, reader, &when, &wish, &f, &b->e) &&
                      findings_page(f, &from, PAGE, see, seen, &next, &more, &b->e));
    s.page = now() - start;
    s.page_cpu = cpu() - cpu_start;
    s.page_asked = store_asked(b->p.store) - asked;
    findings_free(f);
    portfolio_read_end(&b->p, own);
    s.next = s.next_cpu = 0;
    s.next_asked = 0;
    for (int i = 0; i < PAGES && more && budget == FINDINGS_BUDGET; i++) { /* each by a caller of its own */
        struct seen rest = {0};
        when = (struct as_of){.given = true, .size = next.size, .time = next.time};
        from = next;
        start = now();
        cpu_start = cpu();
        asked = store_asked(b->p.store);
        views_must(b, portfolio_read(&b->p, &own, &b->e) && findings_begin(&b->p, a, reader, &when, &wish, &f, &b->e) &&
                          findings_page(f, &from, PAGE, see, &rest, &next, &more, &b->e));
        s.next = most(s.next, now() - start);
        s.next_cpu = most(s.next_cpu, cpu() - cpu_start);
        asked = store_asked(b->p.store) - asked;
        s.next_asked = asked > s.next_asked ? asked : s.next_asked;
        next.name = arena_str(a, next.name);
        findings_free(f);
        portfolio_read_end(&b->p, own);
    }
    when = (struct as_of){.given = false};
    start = now();
    cpu_start = cpu();
    asked = store_asked(b->p.store);
    views_must(b, portfolio_read(&b->p, &own, &b->e) && findings_begin(&b->p, a, reader, &when, &wish, &f, &b->e) &&
                      findings_count(f, budget, &s.n, &s.exact, &b->e));
    s.count = now() - start;
    s.count_cpu = cpu() - cpu_start;
    s.count_asked = store_asked(b->p.store) - asked;
    findings_free(f);
    portfolio_read_end(&b->p, own);
    arena_free(a);
    return s;
}

/* ── the loop over everything ── */

struct slow {
    struct map hits; /* component → struct hit_rows */
    struct arena *a;
};
static const struct hit_rows *slow_hits(struct views *b, struct slow *s, component_id id) {
    str key = str_n((const char *)&id, sizeof id);
    struct map_entry *at = map_find(&s->hits, key);
    if (!at) {
        struct hit_rows *rows = arena_new_of(s->a, struct hit_rows);
        views_must(b, hits_of_component(&b->p, s->a, id, rows, &b->e));
        bool fresh;
        at = map_put(&s->hits, arena_str(s->a, key), &fresh);
        at->value = rows;
    }
    return at->value;
}
static uint64_t slow_count(struct views *b, struct slow *s) {
    uint64_t n = 0;
    struct arena *a = arena_new();
    for (uint32_t r = 0; r < b->releases; r++) {
        struct arena_mark m = arena_mark(a);
        struct component_ids ids;
        views_must(b, contents_of(b->p.contents, a, r, &ids, &b->e));
        for (uint32_t i = 0; i < ids.n; i++)
            n += slow_hits(b, s, ids.v[i])->n;
        arena_reset(a, m);
    }
    arena_free(a);
    return n;
}

struct slow_row {
    int64_t value, flaw;
    component_id component;
    uint32_t release;
};
static int slow_order(const void *x, const void *y) {
    const struct slow_row *a = x, *b = y;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    if (a->flaw != b->flaw)
        return a->flaw > b->flaw ? -1 : 1;
    if (a->component != b->component)
        return a->component < b->component ? -1 : 1;
    return a->release > b->release ? -1 : a->release < b->release;
}
/* Collects all, sorts all; how long that takes. Rows are compared by the flaws' place in the order. */
static double slow_list(struct views *b, struct slow *s, enum findings_sort sort, const struct reader *reader,
                        const struct seen *want, uint64_t count) {
    struct arena *a = arena_new();
    VEC(struct slow_row) rows = {0};
    roaring_bitmap_t *mask;
    struct as_of when = {.given = false};
    double start = now();
    views_must(b, audience_releases(&b->p, reader, &when, (uint32_t)b->releases, &mask, &b->e));
    for (uint32_t r = 0; r < b->releases; r++) {
        struct component_ids ids;
        if (mask && !roaring_bitmap_contains(mask, r))
            continue;
        views_must(b, contents_of(b->p.contents, a, r, &ids, &b->e));
        for (uint32_t i = 0; i < ids.n; i++) {
            const struct hit_rows *hits = slow_hits(b, s, ids.v[i]);
            for (uint32_t k = 0; k < hits->n; k++) {
                struct flaw_row f;
                views_must(b, hits_flaw_row(&b->p, a, hits->v[k].flaw, &f, &b->e));
                const int64_t values[] = {f.score, f.epss, -f.kev_due, f.seen};
                if (sort != FINDINGS_BY_KEV || f.kev)
                    *vec_push(a, &rows) = (struct slow_row){values[sort], f.number, ids.v[i], r};
            }
        }
    }
    if (rows.n)
        qsort(rows.v, rows.n, sizeof *rows.v, slow_order);
    double took = now() - start;
    if (rows.n != count || want->n != (rows.n < PAGE ? rows.n : PAGE)) {
        fprintf(stderr, "bench_lists: %s: %u findings, not %llu\n", sort_names[sort], rows.n,
                (unsigned long long)count);
        exit(1);
    }
    for (uint64_t i = 0; i < want->n; i++) {
        struct release_row row;
        struct component_row part;
        struct flaw_row f;
        str product;
        views_must(b, contents_release(b->p.contents, a, rows.v[i].release, &row, &b->e) &&
                          contents_component_row(b->p.contents, a, rows.v[i].component, &part, &b->e) &&
                          hits_flaw_row(&b->p, a, rows.v[i].flaw, &f, &b->e) &&
                          thing_id(&b->p, a, THING_PRODUCT, row.product, &product, &b->e));
        str line = arena_printf(a, "%.*s %.*s %.*s@%.*s", STR_ARG(f.id), STR_ARG(part.purl), STR_ARG(product),
                                STR_ARG(row.version));
        if (!str_eq(line, want->rows[i])) {
            fprintf(stderr, "bench_lists: %s: row %llu is %.*s, not %.*s\n", sort_names[sort], (unsigned long long)i,
                    STR_ARG(want->rows[i]), STR_ARG(line));
            exit(1);
        }
    }
    if (mask)
        roaring_bitmap_free(mask);
    arena_free(a);
    return took;
}

/* ── the table ── */

struct worst {
    double page, count, page_cpu, count_cpu, next, next_cpu;
};
static void measure(struct views *b, enum findings_sort sort, const struct filter *filter, const struct who *who,
                    struct worst *worst) {
    double v[6][SAMPLES];
    struct sample s = {0};
    struct seen seen = {0};
    for (int i = 0; i < SAMPLES; i++) {
        seen.n = 0;
        s = ask(b, sort, filter, &who->reader, FINDINGS_BUDGET, &seen);
        v[0][i] = s.page;
        v[1][i] = s.page_cpu;
        v[2][i] = s.count;
        v[3][i] = s.count_cpu;
        v[4][i] = s.next;
        v[5][i] = s.next_cpu;
    }
    printf("%-10s %-18s %-9s", sort_names[sort], filter->name, who->name);
    for (int k = 0; k < 6; k++) {
        qsort(v[k], SAMPLES, sizeof v[k][0], by_value);
        printf(" %8.2f %8.2f", v[k][SAMPLES / 2], v[k][SAMPLES * 99 / 100]);
    }
    printf(" %6llu %6llu %6llu  %s%llu\n", (unsigned long long)s.page_asked, (unsigned long long)s.next_asked,
           (unsigned long long)s.count_asked, s.exact ? "" : ">=", (unsigned long long)s.n);
    fflush(stdout);
    int p99 = SAMPLES * 99 / 100;
    worst->page = most(worst->page, v[0][p99]);
    worst->page_cpu = most(worst->page_cpu, v[1][p99]);
    worst->count = most(worst->count, v[2][p99]);
    worst->count_cpu = most(worst->count_cpu, v[3][p99]);
    worst->next = most(worst->next, v[4][p99]);
    worst->next_cpu = most(worst->next_cpu, v[5][p99]);
}

static void compare(struct views *b, struct slow *s, const struct who *who) {
    for (int sort = 0; sort <= FINDINGS_BY_NEWEST; sort++) {
        static const struct filter all = {"all", {.status = FINDINGS_ALL}, NULL, NULL};
        struct seen seen = {.a = s->a};
        struct sample got = ask(b, (enum findings_sort)sort, &all, &who->reader, UINT64_MAX, &seen);
        double took = slow_list(b, s, (enum findings_sort)sort, &who->reader, &seen, got.n);
        printf("%-10s %-9s loop %.0f ms, first page %.2f ms: %.0f x, %llu findings, the same\n", sort_names[sort],
               who->name, took, got.page, took / got.page, (unsigned long long)got.n);
    }
}

int main(int argc, char **argv) {
    static struct views b;
    static struct who who[5];
    if (argc < 3)
        return fputs("bench_lists FOLDER N [COMPONENTS [FLAWS [SEED [CASES [VERDICTS]]]]]\n", stderr), 2;
    int64_t n = strtoll(argv[2], NULL, 10), wanted = 12000000000 / (n ? n : 1);
    wanted = wanted < 20000 ? 20000 : wanted > 400000 ? 400000 : wanted;
    views_begin(
        &b, str_of(argv[1]), n, argc > 3 ? strtoll(argv[3], NULL, 10) : 200,
        argc > 4 ? strtoll(argv[4], NULL, 10) : wanted, argc > 5 ? strtoull(argv[5], NULL, 10) : 1,
        (struct views_wish){argc > 6 ? strtoll(argv[6], NULL, 10) : 0, argc > 7 ? strtoll(argv[7], NULL, 10) : 0});
    who[0] = (struct who){.name = "owner", .reader = reader_owner};
    one_in(&b, &who[1], "1/10", "supplier", VIEWS_SUPPLIERS, 10);
    one_in(&b, &who[2], "1/100", "supplier", VIEWS_SUPPLIERS, 100);
    one_in(&b, &who[3], "1/1000", "supplier", VIEWS_SUPPLIERS, 1000);
    one_in(&b, &who[4], "customer", "customer", b.customers, b.customers);
    struct slow s = {.a = arena_new()};
    map_init(&s.hits, s.a);
    bool own;
    views_must(&b, portfolio_read(&b.p, &own, &b.e));
    double start = now();
    const char *only = getenv("AKASHI_BENCH_SORT"), *filter_only = getenv("AKASHI_BENCH_FILTER");
    const char *reader_only = getenv("AKASHI_BENCH_READER");
    uint64_t all = only || filter_only || reader_only ? 0 : slow_count(&b, &s);
    double slow = now() - start;
    portfolio_read_end(&b.p, own);
    printf("releases %lld\nfindings %llu\nloop_s %.1f\n", (long long)n, (unsigned long long)all, slow / 1000);
    if (n <= SMALL)
        for (size_t w = 0; w < 5; w++)
            compare(&b, &s, &who[w]);
    arena_free(s.a);
    printf("%-10s %-18s %-9s %8s %8s %8s %8s %8s %8s %8s %8s %8s %8s %8s %8s %6s %6s %6s  %s\n", "order", "filter",
           "reader", "page ms", "p99", "cpu", "p99", "count ms", "p99", "cpu", "p99", "next ms", "p99", "cpu", "p99",
           "asked", "next", "count", "findings");
    struct worst worst = {0};
    for (int sort = 0; sort < FINDINGS_SORTS; sort++)
        for (size_t filter = 0; filter < FILTERS; filter++)
            for (size_t w = 0; w < 5 && (!only || strcmp(only, sort_names[sort]) == 0) &&
                               (!filter_only || strcmp(filter_only, filters[filter].name) == 0);
                 w++)
                if (!reader_only || strcmp(reader_only, who[w].name) == 0)
                    measure(&b, (enum findings_sort)sort, &filters[filter], &who[w], &worst);
    printf("worst_page_p99_ms %.2f\nworst_page_cpu_p99_ms %.2f\nworst_count_p99_ms %.2f\nworst_count_cpu_p99_ms %.2f\n"
           "worst_next_p99_ms %.2f\nworst_next_cpu_p99_ms %.2f\n"
           "slow_loop_against_worst_page %.0f\n",
           worst.page, worst.page_cpu, worst.count, worst.count_cpu, worst.next, worst.next_cpu,
           worst.page > 0 ? slow / worst.page : 0);
    views_end(&b);
    return 0;
}
