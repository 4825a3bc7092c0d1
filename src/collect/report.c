/* SPDX-License-Identifier: Apache-2.0
 *
 * What detectors of text files share.
 */
#include "collect/report.h"

#include "base/file.h"

bool lines_next(struct lines *l, str *line) {
    if (!str_line(&l->rest, line))
        return false;
    l->no++;
    return true;
}

size_t indent_of(str line) {
    size_t n = 0;
    while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
        n++;
    return n;
}

str uncomment(str line, char mark) {
    char quote = 0;
    for (size_t i = 0; i < line.n; i++) {
        char ch = line.p[i];
        if (quote) {
            if (ch == '\\' && quote == '"')
                i++;
            else if (ch == quote)
                quote = 0;
        } else if (ch == '"' || ch == '\'') {
            quote = ch;
        } else if (ch == mark) {
            return str_trim(str_upto(line, i));
        }
    }
    return str_trim(line);
}

bool next_word(str *rest, str *word) {
    size_t i = 0;
    while (i < rest->n && ch_space(rest->p[i]))
        i++;
    size_t start = i;
    while (i < rest->n && !ch_space(rest->p[i]))
        i++;
    *word = (str){rest->p ? rest->p + start : NULL, i - start};
    *rest = str_from(*rest, i);
    return word->n > 0;
}

str between(str s, char open, char close) {
    size_t from = str_chr(s, open);
    if (from == STR_NONE)
        return (str){0};
    str tail = str_from(s, from + 1);
    size_t to = str_chr(tail, close);
    return to == STR_NONE ? (str){0} : str_upto(tail, to);
}

str unquote(str s) {
    if (s.n >= 2 && (s.p[0] == '"' || s.p[0] == '\'') && s.p[s.n - 1] == s.p[0])
        return str_n(s.p + 1, s.n - 2);
    return s;
}

str report_place(struct arena *a, const struct found_file *f, uint32_t line) {
    return line ? arena_printf(a, "%.*s:%u", STR_ARG(f->path), line) : f->path;
}

bool report_malformed(struct arena *a, const struct found_file *f, uint32_t line, const char *format, struct err *e) {
    return err_set(e, ERR_INPUT, report_place(a, f, line), _("this is not a readable %s"), format);
}

bool report_json(struct collect *c, const struct found_file *f, str bytes, struct arena *a, const char *format,
                 struct json *out, struct err *e) {
    if (!json_parse(collect_ctx(c), a, bytes, JSON_DUPLICATES_OK, f->path, out, e))
        return false;
    return j_is_obj(out->root) || report_malformed(a, f, 0, format, e);
}

/* ── digests ── */

static bool hash_put(struct arena *a, const char *alg, str hex, struct sbom_hash *out) {
    *out = (struct sbom_hash){.alg = str_of(alg), .hex = arena_lower(a, hex)};
    return true;
}

/* Bytes of a digest of that algorithm; 0 for one we do not use. */
static size_t hash_size(const char *alg) {
    static const struct {
        const char *alg;
        size_t n;
    } sizes[] = {{"MD5", 16}, {"SHA-1", 20}, {"SHA-256", 32}, {"SHA-384", 48}, {"SHA-512", 64}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (strcmp(sizes[i].alg, alg) == 0)
            return sizes[i].n;
    return 0;
}

bool hash_hex(struct arena *a, const char *alg, str hex, struct sbom_hash *out) {
    if (hex.n == 0 || hex.n != 2 * hash_size(alg))
        return false;
    for (size_t i = 0; i < hex.n; i++)
        if (!ch_hex(hex.p[i]))
            return false;
    return hash_put(a, alg, hex, out);
}

static int base64_digit(char ch) {
    if (ch_upper(ch))
        return ch - 'A';
    if (ch_lower(ch))
        return ch - 'a' + 26;
    if (ch_digit(ch))
        return ch - '0' + 52;
    return ch == '+' || ch == '-' ? 62 : ch == '/' || ch == '_' ? 63 : -1;
}

bool hash_base64(struct arena *a, const char *alg, str base64, struct sbom_hash *out) {
    size_t want = hash_size(alg), have = 0;
    char hex[129];
    uint32_t bits = 0, held = 0;
    while (base64.n && base64.p[base64.n - 1] == '=')
        base64.n--;
    for (size_t i = 0; i < base64.n; i++) {
        int digit = base64_digit(base64.p[i]);
        if (digit < 0)
            return false;
        bits = (bits << 6 | (uint32_t)digit) & 0xffff;
        held += 6;
        if (held < 8)
            continue;
        held -= 8;
        if (have == want)
            return false;
        static const char digits[] = "0123456789abcdef";
        hex[2 * have] = digits[bits >> (held + 4) & 15];
        hex[2 * have + 1] = digits[bits >> held & 15];
        have++;
    }
    return have == want && want > 0 && hash_put(a, alg, str_n(hex, 2 * want), out);
}

/* ── repositories ── */

bool is_commit(str s) {
    if (s.n != 40 && s.n != 64)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!ch_hex(s.p[i]))
            return false;
    return true;
}

/* "host/path" of a git URL, without scheme, user and port; absent for a local one. */
static str repository_path(struct arena *a, str url) {
    str scheme, rest;
    if (str_starts(url, S("git+")))
        url = str_from(url, 4);
    size_t at = str_find(url, S("://"));
    if (at != STR_NONE) {
        scheme = str_upto(url, at);
        rest = str_from(url, at + 3);
        if (str_ieq(scheme, S("file")))
            return (str){0};
        str host, path, user;
        if (!str_cut(rest, '/', &host, &path))
            return (str){0};
        if (str_rcut(host, '@', &user, &rest))
            host = rest;
        (void)str_cut(host, ':', &host, &rest);
        return arena_printf(a, "%.*s/%.*s", STR_ARG(arena_lower(a, host)), STR_ARG(path));
    }
    if (str_starts(url, S("github:")))
        return arena_cat(a, S("github.com/"), str_from(url, 7));
    str host, path, user;
    if (!str_cut(url, ':', &host, &path) || str_chr(host, '/') != STR_NONE || path.n == 0)
        return (str){0};
    if (str_cut(host, '@', &user, &rest))
        host = rest;
    if (str_chr(host, '.') == STR_NONE)
        return (str){0};
    while (path.n && path.p[0] == '/')
        path = str_from(path, 1);
    return arena_printf(a, "%.*s/%.*s", STR_ARG(arena_lower(a, host)), STR_ARG(path));
}

bool find_repository(struct arena *a, str url, str ref, struct find *out) {
    str path = repository_path(a, str_trim(url)), host, rest, owner, name;
    if (!path.p)
        return false;
    (void)str_cut(path, '?', &path, &rest);
    (void)str_cut(path, '#', &path, &rest);
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    if (str_ends(path, S(".git")))
        path.n -= 4;
    if (!str_cut(path, '/', &host, &rest) || !str_rcut(path, '/', &owner, &name) || host.n == 0 || name.n == 0)
        return false;
    out->type = "git";
    if (str_ieq(host, S("www.github.com")))
        host = S("github.com");
    bool two = str_rcut(rest, '/', &rest, &name) && rest.n > 0 && str_chr(rest, '/') == STR_NONE;
    if (two && str_ieq(host, S("github.com"))) {
        out->type = "github";
        owner = rest;
    } else if (two && str_ieq(host, S("bitbucket.org"))) {
        out->type = "bitbucket";
        owner = rest;
    }
    out->ns = owner;
    out->name = name;
    out->version = ref;
    return true;
}

str library_key(struct arena *a, const char *type, str library, str name) {
    return arena_printf(a, "@%s:%.*s/%.*s", type, STR_ARG(library), STR_ARG(name));
}

str folder_name(const struct found_file *f) {
    str dir = path_dir(f->path);
    return dir.n ? path_base(dir) : (str){0};
}

/* ── licences ── */

str licence_join(struct arena *a, const str *licences, uint32_t n, const char *joint) {
    if (n == 0)
        return (str){0};
    if (n == 1)
        return licences[0];
    struct buf b = {0};
    for (uint32_t i = 0; i < n; i++) {
        bool compound = str_chr(licences[i], ' ') != STR_NONE;
        if (i)
            buf_addf(&b, " %s ", joint);
        buf_addf(&b, compound ? "(%.*s)" : "%.*s", STR_ARG(licences[i]));
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

str licence_of_json(struct arena *a, struct jv v, const char *joint) {
    if (j_is_str(v))
        return j_str(v).n ? j_str(v) : (str){0};
    VEC(str) all = {0};
    for (struct jiter it = j_iter(v); j_next(&it);)
        if (j_str(it.val).n)
            *vec_push(a, &all) = j_str(it.val);
    return licence_join(a, all.v, all.n, joint);
}
