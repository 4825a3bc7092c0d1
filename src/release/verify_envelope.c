/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "release/checklist.h"

enum { KEYS_MOST = 4096 };

static str short_hex(struct arena *a, const unsigned char id[32]) { return hex_text(a, id, 8); }

/* ── who signed ── */

struct signing {
    const struct dsse *envelope;
    bool *good; /* of each trusted key */
};

/* One key whose signature stands in it twice was counted twice by somebody, or hopes to be. */
static bool signed_twice(struct looking *l, const struct signing *s, uint32_t *which) {
    for (uint32_t k = 0; k < l->keys.n; k++) {
        uint32_t times = 0;
        for (uint32_t i = 0; s->good[k] && i < s->envelope->signatures.n; i++) {
            struct dsse one = *s->envelope;
            one.signatures.v = &s->envelope->signatures.v[i];
            one.signatures.n = 1;
            times += dsse_verify(l->arena, &one, &l->keys.v[k].key, 1, NULL);
        }
        *which = k;
        if (times > 1)
            return true;
    }
    return false;
}

/* Says which trusted key the envelope claims, so that "changed" and "signed by somebody else" are told apart. */
static const struct trusted_key *claimed(struct looking *l, const struct dsse *d) {
    for (uint32_t i = 0; i < d->signatures.n; i++)
        for (uint32_t k = 0; k < l->keys.n; k++)
            if (str_eq(d->signatures.v[i].keyid, hex_text(l->arena, l->keys.v[k].id, 32)))
                return &l->keys.v[k];
    return NULL;
}

static void say_unsigned(struct looking *l, str about, const struct dsse *d) {
    const struct trusted_key *k = claimed(l, d);
    if (k) {
        say_fails(l, "signature", about, _("the signature of %.*s is bad: what was signed is not what is here"),
                  STR_ARG(k->name));
        return;
    }
    str id = d->signatures.n ? d->signatures.v[0].keyid : (str){NULL, 0};
    if (id.n)
        say_fails(l, "signature", about, _("no key that is trusted signed it (it names key %.*s)"),
                  STR_ARG(str_upto(id, 16)));
    else
        say_fails(l, "signature", about, _("no key that is trusted signed it"));
    say_hint(l, _("give the signer's public key, obtained from the signer: --key FILE"));
}

/* In the order of the signatures: what several sides signed is in a log under the key of the first. */
static void take_signer(struct looking *l, const struct dsse *d, uint32_t at, const bool *good, struct verified *v,
                        uint32_t *first) {
    struct dsse one = *d;
    uint32_t side = UINT32_MAX;
    one.signatures.v = &d->signatures.v[at];
    one.signatures.n = 1;
    for (uint32_t k = 0; k < l->keys.n; k++) {
        if (!good[k] || dsse_verify(l->arena, &one, &l->keys.v[k].key, 1, NULL) != 1)
            continue;
        side = side == UINT32_MAX ? k : side;
        *vec_push(l->arena, &v->signers) = l->keys.v[k].name;
    }
    if (side == UINT32_MAX)
        return;
    *first = *first == UINT32_MAX ? side : *first;
    *vec_push(l->arena, &v->sides) = l->keys.v[side].name;
}

static bool look_at_signatures(struct looking *l, str about, const struct dsse *d, struct verified *v) {
    bool *good = arena_array(l->arena, bool, l->keys.n + 1);
    struct pubkey *keys = arena_array(l->arena, struct pubkey, l->keys.n + 1);
    struct signing s = {d, good};
    uint32_t twice, first = UINT32_MAX;
    for (uint32_t k = 0; k < l->keys.n; k++)
        keys[k] = l->keys.v[k].key;
    dsse_verify(l->arena, d, keys, l->keys.n, good);
    for (uint32_t i = 0; i < d->signatures.n; i++)
        take_signer(l, d, i, good, v, &first);
    if (first == UINT32_MAX) {
        say_unsigned(l, about, d);
        return false;
    }
    memcpy(v->key, l->keys.v[first].id, sizeof v->key);
    if (signed_twice(l, &s, &twice)) {
        say_fails(l, "signature", about,
                  _("%.*s signed it twice: one key counts once, and an envelope like this is refused"),
                  STR_ARG(l->keys.v[twice].name));
        return false;
    }
    say_holds(l, "signature", about, _("signed by %.*s (key %.*s)"), STR_ARG(l->keys.v[first].name),
              STR_ARG(short_hex(l->arena, v->key)));
    return true;
}

/* ── whether the key was good then ── */

bool look_at_key(struct looking *l, str about, const unsigned char key[32], const int64_t *logged) {
    const struct home *home = l->options->home;
    const struct known_key *k = home && home->keys ? keyring_find(home->keys, key) : NULL;
    if (!k)
        return true;
    /* Without a log's word for the time, a key that has ended proves nothing: anybody who has it may sign today. */
    int64_t at = logged ? *logged : l->ctx->now;
    switch (keyring_judge(home->keys, key, at)) {
    case KEY_GOOD:
    case KEY_UNKNOWN: return true;
    case KEY_TOO_EARLY:
        say_fails(l, "key", about, _("the key of %.*s was not yet in use then"), STR_ARG(k->name));
        break;
    case KEY_ROTATED:
        say_fails(l, "key", about, _("the key of %.*s had been replaced before this was logged"), STR_ARG(k->name));
        break;
    case KEY_REVOKED:
        say_fails(l, "key", about, _("the key of %.*s is revoked: %.*s"), STR_ARG(k->name), STR_ARG(k->ended));
        break;
    }
    if (!logged)
        say_hint(l, _("no log says when it was signed, so the key's present state decides"));
    return false;
}

/* ── what the log says ── */

/* Without a tlog-policy: a log counts when a trusted key signs its checkpoints, whatever its name. */
struct tlog_policy policy_for(struct looking *l, str origin) {
    struct tlog_policy p = {.quorum_none = true};
    if (l->options->log_policy)
        return *l->options->log_policy;
    for (uint32_t k = 0; k < l->keys.n; k++) {
        struct vkey v;
        if (vkey_of(l->arena, origin, NOTE_ED25519, &l->keys.v[k].key, &v))
            *vec_push(l->arena, &p.logs) = (struct tlog_policy_log){.key = v};
    }
    if (l->options->home && str_eq(l->options->home->origin, origin))
        *vec_push(l->arena, &p.logs) = (struct tlog_policy_log){.key = l->options->home->vkey};
    return p;
}

static void look_at_witnesses(struct looking *l, str about, const struct proof_verdict *pv) {
    struct buf names = {0};
    for (uint32_t i = 0; i < pv->policy.cosigned.n; i++) {
        buf_addz(&names, i ? ", " : "");
        buf_add(&names, pv->policy.cosigned.v[i].key_name);
    }
    if (!l->options->log_policy)
        say_unchecked(l, "witness", about, _("nobody was asked whether the log shows everyone the same"));
    else if (!pv->policy.quorum_met)
        say_fails(l, "witness", about, _("too few witnesses cosigned the checkpoint (%s)"),
                  names.n ? buf_str(&names).p : "0");
    else if (names.n)
        say_holds(l, "witness", about, _("cosigned by %.*s"), STR_ARG(buf_str(&names)));
    if (!l->options->log_policy)
        say_hint(l, _("give a tlog-policy that names witnesses: --log-policy FILE"));
    buf_free(&names);
}

static bool look_at_proof_verdict(struct looking *l, str about, const struct proof_verdict *pv) {
    if (pv->policy.broken.n)
        say_fails(l, "log", about, _("the signature of %.*s under the checkpoint is bad"), STR_ARG(pv->policy.broken));
    else if (!pv->policy.log_good)
        say_fails(l, "log", about,
                  _("the checkpoint of the log %.*s is signed by no key that is trusted; its key: akashi key export "
                    "--format vkey"),
                  STR_ARG(pv->at.origin));
    else if (!pv->has_entry)
        say_fails(l, "log", about, _("the proof holds no entry of this program"));
    else if (!pv->entry_matches)
        say_fails(l, "log", about, _("the log has entry %llu, but that is about another envelope"),
                  (unsigned long long)pv->index);
    else if (!pv->included)
        say_fails(l, "log", about, _("the proof does not lead from entry %llu to the checkpoint"),
                  (unsigned long long)pv->index);
    else
        return true;
    return false;
}

static bool look_at_log(struct looking *l, str about, str envelope, str proof, str where, struct verified *v) {
    struct proof_verdict pv;
    struct proof parsed;
    struct err e = {0};
    if (!proof.p) {
        say_unchecked(l, "log", about, _("there is no proof that it was logged"));
        return true;
    }
    if (!proof_parse(l->arena, proof, where, &parsed, &e)) {
        say_fails(l, "log", about, _("the proof cannot be read: %s"), e.what);
        return false;
    }
    struct tlog_policy p = policy_for(l, parsed.at.origin);
    if (!proof_check(l->arena, proof, where, envelope, &p, &pv, &e)) {
        say_fails(l, "log", about, _("the proof cannot be read: %s"), e.what);
        return false;
    }
    if (!look_at_proof_verdict(l, about, &pv))
        return false;
    if (memcmp(pv.leaf.key, v->key, sizeof v->key) != 0) {
        say_fails(l, "log", about, _("entry %llu names another signer"), (unsigned long long)pv.index);
        return false;
    }
    v->logged = true;
    v->origin = pv.at.origin;
    v->index = pv.index;
    v->time = pv.leaf.time;
    say_holds(l, "log", about, _("in the log %.*s since %.*s"), STR_ARG(pv.at.origin),
              STR_ARG(time_rfc3339(l->arena, pv.leaf.time)));
    look_at_witnesses(l, about, &pv);
    return !l->options->log_policy || pv.policy.quorum_met;
}

/* ── the envelope ── */

static bool read_statement(struct looking *l, str where, const struct dsse *d, struct verified *v) {
    struct err e = {0};
    if (!str_is(d->payload_type, DSSE_IN_TOTO)) {
        say_fails(l, "statement", where, _("the payload is of type %.*s, which is no statement"),
                  STR_ARG(d->payload_type));
        return false;
    }
    if (!statement_parse(l->ctx, l->arena, d->payload, where, &v->statement, &e)) {
        say_fails(l, "statement", str_of(e.where[0] ? arena_cstr(l->arena, str_of(e.where)) : ""), "%s", e.what);
        return false;
    }
    v->kind = arena_str(l->arena, statement_kind(v->statement.type));
    v->understood = predicate_of_type(v->statement.type) != NULL;
    return true;
}

void look_at_envelope(struct looking *l, str where, str envelope, str proof, str proof_where) {
    struct verified *v = vec_push(l->arena, &l->out->statements);
    struct dsse d;
    struct err e = {0};
    *v = (struct verified){
        .where = where, .kind = S("?"), .sha256 = digest_hex(l->arena, DIGEST_SHA256, envelope), .text = envelope};
    if (!dsse_parse(l->ctx, l->arena, envelope, where, &d, &e)) {
        say_fails(l, "envelope", where, "%s", e.what);
        return;
    }
    if (!read_statement(l, where, &d, v))
        return;
    str about = v->kind;
    if (!look_at_signatures(l, about, &d, v))
        return;
    bool logged_well = look_at_log(l, about, envelope, proof, proof_where, v);
    v->trusted = look_at_key(l, about, v->key, v->logged ? &v->time : NULL) && logged_well;
}
