/* SPDX-License-Identifier: Apache-2.0
 *
 * The words of TOML: keys, strings, numbers, dates, white space. Only toml.c uses this; toml_parse (tree.h) is the
 * door. Accepts TOML 1.0 and what 1.1 adds (line breaks in inline tables, \e and \xHH, times without seconds).
 *
 * Invariant: `at` never passes text.n, and `line` counts the line breaks in front of it. A function that fails has
 * filled *e with "file:line:column".
 */
#ifndef AKASHI_BASE_TOML_SCAN_H
#define AKASHI_BASE_TOML_SCAN_H

#include "base/ctx.h"

struct toml_scan {
    struct arena *a; /* strings with escapes; others are slices of text */
    str text, where;
    size_t at;
    uint32_t line;
    struct err *e;
};

/* What a value without quotes says: its text is JSON (a number, true, false) or, for dates, inf and nan, a string. */
struct toml_word {
    str text;
    bool is_string;
};

/* "file:line:column" of the present position. */
str toml_place(const struct toml_scan *s, char out[400]);
/* Fills the error with the present position; returns false. */
bool toml_fail(struct toml_scan *s, const char *what);
/* The next character, or 0 at the end (a NUL in the text is refused by every rule anyway). */
static inline char toml_peek(const struct toml_scan *s) { return s->at < s->text.n ? s->text.p[s->at] : 0; }
/* Spaces and tabs. */
void toml_blank(struct toml_scan *s);
/* White space, line breaks and comments. */
MUST_USE bool toml_gap(struct toml_scan *s);
/* What may stand behind a value: white space, a comment, the line break or the end. */
MUST_USE bool toml_line_end(struct toml_scan *s);
/* One part of a dotted key. */
MUST_USE bool toml_key(struct toml_scan *s, str *out);
/* A string of any of the four kinds; stands at its first quote. */
MUST_USE bool toml_string(struct toml_scan *s, str *out);
MUST_USE bool toml_plain(struct toml_scan *s, struct toml_word *out);

#endif
