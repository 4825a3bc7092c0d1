/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/archive.h"
#include "impact/inventory.h"
#include "impact/reach_rows_inner.h"
#include "sbom/graph.h"
#include "vuln/distro.h"

/* The name the views give a component; absent when they leave it out. */
static str view_name(struct arena *a, const struct sbom_component *c, str distro) {
    struct identity x;
    str key = c->type == TYPE_SERVICE ? (str){NULL, 0} : part_key(a, c, distro);
    if (!key.n)
        return key;
    identity_of(a, key, &x);
    return arena_cat(a, x.package, x.rest);
}

static bool is_one_of(str name, const str *purls, uint32_t n) {
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(name, purls[i]))
            return true;
    return false;
}

static str short_name(struct arena *a, const struct sbom_component *c) {
    return arena_printf(a, "%.*s%s%.*s%s%.*s", STR_ARG(c->group), c->group.n ? "/" : "", STR_ARG(c->name),
                        c->version.n ? "@" : "", STR_ARG(c->version));
}

static str path_text(struct arena *a, const struct sbom *s, const uint32_t *path, uint32_t n) {
    struct buf b = {0};
    for (uint32_t i = 0; i < n; i++) {
        buf_addz(&b, i ? " → " : "");
        buf_add(&b, short_name(a, &s->components.v[path[i]]));
    }
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

bool component_paths(struct portfolio *p, struct arena *a, const unsigned char body[32], const str *purls, uint32_t n,
                     const str **out, uint32_t *n_out, struct err *e) {
    struct body_name name;
    struct sbom *s;
    VEC(str) list = {0};
    memcpy(name.b, body, sizeof name.b);
    *out = NULL;
    *n_out = 0;
    /* A body that was withheld or erased leaves the row without its ways. */
    if (!n || !p->home || !p->home->archive || !archive_has(p->home->archive, &name))
        return true;
    if (!inventory_document(p, a, body, &s, e))
        return false;
    struct sbom_graph graph = sbom_graph_of(s, a);
    str distro = distro_of_document(a, s);
    for (uint32_t i = 0; i < s->components.n; i++) {
        uint32_t steps;
        if (!is_one_of(view_name(a, &s->components.v[i], distro), purls, n))
            continue;
        const uint32_t *path = sbom_graph_path(&graph, i, a, &steps);
        *vec_push(a, &list) = path_text(a, s, path, steps);
    }
    *out = list.v;
    *n_out = list.n;
    return true;
}
