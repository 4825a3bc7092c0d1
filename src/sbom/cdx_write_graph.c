/* SPDX-License-Identifier: Apache-2.0
 *
 * Model to CycloneDX tree: relations as dependencies.
 */
#include "sbom/cdx_write.h"

enum edge { EDGE_NONE, EDGE_ON, EDGE_BACK, EDGE_PROVIDES, EDGE_QUIET };

/* How a relation reads in CycloneDX's two words. */
static enum edge edge_of(str type) {
    static const struct {
        const char *type;
        enum edge edge;
    } rows[] = {
        {"DEPENDS_ON", EDGE_ON},
        {"CONTAINS", EDGE_ON}, /* the nearest word: a part is needed by its whole */
        {"DYNAMIC_LINK", EDGE_ON},
        {"STATIC_LINK", EDGE_ON},
        {"HAS_PREREQUISITE", EDGE_ON},
        {"PROVIDES", EDGE_PROVIDES},
        {"DEPENDENCY_OF", EDGE_BACK},
        {"CONTAINED_BY", EDGE_BACK},
        {"RUNTIME_DEPENDENCY_OF", EDGE_BACK},
        {"BUILD_DEPENDENCY_OF", EDGE_BACK},
        {"DEV_DEPENDENCY_OF", EDGE_BACK},
        {"OPTIONAL_DEPENDENCY_OF", EDGE_BACK},
        {"PROVIDED_DEPENDENCY_OF", EDGE_BACK},
        {"TEST_DEPENDENCY_OF", EDGE_BACK},
        {"PREREQUISITE_FOR", EDGE_BACK},
        {"DESCRIBES", EDGE_QUIET}, /* metadata.component */
        {"DESCRIBED_BY", EDGE_QUIET},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_is(type, rows[i].type))
            return rows[i].edge;
    return EDGE_NONE;
}

struct node {
    VEC(str) on, provides;
};

static struct node *node_of(struct cdx_out *o, struct map *nodes, str ref) {
    struct map_entry *entry = map_put(nodes, ref, NULL);
    if (!entry->value)
        entry->value = arena_new_of(o->w->arena, struct node);
    return entry->value;
}

/* What the words are for that CycloneDX lacks, with how often. */
static void tell_losses(struct cdx_out *o, const struct map *lost) {
    for (uint32_t i = 0; i < lost->entries.n; i++)
        codec_loss(o->w, lost->entries.v[i].key, _("CycloneDX has no word for this relation (%u of them)"),
                   (unsigned)(uintptr_t)lost->entries.v[i].value);
}

static void list(struct cdx_out *o, const char *key, const str *v, uint32_t n) {
    struct map seen;
    map_init(&seen, o->w->arena);
    if (!n)
        return;
    jw_karr(o->jw, key);
    for (uint32_t i = 0; i < n; i++) {
        bool fresh;
        map_put(&seen, v[i], &fresh);
        if (fresh)
            jw_str(o->jw, v[i]);
    }
    jw_arr_end(o->jw);
}

void cdx_gen_dependencies(struct cdx_out *o, const void *object) {
    const struct sbom *s = object;
    struct map nodes, lost;
    map_init(&nodes, o->w->arena);
    map_init(&lost, o->w->arena);
    for (uint32_t i = 0; i < s->relations.n; i++) {
        const struct sbom_relation *r = &s->relations.v[i];
        enum edge edge = edge_of(r->type);
        struct node *from;
        if (edge == EDGE_NONE) {
            struct map_entry *entry = map_put(&lost, r->type, NULL);
            entry->value = (void *)((uintptr_t)entry->value + 1);
        }
        if (edge == EDGE_NONE || edge == EDGE_QUIET || !r->from.n || !r->to.n)
            continue;
        from = node_of(o, &nodes, edge == EDGE_BACK ? r->to : r->from);
        if (edge == EDGE_PROVIDES)
            *vec_push(o->w->arena, &from->provides) = r->to;
        else
            *vec_push(o->w->arena, &from->on) = edge == EDGE_BACK ? r->from : r->to;
    }
    if (s == o->s)
        tell_losses(o, &lost);
    if (!nodes.entries.n)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < nodes.entries.n; i++) {
        const struct node *node = nodes.entries.v[i].value;
        jw_obj(o->jw);
        jw_kstr(o->jw, "ref", nodes.entries.v[i].key);
        list(o, "dependsOn", node->on.v, node->on.n);
        list(o, "provides", node->provides.v, node->provides.n);
        jw_obj_end(o->jw);
    }
    jw_arr_end(o->jw);
}
