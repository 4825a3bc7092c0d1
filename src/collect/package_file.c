/* SPDX-License-Identifier: Apache-2.0
 *
 * Package files that were not installed: .deb, and the archives with a .PKGINFO of Alpine and Arch. What they hold is
 * looked into as well.
 */
#include "base/file.h"
#include "base/unpack.h"
#include "collect/deb822.h"
#include "collect/detectors.h"
#include "collect/rpm_header.h"

/* What a package manager downloaded to install it is in its database already. */
bool package_is_cached(const struct found_file *f) {
    return str_starts(f->path, S("var/cache/")) || str_find(f->path, S("/var/cache/")) != STR_NONE;
}

/* ── .deb: an ar archive of control.tar.* and data.tar.* ── */

static bool read_control(struct collect *c, const struct found_file *f, struct arena *a, str control, struct err *e) {
    struct deb822_reader in = deb822_begin(control, f->path);
    struct deb822 d;
    struct purl_qualifier q[3];
    str source, source_version = {NULL, 0}, first;
    if (!deb822_next(&in, &d, e))
        return e->kind != ERR_NONE ? false : err_set(e, ERR_INPUT, f->path, _("the control file is empty"));
    str maintainer = deb822_get(&d, "Maintainer"), description = deb822_get(&d, "Description");
    struct distro ubuntu = {.id = S("ubuntu")},
                  *guess = str_find(maintainer, S("ubuntu.com")) != STR_NONE ? &ubuntu : NULL;
    struct find find = {.type = "deb",
                        .ns = guess ? guess->id : S("debian"),
                        .name = deb822_get(&d, "Package"),
                        .version = deb822_get(&d, "Version"),
                        .supplier = maintainer,
                        .homepage = deb822_get(&d, "Homepage"),
                        .qualifiers = q};
    if (!find.name.n || !find.version.n)
        return err_set(e, ERR_INPUT, f->path, _("the control file has no Package or no Version"));
    deb_source(deb822_get(&d, "Source"), &source, &source_version);
    find.description = str_line(&description, &first) ? first : description;
    find.n_qualifiers = deb_qualifiers(a, guess, deb822_get(&d, "Architecture"), source, source_version, find.name,
                                       find.version, q);
    collect_find(c, &find);
    return true;
}

static bool read_control_tar(struct collect *c, const struct found_file *f, struct arena *a, struct unpack *outer,
                             str bytes, struct err *e) {
    struct unpack *u;
    struct entry entry;
    bool ok = unpack_open_inner(outer, bytes, f->path, &u, e), found = false;
    while (ok && !found && unpack_next(u, &entry, e)) {
        str text;
        if (!str_is(entry.path, "control"))
            continue;
        found = true;
        ok = unpack_read(u, a, &text, e) && read_control(c, f, a, text, e);
    }
    unpack_close(u);
    if (ok && !found)
        ok = e->kind == ERR_NONE && err_set(e, ERR_INPUT, f->path, _("the package has no control file"));
    return ok;
}

static bool read_deb(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct unpack *u;
    struct entry entry;
    bool control = false;
    if (package_is_cached(f))
        return true;
    if (!unpack_open_text(collect_ctx(c), bytes, f->path, &u, e))
        return false;
    bool ok = true;
    while (ok && unpack_next(u, &entry, e)) {
        str part;
        if (str_starts(entry.path, S("control.tar"))) {
            control = true;
            ok = unpack_read(u, a, &part, e) && read_control_tar(c, f, a, u, part, e);
        } else if (str_starts(entry.path, S("data.tar"))) {
            ok = unpack_read(u, a, &part, e);
            if (ok)
                collect_inside(c, f, part);
        }
    }
    ok = ok && e->kind == ERR_NONE;
    unpack_close(u);
    return ok && (control || err_set(e, ERR_INPUT, f->path, _("the package has no control file")));
}

static const char *const deb_files[] = {"*.deb", "*.udeb", NULL};
const struct detector detector_deb_file = {
    .name = "package/deb", .files = deb_files, .purl_types = "deb", .read = read_deb};

static const char *const ipk_files[] = {"*.ipk", NULL};

/* OpenWrt's .ipk is the same members in a tar archive. */
const struct detector detector_ipk_file = {
    .name = "package/ipk", .files = ipk_files, .purl_types = "deb", .read = read_deb};

/* ── .PKGINFO: lines "key = value" ── */

struct pkginfo {
    str name, version, arch, origin, base, licence, url, description, packager;
};

static struct pkginfo parse_pkginfo(str text) {
    struct pkginfo p = {0};
    const struct {
        const char *key;
        str *to;
    } keys[] = {{"pkgname", &p.name},  {"pkgver", &p.version},      {"arch", &p.arch},
                {"origin", &p.origin}, {"pkgbase", &p.base},        {"license", &p.licence},
                {"url", &p.url},       {"pkgdesc", &p.description}, {"packager", &p.packager}};
    str line, key, value;
    while (str_line(&text, &line)) {
        if (line.n == 0 || line.p[0] == '#' || !str_cut(line, '=', &key, &value))
            continue;
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
            if (str_is(str_trim(key), keys[i].key) && !keys[i].to->n)
                *keys[i].to = str_trim(value);
    }
    return p;
}

static bool report_pkginfo(struct collect *c, const struct found_file *f, struct arena *a, str text, struct err *e) {
    struct pkginfo p = parse_pkginfo(text);
    bool arch_linux = str_find(f->path, S(".pkg.tar")) != STR_NONE;
    struct purl_qualifier q[3];
    struct find find = {.type = arch_linux ? "alpm" : "apk",
                        .ns = arch_linux ? S("arch") : S("alpine"),
                        .name = p.name,
                        .version = p.version,
                        .licence = p.licence,
                        .homepage = p.url,
                        .description = p.description,
                        .supplier = p.packager,
                        .qualifiers = q};
    if (!p.name.n || !p.version.n)
        return err_set(e, ERR_INPUT, f->path, _("its .PKGINFO has no name or no version"));
    find.n_qualifiers = deb_qualifiers(a, NULL, p.arch, arch_linux ? p.base : p.origin, (str){NULL, 0}, p.name,
                                       p.version, q);
    collect_find(c, &find);
    return true;
}

static bool read_pkginfo(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct unpack *u;
    struct entry entry;
    str text = {NULL, 0};
    /* Android calls its applications .apk too; those are zip archives. */
    if (str_starts(bytes, S("PK")) || package_is_cached(f))
        return true;
    if (!unpack_open_text(collect_ctx(c), bytes, f->path, &u, e))
        return false;
    bool ok = true;
    while (ok && !text.p && unpack_next(u, &entry, e))
        if (str_is(entry.path, ".PKGINFO"))
            ok = unpack_read(u, a, &text, e);
    unpack_close(u);
    if (!ok || e->kind != ERR_NONE)
        return false;
    if (!text.p)
        return err_set(e, ERR_INPUT, f->path, _("the package has no .PKGINFO"));
    if (!report_pkginfo(c, f, a, text, e))
        return false;
    collect_inside(c, f, bytes);
    return true;
}

static const char *const pkginfo_files[] = {"*.apk", "*.pkg.tar.zst", "*.pkg.tar.xz", "*.pkg.tar.gz", NULL};
const struct detector detector_pkginfo_file = {
    .name = "package/pkginfo", .files = pkginfo_files, .purl_types = "apk alpm", .read = read_pkginfo};
