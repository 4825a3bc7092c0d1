/* SPDX-License-Identifier: Apache-2.0
 *
 * cpanfile.snapshot (Carton):
 *
 *   DISTRIBUTIONS
 *     HTTP-Tiny-0.054
 *       pathname: D/DA/DAGOLDEN/HTTP-Tiny-0.054.tar.gz
 *       provides:
 *         HTTP::Tiny 0.054
 *       requirements:
 *         Carp 0
 */
#include "collect/detectors.h"
#include "collect/report.h"

enum { MAX_REQUIREMENTS = 1000000 };

struct distribution {
    str id, name, version, author, pathname;
    uint32_t line;
};
struct requirement {
    uint32_t from;
    str module;
};
struct snapshot {
    struct arena *a;
    VEC(struct distribution) all;
    VEC(struct requirement) requirements;
    struct map modules; /* → index + 1 of the distribution that provides it */
};

/* "HTTP-Tiny-0.054": the version is behind the last '-' that a digit or "v" with a digit follows. */
static bool split(str id, str *name, str *version) {
    for (size_t i = id.n; i-- > 1;) {
        str rest = str_from(id, i + 1);
        if (id.p[i] == '-' && rest.n &&
            (ch_digit(rest.p[0]) || (rest.n > 1 && rest.p[0] == 'v' && ch_digit(rest.p[1])))) {
            *name = str_upto(id, i);
            *version = rest;
            return true;
        }
    }
    return false;
}

static bool parse(struct snapshot *s, const struct found_file *f, str bytes, struct err *e) {
    bool in = false, provides = false, requirements = false;
    str line, key, value, module;
    for (struct lines l = {.rest = bytes}; lines_next(&l, &line);) {
        size_t indent = indent_of(line);
        str text = uncomment(line, '#');
        if (!text.n)
            continue;
        if (indent == 0) {
            in = str_is(text, "DISTRIBUTIONS");
        } else if (in && indent == 2) {
            struct distribution d = {.id = text, .line = l.no};
            if (!split(text, &d.name, &d.version))
                return report_malformed(s->a, f, l.no, "cpanfile.snapshot", e);
            *vec_push(s->a, &s->all) = d;
        } else if (in && indent == 4 && s->all.n && str_cut(text, ':', &key, &value)) {
            struct distribution *d = &s->all.v[s->all.n - 1];
            provides = str_is(key, "provides");
            requirements = str_is(key, "requirements");
            if (str_is(key, "pathname"))
                d->pathname = str_trim(value);
        } else if (in && indent == 6 && s->all.n && next_word(&text, &module)) {
            if (provides)
                map_put(&s->modules, module, NULL)->value = (void *)(uintptr_t)s->all.n;
            if (requirements && s->requirements.n < MAX_REQUIREMENTS)
                *vec_push(s->a, &s->requirements) = (struct requirement){s->all.n - 1, module};
        }
    }
    return true;
}

/* D/DA/DAGOLDEN/file */
static str author_of(str pathname) {
    str part;
    for (int i = 0; i < 3; i++)
        if (!str_next(&pathname, '/', &part))
            return (str){0};
    return pathname.n ? part : (str){0};
}

static bool read(struct collect *c, const struct found_file *f, str bytes, struct arena *a, struct err *e) {
    struct snapshot s = {.a = a};
    map_init(&s.modules, a);
    if (!parse(&s, f, bytes, e))
        return false;
    for (uint32_t i = 0; i < s.all.n; i++) {
        const struct distribution *d = &s.all.v[i];
        struct purl_qualifier author = {S("author"), author_of(d->pathname)};
        collect_find(c, &(struct find){.type = "cpan",
                                       .name = d->name,
                                       .version = d->version,
                                       .key = d->id,
                                       .line = d->line,
                                       .qualifiers = &author,
                                       .n_qualifiers = author.value.n > 0});
    }
    for (uint32_t i = 0; i < s.requirements.n; i++) {
        uintptr_t to = (uintptr_t)map_get(&s.modules, s.requirements.v[i].module);
        if (to && to - 1 != s.requirements.v[i].from)
            collect_edge(c, s.all.v[s.requirements.v[i].from].id, s.all.v[to - 1].id);
    }
    return true;
}

static const char *const files[] = {"cpanfile.snapshot", NULL};
const struct detector detector_cpan_snapshot = {
    .name = "perl/carton", .of_project = true, .files = files, .purl_types = "cpan", .read = read};
