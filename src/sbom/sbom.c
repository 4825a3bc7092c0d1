/* SPDX-License-Identifier: Apache-2.0
 *
 * The model itself: making, adding, linking by reference.
 */
#include "sbom/sbom.h"

struct sbom *sbom_new(struct arena *a) {
    struct sbom *s = arena_new_of(a, struct sbom);
    s->arena = a;
    s->root = SBOM_NO;
    return s;
}

struct sbom_component *sbom_add(struct sbom *s) {
    struct sbom_component *component = vec_push(s->arena, &s->components);
    *component = (struct sbom_component){.parent = SBOM_NO};
    return component;
}

struct sbom_relation *sbom_relate(struct sbom *s, str from, str to, const char *type) {
    struct sbom_relation *r = vec_push(s->arena, &s->relations);
    *r = (struct sbom_relation){.from = from, .to = to, .type = str_of(type), .from_at = SBOM_NO, .to_at = SBOM_NO};
    return r;
}

static uint32_t index_of(const struct map *refs, str ref) {
    void *at = ref.n ? map_get(refs, ref) : NULL;
    return at ? (uint32_t)((uintptr_t)at - 1) : SBOM_NO;
}

/* metadata.component first, then what the document describes. */
static uint32_t root_of(const struct sbom *s) {
    uint32_t described = SBOM_NO;
    for (uint32_t i = 0; i < s->components.n; i++) {
        if (s->components.v[i].in_metadata && s->components.v[i].is_root)
            return i;
        if (s->components.v[i].is_root && described == SBOM_NO)
            described = i;
    }
    return described;
}

/* The document describes what DESCRIBES points at. */
static void mark_described(struct sbom *s) {
    for (uint32_t i = 0; i < s->relations.n; i++) {
        struct sbom_relation *r = &s->relations.v[i];
        if (str_is(r->type, "DESCRIBES") && r->from_at == SBOM_NO && r->to_at != SBOM_NO)
            s->components.v[r->to_at].is_root = true;
        if (str_is(r->type, "DESCRIBED_BY") && r->to_at == SBOM_NO && r->from_at != SBOM_NO)
            s->components.v[r->from_at].is_root = true;
    }
}

void sbom_link(struct sbom *s) {
    struct map refs;
    map_init(&refs, s->arena);
    for (uint32_t i = 0; i < s->components.n; i++) {
        struct map_entry *entry = s->components.v[i].ref.n ? map_put(&refs, s->components.v[i].ref, NULL) : NULL;
        if (entry && !entry->value)
            entry->value = (void *)((uintptr_t)i + 1);
    }
    for (uint32_t i = 0; i < s->relations.n; i++) {
        struct sbom_relation *r = &s->relations.v[i];
        r->from_at = index_of(&refs, r->from);
        r->to_at = index_of(&refs, r->to);
    }
    mark_described(s);
    s->root = root_of(s);
}

str sbom_identity(struct arena *a, const struct sbom_component *c) {
    if (c->purl.n)
        return c->purl;
    if (c->more_purls.n)
        return c->more_purls.v[0];
    if (!c->version.n)
        return c->name.p ? c->name : S("");
    return arena_printf(a, "%.*s@%.*s", STR_ARG(c->name), STR_ARG(c->version));
}

uint32_t sbom_count(const struct sbom *s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->components.n; i++)
        n += !s->components.v[i].in_metadata && s->components.v[i].type != TYPE_SERVICE;
    return n;
}
