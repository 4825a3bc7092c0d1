/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/declaration_json.h"
#include "base/digest.h"
#include "conform/decision_words.h"

static void put_row(struct arena *a, struct jw *w, const struct declaration_row *d) {
    jw_obj(w);
    jw_kstr(w, "declaration", d->said.id);
    jw_kstr(w, "sha256", hex_text(a, d->envelope, 32));
    jw_kint(w, "entry", (int64_t)d->entry);
    jw_kstr(w, "logged", time_rfc3339(a, d->time));
    jw_kbool(w, "ours", d->ours);
    jw_kstr(w, "party", d->said.party);
    jw_kstr(w, "catalogue", d->said.catalogue);
    jw_kstr(w, "package", d->said.package);
    jw_kstr(w, "from", time_rfc3339(a, d->said.from));
    jw_kstr(w, "until", time_rfc3339(a, d->said.until));
    jw_kstr(w, "standing", str_of(standing_name(d->standing)));
    jw_kint(w, "openChallenges", d->open_challenges);
    if (d->answer_due)
        jw_kstr(w, "answerDue", time_rfc3339(a, d->answer_due));
}

void declaration_row_json(struct arena *a, struct jw *w, const struct declaration_row *d) {
    put_row(a, w, d);
    jw_obj_end(w);
}

void declaration_json(struct arena *a, struct jw *w, const struct declaration_row *d) {
    static const char *const kinds[] = {"endorsement", "challenge", "challenge-answer", "standing", "handover"};
    put_row(a, w, d);
    jw_karr(w, "history");
    for (uint32_t i = 0; i < d->events.n; i++) {
        const struct declaration_event *x = &d->events.v[i];
        jw_obj(w);
        jw_kstr(w, "kind", str_of(kinds[x->event]));
        jw_kint(w, "entry", (int64_t)x->entry);
        jw_kstr(w, "logged", time_rfc3339(a, x->time));
        jw_kbool(w, "counts", x->counts);
        jw_kstr(w, "sha256", hex_text(a, x->envelope, 32));
        jw_key(w, S("said"));
        jw_val(w, x->said);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_obj_end(w);
}

bool declaration_seen(struct portfolio *p, struct arena *a, const struct reader *r, const struct declaration_row *d,
                      bool *may, struct err *e) {
    struct scope_names to = {0};
    declaration_recipients(a, d, &to);
    *vec_push(a, &to) = d->said.party;
    return reader_is_side(p, a, r, to.v, to.n, may, e);
}
