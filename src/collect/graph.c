/* SPDX-License-Identifier: Apache-2.0
 *
 * A dependency graph of names within one file.
 */
#include "collect/graph.h"

void graph_init(struct graph *g, struct arena *a) {
    *g = (struct graph){.a = a};
    map_init(&g->names, a);
}

static const struct graph_node *node_of(const struct graph *g, str name) {
    uintptr_t at = (uintptr_t)map_get(&g->names, name);
    return at ? &g->nodes.v[at - 1] : NULL;
}

uint32_t graph_node(struct graph *g, str name) {
    bool fresh;
    struct map_entry *entry = map_put(&g->names, name, &fresh);
    if (fresh) {
        *vec_push(g->a, &g->nodes) = (struct graph_node){.name = name};
        entry->value = (void *)(uintptr_t)g->nodes.n;
    }
    return (uint32_t)(uintptr_t)entry->value - 1;
}

void graph_edge(struct graph *g, str from, str to) {
    uint32_t x = graph_node(g, from), y = graph_node(g, to);
    *vec_push(g->a, &g->edges) = (struct graph_edge){y, g->nodes.v[x].first};
    g->nodes.v[x].first = g->edges.n;
}

void graph_root(struct graph *g, str name, bool dev) {
    uint32_t at = graph_node(g, name);
    struct graph_node *n = &g->nodes.v[at];
    n->root |= !dev;
    n->dev_root |= dev;
    g->rooted = true;
}

static void spread_from(struct graph *g, bool dev) {
    VEC(uint32_t) todo = {0};
    for (uint32_t i = 0; i < g->nodes.n; i++) {
        struct graph_node *n = &g->nodes.v[i];
        if (!(dev ? n->dev_root : n->root) || (dev && n->runtime))
            continue;
        *(dev ? &n->dev : &n->runtime) = true;
        *vec_push(g->a, &todo) = i;
    }
    while (todo.n) {
        uint32_t at = todo.v[--todo.n];
        for (uint32_t k = g->nodes.v[at].first; k; k = g->edges.v[k - 1].next) {
            struct graph_node *n = &g->nodes.v[g->edges.v[k - 1].to];
            bool *mark = dev ? &n->dev : &n->runtime;
            if (*mark || n->runtime)
                continue;
            *mark = true;
            *vec_push(g->a, &todo) = g->edges.v[k - 1].to;
        }
    }
}

void graph_spread(struct graph *g) {
    spread_from(g, false);
    spread_from(g, true);
}

enum sbom_scope graph_scope(const struct graph *g, str name) {
    const struct graph_node *n = node_of(g, name);
    return !n ? SCOPE_UNKNOWN : n->runtime ? SCOPE_REQUIRED : n->dev ? SCOPE_DEV : SCOPE_UNKNOWN;
}

enum sbom_direct graph_direct(const struct graph *g, str name) {
    const struct graph_node *n = node_of(g, name);
    if (n && (n->root || n->dev_root))
        return DIRECT_YES;
    return g->rooted ? DIRECT_TRANSITIVE : DIRECT_UNKNOWN;
}
