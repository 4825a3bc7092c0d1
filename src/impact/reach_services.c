/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "impact/reach_inner.h"
#include "impact/reliance.h"
#include "impact/running.h"

#define NOBODY UINT32_MAX

/* Services the reader may see and what they need, as a graph: node i is service i; behind them come the deployments,
 * parties, zones and packages that are needed. */
struct needing {
    struct reach *r;
    struct reliance graph;
    VEC(struct service) services;
    struct map named;          /* "kind=text" → node + 1 */
    VEC(uint32_t) numbered[3]; /* by kind (enum need_kind) and number: node + 1; 0: none */
    VEC(uint32_t) away;
    VEC(int64_t) deployment; /* by node: which deployment it is; -1 */
};

static bool keep_service(void *arg, const struct service *s, struct err *e) {
    (void)e;
    struct needing *g = arg;
    struct arena *a = g->r->a;
    if (!audience_service(g->r->reader, s))
        return true;
    struct service *own = vec_push(a, &g->services);
    *own = *s;
    own->id = arena_str(a, s->id);
    own->name = arena_str(a, s->name);
    own->sector = arena_str(a, s->sector);
    own->region = arena_str(a, s->region);
    own->needs.v = NULL;
    own->needs.n = own->needs.cap = 0;
    for (uint32_t i = 0; i < s->needs.n; i++) {
        struct need *n = vec_push(a, &own->needs);
        *n = s->needs.v[i];
        n->text = arena_str(a, n->text);
    }
    return true;
}

static uint32_t new_node(struct needing *g, int64_t deployment) {
    *vec_push(g->r->a, &g->deployment) = deployment;
    return reliance_node(&g->graph);
}

static uint32_t node_named(struct needing *g, enum need_kind kind, str text, bool make) {
    str key = arena_printf(g->r->a, "%d=%.*s", (int)kind, STR_ARG(text));
    uintptr_t there = (uintptr_t)map_get(&g->named, key);
    if (there || !make)
        return there ? (uint32_t)(there - 1) : NOBODY;
    uint32_t node = new_node(g, -1);
    map_put(&g->named, key, NULL)->value = (void *)((uintptr_t)node + 1);
    return node;
}

static uint32_t node_of(struct needing *g, enum need_kind kind, int64_t number, str text, bool make) {
    if (number < 0 || kind > NEED_PARTY)
        return node_named(g, kind, text, make);
    while (make && g->numbered[kind].n <= number)
        *vec_push(g->r->a, &g->numbered[kind]) = 0;
    if (number >= g->numbered[kind].n)
        return NOBODY;
    if (!g->numbered[kind].v[number] && make)
        g->numbered[kind].v[number] = new_node(g, kind == NEED_DEPLOYMENT ? number : -1) + 1;
    return g->numbered[kind].v[number] ? g->numbered[kind].v[number] - 1 : NOBODY;
}

/* Nothing can fall back on a system that has ended, or does not run yet. Whether one that the reader may not see has
 * is not told. */
static bool is_over(struct needing *g, const struct need *n, bool *over, struct err *e) {
    struct reach *r = g->r;
    struct deployment d;
    struct product of;
    bool found, has_product = false;
    *over = false;
    if (n->kind != NEED_DEPLOYMENT || n->number < 0)
        return true;
    if (r->now &&
        (n->number >= r->now->n || runs_at(r->now->v[n->number].since, r->now->v[n->number].until, r->p->ctx->now)))
        return true;
    if (!deployment_get(r->p, r->a, n->number, &r->when, &d, &found, e) ||
        (found && !r->reader->owner && !product_get(r->p, r->a, d.product, &r->when, &of, &has_product, e)))
        return false;
    *over = found && !runs_at(d.since, d.until, r->when.given ? r->when.time : r->p->ctx->now) &&
            audience_deployment(r->reader, &d, has_product ? &of : NULL);
    return true;
}

static bool has_alternatives(const struct service *s, uint32_t group) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->needs.n; i++)
        n += s->needs.v[i].group == group;
    return n > 1;
}

/* Groups are numbered as stated, here from 0 in the order they are met. */
static bool link_needs(struct needing *g, uint32_t at, struct err *e) {
    const struct service *s = &g->services.v[at];
    struct {
        uint32_t stated, group;
    } seen[64];
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->needs.n; i++) {
        uint32_t k = 0, group;
        bool over = false;
        if (has_alternatives(s, s->needs.v[i].group) && !is_over(g, &s->needs.v[i], &over, e))
            return false;
        if (over)
            continue;
        while (k < n && seen[k].stated != s->needs.v[i].group)
            k++;
        if (k < n) {
            group = seen[k].group;
        } else {
            group = reliance_group(&g->graph, at);
            if (n < sizeof seen / sizeof *seen) { /* they come in order: the last one is the one to remember */
                seen[n].stated = s->needs.v[i].group;
                seen[n++].group = group;
            } else {
                seen[n - 1].stated = s->needs.v[i].group;
                seen[n - 1].group = group;
            }
        }
        reliance_any(&g->graph, at, group,
                     node_of(g, s->needs.v[i].kind, s->needs.v[i].number, s->needs.v[i].text, true));
    }
    return true;
}

static bool needs_deployment(const struct service *s, int64_t deployment) {
    for (uint32_t i = 0; i < s->needs.n; i++)
        if (s->needs.v[i].kind == NEED_DEPLOYMENT && s->needs.v[i].number == deployment)
            return true;
    return false;
}

static bool build(struct needing *g, struct err *e) {
    struct arena *a = g->r->a;
    reliance_init(&g->graph, a);
    map_init(&g->named, a);
    if (!services_each(g->r->p, &g->r->when, keep_service, g, e))
        return false;
    for (uint32_t i = 0; i < g->services.n; i++)
        node_of(g, NEED_SERVICE, g->services.v[i].number, (str){NULL, 0}, true);
    for (uint32_t i = 0; i < g->services.n; i++)
        if (!link_needs(g, i, e))
            return false;
    return true;
}

static void take_away(struct needing *g, uint32_t node) {
    if (node != NOBODY)
        *vec_push(g->r->a, &g->away) = node;
}

/* A deployment that says which service it carries is needed by that service, said there or not. Each such need stands
 * alone, so of those that are lost the first fells the service, and the others change nothing. */
static void take_deployments(struct needing *g) {
    struct reach *r = g->r;
    bool *felled = arena_array(r->a, bool, g->services.n + 1);
    for (uint32_t i = 0; i < r->deployments.n; i++) {
        const struct reached_deployment *d = &r->deployments.v[i];
        uint32_t service = d->service >= 0 ? node_of(g, NEED_SERVICE, d->service, (str){NULL, 0}, false) : NOBODY;
        if (d->lost && service < g->services.n && !felled[service] &&
            !needs_deployment(&g->services.v[service], d->number)) {
            felled[service] = true;
            reliance_any(&g->graph, service, reliance_group(&g->graph, service),
                         node_of(g, NEED_DEPLOYMENT, d->number, (str){NULL, 0}, true));
        }
        if (d->lost)
            take_away(g, node_of(g, NEED_DEPLOYMENT, d->number, (str){NULL, 0}, false));
    }
}

/* Is what a service says it needs among what is asked for? */
static bool is_asked(struct reach *r, str need, bool *yes, struct err *e) {
    bool found;
    int64_t package;
    str purl, version;
    question_cut_range(r->a, need, &purl, &version);
    *yes = r->q->package.p && str_eq(purl, r->q->package);
    if (*yes || !contents_package(r->p->contents, purl, &found, &package, e) || !found)
        return *yes || e->kind == ERR_NONE;
    for (uint32_t i = 0; i < r->q->components.n && !*yes; i++)
        *yes = package_of(r->q->components.v[i]) == package;
    return true;
}

static bool take_packages(struct needing *g, struct err *e) {
    struct reach *r = g->r;
    for (uint32_t i = 0; i < g->services.n; i++)
        for (uint32_t k = 0; k < g->services.v[i].needs.n; k++) {
            const struct need *n = &g->services.v[i].needs.v[k];
            bool yes = false;
            if (n->kind != NEED_PACKAGE)
                continue;
            if (!is_asked(r, n->text, &yes, e))
                return false;
            if (yes)
                take_away(g, node_of(g, NEED_PACKAGE, n->number, n->text, false));
        }
    return true;
}

static void take_party(struct needing *g) {
    int64_t party = g->r->q->party;
    if (party < 0)
        return;
    take_away(g, node_of(g, NEED_PARTY, party, (str){NULL, 0}, false));
    for (uint32_t i = 0; i < g->services.n; i++)
        if (g->services.v[i].party == party)
            take_away(g, i);
}

/* ── who is reached, by the shortest way ── */

struct way {
    uint32_t *from; /* by node: the node it was reached from; itself when taken away; NOBODY */
    uint32_t *queue;
    uint32_t n;
};

static struct way walk(struct needing *g) {
    struct arena *a = g->r->a;
    uint32_t n = g->graph.nodes.n;
    struct way w = {arena_array(a, uint32_t, n + 1), arena_array(a, uint32_t, n + 1), 0};
    for (uint32_t i = 0; i < n; i++)
        w.from[i] = NOBODY;
    for (uint32_t i = 0; i < g->away.n; i++)
        if (w.from[g->away.v[i]] == NOBODY) {
            w.from[g->away.v[i]] = g->away.v[i];
            w.queue[w.n++] = g->away.v[i];
        }
    for (uint32_t at = 0; at < w.n; at++) {
        const struct reliance_node *node = &g->graph.nodes.v[w.queue[at]];
        for (uint32_t i = 0; i < node->wanted.n; i++)
            if (w.from[node->wanted.v[i].node] == NOBODY) {
                w.from[node->wanted.v[i].node] = w.queue[at];
                w.queue[w.n++] = node->wanted.v[i].node;
            }
    }
    return w;
}

void service_stake(const struct service *s, double *people, double *within, double *beyond, bool *told) {
    double share = s->substitutes >= 100 ? 0 : (100.0 - s->substitutes) / 100.0;
    int64_t bearable = s->mtpd, out = s->restore;
    *people = s->population > 0 ? (double)s->population * share : 0;
    int64_t until = out < 0 || (bearable >= 0 && bearable < out) ? bearable : out;
    *within = until > 0 ? *people * (double)until / 3600.0 : 0;
    *beyond = bearable >= 0 && out > bearable ? *people * (double)(out - bearable) / 3600.0 : 0;
    *told = s->population >= 0 && (bearable >= 0 || out >= 0);
}

/* A service that falls is shown with what felled it, the others with the shortest way. */
static void add_service(struct needing *g, uint32_t at, const struct way *w, const struct reliance_fall *fall) {
    struct reach *r = g->r;
    bool falls = fall->depth[at] != RELIANCE_NONE;
    uint32_t from = falls && fall->cause[at] != RELIANCE_NONE ? fall->cause[at] : w->from[at];
    bool told, direct = from == at || from >= g->services.n;
    struct reached_service *s = vec_push(r->a, &r->services);
    *s = (struct reached_service){.of = &g->services.v[at],
                                  .direct = direct,
                                  .falls = falls,
                                  .through = direct ? UINT32_MAX : from, /* a node as yet: see in_order() */
                                  .deployment = direct && from != at ? g->deployment.v[from] : -1};
    service_stake(s->of, &s->people, &s->within, &s->beyond, &told);
    r->n_indirect += !direct;
    r->population += s->of->population > 0 ? (double)s->of->population : 0;
    if (!falls) {
        s->people = s->within = s->beyond = 0;
        return;
    }
    r->n_falling++;
    r->untold += !told;
    r->people += s->people;
    r->within += s->within;
    r->beyond += s->beyond;
}

static int most_first(const void *x, const void *y) {
    const struct reached_service *a = x, *b = y;
    if (a->beyond != b->beyond)
        return a->beyond > b->beyond ? -1 : 1;
    if (a->within != b->within)
        return a->within > b->within ? -1 : 1;
    if (a->people != b->people)
        return a->people > b->people ? -1 : 1;
    if (a->falls != b->falls)
        return a->falls ? -1 : 1;
    return a->of->number < b->of->number ? -1 : a->of->number > b->of->number;
}

/* Sorted; `through` turned from nodes into places of the list. */
static void in_order(struct needing *g) {
    struct reach *r = g->r;
    uint32_t *place = arena_array(r->a, uint32_t, g->services.n + 1);
    if (r->services.n)
        qsort(r->services.v, r->services.n, sizeof *r->services.v, most_first);
    for (uint32_t i = 0; i < r->services.n; i++)
        place[r->services.v[i].of - g->services.v] = i;
    for (uint32_t i = 0; i < r->services.n; i++)
        if (!r->services.v[i].direct)
            r->services.v[i].through = place[r->services.v[i].through];
}

/* ── sectors and regions ── */

static int most_services(const void *x, const void *y) {
    const struct reached_place *a = x, *b = y;
    if (a->services != b->services)
        return a->services > b->services ? -1 : 1;
    return str_cmp(a->name, b->name);
}

static void add_places(struct reach *r, bool sector, struct reached_places *out) {
    struct map by_name;
    map_init(&by_name, r->a);
    for (uint32_t i = 0; i < r->services.n; i++) {
        str name = sector ? r->services.v[i].of->sector : r->services.v[i].of->region;
        bool fresh = false;
        if (!name.n)
            continue;
        struct map_entry *entry = map_put(&by_name, name, &fresh);
        if (fresh) {
            entry->value = (void *)(uintptr_t)out->n;
            *vec_push(r->a, out) = (struct reached_place){.name = name};
        }
        struct reached_place *place = &out->v[(uintptr_t)entry->value];
        place->services++;
        place->people += r->services.v[i].people;
    }
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, most_services);
}

bool reach_services(struct reach *r, struct err *e) {
    struct needing g = {.r = r};
    if (!build(&g, e))
        return false;
    take_deployments(&g);
    take_party(&g);
    if (!take_packages(&g, e))
        return false;
    if (!g.away.n)
        return true;
    struct reliance_fall fall;
    struct way w = walk(&g);
    reliance_fell(&g.graph, r->a, g.away.v, g.away.n, &fall);
    for (uint32_t i = 0; i < g.services.n; i++)
        if (w.from[i] != NOBODY)
            add_service(&g, i, &w, &fall);
    in_order(&g);
    add_places(r, true, &r->sectors);
    add_places(r, false, &r->regions);
    return true;
}
