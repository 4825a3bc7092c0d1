/* SPDX-License-Identifier: Apache-2.0
 *
 * postgresql://[user[:password]@][host][:port][/database][?name=value&…]: libpq's form, and akashi_schema beside it.
 */
#include <stdio.h>

#include "store/postgres.h"

bool postgres_is_address(str where) {
    return str_starts(where, S("postgresql://")) || str_starts(where, S("postgres://"));
}

/* A password may hold anything, an unescaped '/' or '?' too: all before the last '@' is left out. */
str pg_shown(struct arena *a, str url) {
    size_t begin = str_find(url, S("://")), at = str_rchr(url, '@');
    str rest = str_from(url, begin == STR_NONE ? 0 : begin + 3), head, query;
    if (at != STR_NONE)
        rest = str_from(url, at + 1);
    str_cut(rest, '?', &head, &query);
    return arena_cat(a, S("postgresql://"), head);
}

static bool is_name(str s) {
    bool ok = s.n > 0 && s.n < 48 && !ch_digit(s.p[0]) && !str_starts(s, S("pg_"));
    for (size_t i = 0; ok && i < s.n; i++)
        ok = ch_lower(s.p[i]) || ch_digit(s.p[i]) || s.p[i] == '_';
    return ok;
}

bool pg_address(struct arena *a, str url, char *schema, size_t size, str *libpq, struct err *e) {
    str head, query, part;
    snprintf(schema, size, "akashi");
    size_t at = str_rchr(url, '@'), ask = str_chr(str_from(url, at == STR_NONE ? 0 : at), '?');
    head = ask == STR_NONE ? url : str_upto(url, (at == STR_NONE ? 0 : at) + ask);
    query = str_from(url, head.n + 1);
    struct buf b = {0};
    buf_add(&b, head);
    for (char sep = '?'; str_next(&query, '&', &part);) {
        str name, value;
        str_cut(part, '=', &name, &value);
        if (str_is(name, "akashi_schema")) {
            if (!is_name(value)) {
                buf_free(&b);
                err_set(e, ERR_USAGE, pg_shown(a, url), _("'%.*s' cannot be the name of a schema"), STR_ARG(value));
                return err_hint(e, "%s", _("small letters, digits and _, at most 47, beginning with a letter"));
            }
            snprintf(schema, size, "%.*s", STR_ARG(value));
            continue;
        }
        buf_addc(&b, sep);
        buf_add(&b, part);
        sep = '&';
    }
    *libpq = arena_str(a, buf_str(&b));
    buf_free(&b);
    return true;
}
