/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>

int str_cmp(str a, str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

int str_icmp(str a, str b) {
    for (size_t i = 0; i < a.n && i < b.n; i++) {
        unsigned char x = (unsigned char)ch_tolower(a.p[i]), y = (unsigned char)ch_tolower(b.p[i]);
        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a.n > b.n) - (a.n < b.n);
}

bool str_ieq(str a, str b) { return a.n == b.n && str_icmp(a, b) == 0; }
bool str_starts(str s, str prefix) { return s.n >= prefix.n && str_eq(str_upto(s, prefix.n), prefix); }
bool str_ends(str s, str suffix) { return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix); }
bool str_istarts(str s, str prefix) { return s.n >= prefix.n && str_ieq(str_upto(s, prefix.n), prefix); }
bool str_iends(str s, str suffix) { return s.n >= suffix.n && str_ieq(str_from(s, s.n - suffix.n), suffix); }

str str_trim(str s) {
    while (s.n && ch_space(s.p[0]))
        s.p++, s.n--;
    while (s.n && ch_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

size_t str_find(str s, str needle) {
    if (needle.n == 0)
        return 0;
    const char *at = s.n ? memmem(s.p, s.n, needle.p, needle.n) : NULL;
    return at ? (size_t)(at - s.p) : STR_NONE;
}
size_t str_chr(str s, char c) {
    const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
    return at ? (size_t)(at - s.p) : STR_NONE;
}
size_t str_rchr(str s, char c) {
    const char *at = s.n ? memrchr(s.p, c, s.n) : NULL;
    return at ? (size_t)(at - s.p) : STR_NONE;
}

bool str_cut(str s, char c, str *head, str *tail) {
    size_t at = str_chr(s, c);
    *head = at == STR_NONE ? s : str_upto(s, at);
    *tail = at == STR_NONE ? (str){NULL, 0} : str_from(s, at + 1);
    return at != STR_NONE;
}
bool str_rcut(str s, char c, str *head, str *tail) {
    size_t at = str_rchr(s, c);
    *head = at == STR_NONE ? (str){NULL, 0} : str_upto(s, at);
    *tail = at == STR_NONE ? s : str_from(s, at + 1);
    return at != STR_NONE;
}

bool str_next(str *rest, char sep, str *field) {
    if (!rest->p)
        return false;
    str tail;
    str_cut(*rest, sep, field, &tail);
    *rest = tail;
    return true;
}

bool str_line(str *rest, str *line) {
    if (rest->n == 0)
        return false;
    str tail;
    if (!str_cut(*rest, '\n', line, &tail))
        tail = (str){NULL, 0};
    *rest = tail;
    if (line->n && line->p[line->n - 1] == '\r')
        line->n--;
    return true;
}

bool str_u64(str s, uint64_t *out) {
    uint64_t v = 0;
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        unsigned d = (unsigned)(s.p[i] - '0');
        if (d > 9 || v > (UINT64_MAX - d) / 10)
            return false;
        v = v * 10 + d;
    }
    *out = v;
    return true;
}

bool str_i64(str s, int64_t *out) {
    uint64_t v;
    bool minus = s.n && s.p[0] == '-';
    if (!str_u64(str_from(s, minus), &v) || v > (uint64_t)INT64_MAX + minus)
        return false;
    *out = minus && v ? -(int64_t)(v - 1) - 1 : (int64_t)v;
    return true;
}

/* Where to go on when the rest does not fit: behind the last star, one character further in the text. */
struct retry {
    size_t p, t;
};

/* A `*` gives up at a slash; then the last `**` takes one character more. What stands before the last `**` never has
 * to be tried again, nor what stands before the last `*` within it: an earlier end leaves more text for the rest. */
bool str_glob(str pattern, str s) {
    size_t p = 0, t = 0;
    struct retry star = {STR_NONE, 0}, deep = {STR_NONE, 0};
    while (t < s.n) {
        if (str_starts(str_from(pattern, p), S("**"))) {
            p += 2;
            deep = (struct retry){p, t};
            star.p = STR_NONE;
        } else if (p < pattern.n && pattern.p[p] == '*') {
            star = (struct retry){++p, t};
        } else if (p < pattern.n && (pattern.p[p] == s.p[t] || (pattern.p[p] == '?' && s.p[t] != '/'))) {
            p++, t++;
        } else if (star.p != STR_NONE && s.p[star.t] != '/') {
            p = star.p;
            t = ++star.t;
        } else if (deep.p != STR_NONE) {
            p = deep.p;
            t = ++deep.t;
            star.p = STR_NONE;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

bool str_utf8_ok(str s) {
    if (!s.n) /* an absent slice has no address to count from */
        return true;
    const unsigned char *p = (const unsigned char *)s.p, *end = p + s.n;
    while (p < end) {
        unsigned c = *p++;
        if (c < 0x80)
            continue;
        int more = c >= 0xC2 && c <= 0xDF ? 1 : (c & 0xF0) == 0xE0 ? 2 : c >= 0xF0 && c <= 0xF4 ? 3 : 0;
        if (!more || end - p < more)
            return false;
        /* The second byte's lower and upper bounds exclude overlong forms, surrogates and > U+10FFFF. */
        unsigned lo = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80, hi = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        if (*p < lo || *p > hi)
            return false;
        for (p++; --more; p++)
            if ((*p & 0xC0) != 0x80)
                return false;
    }
    return true;
}

size_t str_rune(str s, uint32_t *u) {
    unsigned char c = s.n ? (unsigned char)s.p[0] : 0xFF;
    size_t n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF8 ? 4 : 0;
    if (n == 0 || n > s.n || !str_utf8_ok(str_upto(s, n)))
        return 0;
    *u = n == 1 ? c : c & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++)
        *u = *u << 6 | ((unsigned char)s.p[i] & 0x3F);
    return n;
}

/* ── buf ── */

void buf_free(struct buf *b) {
    free(b->p);
    *b = (struct buf){0};
}
void buf_clear(struct buf *b) { b->n = 0; }

char *buf_room(struct buf *b, size_t more) {
    if (b->cap - b->n < more) {
        size_t cap = b->cap ? b->cap : 256;
        while (cap - b->n < more) {
            if (cap > SIZE_MAX / 2)
                abort();
            cap *= 2;
        }
        char *p = realloc(b->p, cap);
        if (!p)
            abort();
        b->p = p;
        b->cap = cap;
    }
    return b->p + b->n;
}

void buf_add(struct buf *b, str s) {
    if (s.n) {
        memcpy(buf_room(b, s.n), s.p, s.n);
        b->n += s.n;
    }
}
void buf_addc(struct buf *b, char c) {
    *buf_room(b, 1) = c;
    b->n++;
}
void buf_addz(struct buf *b, const char *s) { buf_add(b, str_of(s)); }

void buf_addv(struct buf *b, const char *fmt, va_list ap) {
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n > 0) {
        vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}
void buf_addf(struct buf *b, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    buf_addv(b, fmt, ap);
    va_end(ap);
}
void buf_u64(struct buf *b, uint64_t v) {
    char digits[20];
    size_t n = sizeof digits;
    do
        digits[--n] = (char)('0' + v % 10);
    while (v /= 10);
    buf_add(b, str_n(digits + n, sizeof digits - n));
}
