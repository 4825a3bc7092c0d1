/* SPDX-License-Identifier: Apache-2.0
 *
 * One body, on purpose. Its chunks go but for those that another body is made of or that are bodies themselves; the
 * packs that held them are written anew without them.
 */
#include <stdlib.h>

#include "archive/inner.h"
#include "archive/roots.h"
#include "archive/tree.h"

enum { SEEN_DOOMED = 16 };

struct erasing {
    struct archive *a;
    struct archive_erase *x;
    struct census *c;
    const struct body_name *tree; /* the one being looked at */
    bool held;
};

/* ── who else uses what ── */

static bool flag_live(void *arg, const struct piece *p, struct err *e) {
    const struct erasing *k = arg;
    (void)e;
    census_flag(k->c, &p->name, SEEN_LIVE);
    return true;
}
static bool flag_doomed(void *arg, const struct piece *p, struct err *e) {
    const struct erasing *k = arg;
    (void)e;
    census_flag(k->c, &p->name, SEEN_DOOMED);
    return true;
}

/* Files of a doomed tree go with it, those that other trees name stay. */
static bool doom_file(void *arg, const struct tree_entry *t, struct err *e) {
    const struct erasing *k = arg;
    bool whole;
    if (t->kind != TREE_FILE || (k->x->is_needed && k->x->is_needed(k->x->arg, &t->body)))
        return true;
    census_flag(k->c, &t->body, SEEN_DOOMED);
    return census_pieces(k->a, &t->body, flag_doomed, arg, &whole, e);
}
static bool spare_file(void *arg, const struct tree_entry *t, struct err *e) {
    const struct erasing *k = arg;
    bool whole;
    if (t->kind != TREE_FILE)
        return true;
    if (memcmp(t->body.b, k->x->name.b, 32) == 0) {
        if (k->x->hit)
            k->x->hit(k->x->hit_arg, k->tree, t->path);
        return true;
    }
    census_flag(k->c, &t->body, SEEN_LIVE);
    return census_pieces(k->a, &t->body, flag_live, arg, &whole, e);
}

/* A body that is not doomed keeps what it is made of; one that is doomed but spared by a tree was flagged before. */
static bool spare_lists(struct erasing *k, struct err *e) {
    bool whole;
    for (size_t i = 0; i < k->c->n; i++) {
        const struct seen *s = &k->c->v[i];
        bool goes = (s->flags & SEEN_DOOMED) && !(s->flags & SEEN_LIVE);
        if (s->kind == CHUNK_LIST && !goes && !census_pieces(k->a, &s->name, flag_live, k, &whole, e))
            return false;
    }
    return true;
}

static bool spare_trees(struct erasing *k, struct err *e) {
    for (size_t i = 0; i < k->c->n; i++) {
        const struct seen *s = &k->c->v[i];
        if (!census_is_body(k->c, i) || !(s->flags & SEEN_TREE) || memcmp(s->name.b, k->x->name.b, 32) == 0)
            continue;
        k->tree = &s->name;
        if (!tree_each(k->a, &s->name, spare_file, k, e))
            return false;
    }
    return true;
}

/* What is a body of its own stays, though it is also a piece of the doomed one. */
static bool spare_needed(struct erasing *k, struct err *e) {
    const struct archive_root *roots;
    uint32_t n;
    bool whole;
    struct arena *arena = arena_new();
    bool ok = archive_roots(k->a, arena, &roots, &n, e);
    for (uint32_t i = 0; ok && i < n; i++)
        if (memcmp(roots[i].name.b, k->x->name.b, 32) != 0) {
            census_flag(k->c, &roots[i].name, SEEN_LIVE);
            ok = census_pieces(k->a, &roots[i].name, flag_live, k, &whole, e);
        }
    arena_free(arena);
    for (size_t i = 0; ok && k->x->is_needed && i < k->c->n; i++)
        if ((k->c->v[i].flags & SEEN_DOOMED) && memcmp(k->c->v[i].name.b, k->x->name.b, 32) != 0 &&
            k->x->is_needed(k->x->arg, &k->c->v[i].name))
            census_flag(k->c, &k->c->v[i].name, SEEN_LIVE);
    return ok;
}

/* ── holds ── */

static bool names_it(void *arg, const struct tree_entry *t, struct err *e) {
    struct erasing *k = arg;
    (void)e;
    k->held |= t->kind == TREE_FILE && memcmp(t->body.b, k->x->name.b, 32) == 0;
    return true;
}

static bool not_held(struct erasing *k, struct err *e) {
    const struct archive_root *roots;
    uint32_t n;
    struct arena *arena = arena_new();
    bool ok = archive_roots(k->a, arena, &roots, &n, e);
    for (uint32_t i = 0; ok && i < n; i++) {
        if (roots[i].until <= k->a->ctx->now)
            continue;
        k->held = memcmp(roots[i].name.b, k->x->name.b, 32) == 0;
        if (!k->held && archive_is_tree(k->a, &roots[i].name))
            ok = tree_each(k->a, &roots[i].name, names_it, k, e);
        if (ok && k->held)
            ok = err_set(e, ERR_ENV, roots[i].label, _("this body is held until %.*s and may not be erased before"),
                         STR_ARG(str_upto(time_rfc3339(arena, roots[i].until), 10)));
    }
    arena_free(arena);
    return ok;
}

/* ── the whole ── */

static bool keep_rest(void *arg, const struct entry_head *h) {
    const struct erasing *k = arg;
    const struct seen *s = census_find(k->c, &h->name);
    if (!s || !(s->flags & SEEN_DOOMED) || (s->flags & SEEN_LIVE))
        return true;
    k->x->chunks++;
    return false;
}

static bool rewrite(struct erasing *k, struct err *e) {
    const struct census_pack **old = calloc(k->c->packs.n + 1u, sizeof *old);
    bool *hit = calloc(k->c->packs.n + 1u, sizeof *hit), ok = true;
    uint32_t n = 0;
    uint64_t kept = 0;
    if (!old || !hit)
        abort();
    for (size_t i = 0; i < k->c->n; i++)
        hit[k->c->v[i].pack] |= (k->c->v[i].flags & (SEEN_DOOMED | SEEN_LIVE)) == SEEN_DOOMED;
    for (uint32_t i = 0; ok && i < k->c->packs.n; i++)
        if (hit[i]) {
            old[n++] = &k->c->packs.v[i];
            ok = pack_rewrite(k->a, old[n - 1], keep_rest, k, &kept, e);
        }
    ok = ok && packs_retire(k->a, old, n, false, e) && root_drop(k->a, &k->x->name, e);
    free(old);
    free(hit);
    return ok;
}

bool archive_erase(struct archive *a, struct archive_erase *x, struct err *e) {
    struct census c = {0};
    struct archive_check check = {0};
    struct erasing k = {.a = a, .x = x, .c = &c, .tree = &x->name};
    bool whole, ok = archive_alone(a, e) && not_held(&k, e) && archive_finish(a, e);
    if (!ok)
        return false;
    ok = census_take(a, true, &check, &c, e) && census_lists(&c, e);
    if (ok && check.faults) {
        err_set(e, ERR_INPUT, a->folder, _("the archive is damaged, so nothing is removed"));
        ok = err_hint(e, _("repair the archive first"));
    }
    if (ok && !census_find(&c, &x->name))
        ok = err_set(e, ERR_INPUT, a->folder, _("there is no such body in the archive"));
    if (ok && !x->dry) {
        census_flag(&c, &x->name, SEEN_DOOMED);
        ok = census_pieces(a, &x->name, flag_doomed, &k, &whole, e) &&
             (!archive_is_tree(a, &x->name) || tree_each(a, &x->name, doom_file, &k, e)) && spare_trees(&k, e) &&
             spare_needed(&k, e) && spare_lists(&k, e) && rewrite(&k, e);
    }
    census_free(&c);
    return ok;
}
