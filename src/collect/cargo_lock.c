/* SPDX-License-Identifier: Apache-2.0
 *
 * Cargo.lock, versions 1 to 4. A package without "source" lies in this tree: a member of the workspace or a path
 * dependency. Dependencies are "name", "name version" or "name version (source)", as much as is needed to tell which.
 * Cargo.toml of the members beside it tells which are direct and which only serve development or the build.
 */
#include "base/file.h"
#include "base/tree.h"
#include "collect/collect.h"
#include "collect/scope.h"

struct package {
    str key, name, version, source, checksum;
    struct jv v;
    uint32_t line;
    bool is_local;
};
VEC_NAMED(ids, uint32_t);
struct cargo {
    struct collect *c;
    const struct found_file *file;
    struct arena *a;
    struct json doc;
    VEC(struct package) packages;
    struct map by_name; /* → struct ids * */
    struct scopes scopes;
    str own; /* the package of the manifest beside the lock file; absent in a workspace without one */
};

static bool add_package(struct cargo *l, struct jv v, struct err *e) {
    struct package p = {.name = j_gets(v, "name"),
                        .version = j_gets(v, "version"),
                        .source = j_gets(v, "source"),
                        .checksum = j_gets(v, "checksum"),
                        .v = v,
                        .line = json_value_line(&l->doc, v)};
    if (!p.name.n || !p.version.n)
        return err_set(e, ERR_INPUT, json_place(&l->doc, v, l->a), _("a package needs a name and a version"));
    p.is_local = !p.source.n;
    p.key = arena_printf(l->a, "%u", l->packages.n + 1);
    struct map_entry *m = map_put(&l->by_name, p.name, NULL);
    if (!m->value)
        m->value = arena_new_of(l->a, struct ids);
    *vec_push(l->a, (struct ids *)m->value) = l->packages.n;
    *vec_push(l->a, &l->packages) = p;
    return true;
}

/* Before version 2 checksums stand in [metadata]: "checksum name version (source)" = "…". */
static void old_checksum(struct cargo *l, struct package *p) {
    if (p->checksum.n || !p->source.n)
        return;
    str key = arena_printf(l->a, "checksum %.*s %.*s (%.*s)", STR_ARG(p->name), STR_ARG(p->version),
                           STR_ARG(p->source));
    p->checksum = j_gets(j_get(l->doc.root, "metadata"), key.p);
}

/* "name", "name version", "name version (source)" */
static uint32_t find_dependency(const struct cargo *l, str text) {
    str name, rest, version, source;
    str_cut(text, ' ', &name, &rest);
    str_cut(rest, ' ', &version, &source);
    const struct ids *ids = map_get(&l->by_name, name);
    for (uint32_t i = 0; ids && i < ids->n; i++) {
        const struct package *p = &l->packages.v[ids->v[i]];
        if (version.n && !str_eq(p->version, version))
            continue;
        /* The source of a git dependency may leave the commit out. */
        if (source.n > 2 && p->source.n && !str_starts(p->source, str_n(source.p + 1, source.n - 2)))
            continue;
        return ids->v[i];
    }
    return UINT32_MAX;
}

/* ── Cargo.toml ── */

static const struct {
    const char *table;
    enum sbom_scope scope;
} tables[] = {
    {"dependencies", SCOPE_REQUIRED}, {"build-dependencies", SCOPE_DEV}, {"build_dependencies", SCOPE_DEV},
    {"dev-dependencies", SCOPE_DEV},  {"dev_dependencies", SCOPE_DEV},
};

/* Among the dependencies the lock file lists for a local package, the one a manifest's entry means. */
static uint32_t locked_as(const struct cargo *l, const struct package *of, str name) {
    for (struct jiter it = j_iter(j_get(of->v, "dependencies")); j_next(&it);) {
        str locked, rest;
        str_cut(j_str(it.val), ' ', &locked, &rest);
        if (str_eq(locked, name))
            return find_dependency(l, j_str(it.val));
    }
    return UINT32_MAX;
}

static void read_tables(struct cargo *l, const struct package *of, struct jv from) {
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        for (struct jiter it = j_iter(j_get(from, tables[t].table)); j_next(&it);) {
            str renamed = j_gets(it.val, "package");
            uint32_t to = locked_as(l, of, renamed.n ? renamed : it.key);
            enum sbom_scope scope = tables[t].scope;
            if (scope == SCOPE_REQUIRED && j_true(j_get(it.val, "optional")))
                scope = SCOPE_OPTIONAL;
            if (to != UINT32_MAX)
                scopes_root(&l->scopes, to, scope);
        }
}

static bool read_manifest(struct cargo *l, str folder, struct json *out) {
    str text, path = path_join(l->a, folder, S("Cargo.toml"));
    struct err e;
    return collect_open(l->c, l->file, path, l->a, &text, &e) &&
           toml_parse(collect_ctx(l->c), l->a, text, path, out, &e);
}

static struct package *local_named(struct cargo *l, str name) {
    const struct ids *ids = map_get(&l->by_name, name);
    for (uint32_t i = 0; ids && i < ids->n; i++)
        if (l->packages.v[ids->v[i]].is_local)
            return &l->packages.v[ids->v[i]];
    return NULL;
}

/* Tells the roots of one manifest's package; its licence is reported by the detector of Cargo.toml. */
static void roots_of_manifest(struct cargo *l, const struct json *manifest) {
    const struct package *p = local_named(l, j_gets(j_get(manifest->root, "package"), "name"));
    if (!p)
        return;
    l->scopes.known = true;
    read_tables(l, p, manifest->root);
    for (struct jiter it = j_iter(j_get(manifest->root, "target")); j_next(&it);)
        read_tables(l, p, it.val);
}

/* The manifest beside the lock file and those of the members it names without a wildcard, or with one in the last
 * step when the member's folder is called as its package. */
static void read_manifests(struct cargo *l) {
    struct json top, member;
    if (!read_manifest(l, S("."), &top))
        return;
    l->own = j_gets(j_get(top.root, "package"), "name");
    roots_of_manifest(l, &top);
    struct jv members = j_get2(top.root, "workspace", "members");
    for (struct jiter it = j_iter(members); j_next(&it);) {
        str path = j_str(it.val);
        if (str_chr(path, '*') == STR_NONE) {
            if (read_manifest(l, path, &member))
                roots_of_manifest(l, &member);
            continue;
        }
        for (uint32_t i = 0; str_ends(path, S("/*")) && i < l->packages.n; i++)
            if (l->packages.v[i].is_local &&
                read_manifest(l, path_join(l->a, path_dir(path), l->packages.v[i].name), &member))
                roots_of_manifest(l, &member);
    }
}

/* ── reporting ── */

/* "git+https://host/repository?branch=x#COMMIT" */
static str vcs_url(struct arena *a, str source) {
    str address, commit, query;
    str_cut(source, '#', &address, &commit);
    str_cut(address, '?', &address, &query);
    return commit.n ? arena_printf(a, "%.*s@%.*s", STR_ARG(address), STR_ARG(commit)) : address;
}

static void report(struct cargo *l, uint32_t i) {
    struct package *p = &l->packages.v[i];
    struct purl_qualifier q[1];
    struct sbom_hash hash = {S("SHA-256"), p->checksum};
    struct find f = {.type = "cargo",
                     .name = p->name,
                     .version = p->version,
                     .line = p->line,
                     .key = p->key,
                     .is_project = p->is_local,
                     .is_member = p->is_local && !str_eq(p->name, l->own),
                     .qualifiers = q};
    if (!p->is_local) {
        f.scope = scopes_of(&l->scopes, i);
        f.direct = scopes_direct(&l->scopes, i);
    }
    if (str_starts(p->source, S("git+"))) {
        f.download = vcs_url(l->a, p->source);
        q[f.n_qualifiers++] = (struct purl_qualifier){S("vcs_url"), f.download};
    }
    if (p->checksum.n == 64) {
        f.hashes = &hash;
        f.n_hashes = 1;
    }
    collect_find(l->c, &f);
}

static void read_edges(struct cargo *l, uint32_t from) {
    const struct package *p = &l->packages.v[from];
    for (struct jiter it = j_iter(j_get(p->v, "dependencies")); j_next(&it);) {
        uint32_t to = find_dependency(l, j_str(it.val));
        if (to == UINT32_MAX || to == from)
            continue;
        collect_edge(l->c, p->key, l->packages.v[to].key);
        if (!p->is_local)
            scopes_edge(&l->scopes, from, to, false);
        else
            l->scopes.direct[to] = true; /* for which purpose, Cargo.toml tells */
    }
}

static bool cargo_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct cargo l = {.c = c, .file = f, .a = a};
    struct jv packages, root;
    map_init(&l.by_name, a);
    if (!toml_parse(collect_ctx(c), a, bytes, f->path, &l.doc, e))
        return false;
    packages = j_get(l.doc.root, "package");
    root = j_get(l.doc.root, "root"); /* before 2017 the project stood apart */
    if (j_ok(packages) && !j_is_arr(packages))
        return err_set(e, ERR_INPUT, json_place(&l.doc, packages, a), _("'%s' should be a list of tables"), "package");
    if (j_is_obj(root) && !add_package(&l, root, e))
        return false;
    for (struct jiter it = j_iter(packages); j_next(&it);)
        if (!add_package(&l, it.val, e))
            return false;
    scopes_init(&l.scopes, a, l.packages.n);
    for (uint32_t i = 0; i < l.packages.n; i++) {
        old_checksum(&l, &l.packages.v[i]);
        l.scopes.known = l.scopes.known || l.packages.v[i].is_local;
        read_edges(&l, i);
    }
    read_manifests(&l);
    scopes_run(&l.scopes);
    for (uint32_t i = 0; i < l.packages.n; i++)
        report(&l, i);
    return true;
}

const struct detector detector_cargo_lock = {
    .name = "rust/cargo-lock",
    .of_project = true,
    .files = (const char *const[]){"Cargo.lock", NULL},
    .purl_types = "cargo",
    .opens = (const char *const[]){"Cargo.toml", NULL},
    .read = cargo_lock_read,
};
