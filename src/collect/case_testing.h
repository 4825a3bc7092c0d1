/* SPDX-License-Identifier: Apache-2.0
 *
 * For the tests of detectors: a case is a few small files and exactly what must be found in them.
 */
#ifndef AKASHI_COLLECT_CASE_TESTING_H
#define AKASHI_COLLECT_CASE_TESTING_H

#include "collect/testing.h"

struct put {
    const char *path, *text;
};
/* want: "purl" and behind a blank each what must hold: direct, transitive, required, optional, excluded, dev, project,
 * licence=…, hash=…, line=…; "? name" for one without identity. No other component may be there.
 * edges: "purl > purl", "> purl" from the root. warning: how the place of a warning ends, "!" for none at all. */
struct detector_case {
    const char *name;
    struct put files[6];
    const char *want[20];
    const char *edges[10];
    const char *warning;
};

static inline bool case_holds(const struct sbom_component *c, str word) {
    static const char *const scopes[] = {"", "required", "optional", "excluded", "dev"};
    str key, value;
    uint64_t line;
    if (str_is(word, "direct"))
        return c->direct == DIRECT_YES;
    if (str_is(word, "transitive"))
        return c->direct == DIRECT_TRANSITIVE;
    if (str_is(word, "project"))
        return c->is_root || check_property(c, "akashi:project").p;
    if (!str_cut(word, '=', &key, &value))
        return str_is(word, scopes[c->scope]);
    if (str_is(key, "licence"))
        return c->licences.n == 1 &&
               (str_eq(c->licences.v[0].expression, value) || str_eq(c->licences.v[0].name, value));
    if (str_is(key, "hash"))
        return c->hashes.n > 0 && str_starts(c->hashes.v[0].hex, value);
    if (str_is(key, "line"))
        return str_u64(value, &line) && c->places.n > 0 && c->places.v[0].line == line;
    for (uint32_t i = 0; i < c->properties.n; i++) /* a property by the end of its name */
        if (str_ends(c->properties.v[i].name, key) && str_eq(c->properties.v[i].value, value))
            return true;
    return false;
}

static inline const struct sbom_component *case_find(const struct sbom *s, str want) {
    bool nameless = str_starts(want, S("? "));
    for (uint32_t i = 0; i < s->components.n; i++) {
        const struct sbom_component *c = &s->components.v[i];
        if (nameless ? !c->purl.n && str_eq(c->name, str_from(want, 2)) : str_eq(c->purl, want))
            return c;
    }
    return NULL;
}

/* Components that must be explained: all but the root made by the collector. */
static inline uint32_t case_count(const struct sbom *s) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->components.n; i++)
        n += !s->components.v[i].is_root || s->components.v[i].purl.n > 0;
    return n;
}

static inline unsigned case_check_wants(const struct detector_case *d, const struct sbom *s) {
    unsigned wrong = 0;
    uint32_t n = 0;
    for (; n < 20 && d->want[n]; n++) {
        str rest = str_of(d->want[n]), word, purl;
        (void)str_cut(rest, ' ', &purl, &word);
        if (str_starts(rest, S("? "))) {
            purl = rest;
            word = (str){0};
        }
        const struct sbom_component *c = case_find(s, purl);
        if (!c) {
            print_message("%s: missing: %.*s\n", d->name, STR_ARG(purl));
            wrong++;
            continue;
        }
        for (str all = word; str_next(&all, ' ', &word);)
            if (word.n && !case_holds(c, word)) {
                print_message("%s: %.*s: not so: %.*s\n", d->name, STR_ARG(purl), STR_ARG(word));
                wrong++;
            }
    }
    if (n != case_count(s)) {
        print_message("%s: %u components, %u expected\n", d->name, case_count(s), n);
        wrong++;
    }
    return wrong;
}

static inline bool case_has_edge(const struct sbom *s, str from, str to) {
    for (uint32_t i = 0; i < s->relations.n; i++) {
        const struct sbom_component *x = &s->components.v[s->relations.v[i].from_at];
        const struct sbom_component *y = &s->components.v[s->relations.v[i].to_at];
        if ((from.n ? str_eq(x->purl, from) : x->is_root) && str_eq(y->purl, to))
            return true;
    }
    return false;
}

static inline unsigned case_check_edges(const struct detector_case *d, const struct sbom *s) {
    unsigned wrong = 0;
    for (uint32_t i = 0; i < 10 && d->edges[i]; i++) {
        str from, to;
        (void)str_cut(str_of(d->edges[i]), '>', &from, &to);
        if (!case_has_edge(s, str_trim(from), str_trim(to))) {
            print_message("%s: no edge: %s\n", d->name, d->edges[i]);
            wrong++;
        }
    }
    return wrong;
}

static inline unsigned case_check_warning(const struct detector_case *d, struct ctx *c) {
    uint32_t n;
    const struct warning *w = ctx_warnings(c, &n);
    bool none = !d->warning || strcmp(d->warning, "!") == 0, found = none && n == 0;
    for (uint32_t i = 0; i < n; i++) {
        found |= !none && str_ends(w[i].where, str_of(d->warning));
        if (!found || none)
            print_message("%s: warning at %.*s: %.*s\n", d->name, STR_ARG(w[i].where), STR_ARG(w[i].what));
    }
    if (!found && !none)
        print_message("%s: no warning at %s\n", d->name, d->warning);
    return !found;
}

static inline unsigned case_run(const struct detector_case *d) {
    void *state;
    test_setup(&state);
    struct tree t = tree_begin(&state);
    for (uint32_t i = 0; i < 6 && d->files[i].path; i++)
        tree_put(&t, d->files[i].path, str_of(d->files[i].text));
    const struct sbom *s = tree_collect(&t);
    unsigned wrong = case_check_wants(d, s) + case_check_edges(d, s) + case_check_warning(d, &t.t->ctx);
    for (uint32_t i = 0; wrong && i < s->components.n; i++)
        print_message("%s:   there is: %.*s (%.*s)\n", d->name, STR_ARG(s->components.v[i].purl),
                      STR_ARG(s->components.v[i].name));
    tree_end(&t);
    test_teardown(&state);
    return wrong;
}

/* Every case of a table; `cases` is an array. */
#define RUN_CASES(cases)                                                                                               \
    do {                                                                                                               \
        unsigned wrong_ = 0;                                                                                           \
        for (size_t i_ = 0; i_ < sizeof(cases) / sizeof *(cases); i_++)                                                \
            wrong_ += case_run(&(cases)[i_]);                                                                          \
        assert_int_equal(wrong_, 0);                                                                                   \
    } while (0)

#endif
