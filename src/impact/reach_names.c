/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/reach_names.h"

static bool read_thing(struct thing_names *x, enum thing_kind kind, int64_t number, struct named *out, struct err *e) {
    struct reach *r = x->r;
    bool found;
    *out = (struct named){.party = -1};
    if (!thing_id(r->p, r->a, kind, number, &out->id, e))
        return false;
    if (kind == THING_PARTY) {
        struct party t;
        if (!party_get(r->p, r->a, number, &r->when, &t, &found, e))
            return false;
        if (found)
            out->name = t.name;
    } else if (kind == THING_PRODUCT) {
        struct product t;
        if (!product_get(r->p, r->a, number, &r->when, &t, &found, e))
            return false;
        if (found)
            *out = (struct named){out->id, t.name, t.party};
    } else if (kind == THING_SERVICE) {
        struct service t;
        if (!service_get(r->p, r->a, number, &r->when, &t, &found, e))
            return false;
        if (found)
            out->name = t.name;
    }
    return true;
}

static struct named **place_of(struct thing_names *x, enum thing_kind kind, int64_t number) {
    if (number >= x->of[kind].n) {
        int64_t more = number + number / 2 + 256;
        struct named **v = arena_array(x->r->a, struct named *, (size_t)more);
        if (x->of[kind].n)
            memcpy(v, x->of[kind].v, (size_t)x->of[kind].n * sizeof *v);
        x->of[kind].v = v;
        x->of[kind].n = more;
    }
    return &x->of[kind].v[number];
}

/* ── many ── */

static bool name_parties(struct reach *r, struct arena *a, const int64_t *numbers, uint32_t n, struct named *out,
                         struct err *e) {
    struct party *v = arena_array(a, struct party, n);
    bool *found = arena_array(a, bool, n), ok = parties_get(r->p, a, numbers, n, &r->when, v, found, e);
    for (uint32_t i = 0; ok && i < n; i++)
        out[i].name = v[i].name;
    return ok;
}
static bool name_products(struct reach *r, struct arena *a, const int64_t *numbers, uint32_t n, struct named *out,
                          struct err *e) {
    struct product *v = arena_array(a, struct product, n);
    bool *found = arena_array(a, bool, n), ok = products_get(r->p, a, numbers, n, &r->when, v, found, e);
    for (uint32_t i = 0; ok && i < n; i++) {
        out[i].name = v[i].name;
        out[i].party = found[i] ? v[i].party : -1;
    }
    return ok;
}
static bool name_services(struct reach *r, struct arena *a, const int64_t *numbers, uint32_t n, struct named *out,
                          struct err *e) {
    struct service *v = arena_array(a, struct service, n);
    bool *found = arena_array(a, bool, n), ok = services_get(r->p, a, numbers, n, &r->when, v, found, e);
    for (uint32_t i = 0; ok && i < n; i++)
        out[i].name = v[i].name;
    return ok;
}
static bool name_none(struct reach *r, struct arena *a, const int64_t *numbers, uint32_t n, struct named *out,
                      struct err *e) {
    (void)r, (void)a, (void)numbers, (void)n, (void)out, (void)e;
    return true;
}

static bool read_many(struct thing_names *x, struct arena *a, enum thing_kind kind, const int64_t *numbers, uint32_t n,
                      struct err *e) {
    static bool (*const name[4])(struct reach *, struct arena *, const int64_t *, uint32_t, struct named *,
                                 struct err *) = {[THING_PARTY] = name_parties,
                                                  [THING_PRODUCT] = name_products,
                                                  [THING_DEPLOYMENT] = name_none,
                                                  [THING_SERVICE] = name_services};
    struct reach *r = x->r;
    str *ids = arena_array(a, str, n);
    struct named *out = arena_array(r->a, struct named, n);
    for (uint32_t i = 0; i < n; i++)
        out[i] = (struct named){.party = -1};
    if (!thing_ids(r->p, a, kind, numbers, n, ids, e) || !name[kind](r, a, numbers, n, out, e))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        out[i].id = arena_str(r->a, ids[i]);
        out[i].name = arena_str(r->a, out[i].name);
        *place_of(x, kind, numbers[i]) = &out[i];
    }
    return true;
}

bool thing_names_read(struct thing_names *x, enum thing_kind kind, const int64_t *numbers, uint32_t n, struct err *e) {
    struct arena *a = arena_new();
    int64_t *wanted = arena_array(a, int64_t, n);
    uint32_t some = 0;
    for (uint32_t i = 0; i < n; i++)
        if (numbers[i] >= 0 && !*place_of(x, kind, numbers[i]))
            wanted[some++] = numbers[i];
    uint32_t each = numbers_each_once(wanted, some);
    bool ok = !each || read_many(x, a, kind, wanted, each, e);
    arena_free(a);
    return ok;
}

/* ── one ── */

bool thing_name(struct thing_names *x, enum thing_kind kind, int64_t number, const struct named **out, struct err *e) {
    static const struct named nobody = {.party = -1};
    *out = &nobody;
    if (number < 0)
        return true;
    struct named **at = place_of(x, kind, number);
    if (!*at) {
        struct named *fresh = arena_new_of(x->r->a, struct named);
        if (!read_thing(x, kind, number, fresh, e))
            return false;
        *at = fresh;
    }
    *out = *at;
    return true;
}
