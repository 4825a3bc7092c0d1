/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/conform_words.h"
#include "conform/gap_json.h"

struct showing {
    struct cli *cli;
    struct cli_portfolio h;
    struct hads have;
    struct gap_ask ask;
    struct gap gap;
};

/* In the order of enum gap_state. */
static const char *const states[] = {N_("met"), N_("in part"), N_("remains")};

static bool read_have(struct showing *s, str have, struct err *e) {
    struct cli *cli = s->cli;
    const struct catalogue *k;
    str text;
    if (path_exists(have) || str_is(have, "-")) {
        s->ask.where = have;
        return file_read(cli->ctx, cli->arena, have, &text, e) && gap_read(cli->arena, text, have, &s->have, e);
    }
    if (!catalogue_find(cli->ctx, s->h.p, cli->arena, have, &k, e))
        return err_prefix(e, "%s", _("neither a file nor a catalogue"));
    gap_have_all(cli->arena, k, &s->have);
    return true;
}

static void put_gap_json(struct showing *s) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    gap_json(&w, &s->ask, &s->gap);
    put_json(s->cli, &b);
}

static void put_gap_csv(struct showing *s) {
    struct buf b = {0};
    gap_csv(s->cli->arena, &s->gap, &b);
    fwrite(b.p, 1, b.n, s->cli->out);
    buf_free(&b);
}

static void put_rows(struct showing *s, bool met) {
    static const struct column columns[] = {{.head = N_("STATE")},
                                            {.head = N_("PRACTICE")},
                                            {.head = N_("TITLE"), .wrap = true},
                                            {.head = N_("HOURS"), .right = true},
                                            {.head = N_("COVERED BY"), .wrap = true},
                                            {.head = N_("START WITH"), .wrap = true, .spare = true}};
    struct arena *a = s->cli->arena;
    struct table *t = table_new(a, columns, sizeof columns / sizeof *columns);
    bool any = false;
    for (uint32_t i = 0; i < s->gap.rows.n; i++) {
        const struct gap_row *r = &s->gap.rows.v[i];
        static const enum cell_style styles[] = {CELL_GREEN, CELL_YELLOW, CELL_RED};
        if ((r->state == GAP_MET) != met)
            continue;
        any = true;
        table_row(t);
        table_cell(t, str_of(_(states[r->state])), styles[r->state]);
        table_cell(t, r->practice->id, CELL_BOLD);
        table_cell(t, label_text(r->practice->title), CELL_PLAIN);
        table_cell(t, r->practice->effort.first < 0 ? S("-") : arena_printf(a, "%d", r->practice->effort.first),
                   CELL_PLAIN);
        table_cell(t, gap_by_text(a, r, 4), CELL_DIM);
        table_cell(t, met ? S("") : label_text(r->practice->start), CELL_PLAIN);
    }
    if (!any)
        return;
    fputc('\n', s->cli->out);
    table_print(t, s->cli);
}

static void put_gap_table(struct showing *s) {
    const struct gap *g = &s->gap;
    FILE *out = s->cli->out;
    fprintf(out, _("%.*s: of %u practices %u are met, %u in part, %u are open\n"), STR_ARG(s->ask.want->id), g->rows.n,
            g->counts[GAP_MET], g->counts[GAP_PARTLY], g->counts[GAP_OPEN]);
    fprintf(out, _("what is left costs a small firm some %lld hours at first, then %lld a year\n"),
            (long long)g->hours_first, (long long)g->hours_yearly);
    if (g->not_estimated)
        fprintf(out, _("%u of them are not estimated\n"), g->not_estimated);
    for (uint32_t i = 0; i < g->unrelated.n; i++)
        fprintf(out, _("no map leads from %.*s to %.*s, so it counts for nothing here\n"),
                STR_ARG(g->unrelated.v[i].catalogue), STR_ARG(s->ask.want->id));
    put_rows(s, false);
    if (cli_flag(s->cli, "met"))
        put_rows(s, true);
}

static bool show(struct showing *s, struct err *e) {
    struct cli *cli = s->cli;
    str want = cli_text(cli, "want"), have = cli_text(cli, "have");
    if (!have.n)
        return err_set(e, ERR_USAGE, S("--have"), "%s", _("say what is met already: a CSV file or a catalogue"));
    s->ask.package = cli_text(cli, "package");
    s->ask.have = &s->have;
    if (!cli_roles(cli_text(cli, "role"), &s->ask.roles, e) ||
        !catalogue_find(cli->ctx, s->h.p, cli->arena, want.n ? want : S("cip"), &s->ask.want, e) ||
        !read_have(s, have, e) || !gap_find(cli->ctx, s->h.p, cli->arena, &s->ask, &s->gap, e))
        return false;
    if (cli->json)
        put_gap_json(s);
    else if (cli_flag(cli, "csv"))
        put_gap_csv(s);
    else
        put_gap_table(s);
    return true;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct showing s = {.cli = cli};
    bool ok = cli_conform_open(cli, &s.h, &e) && show(&s, &e);
    cli_conform_close(&s.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_gap_command = {
    .name = "conform gap",
    .summary = N_("what remains of a catalogue when others are met already"),
    .text = N_(
        "FILE lists what is met: columns catalogue, id and, where known, level (カタログ, 識別子, レベル); without a "
        "catalogue column it is the one the file is named after. A catalogue's id instead of a file means all of "
        "it. Only what a map says to be met in full counts as met. What is left stands with the cheapest first."),
    .options =
        (const struct option_spec[]){
            {.name = "have", .kind = OPT_TEXT, .value = "FILE|CATALOGUE", .help = N_("what is met already")},
            {.name = "want", .kind = OPT_TEXT, .value = "ID", .help = N_("the catalogue to be met (default: cip)")},
            {.name = "package", .kind = OPT_TEXT, .value = "P", .help = N_("only what this package asks for")},
            {.name = "role", .kind = OPT_TEXT, .value = "ROLE,…", .help = N_("only what binds one of these roles")},
            {.name = "met", .kind = OPT_FLAG, .help = N_("list what is met too")},
            {.name = "csv", .kind = OPT_FLAG, .help = N_("CSV, a row for each practice")},
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi conform gap --have iso27001.csv --want cip --package minimum",
                                          N_("with a certificate at hand")},
                                         {"akashi conform gap --have ssdf --want cra",
                                          N_("from one catalogue to another")},
                                         {0}},
    .run = run,
};
