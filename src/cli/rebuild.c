/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "cli/portfolio.h"
#include "impact/hits.h"
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

struct rebuilt {
    const char *title; /* N_(), for people */
    const char *key;
    uint64_t size;
    str before, after;
};

static bool is_same(const struct rebuilt *x) { return str_eq(x->before, x->after); }

static void say_json(struct cli *cli, const struct rebuilt *v, uint32_t n) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kint(&w, "entries", (int64_t)v[0].size);
    for (uint32_t i = 0; i < n; i++) {
        jw_kobj(&w, v[i].key);
        jw_kstr(&w, "before", v[i].before);
        jw_kstr(&w, "after", v[i].after);
        jw_kbool(&w, "same", is_same(&v[i]));
        jw_obj_end(&w);
    }
    jw_obj_end(&w);
    put_json(cli, &b);
}
static void say_text(struct cli *cli, const struct rebuilt *v, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) {
        fprintf(cli->out, _("%s: made anew from %llu entries\n"), _(v[i].title), (unsigned long long)v[i].size);
        fprintf(cli->out, "%s\n",
                is_same(&v[i]) ? _("it is the same as before") : _("it differs from what was there before"));
    }
}

static bool rebuild_view(struct cli *cli, const struct home *h, struct rebuilt *x, struct err *e) {
    struct view *v = NULL;
    *x = (struct rebuilt){.title = N_("what can be found in the log"), .key = "view"};
    bool ok = view_open(cli->ctx, cli->home, h->log, &v, e) && digest_view(cli, v, &x->before, e);
    view_close(v);
    v = NULL;
    unlink(arena_cstr(cli->arena, path_join(cli->arena, cli->home, S("keys/events"))));
    ok = ok && view_rebuild(cli->ctx, cli->home, h->log, &v, e) && digest_view(cli, v, &x->after, e) &&
         audit(cli, h, v, e);
    x->size = ok ? view_size(v) : 0;
    view_close(v);
    return ok;
}

static bool digest_portfolio(struct cli *cli, struct portfolio *p, str *hex, struct err *e) {
    unsigned char sum[32];
    bool ok = portfolio_digest(p, sum, e);
    *hex = ok ? hex_text(cli->arena, sum, 32) : (str){NULL, 0};
    return ok;
}
static bool rebuild_portfolio(struct cli *cli, struct home *h, struct rebuilt *x, struct err *e) {
    struct portfolio *p = NULL;
    str store;
    *x = (struct rebuilt){.title = N_("portfolio"), .key = "portfolio"};
    bool ok = cli_store(cli, &store, e) && portfolio_open(cli->ctx, h, store, &p, e) &&
              digest_portfolio(cli, p, &x->before, e) && portfolio_rebuild(p, e) &&
              hits_again(p, cli_db_path(cli), e) && digest_portfolio(cli, p, &x->after, e);
    x->size = ok ? p->size : 0;
    portfolio_close(p);
    return ok;
}

static int run_rebuild(struct cli *cli) {
    struct err e = {0};
    struct home h = {0};
    struct rebuilt v[2];
    bool ok = home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &h, &e) && rebuild_view(cli, &h, &v[0], &e) &&
              rebuild_portfolio(cli, &h, &v[1], &e);
    home_close(&h);
    if (ok && cli->json)
        say_json(cli, v, 2);
    else if (ok)
        say_text(cli, v, 2);
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : is_same(&v[0]) && is_same(&v[1]) ? 0 : 1;
}

const struct command rebuild_command = {
    .name = "rebuild",
    .summary = N_("make every view anew from log and archive"),
    .text = N_(
        "Views hold nothing of their own: they can be deleted at any time. What is made anew is compared with what "
        "grew with the log; exit 1 when they differ, which they never should."),
    .options = (const struct option_spec[]){OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi rebuild", N_("after files of the home were restored or damaged")},
                                         {0}},
    .run = run_rebuild,
};
