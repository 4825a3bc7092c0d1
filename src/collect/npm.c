/* SPDX-License-Identifier: Apache-2.0 */
#include "collect/npm.h"

/* ── names ── */

static bool plain_name(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || strchr("/\\:@?#%\"'", s.p[i]))
            return false;
    return s.n > 0 && s.n <= 214 && !str_is(s, ".") && !str_is(s, "..");
}

bool npm_name(str full, str *ns, str *name) {
    *ns = (str){NULL, 0};
    *name = full;
    if (full.n == 0 || full.p[0] != '@')
        return plain_name(full);
    return str_cut(full, '/', ns, name) && plain_name(str_from(*ns, 1)) && plain_name(*name);
}

void npm_cut(str spec, str *name, str *rest) {
    size_t at = str_chr(str_from(spec, 1), '@');
    *name = at == STR_NONE ? spec : str_upto(spec, at + 1);
    *rest = at == STR_NONE ? (str){NULL, 0} : str_from(spec, at + 2);
}

str npm_tarball_name(str url) {
    size_t at = str_find(url, S("/-/"));
    str ns, name, host;
    if (at == STR_NONE || (!str_starts(url, S("https://")) && !str_starts(url, S("http://"))))
        return (str){NULL, 0};
    str before = str_upto(url, at);
    str_rcut(before, '/', &host, &name);
    str_rcut(host, '/', &host, &ns);
    /* Some registries write the slash of a scoped name as %2f. */
    if (ns.n && ns.p[0] == '@')
        name = str_n(ns.p, (size_t)(before.p + before.n - ns.p));
    return npm_name(name, &ns, &host) ? name : (str){NULL, 0};
}

/* ── where a package comes from ── */

static bool is_revision(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_hex(s.p[i]))
            return false;
    return s.n == 40 || s.n == 64;
}

/* The address without user and password: a lock file may hold a token, an SBOM is made to be handed on. */
static str without_login(struct arena *a, str url, bool keep_git_user) {
    size_t scheme = str_find(url, S("://"));
    str rest = scheme == STR_NONE ? url : str_from(url, scheme + 3);
    str host = str_upto(rest, str_chr(rest, '/') == STR_NONE ? rest.n : str_chr(rest, '/'));
    size_t user = str_rchr(host, '@');
    if (user == STR_NONE || (keep_git_user && user == 3 && str_starts(host, S("git@"))))
        return url;
    return arena_cat(a, str_upto(url, (size_t)(rest.p - url.p)), str_from(rest, user + 1));
}

/* "git@host:path" and "host:path" behind ssh:// have a colon where an address has a slash. */
static str slash_for_colon(struct arena *a, str url) {
    size_t scheme = str_find(url, S("://"));
    size_t from = scheme == STR_NONE ? 0 : scheme + 3, colon = str_chr(str_from(url, from), ':');
    size_t slash = str_chr(str_from(url, from), '/');
    if (colon == STR_NONE || (slash != STR_NONE && slash < colon) ||
        (from + colon + 1 < url.n && ch_digit(url.p[from + colon + 1])))
        return url;
    str copy = arena_str(a, url);
    ((char *)(uintptr_t)copy.p)[from + colon] = '/';
    return copy;
}

static void set_git(struct arena *a, struct npm_origin *o, str url, str revision) {
    bool ssh = str_starts(url, S("ssh://")) || str_starts(url, S("git+ssh://")) || str_find(url, S("://")) == STR_NONE;
    str full = url;
    if (str_find(url, S("://")) == STR_NONE)
        full = arena_cat(a, S("ssh://"), url);
    full = without_login(a, full, ssh); /* first: the colon in front of a password is no path's */
    if (ssh)
        full = slash_for_colon(a, full);
    if (!str_starts(full, S("git+")) && !str_starts(full, S("git://")))
        full = arena_cat(a, S("git+"), full);
    /* "#commit=…" and "#commit:…" (Yarn), "#semver:…" (npm). */
    if (str_starts(revision, S("commit=")) || str_starts(revision, S("commit:")))
        revision = str_from(revision, 7);
    str end;
    str_cut(revision, '&', &revision, &end);
    o->from = NPM_GIT;
    o->vcs_url = revision.n ? arena_printf(a, "%.*s@%.*s", STR_ARG(full), STR_ARG(revision)) : full;
}

static bool hosted(struct arena *a, struct npm_origin *o, str spec, str revision) {
    static const struct {
        str prefix, base;
    } hosts[] = {
        {S_INIT("github:"), S_INIT("https://github.com/")},
        {S_INIT("gitlab:"), S_INIT("https://gitlab.com/")},
        {S_INIT("bitbucket:"), S_INIT("https://bitbucket.org/")},
        {S_INIT("gist:"), S_INIT("https://gist.github.com/")},
    };
    /* Bun writes "git+ssh://gitlab:owner/repository". */
    str bare = str_starts(spec, S("git+ssh://")) ? str_from(spec, 10) : spec;
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (str_starts(bare, hosts[i].prefix)) {
            str path = str_from(bare, hosts[i].prefix.n);
            set_git(a, o, arena_printf(a, "%.*s%.*s.git", STR_ARG(hosts[i].base), STR_ARG(path)), revision);
            return true;
        }
    return false;
}

/* "owner/repository": one slash, no blank, not a path, not a scoped name. */
static bool short_github(str spec) {
    size_t slash = str_chr(spec, '/');
    return slash != STR_NONE && slash > 0 && slash + 1 < spec.n && !strchr("@.~/", spec.p[0]) &&
           str_chr(str_from(spec, slash + 1), '/') == STR_NONE && str_chr(spec, ' ') == STR_NONE &&
           str_chr(spec, ':') == STR_NONE;
}

/* "https://codeload.github.com/OWNER/REPO/tar.gz/COMMIT" is a commit in another dress. */
static bool codeload(struct arena *a, struct npm_origin *o, str url) {
    str prefix = S("https://codeload.github.com/"), owner, repo, kind, revision;
    if (!str_starts(url, prefix))
        return false;
    str rest = str_from(url, prefix.n);
    if (!str_next(&rest, '/', &owner) || !str_next(&rest, '/', &repo) || !str_next(&rest, '/', &kind) ||
        !str_is(kind, "tar.gz") || !rest.n)
        return false;
    str_cut(rest, '#', &revision, &kind);
    if (str_starts(revision, S("refs/")))
        str_rcut(revision, '/', &kind, &revision);
    set_git(a, o, arena_printf(a, "https://github.com/%.*s/%.*s.git", STR_ARG(owner), STR_ARG(repo)), revision);
    return true;
}

static bool is_git(str url, str fragment) {
    return str_starts(url, S("git+")) || str_starts(url, S("git://")) || str_starts(url, S("git@")) ||
           str_starts(url, S("ssh://")) || str_ends(url, S(".git")) || str_starts(fragment, S("commit=")) ||
           str_starts(fragment, S("commit:")) || str_starts(fragment, S("semver:")) ||
           (is_revision(fragment) && !str_ends(url, S(".tgz")) && !str_ends(url, S(".tar.gz")));
}

static bool local(struct npm_origin *o, str spec) {
    static const str protocols[] = {S_INIT("file:"), S_INIT("link:"), S_INIT("portal:"), S_INIT("workspace:"),
                                    S_INIT("root:")};
    for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++)
        if (str_starts(spec, protocols[i])) {
            *o = (struct npm_origin){.from = NPM_LOCAL, .path = str_from(spec, protocols[i].n), .is_workspace = i > 0};
            /* Yarn writes more behind: "#…::hash=…&locator=…". */
            size_t end = str_find(o->path, S("::"));
            o->path = str_upto(o->path, end);
            str_cut(o->path, '#', &o->path, &spec);
            return true;
        }
    if (!str_starts(spec, S("./")) && !str_starts(spec, S("../")) && !str_starts(spec, S("/")) &&
        !str_starts(spec, S("~/")))
        return false;
    *o = (struct npm_origin){.from = NPM_LOCAL, .path = spec};
    return true;
}

struct npm_origin npm_origin_of(struct arena *a, str spec) {
    struct npm_origin o = {.from = NPM_REGISTRY, .range = spec};
    str url, fragment;
    spec = str_trim(spec);
    str_cut(spec, '#', &url, &fragment);
    if (str_starts(spec, S("npm:")) || str_starts(spec, S("jsr:"))) {
        str rest = str_from(spec, 4), name;
        npm_cut(rest, &name, &o.range);
        char first = rest.p && rest.n ? rest.p[0] : '*';
        /* "npm:^1.0.0" is Yarn's way to say it comes from the registry. */
        if (!o.range.p && (ch_digit(first) || strchr("^~<>=*v", first)))
            o.range = rest;
        else
            o.alias = name;
    } else if (local(&o, spec)) {
        return o;
    } else if (hosted(a, &o, url, fragment) || codeload(a, &o, spec)) {
        return o;
    } else if (is_git(url, fragment) || short_github(url)) {
        set_git(a, &o, short_github(url) ? arena_printf(a, "https://github.com/%.*s.git", STR_ARG(url)) : url,
                fragment);
    } else if (str_starts(url, S("https://")) || str_starts(url, S("http://"))) {
        /* Some registries hand tarballs out under addresses without "/-/" and without an ending. */
        bool is_file = str_ends(url, S(".tgz")) || str_ends(url, S(".tar.gz")) ||
                       str_find(url, S("/tarball/")) != STR_NONE;
        o.from = npm_tarball_name(url).p || !is_file ? NPM_REGISTRY : NPM_TARBALL;
        o.url = without_login(a, url, false);
    } else if (str_chr(spec, ':') != STR_NONE) {
        o.from = NPM_UNKNOWN;
    }
    return o;
}

/* ── hashes ── */

static int base64_value(char c) {
    if (ch_upper(c))
        return c - 'A';
    if (ch_lower(c))
        return c - 'a' + 26;
    if (ch_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

/* Base64 to hexadecimal digits; absent when it is not exactly `bytes` bytes. */
static str base64_hex(struct arena *a, str text, size_t bytes) {
    static const char hex[] = "0123456789abcdef";
    char *out = arena_alloc(a, bytes * 2 + 1);
    uint32_t held = 0, bits = 0;
    size_t n = 0;
    while (text.n && text.p[text.n - 1] == '=')
        text.n--;
    for (size_t i = 0; i < text.n; i++) {
        int v = base64_value(text.p[i]);
        if (v < 0)
            return (str){NULL, 0};
        held = (held << 6 | (uint32_t)v) & 0xFFFF;
        bits += 6;
        if (bits < 8)
            continue;
        bits -= 8;
        if (n == bytes)
            return (str){NULL, 0};
        out[2 * n] = hex[held >> bits >> 4 & 15];
        out[2 * n + 1] = hex[held >> bits & 15];
        n++;
    }
    return n == bytes ? str_n(out, bytes * 2) : (str){NULL, 0};
}

static const struct {
    str prefix;
    const char *alg;
    size_t bytes;
} algorithms[] = {
    {S_INIT("sha512-"), "SHA-512", 64}, {S_INIT("sha384-"), "SHA-384", 48}, {S_INIT("sha256-"), "SHA-256", 32},
    {S_INIT("sha1-"), "SHA-1", 20},     {S_INIT("md5-"), "MD5", 16},
};

void npm_integrity(struct arena *a, str text, struct sbom_hashes *out) {
    str one;
    while (str_next(&text, ' ', &one))
        for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
            if (!str_starts(one, algorithms[i].prefix))
                continue;
            str end, body = str_from(one, algorithms[i].prefix.n);
            str_cut(body, '?', &body, &end); /* options, W3C SRI §3.5 */
            str hex = base64_hex(a, body, algorithms[i].bytes);
            if (hex.p)
                *vec_push(a, out) = (struct sbom_hash){str_of(algorithms[i].alg), hex};
        }
}

void npm_hex_hash(struct arena *a, str hex, struct sbom_hashes *out) {
    for (size_t i = 0; i < hex.n; i++)
        if (!ch_hex(hex.p[i]))
            return;
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (hex.n == algorithms[i].bytes * 2)
            *vec_push(a, out) = (struct sbom_hash){str_of(algorithms[i].alg), arena_lower(a, hex)};
}

/* ── licences ── */

static str licence_text(struct jv v) {
    if (j_is_str(v))
        return j_str(v);
    str type = j_gets(v, "type");
    return type.n ? type : j_gets(v, "name");
}

str npm_licence(struct arena *a, struct jv package) {
    struct jv v = j_get(package, "license");
    if (!j_ok(v))
        v = j_get(package, "licenses");
    if (!j_is_arr(v))
        return str_trim(licence_text(v));
    /* A list was npm's old way to offer a choice. */
    struct buf b = {0};
    for (struct jiter it = j_iter(v); j_next(&it);) {
        str text = str_trim(licence_text(it.val));
        if (text.n && b.n)
            buf_addz(&b, " OR ");
        bool compound = j_len(v) > 1 && str_chr(text, ' ') != STR_NONE && str_find(text, S(" OR ")) == STR_NONE &&
                        str_find(text, S(" AND ")) != STR_NONE;
        buf_addz(&b, compound ? "(" : "");
        buf_add(&b, text);
        buf_addz(&b, compound ? ")" : "");
    }
    str all = b.n ? arena_str(a, buf_str(&b)) : (str){NULL, 0};
    buf_free(&b);
    return all;
}

/* ── reporting ── */

void npm_report(struct collect *c, struct arena *a, const struct npm_package *p) {
    struct npm_origin o = p->resolved.n ? npm_origin_of(a, p->resolved) : p->origin;
    struct sbom_hashes hashes = {0};
    struct purl_qualifier q[1];
    struct sbom_property properties[2];
    struct find f = {.type = "npm", .version = p->version, .line = p->line, .scope = p->scope, .direct = p->direct};
    if (!npm_name(p->name, &f.ns, &f.name)) {
        collect_unidentified(c, p->name.n ? p->name : p->key, str_of(_("this is no npm package name")));
        return;
    }
    f.key = p->key;
    f.licence = p->licence;
    f.is_project = p->is_project;
    f.is_member = p->is_member;
    f.qualifiers = q;
    f.properties = properties;
    if (o.from == NPM_GIT)
        q[f.n_qualifiers++] = (struct purl_qualifier){S("vcs_url"), o.vcs_url};
    else if (o.from == NPM_TARBALL)
        q[f.n_qualifiers++] = (struct purl_qualifier){S("download_url"), o.url};
    else if (o.from == NPM_LOCAL && o.path.n && !p->is_project)
        properties[f.n_properties++] = (struct sbom_property){S("akashi:path"), o.path};
    if (p->alias.n)
        properties[f.n_properties++] = (struct sbom_property){S("akashi:alias"), p->alias};
    f.download = o.from == NPM_GIT ? o.vcs_url : o.url;
    npm_integrity(a, p->integrity, &hashes);
    npm_hex_hash(a, p->sha1, &hashes);
    f.hashes = hashes.v;
    f.n_hashes = hashes.n;
    collect_find(c, &f);
}

uint32_t json_line(struct json_lines *l, str in_document) {
    size_t at = json_offset(l->doc, in_document);
    if (at == STR_NONE || at > l->text.n)
        return 0;
    if (!l->line || at < l->at) {
        l->at = 0;
        l->line = 1;
    }
    for (; l->at < at; l->at++)
        l->line += l->text.p[l->at] == '\n';
    return l->line;
}
