/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/home.h"

#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/tree.h"
#include "seal/home_inner.h"
#include "seal/keyfile.h"
#include "seal/proof.h"

/* ── roles ── */

static const struct {
    const char *word;
    enum role role;
} role_words[] = {{"developer", ROLE_DEVELOPER},
                  {"supplier", ROLE_SUPPLIER},
                  {"operator", ROLE_OPERATOR},
                  {"customer", ROLE_CUSTOMER},
                  {"other", ROLE_OTHER}};
enum { ROLES = sizeof role_words / sizeof *role_words };

static unsigned role_of(str word) {
    for (size_t i = 0; i < ROLES; i++)
        if (str_is(word, role_words[i].word))
            return role_words[i].role;
    return 0;
}

bool roles_parse(str text, unsigned *out) {
    str word;
    *out = 0;
    while (str_next(&text, ',', &word)) {
        unsigned role = role_of(str_trim(word));
        if (!role)
            return false;
        *out |= role;
    }
    return *out != 0;
}

str roles_text(struct arena *a, unsigned roles) {
    str s = S("");
    for (size_t i = 0; i < ROLES; i++)
        if (roles & role_words[i].role)
            s = arena_printf(a, "%.*s%s%s", STR_ARG(s), s.n ? "," : "", role_words[i].word);
    return s;
}

/* ── akashi.toml ── */

str home_key_path(struct arena *a, str home, const unsigned char id[32]) {
    return arena_printf(a, "%.*s/keys/%.*s.key", STR_ARG(home), STR_ARG(hex_text(a, id, 8)));
}

bool home_is(str path) {
    char file[4096];
    int n = snprintf(file, sizeof file, "%.*s/akashi.toml", STR_ARG(path));
    return n > 0 && (size_t)n < sizeof file && access(file, F_OK) == 0;
}

static void put_quoted(struct buf *b, str s) {
    struct jw w = jw_to(b, false);
    jw_str(&w, s);
}

str home_settings_text(struct arena *a, const struct home_settings *s) {
    struct buf b = {0};
    str roles = roles_text(a, s->roles), role;
    buf_addz(&b, "# Made by `akashi init`: who we are, and which keys sign.\n[party]\nname = ");
    put_quoted(&b, s->party);
    buf_addz(&b, "\nroles = [");
    for (int i = 0; str_next(&roles, ',', &role); i++) {
        buf_addz(&b, i ? ", " : "");
        put_quoted(&b, role);
    }
    buf_addz(&b, "]\n\n[log]\norigin = ");
    put_quoted(&b, s->origin);
    buf_addf(&b, "\nkey = \"%.*s\"\n\n[keys]\nsign = \"%.*s\"\n", STR_ARG(hex_text(a, s->log_key, 32)),
             STR_ARG(hex_text(a, s->sign_key, 32)));
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static bool bad(const struct json *doc, struct jv at, struct arena *a, const char *what, struct err *e) {
    return err_set(e, ERR_INPUT, json_place(doc, j_ok(at) ? at : doc->root, a), "%s", what);
}

static bool read_roles(const struct json *doc, struct arena *a, struct home_settings *out, struct err *e) {
    struct jv roles = j_get2(doc->root, "party", "roles");
    for (struct jiter it = j_iter(roles); j_next(&it);) {
        unsigned role = role_of(j_str(it.val));
        if (!role)
            return bad(doc, it.val, a, _("a role must be developer, supplier, operator, customer or other"), e);
        out->roles |= role;
    }
    return out->roles || bad(doc, roles, a, _("the party must have a role"), e);
}

bool home_settings_read(struct ctx *c, struct arena *a, str path, struct home_settings *out, struct err *e) {
    str file = path_join(a, path, S("akashi.toml")), text;
    struct json doc;
    *out = (struct home_settings){0};
    if (!home_is(path)) {
        err_set(e, ERR_ENV, path, _("there is no home here"));
        return err_hint(e, "%s",
                        _("`akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another"));
    }
    if (!file_read(c, a, file, &text, e) || !toml_parse(c, a, text, file, &doc, e) || !read_roles(&doc, a, out, e))
        return false;
    struct jv name = j_get2(doc.root, "party", "name"), origin = j_get2(doc.root, "log", "origin");
    out->party = j_str(name);
    out->origin = j_str(origin);
    if (!out->party.n)
        return bad(&doc, name, a, _("the party must have a name"), e);
    if (!out->origin.n)
        return bad(&doc, origin, a, _("the log must have an origin"), e);
    if (!hex_bytes(j_str(j_get2(doc.root, "log", "key")), out->log_key, 32) ||
        !hex_bytes(j_str(j_get2(doc.root, "keys", "sign")), out->sign_key, 32))
        return bad(&doc, j_get(doc.root, "keys"), a, _("a key must be named by 64 hex digits"), e);
    return true;
}

/* ── opening ── */

/* The key that has taken the place of this one, along rotations and revocations. */
static void follow(const struct home_events *events, unsigned char id[32], bool only_revoked) {
    for (uint32_t i = 0; i < events->n; i++)
        if (memcmp(events->v[i].key, id, 32) == 0 && events->v[i].has_successor &&
            (!only_revoked || events->v[i].revoked))
            memcpy(id, events->v[i].successor, 32);
}

static bool find_vkey(struct home *h, struct arena *a, const unsigned char id[32], struct err *e) {
    const struct known_key *known = keyring_find(h->keys, id);
    if (known && vkey_of(a, h->origin, NOTE_ED25519, &known->key, &h->vkey))
        return true;
    return err_set(e, ERR_INPUT, h->path, _("the log tells nothing of its key %.*s"), STR_ARG(hex_text(a, id, 8)));
}

static bool load_keys(struct home *h, struct arena *a, const unsigned char log_id[32], struct err *e) {
    struct secret passphrase = {0};
    bool ok = keyfile_load(a, home_key_path(a, h->path, h->key_id), &passphrase, &h->key, e);
    if (ok && memcmp(log_id, h->key_id, 32) == 0)
        h->log_key = h->key;
    else if (ok)
        ok = keyfile_load(a, home_key_path(a, h->path, log_id), &passphrase, &h->log_key, e);
    secret_free(&passphrase);
    return ok;
}

/* The log is opened for reading first: which key signs is told by its statements. */
static bool open_log(struct home *h, const struct privkey *key, struct err *e) {
    struct log_store store = log_store_of(h->archive);
    log_close(h->log);
    h->log = NULL;
    return log_open(h->ctx, h->path, &store, key, &h->log, e);
}

static bool open_parts(struct home *h, struct arena *a, const struct home_settings *s, enum home_use use,
                       struct err *e) {
    unsigned char log_id[32];
    struct home_events events;
    /* Also who only reads finishes what a killed writer left, where it may write. */
    bool read_only = use == HOME_READ && access(arena_cstr(a, h->path), W_OK) != 0;
    if (!home_archive_open(h->ctx, h->path, read_only, &h->archive, e) || !open_log(h, NULL, e) ||
        !home_read_events(h, a, &events, e))
        return false;
    memcpy(log_id, s->log_key, 32);
    memcpy(h->key_id, s->sign_key, 32);
    follow(&events, h->key_id, false);
    follow(&events, log_id, true);
    return find_vkey(h, a, log_id, e) && keyring_trust_folder(h->ctx, h->keys, trusted_folder(a, h->path), e) &&
           (use == HOME_READ || (load_keys(h, a, log_id, e) && open_log(h, h->log_key, e)));
}

bool home_open(struct ctx *c, struct arena *a, str path, enum home_use use, struct home *out, struct err *e) {
    struct home_settings s;
    *out = (struct home){.ctx = c, .path = arena_str(a, path)};
    out->keys = arena_new_of(a, struct keyring);
    out->keys->arena = a;
    if (!home_settings_read(c, a, path, &s, e))
        return false;
    out->party = s.party;
    out->roles = s.roles;
    out->origin = s.origin;
    if (open_parts(out, a, &s, use, e))
        return true;
    home_close(out);
    return false;
}

void home_close(struct home *h) {
    if (h->log && h->key)
        home_note_events(h);
    log_close(h->log);
    archive_close(h->archive);
    if (h->log_key != h->key)
        privkey_free(h->log_key);
    privkey_free(h->key);
    h->log = NULL;
    h->archive = NULL;
    h->key = h->log_key = NULL;
}

/* ── asking ── */

bool home_as_of(struct home *h, str text, uint64_t *size, struct err *e) {
    struct arena *a = arena_new();
    struct checkpoint now;
    str note;
    int64_t time;
    uint64_t n;
    bool ok = log_checkpoint(h->log, a, &now, &note, e);
    *size = ok ? now.size : 0;
    arena_free(a);
    if (!ok || !text.p)
        return ok;
    if (str_u64(text, &n)) {
        if (n <= *size) {
            *size = n;
            return true;
        }
        return err_set(e, ERR_USAGE, text, _("the log has only %llu entries"), (unsigned long long)*size);
    }
    if (!time_parse(text, &time)) {
        err_set(e, ERR_USAGE, text, _("this is neither a time nor a number of entries"));
        return err_hint(e, "%s",
                        _("a time such as 2026-11-21T07:59:03Z, a day such as 2026-11-21, or a number of entries"));
    }
    if (text.n == 10) /* a day, to its end */
        time += 86399;
    return log_size_at(h->log, time, size, e);
}

/* The present checkpoint; but an earlier one that witnesses cosigned, where it has the entry, proves more. */
static bool best_checkpoint(struct home *h, struct arena *a, uint64_t index, struct checkpoint *out, str *note,
                            struct err *e) {
    struct checkpoint earlier;
    str cosigned;
    if (!log_checkpoint(h->log, a, out, note, e) || !log_cosigned(h->log, a, &earlier, &cosigned, e))
        return false;
    if (cosigned.p && index < earlier.size) {
        *out = earlier;
        *note = cosigned;
    }
    return true;
}

bool home_prove(struct home *h, struct arena *a, uint64_t index, str *proof, struct err *e) {
    struct hash hashes[MERKLE_PROOF_MOST];
    struct hash_source source = log_hashes(h->log);
    struct checkpoint at;
    struct log_entry entry;
    str note;
    uint32_t n = 0;
    if (!best_checkpoint(h, a, index, &at, &note, e) || !log_entry(h->log, a, index, &entry, e) ||
        !merkle_inclusion(&source, index, at.size, hashes, &n, e))
        return false;
    struct proof p = {
        .extra = proof_extra(a, entry.bytes, entry.erased ? NULL : entry.salt), .index = index, .checkpoint = note};
    for (uint32_t i = 0; i < n; i++)
        *vec_push(a, &p.hashes) = hashes[i];
    *proof = proof_text(a, &p);
    return true;
}
