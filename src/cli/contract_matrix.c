/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi contract matrix and gaps: whose each practice is under each contract, and what nobody holds.
 */
#include "cli/contract.h"

struct asking {
    struct cli *cli;
    struct cli_portfolio x;
    const struct catalogue *catalogue;
    struct contracts all; /* of that catalogue that have not ended */
};

static bool open_all(struct asking *k, struct err *e) {
    struct cli *cli = k->cli;
    struct contracts all;
    str id = cli_text(cli, "catalogue");
    if (!cli_portfolio_open(cli, HOME_READ, &k->x, e))
        return false;
    bool ok = catalogue_find(cli->ctx, k->x.p, cli->arena, id.n ? id : S("cip"), &k->catalogue, e) &&
              cli_contracts(cli, &k->x, &all, e);
    if (!ok) {
        cli_portfolio_close(&k->x);
        return false;
    }
    contracts_of(cli->arena, &all, k->catalogue, cli->ctx->now, &k->all);
    return true;
}

/* ── matrix ── */

static void matrix_table(struct asking *k) {
    struct arena *a = k->cli->arena;
    uint32_t n = k->all.n + 2;
    struct column *columns = arena_array(a, struct column, n);
    columns[0] = (struct column){.head = N_("practice")};
    columns[1] = (struct column){.head = N_("title"), .shrink = true};
    for (uint32_t i = 0; i < k->all.n; i++)
        columns[i + 2] = (struct column){.head = arena_cstr(a, k->all.v[i].id)};
    struct table *t = table_new(a, columns, n);
    for (uint32_t i = 0; i < k->catalogue->practices.n; i++) {
        const struct practice *p = &k->catalogue->practices.v[i];
        table_row(t);
        table_cell(t, p->id, CELL_BOLD);
        table_cell(t, label_text(p->title), CELL_PLAIN);
        for (uint32_t c = 0; c < k->all.n; c++) {
            const struct contract_duty *d = contract_duty_of(&k->all.v[c], p->id);
            table_cell(t, d ? str_of(contract_holder_text(d->holder)) : S("-"), d ? CELL_PLAIN : CELL_YELLOW);
        }
    }
    table_print(t, k->cli);
}

static void matrix_json(struct asking *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    responsibilities_json(k->cli->arena, &w, k->catalogue, &k->all);
    put_json(k->cli, &b);
    buf_free(&b);
}

static int run_contract_matrix(struct cli *cli) {
    struct asking k = {.cli = cli};
    struct err e = {0};
    if (!open_all(&k, &e))
        return cli_fail(cli, &e);
    if (cli->json)
        matrix_json(&k);
    else
        matrix_table(&k);
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    return 0;
}

/* ── gaps ── */

static void show_gaps(struct asking *k, const struct missing_duties *rows) {
    static const struct column columns[] = {{.head = N_("contract")},
                                            {.head = N_("practice")},
                                            {.head = N_("title"), .shrink = true},
                                            {.head = N_("what is missing"), .shrink = true}};
    struct table *t = table_new(k->cli->arena, columns, 4);
    for (uint32_t i = 0; i < rows->n; i++) {
        table_row(t);
        table_cell(t, rows->v[i].contract, CELL_BOLD);
        table_cell(t, rows->v[i].practice, CELL_PLAIN);
        table_cell(t, label_text(practice_of(k->catalogue, rows->v[i].practice)->title), CELL_PLAIN);
        table_cell(t, missing_duty_text(k->cli->arena, &rows->v[i]), CELL_YELLOW);
    }
    if (rows->n)
        table_print(t, k->cli);
    else
        fprintf(k->cli->out, k->all.n ? _("every practice is somebody's\n") : _("no contract names this catalogue\n"));
}

static int run_contract_gaps(struct cli *cli) {
    struct asking k = {.cli = cli};
    struct missing_duties rows;
    struct err e = {0};
    if (!open_all(&k, &e))
        return cli_fail(cli, &e);
    missing_duties_find(cli->arena, k.catalogue, &k.all, &rows);
    if (cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        missing_duties_json(cli->arena, &w, k.catalogue, &rows);
        put_json(cli, &b);
        buf_free(&b);
    } else {
        show_gaps(&k, &rows);
    }
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    return rows.n ? 1 : 0;
}

#define OPTION_CATALOGUE                                                                                               \
    { .name = "catalogue", .kind = OPT_TEXT, .value = "ID", .help = N_("whose practices (default: cip)") }

const struct command contract_matrix_command = {
    .name = "contract matrix",
    .args = "",
    .summary = N_("whose each practice of a catalogue is, under each contract"),
    .options = (const struct option_spec[]){OPTION_CATALOGUE, OPTION_READER, OPTION_AS_OF, OPTION_STORE, {0}},
    .max_args = 0,
    .run = run_contract_matrix,
};

const struct command contract_gaps_command = {
    .name = "contract gaps",
    .args = "",
    .summary = N_("practices that nobody holds, and those that stop at us: exit 1 when there are any"),
    .text = N_(
        "A practice that we hold towards a customer and that binds subcontractors must be given to somebody in each "
        "subcontract too."),
    .options = (const struct option_spec[]){OPTION_CATALOGUE, OPTION_READER, OPTION_AS_OF, OPTION_STORE, {0}},
    .max_args = 0,
    .run = run_contract_gaps,
};
