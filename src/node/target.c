/* SPDX-License-Identifier: Apache-2.0 */
#include "node/target.h"

static unsigned hex_value(char c) { return (unsigned)(ch_digit(c) ? c - '0' : ch_tolower(c) - 'a' + 10); }

/* Also what a client wrote without escaping it must be fit to be shown; tabs and line ends are no text of ours. */
static bool is_text(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return false;
    return str_utf8_ok(s);
}

bool target_decode(struct arena *a, str text, bool plus, str *out) {
    char *p = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '%') {
            if (text.n - i < 3 || !ch_hex(text.p[i + 1]) || !ch_hex(text.p[i + 2]))
                return false;
            c = (char)(hex_value(text.p[i + 1]) << 4 | hex_value(text.p[i + 2]));
            i += 2;
        } else if (plus && c == '+') {
            c = ' ';
        }
        p[n++] = c;
    }
    *out = str_n(p, n);
    return is_text(*out);
}

static bool good_path(struct arena *a, str raw) {
    str rest = str_from(raw, 1), part, plain;
    while (str_next(&rest, '/', &part)) {
        if (!target_decode(a, part, false, &plain) || str_is(plain, ".") || str_is(plain, ".."))
            return false;
    }
    return str_find(raw, S("//")) == STR_NONE;
}

static bool read_arguments(struct arena *a, str text, struct target *out) {
    VEC(struct argument) list = {0};
    str pair, name, value;
    while (str_next(&text, '&', &pair)) {
        if (!pair.n)
            continue;
        if (!str_cut(pair, '=', &name, &value))
            value = S("");
        struct argument x;
        if (list.n == ARGUMENTS_MOST || !target_decode(a, name, true, &x.name) ||
            !target_decode(a, value, true, &x.value))
            return false;
        *vec_push(a, &list) = x;
    }
    out->arguments = list.v;
    out->n = list.n;
    return true;
}

bool target_parse(struct arena *a, str text, struct target *out) {
    str query;
    *out = (struct target){0};
    if (!text.n || text.n > TARGET_MOST || text.p[0] != '/')
        return false;
    if (!str_cut(text, '?', &out->raw, &query))
        query = S("");
    return good_path(a, out->raw) && target_decode(a, out->raw, false, &out->path) && read_arguments(a, query, out);
}
