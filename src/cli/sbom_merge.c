/* SPDX-License-Identifier: Apache-2.0 */
#include "sbom/merge.h"

#include "base/file.h"
#include "cli/cli.h"

static bool read_parts(struct cli *cli, struct merge_part *parts, struct err *e) {
    for (uint32_t i = 0; i < cli->n_args; i++) {
        struct sbom *s;
        str bytes;
        if (!file_read_plain(cli->ctx, cli->arena, cli->args[i], &bytes, e) ||
            !sbom_read(cli->ctx, cli->arena, bytes, cli->args[i], SBOM_LENIENT, &s, NULL, e))
            return false;
        parts[i] = (struct merge_part){.sbom = s, .name = path_base(cli->args[i])};
    }
    return true;
}

static bool merge(struct cli *cli, struct buf *out, struct err *e) {
    struct merge_part *parts = arena_array(cli->arena, struct merge_part, cli->n_args);
    struct merge_options options = {.product = cli_text(cli, "product"),
                                    .version = cli_text(cli, "version"),
                                    .supplier = cli_text(cli, "supplier")};
    struct sbom_problems notes = {0};
    struct sbom_form form;
    str to = cli_text(cli, "to");
    if (!options.product.n)
        return err_set(e, ERR_USAGE, S("--product"), _("name the product the parts make up"));
    if (!sbom_form_parse(to.n ? to : S("cyclonedx-json"), &form, e) || !read_parts(cli, parts, e))
        return false;
    struct sbom *s = sbom_merge(cli->ctx, cli->arena, parts, cli->n_args, &options, &notes);
    if (!sbom_write(cli->ctx, s, form, true, out, &notes, e))
        return false;
    for (uint32_t i = 0; i < notes.n; i++)
        ctx_warn(cli->ctx, notes.v[i].where, "%.*s", STR_ARG(notes.v[i].what));
    if (!out->n || out->p[out->n - 1] != '\n')
        buf_addc(out, '\n');
    return true;
}

static int run_merge(struct cli *cli) {
    struct buf out = {0};
    struct err e = {0};
    bool ok = merge(cli, &out, &e);
    if (ok)
        fwrite(out.p, 1, out.n, cli->out);
    buf_free(&out);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command sbom_merge_command = {
    .name = "sbom merge",
    .args = "PART… --product NAME",
    .summary = N_("several SBOMs into one of a product"),
    .text = N_("Parts may be in different formats. Components with the same package URL (else the same kind, name and "
               "version) become one, relations are rewired, and each component keeps the names of the parts it came "
               "from as a property. A new root component stands for the product."),
    .options =
        (const struct option_spec[]){
            {.name = "product", .kind = OPT_TEXT, .value = "NAME", .help = N_("name of the product (required)")},
            {.name = "version", .kind = OPT_TEXT, .value = "VERSION", .help = N_("version of the product")},
            {.name = "supplier", .kind = OPT_TEXT, .value = "NAME", .help = N_("who supplies the product")},
            {.name = "to",
             .kind = OPT_TEXT,
             .value = "FORM",
             .help = N_("form to write, as in sbom convert (default: cyclonedx-json)")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi sbom merge app.cdx.json base-image.spdx.json --product shop --version 2.1 -o shop.cdx.json",
             N_("an application and the image it ships in")},
            {0},
        },
    .min_args = 1,
    .max_args = -1,
    .run = run_merge,
};
