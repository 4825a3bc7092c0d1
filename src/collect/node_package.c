/* SPDX-License-Identifier: Apache-2.0
 *
 * package.json: of an installed package (in node_modules, or in Debian's /usr/share/nodejs) what is installed; anywhere
 * else only who the project is: what it asks for is a wish until a lock file or node_modules answers it.
 */
#include "collect/npm.h"

/* The folder path in which a package of that depth is installed: ".../node_modules/name" or "…/@scope/name". */
static bool is_installed(str path) {
    static const str homes[] = {S_INIT("node_modules/"), S_INIT("share/nodejs/")};
    str folder, base;
    str_rcut(path, '/', &folder, &base);
    for (size_t h = 0; h < sizeof homes / sizeof *homes; h++) {
        str name, rest = folder;
        if (!str_rcut(folder, '/', &rest, &name))
            continue;
        str scope = rest, above;
        bool scoped = str_rcut(rest, '/', &above, &scope) && scope.n && scope.p[0] == '@';
        str home = scoped ? str_upto(folder, above.n + 1) : str_upto(folder, rest.n + 1);
        bool boundary = home.n == homes[h].n || (home.n > homes[h].n && home.p[home.n - homes[h].n - 1] == '/');
        if (str_ends(home, homes[h]) && boundary && name.n && name.p[0] != '.')
            return true;
    }
    return false;
}

/* "author" is text ("Name <mail> (site)") or an object. */
static str author_of(struct jv package) {
    struct jv v = j_get(package, "author");
    str text = j_is_str(v) ? j_str(v) : j_gets(v, "name"), rest;
    str_cut(text, '<', &text, &rest);
    str_cut(text, '(', &text, &rest);
    text = str_trim(text);
    return text.n ? text : (str){NULL, 0};
}

static void read_sums(struct arena *a, struct jv package, struct sbom_hashes *hashes) {
    npm_integrity(a, j_gets(package, "_integrity"), hashes); /* npm before 7 wrote it into the installed file */
    if (!hashes->n)
        npm_hex_hash(a, j_gets(package, "_shasum"), hashes);
}

static bool package_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    struct sbom_hashes hashes = {0};
    struct find x = {.type = "npm", .is_project = !is_installed(f->path)};
    bool inside = str_starts(f->path, S("node_modules/")) || str_find(f->path, S("/node_modules/")) != STR_NONE;
    if (x.is_project && inside)
        return true; /* what an installed package keeps for its own tests and builds */
    if (!json_parse(collect_ctx(c), a, bytes, JSON_DUPLICATES_OK, f->path, &doc, e))
        return false;
    str name = j_gets(doc.root, "name");
    if (!name.n)
        return true; /* such files only set "type" or build options for a folder */
    if (!npm_name(name, &x.ns, &x.name)) {
        if (!x.is_project)
            collect_unidentified(c, name, str_of(_("this is no npm package name")));
        return true;
    }
    x.version = j_gets(doc.root, "version");
    if (!x.is_project && !x.version.n)
        return true;
    x.licence = npm_licence(a, doc.root);
    x.description = j_gets(doc.root, "description");
    x.homepage = j_gets(doc.root, "homepage");
    x.author = author_of(doc.root);
    x.download = j_gets(doc.root, "_resolved");
    x.line = 1;
    read_sums(a, doc.root, &hashes);
    x.hashes = hashes.v;
    x.n_hashes = hashes.n;
    collect_find(c, &x);
    return true;
}

const struct detector detector_node_package = {
    .name = "npm/package-json",
    .files = (const char *const[]){"package.json", NULL},
    .purl_types = "npm",
    .read = package_read,
};
