/* SPDX-License-Identifier: Apache-2.0
 *
 * Passkeys: made by somebody who is signed in, and signed in with. What goes to and comes from the browser is as
 * WebAuthn level 3 writes it in JSON (§5.1.8 to §5.1.10).
 */
#include "base/cipher.h"
#include "serve/api_access.h"
#include "serve/passkeys.h"
#include "serve/webauthn.h"

enum { TIMEOUT_MS = 300000, NAME_MOST = 200 };

bool api_passkeys(struct call *q, struct err *e);
bool api_passkey_wish(struct call *q, struct err *e);
bool api_passkey_add(struct call *q, struct err *e);
bool api_passkey_remove(struct call *q, struct err *e);
bool api_passkey_ask(struct call *q, struct err *e);
bool api_passkey_sign_in(struct call *q, struct err *e);

/* ── what both sides share ── */

static struct webauthn_place place_of(const struct call *q) {
    str host = caller_host(q), name, port;
    bool bare = str_starts(host, S("[")) || !str_rcut(host, ':', &name, &port);
    return (struct webauthn_place){.origin = caller_origin(q), .rp_id = bare ? host : name};
}

static str challenge_new(struct call *q, char kind, str data) {
    unsigned char bytes[32];
    random_bytes(bytes, sizeof bytes);
    str text = base64url_text(q->a, str_n((char *)bytes, sizeof bytes));
    pending_put(app_throttle(q->app), kind, text, data, q->ctx->now);
    return text;
}

/* Bytes of the body's response; absent when they are not there or no base64url. */
static str part(const struct call *q, const char *name) {
    str text = j_str(j_get2(q->json.root, "response", name)), out;
    return text.p && base64_bytes(q->a, text, true, &out) ? out : (str){NULL, 0};
}
static str credential_id(const struct call *q) {
    str text = api_text(q, "id"), out;
    return text.p && base64_bytes(q->a, text, true, &out) ? out : (str){NULL, 0};
}

static bool stale(struct call *q) {
    return call_refuse(q, 403, "challenge", "%s", _("this took too long, or was sent before: try again"));
}

/* ── mine ── */

bool api_passkeys(struct call *q, struct err *e) {
    struct passkeys all = {0};
    access_lock(app_access(q->app));
    bool ok = passkeys_of(app_access(q->app), q->a, q->who.user, &all, e);
    access_unlock(app_access(q->app));
    if (!ok)
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < all.n; i++) {
        const struct passkey *k = &all.v[i];
        jw_obj(w);
        jw_kstr(w, "id", base64url_text(q->a, k->id));
        jw_kstr(w, "name", k->name);
        jw_kstr(w, "made", time_rfc3339(q->a, k->made));
        if (k->used)
            jw_kstr(w, "used", time_rfc3339(q->a, k->used));
        jw_kbool(w, "lost", k->lost);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    jw_kint(w, "total", all.n);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_passkeys_doc = {.answer = "passkeys-answer",
                                           .says = N_("\"lost\": a copy of it was used, it is good no more")};

static void put_algorithms(struct jw *w) {
    static const int algorithms[] = {COSE_ES256, COSE_EDDSA, COSE_RS256};
    jw_karr(w, "pubKeyCredParams");
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++) {
        jw_obj(w);
        jw_kstr(w, "type", S("public-key"));
        jw_kint(w, "alg", algorithms[i]);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_known(struct call *q, struct jw *w, const struct passkeys *all) {
    jw_karr(w, "excludeCredentials");
    for (uint32_t i = 0; i < all->n; i++) {
        jw_obj(w);
        jw_kstr(w, "type", S("public-key"));
        jw_kstr(w, "id", base64url_text(q->a, all->v[i].id));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_wish(struct call *q, const struct user *u, const struct passkeys *all) {
    struct webauthn_place at = place_of(q);
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kobj(w, "publicKey");
    jw_kstr(w, "challenge", challenge_new(q, 'r', u->id));
    jw_kobj(w, "rp");
    jw_kstr(w, "id", at.rp_id);
    jw_kstr(w, "name", S("Akashi"));
    jw_obj_end(w);
    jw_kobj(w, "user");
    jw_kstr(w, "id", base64url_text(q->a, u->id));
    jw_kstr(w, "name", u->name);
    jw_kstr(w, "displayName", u->shown);
    jw_obj_end(w);
    put_algorithms(w);
    put_known(q, w, all);
    jw_kint(w, "timeout", TIMEOUT_MS);
    jw_kobj(w, "authenticatorSelection");
    jw_kstr(w, "residentKey", S("required"));
    jw_kbool(w, "requireResidentKey", true);
    jw_kstr(w, "userVerification", S("required"));
    jw_obj_end(w);
    jw_kstr(w, "attestation", S("none"));
    jw_obj_end(w);
    jw_obj_end(w);
}

bool api_passkey_wish(struct call *q, struct err *e) {
    struct passkeys all = {0};
    struct user u;
    bool refused;
    if (q->who.by != CALLER_SESSION)
        return call_refuse(q, 403, "forbidden", "%s", _("a passkey is made by somebody at a browser"));
    if (!api_self(q, &u, e) || !api_prove(q, &u, &refused, e))
        return false;
    if (refused)
        return true;
    access_lock(app_access(q->app));
    bool ok = passkeys_of(app_access(q->app), q->a, u.id, &all, e);
    access_unlock(app_access(q->app));
    if (ok)
        put_wish(q, &u, &all);
    return ok;
}
const struct route_doc api_passkey_wish_doc = {
    .answer = "passkey-wish-answer",
    .body = "proof",
    .says = N_("{\"password\"}: \"publicKey\" for navigator.credentials.create() (parseCreationOptionsFromJSON)")};

bool api_passkey_add(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct webauthn_place at = place_of(q);
    struct authenticator_data data;
    str challenge, whose, name = api_text(q, "name");
    if (!webauthn_client(q->ctx, q->a, WEBAUTHN_CREATE, &at, part(q, "clientDataJSON"), &challenge, e))
        return false;
    if (!pending_take(app_throttle(q->app), q->a, 'r', challenge, q->ctx->now, &whose) || !str_eq(whose, q->who.user))
        return stale(q);
    if (!webauthn_data(WEBAUTHN_CREATE, &at, part(q, "authenticatorData"), &data, e))
        return false;
    struct passkey k = {.id = data.credential,
                        .user = q->who.user,
                        .key = part(q, "publicKey"),
                        .name = name.n && name.n <= NAME_MOST ? name : str_of(_("passkey")),
                        .algorithm = j_int(j_get2(q->json.root, "response", "publicKeyAlgorithm"), 0),
                        .counter = data.counter,
                        .made = q->ctx->now};
    if (!webauthn_key_fits(k.algorithm, k.key))
        return err_set(e, ERR_USAGE, S("passkey"), _("this kind of key is not taken: ES256, EdDSA or RS256"));
    struct audit said = {.event = "passkey-added", .user = q->who.user, .by = q->who.user};
    if (!access_begin(x, e) || !api_end(q, passkey_add(x, &k, e), &said, e))
        return false;
    struct jw *w = call_json_as(q, 201);
    jw_obj(w);
    jw_kstr(w, "id", base64url_text(q->a, k.id));
    jw_kstr(w, "name", k.name);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_passkey_add_doc = {
    .answer = "passkey-answer",
    .body = "passkey",
    .says = N_("credential.toJSON() and \"name\"?; attestation is neither asked for nor looked at")};

bool api_passkey_remove(struct call *q, struct err *e) {
    struct access *x = app_access(q->app);
    struct audit said = {.event = "passkey-removed", .user = q->who.user, .by = q->who.user};
    str id;
    bool found = false;
    if (!base64_bytes(q->a, call_part(q, 0), true, &id))
        return call_not_found(q);
    if (!access_begin(x, e))
        return false;
    bool ok = passkey_remove(x, id, q->who.user, &found, e);
    return api_end_gone(q, ok, found, &said, e);
}
const struct route_doc api_passkey_remove_doc = {.nothing = true};

/* ── signing in ── */

bool api_passkey_ask(struct call *q, struct err *e) {
    struct webauthn_place at = place_of(q);
    struct jw *w = call_json(q);
    (void)e;
    jw_obj(w);
    jw_kobj(w, "publicKey");
    jw_kstr(w, "challenge", challenge_new(q, 'p', S("")));
    jw_kstr(w, "rpId", at.rp_id);
    jw_kint(w, "timeout", TIMEOUT_MS);
    jw_kstr(w, "userVerification", S("required"));
    jw_karr(w, "allowCredentials"); /* whoever has one is asked by the browser: no list, so no names to be guessed */
    jw_arr_end(w);
    jw_obj_end(w);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_passkey_ask_doc = {
    .answer = "passkey-ask-answer",
    .body = "nothing",
    .says = N_("\"publicKey\" for navigator.credentials.get() (parseRequestOptionsFromJSON)")};

static bool not_in(struct call *q) {
    return call_refuse(q, 401, "sign-in-failed", "%s", _("this passkey is not known here"));
}

/* Its use is noted; a counter that went back is told in the log. */
static bool note_use(struct call *q, const struct passkey *k, uint32_t counter, bool *good, struct err *e) {
    struct access *x = app_access(q->app);
    struct audit said = {.event = "passkey-lost", .user = k->user};
    if (!access_begin(x, e))
        return false;
    bool ok = passkey_used(x, k, counter, q->ctx->now, good, e);
    return ok && !*good && !k->lost ? api_end(q, ok, &said, e) : access_end(x, ok, e);
}

bool api_passkey_sign_in(struct call *q, struct err *e) {
    struct webauthn_place at = place_of(q);
    struct authenticator_data data;
    struct passkey k;
    bool found, good;
    str challenge, none, client = part(q, "clientDataJSON"), bytes = part(q, "authenticatorData"),
                         handle = part(q, "userHandle");
    if (!api_may_try(q, (str){NULL, 0}))
        return true;
    if (!webauthn_client(q->ctx, q->a, WEBAUTHN_GET, &at, client, &challenge, e))
        return false;
    if (!pending_take(app_throttle(q->app), q->a, 'p', challenge, q->ctx->now, &none))
        return stale(q);
    access_lock(app_access(q->app));
    bool ok = passkey_find(app_access(q->app), q->a, credential_id(q), &found, &k, e);
    access_unlock(app_access(q->app));
    if (!ok || !webauthn_data(WEBAUTHN_GET, &at, bytes, &data, e))
        return false;
    if (!found || (handle.n && !str_eq(handle, k.user)) ||
        !webauthn_signed(k.algorithm, k.key, bytes, client, part(q, "signature")))
        return not_in(q);
    if (!note_use(q, &k, data.counter, &good, e))
        return false;
    if (!good)
        return not_in(q);
    api_tried(q, (str){NULL, 0});
    return api_welcome(q, k.user, "passkey", e);
}
const struct route_doc api_passkey_sign_in_doc = {
    .answer = "me-answer",
    .body = "passkey",
    .says = N_("credential.toJSON(): 201 like signing in by password; 401 for one that is not known or was copied")};
