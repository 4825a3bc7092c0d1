/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/notify.h"

static bool add(struct cli *cli, struct notifying *n, str name, struct err *e) {
    int64_t id;
    struct notice test = notice_of_test(cli->arena, cli->ctx->now);
    const struct subscription *s = subscription_of(&n->subs, name);
    if (s)
        return outbox_add_to(n->outbox, s, &test, cli->ctx->now, &id, e);
    err_set(e, ERR_USAGE, name, _("there is no [[notify]] of this name"));
    return err_hint(e, "%s", _("akashi.toml in the home names them; docs/notify.md says how"));
}

static bool add_all(struct cli *cli, struct notifying *n, struct err *e) {
    if (!n->subs.all.n) {
        err_set(e, ERR_USAGE, cli->home, _("nobody is to be told: akashi.toml has no [[notify]]"));
        return err_hint(e, "%s", _("docs/notify.md says how to add one"));
    }
    for (uint32_t i = 0; i < n->subs.all.n && !cli->n_args; i++)
        if (!add(cli, n, n->subs.all.v[i].name, e))
            return false;
    for (uint32_t i = 0; i < cli->n_args; i++)
        if (!add(cli, n, cli->args[i], e))
            return false;
    return true;
}

/* Why the newest notices did not go through. */
static void tell_faults(struct cli *cli, struct notifying *n, uint32_t count) {
    struct outbox_rows rows;
    struct err e = {0};
    if (!outbox_list(n->outbox, cli->arena, -1, count, &rows, &e))
        return;
    for (uint32_t i = rows.n; i > 0; i--)
        if (rows.v[i - 1].error.n)
            ctx_warn(cli->ctx, rows.v[i - 1].subscriber, "%.*s", STR_ARG(rows.v[i - 1].error));
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct notifying n;
    struct outbox_result r = {0};
    bool busy = false;
    bool ok = notify_open(cli, &n, &e) && add_all(cli, &n, &e) &&
              outbox_send(n.outbox, &n.subs, cli->ctx->now, &busy, &r, &e);
    int code = 0;
    if (ok && busy)
        fprintf(cli->out, "%s\n", _("queued: another process is sending notices"));
    else if (ok) {
        tell_faults(cli, &n, cli->n_args ? cli->n_args : n.subs.all.n);
        code = notify_result(cli, &r) || r.later;
    }
    outbox_close(n.outbox);
    cli_warnings(cli);
    return ok ? code : cli_fail(cli, &e);
}

const struct command notify_test_command = {
    .name = "notify test",
    .args = "[NAME…]",
    .summary = N_("send a test notice to each subscriber, or to those named"),
    .text = N_(
        "Goes the way of every notice: into the outbox, and from there what is due is sent. Exits 1 when one did "
        "not get through at once."),
    .examples = (const struct example[]){{"akashi notify test psirt-mail", N_("does the mail server take it?")}, {0}},
    .max_args = -1,
    .run = run,
};
