/* SPDX-License-Identifier: Apache-2.0
 *
 * uv.lock. "source" tells what a package is: from a registry, git, a URL, a file or folder of the tree; one that is
 * "virtual" or "editable" is a project of ours, and its lists tell what is direct and for development only.
 */
#include "collect/pypi_lock.h"

static void add_hashes(struct pypi_lock *l, struct pypi_package *p, struct jv package) {
    pypi_hash(l->a, j_gets(j_get(package, "sdist"), "hash"), &p->hashes);
    for (struct jiter it = j_iter(j_get(package, "wheels")); j_next(&it);)
        pypi_hash(l->a, j_gets(it.val, "hash"), &p->hashes);
}

/* "https://host/repository?rev=main#COMMIT" */
static str git_url(struct pypi_lock *l, str text) {
    str address, revision, query;
    str_cut(text, '#', &address, &revision);
    str_cut(address, '?', &address, &query);
    return pypi_vcs_url(l->a, S("git"), address, revision);
}

static void set_source(struct pypi_lock *l, struct pypi_package *p, struct jv source) {
    static const char *const ours[] = {"virtual", "editable"};
    str git = j_gets(source, "git"), path = j_gets(source, "path"), directory = j_gets(source, "directory");
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (j_ok(j_get(source, ours[i]))) {
            p->is_project = true;
            p->path = j_gets(source, ours[i]);
            p->is_member = !str_is(p->path, ".");
        }
    if (git.n)
        p->vcs_url = git_url(l, git);
    p->download = j_gets(source, "url");
    if (path.n || directory.n)
        p->path = path.n ? path : directory;
}

static void add_package(struct pypi_lock *l, struct jv v) {
    struct pypi_package p = {
        .name = j_gets(v, "name"), .version = j_gets(v, "version"), .line = json_value_line(&l->doc, v)};
    set_source(l, &p, j_get(v, "source"));
    add_hashes(l, &p, v);
    pypi_lock_add(l, p);
}

/* One list of dependencies of package i. */
static void read_list(struct pypi_lock *l, uint32_t i, struct jv list, enum sbom_scope scope) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        str name = j_gets(it.val, "name"), version = j_gets(it.val, "version");
        pypi_lock_edge(l, i, name, version, scope == SCOPE_OPTIONAL);
        if (l->packages.v[i].is_project)
            pypi_lock_root(l, name, version, scope);
    }
}

static void read_lists(struct pypi_lock *l, uint32_t i, struct jv groups, enum sbom_scope scope) {
    for (struct jiter it = j_iter(groups); j_next(&it);)
        read_list(l, i, it.val, scope);
}

static bool uv_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct pypi_lock l;
    struct jv packages, old;
    if (!pypi_lock_toml(&l, c, f, bytes, a, e) || !pypi_lock_list(&l, "package", &packages, e) ||
        !pypi_lock_list(&l, "distribution", &old, e))
        return false;
    if (!j_ok(packages))
        packages = old; /* before uv 0.3 */
    for (struct jiter it = j_iter(packages); j_next(&it);)
        add_package(&l, it.val);
    pypi_lock_ready(&l);
    for (struct jiter it = j_iter(packages); j_next(&it);) {
        uint32_t i = (uint32_t)it.index;
        read_list(&l, i, j_get(it.val, "dependencies"), SCOPE_REQUIRED);
        read_lists(&l, i, j_get(it.val, "optional-dependencies"), SCOPE_OPTIONAL);
        read_lists(&l, i, j_get(it.val, "dev-dependencies"), SCOPE_DEV);
    }
    pypi_lock_report(&l);
    return true;
}

const struct detector detector_uv_lock = {
    .name = "python/uv-lock",
    .of_project = true,
    .files = (const char *const[]){"uv.lock", NULL},
    .purl_types = "pypi",
    .read = uv_lock_read,
};
