/* SPDX-License-Identifier: Apache-2.0
 *
 * One rule over the things it counts. For each of them the newest statement that fits (its kind, its signer) decides;
 * what it says, how old it is and whether it has expired only ever make it count less.
 */
#include <math.h>
#include <stdlib.h>

#include "conform/evaluate_inner.h"

static const int64_t FOREVER = INT64_MAX;

/* ── what it says ── */

/* Words that are a scale. */
static int rank_of(str word) {
    static const struct {
        const char *word;
        int rank;
    } scale[] = {{"none", 0}, {"minimum", 1}, {"standard", 2}, {"FAILED", 0}, {"WARNED", 1}, {"PASSED", 2}};
    for (size_t i = 0; i < sizeof scale / sizeof *scale; i++)
        if (str_is(word, scale[i].word))
            return scale[i].rank;
    return -1;
}

static bool test_word(const struct fact_test *t, str word) {
    if (t->relation == FACT_IS)
        return t->text.p ? str_eq(word, t->text) : t->number == 1 && word.n > 0;
    int is = rank_of(word), wanted = t->text.p ? rank_of(t->text) : -1;
    return is >= 0 && wanted >= 0 && (t->relation == FACT_AT_LEAST ? is >= wanted : is <= wanted);
}

static bool test_number(const struct fact_test *t, double number) {
    static const double nearly = 1e-9; /* shares are divisions */
    if (t->text.p)
        return false;
    switch (t->relation) {
    case FACT_IS: return fabs(number - t->number) <= nearly;
    case FACT_AT_LEAST: return number >= t->number - nearly;
    case FACT_AT_MOST: return number <= t->number + nearly;
    }
    return false;
}

/* *until: lowered to when this stops being so by itself. */
static bool all_so(const struct evaluating *k, const struct fact_tests *tests, const struct shown *x, int64_t *until) {
    for (uint32_t i = 0; i < tests->n; i++) {
        const struct fact_test *t = &tests->v[i];
        struct fact f;
        char name[64];
        snprintf(name, sizeof name, "%.*s", STR_ARG(t->fact));
        if (!fact_get(x->facts, name, k->ask->now, &f))
            return false;
        if (f.word.p ? !test_word(t, f.word) : !test_number(t, f.number))
            return false;
        bool ends = f.until && f.until >= k->ask->now && !test_number(t, 0);
        if (ends && f.until + 1 < *until)
            *until = f.until + 1;
    }
    return true;
}

/* *until: when this stops being so by itself. */
static bool passes(const struct evaluating *k, const struct rule *r, const struct shown *x, int64_t *until) {
    *until = FOREVER;
    if (x->expires && (*until = x->expires) <= k->ask->now)
        return false;
    if (r->fresh_within) {
        if (x->time < k->ask->now - r->fresh_within)
            return false;
        int64_t age = x->time + r->fresh_within + 1;
        *until = age < *until ? age : *until;
    }
    return all_so(k, &r->where, x, until);
}

/* ── which statement decides ── */

static bool fits(const struct rule *r, str topic, const struct shown *x) {
    if (topic.p && !str_eq(x->topic, topic))
        return false;
    switch (r->by) {
    case BY_SELF: return x->who == WHO_SELF || x->who == WHO_UNIT;
    case BY_OTHER: return x->who == WHO_OTHER;
    case BY_ANY: return true;
    }
    return false;
}

static bool is_newer(const struct shown *x, const struct shown *than) {
    return !than || x->time > than->time || (x->time == than->time && x->entry > than->entry);
}

/* By place of the thing; NULL where there is none. */
static const struct shown **deciding(struct evaluating *k, const struct rule *r, str topic, const struct shown_set *set,
                                     uint32_t n) {
    const struct shown **out = arena_array(k->a, const struct shown *, n + 1);
    for (uint32_t i = 0; i < set->list.n; i++) {
        const struct shown *x = &set->list.v[i];
        if (fits(r, topic, x) && is_newer(x, out[x->thing]))
            out[x->thing] = x;
    }
    return out;
}

/* ── attestations: of the party as a whole, or of some products ── */

str attestation_topic(struct arena *a, str catalogue, str practice) {
    return arena_printf(a, "%.*s %.*s", STR_ARG(catalogue), STR_ARG(practice));
}

/* Of a product by itself the newer one of the two decides; the party as a whole is attested when all its products are.
 */
static bool attestations(struct evaluating *k, const struct rule *r, str topic, const struct shown ***out, uint32_t *n,
                         struct err *e) {
    struct shown_set *once, *each;
    if (!shown_of(k, S("attestation"), ABOUT_ONCE, &once, e) ||
        !shown_of(k, S("attestation"), ABOUT_PRODUCTS, &each, e))
        return false;
    const struct shown **whole = deciding(k, r, topic, once, 1);
    *n = k->things[ABOUT_PRODUCTS].list.n;
    *out = deciding(k, r, topic, each, *n);
    for (uint32_t i = 0; i < *n; i++)
        if (whole[0] && is_newer(whole[0], (*out)[i]))
            (*out)[i] = whole[0];
    if (*n == 0) {
        *n = whole[0] != NULL;
        *out = whole;
    }
    return true;
}

bool newest_attestation(struct evaluating *k, const struct practice *practice, const struct shown **out,
                        struct err *e) {
    const struct rule self = {.by = BY_SELF};
    const struct shown **list;
    uint32_t n;
    *out = NULL;
    if (!attestations(k, &self, attestation_topic(k->a, k->ask->catalogue->id, practice->id), &list, &n, e))
        return false;
    /* The weakest of them speaks for all. */
    for (uint32_t i = 0; i < n; i++) {
        struct fact level, least;
        if (!list[i] || (list[i]->expires && list[i]->expires <= k->ask->now)) {
            *out = NULL;
            return true;
        }
        if (!*out || !fact_get((*out)->facts, "level", 0, &least) ||
            (fact_get(list[i]->facts, "level", 0, &level) && level.number < least.number))
            *out = list[i];
    }
    return true;
}

/* ── counting ── */

struct counted {
    const struct thing *thing;
    const struct shown *by; /* what met it; NULL: nothing did */
    int64_t leaves, until;  /* when it is no longer counted, and no longer met */
};
struct count {
    struct counted *v;
    uint32_t n, met;
};

static uint64_t needed(const struct rule *r, uint64_t counted) {
    double share = ceil(r->share * (double)counted - 1e-9);
    uint64_t least = share > 0 ? (uint64_t)share : 0;
    return least < r->least ? r->least : least;
}

static int by_time(const void *x, const void *y) {
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* The first moment at which too few are met, if nothing is said any more. */
static int64_t holds_until(struct arena *a, const struct rule *r, const struct count *c) {
    int64_t *leaving = arena_array(a, int64_t, c->n + 1), *ending = arena_array(a, int64_t, c->n + 1);
    uint32_t n = 0, m = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        const struct counted *x = &c->v[i];
        if (x->leaves != FOREVER)
            leaving[n++] = x->leaves;
        int64_t end = x->until < x->leaves ? x->until : x->leaves;
        if (x->by && end != FOREVER)
            ending[m++] = end;
    }
    if (!m)
        return 0;
    qsort(leaving, n ? n : 1, sizeof *leaving, by_time);
    qsort(ending, m, sizeof *ending, by_time);
    for (uint32_t i = 0, gone = 0; i < m; i++) {
        if (i + 1 < m && ending[i + 1] == ending[i])
            continue;
        while (gone < n && leaving[gone] <= ending[i])
            gone++;
        if (c->met - (i + 1) < needed(r, c->n - gone))
            return ending[i];
    }
    return 0;
}

static bool over_products(enum rule_about about) {
    return about == ABOUT_RELEASES || about == ABOUT_PRODUCTS || about == ABOUT_CASES || about == ABOUT_CUSTOMERS;
}

static int newest_first(const void *x, const void *y) {
    const struct counted *a = x, *b = y;
    if (!a->by != !b->by)
        return !a->by - !b->by;
    if (a->by && a->by->entry != b->by->entry)
        return a->by->entry > b->by->entry ? -1 : 1;
    return (a->thing->number < b->thing->number) - (a->thing->number > b->thing->number);
}
static int by_index(const void *x, const void *y) {
    const struct evidence_entry *a = x, *b = y;
    return (a->index > b->index) - (a->index < b->index);
}

static void list(struct evaluating *k, const struct rule *r, struct count *c, struct rule_state *out) {
    uint32_t most = k->ask->most;
    if (!most || !c->n)
        return;
    qsort(c->v, c->n, sizeof *c->v, newest_first);
    for (uint32_t i = 0; i < c->met && i < most; i++) {
        const struct counted *x = &c->v[i];
        *vec_push(k->a, &out->evidence) = (struct evidence_entry){x->by->log_id, x->by->entry, x->by->time,
                                                                  counted_name(k, r->about, x->thing)};
    }
    out->sampled = c->met > most;
    if (out->evidence.n)
        qsort(out->evidence.v, out->evidence.n, sizeof *out->evidence.v, by_index);
    for (uint32_t i = c->met; i < c->n && i - c->met < most; i++)
        *vec_push(k->a, &out->missing) = counted_name(k, r->about, c->v[i].thing);
}

static void conclude(struct evaluating *k, const struct rule *r, struct count *c, struct rule_state *out) {
    out->counted = c->n;
    out->met = c->met;
    /* Cases of others' products that the party runs are its own work. */
    bool something = k->scope.products.n || (r->about == ABOUT_CASES && c->n);
    out->holds = c->met >= needed(r, c->n) && (something || !over_products(r->about));
    out->until = out->holds ? holds_until(k->a, r, c) : 0;
    list(k, r, c, out);
}

static void count_one(struct evaluating *k, const struct rule *r, const struct thing *t, const struct shown *x,
                      struct count *c) {
    struct counted *out = &c->v[c->n];
    *out = (struct counted){.thing = t, .leaves = FOREVER, .until = FOREVER};
    if (r->shipped_within) {
        out->leaves = t->time + r->shipped_within + 1;
        if (t->time < k->ask->now - r->shipped_within)
            return;
    }
    if (r->among.n && (!x || !all_so(k, &r->among, x, &out->leaves)))
        return;
    c->n++;
    if (x && passes(k, r, x, &out->until)) {
        out->by = x;
        c->met++;
    }
}

/* Once: it is met when all that it stands for passes. */
static void count_attested(struct evaluating *k, const struct rule *r, const struct shown **list_, uint32_t n,
                           struct count *c) {
    const struct thing *t = k->things[ABOUT_ONCE].list.v;
    struct counted *out = &c->v[0];
    *out = (struct counted){.thing = t, .leaves = FOREVER, .until = FOREVER};
    c->n = 1;
    for (uint32_t i = 0; i < n; i++) {
        int64_t until;
        if (!list_[i] || !passes(k, r, list_[i], &until)) {
            out->by = NULL;
            c->met = 0;
            return;
        }
        if (until <= out->until) {
            out->until = until;
            out->by = list_[i];
        }
        c->met = 1;
    }
}

/* ── archives ── each is looked at for itself */

static bool is_fresh(const struct evaluating *k, const struct rule *r, const struct shown *x) {
    return !r->fresh_within || x->time >= k->ask->now - r->fresh_within;
}

static bool found_faults(const struct evaluating *k, const struct rule *r, const struct shown *x) {
    for (uint32_t i = 0; i < r->where.n; i++) {
        struct fact_tests one = {&r->where.v[i], 1, 1};
        int64_t until = FOREVER;
        if (str_is(r->where.v[i].fact, "faults") && !all_so(k, &one, x, &until))
            return true;
    }
    return false;
}

/* One archive that passes will do; but of those looked at in the time the rule counts, none may have failed: a good
 * check of one does not hide a bad one of another. */
static void count_archives(struct evaluating *k, const struct rule *r, const struct shown_set *set, struct count *c) {
    struct map newest;
    struct counted *out = &c->v[0];
    map_init(&newest, k->a);
    *out = (struct counted){.thing = k->things[ABOUT_ONCE].list.v, .leaves = FOREVER, .until = 0};
    c->n = 1;
    for (uint32_t i = 0; i < set->list.n; i++) {
        struct shown *x = &set->list.v[i];
        if (!fits(r, (str){NULL, 0}, x))
            continue;
        struct map_entry *at = map_put(&newest, x->topic, NULL);
        if (is_newer(x, at->value))
            at->value = x;
    }
    for (uint32_t i = 0; i < newest.entries.n; i++) {
        const struct shown *x = newest.entries.v[i].value;
        int64_t until;
        if (is_fresh(k, r, x) && found_faults(k, r, x)) {
            out->by = NULL;
            break;
        }
        if (!passes(k, r, x, &until) || (out->by && until <= out->until))
            continue;
        out->by = x;
        out->until = until;
    }
    c->met = out->by != NULL;
}

/* ── one rule ── */

/* By place: releases that a customer runs. */
static bool keep_delivered(struct evaluating *k, const struct things *t, bool **out, struct err *e) {
    *out = arena_array(k->a, bool, t->list.n + 1);
    return releases_delivered(k, *out, e);
}

static bool evaluate_one(struct evaluating *k, const struct practice *practice, const struct rule *r,
                         struct rule_state *out, struct err *e) {
    struct things *t;
    const struct shown **by;
    struct count c = {0};
    uint32_t n = 0;
    bool attested = str_is(r->kind, "attestation"), *delivered = NULL;
    struct shown_set *set = NULL;
    if (!things_in_scope(k, r->about, &t, e))
        return false;
    if (attested) {
        struct things *once;
        if (!things_in_scope(k, ABOUT_ONCE, &once, e) ||
            !attestations(k, r, attestation_topic(k->a, k->ask->catalogue->id, practice->id), &by, &n, e))
            return false;
    } else {
        if (!shown_of(k, r->kind, r->about, &set, e))
            return false;
        by = deciding(k, r, (str){NULL, 0}, set, t->list.n);
    }
    c.v = arena_array(k->a, struct counted, t->list.n + 1);
    if (r->delivered && !keep_delivered(k, t, &delivered, e))
        return false;
    if (attested && r->about == ABOUT_ONCE)
        count_attested(k, r, by, n, &c);
    else if (str_is(r->kind, "archive-check"))
        count_archives(k, r, set, &c);
    else
        for (uint32_t i = 0; i < t->list.n; i++)
            if (!delivered || delivered[i])
                count_one(k, r, &t->list.v[i], by[i], &c);
    conclude(k, r, &c, out);
    return true;
}

/* Of alternatives the one that holds longest, else the one that has most. */
static bool is_better(const struct rule_state *x, const struct rule_state *than) {
    if (x->holds != than->holds)
        return x->holds;
    if (x->holds)
        return than->until && (!x->until || x->until > than->until);
    return (double)x->met * (double)(than->counted ? than->counted : 1) >
           (double)than->met * (double)(x->counted ? x->counted : 1);
}

bool rule_evaluate(struct evaluating *k, const struct practice *practice, const struct rule *rule,
                   struct rule_state *out, bool *attested, struct err *e) {
    *out = (struct rule_state){.rule = rule};
    if (!rule->any.n) {
        *attested = str_is(rule->kind, "attestation");
        return evaluate_one(k, practice, rule, out, e);
    }
    for (uint32_t i = 0; i < rule->any.n; i++) {
        struct rule_state one = {.rule = rule};
        if (!evaluate_one(k, practice, &rule->any.v[i], &one, e))
            return false;
        if (i && !is_better(&one, out))
            continue;
        *out = one;
        *attested = str_is(rule->any.v[i].kind, "attestation");
    }
    return true;
}
