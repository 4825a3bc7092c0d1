/* SPDX-License-Identifier: Apache-2.0
 *
 * vcpkg.json: dependencies by name. Their versions come from `overrides`, else from the baseline: a commit of the
 * registry that fixes them all, but does not tell them. That commit is kept as repository_revision.
 */
#include "collect/detectors.h"
#include "collect/report.h"

struct manifest {
    struct collect *c;
    struct arena *a;
    str baseline, registry; /* registry absent: the public one */
    struct map overrides;   /* name → struct jv * */
};

static const char project_key[] = "project|";

static str version_of(struct jv v) {
    static const char *const words[] = {"version", "version-semver", "version-date", "version-string"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (j_gets(v, words[i]).n)
            return j_gets(v, words[i]);
    return (str){0};
}

static str port_version(struct arena *a, struct jv v) {
    int64_t n = j_int(j_get(v, "port-version"), 0);
    return n > 0 ? arena_printf(a, "%lld", (long long)n) : (str){0};
}

/* The registry's own configuration wins over the member of the manifest. */
static void read_baseline(struct manifest *m, const struct found_file *f, struct jv root) {
    str bytes;
    struct json doc;
    struct err none = {0};
    m->baseline = j_gets(root, "builtin-baseline");
    struct jv configuration = j_get(root, "configuration");
    if (!j_ok(configuration))
        configuration = j_get(root, "vcpkg-configuration");
    if (!j_ok(configuration) && collect_open(m->c, f, S("vcpkg-configuration.json"), m->a, &bytes, &none) &&
        json_parse(collect_ctx(m->c), m->a, bytes, JSON_RELAXED, S("vcpkg-configuration.json"), &doc, &none))
        configuration = doc.root;
    struct jv registry = j_get(configuration, "default-registry");
    if (j_gets(registry, "baseline").n)
        m->baseline = j_gets(registry, "baseline");
    if (str_is(j_gets(registry, "kind"), "git"))
        m->registry = j_gets(registry, "repository");
}

static void find_dependency(struct manifest *m, struct jv d, bool optional) {
    str name = j_is_str(d) ? j_str(d) : j_gets(d, "name"), least = j_gets(d, "version>=");
    const struct jv *override = map_get(&m->overrides, name);
    struct purl_qualifier qualifiers[3];
    struct sbom_property property = {S("akashi:requirement"), arena_cat(m->a, S(">="), least)};
    if (!name.n)
        return report_nameless(m->c, S("dependency"));
    struct find find = {
        .type = "vcpkg",
        .name = name,
        .key = name,
        .direct = DIRECT_YES,
        .scope = j_true(j_get(d, "host")) ? SCOPE_DEV
                 : optional               ? SCOPE_OPTIONAL
                                          : SCOPE_REQUIRED,
        .qualifiers = qualifiers,
        .properties = &property,
    };
    if (override) {
        find.version = version_of(*override);
        str port = port_version(m->a, *override);
        if (port.n)
            qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("port_version"), port};
    } else {
        find.n_properties = least.n > 0;
    }
    if (m->baseline.n)
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("repository_revision"), m->baseline};
    if (m->registry.n)
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("repository_url"), m->registry};
    collect_find(m->c, &find);
    collect_edge(m->c, str_of(project_key), name);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct manifest m = {.c = c, .a = a};
    struct json doc;
    if (!json_parse(collect_ctx(c), a, bytes, JSON_RELAXED | JSON_DUPLICATES_OK, f->path, &doc, e))
        return false;
    if (!j_is_obj(doc.root))
        return report_malformed(a, f, 0, "vcpkg.json", e);
    read_baseline(&m, f, doc.root);
    map_init(&m.overrides, a);
    for (struct jiter it = j_iter(j_get(doc.root, "overrides")); j_next(&it);) {
        struct jv *kept = arena_new_of(a, struct jv);
        *kept = it.val;
        map_put(&m.overrides, j_gets(it.val, "name"), NULL)->value = kept;
    }
    str name = j_gets(doc.root, "name");
    if (name.n)
        collect_find(c, &(struct find){.type = "vcpkg",
                                       .name = name,
                                       .version = version_of(doc.root),
                                       .key = str_of(project_key),
                                       .licence = j_gets(doc.root, "license"),
                                       .homepage = j_gets(doc.root, "homepage"),
                                       .is_project = true});
    for (struct jiter it = j_iter(j_get(doc.root, "dependencies")); j_next(&it);)
        find_dependency(&m, it.val, false);
    for (struct jiter t = j_iter(j_get(doc.root, "features")); j_next(&t);)
        for (struct jiter it = j_iter(j_get(t.val, "dependencies")); j_next(&it);)
            find_dependency(&m, it.val, true);
    return true;
}

static const char *const files[] = {"vcpkg.json", NULL};
static const char *const opens[] = {"vcpkg-configuration.json", NULL};
const struct detector detector_vcpkg_manifest = {
    .name = "cpp/vcpkg", .of_project = true, .files = files, .purl_types = "vcpkg", .opens = opens, .read = read};
