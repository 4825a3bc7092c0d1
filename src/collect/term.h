/* SPDX-License-Identifier: Apache-2.0
 *
 * Terms of Erlang and Elixir, as far as lock files use them: tuples, lists, maps, strings, atoms, numbers.
 *
 *   {<<"cowlib">>,{pkg,<<"cowlib">>,<<"2.11.0">>},1}         Erlang: a binary reads as the string inside
 *   %{"plug": {:hex, :plug, "1.11.1", [hex: :plug]}}         Elixir: keys stand before their values, as siblings
 */
#ifndef AKASHI_COLLECT_TERM_H
#define AKASHI_COLLECT_TERM_H

#include "collect/report.h"

enum term_kind { TERM_TUPLE, TERM_LIST, TERM_MAP, TERM_STRING, TERM_ATOM };

struct term {
    enum term_kind kind;
    str text; /* string or atom; numbers are atoms */
    struct term *child, *next;
    uint32_t line;
};

/* Reads all terms of a text (Erlang's end with "."); *out is the first, the others are its siblings. Fails on
 * brackets that do not match, nesting beyond limits.depth, strings without end. */
MUST_USE bool term_parse(struct ctx *c, struct arena *a, str text, const char *format, const struct found_file *f,
                         struct term **out, struct err *e);
/* The n-th child (0, 1, …), or NULL; term may be NULL. */
const struct term *term_at(const struct term *t, uint32_t n);
/* Text of the n-th child when it is of that kind; else absent. */
str term_text(const struct term *t, uint32_t n, enum term_kind kind);

#endif
