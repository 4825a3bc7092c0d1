/* SPDX-License-Identifier: Apache-2.0
 *
 * OSCAL 1.1 assessment results: a finding for each practice that the package wants, with what it rests on as
 * observations.
 */
#include "conform/oscal.h"
#include "conform/render.h"

static void prop(struct jw *w, const char *name, str value) {
    if (!value.n)
        return;
    jw_obj(w);
    jw_kstr(w, "name", str_of(name));
    jw_kstr(w, "ns", S(OSCAL_NS));
    jw_kstr(w, "value", value);
    jw_obj_end(w);
}

static void metadata(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    str party = rendition_uuid(r->arena, r->declared, "party", d->party);
    jw_kobj(w, "metadata");
    jw_kstr(w, "title",
            arena_printf(r->arena, "%.*s: %.*s (%.*s)", STR_ARG(d->id), STR_ARG(label_text(r->catalogue->title)),
                         STR_ARG(d->package)));
    jw_kstr(w, "last-modified", time_rfc3339(r->arena, r->declared->time));
    jw_kstr(w, "version", d->id);
    jw_kstr(w, "oscal-version", S(OSCAL_VERSION));
    jw_karr(w, "roles");
    jw_obj(w);
    jw_kstr(w, "id", S("declarer"));
    jw_kstr(w, "title", S("Declarer"));
    jw_obj_end(w);
    jw_arr_end(w);
    jw_karr(w, "parties");
    jw_obj(w);
    jw_kstr(w, "uuid", party);
    jw_kstr(w, "type", S("organization"));
    jw_kstr(w, "name", d->party_name);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_karr(w, "responsible-parties");
    jw_obj(w);
    jw_kstr(w, "role-id", S("declarer"));
    jw_karr(w, "party-uuids");
    jw_str(w, party);
    jw_arr_end(w);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_obj_end(w);
}

static str observation_uuid(const struct rendering *r, uint32_t place) {
    return rendition_uuid(r->arena, r->declared, "evidence", arena_printf(r->arena, "%u", place));
}

static void observations(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    if (!d->evidence.n)
        return;
    jw_karr(w, "observations");
    for (uint32_t i = 0; i < d->evidence.n; i++) {
        const struct declared_evidence *x = &d->evidence.v[i];
        jw_obj(w);
        jw_kstr(w, "uuid", observation_uuid(r, i));
        jw_kstr(w, "description", arena_printf(r->arena, "%.*s %.*s", STR_ARG(x->kind), STR_ARG(x->about)));
        jw_karr(w, "props");
        prop(w, "log-index", arena_printf(r->arena, "%llu", (unsigned long long)x->index));
        prop(w, "sha256", x->sha256);
        jw_arr_end(w);
        jw_karr(w, "methods");
        jw_str(w, S("EXAMINE"));
        jw_arr_end(w);
        jw_kstr(w, "collected", time_rfc3339(r->arena, d->time));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void related(struct jw *w, const struct rendering *r, const struct declared_practice *p) {
    bool any = false;
    for (uint32_t i = 0; i < p->rules.n; i++)
        for (uint32_t j = 0; j < p->rules.v[i].evidence.n; j++) {
            if (!any)
                jw_karr(w, "related-observations");
            any = true;
            jw_obj(w);
            jw_kstr(w, "observation-uuid", observation_uuid(r, p->rules.v[i].evidence.v[j]));
            jw_obj_end(w);
        }
    if (any)
        jw_arr_end(w);
}

static void finding(struct jw *w, const struct rendering *r, const struct declared_practice *p) {
    const struct practice *x = practice_of(r->catalogue, p->id);
    bool met = declared_level(p) >= p->target;
    jw_obj(w);
    jw_kstr(w, "uuid", rendition_uuid(r->arena, r->declared, "finding", p->id));
    jw_kstr(w, "title", x ? label_text(x->title) : p->id);
    jw_kstr(w, "description", p->claimed ? p->claim : p->reason.n ? p->reason : str_of(_(basis_title(p))));
    jw_karr(w, "props");
    prop(w, "practice", p->id);
    prop(w, "level", arena_printf(r->arena, "%d", p->level));
    if (p->claimed)
        prop(w, "claimed-level", arena_printf(r->arena, "%d", p->claimed));
    prop(w, "target", arena_printf(r->arena, "%d", p->target));
    jw_arr_end(w);
    jw_kobj(w, "target");
    jw_kstr(w, "type", S("objective-id"));
    jw_kstr(w, "target-id", oscal_token(r->arena, p->id));
    jw_kobj(w, "status");
    jw_kstr(w, "state", met ? S("satisfied") : S("not-satisfied"));
    jw_obj_end(w);
    jw_obj_end(w);
    related(w, r, p);
    jw_obj_end(w);
}

static void reviewed(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_kobj(w, "reviewed-controls");
    jw_karr(w, "control-selections");
    jw_obj(w);
    jw_karr(w, "include-controls");
    for (uint32_t i = 0; i < d->practices.n; i++) {
        if (d->practices.v[i].target < 0)
            continue;
        jw_obj(w);
        jw_kstr(w, "control-id", oscal_token(r->arena, d->practices.v[i].id));
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_obj_end(w);
}

static void result(struct jw *w, const struct rendering *r) {
    const struct declaration *d = &r->declared->said;
    jw_obj(w);
    jw_kstr(w, "uuid", rendition_uuid(r->arena, r->declared, "result", S("")));
    jw_kstr(w, "title", d->id);
    jw_kstr(w, "description", d->note.n ? d->note : d->id);
    jw_kstr(w, "start", time_rfc3339(r->arena, d->time));
    jw_kstr(w, "end", time_rfc3339(r->arena, d->time));
    reviewed(w, r);
    observations(w, r);
    jw_karr(w, "findings");
    for (uint32_t i = 0; i < d->practices.n; i++)
        if (d->practices.v[i].target >= 0)
            finding(w, r, &d->practices.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}

static bool write_oscal(const struct rendering *r, struct err *e) {
    (void)e;
    struct jw w = jw_to(r->out, true);
    jw_obj(&w);
    jw_kobj(&w, "assessment-results");
    jw_kstr(&w, "uuid", rendition_uuid(r->arena, r->declared, "assessment-results", S("")));
    metadata(&w, r);
    jw_kobj(&w, "import-ap");
    jw_kstr(&w, "href", arena_printf(r->arena, "#%.*s", STR_ARG(rendition_uuid(r->arena, r->declared, "plan", S("")))));
    jw_kstr(&w, "remarks", S("There is no assessment plan: levels are computed by the rules of the catalogue."));
    jw_obj_end(&w);
    jw_karr(&w, "results");
    result(&w, r);
    jw_arr_end(&w);
    jw_obj_end(&w);
    jw_obj_end(&w);
    buf_addc(r->out, '\n');
    return true;
}
const struct rendition oscal_rendition = {"oscal", ".oscal.json", N_("OSCAL 1.1 assessment results"), write_oscal};
