/* SPDX-License-Identifier: Apache-2.0 */
#include "base/near.h"
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

static bool get_hashed(struct names *n, str key, uint64_t hash, int64_t *value) {
    const struct map_entry *x = n->a[0] ? map_find_hashed(&n->m[0], key, hash) : NULL;
    bool elder = !x && n->a[1] && (x = map_find_hashed(&n->m[1], key, hash));
    if (!x)
        return false;
    *value = (int64_t)(uintptr_t)x->value - 1;
    if (elder)
        names_put(n, key, *value);
    return true;
}

bool names_get(struct names *n, str key, int64_t *value) {
    return n->a[0] && get_hashed(n, key, hash_bytes(key), value);
}

void names_get_many(struct names *n, str (*key)(const void *arg, uint32_t i), const void *arg, uint32_t count,
                    int64_t *values) {
    enum { AT_ONCE = 64 };
    uint64_t hashes[AT_ONCE];
    for (uint32_t from = 0; from < count; from += AT_ONCE) {
        uint32_t some = count - from < AT_ONCE ? count - from : AT_ONCE;
        for (uint32_t i = 0; i < some; i++)
            hashes[i] = hash_bytes(key(arg, from + i));
        if (n->a[0])
            map_near(&n->m[0], hashes, some);
        for (uint32_t i = 0; i < some; i++)
            if (!n->a[0] || !get_hashed(n, key(arg, from + i), hashes[i], &values[from + i]))
                values[from + i] = -1;
    }
}
