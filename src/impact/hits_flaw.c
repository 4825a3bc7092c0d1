/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is who among flaws. The advisory database numbers its flaws anew as names join and part; here a flaw keeps its
 * number, found again by any of its names.
 */
#include "impact/hits_inner.h"

struct flaw_known {
    int64_t number;
};

/* ── small things ── */

bool number_add(struct arena *a, struct map *m, int64_t number) {
    str key = str_n((const char *)&number, sizeof number);
    if (map_find(m, key))
        return false;
    map_put(m, arena_str(a, key), NULL);
    return true;
}

bool numbers_ask(struct store *s, const struct query *of, struct arena *a, const int64_t *number, str text,
                 struct numbers *out, struct err *e) {
    struct ask *q;
    bool row;
    *out = (struct numbers){0};
    if (!store_ask(s, of, &q, e))
        return false;
    if (number)
        ask_int(q, 1, *number);
    else if (text.p)
        ask_text(q, 1, text);
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(a, out) = ask_col_int(q, 0);
    }
    ask_end(q);
    return true;
}

void recheck(struct updating *u, int64_t package) {
    str key = str_n((const char *)&package, sizeof package);
    struct map_entry *at = map_find(&u->queued, key);
    if (at && (uintptr_t)at->value > u->queue_done)
        return; /* its turn is still to come */
    if (!at)
        at = map_put(&u->queued, arena_str(u->a, key), NULL);
    *vec_push(u->a, &u->queue) = package;
    at->value = (void *)(uintptr_t)u->queue.n;
}

void flaw_changed(struct updating *u, int64_t number, bool fresh) {
    if (!number_add(u->a, &u->changed, number))
        return;
    *vec_push(u->a, &u->out->flaws) = number;
    if (fresh)
        u->out->flaws_new++;
    else
        u->out->flaws_changed++;
}

/* ── what the database says of a flaw ── */

struct facts {
    struct advisory about; /* under its best name */
    struct flaw_names names;
    struct flaw_row row;
};

static bool better_name(str x, str y) {
    bool cve_x = str_starts(x, S("CVE-")), cve_y = str_starts(y, S("CVE-"));
    return cve_x != cve_y ? cve_x : str_cmp(x, y) < 0;
}

static int64_t time_of(str text) {
    int64_t t;
    return text.n && time_parse(text, &t) ? t : 0;
}

static void fill_row(struct updating *u, struct facts *f) {
    const struct advisory *v = &f->about;
    struct worst_rating worst = advisory_worst(v);
    f->row.id = v->id;
    f->row.summary = v->summary;
    f->row.score = worst.score < 0 ? -1 : (int32_t)(worst.score * 10 + 0.5);
    f->row.epss = v->epss < 0 ? -1 : (int32_t)(v->epss * 10000 + 0.5);
    f->row.kev = v->kev;
    f->row.ransomware = v->kev_ransomware;
    f->row.published = time_of(v->published);
    f->row.modified = time_of(v->modified);
    f->row.kev_added = time_of(v->kev_added);
    f->row.kev_due = time_of(v->kev_due);
    f->row.vector = worst.vector;
    f->row.exploitation = v->ssvc_exploitation;
    f->row.automatable = v->ssvc_automatable;
    f->row.impact = v->ssvc_impact;
    f->row.seen = u->now;
}

/* Whichever of its names is asked for, the answer is the same: texts are taken under the best name. */
static bool read_facts(struct updating *u, str name, struct facts *out, struct err *e) {
    struct advisory any;
    *out = (struct facts){0};
    if (!matcher_advisory(u->m, name, u->a, &any, e))
        return false;
    *vec_push(u->a, &out->names) = any.id;
    str best = any.id;
    for (uint32_t i = 0; i < any.aliases.n; i++) {
        *vec_push(u->a, &out->names) = any.aliases.v[i];
        if (better_name(any.aliases.v[i], best))
            best = any.aliases.v[i];
    }
    if (str_eq(best, any.id))
        out->about = any;
    else if (!matcher_advisory(u->m, best, u->a, &out->about, e))
        return false;
    fill_row(u, out);
    return true;
}

static bool has_name(const struct facts *f, str name) {
    for (uint32_t i = 0; i < f->names.n; i++)
        if (str_eq(f->names.v[i], name))
            return true;
    return false;
}

/* ── writing ── */

static bool run_text(struct store *s, const struct query *of, str name, int64_t flaw, struct err *e) {
    struct ask *q;
    if (!store_ask(s, of, &q, e))
        return false;
    ask_text(q, 1, name);
    ask_int(q, 2, flaw);
    return ask_send(q, e);
}

static bool write_row(struct updating *u, const struct flaw_row *f, struct err *e) {
    struct ask *q;
    if (!store_ask(u->p->store, &Q_flaw_put, &q, e))
        return false;
    ask_int(q, 1, f->number);
    ask_text(q, 2, f->id);
    ask_text(q, 3, f->summary);
    ask_int(q, 4, f->score);
    ask_int(q, 5, f->epss);
    ask_int(q, 6, f->kev ? 1 + f->ransomware : 0);
    ask_int(q, 7, f->published);
    ask_int(q, 8, f->modified);
    ask_int(q, 9, f->kev_due);
    ask_text(q, 10, f->vector);
    ask_text(q, 11, f->exploitation);
    ask_text(q, 12, f->automatable);
    ask_text(q, 13, f->impact);
    ask_int(q, 14, f->seen);
    ask_int(q, 15, f->kev_added);
    return ask_run(q, e);
}

static bool drop_name(struct store *s, str name, struct err *e) {
    struct ask *q;
    if (!store_ask(s, &Q_flaw_name_drop, &q, e))
        return false;
    ask_text(q, 1, name);
    return ask_run(q, e);
}

static bool drop_mentions(struct store *s, int64_t flaw, struct err *e) {
    struct ask *q;
    if (!store_ask(s, &Q_flaw_mention_drop, &q, e))
        return false;
    ask_int(q, 1, flaw);
    return ask_run(q, e);
}

static bool write_names(struct updating *u, int64_t number, const struct facts *f, struct err *e) {
    struct store *s = u->p->store;
    bool ok = drop_mentions(s, number, e);
    for (uint32_t i = 0; i < f->names.n && ok; i++)
        ok = run_text(s, &Q_flaw_name_put, f->names.v[i], number, e) &&
             run_text(s, &Q_flaw_mention_put, f->names.v[i], number, e);
    for (uint32_t i = 0; i < f->about.related.n && ok; i++)
        ok = run_text(s, &Q_flaw_mention_put, f->about.related.v[i], number, e);
    return ok;
}

static bool recheck_hits_of(struct updating *u, int64_t number, struct err *e) {
    struct numbers packages;
    if (!numbers_ask(u->p->store, &Q_hit_packages_of_flaw, u->a, &number, (str){0}, &packages, e))
        return false;
    for (uint32_t i = 0; i < packages.n; i++)
        recheck(u, packages.v[i]);
    return true;
}

/* A name that is not the flaw's any more goes; when it is another flaw's now, what it hit has to be sorted out. */
static bool part(struct updating *u, int64_t number, const struct facts *f, struct err *e) {
    struct flaw_names before;
    if (!hits_names(u->p, u->a, number, &before, e))
        return false;
    for (uint32_t i = 0; i < before.n; i++) {
        uint32_t other;
        if (has_name(f, before.v[i]))
            continue;
        if (!drop_name(u->p->store, before.v[i], e) || !matcher_flaw(u->m, before.v[i], &other, e) ||
            (other && !recheck_hits_of(u, number, e)))
            return false;
        map_init(&u->flaws, u->a);
    }
    return true;
}

/* Another number that carries one of these names was the same flaw all along. */
static bool join(struct updating *u, int64_t number, int64_t other, struct err *e) {
    struct ask *q;
    if (!recheck_hits_of(u, other, e) || !drop_mentions(u->p->store, other, e) ||
        !store_ask(u->p->store, &Q_flaw_is_now, &q, e))
        return false;
    ask_int(q, 1, other);
    ask_int(q, 2, number);
    flaw_changed(u, other, false);
    map_init(&u->flaws, u->a); /* what was resolved before may have been that one */
    return ask_run(q, e);
}

static bool same_text(str x, str y) { return str_eq(x, y) && !x.p == !y.p; }

static bool same_facts(const struct flaw_row *x, const struct flaw_row *y) {
    return str_eq(x->id, y->id) && same_text(x->summary, y->summary) && x->score == y->score && x->epss == y->epss &&
           x->kev == y->kev && x->ransomware == y->ransomware && x->published == y->published &&
           x->modified == y->modified && x->kev_due == y->kev_due && x->kev_added == y->kev_added &&
           same_text(x->vector, y->vector) && same_text(x->exploitation, y->exploitation) &&
           same_text(x->automatable, y->automatable) && same_text(x->impact, y->impact);
}

/* ── the number ── */

/* A number may serve a flaw with these names when its own best name is among them, or nobody's any more. */
static bool may_serve(struct updating *u, int64_t number, const struct facts *f, bool *out, struct flaw_row *row,
                      struct err *e) {
    uint32_t other = 0;
    if (!hits_flaw_row(u->p, u->a, number, row, e))
        return false;
    *out = row->number == number && has_name(f, row->id);
    if (*out || row->number != number)
        return true;
    if (!matcher_flaw(u->m, row->id, &other, e))
        return false;
    *out = other == 0;
    return true;
}

static bool candidates_of(struct updating *u, const struct facts *f, struct numbers *out, struct err *e) {
    struct map seen;
    map_init(&seen, u->a);
    for (uint32_t i = 0; i < f->names.n; i++) {
        struct numbers one;
        if (!numbers_ask(u->p->store, &Q_flaw_by_name, u->a, NULL, f->names.v[i], &one, e))
            return false;
        if (one.n && number_add(u->a, &seen, one.v[0]))
            *vec_push(u->a, out) = one.v[0];
    }
    return true;
}

/* Of several numbers that may serve, the oldest stays. */
static bool settle(struct updating *u, struct facts *f, struct numbers *all, int64_t *number, struct flaw_row *before,
                   bool *fresh, struct err *e) {
    struct numbers serve = {0};
    *number = -1;
    for (uint32_t i = 0; i < all->n; i++) {
        struct flaw_row row;
        bool may;
        if (!may_serve(u, all->v[i], f, &may, &row, e))
            return false;
        if (!may)
            continue;
        *vec_push(u->a, &serve) = all->v[i];
        if (*number < 0 || all->v[i] < *number) {
            *number = all->v[i];
            *before = row;
        }
    }
    *fresh = *number < 0;
    if (*fresh)
        *number = u->next++;
    for (uint32_t i = 0; i < serve.n; i++)
        if (serve.v[i] != *number && (!join(u, *number, serve.v[i], e) || !part(u, serve.v[i], f, e)))
            return false;
    return true;
}

static bool take_facts(struct updating *u, struct facts *f, int64_t *number, struct err *e) {
    struct numbers all = {0};
    struct flaw_row before = {0};
    bool fresh;
    if (!candidates_of(u, f, &all, e) || !settle(u, f, &all, number, &before, &fresh, e))
        return false;
    f->row.number = *number;
    if (!fresh && !part(u, *number, f, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++) { /* names move away from a number that stays somebody else's */
        if (all.v[i] != *number && !recheck_hits_of(u, all.v[i], e))
            return false;
        if (all.v[i] != *number)
            number_add(u->a, &u->robbed, all.v[i]);
    }
    if (fresh || !same_facts(&before, &f->row)) {
        flaw_changed(u, *number, fresh);
        if (!write_row(u, &f->row, e))
            return false;
    }
    return write_names(u, *number, f, e);
}

bool flaw_resolve(struct updating *u, const struct hit *h, int64_t *number, struct err *e) {
    str key = str_n((const char *)&h->flaw, sizeof h->flaw);
    struct flaw_known *known = map_get(&u->flaws, key);
    struct numbers named;
    struct facts f;
    if (known) {
        *number = known->number;
        return true;
    }
    if (!numbers_ask(u->p->store, &Q_flaw_by_name, u->a, NULL, h->advisory, &named, e))
        return false;
    if (named.n)
        *number = named.v[0];
    else if (!read_facts(u, h->advisory, &f, e) || !take_facts(u, &f, number, e))
        return false;
    known = arena_new_of(u->a, struct flaw_known);
    known->number = *number;
    map_put(&u->flaws, arena_str(u->a, key), NULL)->value = known;
    return true;
}

/* ── what changed documents and lists change ── */

bool flaw_refresh(struct updating *u, int64_t number, struct err *e) {
    struct flaw_row row;
    struct flaw_names names;
    struct facts f;
    uint32_t there;
    int64_t now;
    if (!hits_flaw_row(u->p, u->a, number, &row, e))
        return false;
    if (row.number != number)
        return true; /* it is another by now */
    if (!matcher_flaw(u->m, row.id, &there, e) || !hits_names(u->p, u->a, number, &names, e))
        return false;
    str under = row.id;
    for (uint32_t i = 0; i < names.n && !there; i++) {
        under = names.v[i];
        if (!matcher_flaw(u->m, under, &there, e))
            return false;
    }
    return !there || (read_facts(u, under, &f, e) && take_facts(u, &f, &now, e));
}

static bool refresh_named(struct updating *u, struct map *done, str name, struct err *e) {
    struct numbers flaws;
    if (!numbers_ask(u->p->store, &Q_flaw_mentioned, u->a, NULL, name, &flaws, e))
        return false;
    for (uint32_t i = 0; i < flaws.n; i++)
        if (number_add(u->a, done, flaws.v[i]) && !flaw_refresh(u, flaws.v[i], e))
            return false;
    return true;
}

/* A document may have joined a flaw that did not know its name: what it is joined with now is asked too. */
static bool refresh_document(struct updating *u, struct map *done, str id, struct err *e) {
    struct advisory about;
    if (!refresh_named(u, done, id, e) || !matcher_advisory(u->m, id, u->a, &about, e))
        return false;
    for (uint32_t i = 0; i < about.aliases.n; i++)
        if (!refresh_named(u, done, about.aliases.v[i], e))
            return false;
    return true;
}

struct kev_walk {
    struct updating *u;
    struct map *done;
};
static bool refresh_kev(void *arg, str cve, struct err *e) {
    struct kev_walk *w = arg;
    return refresh_named(w->u, w->done, arena_str(w->u->a, cve), e);
}

/* Most scores move a little every day: only they are read, and only for flaws that hit something. */
static bool refresh_epss(struct updating *u, struct err *e) {
    struct ask *q;
    bool row = true;
    int64_t flaw = -1, best = -1, before = -1;
    VEC(struct flaw_place) moved = {0};
    if (!store_ask(u->p->store, &Q_flaw_mentions_of_hit, &q, e))
        return false;
    while (row) {
        int64_t millionths;
        if (!ask_step(q, &row, e))
            return false;
        if (!row || ask_col_int(q, 0) != flaw) {
            int64_t score = best < 0 ? -1 : (int64_t)((double)best / 1e6 * 10000 + 0.5);
            if (flaw >= 0 && score != before)
                *vec_push(u->a, &moved) = (struct flaw_place){score, flaw};
            flaw = row ? ask_col_int(q, 0) : -1;
            before = row ? ask_col_int(q, 2) : -1;
            best = -1;
        }
        if (row && !matcher_epss(u->m, ask_col_text(q, 1), &millionths, e))
            return false;
        if (row && millionths > best)
            best = millionths;
    }
    ask_end(q);
    for (uint32_t i = 0; i < moved.n; i++) {
        if (!store_ask(u->p->store, &Q_flaw_epss_set, &q, e))
            return false;
        ask_int(q, 1, moved.v[i].number);
        ask_int(q, 2, moved.v[i].value);
        flaw_changed(u, moved.v[i].number, false);
        if (!ask_send(q, e))
            return false;
    }
    return true;
}

/* Everything that hits, when nothing is known of the database before. */
static bool refresh_all(struct updating *u, struct map *done, struct err *e) {
    struct ask *q;
    struct numbers all = {0};
    bool row;
    if (!store_ask(u->p->store, &Q_flaws_all, &q, e))
        return false;
    while (true) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(u->a, &all) = ask_col_int(q, 0);
    }
    ask_end(q);
    for (uint32_t i = 0; i < all.n; i++)
        if (number_add(u->a, done, all.v[i]) && !flaw_refresh(u, all.v[i], e))
            return false;
    return true;
}

bool flaws_robbed(struct updating *u, struct err *e) {
    for (; u->robbed_done < u->robbed.entries.n; u->robbed_done++)
        if (!flaw_refresh(u, number_of(&u->robbed.entries.v[u->robbed_done]), e))
            return false;
    return true;
}

bool flaws_refresh(struct updating *u, const struct advdb_change *change, struct err *e) {
    struct map done;
    struct kev_walk walk = {u, &done};
    struct numbers kev = {0};
    map_init(&done, u->a);
    if (!change->known)
        return refresh_all(u, &done, e);
    for (uint32_t i = 0; i < change->advisories.n; i++)
        if (!refresh_document(u, &done, change->advisories.v[i], e))
            return false;
    if (change->kev) { /* those that were on the list, and those that are */
        if (!numbers_ask(u->p->store, &Q_flaw_kev_all, u->a, NULL, (str){0}, &kev, e))
            return false;
        for (uint32_t i = 0; i < kev.n; i++)
            if (number_add(u->a, &done, kev.v[i]) && !flaw_refresh(u, kev.v[i], e))
                return false;
        if (!matcher_kev(u->m, refresh_kev, &walk, e))
            return false;
    }
    return !change->epss || refresh_epss(u, e);
}
