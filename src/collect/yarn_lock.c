/* SPDX-License-Identifier: Apache-2.0
 *
 * yarn.lock of Yarn 1 and of Yarn 2 and later ("berry"). An entry is named by the descriptors ("name@range") it
 * answers; dependencies name such descriptors. What the project asks for itself, and whether only for development,
 * stands in package.json beside the lock file (Yarn 2: of each workspace).
 */
#include "base/file.h"
#include "collect/npm.h"
#include "collect/scope.h"
#include "collect/yarn_syml.h"

struct dependency {
    str name, range;
    bool optional;
};
struct entry {
    str key; /* its descriptors, joined by ", " */
    str version, resolved, resolution, integrity, name, folder;
    uint32_t line;
    VEC(struct dependency) dependencies;
    bool is_project;
};
struct yarn {
    struct collect *c;
    const struct found_file *file;
    struct arena *a;
    VEC(struct entry) entries;
    struct map by_descriptor; /* "name@range" → index + 1 */
    struct scopes scopes;
};

/* ── reading ── */

enum section { SECTION_NONE, SECTION_NEEDS, SECTION_OPTIONAL, SECTION_META };

static enum section section_of(str key) {
    static const struct {
        str key;
        enum section section;
    } sections[] = {
        {S_INIT("dependencies"), SECTION_NEEDS},
        {S_INIT("optionalDependencies"), SECTION_OPTIONAL},
        {S_INIT("dependenciesMeta"), SECTION_META},
    };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (str_eq(key, sections[i].key))
            return sections[i].section;
    return SECTION_NONE;
}

static void member(struct entry *e, const struct syml_line *line) {
    const struct {
        const char *key;
        str *to;
    } members[] = {{"version", &e->version},
                   {"resolved", &e->resolved},
                   {"resolution", &e->resolution},
                   {"integrity", &e->integrity}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (str_is(line->key, members[i].key))
            *members[i].to = line->value;
}

/* "dependenciesMeta:", "x:", "optional: true" tells that x of the block above is optional. */
static void meta(struct entry *e, str of, const struct syml_line *line) {
    if (!str_is(line->key, "optional") || !str_is(line->value, "true"))
        return;
    for (uint32_t i = 0; i < e->dependencies.n; i++)
        if (str_eq(e->dependencies.v[i].name, of))
            e->dependencies.v[i].optional = true;
}

static bool read_entries(struct yarn *y, str bytes, struct err *e) {
    struct syml s = syml_of(y->a, bytes, y->file->path);
    struct syml_line line;
    struct entry *now = NULL;
    enum section section = SECTION_NONE;
    str meta_of = {NULL, 0};
    while (syml_next(&s, &line, e)) {
        if (line.depth == 0) {
            now = NULL;
            if (str_is(line.key, "__metadata"))
                continue;
            now = vec_push(y->a, &y->entries);
            *now = (struct entry){.key = line.key, .line = line.line};
        } else if (!now) {
            continue;
        } else if (line.depth == 1) {
            section = line.value.p ? SECTION_NONE : section_of(line.key);
            if (line.value.p)
                member(now, &line);
        } else if (line.depth == 2 && section == SECTION_META) {
            meta_of = line.key;
        } else if (line.depth == 2 && section != SECTION_NONE && line.value.p) {
            *vec_push(y->a, &now->dependencies) = (struct dependency){line.key, line.value,
                                                                      section == SECTION_OPTIONAL};
        } else if (line.depth == 3 && section == SECTION_META) {
            meta(now, meta_of, &line);
        }
    }
    return !e || e->kind == ERR_NONE;
}

/* ── identities ── */

/* Takes the next descriptor of a joined key; a comma inside a range does not cut. */
static bool next_descriptor(str *rest, str *one) {
    if (!rest->n)
        return false;
    for (size_t from = 0;;) {
        size_t at = str_find(str_from(*rest, from), S(", "));
        if (at == STR_NONE) {
            *one = *rest;
            *rest = (str){NULL, 0};
            return true;
        }
        str name, range, behind = str_from(*rest, from + at + 2);
        npm_cut(behind, &name, &range);
        from += at + 2;
        if (!range.p)
            continue;
        *one = str_upto(*rest, from - 2);
        *rest = behind;
        return true;
    }
}

static void index_descriptors(struct yarn *y) {
    map_init(&y->by_descriptor, y->a);
    for (uint32_t i = 0; i < y->entries.n; i++) {
        str rest = y->entries.v[i].key, one;
        while (next_descriptor(&rest, &one)) {
            struct map_entry *m = map_put(&y->by_descriptor, one, NULL);
            if (!m->value)
                m->value = (void *)((uintptr_t)i + 1);
        }
    }
}

static uint32_t find_descriptor(const struct yarn *y, str name, str range) {
    struct arena_mark m = arena_mark(y->a);
    uintptr_t found = 0;
    for (size_t i = 0; i < 2 && !found; i++) {
        str key = i == 0 ? arena_printf(y->a, "%.*s@%.*s", STR_ARG(name), STR_ARG(range))
                         : arena_printf(y->a, "%.*s@npm:%.*s", STR_ARG(name), STR_ARG(range));
        found = (uintptr_t)map_get(&y->by_descriptor, key);
        arena_reset(y->a, m);
    }
    return found ? (uint32_t)(found - 1) : UINT32_MAX;
}

/* Name and origin of one entry, and whether it is one of our own workspaces. */
static void identify(struct yarn *y, struct entry *e, struct npm_package *p) {
    str first = {NULL, 0}, rest = e->key, range;
    next_descriptor(&rest, &first);
    npm_cut(first, &p->name, &range);
    str asked = p->name;
    p->origin = npm_origin_of(y->a, range);
    if (e->resolution.p) {
        npm_cut(e->resolution, &p->name, &range);
        /* "name@patch:name@npm%3A1.0.0#…": the package itself, with changes of ours. */
        p->origin = str_starts(range, S("patch:")) ? (struct npm_origin){.from = NPM_REGISTRY}
                                                   : npm_origin_of(y->a, range);
    } else {
        str told = npm_tarball_name(e->resolved);
        if (p->origin.alias.n)
            p->name = p->origin.alias;
        if (told.n && p->origin.from == NPM_REGISTRY)
            p->name = told;
    }
    if (p->origin.from == NPM_LOCAL && p->origin.is_workspace)
        p->name = asked;
    p->alias = str_eq(asked, p->name) ? (str){NULL, 0} : asked;
}

/* ── scopes ── */

static bool open_manifest(struct yarn *y, str folder, struct json *out) {
    str text, path = path_join(y->a, folder, S("package.json"));
    struct err e;
    return collect_open(y->c, y->file, path, y->a, &text, &e) &&
           json_parse(collect_ctx(y->c), y->a, text, JSON_STRICT, path, out, &e) && j_is_obj(out->root);
}

static void roots_of(struct yarn *y, str folder, const struct entry *workspace) {
    static const struct {
        const char *group;
        enum sbom_scope scope;
    } groups[] = {{"dependencies", SCOPE_REQUIRED},
                  {"peerDependencies", SCOPE_REQUIRED},
                  {"optionalDependencies", SCOPE_OPTIONAL},
                  {"devDependencies", SCOPE_DEV}};
    struct json manifest;
    if (!open_manifest(y, folder, &manifest)) {
        /* Without it Yarn 2 still tells what a workspace asks for, not for which purpose. */
        for (uint32_t i = 0; workspace && i < workspace->dependencies.n; i++) {
            const struct dependency *d = &workspace->dependencies.v[i];
            uint32_t to = find_descriptor(y, d->name, d->range);
            if (to != UINT32_MAX)
                y->scopes.known = y->scopes.direct[to] = true;
        }
        return;
    }
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
        for (struct jiter it = j_iter(j_get(manifest.root, groups[g].group)); j_next(&it);) {
            uint32_t to = find_descriptor(y, it.key, j_str(it.val));
            if (to != UINT32_MAX)
                scopes_root(&y->scopes, to, groups[g].scope);
        }
}

static void find_scopes(struct yarn *y) {
    bool any_project = false;
    scopes_init(&y->scopes, y->a, y->entries.n);
    for (uint32_t i = 0; i < y->entries.n; i++) {
        struct entry *e = &y->entries.v[i];
        for (uint32_t d = 0; !e->is_project && d < e->dependencies.n; d++) {
            uint32_t to = find_descriptor(y, e->dependencies.v[d].name, e->dependencies.v[d].range);
            if (to != UINT32_MAX)
                scopes_edge(&y->scopes, i, to, e->dependencies.v[d].optional);
        }
        if (e->is_project)
            roots_of(y, e->folder, e);
        any_project = any_project || e->is_project;
    }
    if (!any_project)
        roots_of(y, S("."), NULL);
    scopes_run(&y->scopes);
}

/* ── reporting ── */

static str key_of(struct yarn *y, const struct entry *e) {
    return arena_printf(y->a, "%u", (unsigned)(e - y->entries.v) + 1);
}

/* Yarn writes 0.0.0-use.local for a workspace; its version stands in its manifest. */
static void report_project(struct yarn *y, struct entry *e, struct npm_package *p) {
    struct json manifest;
    p->is_project = true;
    p->is_member = !str_is(e->folder, ".");
    if (str_starts(p->version, S("0.0.0-use.local")))
        p->version = (str){NULL, 0};
    if (!p->version.n && open_manifest(y, e->folder, &manifest))
        p->version = j_gets(manifest.root, "version");
    npm_report(y->c, y->a, p);
}

static void take_v1_sum(struct npm_package *p) {
    str url, sum;
    /* "…tgz#<sha1>", before Yarn 1.10 wrote integrity. */
    if (!str_cut(p->resolved, '#', &url, &sum) || sum.n != 40 || !npm_tarball_name(url).p)
        return;
    p->resolved = url;
    if (!p->integrity.n)
        p->sha1 = sum;
}

static void report(struct yarn *y, struct entry *e, struct npm_package *p) {
    uint32_t i = (uint32_t)(e - y->entries.v);
    p->key = key_of(y, e);
    p->line = e->line;
    p->version = e->version;
    if (e->is_project) {
        report_project(y, e, p);
        return;
    }
    if (p->origin.from == NPM_UNKNOWN && !e->resolved.n) {
        collect_unidentified(y->c, e->key, str_of(_("it comes from a protocol nobody knows")));
        return;
    }
    if (p->origin.from == NPM_REGISTRY || p->origin.from == NPM_GIT)
        p->resolved = e->resolved;
    p->integrity = e->integrity;
    take_v1_sum(p);
    p->scope = scopes_of(&y->scopes, i);
    p->direct = scopes_direct(&y->scopes, i);
    npm_report(y->c, y->a, p);
}

static void edges(struct yarn *y, const struct entry *e) {
    for (uint32_t d = 0; d < e->dependencies.n; d++) {
        uint32_t to = find_descriptor(y, e->dependencies.v[d].name, e->dependencies.v[d].range);
        if (to != UINT32_MAX)
            collect_edge(y->c, key_of(y, e), key_of(y, &y->entries.v[to]));
    }
}

static bool yarn_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct yarn y = {.c = c, .file = f, .a = a};
    if (!read_entries(&y, text_utf8(a, bytes), e))
        return false;
    index_descriptors(&y);
    struct npm_package *packages = arena_array(a, struct npm_package, (size_t)y.entries.n + 1);
    for (uint32_t i = 0; i < y.entries.n; i++) {
        struct entry *x = &y.entries.v[i];
        identify(&y, x, &packages[i]);
        x->is_project = packages[i].origin.from == NPM_LOCAL && packages[i].origin.is_workspace;
        x->folder = packages[i].origin.path;
    }
    find_scopes(&y);
    for (uint32_t i = 0; i < y.entries.n; i++) {
        report(&y, &y.entries.v[i], &packages[i]);
        edges(&y, &y.entries.v[i]);
    }
    return true;
}

const struct detector detector_yarn_lock = {
    .name = "npm/yarn-lock",
    .of_project = true,
    .files = (const char *const[]){"yarn.lock", NULL},
    .purl_types = "npm",
    .opens = (const char *const[]){"package.json", NULL},
    .read = yarn_lock_read,
};
