/* SPDX-License-Identifier: Apache-2.0
 *
 * Helm: Chart.yaml (the chart and what it asks for), Chart.lock (what was chosen), both with
 * dependencies[] of name, version and repository.
 */
#include "base/file.h"
#include "base/tree.h"
#include "collect/detectors.h"
#include "collect/report.h"

static bool exact(str version) {
    for (size_t i = 0; i < version.n; i++)
        if (!ch_alnum(version.p[i]) && version.p[i] != '.' && version.p[i] != '-' && version.p[i] != '+')
            return false;
    str last = version, rest;
    while (str_cut(last, '.', &rest, &last))
        if (str_is(rest, "x") || str_is(rest, "X"))
            return false;
    return version.n > 0 && (ch_digit(version.p[0]) || version.p[0] == 'v') && !str_is(last, "x");
}

static void find_dependency(struct collect *c, const struct json *doc, struct jv d) {
    str repository = j_gets(d, "repository"), version = j_gets(d, "version"), name = j_gets(d, "name");
    struct purl_qualifier where = {S("repository_url"), repository};
    struct sbom_property requirement = {S("akashi:requirement"), version};
    struct find find = {.type = "helm",
                        .name = name,
                        .version = exact(version) ? version : (str){0},
                        .line = report_line(doc, d),
                        .direct = DIRECT_YES,
                        .qualifiers = &where,
                        .key = name,
                        .properties = &requirement,
                        .n_properties = version.n > 0 && !exact(version)};
    if (!name.n)
        return report_nameless(c, S("dependency"));
    if (str_starts(repository, S("file://")))
        return; /* a chart of this tree */
    find.n_qualifiers = repository.n > 0 && repository.p[0] != '@';
    collect_find(c, &find);
    collect_edge(c, S("project|"), name);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    struct err none = {0};
    str base = path_base(f->path), text;
    bool lock = str_ends(base, S(".lock"));
    if (!yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e))
        return false;
    if (!j_is_obj(doc.root))
        return report_malformed(a, f, 0, "Helm chart", e);
    if (!lock && j_gets(doc.root, "name").n)
        collect_find(c, &(struct find){.type = "helm",
                                       .name = j_gets(doc.root, "name"),
                                       .version = j_gets(doc.root, "version"),
                                       .description = j_gets(doc.root, "description"),
                                       .homepage = j_gets(doc.root, "home"),
                                       .kind = TYPE_APPLICATION,
                                       .key = S("project|"),
                                       .is_project = true});
    if (!lock && collect_open(c, f, S("Chart.lock"), a, &text, &none))
        return true;
    for (struct jiter it = j_iter(j_get(doc.root, "dependencies")); j_next(&it);)
        find_dependency(c, &doc, it.val);
    return true;
}

static const char *const files[] = {"Chart.yaml", "Chart.lock", NULL};
static const char *const opens[] = {"Chart.lock", NULL};
const struct detector detector_helm_chart = {
    .name = "helm/chart", .of_project = true, .files = files, .purl_types = "helm", .opens = opens, .read = read};
