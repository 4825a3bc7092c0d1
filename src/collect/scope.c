/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/scope.h"

void scopes_init(struct scopes *s, struct arena *a, uint32_t n) {
    *s = (struct scopes){.a = a, .n = n};
    s->scope = arena_array(a, uint8_t, (size_t)n + 1);
    s->direct = arena_array(a, bool, (size_t)n + 1);
}

void scopes_edge(struct scopes *s, uint32_t from, uint32_t to, bool optional) {
    *vec_push(s->a, &s->edges) = (struct scope_edge){from, to, optional};
}

/* Higher is stronger. */
static int rank(uint8_t scope) {
    return scope == SCOPE_REQUIRED ? 3 : scope == SCOPE_OPTIONAL ? 2 : scope == SCOPE_DEV;
}

void scopes_root(struct scopes *s, uint32_t node, enum sbom_scope scope) {
    s->known = s->direct[node] = true;
    if (rank((uint8_t)scope) > rank(s->scope[node]))
        s->scope[node] = (uint8_t)scope;
}

struct walk {
    struct scopes *s;
    uint32_t *first; /* edges of node i: sorted[first[i]] … sorted[first[i + 1] - 1] */
    struct scope_edge *sorted;
    uint32_t *queue, n;
};

static void sort_edges(struct walk *w) {
    struct scopes *s = w->s;
    w->first = arena_array(s->a, uint32_t, (size_t)s->n + 2);
    w->sorted = arena_array(s->a, struct scope_edge, (size_t)s->edges.n + 1);
    for (uint32_t i = 0; i < s->edges.n; i++)
        w->first[s->edges.v[i].from + 1]++;
    for (uint32_t i = 0; i < s->n; i++)
        w->first[i + 1] += w->first[i];
    uint32_t *next = arena_array(s->a, uint32_t, (size_t)s->n + 1);
    for (uint32_t i = 0; i < s->n; i++)
        next[i] = w->first[i];
    for (uint32_t i = 0; i < s->edges.n; i++)
        w->sorted[next[s->edges.v[i].from]++] = s->edges.v[i];
}

/* Everything nodes of this scope lead to gets it too, unless it already has a stronger one. */
static void spread(struct walk *w, enum sbom_scope scope) {
    struct scopes *s = w->s;
    w->n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        if (s->scope[i] == scope)
            w->queue[w->n++] = i;
    for (uint32_t i = 0; i < w->n; i++)
        for (uint32_t k = w->first[w->queue[i]]; k < w->first[w->queue[i] + 1]; k++) {
            const struct scope_edge *e = &w->sorted[k];
            /* An optional part of something needed is optional; of something for development, for development. */
            enum sbom_scope want = e->optional && scope == SCOPE_REQUIRED ? SCOPE_OPTIONAL : scope;
            if (rank(s->scope[e->to]) >= rank((uint8_t)want))
                continue;
            s->scope[e->to] = (uint8_t)want;
            if (want == scope)
                w->queue[w->n++] = e->to;
        }
}

void scopes_run(struct scopes *s) {
    struct walk w = {.s = s, .queue = arena_array(s->a, uint32_t, (size_t)s->n + 1)};
    sort_edges(&w);
    spread(&w, SCOPE_REQUIRED);
    spread(&w, SCOPE_OPTIONAL);
    spread(&w, SCOPE_DEV);
}

enum sbom_direct scopes_direct(const struct scopes *s, uint32_t node) {
    return s->direct[node] ? DIRECT_YES : s->known ? DIRECT_TRANSITIVE : DIRECT_UNKNOWN;
}
