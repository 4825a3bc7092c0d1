/* SPDX-License-Identifier: Apache-2.0
 *
 * stack.yaml.lock (Haskell Stack): packages[].completed is "hackage: name-version@sha256:…,size" (the digest is of the
 * .cabal file), or name and version with a git commit or an archive. Packages of the snapshot are not listed in it.
 */
#include "base/tree.h"
#include "collect/detectors.h"
#include "collect/report.h"

/* "name-1.2.3": a version is digits and dots behind the last '-'. */
static bool split(str text, str *name, str *version) {
    str rest;
    (void)str_cut(text, '@', &text, &rest);
    if (!str_rcut(text, '-', name, version) || !name->n || !version->n)
        return false;
    for (size_t i = 0; i < version->n; i++)
        if (!ch_digit(version->p[i]) && version->p[i] != '.')
            return false;
    return true;
}

static void find_package(struct collect *c, struct arena *a, const struct json *doc, struct jv completed) {
    str hackage = j_gets(completed, "hackage"), git = j_gets(completed, "git"), url = j_gets(completed, "url");
    struct purl_qualifier vcs;
    struct find find = {.type = "hackage", .line = report_line(doc, completed), .direct = DIRECT_YES};
    if (hackage.n ? !split(hackage, &find.name, &find.version) : !j_gets(completed, "name").n)
        return report_nameless(c, hackage.n ? hackage : url.n ? url : git);
    if (!hackage.n) {
        find.name = j_gets(completed, "name");
        find.version = j_gets(completed, "version");
        find.download = url;
    }
    if (git.n) {
        vcs = (struct purl_qualifier){
            S("vcs_url"), arena_printf(a, "git+%.*s@%.*s", STR_ARG(git), STR_ARG(j_gets(completed, "commit")))};
        find.qualifiers = &vcs;
        find.n_qualifiers = 1;
    }
    collect_find(c, &find);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    if (!yaml_parse(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &doc, e))
        return false;
    if (!j_is_obj(doc.root))
        return report_malformed(a, f, 0, "stack.yaml.lock", e);
    for (struct jiter it = j_iter(j_get(doc.root, "packages")); j_next(&it);)
        find_package(c, a, &doc, j_get(it.val, "completed"));
    return true;
}

static const char *const files[] = {"stack.yaml.lock", NULL};
const struct detector detector_stack_lock = {
    .name = "haskell/stack", .of_project = true, .files = files, .purl_types = "hackage", .read = read};
