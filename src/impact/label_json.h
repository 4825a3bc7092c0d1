/* SPDX-License-Identifier: Apache-2.0
 *
 * A name in both languages, in JSON.
 */
#ifndef AKASHI_IMPACT_LABEL_JSON_H
#define AKASHI_IMPACT_LABEL_JSON_H

#include "impact/label.h"

/* "key": {"ja": …, "en": …}; nothing when absent. */
static inline void label_json(struct jw *w, const char *key, struct label l) {
    if (!l.en.n && !l.ja.n)
        return;
    jw_kobj(w, key);
    jw_kstr(w, "ja", l.ja);
    jw_kstr(w, "en", l.en);
    jw_obj_end(w);
}

#endif
