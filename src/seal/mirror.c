/* SPDX-License-Identifier: Apache-2.0 */
#include "seal/mirror.h"

#include <dirent.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"

/* Earlier pending checkpoints an upload may still end at. */
enum { PAST_MOST = 8, PIECE = 1 << 20 };

bool mirror_open(struct ctx *c, struct arena *a, const struct mirror_plan *plan, struct mirror *out, struct err *e) {
    str pending = path_join(a, plan->folder, S("pending"));
    *out = (struct mirror){.ctx = c, .folder = plan->folder, .signers = plan->signers, .n_signers = plan->n_signers};
    out->pending = (struct witness){
        .ctx = c, .folder = pending, .logs = plan->logs, .n_logs = plan->n_logs, .loud = plan->loud, .of = plan->of};
    return disk_folder(c, arena_cstr(a, pending), 0755, e);
}

str mirror_copy(const struct mirror *m, struct arena *a, str origin) {
    return path_join(a, m->folder, origin_hash(a, origin));
}

/* ── pending checkpoints ── */

/* Which sizes there are of an origin's earlier checkpoints: HASH.SIZE.checkpoint. */
static uint64_t oldest_past(const struct mirror *m, struct arena *a, str origin, unsigned *n) {
    str start = arena_cat(a, origin_hash(a, origin), S("."));
    uint64_t oldest = UINT64_MAX;
    DIR *d = opendir(arena_cstr(a, m->pending.folder));
    *n = 0;
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        str name = str_of(e->d_name), size, rest;
        uint64_t at;
        if (!str_starts(name, start) || !str_cut(str_from(name, start.n), '.', &size, &rest) ||
            !str_is(rest, "checkpoint") || !str_u64(size, &at))
            continue;
        *n += 1;
        oldest = at < oldest ? at : oldest;
    }
    if (d)
        closedir(d);
    return oldest;
}

static const char *past_path(const struct mirror *m, struct arena *a, str origin, uint64_t size) {
    str name = arena_printf(a, "%.*s.%llu.checkpoint", STR_ARG(origin_hash(a, origin)), (unsigned long long)size);
    return arena_cstr(a, path_join(a, m->pending.folder, name));
}

static bool size_of(str note, uint64_t *out, struct arena *a, str where, struct err *e) {
    struct note n;
    struct checkpoint at = {.size = 0};
    bool ok = note_parse(a, note, where, &n, e) && checkpoint_parse(n.text, where, &at, e);
    *out = at.size;
    return ok;
}

bool mirror_pending(const struct mirror *m, struct arena *a, str origin, uint64_t size, str *note, uint64_t *latest,
                    struct err *e) {
    *latest = 0;
    if (!witness_latest(&m->pending, a, origin, note, e) ||
        (note->p && !size_of(*note, latest, a, m->pending.folder, e)))
        return false;
    if (note->p && *latest == size)
        return true;
    str path = str_of(past_path(m, a, origin, size));
    *note = (str){NULL, 0};
    return !path_exists(path) || file_read(m->ctx, a, path, note, e);
}

/* Under the origin's lock. */
static bool keep_past(const struct mirror *m, struct arena *a, str origin, struct err *e) {
    str note;
    uint64_t size;
    unsigned count;
    if (!witness_latest(&m->pending, a, origin, &note, e) || !size_of(note, &size, a, m->pending.folder, e))
        return false;
    uint64_t oldest = oldest_past(m, a, origin, &count);
    if (count >= PAST_MOST && !disk_remove(m->ctx, past_path(m, a, origin, oldest), e))
        return false;
    return disk_put(m->ctx, past_path(m, a, origin, size), note, 0644, DISK_DURABLE, e);
}

bool mirror_add_checkpoint(const struct mirror *m, struct arena *a, str request, struct reply *out, struct err *e) {
    struct add_checkpoint r;
    int fd;
    if (!witness_add_checkpoint(&m->pending, a, request, out, e))
        return false;
    if (out->status != 200)
        return true;
    if (!add_checkpoint_parse(a, request, &r, e) || !witness_lock(&m->pending, a, r.at.origin, &fd, e))
        return false;
    bool ok = keep_past(m, a, r.at.origin, e);
    close(fd);
    return ok;
}

/* ── witnesses of the log ── */

/* Under the origin's lock. */
static bool take_lines(const struct mirror *m, struct arena *a, str origin, const struct note *from, struct err *e) {
    str path = path_join(a, mirror_copy(m, a, origin), S("checkpoint")), text;
    struct note shown;
    if (!file_read(m->ctx, a, path, &text, e) || !note_parse(a, text, path, &shown, e))
        return false;
    if (!str_eq(shown.text, from->text))
        return true;
    uint32_t had = shown.lines.n;
    for (uint32_t i = 0; i < from->lines.n; i++)
        note_put(a, &shown, &from->lines.v[i]);
    return shown.lines.n == had || disk_put(m->ctx, arena_cstr(a, path), note_text(a, &shown), 0644, DISK_DURABLE, e);
}

bool mirror_take_cosignatures(const struct mirror *m, struct arena *a, str origin, str note, struct err *e) {
    struct note from;
    int fd;
    if (!note_parse(a, note, origin, &from, e) || !witness_lock(&m->pending, a, origin, &fd, e))
        return false;
    bool ok = take_lines(m, a, origin, &from, e);
    close(fd);
    return ok;
}

/* ── near ── */

static bool near_checkpoint(void *of, struct arena *a, str request, struct reply *out, struct err *e) {
    return mirror_add_checkpoint(of, a, request, out, e);
}

static bool near_entries(void *of, struct arena *a, str request, struct reply *out, struct err *e) {
    struct arena *own = arena_new(); /* of the upload, which is over when this is */
    struct mirror_upload *u = mirror_upload_begin(of, own);
    for (str rest = request; rest.n; rest = str_from(rest, PIECE))
        mirror_upload_more(u, str_upto(rest, PIECE));
    bool ok = mirror_upload_end(u, a, out, e);
    arena_free(own);
    return ok;
}

struct mirror_end mirror_near(const struct mirror *m) {
    return (struct mirror_end){{near_checkpoint, (void *)(uintptr_t)m, m->folder}, near_entries};
}
