/* SPDX-License-Identifier: Apache-2.0
 *
 * gradle.lockfile: "group:name:version=configuration,…" lines; "empty=…" names configurations without dependencies.
 * buildscript-gradle.lockfile locks what the build itself runs on.
 */
#include "collect/detectors.h"
#include "collect/maven_find.h"

#include "base/file.h"

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    (void)e;
    bool build = str_starts(path_base(f->path), S("buildscript-"));
    str line;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        str coordinates, configurations, group, artifact, version;
        line = uncomment(line, '#');
        if (!line.n)
            continue;
        bool cut = str_cut(line, '=', &coordinates, &configurations);
        if (cut && str_is(str_trim(coordinates), "empty"))
            continue;
        if (!cut || !maven_split(str_trim(coordinates), &group, &artifact, &version) || !version.n) {
            ctx_warn(collect_ctx(c), report_place(a, f, l.no), _("\"%.*s\" is no line of a Gradle lock file"),
                     STR_ARG(str_upto(line, 80)));
            continue;
        }
        struct find find = {.line = l.no, .scope = build ? SCOPE_DEV : gradle_scope(configurations)};
        struct sbom_property requested;
        maven_find(&find, group, artifact, version, &requested);
        collect_find(c, &find);
    }
    return true;
}

static const char *const files[] = {"gradle.lockfile", "buildscript-gradle.lockfile", "*.gradle.lockfile",
                                    "gradle/dependency-locks/*.lockfile", NULL};
const struct detector detector_gradle_lock = {
    .name = "gradle/lock", .of_project = true, .files = files, .purl_types = "maven", .read = read};
