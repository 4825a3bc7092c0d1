/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/case.h"
#include "impact/case_answer.h"

struct listing {
    struct cli *cli;
    struct case_listing list;
    const struct ssvc_set *ssvc;
    int64_t now;
};

static void show_json(struct listing *l) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < l->list.n; i++)
        case_listed_json(l->cli->arena, &w, &l->list.v[i]);
    jw_arr_end(&w);
    put_json(l->cli, &b);
}

static void show_table(struct listing *l) {
    static const struct column columns[] = {{.head = N_("case")},
                                            {.head = N_("priority")},
                                            {.head = N_("status")},
                                            {.head = N_("product"), .shrink = true},
                                            {.head = N_("package"), .shrink = true},
                                            {.head = N_("upgrade to")},
                                            {.head = N_("next deadline"), .shrink = true},
                                            {.head = N_("owner"), .shrink = true, .spare = true}};
    struct arena *a = l->cli->arena;
    struct table *t = table_new(a, columns, 8);
    for (uint32_t i = 0; i < l->list.n; i++) {
        const struct case_listed *x = &l->list.v[i];
        enum cell_style style = x->c.priority.rank >= 90   ? CELL_RED
                                : x->c.priority.rank >= 60 ? CELL_YELLOW
                                                           : CELL_PLAIN;
        bool missed = x->next && x->next->state == CLOCK_MISSED;
        table_row(t);
        table_cell(t, x->c.id, CELL_BOLD);
        table_cell(t, ssvc_outcome_text(l->ssvc, x->c.priority.table, x->c.priority.outcome), style);
        table_cell(t,
                   x->c.decision.n ? arena_printf(a, "%s (%.*s)", cli_case_word(case_status_name(x->c.status)),
                                                  STR_ARG(cli_case_decided(a, x->c.decision)))
                                   : str_of(cli_case_word(case_status_name(x->c.status))),
                   CELL_PLAIN);
        table_cell(t, x->product, CELL_PLAIN);
        table_cell(t, x->c.package, CELL_PLAIN);
        table_cell(t, x->c.upgrade.n ? x->c.upgrade : S("-"), CELL_PLAIN);
        table_cell(t,
                   x->next ? arena_printf(a, "%.*s: %.*s", STR_ARG(label_text(x->next->rule->title)),
                                          STR_ARG(clock_say(a, x->next, l->now)))
                           : S("-"),
                   missed ? CELL_RED : CELL_PLAIN);
        table_cell(t, x->c.owner.n ? x->c.owner : S("-"), CELL_PLAIN);
    }
    table_print(t, l->cli);
}

static int run_case_list(struct cli *cli) {
    struct cli_watch x;
    struct err e = {0};
    struct listing l = {.cli = cli, .ssvc = &x.clocks.tables};
    str status = cli_text(cli, "status");
    struct case_wish wish = {.owner = cli_text(cli, "owner"),
                             .product = cli_text(cli, "product"),
                             .priority = cli_text(cli, "priority"),
                             .open_only = !cli_flag(cli, "all") && !status.p,
                             .due = cli_flag(cli, "due"),
                             .clock = true};
    wish.has_status = status.p && case_status_parse(status, &wish.status);
    if (!cli_watch_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    const struct as_of *when = &x.views.when;
    l.now = when->given ? when->time : cli->ctx->now;
    bool ok = case_list(x.views.p, cli->arena, &x.clocks, &reader_owner, when, &wish, &l.list, &e) &&
              (!when->given || cli_say_advisories(cli, x.views.p, &e));
    if (ok && cli->json)
        show_json(&l);
    else if (ok)
        show_table(&l);
    cli_watch_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command case_list_command = {
    .name = "case list",
    .args = "",
    .summary = N_("cases: what has to be done, most urgent first"),
    .options =
        (const struct option_spec[]){
            {.name = "due", .kind = OPT_FLAG, .help = N_("those with a deadline, the next one first")},
            {.name = "status",
             .kind = OPT_TEXT,
             .value = "STATUS",
             .help = N_("only those"),
             .choices = "detected|triaged|fixing|fixed|delivered|verified|closed"},
            {.name = "priority",
             .kind = OPT_TEXT,
             .value = "OUTCOME",
             .help = N_("only those: Immediate, Scheduled …")},
            {.name = "owner", .kind = OPT_TEXT, .value = "NAME", .help = N_("only those")},
            {.name = "product", .kind = OPT_TEXT, .value = "ID", .help = N_("only those")},
            {.name = "all", .kind = OPT_FLAG, .help = N_("closed ones too")},
            OPTION_AS_OF,
            OPTION_STORE,
            {0},
        },
    .examples = (const struct example[]){{"akashi case list --due", N_("what is due next")},
                                         {"akashi case list --all --as-of 2026-04-01", N_("what was known that day")},
                                         {0}},
    .max_args = 0,
    .run = run_case_list,
};
