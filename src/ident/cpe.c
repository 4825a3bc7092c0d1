/* SPDX-License-Identifier: Apache-2.0 */
#include "ident/cpe.h"

enum { WILDCARD = 1 }; /* the byte in front of a wildcard within text */

enum { MAX_BYTES = 4096 }; /* real ones stay below 300; matching is quadratic in the worst case */

/* ── building one value ── */

/* Text under construction; wildcards may stand at the ends only ("*" alone, "?" in a row). */
struct value {
    char *p;
    size_t n;
};

static void put(struct value *v, char c) { v->p[v->n++] = ch_tolower(c); }
static void put_wildcard(struct value *v, char c) {
    v->p[v->n++] = WILDCARD;
    v->p[v->n++] = c;
}

/* NISTIR 7695 §5.3.2: special characters at the beginning and the end of a value: one "*", or any number of "?". */
static bool wildcards_ok(str s) {
    size_t from = 0, to = s.n;
    if (to - from >= 2 && s.p[from] == WILDCARD && s.p[from + 1] == '*')
        from += 2;
    else
        while (to - from >= 2 && s.p[from] == WILDCARD && s.p[from + 1] == '?')
            from += 2;
    if (to - from >= 2 && s.p[to - 2] == WILDCARD && s.p[to - 1] == '*')
        to -= 2;
    else
        while (to - from >= 2 && s.p[to - 2] == WILDCARD && s.p[to - 1] == '?')
            to -= 2;
    return from < to && memchr(s.p + from, WILDCARD, to - from) == NULL;
}

static bool set_text(struct cpe *out, enum cpe_part part, struct value v) {
    str text = {v.p, v.n};
    out->at[part].kind = CPE_TEXT;
    out->at[part].text = text;
    return memchr(text.p, WILDCARD, text.n) == NULL || wildcards_ok(text);
}

static bool part_ok(const struct cpe *c) {
    if (c->at[CPE_PART].kind != CPE_TEXT)
        return true;
    str part = c->at[CPE_PART].text;
    return part.n == 1 && (part.p[0] == 'a' || part.p[0] == 'o' || part.p[0] == 'h');
}

/* RFC 5646, as far as CPE takes it: a language of two or three letters, and a region of two letters or three digits. */
static bool language_ok(const struct cpe *c) {
    if (c->at[CPE_LANGUAGE].kind != CPE_TEXT)
        return true;
    str rest = c->at[CPE_LANGUAGE].text, language, region;
    str_cut(rest, '-', &language, &region);
    for (size_t i = 0; i < language.n; i++)
        if (!ch_alpha(language.p[i]))
            return false;
    bool digits = region.n == 3, letters = region.n == 2;
    for (size_t i = 0; i < region.n; i++) {
        digits = digits && ch_digit(region.p[i]);
        letters = letters && ch_alpha(region.p[i]);
    }
    return (language.n == 2 || language.n == 3) && (!region.p || digits || letters);
}

/* ── formatted strings: "cpe:2.3:a:vendor:product:…", eleven parts ── */

static bool plain(char c) { return ch_alnum(c) || c == '_' || c == '-' || c == '.'; }
static bool printable(char c) { return c > ' ' && c < 0x7f; }

static bool formatted_value(struct arena *a, str s, struct cpe *out, enum cpe_part part) {
    if (str_is(s, "*") || str_is(s, "-")) {
        out->at[part].kind = s.p[0] == '*' ? CPE_ANY : CPE_NA;
        return true;
    }
    struct value v = {arena_alloc(a, s.n * 2 + 1), 0};
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '\\') {
            if (++i == s.n || !printable(s.p[i]))
                return false;
            put(&v, s.p[i]);
        } else if (c == '*' || c == '?') {
            put_wildcard(&v, c);
        } else if (plain(c)) {
            put(&v, c);
        } else {
            return false;
        }
    }
    return s.n && set_text(out, part, v);
}

/* The next field; a ":" behind a "\" belongs to it. */
static bool next_field(str *rest, str *field) {
    if (!rest->p)
        return false;
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ':')
        n += rest->p[n] == '\\' && n + 1 < rest->n ? 2 : 1;
    *field = str_upto(*rest, n);
    *rest = n < rest->n ? str_from(*rest, n + 1) : (str){NULL, 0};
    return true;
}

static bool parse_formatted(struct arena *a, str s, struct cpe *out) {
    str field;
    unsigned part = 0;
    while (next_field(&s, &field)) {
        if (part == CPE_PARTS || !formatted_value(a, field, out, part))
            return false;
        part++;
    }
    return part == CPE_PARTS;
}

/* ── URIs: "cpe:/a:vendor:product:version:update:edition:language" ── */

static int hex(char c) { return ch_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; }

static bool uri_value(struct arena *a, str s, struct cpe *out, enum cpe_part part) {
    if (s.n == 0 || str_is(s, "-")) {
        out->at[part].kind = s.n ? CPE_NA : CPE_ANY;
        return true;
    }
    struct value v = {arena_alloc(a, s.n * 2 + 1), 0};
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c != '%') {
            if (!plain(c) && c != '~')
                return false;
            put(&v, c);
            continue;
        }
        if (s.n - i < 3 || !ch_hex(s.p[i + 1]) || !ch_hex(s.p[i + 2]))
            return false;
        int code = hex(s.p[i + 1]) * 16 + hex(s.p[i + 2]);
        i += 2;
        if (code == 1 || code == 2)
            put_wildcard(&v, code == 1 ? '?' : '*');
        else if (code > ' ' && code < 0x7f)
            put(&v, (char)code);
        else
            return false;
    }
    return set_text(out, part, v);
}

/* The edition may carry the four newer parts: "~edition~sw_edition~target_sw~target_hw~other". */
static bool uri_edition(struct arena *a, str s, struct cpe *out) {
    static const enum cpe_part packed[] = {CPE_EDITION, CPE_SW_EDITION, CPE_TARGET_SW, CPE_TARGET_HW, CPE_OTHER};
    if (s.n == 0 || s.p[0] != '~')
        return uri_value(a, s, out, CPE_EDITION);
    s = str_from(s, 1);
    str field;
    unsigned n = 0;
    while (str_next(&s, '~', &field))
        if (n == 5 || !uri_value(a, field, out, packed[n++]))
            return false;
    return n == 5;
}

static bool parse_uri(struct arena *a, str s, struct cpe *out) {
    str field;
    unsigned part = 0;
    while (str_next(&s, ':', &field)) {
        if (part > CPE_LANGUAGE)
            return false;
        bool ok = part == CPE_EDITION ? uri_edition(a, field, out) : uri_value(a, field, out, part);
        if (!ok)
            return false;
        part++;
    }
    return part > 0;
}

bool cpe_parse(struct arena *a, str text, struct cpe *out, struct err *e) {
    *out = (struct cpe){0};
    if (text.n > MAX_BYTES)
        return err_set(e, ERR_LIMIT, str_upto(text, 80), _("CPE name is longer than %d bytes"), MAX_BYTES);
    bool ok = false;
    if (str_istarts(text, S("cpe:2.3:")))
        ok = parse_formatted(a, str_from(text, 8), out);
    else if (str_istarts(text, S("cpe:/")))
        ok = parse_uri(a, str_from(text, 5), out);
    if (ok && part_ok(out) && language_ok(out))
        return true;
    return err_set(e, ERR_INPUT, text, _("not a CPE name"));
}

/* ── writing ── */

void cpe_write(const struct cpe *c, struct buf *out) {
    buf_add(out, S("cpe:2.3"));
    for (unsigned part = 0; part < CPE_PARTS; part++) {
        buf_addc(out, ':');
        if (c->at[part].kind != CPE_TEXT) {
            buf_addc(out, c->at[part].kind == CPE_ANY ? '*' : '-');
            continue;
        }
        str s = c->at[part].text;
        for (size_t i = 0; i < s.n; i++) {
            char x = s.p[i];
            if (x == WILDCARD && i + 1 < s.n) {
                buf_addc(out, s.p[++i]);
                continue;
            }
            /* A lone "-" would read as "not applicable". */
            if (!(ch_alnum(x) || x == '_' || x == '.' || (x == '-' && s.n > 1)))
                buf_addc(out, '\\');
            buf_addc(out, x);
        }
    }
}

/* ── matching ── */

static bool has_wildcard(str s) { return s.n && memchr(s.p, WILDCARD, s.n) != NULL; }

/* How many characters a run of wildcards at one end may stand for: all of them for "*". */
static size_t edge(str s, bool front, size_t *questions) {
    size_t n = 0;
    *questions = 0;
    while (n + 2 <= s.n) {
        const char *mark = front ? s.p + n : s.p + s.n - n - 2;
        if (mark[0] != WILDCARD)
            break;
        *questions = mark[1] == '*' ? SIZE_MAX : *questions + 1;
        n += 2;
    }
    return n;
}

/* NISTIR 7696 §6.3: "*" stands for any run, each "?" for one character or none. */
static bool wildcard_matches(str pattern, str s) {
    size_t before, after;
    size_t head = edge(pattern, true, &before), tail = edge(str_from(pattern, head), false, &after);
    str core = {pattern.p + head, pattern.n - head - tail};
    if (core.n > s.n)
        return false;
    size_t room = s.n - core.n;
    for (size_t at = 0; at <= room && at <= before; at++)
        if (room - at <= after && memcmp(s.p + at, core.p, core.n) == 0)
            return true;
    return false;
}

enum cpe_relation cpe_compare_part(const struct cpe *source, const struct cpe *target, enum cpe_part part) {
    enum cpe_value s = source->at[part].kind, t = target->at[part].kind;
    str x = source->at[part].text, y = target->at[part].text;
    if (t == CPE_TEXT && has_wildcard(y))
        return s == CPE_TEXT && str_eq(x, y) ? CPE_EQUAL : CPE_UNDEFINED;
    if (s == t && s != CPE_TEXT)
        return CPE_EQUAL;
    if (s == CPE_ANY)
        return CPE_SUPERSET;
    if (t == CPE_ANY)
        return CPE_SUBSET;
    if (s == CPE_NA || t == CPE_NA)
        return CPE_DISJOINT;
    if (str_eq(x, y))
        return CPE_EQUAL;
    return has_wildcard(x) && wildcard_matches(x, y) ? CPE_SUPERSET : CPE_DISJOINT;
}

enum cpe_relation cpe_compare(const struct cpe *source, const struct cpe *target) {
    bool subset = false, superset = false, undefined = false;
    for (unsigned part = 0; part < CPE_PARTS; part++) {
        switch (cpe_compare_part(source, target, part)) {
        case CPE_DISJOINT: return CPE_DISJOINT;
        case CPE_SUBSET: subset = true; break;
        case CPE_SUPERSET: superset = true; break;
        case CPE_UNDEFINED: undefined = true; break;
        case CPE_EQUAL: break;
        }
    }
    if (undefined || (subset && superset))
        return CPE_UNDEFINED;
    return subset ? CPE_SUBSET : superset ? CPE_SUPERSET : CPE_EQUAL;
}
