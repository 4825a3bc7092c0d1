/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/thing_answer.h"

#include "base/digest.h"

void said_json(struct jw *w, struct arena *a, const struct said *s) {
    str text = form_predicate(a, &s->form, 1);
    struct json doc;
    struct ctx c;
    ctx_init(&c);
    if (json_parse(&c, a, text, JSON_STRICT, S("form"), &doc, NULL))
        for (struct jiter it = j_iter(doc.root); j_next(&it);) {
            jw_key(w, it.key);
            jw_val(w, it.val);
        }
    ctx_free(&c);
    if (s->mentioned)
        jw_kbool(w, "mentioned", true);
    else
        jw_kint(w, "entry", s->entry);
}

static bool never_held(const struct said_once *x) { return x->held_until == x->said.entry; }

static str owner_of(struct arena *a, const struct home *home, const unsigned char id[32]) {
    const struct known_key *k = keyring_find(home->keys, id);
    return k && k->name.n ? k->name : str_upto(hex_text(a, id, 32), 16);
}

void said_history_json(struct jw *w, struct arena *a, const struct home *home, const struct history *past) {
    jw_karr(w, "history");
    for (uint32_t i = 0; i < past->n; i++) {
        const struct said_once *x = &past->v[i];
        jw_obj(w);
        jw_kstr(w, "time", time_rfc3339(a, x->said.time));
        jw_kstr(w, never_held(x) ? "claimedBy" : "by", owner_of(a, home, x->said.signer));
        if (!never_held(x) && x->held_until != INT64_MAX)
            jw_kint(w, "until", x->held_until);
        jw_kobj(w, "said");
        said_json(w, a, &x->said);
        jw_obj_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

bool audience_thing(struct portfolio *p, struct arena *a, const struct reader *reader, const struct as_of *when,
                    enum thing_kind kind, int64_t number, bool *yes, struct err *e) {
    struct party party;
    struct product product, *of = NULL;
    struct deployment deployment;
    struct service service;
    bool found = true;
    *yes = reader->owner;
    if (*yes)
        return true;
    switch (kind) {
    case THING_PARTY:
        if (!party_get(p, a, number, when, &party, &found, e))
            return false;
        *yes = found && audience_party(reader, &party);
        return true;
    case THING_PRODUCT:
        if (!product_get(p, a, number, when, &product, &found, e))
            return false;
        *yes = found && audience_product(reader, &product);
        return true;
    case THING_SERVICE:
        if (!service_get(p, a, number, when, &service, &found, e))
            return false;
        *yes = found && audience_service(reader, &service);
        return true;
    case THING_DEPLOYMENT: break;
    }
    if (!deployment_get(p, a, number, when, &deployment, &found, e))
        return false;
    if (!found)
        return true;
    bool there = false;
    if (deployment.product >= 0 && !product_get(p, a, deployment.product, when, &product, &there, e))
        return false;
    of = there ? &product : NULL;
    *yes = audience_deployment(reader, &deployment, of);
    return true;
}
