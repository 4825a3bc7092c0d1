/* SPDX-License-Identifier: Apache-2.0
 *
 * conform cost add | list
 */
#include <stdlib.h>

#include "base/file.h"
#include "cli/conform_scope.h"
#include "conform/cost.h"

/* ── add ── */

static bool take_number(struct cli *cli, const char *option, double *out, struct err *e) {
    str text = cli_text(cli, option);
    char copy[40], *end;
    *out = 0;
    if (!text.p)
        return true;
    snprintf(copy, sizeof copy, "%.*s", STR_ARG(text));
    *out = strtod(copy, &end);
    return (*end == 0 && end != copy && *out >= 0 && *out < 1e12 && text.n < sizeof copy) ||
           err_set(e, ERR_USAGE, text, "%s", _("this is no amount"));
}

static bool take_cost(struct cli *cli, struct portfolio *p, struct cost *out, struct err *e) {
    const struct catalogue *catalogue;
    const struct practice *practice;
    str day = cli_text(cli, "date"), currency = cli_text(cli, "currency");
    if (!cli_catalogue(cli, p, &catalogue, e) || !cli_practice(cli, catalogue, cli->args[0], &practice, e))
        return false;
    *out = (struct cost){.catalogue = catalogue->id,
                         .practice = practice->id,
                         .currency = currency.n ? currency : S("JPY"),
                         .text = cli_text(cli, "text"),
                         .spent = cli->ctx->now};
    if (day.p && !time_parse(day, &out->spent)) {
        err_set(e, ERR_USAGE, day, "%s", _("this is no day"));
        return err_hint(e, "%s", _("write it like 2026-04-01"));
    }
    if (out->currency.n != 3)
        return err_set(e, ERR_USAGE, currency, "%s", _("a currency has three letters: JPY, EUR, USD"));
    return take_number(cli, "hours", &out->hours, e) && take_number(cli, "money", &out->money, e);
}

static int run_add(struct cli *cli) {
    struct err e = {0};
    struct cli_portfolio h;
    struct cost cost;
    struct portfolio_add add = {0};
    if (!cli_portfolio_open(cli, HOME_SIGN, &h, &e))
        return cli_fail(cli, &e);
    bool ok = take_cost(cli, h.p, &cost, &e) && cost_payload(cli->ctx, cli->arena, &cost, &add.payload, &e) &&
              portfolio_append(h.p, cli->arena, &add, 1, &e);
    if (ok)
        fprintf(cli->out, add.was_there ? _("%.*s: booked already, entry %llu\n") : _("%.*s: booked, entry %llu\n"),
                STR_ARG(cost.practice), (unsigned long long)add.index);
    cli_portfolio_close(&h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_cost_add_command = {
    .name = "conform cost add",
    .args = "PRACTICE",
    .summary = N_("book hours or money that a practice took"),
    .options =
        (const struct option_spec[]){
            OPTION_CATALOGUE,
            {.name = "hours", .kind = OPT_TEXT, .value = "N", .help = N_("hours of work")},
            {.name = "money", .kind = OPT_TEXT, .value = "N", .help = N_("money spent")},
            {.name = "currency", .kind = OPT_TEXT, .value = "CODE", .help = N_("its currency (default: JPY)")},
            {.name = "date", .kind = OPT_TEXT, .value = "DAY", .help = N_("when it was spent (default: today)")},
            {.name = "text", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what for")},
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi conform cost add \"S(1)-2.2\" --hours 6 --money 120000",
                                          N_("a build server")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_add,
};

/* ── list ── */

struct summed { /* one practice, one currency */
    str practice, currency;
    double hours, money;
    uint32_t n;
    int64_t first, last;
    int before, now; /* levels */
};
VEC_NAMED(sums, struct summed);
struct listing {
    struct cli *cli;
    struct cli_portfolio h;
    const struct catalogue *catalogue;
    struct conform_scope scope;
    struct sums sums;
};

static struct summed *sum_of(struct listing *l, const struct cost *c) {
    for (uint32_t i = 0; i < l->sums.n; i++) {
        struct summed *s = &l->sums.v[i];
        if (!str_eq(s->practice, c->practice))
            continue;
        if (!c->currency.n || !s->currency.n || str_eq(s->currency, c->currency)) {
            s->currency = s->currency.n ? s->currency : c->currency;
            return s;
        }
    }
    struct summed *s = vec_push(l->cli->arena, &l->sums);
    *s = (struct summed){.practice = c->practice, .currency = c->currency, .first = c->spent, .last = c->spent};
    return s;
}

static bool sum_all(struct listing *l, struct err *e) {
    struct costs all;
    if (!costs_list(l->h.p, l->cli->arena, &l->h.when, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++) {
        const struct cost *c = &all.v[i];
        if (!str_eq(c->catalogue, l->catalogue->id))
            continue;
        struct summed *s = sum_of(l, c);
        s->hours += c->hours;
        s->money += c->money;
        s->n++;
        s->first = c->spent < s->first ? c->spent : s->first;
        s->last = c->spent > s->last ? c->spent : s->last;
    }
    return true;
}

/* The level before the first and after the last of it. */
static bool levels_of(struct listing *l, struct summed *s, struct err *e) {
    struct evaluation before, now;
    struct evaluation_ask ask = {.catalogue = l->catalogue,
                                 .scope = &l->scope,
                                 .when = l->h.when,
                                 .now = l->h.when.given ? l->h.when.time : l->cli->ctx->now,
                                 .only = s->practice};
    if (!practice_of(l->catalogue, s->practice))
        return true;
    if (!conform_evaluate(l->h.p, l->cli->arena, &ask, &now, e) ||
        !portfolio_as_of(l->h.p, time_rfc3339(l->cli->arena, s->first), &ask.when, e))
        return false;
    ask.now = ask.when.time = s->first;
    if (!conform_evaluate(l->h.p, l->cli->arena, &ask, &before, e))
        return false;
    s->before = before.practices.v[0].level;
    s->now = now.practices.v[0].level;
    return true;
}

static str money_text(struct arena *a, const struct summed *s) {
    return s->money > 0 ? arena_printf(a, "%.0f %.*s", s->money, STR_ARG(s->currency)) : S("-");
}

static void show(struct listing *l) {
    static const struct column columns[] = {{.head = N_("PRACTICE")},
                                            {.head = N_("TITLE"), .shrink = true},
                                            {.head = N_("HOURS"), .right = true},
                                            {.head = N_("MONEY"), .right = true},
                                            {.head = N_("FROM"), .spare = true},
                                            {.head = N_("TO"), .spare = true},
                                            {.head = N_("BEFORE"), .right = true},
                                            {.head = N_("NOW"), .right = true}};
    struct arena *a = l->cli->arena;
    struct table *t = table_new(a, columns, sizeof columns / sizeof *columns);
    double hours = 0;
    for (uint32_t i = 0; i < l->sums.n; i++) {
        const struct summed *s = &l->sums.v[i];
        const struct practice *p = practice_of(l->catalogue, s->practice);
        hours += s->hours;
        table_row(t);
        table_cell(t, s->practice, CELL_BOLD);
        table_cell(t, p ? label_text(p->title) : S("-"), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%.10g", s->hours), CELL_PLAIN);
        table_cell(t, money_text(a, s), CELL_PLAIN);
        table_cell(t, conform_day(a, s->first), CELL_PLAIN);
        table_cell(t, conform_day(a, s->last), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%d", s->before), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%d", s->now), s->now > s->before ? CELL_GREEN : CELL_PLAIN);
    }
    if (!l->sums.n) {
        fprintf(l->cli->out, "%s\n", _("nothing is booked"));
        return;
    }
    table_print(t, l->cli);
    fprintf(l->cli->out, _("\n%.10g hours in all\n"), hours);
}

static void show_json(struct listing *l) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < l->sums.n; i++) {
        const struct summed *s = &l->sums.v[i];
        jw_obj(&w);
        jw_kstr(&w, "practice", s->practice);
        jw_key(&w, S("hours"));
        jw_num(&w, s->hours);
        jw_key(&w, S("money"));
        jw_num(&w, s->money);
        jw_kstr(&w, "currency", s->currency);
        jw_kint(&w, "bookings", s->n);
        jw_kstr(&w, "from", conform_day(l->cli->arena, s->first));
        jw_kstr(&w, "to", conform_day(l->cli->arena, s->last));
        jw_kint(&w, "before", s->before);
        jw_kint(&w, "now", s->now);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    put_json(l->cli, &b);
}

static int run_list(struct cli *cli) {
    struct err e = {0};
    struct listing l = {.cli = cli};
    if (!cli_portfolio_open(cli, HOME_READ, &l.h, &e))
        return cli_fail(cli, &e);
    bool ok = cli_catalogue(cli, l.h.p, &l.catalogue, &e) && cli_conform_scope(cli, &l.h, &l.scope, &e) &&
              sum_all(&l, &e);
    for (uint32_t i = 0; ok && i < l.sums.n; i++)
        ok = levels_of(&l, &l.sums.v[i], &e);
    if (ok && cli->json)
        show_json(&l);
    else if (ok)
        show(&l);
    cli_portfolio_close(&l.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_cost_list_command = {
    .name = "conform cost list",
    .args = "",
    .summary = N_("what practices took, and their levels before and now"),
    .text = N_("BEFORE is the level when the first of it was spent, NOW the present one."),
    .options = (const struct option_spec[]){OPTION_CATALOGUE, OPTIONS_WHOSE, OPTION_AS_OF, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi conform cost list", N_("hours, money and what became of it")}, {0}},
    .run = run_list,
};
