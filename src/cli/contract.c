/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi contract add: what is agreed, signed and logged. Given again, what is given is changed and the rest stays.
 */
#include "cli/contract.h"
#include "base/file.h"

bool cli_contracts(struct cli *cli, struct cli_portfolio *x, struct contracts *out, struct err *e) {
    struct reader reader;
    return cli_reader(cli, x, &reader, e) &&
           contracts_seen(x->p, cli->arena, &reader, x->when.given ? &x->when : NULL, out, e);
}

bool cli_contract(struct cli *cli, struct cli_portfolio *x, str id, struct contract *out, struct err *e) {
    struct reader reader;
    bool found;
    if (!cli_reader(cli, x, &reader, e) ||
        !contract_find(x->p, cli->arena, id, x->when.given ? &x->when : NULL, &found, out, e) ||
        (found && !contract_seen(x->p, cli->arena, &reader, out, &found, e)))
        return false;
    if (found)
        return true;
    err_set(e, ERR_USAGE, id, _("there is no such contract"));
    return err_hint(e, "%s", _("see: akashi contract list"));
}

bool cli_contract_say(struct cli *cli, struct cli_portfolio *x, struct contract *k, str document, struct err *e) {
    bool same;
    if (!contract_seal(x->p, cli->arena, k, document, &same, e))
        return false;
    if (same)
        fprintf(cli->out, _("%.*s: nothing was added, it holds already\n"), STR_ARG(k->id));
    else if (k->unheld > 0)
        fprintf(cli->out, _("%.*s: signed and logged; nobody holds %u practices (akashi contract gaps)\n"),
                STR_ARG(k->id), (unsigned)k->unheld);
    else
        fprintf(cli->out, _("%.*s: signed and logged\n"), STR_ARG(k->id));
    return true;
}

/* ── options ── */

static bool take_sides(struct cli *cli, struct contract_change *x, struct err *e) {
    uint32_t n;
    const str *list = cli_texts(cli, "side", &n);
    for (uint32_t i = 0; i < n; i++) {
        struct contract_side s = {0};
        if (!str_cut(list[i], '=', &s.side, &s.party)) {
            err_set(e, ERR_USAGE, S("--side"), _("'%.*s' is no side"), STR_ARG(list[i]));
            return err_hint(e, _("write it like customer=hospital-a; one of: %s"), CONTRACT_SIDES);
        }
        *vec_push(cli->arena, &x->sides) = s;
    }
    return true;
}

static bool take_duties(struct cli *cli, struct contract_change *x, struct err *e) {
    uint32_t n;
    const str *list = cli_texts(cli, "holds", &n);
    for (uint32_t i = 0; i < n; i++) {
        str practice, holder, note = {NULL, 0};
        if (!str_rcut(list[i], '=', &practice, &holder))
            return err_set(e, ERR_USAGE, S("--holds"), _("write it like S(3)-2.1=supplier"));
        str_cut(holder, ':', &holder, &note);
        note = str_trim(note);
        *vec_push(cli->arena, &x->duties) = (struct contract_duty){practice, str_trim(holder),
                                                                   note.n ? note : (str){NULL, 0}};
    }
    return true;
}

static bool take_clocks(struct cli *cli, struct contract_change *x, struct err *e) {
    uint32_t n;
    const str *list = cli_texts(cli, "clock", &n);
    for (uint32_t i = 0; i < n; i++) {
        struct contract_promise c = {0};
        if (!str_rcut(list[i], '=', &c.what, &c.within))
            return err_set(e, ERR_USAGE, S("--clock"), _("write it like 'critical patch=7d'"));
        *vec_push(cli->arena, &x->clocks) = c;
    }
    return true;
}

static void take_items(struct cli *cli, struct contract_change *x) {
    str kinds = S(CONTRACT_ITEMS), kind;
    while (str_next(&kinds, '|', &kind)) {
        uint32_t n;
        const str *list = cli_texts(cli, arena_cstr(cli->arena, kind), &n);
        for (uint32_t i = 0; i < n; i++)
            *vec_push(cli->arena, &x->items) = (struct contract_item){kind, list[i]};
    }
}

static bool take_change(struct cli *cli, struct contract_change *x, struct err *e) {
    *x = (struct contract_change){.kind = cli_text(cli, "kind"),
                                  .title = cli_text(cli, "title"),
                                  .catalogue = cli_text(cli, "catalogue"),
                                  .from = cli_text(cli, "from"),
                                  .until = cli_text(cli, "until"),
                                  .dashes = "--"};
    take_items(cli, x);
    return take_sides(cli, x, e) && take_duties(cli, x, e) && take_clocks(cli, x, e);
}

static bool read_document(struct cli *cli, str *out, struct err *e) {
    str path = cli_text(cli, "document");
    *out = (str){NULL, 0};
    return !path.p || file_read(cli->ctx, cli->arena, path, out, e);
}

static int run_contract_add(struct cli *cli) {
    struct cli_portfolio x;
    struct contract k = {0};
    struct contract_change change;
    struct err e = {0};
    str document;
    bool found;
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    bool ok = take_change(cli, &change, &e) && contract_find(x.p, cli->arena, cli->args[0], NULL, &found, &k, &e);
    k.id = cli->args[0];
    ok = ok && contract_change_take(x.p, cli->arena, &change, &k, &e) && read_document(cli, &document, &e) &&
         cli_contract_say(cli, &x, &k, document, &e);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command contract_add_command = {
    .name = "contract add",
    .args = "ID",
    .summary = N_("record a contract: who holds which practice, promised times, what is agreed"),
    .text = N_("Given again with the same id, what is given is added or changed, and the rest stays. What is agreed is "
               "recorded in four kinds, as the METI guide on SBOMs asks: requirement, responsibility, cost, rights."),
    .options =
        (const struct option_spec[]){
            {.name = "kind",
             .kind = OPT_TEXT,
             .value = "KIND",
             .help = N_("the kind (default: contract)"),
             .choices = CONTRACT_KINDS},
            {.name = "title", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what it is about")},
            {.name = "side",
             .kind = OPT_TEXT,
             .many = true,
             .value = "SIDE=PARTY",
             .help = N_("who takes part: customer=PARTY, provider=PARTY, prime=PARTY, sub=PARTY")},
            {.name = "from", .kind = OPT_TEXT, .value = "DAY", .help = N_("it holds from this day")},
            {.name = "until", .kind = OPT_TEXT, .value = "DAY", .help = N_("and until this day")},
            {.name = "catalogue",
             .kind = OPT_TEXT,
             .value = "ID",
             .help = N_("whose practices are given out: cip, ssdf …")},
            {.name = "holds",
             .kind = OPT_TEXT,
             .many = true,
             .value = "PRACTICE=HOLDER[:NOTE]",
             .help = N_("whose a practice is: developer, supplier, operator, customer, shared")},
            {.name = "clock",
             .kind = OPT_TEXT,
             .many = true,
             .value = "WHAT=TIME",
             .help = N_("a promised time: 'critical patch=7d'")},
            {.name = "requirement",
             .kind = OPT_TEXT,
             .many = true,
             .value = "TEXT",
             .help = N_("a requirement that is agreed")},
            {.name = "responsibility",
             .kind = OPT_TEXT,
             .many = true,
             .value = "TEXT",
             .help = N_("who is liable for what")},
            {.name = "cost", .kind = OPT_TEXT, .many = true, .value = "TEXT", .help = N_("who pays for what")},
            {.name = "rights",
             .kind = OPT_TEXT,
             .many = true,
             .value = "TEXT",
             .help = N_("who may do what with SBOMs and other papers")},
            {.name = "document",
             .kind = OPT_TEXT,
             .value = "FILE",
             .help = N_("the paper itself: kept in the archive, its digest is signed")},
            OPTION_STORE,
            {0},
        },
    .examples =
        (const struct example[]){{"akashi contract add hospital-a-2026 --side customer=hospital-a --catalogue cip "
                                  "--holds 'S(3)-2.1=supplier' --clock 'critical patch=7d' --until 2027-03-31",
                                  N_("a maintenance contract")},
                                 {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_contract_add,
};
