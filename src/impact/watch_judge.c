/* SPDX-License-Identifier: Apache-2.0
 *
 * Which findings in the live releases of a product nothing answers.
 */
#include "impact/watch_inner.h"

/* ── what is known of flaws and components, read once a run ── */

bool watch_flaw(struct watching *w, int64_t number, struct flaw_known **out, struct err *e) {
    str key = str_n((const char *)&number, sizeof number);
    *out = map_get(&w->flaws, key);
    if (*out)
        return true;
    struct flaw_known *k = arena_new_of(w->a, struct flaw_known);
    if (!hits_flaw_row(w->p, w->a, number, &k->row, e) || !hits_names(w->p, w->a, k->row.number, &k->names, e) ||
        !verdicts_of(w->p, w->a, &k->names, &k->verdicts, e))
        return false;
    map_put(&w->flaws, arena_str(w->a, key), NULL)->value = k;
    *out = k;
    return true;
}

/* A component whose package was gathered has its hits already. */
bool watch_component(struct watching *w, component_id id, struct component_known **out, struct err *e) {
    str key = str_n((const char *)&id, sizeof id);
    *out = map_get(&w->components, key);
    if (!*out) {
        struct component_known *k = arena_new_of(w->a, struct component_known);
        if (!hits_of_component(w->p, w->a, id, &k->hits, e))
            return false;
        map_put(&w->components, arena_str(w->a, key), NULL)->value = k;
        *out = k;
    }
    if ((*out)->row_known || !(*out)->hits.n)
        return true;
    (*out)->row_known = true;
    return contents_component_row(w->p->contents, w->a, id, &(*out)->row, e);
}

bool watch_package(struct watching *w, int64_t package, str *name, struct err *e) {
    str key = str_n((const char *)&package, sizeof package);
    str *known = map_get(&w->packages, key);
    struct ask *q;
    bool row;
    if (!known) {
        if (!store_ask(w->p->store, &Q_watch_packages_name, &q, e))
            return false;
        ask_int(q, 1, package);
        if (!ask_step(q, &row, e))
            return false;
        known = arena_new_of(w->a, str);
        *known = row ? arena_str(w->a, ask_col_text(q, 0)) : S("?");
        ask_end(q);
        map_put(&w->packages, arena_str(w->a, key), NULL)->value = known;
    }
    *name = *known;
    return true;
}

/* Candidates are the versions that fix its findings, tried from the smallest; the first without any hit wins. */
bool watch_upgrade(struct watching *w, struct component_known *k, struct err *e) {
    struct purl p;
    if (k->upgrade_known)
        return true;
    k->upgrade_known = true;
    if (!k->hits.n || !purl_parse(w->a, k->row.purl, &p, NULL))
        return true;
    const struct ecosystem *eco = ecosystem_find(matcher_ecosystem(&p, w->a));
    bool *tried = arena_array(w->a, bool, k->hits.n);
    for (uint32_t round = 0; round < k->hits.n && round < 32; round++) {
        const struct hit_row *best = NULL;
        for (uint32_t i = 0; i < k->hits.n; i++)
            if (!tried[i] && k->hits.v[i].fixed.n &&
                (!best || (eco && version_compare_osv(eco, k->hits.v[i].fixed, best->fixed) == ORDER_LESS)))
                best = &k->hits.v[i];
        if (!best)
            return true;
        tried[best - k->hits.v] = true;
        struct purl other = p;
        struct hits found = {0};
        enum assessed assessed;
        other.version = best->fixed;
        if (!matcher_purl(w->m, &other, purl_text(w->a, &other), w->a, &found, &assessed, e))
            return false;
        if (!found.n) {
            k->upgrade = best->fixed;
            return true;
        }
    }
    return true;
}

/* ── one finding ── */

struct judging {
    struct watching *w;
    struct line *line;
    struct open_places *out;
};

/* Whether something answers it: in a release as such (user NULL), or in a customer's deployment of it. */
static bool answered(struct judging *j, const struct live *live, const struct user *user,
                     const struct component_known *k, struct flaw_known *f, bool *yes, str *why, struct err *e) {
    struct watching *w = j->w;
    struct verdict_place place = {.product = j->line->product,
                                  .product_id = j->line->about.id,
                                  .product_purl = j->line->about.purl,
                                  .release_purl = live->release.purl,
                                  .owner = j->line->owner,
                                  .owner_name = j->line->owner_name,
                                  .ours = j->line->ours,
                                  .releases = &j->line->releases,
                                  .release = &live->release,
                                  .component = k->row.id,
                                  .component_purl = k->row.purl};
    struct verdict_facts facts = {f->row.kev, f->row.epss, w->now};
    struct standings all;
    int64_t winner;
    *yes = false;
    if (!f->verdicts.n)
        return true;
    if (!watch_releases(w, j->line, e))
        return false;
    if (user) {
        place.customer = user->customer;
        place.customer_name = user->customer_name;
    }
    if (!verdict_decide(w->p, w->line_arena, w->plan->policy, &f->verdicts, &place, &facts, &all, &winner, e))
        return false;
    const struct standing *s = winner >= 0 ? &all.v[winner] : NULL;
    *yes = s && verdict_answers(s->verdict->status);
    if (*yes && s->verdict->status == VERDICT_ACCEPTED)
        w->out->accepted++;
    else if (*yes && s->reach != REACH_RELEASE)
        w->out->carried++;
    else if (*yes)
        w->out->vex++;
    for (uint32_t i = 0; i < all.n && !*yes; i++)
        if (all.v[i].rank && !all.v[i].holds && verdict_answers(all.v[i].verdict->status))
            *why = arena_str(w->a, all.v[i].because);
    return true;
}

static bool ignored(struct judging *j, const struct component_known *k, const struct flaw_known *f) {
    const struct ignore_rule *expired = NULL;
    struct sbom_component c = {.purl = k->row.purl, .version = k->row.version};
    return rules_ignore(&j->w->plan->policy->ignore, f->names.v, f->names.n, &c, j->w->now, &expired) != NULL;
}

static struct open_place *open_at(struct judging *j, const struct component_known *k, const struct flaw_known *f,
                                  const struct hit_row *hit) {
    for (uint32_t i = 0; i < j->out->n; i++)
        if (j->out->v[i].component == k && j->out->v[i].flaw == f)
            return &j->out->v[i];
    struct open_place *o = vec_push(j->w->line_arena, j->out);
    *o = (struct open_place){.component = k, .flaw = f, .hit = hit};
    return o;
}

static bool judge_hit(struct judging *j, const struct live *live, const struct component_known *k,
                      const struct hit_row *hit, struct err *e) {
    struct watching *w = j->w;
    struct flaw_known *f;
    bool yes;
    str why = {NULL, 0};
    if (!watch_flaw(w, hit->flaw, &f, e) || !answered(j, live, NULL, k, f, &yes, &why, e))
        return false;
    if (yes)
        return true;
    if (ignored(j, k, f)) {
        w->out->ignored++;
        return true;
    }
    struct open_place *o = NULL;
    for (uint32_t i = 0; i < live->users.n; i++) {
        const struct user *user = &live->users.v[i];
        bool theirs = false;
        if (user->customer.n && !answered(j, live, user, k, f, &theirs, &why, e))
            return false;
        if (theirs)
            continue;
        o = open_at(j, k, f, hit);
        *vec_push(w->line_arena, &o->users) = user;
    }
    if (live->newest)
        o = open_at(j, k, f, hit);
    if (!o)
        return true;
    o->in_newest |= live->newest;
    o->why = why.p ? why : o->why;
    *vec_push(w->line_arena, &o->in) = live;
    w->out->open++;
    return true;
}

static bool judge_live(struct judging *j, struct live *live, int64_t package, uint64_t *looked, struct err *e) {
    for (uint32_t i = 0; i < live->ids.n; i++) {
        struct component_known *k;
        if (package_of(live->ids.v[i]) != package)
            continue;
        if (!watch_component(j->w, live->ids.v[i], &k, e) || (k->hits.n && !watch_live(j->w, live, true, e)))
            return false;
        for (uint32_t h = 0; h < k->hits.n; h++, ++*looked)
            if (!judge_hit(j, live, k, &k->hits.v[h], e))
                return false;
    }
    return true;
}

bool watch_judge(struct watching *w, struct line *line, int64_t package, struct open_places *out, uint64_t *looked,
                 struct err *e) {
    struct judging j = {w, line, out};
    *out = (struct open_places){0};
    *looked = 0;
    for (uint32_t i = 0; i < line->live.n; i++)
        if (!judge_live(&j, &line->live.v[i], package, looked, e))
            return false;
    return true;
}
