/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/conform_words.h"
#include "conform/export.h"
#include "conform/oscal.h"

static str pretty(struct cli *cli, const struct catalogue *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_raw(&w, k->text);
    buf_addc(&b, '\n');
    str text = arena_str(cli->arena, buf_str(&b));
    buf_free(&b);
    return text;
}

static bool export(struct cli *cli, struct cli_portfolio *h, str *out, struct err *e) {
    const struct catalogue *k;
    str format = cli_text(cli, "format"), package = cli_text(cli, "package");
    if (!catalogue_find(cli->ctx, h->p, cli->arena, cli->args[0], &k, e))
        return false;
    if (str_is(format, "oscal"))
        return oscal_catalogue(cli->ctx, cli->arena, k, out, e);
    if (str_is(format, "oscal-profile")) {
        if (!package.n)
            return err_set(e, ERR_USAGE, S("--package"), "%s", _("a profile is a package of a catalogue: say which"));
        str href = arena_printf(cli->arena, "%.*s.oscal.json", STR_ARG(k->id));
        return oscal_profile(cli->ctx, cli->arena, k, package, href, out, e);
    }
    if (str_is(format, "csv"))
        return catalogue_csv(cli->arena, k, package, out, e);
    *out = pretty(cli, k);
    return true;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct cli_portfolio h;
    str text = S("");
    bool ok = cli_conform_open(cli, &h, &e) && export(cli, &h, &text, &e);
    if (ok)
        fwrite(text.p, 1, text.n, cli->out);
    if (ok && text.n && text.p[text.n - 1] != '\n')
        fputc('\n', cli->out);
    cli_conform_close(&h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_catalogue_export_command = {
    .name = "conform catalogue export",
    .args = "ID",
    .summary = N_("write a catalogue: as our JSON, OSCAL catalogue or profile, or CSV"),
    .text = N_(
        "OSCAL carries everything: what it has no place for stands in props of our own name space, and importing "
        "the file again gives the same catalogue to the digest. A profile is one package; it names the "
        "catalogue's file as ID.oscal.json."),
    .options = (const struct option_spec[]){{.name = "format",
                                             .kind = OPT_TEXT,
                                             .value = "FORMAT",
                                             .choices = "akashi|oscal|oscal-profile|csv",
                                             .help = N_("akashi (default), oscal, oscal-profile or csv")},
                                            {.name = "package",
                                             .kind = OPT_TEXT,
                                             .value = "P",
                                             .help = N_("only what this package asks for (csv, oscal-profile)")},
                                            OPTION_STORE,
                                            {0}},
    .examples = (const struct example[]){{"akashi conform catalogue export cip --format oscal -o cip.oscal.json",
                                          N_("for tools that speak OSCAL")},
                                         {"akashi conform catalogue export cip --format csv --package minimum",
                                          N_("a check list for Excel")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
