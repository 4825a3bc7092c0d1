/* SPDX-License-Identifier: Apache-2.0
 *
 * Made-up portfolios, asked at every moment by every kind of reader; each answer is held against one that loops over
 * all releases, all deployments and all services.
 */
#include <stdio.h>

#include "impact/case_inner.h"
#include "impact/due.h"
#include "impact/lists.h"
#include "impact/reach.h"
#include "impact/reach_rows.h"
#include "impact/running.h"
#include "impact/things_testing.h"
#include "store/queries.h"
#include "vuln/vex.h"

enum { PARTIES = 9, PRODUCTS = 8, PACKAGES = 6, VERSIONS = 4, COMPONENTS = PACKAGES * VERSIONS, FLAWS = 10 };
enum { CASES = 14 };
enum { DOCUMENTS = 90, DEPLOYMENTS = 40, SERVICES = 14, NEEDS = 3 };

struct fact_document {
    uint64_t entry;
    int product, version, first; /* first: of the same release; itself */
    uint32_t set;                /* a bit for each component */
};
struct fact_deployment {
    uint64_t entry;
    int product, version, customer, runner, host, service; /* version -1: the newest; party, service -1: none */
};
struct fact_need {
    int group, kind, number; /* kind: 0 service, 1 deployment, 2 party */
};
struct fact_service {
    uint64_t entry;
    int party, population, substitutes, mtpd, restore, n;
    struct fact_need needs[NEEDS];
};
struct fact_case {
    int product, due;      /* due -1: no clock runs */
    uint32_t lists[FLAWS]; /* a bit for each component */
};
struct facts {
    struct world *w;
    uint64_t seed;
    int prime[PARTIES];                 /* -1: nobody's */
    int owner[PRODUCTS], tlp[PRODUCTS]; /* tlp -1: not stated */
    struct fact_document documents[DOCUMENTS];
    struct fact_deployment deployments[DEPLOYMENTS];
    struct fact_service services[SERVICES];
    uint32_t hits[FLAWS]; /* a bit for each component */
    int score[FLAWS];
    component_id ids[COMPONENTS];
    struct fact_case cases[CASES];
    uint64_t size; /* moment asked about */
    int reader;    /* party; -1 the owner */
    enum tlp clearance;
};

static int roll(struct facts *f, int n) {
    f->seed = f->seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((f->seed >> 33) % (uint64_t)n);
}

/* ── making ── */

static const char *const tlps[] = {"clear", "green", "amber", "amber+strict", "red"};

static void say_parties(struct facts *f) {
    struct arena *a = f->w->t.a;
    for (int i = 0; i < PARTIES; i++) {
        f->prime[i] = i >= 6 ? roll(f, 6) : -1;
        str prime = f->prime[i] < 0 ? S("") : arena_printf(a, ",\"primes\":[\"party%d\"]", f->prime[i]);
        say(f->w, THING_PARTY,
            arena_printf(a, "{\"id\":\"party%d\",\"name\":\"Party %d\"%.*s}", i, i, STR_ARG(prime)).p);
    }
    for (int i = 0; i < PRODUCTS; i++) {
        f->owner[i] = roll(f, PARTIES);
        f->tlp[i] = roll(f, 6) - 1;
        str tlp = f->tlp[i] < 0 ? S("") : arena_printf(a, ",\"tlp\":\"%s\"", tlps[f->tlp[i]]);
        say(f->w, THING_PRODUCT,
            arena_printf(a, "{\"id\":\"product%d\",\"party\":\"party%d\"%.*s}", i, f->owner[i], STR_ARG(tlp)).p);
    }
}

static void add_document(struct facts *f, int at) {
    struct world *w = f->w;
    struct fact_document *d = &f->documents[at];
    struct parts parts = {0};
    uint32_t id;
    bool fresh;
    *d = (struct fact_document){w->size, roll(f, PRODUCTS), roll(f, 8), at, 0};
    d->set = (uint32_t)roll(f, 1 << COMPONENTS) & (uint32_t)roll(f, 1 << COMPONENTS);
    for (int i = at; i-- > 0;)
        if (f->documents[i].product == d->product && f->documents[i].version == d->version)
            d->first = i;
    for (int i = 0; i < COMPONENTS; i++)
        if (d->set >> i & 1)
            *vec_push(w->t.a, &parts) = (struct part){
                arena_printf(w->t.a, "pkg:npm/package%d@1.%d.0", i / VERSIONS, i % VERSIONS), {NULL, 0}};
    struct release_new r = {.product = arena_printf(w->t.a, "product%d", d->product),
                            .version = arena_printf(w->t.a, "%d", d->version),
                            .party = arena_printf(w->t.a, "party%d", f->owner[d->product]),
                            .purl = arena_printf(w->t.a, "pkg:generic/soft%d@%d", d->product % 6, d->version),
                            .parts = &parts,
                            .log_id = 1,
                            .time = 1000 + (int64_t)w->size,
                            .entry = w->size++};
    memset(r.body, at + 1, sizeof r.body);
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(contents_begin(w->p.contents, &w->t.e));
    MUST(contents_add(w->p.contents, &r, &id, &fresh, &w->t.e));
    MUST(contents_flush(w->p.contents, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
    assert_true(fresh && (int)id == at);
}

static str party_field(struct facts *f, const char *name, int party) {
    return party < 0 ? S("") : arena_printf(f->w->t.a, ",\"%s\":\"party%d\"", name, party);
}

static void add_deployment(struct facts *f, int at) {
    struct arena *a = f->w->t.a;
    struct fact_deployment *d = &f->deployments[at];
    *d = (struct fact_deployment){f->w->size,
                                  roll(f, PRODUCTS),
                                  roll(f, 9) - 1,
                                  roll(f, PARTIES),
                                  roll(f, PARTIES + 3) - 3,
                                  roll(f, PARTIES + 3) - 3,
                                  roll(f, SERVICES + 8) - 8};
    d->runner = d->runner < 0 ? -1 : d->runner;
    d->host = d->host < 0 ? -1 : d->host;
    d->service = d->service < 0 ? -1 : d->service;
    str version = d->version < 0 ? S("") : arena_printf(a, ",\"version\":\"%d\"", d->version);
    str service = d->service < 0 ? S("") : arena_printf(a, ",\"service\":\"service%d\"", d->service);
    say(f->w, THING_DEPLOYMENT,
        arena_printf(a, "{\"id\":\"deployment%d\",\"product\":\"product%d\"%.*s%.*s%.*s%.*s%.*s}", at, d->product,
                     STR_ARG(version), STR_ARG(party_field(f, "customer", d->customer)),
                     STR_ARG(party_field(f, "operator", d->runner)), STR_ARG(party_field(f, "host", d->host)),
                     STR_ARG(service))
            .p);
}

static void add_service(struct facts *f, int at) {
    static const char *const kinds[] = {"service", "deployment", "party"};
    struct arena *a = f->w->t.a;
    struct fact_service *s = &f->services[at];
    *s = (struct fact_service){f->w->size,        roll(f, PARTIES),  roll(f, 1000),      roll(f, 101),
                               roll(f, 3) * 3600, roll(f, 6) * 3600, roll(f, NEEDS + 1), {{0}}};
    str needs = S("");
    for (int i = 0, group = 0; i < s->n; i++) {
        static const int most[] = {SERVICES, DEPLOYMENTS, PARTIES};
        group += i && roll(f, 2);
        int kind = roll(f, 3);
        s->needs[i] = (struct fact_need){group, kind, roll(f, most[kind])};
        const char *before = !i ? "[" : s->needs[i - 1].group == group ? "," : "],[";
        needs = arena_printf(a, "%.*s%s{\"%s\":\"%s%d\"}", STR_ARG(needs), before, kinds[kind], kinds[kind],
                             s->needs[i].number);
    }
    str list = s->n ? arena_printf(a, ",\"needs\":[%.*s]]", STR_ARG(needs)) : S("");
    str mtpd = s->mtpd ? arena_printf(a, ",\"mtpd\":\"PT%dS\"", s->mtpd) : S("");
    str restore = s->restore ? arena_printf(a, ",\"restore\":\"PT%dS\"", s->restore) : S("");
    say(f->w, THING_SERVICE,
        arena_printf(a,
                     "{\"id\":\"service%d\",\"party\":\"party%d\",\"sector\":\"sector%d\",\"region\":\"JP\","
                     "\"population\":%d,\"substitutes\":%d%.*s%.*s%.*s}",
                     at, s->party, at % 3, s->population, s->substitutes, STR_ARG(mtpd), STR_ARG(restore),
                     STR_ARG(list))
            .p);
}

static struct ask *ask(struct facts *f, const struct query *q) {
    struct world *w = f->w;
    struct ask *out;
    MUST(store_ask(w->p.store, q, &out, &w->t.e));
    return out;
}

static void add_hit(struct facts *f, int flaw, int component) {
    struct world *w = f->w;
    struct ask *q = ask(f, &Q_hit_put);
    ask_int(q, 1, f->ids[component]);
    ask_int(q, 2, flaw);
    ask_text(q, 3, S("ADV-1"));
    ask_text(q, 4, component % 2 ? S("2.0") : (str){NULL, 0});
    ask_int(q, 5, component % 2 ? FIX_AVAILABLE : FIX_NONE_YET);
    ask_int(q, 6, CONFIDENCE_EXACT);
    MUST(ask_run(q, &w->t.e));
    q = ask(f, &Q_flaw_hits_add);
    ask_int(q, 1, flaw);
    ask_int(q, 2, 1);
    MUST(ask_run(q, &w->t.e));
}

static void add_flaw(struct facts *f, int flaw) {
    struct world *w = f->w;
    str name = arena_printf(w->t.a, "CVE-2026-%d", 1000 + flaw);
    struct ask *q = ask(f, &Q_flaw_put);
    f->score[flaw] = roll(f, 12) * 9 - 1;
    ask_int(q, 1, flaw);
    ask_text(q, 2, name);
    ask_text(q, 3, S("a flaw"));
    ask_int(q, 4, f->score[flaw]);
    ask_int(q, 5, flaw % 4 * 100);
    ask_int(q, 6, flaw % 3 == 0);
    for (int i = 7; i <= 9; i++)
        ask_int(q, i, 1000 + flaw % 4);
    for (int i = 10; i <= 13; i++)
        ask_text(q, i, (str){NULL, 0});
    ask_int(q, 14, 1000 + flaw % 5);
    ask_int(q, 15, 0);
    MUST(ask_run(q, &w->t.e));
    q = ask(f, &Q_flaw_name_put);
    ask_text(q, 1, name);
    ask_int(q, 2, flaw);
    MUST(ask_run(q, &w->t.e));
    for (int i = 0; i < COMPONENTS; i++)
        if (f->hits[flaw] >> i & 1)
            add_hit(f, flaw, i);
}

static void add_flaws(struct facts *f) {
    struct world *w = f->w;
    uint32_t there = 0;
    for (int i = 0; i < DOCUMENTS; i++)
        there |= f->documents[i].set;
    for (int i = 0; i < COMPONENTS; i++) {
        bool found = false;
        if (there >> i & 1)
            MUST(contents_component(w->p.contents,
                                    arena_printf(w->t.a, "pkg:npm/package%d@1.%d.0", i / VERSIONS, i % VERSIONS),
                                    &found, &f->ids[i], &w->t.e));
    }
    MUST(store_begin(w->p.store, &w->t.e));
    for (int i = 0; i < FLAWS; i++) {
        f->hits[i] = (uint32_t)roll(f, 1 << COMPONENTS) & (uint32_t)roll(f, 1 << COMPONENTS) & there;
        add_flaw(f, i);
    }
    MUST(store_commit(w->p.store, &w->t.e));
}

static void flush_runs(struct world *w) {
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(running_flush(&w->p, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}

/* What one upgrade would clear, or an arbitrary part of it; two cases may list the same. */
static void add_case_findings(struct facts *f, int at, int package) {
    struct world *w = f->w;
    int least = INT32_MAX, most = -1;
    for (int flaw = 0; flaw < FLAWS; flaw++)
        for (int c = package * VERSIONS; c < (package + 1) * VERSIONS; c++) {
            if (!(f->hits[flaw] >> c & 1) || roll(f, 3) == 0)
                continue;
            struct ask *q = ask(f, &Q_case_finding_add);
            f->cases[at].lists[flaw] |= 1U << c;
            least = f->score[flaw] < least ? f->score[flaw] : least;
            most = f->score[flaw] > most ? f->score[flaw] : most;
            str component = arena_printf(w->t.a, "pkg:npm/package%d@1.%d.0", c / VERSIONS, c % VERSIONS);
            str name = arena_printf(w->t.a, "CVE-2026-%d", 1000 + flaw);
            ask_int(q, 1, at + 1);
            ask_text(q, 2, component);
            ask_text(q, 3, name);
            for (int i = 5; i <= 7; i++)
                ask_int(q, i, 0);
            MUST(ask_run(q, &w->t.e));
        }
    if (f->cases[at].due < 0 || most < least)
        return;
    int64_t number, in = DUE_NO_PACKAGE;
    bool found, told = roll(f, 4) > 0;
    MUST(thing_find(&w->p, THING_PRODUCT, arena_printf(w->t.a, "product%d", f->cases[at].product), &found, &number,
                    &w->t.e));
    if (told)
        MUST(contents_package(w->p.contents, arena_printf(w->t.a, "pkg:npm/package%d", package), &told, &in, &w->t.e));
    struct ask *q = ask(f, &Q_due_add);
    ask_int(q, 1, at + 1);
    ask_int(q, 2, number);
    ask_int(q, 3, told ? in : DUE_NO_PACKAGE);
    ask_int(q, 4, f->cases[at].due);
    ask_int(q, 5, least);
    ask_int(q, 6, most);
    ask_int(q, 7, 2);
    ask_int(q, 8, 10000);
    MUST(ask_run(q, &w->t.e));
}

static void add_cases(struct facts *f) {
    struct world *w = f->w;
    int package = 0;
    MUST(store_begin(w->p.store, &w->t.e));
    for (int i = 0; i < CASES; i++) { /* every other one is of the same product and package as the one before */
        int product = i % 2 ? f->cases[i - 1].product : roll(f, PRODUCTS);
        package = i % 2 ? package : roll(f, PACKAGES);
        f->cases[i] = (struct fact_case){.product = product, .due = roll(f, 5) * 100 - 100};
        add_case_findings(f, i, package);
    }
    MUST(store_commit(w->p.store, &w->t.e));
}

static void make(struct facts *f, struct world *w, uint64_t seed) {
    *f = (struct facts){.w = w, .seed = seed};
    w->p.log_id = 1;
    MUST(contents_open(&w->p, &w->p.contents, &w->t.e));
    say_parties(f);
    int documents = 0, deployments = 0, services = 0;
    while (documents < DOCUMENTS || deployments < DEPLOYMENTS || services < SERVICES) {
        int what = roll(f, 3);
        if (what == 0 && documents < DOCUMENTS)
            add_document(f, documents++);
        if (what == 1 && deployments < DEPLOYMENTS)
            add_deployment(f, deployments++);
        if (what == 2 && services < SERVICES)
            add_service(f, services++);
        if (w->p.touched)
            flush_runs(w);
    }
    add_flaws(f);
    add_cases(f);
    w->p.size = w->size;
}

/* ── the obvious answers ── */

static bool mine(const struct facts *f, int party) { return f->reader >= 0 && party == f->reader; }
static bool my_sub(const struct facts *f, int party) {
    for (int steps = 0; party >= 0 && f->reader >= 0 && steps < PARTIES; steps++) {
        if (f->prime[party] == f->reader)
            return true;
        party = f->prime[party];
    }
    return false;
}
static bool sees_product(const struct facts *f, int product) {
    int owner = f->owner[product], tlp = f->tlp[product];
    return f->reader < 0 || mine(f, owner) || my_sub(f, owner) ||
           (tlp >= 0 && tlp != TLP_RED && tlp <= (int)f->clearance);
}
static bool sees_deployment(const struct facts *f, const struct fact_deployment *d, bool as_maker) {
    int owner = f->owner[d->product];
    return f->reader < 0 || mine(f, d->customer) || mine(f, d->runner) || mine(f, d->host) ||
           (as_maker && (mine(f, owner) || my_sub(f, owner)));
}

/* The first document of the release it runs; -1. The newest version is the greatest number. */
static int runs(const struct facts *f, const struct fact_deployment *d) {
    int best = -1;
    for (int i = 0; i < DOCUMENTS; i++) {
        const struct fact_document *x = &f->documents[i];
        if (x->entry >= f->size || x->first != i || x->product != d->product ||
            (d->version >= 0 && x->version != d->version))
            continue;
        if (best < 0 || x->version > f->documents[best].version)
            best = i;
    }
    return best;
}

static bool sees_document(const struct facts *f, int at) {
    if (sees_product(f, f->documents[at].product))
        return true;
    for (int i = 0; i < DEPLOYMENTS; i++)
        if (f->deployments[i].entry < f->size && sees_deployment(f, &f->deployments[i], false) &&
            runs(f, &f->deployments[i]) == f->documents[at].first) /* all documents of what one runs */
            return true;
    return false;
}

struct obvious {
    bool releases[DOCUMENTS]; /* by first document */
    bool products[PRODUCTS], deployments[DEPLOYMENTS], customers[PARTIES];
    bool reached[SERVICES], falls[SERVICES];
    uint32_t n_releases, n_products, n_deployments, n_customers, n_services, n_falling;
};

static bool is_lost(const struct facts *f, const struct obvious *o, const struct fact_need *n) {
    (void)f;
    return n->kind == 0 ? o->falls[n->number] : n->kind == 1 && o->deployments[n->number];
}
static bool is_hit(const struct facts *f, const struct obvious *o, const struct fact_need *n) {
    (void)f;
    return n->kind == 0 ? o->reached[n->number] : n->kind == 1 && o->deployments[n->number];
}

/* What is only mentioned is there too, for the owner: nobody has said yet whose it is. */
static bool service_there(const struct facts *f, int at) {
    if (f->services[at].entry < f->size)
        return f->reader < 0 || mine(f, f->services[at].party);
    for (int i = 0; f->reader < 0 && i < DEPLOYMENTS; i++)
        if (f->deployments[i].entry < f->size && f->deployments[i].service == at)
            return true;
    for (int i = 0; f->reader < 0 && i < SERVICES; i++)
        for (int k = 0; f->services[i].entry < f->size && k < f->services[i].n; k++)
            if (f->services[i].needs[k].kind == 0 && f->services[i].needs[k].number == at)
                return true;
    return false;
}

static void obvious_service(const struct facts *f, struct obvious *o, int at) {
    static const struct fact_service nothing_said;
    const struct fact_service *s = f->services[at].entry < f->size ? &f->services[at] : &nothing_said;
    for (int i = 0; i < s->n; i++) {
        o->reached[at] |= is_hit(f, o, &s->needs[i]);
        bool any_left = false;
        for (int k = 0; k < s->n; k++)
            any_left |= s->needs[k].group == s->needs[i].group && !is_lost(f, o, &s->needs[k]);
        o->falls[at] |= !any_left;
    }
    for (int i = 0; i < DEPLOYMENTS; i++) {
        bool listed = false;
        for (int k = 0; k < s->n; k++)
            listed |= s->needs[k].kind == 1 && s->needs[k].number == i;
        if (o->deployments[i] && f->deployments[i].service == at) {
            o->reached[at] = true;
            o->falls[at] |= !listed;
        }
    }
}

static void obvious(const struct facts *f, uint32_t set, struct obvious *o) {
    *o = (struct obvious){0};
    for (int i = 0; i < DOCUMENTS; i++)
        if (f->documents[i].entry < f->size && (f->documents[i].set & set) && sees_document(f, i))
            o->releases[f->documents[i].first] = true;
    for (int i = 0; i < DOCUMENTS; i++)
        if (o->releases[i])
            o->products[f->documents[i].product] = true;
    for (int i = 0; i < DEPLOYMENTS; i++) {
        const struct fact_deployment *d = &f->deployments[i];
        int release = d->entry < f->size && sees_deployment(f, d, true) ? runs(f, d) : -1;
        o->deployments[i] = release >= 0 && o->releases[release];
        if (o->deployments[i])
            o->customers[d->customer] = true;
    }
    for (int round = 0; round <= SERVICES; round++)
        for (int i = 0; i < SERVICES; i++)
            if (service_there(f, i))
                obvious_service(f, o, i);
    for (int i = 0; i < DOCUMENTS; i++)
        o->n_releases += o->releases[i];
    for (int i = 0; i < PRODUCTS; i++)
        o->n_products += o->products[i];
    for (int i = 0; i < DEPLOYMENTS; i++)
        o->n_deployments += o->deployments[i];
    for (int i = 0; i < PARTIES; i++)
        o->n_customers += o->customers[i];
    for (int i = 0; i < SERVICES; i++) {
        o->n_services += o->reached[i];
        o->n_falling += o->falls[i];
    }
}

/* ── asking ── */

static struct reader reader_for(struct facts *f) {
    struct world *w = f->w;
    struct reader r = reader_owner;
    if (f->reader >= 0)
        MUST(reader_parse(&w->p, w->t.a, arena_printf(w->t.a, "party%d:%s", f->reader, tlps[f->clearance]), &r,
                          &w->t.e));
    return r;
}

static void same_services(struct facts *f, const struct reach *r, const struct obvious *o) {
    double people = 0, within = 0;
    for (int i = 0; i < SERVICES; i++) {
        const struct fact_service *s = &f->services[i];
        int until = s->restore && (!s->mtpd || s->restore < s->mtpd) ? s->restore : s->mtpd;
        if (s->entry >= f->size)
            continue;
        double share = s->population * (100.0 - s->substitutes) / 100;
        people += o->falls[i] ? share : 0;
        within += o->falls[i] ? share * until / 3600 : 0;
    }
    assert_int_equal(r->services.n, o->n_services);
    assert_int_equal(r->n_falling, o->n_falling);
    for (uint32_t i = 0; i < r->services.n; i++) {
        uint64_t at;
        assert_true(str_u64(str_from(r->services.v[i].of->id, 7), &at));
        assert_true(o->reached[at]);
        assert_int_equal(r->services.v[i].falls, o->falls[at]);
        assert_true(r->services.v[i].direct || o->reached[at]);
        assert_true(r->services.v[i].direct || r->services.v[i].through < r->services.n);
    }
    assert_true(r->people > people - 0.01 && r->people < people + 0.01);
    assert_true(r->within > within - 0.01 && r->within < within + 0.01);
}

struct rows_seen {
    struct arena *a;
    VEC(str) v;
};
static bool see_row(void *arg, const struct reach_cell *cells, struct err *e) {
    struct rows_seen *s = arg;
    (void)e;
    str components = S("");
    for (uint32_t i = 0; i < cells[5].n; i++)
        components = arena_printf(s->a, "%.*s %.*s", STR_ARG(components), STR_ARG(cells[5].list[i]));
    *vec_push(s->a, &s->v) = arena_printf(s->a, "%.*s@%.*s%.*s", STR_ARG(cells[0].text), STR_ARG(cells[2].text),
                                          STR_ARG(components));
    return true;
}

/* Newest first, each with the components found in any of its documents that the reader may see. */
static void same_release_rows(struct facts *f, struct reach *r, const struct obvious *o, uint32_t set, uint64_t n) {
    struct world *w = f->w;
    struct rows_seen seen = {.a = w->t.a};
    for (uint64_t from = 0; from < r->n_releases; from += 7) {
        struct reach_page page = {.list = REACH_RELEASES, .from = from, .n = n == 7 ? 7 : n};
        if (n != 7 && from)
            break;
        MUST(reach_rows(r, &page, see_row, &seen, &w->t.e));
    }
    assert_int_equal(seen.v.n, o->n_releases);
    uint32_t at = 0;
    for (int i = DOCUMENTS; i-- > 0;) {
        uint32_t in = 0;
        if (!o->releases[i])
            continue;
        for (int k = 0; k < DOCUMENTS; k++)
            if (f->documents[k].first == i && f->documents[k].entry < f->size && sees_document(f, k))
                in |= f->documents[k].set & set;
        str want = arena_printf(w->t.a, "product%d@%d", f->documents[i].product, f->documents[i].version);
        for (component_id id = 0; in;) { /* by id, as the view has it */
            int best = -1;
            for (int c = 0; c < COMPONENTS; c++)
                if (in >> c & 1 && (best < 0 || f->ids[c] < f->ids[best]))
                    best = c;
            assert_true(f->ids[best] > id);
            in &= ~(1U << best);
            want = arena_printf(w->t.a, "%.*s pkg:npm/package%d@1.%d.0", STR_ARG(want), best / VERSIONS,
                                best % VERSIONS);
        }
        check_str(seen.v.v[at++], want.p);
    }
}

static void same_reach(struct facts *f, const char *question, uint32_t set) {
    struct world *w = f->w;
    struct arena *a = w->t.a;
    struct question q;
    struct reach r;
    struct obvious o;
    struct reader reader = reader_for(f);
    struct as_of when = {.given = f->size < w->size, .size = f->size, .time = 5000};
    obvious(f, set, &o);
    MUST(question_parse(&w->p, a, str_of(question), &q, &w->t.e));
    MUST(reach_begin(&r, &w->p, a, &q, &reader, &when, &w->t.e));
    MUST(reach_releases(&r, &w->t.e));
    MUST(reach_products(&r, &w->t.e));
    MUST(reach_systems(&r, &w->t.e));
    if (r.n_releases != o.n_releases || r.products.n != o.n_products || r.deployments.n != o.n_deployments)
        fail_msg("%s as of %d for %d:%s: %d releases, %d products, %d deployments; want %d, %d, %d", question,
                 (int)f->size, f->reader, tlps[f->clearance], (int)r.n_releases, (int)r.products.n,
                 (int)r.deployments.n, (int)o.n_releases, (int)o.n_products, (int)o.n_deployments);
    assert_int_equal(r.customers.n, o.n_customers);
    same_services(f, &r, &o);
    same_release_rows(f, &r, &o, set, 7);
    same_release_rows(f, &r, &o, set, UINT64_MAX);
    reach_free(&r);
}

static uint32_t versions_of(int package, int below) { return ((1U << below) - 1) << package * VERSIONS; }

static void ask_all(struct facts *f) {
    struct arena *a = f->w->t.a;
    for (int i = 0; i < PACKAGES; i++) {
        same_reach(f, arena_printf(a, "pkg:npm/package%d", i).p, versions_of(i, VERSIONS));
        same_reach(f, arena_printf(a, "pkg:npm/package%d@<1.2.0", i).p, versions_of(i, 2));
        same_reach(f, arena_printf(a, "pkg:npm/package%d@1.1.0", i).p, 2U << i * VERSIONS);
    }
    for (int i = 0; i < FLAWS; i += 3)
        same_reach(f, arena_printf(a, "CVE-2026-%d", 1000 + i).p, f->hits[i]);
    same_reach(f, "pkg:npm/nobody", 0);
}

/* ── findings ── */

static bool see_finding(void *arg, const struct reach_cell *cells, struct err *e) {
    struct rows_seen *s = arg;
    (void)e;
    *vec_push(s->a, &s->v) = arena_printf(s->a, "%.*s %.*s %.*s@%.*s", STR_ARG(cells[0].text), STR_ARG(cells[6].text),
                                          STR_ARG(cells[9].text), STR_ARG(cells[11].text));
    return true;
}

static int64_t sort_value(const struct facts *f, enum findings_sort by, int flaw) {
    const int64_t values[] = {f->score[flaw], flaw % 4 * 100, -(1000 + flaw % 4), 1000 + flaw % 5, f->score[flaw]};
    return values[by];
}

static void obvious_findings(struct facts *f, const struct findings_wish *wish, uint32_t package,
                             struct rows_seen *out) {
    bool done[FLAWS] = {false};
    for (;;) {
        int flaw = -1;
        for (int i = 0; i < FLAWS; i++)
            if (!done[i] && (flaw < 0 || sort_value(f, wish->sort, i) >= sort_value(f, wish->sort, flaw)))
                flaw = i;
        if (flaw < 0)
            return;
        done[flaw] = true;
        if (((wish->kev || wish->sort == FINDINGS_BY_KEV) && flaw % 3) || flaw % 4 * 100 < wish->epss)
            continue;
        uint32_t left = f->hits[flaw] & package;
        while (left) {
            int c = -1;
            for (int i = 0; i < COMPONENTS; i++)
                if (left >> i & 1 && (c < 0 || f->ids[i] < f->ids[c]))
                    c = i;
            left &= ~(1U << c);
            struct obvious o;
            if (wish->fixable && c % 2 == 0)
                continue;
            obvious(f, 1U << c, &o);
            for (int i = DOCUMENTS; i-- > 0;)
                if (o.releases[i])
                    *vec_push(out->a, &out->v) = arena_printf(
                        out->a, "CVE-2026-%d pkg:npm/package%d@1.%d.0 product%d@%d", 1000 + flaw, c / VERSIONS,
                        c % VERSIONS, f->documents[i].product, f->documents[i].version);
        }
    }
}

/* The first case that lists it; CASES: none with a clock. */
static int case_of(const struct facts *f, int flaw, int component, int product) {
    int best = CASES;
    for (int i = 0; i < CASES; i++)
        if (f->cases[i].product == product && f->cases[i].due >= 0 && (f->cases[i].lists[flaw] >> component & 1) &&
            (best == CASES || f->cases[i].due < f->cases[best].due))
            best = i;
    return best;
}

/* Rows as they stand by severity, moved into the order of their cases. */
static void order_by_clock(struct facts *f, struct rows_seen *rows) {
    struct arena *a = f->w->t.a;
    struct rows_seen out = {.a = a};
    int *in = arena_array(a, int, rows->v.n + 1);
    for (uint32_t i = 0; i < rows->v.n; i++) {
        int flaw, package, version, product;
        assert_int_equal(sscanf(arena_cstr(a, rows->v.v[i]), "CVE-2026-%d pkg:npm/package%d@1.%d.0 product%d@", &flaw,
                                &package, &version, &product),
                         4);
        in[i] = case_of(f, flaw - 1000, package * VERSIONS + version, product);
    }
    for (int due = 0; due <= 300; due += 100)
        for (int at = 0; at < CASES; at++)
            for (uint32_t i = 0; i < rows->v.n && f->cases[at].due == due; i++)
                if (in[i] == at)
                    *vec_push(a, &out.v) = rows->v.v[i];
    for (uint32_t i = 0; i < rows->v.n; i++)
        if (in[i] == CASES)
            *vec_push(a, &out.v) = rows->v.v[i];
    assert_int_equal(out.v.n, rows->v.n);
    *rows = out;
}

static void same_findings(struct facts *f, const struct findings_wish *wish, uint32_t package, uint64_t page) {
    struct world *w = f->w;
    struct arena *a = w->t.a;
    struct rows_seen want = {.a = a}, got = {.a = a};
    struct reader reader = reader_for(f);
    struct as_of when = {.given = f->size < w->size, .size = f->size, .time = 5000};
    struct findings *list;
    struct cursor at = {0}, next;
    uint64_t n;
    bool more = true, exact;
    obvious_findings(f, wish, package, &want);
    if (wish->sort == FINDINGS_BY_CLOCK)
        order_by_clock(f, &want);
    while (more) { /* every page by a caller of its own */
        MUST(findings_begin(&w->p, a, &reader, &when, wish, &list, &w->t.e));
        uint32_t before = got.v.n;
        MUST(findings_page(list, &at, page, see_finding, &got, &next, &more, &w->t.e));
        assert_true(got.v.n - before == page || !more);
        MUST(findings_count(list, 2 * FINDINGS_BUDGET, &n, &exact, &w->t.e)); /* however slow the machine is */
        assert_true(exact);
        assert_int_equal(n, want.v.n);
        MUST(findings_count(list, 3, &n, &exact, &w->t.e));
        assert_true(n <= want.v.n && (!exact || n == want.v.n));
        findings_free(list);
        at = next;
    }
    assert_int_equal(got.v.n, want.v.n);
    for (uint32_t i = 0; i < got.v.n; i++)
        check_str(got.v.v[i], want.v.v[i].p);
}

static void list_all(struct facts *f) {
    struct world *w = f->w;
    struct question package;
    MUST(question_parse(&w->p, w->t.a, S("pkg:npm/package2"), &package, &w->t.e));
    for (int sort = 0; sort < FINDINGS_SORTS; sort++) {
        struct findings_wish wish = {.sort = (enum findings_sort)sort};
        same_findings(f, &wish, UINT32_MAX, 13);
        wish.fixable = true;
        same_findings(f, &wish, UINT32_MAX, 50);
        wish = (struct findings_wish){.sort = (enum findings_sort)sort, .epss = 200};
        same_findings(f, &wish, UINT32_MAX, 11);
        wish = (struct findings_wish){.sort = (enum findings_sort)sort, .kev = true, .package = &package};
        same_findings(f, &wish, versions_of(2, VERSIONS), 5);
        wish.kev = false;
        same_findings(f, &wish, versions_of(2, VERSIONS), 7);
    }
}

/* ── answers ── */

static void answer(struct facts *f, int64_t entry, int flaw, const char *product, const char *part, const char *why) {
    struct world *w = f->w;
    static const unsigned char nobody[32];
    struct entry x = {.log_id = 1, .index = (uint64_t)entry, .time = 1000, .arena = w->t.a};
    struct verdict_new v = {.flaw = arena_printf(w->t.a, "CVE-2026-%d", 1000 + flaw),
                            .product = str_of(product),
                            .part = str_of(part),
                            .justification = str_of(why),
                            .status = VEX_NOT_AFFECTED,
                            .stated = 1000,
                            .kev = -1,
                            .epss = -1};
    memcpy(x.key, nobody, sizeof nobody);
    MUST(verdict_add(&w->p, &x, &v, &w->t.e));
}

static bool see_status(void *arg, const struct reach_cell *cells, struct err *e) {
    return str_is(cells[8].text, "open") || see_finding(arg, cells, e);
}

/* Of all findings those that are not open, and those asked for as answered, are the same in the same order. */
static void same_answers(struct facts *f, enum findings_sort sort, const struct question *package) {
    struct world *w = f->w;
    struct arena *a = w->t.a;
    struct rows_seen want = {.a = a}, got = {.a = a};
    struct reader reader = reader_for(f);
    struct as_of when = {.given = f->size < w->size, .size = f->size, .time = 5000};
    for (int status = FINDINGS_ANSWERED; status <= FINDINGS_ALL; status++) {
        struct findings_wish wish = {.sort = sort, .status = (enum findings_status)status, .package = package};
        struct rows_seen *rows = status == FINDINGS_ALL ? &want : &got;
        struct cursor at = {0}, next;
        bool more = true;
        while (more) {
            struct findings *list;
            MUST(findings_begin(&w->p, a, &reader, &when, &wish, &list, &w->t.e));
            MUST(findings_page(list, &at, 7, see_status, rows, &next, &more, &w->t.e));
            findings_free(list);
            at = next;
        }
    }
    if (!package && f->reader < 0 && f->size == w->size)
        assert_true(want.v.n > 0);
    assert_int_equal(got.v.n, want.v.n);
    for (uint32_t i = 0; i < got.v.n; i++)
        check_str(got.v.v[i], want.v.v[i].p);
}

/* What a purl without a version and without a part was said of, is answered wherever the flaw is in those products. */
static void answered_by_purl(struct facts *f) {
    struct world *w = f->w;
    struct rows_seen all = {.a = w->t.a}, got = {.a = w->t.a};
    struct findings_wish wish = {.sort = FINDINGS_BY_SEVERITY, .status = FINDINGS_ANSWERED};
    struct as_of now = {.given = false};
    struct cursor at = {0}, next;
    struct findings *list;
    uint32_t found = 0, wanted = 0;
    bool more;
    f->size = w->size;
    f->reader = -1;
    obvious_findings(f, &wish, UINT32_MAX, &all);
    MUST(findings_begin(&w->p, w->t.a, &reader_owner, &now, &wish, &list, &w->t.e));
    MUST(findings_page(list, &at, 100000, see_finding, &got, &next, &more, &w->t.e));
    findings_free(list);
    for (uint32_t i = 0; i < all.v.n; i++) {
        int flaw, package, version, product;
        assert_int_equal(sscanf(arena_cstr(w->t.a, all.v.v[i]), "CVE-2026-%d pkg:npm/package%d@1.%d.0 product%d@",
                                &flaw, &package, &version, &product),
                         4);
        flaw -= 1000;
        if (flaw % 6 || flaw % 4 == 0 || product % 6)
            continue;
        wanted++;
        for (uint32_t k = 0; k < got.v.n; k++)
            found += str_eq(got.v.v[k], all.v.v[i]);
    }
    assert_true(wanted > 0);
    assert_int_equal(found, wanted);
}

static void answers_in_every_order(void **state) {
    struct world *w = *state;
    struct facts *f = calloc(1, sizeof *f);
    struct question package;
    make(f, w, 12);
    for (int i = 0; i < FLAWS; i++) {
        if (i % 2)
            answer(f, 2 * i, i, arena_printf(w->t.a, "product%d", i % 5).p, "", "vulnerable_code_not_in_execute_path");
        if (i % 5 == 0)
            answer(f, 2 * i + 1, i, arena_printf(w->t.a, "product%d@%d", i % 4, i % 3).p, "", "component_not_present");
        if (i % 7 == 0)
            answer(f, 100 + i, i, "product1", "pkg:npm/package2@1.1.0", "vulnerable_code_not_present");
        if (i % 11 == 0)
            answer(f, 200 + i, i, "pkg:npm/package1@1.0.0", "", "vulnerable_code_not_present");
        if (i % 3 == 0) /* some are called so together with another one */
            answer(f, 300 + i, i, arena_printf(w->t.a, "pkg:generic/soft%d%s", i % 6, i % 2 ? "@1" : "").p,
                   i % 4 ? "" : "pkg:npm/package2@1.1.0", "vulnerable_code_not_in_execute_path");
    }
    MUST(due_answers(&w->p, &w->t.e));
    MUST(question_parse(&w->p, w->t.a, S("pkg:npm/package2"), &package, &w->t.e));
    answered_by_purl(f);
    for (f->size = w->size; f->size > 60; f->size /= 4)
        for (f->reader = -1; f->reader < PARTIES; f->reader += 8)
            for (int sort = 0; sort < FINDINGS_SORTS; sort++) {
                same_answers(f, (enum findings_sort)sort, NULL);
                same_answers(f, (enum findings_sort)sort, &package);
            }
    contents_close(w->p.contents);
    free(f);
}

/* ── what runs ── */

static str column_texts(struct facts *f) {
    struct world *w = f->w;
    struct buf b = {0};
    const struct query *const columns[] = {&Q_product_newest_all, &Q_deployment_runs_all};
    for (int i = 0; i < 2; i++) {
        struct ask *q = ask(f, columns[i]);
        bool row;
        while (true) {
            MUST(ask_step(q, &row, &w->t.e));
            if (!row)
                break;
            buf_addf(&b, "%d %lld\n", i, (long long)ask_col_int(q, 0));
            buf_add(&b, ask_col_blob(q, 1));
        }
        ask_end(q);
    }
    str out = arena_str(w->t.a, buf_str(&b));
    buf_free(&b);
    return out;
}

static void rebuild(struct facts *f) {
    struct world *w = f->w;
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(running_rebuild(&w->p, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}

static bool same_run(void *arg, const struct deployment *d, struct err *e) {
    struct facts *f = arg;
    struct running now;
    uint32_t release;
    bool found;
    if (!running_read(&f->w->p, f->w->t.a, &now, e) || !deployment_release(&f->w->p, d, NULL, &found, &release, e))
        return false;
    assert_true(now.known && d->number < now.n);
    assert_int_equal(now.v[d->number].product, d->product);
    assert_int_equal(now.v[d->number].release, found ? release : RUNNING_NONE);
    assert_int_equal(now.v[d->number].customer, d->customer);
    assert_int_equal(now.v[d->number].service, d->service);
    struct deployment newest = {.product = d->product, .follows = true};
    if (!deployment_release(&f->w->p, &newest, NULL, &found, &release, e))
        return false;
    assert_int_equal(now.newest[d->product], found ? release : RUNNING_NONE);
    return true;
}

/* Kept entry by entry, it is what the rule says of the rows, and what one pass over them makes. */
static void what_runs_is_kept(void **state) {
    struct world *w = *state;
    struct facts *f = calloc(1, sizeof *f);
    w->p.touched = touched_new();
    f->w = w;
    rebuild(f);
    make(f, w, 23);
    MUST(deployments_each(&w->p, NULL, same_run, f, &w->t.e));
    str grown = column_texts(f);
    assert_true(grown.n > 100);
    say(w, THING_PRODUCT, "{\"id\":\"product1\",\"party\":\"party1\",\"purl\":\"pkg:npm/product1\"}");
    flush_runs(w);
    MUST(deployments_each(&w->p, NULL, same_run, f, &w->t.e));
    grown = column_texts(f);
    rebuild(f);
    str made = column_texts(f);
    assert_true(str_eq(grown, made));
    contents_close(w->p.contents);
    touched_free(w->p.touched);
    free(f);
}

/* ── tests ── */

static void ask_at_every_moment(void **state) {
    struct world *w = *state;
    struct facts *f = calloc(1, sizeof *f);
    make(f, w, 7);
    f->size = w->size;
    for (f->reader = -1; f->reader < PARTIES; f->reader++) { /* now, from the rows */
        struct arena_mark m = arena_mark(w->t.a);
        f->clearance = (enum tlp)((unsigned)f->reader % 4);
        ask_all(f);
        arena_reset(w->t.a, m);
    }
    rebuild(f); /* from here on what is now comes from the columns */
    for (f->size = w->size; f->size > 20; f->size = f->size * 2 / 3)
        for (f->reader = -1; f->reader < PARTIES; f->reader += 2) {
            struct arena_mark m = arena_mark(w->t.a);
            f->clearance = (enum tlp)((unsigned)f->reader % 4);
            ask_all(f);
            arena_reset(w->t.a, m);
        }
    contents_close(w->p.contents);
    free(f);
}

static void findings_in_every_order(void **state) {
    struct world *w = *state;
    struct facts *f = calloc(1, sizeof *f);
    make(f, w, 11);
    uint64_t less = getenv("AKASHI_TEST_POSTGRES") ? 8 : 2; /* a server's answers take longer */
    for (f->size = w->size; f->size > 60; f->size /= less)
        for (f->reader = -1; f->reader < PARTIES; f->reader += 4) {
            struct arena_mark m = arena_mark(w->t.a);
            f->clearance = TLP_GREEN;
            list_all(f);
            arena_reset(w->t.a, m);
        }
    contents_close(w->p.contents);
    free(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        WORLD_TEST(ask_at_every_moment),
        WORLD_TEST(what_runs_is_kept),
        WORLD_TEST(findings_in_every_order),
        WORLD_TEST(answers_in_every_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
