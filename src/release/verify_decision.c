/* SPDX-License-Identifier: Apache-2.0
 *
 * Offers and answers in a bundle: whether they belong together, and whether both sides signed.
 */
#include "release/checklist.h"

static const struct verified *find_offer(const struct looking *l, str digest) {
    for (uint32_t i = 0; i < l->out->statements.n; i++) {
        const struct verified *v = &l->out->statements.v[i];
        if (v->trusted && str_is(v->kind, "offer") && str_eq(v->sha256, digest))
            return v;
    }
    return NULL;
}

static bool is_answer_to(const struct verified *v, str digest) {
    return v->trusted && str_is(v->kind, "answer") && str_eq(j_gets(v->statement.predicate, "offer"), digest);
}

/* One answer stands in a bundle several times: as one side signed it, as both did, and once for each log. */
static const struct verified *signed_most(const struct looking *l, const struct verified *answer) {
    const struct verified *best = answer;
    for (uint32_t i = 0; i < l->out->statements.n; i++) {
        const struct verified *v = &l->out->statements.v[i];
        if (v->trusted && str_is(v->kind, "answer") &&
            json_equal(v->statement.predicate, answer->statement.predicate) && v->sides.n > best->sides.n)
            best = v;
    }
    return best;
}

static bool was_said(const struct looking *l, uint32_t at) {
    for (uint32_t i = 0; i < at; i++)
        if (l->out->statements.v[i].trusted && str_is(l->out->statements.v[i].kind, "answer") &&
            json_equal(l->out->statements.v[i].statement.predicate, l->out->statements.v[at].statement.predicate))
            return true;
    return false;
}

static void look_at_answer(struct looking *l, const struct verified *v) {
    struct jv p = v->statement.predicate, by = j_get(p, "by");
    str digest = j_gets(p, "offer"), about = arena_printf(l->arena, "O-%.*s", STR_ARG(str_upto(digest, 12)));
    const struct verified *offer = find_offer(l, digest), *both = signed_most(l, v);
    str who = arena_printf(l->arena, "%.*s, %.*s", STR_ARG(j_gets(by, "person")), STR_ARG(j_gets(by, "role")));
    if (!offer) {
        say_fails(l, "decision", about, _("the offer that this answers is not here, or not trusted"));
        return;
    }
    say_holds(l, "decision", about, _("\"%.*s\": %.*s by %.*s"), STR_ARG(j_gets(offer->statement.predicate, "title")),
              STR_ARG(j_gets(p, "answer")), STR_ARG(who));
    if (both->sides.n > 1)
        say_holds(l, "both-sides", about, _("the answer is signed by %.*s and %.*s"), STR_ARG(both->sides.v[0]),
                  STR_ARG(both->sides.v[1]));
    else
        say_unchecked(l, "both-sides", about, _("only %.*s signed the answer"), STR_ARG(both->sides.v[0]));
}

void look_at_decisions(struct looking *l) {
    for (uint32_t i = 0; i < l->out->statements.n; i++) {
        const struct verified *v = &l->out->statements.v[i];
        if (v->trusted && str_is(v->kind, "answer") && !was_said(l, i))
            look_at_answer(l, v);
    }
    for (uint32_t i = 0; i < l->out->statements.n; i++) {
        const struct verified *v = &l->out->statements.v[i];
        bool answered = false;
        for (uint32_t k = 0; v->trusted && str_is(v->kind, "offer") && k < l->out->statements.n; k++)
            answered |= is_answer_to(&l->out->statements.v[k], v->sha256);
        if (v->trusted && str_is(v->kind, "offer") && !answered && find_offer(l, v->sha256) == v)
            say_unchecked(l, "decision", arena_printf(l->arena, "O-%.*s", STR_ARG(str_upto(v->sha256, 12))),
                          _("no answer to this offer is here"));
    }
}
