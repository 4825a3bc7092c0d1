/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/impact.h"
#include "cli/impact_words.h"
#include "impact/concentration.h"

struct top {
    struct cli *cli;
    struct impact impact;
    struct landscape landscape;
    struct concentration_ask ask;
    struct hubs found;
};

static const char *const headings[] = {
    [OF_HOSTS] = N_("Single points of failure: what takes services with it that have no other way"),
    [OF_RELEASES] = N_("Releases by what fails with them"),
    [OF_PACKAGES] = N_("Packages by what runs them"),
    [OF_SUPPLIERS] = N_("Suppliers by what runs their products"),
};

/* ── for people ── */

static str fallen_text(const struct top *t, const struct hub *r) {
    struct arena *a = t->cli->arena;
    str text = S("");
    for (uint32_t i = 0; i < r->fallen.n && i < 3; i++) {
        const struct service *s = &t->landscape.services.v[r->fallen.v[i]];
        text = arena_printf(a, "%.*s%s%.*s", STR_ARG(text), i ? ", " : "", STR_ARG(s->name.n ? s->name : s->id));
    }
    return r->services > 3
               ? arena_printf(a, _("%.*s and %llu more"), STR_ARG(text), (unsigned long long)r->services - 3)
               : text;
}

static void put_row(const struct top *t, struct table *table, const struct hub *r) {
    struct arena *a = t->cli->arena;
    table_row(table);
    table_cell(table, r->label, CELL_BOLD);
    table_cell(table, place_kind_text(r->kind), CELL_DIM);
    table_cell(table, grouped(a, (double)(r->releases)), CELL_PLAIN);
    table_cell(table, grouped(a, (double)(r->deployments)), CELL_PLAIN);
    table_cell(table, grouped(a, (double)(r->customers)), CELL_PLAIN);
    table_cell(table, grouped(a, (double)(r->services)), r->services ? CELL_YELLOW : CELL_PLAIN);
    table_cell(table, people_text(a, r->population), r->population > 0 ? CELL_RED : CELL_PLAIN);
    table_cell(table, grouped(a, (double)(r->depth)), CELL_PLAIN);
    table_cell(table, fallen_text(t, r), CELL_PLAIN);
}

static void put_table(const struct top *t) {
    static const struct column columns[] = {{.head = N_("NAME"), .shrink = true, .tail = true},
                                            {.head = N_("KIND"), .spare = true},
                                            {.head = N_("RELEASES"), .right = true, .spare = true},
                                            {.head = N_("DEPLOYMENTS"), .right = true},
                                            {.head = N_("CUSTOMERS"), .right = true, .spare = true},
                                            {.head = N_("SERVICES"), .right = true},
                                            {.head = N_("PEOPLE"), .right = true},
                                            {.head = N_("DEPTH"), .right = true, .spare = true},
                                            {.head = N_("FIRST TO GO"), .shrink = true}};
    fprintf(t->cli->out, "%s\n\n", _(headings[t->ask.of]));
    if (!t->found.n) {
        fprintf(t->cli->out, "%s\n", _("nothing: the portfolio knows no service that would fail"));
        return;
    }
    struct table *table = table_new(t->cli->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < t->found.n; i++)
        put_row(t, table, &t->found.v[i]);
    table_print(table, t->cli);
}

static void put_all_json(const struct top *t) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    concentration_json(&w, &t->landscape, &t->found);
    put_json(t->cli, &b);
}

static bool find(struct top *t, struct err *e) {
    str of = cli_text(t->cli, "of"), by = cli_text(t->cli, "by");
    t->ask = (struct concentration_ask){.sector = cli_text(t->cli, "sector"),
                                        .most = cli_text(t->cli, "limit").p ? (uint32_t)t->impact.limit : 20};
    /* Options are checked against their choices before. */
    if ((of.p && !concentration_of_parse(of, &t->ask.of)) || (by.p && !concentration_by_parse(by, &t->ask.by)))
        return err_set(e, ERR_USAGE, of, "%s", _("no such list"));
    return landscape_read(t->impact.p, t->cli->arena, &t->impact.reader, &t->impact.when, &t->landscape, e) &&
           concentration_find(&t->landscape, &t->ask, &t->found, e);
}

int impact_top(struct cli *cli) {
    struct top t = {.cli = cli};
    struct err e = {0};
    bool ok = impact_open(&t.impact, cli, S("top"), &e) && find(&t, &e);
    if (ok && cli->json)
        put_all_json(&t);
    else if (ok)
        put_table(&t);
    impact_close(&t.impact);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

static const struct option_spec options[] = {
    {.name = "of",
     .kind = OPT_TEXT,
     .value = "WHAT",
     .choices = "hosts|releases|packages|suppliers",
     .help = N_(
         "what is ranked: what services run on (parties, zones, systems, services), releases, packages, suppliers")},
    {.name = "by",
     .kind = OPT_TEXT,
     .value = "MEASURE",
     .choices = "population|services|customers|deployments|releases",
     .help = N_("what counts as reach")},
    {.name = "sector", .kind = OPT_TEXT, .value = "SECTOR", .help = N_("count services of this sector only")},
    {.name = "limit", .kind = OPT_NUMBER, .value = "N", .help = N_("how many rows (20)")},
    OPTION_AS_OF,
    OPTION_AUDIENCE,
    OPTION_STORE,
    {0}};
static const struct example examples[] = {
    {"akashi impact top", N_("what takes the most people's services with it")},
    {"akashi impact top --of packages --by customers", N_("libraries by how many customers run them")},
    {"akashi impact top --sector medical --json", N_("the same for one sector, for a program")},
    {0}};
const struct command impact_top_command = {
    .name = "impact top",
    .args = "",
    .summary = N_("where much hangs on little: single points of failure, concentration"),
    .text = N_("A single point of failure is what a service cannot do without by any way: hosts, operators, zones, "
               "systems and other services are followed through everything that needs them, and alternatives count "
               "only when they do not need the same thing themselves. For packages and suppliers everything that "
               "runs them is taken away at once. PEOPLE is whom the services cover, less the part that others can "
               "take over; DEPTH is how far the loss spreads."),
    .options = options,
    .examples = examples,
    .min_args = 0,
    .max_args = 0,
    .run = impact_top,
};
