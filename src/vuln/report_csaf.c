/* SPDX-License-Identifier: Apache-2.0
 *
 * CSAF 2.0, profile VEX: product tree of inputs and their affected components, one vulnerability per flaw.
 */
#include "base/digest.h"
#include "vuln/report.h"

struct csaf {
    struct jw *w;
    struct arena *a;
    const struct scan *scan;
    str now;
};

static str product_id(struct csaf *x, const char *kind, str identity) {
    str hex = digest_hex(x->a, DIGEST_SHA256, identity);
    return arena_printf(x->a, "%s-%.*s", kind, 16, hex.p);
}
static str input_id(struct csaf *x, const struct scan_input *in) { return product_id(x, "P", in->name); }
static str component_id(struct csaf *x, const struct sbom_component *component) {
    return product_id(x, "C", sbom_identity(x->a, component));
}
static str pair_id(struct csaf *x, const struct finding *f) {
    return product_id(
        x, "R", arena_printf(x->a, "%.*s\n%.*s", STR_ARG(f->input->name), STR_ARG(sbom_identity(x->a, f->component))));
}

static void document(struct csaf *x) {
    struct jw *w = x->w;
    jw_kobj(w, "document");
    jw_kstr(w, "category", x->scan->findings.n ? S("csaf_vex") : S("csaf_base")); /* a VEX needs a vulnerability */
    jw_kstr(w, "csaf_version", S("2.0"));
    jw_kstr(w, "lang", str_of(msg_lang()));
    jw_kobj(w, "distribution");
    jw_kobj(w, "tlp");
    jw_kstr(w, "label", S("AMBER"));
    jw_obj_end(w);
    jw_obj_end(w);
    jw_kobj(w, "publisher");
    jw_kstr(w, "category", S("user"));
    jw_kstr(w, "name", S("akashi scan"));
    jw_kstr(w, "namespace", S("urn:akashi:scan"));
    jw_obj_end(w);
    jw_kstr(w, "title", str_of(_("Findings of a scan")));
    jw_kobj(w, "tracking");
    jw_kstr(w, "current_release_date", x->now);
    jw_kobj(w, "generator");
    jw_kobj(w, "engine");
    jw_kstr(w, "name", S("akashi"));
    jw_kstr(w, "version", S(AKASHI_VERSION));
    jw_obj_end(w);
    jw_obj_end(w);
    jw_kstr(w, "id", product_id(x, "akashi", x->now));
    jw_kstr(w, "initial_release_date", x->now);
    jw_karr(w, "revision_history");
    jw_obj(w);
    jw_kstr(w, "date", x->now);
    jw_kstr(w, "number", S("1"));
    jw_kstr(w, "summary", str_of(_("Findings of a scan")));
    jw_obj_end(w);
    jw_arr_end(w);
    jw_kstr(w, "status", S("interim"));
    jw_kstr(w, "version", S("1"));
    jw_obj_end(w);
    jw_obj_end(w);
}

static void full_name(struct csaf *x, str id, str name, const struct sbom_component *component) {
    jw_obj(x->w);
    jw_kstr(x->w, "name", name.n ? name : id);
    jw_kstr(x->w, "product_id", id);
    if (component && (component->purl.n || component->cpes.n)) {
        jw_kobj(x->w, "product_identification_helper");
        if (component->purl.n)
            jw_kstr(x->w, "purl", component->purl);
        else
            jw_kstr(x->w, "cpe", component->cpes.v[0]);
        jw_obj_end(x->w);
    }
    jw_obj_end(x->w);
}

/* Runs over findings that bring a new id of the given kind. */
#define EACH_NEW(x, seen, f, id_expr)                                                                                  \
    for (uint32_t i_ = 0; i_ < (x)->scan->findings.n; i_++)                                                            \
        for (const struct finding *f = &(x)->scan->findings.v[i_]; f; f = NULL)                                        \
            if (is_new((seen), (id_expr)))

static bool is_new(struct map *seen, str id) {
    bool fresh;
    map_put(seen, id, &fresh);
    return fresh;
}

static void product_tree(struct csaf *x) {
    struct map seen;
    map_init(&seen, x->a);
    jw_kobj(x->w, "product_tree");
    jw_karr(x->w, "full_product_names");
    for (uint32_t i = 0; i < x->scan->inputs.n; i++) {
        const struct scan_input *in = x->scan->inputs.v[i];
        const struct sbom *s = in->sbom;
        if (is_new(&seen, input_id(x, in)))
            full_name(x, input_id(x, in), in->name, s->root != SBOM_NO ? &s->components.v[s->root] : NULL);
    }
    EACH_NEW(x, &seen, f, component_id(x, f->component))
    full_name(x, component_id(x, f->component), component_text(x->a, f->component), f->component);
    jw_arr_end(x->w);
    if (x->scan->findings.n) {
        jw_karr(x->w, "relationships");
        EACH_NEW(x, &seen, f, pair_id(x, f)) {
            jw_obj(x->w);
            jw_kstr(x->w, "category", S("default_component_of"));
            jw_key(x->w, S("full_product_name"));
            full_name(
                x, pair_id(x, f),
                arena_printf(x->a, "%.*s: %.*s", STR_ARG(f->input->name), STR_ARG(component_text(x->a, f->component))),
                NULL);
            jw_kstr(x->w, "product_reference", component_id(x, f->component));
            jw_kstr(x->w, "relates_to_product_reference", input_id(x, f->input));
            jw_obj_end(x->w);
        }
        jw_arr_end(x->w);
    }
    jw_obj_end(x->w);
}

static const char *status_list(const struct finding *f) {
    switch (f->status) {
    case FINDING_FIXED: return "fixed";
    case FINDING_NOT_AFFECTED: return "known_not_affected";
    case FINDING_UNDER_INVESTIGATION:
    case FINDING_IGNORED: return "under_investigation";
    case FINDING_OPEN: break;
    }
    return "known_affected";
}

/* Findings of one flaw, in order; `first` is one of them. */
#define EACH_OF(x, first, f)                                                                                           \
    for (uint32_t j_ = 0; j_ < (x)->scan->findings.n; j_++)                                                            \
        for (const struct finding *f = &(x)->scan->findings.v[j_]; f; f = NULL)                                        \
            if (str_eq(f->id, (first)->id))

static void product_status(struct csaf *x, const struct finding *first) {
    static const char *const lists[] = {"fixed", "known_affected", "known_not_affected", "under_investigation"};
    jw_kobj(x->w, "product_status");
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        bool open = false;
        EACH_OF(x, first, f) {
            if (!str_is(str_of(status_list(f)), lists[i]))
                continue;
            if (!open)
                jw_karr(x->w, lists[i]);
            open = true;
            jw_str(x->w, pair_id(x, f));
        }
        if (open)
            jw_arr_end(x->w);
    }
    jw_obj_end(x->w);
}

static void spoken_of(struct csaf *x, const struct finding *f) {
    jw_karr(x->w, "product_ids");
    jw_str(x->w, pair_id(x, f));
    jw_arr_end(x->w);
}

static void remediations(struct csaf *x, const struct finding *first) {
    bool open = false;
    EACH_OF(x, first, f) {
        if (f->status != FINDING_OPEN)
            continue;
        if (!open)
            jw_karr(x->w, "remediations");
        open = true;
        jw_obj(x->w);
        jw_kstr(x->w, "category",
                f->fixed.n           ? S("vendor_fix")
                : f->fix == FIX_WONT ? S("no_fix_planned")
                                     : S("none_available"));
        jw_kstr(x->w, "details",
                f->fixed.n ? arena_printf(x->a, _("Upgrade to %.*s."), STR_ARG(f->fixed)) : finding_fix_text(x->a, f));
        spoken_of(x, f);
        jw_obj_end(x->w);
    }
    if (open)
        jw_arr_end(x->w);
}

/* The profile wants a reason for every product that is not affected. */
static void threats(struct csaf *x, const struct finding *first) {
    bool open = false;
    EACH_OF(x, first, f) {
        if (f->status != FINDING_NOT_AFFECTED)
            continue;
        if (!open)
            jw_karr(x->w, "threats");
        open = true;
        jw_obj(x->w);
        jw_kstr(x->w, "category", S("impact"));
        jw_kstr(x->w, "details", f->status_reason.n ? f->status_reason : S("-"));
        spoken_of(x, f);
        jw_obj_end(x->w);
    }
    if (open)
        jw_arr_end(x->w);
}

static void scores(struct csaf *x, const struct finding *first) {
    str version = cvss_version(first->worst.vector);
    if (!str_is(version, "3.0") && !str_is(version, "3.1"))
        return;
    struct buf level = {0};
    for (const char *p = severity_name(first->worst.severity); *p; p++)
        buf_addc(&level, ch_lower(*p) ? (char)(*p & ~0x20) : *p);
    jw_karr(x->w, "scores");
    jw_obj(x->w);
    jw_kobj(x->w, "cvss_v3");
    jw_kstr(x->w, "version", version);
    jw_kstr(x->w, "vectorString", first->worst.vector);
    jw_key(x->w, S("baseScore"));
    jw_num(x->w, first->worst.score);
    jw_kstr(x->w, "baseSeverity", buf_str(&level));
    jw_obj_end(x->w);
    jw_karr(x->w, "products");
    EACH_OF(x, first, f) jw_str(x->w, pair_id(x, f));
    jw_arr_end(x->w);
    jw_obj_end(x->w);
    jw_arr_end(x->w);
    buf_free(&level);
}

static void vulnerability(struct csaf *x, const struct finding *first) {
    struct jw *w = x->w;
    bool cve = str_starts(first->id, S("CVE-"));
    jw_obj(w);
    if (cve)
        jw_kstr(w, "cve", first->id);
    jw_karr(w, "ids");
    for (uint32_t i = 0; i < first->advisories.n; i++) {
        jw_obj(w);
        jw_kstr(w, "system_name", first->ecosystem.n ? first->ecosystem : S("advisory"));
        jw_kstr(w, "text", first->advisories.v[i]);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_karr(w, "notes");
    jw_obj(w);
    jw_kstr(w, "category", S("summary"));
    jw_kstr(w, "text", first->about.summary.n ? first->about.summary : first->id);
    jw_obj_end(w);
    jw_arr_end(w);
    product_status(x, first);
    remediations(x, first);
    scores(x, first);
    threats(x, first);
    jw_obj_end(w);
}

static bool write_csaf(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                       struct buf *out, struct err *e) {
    struct jw w = jw_to(out, o->pretty);
    struct csaf x = {&w, a, scan, time_rfc3339(a, c->now)};
    struct map seen;
    (void)e;
    map_init(&seen, a);
    jw_obj(&w);
    document(&x);
    product_tree(&x);
    if (scan->findings.n) {
        jw_karr(&w, "vulnerabilities");
        EACH_NEW(&x, &seen, f, f->id) vulnerability(&x, f);
        jw_arr_end(&w);
    }
    jw_obj_end(&w);
    buf_addc(out, '\n');
    return true;
}

const struct report report_as_csaf = {"csaf", N_("CSAF 2.0, profile VEX"), write_csaf};
