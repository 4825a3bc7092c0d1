/* SPDX-License-Identifier: Apache-2.0
 *
 * opam files (OCaml): `field: value` with strings, lists and filters in braces.
 *   …/.opam-switch/packages/NAME.VERSION/opam   an installed package
 *   NAME.opam.locked                            exact dependencies: "cmdliner" {= "1.0.4"}
 *   NAME.opam                                   the project
 */
#include "base/file.h"
#include "collect/detectors.h"
#include "collect/report.h"

struct dependency {
    str name, version; /* version only when pinned by {= "…"} */
    bool dev;
    uint32_t line;
};
struct opam {
    str name, version, licence, homepage, synopsis, url;
    struct sbom_hash hash;
    VEC(struct dependency) depends;
};
struct scan {
    str text;
    size_t at;
    uint32_t line;
};

/* The next string, word or mark; false at the end. Strings have *quoted. */
static bool next(struct scan *s, str *token, bool *quoted) {
    for (; s->at < s->text.n; s->at++) {
        char ch = s->text.p[s->at];
        if (ch == '#')
            while (s->at + 1 < s->text.n && s->text.p[s->at + 1] != '\n')
                s->at++;
        else if (ch == '\n')
            s->line++;
        else if (!ch_space(ch))
            break;
    }
    if (s->at >= s->text.n)
        return false;
    str rest = str_from(s->text, s->at);
    *quoted = rest.p[0] == '"';
    size_t n = 1;
    if (*quoted) {
        bool three = str_starts(rest, S("\"\"\""));
        n = three ? 3 : 1;
        while (n < rest.n && !(three ? str_starts(str_from(rest, n), S("\"\"\"")) : rest.p[n] == '"')) {
            s->line += rest.p[n] == '\n';
            n += rest.p[n] == '\\' ? 2 : 1;
        }
        size_t from = three ? 3 : 1;
        n = n < rest.n ? n : rest.n;
        *token = n > from ? str_n(rest.p + from, n - from) : S("");
        n += from;
    } else {
        while (n < rest.n && (ch_alnum(rest.p[0]) || rest.p[0] == '_') &&
               (ch_alnum(rest.p[n]) || rest.p[n] == '_' || rest.p[n] == '-'))
            n++;
        *token = str_upto(rest, n);
    }
    s->at += n;
    return true;
}

/* "name" {= "1.0" & with-test}: the filter behind a dependency. */
static void filter(struct scan *s, struct dependency *d) {
    str token, before = {0};
    bool quoted;
    uint32_t depth = 1;
    while (depth && next(s, &token, &quoted)) {
        if (quoted && str_is(before, "="))
            d->version = token;
        if (!quoted && (str_is(token, "with-test") || str_is(token, "with-doc") || str_is(token, "with-dev-setup")))
            d->dev = true;
        if (!quoted)
            depth += token.p[0] == '{' ? 1 : token.p[0] == '}' ? UINT32_MAX : 0;
        before = quoted ? (str){0} : token;
    }
}

static void depends(struct scan *s, struct arena *a, struct opam *o) {
    str token;
    bool quoted;
    while (next(s, &token, &quoted)) {
        if (quoted)
            *vec_push(a, &o->depends) = (struct dependency){.name = token, .line = s->line};
        else if (token.p[0] == '{' && o->depends.n)
            filter(s, &o->depends.v[o->depends.n - 1]);
        else if (token.p[0] == ']')
            return;
    }
}

static void checksum(struct arena *a, str text, struct opam *o) {
    static const struct {
        const char *prefix, *name;
    } algs[] = {{"sha512=", "SHA-512"}, {"sha256=", "SHA-256"}, {"md5=", "MD5"}};
    for (size_t i = 0; i < sizeof algs / sizeof *algs && !o->hash.alg.n; i++)
        if (str_starts(text, str_of(algs[i].prefix)) &&
            !hash_hex(a, algs[i].name, str_from(text, strlen(algs[i].prefix)), &o->hash))
            o->hash = (struct sbom_hash){0};
}

static void parse(struct arena *a, str bytes, struct opam *o) {
    struct scan s = {.text = bytes, .line = 1};
    str token, field = S(""), before = {0};
    bool quoted;
    const struct {
        const char *name;
        str *into;
    } fields[] = {{"name", &o->name},         {"version", &o->version},   {"license", &o->licence},
                  {"homepage", &o->homepage}, {"synopsis", &o->synopsis}, {"src", &o->url}};
    while (next(&s, &token, &quoted)) {
        if (!quoted && str_is(token, ":")) {
            field = before;
            if (str_is(field, "depends"))
                depends(&s, a, o);
            continue;
        }
        if (quoted)
            for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
                if (str_is(field, fields[i].name) && !fields[i].into->n)
                    *fields[i].into = token;
        if (quoted && str_is(field, "checksum"))
            checksum(a, token, o);
        before = quoted ? (str){0} : token;
    }
}

/* Name and version from packages/NAME.VERSION/opam; false for an opam file elsewhere. */
static bool installed_as(const struct found_file *f, str *name, str *version) {
    return str_find(f->path, S(".opam-switch/packages/")) != STR_NONE && str_cut(folder_name(f), '.', name, version);
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct opam o = {0};
    str base = path_base(f->path), name = {0}, version = {0};
    bool installed = installed_as(f, &name, &version), locked = str_ends(base, S(".opam.locked"));
    (void)e;
    if (str_is(base, "opam") && !installed && str_find(f->path, S("/packages/")) != STR_NONE)
        return true; /* a repository of packages, not what is installed */
    parse(a, bytes, &o);
    if (!installed) {
        size_t end = str_find(base, S(".opam"));
        name = o.name.n ? o.name : end == STR_NONE ? (str){0} : str_upto(base, end);
        version = o.version;
    }
    if (!name.n)
        return true;
    str library = installed ? path_dir(path_dir(f->path)) : f->path, key = library_key(a, "opam", library, name);
    struct find find = {.type = "opam",
                        .name = name,
                        .version = version,
                        .key = key,
                        .licence = o.licence,
                        .homepage = o.homepage,
                        .description = o.synopsis,
                        .download = o.url,
                        .hashes = &o.hash,
                        .n_hashes = o.hash.alg.n > 0,
                        .is_project = !installed};
    collect_find(c, &find);
    for (uint32_t i = 0; i < o.depends.n; i++) {
        const struct dependency *d = &o.depends.v[i];
        str to = library_key(a, "opam", library, d->name);
        collect_edge(c, key, to);
        if (locked && d->version.n)
            collect_find(c, &(struct find){.type = "opam",
                                           .name = d->name,
                                           .version = d->version,
                                           .key = to,
                                           .line = d->line,
                                           .scope = d->dev ? SCOPE_DEV : SCOPE_REQUIRED});
    }
    return true;
}

static const char *const files[] = {"opam", "*.opam", "*.opam.locked", NULL};
const struct detector detector_opam = {.name = "ocaml/opam", .files = files, .purl_types = "opam", .read = read};
