/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide remind, and what `akashi watch` does about decisions: those that no longer do are opened again, and
 * what must be looked at is told to who wants to know, once each.
 */
#include "base/file.h"
#include "cli/case.h"
#include "cli/decide.h"
#include "conform/decision.h"

struct reminding {
    struct cli *cli;
    struct cli_portfolio *views;
    struct notices notices;
    uint32_t n;
};

static struct notice notice_of(struct arena *a, const struct decision *d) {
    str *id = arena_new_of(a, str);
    const struct reopening_row *r = d->reopened_by;
    bool urgent = r && r->said.because == REOPENED_EXPLOITED;
    *id = arena_str(a, d->id);
    struct notice n = {.kind = r ? S("decision-reopened") : S("decision-due"),
                       .about = *id,
                       .cases = id,
                       .n_cases = 1,
                       .rank = urgent ? 100 : 50};
    n.event = r ? arena_printf(a, "reopened:%llu", (unsigned long long)r->log.entry)
                : arena_printf(a, "due:%u:%.*s", d->due, STR_ARG(d->holds ? d->holds->content : S("open")));
    str title = arena_str(a, d->said.title), side = arena_str(a, decision_side_text(&d->said.customer));
    const char *en = r ? "To be decided anew" : "Decision due", *ja = r ? "再決定が必要" : "決定の期日";
    n.subject = (struct label){arena_printf(a, "%s %.*s: %.*s (%.*s)", en, STR_ARG(*id), STR_ARG(title), STR_ARG(side)),
                               arena_printf(a, "%s %.*s: %.*s(%.*s)", ja, STR_ARG(*id), STR_ARG(title), STR_ARG(side))};
    str why = r && r->said.flaw.n ? arena_printf(a, "%s %.*s", reopened_name(r->said.because), STR_ARG(r->said.flaw))
                                  : str_of(r ? reopened_name(r->said.because) : decision_state_name(d->state));
    n.text = (struct label){why, why};
    return n;
}

static bool remind_one(void *arg, const struct decision *d, struct err *e) {
    struct reminding *k = arg;
    (void)e;
    if (!d->due)
        return true;
    struct notice *n = vec_push(k->cli->arena, &k->notices);
    *n = notice_of(k->cli->arena, d);
    n->time = k->cli->ctx->now;
    return true;
}

static bool tell(struct reminding *k, struct err *e) {
    struct subscriptions subscriptions;
    struct outbox *box = NULL;
    struct cli *cli = k->cli;
    struct decision_ask ask = {.now = cli->ctx->now};
    if (!decisions_each(k->views->p, &ask, remind_one, k, e) ||
        !subscriptions_read(cli->ctx, cli->arena, cli->home, &subscriptions, e))
        return false;
    if (!subscriptions.all.n || !k->notices.n)
        return true;
    bool ok = outbox_open(cli->ctx, cli->home, &box, e) &&
              outbox_add(box, &subscriptions, k->notices.v, k->notices.n, cli->ctx->now, &k->n, e);
    outbox_close(box);
    return ok;
}

bool cli_decisions_watch(struct cli *cli, struct cli_portfolio *views, struct advdb *db, int32_t jump,
                         uint32_t *reopened, uint32_t *due, struct err *e) {
    struct reminding k = {.cli = cli, .views = views};
    struct reopen_report r;
    if (!decisions_reopen(views->p, db, cli->arena, jump, cli->ctx->now, &r, e) || !tell(&k, e))
        return false;
    *reopened = r.ids.n;
    *due = k.notices.n;
    return true;
}

static int run_decide_remind(struct cli *cli) {
    struct cli_watch x;
    struct err e = {0};
    uint32_t reopened = 0, due = 0;
    str db = cli_db_path(cli);
    if (!cli_watch_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    bool ok = (!path_exists(db) || advdb_open(cli->ctx, db, &x.db, &e)) &&
              cli_decisions_watch(cli, &x.views, x.db, x.policy.epss_jump, &reopened, &due, &e);
    if (ok)
        fprintf(cli->out, _("decisions opened again: %u; to be looked at: %u\n"), reopened, due);
    cli_watch_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command decide_remind_command = {
    .name = "decide remind",
    .args = "",
    .summary = N_("open decisions again that no longer do, and tell who wants to know what is to be looked at"),
    .text = N_(
        "`akashi watch` does the same after each round. A measure that was declined, deferred or replaced is opened "
        "again when one of its vulnerabilities comes to be exploited or much more likely to be ([watch] "
        "epss_jump), when the day of its review has come, or when a deferral is over. Each is told once."),
    .options =
        (const struct option_spec[]){
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            OPTION_STORE,
            {0},
        },
    .max_args = 0,
    .run = run_decide_remind,
};
