/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/regions.h"

#include <stdlib.h>

struct counting {
    struct arena *a;
    const struct reader *reader;
    struct map by_place; /* "sector\nregion" → place of the cell */
    struct region_cells *cells;
};

static struct region_cell *cell_of(struct counting *k, const struct service *s) {
    bool fresh;
    str key = arena_printf(k->a, "%.*s\n%.*s", STR_ARG(s->sector), STR_ARG(s->region));
    struct map_entry *entry = map_put(&k->by_place, key, &fresh);
    if (fresh) {
        entry->value = (void *)(uintptr_t)k->cells->n;
        *vec_push(k->a, k->cells) = (struct region_cell){.sector = arena_str(k->a, s->sector),
                                                         .region = arena_str(k->a, s->region)};
    }
    return &k->cells->v[(uintptr_t)entry->value];
}

static int by_place(const void *x, const void *y) {
    const struct region_cell *a = x, *b = y;
    int order = str_cmp(a->sector, b->sector);
    return order ? order : str_cmp(a->region, b->region);
}

static void begin(struct counting *k, struct arena *a, struct regions *out) {
    *k = (struct counting){.a = a, .cells = &out->cells};
    map_init(&k->by_place, a);
}
static void finish(struct regions *out) {
    if (out->cells.n)
        qsort(out->cells.v, out->cells.n, sizeof *out->cells.v, by_place);
}

static struct region_cell *count(struct counting *k, const struct service *s) {
    struct region_cell *c = cell_of(k, s);
    c->services++;
    c->population += s->population > 0 ? (double)s->population : 0;
    return c;
}

void regions_reached(const struct reach *r, struct regions *out) {
    struct counting k;
    *out = (struct regions){.reached = true, .pin = r->pin};
    begin(&k, r->a, out);
    for (uint32_t i = 0; i < r->services.n; i++) {
        struct region_cell *c = count(&k, r->services.v[i].of);
        c->falling += r->services.v[i].falls;
        c->people += r->services.v[i].people;
    }
    finish(out);
}

static bool take_service(void *arg, const struct service *s, struct err *e) {
    (void)e;
    struct counting *k = arg;
    if (audience_service(k->reader, s))
        (void)count(k, s);
    return true;
}

bool regions_all(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when,
                 struct regions *out, struct err *e) {
    struct counting k;
    *out = (struct regions){.pin = *when};
    begin(&k, a, out);
    k.reader = reader;
    if (!services_each(p, when, take_service, &k, e))
        return false;
    finish(out);
    return true;
}

/* ── JSON ── */

static void put_names(struct arena *a, struct jw *w, const char *key, const struct region_cells *cells, bool sector) {
    struct map seen;
    map_init(&seen, a);
    jw_karr(w, key);
    for (uint32_t i = 0; i < cells->n; i++) {
        bool fresh;
        str name = sector ? cells->v[i].sector : cells->v[i].region;
        map_put(&seen, name, &fresh);
        if (fresh)
            jw_str(w, name);
    }
    jw_arr_end(w);
}

void regions_json(struct arena *a, struct jw *w, const struct regions *found) {
    jw_obj(w);
    jw_kint(w, "as_of", (int64_t)found->pin.size);
    put_names(a, w, "sectors", &found->cells, true);
    put_names(a, w, "regions", &found->cells, false);
    jw_karr(w, "cells");
    for (uint32_t i = 0; i < found->cells.n; i++) {
        const struct region_cell *c = &found->cells.v[i];
        jw_obj(w);
        jw_kstr(w, "sector", c->sector);
        jw_kstr(w, "region", c->region);
        jw_kint(w, "services", c->services);
        jw_kint(w, "population", (int64_t)c->population);
        if (found->reached) {
            jw_kint(w, "services_that_fall", c->falling);
            jw_kint(w, "people_without_service", (int64_t)c->people);
        }
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}
