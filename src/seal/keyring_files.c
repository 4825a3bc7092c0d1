/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/file.h"
#include "seal/keyring.h"
#include "seal/keytext.h"

static str short_id(struct arena *a, const struct pubkey *k, size_t n) { return str_upto(pubkey_id_hex(a, k), n); }

str trusted_folder(struct arena *a, str home) { return arena_printf(a, "%.*s/keys/trusted", STR_ARG(home)); }

enum { PARTY_MOST = 200, TAG = 8 };

static bool name_ok(str party) {
    for (size_t i = 0; i < party.n; i++)
        if ((unsigned char)party.p[i] < ' ' || party.p[i] == '/' || party.p[i] == 0x7f)
            return false;
    return party.n > 0 && party.n <= PARTY_MOST && party.p[0] != '.' && str_utf8_ok(party);
}
bool trusted_path(struct arena *a, str home, str party, const struct pubkey *k, str *out, struct err *e) {
    if (!name_ok(party))
        return err_set(e, ERR_USAGE, party, _("this cannot be the name of a party here (up to %d bytes, no slash)"),
                       PARTY_MOST);
    str folder = trusted_folder(a, home), tag = short_id(a, k, TAG);
    *out = arena_printf(a, "%.*s/%.*s.pub", STR_ARG(folder), STR_ARG(party));
    if (path_exists(*out))
        *out = arena_printf(a, "%.*s/%.*s+%.*s.pub", STR_ARG(folder), STR_ARG(party), STR_ARG(tag));
    return true;
}

void keyring_trust(struct keyring *r, str name, const struct pubkey *k, str path) {
    struct known_key known = {.key = *k, .from = INT64_MIN, .until = INT64_MAX, .doubtful_from = INT64_MAX};
    pubkey_id(k, known.id);
    if (keyring_find(r, known.id))
        return;
    known.name = arena_str(r->arena, name);
    known.path = arena_str(r->arena, path);
    *vec_push(r->arena, &r->keys) = known;
}

/* Without ".pub", and without "+ID" when that is the key's own. */
static str party_of(struct arena *a, str file, const struct pubkey *k) {
    str name = str_upto(file, file.n - 4), tag = short_id(a, k, TAG);
    if (name.n > TAG + 1 && name.p[name.n - TAG - 1] == '+' && str_ends(name, tag))
        name.n -= TAG + 1;
    return name;
}

static void trust_file(struct ctx *c, struct keyring *r, str folder, str file) {
    struct key_text k;
    struct err e = {0};
    struct arena *a = arena_new();
    str path = path_join(a, folder, file), text;
    if (file_read(c, a, path, &text, &e) && keytext_read(c, a, text, path, &k, &e))
        keyring_trust(r, party_of(a, file, &k.key), &k.key, path);
    else
        ctx_warn_err(c, &e);
    arena_free(a);
}

static int is_public(const struct dirent *d) { return d->d_name[0] != '.' && str_ends(str_of(d->d_name), S(".pub")); }

bool keyring_trust_folder(struct ctx *c, struct keyring *r, str folder, struct err *e) {
    struct dirent **files;
    struct arena *a = arena_new();
    int n = scandir(arena_cstr(a, folder), &files, is_public, alphasort); /* two runs say the same */
    bool ok = n >= 0 || errno == ENOENT || err_errno(e, folder, _("cannot read the folder"));
    for (int i = 0; i < n; i++) {
        trust_file(c, r, folder, str_of(files[i]->d_name));
        free(files[i]);
    }
    if (n >= 0)
        free(files);
    arena_free(a);
    return ok;
}
