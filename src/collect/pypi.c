/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/pypi.h"

/* ── names and requirements ── */

static bool name_char(char c) { return ch_alnum(c) || c == '-' || c == '_' || c == '.'; }

bool pypi_is_name(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!name_char(s.p[i]))
            return false;
    return s.n > 0 && s.n < 256 && ch_alnum(s.p[0]) && ch_alnum(s.p[s.n - 1]);
}

str pypi_normal(struct arena *a, str name) {
    char *out = arena_alloc(a, name.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.n; i++) {
        char c = ch_tolower(name.p[i]);
        bool joint = c == '-' || c == '_' || c == '.';
        if (joint && n && out[n - 1] == '-')
            continue;
        out[n++] = joint ? '-' : c;
    }
    return str_n(out, n);
}

bool pypi_requirement(str text, struct pypi_requirement *out) {
    *out = (struct pypi_requirement){0};
    text = str_trim(text);
    size_t n = 0;
    while (n < text.n && name_char(text.p[n]))
        n++;
    while (n && !ch_alnum(text.p[n - 1]))
        n--;
    out->name = str_upto(text, n);
    if (!pypi_is_name(out->name))
        return false;
    str rest = str_trim(str_from(text, n));
    if (rest.n && rest.p[0] == '[') {
        if (!str_cut(str_from(rest, 1), ']', &out->extras, &rest))
            return false;
        rest = str_trim(rest);
    }
    if (rest.n && rest.p[0] == '@') {
        /* A URL may hold a ';', so its marker needs a blank in front. */
        str url = str_trim(str_from(rest, 1));
        size_t end = str_find(url, S(" ;"));
        out->url = str_trim(str_upto(url, end));
        out->marker = end == STR_NONE ? (str){NULL, 0} : str_trim(str_from(url, end + 2));
        return out->url.n > 0;
    }
    str_cut(rest, ';', &out->specifier, &out->marker);
    out->specifier = str_trim(out->specifier);
    out->marker = str_trim(out->marker);
    if (out->specifier.n > 1 && out->specifier.p[0] == '(' && out->specifier.p[out->specifier.n - 1] == ')')
        out->specifier = str_trim(str_n(out->specifier.p + 1, out->specifier.n - 2));
    return true;
}

bool pypi_is_operator(str op) {
    static const char *const all[] = {"==", "===", "!=", "~=", ">=", "<=", ">", "<"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (str_is(op, all[i]))
            return true;
    return false;
}

/* One clause "op version"; false when it is none. */
static bool clause(str text, str *op, str *version) {
    size_t n = 0;
    text = str_trim(text);
    while (n < text.n && strchr("=<>!~", text.p[n]))
        n++;
    *op = str_upto(text, n);
    *version = str_trim(str_from(text, n));
    return pypi_is_operator(*op) && version->n > 0;
}

static bool is_version(str v) {
    for (size_t i = 0; i < v.n; i++)
        if (!ch_alnum(v.p[i]) && !strchr(".-_+!", v.p[i]))
            return false; /* a wildcard, a variable, several words */
    return v.n > 0;
}

static str with_operator(str specifier, const char *const *ops) {
    for (; *ops; ops++) {
        str rest = specifier, one, op, version;
        while (str_next(&rest, ',', &one))
            if (clause(one, &op, &version) && str_is(op, *ops) && is_version(version))
                return version;
    }
    return (str){NULL, 0};
}

str pypi_pinned(str specifier) { return with_operator(specifier, (const char *const[]){"===", "==", NULL}); }

str pypi_lowest(str specifier) {
    return with_operator(specifier, (const char *const[]){"===", "==", "~=", ">=", "<=", NULL});
}

/* ── hashes, addresses ── */

void pypi_hash(struct arena *a, str text, struct sbom_hashes *out) {
    static const struct {
        str name;
        const char *alg;
        size_t digits;
    } algorithms[] = {{S_INIT("sha256"), "SHA-256", 64},
                      {S_INIT("sha512"), "SHA-512", 128},
                      {S_INIT("sha384"), "SHA-384", 96},
                      {S_INIT("sha1"), "SHA-1", 40},
                      {S_INIT("md5"), "MD5", 32}};
    str name, hex;
    if (!str_cut(text, str_chr(text, ':') != STR_NONE ? ':' : '=', &name, &hex))
        return;
    for (size_t i = 0; i < hex.n; i++)
        if (!ch_hex(hex.p[i]))
            return;
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (str_ieq(name, algorithms[i].name) && hex.n == algorithms[i].digits) {
            str low = arena_lower(a, hex);
            for (uint32_t k = 0; k < out->n; k++)
                if (str_eq(out->v[k].hex, low))
                    return;
            *vec_push(a, out) = (struct sbom_hash){str_of(algorithms[i].alg), low};
        }
}

/* The address without user and password: a lock file may hold a token, an SBOM is made to be handed on. */
static str without_login(struct arena *a, str url) {
    size_t scheme = str_find(url, S("://"));
    str rest = scheme == STR_NONE ? url : str_from(url, scheme + 3);
    size_t slash = str_chr(rest, '/'), user = str_rchr(str_upto(rest, slash), '@');
    if (user == STR_NONE || str_is(str_upto(rest, user), "git"))
        return url;
    return arena_cat(a, str_upto(url, (size_t)(rest.p - url.p)), str_from(rest, user + 1));
}

str pypi_vcs_url(struct arena *a, str vcs, str url, str revision) {
    str scheme, rest;
    /* "git+https://…", or "https://…" with the tool named apart. */
    bool tool = str_find(url, S("://")) != STR_NONE && str_cut(url, '+', &scheme, &rest) &&
                str_find(scheme, S("://")) == STR_NONE;
    str bare = without_login(a, tool ? rest : url);
    str name = tool ? scheme : vcs.n ? vcs : S("git");
    if (str_find(bare, S("://")) == STR_NONE)
        bare = arena_cat(a, S("ssh://"), bare);
    return arena_printf(a, "%.*s+%.*s%s%.*s", STR_ARG(name), STR_ARG(bare), revision.n ? "@" : "", STR_ARG(revision));
}

/* ── reporting ── */

void pypi_report(struct collect *c, const struct pypi_package *p) {
    struct purl_qualifier q[1];
    struct sbom_property properties[3];
    struct find f = {.type = "pypi",
                     .name = p->name,
                     .version = p->version,
                     .line = p->line,
                     .scope = p->scope,
                     .direct = p->direct,
                     .key = p->key,
                     .licence = p->licence,
                     .description = p->description,
                     .author = p->author,
                     .homepage = p->homepage,
                     .is_project = p->is_project,
                     .is_member = p->is_member,
                     .qualifiers = q,
                     .properties = properties,
                     .hashes = p->hashes.v,
                     .n_hashes = p->hashes.n};
    if (!pypi_is_name(p->name)) {
        collect_unidentified(c, p->name.n ? p->name : p->requirement, str_of(_("this is no Python package name")));
        return;
    }
    if (p->vcs_url.n)
        q[f.n_qualifiers++] = (struct purl_qualifier){S("vcs_url"), p->vcs_url};
    else if (p->download.n)
        q[f.n_qualifiers++] = (struct purl_qualifier){S("download_url"), p->download};
    f.download = p->vcs_url.n ? p->vcs_url : p->download;
    if (p->path.n && !p->is_project)
        properties[f.n_properties++] = (struct sbom_property){S("akashi:path"), p->path};
    if (p->requirement.n)
        properties[f.n_properties++] = (struct sbom_property){S("akashi:requirement"), p->requirement};
    if (p->marker.n)
        properties[f.n_properties++] = (struct sbom_property){S("akashi:marker"), p->marker};
    collect_find(c, &f);
}

/* ── names to packages ── */

void pypi_index_init(struct pypi_index *x, struct arena *a) {
    x->a = a;
    map_init(&x->by_name, a);
}

void pypi_index_add(struct pypi_index *x, str name, uint32_t id) {
    struct map_entry *m = map_put(&x->by_name, pypi_normal(x->a, name), NULL);
    if (!m->value)
        m->value = arena_new_of(x->a, struct pypi_ids);
    *vec_push(x->a, (struct pypi_ids *)m->value) = id;
}

const struct pypi_ids *pypi_index_find(const struct pypi_index *x, str name) {
    static const struct pypi_ids none;
    struct arena_mark mark = arena_mark(x->a);
    const struct pypi_ids *ids = map_get(&x->by_name, pypi_normal(x->a, name));
    arena_reset(x->a, mark);
    return ids ? ids : &none;
}
