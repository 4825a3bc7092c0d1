/* SPDX-License-Identifier: Apache-2.0
 *
 * What customers were given and answered. Each customer counts once, with the releases it runs; a reader is told of
 * those it may know of.
 */
#include <stdlib.h>

#include "conform/decision_inner.h"
#include "conform/extent_inner.h"

/* A customer and a release it runs. */
struct run {
    int64_t customer;
    uint32_t release;
    bool sbom, vex; /* was given */
};
struct sharing {
    struct measuring *k;
    VEC(struct run) runs;
    uint64_t measures, answered;
};

/* The first document of the release that one of its documents is of; UINT32_MAX: not for this reader. */
static int by_id(const void *x, const void *y) {
    uint32_t id = *(const uint32_t *)x, of = ((const struct release_row *)y)->id;
    return (id > of) - (id < of);
}
static uint32_t twin_of(const struct measuring *k, uint32_t id) {
    const struct release_row *at = k->releases.n
                                       ? bsearch(&id, k->releases.v, k->releases.n, sizeof *k->releases.v, by_id)
                                       : NULL;
    return at ? at->twin : UINT32_MAX;
}

static int by_customer(const void *x, const void *y) {
    const struct run *a = x, *b = y;
    if (a->customer != b->customer)
        return a->customer < b->customer ? -1 : 1;
    return (a->release > b->release) - (a->release < b->release);
}

static bool take_deployment(void *arg, const struct deployment *d, struct err *e) {
    struct sharing *s = arg;
    struct measuring *k = s->k;
    uint32_t release = UINT32_MAX;
    bool found;
    if (d->customer < 0 || d->customer == k->of.party || !audience_deployment(k->reader, d, &k->of))
        return true;
    if (!deployment_release(k->p, d, &k->when, &found, &release, e))
        return false;
    release = found ? twin_of(k, release) : UINT32_MAX;
    if (k->one_version && release != k->release.twin)
        return true;
    *vec_push(k->a, &s->runs) = (struct run){.customer = d->customer, .release = release};
    return true;
}

/* Only who answers for the product can say what it gave. */
static bool may_say(struct measuring *k, const struct decision_side *owner, str signer, int64_t time, bool *may,
                    struct err *e) {
    const struct known_key *key = signer.n == 32 ? decision_key(k->p, (const unsigned char *)signer.p, time) : NULL;
    *may = key && key->ours;
    return !key || key->ours || decision_side_is(k->p, k->a, key, owner, may, e);
}

struct gift {
    int64_t customer, time;
    uint32_t release;
    bool sbom, vex;
    str signer;
};

static bool list_gifts(struct measuring *k, struct ask *q, struct arena *a, struct gift **out, uint32_t *n,
                       struct err *e) {
    VEC(struct gift) all = {0};
    bool row;
    for (;;) {
        struct gift g = {0};
        struct fact f;
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        str facts = ask_col_text(q, 9);
        if (!str_i64(ask_col_text(q, 1), &g.customer))
            continue;
        g.release = (uint32_t)ask_col_int(q, 0);
        g.time = ask_col_int(q, 4);
        g.signer = arena_str(a, ask_col_blob(q, 5));
        g.sbom = fact_get(facts, "sbom", k->now, &f) && f.number > 0;
        g.vex = fact_get(facts, "vex", k->now, &f) && f.number > 0;
        *vec_push(a, &all) = g;
    }
    ask_end(q);
    *out = all.v;
    *n = all.n;
    return true;
}

static bool take_gifts(struct sharing *s, struct err *e) {
    struct measuring *k = s->k;
    struct decision_side owner;
    struct gift *all;
    struct ask *q;
    uint32_t n;
    if (!extent_owner(k, &owner, e) || !extent_ask_evidence(k, "disclosure", ABOUT_RELEASES, &q, e) ||
        !list_gifts(k, q, k->a, &all, &n, e))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        struct run key = {.customer = all[i].customer, .release = all[i].release};
        struct run *to = s->runs.n ? bsearch(&key, s->runs.v, s->runs.n, sizeof key, by_customer) : NULL;
        bool may = false;
        if (to && !may_say(k, &owner, all[i].signer, all[i].time, &may, e))
            return false;
        if (may) {
            to->sbom |= all[i].sbom;
            to->vex |= all[i].vex;
        }
    }
    return true;
}

static bool take_decision(void *arg, const struct decision *d, struct err *e) {
    struct sharing *s = arg;
    bool seen = d->trusted && str_eq(d->said.product, s->k->x->product);
    if (seen && !decision_seen(s->k->p, s->k->a, s->k->reader, d, &seen, e))
        return false;
    s->measures += seen;
    s->answered += seen && d->holds != NULL && d->state != DECISION_REOPENED;
    return true;
}

static void sort_runs(struct sharing *s) {
    uint32_t n = 0;
    if (s->runs.n)
        qsort(s->runs.v, s->runs.n, sizeof *s->runs.v, by_customer);
    for (uint32_t i = 0; i < s->runs.n; i++)
        if (!n || by_customer(&s->runs.v[n - 1], &s->runs.v[i]) != 0)
            s->runs.v[n++] = s->runs.v[i];
    s->runs.n = n;
}

/* A customer has it when it was given it for each release that it runs. */
static void count_customers(struct sharing *s, uint64_t *sbom, uint64_t *vex) {
    for (uint32_t i = 0, next; i < s->runs.n; i = next) {
        bool has_sbom = true, has_vex = true;
        for (next = i; next < s->runs.n && s->runs.v[next].customer == s->runs.v[i].customer; next++) {
            has_sbom &= s->runs.v[next].sbom;
            has_vex &= s->runs.v[next].vex;
        }
        s->k->x->customers++;
        *sbom += has_sbom;
        *vex += has_vex;
    }
}

bool extent_sharing(struct measuring *k, struct err *e) {
    struct sharing s = {.k = k};
    struct decision_ask ask = {.when = k->when, .now = k->now};
    uint64_t sbom = 0, vex = 0;
    if (!deployments_of(k->p, &k->product, 1, &k->when, take_deployment, &s, e) ||
        !decisions_each(k->p, &ask, take_decision, &s, e))
        return false;
    sort_runs(&s);
    if (!take_gifts(&s, e))
        return false;
    count_customers(&s, &sbom, &vex);
    extent_set_share(k, "share-sbom", sbom, k->x->customers);
    extent_set_share(k, "share-vex", vex, k->x->customers);
    extent_set_share(k, "share-decisions", s.answered, s.measures);
    return true;
}
