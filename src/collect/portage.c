/* SPDX-License-Identifier: Apache-2.0
 *
 * Gentoo's package database: var/db/pkg/CATEGORY/NAME-VERSION/, one small file per fact.
 */
#include "base/file.h"
#include "collect/detectors.h"

/* "openssl-3.0.12-r1" → openssl, 3.0.12-r1: the version begins behind the last '-' in front of a digit, and a revision
 * belongs to it (PMS §3.1.2). */
static bool split(str text, str *name, str *version) {
    size_t end = text.n;
    for (int parts = 0; parts < 2; parts++) {
        str head = str_upto(text, end);
        size_t dash = str_rchr(head, '-');
        if (dash == STR_NONE || dash + 1 >= head.n)
            return false;
        char c = head.p[dash + 1];
        if (ch_digit(c)) {
            *name = str_upto(text, dash);
            *version = str_from(text, dash + 1);
            return name->n > 0;
        }
        if (c != 'r')
            return false;
        end = dash;
    }
    return false;
}

static str fact(struct collect *c, const struct found_file *f, struct arena *a, const char *name) {
    str text;
    return collect_open(c, f, str_of(name), a, &text, NULL) ? str_trim(text) : (str){NULL, 0};
}

/* CONTENTS: "obj /usr/bin/x MD5 TIME", "sym /a -> b TIME", "dir /usr". */
static void report_files(struct collect *c, const struct found_file *f, str key, str contents) {
    str root = collect_fs_root(f, "var/db/pkg"), line, path, rest;
    while (str_line(&contents, &line)) {
        if (!str_starts(line, S("obj ")))
            continue;
        line = str_from(line, 4);
        /* A path may hold spaces; sum and time stand behind it. */
        if (str_rcut(line, ' ', &path, &rest) && str_rcut(path, ' ', &path, &rest))
            collect_owns(c, key, root, path);
    }
}

static bool read_contents(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    str folder = path_dir(f->path), name, version, slot = fact(c, f, a, "SLOT"), repo = fact(c, f, a, "repository");
    struct purl_qualifier q[2];
    (void)e;
    if (!split(path_base(folder), &name, &version))
        return err_set(e, ERR_INPUT, f->path, _("the folder's name is not NAME-VERSION"));
    struct find find = {.type = "ebuild",
                        .ns = path_base(path_dir(folder)),
                        .name = name,
                        .version = version,
                        .licence = fact(c, f, a, "LICENSE"),
                        .homepage = fact(c, f, a, "HOMEPAGE"),
                        .description = fact(c, f, a, "DESCRIPTION"),
                        .qualifiers = q,
                        .key = S("package")};
    if (slot.n)
        q[find.n_qualifiers++] = (struct purl_qualifier){S("slot"), slot};
    if (repo.n)
        q[find.n_qualifiers++] = (struct purl_qualifier){S("repository"), repo};
    collect_find(c, &find);
    report_files(c, f, find.key, bytes);
    return true;
}

static const char *const files[] = {"var/db/pkg/*/*/CONTENTS", NULL};
static const char *const opens[] = {"var/db/pkg/*/*/SLOT",       "var/db/pkg/*/*/LICENSE",
                                    "var/db/pkg/*/*/HOMEPAGE",   "var/db/pkg/*/*/DESCRIPTION",
                                    "var/db/pkg/*/*/repository", NULL};
const struct detector detector_portage = {
    .name = "os/portage", .files = files, .opens = opens, .purl_types = "ebuild", .read = read_contents};
