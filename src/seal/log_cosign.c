/* SPDX-License-Identifier: Apache-2.0
 *
 * Cosignatures of the log's own checkpoints. HOME/append/cosigned is the newest checkpoint that has some: the one that
 * is served is written anew by each append, and has none until the witnesses were asked again.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "seal/log_inner.h"

static const char *kept_path(const struct log *l, struct arena *a) {
    return arena_cstr(a, path_join(a, str_of(l->path.append), S("cosigned")));
}

bool log_cosigned(struct log *l, struct arena *a, struct checkpoint *out, str *note, struct err *e) {
    const char *path = kept_path(l, a);
    struct note n;
    *note = (str){NULL, 0};
    if (!path_exists(str_of(path)))
        return true;
    return file_read(l->ctx, a, str_of(path), note, e) && note_parse(a, *note, str_of(path), &n, e) &&
           checkpoint_parse(n.text, str_of(path), out, e);
}

/* What the witnesses of the same checkpoint said before stays beside what is new. */
static bool merged(struct log *l, struct arena *a, const struct note *cosigned, str *out, struct err *e) {
    struct checkpoint at;
    struct note had;
    str text;
    if (!log_cosigned(l, a, &at, &text, e))
        return false;
    if (!text.p || !note_parse(a, text, S(""), &had, e) || !str_eq(had.text, cosigned->text))
        had = (struct note){.text = cosigned->text};
    for (uint32_t i = 0; i < cosigned->lines.n; i++)
        note_put(a, &had, &cosigned->lines.v[i]);
    *out = note_text(a, &had);
    return true;
}

static bool put_cosigned(struct log *l, struct arena *a, const struct note *cosigned, bool *stale, struct err *e) {
    struct checkpoint now, at, given;
    struct note n;
    str text, kept, where = str_of(l->path.checkpoint);
    if (!checkpoint_parse(cosigned->text, where, &given, e) || !log_checkpoint(l, a, &now, &text, e) ||
        !note_parse(a, text, where, &n, e) || !log_cosigned(l, a, &at, &kept, e))
        return false;
    *stale = !str_eq(n.text, cosigned->text);
    if (kept.p && at.size > given.size) /* a slower writer comes too late */
        return true;
    if (!merged(l, a, cosigned, &kept, e) || !disk_put(l->ctx, kept_path(l, a), kept, 0644, DISK_DURABLE, e))
        return false;
    return *stale || disk_put(l->ctx, l->path.checkpoint, kept, 0644, DISK_SOON, e);
}

bool log_add_cosignatures(struct log *l, const struct note *cosigned, bool *stale, struct err *e) {
    if (l->lock_fd < 0)
        return err_set(e, ERR_ENV, str_of(l->path.append), _("the log cannot be written here"));
    if (!log_lock(l, e))
        return false;
    struct arena *a = arena_new();
    bool ok = put_cosigned(l, a, cosigned, stale, e);
    arena_free(a);
    log_unlock(l);
    return ok;
}
