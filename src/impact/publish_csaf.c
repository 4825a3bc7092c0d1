/* SPDX-License-Identifier: Apache-2.0
 *
 * CSAF 2.0, profile VEX: the product with its versions as a tree, "component as a part of the product" as
 * relationships, one vulnerability for each flaw.
 */
#include "base/digest.h"
#include "impact/publish.h"

struct csaf {
    struct jw *w;
    struct arena *a;
    const struct truths *all;
};

static str id_of(struct csaf *x, const char *kind, str version, str component) {
    str text = arena_printf(x->a, "%.*s\n%.*s\n%.*s", STR_ARG(x->all->product), STR_ARG(version), STR_ARG(component));
    return arena_printf(x->a, "%s-%.16s", kind, digest_hex(x->a, DIGEST_SHA256, text).p);
}
static str said_of(struct csaf *x, const struct truth *t, str version) {
    return id_of(x, t->component.n ? "R" : "P", version, t->component);
}

/* Runs over the versions of a verdict; one that is about all of them has an absent one. */
#define EACH_VERSION(t, version)                                                                                       \
    for (uint32_t n_ = 0; n_ < ((t)->versions.n ? (t)->versions.n : 1); n_++)                                          \
        for (struct {                                                                                                  \
                 str v;                                                                                                \
                 bool once;                                                                                            \
             } version = {(t)->versions.n ? (t)->versions.v[n_] : (str){NULL, 0}, true};                               \
             version.once; version.once = false)

static void document(struct csaf *x) {
    struct jw *w = x->w;
    str when = time_rfc3339(x->a, x->all->stated);
    str title = arena_printf(x->a, "VEX: %.*s", STR_ARG(x->all->name));
    jw_kobj(w, "document");
    jw_kstr(w, "category", x->all->v.n ? S("csaf_vex") : S("csaf_base"));
    jw_kstr(w, "csaf_version", S("2.0"));
    jw_kobj(w, "publisher");
    jw_kstr(w, "category", S("vendor"));
    jw_kstr(w, "name", x->all->author);
    jw_kstr(w, "namespace",
            arena_printf(x->a, "urn:akashi:party:%.16s", digest_hex(x->a, DIGEST_SHA256, x->all->author).p));
    jw_obj_end(w);
    jw_kstr(w, "title", title);
    jw_kobj(w, "tracking");
    jw_kstr(w, "current_release_date", when);
    jw_kstr(w, "id", arena_printf(x->a, "akashi-vex-%.16s", digest_hex(x->a, DIGEST_SHA256, x->all->product).p));
    jw_kstr(w, "initial_release_date", when);
    jw_karr(w, "revision_history");
    jw_obj(w);
    jw_kstr(w, "date", when);
    jw_kstr(w, "number", S("1"));
    jw_kstr(w, "summary", title);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_kstr(w, "status", S("final"));
    jw_kstr(w, "version", S("1"));
    jw_obj_end(w);
    jw_obj_end(w);
}

static void full_name(struct csaf *x, str name, str id, str purl) {
    jw_kstr(x->w, "name", name);
    jw_kstr(x->w, "product_id", id);
    if (!str_starts(purl, S("pkg:")))
        return;
    jw_kobj(x->w, "product_identification_helper");
    jw_kstr(x->w, "purl", purl);
    jw_obj_end(x->w);
}

static bool is_new(struct map *seen, str id) {
    bool fresh;
    map_put(seen, id, &fresh);
    return fresh;
}

/* Vendor › product › versions; a purl without version stands for all versions. */
static void versions(struct csaf *x) {
    struct jw *w = x->w;
    struct map seen;
    map_init(&seen, x->a);
    jw_karr(w, "branches");
    jw_obj(w);
    jw_kstr(w, "category", S("vendor"));
    jw_kstr(w, "name", x->all->author);
    jw_karr(w, "branches");
    jw_obj(w);
    jw_kstr(w, "category", S("product_name"));
    jw_kstr(w, "name", x->all->name);
    jw_karr(w, "branches");
    for (uint32_t i = 0; i < x->all->v.n; i++)
        EACH_VERSION(&x->all->v.v[i], version) {
            str id = id_of(x, "P", version.v, (str){NULL, 0});
            if (!is_new(&seen, id))
                continue;
            str name = publish_name(x->a, x->all, version.v);
            jw_obj(w);
            jw_kstr(w, "category", version.v.n ? S("product_version") : S("product_version_range"));
            jw_kstr(w, "name", version.v.n ? version.v : S("vers:all/*"));
            jw_kobj(w, "product");
            full_name(x, name, id, name);
            jw_obj_end(w);
            jw_obj_end(w);
        }
    jw_arr_end(w);
    jw_obj_end(w);
    jw_arr_end(w);
    jw_obj_end(w);
    jw_arr_end(w);
}

static void components(struct csaf *x) {
    struct map seen;
    bool open = false;
    map_init(&seen, x->a);
    for (uint32_t i = 0; i < x->all->v.n; i++) {
        str component = x->all->v.v[i].component, id = id_of(x, "C", (str){NULL, 0}, component);
        if (!component.n || !is_new(&seen, id))
            continue;
        if (!open)
            jw_karr(x->w, "full_product_names");
        open = true;
        jw_obj(x->w);
        full_name(x, component, id, component);
        jw_obj_end(x->w);
    }
    if (open)
        jw_arr_end(x->w);
}

static void relationships(struct csaf *x) {
    struct jw *w = x->w;
    struct map seen;
    bool open = false;
    map_init(&seen, x->a);
    for (uint32_t i = 0; i < x->all->v.n; i++)
        EACH_VERSION(&x->all->v.v[i], version) {
            const struct truth *t = &x->all->v.v[i];
            if (!t->component.n || !is_new(&seen, said_of(x, t, version.v)))
                continue;
            if (!open)
                jw_karr(w, "relationships");
            open = true;
            jw_obj(w);
            jw_kstr(w, "category", S("default_component_of"));
            jw_kobj(w, "full_product_name");
            jw_kstr(w, "name",
                    arena_printf(x->a, "%.*s in %.*s", STR_ARG(t->component),
                                 STR_ARG(publish_name(x->a, x->all, version.v))));
            jw_kstr(w, "product_id", said_of(x, t, version.v));
            jw_obj_end(w);
            jw_kstr(w, "product_reference", id_of(x, "C", (str){NULL, 0}, t->component));
            jw_kstr(w, "relates_to_product_reference", id_of(x, "P", version.v, (str){NULL, 0}));
            jw_obj_end(w);
        }
    if (open)
        jw_arr_end(w);
}

/* ── a flaw: the verdicts first … end ── */

static void ids(struct csaf *x, const struct truth *t) {
    jw_karr(x->w, "product_ids");
    EACH_VERSION(t, version) jw_str(x->w, said_of(x, t, version.v));
    jw_arr_end(x->w);
}

static void product_status(struct csaf *x, uint32_t first, uint32_t end) {
    static const struct {
        const char *list;
        enum vex_status status;
    } lists[] = {{"fixed", VEX_FIXED},
                 {"known_affected", VEX_AFFECTED},
                 {"known_not_affected", VEX_NOT_AFFECTED},
                 {"under_investigation", VEX_UNDER_INVESTIGATION}};
    jw_kobj(x->w, "product_status");
    for (size_t l = 0; l < 4; l++) {
        bool open = false;
        for (uint32_t i = first; i < end; i++) {
            if (x->all->v.v[i].status != lists[l].status)
                continue;
            if (!open)
                jw_karr(x->w, lists[l].list);
            open = true;
            EACH_VERSION(&x->all->v.v[i], version) jw_str(x->w, said_of(x, &x->all->v.v[i], version.v));
        }
        if (open)
            jw_arr_end(x->w);
    }
    jw_obj_end(x->w);
}

enum said { SAID_FLAG, SAID_THREAT, SAID_REMEDY };

static str text_for(const struct truth *t, enum said what) {
    if (what == SAID_FLAG)
        return t->justification;
    if (what == SAID_THREAT) /* the profile wants a reason for every product that is not affected */
        return t->status == VEX_NOT_AFFECTED && !t->impact.n && !t->justification.n ? S("not affected") : t->impact;
    return t->status == VEX_AFFECTED && !t->action.n ? S("No measure is known yet.") : t->action;
}

static void said(struct csaf *x, uint32_t first, uint32_t end, enum said what) {
    static const char *const lists[] = {"flags", "threats", "remediations"};
    bool open = false;
    for (uint32_t i = first; i < end; i++) {
        const struct truth *t = &x->all->v.v[i];
        str text = text_for(t, what);
        if (!text.n)
            continue;
        if (!open)
            jw_karr(x->w, lists[what]);
        open = true;
        jw_obj(x->w);
        if (what == SAID_THREAT)
            jw_kstr(x->w, "category", S("impact"));
        if (what == SAID_REMEDY)
            jw_kstr(x->w, "category", t->action.n ? S("mitigation") : S("none_available"));
        jw_kstr(x->w, what == SAID_FLAG ? "label" : "details", text);
        ids(x, t);
        jw_obj_end(x->w);
    }
    if (open)
        jw_arr_end(x->w);
}

static void vulnerability(struct csaf *x, uint32_t first, uint32_t end) {
    const struct truth *t = &x->all->v.v[first];
    struct jw *w = x->w;
    jw_obj(w);
    bool cve = str_starts(t->flaw, S("CVE-")), others = false;
    if (cve)
        jw_kstr(w, "cve", t->flaw);
    for (uint32_t i = 0; i < t->names.n; i++) {
        if (cve && str_eq(t->names.v[i], t->flaw))
            continue;
        if (!others)
            jw_karr(w, "ids");
        others = true;
        str system, rest;
        str_cut(t->names.v[i], '-', &system, &rest);
        jw_obj(w);
        jw_kstr(w, "system_name", system);
        jw_kstr(w, "text", t->names.v[i]);
        jw_obj_end(w);
    }
    if (others)
        jw_arr_end(w);
    jw_karr(w, "notes");
    jw_obj(w);
    jw_kstr(w, "category", S("summary"));
    jw_kstr(w, "text", t->summary.n ? t->summary : t->flaw);
    jw_obj_end(w);
    jw_arr_end(w);
    product_status(x, first, end);
    for (int what = SAID_FLAG; what <= SAID_REMEDY; what++)
        said(x, first, end, (enum said)what);
    jw_obj_end(w);
}

void publish_csaf(struct arena *a, const struct truths *t, struct buf *out) {
    struct jw w = jw_to(out, true);
    struct csaf x = {&w, a, t};
    jw_obj(&w);
    document(&x);
    if (t->v.n) {
        jw_kobj(&w, "product_tree");
        versions(&x);
        components(&x);
        relationships(&x);
        jw_obj_end(&w);
        jw_karr(&w, "vulnerabilities");
        for (uint32_t i = 0, end; i < t->v.n; i = end) {
            for (end = i + 1; end < t->v.n && str_eq(t->v.v[end].flaw, t->v.v[i].flaw); end++)
                ;
            vulnerability(&x, i, end);
        }
        jw_arr_end(&w);
    }
    jw_obj_end(&w);
    buf_addc(out, '\n');
}
