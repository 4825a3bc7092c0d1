/* SPDX-License-Identifier: Apache-2.0
 *
 * pubspec.lock (Dart, Flutter): packages by name with dependency ("direct main", "direct dev", "direct overridden",
 * "transitive"), source (hosted, git, path, sdk), description and version.
 */
#include "base/tree.h"
#include "collect/detectors.h"
#include "collect/report.h"

static bool is_public(str url) {
    static const char *const hosts[] = {"https://pub.dev", "https://pub.dartlang.org"};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (str_starts(url, str_of(hosts[i])))
            return true;
    return !url.n;
}

static void find_package(struct collect *c, struct arena *a, const struct json *doc, str name, struct jv p) {
    struct jv about = j_get(p, "description");
    str dependency = j_gets(p, "dependency"), source = j_gets(p, "source"), url = j_gets(about, "url");
    struct purl_qualifier qualifier = {S("repository_url"), url};
    struct sbom_property property = {S("akashi:pub:source"), source};
    struct sbom_hash hash;
    struct find find = {
        .type = "pub",
        .name = name,
        .version = j_gets(p, "version"),
        .line = report_line(doc, p),
        .direct = str_starts(dependency, S("direct")) ? DIRECT_YES
                  : str_is(dependency, "transitive")  ? DIRECT_TRANSITIVE
                                                      : DIRECT_UNKNOWN,
        .scope = str_is(dependency, "direct dev")    ? SCOPE_DEV
                 : str_is(dependency, "direct main") ? SCOPE_REQUIRED
                                                     : SCOPE_UNKNOWN,
        .qualifiers = &qualifier,
        .properties = &property,
        .n_properties = source.n && !str_is(source, "hosted"),
        .hashes = &hash,
        .n_hashes = hash_hex(a, "SHA-256", j_gets(about, "sha256"), &hash),
    };
    if (str_is(source, "hosted"))
        find.n_qualifiers = !is_public(url);
    if (str_is(source, "git") && url.n) {
        qualifier = (struct purl_qualifier){
            S("vcs_url"), arena_printf(a, "git+%.*s@%.*s", STR_ARG(url), STR_ARG(j_gets(about, "resolved-ref")))};
        find.n_qualifiers = 1;
    }
    collect_find(c, &find);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e))
        return false;
    struct jv packages = j_get(doc.root, "packages");
    if (!j_is_obj(doc.root) || !j_ok(packages))
        return report_malformed(a, f, 0, "pubspec.lock", e);
    for (struct jiter it = j_iter(packages); j_next(&it);)
        find_package(c, a, &doc, it.key, it.val);
    return true;
}

static const char *const files[] = {"pubspec.lock", NULL};
const struct detector detector_pub_lock = {
    .name = "pub/lock", .of_project = true, .files = files, .purl_types = "pub", .read = read};
