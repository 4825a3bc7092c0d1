/* SPDX-License-Identifier: Apache-2.0
 *
 * package-lock.json, npm-shrinkwrap.json and node_modules/.package-lock.json.
 *
 *   v1     "dependencies": a tree; an entry's place in it is its place in node_modules
 *   v2     both, the same said twice
 *   v3     "packages": a flat object keyed by folder ("", "node_modules/a", "node_modules/a/node_modules/b", "apps/x")
 *
 * Both become entries keyed by folder; names are then resolved as Node does, from the folder upwards.
 */
#include "base/file.h"
#include "collect/npm.h"

enum { LONGEST_PATH = 2048 }; /* a folder's path is walked upwards for each of its dependencies */

struct entry {
    str path, name, alias, link_to;
    struct jv v;
    uint32_t line;
    bool is_local; /* a folder of the tree: the project, a workspace, a "file:" dependency */
    bool is_link, is_root;
    enum sbom_direct direct;
};

struct lock {
    struct collect *c;
    const struct found_file *file;
    struct arena *a;
    struct json doc;
    struct json_lines lines;
    VEC(struct entry) entries;
    struct map by_path; /* path → index + 1 into entries */
    bool is_v1, knows_direct;
};

static struct entry *entry_at(const struct lock *l, str path) {
    uintptr_t i = (uintptr_t)map_get(&l->by_path, path);
    return i ? &l->entries.v[i - 1] : NULL;
}

/* ── entries ── */

static void add_entry(struct lock *l, struct entry e) {
    bool fresh;
    struct map_entry *m = map_put(&l->by_path, e.path, &fresh);
    if (!fresh)
        return;
    *vec_push(l->a, &l->entries) = e;
    m->value = (void *)(uintptr_t)l->entries.n;
}

/* What stands behind the last "node_modules/", or absent for a folder of the tree itself. */
static str installed_name(str path) {
    str sign = S("node_modules/");
    size_t at = STR_NONE;
    for (size_t i = path.n; i-- > 0 && at == STR_NONE;)
        if (path.p[i] == 'n' && (i == 0 || path.p[i - 1] == '/') && str_starts(str_from(path, i), sign))
            at = i;
    return at == STR_NONE ? (str){NULL, 0} : str_from(path, at + sign.n);
}

static void add_flat(struct lock *l, str path, struct jv v) {
    struct entry e = {.path = path, .v = v, .line = json_line(&l->lines, path)};
    str installed = installed_name(path), stated = j_gets(v, "name");
    e.is_root = path.n == 0;
    e.is_local = !installed.p;
    e.name = stated.n ? stated : installed;
    if (stated.n && installed.n && !str_eq(stated, installed))
        e.alias = installed;
    if (e.is_root && !e.name.n)
        e.name = j_gets(l->doc.root, "name");
    e.is_link = j_true(j_get(v, "link"));
    if (e.is_link)
        e.link_to = j_gets(v, "resolved");
    add_entry(l, e);
}

/* A folder of the tree without a name has the name of the link that leads to it. */
static void name_linked(struct lock *l) {
    for (uint32_t i = 0; i < l->entries.n; i++) {
        struct entry *e = &l->entries.v[i], *to = e->is_link ? entry_at(l, e->link_to) : NULL;
        if (to && to->is_local && !to->name.n)
            to->name = e->name;
    }
}

static void add_tree(struct lock *l, str folder, struct jv dependencies) { /* NOLINT(misc-no-recursion): json_parse */
    for (struct jiter it = j_iter(dependencies); j_next(&it);) {
        struct npm_origin o = npm_origin_of(l->a, j_gets(it.val, "version"));
        if (folder.n + it.key.n > LONGEST_PATH)
            continue;
        struct entry e = {.v = it.val,
                          .name = o.alias.n ? o.alias : it.key,
                          .alias = o.alias.n && !str_eq(o.alias, it.key) ? it.key : (str){NULL, 0},
                          .line = json_line(&l->lines, it.key)};
        e.path = arena_printf(l->a, "%.*s%snode_modules/%.*s", STR_ARG(folder), folder.n ? "/" : "", STR_ARG(it.key));
        add_entry(l, e);
        add_tree(l, e.path, j_get(it.val, "dependencies"));
    }
}

/* ── resolving names ── */

/* Node's rule: node_modules of the folder, then of each folder above it. */
static struct entry *resolve(struct lock *l, str folder, str name) {
    struct arena_mark m = arena_mark(l->a);
    struct entry *found = NULL;
    if (folder.n > LONGEST_PATH || name.n > LONGEST_PATH)
        return NULL;
    for (bool last = false; !found && !last;) {
        last = folder.n == 0;
        if (!str_ends(folder, S("node_modules"))) {
            str path = arena_printf(l->a, "%.*s%snode_modules/%.*s", STR_ARG(folder), folder.n ? "/" : "",
                                    STR_ARG(name));
            found = entry_at(l, path);
            arena_reset(l->a, m);
        }
        folder = path_dir(folder);
    }
    if (found && found->is_link) {
        struct entry *to = entry_at(l, found->link_to);
        found = to ? to : found;
    }
    return found;
}

static const char *const groups[] = {"dependencies", "optionalDependencies", "peerDependencies", "devDependencies"};
enum { ALL_GROUPS = 4, WITHOUT_DEV = 3 };

static void mark_direct(struct lock *l, str folder, struct jv package) {
    for (size_t g = 0; g < ALL_GROUPS; g++)
        for (struct jiter it = j_iter(j_get(package, groups[g])); j_next(&it);) {
            struct entry *to = resolve(l, folder, it.key);
            if (to)
                to->direct = DIRECT_YES;
        }
}

/* v1 does not say what the project itself asks for; the manifest beside it does. */
static void direct_of_v1(struct lock *l) {
    struct json manifest;
    str text;
    if (!collect_open(l->c, l->file, S("package.json"), l->a, &text, NULL) ||
        !json_parse(collect_ctx(l->c), l->a, text, JSON_STRICT, l->file->path, &manifest, NULL))
        return;
    l->knows_direct = true;
    mark_direct(l, S(""), manifest.root);
}

static void find_direct(struct lock *l) {
    if (l->is_v1) {
        direct_of_v1(l);
        return;
    }
    for (uint32_t i = 0; i < l->entries.n; i++) {
        struct entry *e = &l->entries.v[i];
        if (e->is_local && !e->is_link) {
            l->knows_direct = l->knows_direct || e->is_root;
            mark_direct(l, e->path, e->v);
        }
    }
}

/* ── reporting ── */

static enum sbom_scope scope_of(struct jv v) {
    if (j_true(j_get(v, "dev")))
        return SCOPE_DEV;
    return j_true(j_get(v, "optional")) || j_true(j_get(v, "devOptional")) ? SCOPE_OPTIONAL : SCOPE_REQUIRED;
}

static str key_of(const struct entry *e) { return e->path.n ? e->path : S("."); }

/* In v1 "version" tells the origin too. */
static void version_of_v1(struct lock *l, const struct entry *e, struct npm_package *p) {
    str version = j_gets(e->v, "version");
    p->origin = npm_origin_of(l->a, version);
    p->version = p->origin.from == NPM_REGISTRY && !p->origin.url.n ? p->origin.range : (str){NULL, 0};
    p->resolved = p->origin.from == NPM_REGISTRY ? j_gets(e->v, "resolved") : (str){NULL, 0};
}

static void report(struct lock *l, const struct entry *e) {
    struct npm_package p = {.key = key_of(e), .name = e->name, .alias = e->alias, .line = e->line};
    if (e->is_local && !p.name.n)
        return; /* nothing installed, nothing named */
    p.version = j_gets(e->v, "version");
    p.resolved = j_gets(e->v, "resolved");
    if (l->is_v1)
        version_of_v1(l, e, &p);
    p.integrity = j_gets(e->v, "integrity");
    p.licence = npm_licence(l->a, e->v);
    p.is_project = e->is_local;
    p.is_member = !e->is_root;
    if (!e->is_local) {
        p.scope = scope_of(e->v);
        p.direct = e->direct != DIRECT_UNKNOWN ? e->direct : l->knows_direct ? DIRECT_TRANSITIVE : DIRECT_UNKNOWN;
    }
    npm_report(l->c, l->a, &p);
}

static void edges(struct lock *l, const struct entry *e) {
    if (l->is_v1) {
        for (struct jiter it = j_iter(j_get(e->v, "requires")); j_next(&it);) {
            struct entry *to = resolve(l, e->path, it.key);
            if (to)
                collect_edge(l->c, key_of(e), key_of(to));
        }
        return;
    }
    for (size_t g = 0; g < (e->is_local ? ALL_GROUPS : WITHOUT_DEV); g++)
        for (struct jiter it = j_iter(j_get(e->v, groups[g])); j_next(&it);) {
            struct entry *to = resolve(l, e->path, it.key);
            if (to && to != e)
                collect_edge(l->c, key_of(e), key_of(to));
        }
}

/* npm 7 and later write the folder of a project's member as its own entry; the link to it says nothing more. */
static bool is_covered(const struct lock *l, const struct entry *e) {
    return e->is_link && (!e->link_to.n || entry_at(l, e->link_to));
}

static bool load(struct lock *l, struct err *e) {
    struct jv packages = j_get(l->doc.root, "packages"), tree = j_get(l->doc.root, "dependencies");
    if (!j_is_obj(l->doc.root))
        return err_set(e, ERR_INPUT, l->file->path, _("a lock file should be a JSON object"));
    l->is_v1 = j_len(packages) == 0;
    if (!l->is_v1) {
        for (struct jiter it = j_iter(packages); j_next(&it);)
            add_flat(l, it.key, it.val);
        name_linked(l);
        return true;
    }
    str name = j_gets(l->doc.root, "name");
    if (name.n)
        add_entry(l, (struct entry){.path = S(""), .name = name, .v = l->doc.root, .is_local = true, .is_root = true});
    add_tree(l, S(""), tree);
    return true;
}

static bool npm_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct lock l = {.c = c, .file = f, .a = a};
    map_init(&l.by_path, a);
    if (!json_parse(collect_ctx(c), a, bytes, JSON_STRICT, f->path, &l.doc, e))
        return false;
    l.lines = (struct json_lines){.text = bytes, .doc = &l.doc};
    if (!load(&l, e))
        return false;
    find_direct(&l);
    for (uint32_t i = 0; i < l.entries.n; i++)
        if (!is_covered(&l, &l.entries.v[i])) {
            report(&l, &l.entries.v[i]);
            edges(&l, &l.entries.v[i]);
        }
    return true;
}

const struct detector detector_npm_lock = {
    .name = "npm/package-lock",
    .of_project = true,
    .files = (const char *const[]){"*package-lock.json", "npm-shrinkwrap.json", NULL},
    .purl_types = "npm",
    .opens = (const char *const[]){"package.json", NULL},
    .read = npm_lock_read,
};
