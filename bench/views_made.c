/* SPDX-License-Identifier: Apache-2.0 */
#include "views_made.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "impact/case.h"
#include "impact/due.h"
#include "impact/hits.h"
#include "impact/running.h"
#include "impact/things.h"
#include "store/queries.h"
#include "vuln/vex.h"

void views_must(struct views *b, bool ok) {
    if (ok)
        return;
    fprintf(stderr, "bench: %s: %s\n", b->e.where, b->e.what);
    exit(1);
}

static uint64_t roll(struct views *b, int64_t n) {
    b->seed = b->seed * 6364136223846793005u + 1442695040888963407u;
    return (b->seed >> 33) % (uint64_t)n;
}
/* A package by popularity: rank r comes up about as often as 1/r. */
static uint64_t popular(struct views *b, int64_t n) {
    double u = (double)roll(b, 1 << 30) / (1 << 30);
    uint64_t rank = (uint64_t)exp(u * log((double)n));
    return rank ? rank - 1 : 0;
}

/* ── making ── */

/* PostgreSQL wants to be told of what is not there, too. */
static struct ask *ask(struct views *b, const struct query *q) {
    struct ask *x;
    views_must(b, store_ask(b->p.store, q, &x, &b->e));
    for (const char *p = strchr(q->sql[0], '?'); p; p = strchr(p + 1, '?'))
        ask_text(x, (int)strtol(p + 1, NULL, 10), (str){NULL, 0});
    return x;
}
static void send(struct views *b, struct ask *q) { views_must(b, ask_send(q, &b->e)); }

static int64_t thing(struct views *b, enum thing_kind kind, const char *name, int64_t i) {
    int64_t number;
    char id[40];
    snprintf(id, sizeof id, "%s%lld", name, (long long)i);
    views_must(b, thing_number(&b->p, kind, str_of(id), &number, &b->e));
    return number;
}
static void said(struct views *b, enum thing_kind kind, int64_t number) {
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
static struct ask *say(struct views *b, const struct query *say_it, int64_t number) {
    struct ask *q = ask(b, say_it);
    ask_int(q, 1, number);
    ask_int(q, 2, 1);
    ask_int(q, 3, 0);
    return q;
}

static void make_products(struct views *b) {
    for (int64_t i = 0; i < b->products; i++) {
        int64_t party = thing(b, THING_PARTY, "supplier", i % VIEWS_SUPPLIERS),
                number = thing(b, THING_PRODUCT, "product", i);
        said(b, THING_PRODUCT, number);
        struct ask *q = say(b, &Q_product_say, number);
        ask_int(q, 5, party);
        send(b, q);
    }
}

static void make_services(struct views *b) {
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

static void make_deployments(struct views *b) {
    for (int64_t i = 0; i < b->deployments; i++) {
        int64_t customer = thing(b, THING_PARTY, "customer", (int64_t)roll(b, b->customers));
        int64_t product = thing(b, THING_PRODUCT, "product", (int64_t)roll(b, b->products));
        int64_t service = thing(b, THING_SERVICE, "service", (int64_t)roll(b, b->services));
        int64_t number = thing(b, THING_DEPLOYMENT, "deployment", i);
        char version[16];
        snprintf(version, sizeof version, "%d", (int)roll(b, VIEWS_FAMILY));
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

/* A product's releases share their packages; a tenth of the versions moves from one to the next. Products take turns,
 * as their makers do not wait for each other. */
struct family {
    uint32_t *package;
    uint8_t *version;
};
static void make_release(struct views *b, struct family *f, int64_t at) {
    struct arena_mark m = arena_mark(b->a);
    struct parts parts = {0};
    int64_t product = at % b->products, round = at / b->products;
    uint32_t *package = f->package + product * b->components;
    uint8_t *version = f->version + product * b->components;
    for (int64_t i = 0; i < b->components; i++) {
        if (round == 0)
            package[i] = (uint32_t)popular(b, b->packages);
        if (round == 0 || roll(b, 10) == 0)
            version[i] = (uint8_t)roll(b, VIEWS_VERSIONS);
        *vec_push(b->a, &parts) = (struct part){
            .key = arena_printf(b->a, "pkg:npm/package-%u@1.%u.0", package[i], version[i])};
    }
    struct release_new r = {
        .product = arena_printf(b->a, "product%lld", (long long)product),
        .version = arena_printf(b->a, "%lld", (long long)round),
        .purl = arena_printf(b->a, "pkg:generic/product%lld@%lld", (long long)product, (long long)round),
        .parts = &parts,
        .log_id = 1,
        .time = 1000 + at,
        .entry = (uint64_t)at};
    uint32_t id;
    bool fresh;
    memcpy(r.body, &at, sizeof at);
    r.body[31] = 1;
    views_must(b, contents_add(b->p.contents, &r, &id, &fresh, &b->e));
    arena_reset(b->a, m);
}

static void make_releases(struct views *b) {
    size_t n = (size_t)b->components * (size_t)b->products;
    struct family f = {malloc(n * sizeof *f.package), malloc(n)};
    if (!f.package || !f.version)
        abort();
    for (int64_t at = 0; at < b->releases;) {
        views_must(b, store_begin(b->p.store, &b->e) && contents_begin(b->p.contents, &b->e));
        for (int i = 0; i < 4096 && at < b->releases; i++, at++)
            make_release(b, &f, at);
        views_must(b, contents_flush(b->p.contents, &b->e) && store_commit(b->p.store, &b->e));
        fprintf(stderr, "\r%lld releases", (long long)at);
    }
    fputc('\n', stderr);
    free(f.package);
    free(f.version);
}

static void make_flaw(struct views *b, int64_t flaw) {
    struct component_rows rows = {0};
    bool found;
    int64_t package, hits = 0;
    str name = arena_printf(b->a, "CVE-2026-%lld", (long long)flaw + 10000);
    /* One in fifty is in what everybody uses; the others anywhere. */
    uint64_t of = flaw % 50 ? roll(b, b->packages) : popular(b, b->packages);
    str purl = arena_printf(b->a, "pkg:npm/package-%llu", (unsigned long long)of);
    uint64_t below = 1 + roll(b, VIEWS_VERSIONS);
    views_must(b, contents_package(b->p.contents, purl, &found, &package, &b->e));
    if (!found)
        return;
    views_must(b, contents_versions(b->p.contents, b->a, package, &rows, &b->e));
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
    ask_int(q, 6, flaw % 40 == 0);
    for (int i = 7; i <= 9; i++)
        ask_int(q, i, 1000 + (int64_t)roll(b, 100000));
    ask_int(q, 14, 1000 + flaw);
    ask_int(q, 15, 0);
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

/* "Not affected", for one product, of something it has; every fifth names the product by its purl. */
static void answer(struct views *b, int64_t k) {
    static const unsigned char nobody[32];
    int64_t of = k % b->products;
    struct component_ids ids;
    struct hit_rows hits;
    struct flaw_row flaw;
    struct component_row part;
    views_must(b, of >= b->releases || contents_of(b->p.contents, b->a, (uint32_t)of, &ids, &b->e));
    if (of >= b->releases || !ids.n)
        return;
    views_must(b, hits_of_component(&b->p, b->a, ids.v[roll(b, ids.n)], &hits, &b->e));
    if (!hits.n)
        return;
    views_must(b, hits_flaw_row(&b->p, b->a, hits.v[roll(b, hits.n)].flaw, &flaw, &b->e));
    struct ask *q = ask(b, &Q_verdict_add);
    const int64_t ints[][2] = {{1, 1},  {2, k},   {3, 0},   {4, 0},     {8, VEX_NOT_AFFECTED},
                               {13, 0}, {14, -1}, {15, -1}, {16, 1000}, {17, 1000}};
    for (size_t i = 0; i < sizeof ints / sizeof *ints; i++)
        ask_int(q, (int)ints[i][0], ints[i][1]);
    ask_text(q, 5, flaw.id);
    ask_text(q, 6,
             arena_printf(b->a, "%sproduct%lld%s", k % 5 == 3 ? "pkg:generic/" : "", (long long)of,
                          k % 10 / 2 == 4 ? "@0" : ""));
    views_must(b, contents_component_row(b->p.contents, b->a, hits.v[0].component, &part, &b->e));
    ask_text(q, 7, k % 10 == 7 ? part.purl : S(""));
    ask_text(q, 9, S("vulnerable_code_not_in_execute_path"));
    ask_blob(q, 19, str_n((const char *)nobody, 32));
    ask_int(q, 18, thing(b, THING_PRODUCT, "product", of));
    if (k % 5 == 3)
        ask_text(q, 20, arena_printf(b->a, "pkg:generic/product%lld", (long long)of));
    send(b, q);
}

/* One case for each flaw in its package, of a product's first release; most have a clock. */
static void make_case(struct views *b, int64_t number, int64_t product, const struct hit_row *hit) {
    struct component_row part;
    str package, version;
    str id = arena_printf(b->a, "C-%lld", (long long)number),
        flaw = arena_printf(b->a, "CVE-2026-%lld", (long long)hit->flaw + 10000);
    views_must(b, contents_component_row(b->p.contents, b->a, hit->component, &part, &b->e));
    struct ask *q = ask(b, &Q_case_add);
    ask_int(q, 1, number);
    ask_text(q, 2, id);
    ask_int(q, 3, product);
    str_cut(part.purl, '@', &package, &version);
    ask_text(q, 4, package);
    ask_int(q, 5, 1000);
    ask_int(q, 6, 1);
    for (int i = 7; i <= 15; i += i == 7 ? 2 : i == 11 ? 4 : 1)
        ask_int(q, i, 0);
    send(b, q);
    q = ask(b, &Q_case_finding_add);
    ask_int(q, 1, number);
    ask_text(q, 2, part.purl);
    ask_text(q, 3, flaw);
    for (int i = 5; i <= 7; i++)
        ask_int(q, i, 0);
    send(b, q);
    if (number % 5 == 0)
        return;
    q = ask(b, &Q_due_add);
    ask_int(q, 1, number);
    ask_int(q, 2, product);
    ask_int(q, 3, package_of(hit->component));
    ask_int(q, 4, 1000 + (int64_t)roll(b, 10000000));
    ask_int(q, 5, -1);
    ask_int(q, 6, 100);
    ask_int(q, 7, 2);
    ask_int(q, 8, 10000);
    send(b, q);
}
static void make_cases(struct views *b) {
    int64_t number = 1;
    for (int64_t i = 0; i < b->products && i < b->releases; i++) {
        struct arena_mark m = arena_mark(b->a);
        struct component_ids ids;
        int64_t product = thing(b, THING_PRODUCT, "product", i);
        int64_t left = b->cases < 0 ? 0 : b->cases;
        views_must(b, contents_of(b->p.contents, b->a, (uint32_t)i, &ids, &b->e));
        for (uint32_t k = 0; k < ids.n && left; k++) {
            struct hit_rows hits;
            views_must(b, hits_of_component(&b->p, b->a, ids.v[k], &hits, &b->e));
            for (uint32_t h = 0; h < hits.n && left; h++, left--)
                make_case(b, number++, product, &hits.v[h]);
        }
        arena_reset(b->a, m);
    }
}

static void make(struct views *b) {
    views_must(b, store_begin(b->p.store, &b->e));
    make_products(b);
    make_services(b);
    make_deployments(b);
    views_must(b, store_commit(b->p.store, &b->e));
    make_releases(b);
    views_must(b, store_begin(b->p.store, &b->e));
    for (int64_t i = 0; i < b->flaws; i++) {
        struct arena_mark m = arena_mark(b->a);
        make_flaw(b, i);
        arena_reset(b->a, m);
    }
    for (int64_t i = 0; i < b->answers; i++) {
        struct arena_mark m = arena_mark(b->a);
        answer(b, i);
        arena_reset(b->a, m);
    }
    make_cases(b);
    views_must(b, due_answers(&b->p, &b->e) && running_rebuild(&b->p, &b->e) && store_commit(b->p.store, &b->e));
}

/* ── opening ── */

void views_open(struct views *b, enum store_use use) {
    b->p = (struct portfolio){.ctx = &b->c, .log_id = 1, .size = (uint64_t)b->releases};
    views_must(b, store_open(&b->c, b->path, use, &b->p.store, &b->e) && contents_open(&b->p, &b->p.contents, &b->e));
}
void views_close(struct views *b) {
    contents_close(b->p.contents);
    store_close(b->p.store);
}

void views_begin(struct views *b, str folder, int64_t releases, int64_t components, int64_t flaws, uint64_t seed,
                 struct views_wish wish) {
    *b = (struct views){.a = arena_new(), .seed = seed, .releases = releases, .components = components, .flaws = flaws};
    ctx_init(&b->c);
    b->packages = 20000;
    b->cases = wish.cases ? wish.cases : VIEWS_CASES;
    b->answers = wish.answers ? wish.answers : flaws / 20;
    b->products = releases / VIEWS_FAMILY + 1;
    b->customers = b->services = releases / 500 + 1;
    b->deployments = releases / 10 + 1;
    const char *store = getenv("AKASHI_STORE");
    struct store *before = NULL;
    b->path = store ? str_of(store) : path_join(b->a, folder, S("portfolio.db"));
    views_must(b, folder_make(folder, 0755, &b->e) && store_open_made(&b->c, b->path, &before, &b->e));
    bool there = before != NULL;
    store_close(before);
    views_open(b, STORE_WRITE);
    if (!there)
        make(b);
}
void views_end(struct views *b) {
    views_close(b);
    arena_free(b->a);
    ctx_free(&b->c);
}
