/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi impact findings: flaws in components of releases, most urgent first.
 */
#include "cli/impact.h"
#include "impact/due.h"

struct asking {
    struct impact x;
    struct findings_wish wish;
    struct question package, within;
    struct clock_set clocks;
    str question;
    struct findings *list;
    uint64_t count;
    bool exact, more;
    struct cursor next;
};

static bool resolve(struct asking *k, const char *option, const char *prefix, struct question *q,
                    const struct question **out, struct err *e) {
    struct cli *cli = k->x.cli;
    str text = cli_text(cli, option);
    if (!text.p)
        return true;
    if (!str_starts(text, str_of(prefix)) && str_chr(text, ':') == STR_NONE)
        text = arena_cat(cli->arena, str_of(prefix), text);
    *out = q;
    /* A reader who may not see all gets no findings of what is not there, as of what is not theirs to see. */
    return question_parse(k->x.p, cli->arena, text, q, e) &&
           (q->kind != QUESTION_UNKNOWN || !k->x.reader.owner || impact_refuse_unknown(text, e));
}

static bool read_wish(struct asking *k, struct err *e) {
    struct cli *cli = k->x.cli;
    struct findings_wish *w = &k->wish;
    w->kev = cli_flag(cli, "kev");
    w->exploited = cli_flag(cli, "exploited");
    w->fixable = cli_flag(cli, "fixable");
    if (cli_text(cli, "sort").p && !findings_sort_parse(cli_text(cli, "sort"), &w->sort))
        return err_set(e, ERR_USAGE, S("--sort"), "%s", _("no such order"));
    if (cli_text(cli, "status").p && !findings_status_parse(cli_text(cli, "status"), &w->status))
        return err_set(e, ERR_USAGE, S("--status"), "%s", _("no such status"));
    if (cli_text(cli, "epss").p && !findings_epss(cli_text(cli, "epss"), &w->epss, e))
        return false;
    if (!cli_text(cli, "severity").p || findings_severities(cli_text(cli, "severity"), &w->severities, e))
        return true;
    snprintf(e->where, sizeof e->where, "--severity");
    return false;
}

/* Every option that decides which list it is. */
static str question_of(struct cli *cli) {
    static const char *const texts[] = {"sort",  "severity", "package", "product",
                                        "party", "audience", "status",  "epss"};
    static const char *const flags[] = {"kev", "exploited", "fixable"};
    struct buf b = {0};
    buf_addz(&b, "findings");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        buf_addf(&b, "\n%.*s", STR_ARG(cli_text(cli, texts[i])));
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        buf_addf(&b, "\n%d", cli_flag(cli, flags[i]));
    str out = arena_str(cli->arena, buf_str(&b));
    buf_free(&b);
    return out;
}

/* Deadlines follow what happened since they were last asked for. Bringing them up to date writes. */
static bool renew_clocks(struct asking *k, struct err *e) {
    struct cli *cli = k->x.cli;
    if (k->wish.sort != FINDINGS_BY_CLOCK)
        return true;
    portfolio_read_end(k->x.p, k->x.reading);
    k->wish.clocks = &k->clocks;
    return clock_load(cli->ctx, cli->arena, cli->home, &k->clocks, e) && due_update(k->x.p, &k->clocks, cli->home, e) &&
           portfolio_read(k->x.p, &k->x.reading, e);
}

static bool begin(struct asking *k, struct cli *cli, struct err *e) {
    k->question = question_of(cli);
    if (cli_text(cli, "product").p && cli_text(cli, "party").p)
        return err_set(e, ERR_USAGE, S("--party"), "%s", _("either --product or --party"));
    return impact_open(&k->x, cli, k->question, e) && read_wish(k, e) && renew_clocks(k, e) &&
           resolve(k, "package", "pkg:", &k->package, &k->wish.package, e) &&
           resolve(k, "product",
                   str_chr(cli_text(cli, "product"), '@') == STR_NONE ? "product:" : "release:", &k->within,
                   &k->wish.within, e) &&
           resolve(k, "party", "party:", &k->within, &k->wish.within, e) &&
           findings_begin(k->x.p, cli->arena, &k->x.reader, &k->x.when, &k->wish, &k->list, e) &&
           findings_count(k->list, FINDINGS_BUDGET, &k->count, &k->exact, e) && impact_check_data(&k->x, e);
}

static bool page(struct asking *k, bool (*each)(void *arg, const struct reach_cell *cells, struct err *e), void *arg,
                 uint64_t n, struct err *e) {
    return findings_page(k->list, &k->x.at, n, each, arg, &k->next, &k->more, e);
}

struct tabling {
    struct cli *cli;
    struct table *t;
    uint32_t n;
};
static bool table_put(void *arg, const struct reach_cell *cells, struct err *e) {
    (void)e;
    struct tabling *t = arg;
    impact_table_row(t->cli, t->t, findings_columns, cells);
    t->n++;
    return true;
}

static bool show(struct asking *k, struct err *e) {
    struct cli *cli = k->x.cli;
    struct column columns[REACH_COLUMNS];
    struct tabling t = {.cli = cli};
    str count = grouped(cli->arena, (double)k->count);
    uint32_t n = impact_columns(findings_columns, columns);
    t.t = table_new(cli->arena, columns, n);
    if (!page(k, table_put, &t, k->x.limit, e))
        return false;
    if (k->exact)
        fprintf(cli->out, msg_n("%.*s finding\n", "%.*s findings\n", (unsigned long)k->count), STR_ARG(count));
    else
        fprintf(cli->out, _("at least %.*s findings\n"), STR_ARG(count));
    if (t.n) {
        fputc('\n', cli->out);
        table_print(t.t, cli);
    }
    if (k->more)
        fprintf(cli->out, _("\nthe next ones: --page %.*s\n"), STR_ARG(cursor_text(cli->arena, &k->next, k->question)));
    return true;
}

static bool show_json(struct asking *k, struct err *e) {
    struct cli *cli = k->x.cli;
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    const struct findings_answer answer = {k->list, k->count, k->exact, &k->x.at, k->x.limit, k->question};
    bool ok = findings_json(k->x.p, cli->arena, &w, &answer, e);
    if (ok)
        put_json(cli, &b);
    buf_free(&b);
    return ok;
}

static int run_findings(struct cli *cli) {
    struct err e = {0};
    struct asking k = {0};
    bool ok = begin(&k, cli, &e);
    if (ok && cli_text(cli, "export").p) {
        struct exporting x;
        impact_export_begin(&x, cli, findings_columns, str_is(cli_text(cli, "export"), "csv"));
        ok = page(&k, impact_export_put, &x, UINT64_MAX, &e);
        ok = impact_export_end(&x, ok ? &e : NULL) && ok;
    } else if (ok) {
        ok = cli->json ? show_json(&k, &e) : show(&k, &e);
    }
    findings_free(k.list);
    impact_close(&k.x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command impact_findings_command = {
    .name = "impact findings",
    .summary = N_("flaws in components of all releases, in any order, a page at a time"),
    .text = N_(
        "A finding is a flaw in a component of a release. What it rests on is the advisory data that `akashi "
        "watch` last took in. The count is exact, or says that there are at least so many when counting all "
        "would keep you waiting.\n\n"
        "--sort kev lists what is known to be exploited, what is due first in front. --sort clock puts in front what "
        "an open case lists, in the order of the cases' next deadlines; what no clock runs for comes last, by "
        "severity."),
    .options =
        (const struct option_spec[]){
            {.name = "sort",
             .kind = OPT_TEXT,
             .value = "ORDER",
             .help = N_(
                 "most severe, most likely exploited, due by KEV, newest, or due by a case first (default: severity)"),
             .choices = "severity|epss|kev|newest|clock"},
            {.name = "severity",
             .kind = OPT_TEXT,
             .value = "LEVEL[,LEVEL]",
             .help = N_("only these; one level means it and what is above")},
            {.name = "status",
             .kind = OPT_TEXT,
             .value = "STATUS",
             .help = N_("answered: VEX or a decision says not affected, fixed or accepted (default: open)"),
             .choices = "open|answered|all"},
            {.name = "epss",
             .kind = OPT_TEXT,
             .value = "P",
             .help = N_("only what is exploited with at least this probability (EPSS, 0 to 1)")},
            {.name = "kev", .kind = OPT_FLAG, .help = N_("only what is known to be exploited (KEV)")},
            {.name = "exploited", .kind = OPT_FLAG, .help = N_("only what KEV or CISA's SSVC data call exploited")},
            {.name = "fixable", .kind = OPT_FLAG, .help = N_("only where a fixed version is known")},
            {.name = "package", .kind = OPT_TEXT, .value = "PURL[@RANGE]", .help = N_("only in these components")},
            {.name = "product", .kind = OPT_TEXT, .value = "ID[@VERSION]", .help = N_("only in its releases")},
            {.name = "party", .kind = OPT_TEXT, .value = "ID", .help = N_("only in releases of its products")},
            {.name = "export",
             .kind = OPT_TEXT,
             .value = "FORMAT",
             .help = N_("the whole list, a row each"),
             .choices = "csv|jsonl"},
            OPTION_LIMIT,
            OPTION_PAGE,
            OPTION_AS_OF,
            OPTION_AUDIENCE,
            OPTION_STORE,
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi impact findings --sort epss --fixable",
             N_("what is most likely to be exploited and can be fixed")},
            {"akashi impact findings --severity critical --product shop", N_("the critical ones of one product")},
            {"akashi impact findings --kev --export csv -o kev.csv", N_("all of it, for a spreadsheet")},
            {0},
        },
    .run = run_findings,
};
