/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/catalogue_json.h"

void catalogue_name_json(struct jw *w, const struct catalogue_name *n) {
    jw_obj(w);
    jw_kstr(w, "id", n->id);
    label_json(w, "title", n->title);
    jw_kstr(w, "status", n->status);
    jw_kstr(w, "version", n->version);
    jw_kbool(w, "imported", n->imported);
    jw_obj_end(w);
}
