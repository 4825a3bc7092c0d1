/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/s3.h"

#include <stdlib.h>

str s3_encoded(struct arena *a, str s, bool path) {
    struct buf b = {0};
    for (size_t i = 0; i < s.n; i++) {
        char ch = s.p[i];
        if (ch_alnum(ch) || ch == '-' || ch == '.' || ch == '_' || ch == '~' || (path && ch == '/'))
            buf_addc(&b, ch);
        else
            buf_addf(&b, "%%%02X", (unsigned char)ch);
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static bool bucket_ok(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_lower(s.p[i]) && !ch_digit(s.p[i]) && s.p[i] != '-' && s.p[i] != '.' && s.p[i] != '_')
            return false;
    return s.n >= 3 && s.n <= 63 && s.p[0] != '.';
}

static bool region_ok(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (!ch_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_')
            return false;
    return s.n > 0 && s.n <= 64;
}

/* The parts of a prefix are names: an empty one, "." or ".." would lead elsewhere. */
static bool prefix_ok(str s) {
    str part;
    while (s.n && str_next(&s, '/', &part))
        if (!part.n || str_is(part, ".") || str_is(part, "..") || memchr(part.p, 0, part.n))
            return false;
    return true;
}

static bool to_itself(str host) {
    str name = str_starts(host, S("[")) ? str_upto(host, str_chr(host, ']') + 1) : host;
    (void)(str_starts(host, S("[")) || str_cut(host, ':', &name, &(str){0}));
    return str_is(name, "localhost") || str_starts(name, S("127.")) || str_is(name, "[::1]");
}

static bool endpoint_ok(str text, str *out, struct err *e) {
    str rest;
    bool plain = str_istarts(text, S("http://"));
    if (!plain && !str_istarts(text, S("https://")))
        return err_set(e, ERR_USAGE, S("s3://"), _("an endpoint begins with https://"));
    rest = str_from(text, plain ? 7 : 8);
    while (str_ends(rest, S("/")))
        rest.n--;
    if (!rest.n || str_chr(rest, '@') != STR_NONE || str_chr(rest, '?') != STR_NONE || str_chr(rest, ' ') != STR_NONE)
        return err_set(e, ERR_USAGE, S("s3://"), _("an endpoint is https://HOST or https://HOST:PORT"));
    if (plain && !to_itself(rest))
        return err_set(e, ERR_USAGE, S("s3://"), _("an endpoint on another machine needs https://"));
    *out = str_n(text.p, (size_t)(rest.p + rest.n - text.p));
    return true;
}

static str environment(const char *name) {
    const char *v = getenv(name);
    return v && *v ? str_of(v) : (str){NULL, 0};
}

static bool parameters(str query, struct s3_address *out, struct err *e) {
    str part, name, value;
    while (str_next(&query, '&', &part)) {
        if (!str_cut(part, '=', &name, &value))
            value = S("");
        if (str_is(name, "region"))
            out->region = value;
        else if (!str_is(name, "endpoint"))
            return err_set(e, ERR_USAGE, S("s3://"), _("an address of a bucket has no parameter \"%.*s\""),
                           STR_ARG(name));
        else if (!endpoint_ok(value, &out->endpoint, e))
            return false;
    }
    return true;
}

bool s3_address_parse(struct arena *a, str text, struct s3_address *out, struct err *e) {
    str rest = str_from(text, 5), query = {0}, path;
    *out = (struct s3_address){0};
    (void)str_cut(rest, '?', &rest, &query);
    (void)str_cut(rest, '/', &out->bucket, &path);
    while (path.n && path.p[path.n - 1] == '/')
        path.n--;
    if (query.p && !parameters(query, out, e))
        return false;
    if (!bucket_ok(out->bucket) || !prefix_ok(path)) {
        err_set(e, ERR_USAGE, S("s3://"), _("this is no address of a bucket"));
        return err_hint(e, "%s", _("as in s3://bucket/prefix?endpoint=https://store.example&region=eu-1"));
    }
    if (str_chr(path, '+') != STR_NONE)
        return err_set(e, ERR_USAGE, S("s3://"),
                       _("a prefix with a + in it cannot be signed by every libcurl: choose another"));
    out->prefix = path.n ? arena_printf(a, "%.*s/", STR_ARG(path)) : S("");
    if (!out->region.n)
        out->region = environment("AWS_REGION");
    if (!out->region.n)
        out->region = environment("AWS_DEFAULT_REGION");
    if (!out->region.n)
        out->region = S("us-east-1");
    if (!region_ok(out->region))
        return err_set(e, ERR_USAGE, S("s3://"), _("this is no name of a region"));
    if (!out->endpoint.n)
        out->endpoint = arena_printf(a, "https://s3.%.*s.amazonaws.com", STR_ARG(out->region));
    return true;
}
