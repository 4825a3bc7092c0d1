/* SPDX-License-Identifier: Apache-2.0 */
#include "release/release.h"

void release_json(struct jw *w, const struct release_plan *p, const struct release_result *r) {
    jw_kstr(w, "product", p->product);
    jw_kstr(w, "version", p->version);
    jw_kstr(w, "purl", r->purl);
    jw_kbool(w, "added", !r->was_there);
    jw_kint(w, "files", r->files.n);
    jw_kint(w, "bytes", (int64_t)r->bytes);
    jw_karr(w, "statements");
    for (uint32_t i = 0; i < r->lines.n; i++) {
        jw_obj(w);
        jw_kstr(w, "kind", r->lines.v[i].kind);
        jw_kstr(w, "predicateType", r->lines.v[i].type);
        jw_kint(w, "index", (int64_t)r->lines.v[i].index);
        jw_kobj(w, "digest");
        jw_kstr(w, "sha256", r->lines.v[i].sha256);
        jw_obj_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}
