/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/restoring.h"

#include <stdlib.h>

enum {
    EXACT_JOBS = 7,       /* 5,040 orders */
    EVALUATIONS = 20000,  /* of swaps, for more jobs; fewer when the fallen part is large */
    WORK = 200 * 1000000, /* links looked at in all */
};

struct cost {
    double late, total;
};
struct search {
    const struct restoring_plan *p;
    struct reliance_fall fall;
    int64_t *time, *done, *team; /* time: by node, until it is back */
    uint32_t *best;
    struct cost best_cost;
    uint64_t links, evaluations;
};

static bool is_better(struct cost x, struct cost y) {
    return x.late < y.late || (!(x.late > y.late) && x.total < y.total);
}

/* ── one order ── */

static void do_jobs(struct search *s, const uint32_t *order) {
    const struct restoring_plan *p = s->p;
    for (uint32_t i = 0; i < p->teams; i++)
        s->team[i] = 0;
    for (uint32_t i = 0; i < p->n_jobs; i++) {
        uint32_t free_first = 0;
        for (uint32_t k = 1; k < p->teams; k++)
            if (s->team[k] < s->team[free_first])
                free_first = k;
        const struct restoring_job *job = &p->jobs[order[i]];
        s->team[free_first] += job->takes;
        s->done[order[i]] = s->team[free_first];
    }
}

static int64_t needs_met(const struct search *s, const struct reliance_node *x) {
    int64_t latest = 0;
    for (uint32_t k = 0; k < x->groups.n; k++) {
        const struct reliance_group *group = &x->groups.v[k];
        int64_t first = group->any.n ? INT64_MAX : 0;
        for (uint32_t i = 0; i < group->any.n; i++)
            first = s->time[group->any.v[i]] < first ? s->time[group->any.v[i]] : first;
        latest = first > latest ? first : latest;
    }
    return latest;
}

/* Times only grow, in the order things fell, until nothing changes: the least that fits, so that needs in a circle do
 * not keep each other down. */
static void spread(struct search *s) {
    const struct restoring_plan *p = s->p;
    for (uint32_t i = 0; i < s->fall.n; i++)
        s->time[s->fall.order[i]] = 0;
    for (uint32_t i = 0; i < p->n_jobs; i++)
        s->time[p->jobs[i].node] = s->done[i];
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 0; i < s->fall.n; i++) {
            uint32_t node = s->fall.order[i];
            int64_t t = needs_met(s, &p->graph->nodes.v[node]);
            if (t > s->time[node]) {
                s->time[node] = t;
                changed = true;
            }
        }
    }
}

static struct cost cost_of(struct search *s, const uint32_t *order) {
    struct cost c = {0};
    do_jobs(s, order);
    spread(s);
    for (uint32_t i = 0; i < s->p->n_stakes; i++) {
        const struct restoring_stake *x = &s->p->stakes[i];
        int64_t out = s->time[x->node];
        c.total += x->people * (double)out;
        if (x->mtpd >= 0 && out > x->mtpd)
            c.late += x->people * (double)(out - x->mtpd);
    }
    s->evaluations++;
    return c;
}

static void consider(struct search *s, const uint32_t *order) {
    struct cost c = cost_of(s, order);
    if (is_better(c, s->best_cost)) {
        s->best_cost = c;
        memcpy(s->best, order, s->p->n_jobs * sizeof *order);
    }
}

/* ── orders worth a look ── */

static void swap(uint32_t *x, uint32_t *y) {
    uint32_t t = *x;
    *x = *y;
    *y = t;
}

static void every_order(struct search *s, uint32_t *order) {
    uint32_t n = s->p->n_jobs, count[EXACT_JOBS] = {0};
    consider(s, order);
    for (uint32_t i = 1; i < n;) /* Heap's permutations */
        if (count[i] < i) {
            swap(&order[i % 2 ? count[i] : 0], &order[i]);
            consider(s, order);
            count[i]++;
            i = 1;
        } else {
            count[i++] = 0;
        }
}

struct ranked {
    double value;
    uint32_t job;
};
static int by_value(const void *x, const void *y) {
    const struct ranked *a = x, *b = y;
    if (a->value < b->value || a->value > b->value)
        return a->value < b->value ? -1 : 1;
    return a->job < b->job ? -1 : a->job > b->job;
}
static void sorted(struct search *s, struct arena *a, const double *values, uint32_t *order) {
    uint32_t n = s->p->n_jobs;
    struct ranked *v = arena_array(a, struct ranked, n);
    for (uint32_t i = 0; i < n; i++)
        v[i] = (struct ranked){values[i], i};
    qsort(v, n, sizeof *v, by_value);
    for (uint32_t i = 0; i < n; i++)
        order[i] = v[i].job;
    consider(s, order);
}

/* What each job by itself carries: the people whose services fall with it, and the nearest of their limits. */
static void weigh(const struct search *s, struct arena *a, double *people, double *limit) {
    const struct restoring_plan *p = s->p;
    for (uint32_t i = 0; i < p->n_jobs; i++) {
        struct arena_mark mark = arena_mark(a);
        struct reliance_fall f;
        reliance_fell(p->graph, a, &p->jobs[i].node, 1, &f);
        people[i] = 0;
        limit[i] = 1e18;
        for (uint32_t k = 0; k < p->n_stakes; k++)
            if (f.depth[p->stakes[k].node] != RELIANCE_NONE) {
                people[i] += p->stakes[k].people;
                if (p->stakes[k].mtpd >= 0 && (double)p->stakes[k].mtpd < limit[i])
                    limit[i] = (double)p->stakes[k].mtpd;
            }
        arena_reset(a, mark);
    }
}

static void rules_of_thumb(struct search *s, struct arena *a, uint32_t *order) {
    const struct restoring_plan *p = s->p;
    double *people = arena_array(a, double, p->n_jobs), *limit = arena_array(a, double, p->n_jobs),
           *value = arena_array(a, double, p->n_jobs);
    weigh(s, a, people, limit);
    sorted(s, a, limit, order); /* nearest limit first */
    for (uint32_t i = 0; i < p->n_jobs; i++)
        value[i] = (double)p->jobs[i].takes / (people[i] + 1e-9); /* most people for an hour's work */
    sorted(s, a, value, order);
    for (uint32_t i = 0; i < p->n_jobs; i++)
        value[i] *= 1 + limit[i] / 86400;
    sorted(s, a, value, order);
    for (uint32_t i = 0; i < p->n_jobs; i++)
        value[i] = (double)p->jobs[i].takes;
    sorted(s, a, value, order);
}

/* Moves one job to another place as long as that helps and the work is bounded. */
static void improve(struct search *s, uint32_t *order) {
    uint32_t n = s->p->n_jobs;
    uint64_t most = WORK / (s->links + 1);
    most = most > EVALUATIONS ? EVALUATIONS : most;
    for (bool changed = true; changed && s->evaluations < most;) {
        changed = false;
        for (uint32_t i = 0; i < n && s->evaluations < most; i++)
            for (uint32_t k = i + 1; k < n && s->evaluations < most; k++) {
                struct cost before = s->best_cost;
                memcpy(order, s->best, n * sizeof *order);
                uint32_t moved = order[k];
                memmove(order + i + 1, order + i, (k - i) * sizeof *order);
                order[i] = moved;
                consider(s, order);
                changed |= is_better(s->best_cost, before);
            }
    }
}

void restoring_find(const struct restoring_plan *p, struct arena *a, struct restoring_result *out) {
    struct search s = {.p = p, .best_cost = {1e300, 1e300}};
    uint32_t *away = arena_array(a, uint32_t, p->n_jobs), *order = arena_array(a, uint32_t, p->n_jobs);
    for (uint32_t i = 0; i < p->n_jobs; i++) {
        away[i] = p->jobs[i].node;
        order[i] = i;
    }
    reliance_fell(p->graph, a, away, p->n_jobs, &s.fall);
    for (uint32_t i = 0; i < s.fall.n; i++)
        s.links += p->graph->nodes.v[s.fall.order[i]].wanted.n + 1;
    s.time = arena_array(a, int64_t, p->graph->nodes.n);
    s.done = arena_array(a, int64_t, p->n_jobs);
    s.team = arena_array(a, int64_t, p->teams);
    s.best = arena_array(a, uint32_t, p->n_jobs);
    *out = (struct restoring_result){.order = s.best, .done = s.done, .exact = p->n_jobs <= EXACT_JOBS};
    out->naive_late = cost_of(&s, order).late;
    consider(&s, order);
    if (out->exact) {
        every_order(&s, order);
    } else {
        rules_of_thumb(&s, a, order);
        improve(&s, order);
    }
    struct cost c = cost_of(&s, s.best);
    out->late = c.late;
    out->total = c.total;
    out->back = arena_array(a, int64_t, p->n_stakes);
    for (uint32_t i = 0; i < p->n_stakes; i++)
        out->back[i] = s.time[p->stakes[i].node];
}
