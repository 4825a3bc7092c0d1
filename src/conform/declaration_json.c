/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/declaration_json.h"
#include "base/digest.h"
#include "conform/catalogue_json.h"
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

/* ── what was declared ── */

static const char *basis_name(const struct declared_practice *x) {
    static const char *const names[] = {"none", "computed", "attested", "not-applicable"};
    return x->claimed > 0 ? "claimed" : names[x->basis];
}

static uint32_t statements_of(const struct declared_practice *x) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < x->rules.n; i++)
        n += x->rules.v[i].evidence.n;
    return n;
}

void declared_practice_json(struct arena *a, struct jw *w, const struct catalogue *k,
                            const struct declared_practice *x) {
    const struct practice *known = k ? practice_of(k, x->id) : NULL;
    jw_obj(w);
    jw_kstr(w, "practice", x->id);
    if (known)
        label_json(w, "title", known->title);
    jw_kint(w, "level", x->level);
    if (x->claimed)
        jw_kint(w, "claimed", x->claimed);
    if (x->target >= 0)
        jw_kint(w, "target", x->target);
    jw_kstr(w, "basis", str_of(basis_name(x)));
    if (x->claim.n || x->reason.n)
        jw_kstr(w, "reason", x->claim.n ? x->claim : x->reason);
    jw_kint(w, "statements", statements_of(x));
    if (x->until)
        jw_kstr(w, "until", time_rfc3339(a, x->until));
    jw_obj_end(w);
}

static void put_names(struct jw *w, const char *key, const struct scope_names *v) {
    jw_karr(w, key);
    for (uint32_t i = 0; i < v->n; i++)
        jw_str(w, v->v[i]);
    jw_arr_end(w);
}

static void put_said(struct arena *a, struct jw *w, const struct catalogue *k, const struct declaration *d) {
    jw_kstr(w, "partyName", d->party_name);
    jw_kobj(w, "signatory");
    jw_kstr(w, "name", d->signatory.name);
    jw_kstr(w, "role", d->signatory.role);
    jw_obj_end(w);
    jw_kstr(w, "time", time_rfc3339(a, d->time));
    put_names(w, "products", &d->products);
    put_names(w, "sites", &d->sites);
    jw_karr(w, "exclusions");
    for (uint32_t i = 0; i < d->exclusions.n; i++) {
        jw_obj(w);
        jw_kstr(w, "what", d->exclusions.v[i].what);
        jw_kstr(w, "reason", d->exclusions.v[i].reason);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kint(w, "releases", (int64_t)d->releases);
    jw_kint(w, "statements", d->evidence.n);
    if (d->supersedes.n)
        jw_kstr(w, "supersedes", d->supersedes);
    if (d->note.n)
        jw_kstr(w, "note", d->note);
    jw_karr(w, "practices");
    for (uint32_t i = 0; i < d->practices.n; i++)
        declared_practice_json(a, w, k, &d->practices.v[i]);
    jw_arr_end(w);
}

void declaration_json(struct arena *a, struct jw *w, const struct catalogue *k, const struct declaration_row *d) {
    put_row(a, w, d);
    put_said(a, w, k, &d->said);
    jw_kint(w, "version", (int64_t)declaration_version(d));
    jw_karr(w, "history");
    for (uint32_t i = 0; i < d->events.n; i++) {
        const struct declaration_event *x = &d->events.v[i];
        jw_obj(w);
        jw_kstr(w, "kind", str_of(declared_event_name(x->event)));
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
