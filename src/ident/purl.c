/* SPDX-License-Identifier: Apache-2.0 */
#include "ident/purl.h"

#include "ident/purl_type.h"

enum { MAX_QUALIFIERS = 256 };

/* ── decoding ── */

enum part_flags {
    PART_LOWER = 1,
    PART_UPPER = 2,
    PART_PATH = 4, /* empty segments go */
    PART_DOTS = 8, /* "." and ".." segments go */
    PART_RAW = 16, /* "%" stands for itself */
};

static int hex(char c) { return ch_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; }

/* Is there anything to do at all? Most parts are their own normal form and stay slices of the input. */
static bool part_is_plain(str s, unsigned flags) {
    char before = '/';
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if ((c == '%' && !(flags & PART_RAW)) || (unsigned char)c >= 0x80 || ((flags & PART_LOWER) && ch_upper(c)) ||
            ((flags & PART_UPPER) && ch_lower(c)))
            return false;
        if ((flags & PART_PATH) && before == '/' && (c == '/' || ((flags & PART_DOTS) && c == '.')))
            return false;
        before = c;
    }
    return !((flags & PART_PATH) && s.n && before == '/');
}

static bool percent_decode(str s, unsigned flags, char *to, size_t *n) {
    *n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%' && !(flags & PART_RAW)) {
            if (s.n - i < 3 || !ch_hex(s.p[i + 1]) || !ch_hex(s.p[i + 2]))
                return false;
            c = (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]));
            i += 2;
        }
        if (flags & PART_LOWER)
            c = ch_tolower(c);
        else if ((flags & PART_UPPER) && ch_lower(c))
            c = (char)(c & ~0x20);
        to[(*n)++] = c;
    }
    return true;
}

/* Joins the segments that count, in place. */
static size_t path_tidy(char *p, size_t n, unsigned flags) {
    size_t out = 0;
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && p[end] != '/')
            end++;
        str segment = {p + i, end - i};
        bool dots = (flags & PART_DOTS) && (str_is(segment, ".") || str_is(segment, ".."));
        if (segment.n && !dots) {
            if (out)
                p[out++] = '/';
            memmove(p + out, segment.p, segment.n);
            out += segment.n;
        }
        i = end + 1;
    }
    return out;
}

/* Decoded and tidied; an empty result is absent. */
static bool part(struct arena *a, str s, unsigned flags, str whole, str *out, struct err *e) {
    if (!part_is_plain(s, flags)) {
        char *p = arena_alloc(a, s.n + 1);
        size_t n;
        if (!percent_decode(s, flags, p, &n))
            return err_set(e, ERR_INPUT, whole, _("purl has a %% that is not followed by two hexadecimal digits"));
        if (!str_utf8_ok(str_n(p, n)))
            return err_set(e, ERR_INPUT, whole, _("purl is not UTF-8"));
        s = str_n(p, flags & PART_PATH ? path_tidy(p, n, flags) : n);
    }
    *out = s.n ? s : (str){NULL, 0};
    return true;
}

/* ── the parts of a purl ── */

static bool type_ok(str type) {
    for (size_t i = 0; i < type.n; i++)
        if (!ch_alnum(type.p[i]) && type.p[i] != '.' && type.p[i] != '-')
            return false;
    return type.n && ch_alpha(type.p[0]);
}

static bool key_ok(str key) {
    for (size_t i = 0; i < key.n; i++)
        if (!ch_alnum(key.p[i]) && key.p[i] != '.' && key.p[i] != '-' && key.p[i] != '_')
            return false;
    return key.n && ch_alpha(key.p[0]);
}

/* Insertion sort: purls have a handful of qualifiers, and MAX_QUALIFIERS bounds the rest. */
static bool qualifier_add(struct purl *p, str key, str value, str whole, struct err *e) {
    uint32_t at = p->n_qualifiers;
    while (at && str_cmp(p->qualifiers[at - 1].key, key) > 0)
        at--;
    if (at && str_eq(p->qualifiers[at - 1].key, key))
        return err_set(e, ERR_INPUT, whole, _("purl has the qualifier %.*s twice"), STR_ARG(key));
    memmove(p->qualifiers + at + 1, p->qualifiers + at, (p->n_qualifiers - at) * sizeof *p->qualifiers);
    p->qualifiers[at] = (struct purl_qualifier){key, value};
    p->n_qualifiers++;
    return true;
}

static bool qualifier_put(struct arena *a, struct purl *p, str key, str value, unsigned flags, str whole,
                          struct err *e) {
    str k, v;
    if (!key_ok(key))
        return err_set(e, ERR_INPUT, whole, _("purl has a qualifier key that is no word: %.*s"), STR_ARG(key));
    if (!part(a, key, PART_LOWER | PART_RAW, whole, &k, e) || !part(a, value, flags, whole, &v, e))
        return false;
    return v.n == 0 || qualifier_add(p, k, v, whole, e);
}

static bool parse_qualifiers(struct arena *a, str s, struct purl *p, str whole, struct err *e) {
    size_t n = 1;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '&';
    if (n > MAX_QUALIFIERS)
        return err_set(e, ERR_LIMIT, whole, _("purl has more than %d qualifiers"), MAX_QUALIFIERS);
    p->qualifiers = arena_array(a, struct purl_qualifier, n);
    str pair, key, value;
    while (str_next(&s, '&', &pair)) {
        str_cut(pair, '=', &key, &value);
        if (pair.n && !qualifier_put(a, p, key, value, 0, whole, e))
            return false;
    }
    return true;
}

static str name_spelling(struct arena *a, str name, unsigned rules) {
    bool plain = true;
    for (size_t i = 0; i < name.n && plain; i++)
        plain = !((rules & PURL_NAME_DASH) && name.p[i] == '_') &&
                !((rules & PURL_NAME_UNDERSCORE) && !ch_alnum(name.p[i]) && name.p[i] != '_');
    if (plain)
        return name;
    str copy = arena_str(a, name);
    char *p = arena_alloc(a, name.n + 1);
    for (size_t i = 0; i < copy.n; i++) {
        char c = copy.p[i];
        if ((rules & PURL_NAME_DASH) && c == '_')
            c = '-';
        else if ((rules & PURL_NAME_UNDERSCORE) && !ch_alnum(c))
            c = '_';
        p[i] = c;
    }
    return str_n(p, name.n);
}

/* Repository paths on these hosts name the same thing in any case. */
static bool host_ignores_case(str ns) {
    static const char *const hosts[] = {"github", "github.com", "gitlab.com", "bitbucket.org"};
    str host, rest;
    str_cut(ns, '/', &host, &rest);
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (str_ieq(host, str_of(hosts[i])))
            return true;
    return false;
}

/* Puts ns, name, version and subpath of `in` into *out by the rules of the type. `raw` is PART_RAW for parts put
 * together by hand, 0 for parts that are still percent-encoded. */
static bool normalise(struct arena *a, const struct purl *in, unsigned raw, str whole, struct purl *out,
                      struct err *e) {
    unsigned rules = purl_type_find(out->type)->rules;
    if ((rules & PURL_HOST_CASE) && host_ignores_case(in->ns))
        rules |= PURL_NS_LOWER | PURL_NAME_LOWER;
    unsigned ns = raw | PART_PATH | (rules & PURL_NS_LOWER ? PART_LOWER : rules & PURL_NS_UPPER ? PART_UPPER : 0);
    unsigned name = raw | (rules & PURL_NAME_LOWER ? PART_LOWER : 0);
    unsigned version = raw | (rules & PURL_VERSION_LOWER ? PART_LOWER : 0);
    unsigned subpath = raw | PART_PATH | PART_DOTS | (rules & PURL_SUBPATH_LOWER ? PART_LOWER : 0);
    if (!part(a, in->ns, ns, whole, &out->ns, e) || !part(a, in->name, name, whole, &out->name, e) ||
        !part(a, in->version, version, whole, &out->version, e) ||
        !part(a, in->subpath, subpath, whole, &out->subpath, e))
        return false;
    if (out->name.n == 0)
        return err_set(e, ERR_INPUT, whole, _("purl has no name"));
    if (rules & (PURL_NAME_DASH | PURL_NAME_UNDERSCORE))
        out->name = name_spelling(a, out->name, rules);
    return true;
}

static bool set_type(struct arena *a, str type, str whole, struct purl *out, struct err *e) {
    if (type.n == 0)
        return err_set(e, ERR_INPUT, whole, _("purl has no type"));
    if (!type_ok(type))
        return err_set(e, ERR_INPUT, whole, _("purl type must be letters, digits, \".\" and \"-\": %.*s"),
                       STR_ARG(type));
    return part(a, type, PART_LOWER | PART_RAW, whole, &out->type, e);
}

/* An "@" opens the version unless it opens a segment, as in npm's "@scope/name". */
static void split_version(str *rest, str *version) {
    size_t at = str_rchr(*rest, '@'), slash = str_rchr(*rest, '/');
    *version = (str){NULL, 0};
    if (at == STR_NONE || at == 0)
        return;
    if (rest->p[at - 1] == '/' && slash != STR_NONE && slash > at)
        return;
    *version = str_from(*rest, at + 1);
    *rest = str_upto(*rest, at);
}

/* Databricks' names of models are the same in any case, those of other servers are not. */
static void server_spelling(struct arena *a, struct purl *p) {
    static const char *const servers[] = {".azuredatabricks.net", ".databricks.com"};
    str host = purl_qualifier(p, "repository_url"), rest;
    if (!(purl_type_find(p->type)->rules & PURL_SERVER_CASE))
        return;
    size_t at = str_find(host, S("://"));
    if (at != STR_NONE)
        host = str_from(host, at + 3);
    str_cut(host, '/', &host, &rest);
    str_cut(host, ':', &host, &rest);
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++)
        if (str_iends(host, str_of(servers[i])))
            p->name = arena_lower(a, p->name);
}

bool purl_parse(struct arena *a, str text, struct purl *out, struct err *e) {
    *out = (struct purl){0};
    str s = str_trim(text), qualifiers = {NULL, 0}, type;
    if (!str_istarts(s, S("pkg:")))
        return err_set(e, ERR_INPUT, text, _("a purl begins with \"pkg:\""));
    s = str_from(s, 4);
    while (s.n && s.p[0] == '/')
        s = str_from(s, 1);
    struct purl raw = {0};
    size_t hash = str_rchr(s, '#');
    if (hash != STR_NONE) {
        raw.subpath = str_from(s, hash + 1);
        s = str_upto(s, hash);
    }
    str_cut(s, '?', &s, &qualifiers);
    if (!str_cut(s, '/', &type, &s))
        return err_set(e, ERR_INPUT, text, _("purl has no name"));
    if (!set_type(a, type, text, out, e))
        return false;
    if (str_starts(s, S("@")) && str_chr(s, '/') == STR_NONE)
        return err_set(e, ERR_INPUT, text, _("purl has no name"));
    split_version(&s, &raw.version);
    while (s.n && s.p[s.n - 1] == '/')
        s.n--;
    str_rcut(s, '/', &raw.ns, &raw.name);
    if (!normalise(a, &raw, 0, text, out, e))
        return false;
    if (qualifiers.n && !parse_qualifiers(a, qualifiers, out, text, e))
        return false;
    server_spelling(a, out);
    return true;
}

bool purl_build(struct arena *a, const struct purl *parts, struct purl *out, struct err *e) {
    struct purl p = {0};
    str whole = parts->name;
    if (!set_type(a, str_trim(parts->type), whole, &p, e) || !normalise(a, parts, PART_RAW, whole, &p, e))
        return false;
    if (parts->n_qualifiers > MAX_QUALIFIERS)
        return err_set(e, ERR_LIMIT, whole, _("purl has more than %d qualifiers"), MAX_QUALIFIERS);
    if (parts->n_qualifiers)
        p.qualifiers = arena_array(a, struct purl_qualifier, parts->n_qualifiers);
    for (uint32_t i = 0; i < parts->n_qualifiers; i++)
        if (!qualifier_put(a, &p, parts->qualifiers[i].key, parts->qualifiers[i].value, PART_RAW, whole, e))
            return false;
    server_spelling(a, &p);
    *out = p;
    return true;
}

bool purl_check(const struct purl *p, struct err *e) {
    const struct purl_type *t = purl_type_find(p->type);
    if ((t->rules & PURL_NS_REQUIRED) && p->ns.n == 0)
        return err_set(e, ERR_INPUT, p->name, _("purl type %.*s needs a namespace"), STR_ARG(p->type));
    if ((t->rules & PURL_NS_PROHIBITED) && p->ns.n)
        return err_set(e, ERR_INPUT, p->name, _("purl type %.*s has no namespace"), STR_ARG(p->type));
    if (t->qualifier && purl_qualifier(p, t->qualifier).n == 0)
        return err_set(e, ERR_INPUT, p->name, _("purl type %.*s needs the qualifier %s"), STR_ARG(p->type),
                       t->qualifier);
    if (p->ns.n && t->namespace_ok && !t->namespace_ok(p->ns))
        return err_set(e, ERR_INPUT, p->ns, _("purl type %.*s does not allow this namespace"), STR_ARG(p->type));
    if (t->name_ok && !t->name_ok(p->name))
        return err_set(e, ERR_INPUT, p->name, _("purl type %.*s does not allow this name"), STR_ARG(p->type));
    if (p->version.n && t->version_ok && !t->version_ok(p->version))
        return err_set(e, ERR_INPUT, p->version, _("purl type %.*s does not allow this version"), STR_ARG(p->type));
    return true;
}

/* ── writing ── */

/* 1: stands for itself everywhere; 2: "/", which does so in paths only. */
static const unsigned char unreserved[256] = {
    ['-'] = 1, ['.'] = 1, ['_'] = 1, ['~'] = 1, [':'] = 1, ['/'] = 2, ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1,
    ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1,
    ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1,
    ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1,
    ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1,
    ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1,
    ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1,
};

static void encode(struct buf *out, str s, bool path) {
    static const char digits[] = "0123456789ABCDEF";
    char *to = buf_room(out, s.n * 3);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (unreserved[c] == 1 || (unreserved[c] == 2 && path)) {
            to[n++] = (char)c;
        } else {
            to[n++] = '%';
            to[n++] = digits[c >> 4];
            to[n++] = digits[c & 15];
        }
    }
    out->n += n;
}

void purl_write(const struct purl *p, struct buf *out) {
    buf_add(out, S("pkg:"));
    buf_add(out, p->type);
    buf_addc(out, '/');
    if (p->ns.n) {
        encode(out, p->ns, true);
        buf_addc(out, '/');
    }
    encode(out, p->name, false);
    if (p->version.n) {
        buf_addc(out, '@');
        encode(out, p->version, false);
    }
    for (uint32_t i = 0; i < p->n_qualifiers; i++) {
        buf_addc(out, i ? '&' : '?');
        buf_add(out, p->qualifiers[i].key);
        buf_addc(out, '=');
        encode(out, p->qualifiers[i].value, false);
    }
    if (p->subpath.n) {
        buf_addc(out, '#');
        encode(out, p->subpath, true);
    }
}

str purl_text(struct arena *a, const struct purl *p) {
    struct buf b = {0};
    purl_write(p, &b);
    str s = arena_str(a, buf_str(&b));
    buf_free(&b);
    return s;
}

str purl_qualifier(const struct purl *p, const char *key) {
    for (uint32_t i = 0; i < p->n_qualifiers; i++)
        if (str_is(p->qualifiers[i].key, key))
            return p->qualifiers[i].value;
    return (str){NULL, 0};
}

str purl_make_q(struct arena *a, const char *type, str ns, str name, str version, const struct purl_qualifier *q,
                uint32_t n) {
    struct purl p, parts = {.type = str_of(type), .ns = ns, .name = name, .version = version};
    if (n) {
        parts.qualifiers = arena_array(a, struct purl_qualifier, n);
        memcpy(parts.qualifiers, q, n * sizeof *q);
        parts.n_qualifiers = n;
    }
    struct err e;
    return purl_build(a, &parts, &p, &e) ? purl_text(a, &p) : (str){NULL, 0};
}

str purl_make(struct arena *a, const char *type, str ns, str name, str version) {
    return purl_make_q(a, type, ns, name, version, NULL, 0);
}
