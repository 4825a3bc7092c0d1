/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide receive: what the other side hands over, checked and logged; answers to our offers are signed by us
 * too.
 */
#include "cli/decide.h"

static void say(struct cli *cli, const struct decision *d, const struct decision_taken *taken, str path) {
    const struct answer_row *x = d->holds;
    if (!x)
        fprintf(cli->out, _("%.*s: offered by %.*s, taken in\n"), STR_ARG(d->id),
                STR_ARG(decision_side_text(&d->said.provider)));
    else
        fprintf(cli->out, _("%.*s: %s by %.*s, %.*s%s\n"), STR_ARG(d->id), answer_kind_text(x->said.kind),
                STR_ARG(x->said.person), STR_ARG(decision_side_text(&d->said.customer)),
                x->both ? _("; both signed") : "");
    if (x && x->differs)
        fprintf(cli->out, _("this differs from an earlier answer; both are kept, the newest holds\n"));
    if (x && x->back_dated)
        fprintf(cli->out, _("it is dated %.*s, but no log has it before %.*s\n"),
                STR_ARG(decision_day(cli->arena, x->said.stated)), STR_ARG(decision_day(cli->arena, x->decided)));
    if (d->state == DECISION_REOPENED)
        fprintf(cli->out, _("to be decided anew: %.*s\n"), STR_ARG(decision_due_text(cli->arena, d)));
    if (path.n)
        fprintf(cli->out, taken->countersigned ? _("hand back %.*s\n") : _("all of it is in %.*s\n"), STR_ARG(path));
}

static int run_decide_receive(struct cli *cli) {
    struct cli_portfolio x;
    struct decision_taken taken;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    bool ok = decision_take(x.p, cli->arena, cli->args[0], &taken, &e);
    for (uint32_t i = 0; ok && i < taken.offers.n; i++) {
        struct decision d;
        str path = {NULL, 0};
        ok = cli_decision(cli, &x, taken.offers.v[i], DECISION_WHOLE, &d, &e) &&
             (!d.answers.n || cli_decision_write(cli, &x, &d, "decision", &path, &e));
        if (ok)
            say(cli, &d, &taken, path);
    }
    if (ok && !(taken.new_offers + taken.new_answers + taken.new_reopenings + taken.countersigned))
        fprintf(cli->out, _("nothing new in it\n"));
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command decide_receive_command = {
    .name = "decide receive",
    .args = "FILE",
    .summary = N_("take in what the other side of a decision handed over: checked, logged, and signed by us too"),
    .text = N_(
        "For the provider: the answer to an offer. It must be signed by a key that is trusted for the customer it "
        "was offered to. Our signature is added, and all of it is written to ID.decision.json: either side can "
        "prove with it alone what was said and when (akashi verify). For the customer: that file."),
    .options = (const struct option_spec[]){OPTION_TO, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi decide receive O-5f2c9a1b0d3e.answer.json", N_("an answer")}, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_decide_receive,
};
