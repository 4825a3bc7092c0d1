/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/declare_request.h"

#include "conform/catalogue_json.h"
#include "conform/declaration_json.h"

enum { VALID_DAYS = 365 };

/* ── words ── */

bool exclusion_read(str text, struct exclusion *out, struct err *e) {
    if (!str_cut(text, ':', &out->what, &out->reason) || !str_trim(out->what).n || !str_trim(out->reason).n)
        return err_set(e, ERR_USAGE, text, "%s", _("write it like 'WHAT: REASON'"));
    *out = (struct exclusion){str_trim(out->what), str_trim(out->reason)};
    return true;
}

bool claim_read(str text, struct claim *out, struct err *e) {
    str head, reason, practice, level;
    uint64_t number;
    if (!str_cut(text, ':', &head, &reason) || !str_cut(head, '=', &practice, &level) ||
        !str_u64(str_trim(level), &number) || number < 1 || number >= LEVELS || !str_trim(reason).n)
        return err_set(e, ERR_USAGE, text, "%s", _("write it like 'PRACTICE=LEVEL: REASON', with a level from 1 to 4"));
    *out = (struct claim){str_trim(practice), (int)number, str_trim(reason)};
    return true;
}

/* ── what is asked ── */

static bool take_products(struct portfolio *p, struct arena *a, const struct declare_request *r,
                          struct conform_scope *out, struct err *e) {
    for (uint32_t i = 0; i < r->products.n; i++) {
        int64_t number;
        bool found;
        if (!thing_find(p, THING_PRODUCT, r->products.v[i], &found, &number, e))
            return false;
        if (!found)
            return err_set(e, ERR_USAGE, r->products.v[i], "%s", _("the portfolio knows no such product"));
        *vec_push(a, &out->products) = number;
    }
    return true;
}

static bool take_party(struct portfolio *p, const struct declare_request *r, struct conform_scope *out, struct err *e) {
    bool found = true;
    out->party = -1;
    if (r->party.n && !thing_find(p, THING_PARTY, r->party, &found, &out->party, e))
        return false;
    return found || err_set(e, ERR_USAGE, r->party, "%s", _("the portfolio knows no such party"));
}

static bool take_time(str text, int64_t otherwise, int64_t *out, struct err *e) {
    *out = otherwise;
    if (!text.n || time_parse(text, out))
        return true;
    err_set(e, ERR_USAGE, text, "%s", _("this is no day"));
    return err_hint(e, "%s", _("write it like 2026-04-01"));
}

static bool take_person(const struct declare_request *r, struct arena *a, struct err *e) {
    if (r->signatory.name.n && r->signatory.role.n)
        return true;
    err_set(e, ERR_USAGE, arena_cat(a, str_of(r->dashes), r->signatory.name.n ? S("title") : S("person")), "%s",
            _("who says so, in which role?"));
    return *r->dashes && err_hint(e, "%s", _("--person 'NAME' --title 'ROLE'"));
}

bool declare_request_make(struct portfolio *p, struct arena *a, const struct declare_request *r, struct declaring *out,
                          struct err *e) {
    struct declare_ask *ask = &out->ask;
    *out = (struct declaring){.scope.sites = r->sites};
    *ask = (struct declare_ask){.scope = &out->scope,
                                .package = r->package.n ? r->package : S("minimum"),
                                .exclusions = r->exclusions,
                                .claims = r->claims,
                                .signatory = r->signatory,
                                .note = r->note,
                                .withhold = r->withhold};
    if (!catalogue_find(p->ctx, p, a, r->catalogue.n ? r->catalogue : S("cip"), &out->catalogue, e) ||
        !take_party(p, r, &out->scope, e) || !take_products(p, a, r, &out->scope, e) || !take_person(r, a, e) ||
        !take_time(r->from, p->ctx->now, &ask->from, e) ||
        !take_time(r->until, ask->from + VALID_DAYS * INT64_C(86400), &ask->until, e))
        return false;
    ask->catalogue = out->catalogue;
    return declaration_make(p, a, ask, &out->d, &out->short_of, e);
}

bool declaring_sign(struct portfolio *p, struct arena *a, struct declaring *k, uint64_t *index, str *bundle,
                    struct err *e) {
    return declaration_state(p, a, &k->d, index, e) &&
           declaration_bundle(p, a, *index, &k->d, !k->ask.withhold, bundle, e);
}

/* ── JSON ── */

static void put_short(struct jw *w, const struct shortfall *s) {
    jw_obj(w);
    jw_kstr(w, "practice", s->practice->id);
    jw_kint(w, "level", s->level);
    jw_kint(w, "target", s->target);
    label_json(w, "title", s->practice->title);
    label_json(w, "start", s->practice->start);
    jw_kstr(w, "command", s->practice->command);
    jw_obj_end(w);
}

void declaring_json(struct arena *a, struct jw *w, const struct declaring *k) {
    const struct declaration *d = &k->d;
    jw_kstr(w, "declaration", d->id);
    jw_kstr(w, "catalogue", d->catalogue);
    jw_kstr(w, "package", d->package);
    jw_kstr(w, "party", d->party);
    jw_kstr(w, "from", time_rfc3339(a, d->from));
    jw_kstr(w, "until", time_rfc3339(a, d->until));
    jw_karr(w, "products");
    for (uint32_t i = 0; i < d->products.n; i++)
        jw_str(w, d->products.v[i]);
    jw_arr_end(w);
    jw_kint(w, "releases", (int64_t)d->releases);
    jw_kint(w, "statements", d->evidence.n);
    jw_kstr(w, "supersedes", d->supersedes);
    jw_karr(w, "practices");
    for (uint32_t i = 0; i < d->practices.n; i++)
        declared_practice_json(a, w, k->catalogue, &d->practices.v[i]);
    jw_arr_end(w);
    jw_karr(w, "short");
    for (uint32_t i = 0; i < k->short_of.n; i++)
        put_short(w, &k->short_of.v[i]);
    jw_arr_end(w);
}
