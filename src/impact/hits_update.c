/* SPDX-License-Identifier: Apache-2.0
 *
 * Bringing the hits up to date: which components have to be matched again, and what the answer changes.
 */
#include <stdlib.h>

#include "ident/version.h"
#include "impact/hits_inner.h"

enum { WALK = 4096 };

/* ── one component ── */

static struct sbom_component as_component(struct arena *a, const struct component_row *row) {
    struct sbom_component k = {.version = row->version};
    if (str_starts(row->purl, S("pkg:")))
        k.purl = row->purl;
    else if (str_starts(row->purl, S("cpe:")))
        *vec_push(a, &k.cpes) = row->purl;
    return k;
}

/* Of two fixed versions the later: only it clears both advisories. */
static str later(str ecosystem, str x, str y) {
    const struct ecosystem *eco = ecosystem_find(ecosystem);
    if (!x.n || !y.n)
        return x.n ? x : y;
    return eco && version_compare_osv(eco, x, y) == ORDER_LESS ? y : x;
}

static void join_hit(struct hit_row *into, const struct hit *h) {
    into->fixed = later(h->ecosystem, into->fixed, h->fixed);
    if (h->fix != FIX_UNKNOWN && into->fix != FIX_AVAILABLE)
        into->fix = h->fix;
    if (h->confidence < into->confidence)
        into->confidence = h->confidence;
    if (str_cmp(h->advisory, into->advisory) < 0)
        into->advisory = h->advisory;
}

static int by_flaw(const void *x, const void *y) {
    const struct hit_row *a = x, *b = y;
    return a->flaw < b->flaw ? -1 : a->flaw > b->flaw;
}

/* One row for each flaw, however many advisories speak of it. */
static bool fold(struct updating *u, component_id id, const struct hits *found, struct hit_rows *out, struct err *e) {
    for (uint32_t i = 0; i < found->n; i++) {
        const struct hit *h = &found->v[i];
        struct hit_row *row = NULL;
        int64_t flaw;
        if (!flaw_resolve(u, h, &flaw, e))
            return false;
        for (uint32_t k = 0; k < out->n && !row; k++)
            if (out->v[k].flaw == flaw)
                row = &out->v[k];
        if (!row) {
            row = vec_push(u->scratch, out);
            *row = (struct hit_row){.flaw = flaw,
                                    .component = id,
                                    .advisory = h->advisory,
                                    .confidence = CONFIDENCE_LOW,
                                    .fix = FIX_UNKNOWN};
        }
        join_hit(row, h);
    }
    for (uint32_t i = 0; i < out->n; i++)
        if (out->v[i].fixed.n)
            out->v[i].fix = FIX_AVAILABLE;
    if (out->n)
        qsort(out->v, out->n, sizeof *out->v, by_flaw);
    return true;
}

static bool count_hit(struct updating *u, int64_t flaw, int by, struct err *e) {
    struct ask *q;
    if (!store_ask(u->p->store, &Q_flaw_hits_add, &q, e))
        return false;
    ask_int(q, 1, flaw);
    ask_int(q, 2, by);
    flaw_changed(u, flaw, false);
    *(by > 0 ? &u->out->hits_new : &u->out->hits_gone) += 1;
    return ask_send(q, e);
}

static bool put_hit(struct updating *u, const struct hit_row *h, struct err *e) {
    struct ask *q;
    if (!store_ask(u->p->store, &Q_hit_put, &q, e))
        return false;
    ask_int(q, 1, h->component);
    ask_int(q, 2, h->flaw);
    ask_text(q, 3, h->advisory);
    ask_text(q, 4, h->fixed.n ? h->fixed : (str){NULL, 0});
    ask_int(q, 5, h->fix);
    ask_int(q, 6, h->confidence);
    return ask_send(q, e);
}

static bool drop_hit(struct updating *u, const struct hit_row *h, struct err *e) {
    struct ask *q;
    if (!store_ask(u->p->store, &Q_hit_drop, &q, e))
        return false;
    ask_int(q, 1, h->component);
    ask_int(q, 2, h->flaw);
    return ask_send(q, e) && count_hit(u, h->flaw, -1, e);
}

static bool same_hit(const struct hit_row *x, const struct hit_row *y) {
    return str_eq(x->advisory, y->advisory) && str_eq(x->fixed, y->fixed) && x->fix == y->fix &&
           x->confidence == y->confidence;
}

/* Both sorted by flaw. */
static bool write_difference(struct updating *u, const struct hit_rows *old, const struct hit_rows *now,
                             struct err *e) {
    uint32_t i = 0, k = 0;
    bool ok = true;
    while (ok && (i < old->n || k < now->n)) {
        if (k == now->n || (i < old->n && old->v[i].flaw < now->v[k].flaw)) {
            ok = drop_hit(u, &old->v[i++], e);
        } else if (i == old->n || now->v[k].flaw < old->v[i].flaw) {
            ok = put_hit(u, &now->v[k], e) && count_hit(u, now->v[k].flaw, 1, e);
            k++;
        } else {
            if (!same_hit(&old->v[i], &now->v[k])) {
                flaw_changed(u, now->v[k].flaw, false);
                ok = put_hit(u, &now->v[k], e);
            }
            i++;
            k++;
        }
    }
    return ok;
}

static bool match_one(struct updating *u, const struct component_row *row, bool fresh, struct err *e) {
    struct hits found;
    struct hit_rows now = {0}, old = {0};
    enum assessed assessed;
    struct arena_mark mark = arena_mark(u->scratch);
    struct sbom_component k = as_component(u->scratch, row);
    bool ok = matcher_component(u->m, &k, u->scratch, &found, &assessed, e) && fold(u, row->id, &found, &now, e) &&
              (fresh || hits_of_component(u->p, u->scratch, row->id, &old, e)) && write_difference(u, &old, &now, e);
    u->out->components++;
    arena_reset(u->scratch, mark);
    return ok;
}

/* ── packages ── */

static bool add_places(struct updating *u, const struct component_row *row, struct err *e) {
    struct arena_mark mark = arena_mark(u->scratch);
    struct sbom_component k = as_component(u->scratch, row);
    struct places places;
    bool ok = matcher_places(u->m, &k, u->scratch, &places, e);
    for (uint32_t i = 0; i < places.n && ok; i++) {
        struct ask *q;
        ok = store_ask(u->p->store, &Q_hit_place_add, &q, e);
        if (ok) {
            ask_int(q, 1, places.v[i]);
            ask_int(q, 2, package_of(row->id));
            ok = ask_send(q, e);
        }
    }
    arena_reset(u->scratch, mark);
    return ok;
}

static bool set_seen(struct updating *u, int64_t package, int64_t seen, struct err *e) {
    struct ask *q;
    if (!store_ask(u->p->store, &Q_hit_package_set, &q, e))
        return false;
    ask_int(q, 1, package);
    ask_int(q, 2, seen);
    return ask_send(q, e);
}

static int64_t version_number(component_id id) { return id & ((INT64_C(1) << COMPONENT_BITS) - 1); }

/* Components that came since this package was last looked at, from the first on that is not seen. */
static bool take_new(struct updating *u, const struct component_rows *rows, uint32_t *at, int64_t seen, struct err *e) {
    int64_t package = package_of(rows->v[*at].id), next = seen;
    bool ok = true;
    for (; ok && *at < rows->n && package_of(rows->v[*at].id) == package; ++*at) {
        const struct component_row *row = &rows->v[*at];
        if (version_number(row->id) < seen)
            continue;
        next = version_number(row->id) + 1;
        /* A package that was looked at again in this update may have been matched as a whole. */
        ok = add_places(u, row, e) && match_one(u, row, u->queue_done == 0, e);
    }
    return ok && (next == seen || set_seen(u, package, next, e));
}

struct fresh_package {
    int64_t package, seen;
};
VEC_NAMED(fresh_packages, struct fresh_package);

static bool take_fresh(struct updating *u, struct ask *q, struct fresh_packages *out, struct err *e) {
    bool row;
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(u->a, out) = (struct fresh_package){ask_col_int(q, 0), ask_col_int(q, 1)};
    }
    ask_end(q);
    return true;
}

/* Components come with releases: those of the new ones name the packages. */
static bool packages_of_new(struct updating *u, roaring_bitmap_t *packages, struct err *e) {
    const component_id *created;
    uint32_t n;
    if (contents_created(u->p->contents, u->releases_before, u->releases, &created, &n)) {
        for (uint32_t i = 0; i < n; i++)
            roaring_bitmap_add(packages, (uint32_t)package_of(created[i]));
        return true;
    }
    struct arena *a = arena_new();
    struct arena_mark mark = arena_mark(a);
    bool ok = true;
    for (uint32_t id = u->releases_before; ok && id < u->releases; id++) {
        struct component_ids ids;
        ok = contents_of(u->p->contents, a, id, &ids, e);
        for (uint32_t i = 0; ok && i < ids.n; i++)
            roaring_bitmap_add(packages, (uint32_t)package_of(ids.v[i]));
        arena_reset(a, mark);
    }
    arena_free(a);
    return ok;
}

static bool fresh_of_new(struct updating *u, struct fresh_packages *out, struct err *e) {
    roaring_bitmap_t *packages = roaring_bitmap_create();
    bool ok = packages_of_new(u, packages, e);
    uint32_t n = (uint32_t)roaring_bitmap_get_cardinality(packages);
    uint32_t *list = arena_array(u->a, uint32_t, n + 1u);
    roaring_bitmap_to_uint32_array(packages, list);
    roaring_bitmap_free(packages);
    for (uint32_t i = 0; ok && i < n; i++) {
        struct ask *q;
        ok = store_ask(u->p->store, &Q_hit_package_fresh, &q, e);
        if (ok) {
            ask_int(q, 1, list[i]);
            ok = take_fresh(u, q, out, e);
        }
    }
    return ok;
}

enum { NEW_MOST = 10000 }; /* more new releases than these: all packages are looked at */

static bool find_fresh(struct updating *u, struct fresh_packages *out, struct err *e) {
    struct ask *q;
    if (u->releases_before <= u->releases && u->releases - u->releases_before <= NEW_MOST)
        return fresh_of_new(u, out, e);
    return store_ask(u->p->store, &Q_hit_packages_fresh, &q, e) && take_fresh(u, q, out, e);
}

static bool match_new(struct updating *u, struct err *e) {
    struct fresh_packages fresh = {0};
    if (!find_fresh(u, &fresh, e))
        return false;
    struct arena *a = arena_new();
    struct arena_mark mark = arena_mark(a);
    bool ok = true;
    for (uint32_t i = 0; i < fresh.n && ok; i++) {
        struct component_rows rows = {0};
        uint32_t at = 0;
        ok = contents_versions_from(u->p->contents, a, fresh.v[i].package, fresh.v[i].seen, &rows, e) &&
             (rows.n == 0 || take_new(u, &rows, &at, fresh.v[i].seen, e));
        arena_reset(a, mark);
    }
    u->out->packages += fresh.n;
    arena_free(a);
    return ok;
}

static bool match_package(struct updating *u, struct arena *a, int64_t package, struct err *e) {
    struct component_rows rows = {0};
    struct arena_mark mark = arena_mark(a);
    bool ok = contents_versions(u->p->contents, a, package, &rows, e);
    for (uint32_t i = 0; i < rows.n && ok; i++)
        ok = match_one(u, &rows.v[i], false, e);
    u->out->packages++;
    arena_reset(a, mark);
    return ok;
}

/* The sets may grow while they are worked on: a flaw met on the way may turn out to be two. */
static bool match_rechecked(struct updating *u, struct err *e) {
    struct arena *a = arena_new();
    bool ok = flaws_robbed(u, e);
    while (ok && u->queue_done < u->queue.n) {
        u->queue_done++;
        ok = match_package(u, a, u->queue.v[u->queue_done - 1], e) && flaws_robbed(u, e);
    }
    arena_free(a);
    return ok;
}

static bool packages_at(struct updating *u, const struct advdb_change *change, struct err *e) {
    struct numbers packages;
    if (!change->known) {
        struct ask *q;
        bool row;
        if (!store_ask(u->p->store, &Q_hit_package_seen, &q, e))
            return false;
        while (true) {
            if (!ask_step(q, &row, e))
                return false;
            if (!row)
                break;
            recheck(u, ask_col_int(q, 0));
        }
        ask_end(q);
        return true;
    }
    for (uint32_t i = 0; i < change->places.n; i++) {
        if (!numbers_ask(u->p->store, &Q_hit_place_packages, u->a, &change->places.v[i], (str){0}, &packages, e))
            return false;
        for (uint32_t k = 0; k < packages.n; k++)
            recheck(u, packages.v[k]);
    }
    return true;
}

/* ── all of it ── */

/* *digest is absent before the first time, and of no database where another program matched. */
static bool read_base(struct updating *u, str *digest, struct err *e) {
    struct ask *q;
    bool row;
    if (!store_ask(u->p->store, &Q_hit_base, &q, e) || !ask_step(q, &row, e))
        return false;
    *digest = !row                                         ? (str){NULL, 0}
              : str_is(ask_col_text(q, 2), AKASHI_VERSION) ? arena_str(u->a, ask_col_text(q, 0))
                                                           : S("");
    u->releases_before = row ? (uint32_t)ask_col_int(q, 1) : 0;
    ask_end(q);
    return contents_releases_at(u->p->contents, NULL, &u->releases, e);
}

static bool write_base(struct updating *u, str digest, struct err *e) {
    struct ask *q;
    if (!store_ask(u->p->store, &Q_hit_base_set, &q, e))
        return false;
    ask_text(q, 1, digest);
    ask_int(q, 2, u->releases);
    ask_text(q, 3, S(AKASHI_VERSION));
    return ask_run(q, e);
}

/* The watch looks at it again, and at the deadlines of cases that list it. */
static bool write_changed(struct updating *u, struct err *e) {
    static const struct query *const tells[] = {&Q_hit_changed_add, &Q_case_look_again, &Q_due_stale_add};
    for (uint32_t i = 0; i < u->out->flaws.n; i++)
        for (size_t k = 0; k < sizeof tells / sizeof *tells; k++) {
            struct ask *q;
            if (!store_ask(u->p->store, tells[k], &q, e))
                return false;
            ask_int(q, 1, u->out->flaws.v[i]);
            if (!ask_send(q, e))
                return false;
        }
    return true;
}

/* The log's time, not the clock's: a view made anew says the same. */
static bool read_now(struct updating *u, struct err *e) {
    struct log_entry last;
    u->now = 0;
    if (!u->p->home || !u->p->size)
        return true;
    if (!log_entry(u->p->home->log, u->a, u->p->size - 1, &last, e))
        return false;
    u->now = last.leaf.time;
    return true;
}

static bool read_next(struct updating *u, struct err *e) {
    struct numbers last;
    if (!numbers_ask(u->p->store, &Q_flaw_last, u->a, NULL, (str){0}, &last, e))
        return false;
    u->next = last.n ? last.v[0] + 1 : 0;
    return true;
}

static bool bring_up(struct updating *u, struct advdb *db, struct err *e) {
    struct advdb_info info;
    struct advdb_change change = {.known = true};
    str base;
    advdb_info(db, u->a, &info);
    if (!read_now(u, e) || !read_next(u, e) || !read_base(u, &base, e))
        return false;
    if (base.p && !str_eq(base, info.digest) &&
        (!matcher_changes(u->m, u->a, base, &change, e) || !packages_at(u, &change, e) ||
         !flaws_refresh(u, &change, e) || !match_rechecked(u, e)))
        return false;
    return match_new(u, e) && match_rechecked(u, e) && write_base(u, info.digest, e) && write_changed(u, e);
}

bool hits_forget(struct portfolio *p, struct err *e) {
    static const struct query *const all[] = {&Q_hit_drop_all, &Q_hit_place_drop_all, &Q_hit_package_drop_all,
                                              &Q_flaw_hits_none, &Q_hit_base_again};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct ask *q;
        if (!store_ask(p->store, all[i], &q, e) || !ask_run(q, e))
            return false;
    }
    return true;
}

static bool are_missing(struct portfolio *p, bool *missing, struct err *e) {
    struct ask *q;
    if (!store_ask(p->store, &Q_hits_missing, &q, e))
        return false;
    ask_int(q, 1, p->log_id);
    if (!ask_step(q, missing, e))
        return false;
    ask_end(q);
    return true;
}

bool hits_again(struct portfolio *p, str database, struct err *e) {
    struct hits_change change;
    struct err bad = {0};
    struct advdb *db;
    bool missing;
    if (!are_missing(p, &missing, e))
        return false;
    if (!missing)
        return true;
    if (!advdb_open(p->ctx, database, &db, &bad)) {
        ctx_warn_err(p->ctx, &bad);
        ctx_warn(p->ctx, p->home->path, "%s",
                 _("these views were made anew, and findings and deadlines are missing: `akashi watch` finds them"));
        return true;
    }
    struct arena *a = arena_new();
    bool ok = hits_update(p, db, a, &change, e);
    arena_free(a);
    advdb_close(db);
    return ok;
}

bool hits_update(struct portfolio *p, struct advdb *db, struct arena *a, struct hits_change *out, struct err *e) {
    struct updating u = {.p = p, .m = matcher_new(p->ctx, db), .a = arena_new(), .scratch = arena_new(), .out = out};
    *out = (struct hits_change){0};
    map_init(&u.flaws, u.a);
    map_init(&u.changed, u.a);
    map_init(&u.queued, u.a);
    map_init(&u.robbed, u.a);
    bool ok = store_begin(p->store, e);
    if (ok) {
        ok = bring_up(&u, db, e) && store_commit(p->store, e);
        if (ok)
            contents_created_seen(p->contents);
        else
            store_rollback(p->store);
    }
    /* The list outlives the update. */
    int64_t *flaws = arena_array(a, int64_t, out->flaws.n);
    if (out->flaws.n)
        memcpy(flaws, out->flaws.v, out->flaws.n * sizeof *flaws);
    out->flaws.v = flaws;
    out->flaws.cap = out->flaws.n;
    matcher_free(u.m);
    arena_free(u.scratch);
    arena_free(u.a);
    return ok;
}
