/* SPDX-License-Identifier: Apache-2.0
 *
 * OpenVEX 0.2.0: a statement for each verdict, with all products it is about.
 */
#include "base/digest.h"
#include "impact/publish.h"

static void identifier(struct jw *w, str id) {
    jw_kstr(w, "@id", id);
    if (!str_starts(id, S("pkg:")))
        return;
    jw_kobj(w, "identifiers");
    jw_kstr(w, "purl", id);
    jw_obj_end(w);
}

static void product(struct jw *w, struct arena *a, const struct truths *all, const struct truth *t, str version) {
    jw_obj(w);
    identifier(w, publish_name(a, all, version));
    if (t->component.n) {
        jw_karr(w, "subcomponents");
        jw_obj(w);
        identifier(w, t->component);
        jw_obj_end(w);
        jw_arr_end(w);
    }
    jw_obj_end(w);
}

static void statement(struct jw *w, struct arena *a, const struct truths *all, const struct truth *t) {
    jw_obj(w);
    jw_kobj(w, "vulnerability");
    jw_kstr(w, "name", t->flaw);
    if (t->summary.n)
        jw_kstr(w, "description", t->summary);
    jw_karr(w, "aliases");
    for (uint32_t i = 0; i < t->names.n; i++)
        if (!str_eq(t->names.v[i], t->flaw))
            jw_str(w, t->names.v[i]);
    jw_arr_end(w);
    jw_obj_end(w);
    jw_kstr(w, "timestamp", time_rfc3339(a, t->stated));
    jw_karr(w, "products");
    for (uint32_t i = 0; i < t->versions.n; i++)
        product(w, a, all, t, t->versions.v[i]);
    if (!t->versions.n)
        product(w, a, all, t, (str){NULL, 0});
    jw_arr_end(w);
    jw_kstr(w, "status", str_of(vex_status_name(t->status)));
    jw_kstr(w, "justification", t->justification);
    bool reason = t->status != VEX_NOT_AFFECTED || t->justification.n || t->impact.n;
    jw_kstr(w, "impact_statement", reason ? t->impact : S("not affected"));
    jw_kstr(w, "action_statement",
            t->status == VEX_AFFECTED && !t->action.n ? S("No measure is known yet.") : t->action);
    jw_obj_end(w);
}

void publish_openvex(struct arena *a, const struct truths *t, struct buf *out) {
    struct buf body = {0};
    struct jw w = jw_to(&body, false);
    jw_arr(&w);
    for (uint32_t i = 0; i < t->v.n; i++)
        statement(&w, a, t, &t->v.v[i]);
    jw_arr_end(&w);
    w = jw_to(out, true);
    jw_obj(&w);
    jw_kstr(&w, "@context", S("https://openvex.dev/ns/v0.2.0"));
    jw_kstr(&w, "@id", arena_printf(a, "urn:akashi:vex:%.*s", STR_ARG(digest_hex(a, DIGEST_SHA256, buf_str(&body)))));
    jw_kstr(&w, "author", t->author);
    jw_kstr(&w, "timestamp", time_rfc3339(a, t->stated));
    jw_kint(&w, "version", 1);
    jw_kstr(&w, "tooling", S("akashi"));
    jw_key(&w, S("statements"));
    jw_raw(&w, buf_str(&body));
    jw_obj_end(&w);
    buf_addc(out, '\n');
    buf_free(&body);
}
