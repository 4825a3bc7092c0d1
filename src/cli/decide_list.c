/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide list: what was offered, what was answered, and what must be looked at now.
 */
#include "cli/decide.h"

struct listing {
    struct cli *cli;
    struct cli_portfolio x;
    struct reader reader;
    struct table *table;
    struct jw *json;
    str customer, product, case_id;
    bool open, due, declined;
    uint32_t n;
};

static bool side_is(const struct decision_side *s, str text) {
    return !text.n || str_eq(s->id, text) || str_eq(s->name, text);
}

static bool is_asked_for(const struct listing *k, const struct decision *d) {
    bool state = !k->open && !k->due && !k->declined;
    state |= k->open && d->state == DECISION_OPEN;
    state |= k->due && d->due;
    state |= k->declined && d->state != DECISION_ACCEPTED && d->holds;
    return state && (side_is(&d->said.customer, k->customer) || side_is(&d->said.provider, k->customer)) &&
           (!k->product.n || str_eq(k->product, d->said.product)) &&
           (!k->case_id.n || str_eq(k->case_id, d->said.case_id));
}

static enum cell_style style_of(const struct decision *d) {
    if (d->state == DECISION_REOPENED)
        return CELL_RED;
    return d->due || d->state == DECISION_OPEN ? CELL_YELLOW : d->state == DECISION_ACCEPTED ? CELL_GREEN : CELL_PLAIN;
}

static void add_row(struct listing *k, struct arena *a, const struct decision *d) {
    struct table *t = k->table;
    str due = decision_due_text(a, d);
    const struct answer_row *x = d->holds;
    const struct decision_side *other = d->ours ? &d->said.customer : &d->said.provider;
    table_row(t);
    table_cell(t, arena_str(a, d->id), CELL_BOLD);
    table_cell(t, arena_str(a, decision_side_text(other)), CELL_PLAIN);
    table_cell(t, arena_str(a, d->said.product), CELL_PLAIN);
    table_cell(t, arena_str(a, d->said.title), CELL_PLAIN);
    table_cell(t, str_of(decision_state_text(d)), style_of(d));
    table_cell(t, x ? arena_str(a, x->said.person) : S("-"), CELL_PLAIN);
    table_cell(t, decision_day(a, d->next), CELL_PLAIN);
    table_cell(t, due.p ? due : S("-"), due.p ? CELL_RED : CELL_DIM);
}

static bool list_one(void *arg, const struct decision *d, struct err *e) {
    struct listing *k = arg;
    bool may;
    if (!is_asked_for(k, d))
        return true;
    if (!decision_seen(k->x.p, k->cli->arena, &k->reader, d, &may, e))
        return false;
    if (!may)
        return true;
    k->n++;
    struct arena *a = k->cli->arena;
    if (k->json)
        decision_row_json(a, k->json, d);
    else
        add_row(k, a, d);
    return true;
}

static bool list(struct listing *k, struct err *e) {
    static const struct column columns[] = {{.head = N_("offer")},
                                            {.head = N_("other side"), .shrink = true},
                                            {.head = N_("product"), .shrink = true},
                                            {.head = N_("measure"), .shrink = true},
                                            {.head = N_("state")},
                                            {.head = N_("decided by"), .shrink = true, .spare = true},
                                            {.head = N_("next day")},
                                            {.head = N_("to be done because"), .shrink = true}};
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    struct decision_ask ask = {.when = k->x.when, .now = k->cli->ctx->now};
    k->table = table_new(k->cli->arena, columns, 8);
    k->json = k->cli->json ? &w : NULL;
    jw_arr(&w);
    bool ok = decisions_each(k->x.p, &ask, list_one, k, e);
    jw_arr_end(&w);
    if (ok && k->json)
        put_json(k->cli, &b);
    else if (ok && k->n)
        table_print(k->table, k->cli);
    buf_free(&b);
    return ok;
}

static int run_decide_list(struct cli *cli) {
    struct listing k = {.cli = cli,
                        .customer = cli_text(cli, "customer"),
                        .product = cli_text(cli, "product"),
                        .case_id = cli_text(cli, "case"),
                        .open = cli_flag(cli, "open"),
                        .due = cli_flag(cli, "due"),
                        .declined = cli_flag(cli, "declined")};
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_READ, &k.x, &e))
        return cli_fail(cli, &e);
    bool ok = cli_reader(cli, &k.x, &k.reader, &e) && list(&k, &e);
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command decide_list_command = {
    .name = "decide list",
    .args = "",
    .summary = N_("measures that were offered, what was decided, and what must be looked at now"),
    .options =
        (const struct option_spec[]){
            {.name = "open", .kind = OPT_FLAG, .help = N_("those that are not answered")},
            {.name = "due",
             .kind = OPT_FLAG,
             .help = N_("those to be looked at now: unanswered in time, up for review, opened again")},
            {.name = "declined", .kind = OPT_FLAG, .help = N_("those declined, deferred or replaced")},
            {.name = "customer", .kind = OPT_TEXT, .value = "PARTY", .help = N_("those with this party")},
            {.name = "product", .kind = OPT_TEXT, .value = "ID", .help = N_("those about this product")},
            {.name = "case", .kind = OPT_TEXT, .value = "CASE", .help = N_("those about this case")},
            OPTION_READER,
            OPTION_AS_OF,
            OPTION_STORE,
            {0},
        },
    .examples = (const struct example[]){{"akashi decide list --due", N_("what needs somebody now, and why")}, {0}},
    .max_args = 0,
    .run = run_decide_list,
};
