/* SPDX-License-Identifier: Apache-2.0
 *
 * Decisions on their way between provider and customer: what may be taken in, and what is handed over.
 */
#include "base/digest.h"
#include "conform/decision_inner.h"
#include "conform/exchange.h"

/* ── our own word ── */

static bool log_payload(struct portfolio *p, struct arena *a, str payload, uint64_t *index, struct err *e) {
    struct portfolio_add add = {.payload = payload};
    if (!portfolio_append(p, a, &add, 1, e))
        return false;
    *index = add.index;
    return true;
}

bool decision_offer(struct portfolio *p, struct arena *a, const struct offer *o, str *digest, struct err *e) {
    struct log_entry entry;
    uint64_t index;
    str payload;
    if (!offer_payload(p->ctx, a, o, &payload, e) || !log_payload(p, a, payload, &index, e) ||
        !log_entry(p->home->log, a, index, &entry, e))
        return false;
    *digest = hex_text(a, entry.envelope, 32);
    return true;
}

bool decision_answer(struct portfolio *p, struct arena *a, const struct offer_answer *o, struct err *e) {
    uint64_t index;
    str payload;
    return answer_payload(p->ctx, a, o, &payload, e) && log_payload(p, a, payload, &index, e);
}

/* ── handing over ── */

bool decision_bundle(struct portfolio *p, struct arena *a, const struct decision *d, struct bundle *out,
                     struct err *e) {
    VEC(uint64_t) entries = {0};
    *vec_push(a, &entries) = d->log.entry;
    for (uint32_t i = 0; i < d->answers.n; i++)
        for (uint32_t n = 0; d->answers.v[i].standing != ANSWER_STRANGER && n < d->answers.v[i].all.n; n++)
            *vec_push(a, &entries) = d->answers.v[i].all.v[n].entry;
    for (uint32_t i = 0; i < d->reopenings.n; i++)
        if (d->reopenings.v[i].counts)
            *vec_push(a, &entries) = d->reopenings.v[i].log.entry;
    return exchange_bundle(p, a, entries.v, entries.n, out, e);
}

/* ── taking in ── */

struct taking {
    struct portfolio *p;
    struct arena *a;
    struct exchanged_list list;
    struct decision_taken *out;
};

static void note_offer(struct taking *t, str digest) {
    for (uint32_t i = 0; i < t->out->offers.n; i++)
        if (str_eq(t->out->offers.v[i], digest))
            return;
    *vec_push(t->a, &t->out->offers) = digest;
}

static str side_name(const struct decision_side *s) { return s->name.n ? s->name : s->id; }

static bool find(struct taking *t, str digest, enum decision_detail detail, bool *found, struct decision *d,
                 struct err *e) {
    struct decision_ask ask = {.now = t->p->ctx->now, .detail = detail};
    return decision_find(t->p, t->a, digest, &ask, found, d, e);
}

static bool check_offer(struct taking *t, const struct exchanged *x, struct err *e) {
    struct decision d;
    struct offer o;
    bool found, is = false;
    if (!find(t, x->digest, DECISION_BRIEF, &found, &d, e))
        return false;
    if (found)
        return true;
    if (!offer_read(t->a, x->statement.predicate, &o))
        return err_set(e, ERR_INPUT, x->from.where, "%s", _("this offer cannot be read"));
    for (uint32_t i = 0; i < x->signers.n && !is; i++) {
        if (x->signers.v[i]->ours) {
            err_set(e, ERR_INPUT, x->from.where, "%s", _("this offer was signed here, but this log does not know it"));
            return err_hint(e, "%s", _("was the home restored from an older copy? akashi log check"));
        }
        if (!decision_side_is(t->p, t->a, x->signers.v[i], &o.provider, &is, e))
            return false;
    }
    if (is)
        return true;
    return err_set(e, ERR_INPUT, x->from.where,
                   _("the offer of %.*s is signed by %.*s, who is not known as that party"),
                   STR_ARG(side_name(&o.provider)), STR_ARG(x->signers.v[0]->name));
}

/* The offer of a bundle, or of the log; in a bundle it was checked before. */
static bool offer_of(struct taking *t, str digest, bool *found, struct decision *d, struct err *e) {
    if (!find(t, digest, DECISION_WHOLE, found, d, e))
        return false;
    for (uint32_t i = 0; i < t->list.n && !*found; i++) {
        const struct exchanged *x = &t->list.v[i];
        if (!str_is(x->kind, "offer") || !str_eq(x->digest, digest))
            continue;
        *d = (struct decision){.id = offer_id(t->a, digest), .log = {.digest = digest}};
        *found = offer_read(t->a, x->statement.predicate, &d->said);
    }
    return true;
}

static bool unknown_offer(struct taking *t, const struct exchanged *x, str digest, struct err *e) {
    err_set(e, ERR_INPUT, x->from.where, _("this is about an offer that this log does not know: %.*s"),
            STR_ARG(offer_id(t->a, digest)));
    return err_hint(e, "%s", _("an answer belongs into the home that made the offer; see: akashi decide list"));
}

static bool check_answer(struct taking *t, const struct exchanged *x, struct err *e) {
    str digest = j_gets(x->statement.predicate, "offer");
    bool found, may = false, reported = j_true(j_get(x->statement.predicate, "reported"));
    struct decision d;
    if (!offer_of(t, digest, &found, &d, e))
        return false;
    if (!found)
        return unknown_offer(t, x, digest, e);
    for (uint32_t i = 0; i < x->signers.n && !may; i++) {
        bool provider, customer;
        if (!decision_sides(t->p, t->a, &d, x->signers.v[i], &provider, &customer, e))
            return false;
        may = reported ? provider : customer;
    }
    if (may)
        return true;
    err_set(e, ERR_INPUT, x->from.where, _("%.*s was offered to %.*s; the key of %.*s may not answer for it"),
            STR_ARG(d.id), STR_ARG(side_name(&d.said.customer)), STR_ARG(x->signers.v[0]->name));
    return err_hint(e, "%s", _("once you are sure whose key it is: akashi key trust FILE --name PARTY"));
}

static bool check_reopening(struct taking *t, const struct exchanged *x, struct err *e) {
    str digest = j_gets(x->statement.predicate, "offer");
    bool found, may = false;
    struct decision d;
    if (!offer_of(t, digest, &found, &d, e))
        return false;
    if (!found)
        return unknown_offer(t, x, digest, e);
    for (uint32_t i = 0; i < x->signers.n && !may; i++) {
        bool provider, customer;
        if (!decision_sides(t->p, t->a, &d, x->signers.v[i], &provider, &customer, e))
            return false;
        may = provider || customer;
    }
    return may || err_set(e, ERR_INPUT, x->from.where, _("%.*s is no side of %.*s"), STR_ARG(x->signers.v[0]->name),
                          STR_ARG(d.id));
}

static const struct exchange_step {
    const char *kind;
    bool (*check)(struct taking *t, const struct exchanged *x, struct err *e);
    size_t counter; /* in struct decision_taken */
} steps[] = {{"offer", check_offer, offsetof(struct decision_taken, new_offers)},
             {"answer", check_answer, offsetof(struct decision_taken, new_answers)},
             {"offer-reopened", check_reopening, offsetof(struct decision_taken, new_reopenings)}};
enum { STEPS = sizeof steps / sizeof *steps };

static bool take_kind(struct taking *t, const struct exchange_step *s, struct err *e) {
    uint32_t *counter = (uint32_t *)(void *)((char *)t->out + s->counter);
    for (uint32_t i = 0; i < t->list.n; i++) {
        const struct exchanged *x = &t->list.v[i];
        bool was_there;
        if (!str_is(x->kind, s->kind))
            continue;
        if (!exchange_take(t->p, t->a, x, &was_there, e))
            return false;
        *counter += !was_there;
        note_offer(t, str_is(x->kind, "offer") ? x->digest : j_gets(x->statement.predicate, "offer"));
    }
    return true;
}

static bool is_answered_by_us(const struct decision *d, str content) {
    for (uint32_t i = 0; i < d->answers.n; i++)
        if (str_eq(d->answers.v[i].content, content))
            return d->answers.v[i].both;
    return false;
}

static bool countersign(struct taking *t, struct err *e) {
    for (uint32_t i = 0; i < t->list.n; i++) {
        const struct exchanged *x = &t->list.v[i];
        struct decision d;
        bool found;
        if (!str_is(x->kind, "answer") || j_true(j_get(x->statement.predicate, "reported")))
            continue;
        if (!find(t, j_gets(x->statement.predicate, "offer"), DECISION_WHOLE, &found, &d, e))
            return false;
        if (!found || !d.ours || is_answered_by_us(&d, answer_content(t->a, x->statement.predicate)))
            continue;
        if (!exchange_countersign(t->p, t->a, x, e))
            return false;
        t->out->countersigned++;
    }
    return true;
}

static const char *const kinds[] = {"offer", "answer", "offer-reopened", NULL};

static bool take_list(struct taking *t, struct err *e) {
    for (int s = 0; s < STEPS; s++)
        for (uint32_t i = 0; i < t->list.n; i++)
            if (str_is(t->list.v[i].kind, steps[s].kind) && !steps[s].check(t, &t->list.v[i], e))
                return false;
    for (int s = 0; s < STEPS; s++)
        if (!take_kind(t, &steps[s], e))
            return false;
    return countersign(t, e);
}

bool decision_take(struct portfolio *p, struct arena *a, str path, struct decision_taken *out, struct err *e) {
    struct taking t = {.p = p, .a = a, .out = out};
    *out = (struct decision_taken){0};
    return exchange_read(p->home, a, path, kinds, &t.list, e) && take_list(&t, e);
}

bool decision_take_text(struct portfolio *p, struct arena *a, str text, str where, struct decision_taken *out,
                        struct err *e) {
    struct taking t = {.p = p, .a = a, .out = out};
    *out = (struct decision_taken){0};
    return exchange_parse(p->home, a, text, where, kinds, &t.list, e) && take_list(&t, e);
}

bool decision_take_bundle(struct portfolio *p, struct arena *a, const struct bundle *b, str where,
                          struct decision_taken *out, struct err *e) {
    struct taking t = {.p = p, .a = a, .out = out};
    *out = (struct decision_taken){0};
    return exchange_of(p->home, a, b, where, kinds, &t.list, e) && take_list(&t, e);
}
