/* SPDX-License-Identifier: Apache-2.0
 *
 * Support streams of a root filesystem: one minor release of Red Hat Enterprise Linux that is kept longer (EUS, AUS,
 * TUS, E4S), Ubuntu Pro. Told by the repositories in use; kept as property akashi:stream of the operating system.
 */
#include "base/json.h"
#include "collect/detectors.h"
#include "collect/ini.h"

static void report(struct collect *c, const struct found_file *f, const char *distro, str stream) {
    const struct distro *d = collect_distro(c, f);
    struct sbom_property p = {S("akashi:stream"), stream};
    if (d && d->version.n && str_is(d->id, distro)) /* the component of os_release.c, found here too */
        collect_find(
            c,
            &(struct find){.name = d->id, .version = d->version, .kind = TYPE_OS, .properties = &p, .n_properties = 1});
}

/* "rhel-8-for-x86_64-baseos-eus-rpms" → "eus" */
static str stream_of(str repository) {
    str part;
    while (str_next(&repository, '-', &part))
        if (str_is(part, "eus") || str_is(part, "aus") || str_is(part, "tus") || str_is(part, "e4s"))
            return part;
    return (str){NULL, 0};
}

static bool read_yum(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct ini_line at = {0};
    (void)a;
    (void)e;
    for (struct lines l = {.rest = bytes}; ini_next(&l, &at);)
        if (str_is(at.key, "enabled") && str_is(at.value, "1") && stream_of(at.section).n)
            report(c, f, "rhel", stream_of(at.section));
    return true;
}

/* Which repositories an image of Red Hat was built from. */
static bool read_manifest(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!json_parse(collect_ctx(c), a, bytes, JSON_DUPLICATES_OK, f->path, &doc, e))
        return false;
    for (struct jiter it = j_iter(j_get(doc.root, "content_sets")); j_next(&it);)
        if (stream_of(j_str(it.val)).n)
            report(c, f, "rhel", stream_of(j_str(it.val)));
    return true;
}

/* One line "deb …" or a paragraph "URIs: …"; what is switched off counts for nothing. */
static bool read_apt(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    str line, rest = bytes;
    bool used = false, off = false;
    (void)a;
    (void)e;
    while (str_line(&rest, &line)) {
        line = str_trim(line);
        if (line.n && line.p[0] != '#') {
            used |= str_find(line, S("esm.ubuntu.com")) != STR_NONE;
            off |= str_istarts(line, S("Enabled:")) && str_ieq(str_trim(str_from(line, 8)), S("no"));
        }
    }
    if (used && !off)
        report(c, f, "ubuntu", S("pro"));
    return true;
}

/* What `pro status` says. */
static bool read_pro(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!json_parse(collect_ctx(c), a, bytes, JSON_DUPLICATES_OK, f->path, &doc, e))
        return false;
    for (struct jiter it = j_iter(j_get(doc.root, "services")); j_next(&it);)
        if (j_true(j_get(doc.root, "attached")) && str_starts(j_gets(it.val, "name"), S("esm-")) &&
            str_is(j_gets(it.val, "status"), "enabled"))
            report(c, f, "ubuntu", S("pro"));
    return true;
}

static const char *const yum_files[] = {"etc/yum.repos.d/*.repo", NULL};
static const char *const manifest_files[] = {"buildinfo/content_manifests/*.json", NULL};
static const char *const apt_files[] = {"etc/apt/sources.list", "etc/apt/sources.list.d/*.list",
                                        "etc/apt/sources.list.d/*.sources", NULL};
static const char *const pro_files[] = {"var/lib/ubuntu-advantage/status.json", NULL};
const struct detector detector_stream_yum = {
    .name = "os/stream-yum", .files = yum_files, .purl_types = "", .read = read_yum};
const struct detector detector_stream_manifest = {
    .name = "os/stream-manifest", .files = manifest_files, .purl_types = "", .read = read_manifest};
const struct detector detector_stream_apt = {
    .name = "os/stream-apt", .files = apt_files, .purl_types = "", .read = read_apt};
const struct detector detector_stream_pro = {
    .name = "os/stream-pro", .files = pro_files, .purl_types = "", .read = read_pro};
