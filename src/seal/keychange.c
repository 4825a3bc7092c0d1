/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/keychange.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "archive/archive.h"
#include "base/file.h"
#include "seal/keyfile.h"
#include "seal/statement.h"

bool keychange_lock(struct arena *a, str home, int *fd, struct err *e) {
    str folder = path_join(a, home, S("keys"));
    *fd = open(arena_cstr(a, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*fd < 0) /* home_open() says better that there is no home */
        return errno == ENOENT || err_errno(e, folder, _("cannot open the folder"));
    if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
        return true;
    int why = errno;
    close(*fd);
    *fd = -1;
    errno = why;
    return why == EWOULDBLOCK ? err_set(e, ERR_ENV, folder, _("another command is changing the keys just now"))
                              : err_errno(e, folder, _("cannot lock it"));
}

/* ── a key and its file ── */

static bool obtain(const struct key_plan *p, struct privkey **made, const struct privkey **key, struct err *e) {
    *made = NULL;
    if (p->given)
        return *key = p->given, true;
    bool ok = p->token.p ? privkey_from_token(p->token, p->pin, made, e) : privkey_new(p->kind, made, e);
    *key = *made;
    return ok;
}

static bool keep(struct home *h, struct arena *a, const struct key_plan *p, const struct privkey *key, str *path,
                 struct err *e) {
    unsigned char id[32];
    pubkey_id(privkey_public(key), id);
    if (keyring_find(h->keys, id))
        return err_set(e, ERR_USAGE, pubkey_id_hex(a, privkey_public(key)), _("this key is known already"));
    struct keyfile_plan file = {.key = key, .passphrase = p->passphrase, .token = p->token, .cost = p->cost};
    file.made = h->ctx->now;
    *path = home_key_path(a, h->path, id);
    return keyfile_write(h->ctx, *path, &file, e);
}

/* ── statements ── */

struct signers {
    const struct privkey *key[2]; /* the first one's is the entry of the log; the second may be NULL */
};

static bool say(struct home *h, struct arena *a, const struct pubkey *about, str predicate, struct signers by,
                struct home_add *out, struct err *e) {
    struct dsse d = {.payload_type = str_of(DSSE_IN_TOTO)};
    struct subject subject = {.name = h->party};
    *vec_push(a, &subject.digests) = (struct subject_digest){S("sha256"), pubkey_id_hex(a, about)};
    if (!statement_text(h->ctx, a, str_of(predicate_of_kind(S("key"))->type), &subject, 1, predicate, &d.payload, e))
        return false;
    for (size_t i = 0; i < 2 && by.key[i]; i++)
        if (!dsse_sign(a, &d, by.key[i], e))
            return false;
    *out = (struct home_add){.envelope = dsse_text(a, &d)};
    pubkey_id(privkey_public(by.key[0]), out->key);
    return true;
}
/* The new key first: what it says holds even where the old one turns out to be doubtful. */
static bool say_made(struct home *h, struct arena *a, const struct privkey *key, struct home_add *out, struct err *e) {
    const struct pubkey *k = privkey_public(key);
    return say(h, a, k, key_made_text(a, k, h->party), (struct signers){{key, h->key}}, out, e);
}

/* The ring as it is behind the statements: a change that would not count is not appended. */
static bool would_count(struct home *h, struct arena *a, const struct home_add *adds, uint32_t n, struct err *e) {
    struct keyring *trial = keyring_new(a);
    for (uint32_t i = 0; i < h->keys->keys.n; i++)
        *vec_push(a, &trial->keys) = h->keys->keys.v[i];
    for (uint32_t i = 0; i < n; i++) {
        struct dsse d;
        struct statement s;
        if (!dsse_parse(h->ctx, a, adds[i].envelope, S("envelope"), &d, e) ||
            !statement_parse(h->ctx, a, d.payload, S("statement"), &s, e) ||
            !keyring_apply(h->ctx, trial, &d, s.predicate, h->ctx->now, e))
            return false;
    }
    *h->keys = (struct keyring){.arena = h->keys->arena};
    for (uint32_t i = 0; i < trial->keys.n; i++)
        *vec_push(h->keys->arena, &h->keys->keys) = trial->keys.v[i];
    return true;
}

static bool append(struct home *h, struct arena *a, struct home_add *adds, uint32_t n, struct err *e) {
    return would_count(h, a, adds, n, e) && home_append(h, a, adds, n, e);
}

/* ── who signs from now on ── */

static void take_sign_key(struct home *h, struct privkey *key) {
    if (h->key != h->log_key)
        privkey_free(h->key);
    h->key = key;
    pubkey_id(privkey_public(key), h->key_id);
}
/* The log is opened anew, and its checkpoint signed: by the index that is made now. */
static bool take_log_key(struct home *h, struct arena *a, struct privkey *key, struct err *e) {
    struct log_store store = log_store_of(h->archive);
    uint64_t index;
    log_close(h->log);
    h->log = NULL;
    if (h->log_key != h->key)
        privkey_free(h->log_key);
    h->log_key = key;
    return vkey_of(a, h->origin, NOTE_ED25519, privkey_public(key), &h->vkey) &&
           log_open(h->ctx, h->path, &store, key, &h->log, e) && home_index(h, a, &index, e);
}

/* ── changes ── */

bool keychange_new(struct home *h, struct arena *a, const struct key_plan *plan, struct pubkey *out, struct err *e) {
    struct privkey *made;
    const struct privkey *key;
    struct home_add add;
    str path = {NULL, 0};
    bool ok = obtain(plan, &made, &key, e) && say_made(h, a, key, &add, e) && keep(h, a, plan, key, &path, e);
    bool kept = ok;
    ok = ok && append(h, a, &add, 1, e);
    if (ok)
        *out = *privkey_public(key);
    else if (kept)
        unlink(path.p);
    privkey_free(made);
    return ok;
}

static bool hand_over(struct home *h, struct arena *a, const struct pubkey *to, struct home_add *out, struct err *e) {
    const struct pubkey *old = privkey_public(h->key);
    return say(h, a, old, key_rotated_text(a, old, to), (struct signers){{h->key, NULL}}, out, e);
}

static bool rotate_to(struct home *h, struct arena *a, const struct known_key *to, struct pubkey *out, struct err *e) {
    struct home_add add;
    struct privkey *key;
    if (!keyfile_load(a, home_key_path(a, h->path, to->id), NULL, &key, e))
        return false;
    *out = to->key;
    if (hand_over(h, a, out, &add, e) && append(h, a, &add, 1, e))
        return take_sign_key(h, key), true;
    privkey_free(key);
    return false;
}

bool keychange_rotate(struct home *h, struct arena *a, const struct key_plan *plan, const struct known_key *to,
                      struct pubkey *out, struct err *e) {
    struct privkey *made;
    const struct privkey *key;
    struct home_add adds[2];
    str path = {NULL, 0};
    if (to)
        return rotate_to(h, a, to, out, e);
    bool ok = obtain(plan, &made, &key, e) && say_made(h, a, key, &adds[0], e) &&
              hand_over(h, a, privkey_public(key), &adds[1], e) && keep(h, a, plan, key, &path, e);
    bool kept = ok;
    ok = ok && append(h, a, adds, 2, e);
    if (ok) {
        *out = *privkey_public(key);
        take_sign_key(h, made);
        return true;
    }
    if (kept)
        unlink(path.p);
    privkey_free(made);
    return false;
}

/* ── revoking ── */

static bool signs(const struct home *h, const struct known_key *k) { return memcmp(k->id, h->key_id, 32) == 0; }
static bool signs_log(const struct home *h, const struct known_key *k) { return pubkey_eq(&k->key, &h->vkey.key); }

/* The log's key is an Ed25519 key; the one that signs may do that too. */
bool keychange_revoke_makes(const struct home *h, const struct known_key *k) {
    return signs(h, k) || (signs_log(h, k) && privkey_public(h->key)->kind != SIG_ED25519);
}

static bool say_revoked(struct home *h, struct arena *a, const struct key_revocation *r, const struct privkey *by,
                        struct home_add *out, struct err *e) {
    const struct pubkey *successor = r->replaced || r->log_replaced ? &r->successor : NULL;
    str predicate = key_revoked_text(a, &r->key->key, r->reason, r->doubtful_from, successor);
    return say(h, a, &r->key->key, predicate, (struct signers){{by, NULL}}, out, e);
}

static bool revoke_only(struct home *h, struct arena *a, struct key_revocation *r, struct err *e) {
    struct home_add add;
    r->successor = *privkey_public(h->key);
    if (!say_revoked(h, a, r, h->key, &add, e) || !append(h, a, &add, 1, e))
        return false;
    return !r->log_replaced || take_log_key(h, a, h->key, e);
}

static bool revoke_and_replace(struct home *h, struct arena *a, struct key_revocation *r, struct err *e) {
    struct key_plan plan = *r->plan;
    struct privkey *made;
    const struct privkey *key;
    struct home_add adds[2];
    str path = {NULL, 0};
    if (r->log_replaced)
        plan.kind = SIG_ED25519;
    bool ok = obtain(&plan, &made, &key, e);
    if (ok) {
        r->successor = *privkey_public(key);
        ok = say_made(h, a, key, &adds[0], e) && say_revoked(h, a, r, key, &adds[1], e) &&
             keep(h, a, &plan, key, &path, e);
    }
    bool kept = ok;
    ok = ok && append(h, a, adds, 2, e);
    if (!ok) {
        if (kept)
            unlink(path.p);
        privkey_free(made);
        return false;
    }
    if (r->replaced)
        take_sign_key(h, made);
    return !r->log_replaced || take_log_key(h, a, made, e);
}

bool keychange_revoke(struct home *h, struct arena *a, struct key_revocation *r, struct err *e) {
    r->replaced = signs(h, r->key);
    r->log_replaced = signs_log(h, r->key);
    return keychange_revoke_makes(h, r->key) ? revoke_and_replace(h, a, r, e) : revoke_only(h, a, r, e);
}
