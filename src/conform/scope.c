/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom and what a level is about.
 */
#include <stdlib.h>

#include "conform/evaluate.h"
#include "store/queries.h"

VEC_NAMED(scope_numbers, int64_t);
struct completing {
    struct portfolio *p;
    struct arena *a;
    struct conform_scope *scope;
    str own;       /* the home's name for itself */
    bool all;      /* take every product of the party */
    int64_t found; /* a party that calls itself so */
};

static bool each_party(void *arg, const struct party *x, struct err *e) {
    struct completing *k = arg;
    (void)e;
    if (k->found < 0 && (str_eq(x->id, k->own) || str_eq(x->name, k->own)))
        k->found = x->number;
    return true;
}

static bool own_party(struct completing *k, const struct as_of *when, struct err *e) {
    if (k->scope->party >= 0)
        return true;
    k->own = k->p->home ? k->p->home->party : (str){NULL, 0};
    k->found = -1;
    if (!parties_each(k->p, when, each_party, k, e))
        return false;
    k->scope->party = k->found;
    return k->found >= 0 ||
           err_set(e, ERR_INPUT, k->own, "%s", _("the portfolio knows no such party: name one with --party"));
}

/* Units answer to the party that is their prime. */
static bool is_of(struct completing *k, int64_t party, const struct as_of *when, bool *is, struct err *e) {
    struct party unit;
    bool found;
    *is = party == k->scope->party;
    if (*is || party < 0)
        return true;
    if (!party_get(k->p, k->a, party, when, &unit, &found, e))
        return false;
    for (uint32_t i = 0; found && i < unit.primes.n; i++)
        *is = *is || unit.primes.v[i] == k->scope->party;
    return true;
}

struct taking_products {
    struct completing *k;
    const struct as_of *when;
    struct scope_numbers unsaid; /* products of which nobody says whose they are */
};
static bool each_product(void *arg, const struct product *x, struct err *e) {
    struct taking_products *t = arg;
    bool is;
    if (x->party < 0)
        *vec_push(t->k->a, &t->unsaid) = x->number;
    if (!is_of(t->k, x->party, t->when, &is, e))
        return false;
    if (is)
        *vec_push(t->k->a, &t->k->scope->products) = x->number;
    return true;
}

/* Of a product that was only ever released: it is whose releases say they ship it, by id or by name. */
static bool take_released(struct taking_products *t, struct err *e) {
    struct completing *k = t->k;
    struct party own;
    bool found;
    if (!t->unsaid.n)
        return true;
    if (!party_get(k->p, k->a, k->scope->party, t->when, &own, &found, e))
        return false;
    for (uint32_t i = 0; found && i < t->unsaid.n; i++) {
        struct ask *q;
        bool row;
        str by;
        if (!store_ask(k->p->store, &Q_scope_shipper, &q, e))
            return false;
        ask_int(q, 1, t->unsaid.v[i]);
        if (!ask_step(q, &row, e))
            return false;
        int64_t party = row ? ask_col_int(q, 0) : -1;
        ask_end(q);
        if (party < 0)
            continue;
        if (!thing_id(k->p, k->a, THING_PARTY, party, &by, e))
            return false;
        if (party == own.number || str_eq(by, own.id) || str_eq(by, own.name))
            *vec_push(k->a, &k->scope->products) = t->unsaid.v[i];
    }
    return true;
}

static bool check_product(struct completing *k, int64_t number, const struct as_of *when, struct err *e) {
    struct product x;
    bool found, is;
    if (!product_get(k->p, k->a, number, when, &x, &found, e))
        return false;
    if (!is_of(k, found ? x.party : -1, when, &is, e))
        return false;
    if (is || !found || x.party < 0) /* nobody says whose it is: then it is whose who asks */
        return true;
    return err_set(e, ERR_INPUT, x.id, "%s", _("another party answers for this product: its evidence does not count"));
}

static int by_number(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

bool conform_scope_complete(struct portfolio *p, struct arena *a, const struct as_of *when, struct conform_scope *scope,
                            struct err *e) {
    struct completing k = {.p = p, .a = a, .scope = scope, .all = scope->products.n == 0};
    struct taking_products t = {.k = &k, .when = when};
    if (!own_party(&k, when, e))
        return false;
    if (k.all && (!products_each(p, when, each_product, &t, e) || !take_released(&t, e)))
        return false;
    for (uint32_t i = 0; !k.all && i < scope->products.n; i++)
        if (!check_product(&k, scope->products.v[i], when, e))
            return false;
    if (scope->products.n)
        qsort(scope->products.v, scope->products.n, sizeof *scope->products.v, by_number);
    return true;
}
