/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/portfolio.h"
#include "impact/leaving.h"

static void say_json(struct cli *cli, const struct left *l) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "folder", cli->args[0]);
    jw_kint(&w, "parties", (int64_t)l->things[THING_PARTY]);
    jw_kint(&w, "products", (int64_t)l->things[THING_PRODUCT]);
    jw_kint(&w, "deployments", (int64_t)l->things[THING_DEPLOYMENT]);
    jw_kint(&w, "services", (int64_t)l->things[THING_SERVICE]);
    jw_kint(&w, "releases", (int64_t)l->releases);
    jw_kint(&w, "documents", (int64_t)l->documents);
    jw_kint(&w, "withoutDocument", (int64_t)l->lost);
    jw_obj_end(&w);
    put_json(cli, &b);
}

static void say_text(struct cli *cli, const struct left *l) {
    fprintf(cli->out, _("parties %llu, products %llu, deployments %llu, services %llu, releases %llu, SBOMs %llu\n"),
            (unsigned long long)l->things[THING_PARTY], (unsigned long long)l->things[THING_PRODUCT],
            (unsigned long long)l->things[THING_DEPLOYMENT], (unsigned long long)l->things[THING_SERVICE],
            (unsigned long long)l->releases, (unsigned long long)l->documents);
    if (l->lost)
        fprintf(cli->out, _("releases whose SBOM is not to be had: %llu\n"), (unsigned long long)l->lost);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct cli_portfolio views;
    struct left left;
    if (!cli_portfolio_open(cli, HOME_READ, &views, &e))
        return cli_fail(cli, &e);
    bool ok = portfolio_leave(views.p, cli->args[0], &views.when, &left, &e);
    cli_portfolio_close(&views);
    if (ok && cli->json)
        say_json(cli, &left);
    else if (ok)
        say_text(cli, &left);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command impact_leave_command = {
    .name = "impact export",
    .args = "DIR",
    .summary = N_("write the whole portfolio into a folder: CSV, JSON and every SBOM"),
    .text = N_(
        "parties, products, deployments and services as CSV and JSON, releases as CSV and as lines of JSON, each "
        "SBOM as a file. `akashi party import parties.csv`, product, deploy and service likewise, then `akashi "
        "impact import releases.jsonl` make the same portfolio in another home. Who said it, and what held "
        "before, stays in the log."),
    .options = (const struct option_spec[]){OPTION_AS_OF, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi impact export portfolio/", N_("everything, in files anybody reads")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
