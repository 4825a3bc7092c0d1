/* SPDX-License-Identifier: Apache-2.0
 *
 * packages.config: the packages of an older .NET project, all of them, flat.
 */
#include "base/xml.h"
#include "collect/detectors.h"
#include "collect/report.h"

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct xml_node *root;
    if (!xml_parse(collect_ctx(c), a, bytes, f->path, &root, e))
        return false;
    if (!str_is(root->name, "packages"))
        return report_malformed(a, f, root->line, "packages.config", e);
    for (const struct xml_node *n = xml_child(root, "package"); n; n = xml_again(n)) {
        str id = xml_attr(n, "id"), version = xml_attr(n, "version");
        if (!id.n || !version.n) {
            collect_unidentified(c, id.n ? id : S("package"), str_of(_("its id or version is missing")));
            continue;
        }
        bool dev = str_ieq(xml_attr(n, "developmentDependency"), S("true"));
        collect_find(c, &(struct find){.type = "nuget",
                                       .name = id,
                                       .version = version,
                                       .line = n->line,
                                       .scope = dev ? SCOPE_DEV : SCOPE_REQUIRED});
    }
    return true;
}

static const char *const files[] = {"packages.config", "packages.*.config", NULL};
const struct detector detector_nuget_config = {
    .name = "nuget/config", .of_project = true, .files = files, .purl_types = "nuget", .read = read};
