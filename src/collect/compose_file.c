/* SPDX-License-Identifier: Apache-2.0
 *
 * compose.yaml, docker-compose.yml: services.*.image of services that are not built here.
 */
#include "base/tree.h"
#include "collect/detectors.h"
#include "collect/image_ref.h"

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e))
        return false;
    for (struct jiter it = j_iter(j_get(doc.root, "services")); j_next(&it);) {
        struct jv image = j_get(it.val, "image");
        if (j_str(image).n && !j_ok(j_get(it.val, "build")))
            image_ref_find(
                c, a, j_str(image),
                &(struct find){.line = report_line(&doc, image), .direct = DIRECT_YES, .scope = SCOPE_REQUIRED});
    }
    return true;
}

static const char *const files[] = {
    "compose.yaml",          "compose.yml", "docker-compose.yaml", "docker-compose.yml", "docker-compose.*.yml",
    "docker-compose.*.yaml", NULL};
const struct detector detector_compose_file = {
    .name = "oci/compose", .of_project = true, .files = files, .purl_types = "oci docker", .read = read};
