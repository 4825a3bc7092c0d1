/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/audience.h"

#include <stdlib.h>

#include "store/queries.h"

/* ── the rule ── */

static const char *const tlp_names[] = {"clear", "green", "amber", "amber+strict", "red"};

const char *tlp_name(enum tlp t) { return tlp_names[t]; }

bool tlp_parse(str word, enum tlp *out) {
    if (str_istarts(word, S("TLP:")))
        word = str_from(word, 4);
    for (size_t i = 0; i < sizeof tlp_names / sizeof *tlp_names; i++)
        if (str_ieq(word, str_of(tlp_names[i]))) {
            *out = (enum tlp)i;
            return true;
        }
    if (!str_ieq(word, S("white"))) /* what TLP 1.0 called clear */
        return false;
    *out = TLP_CLEAR;
    return true;
}

static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}
static bool among(const int64_t *list, uint32_t n, int64_t number) {
    return n > 0 && number >= 0 && bsearch(&number, list, n, sizeof *list, by_number) != NULL;
}

bool audience_admits(const struct reader *r, const struct concerned *to) {
    if (r->owner)
        return true;
    for (uint32_t i = 0; i < to->n; i++)
        if (among(r->parties, r->n, to->parties[i]))
            return true;
    if (among(r->parties, r->n, to->maker) || among(r->subs, r->n_subs, to->maker))
        return true;
    enum tlp tlp;
    return to->tlp.p && tlp_parse(to->tlp, &tlp) && tlp != TLP_RED && tlp <= r->clearance;
}

bool audience_party(const struct reader *r, const struct party *x) {
    return audience_admits(r, &(struct concerned){.maker = x->number});
}
bool audience_product(const struct reader *r, const struct product *x) {
    return audience_admits(r, &(struct concerned){.maker = x->party, .tlp = x->tlp});
}
bool audience_deployment(const struct reader *r, const struct deployment *d, const struct product *of) {
    const int64_t parties[] = {d->customer, d->operator_, d->host};
    return audience_admits(r, &(struct concerned){parties, 3, of ? of->party : -1, {NULL, 0}});
}
bool audience_service(const struct reader *r, const struct service *s) {
    return audience_admits(r, &(struct concerned){.maker = -1, .parties = &s->party, .n = 1});
}
bool audience_case(const struct reader *r, const struct product *of) {
    return audience_admits(r, &(struct concerned){.maker = of->party});
}

/* ── candidates: whatever was said of a party at any time ── */

VEC_NAMED(candidates, int64_t);

/* Adds the numbers a query gives for a party, or for a text. */
static bool add_candidates(struct portfolio *p, struct arena *a, const struct query *query, int64_t party, str text,
                           struct candidates *out, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(p->store, query, &q, e))
        return false;
    if (text.p)
        ask_text(q, 1, text);
    else if (party >= 0)
        ask_int(q, 1, party);
    while (ask_step(q, &row, e)) {
        if (!row)
            return true;
        *vec_push(a, out) = ask_col_int(q, 0);
    }
    return false;
}

static void candidates_unique(struct candidates *x) {
    uint32_t kept = 0;
    if (x->n)
        qsort(x->v, x->n, sizeof *x->v, by_number);
    for (uint32_t i = 0; i < x->n; i++)
        if (!kept || x->v[kept - 1] != x->v[i])
            x->v[kept++] = x->v[i];
    x->n = kept;
}

/* ── a reader ── */

struct relation {
    int64_t party;
    VEC(int64_t) primes;
};
VEC_NAMED(relations, struct relation);

static bool read_relations(struct portfolio *p, struct arena *a, struct relations *out, struct err *e) {
    struct candidates some = {0};
    if (!add_candidates(p, a, &Q_parties_with_primes, -1, (str){NULL, 0}, &some, e))
        return false;
    for (uint32_t i = 0; i < some.n; i++) {
        struct party x;
        bool found;
        if (!party_get(p, a, some.v[i], NULL, &x, &found, e))
            return false;
        if (!found || !x.primes.n)
            continue;
        struct relation *r = vec_push(a, out);
        *r = (struct relation){.party = x.number};
        for (uint32_t k = 0; k < x.primes.n; k++)
            *vec_push(a, &r->primes) = x.primes.v[k];
    }
    return true;
}

/* Do all its primes belong to the reader? */
static bool works_for(const struct reader *r, const struct relation *x) {
    for (uint32_t i = 0; i < x->primes.n; i++)
        if (!among(r->parties, r->n, x->primes.v[i]) && !among(r->subs, r->n_subs, x->primes.v[i]))
            return false;
    return true;
}

/* Round by round, as sub-contractors have sub-contractors; each round adds at least one or is the last. */
static bool find_subs(struct portfolio *p, struct arena *a, struct reader *r, struct err *e) {
    struct relations all = {0};
    if (!read_relations(p, a, &all, e))
        return false;
    int64_t *subs = arena_array(a, int64_t, all.n + 1);
    r->subs = subs;
    for (bool grown = true; grown;) {
        uint32_t n = r->n_subs;
        for (uint32_t i = 0; i < all.n; i++) {
            int64_t party = all.v[i].party;
            if (!among(r->parties, r->n, party) && !among(subs, r->n_subs, party) && works_for(r, &all.v[i]))
                subs[n++] = party;
        }
        grown = n > r->n_subs;
        r->n_subs = n;
        qsort(subs, n, sizeof *subs, by_number);
    }
    return true;
}

/* Takes ":TLP" off the end of *text. */
static bool take_clearance(str *text, enum tlp *out, struct err *e) {
    str head, word;
    *out = TLP_CLEAR;
    if (!str_rcut(*text, ':', &head, &word))
        return true;
    if (!tlp_parse(word, out)) {
        err_set(e, ERR_USAGE, S("--audience"), _("\"%.*s\" is no TLP"), STR_ARG(word));
        return err_hint(e, _("clear, green, amber or amber+strict"));
    }
    *text = str_iends(head, S(":TLP")) ? str_upto(head, head.n - 4) : head;
    return true;
}

bool reader_parse(struct portfolio *p, struct arena *a, str text, struct reader *out, struct err *e) {
    VEC(int64_t) parties = {0};
    str id;
    *out = (struct reader){0};
    if (!take_clearance(&text, &out->clearance, e))
        return false;
    while (str_next(&text, ',', &id)) {
        bool found;
        int64_t number;
        if (!thing_find(p, THING_PARTY, str_trim(id), &found, &number, e))
            return false;
        if (found)
            *vec_push(a, &parties) = number;
    }
    if (parties.n)
        qsort(parties.v, parties.n, sizeof *parties.v, by_number);
    out->parties = parties.v;
    out->n = parties.n;
    return !out->n || find_subs(p, a, out, e);
}

/* ── its releases ── */

struct gathering {
    struct portfolio *p;
    const struct reader *r;
    const struct as_of *when;
    uint32_t limit;
    int64_t time; /* deployments that ended before run nothing any more */
    struct arena *a;
    roaring_bitmap_t *products, *releases;
};

static bool take_product(struct gathering *g, int64_t number, struct err *e) {
    struct product x;
    bool found;
    if (!product_get(g->p, g->a, number, g->when, &x, &found, e))
        return false;
    if (found && number >= 0 && number < UINT32_MAX && audience_product(g->r, &x))
        roaring_bitmap_add(g->products, (uint32_t)number);
    return true;
}

static bool take_products(struct gathering *g, struct err *e) {
    const struct reader *r = g->r;
    struct candidates some = {0};
    str none = {NULL, 0};
    for (uint32_t i = 0; i < r->n; i++)
        if (!add_candidates(g->p, g->a, &Q_products_of_party, r->parties[i], none, &some, e))
            return false;
    for (uint32_t i = 0; i < r->n_subs; i++)
        if (!add_candidates(g->p, g->a, &Q_products_of_party, r->subs[i], none, &some, e))
            return false;
    for (int t = TLP_CLEAR; t <= (int)r->clearance && t < TLP_RED; t++)
        if (!add_candidates(g->p, g->a, &Q_products_of_tlp, -1, str_of(tlp_names[t]), &some, e))
            return false;
    candidates_unique(&some);
    for (uint32_t i = 0; i < some.n; i++) {
        struct arena_mark m = arena_mark(g->a);
        bool ok = take_product(g, some.v[i], e);
        arena_reset(g->a, m);
        if (!ok)
            return false;
    }
    return true;
}

static bool take_deployment(struct gathering *g, int64_t number, struct err *e) {
    struct deployment d;
    bool found;
    uint32_t release;
    if (!deployment_get(g->p, g->a, number, g->when, &d, &found, e))
        return false;
    if (!found || (d.until && d.until < g->time) || !audience_deployment(g->r, &d, NULL))
        return true;
    if (!deployment_release(g->p, &d, g->when, &found, &release, e))
        return false;
    if (found && release < g->limit)
        roaring_bitmap_add(g->releases, release);
    return true;
}

static bool take_deployments(struct gathering *g, struct err *e) {
    struct candidates some = {0};
    for (uint32_t i = 0; i < g->r->n; i++)
        if (!add_candidates(g->p, g->a, &Q_deployments_of_party, g->r->parties[i], (str){NULL, 0}, &some, e))
            return false;
    candidates_unique(&some);
    for (uint32_t i = 0; i < some.n; i++) {
        struct arena_mark m = arena_mark(g->a);
        bool ok = take_deployment(g, some.v[i], e);
        arena_reset(g->a, m);
        if (!ok)
            return false;
    }
    return true;
}

bool audience_releases(struct portfolio *p, const struct reader *r, const struct as_of *when, uint32_t limit,
                       roaring_bitmap_t **out, struct err *e) {
    *out = NULL;
    if (r->owner)
        return true;
    struct gathering g = {.p = p, .r = r, .when = when, .limit = limit, .a = arena_new()};
    g.time = when && when->given ? when->time : p->ctx->now;
    g.products = roaring_bitmap_create();
    g.releases = roaring_bitmap_create();
    bool ok = take_products(&g, e) && take_deployments(&g, e) &&
              contents_releases_of(p->contents, g.products, limit, g.releases, e) &&
              contents_all_documents(p->contents, g.releases, limit, e);
    roaring_bitmap_free(g.products);
    arena_free(g.a);
    if (ok)
        *out = g.releases;
    else
        roaring_bitmap_free(g.releases);
    return ok;
}
