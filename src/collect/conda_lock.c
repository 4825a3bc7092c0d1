/* SPDX-License-Identifier: Apache-2.0
 *
 * conda-lock.yml: packages of conda and pip for each platform, with edges and categories.
 */
#include "base/tree.h"
#include "collect/conda.h"
#include "collect/pypi.h"

static enum sbom_scope scope_of(struct jv v) {
    str category = j_gets(v, "category");
    enum sbom_scope scope = pypi_group_scope(category);
    return scope == SCOPE_REQUIRED && str_is(j_gets(v, "optional"), "true") ? SCOPE_OPTIONAL : scope;
}

static str key_of(struct arena *a, struct jv v, str name) {
    return arena_printf(a, "%.*s %.*s %.*s", STR_ARG(j_gets(v, "manager")), STR_ARG(j_gets(v, "platform")),
                        STR_ARG(pypi_normal(a, name)));
}

static void report_pip(struct collect *c, struct arena *a, struct jv v, struct pypi_package p) {
    str sha256 = j_gets(j_get(v, "hash"), "sha256");
    p.name = j_gets(v, "name");
    p.version = j_gets(v, "version");
    if (sha256.n)
        pypi_hash(a, arena_cat(a, S("sha256:"), sha256), &p.hashes);
    pypi_report(c, &p);
}

static void report_conda(struct collect *c, struct arena *a, struct jv v, const struct pypi_package *like) {
    struct conda_package p = {.key = like->key,
                              .name = j_gets(v, "name"),
                              .version = j_gets(v, "version"),
                              .build = j_gets(v, "build"),
                              .subdir = j_gets(v, "platform"),
                              .md5 = j_gets(j_get(v, "hash"), "md5"),
                              .sha256 = j_gets(j_get(v, "hash"), "sha256"),
                              .line = like->line,
                              .scope = like->scope};
    str url = j_gets(v, "url");
    struct conda_package told = {0};
    if (conda_from_url(&told, url))
        p.subdir = told.subdir; /* "noarch" rather than the platform it was locked for */
    conda_from_url(&p, url);
    conda_report(c, a, &p);
}

static bool conda_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e))
        return false;
    struct jv packages = j_get(doc.root, "package");
    if (!j_is_obj(doc.root) || (j_ok(packages) && !j_is_arr(packages)))
        return err_set(e, ERR_INPUT, json_place(&doc, doc.root, a), _("this is no conda-lock file"));
    for (struct jiter it = j_iter(packages); j_next(&it);) {
        struct jv v = it.val;
        struct pypi_package p = {
            .key = key_of(a, v, j_gets(v, "name")), .line = json_value_line(&doc, v), .scope = scope_of(v)};
        if (str_is(j_gets(v, "manager"), "pip"))
            report_pip(c, a, v, p);
        else
            report_conda(c, a, v, &p);
        for (struct jiter d = j_iter(j_get(v, "dependencies")); j_next(&d);)
            collect_edge(c, p.key, key_of(a, v, d.key));
    }
    return true;
}

const struct detector detector_conda_lock = {
    .name = "conda/conda-lock",
    .of_project = true,
    .files = (const char *const[]){"conda-lock.yml", "*.conda-lock.yml", NULL},
    .purl_types = "conda, pypi",
    .read = conda_lock_read,
};
