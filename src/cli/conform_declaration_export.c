/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi conform declaration export: for readers and for other people's programs.
 */
#include "cli/declaration.h"
#include "conform/render.h"

static bool export(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    str format = cli_text(cli, "format");
    const struct rendition *as = rendition_of(format.n ? format : S("html"));
    struct buf b = {0};
    struct rendering r = {.arena = cli->arena, .out = &b};
    if (!cli_declaration(cli, x, cli->args[0], &r.declared, e) ||
        !catalogue_find(cli->ctx, x->p, cli->arena, r.declared->said.catalogue, &r.catalogue, e))
        return false;
    bool ok = as->write(&r, e);
    if (ok)
        fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
    return ok;
}

static int run_conform_declaration_export(struct cli *cli) {
    struct cli_portfolio x;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = export(cli, &x, &e);
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_declaration_export_command = {
    .name = "conform declaration export",
    .args = "ID|DIGEST",
    .summary = N_("a declaration as a page to print, PDF, CSV, OSCAL, CycloneDX, or a profile for procurement"),
    .text = N_(
        "The page and the PDF are in the reader's language (--lang) and say the same; a QR code holds the digest of "
        "what was signed. PDF needs Pango and, for Japanese, a font that has it (fonts-noto-cjk); its bytes are the "
        "same "
        "each time. procurement is one JSON object for programs that compare suppliers."),
    .options = (const struct option_spec[]){{.name = "format",
                                             .kind = OPT_TEXT,
                                             .value = "FORMAT",
                                             .help = N_("as what (html)"),
                                             .choices = "html|pdf|csv|oscal|cyclonedx|procurement"},
                                            OPTION_AS_OF,
                                            OPTION_STORE,
                                            {0}},
    .examples =
        (const struct example[]){
            {"akashi conform declaration export D-1a2b3c4d5e6f -o declaration.html --lang ja",
             N_("for print, in Japanese")},
            {"akashi conform declaration export D-1a2b3c4d5e6f --format pdf -o declaration.pdf", N_("to send by mail")},
            {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_conform_declaration_export,
};
