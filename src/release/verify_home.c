/* SPDX-License-Identifier: Apache-2.0 */
#include "release/checklist.h"
#include "seal/view.h"

/* The home's own entries are looked at like those of a bundle: each with a proof as of now. */
static bool look_at_entry(struct looking *l, uint64_t index, struct err *e) {
    struct home *home = l->options->home;
    struct log_entry entry;
    str envelope, proof, where = log_origin(home->log);
    if (!log_entry(home->log, l->arena, index, &entry, e) || !log_envelope(home->log, l->arena, &entry, &envelope, e))
        return false;
    if (!envelope.p) {
        say_unchecked(l, "body", arena_str(l->arena, entry.leaf.kind), _("the body of entry %llu was erased"),
                      (unsigned long long)index);
        return true;
    }
    if (!home_prove(home, l->arena, index, &proof, e))
        return false;
    look_at_envelope(l, where, envelope, proof, where);
    return true;
}

static bool find(struct looking *l, const struct words *words, struct view_found *found, struct err *e) {
    const struct home *home = l->options->home;
    struct view *view;
    if (!view_open(l->ctx, home->path, home->log, &view, e))
        return false;
    uint64_t size = l->options->as_of < view_size(view) ? l->options->as_of : view_size(view);
    bool ok = view_find(view, l->arena, words, size, found, e);
    view_close(view);
    return ok;
}

static bool look_at_all(struct looking *l, const struct words *words, struct err *e) {
    struct view_found found = {0};
    if (!find(l, words, &found, e))
        return false;
    for (uint32_t i = 0; i < found.n; i++)
        if (!look_at_entry(l, found.v[i], e))
            return false;
    look_at_manifest(l);
    return true;
}

bool look_at_home(struct looking *l, str sha256, struct err *e) {
    struct words words = {0};
    if (!l->options->home)
        return true;
    *vec_push(l->arena, &words) = (struct word){"digest", sha256};
    return look_at_all(l, &words, e);
}

bool look_at_named(struct looking *l, str name, struct err *e) {
    struct words words = {0};
    if (!l->options->home) {
        err_set(e, ERR_INPUT, name, _("there is no such file, and no home that could know the name"));
        return err_hint(e, "%s", _("name a file, or make a home: akashi init"));
    }
    l->out->kind = "name";
    if (!words_asked(l->arena, name, &words, e) || !look_at_all(l, &words, e))
        return false;
    if (l->out->statements.n == 0)
        return err_set(e, ERR_INPUT, name, _("there is no such file, and the home's log says nothing about it"));
    return true;
}
