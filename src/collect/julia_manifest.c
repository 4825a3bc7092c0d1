/* SPDX-License-Identifier: Apache-2.0
 *
 * Manifest.toml (Julia): before format 2.0 every top-level [[Name]] is a package, then those below [deps]. Two packages
 * may share a name; the uuid tells them apart, and `deps` is a list of names or, where that is not enough, a table of
 * name to uuid. A package of the standard library has no version of its own: it is that of Julia.
 */
#include "base/tree.h"
#include "collect/detectors.h"
#include "collect/report.h"

struct manifest {
    struct collect *c;
    struct arena *a;
    const struct json *doc;
    str julia;
    struct map uuids;  /* name → its uuid (str *), of the first */
    struct map direct; /* uuids Project.toml asks for */
    bool has_project;
};

static str key_of(struct jv package, str name) {
    str uuid = j_gets(package, "uuid");
    return uuid.n ? uuid : name;
}

static void find_package(struct manifest *m, str name, struct jv p) {
    str uuid = j_gets(p, "uuid"), path = j_gets(p, "path"), tree = j_gets(p, "git-tree-sha1"),
        url = j_gets(p, "repo-url");
    struct purl_qualifier qualifiers[2] = {{S("uuid"), uuid}};
    struct sbom_property property = {S("akashi:path"), path};
    struct find find = {
        .type = "julia",
        .name = name,
        .version = j_gets(p, "version"),
        .key = key_of(p, name),
        .line = report_line(m->doc, p),
        .qualifiers = qualifiers,
        .n_qualifiers = uuid.n > 0,
        .properties = &property,
        .n_properties = path.n > 0,
    };
    if (m->has_project)
        find.direct = map_find(&m->direct, uuid) ? DIRECT_YES : DIRECT_TRANSITIVE;
    if (!find.version.n && !tree.n && !path.n)
        find.version = m->julia;
    str rev = j_gets(p, "repo-rev");
    if (url.n)
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){
            S("vcs_url"), arena_printf(m->a, "git+%.*s%s%.*s", STR_ARG(url), rev.n ? "@" : "", STR_ARG(rev))};
    collect_find(m->c, &find);
    for (struct jiter it = j_iter(j_get(p, "deps")); j_next(&it);) {
        const str *to = it.key.p ? NULL : map_get(&m->uuids, j_str(it.val));
        collect_edge(m->c, find.key, to ? *to : j_str(it.val));
    }
}

static void read_project(struct manifest *m, const struct found_file *f) {
    str bytes;
    struct json doc;
    struct err none = {0};
    if (!collect_open(m->c, f, S("Project.toml"), m->a, &bytes, &none) ||
        !toml_parse(collect_ctx(m->c), m->a, bytes, S("Project.toml"), &doc, &none))
        return;
    m->has_project = true;
    for (struct jiter it = j_iter(j_get(doc.root, "deps")); j_next(&it);)
        (void)map_put(&m->direct, j_str(it.val), NULL);
    str name = j_gets(doc.root, "name"), uuid = j_gets(doc.root, "uuid");
    struct purl_qualifier qualifier = {S("uuid"), uuid};
    if (!name.n)
        return;
    collect_find(m->c, &(struct find){.type = "julia",
                                      .name = name,
                                      .version = j_gets(doc.root, "version"),
                                      .key = S("project"),
                                      .qualifiers = &qualifier,
                                      .n_qualifiers = uuid.n > 0,
                                      .is_project = true});
    for (struct jiter it = j_iter(j_get(doc.root, "deps")); j_next(&it);)
        collect_edge(m->c, S("project"), j_str(it.val));
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct manifest m = {.c = c, .a = a};
    struct json doc;
    if (!toml_parse(collect_ctx(c), a, bytes, f->path, &doc, e))
        return false;
    m.doc = &doc;
    m.julia = j_gets(doc.root, "julia_version");
    map_init(&m.uuids, a);
    map_init(&m.direct, a);
    struct jv packages = j_ok(j_get(doc.root, "manifest_format")) ? j_get(doc.root, "deps") : doc.root;
    for (struct jiter it = j_iter(packages); j_next(&it);) {
        struct jv first = j_at(it.val, 0);
        if (!j_is_obj(first))
            continue;
        str *key = arena_new_of(a, str);
        *key = key_of(first, it.key);
        map_put(&m.uuids, it.key, NULL)->value = key;
    }
    read_project(&m, f);
    for (struct jiter it = j_iter(packages); j_next(&it);)
        for (struct jiter p = j_iter(it.val); j_is_arr(it.val) && j_next(&p);)
            if (j_is_obj(p.val))
                find_package(&m, it.key, p.val);
    return true;
}

static const char *const files[] = {"Manifest.toml", "JuliaManifest.toml", "Manifest-v*.toml", NULL};
static const char *const opens[] = {"Project.toml", NULL};
const struct detector detector_julia_manifest = {
    .name = "julia/manifest", .of_project = true, .files = files, .purl_types = "julia", .opens = opens, .read = read};
