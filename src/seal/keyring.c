/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/keyring.h"

#include <stdio.h>

struct keyring *keyring_new(struct arena *a) {
    struct keyring *r = arena_new_of(a, struct keyring);
    r->arena = a;
    return r;
}

static struct known_key *find(const struct keyring *r, const unsigned char id[32]) {
    for (uint32_t i = 0; i < r->keys.n; i++)
        if (memcmp(r->keys.v[i].id, id, 32) == 0)
            return &r->keys.v[i];
    return NULL;
}
const struct known_key *keyring_find(const struct keyring *r, const unsigned char id[32]) { return find(r, id); }

const struct pubkey *keyring_ours(const struct keyring *r, struct arena *a, uint32_t *n) {
    struct pubkey *out = arena_array(a, struct pubkey, r->keys.n);
    *n = 0;
    for (uint32_t i = 0; i < r->keys.n; i++)
        if (r->keys.v[i].ours)
            out[(*n)++] = r->keys.v[i].key;
    return out;
}

const struct known_key *keyring_named(const struct keyring *r, str text, struct err *e) {
    enum { LEAST = 8 };
    const struct known_key *found = NULL;
    char hex[65] = {0};
    if (text.n < LEAST || text.n > 64)
        return err_set(e, ERR_USAGE, text, _("a key is named by 8 to 64 hex digits of its id")), NULL;
    for (uint32_t i = 0; i < r->keys.n; i++) {
        for (size_t j = 0; j < 32; j++)
            snprintf(hex + 2 * j, 3, "%02x", r->keys.v[i].id[j]);
        if (!str_ieq(str_n(hex, text.n), text))
            continue;
        if (found)
            return err_set(e, ERR_USAGE, text, _("more than one key begins so")), NULL;
        found = &r->keys.v[i];
    }
    if (!found) {
        err_set(e, ERR_USAGE, text, _("no such key is known"));
        err_hint(e, "%s", _("`akashi key list` shows them"));
    }
    return found;
}

/* ── judging ── */

enum key_verdict keyring_judge(const struct keyring *r, const unsigned char id[32], int64_t at) {
    const struct known_key *k = find(r, id);
    if (!k)
        return KEY_UNKNOWN;
    if (at < k->from)
        return KEY_TOO_EARLY;
    if (k->revoked && at >= k->doubtful_from)
        return KEY_REVOKED;
    if (at >= k->until)
        return k->revoked ? KEY_REVOKED : KEY_ROTATED;
    return KEY_GOOD;
}

/* ── events ── */

static bool refuse(struct err *e, const char *what) { return err_set(e, ERR_INPUT, (str){NULL, 0}, "%s", what); }

static bool signed_by(const struct key_event *v, const struct pubkey *k) {
    for (uint32_t i = 0; i < v->n_signers; i++)
        if (pubkey_eq(&v->signers[i], k))
            return true;
    return false;
}
static bool signed_by_ours(const struct keyring *r, const struct key_event *v) {
    for (uint32_t i = 0; i < r->keys.n; i++)
        if (r->keys.v[i].ours && !r->keys.v[i].ended.p && signed_by(v, &r->keys.v[i].key))
            return true;
    return false;
}
static bool any_ours(const struct keyring *r) {
    for (uint32_t i = 0; i < r->keys.n; i++)
        if (r->keys.v[i].ours)
            return true;
    return false;
}

static bool made(struct keyring *r, const struct key_event *v, struct err *e) {
    struct known_key k = {.key = v->key, .from = v->time, .until = INT64_MAX, .doubtful_from = INT64_MAX, .ours = true};
    pubkey_id(&v->key, k.id);
    struct known_key *old = find(r, k.id);
    if (old && old->ours)
        return refuse(e, _("this key is known already"));
    if (!signed_by(v, &v->key))
        return refuse(e, _("a new key must sign the statement that makes it known"));
    if (any_ours(r) && !signed_by_ours(r, v))
        return refuse(e, _("a new key counts only when a good key of the same party signs for it"));
    k.name = arena_str(r->arena, v->name);
    if (old)
        *old = k; /* trusted by hand before, and now one of ours */
    else
        *vec_push(r->arena, &r->keys) = k;
    return true;
}

/* The statement itself stands in the second it was accepted in, with what else was: so the key is good to its end. */
static void end(struct known_key *k, int64_t time, str how) {
    k->until = time + 1;
    k->ended = how;
}

static bool successor_ok(const struct keyring *r, const struct known_key *k, const struct key_event *v, struct err *e) {
    const struct known_key *next = find(r, v->successor);
    return (next && next != k && next->ours && !next->ended.p) ||
           refuse(e, _("the key that follows is no good key of the same party"));
}

static bool replaced(const struct keyring *r, struct known_key *k, const struct key_event *v, struct err *e) {
    if (!signed_by(v, &k->key))
        return refuse(e, _("only the key itself can hand over to another"));
    if (!successor_ok(r, k, v, e))
        return false;
    end(k, v->time, S("rotated"));
    memcpy(k->successor, v->successor, sizeof k->successor);
    return true;
}

static bool withdrawn(struct keyring *r, struct known_key *k, const struct key_event *v, struct err *e) {
    if (!signed_by_ours(r, v))
        return refuse(e, _("a key is revoked by a good key of the same party"));
    if (v->has_successor && !successor_ok(r, k, v, e))
        return false;
    end(k, v->time, arena_str(r->arena, v->reason.p ? v->reason : S("")));
    k->revoked = true;
    k->doubtful_from = v->doubtful_from;
    if (v->has_successor)
        memcpy(k->successor, v->successor, sizeof k->successor);
    return true;
}

bool keyring_event(struct keyring *r, const struct key_event *v, struct err *e) {
    if (v->action == KEY_MADE)
        return made(r, v, e);
    struct known_key *k = find(r, v->id);
    if (!k || !k->ours)
        return refuse(e, _("the statement is about a key that is not known"));
    if (k->revoked || (k->ended.p && v->action == KEY_REPLACED))
        return refuse(e, _("this key has ended already"));
    return v->action == KEY_REPLACED ? replaced(r, k, v, e) : withdrawn(r, k, v, e);
}
