/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/conform_status.h"

static bool evaluate(struct status *s, struct evaluation_ask *ask, struct err *e) {
    const struct practice *only = NULL;
    str practice = cli_text(s->cli, "practice");
    if (practice.p && !cli_practice(s->cli, s->of.catalogue, practice, &only, e))
        return false;
    s->of.now = s->h.when.given ? s->h.when.time : s->cli->ctx->now;
    *ask = (struct evaluation_ask){.catalogue = s->of.catalogue,
                                   .scope = &s->scope,
                                   .package = s->of.package,
                                   .when = s->h.when,
                                   .now = s->of.now,
                                   .only = only ? only->id : (str){NULL, 0},
                                   .most = only ? 12 : 4};
    if (!conform_evaluate(s->h.p, s->cli->arena, ask, &s->of.all, e))
        return false;
    status_lines(s->cli->arena, s->of.catalogue, &s->of.all, &s->of.lines);
    if (!s->of.all.products)
        ctx_warn(s->cli->ctx, s->of.party,
                 _("there is no product in scope: nothing that is counted over releases or products can hold"));
    return true;
}

static bool is_short(const struct status *s) {
    for (uint32_t i = 0; i < s->of.lines.n; i++)
        if (s->of.lines.v[i].met < s->of.lines.v[i].practices)
            return s->of.package.n > 0;
    return false;
}

static void answer_json(struct status *s) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    status_json(s->cli->arena, &w, &s->of);
    put_json(s->cli, &b);
}

static bool answer(struct status *s, struct err *e) {
    struct evaluation_ask ask;
    s->of.package = cli_text(s->cli, "package");
    if (!cli_catalogue(s->cli, s->h.p, &s->of.catalogue, e) ||
        !status_package(s->cli->arena, s->of.catalogue, s->of.package, e) ||
        !cli_conform_scope(s->cli, &s->h, &s->scope, e) ||
        !thing_id(s->h.p, s->cli->arena, THING_PARTY, s->scope.party, &s->of.party, e) || !evaluate(s, &ask, e))
        return false;
    if (cli_flag(s->cli, "trend"))
        return status_trend(s, &ask, e);
    if (s->cli->json)
        answer_json(s);
    else if (ask.only.n)
        status_practice(s, &s->of.all.practices.v[0]);
    else
        status_show(s);
    return true;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct status s = {.cli = cli};
    if (!cli_portfolio_open(cli, HOME_READ, &s.h, &e))
        return cli_fail(cli, &e);
    bool ok = answer(&s, &e), bad = ok && is_short(&s);
    cli_portfolio_close(&s.h);
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : bad ? 1 : 0;
}

const struct command conform_status_command = {
    .name = "conform status",
    .args = "",
    .summary = N_("how far each requirement is met, by which evidence, and what comes next"),
    .text = N_(
        "Levels 0 to 4 are computed from what the log holds; nothing is met by default. A requirement is as good "
        "as the weakest of its practices. * marks a level that rests on a person's word. Shown beside it: the "
        "package's target, how many practices reach theirs, the day the level falls if nothing is said any more, "
        "the newest log entries it rests on, and the practice that costs least to bring forward.\n\nExit 1 when a "
        "package is named and not reached. docs/evidence.md says what counts, docs/conform.md how to read it."),
    .options =
        (const struct option_spec[]){
            OPTION_CATALOGUE,
            {.name = "package", .kind = OPT_TEXT, .value = "ID", .help = N_("hold it against: minimum, standard …")},
            OPTIONS_WHOSE,
            {.name = "practice", .kind = OPT_TEXT, .value = "ID", .help = N_("one practice with all its rules")},
            {.name = "trend", .kind = OPT_FLAG, .help = N_("levels over the last year")},
            OPTION_AS_OF,
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi conform status --package minimum",
                                          N_("where we stand, and the next cheapest step")},
                                         {"akashi conform status --practice \"S(1)-2.2\"", N_("what is missing there")},
                                         {"akashi conform status --package minimum --trend",
                                          N_("whether it gets better")},
                                         {0}},
    .run = run,
};
