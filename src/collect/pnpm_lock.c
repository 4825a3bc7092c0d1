/* SPDX-License-Identifier: Apache-2.0
 *
 * pnpm-lock.yaml (and shrinkwrap.yaml, its name before version 3). A package is named by its key:
 *
 *   5     /name/1.0.0_peer@2   /@s/name/1.0.0   host/name/1.0.0   github.com/o/r/COMMIT   file:…
 *   6     /name@1.0.0(peer@2)
 *   9     name@1.0.0 in "packages"; name@1.0.0(peer@2) in "snapshots", where its dependencies stand
 *
 * and a dependency by what is left of the key without its own name. Projects ("importers") ask for packages; a file
 * with one project only may write its lists at the top.
 */
#include "base/file.h"
#include "base/tree.h"
#include "collect/npm.h"
#include "collect/scope.h"

struct package {
    str key, name, version;
    struct jv v;
    const struct json *doc;
};
struct importer {
    str folder, key;
};
struct pnpm {
    struct collect *c;
    const struct found_file *file;
    struct arena *a;
    struct json doc;
    VEC(struct package) packages;
    VEC(struct importer) importers;
    struct map by_key; /* key without peers → index + 1 */
    struct scopes scopes;
};

/* ── keys ── */

/* "name@1.0.0(peer@2)(other@3)" without what stands in brackets. */
static str without_peers(str key) { return str_upto(key, str_chr(key, '(')); }

/* Length of the name a key begins with, scope included; what follows is '/' or '@'. */
static size_t name_length(str key) {
    size_t from = key.n && key.p[0] == '@' ? str_chr(key, '/') : 0;
    if (from == STR_NONE)
        return STR_NONE;
    for (size_t i = from + (from > 0); i < key.n; i++)
        if (key.p[i] == '/' || (key.p[i] == '@' && i > 0))
            return i;
    return STR_NONE;
}

/* "1.0.0_peer@2" (5) or "1.0.0/peer@2" (before 5) */
static str bare_version(str text) {
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '_' || text.p[i] == '/')
            return str_upto(text, i);
    return text;
}

static bool is_version(str s) { return s.n && ch_digit(s.p[0]); }

/* Fills name and version as far as the key tells them; false when it is the key of nothing. */
static bool cut_key(str key, str *name, str *version) {
    str rest = without_peers(key);
    bool slash = str_starts(rest, S("/"));
    *name = *version = (str){NULL, 0};
    if (str_starts(rest, S("file:")))
        return true;
    rest = str_from(rest, slash);
    size_t n = name_length(rest);
    if (n == STR_NONE)
        return false;
    if (rest.p[n] == '/' && !slash) { /* host/name/1.0.0 */
        rest = str_from(rest, str_chr(rest, '/') + 1);
        n = name_length(rest);
        if (n == STR_NONE)
            return true;
    }
    str behind = str_from(rest, n + 1), ver = rest.p[n] == '/' ? bare_version(behind) : behind;
    if (rest.p[n] == '@')
        *name = str_upto(rest, n);
    if (is_version(ver)) {
        *name = str_upto(rest, n);
        *version = ver;
    }
    return true;
}

static uint32_t find_key(const struct pnpm *l, str key) {
    uintptr_t i = (uintptr_t)map_get(&l->by_key, without_peers(key));
    return i ? (uint32_t)(i - 1) : UINT32_MAX;
}

/* The package a dependency `name: value` means. */
static uint32_t find_dependency(struct pnpm *l, str name, str value) {
    static const char *const joints[] = {"@", "/"};
    struct arena_mark m = arena_mark(l->a);
    value = without_peers(value);
    uint32_t at = find_key(l, value);
    for (size_t i = 0; i < 4 && at == UINT32_MAX && name.n + value.n < 4096; i++) {
        str key = arena_printf(l->a, "%s%.*s%s%.*s", i < 2 ? "" : "/", STR_ARG(name), joints[i % 2], STR_ARG(value));
        at = find_key(l, key);
        arena_reset(l->a, m);
    }
    return at;
}

/* A dependency's value: the text (5, 9's snapshots) or its member "version" (6, 9's importers). */
static str value_of(struct jv v) { return j_is_obj(v) ? j_gets(v, "version") : j_str(v); }

/* ── reading ── */

static bool add_packages(struct pnpm *l, const struct json *doc, struct jv packages, struct err *e) {
    for (struct jiter it = j_iter(packages); j_next(&it);) {
        struct package p = {.key = it.key, .v = it.val, .doc = doc};
        if (!cut_key(it.key, &p.name, &p.version) && !j_gets(it.val, "name").n)
            return err_set(e, ERR_INPUT, json_place(doc, it.val, l->a), _("this is no key of a package"));
        struct map_entry *m = map_put(&l->by_key, without_peers(it.key), NULL);
        if (m->value)
            continue; /* the same package beside other peers */
        if (j_gets(it.val, "name").n)
            p.name = j_gets(it.val, "name");
        if (j_gets(it.val, "version").n)
            p.version = j_gets(it.val, "version");
        *vec_push(l->a, &l->packages) = p;
        m->value = (void *)(uintptr_t)l->packages.n;
    }
    return true;
}

static bool add_document(struct pnpm *l, struct jv root, struct err *e) {
    if (!j_is_obj(root))
        return j_is_null(root) || (j_is_str(root) && !j_str(root).n) ||
               err_set(e, ERR_INPUT, json_place(&l->doc, root, l->a), _("a lock file should be a mapping"));
    return add_packages(l, &l->doc, j_get(root, "packages"), e);
}

/* ── scopes and edges ── */

static const struct {
    const char *group;
    enum sbom_scope scope;
} groups[] = {
    {"dependencies", SCOPE_REQUIRED},  {"optionalDependencies", SCOPE_OPTIONAL},  {"devDependencies", SCOPE_DEV},
    {"configDependencies", SCOPE_DEV}, {"packageManagerDependencies", SCOPE_DEV},
};

static str package_key(struct pnpm *l, uint32_t i) { return arena_printf(l->a, "%u", i + 1); }

/* A project that another one uses as "link:../x". */
static void edge_to_importer(struct pnpm *l, const struct importer *from, str value) {
    str path = path_clean(l->a, path_join(l->a, from->folder, str_from(value, 5)));
    if (path.p)
        collect_edge(l->c, from->key, arena_cat(l->a, S("importer:"), path.n ? path : S(".")));
}

static void read_importer(struct pnpm *l, const struct importer *from, struct jv v) {
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
        for (struct jiter it = j_iter(j_get(v, groups[g].group)); j_next(&it);) {
            str value = value_of(it.val);
            uint32_t to = find_dependency(l, it.key, value);
            if (to != UINT32_MAX) {
                scopes_root(&l->scopes, to, groups[g].scope);
                collect_edge(l->c, from->key, package_key(l, to));
            } else if (str_starts(value, S("link:"))) {
                edge_to_importer(l, from, value);
            }
        }
}

static void read_dependencies(struct pnpm *l, struct jv holders) {
    for (struct jiter h = j_iter(holders); j_next(&h);) {
        uint32_t from = find_key(l, h.key);
        for (size_t g = 0; g < 2 && from != UINT32_MAX; g++)
            for (struct jiter it = j_iter(j_get(h.val, groups[g].group)); j_next(&it);) {
                uint32_t to = find_dependency(l, it.key, value_of(it.val));
                if (to == UINT32_MAX || to == from)
                    continue;
                scopes_edge(&l->scopes, from, to, g == 1);
                collect_edge(l->c, package_key(l, from), package_key(l, to));
            }
    }
}

static void report_importer(struct pnpm *l, struct importer *i) {
    struct json manifest;
    str text, path = path_join(l->a, i->folder, S("package.json"));
    struct err e;
    if (!collect_open(l->c, l->file, path, l->a, &text, &e) ||
        !json_parse(collect_ctx(l->c), l->a, text, JSON_STRICT, path, &manifest, &e))
        return;
    struct npm_package p = {.key = i->key,
                            .name = j_gets(manifest.root, "name"),
                            .version = j_gets(manifest.root, "version"),
                            .licence = npm_licence(l->a, manifest.root),
                            .is_project = true,
                            .is_member = !str_is(i->folder, ".")};
    if (p.name.n)
        npm_report(l->c, l->a, &p);
}

static void add_importer(struct pnpm *l, str folder, struct jv v) {
    struct importer *i = vec_push(l->a, &l->importers);
    *i = (struct importer){folder, arena_cat(l->a, S("importer:"), folder)};
    report_importer(l, i);
    read_importer(l, i, v);
}

static void read_graph(struct pnpm *l, struct jv root) {
    struct jv importers = j_get(root, "importers");
    for (struct jiter it = j_iter(importers); j_next(&it);)
        add_importer(l, it.key, it.val);
    if (!j_ok(importers) && j_is_obj(root))
        add_importer(l, S("."), root);
    read_dependencies(l, j_get(root, "packages"));
    read_dependencies(l, j_get(root, "snapshots"));
}

/* ── reporting ── */

static struct npm_origin origin_of(struct pnpm *l, const struct package *p) {
    struct jv r = j_get(p->v, "resolution");
    str repo = j_gets(r, "repo"), tarball = j_gets(r, "tarball"), directory = j_gets(r, "directory");
    if (repo.n)
        return npm_origin_of(l->a,
                             arena_printf(l->a, "%s%.*s#commit=%.*s", "", STR_ARG(repo), STR_ARG(j_gets(r, "commit"))));
    if (tarball.n)
        return npm_origin_of(l->a, tarball);
    if (directory.n)
        return (struct npm_origin){.from = NPM_LOCAL, .path = directory};
    return (struct npm_origin){.from = NPM_REGISTRY};
}

/* Up to version 8 each package says it itself. */
static enum sbom_scope scope_of(const struct pnpm *l, const struct package *p, uint32_t i) {
    str dev = j_gets(p->v, "dev"), optional = j_gets(p->v, "optional");
    if (!dev.n)
        return scopes_of(&l->scopes, i);
    if (str_is(dev, "true"))
        return SCOPE_DEV;
    return str_is(optional, "true") ? SCOPE_OPTIONAL : SCOPE_REQUIRED;
}

static void report(struct pnpm *l, uint32_t i) {
    const struct package *p = &l->packages.v[i];
    if (!p->name.n) {
        collect_unidentified(l->c, p->key, str_of(_("its key tells no name and version")));
        return;
    }
    struct npm_package n = {.key = package_key(l, i),
                            .name = p->name,
                            .version = p->version,
                            .integrity = j_gets(j_get(p->v, "resolution"), "integrity"),
                            .origin = origin_of(l, p),
                            .line = json_key_line(p->doc, p->v),
                            .scope = scope_of(l, p, i),
                            .direct = scopes_direct(&l->scopes, i)};
    npm_report(l->c, l->a, &n);
}

static bool pnpm_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct pnpm l = {.c = c, .file = f, .a = a};
    map_init(&l.by_key, a);
    /* Version 11 puts what pnpm itself needs into a document of its own, in front. */
    if (!yaml_parse_all(collect_ctx(c), a, bytes, YAML_STRINGS, f->path, &l.doc, e))
        return false;
    for (struct jiter it = j_iter(l.doc.root); j_next(&it);)
        if (!add_document(&l, it.val, e))
            return false;
    scopes_init(&l.scopes, a, l.packages.n);
    for (struct jiter it = j_iter(l.doc.root); j_next(&it);)
        read_graph(&l, it.val);
    scopes_run(&l.scopes);
    for (uint32_t i = 0; i < l.packages.n; i++)
        report(&l, i);
    return true;
}

const struct detector detector_pnpm_lock = {
    .name = "npm/pnpm-lock",
    .of_project = true,
    .files = (const char *const[]){"pnpm-lock.yaml", "shrinkwrap.yaml", "node_modules/.pnpm/lock.yaml", NULL},
    .purl_types = "npm",
    .opens = (const char *const[]){"package.json", NULL},
    .read = pnpm_lock_read,
};
