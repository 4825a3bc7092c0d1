/* SPDX-License-Identifier: Apache-2.0
 *
 * What statements show about the things in scope: the newest of each signer that may say so. Of a signer whose key has
 * ended, the newest from before.
 */
#include <stdlib.h>

#include "conform/evaluate_inner.h"
#include "store/queries.h"

struct row {
    int64_t thing, log_id, entry, time, linked, expires;
    str topic, signer, linker, facts;
};
VEC_NAMED(rows, struct row);

static bool read_rows(struct evaluating *k, struct ask *q, struct rows *out, struct err *e) {
    bool row;
    for (;;) {
        if (!ask_step(q, &row, e))
            return false;
        if (!row)
            break;
        *vec_push(k->a, out) = (struct row){.thing = ask_col_int(q, 0),
                                            .topic = arena_str(k->a, ask_col_text(q, 1)),
                                            .log_id = ask_col_int(q, 2),
                                            .entry = ask_col_int(q, 3),
                                            .time = ask_col_int(q, 4),
                                            .signer = arena_str(k->a, ask_col_blob(q, 5)),
                                            .linker = arena_str(k->a, ask_col_blob(q, 6)),
                                            .linked = ask_col_int(q, 7),
                                            .expires = ask_col_int(q, 8),
                                            .facts = arena_str(k->a, ask_col_text(q, 9))};
    }
    ask_end(q);
    return true;
}

static bool newest(struct evaluating *k, const struct shown_set *set, struct rows *out, struct err *e) {
    struct ask *q;
    if (!store_ask(k->p->store, k->when.given ? &Q_evidence_at : &Q_evidence_newest, &q, e))
        return false;
    ask_text(q, 1, set->kind);
    ask_int(q, 2, set->about);
    if (k->when.given) {
        ask_int(q, 3, k->p->log_id);
        ask_int(q, 4, (int64_t)k->when.size);
        ask_int(q, 5, k->when.time);
    }
    return read_rows(k, q, out, e);
}

static bool earlier(struct evaluating *k, const struct shown_set *set, str signer, struct rows *out, struct err *e) {
    struct ask *q;
    if (!store_ask(k->p->store, &Q_evidence_earlier, &q, e))
        return false;
    ask_text(q, 1, set->kind);
    ask_int(q, 2, set->about);
    ask_blob(q, 3, signer);
    ask_int(q, 4, k->when.given ? (int64_t)k->when.size : INT64_MAX);
    return read_rows(k, q, out, e);
}

/* False: it does not count. */
static bool admit(struct evaluating *k, const struct shown_set *set, const struct row *x, struct shown *out) {
    uint32_t thing = thing_place(k, set->about, x->thing);
    enum who who = thing == UINT32_MAX ? WHO_NONE : signer_at(k, x->signer, x->time);
    if (who == WHO_NONE || (x->linker.n && !signer_may_ship(k, x->linker, x->linked)))
        return false;
    /* Of the party as a whole nobody but itself speaks as itself; and what names no party is about whoever signed. */
    if (set->about == ABOUT_ONCE && who != WHO_SELF) {
        if (x->thing < 0)
            return false;
        who = WHO_OTHER;
    }
    *out = (struct shown){.thing = thing,
                          .who = who,
                          .log_id = x->log_id,
                          .time = x->time,
                          .expires = x->expires,
                          .entry = (uint64_t)x->entry,
                          .topic = x->topic,
                          .facts = x->facts};
    return true;
}

static bool is_there(const struct scope_names *names, str name) {
    for (uint32_t i = 0; i < names->n; i++)
        if (str_eq(names->v[i], name))
            return true;
    return false;
}

static bool take_rows(struct evaluating *k, struct shown_set *set, struct err *e) {
    struct rows rows = {0};
    struct scope_names ended = {0};
    if (!newest(k, set, &rows, e))
        return false;
    for (uint32_t i = 0; i < rows.n; i++) {
        const struct row *x = &rows.v[i];
        struct shown one;
        if (admit(k, set, x, &one))
            *vec_push(k->a, &set->list) = one;
        else if (thing_place(k, set->about, x->thing) != UINT32_MAX && !is_there(&ended, x->signer))
            *vec_push(k->a, &ended) = x->signer;
    }
    for (uint32_t s = 0; s < ended.n; s++) {
        if (!k->p->home || !keyring_find(k->p->home->keys, (const unsigned char *)ended.v[s].p))
            continue;
        struct rows past = {0};
        if (!earlier(k, set, ended.v[s], &past, e))
            return false;
        for (uint32_t i = 0; i < past.n; i++) {
            struct shown one;
            if (admit(k, set, &past.v[i], &one))
                *vec_push(k->a, &set->list) = one;
        }
    }
    return true;
}

/* ── what is not a statement's alone ── */

void shown_add(struct evaluating *k, struct shown_set *set, const struct shown *x, const struct facts *f) {
    struct shown *out = vec_push(k->a, &set->list);
    *out = *x;
    out->facts = facts_text(k->a, f->v, f->n);
}

/* Years count from the release on, however long ago the hold was stated. */
static void settle_holds(struct evaluating *k, struct shown_set *set) {
    static const double year = 365.25 * 86400;
    for (uint32_t i = 0; i < set->list.n; i++) {
        struct shown *x = &set->list.v[i];
        struct fact until;
        struct facts f = {0};
        if (!fact_get(x->facts, "until", 0, &until))
            continue;
        facts_number(&f, "years", (until.number - (double)k->things[ABOUT_RELEASES].list.v[x->thing].time) / year);
        x->facts = facts_text(k->a, f.v, f.n);
    }
}

/* ── disclosures: who of the customers that run a release was given what ── */

struct giving {
    int64_t thing, party;
    bool runs;
    const struct shown *given;
};
VEC_NAMED(givings, struct giving);

static int by_thing_and_party(const void *x, const void *y) {
    const struct giving *a = x, *b = y;
    if (a->thing != b->thing)
        return a->thing < b->thing ? -1 : 1;
    if (a->party != b->party)
        return a->party < b->party ? -1 : 1;
    if (a->given && b->given && a->given->entry != b->given->entry)
        return a->given->entry > b->given->entry ? -1 : 1;
    return (a->given == NULL) - (b->given == NULL);
}

static bool runs_where(struct evaluating *k, const struct thing *d, int64_t *thing, struct err *e) {
    struct deployment at;
    bool found;
    uint32_t release;
    *thing = -1;
    if (!deployment_get(k->p, k->a, d->number, &k->when, &at, &found, e) ||
        (found && !deployment_release(k->p, &at, &k->when, &found, &release, e)))
        return false;
    uint32_t place = found ? thing_place(k, ABOUT_RELEASES, release) : UINT32_MAX;
    if (place != UINT32_MAX)
        *thing = place;
    return true;
}

static bool who_runs(struct evaluating *k, struct givings *out, struct err *e) {
    struct things *d;
    if (!things_in_scope(k, ABOUT_DEPLOYMENTS, &d, e))
        return false;
    for (uint32_t i = 0; i < d->list.n; i++) {
        const struct thing *t = &d->list.v[i];
        int64_t thing;
        if (t->party < 0 || t->party == k->scope.party || !product_in_scope(k, t->product))
            continue;
        if (!runs_where(k, t, &thing, e))
            return false;
        if (thing >= 0)
            *vec_push(k->a, out) = (struct giving){.thing = thing, .party = t->party, .runs = true};
    }
    return true;
}

bool releases_delivered(struct evaluating *k, bool *out, struct err *e) {
    struct givings all = {0};
    if (!who_runs(k, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++)
        out[all.v[i].thing] = true;
    return true;
}

static const char *const gifts[] = {"sbom", "provenance", "vex", "hardening"};

struct sum {
    uint32_t customers, told, given[sizeof gifts / sizeof *gifts], receivers;
    const struct shown *newest;
};
/* One party and one release: its newest disclosure, and whether it runs it. */
static void add_party(struct sum *s, const struct giving *g, uint32_t n) {
    const struct shown *given = NULL;
    bool runs = false;
    for (uint32_t i = 0; i < n; i++) {
        runs = runs || g[i].runs;
        if (g[i].given && (!given || g[i].given->entry > given->entry))
            given = g[i].given;
    }
    s->customers += runs;
    s->told += runs && given;
    s->receivers += given != NULL;
    if (!given)
        return;
    for (size_t i = 0; i < sizeof gifts / sizeof *gifts; i++) {
        struct fact f;
        s->given[i] += fact_get(given->facts, gifts[i], 0, &f) && f.number != 0;
    }
    if (!s->newest || given->entry > s->newest->entry)
        s->newest = given;
}

static void tell_sum(struct evaluating *k, struct shown_set *set, const struct sum *s) {
    struct facts f = {0};
    if (!s->newest)
        return;
    facts_number(&f, "customers", s->customers ? (double)s->told / s->customers : 1);
    for (size_t i = 0; i < sizeof gifts / sizeof *gifts; i++)
        facts_number(&f, gifts[i], s->given[i] == s->receivers);
    shown_add(k, set, s->newest, &f);
}

static bool settle_disclosures(struct evaluating *k, struct shown_set *set, struct err *e) {
    struct givings all = {0};
    struct shown_list given = set->list;
    set->list = (struct shown_list){0};
    if (!who_runs(k, &all, e))
        return false;
    for (uint32_t i = 0; i < given.n; i++) {
        int64_t party;
        if (given.v[i].who == WHO_SELF || given.v[i].who == WHO_UNIT)
            if (str_i64(given.v[i].topic, &party))
                *vec_push(k->a,
                          &all) = (struct giving){.thing = given.v[i].thing, .party = party, .given = &given.v[i]};
    }
    if (all.n)
        qsort(all.v, all.n, sizeof *all.v, by_thing_and_party);
    struct sum s = {0};
    for (uint32_t i = 0, n; i < all.n; i += n) {
        for (n = 1; i + n < all.n && all.v[i + n].thing == all.v[i].thing && all.v[i + n].party == all.v[i].party;)
            n++;
        add_party(&s, &all.v[i], n);
        if (i + n == all.n || all.v[i + n].thing != all.v[i].thing) {
            tell_sum(k, set, &s);
            s = (struct sum){0};
        }
    }
    return true;
}

/* ── watches: what there was to do about what they found ── */

enum { RECENT = 365 * 86400 };

struct work {
    double cases, open, closed, begun; /* of the last year or still open; of these open, closed, taken up by somebody */
    bool in_time;
    int64_t until; /* when the next open one comes late */
};

static void add_case(struct evaluating *k, struct work *w, const struct thing *t, const struct shown *x) {
    struct fact closed = {0}, begun = {0}, in_time = {0};
    bool is_closed = x && fact_get(x->facts, "closed", 0, &closed) && closed.number != 0;
    if (is_closed && t->time < k->ask->now - RECENT)
        return;
    w->cases++;
    w->open += !is_closed;
    w->closed += is_closed;
    w->begun += x && fact_get(x->facts, "begun", 0, &begun) && begun.number != 0;
    w->in_time = w->in_time && x && fact_get(x->facts, "in_time", k->ask->now, &in_time) && in_time.number != 0;
    if (in_time.until && (!w->until || in_time.until < w->until))
        w->until = in_time.until;
}

static bool something_to_watch(struct evaluating *k, bool *out, struct err *e) {
    struct things *releases, *running;
    if (!things_in_scope(k, ABOUT_RELEASES, &releases, e) || !things_in_scope(k, ABOUT_DEPLOYMENTS, &running, e))
        return false;
    *out = releases->list.n || running->list.n;
    return true;
}

/* Nothing is said of cases where there is nothing that could have any. */
// NOLINTNEXTLINE(misc-no-recursion): one deep, cases ask for no watch
static bool settle_watches(struct evaluating *k, struct shown_set *set, struct err *e) {
    struct work w = {.in_time = true};
    struct shown_set *cases;
    bool some;
    if (!set->list.n)
        return true;
    if (!shown_of(k, S("case"), ABOUT_CASES, &cases, e) || !something_to_watch(k, &some, e))
        return false;
    for (uint32_t i = 0, at = 0; i < k->things[ABOUT_CASES].list.n; i++) {
        while (at < cases->list.n && cases->list.v[at].thing < i)
            at++;
        bool told = at < cases->list.n && cases->list.v[at].thing == i;
        add_case(k, &w, &k->things[ABOUT_CASES].list.v[i], told ? &cases->list.v[at] : NULL);
    }
    for (uint32_t i = 0; some && i < set->list.n; i++) {
        struct fact entries = {0};
        struct facts f = {0};
        if (fact_get(set->list.v[i].facts, "entries", 0, &entries))
            facts_number(&f, "entries", entries.number);
        facts_number(&f, "cases", w.cases);
        facts_number(&f, "open", w.open);
        facts_number(&f, "closed_cases", w.closed);
        facts_number(&f, "begun_cases", w.begun);
        facts_number(&f, "in_time", w.in_time);
        f.v[f.n - 1].until = w.in_time ? w.until : 0;
        set->list.v[i].facts = facts_text(k->a, f.v, f.n);
    }
    return true;
}

/* ── all ── */

static int by_thing(const void *x, const void *y) {
    const struct shown *a = x, *b = y;
    if (a->thing != b->thing)
        return a->thing < b->thing ? -1 : 1;
    if (a->time != b->time)
        return a->time > b->time ? -1 : 1;
    if (a->entry != b->entry)
        return a->entry > b->entry ? -1 : 1;
    return (a->log_id > b->log_id) - (a->log_id < b->log_id);
}

// NOLINTNEXTLINE(misc-no-recursion): one deep, cases ask for no watch
static bool fill(struct evaluating *k, struct shown_set *set, struct err *e) {
    struct things *t;
    bool done;
    if (!things_in_scope(k, set->about, &t, e) || !shown_by_views(k, set, &done, e))
        return false;
    if (!done && !take_rows(k, set, e))
        return false;
    if (str_is(set->kind, "hold"))
        settle_holds(k, set);
    if ((str_is(set->kind, "disclosure") && !settle_disclosures(k, set, e)) ||
        (str_is(set->kind, "watch") && !settle_watches(k, set, e)))
        return false;
    if (set->list.n)
        qsort(set->list.v, set->list.n, sizeof *set->list.v, by_thing);
    return true;
}

// NOLINTNEXTLINE(misc-no-recursion): one deep, cases ask for no watch
bool shown_of(struct evaluating *k, str kind, enum rule_about about, struct shown_set **out, struct err *e) {
    for (uint32_t i = 0; i < k->sets.n; i++) {
        *out = k->sets.v[i];
        if ((*out)->about == about && str_eq((*out)->kind, kind))
            return true;
    }
    *out = arena_new_of(k->a, struct shown_set);
    **out = (struct shown_set){.kind = kind, .about = about};
    *vec_push(k->a, &k->sets) = *out;
    return fill(k, *out, e);
}
