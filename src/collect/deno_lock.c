/* SPDX-License-Identifier: Apache-2.0
 *
 * deno.lock, versions 2 to 5:
 *
 *   2     "npm": {"specifiers": {"chalk@5": "chalk@5.3.0"}, "packages": {"chalk@5.3.0": {…}}}
 *   3     "packages": {"specifiers": {"npm:chalk@5": "npm:chalk@5.3.0"}, "npm": {…}, "jsr": {…}}
 *   4, 5  "specifiers": {"npm:chalk@5": "5.3.0"}, "npm": {…}, "jsr": {…} at the top
 *
 * A package of npm depends on "name" or "name@version" (a list, or an object by alias before 4). JSR has no purl type
 * of its own: its packages are generic, with the address of the registry's page left out. "remote" modules are single
 * files fetched from the web.
 */
#include "collect/npm.h"
#include "collect/scope.h"

struct package {
    str key, name, version; /* key: "npm:chalk@5.3.0", without peers */
    struct jv v;
    bool is_jsr;
};
struct deno {
    struct collect *c;
    struct arena *a;
    struct json doc;
    struct json_lines lines;
    VEC(struct package) packages;
    struct map by_key;  /* → index + 1 */
    struct map by_name; /* "npm:chalk" → index + 1 of the last one */
    struct scopes scopes;
};

/* "name@1.0.0_peer@2.0.0" without the peers. */
static str without_peers(str key) {
    size_t at = str_chr(str_from(key, 1), '@');
    size_t end = at == STR_NONE ? STR_NONE : str_chr(str_from(key, at), '_');
    return end == STR_NONE ? key : str_upto(key, at + end);
}

static void add_packages(struct deno *d, const char *registry, struct jv packages) {
    for (struct jiter it = j_iter(packages); j_next(&it);) {
        struct package p = {.v = it.val, .is_jsr = registry[0] == 'j'};
        str key = without_peers(it.key);
        npm_cut(key, &p.name, &p.version);
        p.key = arena_printf(d->a, "%s:%.*s", registry, STR_ARG(key));
        struct map_entry *m = map_put(&d->by_key, p.key, NULL);
        if (m->value)
            continue;
        *vec_push(d->a, &d->packages) = p;
        m->value = (void *)(uintptr_t)d->packages.n;
        str name = arena_printf(d->a, "%s:%.*s", registry, STR_ARG(p.name));
        map_put(&d->by_name, name, NULL)->value = m->value;
    }
}

/* "npm:chalk@5.3.0", "npm:chalk" */
static uint32_t find(const struct deno *d, str key) {
    uintptr_t i = (uintptr_t)map_get(&d->by_key, without_peers(key));
    if (!i)
        i = (uintptr_t)map_get(&d->by_name, key);
    return i ? (uint32_t)(i - 1) : UINT32_MAX;
}

/* What a specifier of the project's code was answered with: "npm:chalk@5" → "npm:chalk@5.3.0". */
static uint32_t answer(const struct deno *d, str specifier, str value) {
    str name, range;
    uint32_t at = find(d, value);
    if (at != UINT32_MAX)
        return at;
    npm_cut(str_from(specifier, 4), &name, &range);
    str key = arena_printf(d->a, "%.*s%.*s@%.*s", STR_ARG(str_upto(specifier, 4)), STR_ARG(name), STR_ARG(value));
    return find(d, key);
}

static void read_specifiers(struct deno *d, struct jv specifiers, const char *registry) {
    for (struct jiter it = j_iter(specifiers); j_next(&it);) {
        str specifier = registry ? arena_printf(d->a, "%s:%.*s", registry, STR_ARG(it.key)) : it.key;
        str value = registry ? arena_printf(d->a, "%s:%.*s", registry, STR_ARG(j_str(it.val))) : j_str(it.val);
        uint32_t to = answer(d, specifier, value);
        if (to != UINT32_MAX)
            d->scopes.known = d->scopes.direct[to] = true;
    }
}

static void read_edges(struct deno *d, uint32_t from) {
    const struct package *p = &d->packages.v[from];
    const char *const groups[] = {"dependencies", "optionalDependencies", "optionalPeers"};
    for (size_t g = 0; g < 3; g++)
        for (struct jiter it = j_iter(j_get(p->v, groups[g])); j_next(&it);) {
            str value = j_str(it.val);
            bool whole = str_starts(value, S("npm:")) || str_starts(value, S("jsr:"));
            str key = whole ? value : arena_cat(d->a, p->is_jsr ? S("jsr:") : S("npm:"), value);
            uint32_t to = find(d, key);
            if (to == UINT32_MAX && whole) { /* a specifier like those of the project: "jsr:@std/path@^1" */
                str name, range;
                npm_cut(str_from(value, 4), &name, &range);
                to = find(d, arena_cat(d->a, str_upto(value, 4), name));
            }
            if (to != UINT32_MAX && to != from)
                collect_edge(d->c, p->key, d->packages.v[to].key);
        }
}

static void report_jsr(struct deno *d, uint32_t i) {
    const struct package *p = &d->packages.v[i];
    struct sbom_hashes hashes = {0};
    struct find f = {.type = "generic",
                     .version = p->version,
                     .key = p->key,
                     .direct = scopes_direct(&d->scopes, i),
                     .line = json_line(&d->lines, p->name)};
    const struct sbom_property from = {S("akashi:registry"), S("jsr")};
    if (!npm_name(p->name, &f.ns, &f.name))
        return;
    npm_hex_hash(d->a, j_gets(p->v, "integrity"), &hashes);
    f.hashes = hashes.v;
    f.n_hashes = hashes.n;
    f.properties = &from;
    f.n_properties = 1;
    collect_find(d->c, &f);
}

static void report(struct deno *d, uint32_t i) {
    const struct package *p = &d->packages.v[i];
    if (p->is_jsr) {
        report_jsr(d, i);
        return;
    }
    npm_report(d->c, d->a,
               &(struct npm_package){.key = p->key,
                                     .name = p->name,
                                     .version = p->version,
                                     .integrity = j_gets(p->v, "integrity"),
                                     .line = json_line(&d->lines, p->name),
                                     .direct = scopes_direct(&d->scopes, i)});
}

/* Modules of one folder with a version in its name are one component: "https://host/x/name@1.0.0/mod.ts". */
static void report_remote(struct deno *d, struct jv remote) {
    struct map seen;
    map_init(&seen, d->a);
    for (struct jiter it = j_iter(remote); j_next(&it);) {
        str url = it.key;
        size_t at = str_rchr(url, '@'), slash = str_chr(str_from(url, at == STR_NONE ? url.n : at), '/'), start;
        struct purl_qualifier q = {S("download_url"), url};
        struct find f = {.type = "generic", .line = json_line(&d->lines, url), .qualifiers = &q, .n_qualifiers = 1};
        bool fresh;
        if (at == STR_NONE || slash == STR_NONE || (start = str_rchr(str_upto(url, at), '/')) == STR_NONE)
            continue; /* covered by the count of unnamed modules below */
        f.name = str_n(url.p + start + 1, at - start - 1);
        f.version = str_n(url.p + at + 1, slash - 1);
        q.value = str_upto(url, at + slash);
        map_put(&seen, q.value, &fresh);
        if (fresh && f.name.n)
            collect_find(d->c, &f);
    }
    for (struct jiter it = j_iter(remote); j_next(&it);)
        if (str_chr(it.key, '@') == STR_NONE)
            collect_unidentified(d->c, it.key, str_of(_("a module from the web without a version in its address")));
}

static bool deno_lock_read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct deno d = {.c = c, .a = a};
    if (!json_parse(collect_ctx(c), a, bytes, JSON_STRICT, f->path, &d.doc, e))
        return false;
    struct jv root = d.doc.root, v3 = j_get(root, "packages"), npm = j_get(root, "npm");
    if (!j_is_obj(root))
        return err_set(e, ERR_INPUT, f->path, _("a lock file should be a JSON object"));
    bool v2 = j_is_obj(j_get(npm, "packages"));
    d.lines = (struct json_lines){.text = bytes, .doc = &d.doc};
    map_init(&d.by_key, a);
    map_init(&d.by_name, a);
    add_packages(&d, "npm", v2 ? j_get(npm, "packages") : j_ok(v3) ? j_get(v3, "npm") : npm);
    add_packages(&d, "jsr", j_ok(v3) ? j_get(v3, "jsr") : j_get(root, "jsr"));
    scopes_init(&d.scopes, a, d.packages.n);
    read_specifiers(&d, v2 ? j_get(npm, "specifiers") : (struct jv){NULL}, "npm");
    read_specifiers(&d, j_get(j_ok(v3) ? v3 : root, "specifiers"), NULL);
    for (uint32_t i = 0; i < d.packages.n; i++) {
        report(&d, i);
        read_edges(&d, i);
    }
    report_remote(&d, j_get(root, "remote"));
    return true;
}

const struct detector detector_deno_lock = {
    .name = "npm/deno-lock",
    .of_project = true,
    .files = (const char *const[]){"deno.lock", NULL},
    .purl_types = "npm, generic",
    .read = deno_lock_read,
};
