/* SPDX-License-Identifier: Apache-2.0
 *
 * For *_test.c only: a store without a log, to which predicates are applied one by one.
 */
#ifndef AKASHI_IMPACT_THINGS_TESTING_H
#define AKASHI_IMPACT_THINGS_TESTING_H

#include <unistd.h>

#include "base/temporary.h"
#include "base/testing.h"
#include "impact/things_form.h"
#include "store/store_testing.h"

struct world {
    struct testing t; /* first: TEST()'s setup is the same */
    char dir[256];
    struct home home;
    struct portfolio p;
    uint64_t size;
};

#define MUST(call)                                                                                                     \
    do {                                                                                                               \
        if (!(call))                                                                                                   \
            fail_msg("%s: %s: %s", #call, w->t.e.where, w->t.e.what);                                                  \
    } while (0)

enum { OURS, YAMADA, STRANGER };

static inline void add_key(struct world *w, int which, const char *name, bool ours) {
    struct known_key *k = vec_push(w->t.a, &w->home.keys->keys);
    *k = (struct known_key){
        .name = str_of(name), .from = INT64_MIN, .until = INT64_MAX, .doubtful_from = INT64_MAX, .ours = ours};
    memset(k->id, which, 32);
}

static inline int setup(void **state) {
    struct world *w = calloc(1, sizeof *w);
    ctx_init(&w->t.ctx);
    w->t.a = arena_new();
    assert_non_null(mkdtemp(temporary_name(w->dir, sizeof w->dir, "things")));
    w->home.keys = keyring_new(w->t.a);
    add_key(w, OURS, "例", true);
    add_key(w, YAMADA, "山田工業", false);
    w->p = (struct portfolio){.ctx = &w->t.ctx, .home = &w->home};
    MUST(store_open(&w->t.ctx, store_testing_file(w->t.a, path_join(w->t.a, str_of(w->dir), S("v.db"))), STORE_WRITE,
                    &w->p.store, &w->t.e));
    *state = w;
    return 0;
}
static inline int teardown(void **state) {
    struct world *w = *state;
    static const char *const files[] = {"v.db", "v.db-wal", "v.db-shm"};
    store_close(w->p.store);
    for (size_t i = 0; i < 3; i++)
        unlink(path_join(w->t.a, str_of(w->dir), str_of(files[i])).p);
    rmdir(w->dir);
    arena_free(w->t.a);
    ctx_free(&w->t.ctx);
    free(w);
    return 0;
}
#define WORLD_TEST(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)

extern const struct projection party_projection, product_projection, deployment_projection, service_projection;
static const struct projection *const of_kind[] = {&party_projection, &product_projection, &deployment_projection,
                                                   &service_projection};

static inline void apply(struct world *w, enum thing_kind kind, int who, uint64_t index, const char *predicate) {
    struct statement s = {0};
    struct entry x = {
        .index = index, .time = 1000 + (int64_t)index, .statement = &s, .arena = w->t.a, .kind = S("x"), .log_id = 1};
    memset(x.key, who, 32);
    MUST(json_parse(&w->t.ctx, w->t.a, str_of(predicate), JSON_STRICT, S("predicate"), &s.doc, &w->t.e));
    s.predicate = s.doc.root;
    MUST(store_begin(w->p.store, &w->t.e));
    MUST(of_kind[kind]->apply(&w->p, &x, &w->t.e));
    MUST(store_commit(w->p.store, &w->t.e));
}
static inline void say_as(struct world *w, enum thing_kind kind, int who, const char *predicate) {
    apply(w, kind, who, w->size++, predicate);
}
static inline void say(struct world *w, enum thing_kind kind, const char *predicate) {
    say_as(w, kind, OURS, predicate);
}

#endif
