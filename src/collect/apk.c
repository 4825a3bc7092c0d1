/* SPDX-License-Identifier: Apache-2.0
 *
 * Alpine's package database, lib/apk/db/installed: paragraphs of one-letter fields.
 *
 *   P name  V version  A arch  o source package  L licence  U home page  T description  m maintainer
 *   D what it needs  p what it provides  F folder  R file in the last folder
 */
#include "collect/deb822.h"
#include "collect/detectors.h"

struct package {
    str field[128]; /* by letter; each once, but for F and R */
    str text;       /* the paragraph, for F and R */
    uint32_t line;
};
VEC_NAMED(packages, struct package);

/* "so:libc.musl-x86_64.so.1=1", "!conflict", "busybox>=1.2" without operator and what follows. */
static str need_name(str word) {
    size_t end = 0;
    while (end < word.n && !memchr("=<>~@", word.p[end], 5))
        end++;
    return str_upto(word, end);
}

static bool next_package(str *rest, str where, uint32_t *line_no, struct package *p, struct err *e) {
    str line;
    *p = (struct package){0};
    e->kind = ERR_NONE;
    while (str_line(rest, &line)) {
        ++*line_no;
        if (line.n == 0) {
            if (p->line)
                return true;
            continue;
        }
        if (line.n < 2 || line.p[1] != ':' || !ch_alpha(line.p[0])) {
            err_set(e, ERR_INPUT, where, _("line %u is none of a package database"), *line_no);
            return false;
        }
        if (!p->line) {
            p->line = *line_no;
            p->text.p = line.p;
        }
        p->text.n = (size_t)(line.p + line.n - p->text.p);
        str *field = &p->field[(unsigned char)line.p[0]];
        if (!field->p)
            *field = str_from(line, 2);
    }
    return p->line > 0;
}

struct reader {
    struct collect *c;
    const struct found_file *f;
    struct arena *a;
    const struct distro *distro;
    str fs_root;
};

static void report(struct reader *r, const struct package *p) {
    struct purl_qualifier q[3];
    struct find find = {.type = "apk",
                        .ns = r->distro ? r->distro->id : S("alpine"),
                        .name = p->field['P'],
                        .version = p->field['V'],
                        .line = p->line,
                        .licence = p->field['L'],
                        .homepage = p->field['U'],
                        .description = p->field['T'],
                        .supplier = p->field['m'],
                        .key = p->field['P'],
                        .qualifiers = q};
    find.n_qualifiers = deb_qualifiers(r->a, r->distro, p->field['A'], p->field['o'], (str){NULL, 0}, find.name,
                                       find.version, q);
    collect_find(r->c, &find);
}

static void report_files(struct reader *r, const struct package *p) {
    str rest = p->text, line, folder = S("");
    char path[4096];
    while (str_line(&rest, &line)) {
        if (str_starts(line, S("F:")))
            folder = str_from(line, 2);
        if (!str_starts(line, S("R:")) || folder.n + line.n >= sizeof path)
            continue;
        size_t n = folder.n;
        if (n) {
            memcpy(path, folder.p, n);
            path[n++] = '/';
        }
        memcpy(path + n, line.p + 2, line.n - 2);
        collect_owns(r->c, p->field['P'], r->fs_root, str_n(path, n + line.n - 2));
    }
}

static void report_edges(struct reader *r, const struct packages *all) {
    struct map by_name; /* names and what is provided → package name */
    map_init(&by_name, r->a);
    for (uint32_t i = 0; i < all->n; i++) {
        str list = all->v[i].field['p'], word;
        map_put(&by_name, all->v[i].field['P'], NULL)->value = &all->v[i];
        while (str_next(&list, ' ', &word)) {
            struct map_entry *at = map_put(&by_name, need_name(word), NULL);
            if (!at->value)
                at->value = &all->v[i];
        }
    }
    for (uint32_t i = 0; i < all->n; i++) {
        str list = all->v[i].field['D'], word;
        while (str_next(&list, ' ', &word)) {
            const struct package *to = map_get(&by_name, need_name(word));
            if (to)
                collect_edge(r->c, all->v[i].field['P'], to->field['P']);
        }
    }
}

static bool read_installed(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct reader r = {.c = c, .f = f, .a = a};
    struct packages all = {0};
    struct package p;
    uint32_t line = 0;
    bool in_place = str_ends(f->path, S("apk/db/installed"));
    /* A file called "installed" elsewhere may be anything, but at the top it is a database copied out of its system. */
    if (!in_place && !str_is(f->path, "installed") && !str_starts(bytes, S("C:Q1")))
        return true;
    while (next_package(&bytes, f->path, &line, &p, e)) {
        if (p.field['P'].n && p.field['V'].n)
            *vec_push(a, &all) = p;
        else
            ctx_warn(collect_ctx(c), arena_printf(a, "%.*s:%u", STR_ARG(f->path), p.line),
                     _("a package without name or version is left out"));
    }
    if (e->kind != ERR_NONE)
        return false;
    r.distro = collect_distro(c, f);
    r.fs_root = collect_fs_root(f, str_ends(f->path, S("usr/lib/apk/db/installed")) ? "usr/lib/apk/db" : "lib/apk/db");
    for (uint32_t i = 0; i < all.n; i++)
        report(&r, &all.v[i]);
    report_edges(&r, &all);
    for (uint32_t i = 0; i < all.n; i++)
        report_files(&r, &all.v[i]);
    return true;
}

static const char *const files[] = {"installed", NULL};
const struct detector detector_apk = {.name = "os/apk", .files = files, .purl_types = "apk", .read = read_installed};
