/* SPDX-License-Identifier: Apache-2.0
 *
 * Which releases a question is about: by default those that matter now (the newest of each product, and what
 * deployments run); every release ever shipped, or those of one product, when asked for. A release is named by its
 * first document, and contains what any of its documents lists.
 */
#ifndef AKASHI_IMPACT_SCOPE_H
#define AKASHI_IMPACT_SCOPE_H

#include "impact/contents.h"
#include "impact/things.h"

struct scope_ask {
    bool all;
    int64_t product; /* -1: of any */
    str version;     /* of that product; absent: any */
};
struct scope {
    uint32_t limit; /* releases below it exist as of then */
    bool past;      /* there may be others by now */
    roaring_bitmap_t *releases;
    roaring_bitmap_t *seen; /* all that the reader may know of, in the scope or not; NULL: everything */
};
/* Whether what this document said first is the reader's to know. */
static inline bool scope_sees(const struct scope *s, int64_t release) {
    return !s->seen || (release >= 0 && release < UINT32_MAX && roaring_bitmap_contains(s->seen, (uint32_t)release));
}
MUST_USE bool scope_make(struct portfolio *p, const struct scope_ask *ask, const struct as_of *when, struct scope *out,
                         struct err *e);
void scope_free(struct scope *s);

/* How many releases of the scope each component is in: by id. */
struct tally {
    component_id id;
    uint64_t releases;
};
VEC_NAMED(tallies, struct tally);
MUST_USE bool scope_tally(struct portfolio *p, struct arena *a, const struct scope *s, struct tallies *out,
                          struct err *e);
/* The entry of a component, or NULL. */
const struct tally *tally_of(const struct tallies *t, component_id id);
/* Releases of the scope with any of these components. */
MUST_USE bool scope_count(struct portfolio *p, const struct scope *s, const component_id *ids, uint32_t n,
                          uint64_t *out, struct err *e);

#endif
