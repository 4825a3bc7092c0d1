/* SPDX-License-Identifier: Apache-2.0
 *
 * The RPM package database in each of its containers, and package files.
 */
#include "base/file.h"
#include "collect/binary.h"
#include "collect/detectors.h"
#include "collect/rpm_header.h"
#include "collect/rpmdb.h"
#include "store/db.h"

bool rpmdb_is_sqlite(str bytes) { return str_starts(bytes, S("SQLite format 3")); }

bool rpmdb_read_sqlite(struct ctx *c, str bytes, str where, rpmdb_each *each, void *arg, struct err *e) {
    struct db *db;
    struct stmt *s;
    bool row = true;
    if (!db_open_text(c, bytes, where, &db, e))
        return false;
    bool ok = db_stmt(db, "SELECT blob FROM Packages ORDER BY hnum", &s, e);
    while (ok && (ok = stmt_step(s, &row, e)) && row)
        if (!each(arg, stmt_col_blob(s, 0)))
            break;
    db_close(db);
    return ok;
}

struct package {
    struct rpm_header header;
    str key;
};

struct reader {
    struct collect *c;
    struct arena *a;
    str where, fs_root;
    const struct distro *distro;
    VEC(struct package) all;
    uint32_t bad;
};

static bool keep_package(void *arg, str blob) {
    struct reader *r = arg;
    struct package p;
    str copy = arena_str(r->a, blob);
    if (!rpm_header_open(copy, &p.header, NULL)) {
        r->bad++;
        return true;
    }
    str name = rpm_text(&p.header, RPM_NAME);
    p.key = arena_printf(r->a, "%u %.*s", r->all.n, STR_ARG(name));
    if (rpm_report(r->c, r->a, &p.header, r->distro, p.key, 0))
        *vec_push(r->a, &r->all) = p;
    return true;
}

static void report_files(struct reader *r, const struct package *p) {
    VEC(str) folders = {0};
    uint32_t i = 0, folder;
    char path[4096];
    for (struct rpm_texts t = rpm_texts(&p->header, RPM_DIRNAMES); rpm_next(&t);)
        *vec_push(r->a, &folders) = t.text;
    for (struct rpm_texts t = rpm_texts(&p->header, RPM_BASENAMES); rpm_next(&t); i++) {
        if (!rpm_number(&p->header, RPM_DIRINDEXES, i, &folder) || folder >= folders.n)
            return;
        str dir = folders.v[folder];
        if (dir.n + t.text.n >= sizeof path)
            continue;
        memcpy(path, dir.p, dir.n);
        memcpy(path + dir.n, t.text.p, t.text.n);
        collect_owns(r->c, p->key, r->fs_root, str_n(path, dir.n + t.text.n));
    }
}

/* A package needs whoever provides the names it requires. */
static void report_edges(struct reader *r) {
    struct map provides;
    map_init(&provides, r->a);
    for (uint32_t i = 0; i < r->all.n; i++)
        for (struct rpm_texts t = rpm_texts(&r->all.v[i].header, RPM_PROVIDENAME); rpm_next(&t);) {
            struct map_entry *at = map_put(&provides, t.text, NULL);
            if (!at->value)
                at->value = &r->all.v[i];
        }
    for (uint32_t i = 0; i < r->all.n; i++)
        for (struct rpm_texts t = rpm_texts(&r->all.v[i].header, RPM_REQUIRENAME); rpm_next(&t);) {
            const struct package *to = map_get(&provides, t.text);
            if (to && to != &r->all.v[i])
                collect_edge(r->c, r->all.v[i].key, to->key);
        }
}

static bool read_database(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct reader r = {.c = c, .a = a, .where = f->path, .distro = collect_distro(c, f)};
    bool ok;
    /* A file called Packages may be many things, an index of .deb files for one. */
    if (rpmdb_is_sqlite(bytes))
        ok = rpmdb_read_sqlite(collect_ctx(c), bytes, f->path, keep_package, &r, e);
    else if (rpmdb_is_ndb(bytes))
        ok = rpmdb_read_ndb(bytes, f->path, keep_package, &r, e);
    else if (rpmdb_is_bdb(bytes))
        ok = rpmdb_read_bdb(a, bytes, f->path, keep_package, &r, e);
    else
        return !str_ends(path_dir(f->path), S("lib/rpm")) ||
               err_set(e, ERR_INPUT, f->path, _("this is no package database that RPM writes"));
    if (!ok)
        return false;
    if (r.bad)
        ctx_warn(collect_ctx(c), f->path,
                 msg_n("%u header of a package is damaged and left out",
                       "%u headers of packages are damaged and left out", r.bad),
                 r.bad);
    r.fs_root = collect_fs_root(f, str_find(f->path, S("usr/lib/sysimage/rpm/")) != STR_NONE ? "usr/lib/sysimage/rpm"
                                   : str_find(f->path, S("usr/share/rpm/")) != STR_NONE      ? "usr/share/rpm"
                                                                                             : "var/lib/rpm");
    report_edges(&r);
    for (uint32_t i = 0; i < r.all.n; i++)
        report_files(&r, &r.all.v[i]);
    return true;
}

static const char *const db_files[] = {"rpmdb.sqlite", "rpm/Packages.db", "rpm/Packages",
                                       "Packages.db",  "Packages",        NULL};
const struct detector detector_rpmdb = {
    .name = "os/rpm", .files = db_files, .purl_types = "rpm", .read = read_database};

/* ── package files: lead of 96 bytes, header of signatures padded to 8, header ── */

static bool read_package(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct rpm_header header;
    size_t used, at = 96;
    str magic = S("\x8E\xAD\xE8\x01");
    if (package_is_cached(f))
        return true;
    if (!str_starts(bytes, S("\xED\xAB\xEE\xDB")) || !str_eq(piece(bytes, at, 4), magic) ||
        !rpm_header_open(str_from(bytes, at + 8), &header, &used))
        return err_set(e, ERR_INPUT, f->path, _("this is no RPM package"));
    at = (at + 8 + used + 7) & ~(size_t)7;
    if (!str_eq(piece(bytes, at, 4), magic) || !rpm_header_open(str_from(bytes, at + 8), &header, &used))
        return err_set(e, ERR_INPUT, f->path, _("this is no RPM package"));
    if (!rpm_report(c, a, &header, NULL, S("package"), 0))
        return err_set(e, ERR_INPUT, f->path, _("this is no RPM package"));
    collect_inside(c, f, bytes);
    return true;
}

static const char *const package_files[] = {"*.rpm", NULL};
const struct detector detector_rpm_file = {
    .name = "package/rpm", .files = package_files, .purl_types = "rpm", .read = read_package};
