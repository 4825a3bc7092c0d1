/* SPDX-License-Identifier: Apache-2.0
 *
 * Gemfile.lock (Bundler). Indentation is the grammar:
 *
 *   GEM                              a source: GEM, GIT, PATH or PLUGIN SOURCE
 *     remote: URL
 *     specs:
 *       name (version[-platform])    a gem
 *         other (>= 1)               what it asks for
 *   DEPENDENCIES
 *     name (~> 1)[!]                 what the Gemfile asks for
 *   CHECKSUMS
 *     name (version) sha256=…
 *
 * Groups are not in it: they come from the Gemfile beside.
 */
#include "base/file.h"
#include "collect/detectors.h"
#include "collect/graph.h"

enum { MAX_VARIANTS = 64 };

enum section { SECTION_OTHER, SECTION_SOURCE, SECTION_DEPENDENCIES, SECTION_CHECKSUMS };

struct spec {
    str name, version, platform, key;
    uint32_t line, source;
    uint32_t variants; /* of the first spec of a name: how many there are */
    struct spec *next; /* another platform of the same gem */
};
struct origin {
    str kind, remote, revision;
};
struct wish {
    struct spec *from;
    str to;
};
struct gem_lock {
    struct collect *c;
    struct arena *a;
    VEC(struct spec *) specs;
    VEC(struct origin) origins;
    VEC(struct wish) wishes;
    VEC(str) direct;
    struct map by_name, checksums; /* checksums: "name (version)" → str * of hex */
    struct graph graph;
};

/* "name (text)": false when there is no parenthesis. */
static bool name_and_text(str line, str *name, str *text) {
    line = str_trim(line);
    size_t open = str_find(line, S(" ("));
    if (open == STR_NONE) {
        *name = line;
        *text = (str){0};
        return false;
    }
    *name = str_upto(line, open);
    *text = between(line, '(', ')');
    return text->n > 0;
}

static void add_spec(struct gem_lock *g, str line, uint32_t no) {
    str name, text, version, platform;
    if (!name_and_text(line, &name, &text) || !name.n)
        return report_nameless(g->c, str_trim(line));
    (void)str_cut(text, '-', &version, &platform);
    struct map_entry *entry = map_put(&g->by_name, name, NULL);
    struct spec *first = entry->value;
    struct spec *s = arena_new_of(g->a, struct spec);
    *s = (struct spec){.name = name, .version = version, .platform = platform, .line = no, .source = g->origins.n - 1};
    s->key = first ? arena_printf(g->a, "%.*s %.*s", STR_ARG(name), STR_ARG(text)) : name;
    if (!first) {
        entry->value = s;
    } else if (first->variants < MAX_VARIANTS) {
        first->variants++;
        s->next = first->next;
        first->next = s;
    }
    *vec_push(g->a, &g->specs) = s;
}

static void add_checksum(struct gem_lock *g, str line) {
    str name, text, alg, hex;
    if (!name_and_text(line, &name, &text))
        return;
    str rest = str_from(str_trim(line), (size_t)(text.p - str_trim(line).p) + text.n + 1);
    if (!str_cut(str_trim(rest), '=', &alg, &hex) || !str_is(alg, "sha256"))
        return;
    str *kept = arena_new_of(g->a, str);
    *kept = hex;
    map_put(&g->checksums, arena_printf(g->a, "%.*s (%.*s)", STR_ARG(name), STR_ARG(text)), NULL)->value = kept;
}

static void add_source_line(struct gem_lock *g, str line, uint32_t no) {
    struct origin *o = &g->origins.v[g->origins.n - 1];
    str key, value, text;
    switch (indent_of(line)) {
    case 2:
        if (!str_cut(str_trim(line), ':', &key, &value))
            break;
        if (str_is(key, "remote") && !o->remote.n)
            o->remote = str_trim(value);
        if (str_is(key, "revision"))
            o->revision = str_trim(value);
        break;
    case 4: add_spec(g, line, no); break;
    case 6:
        if (g->specs.n) {
            (void)name_and_text(line, &key, &text);
            *vec_push(g->a, &g->wishes) = (struct wish){g->specs.v[g->specs.n - 1], key};
        }
        break;
    default: break;
    }
}

/* "GEM", "BUNDLED WITH", marks of a merge conflict. */
static bool is_title(str title) {
    for (size_t i = 0; i < title.n; i++)
        if (title.p[i] >= 'a' && title.p[i] <= 'z')
            return str_starts(title, S("<<<<<<< "));
    return true;
}

/* False, with the line, when the file begins with what is no section at all. */
static bool parse(struct gem_lock *g, str bytes, uint32_t *bad) {
    static const char *const sources[] = {"GEM", "GIT", "PATH", "PLUGIN SOURCE"};
    enum section section = SECTION_OTHER;
    str line, name, text;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        if (!str_trim(line).n)
            continue;
        if (indent_of(line) == 0) {
            str title = str_trim(line);
            if (!g->origins.n && !is_title(title)) {
                *bad = l.no;
                return false;
            }
            section = str_is(title, "DEPENDENCIES") ? SECTION_DEPENDENCIES
                      : str_is(title, "CHECKSUMS")  ? SECTION_CHECKSUMS
                                                    : SECTION_OTHER;
            for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
                if (str_is(title, sources[i])) {
                    section = SECTION_SOURCE;
                    *vec_push(g->a, &g->origins) = (struct origin){.kind = title};
                }
        } else if (section == SECTION_SOURCE) {
            add_source_line(g, line, l.no);
        } else if (section == SECTION_DEPENDENCIES) {
            (void)name_and_text(line, &name, &text);
            *vec_push(g->a, &g->direct) = str_ends(name, S("!")) ? str_upto(name, name.n - 1) : name;
        } else if (section == SECTION_CHECKSUMS) {
            add_checksum(g, line);
        }
    }
    return true;
}

/* ── groups, from the Gemfile ── */

static bool is_dev_group(str text) {
    return (str_find(text, S(":test")) != STR_NONE || str_find(text, S(":development")) != STR_NONE) &&
           str_find(text, S(":default")) == STR_NONE && str_find(text, S(":production")) == STR_NONE;
}

/* `gem "x", group: :test` and `group :development, :test do … end`, as people write them. */
static void read_groups(str gemfile, struct map *dev, struct map *runtime) {
    bool block = false;
    str line;
    for (struct lines l = {.rest = gemfile}; lines_next(&l, &line);) {
        line = uncomment(line, '#');
        if (str_starts(line, S("group ")) || str_starts(line, S("group(")))
            block = is_dev_group(line);
        else if (str_is(line, "end"))
            block = false;
        if (!str_starts(line, S("gem ")) && !str_starts(line, S("gem(")))
            continue;
        size_t quote = 4;
        while (quote < line.n && line.p[quote] != '"' && line.p[quote] != '\'')
            quote++;
        if (quote >= line.n)
            continue;
        str name = between(str_from(line, quote), line.p[quote], line.p[quote]);
        bool grouped = str_find(line, S("group")) != STR_NONE;
        (void)map_put(block || (grouped && is_dev_group(line)) ? dev : runtime, name, NULL);
    }
}

static void spread_groups(struct gem_lock *g, const struct found_file *f) {
    bool locked = str_is(path_base(f->path), "gems.locked");
    struct map dev, runtime;
    struct err none = {0};
    str gemfile;
    map_init(&dev, g->a);
    map_init(&runtime, g->a);
    bool grouped = collect_open(g->c, f, locked ? S("gems.rb") : S("Gemfile"), g->a, &gemfile, &none);
    if (grouped)
        read_groups(gemfile, &dev, &runtime);
    for (uint32_t i = 0; i < g->wishes.n; i++)
        graph_edge(&g->graph, g->wishes.v[i].from->name, g->wishes.v[i].to);
    for (uint32_t i = 0; i < g->direct.n; i++)
        graph_root(&g->graph, g->direct.v[i], map_find(&dev, g->direct.v[i]) && !map_find(&runtime, g->direct.v[i]));
    if (grouped) /* without it, nothing is known about what runs */
        graph_spread(&g->graph);
}

/* ── report ── */

static void find_spec(struct gem_lock *g, const struct spec *s) {
    const struct origin *o = &g->origins.v[s->source];
    str full = s->platform.n ? arena_printf(g->a, "%.*s-%.*s", STR_ARG(s->version), STR_ARG(s->platform)) : s->version;
    const str *hex = map_get(&g->checksums, arena_printf(g->a, "%.*s (%.*s)", STR_ARG(s->name), STR_ARG(full)));
    struct purl_qualifier qualifiers[2];
    struct sbom_property path = {S("akashi:path"), o->remote};
    struct sbom_hash hash;
    struct find find = {
        .type = "gem",
        .name = s->name,
        .version = s->version,
        .qualifiers = qualifiers,
        .line = s->line,
        .key = s->key,
        .scope = graph_scope(&g->graph, s->name),
        .direct = graph_direct(&g->graph, s->name),
        .properties = &path,
        .n_properties = str_is(o->kind, "PATH"),
        .hashes = &hash,
        .n_hashes = hex && hash_hex(g->a, "SHA-256", *hex, &hash),
    };
    if (s->platform.n)
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){S("platform"), s->platform};
    if (str_is(o->kind, "GIT") && o->remote.n)
        qualifiers[find.n_qualifiers++] = (struct purl_qualifier){
            S("vcs_url"),
            arena_printf(g->a, "git+%.*s%s%.*s", STR_ARG(o->remote), o->revision.n ? "@" : "", STR_ARG(o->revision))};
    collect_find(g->c, &find);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct gem_lock g = {.c = c, .a = a};
    uint32_t bad;
    map_init(&g.by_name, a);
    map_init(&g.checksums, a);
    graph_init(&g.graph, a);
    if (!parse(&g, bytes, &bad))
        return report_malformed(a, f, bad, "Gemfile.lock", e);
    spread_groups(&g, f);
    for (uint32_t i = 0; i < g.specs.n; i++)
        find_spec(&g, g.specs.v[i]);
    for (uint32_t i = 0; i < g.wishes.n; i++)
        for (const struct spec *to = map_get(&g.by_name, g.wishes.v[i].to); to; to = to->next)
            collect_edge(c, g.wishes.v[i].from->key, to->key);
    return true;
}

static const char *const files[] = {"Gemfile.lock", "gems.locked", "*.gemfile.lock", NULL};
static const char *const opens[] = {"Gemfile", "gems.rb", NULL};
const struct detector detector_gem_lock = {
    .name = "gem/lock", .of_project = true, .files = files, .purl_types = "gem", .opens = opens, .read = read};
