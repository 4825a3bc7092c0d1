/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/standing_say.h"

#include "archive/archive.h"
#include "base/digest.h"
#include "seal/home_bundle.h"

static bool lacks(struct arena *a, const char *dashes, const char *field, const char *what, struct err *e) {
    return err_set(e, ERR_USAGE, arena_cat(a, str_of(dashes), str_of(field)), "%s", what);
}

static bool log_it(struct portfolio *p, struct arena *a, str payload, struct said *out, struct err *e) {
    struct portfolio_add add = {.payload = payload};
    struct bundle b;
    if (!portfolio_append(p, a, &add, 1, e))
        return false;
    out->index = add.index;
    if (!home_bundle(p->home, a, &add.index, 1, &b, e))
        return false;
    out->bundle = bundle_text(a, &b);
    return true;
}

static bool take_person(struct arena *a, const struct person *x, const char *dashes, struct err *e) {
    if (x->name.n && x->role.n)
        return true;
    lacks(a, dashes, x->name.n ? "title" : "person", _("who says so, in which role?"), e);
    return *dashes ? err_hint(e, "%s", _("--person 'NAME' --title 'ROLE'")) : false;
}

/* ── anybody's word ── */

bool challenge_say(struct portfolio *p, struct arena *a, const struct saying_about *about, struct challenge *x,
                   struct said *out, struct err *e) {
    str payload;
    if (!x->text.n)
        return lacks(a, about->dashes, "text", _("say what is wrong"), e);
    for (uint32_t i = 0; i < x->practices.n; i++)
        if (!declared_practice_of(about->said, x->practices.v[i]))
            return err_set(e, ERR_USAGE, x->practices.v[i], "%s", _("the declaration says nothing of this practice"));
    x->declaration = about->sha256;
    x->name = p->home->party;
    return attached_keep(p, &x->evidence, e) && challenge_payload(p->ctx, a, x, &payload, e) &&
           log_it(p, a, payload, out, e);
}

bool endorsement_say(struct portfolio *p, struct arena *a, const struct saying_about *about, struct endorsement *x,
                     struct said *out, struct err *e) {
    static const char *const results[] = {"confirmed", "confirmed-in-part", "not-confirmed", NULL};
    str payload;
    int which = 0;
    x->result = x->result.n ? x->result : S("confirmed");
    while (results[which] && !str_is(x->result, results[which]))
        which++;
    if (!results[which])
        return lacks(a, about->dashes, "result", _("one of: confirmed, confirmed-in-part, not-confirmed"), e);
    if (!x->checked.n)
        return lacks(a, about->dashes, "checked", _("say what was checked"), e);
    for (uint32_t i = 0; i < x->checked.n; i++) {
        const struct endorsed *c = &x->checked.v[i];
        if (c->practice.n && !declared_practice_of(about->said, c->practice))
            return err_set(e, ERR_USAGE, c->practice, "%s", _("the declaration says nothing of this practice"));
        if (c->level >= LEVELS)
            return lacks(a, about->dashes, "checked", _("levels go from 0 to 4"), e);
    }
    x->declaration = about->sha256;
    x->name = p->home->party;
    return take_person(a, &x->person, about->dashes, e) && attached_keep(p, &x->documents, e) &&
           endorsement_payload(p->ctx, a, x, &payload, e) && log_it(p, a, payload, out, e);
}

/* ── the declarer's ── */

static const struct declaration_event *challenge_of(const struct declaration_row *d, str id) {
    for (uint32_t i = 0; i < d->events.n; i++)
        if (d->events.v[i].event == DECLARED_CHALLENGED && str_eq(j_gets(d->events.v[i].said, "id"), id))
            return &d->events.v[i];
    return NULL;
}

bool challenge_find(struct portfolio *p, struct arena *a, const struct as_of *when, str id,
                    const struct declaration_row **d, const struct declaration_event **challenge, struct err *e) {
    struct declaration_rows all;
    *d = NULL;
    *challenge = NULL;
    if (!declarations_list(p, a, when, true, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n && !*challenge; i++) {
        *challenge = challenge_of(&all.v[i], id);
        *d = *challenge ? &all.v[i] : NULL;
    }
    return true;
}

static bool take_replacement(struct portfolio *p, struct arena *a, str name, const char *dashes,
                             struct challenge_answer *x, struct err *e) {
    const struct declaration_row *by;
    const struct as_of now = {0};
    if (!name.n)
        return !x->upheld || x->outcome != STANDING_CORRECTED ||
               lacks(a, dashes, "replacement", _("which declaration is the corrected one?"), e);
    if (!declaration_find(p, a, &now, name, &by, e))
        return false;
    if (!by || !by->ours)
        return err_set(e, ERR_USAGE, name, "%s", _("no such declaration is known here"));
    x->replacement = hex_text(a, by->envelope, 32);
    return true;
}

bool challenge_answer_say(struct portfolio *p, struct arena *a, const struct declaration_row *d,
                          const struct declaration_event *challenge, str replacement, const char *dashes,
                          struct challenge_answer *x, struct said *out, struct err *e) {
    str payload;
    if (!x->reason.n)
        return lacks(a, dashes, "reason", _("an answer needs its reason"), e);
    x->challenge = hex_text(a, challenge->envelope, 32);
    x->declaration = hex_text(a, d->envelope, 32);
    return take_person(a, &x->person, dashes, e) && take_replacement(p, a, replacement, dashes, x, e) &&
           challenge_answer_payload(p->ctx, a, x, &payload, e) && log_it(p, a, payload, out, e);
}

static bool is_ours(const struct declaration_row *d, struct err *e) {
    return d->ours || err_set(e, ERR_USAGE, d->said.id, "%s", _("another party declared this"));
}

bool standing_say(struct portfolio *p, struct arena *a, const struct declaration_row *d, const char *dashes,
                  struct standing_change *x, struct said *out, struct err *e) {
    str payload;
    if (x->state != STANDING_GOOD && x->state != STANDING_SUSPENDED && x->state != STANDING_WITHDRAWN)
        return err_set(e, ERR_USAGE, str_of(standing_name(x->state)), "%s",
                       _("a declarer sets a declaration to suspended, withdrawn or good"));
    if (!x->reason.n)
        return lacks(a, dashes, "reason", _("readers want to know why"), e);
    if (!is_ours(d, e))
        return false;
    if (d->standing >= STANDING_CORRECTED)
        return err_set(e, ERR_USAGE, d->said.id, "%s", _("it has ended already: what ended stays ended"));
    x->declaration = hex_text(a, d->envelope, 32);
    return standing_payload(p->ctx, a, x, &payload, e) && log_it(p, a, payload, out, e);
}

bool handover_say(struct portfolio *p, struct arena *a, const struct declaration_row *d, bool withhold,
                  const char *dashes, const struct scope_names *to, struct said *out, struct err *e) {
    struct portfolio_add add = {0};
    if (!to->n)
        return lacks(a, dashes, "to-party", _("to whom?"), e);
    for (uint32_t i = 0; i < to->n; i++) {
        int64_t number;
        bool found;
        if (!thing_find(p, THING_PARTY, to->v[i], &found, &number, e))
            return false;
        if (!found)
            return err_set(e, ERR_USAGE, to->v[i], "%s", _("the portfolio knows no such party"));
    }
    if (!is_ours(d, e) || !handover_payload(p->ctx, a, hex_text(a, d->envelope, 32), to, &add.payload, e) ||
        !declaration_bundle(p, a, d->entry, &d->said, !withhold, &out->bundle, e) ||
        !portfolio_append(p, a, &add, 1, e))
        return false;
    out->index = add.index;
    return true;
}

/* ── documents ── */

bool attached_put(struct portfolio *p, struct arena *a, str name, str bytes, struct attacheds *out, struct err *e) {
    struct body_name body;
    if (!archive_put(p->home->archive, bytes, &body, e))
        return false;
    *vec_push(a, out) = (struct attached){name, hex_text(a, body.b, sizeof body.b)};
    return true;
}

bool attached_keep(struct portfolio *p, const struct attacheds *all, struct err *e) {
    return !all->n || archive_sync(p->home->archive, e);
}
