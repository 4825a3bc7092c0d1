/* SPDX-License-Identifier: Apache-2.0
 *
 * Who depends on whom, as numbers: edges from a component to what it needs or contains, and the shortest way to each
 * component from the root. Cycles do no harm.
 */
#ifndef AKASHI_SBOM_GRAPH_H
#define AKASHI_SBOM_GRAPH_H

#include "sbom/sbom.h"

struct sbom_graph {
    uint32_t n;           /* components */
    const uint32_t *from; /* n + 1: edges of component i are to[from[i]] … to[from[i + 1] - 1] */
    const uint32_t *to;
    const uint32_t *parent; /* on the shortest way from the root; SBOM_NO for the root itself and what is not reached */
    const uint32_t *depth;  /* 0 = root, 1 = direct; SBOM_NO when not reached */
};

struct sbom_graph sbom_graph_of(const struct sbom *s, struct arena *a);
/* Component numbers from the root (or the first known ancestor) to `component`, both included; *n of them. */
const uint32_t *sbom_graph_path(const struct sbom_graph *g, uint32_t component, struct arena *a, uint32_t *n);

#endif
