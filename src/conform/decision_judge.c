/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose word counts, which answer holds, and what is due. Judged from the keys as they are known now.
 */
#include "base/digest.h"
#include "conform/decision_inner.h"

enum { DAY = 86400 };

/* ── who ── */

const struct known_key *decision_key(const struct portfolio *p, const unsigned char id[32], int64_t time) {
    const struct known_key *k = p->home && p->home->keys ? keyring_find(p->home->keys, id) : NULL;
    return k && keyring_judge(p->home->keys, id, time) == KEY_GOOD ? k : NULL;
}

static bool name_of(struct portfolio *p, struct arena *a, str id, str *out, struct err *e) {
    struct party party;
    int64_t number;
    bool found;
    *out = (str){NULL, 0};
    if (!id.n)
        return true;
    if (!thing_find(p, THING_PARTY, id, &found, &number, e))
        return false;
    if (!found)
        return true;
    if (!party_get(p, a, number, NULL, &party, &found, e))
        return false;
    if (found)
        *out = party.name;
    return true;
}

bool decision_side_is(struct portfolio *p, struct arena *a, const struct known_key *k, const struct decision_side *side,
                      bool *is, struct err *e) {
    str called;
    *is = k->name.n && (str_eq(k->name, side->id) || str_eq(k->name, side->name));
    if (*is || !k->name.n)
        return true;
    if (!name_of(p, a, side->id, &called, e))
        return false;
    *is = str_eq(called, k->name);
    if (*is)
        return true;
    if (!name_of(p, a, k->name, &called, e))
        return false;
    *is = called.n && str_eq(called, side->name);
    return true;
}

/* We are the one side whose offer it is, or else the other. */
bool decision_sides(struct portfolio *p, struct arena *a, const struct decision *d, const struct known_key *k,
                    bool *provider, bool *customer, struct err *e) {
    *provider = k && k->ours && d->ours;
    *customer = k && k->ours && !d->ours;
    return !k || k->ours ||
           (decision_side_is(p, a, k, &d->said.provider, provider, e) &&
            decision_side_is(p, a, k, &d->said.customer, customer, e));
}

/* ── the offer ── */

static bool judge_offer(struct deciding *k, struct err *e) {
    struct decision *d = k->d;
    const struct known_key *key = decision_key(k->p, d->log.signer, d->log.time);
    int64_t first = d->log.time;
    for (uint32_t i = 0; i < d->receipts.n; i++)
        first = d->receipts.v[i].time < first ? d->receipts.v[i].time : first;
    d->back_dated = d->said.stated < first - DAY;
    bool customer;
    d->ours = key && key->ours;
    return decision_sides(k->p, k->a, d, key, &d->trusted, &customer, e);
}

/* ── answers ── */

static void set_times(struct answer_row *x) {
    x->decided = x->log.time;
    for (uint32_t i = 0; i < x->receipts.n; i++)
        x->decided = x->receipts.v[i].time < x->decided ? x->receipts.v[i].time : x->decided;
    x->back_dated = x->said.stated < x->decided - DAY;
}

/* Both signed, when one envelope carries a good signature of each. */
static bool look_at_signatures(struct deciding *k, struct answer_row *x, uint64_t index, struct err *e) {
    const struct keyring *ring = k->p->home->keys;
    struct pubkey *keys = arena_array(k->a, struct pubkey, ring->keys.n + 1);
    bool *good = arena_array(k->a, bool, ring->keys.n + 1), provider = false, customer = false;
    struct log_entry entry;
    struct dsse d;
    str envelope;
    if (!log_entry(k->p->home->log, k->a, index, &entry, e))
        return false;
    if (entry.erased || !log_envelope(k->p->home->log, k->a, &entry, &envelope, NULL) || !envelope.p ||
        !dsse_parse(k->p->ctx, k->a, envelope, S("log"), &d, NULL) || d.signatures.n < 2)
        return true;
    for (uint32_t i = 0; i < ring->keys.n; i++)
        keys[i] = ring->keys.v[i].key;
    dsse_verify(k->a, &d, keys, ring->keys.n, good);
    for (uint32_t i = 0; i < ring->keys.n; i++) {
        const struct known_key *key = good[i] ? decision_key(k->p, ring->keys.v[i].id, entry.leaf.time) : NULL;
        bool one = false, other = false;
        if (key && !decision_sides(k->p, k->a, k->d, key, &one, &other, e))
            return false;
        provider |= one;
        customer |= other;
    }
    x->both |= provider && customer;
    return true;
}

static bool judge_answer(struct deciding *k, struct answer_row *x, struct err *e) {
    set_times(x);
    for (uint32_t i = 0; i < x->all.n; i++) {
        const struct known_key *key = decision_key(k->p, x->all.v[i].signer, x->all.v[i].time);
        bool provider, customer;
        if (!decision_sides(k->p, k->a, k->d, key, &provider, &customer, e))
            return false;
        if (customer && !x->said.reported)
            x->standing = ANSWER_SUPERSEDED; /* until the newest is known */
        else if (provider && x->said.reported && x->standing == ANSWER_STRANGER)
            x->standing = ANSWER_REPORTED;
        if (k->ask->detail == DECISION_WHOLE && k->p->home->log && !look_at_signatures(k, x, x->all.v[i].entry, e))
            return false;
    }
    return true;
}

static bool later(const struct answer_row *x, const struct answer_row *than) {
    return x->decided != than->decided ? x->decided > than->decided : x->log.entry > than->log.entry;
}

static void find_holding(struct decision *d) {
    struct answer_row *best = NULL, *reported = NULL;
    for (uint32_t i = 0; i < d->answers.n; i++) {
        struct answer_row *x = &d->answers.v[i];
        if (x->standing == ANSWER_SUPERSEDED && (!best || later(x, best)))
            best = x;
        if (x->standing == ANSWER_REPORTED && (!reported || later(x, reported)))
            reported = x;
    }
    if (best)
        best->standing = ANSWER_HOLDS;
    d->holds = best ? best : reported;
}

/* ── re-openings ── */

static bool judge_reopenings(struct deciding *k, struct err *e) {
    for (uint32_t i = 0; i < k->d->reopenings.n; i++) {
        struct reopening_row *x = &k->d->reopenings.v[i];
        const struct known_key *key = decision_key(k->p, x->log.signer, x->log.time);
        bool provider, customer;
        if (!decision_sides(k->p, k->a, k->d, key, &provider, &customer, e))
            return false;
        x->counts = provider || customer;
    }
    return true;
}

/* A re-opening is over as soon as an answer came that was given after it. */
static const struct reopening_row *still_open(const struct decision *d) {
    for (uint32_t i = d->reopenings.n; i > 0 && d->holds; i--) {
        const struct reopening_row *x = &d->reopenings.v[i - 1];
        if (x->counts && (str_eq(x->said.answer, d->holds->content) || x->log.time > d->holds->decided))
            return x;
    }
    return NULL;
}

/* Two answers by the customer with nothing between them that asked for another. */
static void mark_differing(struct decision *d) {
    for (uint32_t i = 0; i < d->answers.n; i++) {
        struct answer_row *x = &d->answers.v[i];
        for (uint32_t n = 0; n < d->answers.n; n++) {
            const struct answer_row *y = &d->answers.v[n];
            bool asked = false;
            if (x->standing > ANSWER_SUPERSEDED || y->standing > ANSWER_SUPERSEDED || x == y || !later(x, y))
                continue;
            for (uint32_t r = 0; r < d->reopenings.n; r++)
                asked |= d->reopenings.v[r].counts && str_eq(d->reopenings.v[r].said.answer, y->content);
            x->differs |= !asked;
        }
    }
}

/* ── state ── */

static void due_at(struct decision *d, int64_t time, enum decision_due what, int64_t now) {
    if (!time)
        return;
    if (time <= now)
        d->due |= what;
    else if (!d->next || time < d->next)
        d->next = time;
}

static void set_state(struct decision *d, int64_t now) {
    static const enum decision_state of[] = {DECISION_ACCEPTED, DECISION_DECLINED, DECISION_DEFERRED,
                                             DECISION_ALTERNATIVE};
    d->reopened_by = still_open(d);
    d->state = d->holds ? of[d->holds->said.kind] : DECISION_OPEN;
    if (!d->holds) {
        due_at(d, d->said.deadline, DUE_ANSWER, now);
        return;
    }
    if (d->reopened_by) {
        d->state = DECISION_REOPENED;
        d->due |= DUE_REOPENED;
    }
    due_at(d, d->holds->said.review, DUE_REVIEW, now);
    if (d->holds->said.kind == ANSWER_DEFER)
        due_at(d, d->holds->said.until, DUE_DEFERRED, now);
}

bool decision_judge(struct deciding *k, struct err *e) {
    struct decision *d = k->d;
    if (!judge_offer(k, e))
        return false;
    for (uint32_t i = 0; i < d->answers.n; i++)
        if (!judge_answer(k, &d->answers.v[i], e))
            return false;
    find_holding(d);
    if (!judge_reopenings(k, e))
        return false;
    mark_differing(d);
    set_state(d, k->ask->now);
    return true;
}
