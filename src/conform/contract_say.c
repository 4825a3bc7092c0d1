/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/contract_say.h"

#include "archive/archive.h"
#include "base/digest.h"
#include "conform/decision_say.h"
#include "impact/duration.h"

struct changing {
    struct portfolio *p;
    struct arena *a;
    const struct contract_change *x;
    struct contract *k;
};

static str field(const struct changing *c, const char *name) { return field_name(c->a, c->x->dashes, name); }

static bool take_side(struct changing *c, struct contract_side s, struct err *e) {
    struct party party;
    int64_t number;
    bool found;
    if (!contract_word(CONTRACT_SIDES, s.side) || !s.party.n) {
        err_set(e, ERR_USAGE, field(c, "side"), _("'%.*s' is no side"), STR_ARG(s.side));
        return err_hint(e, _("one of: %s"), CONTRACT_SIDES);
    }
    if (!thing_find(c->p, THING_PARTY, s.party, &found, &number, e) ||
        (found && !party_get(c->p, c->a, number, NULL, &party, &found, e)))
        return false;
    if (!found) {
        err_set(e, ERR_USAGE, s.party, _("there is no such party"));
        return err_hint(e, "%s", _("see: akashi party list"));
    }
    s.name = party.name;
    for (uint32_t i = 0; i < c->k->sides.n; i++)
        if (str_eq(c->k->sides.v[i].side, s.side) && str_eq(c->k->sides.v[i].party, s.party)) {
            c->k->sides.v[i] = s;
            return true;
        }
    *vec_push(c->a, &c->k->sides) = s;
    return true;
}

static bool take_sides(struct changing *c, struct err *e) {
    for (uint32_t i = 0; i < c->x->sides.n; i++)
        if (!take_side(c, c->x->sides.v[i], e))
            return false;
    return c->k->sides.n ||
           err_set(e, ERR_USAGE, field(c, "side"), "%s", _("say with whom: a customer or a subcontractor"));
}

static bool take_words(struct changing *c, struct err *e) {
    const struct contract_change *x = c->x;
    struct contract *k = c->k;
    if (x->kind.n)
        k->kind = x->kind;
    if (!k->kind.n)
        k->kind = S("contract");
    if (!contract_word(CONTRACT_KINDS, k->kind)) {
        err_set(e, ERR_USAGE, field(c, "kind"), _("'%.*s' is no kind of contract"), STR_ARG(k->kind));
        return err_hint(e, _("one of: %s"), CONTRACT_KINDS);
    }
    if (x->title.n)
        k->title = x->title;
    if (x->catalogue.n)
        k->catalogue = x->catalogue;
    return true;
}

static bool take_days(struct changing *c, struct err *e) {
    int64_t from, until;
    if (!day_read(c->x->from, DAY_BEGINS, field(c, "from"), &from, e) ||
        !day_read(c->x->until, DAY_ENDS, field(c, "until"), &until, e))
        return false;
    c->k->from = from ? from : c->k->from;
    c->k->until = until ? until : c->k->until;
    return !c->k->from || !c->k->until || c->k->until >= c->k->from ||
           err_set(e, ERR_USAGE, field(c, "until"), "%s", _("it ends before it begins"));
}

bool contract_duty_check(const struct catalogue *c, const struct contract_duty *d, str where, struct err *e) {
    if (!practice_of(c, d->practice)) {
        err_set(e, ERR_INPUT, where, _("the catalogue %.*s has no practice %.*s"), STR_ARG(c->id),
                STR_ARG(d->practice));
        return err_hint(e, _("see: akashi contract matrix --catalogue %.*s"), STR_ARG(c->id));
    }
    if (contract_word(CONTRACT_HOLDERS, d->holder))
        return true;
    err_set(e, ERR_INPUT, where, _("'%.*s' holds no practice"), STR_ARG(d->holder));
    return err_hint(e, _("one of: %s"), CONTRACT_HOLDERS);
}

static bool take_duties(struct changing *c, struct err *e) {
    const struct catalogue *catalogue;
    if (!c->x->duties.n)
        return true;
    if (!c->k->catalogue.n)
        return err_set(e, ERR_USAGE, field(c, "catalogue"), "%s", _("say of which catalogue these practices are"));
    if (!catalogue_find(c->p->ctx, c->p, c->a, c->k->catalogue, &catalogue, e))
        return false;
    for (uint32_t i = 0; i < c->x->duties.n; i++) {
        if (!contract_duty_check(catalogue, &c->x->duties.v[i], field(c, "holds"), e))
            return false;
        contract_give(c->a, c->k, &c->x->duties.v[i]);
    }
    return true;
}

static bool take_clocks(struct changing *c, struct err *e) {
    for (uint32_t i = 0; i < c->x->clocks.n; i++) {
        struct contract_clock clock = {.what = c->x->clocks.v[i].what};
        uint32_t at = 0;
        if (!clock.what.n || !duration_parse(c->x->clocks.v[i].within, &clock.within) || clock.within < 0) {
            err_set(e, ERR_USAGE, field(c, "clock"), "%s", _("a promise says what happens within which time"));
            return err_hint(e, "%s", _("a time is like 7d, 48h or P7D"));
        }
        while (at < c->k->clocks.n && !str_eq(c->k->clocks.v[at].what, clock.what))
            at++;
        if (at < c->k->clocks.n)
            c->k->clocks.v[at] = clock;
        else
            *vec_push(c->a, &c->k->clocks) = clock;
    }
    return true;
}

static bool take_items(struct changing *c, struct err *e) {
    for (uint32_t i = 0; i < c->x->items.n; i++) {
        const struct contract_item *item = &c->x->items.v[i];
        bool there = false;
        if (!contract_word(CONTRACT_ITEMS, item->item) || !item->text.n) {
            err_set(e, ERR_USAGE, field(c, "items"), _("'%.*s' is nothing that a contract agrees on"),
                    STR_ARG(item->item));
            return err_hint(e, _("one of: %s"), CONTRACT_ITEMS);
        }
        for (uint32_t n = 0; n < c->k->items.n; n++)
            there |= str_eq(c->k->items.v[n].item, item->item) && str_eq(c->k->items.v[n].text, item->text);
        if (!there)
            *vec_push(c->a, &c->k->items) = *item;
    }
    return true;
}

bool contract_change_take(struct portfolio *p, struct arena *a, const struct contract_change *x, struct contract *k,
                          struct err *e) {
    struct changing c = {p, a, x, k};
    return take_words(&c, e) && take_sides(&c, e) && take_days(&c, e) && take_items(&c, e) && take_duties(&c, e) &&
           take_clocks(&c, e);
}

static bool keep_document(struct portfolio *p, struct arena *a, struct contract *k, str document, struct err *e) {
    struct body_name name;
    if (!document.p)
        return true;
    if (!archive_put(p->home->archive, document, &name, e) || !archive_sync(p->home->archive, e))
        return false;
    k->document = hex_text(a, name.b, 32);
    return true;
}

bool contract_seal(struct portfolio *p, struct arena *a, struct contract *k, str document, bool *same, struct err *e) {
    const struct catalogue *c;
    struct practice_ids unheld = {0};
    k->unheld = -1;
    if (k->catalogue.n) {
        if (!catalogue_find(p->ctx, p, a, k->catalogue, &c, e))
            return false;
        contract_unheld(a, c, k, &unheld);
        k->unheld = unheld.n;
    }
    return keep_document(p, a, k, document, e) && contract_say(p, a, k, same, e);
}
