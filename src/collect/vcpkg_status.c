/* SPDX-License-Identifier: Apache-2.0
 *
 * vcpkg's own database of what is installed: …/vcpkg/status, paragraphs as dpkg has them. A paragraph with Feature adds
 * to the port of the same name and triplet.
 */
#include "collect/deb822.h"
#include "collect/detectors.h"
#include "collect/report.h"

static void edges_of(struct collect *c, struct arena *a, str from, str triplet, str list) {
    str item, name, rest;
    while (str_next(&list, ',', &item)) {
        (void)str_cut(str_trim(item), '[', &name, &rest); /* port[feature]:triplet */
        (void)str_cut(name, ':', &name, &rest);
        if (name.n)
            collect_edge(c, from, arena_printf(a, "%.*s:%.*s", STR_ARG(name), STR_ARG(triplet)));
    }
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct deb822_reader r = deb822_begin(bytes, f->path);
    struct deb822 *d = arena_new_of(a, struct deb822);
    while (deb822_next(&r, d, e)) {
        str name = deb822_get(d, "Package"), triplet = deb822_get(d, "Architecture"),
            port = deb822_get(d, "Port-Version");
        if (!str_ends(deb822_get(d, "Status"), S(" installed")))
            continue;
        if (!name.n) {
            report_nameless(c, f->path);
            continue;
        }
        struct purl_qualifier qualifiers[2];
        struct find find = {.type = "vcpkg",
                            .name = name,
                            .version = deb822_get(d, "Version"),
                            .line = d->line,
                            .key = arena_printf(a, "%.*s:%.*s", STR_ARG(name), STR_ARG(triplet)),
                            .description = deb822_get(d, "Description"),
                            .qualifiers = qualifiers};
        if (port.n && !str_is(port, "0"))
            qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("port_version"), port};
        if (triplet.n)
            qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("triplet"), triplet};
        if (!deb822_get(d, "Feature").n)
            collect_find(c, &find);
        edges_of(c, a, find.key, triplet, deb822_get(d, "Depends"));
    }
    return e->kind == ERR_NONE;
}

static const char *const files[] = {"vcpkg/status", NULL};
const struct detector detector_vcpkg_status = {
    .name = "cpp/vcpkg-status", .files = files, .purl_types = "vcpkg", .read = read};
