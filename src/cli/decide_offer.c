/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide offer: a measure proposed to a customer, signed, logged, and written to be handed over.
 */
#include "cli/decide.h"

static struct case_names texts_of(struct cli *cli, const char *option) {
    struct case_names out = {0};
    uint32_t n;
    const str *list = cli_texts(cli, option, &n);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(cli->arena, &out) = list[i];
    return out;
}

static int run_decide_offer(struct cli *cli) {
    const struct offer_request r = {.title = cli->args[0],
                                    .customer = cli_text(cli, "customer"),
                                    .measure = cli_text(cli, "measure"),
                                    .product = cli_text(cli, "product"),
                                    .release = cli_text(cli, "release"),
                                    .deployment = cli_text(cli, "deployment"),
                                    .case_id = cli_text(cli, "case"),
                                    .flaws = texts_of(cli, "flaw"),
                                    .practices = texts_of(cli, "practice"),
                                    .risk = cli_text(cli, "risk"),
                                    .cost_provider = cli_text(cli, "cost-provider"),
                                    .cost_customer = cli_text(cli, "cost-customer"),
                                    .if_not = cli_text(cli, "if-not"),
                                    .deadline = cli_text(cli, "deadline"),
                                    .date = cli_text(cli, "date"),
                                    .dashes = "--"};
    struct cli_portfolio x;
    struct decision d;
    struct err e = {0};
    str digest, path;
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    bool ok = offer_request_say(x.p, cli->arena, &r, cli_db_path(cli), &digest, &e) &&
              cli_decision(cli, &x, digest, DECISION_WHOLE, &d, &e) &&
              cli_decision_write(cli, &x, &d, "offer", &path, &e);
    if (ok)
        fprintf(cli->out, _("%.*s: offered to %.*s; hand over %.*s\n"), STR_ARG(d.id),
                STR_ARG(decision_side_text(&d.said.customer)), STR_ARG(path));
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command decide_offer_command = {
    .name = "decide offer",
    .args = "TITLE",
    .summary = N_("propose a measure to a customer: signed, logged, and written to be handed over"),
    .text = N_(
        "The file holds the offer with its proof from our log. It may go any way: by mail, on a medium, through a "
        "portal. The customer checks and answers it with `akashi decide answer`; what comes back is taken in with "
        "`akashi decide receive`."),
    .options =
        (const struct option_spec[]){
            {.name = "customer", .kind = OPT_TEXT, .value = "PARTY", .help = N_("to whom it is offered")},
            {.name = "measure",
             .kind = OPT_TEXT,
             .value = "KIND",
             .help = N_("the kind of measure"),
             .choices = OFFER_MEASURES},
            {.name = "product", .kind = OPT_TEXT, .value = "ID", .help = N_("the product it is about")},
            {.name = "release", .kind = OPT_TEXT, .value = "VERSION", .help = N_("the release it is about")},
            {.name = "deployment", .kind = OPT_TEXT, .value = "ID", .help = N_("the deployment it is about")},
            {.name = "case", .kind = OPT_TEXT, .value = "CASE", .help = N_("the case it answers, with its findings")},
            {.name = "flaw",
             .kind = OPT_TEXT,
             .many = true,
             .value = "CVE",
             .help = N_("a vulnerability it is about; watched after the answer")},
            {.name = "practice",
             .kind = OPT_TEXT,
             .many = true,
             .value = "ID",
             .help = N_("a practice of a catalogue that it serves")},
            {.name = "risk", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what may happen, in plain words")},
            {.name = "cost-provider", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what it costs us")},
            {.name = "cost-customer",
             .kind = OPT_TEXT,
             .value = "TEXT",
             .help = N_("what it costs the customer: money, hours, an outage")},
            {.name = "deadline", .kind = OPT_TEXT, .value = "DAY", .help = N_("until when an answer is needed")},
            {.name = "if-not", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what happens if it is not done")},
            {.name = "date",
             .kind = OPT_TEXT,
             .value = "DAY",
             .help = N_("the day to write on it (default: today); what counts is when the log has it")},
            OPTION_TO,
            OPTION_STORE,
            {0},
        },
    .examples =
        (const struct example[]){{"akashi decide offer 'Update thing to 1.3' --customer hospital-a --measure patch "
                                  "--case C-5f2c9a1b0d3e --risk 'patient records can be read from the ward "
                                  "network' --cost-customer 'an outage of 20 minutes' --deadline 2026-12-31",
                                  N_("a patch, with the findings of a case")},
                                 {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_decide_offer,
};
