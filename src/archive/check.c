/* SPDX-License-Identifier: Apache-2.0
 *
 * Is everything there and what it should be? First every chunk, then what lists and trees ask for, then the index, then
 * on request a sample of bodies read whole.
 */
#include <stdlib.h>

#include "archive/inner.h"
#include "archive/tree.h"
#include "base/pool.h"

/* ── trees ── */

struct tree_look {
    struct census *c;
    const struct body_name *tree;
};
static bool tree_file(void *arg, const struct tree_entry *t, struct err *e) {
    const struct tree_look *l = arg;
    (void)e;
    if (t->kind == TREE_FILE && !census_good(l->c, &t->body) && !census_erased(l->c, &t->body))
        census_lacks(l->c, l->tree, t->path, N_("a file of a tree is not in the archive whole"));
    return true;
}

static void trees_look(struct census *c, uint64_t *trees) {
    for (size_t i = 0; i < c->n; i++) {
        struct tree_look l = {c, &c->v[i].name};
        struct err why = {0};
        if (!census_is_body(c, i) || !(c->v[i].flags & SEEN_TREE) || !(c->v[i].flags & SEEN_GOOD))
            continue;
        (*trees)++;
        if (!tree_each(c->a, l.tree, tree_file, &l, &why))
            census_lacks(c, l.tree, (str){NULL, 0}, N_("a tree cannot be read"));
    }
}

/* ── index and sample ── */

static void index_look(struct census *c) {
    struct archive *a = c->a;
    char path[PATH_MAX];
    struct archive_fault f = {.what = N_("the index does not lead to every chunk; repair makes it anew")};
    bool good = true;
    pthread_mutex_lock(&a->lock);
    best_effort(archive_index_ready(a, NULL));
    good = index_whole(a->index);
    for (size_t i = 0; good && i < c->n; i++) {
        struct body_name id = pack_index_id(&a->keys, &c->v[i].name);
        struct place p;
        good = !(c->v[i].flags & SEEN_GOOD) || index_find(a->index, &id, &p);
    }
    pthread_mutex_unlock(&a->lock);
    if (!good && archive_path(a, "index", path, NULL)) {
        f.where = str_of(path);
        census_fault(c, &f);
    }
}

static bool drop_piece(void *arg, str bytes, uint64_t hole, struct err *e) {
    (void)arg, (void)bytes, (void)hole, (void)e;
    return true;
}

struct sampling {
    struct census *c;
    size_t *chosen, n;
};
static void sample_job(void *arg, size_t i, unsigned worker) {
    const struct sampling *s = arg;
    struct body_walk w = {NULL, drop_piece, NULL};
    const struct body_name *name = &s->c->v[s->chosen[i]].name;
    struct err why = {0};
    (void)worker;
    if (!body_each(s->c->a, name, &w, &why))
        census_lacks(s->c, name, (str){NULL, 0}, N_("a body cannot be read whole"));
}

static void sample_look(struct census *c, struct archive_check *k) {
    struct sampling s = {.c = c, .chosen = calloc(c->n + 1, sizeof *s.chosen)};
    if (!s.chosen)
        abort();
    for (size_t i = 0; i < c->n; i++) {
        uint32_t chance;
        random_bytes(&chance, sizeof chance);
        if (census_is_body(c, i) && (c->v[i].flags & SEEN_GOOD) && chance % 100 < k->sample)
            s.chosen[s.n++] = i;
    }
    pool_run(c->a->ctx, s.n, sample_job, &s);
    k->sampled = s.n;
    free(s.chosen);
}

bool archive_check(struct archive *a, struct archive_check *k, struct err *e) {
    struct census c;
    bool ok = chunks_settle(a, e) && census_take(a, true, k, &c, e);
    if (!ok)
        return false;
    ok = census_lists(&c, e);
    if (ok) {
        trees_look(&c, &k->trees);
        index_look(&c);
        for (size_t i = 0; i < c.n; i++)
            k->bodies += census_is_body(&c, i);
        if (k->sample)
            sample_look(&c, k);
    }
    census_free(&c);
    return ok;
}

/* ── what is in it ── */

bool archive_bodies(struct archive *a, bool (*each)(void *arg, const struct archive_body *b, struct err *e), void *arg,
                    struct err *e) {
    struct census c;
    if (!chunks_settle(a, e) || !census_take(a, true, NULL, &c, e))
        return false;
    bool ok = census_lists(&c, e);
    for (size_t i = 0; ok && i < c.n; i++) {
        struct archive_body b = {.name = c.v[i].name, .size = c.v[i].size};
        struct buf list = {0};
        enum chunk_kind kind;
        size_t at;
        bool found;
        if (!census_is_body(&c, i))
            continue;
        if (c.v[i].kind == CHUNK_LIST && chunk_get(a, &b.name, &list, &kind, &found, NULL) && found)
            (void)list_begin(buf_str(&list), &b.size, &at);
        buf_free(&list);
        b.tree = (c.v[i].flags & SEEN_TREE) != 0;
        ok = each(arg, &b, e);
    }
    census_free(&c);
    return ok;
}
