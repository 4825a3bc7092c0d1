/* SPDX-License-Identifier: Apache-2.0
 *
 * CycloneDX 1.6 VEX for one version of the product, or for the product as such (what is said of all its versions): it
 * is the main component, and each vulnerability affects parts of it. The format has other words for states and
 * justifications; vex_word_of_cyclonedx() turns them back.
 */
#include "impact/publish.h"

static str state_of(enum vex_status s) {
    switch (s) {
    case VEX_AFFECTED: return S("exploitable");
    case VEX_NOT_AFFECTED: return S("not_affected");
    case VEX_FIXED: return S("resolved");
    case VEX_UNDER_INVESTIGATION:
    case VEX_NONE: break;
    }
    return S("in_triage");
}

static bool is_about(const struct truth *t, str version) {
    for (uint32_t i = 0; i < t->versions.n; i++)
        if (str_eq(t->versions.v[i], version))
            return true;
    return !t->versions.n;
}

static void analysis(struct jw *w, const struct truth *t) {
    jw_kobj(w, "analysis");
    jw_kstr(w, "state", state_of(t->status));
    if (t->justification.n)
        jw_kstr(w, "justification", vex_word_for_cyclonedx(t->justification));
    if (t->impact.n)
        jw_kstr(w, "detail", t->impact);
    jw_obj_end(w);
}

static void vulnerability(struct jw *w, const struct truth *t, str root) {
    jw_obj(w);
    jw_kstr(w, "id", t->flaw);
    bool others = false;
    for (uint32_t i = 0; i < t->names.n; i++) {
        if (str_eq(t->names.v[i], t->flaw))
            continue;
        if (!others)
            jw_karr(w, "references");
        others = true;
        str system, rest;
        str_cut(t->names.v[i], '-', &system, &rest);
        jw_obj(w);
        jw_kstr(w, "id", t->names.v[i]);
        jw_kobj(w, "source");
        jw_kstr(w, "name", system);
        jw_obj_end(w);
        jw_obj_end(w);
    }
    if (others)
        jw_arr_end(w);
    if (t->summary.n)
        jw_kstr(w, "description", t->summary);
    if (t->action.n)
        jw_kstr(w, "recommendation", t->action);
    analysis(w, t);
    jw_karr(w, "affects");
    jw_obj(w);
    jw_kstr(w, "ref", t->component.n ? t->component : root);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_obj_end(w);
}

static void component(struct jw *w, struct arena *a, str purl) {
    struct purl p;
    bool known = purl_parse(a, purl, &p, NULL);
    jw_obj(w);
    jw_kstr(w, "type", S("library"));
    jw_kstr(w, "bom-ref", purl);
    jw_kstr(w, "name", known ? p.name : purl);
    if (known && p.version.n)
        jw_kstr(w, "version", p.version);
    if (known)
        jw_kstr(w, "purl", purl);
    jw_obj_end(w);
}

void publish_cyclonedx(struct arena *a, const struct truths *t, str version, struct buf *out) {
    struct jw w = jw_to(out, true);
    struct map seen;
    str root = publish_name(a, t, version);
    map_init(&seen, a);
    jw_obj(&w);
    jw_kstr(&w, "bomFormat", S("CycloneDX"));
    jw_kstr(&w, "specVersion", S("1.6"));
    jw_kint(&w, "version", 1);
    jw_kobj(&w, "metadata");
    jw_kstr(&w, "timestamp", time_rfc3339(a, t->stated));
    jw_kobj(&w, "component");
    jw_kstr(&w, "type", S("application"));
    jw_kstr(&w, "bom-ref", root);
    jw_kstr(&w, "name", t->name);
    if (version.n)
        jw_kstr(&w, "version", version);
    if (str_starts(root, S("pkg:")))
        jw_kstr(&w, "purl", root);
    jw_obj_end(&w);
    jw_obj_end(&w);
    jw_karr(&w, "components");
    for (uint32_t i = 0; i < t->v.n; i++) {
        bool fresh = false;
        if (t->v.v[i].component.n && is_about(&t->v.v[i], version))
            map_put(&seen, t->v.v[i].component, &fresh);
        if (fresh)
            component(&w, a, t->v.v[i].component);
    }
    jw_arr_end(&w);
    jw_karr(&w, "vulnerabilities");
    for (uint32_t i = 0; i < t->v.n; i++)
        if (is_about(&t->v.v[i], version))
            vulnerability(&w, &t->v.v[i], root);
    jw_arr_end(&w);
    jw_obj_end(&w);
    buf_addc(out, '\n');
}
