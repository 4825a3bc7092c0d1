/* SPDX-License-Identifier: Apache-2.0
 *
 * mix.lock (Elixir), a map of name to
 *   {:hex, :package, "version", "inner sha-256", [managers], [{:dependency, "~> 1.0", [hex: :name, …]}], "repo",
 *    "sha-256 of the tarball"}
 *   {:git, "url", "commit", [options]}
 * What is direct and what only development needs is read from deps in mix.exs beside.
 */
#include "collect/detectors.h"
#include "collect/graph.h"
#include "collect/term.h"

struct mix {
    struct collect *c;
    struct arena *a;
    struct graph graph;
};

static void edges_of(struct mix *m, str name, const struct term *hex) {
    const struct term *list = term_at(hex, 5);
    for (const struct term *d = list ? list->child : NULL; d; d = d->next)
        if (term_text(d, 0, TERM_ATOM).n)
            graph_edge(&m->graph, name, term_text(d, 0, TERM_ATOM));
}

static void find_entry(struct mix *m, const struct term *key, const struct term *t) {
    str kind = term_text(t, 0, TERM_ATOM), repo = term_text(t, 6, TERM_STRING);
    struct purl_qualifier qualifier = {0};
    struct sbom_property property;
    struct sbom_hash hash;
    struct find find = {.type = "hex",
                        .name = key->text,
                        .key = key->text,
                        .line = key->line,
                        .direct = graph_direct(&m->graph, key->text),
                        .scope = graph_scope(&m->graph, key->text),
                        .qualifiers = &qualifier,
                        .properties = &property,
                        .hashes = &hash};
    if (str_is(kind, "hex")) {
        str package = term_text(t, 1, TERM_ATOM);
        find.name = package.n ? package : key->text;
        find.version = term_text(t, 2, TERM_STRING);
        find.n_hashes = hash_hex(m->a, "SHA-256", term_text(t, 7, TERM_STRING), &hash);
        if (repo.n && !str_is(repo, "hexpm")) {
            property = (struct sbom_property){S("akashi:repository"), repo};
            find.n_properties = 1;
        }
    } else if (str_is(kind, "git")) {
        qualifier = (struct purl_qualifier){S("vcs_url"),
                                            arena_printf(m->a, "git+%.*s@%.*s", STR_ARG(term_text(t, 1, TERM_STRING)),
                                                         STR_ARG(term_text(t, 2, TERM_STRING)))};
        find.n_qualifiers = 1;
    } else if (str_is(kind, "path")) {
        property = (struct sbom_property){S("akashi:path"), term_text(t, 1, TERM_STRING)};
        find.n_properties = 1;
    }
    collect_find(m->c, &find);
}

/* {:credo, "~> 1.6", only: [:dev, :test]} lines of deps/0. */
static void read_manifest(struct mix *m, const struct found_file *f) {
    str bytes, line;
    struct err none = {0};
    if (!collect_open(m->c, f, S("mix.exs"), m->a, &bytes, &none))
        return;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        line = uncomment(line, '#');
        if (str_starts(line, S("[{:")))
            line = str_from(line, 1);
        if (!str_starts(line, S("{:")))
            continue;
        size_t n = 2;
        while (n < line.n && (ch_alnum(line.p[n]) || line.p[n] == '_'))
            n++;
        size_t only = str_find(line, S("only:"));
        bool dev = only != STR_NONE && str_find(str_from(line, only), S(":prod")) == STR_NONE;
        if (n > 2)
            graph_root(&m->graph, str_n(line.p + 2, n - 2), dev);
    }
    graph_spread(&m->graph);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct mix m = {.c = c, .a = a};
    struct term *root;
    if (!term_parse(collect_ctx(c), a, bytes, "mix.lock", f, &root, e))
        return false;
    if (!root || root->kind != TERM_MAP)
        return report_malformed(a, f, root ? root->line : 0, "mix.lock", e);
    graph_init(&m.graph, a);
    for (const struct term *k = root->child; k; k = k->next ? k->next->next : NULL) {
        if (!k->next || k->next->kind != TERM_TUPLE)
            return report_malformed(a, f, k->line, "mix.lock", e);
        if (str_is(term_text(k->next, 0, TERM_ATOM), "hex"))
            edges_of(&m, k->text, k->next);
    }
    read_manifest(&m, f);
    for (const struct term *k = root->child; k; k = k->next->next)
        find_entry(&m, k, k->next);
    for (uint32_t i = 0; i < m.graph.nodes.n; i++)
        for (uint32_t n = m.graph.nodes.v[i].first; n; n = m.graph.edges.v[n - 1].next)
            collect_edge(c, m.graph.nodes.v[i].name, m.graph.nodes.v[m.graph.edges.v[n - 1].to].name);
    return true;
}

static const char *const files[] = {"mix.lock", NULL};
static const char *const opens[] = {"mix.exs", NULL};
const struct detector detector_hex_mix = {
    .name = "hex/mix", .of_project = true, .files = files, .purl_types = "hex", .opens = opens, .read = read};
