/* SPDX-License-Identifier: Apache-2.0
 *
 * .gitmodules: path and url of each submodule. Its commit stands in git's index; a checked-out submodule has it in
 * .git/modules/NAME/HEAD.
 */
#include "collect/detectors.h"
#include "collect/ini.h"

struct submodule {
    str name, path, url, branch;
    uint32_t line;
};

static str commit_of(struct collect *c, const struct found_file *f, struct arena *a, str name) {
    str bytes;
    struct err none = {0};
    str path = arena_printf(a, ".git/modules/%.*s/HEAD", STR_ARG(name));
    if (!name.n || !collect_open(c, f, path, a, &bytes, &none) || !is_commit(str_trim(bytes)))
        return (str){0};
    return str_trim(bytes);
}

static void find_submodule(struct collect *c, const struct found_file *f, struct arena *a, const struct submodule *m) {
    struct sbom_property properties[2] = {{S("akashi:path"), m->path}};
    struct find find = {.line = m->line, .direct = DIRECT_YES, .properties = properties, .n_properties = 1};
    if (!m->name.p)
        return;
    if (m->branch.n)
        properties[find.n_properties++] = (struct sbom_property){S("akashi:branch"), m->branch};
    if (find_repository(a, m->url, commit_of(c, f, a, m->name), &find))
        collect_find(c, &find);
    else
        collect_unidentified(c, m->name, str_of(_("its address is relative to where this repository came from")));
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct ini_line at = {0};
    struct submodule m = {0};
    (void)e;
    for (struct lines l = {.rest = bytes}; ini_next(&l, &at);) {
        if (!at.key.p) {
            find_submodule(c, f, a, &m);
            m = (struct submodule){.line = at.line};
            if (str_starts(at.section, S("submodule ")))
                m.name = unquote(str_trim(str_from(at.section, 10)));
        } else if (str_is(at.key, "path")) {
            m.path = at.value;
        } else if (str_is(at.key, "url")) {
            m.url = at.value;
        } else if (str_is(at.key, "branch")) {
            m.branch = at.value;
        }
    }
    find_submodule(c, f, a, &m);
    return true;
}

static const char *const files[] = {".gitmodules", NULL};
static const char *const opens[] = {"HEAD", NULL};
const struct detector detector_git_modules = {.name = "git/submodules",
                                              .of_project = true,
                                              .files = files,
                                              .purl_types = "github git",
                                              .opens = opens,
                                              .read = read};
