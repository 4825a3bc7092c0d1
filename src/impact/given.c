/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/given.h"

#include "base/digest.h"
#include "impact/contents.h"
#include "impact/running.h"
#include "store/queries.h"

/* Gone with the connection. */
#define IN_MEMORY S(":memory:")

static void put_body(struct arena *a, struct map *m, const unsigned char sha256[32], str bytes) {
    str *value = arena_new_of(a, str);
    *value = bytes;
    map_put(m, arena_str(a, str_n((const char *)sha256, 32)), NULL)->value = value;
}

static const struct map *bodies_of(struct arena *a, const struct givens *list) {
    struct map *m = arena_new_of(a, struct map);
    map_init(m, a);
    for (uint32_t i = 0; i < list->n_bodies; i++)
        put_body(a, m, list->bodies[i].sha256, list->bodies[i].bytes);
    for (uint32_t i = 0; i < list->n; i++) {
        unsigned char sha256[32];
        digest_of(DIGEST_SHA256, list->v[i].envelope, sha256);
        put_body(a, m, sha256, list->v[i].envelope);
    }
    return m;
}

/* An SBOM document that was not handed over leaves its release without components, and a warning. */
static bool apply_one(struct portfolio *p, struct arena *a, const struct given *g, struct err *e) {
    const struct predicate *type = predicate_of_type(g->statement->type);
    struct entry x = {.log_id = p->log_id, .index = g->index, .time = g->time, .statement = g->statement, .arena = a};
    if (!type)
        return true;
    x.kind = str_of(type->kind);
    memcpy(x.key, g->key, 32);
    digest_of(DIGEST_SHA256, g->envelope, x.envelope);
    return projections_apply(p, &x, e);
}

static bool set_size(struct portfolio *p, uint64_t size, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_portfolio_log_set, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    ask_int(q, 2, (int64_t)size);
    p->size = size;
    return ask_send(q, e);
}

static bool apply_all(struct portfolio *p, const struct givens *list, struct err *e) {
    struct arena *a = arena_new();
    bool ok = store_begin(p->store, e) && contents_begin(p->contents, e);
    for (uint32_t i = 0; ok && i < list->n; i++) {
        struct arena_mark m = arena_mark(a);
        ok = apply_one(p, a, &list->v[i], e);
        arena_reset(a, m);
    }
    ok = ok && contents_flush(p->contents, e) && running_flush(p, e) &&
         set_size(p, list->n ? list->v[list->n - 1].index + 1 : 0, e) && store_commit(p->store, e);
    if (!ok)
        store_rollback(p->store);
    arena_free(a);
    return ok;
}

bool portfolio_of_given(struct ctx *c, struct home *home, const struct givens *list, struct portfolio **out,
                        struct err *e) {
    if (!portfolio_begin(c, home, IN_MEMORY, out, e))
        return false;
    (*out)->given = bodies_of((*out)->arena, list);
    if (apply_all(*out, list, e))
        return true;
    portfolio_close(*out);
    *out = NULL;
    return false;
}
