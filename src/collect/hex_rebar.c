/* SPDX-License-Identifier: Apache-2.0
 *
 * rebar.lock (Erlang): {"1.2.0",[{Name,{pkg,Package,Version},Level},{Name,{git,Url,{ref,Commit}},Level}]}. and then
 * [{pkg_hash,[{Name,Inner}]},{pkg_hash_ext,[{Name,Sha256OfTheTarball}]}]. Level 0 is direct. Before version 1.2.0 the
 * file is the list alone.
 */
#include "collect/detectors.h"
#include "collect/term.h"

static const struct term *list_of(const struct term *root) {
    if (root && root->kind == TERM_TUPLE)
        root = term_at(root, 1);
    return root && root->kind == TERM_LIST ? root : NULL;
}

/* pkg_hash_ext as a map of name to digest. */
static void note_hashes(const struct term *list, struct map *out) {
    for (const struct term *t = list ? list->child : NULL; t; t = t->next) {
        if (!str_is(term_text(t, 0, TERM_ATOM), "pkg_hash_ext"))
            continue;
        const struct term *pairs = term_at(t, 1);
        for (const struct term *p = pairs ? pairs->child : NULL; p; p = p->next) {
            const struct term *digest = term_at(p, 1);
            if (digest)
                map_put(out, term_text(p, 0, TERM_STRING), NULL)->value = (void *)(uintptr_t)&digest->text;
        }
    }
}

static void find_entry(struct collect *c, struct arena *a, const struct term *t, const struct map *hashes) {
    const struct term *source = term_at(t, 1), *level = term_at(t, 2);
    str name = term_text(t, 0, TERM_STRING), kind = term_text(source, 0, TERM_ATOM);
    struct sbom_hash hash;
    struct purl_qualifier vcs;
    struct find find = {.type = "hex", .name = name, .line = t->line, .hashes = &hash, .qualifiers = &vcs};
    if (level)
        find.direct = str_is(level->text, "0") ? DIRECT_YES : DIRECT_TRANSITIVE;
    if (str_is(kind, "pkg")) {
        const str *digest = map_get(hashes, name);
        find.name = term_text(source, 1, TERM_STRING);
        find.version = term_text(source, 2, TERM_STRING);
        find.n_hashes = digest && hash_hex(a, "SHA-256", *digest, &hash);
    } else {
        const struct term *ref = term_at(source, 2);
        vcs = (struct purl_qualifier){S("vcs_url"),
                                      arena_printf(a, "git+%.*s@%.*s", STR_ARG(term_text(source, 1, TERM_STRING)),
                                                   STR_ARG(term_text(ref, 1, TERM_STRING)))};
        find.n_qualifiers = str_is(kind, "git") && ref;
    }
    if (find.name.n)
        collect_find(c, &find);
    else
        report_nameless(c, name);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct term *root;
    struct map hashes;
    if (!term_parse(collect_ctx(c), a, bytes, "rebar.lock", f, &root, e))
        return false;
    const struct term *list = list_of(root);
    if (root && !list)
        return report_malformed(a, f, root->line, "rebar.lock", e);
    map_init(&hashes, a);
    note_hashes(root ? root->next : NULL, &hashes);
    for (const struct term *t = list ? list->child : NULL; t; t = t->next) {
        const struct term *source = term_at(t, 1);
        if (t->kind != TERM_TUPLE || !source || source->kind != TERM_TUPLE || !term_text(t, 0, TERM_STRING).n)
            return report_malformed(a, f, t->line, "rebar.lock", e);
        find_entry(c, a, t, &hashes);
    }
    return true;
}

static const char *const files[] = {"rebar.lock", NULL};
const struct detector detector_hex_rebar = {
    .name = "hex/rebar", .of_project = true, .files = files, .purl_types = "hex", .read = read};
