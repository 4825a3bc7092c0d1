/* SPDX-License-Identifier: Apache-2.0
 *
 * Model to CycloneDX tree: a vulnerability and its verdicts.
 */
#include "sbom/cdx_write.h"

static const struct sbom_vuln *as_vuln(const void *object) { return object; }

static void text(struct cdx_out *o, str s) {
    if (s.p)
        jw_str(o->jw, s);
}
static void gen_ref(struct cdx_out *o, const void *v) { text(o, as_vuln(v)->ref); }
static void gen_id(struct cdx_out *o, const void *v) { text(o, as_vuln(v)->id); }
static void gen_description(struct cdx_out *o, const void *v) { text(o, as_vuln(v)->description); }
static void gen_detail(struct cdx_out *o, const void *v) { text(o, as_vuln(v)->detail); }
static void gen_recommendation(struct cdx_out *o, const void *v) { text(o, as_vuln(v)->recommendation); }
static void gen_workaround(struct cdx_out *o, const void *v) { text(o, as_vuln(v)->workaround); }
static void gen_created(struct cdx_out *o, const void *v) { text(o, as_vuln(v)->created); }
static void gen_published(struct cdx_out *o, const void *v) { text(o, as_vuln(v)->published); }
static void gen_updated(struct cdx_out *o, const void *v) { text(o, as_vuln(v)->updated); }

static void source(struct cdx_out *o, str name, str url) {
    jw_obj(o->jw);
    jw_kstr(o->jw, "name", name);
    jw_kstr(o->jw, "url", url);
    jw_obj_end(o->jw);
}

static void gen_source(struct cdx_out *o, const void *v) {
    if (as_vuln(v)->source_name.p || as_vuln(v)->source_url.p)
        source(o, as_vuln(v)->source_name, as_vuln(v)->source_url);
}

/* A reference needs a source as well; the id's own scheme is one. */
static void gen_references(struct cdx_out *o, const void *object) {
    const struct sbom_vuln *v = object;
    if (!v->aliases.n)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < v->aliases.n; i++) {
        str scheme, rest;
        str_cut(v->aliases.v[i], '-', &scheme, &rest);
        jw_obj(o->jw);
        jw_kstr(o->jw, "id", v->aliases.v[i]);
        jw_key(o->jw, S("source"));
        source(o, scheme, (str){NULL, 0});
        jw_obj_end(o->jw);
    }
    jw_arr_end(o->jw);
}

static void gen_ratings(struct cdx_out *o, const void *object) {
    const struct sbom_vuln *v = object;
    if (!v->ratings.n)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < v->ratings.n; i++) {
        const struct sbom_rating *r = &v->ratings.v[i];
        jw_obj(o->jw);
        if (r->source.p) {
            jw_key(o->jw, S("source"));
            source(o, r->source, (str){NULL, 0});
        }
        if (r->score >= 0) {
            jw_key(o->jw, S("score"));
            jw_num(o->jw, r->score);
        }
        jw_kstr(o->jw, "severity", r->severity);
        jw_kstr(o->jw, "method", r->method);
        jw_kstr(o->jw, "vector", r->vector);
        jw_obj_end(o->jw);
    }
    jw_arr_end(o->jw);
}

static void gen_cwes(struct cdx_out *o, const void *object) {
    const struct sbom_vuln *v = object;
    if (!v->cwes.n)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < v->cwes.n; i++)
        jw_int(o->jw, v->cwes.v[i]);
    jw_arr_end(o->jw);
}

static void gen_analysis(struct cdx_out *o, const void *object) {
    const struct sbom_vuln *v = object;
    if (!v->state.p && !v->justification.p && !v->analysis_detail.p && !v->responses.n)
        return;
    jw_obj(o->jw);
    jw_kstr(o->jw, "state", v->state);
    jw_kstr(o->jw, "justification", v->justification);
    if (v->responses.n) {
        jw_karr(o->jw, "response");
        for (uint32_t i = 0; i < v->responses.n; i++)
            jw_str(o->jw, v->responses.v[i]);
        jw_arr_end(o->jw);
    }
    jw_kstr(o->jw, "detail", v->analysis_detail);
    jw_obj_end(o->jw);
}

/* A version and a range exclude each other. */
static void affected(struct cdx_out *o, const struct sbom_affected *a) {
    jw_obj(o->jw);
    if (a->version.p)
        jw_kstr(o->jw, "version", a->version);
    else
        jw_kstr(o->jw, "range", a->range);
    jw_kstr(o->jw, "status", a->status);
    jw_obj_end(o->jw);
}

static void gen_affects(struct cdx_out *o, const void *object) {
    const struct sbom_vuln *v = object;
    if (!v->affects.n)
        return;
    jw_arr(o->jw);
    for (uint32_t i = 0; i < v->affects.n; i++) {
        jw_obj(o->jw);
        jw_kstr(o->jw, "ref", v->affects.v[i].ref.p ? v->affects.v[i].ref : S(""));
        if (v->affects.v[i].versions.n) {
            jw_karr(o->jw, "versions");
            for (uint32_t k = 0; k < v->affects.v[i].versions.n; k++)
                if (v->affects.v[i].versions.v[k].version.p || v->affects.v[i].versions.v[k].range.p)
                    affected(o, &v->affects.v[i].versions.v[k]);
            jw_arr_end(o->jw);
        }
        jw_obj_end(o->jw);
    }
    jw_arr_end(o->jw);
}

static const struct cdx_gen gens[] = {
    {"bom-ref", gen_ref},
    {"id", gen_id},
    {"source", gen_source},
    {"references", gen_references},
    {"ratings", gen_ratings},
    {"cwes", gen_cwes},
    {"description", gen_description},
    {"detail", gen_detail},
    {"recommendation", gen_recommendation},
    {"workaround", gen_workaround},
    {"created", gen_created},
    {"published", gen_published},
    {"updated", gen_updated},
    {"analysis", gen_analysis},
    {"affects", gen_affects},
    {NULL, NULL},
};

void cdx_write_vuln(struct cdx_out *o, const struct sbom_vuln *v) {
    struct sbom_vuln base;
    struct sbom made = {.arena = o->w->arena};
    struct cdx_in in = {o->w->arena, &made};
    bool known = o->same_family && j_is_obj(v->origin);
    struct arena_mark mark = arena_mark(o->w->arena);
    if (known)
        cdx_read_vuln(&in, v->origin, &base);
    cdx_overlay(o, gens, v, known ? &base : NULL, known ? v->origin : (struct jv){NULL}, NULL);
    arena_reset(o->w->arena, mark);
}
