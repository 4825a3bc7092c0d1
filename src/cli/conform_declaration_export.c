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
    as->write(&r);
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
    return true;
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
    .summary = N_("a declaration as a page to print, CSV, OSCAL or CycloneDX"),
    .text = N_(
        "The page is in the reader's language (--lang) and needs nothing but a browser; a QR code holds the digest "
        "of what was signed."),
    .options = (const struct option_spec[]){{.name = "format",
                                             .kind = OPT_TEXT,
                                             .value = "FORMAT",
                                             .help = N_("as what (html)"),
                                             .choices = "html|csv|oscal|cyclonedx"},
                                            OPTION_AS_OF,
                                            OPTION_STORE,
                                            {0}},
    .examples =
        (const struct example[]){{"akashi conform declaration export D-1a2b3c4d5e6f -o declaration.html --lang ja",
                                  N_("for print, in Japanese")},
                                 {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_conform_declaration_export,
};
