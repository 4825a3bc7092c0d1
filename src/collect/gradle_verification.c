/* SPDX-License-Identifier: Apache-2.0
 *
 * gradle/verification-metadata.xml: every component the build may download, with digests of its artifacts.
 */
#include "base/xml.h"
#include "collect/detectors.h"
#include "collect/maven_find.h"

static const struct {
    const char *element, *alg;
} digests[] = {{"sha512", "SHA-512"}, {"sha256", "SHA-256"}, {"sha1", "SHA-1"}, {"md5", "MD5"}};
enum { N_DIGESTS = sizeof digests / sizeof *digests };

/* The artifact that is the component itself, not its pom or module description. */
static const struct xml_node *main_artifact(const struct xml_node *component) {
    static const char *const kinds[] = {".jar", ".aar", ".war", ".klib", ".zip"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (const struct xml_node *n = xml_child(component, "artifact"); n; n = xml_again(n)) {
            str name = xml_attr(n, "name");
            if (str_ends(name, str_of(kinds[i])) && !str_ends(name, S("-sources.jar")) &&
                !str_ends(name, S("-javadoc.jar")))
                return n;
        }
    return NULL;
}

static void find_component(struct collect *c, const struct xml_node *node, struct arena *a) {
    str group = xml_attr(node, "group"), name = xml_attr(node, "name"), version = xml_attr(node, "version");
    if (!name.n)
        return report_nameless(c, group.n ? group : S("component"));
    struct find find = {.line = node->line};
    struct sbom_property requested;
    maven_find(&find, group, name, version, &requested);
    struct sbom_hash hashes[N_DIGESTS];
    const struct xml_node *artifact = main_artifact(node);
    for (size_t i = 0; i < N_DIGESTS; i++)
        if (hash_hex(a, digests[i].alg, xml_attr(xml_child(artifact, digests[i].element), "value"),
                     &hashes[find.n_hashes]))
            find.n_hashes++;
    find.hashes = hashes;
    collect_find(c, &find);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct xml_node *root;
    if (!xml_parse(collect_ctx(c), a, bytes, f->path, &root, e))
        return false;
    if (!str_is(root->name, "verification-metadata"))
        return report_malformed(a, f, root->line, "verification-metadata.xml", e);
    for (const struct xml_node *n = xml_child(xml_child(root, "components"), "component"); n; n = xml_again(n))
        find_component(c, n, a);
    return true;
}

static const char *const files[] = {"verification-metadata.xml", NULL};
const struct detector detector_gradle_verification = {
    .name = "gradle/verification", .of_project = true, .files = files, .purl_types = "maven", .read = read};
