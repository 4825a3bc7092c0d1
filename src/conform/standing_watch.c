/* SPDX-License-Identifier: Apache-2.0
 *
 * Own declarations against what is true now: the declarer learns first.
 */
#include "base/digest.h"
#include "conform/standing.h"

struct watching {
    struct portfolio *p;
    struct arena *a;
    struct as_of now;
    struct risks *out;
};

static bool scope_of(struct watching *w, const struct declaration *d, struct conform_scope *out, struct err *e) {
    bool found;
    *out = (struct conform_scope){.party = -1};
    if (!thing_find(w->p, THING_PARTY, d->party, &found, &out->party, e))
        return false;
    for (uint32_t i = 0; i < d->products.n; i++) {
        int64_t number;
        if (!thing_find(w->p, THING_PRODUCT, d->products.v[i], &found, &number, e))
            return false;
        if (found)
            *vec_push(w->a, &out->products) = number;
    }
    return conform_scope_complete(w->p, w->a, &w->now, out, e);
}

static bool compare(struct watching *w, const struct declaration *d, const struct catalogue *c,
                    struct shortfalls *fallen, int64_t *until, struct err *e) {
    struct conform_scope scope;
    struct evaluation levels;
    struct evaluation_ask ask = {.catalogue = c, .package = d->package, .when = w->now, .now = w->now.time, .most = 1};
    if (!scope_of(w, d, &scope, e))
        return false;
    ask.scope = &scope;
    if (!conform_evaluate(w->p, w->a, &ask, &levels, e))
        return false;
    for (uint32_t i = 0; i < levels.practices.n; i++) {
        const struct practice_state *s = &levels.practices.v[i];
        const struct declared_practice *was = declared_practice_of(d, s->practice->id);
        if (was && s->basis != BASIS_NOT_APPLICABLE && s->level < was->level)
            *vec_push(w->a, fallen) = (struct shortfall){s->practice, s->level, was->level};
        else if (was && s->until && (!*until || s->until < *until) && was->level == s->level)
            *until = s->until;
    }
    return true;
}

/* What was stated last about risk; nothing is stated twice. */
static bool says_the_same(const struct declaration_row *d, const struct shortfalls *fallen) {
    const struct declaration_event *last = NULL;
    for (uint32_t i = 0; i < d->events.n; i++)
        if (d->events.v[i].event == DECLARED_STANDS && d->events.v[i].counts)
            last = &d->events.v[i];
    if (!last || !str_is(j_gets(last->said, "state"), "at-risk"))
        return fallen->n == 0;
    struct jv list = j_get(last->said, "practices");
    if (j_len(list) != fallen->n || !fallen->n)
        return false;
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (!str_eq(j_gets(it.val, "id"), fallen->v[it.index].practice->id) ||
            j_int(j_get(it.val, "now"), -1) != fallen->v[it.index].level)
            return false;
    return true;
}

static bool state(struct watching *w, const struct declaration_row *d, const struct shortfalls *fallen, int64_t until,
                  struct err *e) {
    struct portfolio_add add = {0};
    struct standing_change x = {.declaration = hex_text(w->a, d->envelope, 32),
                                .state = fallen->n ? STANDING_AT_RISK : STANDING_GOOD,
                                .fallen = *fallen,
                                .reason = fallen->n ? S("its evidence no longer carries what was declared")
                                                    : S("its evidence carries it again"),
                                .until = until};
    if (!standing_payload(w->p->ctx, w->a, &x, &add.payload, e) || !portfolio_append(w->p, w->a, &add, 1, e))
        return false;
    *vec_push(w->a, w->out) = (struct risk){d->said.id, x.declaration, *fallen, fallen->n == 0, add.index};
    return true;
}

static bool look_at(struct watching *w, const struct declaration_row *d, struct err *e) {
    const struct catalogue *c;
    struct shortfalls fallen = {0};
    int64_t until = 0;
    if (d->standing >= STANDING_SUSPENDED || d->standing == STANDING_EXPIRED)
        return true;
    if (!catalogue_find(w->p->ctx, w->p, w->a, d->said.catalogue, &c, e))
        return false;
    if (!str_eq(c->digest, d->said.catalogue_sha256))
        ctx_warn(w->p->ctx, d->said.id, "%s",
                 _("it names another edition of the catalogue than the one here, by which levels are computed now: "
                   "declare again"));
    if (!compare(w, &d->said, c, &fallen, &until, e))
        return false;
    return says_the_same(d, &fallen) || state(w, d, &fallen, until, e);
}

bool declarations_watch(struct portfolio *p, struct arena *a, struct risks *out, struct err *e) {
    struct watching w = {p, a, {.size = p->size, .time = p->ctx->now}, out};
    struct declaration_rows all;
    *out = (struct risks){0};
    if (!declarations_list(p, a, &w.now, true, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++)
        if (!look_at(&w, &all.v[i], e))
            return false;
    return true;
}
