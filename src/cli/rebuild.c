/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "cli/home.h"
#include "seal/index.h"

/* The digest of everything the view says. */
static bool digest_view(struct cli *cli, struct view *v, str *hex, struct err *e) {
    struct buf b = {0};
    bool ok = view_dump(v, &b, e);
    if (ok)
        *hex = digest_hex(cli->arena, DIGEST_SHA256, buf_str(&b));
    buf_free(&b);
    return ok;
}

/* The newest index, held against what the log holds now. */
static bool audit(struct cli *cli, const struct home *h, struct view *v, struct err *e) {
    uint64_t index;
    bool found, holds;
    if (!index_audit(cli->ctx, v, h->keys, cli->arena, &found, &index, &holds, e))
        return false;
    if (found && !holds)
        ctx_warn(
            cli->ctx, log_origin(view_log(v)),
            _("the index of entry %llu is not what the log holds: bodies were erased since (`akashi log index` makes a "
              "new one), or it left something out"),
            (unsigned long long)index);
    return true;
}

static void say(struct cli *cli, uint64_t size, str before, str after) {
    bool same = str_eq(before, after);
    if (cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        jw_obj(&w);
        jw_kint(&w, "entries", (int64_t)size);
        jw_kstr(&w, "before", before);
        jw_kstr(&w, "after", after);
        jw_kbool(&w, "same", same);
        jw_obj_end(&w);
        put_json(cli, &b);
        return;
    }
    fprintf(cli->out, _("the view was made anew from %llu entries\n"), (unsigned long long)size);
    fprintf(cli->out, "%s\n", same ? _("it is the same as before") : _("it differs from what was there before"));
}

static int run_rebuild(struct cli *cli) {
    struct err e = {0};
    struct home h = {0};
    struct view *v = NULL;
    str before = {NULL, 0}, after = {NULL, 0};
    uint64_t size = 0;
    bool ok = home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &h, &e) &&
              view_open(cli->ctx, cli->home, h.log, &v, &e) && digest_view(cli, v, &before, &e);
    view_close(v);
    v = NULL;
    unlink(arena_cstr(cli->arena, path_join(cli->arena, cli->home, S("keys/events"))));
    ok = ok && view_rebuild(cli->ctx, cli->home, h.log, &v, &e) && digest_view(cli, v, &after, &e) &&
         audit(cli, &h, v, &e);
    if (ok) {
        size = view_size(v);
        say(cli, size, before, after);
    }
    view_close(v);
    home_close(&h);
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : str_eq(before, after) ? 0 : 1;
}

const struct command rebuild_command = {
    .name = "rebuild",
    .summary = N_("make every view anew from log and archive"),
    .text = N_(
        "Views hold nothing of their own: they can be deleted at any time. The one made anew is compared with the one "
        "that grew with the log; exit 1 when they differ, which they never should."),
    .examples = (const struct example[]){{"akashi rebuild", N_("after files of the home were restored or damaged")},
                                         {0}},
    .run = run_rebuild,
};
