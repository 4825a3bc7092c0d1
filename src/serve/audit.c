/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/audit.h"

#include "base/digest.h"
#include "seal/statement.h"
#include "serve/caller.h"

const char *const audit_events[] = {
    "user-added",    "user-changed",   "user-disabled",   "user-enabled",    "user-removed",
    "roles-changed", "password-set",   "invited",         "totp-set",        "totp-removed",
    "recovery-used", "passkey-added",  "passkey-lost",    "passkey-removed", "token-made",
    "token-ended",   "sessions-ended", "sign-in-refused", "oidc-linked",     NULL,
};

static void put_roles(struct jw *w, const struct audit *x) {
    jw_karr(w, "roles");
    for (uint32_t i = 0; i < x->n_grants; i++) {
        jw_obj(w);
        jw_kstr(w, "role", str_of(user_role_words[x->grants[i].role]));
        if (x->grants[i].party.n)
            jw_kstr(w, "party", x->grants[i].party);
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put(struct arena *a, struct jw *w, const struct audit *x, int64_t now) {
    jw_obj(w);
    jw_kstr(w, "event", str_of(x->event));
    jw_kstr(w, "user", x->user);
    jw_kstr(w, "by", x->by);
    jw_kstr(w, "how", x->how);
    jw_kstr(w, "token", x->token);
    if (x->grants)
        put_roles(w, x);
    if (x->may) {
        jw_karr(w, "may");
        caller_put_may(w, x->may);
        jw_arr_end(w);
    }
    if (x->until)
        jw_kstr(w, "until", time_rfc3339(a, x->until));
    jw_kstr(w, "date", time_rfc3339(a, now)); /* so that the same again is another statement */
    jw_obj_end(w);
}

bool audit_payload(struct ctx *c, struct arena *a, const struct audit *x, str *payload, struct err *e) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    str about = x->user.n ? x->user : S("nobody");
    struct subject subject = {.name = about};
    *vec_push(a, &subject.digests) = (struct subject_digest){
        S("sha256"), digest_hex(a, DIGEST_SHA256, arena_printf(a, "user:%.*s", STR_ARG(about)))};
    put(a, &w, x, c->now);
    str predicate = arena_str(a, buf_str(&b));
    buf_free(&b);
    return statement_text(c, a, str_of(predicate_of_kind(S("audit"))->type), &subject, 1, predicate, payload, e);
}
