/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/diff.h"

#include "base/file.h"
#include "cli/cli.h"

static const struct {
    const char *title;
    enum cell_style style;
} kinds[DIFF_KINDS] = {
    [DIFF_ADDED] = {N_("added"), CELL_GREEN},
    [DIFF_REMOVED] = {N_("removed"), CELL_RED},
    [DIFF_UPGRADED] = {N_("upgraded"), CELL_BLUE},
    [DIFF_DOWNGRADED] = {N_("downgraded"), CELL_YELLOW},
    [DIFF_CHANGED] = {N_("other version"), CELL_YELLOW},
    [DIFF_LICENCE] = {N_("licence changed"), CELL_YELLOW},
    [DIFF_SUPPLIER] = {N_("supplier changed"), CELL_YELLOW},
};

static str or_dash(str s) { return s.n ? s : S("-"); }

/* ── outputs ── */

static void put_text(struct cli *cli, const struct diff_entries *entries) {
    static const struct column columns[] = {{.head = N_("CHANGE")},
                                            {.head = N_("COMPONENT"), .shrink = true},
                                            {.head = N_("BEFORE"), .shrink = true},
                                            {.head = N_("AFTER"), .shrink = true}};
    struct table *t = table_new(cli->arena, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < entries->n; i++) {
        const struct diff_entry *entry = &entries->v[i];
        table_row(t);
        table_cell(t, str_of(_(kinds[entry->kind].title)), kinds[entry->kind].style);
        table_cell(t, entry->name, CELL_PLAIN);
        table_cell(t, or_dash(entry->from), CELL_PLAIN);
        table_cell(t, or_dash(entry->to), CELL_PLAIN);
    }
    if (entries->n)
        table_print(t, cli);
    else
        fprintf(cli->out, "%s\n", _("no component differs"));
}

static void put_json(struct cli *cli, const struct diff_entries *entries) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    diff_json(cli->arena, &w, cli->args[0], cli->args[1], entries);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

/* Names come from other people's documents: what Markdown would read as markup is escaped. */
static void markdown(struct buf *b, str s) {
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (strchr("\\`*_{}[]<>|#", c) && c)
            buf_addc(b, '\\');
        buf_addc(b, c < 0x20 ? ' ' : (char)c);
    }
}

static void put_markdown(struct cli *cli, const struct diff_entries *entries) {
    struct buf b = {0};
    int kind = -1;
    if (!entries->n)
        buf_addf(&b, "%s\n", _("no component differs"));
    for (uint32_t i = 0; i < entries->n; i++) {
        const struct diff_entry *entry = &entries->v[i];
        if ((int)entry->kind != kind)
            buf_addf(&b, "%s### %s\n\n| %s | %s | %s |\n|---|---|---|\n", i ? "\n" : "", _(kinds[entry->kind].title),
                     _("COMPONENT"), _("BEFORE"), _("AFTER"));
        kind = (int)entry->kind;
        buf_addz(&b, "| ");
        markdown(&b, entry->name);
        buf_addz(&b, " | ");
        markdown(&b, or_dash(entry->from));
        buf_addz(&b, " | ");
        markdown(&b, or_dash(entry->to));
        buf_addz(&b, " |\n");
    }
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

/* ── the command ── */

static bool read_side(struct cli *cli, str name, struct sbom **out, struct err *e) {
    str bytes;
    return file_read_plain(cli->ctx, cli->arena, name, &bytes, e) &&
           sbom_read(cli->ctx, cli->arena, bytes, name, SBOM_LENIENT, out, NULL, e);
}

static int run_diff(struct cli *cli) {
    struct err e = {0};
    struct sbom *before, *after;
    struct diff_entries entries = {0};
    str format = cli_text(cli, "format");
    if (!read_side(cli, cli->args[0], &before, &e) || !read_side(cli, cli->args[1], &after, &e))
        return cli_fail(cli, &e);
    sbom_diff(cli->arena, before, after, &entries);
    if (cli->json || str_is(format, "json"))
        put_json(cli, &entries);
    else if (str_is(format, "markdown"))
        put_markdown(cli, &entries);
    else
        put_text(cli, &entries);
    cli_warnings(cli);
    return cli_flag(cli, "exit-code") && entries.n ? 1 : 0;
}

const struct command sbom_diff_command = {
    .name = "sbom diff",
    .args = "BEFORE AFTER",
    .summary = N_("what changed between two SBOMs, whatever their formats"),
    .text = N_("Components added, removed, upgraded and downgraded (by the order of their ecosystem), and changes of "
               "licence and supplier. Components are matched by package URL without the version, else by name."),
    .options =
        (const struct option_spec[]){
            {.name = "format",
             .letter = 'f',
             .kind = OPT_TEXT,
             .value = "FORMAT",
             .choices = "text|json|markdown",
             .help = N_("text (default), json, markdown")},
            {.name = "exit-code", .kind = OPT_FLAG, .help = N_("exit 1 when anything differs")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi sbom diff v1.cdx.json v2.cdx.json", N_("what a new release brings")},
            {"akashi sbom diff old.spdx new.cdx.json --format markdown", N_("for release notes, across formats")},
            {0},
        },
    .min_args = 2,
    .max_args = 2,
    .run = run_diff,
};
