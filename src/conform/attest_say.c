/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/attest_say.h"

#include "archive/archive.h"
#include "impact/cells.h"
#include "impact/things_form.h"

enum { DAY = 86400 };

static bool fails(struct arena *a, const struct attest_request *r, const char *field, const char *what, struct err *e) {
    return err_set(e, ERR_USAGE, arena_cat(a, str_of(r->dashes), str_of(field)), "%s", what);
}

static str day_of(struct arena *a, int64_t t) { return str_upto(time_rfc3339(a, t), 10); }

static uint32_t alike(str x, str y) {
    uint32_t n = 0;
    while (n < x.n && n < y.n && x.p[n] == y.p[n])
        n++;
    return n;
}

bool practice_named(const struct catalogue *c, str id, const struct practice **out, struct err *e) {
    const struct practice *near = NULL;
    *out = practice_of(c, id);
    if (*out)
        return true;
    for (uint32_t i = 0; i < c->practices.n; i++)
        if (!near || alike(c->practices.v[i].id, id) > alike(near->id, id))
            near = &c->practices.v[i];
    err_set(e, ERR_USAGE, id, _("the catalogue %.*s has no such practice"), STR_ARG(c->id));
    return near ? err_hint(e, _("did you mean %.*s? see: akashi conform catalogue show %.*s"), STR_ARG(near->id),
                           STR_ARG(c->id))
                : false;
}

/* ── what is said ── */

static bool take_day(struct arena *a, str text, bool end, int64_t *out, struct err *e) {
    *out = 0;
    if (!text.n)
        return true;
    text = cell_day(a, cell_narrow(a, cell_trim(text)));
    if (!time_parse(text, out)) {
        err_set(e, ERR_USAGE, text, "%s", _("this is no day"));
        return err_hint(e, "%s", _("write it like 2026-04-01"));
    }
    if (end && text.n == 10)
        *out += DAY - 1;
    return true;
}

static bool take_times(struct ctx *c, struct arena *a, const struct attest_request *r, struct attestation *x,
                       struct err *e) {
    if (!take_day(a, r->date, false, &x->date, e) || !take_day(a, r->expires, true, &x->expires, e))
        return false;
    if (x->date > c->now)
        return err_set(e, ERR_USAGE, r->date, "%s", _("this day is still to come"));
    if (x->expires && x->expires <= c->now)
        return err_set(e, ERR_USAGE, r->expires, "%s", _("this has expired already: it would never count"));
    if (x->date && x->date < c->now - DAY)
        ctx_warn(c, r->date, _("the time of the log counts, %.*s; this day is shown as claimed"),
                 STR_ARG(day_of(a, c->now)));
    if (!x->date)
        x->date = c->now;
    return true;
}

static bool take_level(struct arena *a, const struct attest_request *r, struct attestation *x, struct err *e) {
    x->reason = r->reason;
    if (r->reason.p && !str_trim(r->reason).n)
        return fails(a, r, "not-applicable", _("say why it does not apply"), e);
    if ((r->level != 0) == (r->reason.n > 0) || r->level < 0 || r->level >= LEVELS)
        return fails(a, r, "level", _("say --level 1 to 4, or --not-applicable with the reason"), e);
    x->level = (int)r->level;
    return true;
}

/* "5/40" */
static bool take_sample(struct arena *a, const struct attest_request *r, struct attestation *x, struct err *e) {
    str n, of;
    uint64_t k, all;
    if (!r->sample.n || str_is(r->sample, "all"))
        return true;
    if (!str_cut(r->sample, '/', &n, &of) || !str_u64(n, &k) || !str_u64(of, &all) || !k || k > all ||
        all > DRAW_MOST) {
        err_set(e, ERR_USAGE, r->sample, "%s", _("this is no sample"));
        return err_hint(e, "%s", _("write it like 5/40, or all"));
    }
    x->n = (uint32_t)k;
    x->of = (uint32_t)all;
    x->seed = r->seed.n ? r->seed
                        : arena_printf(a, "%.*s %.*s %.*s", STR_ARG(x->catalogue), STR_ARG(x->practice),
                                       STR_ARG(day_of(a, x->date)));
    return true;
}

/* Whose level it is about, as numbers: every name has to be one that is known. */
static bool take_scope(struct portfolio *p, struct arena *a, const struct attest_request *r, struct conform_scope *out,
                       struct err *e) {
    bool found = true;
    *out = (struct conform_scope){.party = -1};
    if (r->party.n && !thing_find(p, THING_PARTY, r->party, &found, &out->party, e))
        return false;
    if (!found)
        return err_set(e, ERR_USAGE, r->party, "%s", _("nobody has told of this party"));
    for (uint32_t i = 0; i < r->products.n; i++) {
        int64_t number;
        if (!thing_find(p, THING_PRODUCT, r->products.v[i], &found, &number, e))
            return false;
        if (!found)
            return err_set(e, ERR_USAGE, r->products.v[i], "%s", _("nobody has told of this product"));
        *vec_push(a, &out->products) = number;
    }
    return true;
}

/* ── and what comes of it ── */

static bool level_now(struct portfolio *p, struct arena *a, struct conform_scope *scope, struct attested *out,
                      struct err *e) {
    struct evaluation all;
    struct evaluation_ask ask = {
        .catalogue = out->catalogue, .scope = scope, .now = p->ctx->now, .only = out->practice->id, .most = 1};
    if (!portfolio_as_of(p, (str){NULL, 0}, &ask.when, e) || !conform_scope_complete(p, a, &ask.when, scope, e) ||
        !conform_evaluate(p, a, &ask, &all, e))
        return false;
    out->now = all.practices.v[0];
    return true;
}

bool attest_check(struct portfolio *p, struct arena *a, const struct attest_request *r, struct attested *out,
                  struct err *e) {
    struct attestation *x = &out->said;
    *out = (struct attested){0};
    if (!catalogue_find(p->ctx, p, a, r->catalogue.n ? r->catalogue : S("cip"), &out->catalogue, e) ||
        !practice_named(out->catalogue, r->practice, &out->practice, e))
        return false;
    *x = (struct attestation){.catalogue = out->catalogue->id,
                              .practice = out->practice->id,
                              .text = r->text,
                              .person = str_trim(r->person),
                              .role = str_trim(r->role),
                              .party = r->party,
                              .products = r->products,
                              .documents = r->documents};
    if (!x->person.n || !x->role.n)
        return fails(a, r, "person", _("say who gives their word: --person NAME and --title ROLE"), e);
    return take_level(a, r, x, e) && take_times(p->ctx, a, r, x, e) && take_sample(a, r, x, e) &&
           take_scope(p, a, r, &out->scope, e);
}

bool attest_say_all(struct portfolio *p, struct arena *a, struct attested *all, uint32_t n, struct err *e) {
    struct portfolio_add *adds = arena_array(a, struct portfolio_add, n + 1);
    bool documents = false;
    for (uint32_t i = 0; i < n; i++) {
        documents = documents || all[i].said.documents.n;
        if (!attestation_payload(p->ctx, a, &all[i].said, &adds[i].payload, e))
            return false;
    }
    if ((documents && !archive_sync(p->home->archive, e)) || !portfolio_append(p, a, adds, n, e))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        all[i].index = adds[i].index;
        all[i].was_there = adds[i].was_there;
        if (!level_now(p, a, &all[i].scope, &all[i], e))
            return false;
    }
    return true;
}

bool attest_say(struct portfolio *p, struct arena *a, const struct attest_request *r, struct attested *out,
                struct err *e) {
    return attest_check(p, a, r, out, e) && attest_say_all(p, a, out, 1, e);
}

static void put_lacking(struct arena *a, struct jw *w, const struct attested *x) {
    int next = x->now.level + 1;
    jw_karr(w, "lacking");
    if (x->now.basis != BASIS_NOT_APPLICABLE && next < LEVELS && x->now.level < x->said.level)
        for (uint32_t i = 0; i < x->now.rules[next].n; i++)
            if (!x->now.rules[next].v[i].holds)
                jw_str(w, rule_text(a, x->now.rules[next].v[i].rule));
    jw_arr_end(w);
}

void attested_json(struct arena *a, struct jw *w, const struct attested *x) {
    jw_obj(w);
    jw_kstr(w, "practice", x->practice->id);
    jw_kint(w, "entry", (int64_t)x->index);
    jw_kbool(w, "wasThere", x->was_there);
    jw_kint(w, "level", x->now.level);
    jw_kbool(w, "notApplicable", x->now.basis == BASIS_NOT_APPLICABLE);
    put_lacking(a, w, x);
    if (x->said.of) {
        struct drawn drawn = {0};
        sample_draw(a, x->said.seed, x->said.n, x->said.of, &drawn);
        jw_kstr(w, "seed", x->said.seed);
        jw_karr(w, "drawn");
        for (uint32_t i = 0; i < drawn.n; i++)
            jw_int(w, drawn.v[i]);
        jw_arr_end(w);
    }
    jw_obj_end(w);
}
