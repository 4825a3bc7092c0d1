/* SPDX-License-Identifier: Apache-2.0
 *
 * Text as a borrowed slice (`str`) and a growing buffer (`struct buf`).
 *
 * A str never assumes a terminating NUL and never owns its bytes: it lives as long as what it was cut from.
 * `p == NULL` means "absent", which is different from present and empty; both have n == 0.
 */
#ifndef AKASHI_BASE_STR_H
#define AKASHI_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))

typedef struct str {
    const char *p;
    size_t n;
} str;

/* A literal as a slice; for a NUL-terminated string use str_of(). */
#define S(literal) ((str){"" literal, sizeof(literal) - 1})
/* For static tables, where a compound literal is not a constant. */
#define S_INIT(literal)                                                                                                \
    { "" literal, sizeof(literal) - 1 }
/* For printf: "%.*s". */
#define STR_ARG(s) (int)((s).n > INT32_MAX ? INT32_MAX : (s).n), ((s).p ? (s).p : "")

static inline str str_of(const char *s) { return (str){s, s ? strlen(s) : 0}; }
static inline str str_n(const char *p, size_t n) { return (str){p, n}; }
static inline bool str_eq(str a, str b) { return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0); }
static inline bool str_is(str a, const char *literal) { return str_eq(a, str_of(literal)); }
static inline str str_from(str s, size_t at) {
    return at >= s.n ? (str){s.p ? s.p + s.n : NULL, 0} : (str){s.p + at, s.n - at};
}
static inline str str_upto(str s, size_t n) { return n >= s.n ? s : (str){s.p, n}; }

bool str_ieq(str a, str b); /* ASCII letters without case */
int str_cmp(str a, str b);  /* bytewise, shorter first */
int str_icmp(str a, str b); /* the same, ASCII letters without case */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
bool str_istarts(str s, str prefix);
bool str_iends(str s, str suffix);
str str_trim(str s); /* without ASCII white space at both ends */
#define STR_NONE ((size_t)-1)
size_t str_find(str s, str needle); /* first place, or STR_NONE */
size_t str_chr(str s, char c);      /* first place, or STR_NONE */
size_t str_rchr(str s, char c);     /* last place, or STR_NONE */

/* Cuts s at the first (last) `c`: what stands before goes to *head, behind to *tail. Without a `c`
 * returns false, with *head = s and *tail absent (str_rcut: *head absent and *tail = s). */
bool str_cut(str s, char c, str *head, str *tail);
bool str_rcut(str s, char c, str *head, str *tail);

/* Takes the next field of *rest up to `sep`; false when *rest is used up. "a,,b" gives "a", "", "b". */
bool str_next(str *rest, char sep, str *field);
/* Takes the next line of *rest without its "\n" or "\r\n". */
bool str_line(str *rest, str *line);

/* Decimal digits only, no sign, no overflow. */
bool str_u64(str s, uint64_t *out);
bool str_i64(str s, int64_t *out);

/* Shell pattern with `*` (any run without '/'), `**` (any run), `?`; case matters. */
bool str_glob(str pattern, str s);

bool str_utf8_ok(str s);
/* The character s begins with: its bytes, and its code point in *u; 0 when s is empty or no UTF-8 here. */
size_t str_rune(str s, uint32_t *u);

static inline bool ch_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool ch_lower(char c) { return c >= 'a' && c <= 'z'; }
static inline bool ch_upper(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool ch_alpha(char c) { return ch_lower(c) || ch_upper(c); }
static inline bool ch_alnum(char c) { return ch_alpha(c) || ch_digit(c); }
static inline bool ch_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline char ch_tolower(char c) { return ch_upper(c) ? (char)(c | 0x20) : c; }
static inline bool ch_hex(char c) { return ch_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/* A growing byte buffer on the heap. Starts as {0}; buf_free() accepts that. */
struct buf {
    char *p;
    size_t n, cap;
};

void buf_free(struct buf *b);
void buf_clear(struct buf *b);
char *buf_room(struct buf *b, size_t more); /* at least `more` bytes behind n; the caller adds to n */
void buf_add(struct buf *b, str s);
void buf_addc(struct buf *b, char c);
void buf_addz(struct buf *b, const char *s);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void buf_addv(struct buf *b, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);
void buf_u64(struct buf *b, uint64_t v);
static inline str buf_str(const struct buf *b) { return (str){b->p ? b->p : "", b->n}; }

#endif
