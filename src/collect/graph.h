/* SPDX-License-Identifier: Apache-2.0
 *
 * A dependency graph of names within one file, to tell what only development needs: everything reachable from a
 * runtime root is runtime, the rest of what is reachable is dev.
 */
#ifndef AKASHI_COLLECT_GRAPH_H
#define AKASHI_COLLECT_GRAPH_H

#include "collect/report.h"

struct graph_edge {
    uint32_t to, next; /* index + 1 of the next edge of the same node; 0 = none */
};
struct graph_node {
    str name;
    uint32_t first; /* index + 1 of its first edge */
    bool root, dev_root, runtime, dev;
};
struct graph {
    struct arena *a;
    struct map names; /* → index + 1, as a pointer */
    VEC(struct graph_node) nodes;
    VEC(struct graph_edge) edges;
    bool rooted; /* it has a root */
};
void graph_init(struct graph *g, struct arena *a);
uint32_t graph_node(struct graph *g, str name); /* made when new */
void graph_edge(struct graph *g, str from, str to);
/* A direct dependency; it stays runtime when it is named as both. */
void graph_root(struct graph *g, str name, bool dev);
/* Marks every node; each edge is walked at most twice. */
void graph_spread(struct graph *g);
/* After graph_spread: required, dev, or unknown when no root reaches it (or it is not there). */
enum sbom_scope graph_scope(const struct graph *g, str name);
/* Yes or transitive; unknown when the graph has no roots at all. */
enum sbom_direct graph_direct(const struct graph *g, str name);

#endif
