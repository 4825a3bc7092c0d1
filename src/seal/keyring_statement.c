/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "seal/keyring.h"
#include "seal/keytext.h"

/* ── reading ── */

static bool unreadable(struct err *e) {
    return err_set(e, ERR_INPUT, (str){NULL, 0}, _("this statement about a key cannot be understood"));
}

static bool read_made(struct ctx *c, struct arena *a, struct jv p, struct key_event *v) {
    struct key_text k;
    unsigned char id[32];
    if (!keytext_read(c, a, j_gets(p, "publicKey"), S("publicKey"), &k, NULL) || k.form != KEY_PEM)
        return false;
    v->action = KEY_MADE;
    v->key = k.key;
    v->name = j_gets(p, "party");
    pubkey_id(&k.key, id);
    return memcmp(id, v->id, sizeof id) == 0 && str_is(j_gets(p, "algorithm"), sig_kind_name(k.key.kind)) && v->name.n;
}
static bool read_revoked(struct jv p, struct key_event *v) {
    str since = j_gets(p, "doubtfulFrom"), successor = j_gets(p, "successor");
    v->action = KEY_WITHDRAWN;
    v->reason = j_gets(p, "reason");
    v->doubtful_from = INT64_MAX;
    v->has_successor = successor.p;
    return (!since.p || time_parse(since, &v->doubtful_from)) &&
           (!successor.p || hex_bytes(successor, v->successor, sizeof v->successor));
}
static bool read_event(struct ctx *c, struct arena *a, struct jv p, struct key_event *v) {
    str event = j_gets(p, "event");
    *v = (struct key_event){.action = KEY_REPLACED};
    if (!hex_bytes(j_gets(p, "keyId"), v->id, sizeof v->id))
        return false;
    if (str_is(event, "made"))
        return read_made(c, a, p, v);
    if (str_is(event, "revoked"))
        return read_revoked(p, v);
    return str_is(event, "rotated") && hex_bytes(j_gets(p, "successor"), v->successor, sizeof v->successor);
}

/* The keys of the ring that signed, and the new one where there is one. */
static void find_signers(const struct keyring *r, struct arena *a, const struct dsse *envelope, struct key_event *v) {
    uint32_t n;
    const struct pubkey *ours = keyring_ours(r, a, &n);
    struct pubkey *keys = arena_array(a, struct pubkey, n + 1);
    bool *good = arena_array(a, bool, n + 1);
    if (n)
        memcpy(keys, ours, n * sizeof *keys);
    if (v->action == KEY_MADE)
        keys[n++] = v->key;
    (void)dsse_verify(a, envelope, keys, n, good);
    for (uint32_t i = 0; i < n; i++)
        if (good[i])
            keys[v->n_signers++] = keys[i];
    v->signers = keys;
}

bool keyring_apply(struct ctx *c, struct keyring *r, const struct dsse *envelope, struct jv predicate, int64_t time,
                   struct err *e) {
    struct key_event v;
    struct arena *a = arena_new();
    bool ok = read_event(c, a, predicate, &v) || unreadable(e);
    if (ok) {
        v.time = time;
        find_signers(r, a, envelope, &v);
        ok = keyring_event(r, &v, e);
    }
    arena_free(a);
    return ok;
}

/* ── writing ── */

static struct jw begin(struct arena *a, struct buf *b, const char *event, const struct pubkey *k) {
    struct jw w = jw_to(b, false);
    jw_obj(&w);
    jw_kstr(&w, "event", str_of(event));
    jw_kstr(&w, "keyId", pubkey_id_hex(a, k));
    return w;
}
static str finish(struct arena *a, struct buf *b, struct jw *w) {
    jw_obj_end(w);
    str text = arena_str(a, buf_str(b));
    buf_free(b);
    return text;
}

str key_made_text(struct arena *a, const struct pubkey *k, str party) {
    struct buf b = {0};
    str pem = {NULL, 0};
    struct jw w = begin(a, &b, "made", k);
    if (keytext_write(a, KEY_PEM, k, party, &pem, NULL)) /* there is a PEM of every kind */
        jw_kstr(&w, "publicKey", pem);
    jw_kstr(&w, "algorithm", str_of(sig_kind_name(k->kind)));
    jw_kstr(&w, "party", party);
    return finish(a, &b, &w);
}
str key_rotated_text(struct arena *a, const struct pubkey *k, const struct pubkey *successor) {
    struct buf b = {0};
    struct jw w = begin(a, &b, "rotated", k);
    jw_kstr(&w, "successor", pubkey_id_hex(a, successor));
    return finish(a, &b, &w);
}
str key_revoked_text(struct arena *a, const struct pubkey *k, str reason, int64_t doubtful_from,
                     const struct pubkey *successor) {
    struct buf b = {0};
    struct jw w = begin(a, &b, "revoked", k);
    jw_kstr(&w, "reason", reason);
    if (doubtful_from != INT64_MAX)
        jw_kstr(&w, "doubtfulFrom", time_rfc3339(a, doubtful_from));
    if (successor)
        jw_kstr(&w, "successor", pubkey_id_hex(a, successor));
    return finish(a, &b, &w);
}
