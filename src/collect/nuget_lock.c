/* SPDX-License-Identifier: Apache-2.0
 *
 * packages.lock.json (NuGet, versions 1 and 2): for each target framework every package, direct or not, the version it
 * resolved to, the SHA-512 of the package file, and the packages it asks for. Names compare without case.
 */
#include "collect/detectors.h"
#include "collect/report.h"

/* Packages of one target by name; the other frameworks are separate graphs. */
static str key_of(struct arena *a, str target, str name) {
    return arena_printf(a, "%.*s|%.*s", STR_ARG(target), STR_ARG(arena_lower(a, name)));
}

static void find_package(struct collect *c, struct arena *a, str target, str name, struct jv entry) {
    str type = j_gets(entry, "type"), requested = j_gets(entry, "requested");
    struct sbom_hash hash;
    struct sbom_property property = {S("akashi:requirement"), requested};
    struct find find = {
        .type = "nuget",
        .name = name,
        .version = j_gets(entry, "resolved"),
        .key = key_of(a, target, name),
        .direct = str_ieq(type, S("Direct")) ? DIRECT_YES : DIRECT_TRANSITIVE,
        .hashes = &hash,
        .n_hashes = hash_base64(a, "SHA-512", j_gets(entry, "contentHash"), &hash),
        .properties = &property,
        .n_properties = requested.n > 0,
    };
    collect_find(c, &find);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!report_json(c, f, bytes, a, "packages.lock.json", &doc, e))
        return false;
    struct jv targets = j_get(doc.root, "dependencies");
    if (j_ok(targets) && !j_is_obj(targets))
        return report_malformed(a, f, 0, "packages.lock.json", e);
    for (struct jiter t = j_iter(targets); j_next(&t);)
        for (struct jiter p = j_iter(t.val); j_next(&p);) {
            bool project = str_ieq(j_gets(p.val, "type"), S("Project"));
            if (!project && j_gets(p.val, "resolved").n)
                find_package(c, a, t.key, p.key, p.val);
            for (struct jiter d = j_iter(j_get(p.val, "dependencies")); !project && j_next(&d);)
                collect_edge(c, key_of(a, t.key, p.key), key_of(a, t.key, d.key));
        }
    return true;
}

static const char *const files[] = {"packages.lock.json", NULL};
const struct detector detector_nuget_lock = {
    .name = "nuget/lock", .of_project = true, .files = files, .purl_types = "nuget", .read = read};
