/* SPDX-License-Identifier: Apache-2.0
 *
 * subprojects/NAME.wrap (Meson): [wrap-file] with source_url, source_hash and directory, [wrap-git] with url and
 * revision. The WrapDB's own version ends in its revision: 1.2.13-4.
 */
#include "base/file.h"
#include "collect/detectors.h"
#include "collect/download.h"
#include "collect/ini.h"

static str upstream_version(str wrapdb) {
    str version, revision;
    return str_rcut(wrapdb, '-', &version, &revision) ? version : wrapdb;
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct download d = {.direct = DIRECT_YES};
    struct ini_line at = {0};
    str name = path_base(f->path), directory = {0}, wrapdb = {0};
    bool git = false, wrap = false;
    d.name = str_upto(name, name.n - 5);
    for (struct lines l = {.rest = bytes}; ini_next(&l, &at);) {
        if (!at.key.p) {
            git |= str_is(at.section, "wrap-git");
            wrap |= str_starts(at.section, S("wrap-"));
            d.line = d.line ? d.line : at.line;
        } else if (str_starts(at.section, S("wrap-"))) {
            if (str_is(at.key, "source_url"))
                d.url = at.value;
            else if (str_is(at.key, "url"))
                d.git = at.value;
            else if (str_is(at.key, "revision"))
                d.ref = at.value;
            else if (str_is(at.key, "directory"))
                directory = at.value;
            else if (str_is(at.key, "wrapdb_version"))
                wrapdb = at.value;
            else if (str_is(at.key, "source_hash") && !hash_hex(a, "SHA-256", at.value, &d.hash))
                d.hash = (struct sbom_hash){0};
        }
    }
    if (!wrap)
        return report_malformed(a, f, 0, "Meson wrap", e);
    if (wrapdb.n)
        d.version = upstream_version(wrapdb);
    else if (str_starts(directory, d.name) && directory.n > d.name.n + 1)
        d.version = str_from(directory, d.name.n + 1);
    if (!git)
        d.git = d.ref = (str){0};
    if (git && str_ieq(d.ref, S("head")))
        d.ref = (str){0};
    if (d.url.n || d.git.n)
        download_find(c, a, &d);
    return true;
}

static const char *const files[] = {"*.wrap", NULL};
const struct detector detector_meson_wrap = {
    .name = "cpp/meson-wrap", .of_project = true, .files = files, .purl_types = "github git generic", .read = read};
