/* SPDX-License-Identifier: Apache-2.0
 *
 * Others that this home knows: whose keys it trusts, who witnesses its log; and trusting a key.
 */
#include "node/cosign.h"
#include "seal/home_trust.h"
#include "seal/keytext.h"
#include "serve/app.h"
#include "serve/asking.h"
#include "serve/confined.h"

bool api_peers(struct call *q, struct err *e);
bool api_peer_trust(struct call *q, struct err *e);
bool api_peer_distrust(struct call *q, struct err *e);
bool api_witnesses(struct call *q, struct err *e);

static bool put_witnesses(struct call *q, struct jw *w, struct err *e) {
    struct tlog_policy p;
    struct tlog_policy_verdict v;
    if (!witnesses_judge(q->home, q->a, &p, &v, e))
        return false;
    witnesses_json(q->a, w, &p, &v);
    return true;
}

bool api_witnesses(struct call *q, struct err *e) { return put_witnesses(q, call_json(q), e); }
const struct route_doc api_witnesses_doc = {
    .answer = "witnesses-answer",
    .says = N_("the witnesses of this log, which of them cosigned the present checkpoint and when, and whether that is "
               "enough by the policy (\"quorum\")"),
};

bool api_peers(struct call *q, struct err *e) {
    const struct keyring *ring = q->home->keys;
    if (!q->who.reader.owner)
        return call_refuse(q, 403, "forbidden", "%s", _("only the home's own people see this"));
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "party", q->home->party);
    jw_kstr(w, "origin", q->home->origin);
    jw_kstr(w, "vkey", vkey_text(q->a, &q->home->vkey));
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < ring->keys.n; i++)
        home_key_json(q->home, q->a, w, &ring->keys.v[i], (str){NULL, 0});
    jw_arr_end(w);
    jw_key(w, S("log"));
    bool ok = put_witnesses(q, w, e);
    jw_obj_end(w);
    return ok;
}
const struct route_doc api_peers_doc = {
    .answer = "peers-answer",
    .says = N_(
        "our keys and those of others that are trusted here, whose they are, since when they are good or why they "
        "are not; the witnesses of the log"),
};

bool api_peer_trust(struct call *q, struct err *e) {
    str party = j_gets(q->json.root, "party"), text = j_gets(q->json.root, "key"), path;
    struct key_text k;
    if (!party.n)
        return err_set(e, ERR_USAGE, S("party"), "%s", _("say whose key it is"));
    if (!text.n)
        return err_set(e, ERR_USAGE, S("key"), "%s", _("this argument is needed"));
    const struct reading_plan plan = call_reading(q, text, S("key"));
    if (!readers_key(app_readers(q->app), &plan, q->a, &k, e) ||
        !home_trust(q->home, q->a, &k.key, party, S("key"), &path, e))
        return false;
    app_reload(q->app); /* everybody's keyring is read anew */
    struct jw *w = call_json_as(q, 201);
    jw_obj(w);
    jw_kstr(w, "id", pubkey_id_hex(q->a, &k.key));
    jw_kstr(w, "kind", str_of(sig_kind_name(k.key.kind)));
    jw_kstr(w, "party", party);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_peer_trust_doc = {
    .answer = "peer-answer",
    .body = "peer",
    .says = N_("{party, key}: the key as PEM, verifier key, SSH, minisign or JWK. From then on what it signs counts as "
               "that party's word. Compare it with what the party tells you in another way first"),
};

bool api_peer_distrust(struct call *q, struct err *e) {
    struct known_key k;
    if (!home_distrust(q->home, q->a, call_part(q, 0), &k, e))
        return false;
    if (q->app)
        app_reload(q->app);
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "id", pubkey_id_hex(q->a, &k.key));
    jw_kstr(w, "party", k.name);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_peer_distrust_doc = {
    .answer = "peer-ended-answer",
    .says = N_(
        "{key}: 8 hex digits or more of its id. What it signed stays in the log and counts no more; a key of our own "
        "is refused"),
};
