/* SPDX-License-Identifier: Apache-2.0
 *
 * poetry.lock, all versions: 1.x says "category" and keeps the files' hashes in [metadata.files] ([metadata.hashes]
 * before 1.0); 2.0 keeps them with the package; 2.1 adds "groups".
 */
#include "collect/pypi_lock.h"

static void add_hash(struct pypi_lock *l, struct pypi_package *p, str text) {
    /* [metadata.hashes] of the first versions holds bare SHA-256 digits. */
    pypi_hash(l->a, str_chr(text, ':') == STR_NONE ? arena_cat(l->a, S("sha256:"), text) : text, &p->hashes);
}

static void add_hashes(struct pypi_lock *l, struct pypi_package *p, struct jv package) {
    struct jv lists[] = {j_get(package, "files"), j_getn(j_get2(l->doc.root, "metadata", "files"), p->name),
                         j_getn(j_get2(l->doc.root, "metadata", "hashes"), p->name)};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (struct jiter it = j_iter(lists[i]); j_next(&it);)
            add_hash(l, p, j_is_str(it.val) ? j_str(it.val) : j_gets(it.val, "hash"));
}

/* "legacy" is another index and says nothing about the package. */
static void set_source(struct pypi_lock *l, struct pypi_package *p, struct jv source) {
    str type = j_gets(source, "type"), url = j_gets(source, "url"), revision = j_gets(source, "resolved_reference");
    if (str_is(type, "git"))
        p->vcs_url = pypi_vcs_url(l->a, type, url, revision.n ? revision : j_gets(source, "reference"));
    else if (str_is(type, "url"))
        p->download = url;
    else if (str_is(type, "directory") || str_is(type, "file"))
        p->path = url;
}

static enum sbom_scope scope_of(struct jv package) {
    str category = j_gets(package, "category");
    struct jv groups = j_get(package, "groups");
    bool optional = j_true(j_get(package, "optional"));
    enum sbom_scope scope = SCOPE_UNKNOWN;
    if (category.n)
        scope = str_is(category, "main") ? SCOPE_REQUIRED : SCOPE_DEV;
    for (struct jiter it = j_iter(groups); j_next(&it);) {
        bool main = str_is(j_str(it.val), "main");
        scope = main || scope == SCOPE_REQUIRED ? SCOPE_REQUIRED : SCOPE_DEV;
    }
    return optional && scope != SCOPE_DEV ? SCOPE_OPTIONAL : scope;
}

static void add_package(struct pypi_lock *l, struct jv v) {
    struct pypi_package p = {.name = j_gets(v, "name"),
                             .version = j_gets(v, "version"),
                             .description = j_gets(v, "description"),
                             .marker = j_gets(v, "marker"),
                             .scope = scope_of(v),
                             .line = json_value_line(&l->doc, v)};
    struct jv markers = j_get(v, "markers");
    if (j_is_str(markers))
        p.marker = j_str(markers);
    set_source(l, &p, j_get(v, "source"));
    add_hashes(l, &p, v);
    pypi_lock_add(l, p);
}

/* A dependency is a version text, a table, or a list of either, one for each marker. */
static bool is_optional(struct jv v) {
    if (j_is_arr(v))
        v = j_at(v, 0);
    return j_true(j_get(v, "optional"));
}

static bool poetry_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct pypi_lock l;
    struct jv packages;
    if (!pypi_lock_toml(&l, c, f, bytes, a, e) || !pypi_lock_list(&l, "package", &packages, e))
        return false;
    for (struct jiter it = j_iter(packages); j_next(&it);)
        add_package(&l, it.val);
    pypi_lock_ready(&l);
    for (struct jiter it = j_iter(packages); j_next(&it);)
        for (struct jiter d = j_iter(j_get(it.val, "dependencies")); j_next(&d);)
            pypi_lock_edge(&l, (uint32_t)it.index, d.key, (str){NULL, 0}, is_optional(d.val));
    pypi_lock_wishes(&l);
    pypi_lock_report(&l);
    return true;
}

const struct detector detector_poetry_lock = {
    .name = "python/poetry-lock",
    .of_project = true,
    .files = (const char *const[]){"poetry.lock", NULL},
    .purl_types = "pypi",
    .opens = (const char *const[]){"pyproject.toml", NULL},
    .read = poetry_lock_read,
};
