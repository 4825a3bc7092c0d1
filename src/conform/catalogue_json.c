/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/catalogue_json.h"

#include "conform/import.h"
#include "conform/own.h"

void catalogue_name_json(struct jw *w, const struct catalogue_name *n) {
    jw_obj(w);
    jw_kstr(w, "id", n->id);
    label_json(w, "title", n->title);
    jw_kstr(w, "status", n->status);
    jw_kstr(w, "version", n->version);
    jw_kbool(w, "imported", n->imported);
    jw_obj_end(w);
}

void catalogue_imported_json(struct jw *w, const struct catalogue_import *x, const struct catalogue *k,
                             const struct own_say *say) {
    jw_obj(w);
    jw_kstr(w, "id", k->id);
    label_json(w, "title", k->title);
    jw_kstr(w, "format", str_of(x->format));
    jw_kint(w, "groups", k->groups.n);
    jw_kint(w, "practices", k->practices.n);
    jw_kstr(w, "digest", k->digest);
    jw_kstr(w, "state", str_of(say->same ? "same" : say->replaced ? "replaced" : "added"));
    jw_kint(w, "entry", (int64_t)say->index);
    jw_obj_end(w);
}
