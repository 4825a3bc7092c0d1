/* SPDX-License-Identifier: Apache-2.0
 *
 * environment.yml of conda: "channel::name=version=build" or a choice ("numpy >=1.20"), and a list for pip. Only what
 * is pinned with '=' has a version; the rest is reported by name with what was asked for.
 */
#include "base/tree.h"
#include "collect/conda.h"
#include "collect/pypi.h"

static bool is_plain_version(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && !strchr("._+!", s.p[i]))
            return false;
    return s.n > 0;
}

/* "name=1.2=build", "name==1.2", "name 1.2.*", "name>=1,<2" */
static void read_spec(struct conda_package *p, str spec) {
    size_t colons = str_find(spec, S("::")), n = 0;
    if (colons != STR_NONE) {
        p->channel = str_upto(spec, colons);
        spec = str_from(spec, colons + 2);
    }
    while (n < spec.n && (ch_alnum(spec.p[n]) || strchr("-_.", spec.p[n])))
        n++;
    p->name = str_upto(spec, n);
    str rest = str_trim(str_from(spec, n)), version, build;
    p->requirement = rest;
    while (rest.n && rest.p[0] == '=')
        rest = str_from(rest, 1);
    str_cut(str_trim(rest), '=', &version, &build);
    if (is_plain_version(version)) {
        p->version = version;
        p->build = is_plain_version(build) ? build : (str){NULL, 0};
        p->requirement = (str){NULL, 0};
    }
}

static void read_pip(struct collect *c, const struct json *doc, struct jv list) {
    for (struct jiter it = j_iter(list); j_next(&it);) {
        struct pypi_requirement r;
        str text = j_str(it.val);
        if (str_starts(text, S("-")) || !pypi_requirement(text, &r))
            continue; /* options of pip; a requirements file it names is read on its own */
        struct pypi_package p = {.name = r.name,
                                 .version = pypi_lowest(r.specifier),
                                 .marker = r.marker,
                                 .line = json_value_line(doc, it.val),
                                 .scope = SCOPE_REQUIRED,
                                 .direct = DIRECT_YES};
        if (!pypi_pinned(r.specifier).n)
            p.requirement = r.specifier;
        pypi_report(c, &p);
    }
}

static bool conda_env_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e))
        return false;
    for (struct jiter it = j_iter(j_get(doc.root, "dependencies")); j_next(&it);) {
        struct conda_package p = {.line = json_value_line(&doc, it.val), .scope = SCOPE_REQUIRED, .direct = DIRECT_YES};
        if (!j_is_str(it.val)) {
            read_pip(c, &doc, j_get(it.val, "pip"));
            continue;
        }
        read_spec(&p, j_str(it.val));
        conda_report(c, a, &p);
    }
    return true;
}

const struct detector detector_conda_env = {
    .name = "conda/environment",
    .of_project = true,
    .files = (const char *const[]){"environment.yml", "environment.yaml", NULL},
    .purl_types = "conda, pypi",
    .read = conda_env_read,
};
