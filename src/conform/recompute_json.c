/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/catalogue_json.h"
#include "conform/recompute.h"

static void put_practice(struct jw *w, const struct recomputed_practice *p) {
    jw_obj(w);
    jw_kstr(w, "practice", p->declared->id);
    if (p->practice)
        label_json(w, "title", p->practice->title);
    jw_kint(w, "declared", declared_level(p->declared));
    jw_kint(w, "computed", p->level);
    if (p->declared->target >= 0)
        jw_kint(w, "target", p->declared->target);
    jw_kstr(w, "verdict", str_of(confirmed_name(p->verdict)));
    jw_kint(w, "named", p->named);
    jw_kint(w, "disclosed", p->disclosed);
    if (p->why.n)
        jw_kstr(w, "why", p->why);
    else if (p->declared->claim.n || p->declared->reason.n)
        jw_kstr(w, "why", p->declared->claim.n ? p->declared->claim : p->declared->reason);
    jw_obj_end(w);
}

static void put_event(struct arena *a, struct jw *w, const struct declaration_event *x) {
    jw_obj(w);
    jw_kstr(w, "kind", str_of(declared_event_name(x->event)));
    jw_kstr(w, "logged", time_rfc3339(a, x->time));
    jw_kbool(w, "counts", x->counts);
    jw_key(w, S("said"));
    jw_val(w, x->said);
    jw_obj_end(w);
}

static void put_checks(struct jw *w, const struct verdict *v) {
    static const char *const states[] = {"holds", "fails", "not-checked"};
    jw_karr(w, "checks");
    for (uint32_t i = 0; i < v->lines.n; i++) {
        const struct verify_line *l = &v->lines.v[i];
        if (l->state == HOLDS)
            continue;
        jw_obj(w);
        jw_kstr(w, "check", str_of(l->id));
        jw_kstr(w, "state", str_of(states[l->state]));
        jw_kstr(w, "about", l->about);
        jw_kstr(w, "what", l->what);
        jw_kstr(w, "hint", l->hint);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

bool recomputation_good(const struct recomputation *r) { return r->trusted && r->valid_now && !r->count[CONTRADICTED]; }

void recomputation_json(struct arena *a, struct jw *w, const struct recomputation *r) {
    const struct declaration *d = &r->declaration;
    jw_obj(w);
    jw_kstr(w, "declaration", d->id);
    jw_kstr(w, "sha256", r->statement->sha256);
    jw_kstr(w, "party", d->party);
    jw_kstr(w, "partyName", d->party_name);
    jw_kstr(w, "catalogue", d->catalogue);
    jw_kstr(w, "package", d->package);
    jw_kobj(w, "signatory");
    jw_kstr(w, "name", d->signatory.name);
    jw_kstr(w, "role", d->signatory.role);
    jw_obj_end(w);
    jw_kstr(w, "time", time_rfc3339(a, d->time));
    jw_kstr(w, "from", time_rfc3339(a, d->from));
    jw_kstr(w, "until", time_rfc3339(a, d->until));
    jw_kbool(w, "good", recomputation_good(r));
    jw_kbool(w, "trusted", r->trusted);
    jw_kbool(w, "valid", r->valid_now);
    jw_kbool(w, "sameCatalogue", r->same_catalogue);
    jw_karr(w, "practices");
    for (uint32_t i = 0; i < r->practices.n; i++)
        put_practice(w, &r->practices.v[i]);
    jw_arr_end(w);
    jw_kobj(w, "count");
    for (int i = 0; i <= NOT_CLAIMED; i++)
        jw_kint(w, confirmed_name((enum confirmed)i), r->count[i]);
    jw_obj_end(w);
    jw_karr(w, "history");
    for (uint32_t i = 0; i < r->events.n; i++)
        put_event(a, w, &r->events.v[i]);
    jw_arr_end(w);
    put_checks(w, &r->checked);
    jw_obj_end(w);
}
