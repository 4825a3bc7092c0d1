/* SPDX-License-Identifier: Apache-2.0
 *
 * Pipfile.lock: flat lists, "default", "develop" and categories of the user's own. It has no edges; Pipfile beside it
 * tells what was asked for.
 */
#include "collect/pypi_lock.h"

/* Members of Pipfile are tables called packages, dev-packages, or as the category. */
static void read_wishes(struct pypi_lock *l, struct jv lock) {
    struct json pipfile;
    struct err e;
    str text;
    if (!collect_open(l->c, l->file, S("Pipfile"), l->a, &text, &e) ||
        !toml_parse(collect_ctx(l->c), l->a, text, S("Pipfile"), &pipfile, &e))
        return;
    for (struct jiter it = j_iter(lock); j_next(&it);) {
        const char *table = str_is(it.key, "default")   ? "packages"
                            : str_is(it.key, "develop") ? "dev-packages"
                                                        : arena_cstr(l->a, it.key);
        for (struct jiter w = j_iter(j_get(pipfile.root, table)); j_next(&w);)
            pypi_lock_root(l, w.key, (str){NULL, 0}, SCOPE_DEV);
    }
}

static void add_package(struct pypi_lock *l, str name, struct jv v, enum sbom_scope scope) {
    struct pypi_package p = {.name = name, .scope = scope, .marker = j_gets(v, "markers")};
    str version = j_gets(v, "version"), git = j_gets(v, "git"), file = j_gets(v, "file");
    p.version = pypi_pinned(version);
    if (!p.version.n)
        p.requirement = version;
    if (git.n)
        p.vcs_url = pypi_vcs_url(l->a, S("git"), git, j_gets(v, "ref"));
    else if (str_find(file, S("://")) != STR_NONE)
        p.download = file;
    p.path = j_gets(v, "path");
    p.is_project = j_true(j_get(v, "editable")) && (str_is(p.path, ".") || str_is(p.path, "./"));
    for (struct jiter it = j_iter(j_get(v, "hashes")); j_next(&it);)
        pypi_hash(l->a, j_str(it.val), &p.hashes);
    pypi_lock_add(l, p);
}

static bool pipfile_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a,
                              struct err *e) {
    struct pypi_lock l = {.c = c, .file = f, .a = a};
    pypi_index_init(&l.index, a);
    if (!json_parse(collect_ctx(c), a, bytes, JSON_STRICT, f->path, &l.doc, e))
        return false;
    if (!j_is_obj(l.doc.root))
        return err_set(e, ERR_INPUT, f->path, _("a lock file should be a JSON object"));
    for (struct jiter it = j_iter(l.doc.root); j_next(&it);)
        for (struct jiter p = j_iter(it.key.p[0] == '_' ? (struct jv){NULL} : it.val); j_next(&p);)
            add_package(&l, p.key, p.val, pypi_group_scope(it.key));
    pypi_lock_ready(&l);
    read_wishes(&l, l.doc.root);
    pypi_lock_report(&l);
    return true;
}

const struct detector detector_pipfile_lock = {
    .name = "python/pipfile-lock",
    .of_project = true,
    .files = (const char *const[]){"Pipfile.lock", NULL},
    .purl_types = "pypi",
    .opens = (const char *const[]){"Pipfile", NULL},
    .read = pipfile_lock_read,
};
