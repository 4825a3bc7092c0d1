/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/flow.h"

#include <stdlib.h>

#include "impact/reach_names.h"

/* One for each deployment and service that runs on it; of the same deployment only the first counts for the levels
 * before the service. */
struct stream {
    int64_t at[FLOW_LEVELS]; /* numbers; -1 not stated, NO_SERVICE */
    bool first;
};
enum { NO_SERVICE = -2 };
struct carried { /* a deployment and a service on it */
    int64_t deployment, service;
};
struct flowing {
    struct thing_names names;
    struct arena *a;
    struct flow *out;
    uint32_t most;
    VEC(struct stream) streams;
    VEC(struct carried) carried; /* by deployment */
};

static int by_deployment(const void *x, const void *y) {
    const struct carried *a = x, *b = y;
    if (a->deployment != b->deployment)
        return a->deployment < b->deployment ? -1 : 1;
    return a->service < b->service ? -1 : a->service > b->service;
}

/* What a service needs among deployments; what it carries is said by the deployment itself. */
static void take_needs(struct flowing *f, const struct service *s) {
    for (uint32_t i = 0; i < s->needs.n; i++)
        if (s->needs.v[i].kind == NEED_DEPLOYMENT)
            *vec_push(f->a, &f->carried) = (struct carried){s->needs.v[i].number, s->number};
}

static void in_order(struct flowing *f) {
    uint32_t kept = 0;
    if (f->carried.n)
        qsort(f->carried.v, f->carried.n, sizeof *f->carried.v, by_deployment);
    for (uint32_t i = 0; i < f->carried.n; i++)
        if (!kept || by_deployment(&f->carried.v[kept - 1], &f->carried.v[i]) != 0)
            f->carried.v[kept++] = f->carried.v[i];
    f->carried.n = kept;
}

static uint32_t first_carried(const struct flowing *f, int64_t deployment) {
    uint32_t low = 0, high = f->carried.n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (f->carried.v[mid].deployment < deployment)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

static bool add(struct flowing *f, int64_t number, int64_t product, int64_t customer, struct err *e) {
    const struct named *of;
    uint32_t at = first_carried(f, number);
    if (!thing_name(&f->names, THING_PRODUCT, product, &of, e))
        return false;
    struct stream s = {{of->party, product, customer, NO_SERVICE}, true};
    f->out->deployments++;
    do {
        if (at < f->carried.n && f->carried.v[at].deployment == number)
            s.at[FLOW_SERVICE] = f->carried.v[at].service;
        *vec_push(f->a, &f->streams) = s;
        s.first = false;
    } while (++at < f->carried.n && f->carried.v[at].deployment == number);
    return true;
}

/* ── nodes ── */

struct tallied {
    int64_t number;
    uint64_t weight;
    uint32_t node;
};
VEC_NAMED(tally, struct tallied);

static int by_number(const void *x, const void *y) {
    const struct tallied *a = x, *b = y;
    return a->number < b->number ? -1 : a->number > b->number;
}
static int by_weight(const void *x, const void *y) {
    const struct tallied *a = x, *b = y;
    return a->weight != b->weight ? (a->weight > b->weight ? -1 : 1) : by_number(x, y);
}

static void tally_level(struct flowing *f, enum flow_level level, struct tally *out) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < f->streams.n; i++) {
        const struct stream *s = &f->streams.v[i];
        if (s->at[level] != NO_SERVICE && (s->first || level == FLOW_SERVICE))
            *vec_push(f->a, out) = (struct tallied){s->at[level], 1, 0};
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_number);
    for (uint32_t i = 0; i < out->n; i++)
        if (kept && out->v[kept - 1].number == out->v[i].number)
            out->v[kept - 1].weight++;
        else
            out->v[kept++] = out->v[i];
    out->n = kept;
}

static bool add_node(struct flowing *f, enum flow_level level, struct tallied *x, struct err *e) {
    static const enum thing_kind kinds[] = {THING_PARTY, THING_PRODUCT, THING_PARTY, THING_SERVICE};
    const struct named *named;
    if (!thing_name(&f->names, kinds[level], x->number, &named, e))
        return false;
    x->node = f->out->nodes.n;
    *vec_push(f->a, &f->out->nodes) = (struct flow_node){
        .level = level, .number = x->number, .weight = x->weight, .id = named->id, .name = named->name};
    return true;
}

/* The largest, and one for the rest; then by number, to be found again. */
static bool add_level(struct flowing *f, enum flow_level level, struct tally *t, struct err *e) {
    tally_level(f, level, t);
    if (t->n)
        qsort(t->v, t->n, sizeof *t->v, by_weight);
    for (uint32_t i = 0; i < t->n && i < f->most; i++)
        if (!add_node(f, level, &t->v[i], e))
            return false;
    if (t->n > f->most) {
        struct flow_node rest = {.level = level, .number = -1, .others = t->n - f->most};
        for (uint32_t i = f->most; i < t->n; i++) {
            t->v[i].node = f->out->nodes.n;
            rest.weight += t->v[i].weight;
        }
        *vec_push(f->a, &f->out->nodes) = rest;
    }
    if (t->n)
        qsort(t->v, t->n, sizeof *t->v, by_number);
    return true;
}

static uint32_t node_of(const struct tally *t, int64_t number) {
    const struct tallied key = {.number = number}, *x = bsearch(&key, t->v, t->n, sizeof *t->v, by_number);
    return x ? x->node : 0;
}

/* ── links ── */

static int by_ends(const void *x, const void *y) {
    const struct flow_link *a = x, *b = y;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return a->to < b->to ? -1 : a->to > b->to;
}

static void add_links(struct flowing *f, const struct tally *levels) {
    struct flow *out = f->out;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < f->streams.n; i++) {
        const struct stream *s = &f->streams.v[i];
        for (unsigned from = s->first ? FLOW_SUPPLIER : FLOW_CUSTOMER; from + 1 < FLOW_LEVELS; from++)
            if (s->at[from + 1] != NO_SERVICE)
                *vec_push(f->a, &out->links) = (struct flow_link){node_of(&levels[from], s->at[from]),
                                                                  node_of(&levels[from + 1], s->at[from + 1]), 1};
    }
    if (out->links.n)
        qsort(out->links.v, out->links.n, sizeof *out->links.v, by_ends);
    for (uint32_t i = 0; i < out->links.n; i++)
        if (kept && by_ends(&out->links.v[kept - 1], &out->links.v[i]) == 0)
            out->links.v[kept - 1].weight++;
        else
            out->links.v[kept++] = out->links.v[i];
    out->links.n = kept;
}

static bool finish(struct flowing *f, struct err *e) {
    struct tally levels[FLOW_LEVELS] = {0};
    for (unsigned i = 0; i < FLOW_LEVELS; i++)
        if (!add_level(f, (enum flow_level)i, &levels[i], e))
            return false;
    add_links(f, levels);
    return true;
}

/* ── from where ── */

bool flow_reached(struct reach *r, uint32_t most, struct flow *out, struct err *e) {
    struct flowing f = {.names = {.r = r}, .a = r->a, .out = out, .most = most};
    *out = (struct flow){.pin = r->pin};
    int64_t last = -1;
    for (uint32_t i = 0; i < r->services.n; i++)
        last = r->services.v[i].of->number > last ? r->services.v[i].of->number : last;
    bool *reached = arena_array(r->a, bool, (size_t)(last + 2));
    for (uint32_t i = 0; i < r->services.n; i++) {
        reached[r->services.v[i].of->number] = true;
        take_needs(&f, r->services.v[i].of);
    }
    for (uint32_t i = 0; i < r->deployments.n; i++) {
        const struct reached_deployment *d = &r->deployments.v[i];
        if (d->service >= 0 && d->service <= last && reached[d->service])
            *vec_push(r->a, &f.carried) = (struct carried){d->number, d->service};
    }
    in_order(&f);
    for (uint32_t i = 0; i < r->deployments.n; i++)
        if (!add(&f, r->deployments.v[i].number, r->deployments.v[i].product, r->deployments.v[i].customer, e))
            return false;
    return finish(&f, e);
}

bool flow_all(struct landscape *l, uint32_t most, struct flow *out, struct err *e) {
    struct reach r = {.a = l->a, .p = l->portfolio, .reader = l->reader, .when = l->when, .pin = l->when};
    struct flowing f = {.names = {.r = &r}, .a = l->a, .out = out, .most = most};
    struct map seen;
    *out = (struct flow){.pin = l->when};
    map_init(&seen, l->a);
    for (uint32_t i = 0; i < l->services.n; i++) {
        map_put(&seen, str_n((const char *)&l->services.v[i].number, sizeof(int64_t)), NULL);
        take_needs(&f, &l->services.v[i]);
    }
    for (uint32_t i = 0; i < l->deployments.n; i++)
        if (map_find(&seen, str_n((const char *)&l->deployments.v[i].service, sizeof(int64_t))))
            *vec_push(l->a, &f.carried) = (struct carried){l->deployments.v[i].number, l->deployments.v[i].service};
    in_order(&f);
    for (uint32_t i = 0; i < l->deployments.n; i++)
        if (!add(&f, l->deployments.v[i].number, l->deployments.v[i].product, l->deployments.v[i].customer, e))
            return false;
    return finish(&f, e);
}

/* ── JSON ── */

static const char *const level_words[FLOW_LEVELS] = {"supplier", "product", "customer", "service"};

static str node_key(struct arena *a, const struct flow_node *n) {
    if (n->others)
        return arena_printf(a, "%s|*", level_words[n->level]); /* no id has a "|" */
    return arena_printf(a, "%s|%.*s", level_words[n->level], STR_ARG(n->id));
}

void flow_json(struct arena *a, struct jw *w, const struct flow *f) {
    jw_obj(w);
    jw_kint(w, "as_of", (int64_t)f->pin.size);
    jw_kint(w, "deployments", (int64_t)f->deployments);
    jw_karr(w, "nodes");
    for (uint32_t i = 0; i < f->nodes.n; i++) {
        const struct flow_node *n = &f->nodes.v[i];
        jw_obj(w);
        jw_kstr(w, "key", node_key(a, n));
        jw_kstr(w, "level", str_of(level_words[n->level]));
        jw_kstr(w, "id", n->id);
        jw_kstr(w, "name", n->name);
        if (n->others)
            jw_kint(w, "others", n->others);
        jw_kint(w, "deployments", (int64_t)n->weight);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "links");
    for (uint32_t i = 0; i < f->links.n; i++) {
        jw_obj(w);
        jw_kstr(w, "from", node_key(a, &f->nodes.v[f->links.v[i].from]));
        jw_kstr(w, "to", node_key(a, &f->nodes.v[f->links.v[i].to]));
        jw_kint(w, "deployments", (int64_t)f->links.v[i].weight);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}
