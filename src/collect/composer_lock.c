/* SPDX-License-Identifier: Apache-2.0
 *
 * Composer: composer.lock (packages, packages-dev) and vendor/composer/installed.json (packages and the names of the
 * dev ones; a bare array before Composer 2). Both describe a package in the same words.
 */
#include "base/file.h"
#include "collect/detectors.h"
#include "collect/report.h"

struct composer {
    struct collect *c;
    struct arena *a;
    struct map direct; /* names composer.json asks for */
    bool has_manifest;
};

static bool is_platform(str name) { return str_chr(name, '/') == STR_NONE; /* php, ext-json, lib-curl */ }

static enum sbom_direct direct_of(const struct composer *m, str name) {
    if (!m->has_manifest)
        return DIRECT_UNKNOWN;
    return map_find(&m->direct, name) ? DIRECT_YES : DIRECT_TRANSITIVE;
}

static void find_package(struct composer *m, struct jv p, enum sbom_scope scope) {
    str full = j_gets(p, "name"), ns, name,
        shasum = j_get(j_get(p, "dist"), "shasum").v ? j_gets(j_get(p, "dist"), "shasum") : (str){0};
    if (!full.n)
        return report_nameless(m->c, S("package"));
    if (!str_rcut(full, '/', &ns, &name))
        name = full;
    str reference = j_gets(j_get(p, "source"), "reference");
    struct sbom_property commit = {S("akashi:commit"), reference};
    struct sbom_hash hash;
    struct jv author = j_at(j_get(p, "authors"), 0);
    struct find find = {
        .type = "composer",
        .ns = ns,
        .name = name,
        .version = j_gets(p, "version"),
        .key = arena_lower(m->a, full),
        .scope = scope,
        .direct = direct_of(m, arena_lower(m->a, full)),
        .licence = licence_of_json(m->a, j_get(p, "license"), "OR"),
        .description = j_gets(p, "description"),
        .homepage = j_gets(p, "homepage"),
        .download = j_gets(j_get(p, "dist"), "url"),
        .author = j_gets(author, "name"),
        .properties = &commit,
        .n_properties = reference.n > 0,
        .hashes = &hash,
        .n_hashes = hash_hex(m->a, "SHA-1", shasum, &hash),
    };
    collect_find(m->c, &find);
    for (struct jiter it = j_iter(j_get(p, "require")); j_next(&it);)
        if (!is_platform(it.key))
            collect_edge(m->c, find.key, arena_lower(m->a, it.key));
}

/* The project and what it asks for. */
static void read_manifest(struct composer *m, const struct found_file *f, str path) {
    static const char *const lists[] = {"require", "require-dev"};
    str bytes, ns, name;
    struct err none = {0};
    struct json doc;
    map_init(&m->direct, m->a);
    if (!collect_open(m->c, f, path, m->a, &bytes, &none) ||
        !json_parse(collect_ctx(m->c), m->a, bytes, JSON_DUPLICATES_OK, path, &doc, &none))
        return;
    m->has_manifest = true;
    str full = j_gets(doc.root, "name");
    if (str_rcut(full, '/', &ns, &name))
        collect_find(m->c, &(struct find){.type = "composer",
                                          .ns = ns,
                                          .name = name,
                                          .version = j_gets(doc.root, "version"),
                                          .licence = licence_of_json(m->a, j_get(doc.root, "license"), "OR"),
                                          .description = j_gets(doc.root, "description"),
                                          .kind = TYPE_APPLICATION,
                                          .key = S("project"),
                                          .is_project = true});
    for (size_t i = 0; i < 2; i++)
        for (struct jiter it = j_iter(j_get(doc.root, lists[i])); j_next(&it);) {
            if (is_platform(it.key))
                continue;
            str key = arena_lower(m->a, it.key);
            (void)map_put(&m->direct, key, NULL);
            if (ns.n)
                collect_edge(m->c, S("project"), key);
        }
}

static bool read_lock(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct composer m = {.c = c, .a = a};
    struct json doc;
    if (!report_json(c, f, bytes, a, "composer.lock", &doc, e))
        return false;
    read_manifest(&m, f, S("composer.json"));
    for (struct jiter it = j_iter(j_get(doc.root, "packages")); j_next(&it);)
        find_package(&m, it.val, SCOPE_REQUIRED);
    for (struct jiter it = j_iter(j_get(doc.root, "packages-dev")); j_next(&it);)
        find_package(&m, it.val, SCOPE_DEV);
    return true;
}

static const char *const lock_files[] = {"composer.lock", NULL};
static const char *const opens[] = {"composer.json", NULL};
const struct detector detector_composer_lock = {.name = "composer/lock",
                                                .of_project = true,
                                                .files = lock_files,
                                                .purl_types = "composer",
                                                .opens = opens,
                                                .read = read_lock};

/* Other tools write an installed.json too: the name of its first package decides. */
static bool is_composer(struct jv packages) {
    struct jv first = j_at(packages, 0);
    return j_is_arr(packages) && (j_len(packages) == 0 || (j_gets(first, "name").n && j_gets(first, "version").n));
}

static bool read_installed(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct composer m = {.c = c, .a = a};
    struct json doc;
    struct map dev;
    if (!json_parse(collect_ctx(c), a, bytes, JSON_DUPLICATES_OK, f->path, &doc, e))
        return false;
    struct jv packages = j_is_arr(doc.root) ? doc.root : j_get(doc.root, "packages");
    if (!is_composer(packages))
        return true;
    map_init(&dev, a);
    for (struct jiter it = j_iter(j_get(doc.root, "dev-package-names")); j_next(&it);)
        (void)map_put(&dev, j_str(it.val), NULL);
    read_manifest(&m, f, S("../../composer.json"));
    bool told = j_ok(j_get(doc.root, "dev-package-names"));
    for (struct jiter it = j_iter(packages); j_next(&it);) {
        bool is_dev = map_find(&dev, j_gets(it.val, "name"));
        find_package(&m, it.val, is_dev ? SCOPE_DEV : told ? SCOPE_REQUIRED : SCOPE_UNKNOWN);
    }
    return true;
}

static const char *const installed_files[] = {"installed.json", NULL};
const struct detector detector_composer_installed = {.name = "composer/installed",
                                                     .files = installed_files,
                                                     .purl_types = "composer",
                                                     .opens = opens,
                                                     .read = read_installed};
