/* SPDX-License-Identifier: Apache-2.0 */
#include <time.h>

#include "cli/following.h"
#include "cli/notify.h"

/* With --follow other processes' notices are looked for this often. */
enum { LOOK_SECONDS = 5 };

static int64_t now_of(const struct cli *cli) { return cli->ctx->now_fixed ? cli->ctx->now : (int64_t)time(NULL); }

static bool queue_again(struct cli *cli, struct notifying *n, struct err *e) {
    struct outbox_ids queued;
    uint32_t count;
    const str *keys = cli_texts(cli, "again", &count);
    for (uint32_t i = 0; i < count; i++) {
        if (!outbox_again(n->outbox, cli->arena, keys[i], now_of(cli), &queued, e))
            return false;
        if (!queued.n) {
            err_set(e, ERR_INPUT, keys[i], _("no notice that was given up or is unsure has this key"));
            return err_hint(e, "%s", _("`akashi notify list --state unsure` shows them"));
        }
    }
    return true;
}

/* Until asked to end: what is due is sent, and every pass that did something is told. After one that failed (a full
 * disk) the next may find room again. */
static void follow(struct cli *cli, struct notifying *n) {
    struct err said = {0};
    following_begin(cli);
    do {
        struct err e = {0};
        struct outbox_result r;
        bool busy;
        if (outbox_send(n->outbox, &n->subs, now_of(cli), &busy, &r, &e))
            following_works(&said);
        else
            following_failed(cli, &e, &said);
        if (r.sent + r.later + r.failed + r.unsure)
            (void)notify_result(cli, &r);
        fflush(cli->out);
    } while (following_pause(LOOK_SECONDS * 1000));
}

static int send_once(struct cli *cli, struct notifying *n) {
    struct err e = {0};
    struct outbox_result r;
    bool busy;
    if (!outbox_send(n->outbox, &n->subs, now_of(cli), &busy, &r, &e))
        return cli_fail(cli, &e);
    if (!busy)
        return notify_result(cli, &r);
    err_set(&e, ERR_ENV, cli->home, _("another process is sending notices"));
    err_hint(&e, "%s", _("what waits goes out through it"));
    return cli_fail(cli, &e);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct notifying n;
    int code = 0;
    bool ok = notify_open(cli, &n, &e) && queue_again(cli, &n, &e);
    if (ok && cli_flag(cli, "follow"))
        follow(cli, &n);
    else if (ok)
        code = send_once(cli, &n);
    outbox_close(n.outbox);
    return ok ? code : cli_fail(cli, &e);
}

const struct command notify_send_command = {
    .name = "notify send",
    .args = "",
    .summary = N_("send the notices that are due"),
    .text = N_("What cannot be delivered now is tried again later and later, for three days. A process that was killed "
               "in the middle is made good by the next one; what each channel guarantees then is in docs/notify.md. "
               "Exits 1 when a notice was given up, or may have arrived or not."),
    .options =
        (const struct option_spec[]){
            {.name = "follow", .kind = OPT_FLAG, .help = N_("go on until SIGTERM; as a service")},
            {.name = "again",
             .kind = OPT_TEXT,
             .many = true,
             .value = "KEY",
             .help = N_(
                 "first queue this one again, which was given up or is unsure (the beginning of its key will do)")},
            {0}},
    .examples =
        (const struct example[]){{"akashi notify send --follow", N_("as a service, beside the one that watches")}, {0}},
    .run = run,
};
