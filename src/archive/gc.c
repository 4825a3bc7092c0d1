/* SPDX-License-Identifier: Apache-2.0
 *
 * What may go: mark from the roots, sweep the packs. Alone on the archive, so nobody builds on what is about to go;
 * what was put lately and is not yet named by anything is protected by the grace time.
 */
#include <stdlib.h>
#include <time.h>

#include "archive/inner.h"
#include "archive/roots.h"
#include "archive/tree.h"

enum { WORTH = 10 /* percent of a pack that must be waste before it is written anew */ };

struct marking {
    struct archive *a;
    struct census *c;
};

static bool live_piece(void *arg, const struct piece *p, struct err *e) {
    const struct marking *m = arg;
    (void)e;
    census_flag(m->c, &p->name, SEEN_LIVE);
    return true;
}

static bool mark(struct marking *m, const struct body_name *name, bool may_be_tree, struct err *e);

static bool live_file(void *arg, const struct tree_entry *t, struct err *e) {
    return t->kind != TREE_FILE || mark(arg, &t->body, false, e);
}

/* A body, all it is made of, and when it is a tree the files it names. A list or tree that cannot be read must not
 * cost its pieces: then nothing is removed at all. */
static bool mark(struct marking *m, const struct body_name *name, bool may_be_tree,
                 struct err *e) { // NOLINT(misc-no-recursion)
    const struct seen *s = census_find(m->c, name);
    bool whole = true;
    if (!s || (!may_be_tree && (s->flags & SEEN_LIVE)))
        return true;
    census_flag(m->c, name, SEEN_LIVE);
    if (s->kind == CHUNK_PART)
        return true;
    if (s->kind == CHUNK_LIST && !census_pieces(m->a, name, live_piece, m, &whole, e))
        return false;
    if (!whole) {
        err_set(e, ERR_INPUT, m->a->folder, _("a list of chunks is damaged, so nothing is removed"));
        return err_hint(e, _("repair the archive first"));
    }
    return !may_be_tree || !archive_is_tree(m->a, name) || tree_each(m->a, name, live_file, m, e);
}

/* In the order they lie, so that each block is opened about once. */
static bool mark_needed(struct marking *m, archive_needed *is_needed, void *arg, struct err *e) {
    struct seen **order = census_by_place(m->c);
    bool ok = true;
    for (size_t i = 0; ok && i < m->c->n; i++)
        if (is_needed(arg, &order[i]->name))
            ok = mark(m, &order[i]->name, true, e);
    free(order);
    return ok;
}

static bool mark_roots(struct marking *m, struct err *e) {
    const struct archive_root *roots;
    uint32_t n;
    struct arena *arena = arena_new();
    bool ok = archive_roots(m->a, arena, &roots, &n, e);
    for (uint32_t i = 0; ok && i < n; i++)
        ok = mark(m, &roots[i].name, true, e);
    arena_free(arena);
    return ok;
}

static bool keep_live(void *arg, const struct entry_head *h) {
    const struct census *c = arg;
    const struct seen *s = census_find(c, &h->name);
    return s && (s->flags & SEEN_LIVE);
}

struct tally {
    uint64_t live, dead, chunks; /* plain bytes; dead chunks */
};

static bool sweep(struct archive *a, struct census *c, struct archive_gc *g, struct err *e) {
    struct tally *t = calloc(c->packs.n + 1u, sizeof *t);
    const struct census_pack **old = calloc(c->packs.n + 1u, sizeof *old);
    uint32_t n = 0;
    uint64_t kept = 0;
    bool ok = true;
    if (!t || !old)
        abort();
    for (size_t i = 0; i < c->n; i++) {
        struct tally *of = &t[c->v[i].pack];
        if (c->v[i].flags & SEEN_LIVE) {
            of->live += c->v[i].size + 1u;
        } else {
            of->dead += c->v[i].size + 1u;
            of->chunks++;
        }
    }
    for (uint32_t i = 0; ok && i < c->packs.n; i++) {
        const struct census_pack *p = &c->packs.v[i];
        bool young = p->changed > (int64_t)time(NULL) - g->grace && g->grace;
        if (!t[i].dead || young || p->open || (t[i].live && t[i].dead * 100 < (t[i].live + t[i].dead) * WORTH))
            continue;
        g->chunks += t[i].chunks;
        g->bytes += (uint64_t)((double)p->size * (double)t[i].dead / (double)(t[i].live + t[i].dead));
        g->packs++;
        old[n++] = p;
        if (!g->dry && t[i].live)
            ok = pack_rewrite(a, p, keep_live, c, &kept, e);
    }
    if (ok && !g->dry && n)
        ok = packs_retire(a, old, n, false, e);
    free(t);
    free(old);
    return ok;
}

bool archive_gc(struct archive *a, struct archive_gc *g, struct err *e) {
    struct census c = {0};
    struct archive_check check = {0};
    struct marking m = {a, &c};
    if (!archive_alone(a, e) || !archive_finish(a, e))
        return false;
    bool ok = census_take(a, false, &check, &c, e);
    if (ok && check.faults) {
        err_set(e, ERR_INPUT, a->folder, _("the archive is damaged, so nothing is removed"));
        ok = err_hint(e, _("repair the archive first"));
    }
    ok = ok && mark_roots(&m, e) && (!g->is_needed || mark_needed(&m, g->is_needed, g->arg, e)) && sweep(a, &c, g, e);
    census_free(&c);
    return ok;
}
