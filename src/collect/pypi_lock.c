/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/pypi_lock.h"

bool pypi_lock_toml(struct pypi_lock *l, struct collect *c, const struct found_file *f, str bytes, struct arena *a,
                    struct err *e) {
    *l = (struct pypi_lock){.c = c, .file = f, .a = a};
    pypi_index_init(&l->index, a);
    return toml_parse(collect_ctx(c), a, bytes, f->path, &l->doc, e);
}

bool pypi_lock_list(const struct pypi_lock *l, const char *key, struct jv *out, struct err *e) {
    *out = j_get(l->doc.root, key);
    if (j_ok(*out) && !j_is_arr(*out))
        return err_set(e, ERR_INPUT, json_place(&l->doc, *out, l->a), _("'%s' should be a list of tables"), key);
    return true;
}

struct pypi_package *pypi_lock_add(struct pypi_lock *l, struct pypi_package p) {
    p.key = arena_printf(l->a, "%u", l->packages.n + 1);
    pypi_index_add(&l->index, p.name, l->packages.n);
    struct pypi_package *kept = vec_push(l->a, &l->packages);
    *kept = p;
    return kept;
}

void pypi_lock_ready(struct pypi_lock *l) { scopes_init(&l->scopes, l->a, l->packages.n); }

void pypi_lock_edge(struct pypi_lock *l, uint32_t from, str name, str version, bool optional) {
    const struct pypi_ids *to = pypi_index_find(&l->index, name);
    for (uint32_t i = 0; i < to->n; i++) {
        const struct pypi_package *p = &l->packages.v[to->v[i]];
        if (to->v[i] == from || (version.n && p->version.n && !str_eq(p->version, version)))
            continue;
        collect_edge(l->c, l->packages.v[from].key, p->key);
        /* Edges of the project are told by pypi_lock_root, with their purpose. */
        if (!l->packages.v[from].is_project)
            scopes_edge(&l->scopes, from, to->v[i], optional);
    }
}

void pypi_lock_root(struct pypi_lock *l, str name, str version, enum sbom_scope scope) {
    const struct pypi_ids *to = pypi_index_find(&l->index, name);
    for (uint32_t i = 0; i < to->n; i++)
        if (!version.n || str_eq(l->packages.v[to->v[i]].version, version))
            scopes_root(&l->scopes, to->v[i], scope);
}

void pypi_lock_wishes(struct pypi_lock *l) {
    struct pyproject project;
    if (!pyproject_beside(l->c, l->file, l->a, &project))
        return;
    for (uint32_t i = 0; i < project.wishes.n; i++)
        pypi_lock_root(l, project.wishes.v[i].name, (str){NULL, 0}, project.wishes.v[i].scope);
}

void pypi_lock_report(struct pypi_lock *l) {
    scopes_run(&l->scopes);
    for (uint32_t i = 0; i < l->packages.n; i++) {
        struct pypi_package *p = &l->packages.v[i];
        if (!p->is_project) {
            if (p->scope == SCOPE_UNKNOWN)
                p->scope = scopes_of(&l->scopes, i);
            if (p->direct == DIRECT_UNKNOWN)
                p->direct = scopes_direct(&l->scopes, i);
        }
        pypi_report(l->c, p);
    }
}
