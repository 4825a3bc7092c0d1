/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/reliance.h"

void reliance_init(struct reliance *g, struct arena *a) { *g = (struct reliance){.a = a}; }

uint32_t reliance_node(struct reliance *g) {
    *vec_push(g->a, &g->nodes) = (struct reliance_node){0};
    return g->nodes.n - 1;
}

uint32_t reliance_group(struct reliance *g, uint32_t node) {
    struct reliance_node *x = &g->nodes.v[node];
    *vec_push(g->a, &x->groups) = (struct reliance_group){0};
    return x->groups.n - 1;
}

void reliance_any(struct reliance *g, uint32_t node, uint32_t group, uint32_t on) {
    struct reliance_group *x = &g->nodes.v[node].groups.v[group];
    for (uint32_t i = 0; i < x->any.n; i++)
        if (x->any.v[i] == on)
            return; /* counted once: a group is out when it has lost as many as it has */
    *vec_push(g->a, &x->any) = on;
    *vec_push(g->a, &g->nodes.v[on].wanted) = (struct reliance_link){node, group};
}

/* ── what goes out ── */

static uint32_t **alternatives_left(const struct reliance *g, struct arena *a) {
    uint32_t **left = arena_array(a, uint32_t *, g->nodes.n);
    for (uint32_t i = 0; i < g->nodes.n; i++) {
        const struct reliance_node *x = &g->nodes.v[i];
        left[i] = arena_array(a, uint32_t, x->groups.n);
        for (uint32_t k = 0; k < x->groups.n; k++)
            left[i][k] = x->groups.v[k].any.n;
    }
    return left;
}

static void goes_out(struct reliance_fall *f, uint32_t node, uint32_t depth, uint32_t cause) {
    if (f->depth[node] != RELIANCE_NONE)
        return;
    f->depth[node] = depth;
    f->cause[node] = cause;
    f->order[f->n++] = node;
    f->deepest = depth > f->deepest ? depth : f->deepest;
}

void reliance_fell(const struct reliance *g, struct arena *a, const uint32_t *away, uint32_t n,
                   struct reliance_fall *out) {
    uint32_t nodes = g->nodes.n;
    *out = (struct reliance_fall){.depth = arena_array(a, uint32_t, nodes),
                                  .cause = arena_array(a, uint32_t, nodes),
                                  .order = arena_array(a, uint32_t, nodes)};
    uint32_t **left = alternatives_left(g, a);
    for (uint32_t i = 0; i < nodes; i++)
        out->depth[i] = out->cause[i] = RELIANCE_NONE;
    for (uint32_t i = 0; i < n; i++)
        goes_out(out, away[i], 0, RELIANCE_NONE);
    for (uint32_t at = 0; at < out->n; at++) {
        uint32_t lost = out->order[at];
        const struct reliance_node *x = &g->nodes.v[lost];
        for (uint32_t k = 0; k < x->wanted.n; k++) {
            struct reliance_link link = x->wanted.v[k];
            if (--left[link.node][link.group] == 0)
                goes_out(out, link.node, out->depth[lost] + 1, lost);
        }
    }
}

/* ── without which it is out ── */

/* Strongly connected parts, those that are needed before those that need them (Tarjan, with a stack of our own). */
struct walk {
    const struct reliance *g;
    uint32_t *seen, *low, *stack, *part; /* part: number of the part; RELIANCE_NONE while open */
    uint32_t *order, n_order;            /* nodes by part */
    uint32_t n_seen, n_stack, n_parts;
    struct frame {
        uint32_t node, group, at;
    } * frames;
    uint32_t n_frames;
};

static void enter(struct walk *w, uint32_t node) {
    w->seen[node] = w->low[node] = w->n_seen++;
    w->stack[w->n_stack++] = node;
    w->frames[w->n_frames++] = (struct frame){.node = node};
}

static bool next_need(const struct reliance *g, struct frame *f, uint32_t *out) {
    const struct reliance_node *x = &g->nodes.v[f->node];
    for (; f->group < x->groups.n; f->group++, f->at = 0)
        if (f->at < x->groups.v[f->group].any.n) {
            *out = x->groups.v[f->group].any.v[f->at++];
            return true;
        }
    return false;
}

static void close_part(struct walk *w, uint32_t root) {
    uint32_t node;
    do {
        node = w->stack[--w->n_stack];
        w->part[node] = w->n_parts;
        w->order[w->n_order++] = node;
    } while (node != root);
    w->n_parts++;
}

static void leave(struct walk *w) {
    uint32_t node = w->frames[--w->n_frames].node;
    if (w->low[node] == w->seen[node])
        close_part(w, node);
    if (w->n_frames) {
        uint32_t above = w->frames[w->n_frames - 1].node;
        w->low[above] = w->low[node] < w->low[above] ? w->low[node] : w->low[above];
    }
}

static void walk_from(struct walk *w, uint32_t start) {
    enter(w, start);
    while (w->n_frames) {
        struct frame *top = &w->frames[w->n_frames - 1];
        uint32_t need;
        if (!next_need(w->g, top, &need))
            leave(w);
        else if (w->seen[need] == RELIANCE_NONE)
            enter(w, need);
        else if (w->part[need] == RELIANCE_NONE && w->seen[need] < w->low[top->node])
            w->low[top->node] = w->seen[need];
    }
}

static void find_parts(struct walk *w, const struct reliance *g, struct arena *a) {
    uint32_t n = g->nodes.n;
    *w = (struct walk){.g = g,
                       .seen = arena_array(a, uint32_t, n),
                       .low = arena_array(a, uint32_t, n),
                       .stack = arena_array(a, uint32_t, n),
                       .part = arena_array(a, uint32_t, n),
                       .order = arena_array(a, uint32_t, n),
                       .frames = arena_array(a, struct frame, n)};
    for (uint32_t i = 0; i < n; i++)
        w->seen[i] = w->part[i] = RELIANCE_NONE;
    for (uint32_t i = 0; i < n; i++)
        if (w->seen[i] == RELIANCE_NONE)
            walk_from(w, i);
}

/* Adds what all alternatives of a group have in common; true when that was new. */
static bool add_common(roaring_bitmap_t **sets, uint32_t node, const struct reliance_group *group) {
    if (group->any.n == 0)
        return false;
    uint64_t before = roaring_bitmap_get_cardinality(sets[node]);
    if (group->any.n == 1) {
        roaring_bitmap_or_inplace(sets[node], sets[group->any.v[0]]);
    } else {
        roaring_bitmap_t *common = roaring_bitmap_and(sets[group->any.v[0]], sets[group->any.v[1]]);
        for (uint32_t i = 2; i < group->any.n; i++)
            roaring_bitmap_and_inplace(common, sets[group->any.v[i]]);
        roaring_bitmap_or_inplace(sets[node], common);
        roaring_bitmap_free(common);
    }
    return roaring_bitmap_get_cardinality(sets[node]) > before;
}

static bool improve(const struct reliance *g, roaring_bitmap_t **sets, const uint32_t *nodes, uint32_t n) {
    bool changed = false;
    for (uint32_t i = 0; i < n; i++) {
        const struct reliance_node *x = &g->nodes.v[nodes[i]];
        for (uint32_t k = 0; k < x->groups.n; k++)
            changed |= add_common(sets, nodes[i], &x->groups.v[k]);
    }
    return changed;
}

roaring_bitmap_t **reliance_essential(const struct reliance *g, struct arena *a) {
    struct walk w;
    find_parts(&w, g, a);
    roaring_bitmap_t **sets = arena_array(a, roaring_bitmap_t *, g->nodes.n);
    for (uint32_t i = 0; i < g->nodes.n; i++) {
        sets[i] = roaring_bitmap_create();
        roaring_bitmap_add(sets[i], i);
    }
    /* Sets only grow, so a part settles; one that is a single node does so at once. */
    for (uint32_t at = 0, end; at < w.n_order; at = end) {
        for (end = at + 1; end < w.n_order && w.part[w.order[end]] == w.part[w.order[at]];)
            end++;
        while (improve(g, sets, w.order + at, end - at) && end - at > 1)
            continue;
    }
    return sets;
}

void reliance_essential_free(const struct reliance *g, roaring_bitmap_t **essential) {
    for (uint32_t i = 0; i < g->nodes.n; i++)
        roaring_bitmap_free(essential[i]);
}
