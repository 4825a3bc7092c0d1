/* SPDX-License-Identifier: Apache-2.0
 *
 * *.gemspec: Ruby text, of which only plain assignments are understood. RubyGems writes the installed ones
 * (…/specifications/NAME-VERSION.gemspec) in exactly that form; one in a source tree names the project.
 */
#include "base/file.h"
#include "collect/detectors.h"
#include "collect/report.h"

struct gemspec {
    struct arena *a;
    str name, version, platform, homepage, summary;
    struct str_list licences, authors;
    struct str_list runtime; /* names of dependencies */
};

/* Text of a literal: "x", 'x', %q<x>, each maybe followed by .freeze; absent when it is code. */
static str literal(str s) {
    s = str_trim(s);
    if (str_starts(s, S("Gem::Version.new(")))
        s = str_from(s, 17);
    if (str_starts(s, S("%q<")))
        return between(s, '<', '>');
    if (!s.n || (s.p[0] != '"' && s.p[0] != '\''))
        return (str){0};
    str text = between(s, s.p[0], s.p[0]);
    return str_find(text, S("#{")) == STR_NONE ? text : (str){0};
}

/* Every literal of ["a".freeze, "b"]. */
static void literals(struct arena *a, str list, struct str_list *out) {
    str item;
    list = between(list, '[', ']');
    while (str_next(&list, ',', &item))
        if (literal(item).n)
            *vec_push(a, out) = literal(item);
}

static void take_assignment(struct gemspec *g, str field, str value) {
    const struct {
        const char *field;
        str *into;
    } texts[] = {{"name", &g->name},
                 {"version", &g->version},
                 {"platform", &g->platform},
                 {"homepage", &g->homepage},
                 {"summary", &g->summary}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (str_is(field, texts[i].field))
            *texts[i].into = literal(value);
    if (str_is(field, "license") && literal(value).n)
        *vec_push(g->a, &g->licences) = literal(value);
    if (str_is(field, "author") && literal(value).n)
        *vec_push(g->a, &g->authors) = literal(value);
    if (str_is(field, "licenses"))
        literals(g->a, value, &g->licences);
    if (str_is(field, "authors"))
        literals(g->a, value, &g->authors);
}

/* s.add_runtime_dependency(%q<x>.freeze, ["~> 1"]) */
static void take_call(struct gemspec *g, str call) {
    static const char *const verbs[] = {"add_runtime_dependency", "add_dependency"};
    for (size_t i = 0; i < 2; i++)
        if (str_starts(call, str_of(verbs[i]))) {
            str rest = str_trim(str_from(call, strlen(verbs[i])));
            if (str_starts(rest, S("(")))
                rest = str_from(rest, 1);
            if (literal(rest).n)
                *vec_push(g->a, &g->runtime) = literal(rest);
            return;
        }
}

static void take_line(struct gemspec *g, str line) {
    str object, rest, field, value;
    line = uncomment(line, '#');
    if (!str_cut(line, '.', &object, &rest) || object.n == 0)
        return;
    for (size_t i = 0; i < object.n; i++)
        if (!ch_alnum(object.p[i]) && object.p[i] != '_')
            return;
    if (str_cut(rest, '=', &field, &value) && !str_starts(value, S("=")) && str_chr(field, '(') == STR_NONE)
        take_assignment(g, str_trim(field), value);
    else
        take_call(g, rest);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct gemspec g = {.a = a};
    bool installed = str_find(f->path, S("specifications/")) != STR_NONE;
    str line;
    (void)e;
    if (!installed && (str_find(f->path, S("/gems/")) != STR_NONE || str_starts(f->path, S("gems/"))))
        return true; /* a gem's own copy beside its folder of files: specifications/ tells */
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);)
        take_line(&g, line);
    if (!g.name.n || (installed && !g.version.n)) {
        if (installed)
            report_nameless(c, path_base(f->path));
        return true;
    }
    str library = path_dir(f->path), key = library_key(a, "gem", library, g.name);
    struct purl_qualifier platform = {S("platform"), g.platform};
    struct find find = {
        .type = "gem",
        .name = g.name,
        .version = g.version,
        .key = key,
        .homepage = g.homepage,
        .description = g.summary,
        .author = g.authors.n ? g.authors.v[0] : (str){0},
        .licence = licence_join(a, g.licences.v, g.licences.n, "OR"),
        .is_project = !installed,
        .qualifiers = &platform,
        .n_qualifiers = g.platform.n && !str_is(g.platform, "ruby"),
    };
    collect_find(c, &find);
    for (uint32_t i = 0; i < g.runtime.n; i++)
        collect_edge(c, key, library_key(a, "gem", library, g.runtime.v[i]));
    return true;
}

static const char *const files[] = {"*.gemspec", NULL};
const struct detector detector_gemspec = {.name = "gem/spec", .files = files, .purl_types = "gem", .read = read};
