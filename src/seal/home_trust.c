/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/home_trust.h"

#include "base/disk.h"
#include "seal/keytext.h"

/* Kept in one form, whatever it came as. */
static bool keep(struct home *home, struct arena *a, const struct pubkey *k, str party, str *path, struct err *e) {
    str text;
    char *folder = arena_cstr(a, trusted_folder(a, home->path));
    return disk_folder(home->ctx, folder, 0700, e) && trusted_path(a, home->path, party, k, path, e) &&
           keytext_write(a, KEY_PEM, k, party, &text, e) &&
           disk_put(home->ctx, arena_cstr(a, *path), text, 0644, DISK_DURABLE, e);
}

bool home_trust(struct home *home, struct arena *a, const struct pubkey *k, str party, str where, str *path,
                struct err *e) {
    unsigned char id[32];
    pubkey_id(k, id);
    const struct known_key *known = keyring_find(home->keys, id);
    if (known && known->ours)
        return err_set(e, ERR_USAGE, where, "%s", _("this is a key of our own"));
    if (known && !str_eq(known->name, party))
        return err_set(e, ERR_USAGE, where, _("this key is trusted already, as one of %.*s"), STR_ARG(known->name));
    *path = known ? known->path : (str){NULL, 0};
    return known || keep(home, a, k, party, path, e);
}

bool home_distrust(struct home *home, struct arena *a, str given, struct known_key *out, struct err *e) {
    const struct known_key *known = keyring_named(home->keys, given, e);
    if (!known)
        return false;
    *out = *known;
    if (known->ours || !known->path.n) {
        err_set(e, ERR_USAGE, given, "%s", _("this is a key of our own"));
        return err_hint(e, "%s", _("`akashi key revoke` ends it"));
    }
    return disk_remove(home->ctx, arena_cstr(a, known->path), e) &&
           disk_sync_folder(home->ctx, arena_cstr(a, trusted_folder(a, home->path)), e);
}

bool home_key_signs(const struct home *h, const struct known_key *k) { return memcmp(k->id, h->key_id, 32) == 0; }
bool home_key_signs_log(const struct home *h, const struct known_key *k) { return pubkey_eq(&k->key, &h->vkey.key); }

static void put_time(struct arena *a, struct jw *w, const char *name, int64_t t) {
    if (t != INT64_MIN && t != INT64_MAX)
        jw_kstr(w, name, time_rfc3339(a, t));
}

void home_key_json(const struct home *h, struct arena *a, struct jw *w, const struct known_key *k, str file) {
    jw_obj(w);
    jw_kstr(w, "id", pubkey_id_hex(a, &k->key));
    jw_kstr(w, "kind", str_of(sig_kind_name(k->key.kind)));
    jw_kstr(w, "party", k->name);
    jw_kbool(w, "ours", k->ours);
    jw_kbool(w, "signs", home_key_signs(h, k));
    jw_kbool(w, "signsLog", home_key_signs_log(h, k));
    jw_kstr(w, "file", file);
    put_time(a, w, "from", k->from);
    put_time(a, w, "until", k->until);
    put_time(a, w, "doubtfulFrom", k->doubtful_from);
    if (k->ended.p)
        jw_kstr(w, "ended", k->revoked ? S("revoked") : S("rotated"));
    if (k->revoked)
        jw_kstr(w, "reason", k->ended);
    jw_obj_end(w);
}
