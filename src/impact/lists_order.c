/* SPDX-License-Identifier: Apache-2.0
 *
 * The flaws a list of findings walks, in its order: those of few components or known to be exploited are gathered and
 * sorted, all others come from an index.
 */
#include <stdlib.h>

#include "impact/lists_inner.h"
#include "vuln/cvss.h"

/* Does it hit something of a reader who may see little? Told without reading what it is. */
static bool flaw_is_near(struct findings *f, int64_t number, bool *yes, struct err *e) {
    struct arena_mark m = arena_mark(f->a);
    struct component_ids ids;
    *yes = true;
    if (!f->narrow)
        return true;
    bool ok = hits_components(f->p, f->a, number, &ids, e);
    *yes = false;
    for (uint32_t i = 0; ok && i < ids.n && !*yes; i++)
        *yes = occurrences_of(&f->in, ids.v[i]) > 0;
    arena_reset(f->a, m);
    return ok;
}

struct gathered {
    struct findings *f;
    struct occurrences seen; /* flaws: number + 1 */
    struct flaw_rows flaws;
};
enum gather { GATHER_COMPONENTS, GATHER_FEW };

static bool gather(struct gathered *g, component_id id, struct err *e) {
    struct findings *f = g->f;
    struct hit_rows hits = {0};
    if (!component_wished(f, id))
        return true;
    if (!hits_of_component(f->p, f->a, id, &hits, e))
        return false;
    for (uint32_t i = 0; i < hits.n; i++) {
        struct flaw_row flaw;
        *vec_push(f->a, &f->near_) = hits.v[i];
        if (occurrences_of(&g->seen, hits.v[i].flaw + 1))
            continue;
        occurrences_add(&g->seen, hits.v[i].flaw + 1, 1);
        if (!hits_flaw_row(f->p, f->a, hits.v[i].flaw, &flaw, e))
            return false;
        if (f->wish.sort != FINDINGS_BY_KEV || flaw.kev)
            *vec_push(f->a, &g->flaws) = flaw;
    }
    return true;
}

struct sorted {
    int64_t value;
    const struct flaw_row *flaw;
};
static int most_first(const void *x, const void *y) {
    const struct sorted *a = x, *b = y;
    if (a->value != b->value)
        return a->value > b->value ? -1 : 1;
    return a->flaw->number > b->flaw->number ? -1 : a->flaw->number < b->flaw->number;
}

/* Of those few only what they are sorted by is read here: what they are called, and whether they are near, is asked of
 * those that are walked. */
static bool gather_few(struct gathered *g, enum flaw_few which, struct err *e) {
    return hits_few(g->f->p, g->f->a, which, &g->flaws, e);
}

static int by_flaw_and_component(const void *x, const void *y) {
    const struct hit_row *a = x, *b = y;
    if (a->flaw != b->flaw)
        return a->flaw < b->flaw ? -1 : 1;
    return a->component < b->component ? -1 : a->component > b->component;
}

static bool gather_components(struct gathered *g, struct err *e) {
    struct findings *f = g->f;
    bool ok = true;
    f->near_known = false;
    f->near_.n = 0;
    if (f->wish.package)
        for (uint32_t i = 0; ok && i < f->wish.package->components.n; i++)
            ok = gather(g, f->wish.package->components.v[i], e);
    else
        for (uint32_t i = 0; ok && f->in.v && i <= f->in.mask; i++)
            ok = !f->in.v[i].id || gather(g, f->in.v[i].id, e);
    if (f->near_.n)
        qsort(f->near_.v, f->near_.n, sizeof *f->near_.v, by_flaw_and_component);
    f->near_known = ok;
    return ok;
}

/* A flaw of a popular package hits a thousand components, of which a release has one. */
bool hits_near(struct findings *f, struct arena *a, int64_t flaw, struct hit_rows *out, struct err *e) {
    uint32_t low = 0, high = f->near_.n;
    if (!f->near_known)
        return hits_of_flaw(f->p, a, flaw, out, e);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (f->near_.v[middle].flaw < flaw)
            low = middle + 1;
        else
            high = middle;
    }
    *out = (struct hit_rows){0};
    for (; low < f->near_.n && f->near_.v[low].flaw == flaw; low++)
        *vec_push(a, out) = f->near_.v[low];
    return true;
}

/* So few components that asking each for its flaws costs less than walking all flaws. */
enum { FEW_COMPONENTS = 400 };

/* Which way is short, and its flaws; *few false: all flaws are walked. */
static bool gather_shortest(struct gathered *g, bool answered, enum gather *how, bool *few, struct err *e) {
    struct findings *f = g->f;
    *few = true;
    *how = GATHER_COMPONENTS;
    if (f->wish.package)
        return gather_components(g, e);
    if (answered && f->wish.status == FINDINGS_ANSWERED) {
        *how = GATHER_FEW;
        if (!status_answered(f, few, &g->flaws, e))
            return false;
        if (*few)
            return true;
        *few = true;
        g->flaws.n = 0;
    }
    *how = GATHER_COMPONENTS;
    if (f->narrow && f->in.n <= FEW_COMPONENTS)
        return gather_components(g, e);
    *how = GATHER_FEW;
    if (f->wish.kev || f->wish.exploited || f->wish.sort == FINDINGS_BY_KEV)
        return gather_few(g, f->wish.kev || f->wish.sort == FINDINGS_BY_KEV ? FLAWS_KEV : FLAWS_EXPLOITED, e);
    *few = false;
    return true;
}

static bool is_listed(const struct findings *f, const struct flaw_row *flaw) {
    return flaw_wished(&f->wish, flaw) && (f->wish.sort != FINDINGS_BY_KEV || flaw->kev);
}

bool flaws_filtered(struct findings *f, struct arena *a, bool *some, struct flaw_rows *out, struct err *e) {
    struct gathered g = {.f = f};
    enum gather how;
    *out = (struct flaw_rows){0};
    bool ok = gather_shortest(&g, false, &how, some, e);
    for (uint32_t i = 0; ok && *some && i < g.flaws.n; i++)
        if (flaw_wished(&f->wish, &g.flaws.v[i]))
            *vec_push(a, out) = g.flaws.v[i];
    occurrences_free(&g.seen);
    return ok;
}

/* Told without reading what it is: whether a verdict may answer it, and whether it is near. */
static bool may_have_findings(struct findings *f, int64_t number, bool *yes, struct err *e) {
    *yes = true;
    if (f->wish.status == FINDINGS_ANSWERED && !status_may_answer(f, number, -1, yes, e))
        return false;
    return !*yes || flaw_is_near(f, number, yes, e);
}

/* A flaw of which, unless it comes from components, little was read so far. */
static bool open_brief(struct findings *f, struct arena *a, enum gather how, const struct flaw_row *brief, bool *wanted,
                       struct flaw_row *whole, struct err *e) {
    *whole = *brief;
    *wanted = is_listed(f, brief);
    if (!*wanted)
        return true;
    if (!may_have_findings(f, brief->number, wanted, e))
        return false;
    return !*wanted || how == GATHER_COMPONENTS || hits_flaw_row(f->p, a, brief->number, whole, e);
}

static bool flaws_gathered(struct gathered *g, enum gather how, struct flaw_place after,
                           bool (*each)(void *arg, const struct flaw_row *flaw, bool *stop, struct err *e), void *arg,
                           struct err *e) {
    struct findings *f = g->f;
    bool ok = true, stop = false;
    struct sorted *list = arena_array(f->a, struct sorted, g->flaws.n + 1);
    for (uint32_t i = 0; i < g->flaws.n; i++)
        list[i] = (struct sorted){flaw_value(f->wish.sort, &g->flaws.v[i]), &g->flaws.v[i]};
    if (g->flaws.n)
        qsort(list, g->flaws.n, sizeof *list, most_first);
    struct arena *one = arena_new();
    struct arena_mark m = arena_mark(one);
    for (uint32_t i = 0; ok && !stop && i < g->flaws.n; i++) {
        struct flaw_row whole;
        bool wanted;
        if (list[i].value > after.value || (list[i].value == after.value && list[i].flaw->number >= after.number))
            continue;
        ok = open_brief(f, one, how, list[i].flaw, &wanted, &whole, e);
        if (ok && wanted)
            ok = each(arg, &whole, &stop, e);
        arena_reset(one, m);
    }
    arena_free(one);
    return ok;
}

struct walking {
    struct findings *f;
    bool (*each)(void *arg, const struct flaw_row *flaw, bool *stop, struct err *e);
    void *arg;
    bool stop;
};
static bool walk_on(void *arg, const struct flaw_row *flaw, struct err *e) {
    struct walking *w = arg;
    return w->each(w->arg, flaw, &w->stop, e) && !w->stop;
}

static bool is_wanted(void *arg, int64_t number, bool *yes, struct err *e) {
    return may_have_findings(((struct walking *)arg)->f, number, yes, e);
}

/* Scores of the severities wished, and what lies between them. */
struct flaw_range scores_wished(const struct findings_wish *w) {
    static const int32_t from[] = {-1, 0, 1, 40, 70, 90, INT32_MAX};
    struct flaw_range r = flaw_any_score;
    if (!w->severities)
        return r;
    unsigned low = 0, high = SEVERITY_CRITICAL;
    while (low < high && !(w->severities >> low & 1))
        low++;
    while (high > low && !(w->severities >> high & 1))
        high--;
    r.least = from[low];
    r.most = high == SEVERITY_CRITICAL ? INT32_MAX : from[high + 1] - 1;
    return r;
}

bool flaws_in_order(struct findings *f, struct flaw_place after,
                    bool (*each)(void *arg, const struct flaw_row *flaw, bool *stop, struct err *e), void *arg,
                    struct err *e) {
    static const enum flaw_sort sorts[] = {FLAW_BY_SCORE, FLAW_BY_EPSS, FLAW_BY_KEV, FLAW_BY_NEWEST, FLAW_BY_SCORE};
    struct gathered g = {.f = f};
    enum gather how;
    bool few;
    if (f->nothing || (f->wish.status == FINDINGS_ANSWERED && !f->answers))
        return true;
    bool ok = gather_shortest(&g, true, &how, &few, e);
    if (ok && few)
        ok = flaws_gathered(&g, how, after, each, arg, e);
    occurrences_free(&g.seen);
    if (!ok || few)
        return ok;
    struct walking w = {f, each, arg, false};
    return hits_flaws(f->p, sorts[f->wish.sort], after, scores_wished(&f->wish),
                      f->narrow || f->wish.status == FINDINGS_ANSWERED ? is_wanted : NULL, walk_on, &w, e) ||
           w.stop;
}
