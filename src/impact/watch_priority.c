/* SPDX-License-Identifier: Apache-2.0
 *
 * How urgent a case is: for each of its flaws the SSVC tree of who runs it, or, when nobody is known to, of who
 * supplies it; the most urgent flaw counts.
 */
#include "impact/watch_inner.h"

static str exposure_word(enum exposure x) {
    static const str words[] = {{NULL, 0}, S_INIT("small"), S_INIT("controlled"), S_INIT("open")};
    return words[x];
}

struct setting {
    enum exposure exposure;   /* widest */
    int64_t mtpd, population; /* shortest; most */
    unsigned substitutes;     /* least */
    bool deployed, has_service;
};

/* Read once a run; without an id when there is none. */
static bool service_known(struct watching *w, int64_t number, struct service *out, struct err *e) {
    const struct as_of now = {0};
    str key = str_n((const char *)&number, sizeof number);
    struct service *k = map_get(&w->services, key);
    bool found;
    if (!k) {
        k = arena_new_of(w->a, struct service);
        if (!service_get(w->p, w->a, number, &now, k, &found, e))
            return false;
        if (!found)
            *k = (struct service){0};
        map_put(&w->services, arena_str(w->a, key), NULL)->value = k;
    }
    *out = *k;
    return true;
}

static bool look_at(struct watching *w, const struct user *u, struct setting *s, struct err *e) {
    struct service service;
    s->deployed = true;
    if (u->exposure > s->exposure)
        s->exposure = u->exposure;
    if (u->service < 0)
        return true;
    if (!service_known(w, u->service, &service, e))
        return false;
    if (!service.id.p)
        return true;
    if (service.mtpd >= 0 && (s->mtpd < 0 || service.mtpd < s->mtpd))
        s->mtpd = service.mtpd;
    if (service.population > s->population)
        s->population = service.population;
    if (!s->has_service || service.substitutes < s->substitutes)
        s->substitutes = service.substitutes;
    s->has_service = true;
    return true;
}

static bool ask_table(struct watching *w, const struct flaw_row *f, const struct setting *s, struct case_priority *out,
                      struct err *e) {
    struct advisory about = {.id = f->id, .kev = f->kev, .kev_ransomware = f->ransomware};
    struct ssvc_inputs known = {0};
    struct ssvc_decision d;
    const struct ssvc_table *t = ssvc_table(w->plan->ssvc, s->deployed ? S("deployer") : S("supplier"));
    about.epss = f->epss < 0 ? -1 : (double)f->epss / 10000;
    about.epss_percentile = -1;
    about.ssvc_exploitation = f->exploitation;
    about.ssvc_automatable = f->automatable;
    about.ssvc_impact = f->impact;
    if (!t)
        return err_set(e, ERR_ENV, S("ssvc"), _("the decision table %s is missing"),
                       s->deployed ? "deployer" : "supplier");
    ssvc_of_advisory(w->line_arena, &about, f->vector, &known);
    if (s->deployed)
        ssvc_of_exposure(w->line_arena, exposure_word(s->exposure), &known);
    if (s->has_service)
        ssvc_of_service(w->line_arena, s->mtpd, s->population, s->substitutes, &known);
    if (!ssvc_decide(w->plan->ssvc, w->line_arena, t, &known, &d, e))
        return false;
    *out = (struct case_priority){.table = arena_str(w->a, t->id),
                                  .outcome = arena_str(w->a, ssvc_outcome(&d)->name.en),
                                  .path = arena_str(w->a, ssvc_path(w->line_arena, &d, "en")),
                                  .rank = ssvc_rank(&d)};
    return true;
}

/* The same flaw in the same setting has the same answer: asked once a run. */
static bool decide(struct watching *w, const struct flaw_row *f, const struct setting *s, struct case_priority *out,
                   struct err *e) {
    const int64_t facts[] = {f->number,      s->exposure,    s->mtpd,    s->population,
                             s->substitutes, s->has_service, s->deployed};
    str key = str_n((const char *)facts, sizeof facts);
    struct case_priority *k = map_get(&w->priorities, key);
    if (!k) {
        k = arena_new_of(w->a, struct case_priority);
        if (!ask_table(w, f, s, k, e))
            return false;
        map_put(&w->priorities, arena_str(w->a, key), NULL)->value = k;
    }
    if (!out->outcome.p || k->rank > out->rank)
        *out = *k;
    return true;
}

bool watch_priority(struct watching *w, const struct open_places *open, const uint32_t *group, uint32_t n,
                    struct case_priority *out, struct err *e) {
    struct setting s = {.mtpd = -1, .population = -1};
    const struct flaw_known *last = NULL;
    *out = (struct case_priority){0};
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < open->v[group[i]].users.n; k++)
            if (!look_at(w, open->v[group[i]].users.v[k], &s, e))
                return false;
    for (uint32_t i = 0; i < n; i++) {
        const struct flaw_known *f = open->v[group[i]].flaw;
        if (f != last && !decide(w, &f->row, &s, out, e))
            return false;
        last = f;
    }
    return true;
}
