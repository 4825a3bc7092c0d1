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

bool thing_name(struct thing_names *x, enum thing_kind kind, int64_t number, const struct named **out, struct err *e) {
    static const struct named nobody = {.party = -1};
    *out = &nobody;
    if (number < 0)
        return true;
    if (number >= x->of[kind].n) {
        int64_t more = number + number / 2 + 256;
        struct named **v = arena_array(x->r->a, struct named *, (size_t)more);
        if (x->of[kind].n)
            memcpy(v, x->of[kind].v, (size_t)x->of[kind].n * sizeof *v);
        x->of[kind].v = v;
        x->of[kind].n = more;
    }
    struct named **at = &x->of[kind].v[number];
    if (!*at) {
        struct named *fresh = arena_new_of(x->r->a, struct named);
        if (!read_thing(x, kind, number, fresh, e))
            return false;
        *at = fresh;
    }
    *out = *at;
    return true;
}
