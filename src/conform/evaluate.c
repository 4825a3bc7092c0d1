/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/evaluate_inner.h"

/* ── one practice ── */

static bool rules_of(struct evaluating *k, const struct practice *x, int level, struct practice_state *out,
                     bool *attested, struct err *e) {
    const struct rules *rules = &x->evidence[level];
    for (uint32_t i = 0; i < rules->n; i++) {
        bool on_word = false;
        if (!rule_evaluate(k, x, &rules->v[i], vec_push(k->a, &out->rules[level]), &on_word, e))
            return false;
        *attested = *attested || on_word;
    }
    return true;
}

static bool all_hold(const struct rule_states *rules) {
    for (uint32_t i = 0; i < rules->n; i++)
        if (!rules->v[i].holds)
            return false;
    return rules->n > 0;
}

static int64_t earlier(int64_t x, int64_t y) { return !x || (y && y < x) ? y : x; }

static void take_until(struct practice_state *out) {
    out->until = 0;
    for (int level = 1; level <= out->level; level++)
        for (uint32_t i = 0; i < out->rules[level].n; i++)
            out->until = earlier(out->until, out->rules[level].v[i].until);
}

/* What a named person says of it beyond what rules admit. */
static bool take_word(struct evaluating *k, const struct practice *x, struct practice_state *out, struct err *e) {
    const struct shown *said;
    struct fact f;
    if (!newest_attestation(k, x, &said, e))
        return false;
    if (!said)
        return true;
    out->word = (struct word_given){.time = said->time, .entry = said->entry};
    out->word.level = fact_get(said->facts, "level", 0, &f) ? (int)f.number : 0;
    out->word.person = fact_get(said->facts, "person", 0, &f) ? f.word : (str){NULL, 0};
    out->word.role = fact_get(said->facts, "role", 0, &f) ? f.word : (str){NULL, 0};
    out->word.date = fact_get(said->facts, "date", 0, &f) ? f.word : (str){NULL, 0};
    if (fact_get(said->facts, "reason", 0, &f) && f.word.n) {
        out->basis = BASIS_NOT_APPLICABLE;
        out->reason = f.word;
        out->level = 0;
        out->until = said->expires;
    } else if (fact_get(said->facts, "level", 0, &f) && f.number > out->level && f.number < (double)LEVELS)
        out->attested = (int)f.number;
    return true;
}

/* What binds customers alone is not wanted of a supplier. */
static int target_of(const struct evaluating *k, const struct practice *x, int32_t package) {
    bool bound = !x->binds || !k->roles || (x->binds & k->roles);
    return package < 0 || !bound ? -1 : x->targets[package];
}

static bool evaluate_practice(struct evaluating *k, const struct practice *x, int32_t package,
                              struct practice_state *out, struct err *e) {
    bool attested[LEVELS] = {false}, met = true, on_word = false;
    *out = (struct practice_state){.practice = x, .target = target_of(k, x, package)};
    for (int level = 1; level < LEVELS; level++) {
        if (!rules_of(k, x, level, out, &attested[level], e))
            return false;
        met = met && all_hold(&out->rules[level]);
        if (!met)
            continue;
        out->level = level;
        on_word = on_word || attested[level];
    }
    out->basis = !out->level ? BASIS_NONE : on_word ? BASIS_ATTESTED : BASIS_COMPUTED;
    take_until(out);
    return take_word(k, x, out, e);
}

/* ── all ── */

static bool count_scope(struct evaluating *k, struct evaluation *out, struct err *e) {
    struct things *releases, *cases, *products;
    if (!things_in_scope(k, ABOUT_PRODUCTS, &products, e) || !things_in_scope(k, ABOUT_RELEASES, &releases, e) ||
        !things_in_scope(k, ABOUT_CASES, &cases, e))
        return false;
    out->products = k->scope.products.n;
    out->releases = releases->list.n;
    out->cases = cases->list.n;
    return true;
}

static bool evaluate_all(struct evaluating *k, struct evaluation *out, struct err *e) {
    const struct catalogue *c = k->ask->catalogue;
    int32_t package = k->ask->package.n ? package_number(c, k->ask->package) : -1;
    for (uint32_t i = 0; i < c->practices.n; i++) {
        const struct practice *x = &c->practices.v[i];
        if (k->ask->only.n && !str_eq(x->id, k->ask->only))
            continue;
        if (!evaluate_practice(k, x, package, vec_push(k->a, &out->practices), e))
            return false;
    }
    return true;
}

/* Whether the products named are all there are: then what the party itself operates is in scope too. */
static bool complete_scope(struct evaluating *k, struct err *e) {
    struct conform_scope all = k->scope;
    memset(&all.products, 0, sizeof all.products);
    if (!conform_scope_complete(k->p, k->a, &k->when, &all, e) ||
        !conform_scope_complete(k->p, k->a, &k->when, &k->scope, e))
        return false;
    k->whole = all.products.n <= k->scope.products.n;
    return true;
}

static bool find_roles(struct evaluating *k, struct err *e) {
    struct party party;
    bool found;
    if (!party_get(k->p, k->a, k->scope.party, &k->when, &party, &found, e))
        return false;
    k->roles = found ? party.roles : 0;
    return true;
}

bool conform_evaluate(struct portfolio *p, struct arena *a, const struct evaluation_ask *ask, struct evaluation *out,
                      struct err *e) {
    struct evaluating *k = arena_new_of(a, struct evaluating);
    *k = (struct evaluating){.p = p, .a = a, .ask = ask, .when = ask->when, .scope = *ask->scope};
    *out = (struct evaluation){0};
    if (!k->when.given)
        k->when.size = INT64_MAX;
    bool own_read = !store_inside(p->store);
    if (own_read && !store_begin_read(p->store, e))
        return false;
    bool ok = complete_scope(k, e) && find_roles(k, e) && signers_open(k, e) && count_scope(k, out, e) &&
              evaluate_all(k, out, e);
    if (own_read)
        store_end_read(p->store);
    return ok;
}
