/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose word it is. Judged when it is asked, by what is known of the keys now: a view need not be made anew when a key
 * is trusted or revoked.
 */
#include "conform/evaluate_inner.h"

static void take_party(struct arena *a, struct scope_names *names, const struct party *x) {
    *vec_push(a, names) = arena_str(a, x->id);
    if (x->name.n)
        *vec_push(a, names) = arena_str(a, x->name);
}

static bool is_prime(const struct party *x, int64_t party) {
    for (uint32_t i = 0; i < x->primes.n; i++)
        if (x->primes.v[i] == party)
            return true;
    return false;
}

static bool each_party(void *arg, const struct party *x, struct err *e) {
    struct evaluating *k = arg;
    (void)e;
    if (x->number == k->scope.party)
        take_party(k->a, &k->selves, x);
    else if (is_prime(x, k->scope.party))
        take_party(k->a, &k->units, x);
    return true;
}

struct owner {
    struct evaluating *k;
    int64_t own;
};
static bool each_owner(void *arg, const struct party *x, struct err *e) {
    struct owner *o = arg;
    (void)e;
    str name = o->k->p->home->party;
    if (o->own < 0 && (str_eq(x->id, name) || str_eq(x->name, name)))
        o->own = x->number;
    return true;
}

/* This home speaks for its own party and for units of it. */
static bool is_own(struct evaluating *k, struct err *e) {
    struct owner o = {k, -1};
    struct party unit;
    bool found;
    if (!k->p->home) {
        k->own = true;
        return true;
    }
    if (!parties_each(k->p, &k->when, each_owner, &o, e))
        return false;
    k->own = o.own == k->scope.party;
    if (k->own || o.own < 0)
        return true;
    if (!party_get(k->p, k->a, k->scope.party, &k->when, &unit, &found, e))
        return false;
    k->own = found && is_prime(&unit, o.own);
    return true;
}

bool signers_open(struct evaluating *k, struct err *e) {
    return parties_each(k->p, &k->when, each_party, k, e) && is_own(k, e);
}

static bool is_named(const struct scope_names *names, str name) {
    for (uint32_t i = 0; i < names->n; i++)
        if (str_eq(names->v[i], name))
            return true;
    return false;
}

static const struct signer *signer_of(struct evaluating *k, str key) {
    for (uint32_t i = 0; i < k->signers.n; i++)
        if (memcmp(k->signers.v[i].key, key.p, 32) == 0)
            return &k->signers.v[i];
    struct signer *s = vec_push(k->a, &k->signers);
    *s = (struct signer){.who = WHO_NONE};
    memcpy(s->key, key.p, 32);
    s->known = k->p->home && k->p->home->keys ? keyring_find(k->p->home->keys, s->key) : NULL;
    if (!k->p->home)
        s->who = WHO_SELF;
    else if (s->known) {
        s->ours = s->known->ours;
        s->who = s->ours                                ? (k->own ? WHO_SELF : WHO_OTHER)
                 : is_named(&k->selves, s->known->name) ? WHO_SELF
                 : is_named(&k->units, s->known->name)  ? WHO_UNIT
                                                        : WHO_OTHER;
    }
    return s;
}

enum who signer_at(struct evaluating *k, str key, int64_t time) {
    const struct signer *s = key.n == 32 ? signer_of(k, key) : NULL;
    if (!s || s->who == WHO_NONE)
        return WHO_NONE;
    if (s->known && keyring_judge(k->p->home->keys, s->key, time) != KEY_GOOD)
        return WHO_NONE;
    return s->who;
}

bool signer_may_ship(struct evaluating *k, str key, int64_t time) {
    enum who who = signer_at(k, key, time);
    return who == WHO_SELF || who == WHO_UNIT || (who == WHO_OTHER && signer_of(k, key)->ours);
}
