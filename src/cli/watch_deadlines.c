/* SPDX-License-Identifier: Apache-2.0
 *
 * Deadlines of open cases, told to who wants to know before and when they are over. Cases of which nothing can have
 * become due since the last round are not read.
 */
#include <stdlib.h>

#include "base/digest.h"
#include "base/file.h"
#include "cli/case.h"
#include "impact/case_look.h"
#include "impact/shape.h"
#include "node/notify_deadline.h"

struct telling {
    struct cli *cli;
    struct cli_watch *x;
    struct subscriptions subscriptions;
    struct notices notices;
    struct case_looks looks;
    int64_t *again; /* of each case */
};

/* All that deadlines and who is told depend on besides the log and the advisories. */
static bool settings_of(struct cli *cli, str *out, struct err *e) {
    static const char *const folders[] = {"clocks", "calendars", "ssvc"};
    struct arena *a = cli->arena;
    str file = path_join(a, cli->home, S("akashi.toml")), text = {NULL, 0}, all = S("akashi " AKASHI_VERSION "\n");
    if (path_exists(file) && !file_read(cli->ctx, a, file, &text, e))
        return false;
    all = arena_cat(a, all, digest_hex(a, DIGEST_SHA256, text));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct shape_files files;
        if (!shape_folder(cli->ctx, a, path_join(a, cli->home, str_of(folders[i])), &files, e))
            return false;
        for (uint32_t k = 0; k < files.n; k++)
            all = arena_printf(a, "%.*s\n%.*s %.*s", STR_ARG(all), STR_ARG(files.v[k].path),
                               STR_ARG(digest_hex(a, DIGEST_SHA256, files.v[k].text)));
    }
    *out = digest_hex(a, DIGEST_SHA256, all);
    return true;
}

static bool of_case(struct telling *t, const struct case_row *c, int64_t *again, struct err *e) {
    struct arena *a = t->cli->arena;
    struct deadlines deadlines;
    int64_t now = t->cli->ctx->now;
    if (!cli_case_clocks(t->cli, t->x, c, &deadlines, e))
        return false;
    str *id = arena_new_of(a, str), product = cli_product_id(t->cli, t->x, c->product);
    *id = arena_str(a, c->id);
    str title = arena_printf(a, "%.*s, %.*s: %.*s", STR_ARG(*id), STR_ARG(product), STR_ARG(c->package));
    struct notice about = {
        .about = *id, .cases = id, .n_cases = 1, .rank = c->priority.rank, .subject = {title, title}};
    about.priority = arena_str(a, c->priority.outcome);
    *again = now + CASE_LOOK_MOST;
    for (uint32_t i = 0; i < deadlines.n; i++) {
        struct notice n;
        int64_t look = deadline_look(&deadlines.v[i], now);
        *again = look < *again ? look : *again;
        if (notice_of_deadline(a, &about, &deadlines.v[i], now, &n) &&
            !cli_case_notice(t->cli, t->x, &t->subscriptions, c, &n, &t->notices, e))
            return false;
    }
    return true;
}

static bool look_at_due(struct telling *t, struct err *e) {
    struct portfolio *p = t->x->views.p;
    str settings;
    if (!settings_of(t->cli, &settings, e) ||
        !case_looks_due(p, t->cli->arena, settings, t->cli->ctx->now, &t->looks, e))
        return false;
    t->again = arena_array(t->cli->arena, int64_t, t->looks.cases.n + 1u);
    for (uint32_t i = 0; i < t->looks.cases.n; i++) {
        struct case_row c;
        if (!case_get(p, t->cli->arena, t->looks.cases.v[i], &c, e))
            return false;
        t->again[i] = INT64_MAX;
        if (!c.closed && !of_case(t, &c, &t->again[i], e))
            return false;
    }
    return true;
}

bool cli_tell_deadlines(struct cli *cli, struct cli_watch *x, struct err *e) {
    struct telling t = {.cli = cli, .x = x};
    struct outbox *box = NULL;
    uint32_t added;
    if (!subscriptions_read(cli->ctx, cli->arena, cli->home, &t.subscriptions, e))
        return false;
    if (!t.subscriptions.all.n)
        return true;
    bool ok = look_at_due(&t, e) && outbox_open(cli->ctx, cli->home, &box, e) &&
              outbox_add(box, &t.subscriptions, t.notices.v, t.notices.n, cli->ctx->now, &added, e);
    outbox_close(box);
    return ok && case_looked(x->views.p, &t.looks, t.again, cli->ctx->now, e);
}
