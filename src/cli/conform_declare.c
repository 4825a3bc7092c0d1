/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi conform declare: what the evidence carries, signed by a person and logged.
 */
#include "base/file.h"
#include "cli/declaration.h"
#include "conform/declare_request.h"

struct declaration_run {
    struct cli *cli;
    struct cli_portfolio x;
    struct declaring of;
};

/* ── what is asked ── */

static bool take_request(struct cli *cli, struct declare_request *r, struct err *e) {
    uint32_t n;
    const str *list = cli_texts(cli, "product", &n);
    *r = (struct declare_request){.catalogue = cli_text(cli, "catalogue"),
                                  .package = cli_text(cli, "package"),
                                  .party = cli_text(cli, "party"),
                                  .signatory = {cli_text(cli, "person"), cli_text(cli, "title")},
                                  .from = cli_text(cli, "from"),
                                  .until = cli_text(cli, "until"),
                                  .note = cli_text(cli, "note"),
                                  .withhold = cli_flag(cli, "withhold"),
                                  .dashes = "--"};
    for (uint32_t i = 0; i < n; i++)
        *vec_push(cli->arena, &r->products) = list[i];
    list = cli_texts(cli, "site", &n);
    for (uint32_t i = 0; i < n; i++)
        *vec_push(cli->arena, &r->sites) = list[i];
    list = cli_texts(cli, "exclude", &n);
    for (uint32_t i = 0; i < n; i++)
        if (!exclusion_read(list[i], vec_push(cli->arena, &r->exclusions), e))
            return false;
    list = cli_texts(cli, "claim", &n);
    for (uint32_t i = 0; i < n; i++)
        if (!claim_read(list[i], vec_push(cli->arena, &r->claims), e))
            return false;
    return true;
}

/* ── what comes of it ── */

static uint32_t in_package(const struct declaration *d) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->practices.n; i++)
        n += d->practices.v[i].target >= 0;
    return n;
}

static void tell_shortfalls(struct declaration_run *k) {
    static const struct column columns[] = {{.head = N_("practice")},
                                            {.head = N_("title"), .wrap = true},
                                            {.head = N_("level"), .right = true},
                                            {.head = N_("wanted"), .right = true},
                                            {.head = N_("where to start"), .wrap = true, .spare = true}};
    struct arena *a = k->cli->arena;
    struct table *t = table_new(a, columns, 5);
    for (uint32_t i = 0; i < k->of.short_of.n; i++) {
        const struct shortfall *s = &k->of.short_of.v[i];
        table_row(t);
        table_cell(t, s->practice->id, CELL_BOLD);
        table_cell(t, label_text(s->practice->title), CELL_PLAIN);
        table_cell(t, arena_printf(a, "%d", s->level), CELL_RED);
        table_cell(t, arena_printf(a, "%d", s->target), CELL_PLAIN);
        table_cell(t, s->practice->command.n ? s->practice->command : label_text(s->practice->start), CELL_PLAIN);
    }
    table_print(t, k->cli);
}

static bool refuse(struct declaration_run *k, struct err *e) {
    if (!k->cli->json)
        tell_shortfalls(k);
    err_set(e, ERR_INPUT, k->of.ask.package,
            msg_n("the evidence does not carry this package: %u practice falls short",
                  "the evidence does not carry this package: %u practices fall short", k->of.short_of.n),
            k->of.short_of.n);
    return err_hint(e, "%s",
                    _("`akashi conform status` says what is missing; --claim 'PRACTICE=LEVEL: REASON' puts a person's "
                      "word in its place, marked as such"));
}

static str file_for(struct declaration_run *k) {
    str to = cli_text(k->cli, "to");
    return to.n ? to : arena_printf(k->cli->arena, "%.*s.declaration.json", STR_ARG(k->of.d.id));
}

static void tell(struct declaration_run *k, uint64_t index, str file) {
    FILE *out = k->cli->out;
    const struct declaration *d = &k->of.d;
    uint32_t claimed = 0, n = in_package(d);
    for (uint32_t i = 0; i < d->practices.n; i++)
        claimed += d->practices.v[i].claimed > 0;
    fprintf(out, _("%.*s: %.*s, package %.*s, declared by %.*s until %.*s\n"), STR_ARG(d->id), STR_ARG(d->catalogue),
            STR_ARG(d->package), STR_ARG(d->party_name), STR_ARG(str_upto(time_rfc3339(k->cli->arena, d->until), 10)));
    fprintf(out, _("  practices: %u, of these on a person's word beyond the evidence: %u\n"), n, claimed);
    fprintf(out, _("  products: %u; releases: %llu; evidence: %u statements\n"), d->products.n,
            (unsigned long long)d->releases, d->evidence.n);
    if (d->supersedes.n)
        fprintf(out, _("  takes the place of the declaration %.*s\n"), 16, d->supersedes.p);
    fprintf(out, _("  entry %llu of the log; to hand over: %.*s\n"), (unsigned long long)index, STR_ARG(file));
}

static void tell_json(struct declaration_run *k, const uint64_t *index, str file) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kbool(&w, "signed", index != NULL);
    if (index) {
        jw_kint(&w, "index", (int64_t)*index);
        jw_kstr(&w, "file", file);
    }
    declaring_json(k->cli->arena, &w, &k->of);
    jw_obj_end(&w);
    put_json(k->cli, &b);
}

static bool sign_it(struct declaration_run *k, struct err *e) {
    uint64_t index;
    str text, file = file_for(k);
    if (!declaring_sign(k->x.p, k->cli->arena, &k->of, &index, &text, e) || !file_replace(file, text, e))
        return false;
    if (k->cli->json)
        tell_json(k, &index, file);
    else
        tell(k, index, file);
    return true;
}

static int run_conform_declare(struct cli *cli) {
    struct declaration_run k = {.cli = cli};
    struct declare_request r;
    struct err e = {0};
    bool check = cli_flag(cli, "check");
    if (!cli_portfolio_open(cli, check ? HOME_READ : HOME_SIGN, &k.x, &e))
        return cli_fail(cli, &e);
    bool ok = take_request(cli, &r, &e) && declare_request_make(k.x.p, cli->arena, &r, &k.of, &e);
    bool falls_short = ok && k.of.short_of.n;
    if (ok && cli->json && (check || falls_short))
        tell_json(&k, NULL, S(""));
    if (falls_short)
        ok = refuse(&k, &e);
    else if (ok && !check)
        ok = sign_it(&k, &e);
    else if (ok && !cli->json)
        fprintf(cli->out, "%s\n", _("the evidence carries it; nothing was signed"));
    cli_portfolio_close(&k.x);
    cli_warnings(cli);
    if (falls_short)
        cli_fail(cli, &e);
    return falls_short ? 1 : ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_declare_command = {
    .name = "conform declare",
    .args = "",
    .summary = N_("declare conformity: what the evidence carries, signed by a person and logged"),
    .text = N_(
        "Levels are computed from the log, as `akashi conform status` shows them. What the package wants and the "
        "evidence does not carry is refused, unless a person claims it with a reason (--claim); whoever reads "
        "the declaration sees which is which. The file written holds the declaration and the statements it rests "
        "on with their proofs, so that anybody can compute it again: `akashi conform verify FILE`."),
    .options =
        (const struct option_spec[]){
            {.name = "catalogue", .kind = OPT_TEXT, .value = "ID", .help = N_("against which (cip)")},
            {.name = "package", .kind = OPT_TEXT, .value = "ID", .help = N_("which set of practices (minimum)")},
            {.name = "party",
             .kind = OPT_TEXT,
             .value = "ID",
             .help = N_("who declares: this home's party, or a unit of it")},
            {.name = "product", .kind = OPT_TEXT, .value = "ID", .many = true, .help = N_("for these products (all)")},
            {.name = "site", .kind = OPT_TEXT, .value = "NAME", .many = true, .help = N_("for these sites")},
            {.name = "exclude",
             .kind = OPT_TEXT,
             .value = "WHAT: REASON",
             .many = true,
             .help = N_("what it does not cover")},
            {.name = "claim",
             .kind = OPT_TEXT,
             .value = "PRACTICE=LEVEL: REASON",
             .many = true,
             .help = N_("on the word of the signatory, beyond the evidence")},
            OPTION_PERSON,
            OPTION_TITLE,
            {.name = "from", .kind = OPT_TEXT, .value = "DAY", .help = N_("valid from (now)")},
            {.name = "until", .kind = OPT_TEXT, .value = "DAY", .help = N_("valid until (a year)")},
            {.name = "note", .kind = OPT_TEXT, .value = "TEXT", .help = N_("a remark for readers")},
            {.name = "withhold",
             .kind = OPT_FLAG,
             .help = N_("name the evidence by its place in the log only, and hand none of it over")},
            {.name = "check", .kind = OPT_FLAG, .help = N_("say whether it could be signed; sign nothing")},
            {.name = "to", .kind = OPT_TEXT, .value = "FILE", .help = N_("where to write it (ID.declaration.json)")},
            OPTION_STORE,
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi conform declare --package minimum --person '山田 太郎' --title 代表取締役",
             N_("for all products of one's own")},
            {"akashi conform declare --package standard --person 'T. Yamada' --title President --check",
             N_("would it do?")},
            {0},
        },
    .max_args = 0,
    .run = run_conform_declare,
};
