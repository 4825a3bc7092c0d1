/* SPDX-License-Identifier: Apache-2.0
 *
 * bun.lock (JSON with comments). "workspaces" are the projects by folder; "packages" maps a place in node_modules
 * ("a", "a/b": the b that only a sees) to a list whose first word is "name@origin":
 *
 *   registry   ["n@1.0.0", "registry", {…}, "sha512-…"]
 *   git        ["n@github:o/r#c", {…}, "tag"]      web, file   ["n@https://…", {…}]      ["n@workspace:apps/n"]
 */
#include "base/file.h"
#include "collect/npm.h"
#include "collect/scope.h"

struct package {
    str place, name, range; /* range: behind "name@" */
    struct jv info;
    str integrity;
    struct npm_origin origin;
};
struct bun {
    struct collect *c;
    const struct found_file *file;
    struct arena *a;
    struct json doc;
    struct json_lines lines;
    VEC(struct package) packages;
    struct map by_place; /* → index + 1 */
    struct scopes scopes;
};

static const struct {
    const char *group;
    enum sbom_scope scope;
} groups[] = {
    {"dependencies", SCOPE_REQUIRED},
    {"peerDependencies", SCOPE_REQUIRED},
    {"optionalDependencies", SCOPE_OPTIONAL},
    {"devDependencies", SCOPE_DEV},
};
enum { WITHOUT_DEV = 3, ALL_GROUPS = 4 };

/* ── reading ── */

static bool add_package(struct bun *b, str place, struct jv tuple, struct err *e) {
    struct package p = {.place = place};
    str spec = j_str(j_at(tuple, 0));
    if (!j_is_arr(tuple) || !spec.n)
        return err_set(e, ERR_INPUT, json_place(&b->doc, tuple, b->a),
                       _("a package should be a list that begins with its name and version"));
    npm_cut(spec, &p.name, &p.range);
    p.origin = npm_origin_of(b->a, p.range);
    for (struct jiter it = j_iter(tuple); j_next(&it);) {
        if (j_is_obj(it.val) && !j_ok(p.info))
            p.info = it.val;
        else if (it.index > 1 && j_is_str(it.val) && str_chr(j_str(it.val), '-') != STR_NONE)
            p.integrity = j_str(it.val);
    }
    *vec_push(b->a, &b->packages) = p;
    map_put(&b->by_place, place, NULL)->value = (void *)(uintptr_t)b->packages.n;
    return true;
}

/* ── resolving ── */

/* "a/@s/b" → "a"; "a" → "". */
static str outer_place(str place) {
    str outer, last;
    if (!str_rcut(place, '/', &outer, &last))
        return S("");
    str rest, scope;
    if (!str_rcut(outer, '/', &rest, &scope))
        rest = S("");
    return scope.n && scope.p[0] == '@' ? rest : outer;
}

static uint32_t resolve(struct bun *b, str place, str name) {
    struct arena_mark m = arena_mark(b->a);
    if (place.n > 2048 || name.n > 512)
        return UINT32_MAX;
    for (;;) {
        str at = place.n ? arena_printf(b->a, "%.*s/%.*s", STR_ARG(place), STR_ARG(name)) : name;
        uintptr_t found = (uintptr_t)map_get(&b->by_place, at);
        arena_reset(b->a, m);
        if (found)
            return (uint32_t)(found - 1);
        if (!place.n)
            return UINT32_MAX;
        place = outer_place(place);
    }
}

static str package_key(struct bun *b, uint32_t i) { return arena_cat(b->a, S("place:"), b->packages.v[i].place); }
static str workspace_key(struct bun *b, str folder) { return arena_cat(b->a, S("workspace:"), folder); }

static void read_workspace(struct bun *b, str folder, struct jv v) {
    struct npm_package p = {.key = workspace_key(b, folder),
                            .name = j_gets(v, "name"),
                            .version = j_gets(v, "version"),
                            .line = json_line(&b->lines, folder),
                            .is_project = true,
                            .is_member = folder.n > 0};
    if (p.name.n)
        npm_report(b->c, b->a, &p);
    for (size_t g = 0; g < ALL_GROUPS; g++)
        for (struct jiter it = j_iter(j_get(v, groups[g].group)); j_next(&it);) {
            uint32_t to = resolve(b, folder.n ? p.name : S(""), it.key);
            if (to == UINT32_MAX)
                continue;
            scopes_root(&b->scopes, to, groups[g].scope);
            collect_edge(b->c, p.key, package_key(b, to));
        }
}

static bool is_optional_peer(const struct package *p, str name) {
    for (struct jiter it = j_iter(j_get(p->info, "optionalPeers")); j_next(&it);)
        if (str_eq(j_str(it.val), name))
            return true;
    return false;
}

static void read_edges(struct bun *b, uint32_t from) {
    const struct package *p = &b->packages.v[from];
    for (size_t g = 0; g < WITHOUT_DEV; g++)
        for (struct jiter it = j_iter(j_get(p->info, groups[g].group)); j_next(&it);) {
            uint32_t to = resolve(b, p->place, it.key);
            bool optional = groups[g].scope == SCOPE_OPTIONAL || (g == 1 && is_optional_peer(p, it.key));
            if (to == UINT32_MAX || to == from)
                continue;
            scopes_edge(&b->scopes, from, to, optional);
            collect_edge(b->c, package_key(b, from), package_key(b, to));
        }
}

/* ── reporting ── */

static void report(struct bun *b, uint32_t i) {
    struct package *p = &b->packages.v[i];
    struct npm_package n = {.key = package_key(b, i),
                            .name = p->name,
                            .integrity = p->integrity,
                            .origin = p->origin,
                            .line = json_line(&b->lines, p->place),
                            .scope = scopes_of(&b->scopes, i),
                            .direct = scopes_direct(&b->scopes, i)};
    str outer = outer_place(p->place);
    str asked = str_from(p->place, outer.n + (outer.n > 0));
    n.alias = str_eq(asked, p->name) ? (str){NULL, 0} : asked;
    if (p->origin.from == NPM_REGISTRY)
        n.version = p->range;
    npm_report(b->c, b->a, &n);
}

/* A workspace among the packages is the project "workspaces" already told of. */
static bool is_workspace(const struct package *p) { return p->origin.from == NPM_LOCAL && p->origin.is_workspace; }

static bool load(struct bun *b, str bytes, struct err *e) {
    if (!json_parse(collect_ctx(b->c), b->a, bytes, JSON_RELAXED, b->file->path, &b->doc, e))
        return false;
    struct jv version = j_get(b->doc.root, "lockfileVersion");
    if (!j_is_obj(b->doc.root) || (j_ok(version) && !j_is_int(version)))
        return err_set(e, ERR_INPUT, json_place(&b->doc, j_ok(version) ? version : b->doc.root, b->a),
                       _("this is no bun.lock"));
    b->lines = (struct json_lines){.text = bytes, .doc = &b->doc};
    map_init(&b->by_place, b->a);
    for (struct jiter it = j_iter(j_get(b->doc.root, "packages")); j_next(&it);)
        if (!add_package(b, it.key, it.val, e))
            return false;
    return true;
}

static bool bun_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct bun b = {.c = c, .file = f, .a = a};
    if (!load(&b, bytes, e))
        return false;
    scopes_init(&b.scopes, a, b.packages.n);
    for (struct jiter it = j_iter(j_get(b.doc.root, "workspaces")); j_next(&it);)
        read_workspace(&b, it.key, it.val);
    for (uint32_t i = 0; i < b.packages.n; i++)
        read_edges(&b, i);
    scopes_run(&b.scopes);
    for (uint32_t i = 0; i < b.packages.n; i++)
        if (!is_workspace(&b.packages.v[i]))
            report(&b, i);
        else
            collect_edge(c, package_key(&b, i), workspace_key(&b, b.packages.v[i].origin.path));
    return true;
}

const struct detector detector_bun_lock = {
    .name = "npm/bun-lock",
    .of_project = true,
    .files = (const char *const[]){"bun.lock", NULL},
    .purl_types = "npm",
    .read = bun_lock_read,
};
