/* SPDX-License-Identifier: Apache-2.0
 *
 * The report as the body of a signed statement: docs/predicates/hardening.json. Ids, states and digests only; texts are
 * in the reader's language and have no place in what is signed, but for details.
 */
#include "inspect/policy.h"
#include "inspect/report.h"

static void digest(struct jw *w, str sha256) {
    if (!sha256.n)
        return;
    jw_kobj(w, "digest");
    jw_kstr(w, "sha256", sha256);
    jw_obj_end(w);
}

void report_check(struct jw *w, const struct check *c) {
    jw_obj(w);
    jw_kstr(w, "id", str_of(c->spec->id));
    jw_kstr(w, "state", str_of(check_state_name(c->state)));
    if (c->detail.n)
        jw_kstr(w, "detail", str_upto(c->detail, REPORT_DETAIL_MOST));
    if (c->line)
        jw_kint(w, "line", c->line);
    if (c->required) {
        jw_kbool(w, "required", true);
        jw_kbool(w, "failed", c->failed);
        jw_kstr(w, "weight", str_of(weight_name(c->weight)));
    }
    jw_obj_end(w);
}

static void facts(struct jw *w, const struct inspection *i) {
    if (!i->facts.n)
        return;
    jw_kobj(w, "facts");
    for (uint32_t k = 0; k < i->facts.n; k++)
        jw_kstr(w, i->facts.v[k].id, i->facts.v[k].value);
    jw_obj_end(w);
}

void report_file(struct jw *w, const struct inspection *i) {
    jw_obj(w);
    jw_kstr(w, "path", str_upto(i->path, REPORT_DETAIL_MOST));
    digest(w, i->sha256);
    if (i->layer.n)
        jw_kstr(w, "layer", i->layer);
    jw_kstr(w, "kind", str_of(i->kind));
    if (i->type)
        jw_kstr(w, "type", str_of(i->type));
    if (i->language.n)
        jw_kstr(w, "language", i->language);
    jw_kint(w, "size", (int64_t)i->size);
    jw_karr(w, "checks");
    for (uint32_t k = 0; k < i->checks.n; k++)
        report_check(w, &i->checks.v[k]);
    jw_arr_end(w);
    facts(w, i);
    jw_obj_end(w);
}

void report_head(struct jw *w, const struct inspect_report *r) {
    jw_kobj(w, "tool");
    jw_kstr(w, "name", S("akashi"));
    jw_kstr(w, "version", S(AKASHI_VERSION));
    jw_obj_end(w);
    jw_kobj(w, "policy");
    jw_kstr(w, "name", r->policy->name);
    digest(w, r->policy->sha256);
    jw_obj_end(w);
    jw_kstr(w, "result", r->failed_any ? S("FAILED") : S("PASSED"));
    jw_kint(w, "malformed", r->malformed);
}

void inspect_statement_body(const struct inspect_report *r, struct jw *w) {
    jw_obj(w);
    report_head(w, r);
    jw_karr(w, "files");
    for (uint32_t i = 0; i < r->files.n; i++)
        report_file(w, &r->files.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
}
