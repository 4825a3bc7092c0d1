/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/cursor.h"

#include "base/digest.h"

/* Flaw names have hyphens, letters and digits; what else one may have is written %XX. */
static str escaped(struct arena *a, str name) {
    struct buf b = {0};
    for (size_t i = 0; i < name.n; i++)
        if (ch_alnum(name.p[i]) || name.p[i] == '-')
            buf_addc(&b, name.p[i]);
        else
            buf_addf(&b, "%%%02X", (unsigned char)name.p[i]);
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static bool unescaped(struct arena *a, str text, str *out) {
    char *p = arena_room(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char byte = (unsigned char)text.p[i];
        if (text.p[i] == '%') {
            if (!hex_bytes(arena_lower(a, str_upto(str_from(text, i + 1), 2)), &byte, 1))
                return false;
            i += 2;
        }
        p[n++] = (char)byte;
    }
    *out = n ? str_n(p, n) : (str){NULL, 0};
    return true;
}

static str check_of(struct arena *a, str body, str question) {
    unsigned char digest[32];
    digest_of(DIGEST_SHA256, arena_printf(a, "%.*s\n%.*s", STR_ARG(body), STR_ARG(question)), digest);
    return hex_text(a, digest, 8);
}

str cursor_text(struct arena *a, const struct cursor *c, str question) {
    str body = arena_printf(a, "%llu.%lld.%llu.%lld.%.*s", (unsigned long long)c->size, (long long)c->time,
                            (unsigned long long)c->offset, (long long)c->value, STR_ARG(escaped(a, c->name)));
    return arena_printf(a, "%.*s.%.*s", STR_ARG(body), STR_ARG(check_of(a, body, question)));
}

static bool take_int(str *rest, int64_t *out) {
    str field;
    if (!str_next(rest, '.', &field))
        return false;
    bool negative = str_starts(field, S("-"));
    if (!str_i64(negative ? str_from(field, 1) : field, out))
        return false;
    *out = negative ? -*out : *out;
    return true;
}

bool cursor_parse(struct arena *a, str text, str question, struct cursor *out, struct err *e) {
    str body, check, rest, name;
    int64_t size, offset;
    bool ok = str_rcut(text, '.', &body, &check) && str_eq(check, check_of(a, body, question));
    rest = body;
    *out = (struct cursor){0};
    ok = ok && take_int(&rest, &size) && take_int(&rest, &out->time) && take_int(&rest, &offset) &&
         take_int(&rest, &out->value) && size >= 0 && offset >= 0;
    if (ok && str_next(&rest, '.', &name))
        ok = unescaped(a, name, &out->name);
    if (!ok) {
        err_set(e, ERR_USAGE, text, "%s", _("not a page of this list"));
        return err_hint(e, "%s", _("--page takes what the page before gave, with the same question and filters"));
    }
    out->size = (uint64_t)size;
    out->offset = (uint64_t)offset;
    return true;
}
