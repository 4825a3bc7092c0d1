/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi contract import, export: who holds what under one contract, as a sheet.
 */
#include "base/csv.h"
#include "base/file.h"
#include "cli/contract.h"

/* ── out ── */

static void write_sheet(struct cli *cli, const struct catalogue *c, const struct contract *k) {
    struct buf b = {0};
    buf_addz(&b, "practice,title,holder,note\r\n");
    for (uint32_t i = 0; i < c->practices.n; i++) {
        const struct practice *p = &c->practices.v[i];
        const struct contract_duty *d = contract_duty_of(k, p->id);
        csv_write(&b, true, p->id);
        csv_write(&b, false, label_text(p->title));
        csv_write(&b, false, d ? d->holder : S(""));
        csv_write(&b, false, d && d->note.n ? d->note : S(""));
        buf_addz(&b, "\r\n");
    }
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

static int run_contract_export(struct cli *cli) {
    struct cli_portfolio x;
    const struct catalogue *c;
    struct contract k;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = cli_contract(cli, &x, cli->args[0], &k, &e) &&
              (k.catalogue.n || err_set(&e, ERR_USAGE, k.id, _("it names no catalogue"))) &&
              catalogue_find(cli->ctx, x.p, cli->arena, k.catalogue, &c, &e);
    if (ok)
        write_sheet(cli, c, &k);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

/* ── in ── */

static bool take_row(struct cli *cli, const struct catalogue *c, struct contract *k, const struct csv_row *head,
                     const struct csv_row *row, str where, struct err *e) {
    struct contract_duty d = {0};
    str practice = str_trim(csv_plain(csv_at(row, csv_column(head, "practice"))));
    str holder = str_trim(csv_plain(csv_at(row, csv_column(head, "holder"))));
    if (!practice.n && !holder.n)
        return true;
    if (!holder.n)
        return true; /* nobody's, as it was exported */
    str note = str_trim(csv_plain(csv_at(row, csv_column(head, "note"))));
    d.practice = arena_str(cli->arena, practice);
    d.holder = arena_lower(cli->arena, holder);
    d.note = note.n ? arena_str(cli->arena, note) : (str){NULL, 0};
    if (!contract_duty_check(c, &d, where, e))
        return false;
    contract_give(cli->arena, k, &d);
    return true;
}

static bool read_sheet(struct cli *cli, const struct catalogue *c, struct contract *k, struct err *e) {
    struct csv_row head, row;
    str path = cli->args[1], text;
    uint32_t line = 1;
    if (!file_read_plain(cli->ctx, cli->arena, path, &text, e))
        return false;
    text = text_utf8(cli->arena, text);
    if (!csv_next(cli->arena, &text, &head) || csv_column(&head, "practice") == CSV_FIELDS ||
        csv_column(&head, "holder") == CSV_FIELDS) {
        err_set(e, ERR_INPUT, path, _("the first row must name the columns practice and holder"));
        return err_hint(e, "%s", _("`akashi contract export` writes such a sheet"));
    }
    line += head.lines;
    k->duties.n = 0; /* a sheet says all of it */
    while (csv_next(cli->arena, &text, &row)) {
        str where = arena_printf(cli->arena, "%.*s:%u", STR_ARG(path), line);
        if (row.open)
            return err_set(e, ERR_INPUT, where, _("the sheet ends within quotes"));
        if (!take_row(cli, c, k, &head, &row, where, e))
            return false;
        line += row.lines;
    }
    return true;
}

static int run_contract_import(struct cli *cli) {
    struct cli_portfolio x;
    const struct catalogue *c;
    struct contract k;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    bool ok = cli_contract(cli, &x, cli->args[0], &k, &e);
    if (ok && cli_text(cli, "catalogue").n)
        k.catalogue = cli_text(cli, "catalogue");
    ok = ok &&
         (k.catalogue.n ||
          err_set(&e, ERR_USAGE, S("--catalogue"), "%s", _("say of which catalogue these practices are"))) &&
         catalogue_find(cli->ctx, x.p, cli->arena, k.catalogue, &c, &e) && read_sheet(cli, c, &k, &e) &&
         cli_contract_say(cli, &x, &k, (str){NULL, 0}, &e);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command contract_import_command = {
    .name = "contract import",
    .args = "ID CSV",
    .summary = N_("who holds what under a contract, from a sheet with the columns practice, holder and note"),
    .options = (const struct option_spec[]){{.name = "catalogue",
                                             .kind = OPT_TEXT,
                                             .value = "ID",
                                             .help = N_("whose practices are given out: cip, ssdf …")},
                                            OPTION_STORE,
                                            {0}},
    .min_args = 2,
    .max_args = 2,
    .run = run_contract_import,
};

const struct command contract_export_command = {
    .name = "contract export",
    .args = "ID",
    .summary = N_("every practice and who holds it under a contract, as CSV"),
    .options = (const struct option_spec[]){OPTION_READER, OPTION_AS_OF, OPTION_STORE, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_contract_export,
};
