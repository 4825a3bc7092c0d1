/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/match.h"
#include "collect/detectors.h"

#include <stdlib.h>

#include "base/file.h"

/* A pattern hangs in the first of these tables that it has a fixed key for:
 *
 *   by_base   "package-lock.json", "var/lib/dpkg/status", "local/+/desc"   key: base name
 *   by_ext    "*.gemspec", "requirements*.txt"                             key: from the last dot
 *   by_dir    "var/lib/dpkg/status.d/+"                                    key: name of the folder
 *   loose     "vmlinuz-*"                                                  no key: tried on every file
 */
struct pattern {
    str text, glob; /* glob: with a leading double star, for patterns with '/' */
    uint16_t detector;
    bool opens, literal;
    struct pattern *next;
};

struct matcher {
    const struct detector *const *list;
    struct map by_base, by_ext, by_dir;
    struct pattern *loose;
    VEC(uint16_t) sniffers;
    bool any_name;
};

static bool has_wildcard(str s) { return str_chr(s, '*') != STR_NONE || str_chr(s, '?') != STR_NONE; }

static void hang(struct map *m, str key, struct pattern *p) {
    struct map_entry *at = map_put(m, key, NULL);
    p->next = at->value;
    at->value = p;
}

static str extension(str base) {
    size_t dot = str_rchr(base, '.');
    return dot == STR_NONE ? (str){NULL, 0} : str_from(base, dot);
}

static void add_pattern(struct arena *a, struct matcher *m, const char *text, uint16_t detector, bool opens) {
    struct pattern *p = arena_new_of(a, struct pattern);
    *p = (struct pattern){.text = str_of(text), .detector = detector, .opens = opens};
    str base = path_base(p->text), dir = path_base(path_dir(p->text)), ext = extension(base);
    bool path = str_chr(p->text, '/') != STR_NONE;
    p->glob = path ? arena_cat(a, S("**/"), p->text) : p->text;
    p->literal = !has_wildcard(p->text);
    if (!has_wildcard(base))
        hang(&m->by_base, base, p);
    else if (path && dir.n && !has_wildcard(dir))
        hang(&m->by_dir, dir, p);
    else if (ext.p && !has_wildcard(ext))
        hang(&m->by_ext, ext, p);
    else {
        p->next = m->loose;
        m->loose = p;
    }
}

/* "npm" and "npm/package-lock" both stand for npm/package-lock. */
static bool word_names(str word, const char *detector) {
    str name = str_of(detector);
    return str_starts(name, word) && (word.n == name.n || str_starts(str_from(name, word.n), S("/")));
}

static bool listed(str words, const char *detector) {
    str word;
    while (str_next(&words, ',', &word))
        if (word_names(str_trim(word), detector))
            return true;
    return false;
}

static bool words_ok(const struct detector *const *list, str words, struct err *e) {
    str word;
    while (str_next(&words, ',', &word)) {
        bool known = false;
        for (uint16_t i = 0; list[i] && !known; i++)
            known = word_names(str_trim(word), list[i]->name);
        if (!known)
            return err_set(e, ERR_USAGE, S(""), _("no detector is called \"%.*s\""), STR_ARG(str_trim(word)));
    }
    return true;
}

bool detector_table_new(struct arena *a, const struct detector *const *list, str only, str skip, struct matcher **out,
                        struct err *e) {
    struct matcher *m = arena_new_of(a, struct matcher);
    m->list = list;
    map_init(&m->by_base, a);
    map_init(&m->by_ext, a);
    map_init(&m->by_dir, a);
    if (!words_ok(list, only, e) || !words_ok(list, skip, e))
        return false;
    for (uint16_t i = 0; list[i]; i++) {
        if ((only.n && !listed(only, list[i]->name)) || listed(skip, list[i]->name))
            continue;
        for (const char *const *f = list[i]->files; f && *f; f++)
            add_pattern(a, m, *f, i, false);
        for (const char *const *f = list[i]->opens; f && *f; f++)
            add_pattern(a, m, *f, i, true);
        if (list[i]->sniff)
            *vec_push(a, &m->sniffers) = i;
    }
    *out = m;
    return true;
}

const struct detector *matcher_detector(const struct matcher *m, uint16_t index) { return m->list[index]; }

static bool fits(const struct pattern *p, str path, str base) {
    if (str_chr(p->text, '/') == STR_NONE)
        return p->literal ? str_eq(base, p->text) : str_glob(p->text, base);
    if (!p->literal)
        return str_glob(p->text, path) || str_glob(p->glob, path);
    return str_ends(path, p->text) && (path.n == p->text.n || path.p[path.n - p->text.n - 1] == '/');
}

/* Sorted insertion: the order of the detector list, each once. */
static void claim(struct claims *c, uint16_t detector) {
    uint8_t i = 0;
    while (i < c->n && c->by[i] < detector)
        i++;
    if (c->n == MATCH_MOST || (i < c->n && c->by[i] == detector))
        return;
    memmove(c->by + i + 1, c->by + i, (size_t)(c->n - i) * sizeof *c->by);
    c->by[i] = detector;
    c->n++;
}

static bool walk_chain(const struct pattern *p, str path, str base, bool opens, struct claims *out) {
    bool any = false;
    for (; p; p = p->next)
        if (p->opens == opens && fits(p, path, base)) {
            any = true;
            if (out)
                claim(out, p->detector);
        }
    return any;
}

static bool look_up(const struct matcher *m, str path, bool opens, struct claims *out) {
    /* Inside an archive within the source, "outer.jar!META-INF/MANIFEST.MF" is matched from its own root. */
    str inner;
    if (str_rcut(path, '!', &(str){0}, &inner))
        path = inner;
    str base = path_base(path), dir = path_base(path_dir(path)), ext = extension(base);
    bool any = walk_chain(map_get(&m->by_base, base), path, base, opens, out);
    if (ext.p)
        any |= walk_chain(map_get(&m->by_ext, ext), path, base, opens, out);
    if (dir.n)
        any |= walk_chain(map_get(&m->by_dir, dir), path, base, opens, out);
    return walk_chain(m->loose, path, base, opens, out) | any;
}

/* In the folder of an installed package: behind the last "node_modules/" (and so on) stands a name, not ".pnpm" or
 * ".package-lock.json", which the package manager keeps there for itself. */
static bool in_package(str path) {
    static const str homes[] = {S_INIT("node_modules/"), S_INIT("site-packages/"), S_INIT("dist-packages/")};
    for (size_t h = 0; h < sizeof homes / sizeof *homes; h++)
        for (size_t i = path.n; i-- > 0;)
            if (path.p[i] == homes[h].p[0] && (i == 0 || path.p[i - 1] == '/') &&
                str_starts(str_from(path, i), homes[h])) {
                str behind = str_from(path, i + homes[h].n);
                if (str_chr(behind, '/') != STR_NONE && behind.p[0] != '.')
                    return true;
                break; /* only the last one counts */
            }
    return false;
}

void match_path(const struct matcher *m, str path, struct claims *out) {
    out->n = 0;
    look_up(m, path, false, out);
    if (!out->n || !in_package(path))
        return;
    uint8_t n = 0;
    for (uint8_t i = 0; i < out->n; i++)
        if (!m->list[out->by[i]]->of_project)
            out->by[n++] = out->by[i];
    out->n = n;
}

bool match_opens(const struct matcher *m, str path) { return look_up(m, path, true, NULL); }

void match_head(const struct matcher *m, str head, const struct found_file *f, struct claims *out) {
    out->n = 0;
    for (uint32_t i = 0; i < m->sniffers.n; i++)
        if (m->list[m->sniffers.v[i]]->sniff(head, f))
            claim(out, m->sniffers.v[i]);
}

/* ── which names are worth opening ── */

/* Sorted. What these name is never a program or a library in machine code. */
static const char *const text_extensions[] = {
    "a",     "adoc",    "asc",  "asm",    "awk",   "bmp",  "bz2",    "c",       "cc",         "cfg",    "cmake",
    "cocci", "conf",    "cpp",  "crt",    "css",   "csv",  "cxx",    "desktop", "diff",       "dtd",    "el",
    "eot",   "f90",     "gif",  "go",     "gpg",   "gz",   "h",      "hh",      "hpp",        "htm",    "html",
    "ico",   "inc",     "ini",  "ipp",    "java",  "jpeg", "jpg",    "js",      "json",       "jsx",    "kt",
    "la",    "less",    "list", "lock",   "log",   "lua",  "m4",     "map",     "markdown",   "md",     "md5sums",
    "mjs",   "mo",      "mp3",  "mp4",    "otf",   "page", "patch",  "pc",      "pdf",        "pem",    "ph",
    "php",   "pl",      "pm",   "png",    "po",    "pod",  "policy", "pot",     "properties", "proto",  "ps1",
    "py",    "pyc",     "pyi",  "r",      "rb",    "rs",   "rst",    "rules",   "s",          "sample", "scala",
    "scss",  "service", "sh",   "socket", "sql",   "svg",  "swift",  "target",  "tcl",        "tex",    "tif",
    "tiff",  "timer",   "tmac", "toml",   "ts",    "tsv",  "tsx",    "ttf",     "txt",        "vim",    "vue",
    "wav",   "webp",    "woff", "woff2",  "xhtml", "xml",  "xpm",    "xsd",     "xsl",        "xslt",   "xz",
    "yaml",  "yml",     "zst",
};

static int extension_order(const void *key, const void *at) {
    const str *k = key;
    return str_icmp(*k, str_of(*(const char *const *)at));
}

bool match_is_text_name(const struct matcher *m, str base) {
    if (m->any_name)
        return false;
    str ext = extension(base);
    if (ext.n < 2)
        return false;
    ext = str_from(ext, 1);
    return bsearch(&ext, text_extensions, sizeof text_extensions / sizeof *text_extensions, sizeof *text_extensions,
                   extension_order) != NULL;
}

/* Folders in which no package keeps machine code (FHS §4.11): data of the C library, terminals, shells, dpkg. A name
 * that some detector claims is found there all the same. */
static const str data_folders[] = {
    S_INIT("usr/share/zoneinfo/"), S_INIT("usr/share/i18n/"),   S_INIT("usr/share/locale/"),
    S_INIT("usr/share/terminfo/"), S_INIT("lib/terminfo/"),     S_INIT("usr/share/bash-completion/"),
    S_INIT("usr/share/man/"),      S_INIT("usr/share/info/"),   S_INIT("usr/share/lintian/"),
    S_INIT("usr/share/licenses/"), S_INIT("var/lib/dpkg/"),     S_INIT("usr/share/common-licenses/"),
    S_INIT("var/lib/systemd/"),    S_INIT("etc/alternatives/"), S_INIT("usr/share/zsh/"),
};

bool match_is_data_folder(const struct matcher *m, str folder) {
    if (m->any_name)
        return false;
    for (size_t i = 0; i < sizeof data_folders / sizeof *data_folders; i++)
        for (size_t at = 0; at != STR_NONE && at < folder.n;) {
            if (str_starts(str_from(folder, at), data_folders[i]))
                return true;
            size_t slash = str_chr(str_from(folder, at), '/');
            at = slash == STR_NONE ? STR_NONE : at + slash + 1;
        }
    return false;
}

void matcher_any_name(struct matcher *m) { m->any_name = true; }

bool match_may_be_binary(const struct matcher *m, str base, uint32_t mode) {
    static const char *const endings[] = {".so", ".dll", ".exe", ".sys", ".node", ".pyd", ".dylib", ".ocx"};
    if (m->any_name || (mode & 0111))
        return true;
    if (str_find(base, S(".so.")) != STR_NONE)
        return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_iends(base, str_of(endings[i])))
            return true;
    return false;
}
