/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/cli.h"
#include "sbom/sbom.h"

static bool convert(struct cli *cli, struct buf *out, struct err *e) {
    struct sbom_form form;
    struct sbom_problems problems = {0}, losses = {0};
    struct sbom *s;
    str bytes, name = cli->args[0];
    bool strict = cli_flag(cli, "strict");
    if (!sbom_form_parse(cli_text(cli, "to"), &form, e) || !file_read_plain(cli->ctx, cli->arena, name, &bytes, e) ||
        !sbom_read(cli->ctx, cli->arena, bytes, name, strict ? SBOM_VALIDATE : SBOM_LENIENT, &s, &problems, e))
        return false;
    for (uint32_t i = 0; strict && i < problems.n; i++)
        if (problems.v[i].error)
            return err_set(e, ERR_INPUT, problems.v[i].where, "%.*s", STR_ARG(problems.v[i].what));
    if (!sbom_write(cli->ctx, s, form, !cli_flag(cli, "compact"), out, &losses, e))
        return false;
    for (uint32_t i = 0; i < losses.n; i++)
        ctx_warn(cli->ctx, losses.v[i].where, "%.*s", STR_ARG(losses.v[i].what));
    if (!out->n || out->p[out->n - 1] != '\n')
        buf_addc(out, '\n');
    return true;
}

static int run_convert(struct cli *cli) {
    struct buf out = {0};
    struct err e = {0};
    if (!cli_text(cli, "to").p) {
        err_set(&e, ERR_USAGE, S("--to"), _("name the form to write"));
        err_hint(&e, _("for example: akashi sbom convert %.*s --to spdx-json"), STR_ARG(cli->args[0]));
        return cli_fail(cli, &e);
    }
    bool ok = convert(cli, &out, &e);
    if (ok)
        fwrite(out.p, 1, out.n, cli->out);
    buf_free(&out);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command sbom_convert_command = {
    .name = "sbom convert",
    .args = "FILE --to FORM",
    .summary = N_("write an SBOM in another format or version"),
    .text = N_(
        "Reads any format this program reads (\"-\" is standard input). What the target cannot hold is told as a "
        "warning with its place, never dropped silently; in the same format and version nothing is lost."),
    .options =
        (const struct option_spec[]){
            {.name = "to",
             .kind = OPT_TEXT,
             .value = "FORM",
             .help = N_("form to write: cyclonedx-json, cyclonedx-xml, spdx-json, spdx-tagvalue, spdx3-json, with "
                        "@VERSION when it matters")},
            {.name = "compact", .kind = OPT_FLAG, .help = N_("JSON without line breaks")},
            {.name = "strict", .kind = OPT_FLAG, .help = N_("refuse a document that breaks its format's rules")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi sbom convert app.spdx --to cyclonedx-json@1.5 -o app.cdx.json",
             N_("SPDX tag-value to CycloneDX 1.5")},
            {"akashi sbom convert bom.xml --to cyclonedx-json", N_("XML to JSON, in the newest version others read")},
            {0},
        },
    .min_args = 1,
    .max_args = 1,
    .run = run_convert,
};
