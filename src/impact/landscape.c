/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/landscape.h"

#include <stdlib.h>

#include "impact/running.h"

struct place_name {
    uint32_t node;
};

static const char *const kinds[] = {"service", "deployment", "party", "zone", "release", "package"};
const char *place_kind_name(enum place_kind k) { return kinds[k]; }

double service_people(const struct service *s) {
    return s->population > 0 ? (double)s->population * (100 - (double)s->substitutes) / 100 : 0;
}

static str key_of(struct arena *a, enum place_kind kind, str id) {
    return arena_printf(a, "%s:%.*s", kinds[kind], STR_ARG(id));
}

static uint32_t add_place(struct landscape *l, enum place_kind kind, uint32_t at, int64_t number, str id, str label) {
    bool fresh;
    struct map_entry *x = map_put(&l->names, key_of(l->a, kind, id), &fresh);
    if (!fresh)
        return ((struct place_name *)x->value)->node;
    struct place_name *name = arena_new_of(l->a, struct place_name);
    x->value = name;
    name->node = reliance_node(&l->graph);
    *vec_push(l->a, &l->places) = (struct place){kind, at, number, label};
    return name->node;
}

static uint32_t find_place(const struct landscape *l, enum place_kind kind, str id) {
    const struct place_name *x = map_get(&l->names, key_of(l->a, kind, id));
    return x ? x->node : RELIANCE_NONE;
}

/* ── what there is ── */

static str keep(struct landscape *l, str s) { return arena_str(l->a, s); }

static bool take_party(void *arg, const struct party *x, struct err *e) {
    struct landscape *l = arg;
    (void)e;
    struct party *copy = vec_push(l->a, &l->parties);
    *copy = (struct party){.number = x->number,
                           .id = keep(l, x->id),
                           .name = keep(l, x->name),
                           .roles = x->roles,
                           .sector = keep(l, x->sector),
                           .region = keep(l, x->region)};
    add_place(l, PLACE_PARTY, l->parties.n - 1, x->number, copy->id, copy->name.n ? copy->name : copy->id);
    return true;
}

static bool take_service(void *arg, const struct service *x, struct err *e) {
    struct landscape *l = arg;
    (void)e;
    if (!audience_service(l->reader, x))
        return true;
    struct service *copy = vec_push(l->a, &l->services);
    *copy = *x;
    copy->id = keep(l, x->id);
    copy->name = keep(l, x->name);
    copy->sector = keep(l, x->sector);
    copy->region = keep(l, x->region);
    memset(&copy->needs, 0, sizeof copy->needs);
    for (uint32_t i = 0; i < x->needs.n; i++) {
        struct need *need = vec_push(l->a, &copy->needs);
        *need = x->needs.v[i];
        need->text = keep(l, need->text);
    }
    *vec_push(l->a, &l->service_places) = add_place(l, PLACE_SERVICE, l->services.n - 1, x->number, copy->id,
                                                    copy->name.n ? copy->name : copy->id);
    return true;
}

static bool take_deployment(void *arg, const struct deployment *x, struct err *e) {
    struct landscape *l = arg;
    struct product of = {.number = x->product, .party = -1};
    bool found;
    if (!l->reader->owner && !product_get(l->portfolio, l->a, x->product, &l->when, &of, &found, e))
        return false;
    if (!audience_deployment(l->reader, x, &of))
        return true;
    int64_t now = l->when.given ? l->when.time : l->portfolio->ctx->now;
    if (!runs_at(x->since, x->until, now)) {
        *vec_push(l->a, &l->over) = x->number;
        return true;
    }
    struct deployment *copy = vec_push(l->a, &l->deployments);
    *copy = *x;
    copy->id = keep(l, x->id);
    copy->version = keep(l, x->version);
    copy->zone = keep(l, x->zone);
    copy->environment = copy->data = copy->owner = (str){0};
    *vec_push(l->a, &l->deployment_places) = add_place(l, PLACE_DEPLOYMENT, l->deployments.n - 1, x->number, copy->id,
                                                       copy->id);
    return true;
}

/* ── numbers of things → nodes ── */

struct by_number {
    uint32_t *node;
    uint32_t n;
};
static struct by_number nodes_by_number(struct landscape *l, enum place_kind kind) {
    int64_t most = -1;
    for (uint32_t i = 0; i < l->places.n; i++)
        if (l->places.v[i].kind == kind && l->places.v[i].number > most)
            most = l->places.v[i].number;
    struct by_number out = {.n = (uint32_t)(most + 1)};
    out.node = arena_array(l->a, uint32_t, out.n);
    for (uint32_t i = 0; i < out.n; i++)
        out.node[i] = RELIANCE_NONE;
    for (uint32_t i = 0; i < l->places.n; i++)
        if (l->places.v[i].kind == kind)
            out.node[l->places.v[i].number] = i;
    return out;
}
static uint32_t node_of(const struct by_number *v, int64_t number) {
    return number >= 0 && number < v->n ? v->node[number] : RELIANCE_NONE;
}

struct release_ran {
    uint32_t id, node; /* node RELIANCE_NONE: not met yet */
    int64_t product;
    str version, name;
};
struct linking {
    struct landscape *l;
    struct by_number services, deployments, parties;
    bool *grouped;           /* by node: a deployment that stands in a group of the service it carries */
    struct running running;  /* now; else not known */
    struct release_ran *ran; /* each once, the newest first */
    uint32_t n_ran;
};

static void need_alone(struct landscape *l, uint32_t node, uint32_t on) {
    if (on != RELIANCE_NONE && on != node)
        reliance_any(&l->graph, node, reliance_group(&l->graph, node), on);
}

static int by_value(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

static bool is_over(const struct landscape *l, const struct need *need) {
    return need->kind == NEED_DEPLOYMENT && l->over.n &&
           bsearch(&need->number, l->over.v, l->over.n, sizeof *l->over.v, by_value);
}

/* What the reader may not see is something all the same: that it is needed was told by who needs it. */
static uint32_t unseen_node(struct landscape *l, const struct need *need) {
    if (is_over(l, need))
        return RELIANCE_NONE;
    str id = arena_printf(l->a, "#%d:%lld", (int)need->kind, (long long)need->number);
    return add_place(l, PLACE_PACKAGE, RELIANCE_NONE, -1, id, S(""));
}

static uint32_t needed_node(struct linking *k, const struct need *need) {
    uint32_t node = RELIANCE_NONE;
    switch (need->kind) {
    case NEED_SERVICE: node = node_of(&k->services, need->number); break;
    case NEED_DEPLOYMENT: node = node_of(&k->deployments, need->number); break;
    case NEED_PARTY: node = node_of(&k->parties, need->number); break;
    case NEED_ZONE: return add_place(k->l, PLACE_ZONE, RELIANCE_NONE, -1, need->text, need->text);
    case NEED_PACKAGE: return add_place(k->l, PLACE_PACKAGE, RELIANCE_NONE, -1, need->text, need->text);
    }
    return node == RELIANCE_NONE ? unseen_node(k->l, need) : node;
}

/* A deployment that has ended, or does not run yet, is no alternative; a group of such alone is left out, since nothing
 * tells that what it names is out. */
static void link_service(struct linking *k, uint32_t i) {
    const struct service *s = &k->l->services.v[i];
    uint32_t node = k->l->service_places.v[i];
    for (uint32_t at = 0; at < s->needs.n; at++) {
        uint32_t group = RELIANCE_NONE;
        bool first = true;
        for (uint32_t before = 0; before < at; before++)
            first = first && s->needs.v[before].group != s->needs.v[at].group;
        for (uint32_t m = at; first && m < s->needs.n; m++) {
            const struct need *need = &s->needs.v[m];
            uint32_t on = need->group == s->needs.v[at].group ? needed_node(k, need) : RELIANCE_NONE;
            if (on == RELIANCE_NONE)
                continue;
            group = group == RELIANCE_NONE ? reliance_group(&k->l->graph, node) : group;
            reliance_any(&k->l->graph, node, group, on);
            if (need->kind == NEED_DEPLOYMENT && k->l->places.v[on].kind == PLACE_DEPLOYMENT &&
                k->l->deployments.v[k->l->places.v[on].at].service == s->number)
                k->grouped[k->l->places.v[on].at] = true;
        }
    }
}

static bool release_it_runs(struct linking *k, const struct deployment *d, bool *found, uint32_t *id, struct err *e) {
    const struct running *now = &k->running;
    if (!now->known || d->number >= now->n)
        return deployment_release(k->l->portfolio, d, &k->l->when, found, id, e);
    *id = now->v[d->number].release;
    *found = *id != RUNNING_NONE;
    return true;
}

/* Many deployments run the same release: its name is made once. */
static int by_release(const void *x, const void *y) {
    uint32_t a = ((const struct release_ran *)x)->id, b = ((const struct release_ran *)y)->id;
    return a < b ? 1 : a > b ? -1 : 0;
}
static struct release_ran *ran(const struct linking *k, uint32_t id) {
    struct release_ran key = {.id = id};
    return bsearch(&key, k->ran, k->n_ran, sizeof *k->ran, by_release);
}

static bool take_row(void *arg, const struct release_row *row, struct err *e) {
    struct linking *k = arg;
    struct release_ran *x = ran(k, row->id);
    (void)e;
    x->product = row->product;
    x->version = arena_str(k->l->a, row->version);
    return true;
}

static bool name_releases(struct linking *k, struct err *e) {
    struct landscape *l = k->l;
    uint32_t *ids = arena_array(l->a, uint32_t, k->n_ran);
    int64_t *products = arena_array(l->a, int64_t, k->n_ran);
    for (uint32_t i = 0; i < k->n_ran; i++)
        ids[i] = k->ran[i].id;
    if (!contents_releases_each(l->portfolio->contents, ids, k->n_ran, take_row, k, e))
        return false;
    for (uint32_t i = 0; i < k->n_ran; i++)
        products[i] = k->ran[i].product;
    uint32_t n = numbers_each_once(products, k->n_ran);
    str *names = arena_array(l->a, str, n);
    if (!thing_ids(l->portfolio, l->a, THING_PRODUCT, products, n, names, e))
        return false;
    for (uint32_t i = 0; i < k->n_ran; i++) {
        const int64_t *at = bsearch(&k->ran[i].product, products, n, sizeof *products, by_value);
        k->ran[i].name = arena_printf(l->a, "%.*s@%.*s", STR_ARG(names[at - products]), STR_ARG(k->ran[i].version));
    }
    return true;
}

/* What each deployment runs, and how that is called. */
static bool read_releases(struct linking *k, struct err *e) {
    struct landscape *l = k->l;
    bool found;
    uint32_t id, n = 0;
    k->ran = arena_array(l->a, struct release_ran, l->deployments.n);
    for (uint32_t i = 0; i < l->deployments.n; i++) {
        if (!release_it_runs(k, &l->deployments.v[i], &found, &id, e))
            return false;
        *vec_push(l->a, &l->releases) = found ? id : RELIANCE_NONE;
        if (found)
            k->ran[n++] = (struct release_ran){.id = id, .node = RELIANCE_NONE};
    }
    if (n)
        qsort(k->ran, n, sizeof *k->ran, by_release);
    for (uint32_t i = 0; i < n; i++)
        if (!k->n_ran || k->ran[k->n_ran - 1].id != k->ran[i].id)
            k->ran[k->n_ran++] = k->ran[i];
    return name_releases(k, e);
}

static void link_release(struct linking *k, uint32_t i) {
    struct landscape *l = k->l;
    if (l->releases.v[i] == RELIANCE_NONE)
        return;
    struct release_ran *x = ran(k, l->releases.v[i]);
    if (x->node == RELIANCE_NONE)
        x->node = add_place(l, PLACE_RELEASE, x->id, -1, x->name, x->name);
    need_alone(l, l->deployment_places.v[i], x->node);
}

static void link_deployment(struct linking *k, uint32_t i) {
    struct landscape *l = k->l;
    const struct deployment *d = &l->deployments.v[i];
    uint32_t node = l->deployment_places.v[i];
    need_alone(l, node, node_of(&k->parties, d->host));
    if (d->operator_ != d->host)
        need_alone(l, node, node_of(&k->parties, d->operator_));
    if (d->zone.n)
        need_alone(l, node, add_place(l, PLACE_ZONE, RELIANCE_NONE, -1, d->zone, d->zone));
    uint32_t service = node_of(&k->services, d->service);
    if (service != RELIANCE_NONE && !k->grouped[i])
        need_alone(l, service, node);
    link_release(k, i);
}

bool landscape_read(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when,
                    struct landscape *out, struct err *e) {
    *out = (struct landscape){.portfolio = p, .reader = reader, .when = *when, .a = a};
    reliance_init(&out->graph, a);
    map_init(&out->names, a);
    if (!parties_each(p, when, take_party, out, e) || !services_each(p, when, take_service, out, e) ||
        !deployments_each(p, when, take_deployment, out, e))
        return false;
    struct linking k = {.l = out,
                        .services = nodes_by_number(out, PLACE_SERVICE),
                        .deployments = nodes_by_number(out, PLACE_DEPLOYMENT),
                        .parties = nodes_by_number(out, PLACE_PARTY),
                        .grouped = arena_array(a, bool, out->deployments.n)};
    if ((!when->given && !running_read(p, a, &k.running, e)) || !read_releases(&k, e))
        return false;
    for (uint32_t i = 0; i < out->services.n; i++)
        link_service(&k, i);
    for (uint32_t i = 0; i < out->deployments.n; i++)
        link_deployment(&k, i);
    return true;
}

uint32_t landscape_node(const struct landscape *l, str text) {
    const struct place_name *x = map_get(&l->names, text);
    static const enum place_kind order[] = {PLACE_PARTY, PLACE_SERVICE, PLACE_DEPLOYMENT, PLACE_RELEASE, PLACE_ZONE};
    for (size_t i = 0; !x && i < sizeof order / sizeof *order; i++) {
        uint32_t node = find_place(l, order[i], text);
        if (node != RELIANCE_NONE)
            return node;
    }
    return x ? x->node : RELIANCE_NONE;
}

void landscape_running(const struct landscape *l, struct arena *a, const roaring_bitmap_t *releases, uint32_t **out,
                       uint32_t *n) {
    *out = arena_array(a, uint32_t, l->deployments.n);
    *n = 0;
    for (uint32_t i = 0; i < l->deployments.n; i++)
        if (l->releases.v[i] != RELIANCE_NONE && roaring_bitmap_contains(releases, l->releases.v[i]))
            (*out)[(*n)++] = l->deployment_places.v[i];
}
