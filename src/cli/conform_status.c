/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/conform_status.h"

#include <stdlib.h>

#include "base/file.h"

/* ── from practices to requirements ── */

static bool is_counted(const struct practice_state *s, bool package) {
    return s->basis != BASIS_NOT_APPLICABLE && (!package || s->target >= 0);
}
static int wanted(const struct practice_state *s, bool package) { return package ? s->target : LEVELS - 1; }

static bool is_cheaper(const struct practice_state *x, const struct practice_state *than) {
    if (!than)
        return true;
    int a = x->practice->effort.first, b = than->practice->effort.first;
    if ((a < 0) != (b < 0))
        return a >= 0;
    return a != b ? a < b : x->level > than->level;
}

static void add_practice(struct unit_line *l, const struct practice_state *s, bool package) {
    if (!is_counted(s, package))
        return;
    l->level = !l->practices || s->level < l->level ? s->level : l->level;
    if (package)
        l->target = s->target > l->target ? s->target : l->target;
    l->practices++;
    l->met += s->level >= wanted(s, package);
    l->attested = l->attested || s->basis == BASIS_ATTESTED;
    if (s->until && (!l->until || s->until < l->until))
        l->until = s->until;
    if (s->level < wanted(s, package) && is_cheaper(s, l->step))
        l->step = s;
}

static struct unit_line *line_of(struct arena *a, struct unit_lines *out, const struct catalogue_group *g) {
    for (uint32_t i = 0; i < out->n; i++)
        if (out->v[i].group == g)
            return &out->v[i];
    struct unit_line *l = vec_push(a, out);
    *l = (struct unit_line){.group = g, .target = -1};
    return l;
}

void status_lines(struct arena *a, const struct catalogue *c, const struct evaluation *all, struct unit_lines *out) {
    bool package = false;
    *out = (struct unit_lines){0};
    for (uint32_t i = 0; i < all->practices.n; i++)
        package = package || all->practices.v[i].target >= 0;
    for (uint32_t i = 0; i < all->practices.n; i++) {
        const struct practice_state *s = &all->practices.v[i];
        int32_t unit = practice_unit(c, s->practice);
        add_practice(line_of(a, out, &c->groups.v[unit < 0 ? s->practice->group : (uint32_t)unit]), s, package);
    }
}

int status_next_level(const struct practice_state *s) { return s->level + 1 < LEVELS ? s->level + 1 : 0; }

/* ── the command ── */

static bool read_package(struct status *s, struct err *e) {
    s->package = cli_text(s->cli, "package");
    if (!s->package.p || package_number(s->catalogue, s->package) >= 0)
        return true;
    struct buf b = {0};
    for (uint32_t i = 0; i < s->catalogue->packages.n; i++)
        buf_addf(&b, "%s%.*s", b.n ? ", " : "", STR_ARG(s->catalogue->packages.v[i].id));
    err_set(e, ERR_USAGE, s->package, _("the catalogue %.*s has no such package"), STR_ARG(s->catalogue->id));
    err_hint(e, _("one of: %s"), b.n ? arena_cstr(s->cli->arena, buf_str(&b)) : "-");
    buf_free(&b);
    return false;
}

static bool evaluate(struct status *s, struct evaluation_ask *ask, struct err *e) {
    const struct practice *only = NULL;
    str practice = cli_text(s->cli, "practice");
    if (practice.p && !cli_practice(s->cli, s->catalogue, practice, &only, e))
        return false;
    s->now = s->h.when.given ? s->h.when.time : s->cli->ctx->now;
    *ask = (struct evaluation_ask){.catalogue = s->catalogue,
                                   .scope = &s->scope,
                                   .package = s->package,
                                   .when = s->h.when,
                                   .now = s->now,
                                   .only = only ? only->id : (str){NULL, 0},
                                   .most = only ? 12 : 4};
    if (!conform_evaluate(s->h.p, s->cli->arena, ask, &s->all, e))
        return false;
    status_lines(s->cli->arena, s->catalogue, &s->all, &s->lines);
    if (!s->all.products)
        ctx_warn(s->cli->ctx, s->party,
                 _("there is no product in scope: nothing that is counted over releases or products can hold"));
    return true;
}

static bool is_short(const struct status *s) {
    for (uint32_t i = 0; i < s->lines.n; i++)
        if (s->lines.v[i].met < s->lines.v[i].practices)
            return s->package.n > 0;
    return false;
}

static bool answer(struct status *s, struct err *e) {
    struct evaluation_ask ask;
    if (!cli_catalogue(s->cli, s->h.p, &s->catalogue, e) || !read_package(s, e) ||
        !cli_conform_scope(s->cli, &s->h, &s->scope, e) ||
        !thing_id(s->h.p, s->cli->arena, THING_PARTY, s->scope.party, &s->party, e) || !evaluate(s, &ask, e))
        return false;
    if (cli_flag(s->cli, "trend"))
        return status_trend(s, &ask, e);
    if (s->cli->json)
        status_json(s);
    else if (ask.only.n)
        status_practice(s, &s->all.practices.v[0]);
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
