/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi contract add: what is agreed, signed and logged. Given again, what is given is changed and the rest stays.
 */
#include "cli/contract.h"

#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"
#include "impact/duration.h"

bool cli_contract_seen(struct cli *cli, struct cli_portfolio *x, const struct reader *r, const struct contract *k,
                       bool *may, struct err *e) {
    str *parties = arena_array(cli->arena, str, k->sides.n + 1);
    for (uint32_t i = 0; i < k->sides.n; i++)
        parties[i] = k->sides.v[i].party;
    return reader_is_side(x->p, cli->arena, r, parties, k->sides.n, may, e);
}

bool cli_contracts(struct cli *cli, struct cli_portfolio *x, struct contracts *out, struct err *e) {
    struct contracts all;
    struct reader reader;
    *out = (struct contracts){0};
    if (!cli_reader(cli, x, &reader, e) || !contracts_list(x->p, cli->arena, x->when.given ? &x->when : NULL, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++) {
        bool may;
        if (!cli_contract_seen(cli, x, &reader, &all.v[i], &may, e))
            return false;
        if (may)
            *vec_push(cli->arena, out) = all.v[i];
    }
    return true;
}

bool cli_contract(struct cli *cli, struct cli_portfolio *x, str id, struct contract *out, struct err *e) {
    struct reader reader;
    bool found;
    if (!cli_reader(cli, x, &reader, e) ||
        !contract_find(x->p, cli->arena, id, x->when.given ? &x->when : NULL, &found, out, e) ||
        (found && !cli_contract_seen(cli, x, &reader, out, &found, e)))
        return false;
    if (found)
        return true;
    err_set(e, ERR_USAGE, id, _("there is no such contract"));
    return err_hint(e, "%s", _("see: akashi contract list"));
}

const char *contract_holder_text(str holder) {
    static const char *const names[][2] = {{"developer", N_("developer")},
                                           {"supplier", N_("supplier")},
                                           {"operator", N_("operator")},
                                           {"customer", N_("customer")},
                                           {"shared", N_("shared")}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(holder, names[i][0]))
            return _(names[i][1]);
    return "-";
}

bool cli_contract_duty(struct cli *cli, const struct catalogue *c, str practice, str holder, str note, str where,
                       struct contract_duty *out, struct err *e) {
    *out = (struct contract_duty){arena_str(cli->arena, practice), arena_str(cli->arena, holder),
                                  note.n ? arena_str(cli->arena, note) : (str){NULL, 0}};
    if (!practice_of(c, practice)) {
        err_set(e, ERR_INPUT, where, _("the catalogue %.*s has no practice %.*s"), STR_ARG(c->id), STR_ARG(practice));
        return err_hint(e, _("see: akashi contract matrix --catalogue %.*s"), STR_ARG(c->id));
    }
    if (contract_word(CONTRACT_HOLDERS, holder))
        return true;
    err_set(e, ERR_INPUT, where, _("'%.*s' holds no practice"), STR_ARG(holder));
    return err_hint(e, _("one of: %s"), CONTRACT_HOLDERS);
}

bool cli_contract_say(struct cli *cli, struct cli_portfolio *x, struct contract *k, struct err *e) {
    const struct catalogue *c;
    struct practice_ids unheld = {0};
    bool same;
    k->unheld = -1;
    if (k->catalogue.n) {
        if (!catalogue_find(cli->ctx, x->p, cli->arena, k->catalogue, &c, e))
            return false;
        contract_unheld(cli->arena, c, k, &unheld);
        k->unheld = unheld.n;
    }
    if (!contract_say(x->p, cli->arena, k, &same, e))
        return false;
    if (same)
        fprintf(cli->out, _("%.*s: nothing was added, it holds already\n"), STR_ARG(k->id));
    else if (k->unheld > 0)
        fprintf(cli->out, _("%.*s: signed and logged; nobody holds %u practices (akashi contract gaps)\n"),
                STR_ARG(k->id), unheld.n);
    else
        fprintf(cli->out, _("%.*s: signed and logged\n"), STR_ARG(k->id));
    return true;
}

/* ── options ── */

static bool take_side(struct cli *cli, struct cli_portfolio *x, struct contract *k, str text, struct err *e) {
    struct contract_side s = {0};
    struct party party;
    int64_t number;
    bool found;
    if (!str_cut(text, '=', &s.side, &s.party) || !contract_word(CONTRACT_SIDES, s.side) || !s.party.n) {
        err_set(e, ERR_USAGE, S("--side"), _("'%.*s' is no side"), STR_ARG(text));
        return err_hint(e, _("write it like customer=hospital-a; one of: %s"), CONTRACT_SIDES);
    }
    if (!thing_find(x->p, THING_PARTY, s.party, &found, &number, e) ||
        (found && !party_get(x->p, cli->arena, number, NULL, &party, &found, e)))
        return false;
    if (!found) {
        err_set(e, ERR_USAGE, s.party, _("there is no such party"));
        return err_hint(e, "%s", _("see: akashi party list"));
    }
    s.name = party.name;
    for (uint32_t i = 0; i < k->sides.n; i++)
        if (str_eq(k->sides.v[i].side, s.side) && str_eq(k->sides.v[i].party, s.party)) {
            k->sides.v[i] = s;
            return true;
        }
    *vec_push(cli->arena, &k->sides) = s;
    return true;
}

static bool take_duties(struct cli *cli, struct cli_portfolio *x, struct contract *k, struct err *e) {
    const struct catalogue *c;
    uint32_t n;
    const str *list = cli_texts(cli, "holds", &n);
    if (!n)
        return true;
    if (!k->catalogue.n)
        return err_set(e, ERR_USAGE, S("--catalogue"), _("say of which catalogue these practices are: --catalogue"));
    if (!catalogue_find(cli->ctx, x->p, cli->arena, k->catalogue, &c, e))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        struct contract_duty d;
        str practice, holder, note = {NULL, 0};
        if (!str_rcut(list[i], '=', &practice, &holder))
            return err_set(e, ERR_USAGE, S("--holds"), _("write it like S(3)-2.1=supplier"));
        str_cut(holder, ':', &holder, &note);
        if (!cli_contract_duty(cli, c, practice, str_trim(holder), str_trim(note), S("--holds"), &d, e))
            return false;
        contract_give(cli->arena, k, &d);
    }
    return true;
}

static bool take_clocks(struct cli *cli, struct contract *k, struct err *e) {
    uint32_t n;
    const str *list = cli_texts(cli, "clock", &n);
    for (uint32_t i = 0; i < n; i++) {
        struct contract_clock c = {0};
        str within;
        if (!str_rcut(list[i], '=', &c.what, &within) || !c.what.n || !duration_parse(within, &c.within) ||
            c.within < 0)
            return err_set(e, ERR_USAGE, S("--clock"), _("write it like 'critical patch=7d'"));
        uint32_t at = 0;
        while (at < k->clocks.n && !str_eq(k->clocks.v[at].what, c.what))
            at++;
        if (at < k->clocks.n)
            k->clocks.v[at] = c;
        else
            *vec_push(cli->arena, &k->clocks) = c;
    }
    return true;
}

static void take_items(struct cli *cli, struct contract *k) {
    str kinds = S(CONTRACT_ITEMS), kind;
    while (str_next(&kinds, '|', &kind)) {
        uint32_t n;
        const str *list = cli_texts(cli, arena_cstr(cli->arena, kind), &n);
        for (uint32_t i = 0; i < n; i++)
            *vec_push(cli->arena, &k->items) = (struct contract_item){kind, list[i]};
    }
}

static bool take_document(struct cli *cli, struct cli_portfolio *x, struct contract *k, struct err *e) {
    struct body_name name;
    str path = cli_text(cli, "document"), text;
    if (!path.p)
        return true;
    if (!file_read(cli->ctx, cli->arena, path, &text, e) || !archive_put(x->home.archive, text, &name, e) ||
        !archive_sync(x->home.archive, e))
        return false;
    k->document = hex_text(cli->arena, name.b, 32);
    return true;
}

static bool take_all(struct cli *cli, struct cli_portfolio *x, struct contract *k, struct err *e) {
    int64_t from, until;
    uint32_t n;
    const str *sides = cli_texts(cli, "side", &n);
    k->id = cli->args[0];
    if (cli_text(cli, "kind").n)
        k->kind = cli_text(cli, "kind");
    if (!k->kind.n)
        k->kind = S("contract");
    if (cli_text(cli, "title").n)
        k->title = cli_text(cli, "title");
    if (cli_text(cli, "catalogue").n)
        k->catalogue = cli_text(cli, "catalogue");
    for (uint32_t i = 0; i < n; i++)
        if (!take_side(cli, x, k, sides[i], e))
            return false;
    if (!k->sides.n)
        return err_set(e, ERR_USAGE, S("--side"), _("say with whom: --side customer=PARTY or --side sub=PARTY"));
    if (!cli_day(cli, "from", DAY_BEGINS, &from, e) || !cli_day(cli, "until", DAY_ENDS, &until, e))
        return false;
    k->from = from ? from : k->from;
    k->until = until ? until : k->until;
    if (k->from && k->until && k->until < k->from)
        return err_set(e, ERR_USAGE, S("--until"), _("it ends before it begins"));
    take_items(cli, k);
    return take_duties(cli, x, k, e) && take_clocks(cli, k, e) && take_document(cli, x, k, e);
}

static int run_contract_add(struct cli *cli) {
    struct cli_portfolio x;
    struct contract k = {0};
    struct err e = {0};
    bool found;
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    bool ok = contract_find(x.p, cli->arena, cli->args[0], NULL, &found, &k, &e) && take_all(cli, &x, &k, &e) &&
              cli_contract_say(cli, &x, &k, &e);
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
