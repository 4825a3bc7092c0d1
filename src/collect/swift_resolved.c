/* SPDX-License-Identifier: Apache-2.0
 *
 * Package.resolved (Swift Package Manager): version 1 has object.pins with package and repositoryURL, versions 2 and 3
 * have pins with identity, kind and location. A pin without a version stands at a revision of a branch.
 */
#include "collect/detectors.h"
#include "collect/report.h"

/* pkg:swift has the host in front: github.com/apple/swift-nio. */
static bool name_by_url(struct arena *a, str url, struct find *out) {
    if (!find_repository(a, url, out->version, out))
        return false;
    if (strcmp(out->type, "git") != 0)
        out->ns = arena_printf(a, "%s/%.*s", strcmp(out->type, "github") == 0 ? "github.com" : "bitbucket.org",
                               STR_ARG(out->ns));
    out->type = "swift";
    return true;
}

static void find_pin(struct collect *c, struct arena *a, struct jv pin) {
    struct jv state = j_get(pin, "state");
    str url = j_gets(pin, "location"), name = j_gets(pin, "identity"), revision = j_gets(state, "revision");
    url = url.n ? url : j_gets(pin, "repositoryURL");
    name = name.n ? name : j_gets(pin, "package");
    struct sbom_property properties[2];
    struct find find = {.type = "swift", .version = j_gets(state, "version"), .properties = properties};
    if (revision.n)
        properties[find.n_properties++] = (struct sbom_property){S("akashi:commit"), revision};
    if (j_gets(state, "branch").n)
        properties[find.n_properties++] = (struct sbom_property){S("akashi:branch"), j_gets(state, "branch")};
    if (!find.version.n)
        find.version = revision;
    if (!name_by_url(a, url, &find)) {
        find.type = "swift";
        (void)str_cut(name, '.', &find.ns, &find.name); /* a registry's "scope.name" */
        if (!find.name.n) {
            find.ns = (str){0};
            find.name = name;
        }
    }
    if (find.name.n)
        collect_find(c, &find);
    else
        report_nameless(c, url.n ? url : S("pin"));
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!report_json(c, f, bytes, a, "Package.resolved", &doc, e))
        return false;
    struct jv pins = j_get(doc.root, "pins");
    if (!j_ok(pins))
        pins = j_get2(doc.root, "object", "pins");
    if (j_ok(pins) && !j_is_arr(pins))
        return report_malformed(a, f, 0, "Package.resolved", e);
    for (struct jiter it = j_iter(pins); j_next(&it);)
        find_pin(c, a, it.val);
    return true;
}

static const char *const files[] = {"Package.resolved", ".package.resolved", NULL};
const struct detector detector_swift_resolved = {
    .name = "swift/resolved", .of_project = true, .files = files, .purl_types = "swift", .read = read};
