/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/conform_words.h"
#include "cli/net.h"
#include "conform/import.h"
#include "conform/own.h"

static bool read_catalogue(struct cli *cli, struct cli_portfolio *h, struct catalogue_import *x, struct catalogue *out,
                           struct err *e) {
    str onto = cli_text(cli, "onto");
    x->where = cli->args[0];
    x->id = cli_text(cli, "as");
    if (onto.p && !catalogue_find(cli->ctx, h->p, cli->arena, onto, &x->onto, e))
        return false;
    return file_read_plain(cli->ctx, cli->arena, x->where, &x->text, e) &&
           catalogue_import(cli->ctx, cli->arena, x, e) &&
           catalogue_read(cli->ctx, cli->arena, x->json, x->where, out, e);
}

static void tell(struct cli *cli, const struct catalogue_import *x, const struct catalogue *k,
                 const struct own_say *say) {
    if (cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        catalogue_imported_json(&w, x, k, say);
        put_json(cli, &b);
        return;
    }
    fprintf(cli->out, _("%.*s: %u practices in %u groups, read as %s\n"), STR_ARG(k->id), k->practices.n, k->groups.n,
            x->format);
    if (say->same)
        fprintf(cli->out, _("nothing was added: this very catalogue is in use already\n"));
    else
        fprintf(cli->out, _("entry %llu; from now on it is what '%.*s' means here\n"), (unsigned long long)say->index,
                STR_ARG(k->id));
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct cli_portfolio h = {0};
    struct catalogue_import x = {.format = NULL};
    struct catalogue k;
    struct own_say say = {.kind = "catalogue"};
    bool ok = cli_portfolio_open(cli, HOME_SIGN, &h, &e) && read_catalogue(cli, &h, &x, &k, &e);
    if (ok) {
        say.name = k.id;
        say.predicate = k.text;
        ok = own_say(h.p, cli->arena, &say, &e);
    }
    if (ok)
        tell(cli, &x, &k, &say);
    if (ok && !say.same)
        cli_cosign(cli, &h.home);
    if (h.p)
        cli_portfolio_close(&h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_catalogue_import_command = {
    .name = "conform catalogue import",
    .args = "FILE",
    .summary = N_("take in a requirement catalogue: an official list, a standard, a guideline of your own"),
    .text = N_(
        "The format is told by the content: JSON of Akashi, OSCAL 1.1 (catalogue, profile, component definition), "
        "CycloneDX 1.6 standards, a list of requirements in JSON, or CSV with the columns id, title, text, group "
        "(識別子, 題名, 本文, 分類) in UTF-8, UTF-16 or Shift_JIS. It becomes a signed statement; the newest one of "
        "an id counts, also before the built-in one, and all earlier ones stay in the log."),
    .options =
        (const struct option_spec[]){
            {.name = "as", .kind = OPT_TEXT, .value = "ID", .help = N_("what to call it here")},
            {.name = "onto",
             .kind = OPT_TEXT,
             .value = "ID",
             .help = N_("the catalogue an OSCAL profile chooses from")},
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi conform catalogue import iso-controls.csv --as iso27001",
                                          N_("a list kept in Excel")},
                                         {"akashi conform catalogue import cip-official.json",
                                          N_("in place of the built-in one")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
