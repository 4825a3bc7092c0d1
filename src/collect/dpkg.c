/* SPDX-License-Identifier: Apache-2.0
 *
 * Debian's package database: var/lib/dpkg/status, and var/lib/dpkg/status.d/ of images without dpkg. Also opkg's, which
 * has the same notation.
 */
#include "base/file.h"
#include "collect/deb822.h"
#include "collect/detectors.h"

struct package {
    str name, version, arch, multi_arch, status, source, source_version, maintainer, homepage, description, section,
        depends, pre;
    uint32_t line;
};
VEC_NAMED(packages, struct package);

static struct package package_of(const struct deb822 *d) {
    struct package p = {.name = deb822_get(d, "Package"), .version = deb822_get(d, "Version"), .line = d->line};
    p.arch = deb822_get(d, "Architecture");
    p.multi_arch = deb822_get(d, "Multi-Arch");
    p.status = deb822_get(d, "Status");
    p.maintainer = deb822_get(d, "Maintainer");
    p.homepage = deb822_get(d, "Homepage");
    p.depends = deb822_get(d, "Depends");
    p.pre = deb822_get(d, "Pre-Depends");
    str source = deb822_get(d, "Source");
    if (source.n)
        deb_source(source, &p.source, &p.source_version);
    str first;
    str description = deb822_get(d, "Description");
    p.description = str_line(&description, &first) ? first : description;
    return p;
}

struct reader {
    struct collect *c;
    const struct found_file *f;
    struct arena *a;
    const struct distro *distro;
    const char *type;
    str ns, fs_root;
    bool status_d; /* one file per package, which has no Status */
};

static void report(struct reader *r, const struct package *p) {
    struct purl_qualifier q[3];
    struct find find = {.type = r->type,
                        .ns = r->ns,
                        .name = p->name,
                        .version = p->version,
                        .line = p->line,
                        .supplier = p->maintainer,
                        .homepage = p->homepage,
                        .description = p->description,
                        .qualifiers = q};
    find.n_qualifiers = deb_qualifiers(r->a, r->distro, p->arch, p->source, p->source_version, p->name, p->version, q);
    /* What is left of a removed package is its configuration: listed, but nothing that runs. */
    struct sbom_property left = {S("akashi:dpkg-status"), S("config-files")};
    if (str_ends(p->status, S(" config-files"))) {
        find.scope = SCOPE_EXCLUDED;
        find.properties = &left;
        find.n_properties = 1;
    }
    find.key = arena_printf(r->a, "%.*s:%.*s", STR_ARG(p->name), STR_ARG(p->arch));
    find.licence = deb_copyright(r->c, r->f, r->a, r->fs_root, p->name);
    collect_find(r->c, &find);
}

/* Files of each installed package, one path per line. */
static void report_files(struct reader *r, const struct package *p) {
    str text, line, key = arena_printf(r->a, "%.*s:%.*s", STR_ARG(p->name), STR_ARG(p->arch));
    struct arena *tmp = arena_new();
    str folder = arena_printf(tmp, "/%.*s%svar/lib/dpkg/info/%.*s", STR_ARG(r->fs_root), r->fs_root.n ? "/" : "",
                              STR_ARG(p->name));
    str plain = arena_cat(tmp, folder, S(".list"));
    str with_arch = arena_printf(tmp, "%.*s:%.*s.list", STR_ARG(folder), STR_ARG(p->arch));
    /* Packages that may stand there once per architecture have it in the name, but did not always. */
    bool several = str_is(p->multi_arch, "same");
    if (collect_open(r->c, r->f, several ? with_arch : plain, tmp, &text, NULL) ||
        collect_open(r->c, r->f, several ? plain : with_arch, tmp, &text, NULL))
        while (str_line(&text, &line))
            collect_owns(r->c, key, r->fs_root, line);
    arena_free(tmp);
}

/* Depends of an installed package lead to installed packages of that name (or that provide it). */
static void report_edges(struct reader *r, const struct packages *all, const struct map *by_name) {
    for (uint32_t i = 0; i < all->n; i++) {
        const struct package *p = &all->v[i];
        str from = arena_printf(r->a, "%.*s:%.*s", STR_ARG(p->name), STR_ARG(p->arch));
        str lists[] = {p->depends, p->pre}, list, group, word;
        for (size_t k = 0; k < 2; k++)
            for (list = lists[k]; str_next(&list, ',', &group);)
                while (str_next(&group, '|', &word)) {
                    word = str_trim(word);
                    size_t end = 0;
                    while (end < word.n && !ch_space(word.p[end]) && word.p[end] != ':' && word.p[end] != '(')
                        end++;
                    const struct package *to = map_get(by_name, str_upto(word, end));
                    if (to)
                        collect_edge(r->c, from, arena_printf(r->a, "%.*s:%.*s", STR_ARG(to->name), STR_ARG(to->arch)));
                }
    }
}

static bool read_packages(struct reader *r, str bytes, struct packages *all, struct err *e) {
    struct deb822 d;
    struct deb822_reader in = deb822_begin(bytes, r->f->path);
    while (deb822_next(&in, &d, e)) {
        struct package p = package_of(&d);
        bool gone = str_ends(p.status, S(" not-installed"));
        if (!p.name.n || !p.version.n) {
            if (!gone)
                ctx_warn(collect_ctx(r->c), arena_printf(r->a, "%.*s:%u", STR_ARG(r->f->path), d.line),
                         _("a package without name or version is left out"));
            continue;
        }
        if (!gone)
            *vec_push(r->a, all) = p;
    }
    return e->kind == ERR_NONE;
}

static bool read_all(struct reader *r, str bytes, struct err *e) {
    struct packages all = {0};
    struct map by_name;
    if (!read_packages(r, bytes, &all, e))
        return false;
    map_init(&by_name, r->a);
    for (uint32_t i = 0; i < all.n; i++) {
        map_put(&by_name, all.v[i].name, NULL)->value = &all.v[i];
        report(r, &all.v[i]);
    }
    report_edges(r, &all, &by_name);
    for (uint32_t i = 0; i < all.n; i++)
        report_files(r, &all.v[i]);
    return true;
}

/* A file called "status" somewhere may be anything; at the top, it is a database copied out of its system. */
static bool is_database(const struct found_file *f, str bytes) {
    str dir = path_base(path_dir(f->path));
    return str_is(dir, "dpkg") || str_is(dir, "status.d") || str_is(f->path, "status") ||
           str_starts(bytes, S("Package: "));
}

static bool read_status(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    if (!is_database(f, bytes) || str_find(f->path, S("/opkg/")) != STR_NONE || str_ends(f->path, S("vcpkg/status")) ||
        str_ends(f->path, S(".md5sums")))
        return true;
    struct reader r = {.c = c, .f = f, .a = a, .distro = collect_distro(c, f), .type = "deb"};
    r.ns = r.distro ? r.distro->id : S("debian");
    r.fs_root = collect_fs_root(f, "var/lib/dpkg");
    return read_all(&r, bytes, e);
}

/* OpenWrt keeps its database in /usr/lib, other systems in /var/lib. */
static bool read_opkg(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct reader r = {.c = c, .f = f, .a = a, .distro = collect_distro(c, f), .type = "opkg"};
    r.fs_root = collect_fs_root(f, "usr/lib/opkg");
    return read_all(&r, bytes, e);
}

static const char *const dpkg_files[] = {"status", "var/lib/dpkg/status.d/*", NULL};
static const char *const dpkg_opens[] = {"var/lib/dpkg/info/*.list", "usr/share/doc/*/copyright", NULL};
const struct detector detector_dpkg = {
    .name = "os/dpkg", .files = dpkg_files, .opens = dpkg_opens, .purl_types = "deb", .read = read_status};

static const char *const opkg_files[] = {"usr/lib/opkg/status", "var/lib/opkg/status", "lib/opkg/status", NULL};
const struct detector detector_opkg = {.name = "os/opkg", .files = opkg_files, .purl_types = "opkg", .read = read_opkg};
