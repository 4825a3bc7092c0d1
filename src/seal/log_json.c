/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/log_json.h"

#include "base/digest.h"

void log_entry_json(struct arena *a, struct jw *w, const struct log_entry *entry, bool with_envelope) {
    jw_obj(w);
    jw_kint(w, "index", (int64_t)entry->index);
    jw_kstr(w, "time", time_rfc3339(a, entry->leaf.time));
    jw_kstr(w, "kind", entry->leaf.kind);
    jw_kstr(w, "key", hex_text(a, entry->leaf.key, 32));
    jw_kstr(w, "commitment", hex_text(a, entry->leaf.body, 32));
    if (with_envelope)
        jw_kstr(w, "envelope", hex_text(a, entry->envelope, 32));
    jw_kbool(w, "erased", entry->erased);
    jw_obj_end(w);
}
