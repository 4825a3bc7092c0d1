/* SPDX-License-Identifier: Apache-2.0
 *
 * For this room's tests: a whole collected SBOM as text, so that a test states everything a lock file must yield and
 * nothing slips in unseen.
 *
 *   pkg:npm/a@1.0.0 direct dev :3 MIT #1           line 3 of its file, licence MIT, one hash
 *   pkg:npm/app@1.0.0 project
 *   ? what                                         unidentified
 *   pkg:npm/app@1.0.0 > pkg:npm/a@1.0.0            an edge, also from the root when it is a known project
 */
#ifndef AKASHI_COLLECT_LISTING_H
#define AKASHI_COLLECT_LISTING_H

#include "collect/testing.h"

static inline void list_component(struct buf *b, const struct sbom_component *c) {
    static const char *const scopes[] = {"", " needed", " optional", " excluded", " dev"};
    static const char *const directs[] = {"", " direct", " transitive"};
    if (check_property(c, "akashi:unidentified").p) {
        buf_addf(b, "? %.*s\n", STR_ARG(c->name));
        return;
    }
    buf_addf(b, "%.*s", STR_ARG(c->purl));
    buf_addz(b, check_property(c, "akashi:project").p ? " project" : "");
    buf_addz(b, directs[c->direct]);
    buf_addz(b, scopes[c->scope]);
    if (c->places.n && c->places.v[0].line)
        buf_addf(b, " :%u", c->places.v[0].line);
    for (uint32_t i = 0; i < c->licences.n; i++)
        buf_addf(b, " %.*s",
                 STR_ARG(c->licences.v[i].expression.n ? c->licences.v[i].expression : c->licences.v[i].name));
    if (c->hashes.n)
        buf_addf(b, " #%u", c->hashes.n);
    static const char *const shown[] = {"akashi:alias", "akashi:path", "akashi:requirement", "akashi:marker"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (check_property(c, shown[i]).p)
            buf_addf(b, " %s=%.*s", shown[i] + 7, STR_ARG(check_property(c, shown[i])));
    buf_addc(b, '\n');
}

static inline str listing(struct tree *t) {
    const struct sbom *s = tree_collect(t);
    struct buf b = {0};
    for (uint32_t i = 0; i < s->components.n; i++)
        if (!s->components.v[i].is_root || s->components.v[i].purl.n)
            list_component(&b, &s->components.v[i]);
    for (uint32_t i = 0; i < s->relations.n; i++) {
        const struct sbom_component *x = &s->components.v[s->relations.v[i].from_at];
        const struct sbom_component *y = &s->components.v[s->relations.v[i].to_at];
        if (x->purl.n && y->purl.n)
            buf_addf(&b, "%.*s > %.*s\n", STR_ARG(x->purl), STR_ARG(y->purl));
    }
    str text = arena_str(t->t->a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* A tree of these files (name, content, …, NULL) yields exactly this text. */
static inline void check_listing(void **state, const char *want, const char *const *files) {
    struct tree t = tree_begin(state);
    for (; *files; files += 2)
        tree_put(&t, files[0], str_of(files[1]));
    str got = listing(&t);
    tree_end(&t);
    if (!str_is(got, want))
        fail_msg("got:\n%.*s\nwant:\n%s", STR_ARG(got), want);
}
#define YIELDS(want, ...) check_listing(state, want, (const char *const[]){__VA_ARGS__, NULL})

/* This one file is refused with a warning whose place ends so, and nothing is reported. */
static inline void check_refused(void **state, const char *name, const char *content, const char *place) {
    struct tree t = tree_begin(state);
    tree_put(&t, name, str_of(content));
    str got = listing(&t);
    tree_end(&t);
    check_str(got, "");
    check_warning(&t, place);
}

#endif
