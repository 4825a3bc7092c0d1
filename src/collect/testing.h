/* SPDX-License-Identifier: Apache-2.0
 *
 * For this room's tests: trees made on the spot, and what the collector must find in them.
 */
#ifndef AKASHI_COLLECT_TESTING_H
#define AKASHI_COLLECT_TESTING_H

#include <stdio.h>
#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"
#include "collect/collect.h"

struct tree {
    struct testing *t;
    char path[256];
    VEC(str) made; /* files and links, to be removed */
};

static inline struct tree tree_begin(void **state) {
    struct tree t = {.t = *state};
    temporary_name(t.path, sizeof t.path, "tree");
    assert_non_null(mkdtemp(t.path));
    return t;
}

static inline str tree_path(struct tree *t, const char *name) {
    struct err e = {0};
    str path = path_join(t->t->a, str_of(t->path), str_of(name));
    assert_true(folder_make(path_dir(path), 0755, &e));
    *vec_push(t->t->a, &t->made) = path;
    return path;
}

static inline void tree_put(struct tree *t, const char *name, str content) {
    struct err e = {0};
    assert_true(file_replace(tree_path(t, name), content, &e));
}

static inline void tree_link(struct tree *t, const char *name, const char *target) {
    assert_int_equal(symlink(target, arena_cstr(t->t->a, tree_path(t, name))), 0);
}

static inline void tree_end(struct tree *t) {
    for (uint32_t i = t->made.n; i-- > 0;) {
        str path = t->made.v[i];
        unlink(arena_cstr(t->t->a, path));
        /* Folders go as soon as they are empty. */
        for (str dir = path_dir(path); dir.n >= strlen(t->path); dir = path_dir(dir))
            if (rmdir(arena_cstr(t->t->a, dir)) != 0)
                break;
    }
    rmdir(t->path);
}

static inline struct sbom *tree_collect_file(struct tree *t, const char *name) {
    struct collect_options o = {0};
    struct sbom *s = NULL;
    struct testing *u = t->t;
    str path = name[0] ? path_join(u->a, str_of(t->path), str_of(name)) : str_of(t->path);
    if (!collect_run(&u->ctx, u->a, path, &o, &s, &u->e))
        fail_msg("%s: %s", u->e.where, u->e.what);
    return s;
}
static inline struct sbom *tree_collect(struct tree *t) { return tree_collect_file(t, ""); }

static inline const struct sbom_component *find_purl(const struct sbom *s, const char *purl) {
    for (uint32_t i = 0; i < s->components.n; i++)
        if (str_is(s->components.v[i].purl, purl))
            return &s->components.v[i];
    return NULL;
}

static inline const struct sbom_component *check_has(const struct sbom *s, const char *purl) {
    const struct sbom_component *c = find_purl(s, purl);
    if (!c) {
        for (uint32_t i = 0; i < s->components.n; i++)
            print_message("  there is: %.*s %.*s\n", STR_ARG(s->components.v[i].purl),
                          STR_ARG(s->components.v[i].name));
        fail_msg("not found: %s", purl);
    }
    return c;
}

/* Components besides the root. */
static inline unsigned check_count(const struct sbom *s) { return s->components.n - 1; }

/* from NULL: the root. */
static inline void check_edge(const struct sbom *s, const char *from, const char *to) {
    for (uint32_t i = 0; i < s->relations.n; i++) {
        const struct sbom_component *x = &s->components.v[s->relations.v[i].from_at];
        const struct sbom_component *y = &s->components.v[s->relations.v[i].to_at];
        if ((from ? str_is(x->purl, from) : x->is_root) && str_is(y->purl, to))
            return;
    }
    fail_msg("no edge from %s to %s", from ? from : "the root", to);
}

static inline str check_property(const struct sbom_component *c, const char *name) {
    for (uint32_t i = 0; i < c->properties.n; i++)
        if (str_is(c->properties.v[i].name, name))
            return c->properties.v[i].value;
    return (str){NULL, 0};
}

/* A warning whose place ends like this. */
static inline void check_warning(struct tree *t, const char *where) {
    uint32_t n;
    const struct warning *w = ctx_warnings(&t->t->ctx, &n);
    for (uint32_t i = 0; i < n; i++)
        if (str_ends(w[i].where, str_of(where)))
            return;
    fail_msg("no warning at %s", where);
}

/* ── a tar archive in memory; kind: '0' file, '2' symbolic link, '5' folder ── */

static inline void tar_add(struct buf *b, const char *name, char kind, const char *target, str content) {
    char h[512] = {0};
    snprintf(h, 100, "%s", name);
    snprintf(h + 100, 8, "0000755");
    snprintf(h + 108, 8, "0000000");
    snprintf(h + 116, 8, "0000000");
    snprintf(h + 124, 12, "%011zo", content.n);
    snprintf(h + 136, 12, "00000000000");
    memset(h + 148, ' ', 8);
    h[156] = kind;
    snprintf(h + 157, 100, "%s", target);
    memcpy(h + 257, "ustar", 6);
    memcpy(h + 263, "00", 2);
    unsigned sum = 0;
    for (size_t i = 0; i < 512; i++)
        sum += (unsigned char)h[i];
    snprintf(h + 148, 8, "%06o", sum);
    buf_add(b, str_n(h, 512));
    buf_add(b, content);
    char zero[512] = {0};
    buf_add(b, str_n(zero, (512 - content.n % 512) % 512));
}
static inline void tar_end(struct buf *b) {
    char zero[1024] = {0};
    buf_add(b, str_n(zero, 1024));
}

#endif
