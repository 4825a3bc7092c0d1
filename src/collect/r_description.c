/* SPDX-License-Identifier: Apache-2.0
 *
 * DESCRIPTION of an R package. An installed one has a Built field; one in a source tree is the project.
 */
#include "base/file.h"
#include "collect/deb822.h"
#include "collect/detectors.h"
#include "collect/report.h"

static bool is_r(str name) { return str_is(name, "R"); }

/* "R (>= 4.0), methods, Rcpp (>= 1.0)" */
static void edges_of(struct collect *c, struct arena *a, str library, str from, str list) {
    str item, name, rest;
    while (str_next(&list, ',', &item)) {
        (void)str_cut(item, '(', &name, &rest);
        name = str_trim(name);
        if (name.n && !is_r(name))
            collect_edge(c, from, library_key(a, "cran", library, name));
    }
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    static const char *const lists[] = {"Depends", "Imports", "LinkingTo"};
    struct deb822_reader r = deb822_begin(bytes, f->path);
    struct deb822 *d = arena_new_of(a, struct deb822);
    struct err none = {0};
    (void)e;
    if (!deb822_next(&r, d, &none))
        return true; /* other things are called DESCRIPTION too */
    str name = deb822_get(d, "Package"), version = deb822_get(d, "Version"), repository = deb822_get(d, "Repository");
    bool r_package = deb822_get(d, "License").n || deb822_get(d, "Built").n || deb822_get(d, "Priority").n;
    if (!name.n || !version.n || !r_package)
        return true;
    str library = path_dir(path_dir(f->path)), key = library_key(a, "cran", library, name);
    bool bioconductor = deb822_get(d, "biocViews").n > 0 && !str_is(repository, "CRAN");
    struct sbom_property remote = {S("akashi:commit"), deb822_get(d, "RemoteSha")};
    collect_find(c, &(struct find){.type = bioconductor ? "bioconductor" : "cran",
                                   .name = name,
                                   .version = version,
                                   .key = key,
                                   .licence = deb822_get(d, "License"),
                                   .description = deb822_get(d, "Title"),
                                   .supplier = deb822_get(d, "Maintainer"),
                                   .homepage = deb822_get(d, "URL"),
                                   .properties = &remote,
                                   .n_properties = is_commit(remote.value),
                                   .unless_owned = true,
                                   .is_project = !deb822_get(d, "Built").n});
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        edges_of(c, a, library, key, deb822_get(d, lists[i]));
    return true;
}

static const char *const files[] = {"DESCRIPTION", NULL};
const struct detector detector_r_description = {
    .name = "r/description", .files = files, .purl_types = "cran", .read = read};
