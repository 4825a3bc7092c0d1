/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/decision_say.h"

#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"
#include "conform/decision_words.h"
#include "impact/things.h"
#include "vuln/vuln.h"

bool day_read(str text, enum day_edge edge, str where, int64_t *out, struct err *e) {
    enum { DAY = 86400, DAY_TEXT = 10 };
    *out = 0;
    if (!text.n)
        return true;
    if (!time_parse(text, out)) {
        err_set(e, ERR_USAGE, where, _("'%.*s' is no day"), STR_ARG(text));
        return err_hint(e, "%s", _("write it like 2026-04-01"));
    }
    if (edge == DAY_ENDS && text.n == DAY_TEXT)
        *out += DAY - 1;
    return true;
}

str field_name(struct arena *a, const char *dashes, const char *name) {
    struct buf b = {0};
    bool up = false;
    buf_addz(&b, dashes);
    for (const char *p = name; *p; p++) {
        if (!*dashes && *p == '-')
            up = true;
        else
            buf_addc(&b, up && *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
        up = up && *p == '-';
    }
    str out = arena_str(a, buf_str(&b));
    buf_free(&b);
    return out;
}

static bool is_word(const char *words, str word) {
    str rest = str_of(words), one;
    while (str_next(&rest, '|', &one))
        if (str_eq(one, word))
            return true;
    return false;
}

/* ── an offer ── */

struct offering {
    struct portfolio *p;
    struct arena *a;
    const struct offer_request *r;
    struct advdb *db; /* NULL: none */
    struct offer o;
};

static bool lacks(const struct offering *k, const char *field, const char *what, struct err *e) {
    return err_set(e, ERR_USAGE, field_name(k->a, k->r->dashes, field), "%s", what);
}

static bool know_customer(struct offering *k, struct err *e) {
    struct party party;
    int64_t number;
    bool found = false;
    str id = k->r->customer;
    if (!id.n)
        return lacks(k, "customer", _("say to whom it is offered"), e);
    if (!thing_find(k->p, THING_PARTY, id, &found, &number, e) ||
        (found && !party_get(k->p, k->a, number, NULL, &party, &found, e)))
        return false;
    if (!found) {
        err_set(e, ERR_USAGE, id, _("there is no such party"));
        return err_hint(e, "%s", _("see: akashi party list"));
    }
    k->o.customer = (struct decision_side){party.id, party.name};
    return true;
}

/* What is known of it now, so that it can be told later what became of it. */
static bool add_flaw(struct offering *k, str id, struct err *e) {
    struct advisory now = {.epss = -1};
    for (uint32_t i = 0; i < k->o.flaws.n; i++)
        if (str_eq(k->o.flaws.v[i].id, id))
            return true;
    struct matcher *m = k->db ? matcher_new(k->p->ctx, k->db) : NULL;
    bool ok = !m || matcher_advisory(m, id, k->a, &now, e);
    if (m)
        matcher_free(m);
    if (ok)
        *vec_push(k->a, &k->o.flaws) = (struct offer_flaw){
            .id = id, .kev = now.kev, .epss = now.epss < 0 ? -1 : (int32_t)(now.epss * 10000 + 0.5)};
    return ok;
}

static bool know_case(struct offering *k, struct err *e) {
    struct case_findings findings;
    struct case_row c;
    bool found;
    str id = k->r->case_id;
    if (!id.n)
        return true;
    if (!case_find(k->p, k->a, id, &found, &c, e))
        return false;
    if (!found) {
        err_set(e, ERR_USAGE, id, _("there is no such case"));
        return err_hint(e, "%s", _("see: akashi case list --all"));
    }
    k->o.case_id = c.id;
    if (!k->o.product.n && !thing_id(k->p, k->a, THING_PRODUCT, c.product, &k->o.product, e))
        return false;
    if (!case_findings(k->p, k->a, c.number, &findings, e))
        return false;
    for (uint32_t i = 0; i < findings.n; i++)
        if (!add_flaw(k, findings.v[i].flaw, e))
            return false;
    return true;
}

static bool know_deployment(struct offering *k, struct err *e) {
    struct deployment d;
    int64_t number;
    bool found;
    str id = k->r->deployment;
    if (!id.n)
        return true;
    if (!thing_find(k->p, THING_DEPLOYMENT, id, &found, &number, e) ||
        (found && !deployment_get(k->p, k->a, number, NULL, &d, &found, e)))
        return false;
    if (!found)
        return err_set(e, ERR_USAGE, id, _("there is no such deployment"));
    k->o.deployment = d.id;
    return k->o.product.n || d.product < 0 || thing_id(k->p, k->a, THING_PRODUCT, d.product, &k->o.product, e);
}

static bool know_about(struct offering *k, struct err *e) {
    int64_t number;
    bool found;
    k->o.product = k->r->product;
    k->o.release = k->r->release;
    k->o.practices = k->r->practices;
    for (uint32_t i = 0; i < k->r->flaws.n; i++)
        if (!add_flaw(k, k->r->flaws.v[i], e))
            return false;
    if (!know_case(k, e) || !know_deployment(k, e))
        return false;
    if (!k->o.product.n)
        return lacks(k, "product", _("say what it is about: a product, a deployment or a case"), e);
    return thing_find(k->p, THING_PRODUCT, k->o.product, &found, &number, e) &&
           (found || err_set(e, ERR_USAGE, k->o.product, "%s", _("there is no such product")));
}

static bool know_words(struct offering *k, struct err *e) {
    const struct offer_request *r = k->r;
    struct offer *o = &k->o;
    o->title = r->title;
    o->measure = r->measure;
    o->risk = r->risk;
    o->cost_provider = r->cost_provider;
    o->cost_customer = r->cost_customer;
    o->if_not = r->if_not;
    o->provider.name = k->p->home->party;
    if (!o->title.n)
        return lacks(k, "title", _("say in a few words what is offered"), e);
    if (!o->measure.n)
        return lacks(k, "measure", _("say which kind of measure it is"), e);
    if (!is_word(OFFER_MEASURES, o->measure)) {
        lacks(k, "measure", _("there is no such kind of measure"), e);
        return err_hint(e, _("one of: %s"), OFFER_MEASURES);
    }
    if (!o->risk.n)
        return lacks(k, "risk", _("say in plain words what may happen"), e);
    if (!day_read(r->deadline, DAY_ENDS, field_name(k->a, r->dashes, "deadline"), &o->deadline, e) ||
        !day_read(r->date, DAY_BEGINS, field_name(k->a, r->dashes, "date"), &o->stated, e))
        return false;
    o->stated = o->stated ? o->stated : k->p->ctx->now;
    return true;
}

bool offer_request_say(struct portfolio *p, struct arena *a, const struct offer_request *r, str advisories, str *digest,
                       struct err *e) {
    struct offering k = {.p = p, .a = a, .r = r};
    bool ok = know_words(&k, e) && (!path_exists(advisories) || advdb_open(p->ctx, advisories, &k.db, e)) &&
              know_customer(&k, e) && know_about(&k, e) && decision_offer(p, a, &k.o, digest, e);
    advdb_close(k.db);
    return ok;
}

/* ── an answer ── */

static bool read_kind(struct arena *a, const struct answer_request *r, struct offer_answer *o, struct err *e) {
    int kind = ANSWER_ACCEPT;
    while (kind <= ANSWER_ALTERNATIVE && !str_is(r->kind, answer_kind_name((enum answer_kind)kind)))
        kind++;
    if (kind > ANSWER_ALTERNATIVE) {
        err_set(e, ERR_USAGE, field_name(a, r->dashes, "answer"), "%s", _("there is no such kind of answer"));
        return err_hint(e, _("one of: %s"), ANSWER_KINDS);
    }
    o->kind = (enum answer_kind)kind;
    if (o->kind == ANSWER_ALTERNATIVE)
        o->alternative = r->alternative;
    if (o->kind == ANSWER_ALTERNATIVE && !o->alternative.n)
        return err_set(e, ERR_USAGE, field_name(a, r->dashes, "alternative"), "%s", _("say what is done instead"));
    if (o->kind != ANSWER_DEFER)
        return true;
    if (!r->until.n)
        return err_set(e, ERR_USAGE, field_name(a, r->dashes, "until"), "%s", _("say until when it is deferred"));
    return day_read(r->until, DAY_ENDS, field_name(a, r->dashes, "until"), &o->until, e);
}

bool answer_request_read(struct ctx *c, struct arena *a, const struct answer_request *r, struct offer_answer *o,
                         struct err *e) {
    *o = (struct offer_answer){.reason = r->reason,
                               .person = r->person,
                               .role = r->role,
                               .risk_owner = r->risk_owner,
                               .reported = r->reported};
    if (!read_kind(a, r, o, e))
        return false;
    if (!o->reason.n)
        return err_set(e, ERR_USAGE, field_name(a, r->dashes, "reason"), "%s", _("an answer needs a reason"));
    if (!o->person.n || !o->role.n)
        return err_set(e, ERR_USAGE, field_name(a, r->dashes, o->person.n ? "role" : "person"), "%s",
                       _("say who decided this, and as what"));
    if (!o->risk_owner.n && o->kind != ANSWER_ACCEPT)
        return err_set(e, ERR_USAGE, field_name(a, r->dashes, "risk-owner"), "%s",
                       _("say who bears the risk that remains"));
    if (!day_read(r->review, DAY_BEGINS, field_name(a, r->dashes, "review"), &o->review, e) ||
        !day_read(r->date, DAY_BEGINS, field_name(a, r->dashes, "date"), &o->stated, e))
        return false;
    if (!o->review && (o->kind == ANSWER_DECLINE || o->kind == ANSWER_ALTERNATIVE))
        return err_set(e, ERR_USAGE, field_name(a, r->dashes, "review"), "%s", _("say when it is looked at again"));
    o->stated = o->stated ? o->stated : c->now;
    return true;
}

/* Between the two whom the offer is between; a warning when the home goes by another name than the customer's. */
static bool is_ours_to_answer(struct portfolio *p, const struct decision *d, const struct offer_answer *o,
                              struct err *e) {
    const struct decision_side *c = &d->said.customer;
    str us = p->home->party;
    if (d->ours && !o->reported) {
        err_set(e, ERR_USAGE, d->id, "%s", _("this is our own offer; its customer answers it"));
        return err_hint(e, "%s", _("what the customer said elsewhere is written down as reported"));
    }
    if (!d->ours && o->reported)
        return err_set(e, ERR_USAGE, d->id, "%s", _("only the provider reports an answer; give your own"));
    if (!d->trusted)
        return err_set(e, ERR_INPUT, d->id, "%s", _("it is not signed by a key known as the provider's"));
    if (!d->ours && !str_eq(us, c->id) && !str_eq(us, c->name))
        ctx_warn(p->ctx, d->id, _("it was made to %.*s; this is the home of %.*s"), STR_ARG(decision_side_text(c)),
                 STR_ARG(us));
    return true;
}

static bool keep_document(struct portfolio *p, struct arena *a, struct offer_answer *o, str document, struct err *e) {
    struct body_name name;
    if (!document.p)
        return true;
    if (!archive_put(p->home->archive, document, &name, e) || !archive_sync(p->home->archive, e))
        return false;
    o->document = hex_text(a, name.b, 32);
    return true;
}

bool answer_request_say(struct portfolio *p, struct arena *a, const struct decision *d, struct offer_answer *o,
                        str document, struct err *e) {
    o->offer = d->log.digest;
    o->provider = d->said.provider;
    o->customer = d->said.customer;
    return is_ours_to_answer(p, d, o, e) && keep_document(p, a, o, document, e) && decision_answer(p, a, o, e);
}
