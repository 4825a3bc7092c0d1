/* SPDX-License-Identifier: Apache-2.0
 *
 * obj/project.assets.json: what NuGet restored for a project, with the graph of every target framework.
 */
#include "collect/detectors.h"
#include "collect/report.h"

enum { MAX_TARGETS = 64 };

struct assets {
    struct collect *c;
    struct arena *a;
    struct jv libraries;
    str target;
    struct map direct; /* lower-case name → the project's entry (struct jv *) */
};

static str key_of(struct assets *s, str name) {
    return arena_printf(s->a, "%.*s|%.*s", STR_ARG(s->target), STR_ARG(arena_lower(s->a, name)));
}

/* project.frameworks.*.dependencies: what the project file asks for. */
static void note_direct(struct assets *s, struct jv project) {
    for (struct jiter t = j_iter(j_get(project, "frameworks")); j_next(&t);)
        for (struct jiter d = j_iter(j_get(t.val, "dependencies")); j_next(&d);) {
            struct jv *entry = arena_new_of(s->a, struct jv);
            *entry = d.val;
            map_put(&s->direct, arena_lower(s->a, d.key), NULL)->value = entry;
        }
}

static void find_package(struct assets *s, str id, struct jv entry) {
    str name, version;
    if (!str_rcut(id, '/', &name, &version) || !name.n)
        return report_nameless(s->c, id);
    const struct jv *direct = map_get(&s->direct, arena_lower(s->a, name));
    bool dev = direct && str_ieq(j_gets(*direct, "suppressParent"), S("All"));
    struct sbom_hash hash;
    struct find find = {
        .type = "nuget",
        .name = name,
        .version = version,
        .key = key_of(s, name),
        .direct = direct ? DIRECT_YES : DIRECT_TRANSITIVE,
        .scope = dev ? SCOPE_DEV : SCOPE_UNKNOWN,
        .hashes = &hash,
        .n_hashes = hash_base64(s->a, "SHA-512", j_gets(j_getn(s->libraries, id), "sha512"), &hash),
    };
    if (str_is(j_gets(entry, "type"), "package"))
        collect_find(s->c, &find);
    for (struct jiter it = j_iter(j_get(entry, "dependencies")); j_next(&it);)
        collect_edge(s->c, find.key, key_of(s, it.key));
}

static void find_project(struct assets *s, struct jv project) {
    str name = j_gets(j_get(project, "restore"), "projectName");
    if (!name.n)
        return;
    struct find find = {.type = "nuget",
                        .name = name,
                        .version = j_gets(project, "version"),
                        .key = S("project"),
                        .is_project = true,
                        .kind = TYPE_APPLICATION};
    collect_find(s->c, &find);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!report_json(c, f, bytes, a, "project.assets.json", &doc, e))
        return false;
    struct assets s = {.c = c, .a = a, .libraries = j_get(doc.root, "libraries")};
    struct jv targets = j_get(doc.root, "targets"), project = j_get(doc.root, "project");
    if (!j_is_obj(targets) || j_len(targets) > MAX_TARGETS)
        return report_malformed(a, f, 0, "project.assets.json", e);
    map_init(&s.direct, a);
    note_direct(&s, project);
    find_project(&s, project);
    for (struct jiter t = j_iter(targets); j_next(&t);) {
        s.target = t.key;
        for (struct jiter p = j_iter(t.val); j_next(&p);)
            find_package(&s, p.key, p.val);
        for (uint32_t i = 0; i < s.direct.entries.n; i++)
            collect_edge(c, S("project"), key_of(&s, s.direct.entries.v[i].key));
    }
    return true;
}

static const char *const files[] = {"project.assets.json", NULL};
const struct detector detector_nuget_assets = {
    .name = "nuget/assets", .of_project = true, .files = files, .purl_types = "nuget", .read = read};
