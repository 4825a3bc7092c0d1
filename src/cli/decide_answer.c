/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide answer: what a customer decides about an offer, signed and logged in the customer's own log. A provider
 * without an answering customer writes down what was said elsewhere with --reported.
 */
#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"
#include "cli/decide.h"

struct answering {
    struct cli *cli;
    struct cli_portfolio x;
    struct decision d;
    struct offer_answer o;
};

/* ── which offer ── */

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

static bool is_for_us(struct answering *k, struct err *e) {
    const struct decision_side *c = &k->d.said.customer;
    str us = k->x.home.party;
    if (k->d.ours && !cli_flag(k->cli, "reported")) {
        err_set(e, ERR_USAGE, k->d.id, "%s", _("this is our own offer; its customer answers it"));
        return err_hint(e, "%s", _("what the customer said elsewhere is written down with --reported"));
    }
    if (!k->d.ours && cli_flag(k->cli, "reported"))
        return err_set(e, ERR_USAGE, S("--reported"), _("only the provider reports an answer; give your own"));
    if (!k->d.trusted)
        return err_set(e, ERR_INPUT, k->d.id, _("it is not signed by a key known as the provider's"));
    k->o.reported = k->d.ours;
    k->o.offer = k->d.log.digest;
    k->o.provider = k->d.said.provider;
    k->o.customer = *c;
    if (!k->d.ours && !str_eq(us, c->id) && !str_eq(us, c->name))
        ctx_warn(k->cli->ctx, k->d.id, _("it was made to %.*s; this is the home of %.*s"),
                 STR_ARG(decision_side_text(c)), STR_ARG(us));
    return true;
}

/* ── what is answered ── */

static bool take_kind(struct answering *k, struct err *e) {
    struct cli *cli = k->cli;
    const bool given[] = {cli_flag(cli, "accept"), cli_flag(cli, "decline"), cli_text(cli, "defer").p != NULL,
                          cli_text(cli, "alternative").p != NULL};
    int n = 0;
    for (int i = 0; i < 4; i++)
        if (given[i]) {
            k->o.kind = (enum answer_kind)i;
            n++;
        }
    k->o.alternative = cli_text(cli, "alternative");
    if (n != 1)
        return err_set(e, ERR_USAGE, (str){NULL, 0}, "%s",
                       _("say one of --accept, --decline, --defer DAY, --alternative TEXT"));
    return cli_day(cli, "defer", DAY_ENDS, &k->o.until, e);
}

static bool take_words(struct answering *k, struct err *e) {
    struct cli *cli = k->cli;
    struct offer_answer *o = &k->o;
    o->reason = cli_text(cli, "reason");
    o->person = cli_text(cli, "person");
    o->role = cli_text(cli, "role");
    o->risk_owner = cli_text(cli, "risk-owner");
    if (!o->reason.n)
        return err_set(e, ERR_USAGE, S("--reason"), _("an answer needs a reason: --reason"));
    if (!o->person.n || !o->role.n)
        return err_set(e, ERR_USAGE, S("--person"), _("say who decided this: --person and --role"));
    if (!o->risk_owner.n && o->kind != ANSWER_ACCEPT)
        return err_set(e, ERR_USAGE, S("--risk-owner"), _("say who bears the risk that remains: --risk-owner"));
    if (!cli_day(cli, "review", DAY_BEGINS, &o->review, e) || !cli_day(cli, "date", DAY_BEGINS, &o->stated, e))
        return false;
    if (!o->review && (o->kind == ANSWER_DECLINE || o->kind == ANSWER_ALTERNATIVE))
        return err_set(e, ERR_USAGE, S("--review"), _("say when it is looked at again: --review DAY"));
    o->stated = o->stated ? o->stated : cli->ctx->now;
    return true;
}

static bool take_document(struct answering *k, struct err *e) {
    struct body_name name;
    str path = cli_text(k->cli, "document"), text;
    if (!path.p)
        return true;
    if (!file_read(k->cli->ctx, k->cli->arena, path, &text, e) || !archive_put(k->x.home.archive, text, &name, e) ||
        !archive_sync(k->x.home.archive, e))
        return false;
    k->o.document = hex_text(k->cli->arena, name.b, 32);
    return true;
}

static int run_decide_answer(struct cli *cli) {
    struct answering k = {.cli = cli};
    struct err e = {0};
    str path;
    if (!cli_portfolio_open(cli, HOME_SIGN, &k.x, &e))
        return cli_fail(cli, &e);
    bool ok = take_kind(&k, &e) && take_words(&k, &e) && find_offer(&k, &e) && is_for_us(&k, &e) &&
              take_document(&k, &e) && decision_answer(k.x.p, cli->arena, &k.o, &e) &&
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
