/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/archive.h"
#include "base/file.h"
#include "release/checklist.h"

/* ── an archive ── */

static void tell_archive_fault(void *arg, const struct archive_fault *f) {
    struct looking *l = arg;
    str about = f->path.p ? f->path : f->where;
    if (f->has_name)
        say_fails(l, "archive", arena_str(l->arena, about), _("%s: %.*s"), _(f->what),
                  STR_ARG(hex_text(l->arena, f->name.b, sizeof f->name.b)));
    else
        say_fails(l, "archive", arena_str(l->arena, about), "%s", _(f->what));
}

static void judge_archive(struct looking *l, const struct archive_check *k, str folder) {
    if (!k->faults)
        say_holds(l, "archive", folder, _("%llu bodies and %llu trees in %llu packs are whole"),
                  (unsigned long long)k->bodies, (unsigned long long)k->trees, (unsigned long long)k->packs);
}

static bool check_archive(struct looking *l, struct archive *a, str folder, struct err *e) {
    struct archive_check k = {.fault = tell_archive_fault, .arg = l};
    if (!archive_check(a, &k, e))
        return false;
    judge_archive(l, &k, folder);
    return true;
}

bool look_at_archive(struct looking *l, str folder, struct err *e) {
    const struct archive_options o = {.read_only = true};
    struct archive *a;
    l->out->kind = "archive";
    if (!archive_open(l->ctx, folder, &o, &a, e))
        return false;
    bool ok = check_archive(l, a, folder, e);
    archive_close(a);
    return ok;
}

/* ── a home ── */

static void tell_log_fault(void *arg, const struct log_fault *f) {
    struct looking *l = arg;
    if (f->has_index)
        say_fails(l, "log", arena_str(l->arena, f->where), _("entry %llu: %s"), (unsigned long long)f->index,
                  _(f->what));
    else
        say_fails(l, "log", arena_str(l->arena, f->where), "%s", _(f->what));
}

/* What is damaged is told as a failure of the home, not as a file that cannot be read. */
static bool look_inside(struct looking *l, str folder, struct err *e) {
    struct home home = {0};
    struct err fault = {0};
    uint64_t faults = 0;
    if (!home_open(l->ctx, l->arena, folder, HOME_READ, &home, &fault)) {
        say_fails(l, "home", arena_str(l->arena, str_of(fault.where)), "%s", fault.what);
        return true;
    }
    struct log_store store = log_store_of(home.archive);
    bool ok = log_check(l->ctx, folder, &store, &home.vkey, tell_log_fault, l, &faults, e);
    if (ok && !faults)
        say_holds(l, "log", folder, _("every entry, tile and body is what it should be"));
    ok = ok && check_archive(l, home.archive, path_join(l->arena, folder, S("archive")), e);
    home_close(&home);
    return ok;
}

bool look_at_home_folder(struct looking *l, str folder, struct err *e) {
    struct err fault = {0};
    if (!look_at_log_folder(l, path_join(l->arena, folder, S("log")), &fault))
        say_fails(l, "log", arena_str(l->arena, str_of(fault.where)), "%s", fault.what);
    l->out->kind = "home";
    return look_inside(l, folder, e);
}
