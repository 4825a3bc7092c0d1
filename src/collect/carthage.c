/* SPDX-License-Identifier: Apache-2.0
 *
 * Cartfile.resolved (Carthage): lines `github "owner/name" "v1.2"`, `git "url" "commit"`, `binary "url" "1.2"`.
 * Cartfile beside names the direct ones, Cartfile.private those for development.
 */
#include "base/file.h"
#include "collect/detectors.h"
#include "collect/report.h"

/* Kind and the first one or two quoted texts of a line. */
static bool split(str line, str *kind, str *what, str *version) {
    line = uncomment(line, '#');
    if (!next_word(&line, kind))
        return false;
    *what = between(line, '"', '"');
    size_t behind = what->p ? (size_t)(what->p - line.p) + what->n + 1 : line.n;
    *version = between(str_from(line, behind), '"', '"');
    return what->n > 0;
}

static bool note_manifest(struct collect *c, const struct found_file *f, const char *file, struct arena *a,
                          struct map *out) {
    str bytes, line, kind, what, version;
    struct err none = {0};
    map_init(out, a);
    if (!collect_open(c, f, str_of(file), a, &bytes, &none))
        return false;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);)
        if (split(line, &kind, &what, &version))
            (void)map_put(out, what, NULL);
    return true;
}

/* The name of a binary framework is that of its description: …/Firebase.json. */
static void name_binary(str url, str version, struct find *out) {
    str base = path_base(url);
    out->type = "generic";
    out->name = str_iends(base, S(".json")) ? str_upto(base, base.n - 5) : base;
    out->version = version;
    out->download = url;
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct map direct, private;
    bool told = note_manifest(c, f, "Cartfile", a, &direct);
    (void)note_manifest(c, f, "Cartfile.private", a, &private);
    str line, kind, what, version;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        struct find find = {.line = l.no};
        if (!uncomment(line, '#').n)
            continue;
        if (!split(line, &kind, &what, &version) || !version.n)
            return report_malformed(a, f, l.no, "Cartfile.resolved", e);
        bool dev = map_find(&private, what) && !map_find(&direct, what);
        find.direct = !told ? DIRECT_UNKNOWN : dev || map_find(&direct, what) ? DIRECT_YES : DIRECT_TRANSITIVE;
        find.scope = dev ? SCOPE_DEV : SCOPE_UNKNOWN;
        str url = str_is(kind, "github") && str_find(what, S("://")) == STR_NONE
                      ? arena_cat(a, S("https://github.com/"), what)
                      : what;
        if (str_is(kind, "binary"))
            name_binary(what, version, &find);
        else if (!find_repository(a, url, version, &find)) {
            report_nameless(c, what);
            continue;
        }
        collect_find(c, &find);
    }
    return true;
}

static const char *const files[] = {"Cartfile.resolved", NULL};
static const char *const opens[] = {"Cartfile", "Cartfile.private", NULL};
const struct detector detector_carthage = {.name = "carthage/resolved",
                                           .of_project = true,
                                           .files = files,
                                           .purl_types = "github",
                                           .opens = opens,
                                           .read = read};
