/* SPDX-License-Identifier: Apache-2.0
 *
 * Rings among services: a walk in depth over "needs", with a stack of its own, for a ring may be as long as there are
 * services.
 */
#include "impact/things_state.h"

struct node {
    str id;
    VEC(int64_t) needs; /* services */
    uint32_t next;      /* of its needs to look at */
    enum { NEW, OPEN, DONE } state;
};
struct walk {
    struct arena *a;
    struct node *nodes;
    int64_t n, cap;
    VEC(int64_t) path;
    struct rings *out;
    uint32_t most;
};

static void grow(struct walk *w, int64_t number) {
    int64_t cap = w->cap ? w->cap : 64;
    while (cap <= number)
        cap *= 2;
    if (cap != w->cap) {
        struct node *more = arena_array(w->a, struct node, (size_t)cap);
        if (w->n)
            memcpy(more, w->nodes, (size_t)w->n * sizeof *more);
        w->nodes = more;
        w->cap = cap;
    }
    if (number >= w->n)
        w->n = number + 1;
}

static bool take(void *arg, const struct service *x, struct err *e) {
    struct walk *w = arg;
    (void)e;
    grow(w, x->number);
    struct node *node = &w->nodes[x->number];
    node->id = arena_str(w->a, x->id);
    for (uint32_t i = 0; i < x->needs.n; i++)
        if (x->needs.v[i].kind == NEED_SERVICE)
            *vec_push(w->a, &node->needs) = x->needs.v[i].number;
    return true;
}

static void tell(struct walk *w, int64_t back_to) {
    struct buf b = {0};
    uint32_t from = w->path.n - 1;
    while (w->path.v[from] != back_to)
        from--;
    for (uint32_t i = from; i < w->path.n && i < from + 20; i++)
        buf_addf(&b, "%.*s → ", STR_ARG(w->nodes[w->path.v[i]].id));
    if (w->path.n - from > 20)
        buf_addz(&b, "… → ");
    buf_add(&b, w->nodes[back_to].id);
    *vec_push(w->a, w->out) = arena_str(w->a, buf_str(&b));
    buf_free(&b);
}

static void visit(struct walk *w, int64_t start) {
    *vec_push(w->a, &w->path) = start;
    w->nodes[start].state = OPEN;
    while (w->path.n) {
        struct node *node = &w->nodes[w->path.v[w->path.n - 1]];
        if (node->next == node->needs.n) {
            node->state = DONE;
            w->path.n--;
            continue;
        }
        int64_t to = node->needs.v[node->next++];
        if (to < 0 || to >= w->n)
            continue;
        if (w->nodes[to].state == OPEN && w->out->n < w->most)
            tell(w, to);
        if (w->nodes[to].state == NEW) {
            w->nodes[to].state = OPEN;
            *vec_push(w->a, &w->path) = to;
        }
    }
}

bool services_rings(struct portfolio *p, struct arena *a, uint32_t most, struct rings *out, struct err *e) {
    struct walk w = {.a = a, .out = out, .most = most};
    if (!services_each(p, NULL, take, &w, e))
        return false;
    for (int64_t i = 0; i < w.n; i++)
        if (w.nodes[i].state == NEW)
            visit(&w, i);
    return true;
}
