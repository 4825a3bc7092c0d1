/* SPDX-License-Identifier: Apache-2.0
 *
 * What is counted: releases, products, deployments … in scope, as of the moment. Releases and deployments of another
 * party's products are not among them, whoever says what about them.
 */
#include <stdlib.h>

#include "conform/evaluate_inner.h"
#include "store/queries.h"

enum { PAGE = 4096, PRODUCTS_ONE_BY_ONE = 200 };

bool product_in_scope(const struct evaluating *k, int64_t product) {
    uint32_t low = 0, high = k->scope.products.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (k->scope.products.v[middle] < product)
            low = middle + 1;
        else
            high = middle;
    }
    return low < k->scope.products.n && k->scope.products.v[low] == product;
}

static bool is_known(const struct evaluating *k, int64_t log_id, int64_t entry, int64_t time) {
    return !k->when.given || (log_id == k->p->log_id ? (uint64_t)entry < k->when.size : time <= k->when.time);
}

/* ── things of things.h ── */

static bool said_page(struct evaluating *k, const struct query *of, int64_t *last, uint32_t *n,
                      bool (*each)(struct evaluating *k, void *arg, const struct said_row *x, struct err *e), void *arg,
                      struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(k->p->store, of, &q, e))
        return false;
    ask_int(q, 1, k->when.given ? (int64_t)k->when.size : INT64_MAX);
    ask_int(q, 2, *last);
    ask_int(q, 3, PAGE);
    ask_int(q, 4, -1);
    for (*n = 0;; (*n)++) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        struct said_row x = {.number = ask_col_int(q, 0),
                             .id = ask_col_text(q, 1),
                             .entry = ask_col_null(q, 2) ? -1 : ask_col_int(q, 2),
                             .time = ask_col_int(q, 3),
                             .signer = ask_col_blob(q, 4),
                             .q = q};
        *last = x.number;
        if (!each(k, arg, &x, e))
            return false;
    }
    ask_end(q);
    return true;
}

bool said_each(struct evaluating *k, const struct query *of,
               bool (*each)(struct evaluating *k, void *arg, const struct said_row *x, struct err *e), void *arg,
               struct err *e) {
    int64_t last = -1;
    for (uint32_t n = PAGE; n == PAGE;)
        if (!said_page(k, of, &last, &n, each, arg, e))
            return false;
    return true;
}

static struct thing *add_thing(struct evaluating *k, enum rule_about about, int64_t number, int64_t time, str name) {
    struct thing *t = vec_push(k->a, &k->things[about].list);
    *t = (struct thing){
        .number = number, .product = -1, .party = -1, .time = time, .name = name.p ? arena_str(k->a, name) : name};
    return t;
}

static bool take_product(struct evaluating *k, void *arg, const struct said_row *x, struct err *e) {
    (void)arg;
    (void)e;
    if (product_in_scope(k, x->number))
        add_thing(k, ABOUT_PRODUCTS, x->number, x->time, x->id)->product = x->number;
    return true;
}

enum { D_PRODUCT = 5, D_CUSTOMER = 8, D_OPERATOR = 9, D_UNTIL = 18 }; /* of deployments_at */
static bool is_party(struct ask *q, int column, int64_t party) {
    return !ask_col_null(q, column) && ask_col_int(q, column) == party;
}
static bool take_deployment(struct evaluating *k, void *arg, const struct said_row *x, struct err *e) {
    (void)arg;
    (void)e;
    int64_t until = ask_col_int(x->q, D_UNTIL);
    int64_t product = ask_col_null(x->q, D_PRODUCT) ? -1 : ask_col_int(x->q, D_PRODUCT);
    bool runs = k->whole && (is_party(x->q, D_CUSTOMER, k->scope.party) || is_party(x->q, D_OPERATOR, k->scope.party));
    if (x->entry < 0 || (until && until <= k->ask->now) || !(runs || product_in_scope(k, product)))
        return true;
    struct thing *t = add_thing(k, ABOUT_DEPLOYMENTS, x->number, x->time, x->id);
    t->product = product;
    t->party = ask_col_null(x->q, D_CUSTOMER) ? -1 : ask_col_int(x->q, D_CUSTOMER);
    return true;
}

static bool take_service(struct evaluating *k, void *arg, const struct said_row *x, struct err *e) {
    (void)arg;
    (void)e;
    if (x->entry >= 0 && is_party(x->q, 6, k->scope.party))
        add_thing(k, ABOUT_SERVICES, x->number, x->time, x->id);
    return true;
}

static int by_number(const void *x, const void *y) {
    const struct thing *a = x, *b = y;
    return (a->number > b->number) - (a->number < b->number);
}
static void sort_once(struct thing_list *l) {
    uint32_t n = 0;
    if (l->n)
        qsort(l->v, l->n, sizeof *l->v, by_number);
    for (uint32_t i = 0; i < l->n; i++)
        if (!n || l->v[n - 1].number != l->v[i].number)
            l->v[n++] = l->v[i];
    l->n = n;
}

// NOLINTNEXTLINE(misc-no-recursion): one deep, deployments ask for nothing
static bool take_customers(struct evaluating *k, struct err *e) {
    struct things *d;
    if (!things_in_scope(k, ABOUT_DEPLOYMENTS, &d, e))
        return false;
    for (uint32_t i = 0; i < d->list.n; i++) {
        const struct thing *t = &d->list.v[i];
        if (t->party >= 0 && t->party != k->scope.party && product_in_scope(k, t->product))
            add_thing(k, ABOUT_CUSTOMERS, t->party, t->time, (str){NULL, 0})->party = t->party;
    }
    sort_once(&k->things[ABOUT_CUSTOMERS].list);
    return true;
}

static bool each_sub(void *arg, const struct party *x, struct err *e) {
    struct evaluating *k = arg;
    (void)e;
    for (uint32_t i = 0; i < x->primes.n; i++)
        if (x->primes.v[i] == k->scope.party) {
            add_thing(k, ABOUT_SUBCONTRACTORS, x->number, 0, x->id)->party = x->number;
            break;
        }
    return true;
}

/* ── releases ── */

static bool read_releases(struct evaluating *k, struct ask *q, struct err *e) {
    struct thing_list *list = &k->things[ABOUT_RELEASES].list;
    bool row;
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        int64_t id = ask_col_int(q, 0), twin = ask_col_int(q, 1), product = ask_col_int(q, 2), time = ask_col_int(q, 6);
        if (!product_in_scope(k, product) || !is_known(k, ask_col_int(q, 4), ask_col_int(q, 5), time) ||
            !signer_may_ship(k, ask_col_blob(q, 7), time))
            continue;
        *vec_push(k->a, &k->documents) = (struct document){.id = id, .thing = (uint32_t)twin};
        struct thing *t = vec_push(k->a, list);
        *t = (struct thing){
            .number = twin, .product = product, .party = -1, .time = time, .name = arena_str(k->a, ask_col_text(q, 3))};
    }
    ask_end(q);
    return true;
}

static int by_id(const void *x, const void *y) {
    const struct document *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}
static int by_number_and_time(const void *x, const void *y) {
    const struct thing *a = x, *b = y;
    return a->number != b->number ? (a->number > b->number) - (a->number < b->number)
                                  : (a->time > b->time) - (a->time < b->time);
}

static uint32_t place_of(const struct thing_list *l, int64_t number) {
    uint32_t low = 0, high = l->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (l->v[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < l->n && l->v[low].number == number ? low : UINT32_MAX;
}

/* A release was shipped when the first document of it that counts was logged. */
static bool take_releases(struct evaluating *k, struct err *e) {
    struct thing_list *list = &k->things[ABOUT_RELEASES].list;
    bool all = k->scope.products.n > PRODUCTS_ONE_BY_ONE;
    for (uint32_t i = 0; i < (all ? 1 : k->scope.products.n); i++) {
        struct ask *q;
        if (!store_ask(k->p->store, all ? &Q_scope_releases_all : &Q_scope_releases, &q, e))
            return false;
        if (!all)
            ask_int(q, 1, k->scope.products.v[i]);
        if (!read_releases(k, q, e))
            return false;
    }
    if (list->n)
        qsort(list->v, list->n, sizeof *list->v, by_number_and_time);
    uint32_t n = 0;
    for (uint32_t i = 0; i < list->n; i++)
        if (!n || list->v[n - 1].number != list->v[i].number)
            list->v[n++] = list->v[i];
    list->n = n;
    if (k->documents.n)
        qsort(k->documents.v, k->documents.n, sizeof *k->documents.v, by_id);
    for (uint32_t i = 0; i < k->documents.n; i++)
        k->documents.v[i].thing = place_of(list, k->documents.v[i].thing);
    return true;
}

/* ── cases, decisions, challenges ── */

static int by_value(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}
/* Products of others that the party runs, ascending: their cases are its own work. */
// NOLINTNEXTLINE(misc-no-recursion): one deep, deployments ask for nothing
static bool running_here(struct evaluating *k, int64_t **out, uint32_t *n, struct err *e) {
    struct things *d;
    *out = NULL;
    *n = 0;
    if (!k->whole)
        return true;
    if (!things_in_scope(k, ABOUT_DEPLOYMENTS, &d, e))
        return false;
    *out = arena_array(k->a, int64_t, d->list.n + 1);
    for (uint32_t i = 0; i < d->list.n; i++)
        (*out)[(*n)++] = d->list.v[i].product;
    if (*n)
        qsort(*out, *n, sizeof **out, by_value);
    return true;
}

struct case_seen {
    int64_t number, product, time;
    str id;
};
// NOLINTNEXTLINE(misc-no-recursion): one deep, deployments ask for nothing
static bool take_cases(struct evaluating *k, struct err *e) {
    VEC(struct case_seen) seen = {0};
    struct ask *q;
    bool row;
    int64_t *running;
    uint32_t n_running;
    if (!running_here(k, &running, &n_running, e) || !store_ask(k->p->store, &Q_scope_cases, &q, e))
        return false;
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        if (is_known(k, ask_col_int(q, 4), ask_col_int(q, 5), ask_col_int(q, 3)))
            *vec_push(k->a, &seen) = (struct case_seen){ask_col_int(q, 0), ask_col_int(q, 2), ask_col_int(q, 3),
                                                        arena_str(k->a, ask_col_text(q, 1))};
    }
    ask_end(q);
    for (uint32_t i = 0; i < seen.n; i++) {
        const struct case_seen *c = &seen.v[i];
        if (product_in_scope(k, c->product) ||
            (n_running && bsearch(&c->product, running, n_running, sizeof *running, by_value)))
            add_thing(k, ABOUT_CASES, c->number, c->time, c->id)->product = c->product;
    }
    return true;
}

static bool take_own(struct evaluating *k, enum rule_about about, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(k->p->store, &Q_evidence_things, &q, e))
        return false;
    ask_int(q, 1, about);
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        int64_t product = ask_col_int(q, 2), party = ask_col_int(q, 3), time = ask_col_int(q, 6);
        bool ours = product >= 0 ? product_in_scope(k, product) : party == k->scope.party || party < 0;
        if (!ours || !is_known(k, ask_col_int(q, 4), ask_col_int(q, 5), time))
            continue;
        struct thing *t = add_thing(k, about, ask_col_int(q, 0), time, ask_col_text(q, 1));
        t->product = product;
        t->party = party;
    }
    ask_end(q);
    return true;
}

/* ── all of them ── */

// NOLINTNEXTLINE(misc-no-recursion): one deep, deployments ask for nothing
static bool fill(struct evaluating *k, enum rule_about about, struct err *e) {
    switch (about) {
    case ABOUT_ONCE: add_thing(k, about, -1, 0, S("")); return true;
    case ABOUT_RELEASES: return take_releases(k, e);
    case ABOUT_PRODUCTS: return said_each(k, &Q_products_at, take_product, NULL, e);
    case ABOUT_DEPLOYMENTS: return said_each(k, &Q_deployments_at, take_deployment, NULL, e);
    case ABOUT_SERVICES: return said_each(k, &Q_services_at, take_service, NULL, e);
    case ABOUT_CASES: return take_cases(k, e);
    case ABOUT_CUSTOMERS: return take_customers(k, e);
    case ABOUT_SUBCONTRACTORS: return parties_each(k->p, &k->when, each_sub, k, e);
    case ABOUT_DECISIONS:
    case ABOUT_CHALLENGES: return take_own(k, about, e);
    }
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion): one deep, deployments ask for nothing
bool things_in_scope(struct evaluating *k, enum rule_about about, struct things **out, struct err *e) {
    *out = &k->things[about];
    if ((*out)->there)
        return true;
    (*out)->there = true;
    return fill(k, about, e);
}

uint32_t thing_place(struct evaluating *k, enum rule_about about, int64_t number) {
    const struct thing_list *l = &k->things[about].list;
    if (about == ABOUT_ONCE)
        return number < 0 || number == k->scope.party ? 0 : UINT32_MAX;
    if (about != ABOUT_RELEASES)
        return place_of(l, number);
    uint32_t low = 0, high = k->documents.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (k->documents.v[middle].id < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < k->documents.n && k->documents.v[low].id == number ? k->documents.v[low].thing : UINT32_MAX;
}

static str id_of(struct evaluating *k, enum thing_kind kind, int64_t number) {
    str id;
    return thing_id(k->p, k->a, kind, number, &id, NULL) && id.p ? id : S("?");
}

str counted_name(struct evaluating *k, enum rule_about about, const struct thing *t) {
    if (about == ABOUT_RELEASES)
        return arena_printf(k->a, "%.*s@%.*s", STR_ARG(id_of(k, THING_PRODUCT, t->product)), STR_ARG(t->name));
    if (t->name.p || t->party < 0)
        return t->name;
    return id_of(k, THING_PARTY, t->party);
}
