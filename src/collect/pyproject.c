/* SPDX-License-Identifier: Apache-2.0
 *
 * pyproject.toml: who the project is (PEP 621, Poetry), and what it asks for itself, so that readers of the lock file
 * beside it can tell direct and development packages. As a detector it reports the project only: what it asks for is a
 * wish until a lock file answers it.
 */
#include "base/tree.h"
#include "collect/pypi.h"

enum sbom_scope pypi_group_scope(str group) {
    static const char *const needed[] = {"main", "default", ""};
    static const char *const development[] = {"dev", "develop", "development", "test", "tests",  "testing", "lint",
                                              "doc", "docs",    "typing",      "mypy", "format", "ci",      "build"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (str_is(group, needed[i]))
            return SCOPE_REQUIRED;
    for (size_t i = 0; i < sizeof development / sizeof *development; i++)
        if (str_is(group, development[i]))
            return SCOPE_DEV;
    return SCOPE_OPTIONAL;
}

static void wish(struct arena *a, struct pyproject *p, str name, enum sbom_scope scope) {
    if (pypi_is_name(name) && !str_is(name, "python"))
        *vec_push(a, &p->wishes) = (struct pypi_wish){name, scope};
}

/* A list of PEP 508 texts. */
static void wish_list(struct arena *a, struct pyproject *p, struct jv list, enum sbom_scope scope) {
    struct pypi_requirement r;
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (pypi_requirement(j_str(it.val), &r))
            wish(a, p, r.name, scope);
}

/* Tables of such lists, by group. */
static void wish_lists(struct arena *a, struct pyproject *p, struct jv groups, enum sbom_scope scope) {
    for (struct jiter it = j_iter(groups); j_next(&it);)
        wish_list(a, p, it.val, scope);
}

/* Poetry: a table name = "^1" or name = {version = …, optional = true}. */
static void wish_table(struct arena *a, struct pyproject *p, struct jv table, enum sbom_scope scope) {
    for (struct jiter it = j_iter(table); j_next(&it);)
        wish(a, p, it.key, j_true(j_get(it.val, "optional")) ? SCOPE_OPTIONAL : scope);
}

static void read_poetry(struct arena *a, struct pyproject *p, struct jv poetry) {
    if (!p->name.n)
        p->name = j_gets(poetry, "name");
    if (!p->version.n)
        p->version = j_gets(poetry, "version");
    if (!p->licence.n)
        p->licence = j_gets(poetry, "license");
    if (!p->description.n)
        p->description = j_gets(poetry, "description");
    wish_table(a, p, j_get(poetry, "dependencies"), SCOPE_REQUIRED);
    wish_table(a, p, j_get(poetry, "dev-dependencies"), SCOPE_DEV);
    for (struct jiter it = j_iter(j_get(poetry, "group")); j_next(&it);)
        wish_table(a, p, j_get(it.val, "dependencies"), str_is(it.key, "main") ? SCOPE_REQUIRED : SCOPE_DEV);
}

bool pyproject_parse(struct ctx *c, struct arena *a, str text, str where, struct pyproject *out, struct err *e) {
    struct json doc;
    *out = (struct pyproject){0};
    if (!toml_parse(c, a, text, where, &doc, e))
        return false;
    struct jv project = j_get(doc.root, "project"), tool = j_get(doc.root, "tool");
    struct jv licence = j_get(project, "license");
    out->name = j_gets(project, "name");
    out->version = j_gets(project, "version");
    /* PEP 639: an expression; PEP 621 before: {text = …} or {file = …}. */
    out->licence = j_is_str(licence) ? j_str(licence) : j_gets(licence, "text");
    if (str_chr(out->licence, '\n') != STR_NONE)
        out->licence = (str){NULL, 0}; /* the whole text of a licence is no name of one */
    out->description = j_gets(project, "description");
    out->line = json_value_line(&doc, j_ok(project) ? project : j_get(tool, "poetry"));
    wish_list(a, out, j_get(project, "dependencies"), SCOPE_REQUIRED);
    wish_lists(a, out, j_get(project, "optional-dependencies"), SCOPE_OPTIONAL);
    wish_lists(a, out, j_get(doc.root, "dependency-groups"), SCOPE_DEV);
    wish_lists(a, out, j_get2(tool, "pdm", "dev-dependencies"), SCOPE_DEV);
    wish_list(a, out, j_get2(tool, "uv", "dev-dependencies"), SCOPE_DEV);
    read_poetry(a, out, j_get(tool, "poetry"));
    return true;
}

bool pyproject_beside(struct collect *c, const struct found_file *f, struct arena *a, struct pyproject *out) {
    str text;
    struct err e;
    return collect_open(c, f, S("pyproject.toml"), a, &text, &e) &&
           pyproject_parse(collect_ctx(c), a, text, S("pyproject.toml"), out, &e);
}

static bool pyproject_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct pyproject p;
    if (!pyproject_parse(collect_ctx(c), a, bytes, f->path, &p, e))
        return false;
    if (!pypi_is_name(p.name))
        return true;
    pypi_report(c, &(struct pypi_package){.name = p.name,
                                          .version = p.version,
                                          .licence = p.licence,
                                          .description = p.description,
                                          .line = p.line,
                                          .is_project = true});
    return true;
}

const struct detector detector_pyproject = {
    .name = "python/pyproject",
    .of_project = true,
    .files = (const char *const[]){"pyproject.toml", NULL},
    .purl_types = "pypi",
    .read = pyproject_read,
};
