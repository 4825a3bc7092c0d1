/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/data_words.h"
#include "cli/impact.h"
#include "cli/impact_words.h"
#include "impact/whatif.h"

struct loss {
    struct cli *cli;
    struct impact impact;
    struct landscape landscape;
    struct whatif found;
    str what;
};

static str place_text(const struct loss *t, uint32_t node) {
    const struct place *x = &t->landscape.places.v[node];
    str kind = place_kind_text(x->kind);
    return arena_printf(t->cli->arena, "%.*s %.*s", STR_ARG(kind), STR_ARG(x->label));
}

/* ── for people ── */

static void put_summary(const struct loss *t) {
    const struct whatif *f = &t->found;
    struct arena *a = t->cli->arena;
    str people = people_text(a, f->people);
    fprintf(t->cli->out, _("Out at once: deployments %u, services %u, people %.*s; steps %u\n"), f->deployments,
            f->services.n, STR_ARG(people), f->deepest);
    if (!f->services.n)
        return;
    str hours = people_text(a, f->hours_late), given = people_text(a, f->hours_late_given);
    fprintf(t->cli->out,
            _("Beyond the outage they can bear, in the order below: services %u, people-hours %.*s (in the order "
              "given: %.*s)\n"),
            f->late, STR_ARG(hours), STR_ARG(given));
}

static void put_services(const struct loss *t) {
    static const struct column columns[] = {{.head = N_("SERVICE"), .shrink = true},
                                            {.head = N_("CAN BEAR"), .right = true},
                                            {.head = N_("BACK AFTER"), .right = true},
                                            {.head = N_("PEOPLE"), .right = true},
                                            {.head = N_("SECTOR"), .spare = true, .shrink = true},
                                            {.head = N_("BECAUSE OF"), .shrink = true}};
    struct arena *a = t->cli->arena;
    struct table *table = table_new(a, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < t->found.services.n; i++) {
        const struct whatif_service *x = &t->found.services.v[i];
        const struct service *s = &t->landscape.services.v[x->service];
        table_row(table);
        table_cell(table, s->name.n ? s->name : s->id, CELL_BOLD);
        table_cell(table, s->mtpd < 0 ? S("-") : span_text(a, s->mtpd), CELL_PLAIN);
        table_cell(table, span_text(a, x->back), x->late ? CELL_RED : CELL_GREEN);
        table_cell(table, people_text(a, service_people(s)), CELL_PLAIN);
        table_cell(table, data_word(WORD_SECTOR, s->sector), CELL_DIM);
        table_cell(table, x->cause == RELIANCE_NONE ? S("") : place_text(t, x->cause), CELL_PLAIN);
    }
    fputc('\n', t->cli->out);
    table_print(table, t->cli);
}

static void put_jobs(const struct loss *t) {
    static const struct column columns[] = {{.head = N_("ORDER"), .right = true},
                                            {.head = N_("BRING BACK"), .shrink = true},
                                            {.head = N_("TAKES"), .right = true},
                                            {.head = N_("DONE AFTER"), .right = true}};
    struct arena *a = t->cli->arena;
    struct table *table = table_new(a, columns, sizeof columns / sizeof *columns);
    bool assumed = false;
    for (uint32_t i = 0; i < t->found.jobs.n; i++) {
        const struct whatif_job *x = &t->found.jobs.v[i];
        str takes = span_text(a, x->takes);
        table_row(table);
        table_cell(table, grouped(a, (double)(i + 1)), CELL_PLAIN);
        table_cell(table, place_text(t, x->node), CELL_BOLD);
        table_cell(table, x->assumed ? arena_printf(a, "%.*s *", STR_ARG(takes)) : takes, CELL_PLAIN);
        table_cell(table, span_text(a, x->done), CELL_PLAIN);
        assumed |= x->assumed;
    }
    fprintf(t->cli->out, "\n%s\n",
            t->found.exact ? _("Best order to bring things back (every order was tried):")
                           : _("Best order found to bring things back:"));
    table_print(table, t->cli);
    if (assumed)
        fprintf(t->cli->out, "%s\n", _("* assumed: the service does not state how long bringing it back takes"));
}

static void put_text(const struct loss *t) {
    put_summary(t);
    if (t->found.services.n)
        put_services(t);
    if (t->found.jobs.n)
        put_jobs(t);
}

static void put_all_json(const struct loss *t) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    whatif_json(&w, &t->landscape, t->what, &t->found);
    put_json(t->cli, &b);
}

static bool find(struct loss *t, struct err *e) {
    int64_t teams = cli_number(t->cli, "teams", 1);
    if (teams < 1 || teams > 10000)
        return err_set(e, ERR_USAGE, S("--teams"), _("between 1 and %d teams"), 10000);
    return landscape_read(t->impact.p, t->cli->arena, &t->impact.reader, &t->impact.when, &t->landscape, e) &&
           whatif_run(&t->landscape, t->what, (uint32_t)teams, &t->found, e);
}

int impact_what_if(struct cli *cli, str what) {
    struct loss t = {.cli = cli, .what = what};
    struct err e = {0};
    bool ok = impact_open(&t.impact, cli, S("what-if"), &e) && find(&t, &e);
    if (ok && cli->json)
        put_all_json(&t);
    else if (ok)
        put_text(&t);
    impact_close(&t.impact);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

static int run(struct cli *cli) {
    str what = cli->args[0];
    for (uint32_t i = 1; i < cli->n_args; i++)
        what = arena_printf(cli->arena, "%.*s %.*s", STR_ARG(what), STR_ARG(cli->args[i]));
    return impact_what_if(cli, what);
}

static const struct option_spec options[] = {
    {.name = "teams", .kind = OPT_NUMBER, .value = "N", .help = N_("how many things can be worked on at once (1)")},
    OPTION_AS_OF,
    OPTION_AUDIENCE,
    OPTION_STORE,
    {0}};
static const struct example examples[] = {{"akashi impact what-if remove party:cloud-a", N_("a hosting company fails")},
                                          {"akashi impact what-if remove zone:dmz-tokyo, service:power-kanto --teams 3",
                                           N_("two things at once, three teams")},
                                          {"akashi impact what-if remove 'pkg:npm/left-pad@vers:npm/<1.3.0' --json",
                                           N_("everything that runs these must be stopped")},
                                          {0}};
const struct command impact_what_if_command = {
    .name = "impact what-if",
    .args = "remove NAME[, NAME…]",
    .summary = N_("what fails when something is gone, when it becomes unbearable, what to bring back first"),
    .text = N_(
        "NAME is party:ID, service:ID, deployment:ID, release:PRODUCT@VERSION, zone:NAME, a purl (with a "
        "version or range behind @) or a CVE. What needs it and has no other way is out at once. Each service can bear "
        "an outage of its MTPD; the order of restoring is the one in which the fewest people wait beyond "
        "that, with the time that each service says it takes (24 hours where it says nothing)."),
    .options = options,
    .examples = examples,
    .min_args = 1,
    .max_args = -1,
    .run = run,
};
