/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/units.h"

#include <stdlib.h>

struct unit_of {
    int64_t number;
    str id, name;
};
VEC_NAMED(units_of, struct unit_of);
struct collecting {
    struct arena *a;
    int64_t prime;
    struct units_of found;
};

static bool each_party(void *arg, const struct party *x, struct err *e) {
    struct collecting *k = arg;
    (void)e;
    for (uint32_t i = 0; i < x->primes.n; i++)
        if (x->primes.v[i] == k->prime && x->number != k->prime) {
            *vec_push(k->a, &k->found) = (struct unit_of){x->number, arena_str(k->a, x->id), arena_str(k->a, x->name)};
            break;
        }
    return true;
}

static int by_id(const void *x, const void *y) {
    return str_cmp(((const struct unit_of *)x)->id, ((const struct unit_of *)y)->id);
}

static bool look(struct portfolio *p, struct arena *a, const struct evaluation_ask *ask, const struct unit_of *unit,
                 const struct conform_scope *given, struct units *out, struct err *e) {
    struct conform_scope scope = given ? *given : (struct conform_scope){.party = unit->number};
    struct evaluation_ask one = *ask;
    struct unit_levels *side = vec_push(a, &out->sides);
    *side = (struct unit_levels){.party = unit->id, .name = unit->name};
    one.scope = &scope;
    one.most = 1;
    if (!conform_scope_complete(p, a, &ask->when, &scope, e) || !conform_evaluate(p, a, &one, &side->all, e))
        return false;
    side->products = side->all.products;
    side->releases = side->all.releases;
    status_lines(a, ask->catalogue, &side->all, &side->lines);
    return true;
}

bool units_levels(struct portfolio *p, struct arena *a, const struct evaluation_ask *ask, uint32_t skip, uint32_t most,
                  struct units *out, struct err *e) {
    struct conform_scope whole = *ask->scope;
    struct collecting k = {.a = a};
    struct party party;
    struct unit_of self = {0};
    bool found;
    *out = (struct units){.catalogue = ask->catalogue, .package = ask->package};
    if (!conform_scope_complete(p, a, &ask->when, &whole, e) ||
        !thing_id(p, a, THING_PARTY, whole.party, &self.id, e) ||
        !party_get(p, a, whole.party, &ask->when, &party, &found, e))
        return false;
    self.number = k.prime = whole.party;
    self.name = found ? party.name : self.id;
    if (!look(p, a, ask, &self, &whole, out, e) || !parties_each(p, &ask->when, each_party, &k, e))
        return false;
    if (k.found.n)
        qsort(k.found.v, k.found.n, sizeof *k.found.v, by_id);
    out->total = k.found.n;
    for (uint32_t i = skip; i < k.found.n && i - skip < most; i++)
        if (!look(p, a, ask, &k.found.v[i], NULL, out, e))
            return false;
    return true;
}

/* ── JSON ── */

static void put_side(struct jw *w, const struct unit_levels *s) {
    uint32_t practices = 0, met = 0;
    for (uint32_t i = 0; i < s->lines.n; i++) {
        practices += s->lines.v[i].practices;
        met += s->lines.v[i].met;
    }
    jw_obj(w);
    jw_kstr(w, "party", s->party);
    jw_kstr(w, "name", s->name.n ? s->name : s->party);
    jw_kint(w, "products", (int64_t)s->products);
    jw_kint(w, "releases", (int64_t)s->releases);
    jw_kint(w, "practices", practices);
    jw_kint(w, "met", met);
    jw_obj_end(w);
}

static void put_cell(struct jw *w, const struct unit_line *l) {
    jw_obj(w);
    jw_kint(w, "level", l->level);
    jw_kint(w, "practices", l->practices);
    jw_kint(w, "met", l->met);
    jw_kbool(w, "attested", l->attested);
    jw_obj_end(w);
}

/* Every side has the same lines in the same order: they follow from the catalogue. */
static void put_requirement(struct jw *w, const struct units *u, uint32_t n) {
    const struct unit_line *l = &u->sides.v[0].lines.v[n];
    jw_obj(w);
    jw_kstr(w, "id", l->group->id);
    label_json(w, "title", l->group->title);
    if (l->target >= 0)
        jw_kint(w, "target", l->target);
    jw_karr(w, "cells");
    for (uint32_t i = 0; i < u->sides.n; i++)
        put_cell(w, &u->sides.v[i].lines.v[n]);
    jw_arr_end(w);
    jw_obj_end(w);
}

void units_json(struct jw *w, const struct units *u) {
    jw_obj(w);
    jw_kstr(w, "catalogue", u->catalogue->id);
    if (u->package.n)
        jw_kstr(w, "package", u->package);
    jw_karr(w, "units");
    for (uint32_t i = 0; i < u->sides.n; i++)
        put_side(w, &u->sides.v[i]);
    jw_arr_end(w);
    jw_kint(w, "total", u->total);
    jw_karr(w, "requirements");
    for (uint32_t n = 0; n < u->sides.v[0].lines.n; n++)
        put_requirement(w, u, n);
    jw_arr_end(w);
    jw_obj_end(w);
}
