/* SPDX-License-Identifier: Apache-2.0
 *
 * Bazel modules. MODULE.bazel says what is asked for: module(), bazel_dep(), and overrides. MODULE.bazel.lock says what
 * was chosen: of each chosen module the registry's source.json was read, so its address is in registryFileHashes
 * (…/modules/NAME/VERSION/source.json); before format 10 moduleDepGraph has them. With a lock file the manifest only
 * tells direct and dev.
 */
#include "base/file.h"
#include "collect/call_list.h"
#include "collect/detectors.h"
#include "collect/download.h"

struct wish {
    str name, version;
    bool dev;
    uint32_t line;
};
struct manifest {
    VEC(struct wish) wishes;
    struct map by_name;   /* → struct wish index + 1 */
    struct map overrides; /* module → index + 1 of the call */
    struct calls calls;
    str name, version;
    uint32_t line;
};

static bool manifest_read(struct arena *a, str bytes, struct manifest *out) {
    *out = (struct manifest){0};
    map_init(&out->by_name, a);
    map_init(&out->overrides, a);
    bool whole = calls_read(a, bytes, &out->calls);
    for (uint32_t i = 0; i < out->calls.n; i++) {
        const struct call *c = &out->calls.v[i];
        str name = call_arg(c, "name");
        name = name.n ? name : call_arg(c, "");
        if (str_ends(c->name, S("_override")))
            map_put(&out->overrides, call_arg(c, "module_name"), NULL)->value = (void *)(uintptr_t)(i + 1);
        if (str_is(c->name, "module")) {
            out->name = name;
            out->version = call_arg(c, "version");
            out->line = c->line;
        } else if (str_is(c->name, "bazel_dep") && name.n) {
            struct wish w = {name, call_arg(c, "version"), str_is(call_arg(c, "dev_dependency"), "True"), c->line};
            *vec_push(a, &out->wishes) = w;
            map_put(&out->by_name, name, NULL)->value = (void *)(uintptr_t)out->wishes.n;
        }
    }
    return whole;
}

static const struct wish *wish_of(const struct manifest *m, str name) {
    uintptr_t at = (uintptr_t)map_get(&m->by_name, name);
    return at ? &m->wishes.v[at - 1] : NULL;
}

/* The override of a module, if any. */
static const struct call *override_of(const struct manifest *m, str name) {
    uintptr_t at = (uintptr_t)map_get(&m->overrides, name);
    return at ? &m->calls.v[at - 1] : NULL;
}

static const char public_registry[] = "https://bcr.bazel.build/";

static void find_module(struct collect *c, str name, str version, str registry, const struct manifest *m,
                        uint32_t line) {
    struct purl_qualifier where = {S("repository_url"), registry};
    const struct wish *w = m ? wish_of(m, name) : NULL;
    struct find find = {.type = "bazel", .name = name, .version = version, .line = line, .qualifiers = &where};
    find.n_qualifiers = registry.n > 0 && !str_starts(registry, str_of(public_registry));
    if (m)
        find.direct = w ? DIRECT_YES : DIRECT_TRANSITIVE;
    if (w)
        find.scope = w->dev ? SCOPE_DEV : SCOPE_REQUIRED;
    find.key = name;
    collect_find(c, &find);
}

/* …/modules/NAME/VERSION/source.json */
static bool chosen(str url, str *registry, str *name, str *version) {
    size_t at = str_find(url, S("/modules/"));
    str rest;
    if (at == STR_NONE || !str_ends(url, S("/source.json")))
        return false;
    *registry = str_upto(url, at + 1);
    rest = str_from(url, at + 9);
    return str_cut(rest, '/', name, &rest) && str_cut(rest, '/', version, &rest) && str_is(rest, "source.json");
}

static bool read_lock(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct json doc;
    struct manifest m;
    struct err none = {0};
    str text, registry, name, version;
    if (!report_json(c, f, bytes, a, "MODULE.bazel.lock", &doc, e))
        return false;
    bool told = collect_open(c, f, S("MODULE.bazel"), a, &text, &none) && manifest_read(a, text, &m);
    for (struct jiter it = j_iter(j_get(doc.root, "registryFileHashes")); j_next(&it);)
        if (chosen(it.key, &registry, &name, &version))
            find_module(c, name, version, registry, told ? &m : NULL, 0);
    for (struct jiter it = j_iter(j_get(doc.root, "moduleDepGraph")); j_next(&it);) {
        name = j_gets(it.val, "name");
        if (!name.n || !j_gets(it.val, "version").n)
            continue; /* the root itself */
        find_module(c, name, j_gets(it.val, "version"), (str){0}, told ? &m : NULL, 0);
        for (struct jiter d = j_iter(j_get(it.val, "deps")); j_next(&d);)
            if (str_cut(j_str(d.val), '@', &text, &version))
                collect_edge(c, name, text);
    }
    return true;
}

static const char *const lock_files[] = {"MODULE.bazel.lock", NULL};
static const char *const lock_opens[] = {"MODULE.bazel", NULL};
const struct detector detector_bazel_lock = {.name = "bazel/lock",
                                             .of_project = true,
                                             .files = lock_files,
                                             .purl_types = "bazel",
                                             .opens = lock_opens,
                                             .read = read_lock};

/* Without a lock file: what is asked for, which is at least what is built. */
static void find_wish(struct collect *c, struct arena *a, const struct manifest *m, const struct wish *w) {
    const struct call *o = override_of(m, w->name);
    if (o && str_is(o->name, "single_version_override") && call_arg(o, "version").n)
        return find_module(c, w->name, call_arg(o, "version"), call_arg(o, "registry"), m, w->line);
    if (!o || str_is(o->name, "single_version_override") || str_is(o->name, "multiple_version_override"))
        return find_module(c, w->name, w->version, (str){0}, m, w->line);
    struct download d = {.name = w->name, .line = o->line, .direct = DIRECT_YES, .key = w->name};
    d.scope = w->dev ? SCOPE_DEV : SCOPE_REQUIRED;
    d.git = call_arg(o, "remote");
    d.ref = call_arg(o, "commit");
    d.url = call_arg(o, "urls");
    if (!d.ref.n)
        d.ref = call_arg(o, "tag");
    str alg, digest, integrity = call_arg(o, "integrity");
    if (!str_cut(integrity, '-', &alg, &digest) || !hash_name(alg) || !hash_base64(a, hash_name(alg), digest, &d.hash))
        d.hash = (struct sbom_hash){0};
    if (d.git.n || d.url.n)
        download_find(c, a, &d);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct manifest m;
    struct err none = {0};
    str text;
    if (!manifest_read(a, bytes, &m))
        return report_malformed(a, f, m.calls.n ? m.calls.v[m.calls.n - 1].line : 0, "MODULE.bazel", e);
    if (m.name.n)
        collect_find(c, &(struct find){.type = "bazel",
                                       .name = m.name,
                                       .version = m.version,
                                       .line = m.line,
                                       .key = S("project|"),
                                       .is_project = true});
    if (collect_open(c, f, S("MODULE.bazel.lock"), a, &text, &none))
        return true;
    for (uint32_t i = 0; i < m.wishes.n; i++) {
        find_wish(c, a, &m, &m.wishes.v[i]);
        if (m.name.n)
            collect_edge(c, S("project|"), m.wishes.v[i].name);
    }
    return true;
}

static const char *const files[] = {"MODULE.bazel", NULL};
static const char *const opens[] = {"MODULE.bazel.lock", NULL};
const struct detector detector_bazel_module = {
    .name = "bazel/module", .of_project = true, .files = files, .purl_types = "bazel", .opens = opens, .read = read};
