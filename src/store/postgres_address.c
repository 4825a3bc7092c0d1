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

/* What stands before an '@' is user and password. With a '/' or '?' in there libpq would take pieces of a password for
 * a host, a port or a setting, and quote them in its messages. */
static bool is_cut_where_we_cut(str url) {
    str user = str_from(url, str_find(url, S("://")) + 3);
    size_t at = str_rchr(user, '@');
    bool ok = true;
    for (size_t i = 0; ok && at != STR_NONE && i < at; i++)
        ok = !strchr("/?#@", user.p[i]);
    return ok;
}

bool pg_address(struct arena *a, str url, char *schema, size_t size, str *libpq, struct err *e) {
    str head, query, part;
    snprintf(schema, size, "akashi");
    if (!postgres_is_address(url) || !is_cut_where_we_cut(url)) {
        err_set(e, ERR_USAGE, pg_shown(a, url), _("this is no address of a PostgreSQL database"));
        return err_hint(e, "%s", _("postgresql://USER@HOST:PORT/DATABASE; special characters as %XX"));
    }
    str_cut(url, '?', &head, &query);
    struct buf b = {0};
    buf_add(&b, head);
    for (char sep = '?'; query.p && str_next(&query, '&', &part);) {
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
