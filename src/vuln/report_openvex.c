/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenVEX 0.2.0: open findings with a fix are affected (the action is the upgrade), the others are under
 * investigation; answered ones keep their verdict.
 */
#include "base/digest.h"
#include "vuln/report.h"

static bool is_justification(str s) {
    static const char *const labels[] = {
        "component_not_present", "vulnerable_code_not_present", "vulnerable_code_not_in_execute_path",
        "vulnerable_code_cannot_be_controlled_by_adversary", "inline_mitigations_already_exist"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_is(s, labels[i]))
            return true;
    return false;
}

static enum vex_status status_of(const struct finding *f) {
    switch (f->status) {
    case FINDING_FIXED: return VEX_FIXED;
    case FINDING_NOT_AFFECTED: return VEX_NOT_AFFECTED;
    case FINDING_IGNORED:
    case FINDING_UNDER_INVESTIGATION: return VEX_UNDER_INVESTIGATION;
    case FINDING_OPEN: break;
    }
    return f->fixed.n ? VEX_AFFECTED : VEX_UNDER_INVESTIGATION;
}

static void identifier(struct jw *w, struct arena *a, const struct sbom_component *component, str otherwise) {
    bool purl = component && component->purl.n;
    jw_kstr(w, "@id",
            purl ? component->purl
                 : arena_printf(
                       a, "urn:akashi:sha256:%.*s",
                       STR_ARG(digest_hex(a, DIGEST_SHA256, component ? component_text(a, component) : otherwise))));
    if (purl) {
        jw_kobj(w, "identifiers");
        jw_kstr(w, "purl", component->purl);
        jw_obj_end(w);
    }
}

static void product(struct jw *w, struct arena *a, const struct finding *f) {
    const struct sbom *s = f->input->sbom;
    const struct sbom_component *root = s->root != SBOM_NO ? &s->components.v[s->root] : NULL;
    jw_karr(w, "products");
    jw_obj(w);
    identifier(w, a, root == f->component ? f->component : root, f->input->name);
    if (root != f->component) {
        jw_karr(w, "subcomponents");
        jw_obj(w);
        identifier(w, a, f->component, S(""));
        jw_obj_end(w);
        jw_arr_end(w);
    }
    jw_obj_end(w);
    jw_arr_end(w);
}

static void statement(struct jw *w, struct arena *a, const struct finding *f) {
    enum vex_status status = status_of(f);
    jw_obj(w);
    jw_kobj(w, "vulnerability");
    jw_kstr(w, "name", f->id);
    if (f->about.summary.n)
        jw_kstr(w, "description", f->about.summary);
    jw_karr(w, "aliases");
    for (uint32_t i = 0; i < f->about.aliases.n; i++)
        if (!str_eq(f->about.aliases.v[i], f->id))
            jw_str(w, f->about.aliases.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
    product(w, a, f);
    jw_kstr(w, "status", str_of(vex_status_name(status)));
    if (status == VEX_NOT_AFFECTED)
        jw_kstr(w, is_justification(f->status_reason) ? "justification" : "impact_statement",
                f->status_reason.n ? f->status_reason : S("stated by the supplier"));
    if (status == VEX_AFFECTED)
        jw_kstr(w, "action_statement",
                arena_printf(a, "upgrade to %.*s or later", STR_ARG(f->upgrade.n ? f->upgrade : f->fixed)));
    if (f->status == FINDING_IGNORED)
        jw_kstr(w, "status_notes", f->status_reason);
    jw_obj_end(w);
}

static bool write_openvex(struct ctx *c, struct arena *a, const struct scan *scan, const struct report_options *o,
                          struct buf *out, struct err *e) {
    struct buf body = {0};
    struct jw w = jw_to(&body, false);
    (void)e;
    if (!scan->findings.n) {
        ctx_warn(c, S("openvex"), _("nothing was found and an OpenVEX document needs a statement: none is written"));
        return true;
    }
    jw_arr(&w);
    for (uint32_t i = 0; i < scan->findings.n; i++)
        statement(&w, a, &scan->findings.v[i]);
    jw_arr_end(&w);
    str now = time_rfc3339(a, c->now);
    str id = digest_hex(a, DIGEST_SHA256, arena_cat(a, now, buf_str(&body)));
    w = jw_to(out, o->pretty);
    jw_obj(&w);
    jw_kstr(&w, "@context", S("https://openvex.dev/ns/v0.2.0"));
    jw_kstr(&w, "@id", arena_printf(a, "urn:akashi:vex:%.*s", STR_ARG(id)));
    jw_kstr(&w, "author", S("akashi scan"));
    jw_kstr(&w, "timestamp", now);
    jw_kint(&w, "version", 1);
    jw_kstr(&w, "tooling", S("akashi " AKASHI_VERSION));
    jw_key(&w, S("statements"));
    jw_raw(&w, buf_str(&body));
    jw_obj_end(&w);
    buf_addc(out, '\n');
    buf_free(&body);
    return true;
}

const struct report report_as_openvex = {"openvex", N_("OpenVEX 0.2.0 statements, to be completed"), write_openvex};
