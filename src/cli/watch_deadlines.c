/* SPDX-License-Identifier: Apache-2.0
 *
 * Deadlines of open cases, told to who wants to know before and when they are over.
 */
#include "cli/case.h"
#include "node/notify_deadline.h"

struct telling {
    struct cli *cli;
    struct cli_watch *x;
    struct subscriptions subscriptions;
    struct notices notices;
};

static bool of_case(void *arg, const struct case_row *c, struct err *e) {
    struct telling *t = arg;
    struct arena *a = t->cli->arena;
    struct deadlines deadlines;
    if (!cli_case_clocks(t->cli, t->x, c, &deadlines, e))
        return false;
    str *id = arena_new_of(a, str), product = cli_product_id(t->cli, t->x, c->product);
    *id = arena_str(a, c->id);
    str title = arena_printf(a, "%.*s, %.*s: %.*s", STR_ARG(*id), STR_ARG(product), STR_ARG(c->package));
    struct notice about = {
        .about = *id, .cases = id, .n_cases = 1, .rank = c->priority.rank, .subject = {title, title}};
    about.priority = arena_str(a, c->priority.outcome);
    for (uint32_t i = 0; i < deadlines.n; i++) {
        struct notice n;
        if (notice_of_deadline(a, &about, &deadlines.v[i], t->cli->ctx->now, &n) &&
            !cli_case_notice(t->cli, t->x, &t->subscriptions, c, &n, &t->notices, e))
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
    bool ok = cases_each(x->views.p, true, of_case, &t, e) && outbox_open(cli->ctx, cli->home, &box, e) &&
              outbox_add(box, &t.subscriptions, t.notices.v, t.notices.n, cli->ctx->now, &added, e);
    outbox_close(box);
    return ok;
}
