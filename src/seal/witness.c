/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/witness.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/cipher.h"
#include "base/digest.h"
#include "base/disk.h"
#include "base/file.h"

enum { RECORDS_MOST = 64, OFFERS_MOST = 4 };
static const char plain[] = "text/plain; charset=utf-8";

uint64_t signing_time(const struct ctx *c) { return (uint64_t)(c->now_fixed ? c->now : (int64_t)time(NULL)); }

str origin_hash(struct arena *a, str origin) { return digest_hex(a, DIGEST_SHA256, origin); }

/* ── the request ── */

static bool no_request(struct err *e, uint32_t line, const char *what) {
    char where[32];
    snprintf(where, sizeof where, "line %u", line);
    return err_set(e, ERR_INPUT, str_of(where), "%s", what);
}

bool add_checkpoint_parse(struct arena *a, str text, struct add_checkpoint *out, struct err *e) {
    str rest = text, line;
    uint32_t at = 1;
    *out = (struct add_checkpoint){.old = 0};
    if (!str_cut(rest, '\n', &line, &rest) || !str_starts(line, S("old ")) ||
        !tlog_number(str_from(line, 4), &out->old))
        return no_request(e, at, _("\"old\" and a size are expected here"));
    for (;;) {
        struct hash h;
        at++;
        if (!str_cut(rest, '\n', &line, &rest))
            return no_request(e, at, _("an empty line and the checkpoint are missing"));
        if (line.n == 0)
            break;
        if (out->proof.n == ADD_PROOF_MOST || !tlog_hash(line, h.b))
            return no_request(e, at, _("this is no hash of a proof"));
        *vec_push(a, &out->proof) = h;
    }
    out->bytes = rest;
    return note_parse(a, rest, S("checkpoint"), &out->note, e) &&
           checkpoint_parse(out->note.text, S("checkpoint"), &out->at, e);
}

str add_checkpoint_text(struct arena *a, uint64_t old, const struct hash *proof, uint32_t n, str checkpoint) {
    struct buf b = {0};
    buf_addf(&b, "old %llu\n", (unsigned long long)old);
    for (uint32_t i = 0; i < n; i++) {
        base64_add(&b, str_n((const char *)proof[i].b, sizeof proof[i].b));
        buf_addc(&b, '\n');
    }
    buf_addc(&b, '\n');
    buf_add(&b, checkpoint);
    str text = arena_str(a, buf_str(&b));
    buf_free(&b);
    return text;
}

/* ── what was seen ── */

struct seen {
    str note; /* absent: nothing yet */
    uint64_t size;
    struct hash root;
};

static str path_of(const struct witness *w, struct arena *a, str origin, const char *end) {
    return path_join(a, w->folder, arena_printf(a, "%.*s.%s", STR_ARG(origin_hash(a, origin)), end));
}

/* What cannot be read is never taken for nothing: that would let a log start again. */
static bool seen_read(const struct witness *w, struct arena *a, str origin, struct seen *out, struct err *e) {
    str path = path_of(w, a, origin, "checkpoint");
    struct note n;
    struct checkpoint c;
    *out = (struct seen){.note = {NULL, 0}, .root = merkle_empty()};
    if (access(arena_cstr(a, path), F_OK) != 0 && errno == ENOENT)
        return true;
    if (!file_read(w->ctx, a, path, &out->note, e) || !note_parse(a, out->note, path, &n, e) ||
        !checkpoint_parse(n.text, path, &c, e))
        return err_hint(e, "%s", _("put this file back from a backup; without it the witness cannot tell what it saw"));
    if (!str_eq(c.origin, origin))
        return err_set(e, ERR_INPUT, path, _("this is the checkpoint of another log"));
    out->size = c.size;
    memcpy(out->root.b, c.root, sizeof out->root.b);
    return true;
}

bool witness_latest(const struct witness *w, struct arena *a, str origin, str *note, struct err *e) {
    struct seen seen;
    bool ok = seen_read(w, a, origin, &seen, e);
    *note = seen.note;
    return ok;
}

bool witness_lock(const struct witness *w, struct arena *a, str origin, int *fd, struct err *e) {
    str path = path_of(w, a, origin, "lock");
    *fd = open(arena_cstr(a, path), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*fd < 0)
        return err_errno(e, path, _("cannot create a file here"));
    while (flock(*fd, LOCK_EX) != 0)
        if (errno != EINTR) {
            err_errno(e, path, _("cannot lock"));
            close(*fd);
            return false;
        }
    return true;
}

/* ── a log that misbehaves ── */

static bool same_record(const struct witness *w, struct arena *a, str path, str text) {
    str had;
    return file_read(w->ctx, a, path, &had, NULL) && str_eq(had, text);
}

/* Keeps both checkpoints, once, and at most 64 of a kind: requests of others must not fill the disk. True when they
 * were not there yet. */
static bool keep_record(const struct witness *w, struct arena *a, const char *kind, str said, str one, str two) {
    str text = arena_printf(a, "%.*s\n\n%.*s\n\n%.*s", STR_ARG(said), STR_ARG(one), STR_ARG(two));
    str path = S("");
    for (int i = 0; i < RECORDS_MOST; i++) {
        path = path_join(a, w->folder, arena_printf(a, "%s-%02d.txt", kind, i));
        if (!path_exists(path) || same_record(w, a, path, text))
            break;
    }
    struct err e = {0}, failed = {0};
    bool fresh = !path_exists(path);
    if (fresh && !disk_put(w->ctx, arena_cstr(a, path), text, 0644, DISK_DURABLE, &failed) && w->loud)
        w->loud(w->of, &failed);
    err_set(&e, ERR_INPUT, path, "%.*s", STR_ARG(said));
    if (w->loud)
        w->loud(w->of, &e);
    return fresh;
}

static void tell_fork(const struct witness *w, struct arena *a, const struct seen *seen,
                      const struct add_checkpoint *r) {
    str hash = str_upto(origin_hash(a, r->at.origin), 16);
    str said = arena_printf(
        a, _("FORK: the log \"%.*s\" signed two different trees of %llu entries; the two checkpoints below prove it"),
        STR_ARG(r->at.origin), (unsigned long long)r->at.size);
    if (keep_record(w, a, arena_printf(a, "conflict-%.*s", STR_ARG(hash)).p, said, seen->note, r->bytes) && w->conflict)
        w->conflict(w->of, &(struct witness_conflict){r->at.origin, seen->note, r->bytes});
}

static void tell_unproven(const struct witness *w, struct arena *a, const struct seen *seen,
                          const struct add_checkpoint *r) {
    str hash = str_upto(origin_hash(a, r->at.origin), 16);
    str said = arena_printf(
        a, _("REFUSED: nothing proves that the log \"%.*s\" of %llu entries continues the one of %llu seen before"),
        STR_ARG(r->at.origin), (unsigned long long)r->at.size, (unsigned long long)seen->size);
    (void)keep_record(w, a, arena_printf(a, "unproven-%.*s", STR_ARG(hash)).p, said, seen->note, r->bytes);
}

/* ── deciding ── */

static bool reply(struct reply *out, int status, const char *body) {
    *out = (struct reply){status, plain, str_of(body)};
    return true;
}

static bool reply_size(struct arena *a, struct reply *out, uint64_t size) {
    *out = (struct reply){409, "text/x.tlog.size", arena_printf(a, "%llu\n", (unsigned long long)size)};
    return true;
}

/* The lines of the log's own known keys, which is what is kept; false when none verifies or one is broken. */
static bool log_lines(const struct witness *w, struct arena *a, const struct add_checkpoint *r, bool *known,
                      struct note *out) {
    *known = false;
    *out = (struct note){.text = r->note.text};
    for (uint32_t i = 0; i < w->n_logs; i++) {
        bool broken;
        if (!str_eq(w->logs[i].name, r->at.origin))
            continue;
        *known = true;
        if (note_verify(&r->note, &w->logs[i], NULL, &broken)) {
            for (uint32_t l = 0; l < r->note.lines.n; l++)
                if (str_eq(r->note.lines.v[l].name, w->logs[i].name) &&
                    memcmp(r->note.lines.v[l].id, w->logs[i].id, sizeof w->logs[i].id) == 0)
                    note_put(a, out, &r->note.lines.v[l]);
        } else if (broken)
            return false;
    }
    return out->lines.n > 0;
}

static bool cosign(const struct witness *w, struct arena *a, const struct note *from, struct reply *out,
                   struct err *e) {
    struct note n = {.text = from->text};
    struct buf b = {0};
    for (uint32_t i = 0; i < w->n_signers; i++)
        if (!note_sign(a, &n, w->signers[i].name, w->signers[i].use, w->signers[i].key, signing_time(w->ctx), e))
            return false;
    for (uint32_t i = 0; i < n.lines.n; i++)
        note_line_add(a, &b, &n.lines.v[i]);
    *out = (struct reply){200, plain, arena_str(a, buf_str(&b))};
    buf_free(&b);
    return true;
}

/* Under the lock of the origin. */
static bool decide(const struct witness *w, struct arena *a, const struct add_checkpoint *r, const struct note *kept,
                   struct reply *out, struct err *e) {
    struct seen seen;
    struct hash root;
    memcpy(root.b, r->at.root, sizeof root.b);
    if (!seen_read(w, a, r->at.origin, &seen, e))
        return false;
    if (r->old != seen.size)
        return reply_size(a, out, seen.size);
    if (seen.note.p && r->at.size == seen.size && !hash_eq(root, seen.root)) {
        tell_fork(w, a, &seen, r);
        return reply_size(a, out, seen.size);
    }
    if (!merkle_consistency_ok(r->old, r->at.size, seen.root, root, r->proof.v, r->proof.n) ||
        (r->at.size == 0 && !hash_eq(root, merkle_empty()))) {
        if (seen.size)
            tell_unproven(w, a, &seen, r);
        return reply(out, 422, "the consistency proof does not verify\n");
    }
    /* The same tree again is cosigned with a new time; what is on disk says all there is to say. */
    bool ahead = !seen.note.p || r->at.size > seen.size;
    const char *path = arena_cstr(a, path_of(w, a, r->at.origin, "checkpoint"));
    return (!ahead || disk_put(w->ctx, path, note_text(a, kept), 0644, DISK_DURABLE, e)) && cosign(w, a, kept, out, e);
}

bool witness_add_checkpoint(const struct witness *w, struct arena *a, str request, struct reply *out, struct err *e) {
    struct add_checkpoint r;
    struct note kept;
    struct err why = {0};
    bool known;
    int fd;
    if (!add_checkpoint_parse(a, request, &r, &why))
        return reply(out, 400, arena_printf(a, "%s: %s\n", why.where, why.what).p);
    bool is_signed = log_lines(w, a, &r, &known, &kept);
    if (!known)
        return reply(out, 404, "unknown log\n");
    if (!is_signed)
        return reply(out, 403, "no valid signature of that log\n");
    if (r.old > r.at.size)
        return reply(out, 400, "the old size is above that of the checkpoint\n");
    if (!witness_lock(w, a, r.at.origin, &fd, e))
        return false;
    bool ok = decide(w, a, &r, &kept, out, e);
    close(fd);
    return ok;
}

/* ── the other side ── */

/* The first line of what was said, without what could play tricks on a terminal. */
static str first_words(struct arena *a, str body) {
    str line = S("");
    (void)str_line(&body, &line);
    char *said = arena_cstr(a, str_upto(line, 160));
    for (char *p = said; *p; p++)
        if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7e)
            *p = '?';
    return str_of(said);
}

bool reply_refused(struct arena *a, str where, const struct reply *r, struct err *e) {
    return err_set(e, r->status >= 500 ? ERR_ENV : ERR_INPUT, where, _("the other side answers with status %d: %.*s"),
                   r->status, STR_ARG(first_words(a, r->body)));
}

static bool rolled_back(str where, uint64_t has, uint64_t size, struct err *e) {
    err_set(e, ERR_INPUT, where,
            _("%llu entries of this log were seen there before, now it has %llu: it was ROLLED BACK, or this is an old "
              "copy"),
            (unsigned long long)has, (unsigned long long)size);
    return err_hint(e, "%s", _("bring back the newest copy of the log; do not append to this one"));
}

static bool forked(str where, uint64_t has, struct err *e) {
    err_set(e, ERR_INPUT, where,
            _("this log does not continue the %llu entries that were seen there under its name: one of the two is a "
              "FORK"),
            (unsigned long long)has);
    return err_hint(e, "%s", _("do not append to this copy before it is clear which one is right"));
}

/* One request; *had becomes the size the other side has when it is another. */
static bool offer(struct arena *a, const struct witness_end *w, const struct hash_source *hashes, uint64_t size,
                  str checkpoint, uint64_t *had, struct reply *r, struct err *e) {
    struct hash proof[MERKLE_PROOF_MOST];
    uint32_t n = 0;
    uint64_t has;
    if (*had > size)
        return rolled_back(w->where, *had, size, e);
    if (!merkle_consistency(hashes, *had, size, proof, &n, e) ||
        !w->add_checkpoint(w->of, a, add_checkpoint_text(a, *had, proof, n, checkpoint), r, e))
        return false;
    if (r->status == 422)
        return forked(w->where, *had, e);
    if (r->status != 409)
        return r->status == 200 || reply_refused(a, w->where, r, e);
    if (!str_ends(r->body, S("\n")) || !tlog_number(str_upto(r->body, r->body.n - 1), &has))
        return reply_refused(a, w->where, r, e);
    if (has == *had)
        return forked(w->where, has, e); /* the same size, and yet a conflict */
    *had = has;
    return true;
}

bool witness_offer(struct arena *a, const struct witness_end *w, const struct hash_source *hashes, uint64_t size,
                   str checkpoint, uint64_t *had, str *body, struct err *e) {
    struct reply r = {.status = 409};
    *had = 0;
    for (int i = 0; i < OFFERS_MOST && r.status == 409; i++) /* others may offer the same log in between */
        if (!offer(a, w, hashes, size, checkpoint, had, &r, e))
            return false;
    *body = r.body;
    return r.status == 200 || reply_refused(a, w->where, &r, e);
}

bool cosignatures_take(struct arena *a, str body, str where, const struct vkey *keys, uint32_t n_keys,
                       struct note *note, uint32_t *taken, struct err *e) {
    str line;
    *taken = 0;
    for (uint32_t at = 1; str_next(&body, '\n', &line) && (line.n || body.n); at++) {
        struct note one = {.text = note->text};
        struct note_line l;
        str place = arena_printf(a, "%.*s:%u", STR_ARG(where), at);
        if (!note_line_parse(a, line, &l))
            return err_set(e, ERR_INPUT, place, _("this is no line of a signature"));
        *vec_push(a, &one.lines) = l;
        for (uint32_t k = 0; k < n_keys; k++) {
            bool broken;
            if (note_verify(&one, &keys[k], NULL, &broken)) {
                note_put(a, note, &l);
                *taken += 1;
            } else if (broken)
                return err_set(e, ERR_INPUT, place, _("the cosignature of %.*s does not verify"),
                               STR_ARG(keys[k].name));
        }
    }
    return true;
}
