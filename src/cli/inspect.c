/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi inspect: how were these programs built, how are these services configured?
 */
#include "cli/inspect_table.h"
#include "inspect/report.h"

static bool inspect_all(struct cli *cli, struct inspect_report *r, struct err *e) {
    static const str here[] = {S_INIT(".")};
    struct inspect_options o = {.policy = cli_text(cli, "policy"),
                                .only = cli_text(cli, "only"),
                                .skip = cli_text(cli, "skip"),
                                .digests = cli_flag(cli, "statement")};
    o.rules = cli_texts(cli, "rules", &o.n_rules);
    const str *inputs = cli->n_args ? cli->args : here;
    for (uint32_t i = 0; i < (cli->n_args ? cli->n_args : 1); i++)
        if (!inspect_run(cli->ctx, cli->arena, inputs[i], &o, r, e))
            return false;
    return true;
}

static void write_report(struct cli *cli, const struct inspect_report *r) {
    str format = cli_text(cli, "format");
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    if (cli_flag(cli, "statement"))
        inspect_statement_body(r, &w);
    else if (cli->json || str_is(format, "json"))
        inspect_report_json(r, cli->arena, &w);
    else if (str_is(format, "sarif"))
        inspect_report_sarif(r, cli->arena, &w);
    else
        inspect_table_print(cli, r, cli_flag(cli, "all"));
    if (b.n)
        buf_addc(&b, '\n');
    fwrite(b.p ? b.p : "", 1, b.n, cli->out);
    buf_free(&b);
}

static bool fails(const struct cli *cli, const struct inspect_report *r) {
    enum weight level = WEIGHT_LOW;
    str given = cli_text(cli, "fail-on");
    if (str_is(given, "never"))
        return false;
    return r->failed_any && (!given.p || (weight_parse(given, &level) && r->worst >= level));
}

static int run_inspect(struct cli *cli) {
    struct inspect_report r = {0};
    struct err e = {0};
    if (!inspect_all(cli, &r, &e))
        return cli_fail(cli, &e);
    write_report(cli, &r);
    cli_warnings(cli);
    return fails(cli, &r) ? 1 : 0;
}

const struct command inspect_command = {
    .name = "inspect",
    .args = "[FILE|DIR|ARCHIVE|IMAGE]…",
    .summary = N_("is it hardened? how programs were built and how services are configured, held against a policy"),
    .text = N_(
        "Without an argument the current folder is inspected. Programs and libraries (ELF, PE, Mach-O) are judged "
        "by what is in the file, configuration files by rules. Shown are files that do not fulfil the policy, "
        "the worst first, and what to do about them; --all shows the others too. What does not apply to a file "
        "(-) or cannot be told from it (?) never counts against it."),
    .options =
        (const struct option_spec[]){
            {.name = "policy",
             .letter = 'p',
             .kind = OPT_TEXT,
             .value = "POLICY",
             .help = N_("minimum, standard or a policy file (default: standard)")},
            {.name = "fail-on",
             .kind = OPT_TEXT,
             .value = "LEVEL",
             .help = N_("exit 1 when a requirement of at least this weight does not hold (default: low)"),
             .choices = "low|medium|high|never"},
            {.name = "all", .letter = 'a', .kind = OPT_FLAG, .help = N_("show files that fulfil the policy too")},
            {.name = "format",
             .letter = 'f',
             .kind = OPT_TEXT,
             .value = "FORMAT",
             .help = N_("form of the result"),
             .choices = "table|json|sarif"},
            {.name = "statement",
             .kind = OPT_FLAG,
             .help = N_("write the body of a hardening statement, with the digest of each file")},
            {.name = "only",
             .kind = OPT_TEXT,
             .value = "KINDS",
             .help = N_("only these kinds of files, with commas between (elf,pe,macho,…)")},
            {.name = "skip", .kind = OPT_TEXT, .value = "KINDS", .help = N_("leave out these kinds of files")},
            {.name = "rules",
             .kind = OPT_TEXT,
             .value = "FILE",
             .many = true,
             .help = N_("more rules for configuration files; may be repeated")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi inspect build/", N_("are the programs in this folder hardened?")},
            {"akashi inspect image.tar --policy minimum --fail-on high", N_("gate a container image")},
            {"akashi inspect package.deb -f sarif -o hardening.sarif", N_("what a package holds, for a code host")},
            {"akashi inspect dist/ --statement -o hardening.json", N_("the body of a statement, to be signed")},
            {0},
        },
    .max_args = -1,
    .run = run_inspect,
};
