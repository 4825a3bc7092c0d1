/* SPDX-License-Identifier: Apache-2.0
 *
 * go.mod: what the module requires, after replace and exclude. From Go 1.17 on the file names every module that is
 * built from; before, go.sum beside it names the rest (those with a hash of their content, not only of their go.mod).
 */
#include "collect/detectors.h"
#include "collect/go_file.h"
#include "collect/go_sum.h"

/* What go.mod says about single modules, by "path" (for every version) and "path version". */
struct overrides {
    struct map replaces; /* → struct go_replace * */
    struct map excludes;
};

static str exact_key(struct arena *a, str path, str version) {
    return arena_printf(a, "%.*s %.*s", STR_ARG(path), STR_ARG(version));
}

static void overrides_of(const struct go_file *g, struct arena *a, struct overrides *out) {
    map_init(&out->replaces, a);
    map_init(&out->excludes, a);
    for (uint32_t i = 0; i < g->replaces.n; i++) {
        struct go_replace *p = &g->replaces.v[i];
        map_put(&out->replaces, p->version.n ? exact_key(a, p->path, p->version) : p->path, NULL)->value = p;
    }
    for (uint32_t i = 0; i < g->excludes.n; i++)
        (void)map_put(&out->excludes, exact_key(a, g->excludes.v[i].path, g->excludes.v[i].version), NULL);
}

static void find_require(struct collect *c, struct arena *a, const struct overrides *o, const struct go_require *r,
                         const struct map *sums) {
    struct find find = {.line = r->line, .key = r->path, .direct = r->indirect ? DIRECT_TRANSITIVE : DIRECT_YES};
    struct sbom_property properties[2];
    str exact = exact_key(a, r->path, r->version);
    const struct go_replace *p = map_get(&o->replaces, exact); /* wins over the one for all versions */
    p = p ? p : map_get(&o->replaces, r->path);
    str path = r->path, version = r->version;
    if (p && p->to_version.n) {
        path = p->to;
        version = p->to_version;
        properties[find.n_properties++] = (struct sbom_property){S("akashi:go:replaces"), r->path};
    } else if (p) { /* a folder: the code is here, and no release */
        version = (str){0};
        properties[find.n_properties++] = (struct sbom_property){S("akashi:path"), p->to};
    } else if (map_find(&o->excludes, exact)) { /* the build takes a later one, which is not told here */
        version = (str){0};
        properties[find.n_properties++] = (struct sbom_property){S("akashi:go:excluded"), r->version};
    }
    str sum = go_sum_of(a, sums, path, version);
    if (sum.n)
        properties[find.n_properties++] = (struct sbom_property){S("akashi:go:sum"), sum};
    go_find_module(&find, path, version);
    find.properties = properties;
    collect_find(c, &find);
}

/* "1.16" and before, or no go line. */
static bool incomplete(str go) {
    str major, minor, rest;
    uint64_t m = 0;
    if (!str_cut(go, '.', &major, &rest))
        return true;
    (void)str_cut(rest, '.', &minor, &rest);
    size_t digits = 0;
    while (digits < minor.n && ch_digit(minor.p[digits]))
        digits++;
    return str_is(major, "1") && str_u64(str_upto(minor, digits), &m) && m < 17;
}

/* Modules go.sum names beside those required. */
static void find_summed(struct collect *c, const struct go_file *g, const struct go_sum *sum, struct arena *a) {
    struct map known;
    map_init(&known, a);
    for (uint32_t i = 0; i < g->requires.n; i++)
        (void)map_put(&known, g->requires.v[i].path, NULL);
    for (uint32_t i = 0; i < g->replaces.n; i++) {
        (void)map_put(&known, g->replaces.v[i].path, NULL);
        (void)map_put(&known, g->replaces.v[i].to, NULL);
    }
    if (g->module.n)
        (void)map_put(&known, g->module, NULL);
    for (uint32_t i = 0; i < sum->modules.entries.n; i++) {
        const struct go_module *m = sum->modules.entries.v[i].value;
        if (m->version.n && !map_find(&known, m->path))
            go_sum_find(c, m, m->version, DIRECT_TRANSITIVE);
    }
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct go_file g;
    if (!go_file_parse(c, f, bytes, a, &g, e))
        return false;
    struct go_sum sum;
    go_sum_init(&sum, a);
    str text;
    struct err none = {0};
    if (collect_open(c, f, S("go.sum"), a, &text, &none)) {
        struct found_file beside = *f;
        beside.path = S("go.sum");
        if (!go_sum_parse(&beside, text, a, &sum, &none)) { /* the go.sum detector tells about it */
            go_sum_init(&sum, a);
        }
    }
    if (g.module.n) {
        struct find project = {.line = g.module_line, .is_project = true, .key = g.module, .kind = TYPE_APPLICATION};
        go_find_module(&project, g.module, (str){0});
        collect_find(c, &project);
    }
    struct overrides overrides;
    overrides_of(&g, a, &overrides);
    for (uint32_t i = 0; i < g.requires.n; i++) {
        find_require(c, a, &overrides, &g.requires.v[i], &sum.sums);
        if (g.module.n && !g.requires.v[i].indirect)
            collect_edge(c, g.module, g.requires.v[i].path);
    }
    if (incomplete(g.go))
        find_summed(c, &g, &sum, a);
    go_file_find_stdlib(c, a, &g);
    if (g.module.n && go_file_stdlib(&g).n)
        collect_edge(c, g.module, S("stdlib"));
    return true;
}

static const char *const files[] = {"go.mod", NULL};
static const char *const opens[] = {"go.sum", NULL};
const struct detector detector_go_mod = {
    .name = "go/mod", .of_project = true, .files = files, .purl_types = "golang", .opens = opens, .read = read};
