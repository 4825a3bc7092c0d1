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
    for (uint32_t i = 0; i < all.n; i++)
        if (str_eq(all.v[i].catalogue, k->catalogue->id) && (!all.v[i].until || all.v[i].until >= cli->ctx->now))
            *vec_push(cli->arena, &k->all) = all.v[i];
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
    jw_arr(&w);
    for (uint32_t i = 0; i < k->catalogue->practices.n; i++) {
        const struct practice *p = &k->catalogue->practices.v[i];
        jw_obj(&w);
        jw_kstr(&w, "practice", p->id);
        jw_kobj(&w, "holders");
        for (uint32_t c = 0; c < k->all.n; c++) {
            const struct contract_duty *d = contract_duty_of(&k->all.v[c], p->id);
            if (d)
                jw_kstr(&w, arena_cstr(k->cli->arena, k->all.v[c].id), d->holder);
        }
        jw_obj_end(&w);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
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

struct gap_row {
    str contract, practice, why;
};
VEC_NAMED(gap_rows, struct gap_row);

static void find_gaps(struct asking *k, struct gap_rows *out) {
    struct arena *a = k->cli->arena;
    for (uint32_t i = 0; i < k->all.n; i++) {
        const struct contract *c = &k->all.v[i];
        struct practice_ids unheld;
        struct contract_gaps gaps;
        contract_not_passed_on(a, k->catalogue, &k->all, c, &gaps);
        for (uint32_t g = 0; g < gaps.n; g++)
            *vec_push(a, out) = (struct gap_row){
                c->id, gaps.v[g].practice,
                arena_printf(a, _("ours towards %.*s, and not passed on"), STR_ARG(gaps.v[g].towards))};
        contract_unheld(a, k->catalogue, c, &unheld);
        for (uint32_t u = 0; u < unheld.n; u++) {
            bool told = false;
            for (uint32_t g = 0; g < gaps.n; g++)
                told |= str_eq(gaps.v[g].practice, unheld.v[u]);
            if (!told)
                *vec_push(a, out) = (struct gap_row){c->id, unheld.v[u], str_of(_("nobody holds it"))};
        }
    }
}

static void show_gaps(struct asking *k, const struct gap_rows *rows) {
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
        table_cell(t, rows->v[i].why, CELL_YELLOW);
    }
    if (rows->n)
        table_print(t, k->cli);
    else
        fprintf(k->cli->out, k->all.n ? _("every practice is somebody's\n") : _("no contract names this catalogue\n"));
}

static int run_contract_gaps(struct cli *cli) {
    struct asking k = {.cli = cli};
    struct gap_rows rows = {0};
    struct err e = {0};
    if (!open_all(&k, &e))
        return cli_fail(cli, &e);
    find_gaps(&k, &rows);
    if (cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        jw_arr(&w);
        for (uint32_t i = 0; i < rows.n; i++) {
            jw_obj(&w);
            jw_kstr(&w, "contract", rows.v[i].contract);
            jw_kstr(&w, "practice", rows.v[i].practice);
            jw_kstr(&w, "missing", rows.v[i].why);
            jw_obj_end(&w);
        }
        jw_arr_end(&w);
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
