/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/notify.h"

bool notify_open(struct cli *cli, struct notifying *n, struct err *e) {
    *n = (struct notifying){0};
    if (!home_is(cli->home)) {
        err_set(e, ERR_ENV, cli->home, _("there is no home here"));
        return err_hint(e, "%s",
                        _("`akashi init --name NAME --role ROLE` makes one; --home or AKASHI_HOME name another"));
    }
    return subscriptions_read(cli->ctx, cli->arena, cli->home, &n->subs, e) &&
           outbox_open(cli->ctx, cli->home, &n->outbox, e);
}

static void result_json(struct cli *cli, const struct outbox_result *r) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    outbox_result_json(cli->arena, &w, r);
    put_json(cli, &b);
}

int notify_result(struct cli *cli, const struct outbox_result *r) {
    if (cli->json)
        result_json(cli, r);
    else
        fprintf(cli->out, _("%u sent, %u to be tried again, %u given up, %u unsure\n"), r->sent, r->later, r->failed,
                r->unsure);
    if (!cli->json && r->unsure)
        fprintf(cli->out, "%s\n",
                _("unsure: handed over without an answer. `akashi notify send --again KEY` once you know "
                  "that it did not arrive"));
    return r->failed || r->unsure;
}
