/* SPDX-License-Identifier: Apache-2.0
 *
 * PEAR registry: one file NAME.reg in .registry for each package, in PHP's serialize() notation:
 *
 *   a:2:{s:4:"name";s:7:"Archive";s:7:"version";a:1:{s:7:"release";s:5:"1.4.0";}}
 */
#include "collect/detectors.h"
#include "collect/report.h"

enum { MAX_DEPTH = 64 };

struct php {
    str rest;
    int depth;
};

static bool expect(struct php *p, char ch) {
    if (!p->rest.n || p->rest.p[0] != ch)
        return false;
    p->rest = str_from(p->rest, 1);
    return true;
}

static bool number(struct php *p, char end, uint64_t *out) {
    size_t n = str_chr(p->rest, end);
    if (n == STR_NONE || !str_u64(str_upto(p->rest, n), out))
        return false;
    p->rest = str_from(p->rest, n + 1);
    return true;
}

static bool text(struct php *p, str *out) {
    uint64_t n;
    if (!number(p, ':', &n) || !expect(p, '"') || n > p->rest.n)
        return false;
    *out = str_upto(p->rest, (size_t)n);
    p->rest = str_from(p->rest, (size_t)n);
    return expect(p, '"') && expect(p, ';');
}

struct package {
    str name, channel, version, licence, summary;
};

static void take(struct package *out, const str *path, int depth, str value) {
    if (depth == 1) {
        if (str_is(path[0], "name") || str_is(path[0], "package"))
            out->name = value;
        if (str_is(path[0], "channel"))
            out->channel = value;
        if (str_is(path[0], "summary"))
            out->summary = value;
        if (str_is(path[0], "version") || str_is(path[0], "license"))
            *(str_is(path[0], "version") ? &out->version : &out->licence) = value;
    }
    if (depth == 2 && str_is(path[0], "version") && str_is(path[1], "release"))
        out->version = value;
    if (depth == 2 && str_is(path[0], "license") && str_is(path[1], "_content"))
        out->licence = value;
}

/* One value; scalars met under at most two keys are handed to take(). */
// NOLINTNEXTLINE(misc-no-recursion): MAX_DEPTH
static bool value(struct php *p, str path[3], int depth, struct package *out) {
    str s;
    uint64_t n;
    if (p->rest.n < 2 || depth > MAX_DEPTH)
        return false;
    char kind = p->rest.p[0];
    p->rest = str_from(p->rest, 1);
    if (kind == 'N')
        return expect(p, ';');
    if (!expect(p, ':'))
        return false;
    if (kind == 's') {
        if (!text(p, &s))
            return false;
        take(out, path, depth, s);
        return true;
    }
    if (kind != 'a') { /* i, d, b */
        size_t end = str_chr(p->rest, ';');
        p->rest = str_from(p->rest, end == STR_NONE ? p->rest.n : end + 1);
        return end != STR_NONE && (kind == 'i' || kind == 'd' || kind == 'b');
    }
    if (!number(p, ':', &n) || !expect(p, '{'))
        return false;
    for (uint64_t i = 0; i < n; i++) {
        str key = {0}, below[3] = {path[0], path[1], path[2]};
        bool named = str_starts(p->rest, S("s:"));
        if (named)
            p->rest = str_from(p->rest, 2);
        if (named ? !text(p, &key) : !value(p, below, MAX_DEPTH, &(struct package){0}))
            return false;
        if (depth < 3)
            below[depth] = key;
        if (!value(p, below, depth + 1, out))
            return false;
    }
    return expect(p, '}');
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct php p = {.rest = bytes};
    struct package found = {0};
    str path[3] = {{0}};
    if (!str_starts(bytes, S("a:")) || !value(&p, path, 0, &found))
        return report_malformed(a, f, 0, "PEAR registry file", e);
    if (!found.name.n) {
        report_nameless(c, f->path);
        return true;
    }
    collect_find(c, &(struct find){.type = "pear",
                                   .ns = found.channel.n ? found.channel : S("pear.php.net"),
                                   .name = found.name,
                                   .version = found.version,
                                   .licence = found.licence.n ? found.licence : (str){0},
                                   .description = found.summary});
    return true;
}

static const char *const files[] = {".registry/*.reg", ".registry/*/*.reg", NULL};
const struct detector detector_pear = {.name = "pear/registry", .files = files, .purl_types = "pear", .read = read};
