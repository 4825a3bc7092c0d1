/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/contract_words.h"

#include "conform/catalogue_json.h"
#include "conform/decision_words.h"

/* ── words ── */

static const char *word_of(const char *const (*names)[2], size_t n, str word, const char *otherwise) {
    for (size_t i = 0; i < n; i++)
        if (str_is(word, names[i][0]))
            return _(names[i][1]);
    return otherwise;
}

const char *contract_holder_text(str holder) {
    static const char *const names[][2] = {{"developer", N_("developer")},
                                           {"supplier", N_("supplier")},
                                           {"operator", N_("operator")},
                                           {"customer", N_("customer")},
                                           {"shared", N_("shared")}};
    return word_of(names, sizeof names / sizeof *names, holder, "-");
}

const char *contract_kind_text(str kind) {
    static const char *const names[][2] = {{"contract", N_("contract")},
                                           {"sla", N_("service level agreement")},
                                           {"cloud", N_("cloud terms")},
                                           {"subcontract", N_("subcontract")}};
    return word_of(names, sizeof names / sizeof *names, kind, "?");
}

/* ── for whom ── */

bool contract_seen(struct portfolio *p, struct arena *a, const struct reader *r, const struct contract *k, bool *may,
                   struct err *e) {
    str *parties = arena_array(a, str, k->sides.n + 1);
    for (uint32_t i = 0; i < k->sides.n; i++)
        parties[i] = k->sides.v[i].party;
    return reader_is_side(p, a, r, parties, k->sides.n, may, e);
}

bool contracts_seen(struct portfolio *p, struct arena *a, const struct reader *r, const struct as_of *when,
                    struct contracts *out, struct err *e) {
    struct contracts all;
    *out = (struct contracts){0};
    if (!contracts_list(p, a, when, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++) {
        bool may;
        if (!contract_seen(p, a, r, &all.v[i], &may, e))
            return false;
        if (may)
            *vec_push(a, out) = all.v[i];
    }
    return true;
}

void contracts_of(struct arena *a, const struct contracts *all, const struct catalogue *c, int64_t now,
                  struct contracts *out) {
    *out = (struct contracts){0};
    for (uint32_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].catalogue, c->id) && (!all->v[i].until || all->v[i].until >= now))
            *vec_push(a, out) = all->v[i];
}

/* ── as JSON ── */

void contract_json(struct arena *a, struct jw *w, const struct contract *k) {
    jw_obj(w);
    jw_kstr(w, "contract", k->id);
    contract_members_json(a, w, k, true);
    jw_kint(w, "entry", (int64_t)k->entry);
    jw_kstr(w, "logged", time_rfc3339(a, k->time));
    jw_obj_end(w);
}

void responsibilities_json(struct arena *a, struct jw *w, const struct catalogue *c, const struct contracts *all) {
    jw_arr(w);
    for (uint32_t i = 0; i < c->practices.n; i++) {
        const struct practice *p = &c->practices.v[i];
        jw_obj(w);
        jw_kstr(w, "practice", p->id);
        label_json(w, "title", p->title);
        jw_kobj(w, "holders");
        for (uint32_t n = 0; n < all->n; n++) {
            const struct contract_duty *d = contract_duty_of(&all->v[n], p->id);
            if (d)
                jw_kstr(w, arena_cstr(a, all->v[n].id), d->holder);
        }
        jw_obj_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

/* ── what is missing ── */

void missing_duties_find(struct arena *a, const struct catalogue *c, const struct contracts *all,
                         struct missing_duties *out) {
    *out = (struct missing_duties){0};
    for (uint32_t i = 0; i < all->n; i++) {
        const struct contract *k = &all->v[i];
        struct practice_ids unheld = {0};
        struct contract_gaps gaps = {0};
        contract_not_passed_on(a, c, all, k, &gaps);
        for (uint32_t g = 0; g < gaps.n; g++)
            *vec_push(a, out) = (struct missing_duty){k->id, gaps.v[g].practice, gaps.v[g].towards};
        contract_unheld(a, c, k, &unheld);
        for (uint32_t u = 0; u < unheld.n; u++) {
            bool told = false;
            for (uint32_t g = 0; g < gaps.n; g++)
                told |= str_eq(gaps.v[g].practice, unheld.v[u]);
            if (!told)
                *vec_push(a, out) = (struct missing_duty){.contract = k->id, .practice = unheld.v[u]};
        }
    }
}

str missing_duty_text(struct arena *a, const struct missing_duty *m) {
    return m->towards.p ? arena_printf(a, _("ours towards %.*s, and not passed on"), STR_ARG(m->towards))
                        : str_of(_("nobody holds it"));
}

void missing_duties_json(struct arena *a, struct jw *w, const struct catalogue *c, const struct missing_duties *all) {
    jw_arr(w);
    for (uint32_t i = 0; i < all->n; i++) {
        const struct missing_duty *m = &all->v[i];
        jw_obj(w);
        jw_kstr(w, "contract", m->contract);
        jw_kstr(w, "practice", m->practice);
        label_json(w, "title", practice_of(c, m->practice)->title);
        jw_kstr(w, "towards", m->towards);
        jw_kstr(w, "missing", missing_duty_text(a, m));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}
