/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide answer: what a customer decides about an offer, signed and logged in the customer's own log. A provider
 * without an answering customer writes down what was said elsewhere with --reported.
 */
#include "base/file.h"
#include "cli/decide.h"

struct answering {
    struct cli *cli;
    struct cli_portfolio x;
    struct decision d;
    struct offer_answer o;
};

/* A file from the provider, or an offer that was taken in before. */
static bool find_offer(struct answering *k, struct err *e) {
    struct cli *cli = k->cli;
    struct decision_taken taken;
    str given = cli->args[0];
    if (!path_exists(given))
        return cli_decision(cli, &k->x, given, DECISION_WHOLE, &k->d, e);
    if (!decision_take(k->x.p, cli->arena, given, &taken, e))
        return false;
    if (taken.offers.n != 1)
        return err_set(e, ERR_INPUT, given, _("there are %u offers in it; answer them one by one, by their ids"),
                       taken.offers.n);
    return cli_decision(cli, &k->x, taken.offers.v[0], DECISION_WHOLE, &k->d, e);
}

static bool take_kind(struct cli *cli, str *kind, struct err *e) {
    const bool given[] = {cli_flag(cli, "accept"), cli_flag(cli, "decline"), cli_text(cli, "defer").p != NULL,
                          cli_text(cli, "alternative").p != NULL};
    int n = 0;
    for (int i = 0; i < 4; i++)
        if (given[i]) {
            *kind = str_of(answer_kind_name((enum answer_kind)i));
            n++;
        }
    return n == 1 || err_set(e, ERR_USAGE, (str){NULL, 0}, "%s",
                             _("say one of --accept, --decline, --defer DAY, --alternative TEXT"));
}

static bool take_words(struct answering *k, struct err *e) {
    struct cli *cli = k->cli;
    struct answer_request r = {.until = cli_text(cli, "defer"),
                               .alternative = cli_text(cli, "alternative"),
                               .reason = cli_text(cli, "reason"),
                               .person = cli_text(cli, "person"),
                               .role = cli_text(cli, "role"),
                               .risk_owner = cli_text(cli, "risk-owner"),
                               .review = cli_text(cli, "review"),
                               .date = cli_text(cli, "date"),
                               .reported = cli_flag(cli, "reported"),
                               .dashes = "--"};
    return take_kind(cli, &r.kind, e) && answer_request_read(cli->ctx, cli->arena, &r, &k->o, e);
}

static bool read_document(struct cli *cli, str *out, struct err *e) {
    str path = cli_text(cli, "document");
    *out = (str){NULL, 0};
    return !path.p || file_read(cli->ctx, cli->arena, path, out, e);
}

static int run_decide_answer(struct cli *cli) {
    struct answering k = {.cli = cli};
    struct err e = {0};
    str path, document;
    if (!cli_portfolio_open(cli, HOME_SIGN, &k.x, &e))
        return cli_fail(cli, &e);
    bool ok = take_words(&k, &e) && read_document(cli, &document, &e) && find_offer(&k, &e) &&
              answer_request_say(k.x.p, cli->arena, &k.d, &k.o, document, &e) &&
              cli_decision(cli, &k.x, k.d.log.digest, DECISION_WHOLE, &k.d, &e) &&
              cli_decision_write(cli, &k.x, &k.d, "answer", &path, &e);
    if (ok)
        fprintf(cli->out, _("%.*s: %s; hand over %.*s\n"), STR_ARG(k.d.id), answer_kind_text(k.o.kind), STR_ARG(path));
    if (ok && k.d.holds && k.d.holds->differs)
        fprintf(cli->out, _("this differs from an earlier answer; the newest holds\n"));
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command decide_answer_command = {
    .name = "decide answer",
    .args = "OFFER.json|ID",
    .summary = N_("decide about an offer: checked, both logged here, and written to be handed back"),
    .text = N_("The offer is checked with the keys that are trusted here, and comes into this log with what the "
               "provider's log says of it; then the answer. A measure that was declined or deferred is opened again by "
               "itself when its vulnerability comes to be exploited, or when the day of its review has come."),
    .options =
        (const struct option_spec[]){
            {.name = "accept", .kind = OPT_FLAG, .help = N_("the measure is taken")},
            {.name = "decline", .kind = OPT_FLAG, .help = N_("it is not taken")},
            {.name = "defer", .kind = OPT_TEXT, .value = "DAY", .help = N_("it is not taken before that day")},
            {.name = "alternative", .kind = OPT_TEXT, .value = "TEXT", .help = N_("something else is done instead")},
            {.name = "reason", .kind = OPT_TEXT, .value = "TEXT", .help = N_("why")},
            {.name = "person", .kind = OPT_TEXT, .value = "NAME", .help = N_("who decided")},
            {.name = "role", .kind = OPT_TEXT, .value = "TEXT", .help = N_("and as what")},
            {.name = "risk-owner", .kind = OPT_TEXT, .value = "NAME", .help = N_("who bears the risk that remains")},
            {.name = "review", .kind = OPT_TEXT, .value = "DAY", .help = N_("when it is looked at again")},
            {.name = "date",
             .kind = OPT_TEXT,
             .value = "DAY",
             .help = N_("the day to write on it (default: today); what counts is when the log has it")},
            {.name = "document",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("a paper that shows it: kept in the archive, its digest is signed")},
            {.name = "reported",
             .kind = OPT_FLAG,
             .help = N_("for the provider: what the customer said elsewhere, without the customer's signature")},
            OPTION_TO,
            OPTION_STORE,
            {0},
        },
    .examples =
        (const struct example[]){{"akashi decide answer O-5f2c9a1b0d3e.offer.json --decline --reason 'no outage "
                                  "before April' --person 'Sato Hanako' --role CIO --risk-owner 'Sato Hanako' "
                                  "--review 2027-03-01",
                                  N_("decline, until it is looked at in March")},
                                 {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_decide_answer,
};
