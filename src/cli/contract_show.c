/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi contract list, show.
 */
#include "cli/contract.h"
#include "impact/duration.h"

static str sides_text(struct arena *a, const struct contract *k) {
    str all = S("");
    for (uint32_t i = 0; i < k->sides.n; i++)
        all = arena_printf(a, "%.*s%s%.*s", STR_ARG(all), i ? ", " : "",
                           STR_ARG(k->sides.v[i].name.n ? k->sides.v[i].name : k->sides.v[i].party));
    return all;
}

static bool has_ended(const struct contract *k, int64_t now) { return k->until && k->until < now; }

static void list_table(struct cli *cli, const struct contracts *all) {
    static const struct column columns[] = {{.head = N_("contract")},
                                            {.head = N_("kind")},
                                            {.head = N_("with"), .shrink = true},
                                            {.head = N_("until")},
                                            {.head = N_("catalogue")},
                                            {.head = N_("held"), .right = true},
                                            {.head = N_("by nobody"), .right = true}};
    struct arena *a = cli->arena;
    struct table *t = table_new(a, columns, 7);
    for (uint32_t i = 0; i < all->n; i++) {
        const struct contract *k = &all->v[i];
        table_row(t);
        table_cell(t, k->id, CELL_BOLD);
        table_cell(t, str_of(contract_kind_text(k->kind)), CELL_PLAIN);
        table_cell(t, sides_text(a, k), CELL_PLAIN);
        table_cell(t, decision_day(a, k->until), has_ended(k, cli->ctx->now) ? CELL_RED : CELL_PLAIN);
        table_cell(t, k->catalogue.n ? k->catalogue : S("-"), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%u", k->duties.n), CELL_PLAIN);
        table_cell(t, k->unheld < 0 ? S("-") : arena_printf(a, "%lld", (long long)k->unheld),
                   k->unheld > 0 ? CELL_YELLOW : CELL_DIM);
    }
    if (all->n)
        table_print(t, cli);
}

static int run_contract_list(struct cli *cli) {
    struct cli_portfolio x;
    struct contracts all;
    struct err e = {0};
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    if (!cli_portfolio_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = cli_contracts(cli, &x, &all, &e);
    jw_arr(&w);
    for (uint32_t i = 0; ok && i < all.n; i++)
        contract_json(cli->arena, &w, &all.v[i]);
    jw_arr_end(&w);
    if (ok && cli->json)
        put_json(cli, &b);
    else if (ok)
        list_table(cli, &all);
    buf_free(&b);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

static void show(struct cli *cli, const struct contract *k) {
    struct arena *a = cli->arena;
    fprintf(cli->out, "%.*s: %s%s%.*s\n", STR_ARG(k->id), contract_kind_text(k->kind), k->title.n ? ", " : "",
            STR_ARG(k->title));
    for (uint32_t i = 0; i < k->sides.n; i++)
        fprintf(cli->out, "  %.*s: %.*s\n", STR_ARG(k->sides.v[i].side),
                STR_ARG(k->sides.v[i].name.n ? k->sides.v[i].name : k->sides.v[i].party));
    fprintf(cli->out, _("  holds from %.*s until %.*s%s\n"), STR_ARG(decision_day(a, k->from)),
            STR_ARG(decision_day(a, k->until)), has_ended(k, cli->ctx->now) ? _(" (it has ended)") : "");
    for (uint32_t i = 0; i < k->duties.n; i++)
        fprintf(cli->out, "  %.*s: %s%s%.*s\n", STR_ARG(k->duties.v[i].practice),
                contract_holder_text(k->duties.v[i].holder), k->duties.v[i].note.n ? ", " : "",
                STR_ARG(k->duties.v[i].note));
    for (uint32_t i = 0; i < k->clocks.n; i++)
        fprintf(cli->out, _("  within %.*s: %.*s\n"), STR_ARG(duration_text(a, k->clocks.v[i].within)),
                STR_ARG(k->clocks.v[i].what));
    for (uint32_t i = 0; i < k->items.n; i++)
        fprintf(cli->out, "  %.*s: %.*s\n", STR_ARG(k->items.v[i].item), STR_ARG(k->items.v[i].text));
    if (k->document.n)
        fprintf(cli->out, _("  document: %.*s (akashi archive get)\n"), STR_ARG(k->document));
    fprintf(cli->out, _("  in the log since %.*s, entry %llu\n"), STR_ARG(time_rfc3339(a, k->time)),
            (unsigned long long)k->entry);
}

static int run_contract_show(struct cli *cli) {
    struct cli_portfolio x;
    struct contract k;
    struct err e = {0};
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    if (!cli_portfolio_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = cli_contract(cli, &x, cli->args[0], &k, &e);
    if (ok && cli->json) {
        contract_json(cli->arena, &w, &k);
        put_json(cli, &b);
    } else if (ok) {
        show(cli, &k);
    }
    buf_free(&b);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command contract_list_command = {
    .name = "contract list",
    .args = "",
    .summary = N_("contracts, service level agreements, cloud terms and subcontracts"),
    .options = (const struct option_spec[]){OPTION_READER, OPTION_AS_OF, OPTION_STORE, {0}},
    .max_args = 0,
    .run = run_contract_list,
};

const struct command contract_show_command = {
    .name = "contract show",
    .args = "ID",
    .summary = N_("one contract: sides, who holds what, promised times, what is agreed"),
    .options = (const struct option_spec[]){OPTION_READER, OPTION_AS_OF, OPTION_STORE, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_contract_show,
};
