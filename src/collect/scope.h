/* SPDX-License-Identifier: Apache-2.0
 *
 * Which packages of a lock file run in production, which are optional, which only serve development, when the file
 * states that of the first level only: what a needed package needs is needed, and so on down.
 */
#ifndef AKASHI_COLLECT_SCOPE_H
#define AKASHI_COLLECT_SCOPE_H

#include "sbom/sbom.h"

struct scope_edge {
    uint32_t from, to;
    bool optional;
};
struct scopes {
    struct arena *a;
    uint32_t n;
    uint8_t *scope; /* enum sbom_scope of each node; SCOPE_UNKNOWN when nothing leads to it */
    bool *direct;
    VEC(struct scope_edge) edges;
    bool known; /* some root was named */
};

/* n nodes without edges. */
void scopes_init(struct scopes *s, struct arena *a, uint32_t n);
void scopes_edge(struct scopes *s, uint32_t from, uint32_t to, bool optional);
/* The project itself asks for this node: SCOPE_REQUIRED, SCOPE_OPTIONAL or SCOPE_DEV. */
void scopes_root(struct scopes *s, uint32_t node, enum sbom_scope scope);
/* Follows the edges; O(nodes + edges). */
void scopes_run(struct scopes *s);
static inline enum sbom_scope scopes_of(const struct scopes *s, uint32_t node) {
    return (enum sbom_scope)s->scope[node];
}
/* DIRECT_UNKNOWN as long as no root was named. */
enum sbom_direct scopes_direct(const struct scopes *s, uint32_t node);

#endif
