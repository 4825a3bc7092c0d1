/* SPDX-License-Identifier: Apache-2.0
 *
 * A product as it stands now: which releases are live and who runs them. What few questions need is read when it is
 * needed.
 */
#include <stdlib.h>

#include "impact/watch_inner.h"

static bool party_known(struct watching *w, int64_t number, str *id, str *name, struct err *e) {
    const struct as_of now = {0};
    str key = str_n((const char *)&number, sizeof number);
    struct party_known *k = number < 0 ? NULL : map_get(&w->parties, key);
    struct party about;
    bool found;
    *id = *name = (str){NULL, 0};
    if (number < 0)
        return true;
    if (!k) {
        if (!party_get(w->p, w->a, number, &now, &about, &found, e))
            return false;
        k = arena_new_of(w->a, struct party_known);
        if (found)
            *k = (struct party_known){about.id, about.name};
        map_put(&w->parties, arena_str(w->a, key), NULL)->value = k;
    }
    *id = k->id;
    *name = k->name;
    return true;
}

/* ── live releases ── */

static struct live *live_of(struct watching *w, struct line *l, uint32_t release) {
    for (uint32_t i = 0; i < l->live.n; i++)
        if (l->live.v[i].id == release)
            return &l->live.v[i];
    struct live *v = vec_push(w->line_arena, &l->live);
    *v = (struct live){.id = release};
    return v;
}

static bool supported(const struct watching *w, const struct product *p) {
    return (!p->end_of_life || p->end_of_life > w->now) && (!p->support_until || p->support_until >= w->now);
}

static uint32_t first_run(const struct watching *w, int64_t product) {
    uint32_t low = 0, high = w->n_running;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (w->running.v[w->running_order[middle]].product < product)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static uint32_t first_twin(const struct watching *w, uint32_t release) {
    uint32_t low = 0, high = w->twins.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (w->twins.v[middle].first < release)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Documents of one release that disagree are all taken at their word. */
static void add_twins(struct watching *w, struct line *l) {
    uint32_t n = l->live.n;
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = first_twin(w, l->live.v[k].id); i < w->twins.n && w->twins.v[i].first == l->live.v[k].id;
             i++) {
            struct live *twin = live_of(w, l, w->twins.v[i].id), *first = &l->live.v[k];
            twin->newest = first->newest;
            for (uint32_t r = 0; r < first->runs.n; r++)
                *vec_push(w->line_arena, &twin->runs) = first->runs.v[r];
        }
}

static void find_live(struct watching *w, struct line *l) {
    const struct running *r = &w->running;
    uint32_t newest = l->product < r->n_products ? r->newest[l->product] : RUNNING_NONE;
    if (newest < w->n_releases && (!l->known || supported(w, &l->about)))
        live_of(w, l, newest)->newest = true;
    for (uint32_t i = first_run(w, l->product); i < w->n_running; i++) {
        uint32_t at = w->running_order[i];
        if (r->v[at].product != l->product)
            break;
        *vec_push(w->line_arena, &live_of(w, l, r->v[at].release)->runs) = at;
    }
    add_twins(w, l);
}

/* ── what they contain ── */

static uint32_t first_held(const struct watching *w, int64_t product) {
    uint32_t low = 0, high = w->held.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (w->held.v[middle].product < product)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void take_held(struct watching *w, struct line *l) {
    for (uint32_t i = first_held(w, l->product); i < w->held.n && w->held.v[i].product == l->product; i++)
        for (uint32_t k = 0; k < l->live.n; k++) /* none when it is the newest, and out of support */
            if (l->live.v[k].id == w->held.v[i].release)
                *vec_push(w->line_arena, &l->live.v[k].ids) = w->held.v[i].component;
}

bool watch_whole(struct watching *w, struct line *l, struct err *e) {
    if (l->whole)
        return true;
    l->whole = true;
    for (uint32_t i = 0; i < l->live.n; i++)
        if (!contents_of(w->p->contents, w->line_arena, l->live.v[i].id, &l->live.v[i].ids, e))
            return false;
    return true;
}

bool watch_line(struct watching *w, int64_t product, bool whole, struct line *out, struct err *e) {
    const struct as_of now = {0};
    *out = (struct line){.product = product};
    if (!watch_read(w, e) || !product_get(w->p, w->line_arena, product, &now, &out->about, &out->known, e) ||
        (out->known && !party_known(w, out->about.party, &out->owner, &out->owner_name, e)))
        return false;
    if (!out->about.id.p && !thing_id(w->p, w->line_arena, THING_PRODUCT, product, &out->about.id, e))
        return false;
    str us = w->p->home ? w->p->home->party : (str){NULL, 0};
    out->ours = !out->owner.p || (us.n && (str_eq(us, out->owner) || str_eq(us, out->owner_name)));
    find_live(w, out);
    if (whole)
        return watch_whole(w, out, e);
    take_held(w, out);
    return true;
}

/* ── read when needed ── */

bool watch_releases(struct watching *w, struct line *l, struct err *e) {
    if (l->has_releases)
        return true;
    l->has_releases = true;
    return contents_releases(w->p->contents, w->line_arena, l->product, (str){NULL, 0}, &l->releases, e);
}

static bool add_user(struct watching *w, struct live *live, uint32_t at, struct err *e) {
    const struct runs *r = &w->running.v[at];
    struct user u = {.exposure = r->exposure, .service = r->service};
    if (!thing_id(w->p, w->line_arena, THING_DEPLOYMENT, at, &u.id, e) ||
        !party_known(w, r->customer, &u.customer, &u.customer_name, e))
        return false;
    *vec_push(w->line_arena, &live->users) = u;
    return true;
}

bool watch_live(struct watching *w, struct live *live, bool users, struct err *e) {
    if (!live->has_row && !contents_release(w->p->contents, w->line_arena, live->id, &live->release, e))
        return false;
    live->has_row = true;
    if (!users || live->has_users)
        return true;
    live->has_users = true;
    for (uint32_t i = 0; i < live->runs.n; i++)
        if (!add_user(w, live, live->runs.v[i], e))
            return false;
    return true;
}
