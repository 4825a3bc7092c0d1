/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "cli/case.h"
#include "impact/case_clock.h"

struct listed {
    struct case_row c;
    str product;
    const struct deadline *next; /* NULL: no clock runs */
};
struct listing {
    struct cli *cli;
    struct cli_watch *x;
    str owner, product;
    enum case_status status;
    bool has_status, open_only;
    int64_t now;
    VEC(struct listed) v;
};

static bool wanted(struct listing *l, const struct case_row *c, str product) {
    if (l->has_status && c->status != l->status)
        return false;
    if (l->owner.p && !str_eq(c->owner, l->owner))
        return false;
    str priority = cli_text(l->cli, "priority");
    if (priority.p && !str_ieq(c->priority.outcome, priority))
        return false;
    return !l->product.p || str_eq(product, l->product);
}

/* Strings of a row hold for the call. */
static struct case_row keep(struct arena *a, const struct case_row *c) {
    struct case_row k = *c;
    k.id = arena_str(a, c->id);
    k.package = arena_str(a, c->package);
    k.upgrade = arena_str(a, c->upgrade);
    k.decision = arena_str(a, c->decision);
    k.owner = arena_str(a, c->owner);
    k.priority.outcome = arena_str(a, c->priority.outcome);
    k.priority.table = arena_str(a, c->priority.table);
    k.priority.path = arena_str(a, c->priority.path);
    return k;
}

static bool take(void *arg, const struct case_row *now, struct err *e) {
    struct listing *l = arg;
    struct arena *a = l->cli->arena;
    struct deadlines *deadlines = arena_new_of(a, struct deadlines);
    const struct as_of *when = &l->x->views.when;
    struct case_history steps;
    struct case_row was, *c = &was;
    bool found;
    str product = cli_product_id(l->cli, l->x, now->product);
    if (!when->given && !wanted(l, now, product))
        return true;
    if (!case_as_of(l->x->views.p, a, now, when, &found, c, &steps, e))
        return false;
    if (!found || (l->open_only && c->closed) || !wanted(l, c, product))
        return true;
    if (!case_deadlines(l->x->views.p, a, &l->x->clocks, c, &steps, l->now, deadlines, e))
        return false;
    const struct deadline *next = c->closed ? NULL : clock_next(deadlines);
    if (cli_flag(l->cli, "due") && !next)
        return true;
    *vec_push(a, &l->v) = (struct listed){keep(a, c), product, next};
    return true;
}

static int by_number(const struct listed *a, const struct listed *b) {
    return a->c.number < b->c.number ? -1 : a->c.number > b->c.number;
}

static int by_rank(const void *x, const void *y) {
    const struct listed *a = x, *b = y;
    if (!a->c.closed != !b->c.closed)
        return a->c.closed ? 1 : -1;
    if (a->c.priority.rank != b->c.priority.rank)
        return a->c.priority.rank > b->c.priority.rank ? -1 : 1;
    if (a->c.score != b->c.score)
        return a->c.score > b->c.score ? -1 : 1;
    return by_number(a, b);
}

static int by_due(const void *x, const void *y) {
    const struct listed *a = x, *b = y;
    if (a->next->due != b->next->due)
        return a->next->due < b->next->due ? -1 : 1;
    return by_number(a, b);
}

static void show_json(struct listing *l) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    struct arena *a = l->cli->arena;
    jw_arr(&w);
    for (uint32_t i = 0; i < l->v.n; i++) {
        const struct listed *x = &l->v.v[i];
        jw_obj(&w);
        jw_kstr(&w, "case", x->c.id);
        jw_kstr(&w, "product", x->product);
        jw_kstr(&w, "package", x->c.package);
        jw_kstr(&w, "upgrade", x->c.upgrade);
        jw_kstr(&w, "status", str_of(case_status_name(x->c.status)));
        jw_kstr(&w, "decision", x->c.decision);
        jw_kstr(&w, "owner", x->c.owner);
        jw_kstr(&w, "priority", x->c.priority.outcome);
        jw_kint(&w, "rank", x->c.priority.rank);
        jw_kbool(&w, "overridden", x->c.overridden);
        jw_kbool(&w, "kev", x->c.kev);
        jw_kstr(&w, "opened", time_rfc3339(a, x->c.opened));
        if (x->c.closed)
            jw_kstr(&w, "closed", time_rfc3339(a, x->c.closed));
        if (x->next) {
            jw_kobj(&w, "next");
            jw_kstr(&w, "profile", x->next->profile->id);
            jw_kstr(&w, "rule", x->next->rule->id);
            jw_kstr(&w, "state", str_of(clock_state_name(x->next->state)));
            jw_kstr(&w, "due", time_rfc3339(a, x->next->due));
            jw_obj_end(&w);
        }
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    put_json(l->cli, &b);
    buf_free(&b);
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
    for (uint32_t i = 0; i < l->v.n; i++) {
        const struct listed *x = &l->v.v[i];
        enum cell_style style = x->c.priority.rank >= 90   ? CELL_RED
                                : x->c.priority.rank >= 60 ? CELL_YELLOW
                                                           : CELL_PLAIN;
        bool missed = x->next && x->next->state == CLOCK_MISSED;
        table_row(t);
        table_cell(t, x->c.id, CELL_BOLD);
        table_cell(t, x->c.priority.outcome, style);
        table_cell(t,
                   x->c.decision.n ? arena_printf(a, "%s (%.*s)", cli_case_word(case_status_name(x->c.status)),
                                                  STR_ARG(x->c.decision))
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
    struct listing l = {.cli = cli, .x = &x, .owner = cli_text(cli, "owner"), .product = cli_text(cli, "product")};
    str status = cli_text(cli, "status");
    l.open_only = !cli_flag(cli, "all") && !status.p;
    l.has_status = status.p && case_status_parse(status, &l.status);
    if (!cli_watch_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool past = x.views.when.given, own;
    l.now = past ? x.views.when.time : cli->ctx->now;
    bool ok = portfolio_read(x.views.p, &own, &e) && cases_each(x.views.p, l.open_only && !past, take, &l, &e) &&
              (!past || cli_say_advisories(cli, x.views.p, &e));
    portfolio_read_end(x.views.p, own);
    if (ok && l.v.n)
        qsort(l.v.v, l.v.n, sizeof *l.v.v, cli_flag(cli, "due") ? by_due : by_rank);
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
