/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/watch.h"

#include <stdlib.h>

#include "impact/watch_inner.h"

static bool begin(struct watching *w, struct portfolio *p, const struct watch_plan *plan, struct watch_report *out,
                  struct arena *a) {
    *w = (struct watching){.p = p, .plan = plan, .out = out, .a = a, .line_arena = arena_new()};
    if (plan->db) {
        struct advdb_info info;
        advdb_info(plan->db, a, &info);
        w->digest = info.digest;
        w->m = matcher_new(p->ctx, plan->db);
    }
    w->now = p->ctx->now;
    map_init(&w->flaws, a);
    map_init(&w->components, a);
    map_init(&w->packages, a);
    map_init(&w->gathered, a);
    map_init(&w->parties, a);
    map_init(&w->services, a);
    map_init(&w->priorities, a);
    map_init(&w->pairs_seen, a);
    return true;
}

static void finish(struct watching *w) {
    watch_say_end(w);
    matcher_free(w->m);
    arena_free(w->line_arena);
    free(w->products);
    free(w->may_live);
}

/* ── looking ── */

/* Packages of a product that something hits, or that have a case. */
VEC_NAMED(package_list, int64_t);
static void add_package(struct arena *a, struct package_list *v, int64_t package) {
    for (uint32_t i = v->n; i-- > 0;)
        if (v->v[i] == package)
            return;
    *vec_push(a, v) = package;
}

static bool packages_with_cases(struct watching *w, int64_t product, struct package_list *out, struct err *e) {
    struct ask *q;
    bool row;
    VEC(str) names = {0};
    if (!store_ask(w->p->store, &Q_case_packages_of, &q, e))
        return false;
    ask_int(q, 1, product);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(w->line_arena, &names) = arena_str(w->line_arena, ask_col_text(q, 0));
    }
    ask_end(q);
    for (uint32_t i = 0; i < names.n; i++) {
        int64_t package;
        bool found;
        if (!contents_package(w->p->contents, names.v[i], &found, &package, e))
            return false;
        if (found)
            add_package(w->line_arena, out, package);
    }
    return true;
}

static bool all_packages(struct watching *w, const struct line *line, struct package_list *out, struct err *e) {
    for (uint32_t i = 0; i < line->live.n; i++) {
        const struct component_ids *ids = &line->live.v[i].ids;
        for (uint32_t k = 0; k < ids->n; k++) {
            struct component_known *c;
            if (!watch_component(w, ids->v[k], &c, e))
                return false;
            if (c->hits.n)
                add_package(w->line_arena, out, package_of(ids->v[k]));
        }
    }
    return packages_with_cases(w, line->product, out, e);
}

static bool look_at(struct watching *w, struct line *line, const struct pair *pair, struct err *e) {
    struct open_places open;
    uint64_t looked, raw = pair->raw;
    if (!watch_judge(w, line, pair->package, &open, &looked, e) ||
        !watch_cases(w, line, pair->package, pair->cases, &open, e))
        return false;
    w->out->places++;
    w->out->findings += raw > looked ? raw : looked;
    w->out->not_live += raw > looked ? raw - looked : 0;
    return true;
}

/* The pairs of one product, which stand together. */
static bool look_at_product(struct watching *w, uint32_t first, uint32_t end, struct err *e) {
    struct line line;
    struct package_list packages = {0};
    bool whole = w->pairs.v[first].package < 0;
    if (!watch_line(w, w->pairs.v[first].product, whole, &line, e) || (whole && !all_packages(w, &line, &packages, e)))
        return false;
    for (uint32_t i = first; i < end; i++)
        if (w->pairs.v[i].package >= 0 && !look_at(w, &line, &w->pairs.v[i], e))
            return false;
    for (uint32_t i = 0; i < packages.n; i++) {
        const struct pair pair = {line.product, packages.v[i], 0, true};
        bool done = false;
        for (uint32_t k = first; k < end && !done; k++)
            done = w->pairs.v[k].package == pair.package;
        if (!done && !look_at(w, &line, &pair, e))
            return false;
    }
    return true;
}

static bool look_at_all(struct watching *w, struct err *e) {
    struct arena_mark mark = arena_mark(w->line_arena);
    bool ok = true;
    for (uint32_t i = 0, end; i < w->pairs.n && ok; i = end) {
        for (end = i + 1; end < w->pairs.n && w->pairs.v[end].product == w->pairs.v[i].product; end++)
            ;
        ok = look_at_product(w, i, end, e);
        arena_reset(w->line_arena, mark);
    }
    return ok;
}

/* ── into the log ── */

/* Only now: a watch that did not come this far is done again. */
static bool forget_changed(struct watching *w, struct err *e) {
    bool ok = w->changed.n == 0 || store_begin(w->p->store, e);
    for (uint32_t i = 0; i < w->changed.n && ok; i++) {
        struct ask *q;
        ok = store_ask(w->p->store, &Q_hit_changed_drop, &q, e);
        if (ok) {
            ask_int(q, 1, w->changed.v[i]);
            ok = ask_send(q, e);
        }
    }
    ok = ok && (w->changed.n == 0 || store_commit(w->p->store, e));
    if (!ok)
        store_rollback(w->p->store);
    return ok;
}

/* Of one state of the views. */
static bool decide_all(struct watching *w, struct err *e) {
    if (!store_begin_read(w->p->store, e))
        return false;
    watch_say_begin(w);
    bool ok = watch_work(w, e) && look_at_all(w, e);
    store_end_read(w->p->store);
    return ok;
}

bool watch_run(struct portfolio *p, const struct watch_plan *plan, struct arena *a, struct watch_report *out,
               struct err *e) {
    struct watching w;
    *out = (struct watch_report){0};
    if (!hits_update(p, plan->db, a, &out->hits, e))
        return false;
    bool ok = begin(&w, p, plan, out, a) && decide_all(&w, e) && watch_say_all(&w, e) && forget_changed(&w, e);
    finish(&w);
    return ok;
}

/* ── for those who want to close ── */

static void add_open(struct arena *a, const struct open_places *open, struct open_findings *out) {
    for (uint32_t i = 0; i < open->n; i++) {
        const struct open_place *o = &open->v[i];
        struct open_finding f = {.component = arena_str(a, o->component->row.purl),
                                 .flaw = arena_str(a, o->flaw->row.id),
                                 .fixed = arena_str(a, o->hit->fixed)};
        if (o->in.n)
            f.release = arena_str(a, o->in.v[0]->release.version);
        if (!o->in_newest && o->users.n)
            f.deployment = arena_str(a, o->users.v[0]->id);
        *vec_push(a, out) = f;
    }
}

bool watch_open(struct portfolio *p, const struct watch_plan *plan, struct arena *a, int64_t product, str package,
                struct open_findings *out, struct err *e) {
    struct watching w;
    struct watch_report unused = {0};
    struct line line;
    struct open_places open;
    uint64_t looked;
    int64_t number;
    bool found;
    *out = (struct open_findings){0};
    struct arena *own = arena_new();
    bool ok = begin(&w, p, plan, &unused, own) && contents_package(p->contents, package, &found, &number, e) &&
              (!found ||
               (watch_line(&w, product, true, &line, e) && watch_judge(&w, &line, number, &open, &looked, e)));
    if (ok && found)
        add_open(a, &open, out);
    finish(&w);
    arena_free(own);
    return ok;
}

/* ── for those who want to see who said what ── */

static bool shown_at(struct watching *w, const struct line *l, const struct release_row *release,
                     const struct user *user, component_id id, const struct flaw_known *f, struct verdict_view *out,
                     struct err *e) {
    struct component_known *k;
    if (!watch_component(w, id, &k, e))
        return false;
    const struct verdict_place place = {.product = l->product,
                                        .product_id = l->about.id,
                                        .product_purl = l->about.purl,
                                        .release_purl = release->purl,
                                        .owner = l->owner,
                                        .owner_name = l->owner_name,
                                        .ours = l->ours,
                                        .releases = &l->releases,
                                        .release = release,
                                        .component = id,
                                        .component_purl = k->row.purl,
                                        .customer = user ? user->customer : (str){NULL, 0},
                                        .customer_name = user ? user->customer_name : (str){NULL, 0}};
    const struct verdict_facts facts = {f->row.kev, f->row.epss, w->now};
    *out = (struct verdict_view){
        .release = release->version, .component = k->row.purl, .deployment = user ? user->id : (str){NULL, 0}};
    return verdict_decide(w->p, w->a, w->plan->policy, &f->verdicts, &place, &facts, &out->all, &out->winner, e);
}

static bool same_ranks(const struct verdict_view *x, const struct verdict_view *y) {
    for (uint32_t i = 0; i < x->all.n && i < y->all.n; i++)
        if (x->all.v[i].rank != y->all.v[i].rank)
            return false;
    return x->all.n == y->all.n;
}

static bool shown_of(struct watching *w, const struct line *l, const struct release_row *release, component_id id,
                     const struct flaw_known *f, struct verdict_views *out, struct err *e) {
    struct verdict_view whole, one;
    if (!shown_at(w, l, release, NULL, id, f, &whole, e))
        return false;
    *vec_push(w->a, out) = whole;
    for (uint32_t i = 0; i < l->live.n; i++)
        for (uint32_t k = 0; l->live.v[i].id == release->id && k < l->live.v[i].users.n; k++) {
            const struct user *user = &l->live.v[i].users.v[k];
            if (!user->customer.n)
                continue;
            if (!shown_at(w, l, release, user, id, f, &one, e))
                return false;
            if (!same_ranks(&whole, &one))
                *vec_push(w->a, out) = one;
        }
    return true;
}

bool watch_verdicts(struct portfolio *p, const struct watch_plan *plan, struct arena *a, int64_t product, int64_t flaw,
                    struct verdict_views *out, struct err *e) {
    struct watching w;
    struct watch_report unused = {0};
    struct hit_rows hits;
    struct flaw_known *f;
    struct line line;
    *out = (struct verdict_views){0};
    bool ok = begin(&w, p, plan, &unused, a);
    arena_free(w.line_arena);
    w.line_arena = a; /* what is shown outlives the call */
    ok = ok && watch_line(&w, product, false, &line, e) && watch_releases(&w, &line, e) &&
         watch_flaw(&w, flaw, &f, e) && hits_of_flaw(p, a, f->row.number, &hits, e);
    for (uint32_t i = 0; ok && i < line.live.n; i++)
        ok = watch_live(&w, &line.live.v[i], true, e);
    for (uint32_t r = 0; ok && r < line.releases.n; r++) {
        struct component_ids ids;
        ok = contents_of(p->contents, a, line.releases.v[r].id, &ids, e);
        for (uint32_t i = 0; ok && i < ids.n; i++)
            for (uint32_t h = 0; ok && h < hits.n; h++)
                if (hits.v[h].component == ids.v[i])
                    ok = shown_of(&w, &line, &line.releases.v[r], ids.v[i], f, out, e);
    }
    w.line_arena = NULL;
    finish(&w);
    return ok;
}
