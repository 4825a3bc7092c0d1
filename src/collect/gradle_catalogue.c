/* SPDX-License-Identifier: Apache-2.0
 *
 * Gradle version catalogue (libs.versions.toml): [versions], [libraries] and [plugins]. It says which versions a build
 * may take, not which of them it does, so nothing is called direct.
 */
#include "base/tree.h"
#include "collect/detectors.h"
#include "collect/maven_find.h"

/* "1.2", {ref = "x"}, {strictly = …, prefer = …, require = …}: the strictest word that names a version. */
static str version_of(struct jv versions, struct jv v) {
    static const char *const words[] = {"strictly", "require", "prefer"};
    str ref = j_gets(v, "ref");
    if (ref.n)
        v = j_getn(versions, ref);
    if (j_is_str(v))
        return j_str(v);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (maven_exact(j_gets(v, words[i])).n)
            return j_gets(v, words[i]);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (j_gets(v, words[i]).n)
            return j_gets(v, words[i]);
    return (str){0};
}

static void find_library(struct collect *c, const struct json *doc, struct jv library, struct jv versions) {
    str group = j_gets(library, "group"), artifact = j_gets(library, "name"), version = {0};
    str text = j_is_str(library) ? j_str(library) : j_gets(library, "module");
    if (text.n && !maven_split(text, &group, &artifact, &version))
        return report_nameless(c, text);
    if (!j_is_str(library))
        version = version_of(versions, j_get(library, "version"));
    if (!artifact.n)
        return;
    struct find find = {.line = report_line(doc, library)};
    struct sbom_property requested;
    maven_find(&find, group, artifact, version, &requested);
    collect_find(c, &find);
}

/* A plugin is resolved by its marker artifact ID:ID.gradle.plugin. */
static void find_plugin(struct collect *c, const struct json *doc, struct jv plugin, struct jv versions,
                        struct arena *a) {
    str id = j_gets(plugin, "id"), version = version_of(versions, j_get(plugin, "version"));
    if (j_is_str(plugin))
        (void)str_cut(j_str(plugin), ':', &id, &version);
    if (!id.n)
        return;
    struct find find = {.line = report_line(doc, plugin), .scope = SCOPE_DEV};
    struct sbom_property requested;
    maven_find(&find, id, arena_cat(a, id, S(".gradle.plugin")), version, &requested);
    collect_find(c, &find);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!toml_parse(collect_ctx(c), a, bytes, f->path, &doc, e))
        return false;
    struct jv versions = j_get(doc.root, "versions");
    for (struct jiter it = j_iter(j_get(doc.root, "libraries")); j_next(&it);)
        find_library(c, &doc, it.val, versions);
    for (struct jiter it = j_iter(j_get(doc.root, "plugins")); j_next(&it);)
        find_plugin(c, &doc, it.val, versions, a);
    return true;
}

static const char *const files[] = {"libs.versions.toml", "gradle/*.versions.toml", NULL};
const struct detector detector_gradle_catalogue = {
    .name = "gradle/catalogue", .of_project = true, .files = files, .purl_types = "maven", .read = read};
