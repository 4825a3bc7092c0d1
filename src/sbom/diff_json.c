/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/diff.h"

void diff_json(struct arena *a, struct jw *w, str before, str after, const struct diff_entries *entries) {
    static const char *const words[DIFF_KINDS] = {
        [DIFF_ADDED] = "added",           [DIFF_REMOVED] = "removed", [DIFF_UPGRADED] = "upgraded",
        [DIFF_DOWNGRADED] = "downgraded", [DIFF_CHANGED] = "changed", [DIFF_LICENCE] = "licence",
        [DIFF_SUPPLIER] = "supplier"};
    jw_obj(w);
    jw_kstr(w, "before", before);
    jw_kstr(w, "after", after);
    jw_karr(w, "changes");
    for (uint32_t i = 0; i < entries->n; i++) {
        const struct diff_entry *d = &entries->v[i];
        jw_obj(w);
        jw_kstr(w, "change", str_of(words[d->kind]));
        jw_kstr(w, "component", d->name);
        jw_kstr(w, "from", d->from);
        jw_kstr(w, "to", d->to);
        jw_kstr(w, "before", d->before ? sbom_identity(a, d->before) : (str){NULL, 0});
        jw_kstr(w, "after", d->after ? sbom_identity(a, d->after) : (str){NULL, 0});
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}
