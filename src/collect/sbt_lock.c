/* SPDX-License-Identifier: Apache-2.0
 *
 * build.sbt.lock (sbt-dependency-lock): dependencies[] with org, name, version, artifacts[] and configurations[].
 */
#include "collect/detectors.h"
#include "collect/maven_find.h"

static enum sbom_scope scope_of(struct arena *a, struct jv configurations) {
    struct buf names = {0};
    for (struct jiter it = j_iter(configurations); j_next(&it);) {
        str name = j_str(it.val);
        buf_add(&names, name);
        if (str_is(name, "compile")) /* on the class path at run time too */
            buf_addz(&names, ",runtime");
        buf_addc(&names, ',');
    }
    enum sbom_scope scope = gradle_scope(arena_str(a, buf_str(&names)));
    buf_free(&names);
    return scope;
}

/* "sha1:0123…" of the main artifact. */
static uint32_t hashes_of(struct arena *a, struct jv artifacts, struct sbom_hash out[1]) {
    for (struct jiter it = j_iter(artifacts); j_next(&it);) {
        str alg, hex;
        if (!str_ends(j_gets(it.val, "name"), S(".jar")) || !str_cut(j_gets(it.val, "hash"), ':', &alg, &hex))
            continue;
        if (hash_hex(a, "SHA-1", str_is(alg, "sha1") ? hex : (str){0}, out))
            return 1;
    }
    return 0;
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!report_json(c, f, bytes, a, "build.sbt.lock", &doc, e))
        return false;
    for (struct jiter it = j_iter(j_get(doc.root, "dependencies")); j_next(&it);) {
        str org = j_gets(it.val, "org"), name = j_gets(it.val, "name");
        if (!org.n || !name.n)
            return report_malformed(a, f, 0, "build.sbt.lock", e);
        struct find find = {.scope = scope_of(a, j_get(it.val, "configurations"))};
        struct sbom_property requested;
        struct sbom_hash hash;
        maven_find(&find, org, name, j_gets(it.val, "version"), &requested);
        find.n_hashes = hashes_of(a, j_get(it.val, "artifacts"), &hash);
        find.hashes = &hash;
        collect_find(c, &find);
    }
    return true;
}

static const char *const files[] = {"build.sbt.lock", NULL};
const struct detector detector_sbt_lock = {
    .name = "sbt/lock", .of_project = true, .files = files, .purl_types = "maven", .read = read};
