/* SPDX-License-Identifier: Apache-2.0
 *
 * *.deps.json: what a .NET application was published with. `libraries` says what each entry is, `targets` what of it
 * is needed at run time. A package without a run-time file there is not part of the deployment.
 */
#include "base/file.h"
#include "collect/detectors.h"
#include "collect/report.h"

enum { MAX_LIBRARIES = 100000 };

struct deps {
    struct collect *c;
    struct arena *a;
    struct jv target;  /* targets[runtimeTarget.name]; absent when the file has none */
    struct map direct; /* "Name/Version" of what the application asks for */
    str main;          /* "Name/Version" of the application */
};

static bool is_type(struct jv library, const char *type) { return str_ieq(j_gets(library, "type"), str_of(type)); }

static bool deployed(const struct deps *d, str key, struct jv library) {
    static const char *const assets[] = {"runtime", "runtimeTargets", "native", "resources"};
    struct jv entry = j_getn(d->target, key);
    if (is_type(library, "project") || !j_is_obj(entry))
        return true;
    for (size_t i = 0; i < sizeof assets / sizeof *assets; i++)
        if (j_len(j_get(entry, assets[i])))
            return true;
    return false;
}

static void find_library(struct deps *d, str key, struct jv library) {
    str name, version, sha512 = j_gets(library, "sha512");
    if (!str_rcut(key, '/', &name, &version) || !name.n)
        return report_nameless(d->c, key);
    if (is_type(library, "runtimepack") && str_starts(name, S("runtimepack.")))
        name = str_from(name, 12);
    if (str_istarts(sha512, S("sha512-")))
        sha512 = str_from(sha512, 7);
    struct sbom_hash hash;
    bool project = is_type(library, "project");
    struct find find = {
        .type = "nuget",
        .name = name,
        .version = version,
        .key = key,
        .scope = SCOPE_REQUIRED,
        .kind = project ? TYPE_APPLICATION : TYPE_LIBRARY,
        .is_project = str_eq(key, d->main),
        .direct = !d->main.n                  ? DIRECT_UNKNOWN
                  : map_find(&d->direct, key) ? DIRECT_YES
                                              : DIRECT_TRANSITIVE,
        .hashes = &hash,
        .n_hashes = hash_base64(d->a, "SHA-512", sha512, &hash),
    };
    if (find.is_project)
        find.direct = DIRECT_UNKNOWN;
    collect_find(d->c, &find);
    for (struct jiter it = j_iter(j_get(j_getn(d->target, key), "dependencies")); j_next(&it);) {
        str to = arena_printf(d->a, "%.*s/%.*s", STR_ARG(it.key), STR_ARG(j_str(it.val)));
        collect_edge(d->c, key, to);
    }
}

/* The project named like the file; without one, the only project nobody depends on. */
static str main_of(struct deps *d, const struct found_file *f, struct jv libraries) {
    str base = path_base(f->path), only = {0}, name, version;
    uint32_t roots = 0;
    base = str_upto(base, base.n - (str_iends(base, S(".deps.json")) ? 10 : 0));
    for (struct jiter it = j_iter(libraries); j_next(&it);) {
        if (!is_type(it.val, "project"))
            continue;
        if (str_rcut(it.key, '/', &name, &version) && str_ieq(name, base))
            return it.key;
        only = it.key;
        roots++;
    }
    (void)d;
    return roots == 1 ? only : (str){0};
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!report_json(c, f, bytes, a, "deps.json", &doc, e))
        return false;
    struct jv libraries = j_get(doc.root, "libraries");
    struct jv runtime = j_get(doc.root, "runtimeTarget");
    if (j_len(libraries) > MAX_LIBRARIES)
        return err_set(e, ERR_LIMIT, f->path, _("more than %u libraries"), (unsigned)MAX_LIBRARIES);
    struct deps d = {.c = c, .a = a};
    d.target = j_getn(j_get(doc.root, "targets"), j_is_str(runtime) ? j_str(runtime) : j_gets(runtime, "name"));
    d.main = main_of(&d, f, libraries);
    map_init(&d.direct, a);
    for (struct jiter it = j_iter(j_get(j_getn(d.target, d.main), "dependencies")); j_next(&it);)
        (void)map_put(&d.direct, arena_printf(a, "%.*s/%.*s", STR_ARG(it.key), STR_ARG(j_str(it.val))), NULL);
    for (struct jiter it = j_iter(libraries); j_next(&it);) {
        bool counts = is_type(it.val, "package") || is_type(it.val, "project") || is_type(it.val, "runtimepack");
        if (counts && (deployed(&d, it.key, it.val) || is_type(it.val, "runtimepack")))
            find_library(&d, it.key, it.val);
    }
    return true;
}

static const char *const files[] = {"*.deps.json", NULL};
const struct detector detector_nuget_deps = {.name = "nuget/deps", .files = files, .purl_types = "nuget", .read = read};
