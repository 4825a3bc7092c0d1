/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/cli.h"
#include "collect/collect.h"

static bool make(struct cli *cli, str path, struct buf *out, struct err *e) {
    struct collect_options o = {.name = cli_text(cli, "name"),
                                .version = cli_text(cli, "version"),
                                .strict = cli_flag(cli, "strict"),
                                .files = cli_flag(cli, "files"),
                                .only = cli_text(cli, "only"),
                                .skip = cli_text(cli, "skip")};
    str to = cli_text(cli, "to");
    struct sbom_form form;
    struct sbom_problems losses = {0};
    struct sbom *s;
    if (!sbom_form_parse(to.p ? to : S("cyclonedx-json"), &form, e) ||
        !collect_run(cli->ctx, cli->arena, path, &o, &s, e) || !sbom_write(cli->ctx, s, form, true, out, &losses, e))
        return false;
    for (uint32_t i = 0; i < losses.n; i++)
        ctx_warn(cli->ctx, losses.v[i].where, "%.*s", STR_ARG(losses.v[i].what));
    return true;
}

static int run_sbom_make(struct cli *cli) {
    struct buf out = {0};
    struct err e = {0};
    bool ok = make(cli, cli->args[0], &out, &e);
    if (ok)
        fwrite(out.p, 1, out.n, cli->out);
    buf_free(&out);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

static const struct option_spec options[] = {
    {.name = "to",
     .kind = OPT_TEXT,
     .value = "FORM",
     .help = N_(
         "form to write: cyclonedx-json, spdx-json, spdx-tagvalue, spdx3-json, …, with @VERSION when it matters")},
    {.name = "name",
     .kind = OPT_TEXT,
     .value = "NAME",
     .help = N_("name of what is looked at, instead of what it says itself")},
    {.name = "version", .kind = OPT_TEXT, .value = "VERSION", .help = N_("its version")},
    {.name = "strict", .help = N_("fail when a file that should be understood is malformed")},
    {.name = "files", .help = N_("list every file with its digests too")},
    {.name = "only",
     .kind = OPT_TEXT,
     .value = "DETECTORS",
     .help = N_("use these detectors only (comma list, \"npm\" or \"npm/package-lock\")")},
    {.name = "skip", .kind = OPT_TEXT, .value = "DETECTORS", .help = N_("do without these detectors")},
    {0},
};

static const struct example examples[] = {
    {"akashi sbom make . -o sbom.json", N_("what this source tree is made of, as CycloneDX JSON")},
    {"akashi sbom make image.tar --to spdx-json", N_("what a saved container image is made of, as SPDX JSON")},
    {"akashi sbom make rootfs --only os", N_("only the packages of the operating system")},
    {0},
};

const struct command sbom_make_command = {
    .name = "sbom make",
    .args = "PATH|IMAGE",
    .summary = N_("find the components of a folder, archive, image or binary and write an SBOM"),
    .text = N_("PATH is a source tree, a root filesystem, an archive (tar, zip, …), a container image as docker save "
               "or an OCI "
               "layout has it, or a single file. Nothing is run and nothing is fetched.\n\n"
               "The same tree gives the same bytes; the time in the document is SOURCE_DATE_EPOCH when that is set. A "
               "malformed file gives a warning that names it, and the rest is still reported."),
    .options = options,
    .examples = examples,
    .min_args = 1,
    .max_args = 1,
    .run = run_sbom_make,
};
