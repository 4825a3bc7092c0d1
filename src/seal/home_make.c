/* SPDX-License-Identifier: Apache-2.0
 *
 * A home is made beside its place, in HOME.new-XXXXXX, which is locked while it is being made, and takes its place by
 * one rename. What an interrupted one left behind is cleared away by the next.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/disk.h"
#include "base/file.h"
#include "seal/home_inner.h"
#include "seal/keyfile.h"
#include "seal/statement.h"

struct making {
    struct ctx *ctx;
    struct arena *a;
    const struct home_plan *plan;
    str path, fresh; /* the home, the folder it is made in */
    int lock;
    struct home_settings settings;
    struct privkey *key, *log_key;
};

/* ── folders ── */

/* Who makes a home holds a lock on its folder: one that is not locked was left behind. */
static void clear_left_behind(struct making *k) {
    str parent = path_dir(k->path);
    str start = arena_printf(k->a, "%.*s.new-", STR_ARG(path_base(k->path)));
    DIR *d = opendir(parent.n ? arena_cstr(k->a, parent) : ".");
    for (struct dirent *entry; d && (entry = readdir(d));) {
        if (!str_starts(str_of(entry->d_name), start) || strlen(entry->d_name) != start.n + 6)
            continue;
        int fd = openat(dirfd(d), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
            (void)folder_remove(dirfd(d), entry->d_name);
        if (fd >= 0)
            close(fd);
    }
    if (d)
        closedir(d);
}

static bool begin(struct making *k, struct err *e) {
    str parent = path_dir(k->path);
    char *name = arena_cstr(k->a, arena_printf(k->a, "%.*s.new-XXXXXX", STR_ARG(k->path)));
    if (parent.n && !folder_make(parent, 0755, e))
        return false;
    clear_left_behind(k);
    if (!mkdtemp(name))
        return err_errno(e, k->path, _("cannot make a folder beside it"));
    k->fresh = str_of(name);
    k->lock = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (k->lock < 0 || flock(k->lock, LOCK_EX | LOCK_NB) != 0)
        return err_errno(e, k->fresh, _("cannot lock it"));
    return true;
}

/* ── taking its place ── */

/* Files that lie there already come along; anything else is not ours to move. */
static bool take_along(struct making *k, struct err *e) {
    DIR *d = opendir(arena_cstr(k->a, k->path));
    bool ok = true;
    for (struct dirent *entry; ok && d && (entry = readdir(d));) {
        struct stat st;
        str name = str_of(entry->d_name);
        if (str_is(name, ".") || str_is(name, ".."))
            continue;
        char *from = arena_cstr(k->a, path_join(k->a, k->path, name));
        char *to = arena_cstr(k->a, path_join(k->a, k->fresh, name));
        if (lstat(from, &st) != 0 || !S_ISREG(st.st_mode) || link(from, to) != 0) {
            err_set(e, ERR_ENV, str_of(from), _("this folder is not empty and no home: this stands in the way"));
            ok = err_hint(e, "%s", _("choose another folder with --home or AKASHI_HOME"));
        }
    }
    if (d)
        closedir(d);
    return ok;
}

/* Swaps the two where the file system can; else what lies there was linked into the new one and may go first. */
static bool swap(const char *from, const char *to, bool there) {
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, there ? RENAME_EXCHANGE : RENAME_NOREPLACE) == 0) {
        if (there)
            (void)folder_remove(AT_FDCWD, from);
        return true;
    }
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    if (there)
        (void)folder_remove(AT_FDCWD, to);
    return rename(from, to) == 0;
}

static bool take_place(struct making *k, struct err *e) {
    char *from = arena_cstr(k->a, k->fresh), *to = arena_cstr(k->a, k->path);
    str parent = path_dir(k->path);
    bool there = path_is_dir(k->path);
    if (there && !take_along(k, e))
        return false;
    if (!disk_sync_folder(k->ctx, from, e))
        return false;
    if (!swap(from, to, there))
        return err_errno(e, k->path, _("the new home cannot take its place"));
    k->fresh = (str){NULL, 0};
    return disk_sync_folder(k->ctx, parent.n ? arena_cstr(k->a, parent) : ".", e);
}

/* ── what is in it ── */

static bool make_key(struct making *k, enum sig_kind kind, struct privkey **out, unsigned char id[32], struct err *e) {
    if (!privkey_new(kind, out, e))
        return false;
    pubkey_id(privkey_public(*out), id);
    struct keyfile_plan plan = {
        .key = *out, .passphrase = k->plan->passphrase, .cost = k->plan->cost, .made = k->ctx->now};
    return keyfile_write(k->ctx, home_key_path(k->a, k->fresh, id), &plan, e);
}

static bool make_keys(struct making *k, struct err *e) {
    if (!disk_folder(k->ctx, arena_cstr(k->a, path_join(k->a, k->fresh, S("keys"))), 0700, e) ||
        !make_key(k, k->plan->kind, &k->key, k->settings.sign_key, e))
        return false;
    k->log_key = k->key;
    memcpy(k->settings.log_key, k->settings.sign_key, 32);
    return k->plan->kind == SIG_ED25519 || make_key(k, SIG_ED25519, &k->log_key, k->settings.log_key, e);
}

static str party_predicate(struct making *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    str roles = roles_text(k->a, k->plan->roles), role;
    jw_obj(&w);
    jw_kstr(&w, "name", k->plan->party);
    jw_karr(&w, "roles");
    while (str_next(&roles, ',', &role))
        jw_str(&w, role);
    jw_arr_end(&w);
    jw_obj_end(&w);
    str s = arena_str(k->a, buf_str(&b));
    buf_free(&b);
    return s;
}

static bool state(struct making *k, const char *kind, const struct privkey *about, str predicate, struct home_add *out,
                  struct err *e) {
    struct subject subject = {.name = k->plan->party};
    *vec_push(k->a, &subject.digests) = (struct subject_digest){S("sha256"),
                                                                pubkey_id_hex(k->a, privkey_public(about))};
    *out = (struct home_add){0};
    return statement_text(k->ctx, k->a, str_of(predicate_of_kind(str_of(kind))->type), &subject, 1, predicate,
                          &out->payload, e);
}

/* A key that is made known signs for itself, and the party's key for it. */
static bool signed_by_both(struct making *k, struct home_add *add, struct err *e) {
    struct dsse d = {.payload_type = str_of(DSSE_IN_TOTO), .payload = add->payload};
    if (!dsse_sign(k->a, &d, k->key, e) || !dsse_sign(k->a, &d, k->log_key, e))
        return false;
    *add = (struct home_add){.envelope = dsse_text(k->a, &d)};
    memcpy(add->key, k->settings.sign_key, 32);
    return true;
}
static bool state_key(struct making *k, const struct privkey *key, struct home_add *out, struct err *e) {
    return state(k, "key", key, key_made_text(k->a, privkey_public(key), k->plan->party), out, e);
}

/* The log, and in it: the key, the party, the log's own key where it is another one. */
static bool make_log(struct making *k, struct err *e) {
    struct home h = {
        .ctx = k->ctx, .path = k->fresh, .key = k->key, .log_key = k->log_key, .origin = k->settings.origin};
    struct home_add adds[3];
    uint32_t n = k->log_key == k->key ? 2 : 3;
    memcpy(h.key_id, k->settings.sign_key, 32);
    bool ok = log_make(k->ctx, k->fresh, k->settings.origin, k->log_key, e) &&
              (!k->plan->encrypt || home_archive_encrypt(k->ctx, k->fresh, e)) &&
              home_archive_open(k->ctx, k->fresh, false, &h.archive, e);
    if (ok) {
        struct log_store store = log_store_of(h.archive);
        ok = log_open(k->ctx, k->fresh, &store, k->log_key, &h.log, e) && state_key(k, k->key, &adds[0], e) &&
             state(k, "party", k->key, party_predicate(k), &adds[1], e) &&
             (n < 3 || (state_key(k, k->log_key, &adds[2], e) && signed_by_both(k, &adds[2], e))) &&
             home_append(&h, k->a, adds, n, e) && log_settle(h.log, e);
    }
    h.key = h.log_key = NULL; /* not its own */
    home_close(&h);
    return ok;
}

static bool make_settings(struct making *k, struct err *e) {
    char *file = arena_cstr(k->a, path_join(k->a, k->fresh, S("akashi.toml")));
    k->settings.party = k->plan->party;
    k->settings.roles = k->plan->roles;
    return disk_put(k->ctx, file, home_settings_text(k->a, &k->settings), 0600, DISK_DURABLE, e);
}

static void choose_origin(struct making *k) {
    unsigned char random[10];
    random_bytes(random, sizeof random);
    k->settings.origin = k->plan->origin.n ? k->plan->origin
                                           : arena_printf(k->a, "akashi/%.*s", STR_ARG(hex_text(k->a, random, 10)));
}

static bool fill(struct making *k, struct err *e) {
    choose_origin(k);
    return make_keys(k, e) && make_log(k, e) && make_settings(k, e);
}

static str without_slashes(str path) {
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    return path;
}

bool home_make(struct ctx *c, str path, const struct home_plan *plan, struct err *e) {
    struct making k = {.ctx = c, .a = arena_new(), .plan = plan, .path = without_slashes(path), .lock = -1};
    bool ok = false;
    if (home_is(path)) {
        err_set(e, ERR_ENV, path, _("there is a home here already"));
        err_hint(e, "%s", _("`akashi key rotate` changes its key; --home or AKASHI_HOME name another place"));
    } else {
        ok = begin(&k, e) && fill(&k, e) && take_place(&k, e);
    }
    if (!ok && k.fresh.n)
        (void)folder_remove(AT_FDCWD, k.fresh.p);
    if (k.log_key != k.key)
        privkey_free(k.log_key);
    privkey_free(k.key);
    if (k.lock >= 0)
        close(k.lock);
    arena_free(k.a);
    return ok;
}
