/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide offer: a measure proposed to a customer, signed, logged, and written to be handed over.
 */
#include "base/file.h"
#include "cli/decide.h"
#include "vuln/vuln.h"

struct offering {
    struct cli *cli;
    struct cli_portfolio x;
    struct offer o;
    struct advdb *db; /* NULL: none */
};

static bool know_customer(struct offering *k, struct err *e) {
    str id = cli_text(k->cli, "customer");
    struct party party;
    int64_t number;
    bool found = false;
    if (!id.n)
        return err_set(e, ERR_USAGE, S("--customer"), _("say to whom it is offered with --customer"));
    if (!thing_find(k->x.p, THING_PARTY, id, &found, &number, e) ||
        (found && !party_get(k->x.p, k->cli->arena, number, NULL, &party, &found, e)))
        return false;
    if (!found) {
        err_set(e, ERR_USAGE, id, _("there is no such party"));
        return err_hint(e, "%s", _("see: akashi party list"));
    }
    k->o.customer = (struct decision_side){party.id, party.name};
    return true;
}

static bool know_thing(struct offering *k, enum thing_kind kind, str id, const char *missing, struct err *e) {
    int64_t number;
    bool found;
    if (!id.n)
        return true;
    return thing_find(k->x.p, kind, id, &found, &number, e) && (found || err_set(e, ERR_USAGE, id, "%s", _(missing)));
}

/* What is known of it now, so that it can be told later what became of it. */
static bool add_flaw(struct offering *k, str id, struct err *e) {
    struct advisory now = {.epss = -1};
    for (uint32_t i = 0; i < k->o.flaws.n; i++)
        if (str_eq(k->o.flaws.v[i].id, id))
            return true;
    struct matcher *m = k->db ? matcher_new(k->cli->ctx, k->db) : NULL;
    bool ok = !m || matcher_advisory(m, id, k->cli->arena, &now, e);
    if (m)
        matcher_free(m);
    if (ok)
        *vec_push(k->cli->arena, &k->o.flaws) = (struct offer_flaw){
            .id = id, .kev = now.kev, .epss = now.epss < 0 ? -1 : (int32_t)(now.epss * 10000 + 0.5)};
    return ok;
}

static bool know_case(struct offering *k, struct err *e) {
    struct case_findings findings;
    struct case_row c;
    bool found;
    str id = cli_text(k->cli, "case");
    if (!id.n)
        return true;
    if (!case_find(k->x.p, k->cli->arena, id, &found, &c, e))
        return false;
    if (!found) {
        err_set(e, ERR_USAGE, id, _("there is no such case"));
        return err_hint(e, "%s", _("see: akashi case list --all"));
    }
    k->o.case_id = c.id;
    if (!k->o.product.n && !thing_id(k->x.p, k->cli->arena, THING_PRODUCT, c.product, &k->o.product, e))
        return false;
    if (!case_findings(k->x.p, k->cli->arena, c.number, &findings, e))
        return false;
    for (uint32_t i = 0; i < findings.n; i++)
        if (!add_flaw(k, findings.v[i].flaw, e))
            return false;
    return true;
}

static bool know_deployment(struct offering *k, struct err *e) {
    struct deployment d;
    int64_t number;
    bool found;
    str id = cli_text(k->cli, "deployment");
    if (!id.n)
        return true;
    if (!thing_find(k->x.p, THING_DEPLOYMENT, id, &found, &number, e) ||
        (found && !deployment_get(k->x.p, k->cli->arena, number, NULL, &d, &found, e)))
        return false;
    if (!found)
        return err_set(e, ERR_USAGE, id, _("there is no such deployment"));
    k->o.deployment = d.id;
    return k->o.product.n || d.product < 0 ||
           thing_id(k->x.p, k->cli->arena, THING_PRODUCT, d.product, &k->o.product, e);
}

static bool know_about(struct offering *k, struct err *e) {
    struct cli *cli = k->cli;
    uint32_t n;
    const str *flaws = cli_texts(cli, "flaw", &n);
    k->o.product = cli_text(cli, "product");
    k->o.release = cli_text(cli, "release");
    for (uint32_t i = 0; i < n; i++)
        if (!add_flaw(k, flaws[i], e))
            return false;
    if (!know_case(k, e) || !know_deployment(k, e))
        return false;
    const str *practices = cli_texts(cli, "practice", &n);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(cli->arena, &k->o.practices) = practices[i];
    if (!k->o.product.n)
        return err_set(e, ERR_USAGE, S("--product"), _("say what it is about: --product, --deployment or --case"));
    return know_thing(k, THING_PRODUCT, k->o.product, N_("there is no such product"), e);
}

static bool know_words(struct offering *k, struct err *e) {
    struct cli *cli = k->cli;
    struct offer *o = &k->o;
    o->title = cli->args[0];
    o->measure = cli_text(cli, "measure");
    o->risk = cli_text(cli, "risk");
    o->cost_provider = cli_text(cli, "cost-provider");
    o->cost_customer = cli_text(cli, "cost-customer");
    o->if_not = cli_text(cli, "if-not");
    o->provider.name = k->x.home.party;
    if (!o->measure.n)
        return err_set(e, ERR_USAGE, S("--measure"), _("say which kind of measure it is with --measure"));
    if (!o->risk.n)
        return err_set(e, ERR_USAGE, S("--risk"), _("say in plain words what may happen with --risk"));
    if (!cli_day(cli, "deadline", DAY_ENDS, &o->deadline, e) || !cli_day(cli, "date", DAY_BEGINS, &o->stated, e))
        return false;
    o->stated = o->stated ? o->stated : cli->ctx->now;
    return true;
}

static int run_decide_offer(struct cli *cli) {
    struct offering k = {.cli = cli};
    struct decision d;
    struct err e = {0};
    str digest, path;
    if (!cli_portfolio_open(cli, HOME_SIGN, &k.x, &e))
        return cli_fail(cli, &e);
    str db = cli_db_path(cli);
    bool ok = know_words(&k, &e) && (!path_exists(db) || advdb_open(cli->ctx, db, &k.db, &e)) &&
              know_customer(&k, &e) && know_about(&k, &e) && decision_offer(k.x.p, cli->arena, &k.o, &digest, &e) &&
              cli_decision(cli, &k.x, digest, DECISION_WHOLE, &d, &e) &&
              cli_decision_write(cli, &k.x, &d, "offer", &path, &e);
    if (ok)
        fprintf(cli->out, _("%.*s: offered to %.*s; hand over %.*s\n"), STR_ARG(d.id),
                STR_ARG(decision_side_text(&d.said.customer)), STR_ARG(path));
    advdb_close(k.db);
    cli_portfolio_close(&k.x);
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
