/* SPDX-License-Identifier: Apache-2.0
 *
 * pdm.lock, all versions: files stand with the package (4.x) or in [metadata.files] under "name version" (before);
 * groups are stated since 4.4.
 */
#include "collect/pypi_lock.h"

static void add_hashes(struct pypi_lock *l, struct pypi_package *p, struct jv package) {
    str old = arena_printf(l->a, "%.*s %.*s", STR_ARG(p->name), STR_ARG(p->version));
    struct jv lists[] = {j_get(package, "files"), j_getn(j_get2(l->doc.root, "metadata", "files"), old)};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (struct jiter it = j_iter(lists[i]); j_next(&it);)
            pypi_hash(l->a, j_gets(it.val, "hash"), &p->hashes);
}

static enum sbom_scope scope_of(struct jv package) {
    static const int rank[] = {
        [SCOPE_UNKNOWN] = 0, [SCOPE_DEV] = 1, [SCOPE_OPTIONAL] = 2, [SCOPE_REQUIRED] = 3, [SCOPE_EXCLUDED] = 0};
    enum sbom_scope scope = SCOPE_UNKNOWN;
    for (struct jiter it = j_iter(j_get(package, "groups")); j_next(&it);) {
        enum sbom_scope one = pypi_group_scope(j_str(it.val));
        scope = rank[one] > rank[scope] ? one : scope;
    }
    return scope;
}

static void add_package(struct pypi_lock *l, struct jv v) {
    struct pypi_package p = {.name = j_gets(v, "name"),
                             .version = j_gets(v, "version"),
                             .description = j_gets(v, "summary"),
                             .marker = j_gets(v, "marker"),
                             .path = j_gets(v, "path"),
                             .scope = scope_of(v),
                             .line = json_value_line(&l->doc, v)};
    str git = j_gets(v, "git"), url = j_gets(v, "url");
    if (git.n) {
        str revision = j_gets(v, "revision");
        p.vcs_url = pypi_vcs_url(l->a, S("git"), git, revision.n ? revision : j_gets(v, "ref"));
    } else {
        p.download = url;
    }
    /* The project itself, when it was locked with its own extras. */
    p.is_project = j_true(j_get(v, "editable")) && (str_is(p.path, ".") || str_is(p.path, "./"));
    add_hashes(l, &p, v);
    pypi_lock_add(l, p);
}

static bool pdm_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct pypi_lock l;
    struct jv packages;
    if (!pypi_lock_toml(&l, c, f, bytes, a, e) || !pypi_lock_list(&l, "package", &packages, e))
        return false;
    for (struct jiter it = j_iter(packages); j_next(&it);)
        add_package(&l, it.val);
    pypi_lock_ready(&l);
    for (struct jiter it = j_iter(packages); j_next(&it);)
        for (struct jiter d = j_iter(j_get(it.val, "dependencies")); j_next(&d);) {
            struct pypi_requirement r;
            if (pypi_requirement(j_str(d.val), &r))
                pypi_lock_edge(&l, (uint32_t)it.index, r.name, pypi_pinned(r.specifier), false);
        }
    pypi_lock_wishes(&l);
    pypi_lock_report(&l);
    return true;
}

const struct detector detector_pdm_lock = {
    .name = "python/pdm-lock",
    .of_project = true,
    .files = (const char *const[]){"pdm.lock", NULL},
    .purl_types = "pypi",
    .opens = (const char *const[]){"pyproject.toml", NULL},
    .read = pdm_lock_read,
};
