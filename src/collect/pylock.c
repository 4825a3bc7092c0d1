/* SPDX-License-Identifier: Apache-2.0
 *
 * pylock.toml and pylock.NAME.toml (PEP 751). Whether a package is for development stands in its marker: a test of
 * "dependency_groups" or "extras".
 */
#include "collect/pypi_lock.h"

static void add_file(struct pypi_lock *l, struct pypi_package *p, struct jv file) {
    for (struct jiter it = j_iter(j_get(file, "hashes")); j_next(&it);)
        pypi_hash(l->a, arena_printf(l->a, "%.*s:%.*s", STR_ARG(it.key), STR_ARG(j_str(it.val))), &p->hashes);
}

static void set_source(struct pypi_lock *l, struct pypi_package *p, struct jv v) {
    struct jv vcs = j_get(v, "vcs"), directory = j_get(v, "directory"), archive = j_get(v, "archive");
    if (j_ok(vcs)) {
        str url = j_gets(vcs, "url"), path = j_gets(vcs, "path");
        if (url.n)
            p->vcs_url = pypi_vcs_url(l->a, j_gets(vcs, "type"), url, j_gets(vcs, "commit-id"));
        else
            p->path = path;
    } else if (j_ok(directory)) {
        p->path = j_gets(directory, "path");
        p->is_project = j_true(j_get(directory, "editable")) || str_is(p->path, ".");
    } else if (j_ok(archive)) {
        p->download = j_gets(archive, "url");
        p->path = j_gets(archive, "path");
        add_file(l, p, archive);
    }
    add_file(l, p, j_get(v, "sdist"));
    for (struct jiter it = j_iter(j_get(v, "wheels")); j_next(&it);)
        add_file(l, p, it.val);
}

/* The group "default" and no test at all mean: always. */
static enum sbom_scope scope_of(str marker) {
    if (str_find(marker, S("\"default\" in dependency_groups")) != STR_NONE ||
        str_find(marker, S("'default' in dependency_groups")) != STR_NONE)
        return SCOPE_REQUIRED;
    if (str_find(marker, S("in extras")) != STR_NONE)
        return SCOPE_OPTIONAL;
    return str_find(marker, S("in dependency_groups")) != STR_NONE ? SCOPE_DEV : SCOPE_REQUIRED;
}

static void add_package(struct pypi_lock *l, struct jv v) {
    struct pypi_package p = {.name = j_gets(v, "name"),
                             .version = j_gets(v, "version"),
                             .marker = j_gets(v, "marker"),
                             .line = json_value_line(&l->doc, v)};
    p.scope = scope_of(p.marker);
    set_source(l, &p, v);
    if (p.is_project)
        p.scope = SCOPE_UNKNOWN;
    pypi_lock_add(l, p);
}

static bool pylock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct pypi_lock l;
    struct jv packages;
    if (!pypi_lock_toml(&l, c, f, bytes, a, e) || !pypi_lock_list(&l, "packages", &packages, e))
        return false;
    for (struct jiter it = j_iter(packages); j_next(&it);)
        add_package(&l, it.val);
    pypi_lock_ready(&l);
    for (struct jiter it = j_iter(packages); j_next(&it);)
        for (struct jiter d = j_iter(j_get(it.val, "dependencies")); j_next(&d);)
            pypi_lock_edge(&l, (uint32_t)it.index, j_gets(d.val, "name"), j_gets(d.val, "version"), false);
    pypi_lock_wishes(&l);
    pypi_lock_report(&l);
    return true;
}

const struct detector detector_pylock = {
    .name = "python/pylock",
    .of_project = true,
    .files = (const char *const[]){"pylock.toml", "pylock.*.toml", NULL},
    .purl_types = "pypi",
    .opens = (const char *const[]){"pyproject.toml", NULL},
    .read = pylock_read,
};
