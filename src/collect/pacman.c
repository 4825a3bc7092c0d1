/* SPDX-License-Identifier: Apache-2.0
 *
 * Arch Linux's package database: var/lib/pacman/local/NAME-VERSION/desc, blocks of "%KEY%" and lines, and beside it the
 * list of files.
 */
#include "base/file.h"
#include "collect/deb822.h"
#include "collect/detectors.h"

/* First line of a block; absent when there is no such block. */
static str block(str text, const char *key, str *all) {
    str line, first = {NULL, 0};
    bool inside = false;
    *all = (str){NULL, 0};
    while (str_line(&text, &line)) {
        if (line.n > 2 && line.p[0] == '%' && line.p[line.n - 1] == '%') {
            if (inside)
                break;
            inside = str_is(str_n(line.p + 1, line.n - 2), key);
        } else if (inside && line.n) {
            if (!first.p)
                all->p = first.p = line.p, first.n = line.n;
            all->n = (size_t)(line.p + line.n - all->p);
        }
    }
    return first;
}

static str name_of(str dependency) {
    size_t end = 0;
    while (end < dependency.n && !memchr("<>=:", dependency.p[end], 4))
        end++;
    return str_upto(dependency, end);
}

static bool read_desc(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    str all, line, files, key;
    struct purl_qualifier q[3];
    const struct distro *d = collect_distro(c, f);
    struct find find = {.type = "alpm",
                        .ns = d ? d->id : S("arch"),
                        .name = block(bytes, "NAME", &all),
                        .version = block(bytes, "VERSION", &all),
                        .licence = block(bytes, "LICENSE", &all),
                        .homepage = block(bytes, "URL", &all),
                        .description = block(bytes, "DESC", &all),
                        .supplier = block(bytes, "PACKAGER", &all),
                        .qualifiers = q};
    if (!find.name.n || !find.version.n)
        return err_set(e, ERR_INPUT, f->path, _("a package without name or version is left out"));
    key = find.key = arena_cat(a, S("@alpm:"), find.name);
    find.n_qualifiers = deb_qualifiers(a, d, block(bytes, "ARCH", &all), block(bytes, "BASE", &all), (str){NULL, 0},
                                       find.name, find.version, q);
    collect_find(c, &find);
    block(bytes, "DEPENDS", &all);
    while (str_line(&all, &line))
        collect_edge(c, key, arena_cat(a, S("@alpm:"), name_of(line)));
    str root = collect_fs_root(f, "var/lib/pacman/local");
    if (collect_open(c, f, S("files"), a, &files, NULL)) {
        block(files, "FILES", &all);
        while (str_line(&all, &line))
            collect_owns(c, key, root, line);
    }
    return true;
}

static const char *const files[] = {"pacman/local/*/desc", NULL};
static const char *const opens[] = {"pacman/local/*/files", NULL};
const struct detector detector_pacman = {
    .name = "os/pacman", .files = files, .opens = opens, .purl_types = "alpm", .read = read_desc};
