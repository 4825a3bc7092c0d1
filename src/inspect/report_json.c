/* SPDX-License-Identifier: Apache-2.0 */
#include "inspect/policy.h"
#include "inspect/report.h"

static void explain(struct jw *w, const struct inspection *i, const struct check_spec *spec) {
    jw_obj(w);
    jw_kstr(w, "kind", str_of(i->kind));
    jw_kstr(w, "id", str_of(spec->id));
    jw_kstr(w, "title", str_of(_(spec->title)));
    if (spec->reason)
        jw_kstr(w, "reason", str_of(_(spec->reason)));
    if (spec->fix)
        jw_kstr(w, "fix", str_of(_(spec->fix)));
    if (spec->practice)
        jw_kstr(w, "practice", str_of(spec->practice));
    jw_kstr(w, "weight", str_of(weight_name(spec->weight)));
    jw_obj_end(w);
}

/* Each check that occurs, once; specs live in tables, so their address names them. */
static void explain_all(struct jw *w, const struct inspect_report *r, struct arena *a) {
    struct map seen;
    map_init(&seen, a);
    jw_karr(w, "checks");
    for (uint32_t i = 0; i < r->files.n; i++)
        for (uint32_t k = 0; k < r->files.v[i].checks.n; k++) {
            bool fresh;
            const struct check_spec *const *spec = &r->files.v[i].checks.v[k].spec;
            map_put(&seen, str_n((const char *)spec, sizeof *spec), &fresh);
            if (fresh)
                explain(w, &r->files.v[i], *spec);
        }
    jw_arr_end(w);
}

void inspect_report_json(const struct inspect_report *r, struct arena *a, struct jw *w) {
    jw_obj(w);
    report_head(w, r);
    jw_kint(w, "inspected", r->files.n);
    jw_kint(w, "failing", r->failing);
    jw_karr(w, "files");
    for (uint32_t i = 0; i < r->files.n; i++)
        report_file(w, &r->files.v[i]);
    jw_arr_end(w);
    explain_all(w, r, a);
    jw_obj_end(w);
}
