/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/exchange.h"

#include "base/digest.h"
#include "base/file.h"
#include "conform/decision_inner.h"
#include "seal/home_bundle.h"
#include "seal/keytext.h"
#include "seal/proof.h"

struct reading {
    struct home *home;
    struct arena *a;
    struct pubkey *keys; /* of the keyring, in its order */
};

/* ── the proof ── */

/* A log counts when a key known here signs its checkpoints, whatever its name. */
static struct tlog_policy policy_for(const struct reading *r, str origin) {
    struct tlog_policy p = {.quorum_none = true};
    const struct keyring *ring = r->home->keys;
    for (uint32_t i = 0; i < ring->keys.n; i++) {
        struct vkey v;
        if (vkey_of(r->a, origin, NOTE_ED25519, &ring->keys.v[i].key, &v))
            *vec_push(r->a, &p.logs) = (struct tlog_policy_log){.key = v};
    }
    if (str_eq(r->home->origin, origin))
        *vec_push(r->a, &p.logs) = (struct tlog_policy_log){.key = r->home->vkey};
    return p;
}

static bool look_at_proof(const struct reading *r, struct exchanged *x, struct err *e) {
    struct proof parsed;
    struct proof_verdict v;
    str where = x->from.where;
    if (!x->from.proof.n)
        return true;
    if (!proof_parse(r->a, x->from.proof, where, &parsed, e))
        return false;
    struct tlog_policy policy = policy_for(r, parsed.at.origin);
    if (!proof_check(r->a, x->from.proof, where, x->from.text, &policy, &v, e))
        return false;
    if (!v.policy.log_good) {
        err_set(e, ERR_INPUT, where,
                _("the checkpoint of the log %.*s is signed by no key that is trusted; its key: akashi key export "
                  "--format vkey"),
                STR_ARG(parsed.at.origin));
        return err_hint(e, "%s", _("trust the key of that log too: akashi key trust"));
    }
    if (!proof_holds(&v))
        return err_set(e, ERR_INPUT, where, _("the proof that it is in the log %.*s does not hold"),
                       STR_ARG(parsed.at.origin));
    x->proven = true;
    x->origin = v.at.origin;
    x->place = v.index;
    x->time = v.leaf.time;
    return true;
}

/* ── the signatures ── */

static bool refuse(const struct reading *r, const struct exchanged *x, enum key_verdict worst, struct err *e) {
    const struct dsse *d = &x->from.envelope;
    str id = d->signatures.n ? d->signatures.v[0].keyid : (str){NULL, 0};
    unsigned char named[32];
    if (worst == KEY_ROTATED || worst == KEY_REVOKED || worst == KEY_TOO_EARLY)
        return err_set(e, ERR_INPUT, x->from.where, "%s",
                       _("it was signed with a key that was not good when this was logged"));
    const struct known_key *known = hex_bytes(id, named, 32) ? keyring_find(r->home->keys, named) : NULL;
    if (known)
        return err_set(e, ERR_INPUT, x->from.where,
                       _("the signature of %.*s is bad: it was changed after it was signed"), STR_ARG(known->name));
    err_set(e, ERR_INPUT, x->from.where, _("no key that is trusted here signed this (it names key %.*s)"),
            STR_ARG(id.n ? str_upto(id, 16) : S("-")));
    return err_hint(e, "%s", _("once you are sure whose key it is: akashi key trust FILE --name PARTY"));
}

/* Whose signatures are good, whatever became of the keys since. */
static bool find_signers(const struct reading *r, struct exchanged *x, struct err *e) {
    const struct keyring *ring = r->home->keys;
    bool *good = arena_array(r->a, bool, ring->keys.n + 1);
    dsse_verify(r->a, &x->from.envelope, r->keys, ring->keys.n, good);
    for (uint32_t i = 0; i < ring->keys.n; i++)
        if (good[i])
            *vec_push(r->a, &x->signers) = &ring->keys.v[i];
    return x->signers.n || refuse(r, x, KEY_UNKNOWN, e);
}

/* Without a log's word for the time, a key that has ended proves nothing. */
static bool judge_signers(const struct reading *r, struct exchanged *x, struct err *e) {
    enum key_verdict worst = KEY_UNKNOWN;
    int64_t at = x->proven ? x->time : r->home->ctx->now;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < x->signers.n; i++) {
        enum key_verdict v = keyring_judge(r->home->keys, x->signers.v[i]->id, at);
        if (v == KEY_GOOD)
            x->signers.v[kept++] = x->signers.v[i];
        else
            worst = v;
    }
    x->signers.n = kept;
    return kept || refuse(r, x, worst, e);
}

/* ── reading ── */

static bool wanted(const char *const *kinds, str kind) {
    for (; *kinds; kinds++)
        if (str_is(kind, *kinds))
            return true;
    return false;
}

static bool take_one(const struct reading *r, const struct bundled *b, const char *const *kinds,
                     struct exchanged_list *out, struct err *e) {
    struct exchanged x = {.from = *b};
    if (!str_is(b->envelope.payload_type, DSSE_IN_TOTO))
        return true;
    if (!statement_parse(r->home->ctx, r->a, b->envelope.payload, b->where, &x.statement, e))
        return false;
    x.kind = statement_kind(x.statement.type);
    x.digest = digest_hex(r->a, DIGEST_SHA256, b->text);
    if (!wanted(kinds, x.kind))
        return true;
    if (!find_signers(r, &x, e) || !look_at_proof(r, &x, e) || !judge_signers(r, &x, e))
        return false;
    *vec_push(r->a, out) = x;
    return true;
}

bool exchange_of(struct home *home, struct arena *a, const struct bundle *b, str where, const char *const *kinds,
                 struct exchanged_list *out, struct err *e) {
    struct reading r = {.home = home, .a = a};
    *out = (struct exchanged_list){0};
    r.keys = arena_array(a, struct pubkey, home->keys->keys.n + 1);
    for (uint32_t i = 0; i < home->keys->keys.n; i++)
        r.keys[i] = home->keys->keys.v[i].key;
    for (uint32_t i = 0; i < b->statements.n; i++)
        if (!take_one(&r, &b->statements.v[i], kinds, out, e))
            return false;
    return out->n || err_set(e, ERR_INPUT, where, "%s", _("there is no such statement in this file"));
}

bool exchange_parse(struct home *home, struct arena *a, str text, str where, const char *const *kinds,
                    struct exchanged_list *out, struct err *e) {
    struct bundle b = {0};
    *out = (struct exchanged_list){0};
    return bundle_read_any(home->ctx, a, text, where, &b, e) && exchange_of(home, a, &b, where, kinds, out, e);
}

bool exchange_read(struct home *home, struct arena *a, str path, const char *const *kinds, struct exchanged_list *out,
                   struct err *e) {
    str text;
    *out = (struct exchanged_list){0};
    return file_read_plain(home->ctx, a, path, &text, e) && exchange_parse(home, a, text, path, kinds, out, e);
}

/* ── taking in ── */

/* The first signer's key stands in the log. */
static const struct known_key *first_signer(struct arena *a, const struct exchanged *x) {
    for (uint32_t i = 0; i < x->from.envelope.signatures.n; i++) {
        struct dsse one = x->from.envelope;
        one.signatures.v = &x->from.envelope.signatures.v[i];
        one.signatures.n = 1;
        for (uint32_t k = 0; k < x->signers.n; k++)
            if (dsse_verify(a, &one, &x->signers.v[k]->key, 1, NULL))
                return x->signers.v[k];
    }
    return x->signers.v[0];
}

static bool log_envelope_of(struct portfolio *p, struct arena *a, const struct dsse *d, const struct known_key *signer,
                            bool *was_there, struct err *e) {
    struct home_add made = {.envelope = dsse_text(a, d)};
    struct portfolio_add add = {.payload = d->payload, .made = &made};
    memcpy(made.key, signer->id, 32);
    if (!portfolio_append(p, a, &add, 1, e))
        return false;
    *was_there = add.was_there;
    return true;
}

static bool has_receipt(struct portfolio *p, struct arena *a, const struct exchanged *x, bool *has, struct err *e) {
    struct receipts all = {0};
    *has = false;
    if (!decision_receipts(p, a, x->digest, INT64_MAX, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++)
        *has |= str_eq(all.v[i].origin, x->origin);
    return true;
}

static bool log_receipt(struct portfolio *p, struct arena *a, const struct exchanged *x, struct err *e) {
    struct portfolio_add add = {0};
    struct subject about = {.name = x->kind};
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    *vec_push(a, &about.digests) = (struct subject_digest){S("sha256"), x->digest};
    jw_obj(&w);
    jw_kstr(&w, "envelope", x->digest);
    jw_kstr(&w, "kind", x->kind);
    jw_kstr(&w, "from", first_signer(a, x)->name);
    jw_kobj(&w, "log");
    jw_kstr(&w, "origin", x->origin);
    jw_kint(&w, "index", (int64_t)x->place);
    jw_kstr(&w, "time", time_rfc3339(a, x->time));
    jw_kstr(&w, "proof", x->from.proof);
    jw_obj_end(&w);
    jw_obj_end(&w);
    bool ok = statement_text(p->ctx, a, str_of(predicate_of_kind(S("receipt"))->type), &about, 1, buf_str(&b),
                             &add.payload, e) &&
              portfolio_append(p, a, &add, 1, e);
    buf_free(&b);
    return ok;
}

bool exchange_take(struct portfolio *p, struct arena *a, const struct exchanged *x, bool *was_there, struct err *e) {
    bool has = !x->proven || str_eq(x->origin, p->home->origin);
    return log_envelope_of(p, a, &x->from.envelope, first_signer(a, x), was_there, e) &&
           (has || has_receipt(p, a, x, &has, e)) && (has || log_receipt(p, a, x, e));
}

bool exchange_countersign(struct portfolio *p, struct arena *a, const struct exchanged *x, struct err *e) {
    struct dsse d = {.payload_type = x->from.envelope.payload_type, .payload = x->from.envelope.payload}, ours = d;
    const struct known_key *us = keyring_find(p->home->keys, p->home->key_id);
    bool was_there;
    if (!dsse_sign(a, &ours, p->home->key, e))
        return false;
    *vec_push(a, &d.signatures) = ours.signatures.v[0];
    for (uint32_t i = 0; i < x->from.envelope.signatures.n; i++)
        *vec_push(a, &d.signatures) = x->from.envelope.signatures.v[i];
    return log_envelope_of(p, a, &d, us, &was_there, e);
}

/* ── handing over ── */

/* Hints for who checks it: the public keys known here of all who signed. */
static void add_keys(struct portfolio *p, struct arena *a, struct bundle *b) {
    const struct keyring *ring = p->home->keys;
    for (uint32_t i = 0; i < ring->keys.n; i++) {
        const struct known_key *k = &ring->keys.v[i];
        bool signs = false;
        str pem;
        for (uint32_t n = 0; n < b->statements.n && !signs && !k->ours; n++)
            signs = dsse_verify(a, &b->statements.v[n].envelope, &k->key, 1, NULL) == 1;
        if (signs && keytext_write(a, KEY_PEM, &k->key, k->name, &pem, NULL))
            *vec_push(a, &b->keys) = pem;
    }
}

bool exchange_bundle(struct portfolio *p, struct arena *a, const uint64_t *entries, uint32_t n, struct bundle *out,
                     struct err *e) {
    struct bundle own;
    if (!home_bundle(p->home, a, entries, n, &own, e))
        return false;
    *out = (struct bundle){0};
    for (uint32_t i = 0; i < own.statements.n; i++) {
        struct receipts given = {0};
        struct bundled one = own.statements.v[i];
        if (!decision_receipts(p, a, digest_hex(a, DIGEST_SHA256, one.text), INT64_MAX, &given, e))
            return false;
        *vec_push(a, &out->statements) = one;
        for (uint32_t k = 0; k < given.n; k++) {
            one.proof = given.v[k].proof;
            *vec_push(a, &out->statements) = one;
        }
    }
    for (uint32_t i = 0; i < own.keys.n; i++)
        *vec_push(a, &out->keys) = own.keys.v[i];
    add_keys(p, a, out);
    return true;
}
