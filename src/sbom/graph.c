/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/graph.h"

struct edge {
    uint32_t from, to;
};

/* SPDX says some relations from the far end. */
static bool is_reversed(str type) {
    return str_ends(type, S("_OF")) || str_is(type, "CONTAINED_BY") || str_is(type, "PREREQUISITE_FOR");
}

/* Relations along which a component drags another one along. DESCRIBES is the document's own. */
static bool is_dependency(str type) {
    static const char *const words[] = {"DEPENDS_ON",       "CONTAINS",         "CONTAINED_BY",
                                        "PREREQUISITE_FOR", "HAS_PREREQUISITE", "DYNAMIC_LINK",
                                        "STATIC_LINK",      "PACKAGE_OF",       "VARIANT_OF"};
    if (str_ends(type, S("DEPENDENCY_OF")))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_is(type, words[i]))
            return true;
    return false;
}

struct sbom_graph sbom_graph_of(const struct sbom *s, struct arena *a) {
    uint32_t n = s->components.n;
    VEC(struct edge) edges = {0};
    for (uint32_t i = 0; i < s->relations.n; i++) {
        const struct sbom_relation *r = &s->relations.v[i];
        if (r->from_at >= n || r->to_at >= n || !is_dependency(r->type))
            continue;
        bool reversed = is_reversed(r->type);
        *vec_push(a, &edges) = (struct edge){reversed ? r->to_at : r->from_at, reversed ? r->from_at : r->to_at};
    }
    for (uint32_t i = 0; i < n; i++)
        if (s->components.v[i].parent < n)
            *vec_push(a, &edges) = (struct edge){s->components.v[i].parent, i};
    uint32_t *from = arena_array(a, uint32_t, (size_t)n + 2), *to = arena_array(a, uint32_t, (size_t)edges.n + 1);
    for (uint32_t i = 0; i < edges.n; i++)
        from[edges.v[i].from + 2]++;
    for (uint32_t i = 2; i < n + 2; i++)
        from[i] += from[i - 1];
    for (uint32_t i = 0; i < edges.n; i++) /* shifts each start to the next one's place: from + 0 is right afterwards */
        to[from[edges.v[i].from + 1]++] = edges.v[i].to;
    uint32_t *parent = arena_array(a, uint32_t, (size_t)n + 1), *depth = arena_array(a, uint32_t, (size_t)n + 1);
    uint32_t *queue = arena_array(a, uint32_t, (size_t)n + 1), head = 0, tail = 0;
    for (uint32_t i = 0; i < n; i++) {
        parent[i] = depth[i] = SBOM_NO;
        if (i == s->root || s->components.v[i].is_root) {
            depth[i] = 0;
            queue[tail++] = i;
        }
    }
    for (; head < tail; head++)
        for (uint32_t k = from[queue[head]]; k < from[queue[head] + 1]; k++)
            if (depth[to[k]] == SBOM_NO) {
                depth[to[k]] = depth[queue[head]] + 1;
                parent[to[k]] = queue[head];
                queue[tail++] = to[k];
            }
    return (struct sbom_graph){n, from, to, parent, depth};
}

const uint32_t *sbom_graph_path(const struct sbom_graph *g, uint32_t component, struct arena *a, uint32_t *n) {
    uint32_t length = 1;
    for (uint32_t at = component; g->parent[at] != SBOM_NO; at = g->parent[at])
        length++;
    uint32_t *path = arena_array(a, uint32_t, length);
    *n = length;
    for (uint32_t at = component; length-- > 0; at = g->parent[at])
        path[length] = at;
    return path;
}
