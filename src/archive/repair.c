/* SPDX-License-Identifier: Apache-2.0
 *
 * Every good chunk into good packs, damaged packs aside, what is missing from a copy.
 */
#include <stdlib.h>

#include "archive/inner.h"
#include "archive/tree.h"

struct repairing {
    struct archive *a;
    struct archive_repair *r;
    struct census *c;
};

static bool keep_all(void *arg, const struct entry_head *h) {
    (void)arg, (void)h;
    return true;
}

/* ── from the copy ── */

static bool fetch(struct repairing *k, const struct body_name *name, struct err *e);

static bool fetch_piece(void *arg, const struct piece *p, struct err *e) {
    struct repairing *k = arg;
    return census_good(k->c, &p->name) || fetch(k, &p->name, e);
}

/* The chunk, when the copy has it and it is what it should be; of a list, its pieces first. */
static bool fetch(struct repairing *k, const struct body_name *name, struct err *e) { // NOLINT(misc-no-recursion)
    struct buf b = {0};
    struct err ignored = {0};
    struct body_name got;
    enum chunk_kind kind = CHUNK_BYTES;
    if (census_erased(k->c, name))
        return true;
    bool found = false, ok = true, whole = true, had = archive_has(k->a, name);
    if (had && chunk_get(k->a, name, &b, &kind, &found, &ignored)) {
        digest_of(DIGEST_SHA256, buf_str(&b), got.b);
        if (found && (kind == CHUNK_LIST || memcmp(got.b, name->b, 32) == 0)) {
            buf_free(&b); /* fetched or saved before */
            return true;
        }
    }
    buf_clear(&b);
    if (!k->r->from || !chunk_get(k->r->from, name, &b, &kind, &found, &ignored) || !found) {
        k->r->missing++;
        buf_free(&b);
        return true;
    }
    digest_of(DIGEST_SHA256, buf_str(&b), got.b);
    if (kind == CHUNK_LIST)
        ok = census_pieces(k->r->from, name, fetch_piece, k, &whole, e);
    else
        whole = memcmp(got.b, name->b, 32) == 0;
    if (ok && whole) {
        ok = chunk_put_again(k->a, name, kind, buf_str(&b), e);
        k->r->fetched += ok;
    } else if (ok) {
        k->r->missing++;
    }
    buf_free(&b);
    return ok;
}

static bool fetch_tree_file(void *arg, const struct tree_entry *t, struct err *e) {
    struct repairing *k = arg;
    return t->kind != TREE_FILE || census_good(k->c, &t->body) || fetch(k, &t->body, e);
}

/* What the packs lost, what lists and trees ask for, and what the caller wants of the copy. */
static bool fetch_missing(struct repairing *k, struct err *e) {
    bool whole, ok = true;
    for (size_t i = 0; ok && i < k->c->n; i++)
        if (!census_good(k->c, &k->c->v[i].name))
            ok = fetch(k, &k->c->v[i].name, e);
    for (size_t i = 0; ok && i < k->c->n; i++)
        if (k->c->v[i].kind == CHUNK_LIST)
            ok = census_pieces(k->a, &k->c->v[i].name, fetch_piece, k, &whole, e);
    return ok;
}

/* A tree that came with the copy may name more, so this stands on a new census. */
static bool fetch_of_trees(struct repairing *k, struct err *e) {
    struct census now;
    bool ok = census_take(k->a, true, NULL, &now, e) && census_lists(&now, e);
    for (size_t i = 0; ok && i < now.n; i++) {
        struct err why = {0};
        if (!census_is_body(&now, i) || !(now.v[i].flags & SEEN_TREE))
            continue;
        struct repairing inner = {k->a, k->r, &now};
        ok = tree_each(k->a, &now.v[i].name, fetch_tree_file, &inner, &why) || why.kind != ERR_ENV;
        if (!ok && e)
            *e = why;
    }
    census_free(&now);
    return ok;
}

static bool fetch_wanted(struct repairing *k, struct err *e) {
    struct census c;
    if (!k->r->from || !k->r->is_needed)
        return true;
    bool ok = census_take(k->r->from, false, NULL, &c, e);
    for (size_t i = 0; ok && i < c.n; i++)
        if (!census_good(k->c, &c.v[i].name) && k->r->is_needed(k->r->arg, &c.v[i].name))
            ok = fetch(k, &c.v[i].name, e);
    census_free(&c);
    return ok;
}

/* ── the whole ── */

static bool rewrite_damaged(struct repairing *k, struct err *e) {
    const struct census_pack **old = calloc(k->c->packs.n + 1u, sizeof *old);
    uint32_t n = 0;
    bool ok = true;
    if (!old)
        abort();
    for (uint32_t i = 0; ok && i < k->c->packs.n; i++)
        if (k->c->packs.v[i].damaged) {
            old[n++] = &k->c->packs.v[i];
            ok = pack_rewrite(k->a, old[n - 1], keep_all, NULL, &k->r->kept, e);
        }
    k->r->packs = n;
    ok = ok && packs_retire(k->a, old, n, true, e);
    free(old);
    return ok;
}

bool archive_repair(struct archive *a, struct archive_repair *r, struct err *e) {
    struct census c = {0};
    struct archive_check quiet = {0};
    struct repairing k = {a, r, &c};
    if (!archive_alone(a, e) || !archive_finish(a, e))
        return false;
    bool ok = census_take(a, true, &quiet, &c, e) && rewrite_damaged(&k, e) && fetch_missing(&k, e) &&
              fetch_wanted(&k, e) && archive_sync(a, e) && fetch_of_trees(&k, e) && packs_retire(a, NULL, 0, true, e);
    census_free(&c);
    return ok;
}
