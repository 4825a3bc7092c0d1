/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/traits.h"

#include <stdlib.h>

#include "store/queries.h"

enum { TRAITS_MOST = 1 << 16 /* rows that are kept before they are written */ };

/* By their keys; of equal ones the first release counts. */
static int by_hash(const void *x, const void *y) {
    const struct hash_new *a = x, *b = y;
    if (a->component != b->component)
        return a->component < b->component ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    int order = memcmp(a->hash, b->hash, sizeof a->hash);
    return order ? order : (a->release > b->release) - (a->release < b->release);
}
static int by_supplier(const void *x, const void *y) {
    const struct supplier_new *a = x, *b = y;
    if (a->component != b->component)
        return a->component < b->component ? -1 : 1;
    int order = str_cmp(a->supplier, b->supplier);
    return order ? order : (a->release > b->release) - (a->release < b->release);
}

static bool write_hashes(struct contents *c, struct err *e) {
    const struct traits_new *t = &c->traits_new;
    struct loading *l;
    if (!t->hashes.n)
        return true;
    qsort(t->hashes.v, t->hashes.n, sizeof *t->hashes.v, by_hash);
    if (!load_begin(c->s, &L_component_hash_in, &l, e))
        return false;
    for (uint32_t i = 0; i < t->hashes.n; i++) {
        const struct hash_new *x = &t->hashes.v[i];
        load_int(l, x->component);
        load_int(l, x->kind);
        load_blob(l, str_n((const char *)x->hash, sizeof x->hash));
        load_int(l, x->release);
        if (!load_row(l, e))
            return false;
    }
    return load_end(l, e);
}

static bool write_suppliers(struct contents *c, struct err *e) {
    const struct traits_new *t = &c->traits_new;
    struct loading *l;
    if (!t->suppliers.n)
        return true;
    qsort(t->suppliers.v, t->suppliers.n, sizeof *t->suppliers.v, by_supplier);
    if (!load_begin(c->s, &L_component_supplier_in, &l, e))
        return false;
    for (uint32_t i = 0; i < t->suppliers.n; i++) {
        const struct supplier_new *x = &t->suppliers.v[i];
        load_int(l, x->component);
        load_text(l, x->supplier);
        load_int(l, x->release);
        if (!load_row(l, e))
            return false;
    }
    return load_end(l, e);
}

void traits_drop(struct contents *c) {
    arena_free(c->traits_new.a);
    c->traits_new = (struct traits_new){0};
}

bool traits_write(struct contents *c, struct err *e) {
    bool ok = write_hashes(c, e) && write_suppliers(c, e);
    traits_drop(c);
    return ok;
}

static bool keep(struct contents *c, component_id id, const struct part *part, uint32_t release_id, struct err *e) {
    struct traits_new *t = &c->traits_new;
    if (!t->a)
        t->a = arena_new();
    if (part->hash_kind != HASH_NONE) {
        struct hash_new *x = vec_push(t->a, &t->hashes);
        *x = (struct hash_new){.component = id, .kind = part->hash_kind, .release = release_id};
        memcpy(x->hash, part->hash, sizeof x->hash);
    }
    if (part->supplier.n)
        *vec_push(t->a, &t->suppliers) = (struct supplier_new){id, arena_str(t->a, part->supplier), release_id};
    return (t->hashes.n < TRAITS_MOST && t->suppliers.n < TRAITS_MOST) || traits_write(c, e);
}

bool traits_note(struct contents *c, component_id id, const struct part *part, uint32_t release_id, struct err *e) {
    uint64_t key[3] = {(uint64_t)id, 0, part->supplier.n ? hash_bytes(part->supplier) : 0};
    int64_t known;
    if (part->hash_kind == HASH_NONE && !part->supplier.n)
        return true;
    memcpy(&key[1], part->hash, sizeof key[1]);
    key[1] ^= (uint64_t)part->hash_kind;
    str name = str_n((const char *)key, sizeof key);
    if (names_get(&c->traits, name, &known))
        return true;
    if (!keep(c, id, part, release_id, e))
        return false;
    names_put(&c->traits, name, 1);
    return true;
}
