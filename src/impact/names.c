/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/contents_inner.h"

static void start(struct names *n, unsigned g) {
    n->a[g] = arena_new();
    map_init(&n->m[g], n->a[g]);
}

void names_clear(struct names *n) {
    arena_free(n->a[0]);
    arena_free(n->a[1]);
    *n = (struct names){0};
}

void names_put(struct names *n, str key, int64_t value) {
    if (!n->a[0])
        start(n, 0);
    if (n->m[0].entries.n >= NAMES_MOST) {
        arena_free(n->a[1]);
        n->a[1] = n->a[0];
        n->m[1] = n->m[0];
        start(n, 0);
    }
    bool fresh;
    struct map_entry *x = map_put(&n->m[0], key, &fresh);
    if (fresh)
        x->key = arena_str(n->a[0], key);
    x->value = (void *)(uintptr_t)(value + 1);
}

bool names_get(struct names *n, str key, int64_t *value) {
    const struct map_entry *x = n->a[0] ? map_find(&n->m[0], key) : NULL;
    bool elder = !x && n->a[1] && (x = map_find(&n->m[1], key));
    if (!x)
        return false;
    *value = (int64_t)(uintptr_t)x->value - 1;
    if (elder)
        names_put(n, key, *value);
    return true;
}
