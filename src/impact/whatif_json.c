/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/answer.h"

static void put_service(struct jw *w, const struct landscape *l, const struct whatif_service *x) {
    const struct service *s = &l->services.v[x->service];
    jw_obj(w);
    jw_kstr(w, "service", s->id);
    jw_kstr(w, "name", s->name);
    jw_kstr(w, "sector", s->sector);
    if (s->mtpd >= 0)
        jw_kint(w, "mtpd_seconds", s->mtpd);
    jw_kint(w, "back_after_seconds", x->back);
    jw_kbool(w, "late", x->late);
    jw_kint(w, "people", (int64_t)service_people(s));
    jw_kint(w, "steps", x->depth);
    if (x->cause != RELIANCE_NONE) {
        jw_kstr(w, "cause_kind", str_of(place_kind_name(l->places.v[x->cause].kind)));
        jw_kstr(w, "cause", l->places.v[x->cause].label);
    }
    jw_obj_end(w);
}

static void put_job(struct jw *w, const struct landscape *l, const struct whatif_job *x) {
    jw_obj(w);
    jw_kstr(w, "kind", str_of(place_kind_name(l->places.v[x->node].kind)));
    jw_kstr(w, "name", l->places.v[x->node].label);
    jw_kint(w, "takes_seconds", x->takes);
    jw_kbool(w, "assumed", x->assumed);
    jw_kint(w, "done_after_seconds", x->done);
    jw_obj_end(w);
}

void whatif_json(struct jw *w, const struct landscape *l, str what, const struct whatif *f) {
    jw_obj(w);
    jw_kstr(w, "what_if", what);
    jw_kint(w, "deployments", f->deployments);
    jw_kint(w, "people", (int64_t)f->people);
    jw_kint(w, "cascade_depth", f->deepest);
    jw_kint(w, "services_late", f->late);
    jw_kint(w, "people_hours_late", (int64_t)f->hours_late);
    jw_kint(w, "people_hours_late_as_named", (int64_t)f->hours_late_given);
    jw_kint(w, "people_hours", (int64_t)f->hours);
    jw_kbool(w, "every_order_tried", f->exact);
    jw_karr(w, "services");
    for (uint32_t i = 0; i < f->services.n; i++)
        put_service(w, l, &f->services.v[i]);
    jw_arr_end(w);
    jw_karr(w, "restore");
    for (uint32_t i = 0; i < f->jobs.n; i++)
        put_job(w, l, &f->jobs.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}
