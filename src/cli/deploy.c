/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/thing.h"

static const enum thing_kind KIND = THING_DEPLOYMENT;

#define FIELD(kind, n, v, j, p, t, o, r, c, h) FIELDS_##kind(n, v, c, h)
#define FIELDS_party(...)
#define FIELDS_product(...)
#define FIELDS_service(...)
#define FIELDS_deployment(n, v, c, h) FIELD_OPTION(n, v, c, h)
static const struct option_spec add_options[] = {
#include "impact/things_fields.list"
    OPTION_STORE,
    {0},
};

static int run_add(struct cli *cli) { return thing_run_add(cli, KIND); }
static int run_list(struct cli *cli) { return thing_run_list(cli, KIND); }
static int run_show(struct cli *cli) { return thing_run_show(cli, KIND); }
static int run_import(struct cli *cli) { return thing_run_import(cli, KIND); }
static int run_export(struct cli *cli) { return thing_run_export(cli, KIND); }

const struct command deploy_add_command = {
    .name = "deploy add",
    .args = "ID",
    .summary = N_("say that a release runs somewhere"),
    .text = N_(
        "A deployment without a version, or with --follows true, takes each newer release by itself. What is not given "
        "stays as it was said before; a new statement replaces the one before it, and both stay in the history."),
    .options = add_options,
    .examples = (const struct example[]){{"akashi deploy add hospital-a/emr --product thing --version 1.2.0 --customer "
                                          "hospital-a --service emergency",
                                          N_("in one go; again with other values to change them")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_add,
};

const struct command deploy_list_command = {
    .name = "deploy list",
    .args = "[WORD]",
    .summary = N_("list deployments"),
    .text = N_(
        "In the order in which they were first named. With a WORD, only those that have it in their id or in a text."),
    .options = (const struct option_spec[]){OPTION_LIMIT, OPTION_AFTER, OPTION_AS_OF, OPTION_STORE, {0}},
    .max_args = 1,
    .run = run_list,
};

const struct command deploy_show_command = {
    .name = "deploy show",
    .args = "ID",
    .summary = N_("everything about a deployment, and who said so"),
    .text = N_("What holds, then everything that was ever said of it: what each statement changed, and what was "
               "claimed by somebody who has no say in it."),
    .options = (const struct option_spec[]){OPTION_AS_OF, OPTION_STORE, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_show,
};

const struct command deploy_import_command = {
    .name = "deploy import",
    .args = "FILE.csv",
    .summary = N_("take deployments from a sheet"),
    .text = N_(
        "CSV with a row for each, columns \"id\" and the options of the command add as heads, in English or Japanese; "
        "UTF-8 or Shift_JIS. A column that is missing changes nothing, an empty cell takes back what was said. When a "
        "row is bad, nothing is taken. Rows that hold already are left alone, so that it can be repeated."),
    .options = (const struct option_spec[]){OPTION_PARTIAL, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi deploy import deployments.csv", N_("all of them at once")}, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_import,
};

const struct command deploy_export_command = {
    .name = "deploy export",
    .summary = N_("write all deployments as a sheet"),
    .options = (const struct option_spec[]){OPTION_FORMAT, OPTION_EXCEL, OPTION_AS_OF, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi deploy export -o deployments.csv",
                                          N_("to be edited and imported again")},
                                         {0}},
    .run = run_export,
};

/* ── its end, another version ── */

static int run_end(struct cli *cli) {
    str day = cli_text(cli, "on");
    if (!day.p)
        day = str_upto(time_rfc3339(cli->arena, cli->ctx->now), 10);
    const struct thing_change changes[] = {{"until", day}, {0}};
    return thing_run_change(cli, KIND, cli->args[0], changes);
}

const struct command deploy_end_command = {
    .name = "deploy end",
    .args = "ID",
    .summary = N_("say that a deployment has ended, or when it will"),
    .options =
        (const struct option_spec[]){
            {.name = "on", .kind = OPT_TEXT, .value = "DAY", .help = N_("its last day (default: today)")},
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi deploy end hospital-a/emr --on 2027-03-31",
                                          N_("it is switched off then")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_end,
};

static int run_move(struct cli *cli) {
    struct err e = {0};
    bool follow = cli_flag(cli, "follow");
    if (follow == (cli->n_args == 2)) {
        err_set(&e, ERR_USAGE, cli->args[0], "%s", _("to which version? Name one, or say --follow"));
        return cli_fail(cli, &e);
    }
    const struct thing_change changes[] = {
        {"version", follow ? S("") : cli->args[1]}, {"follows", follow ? S("true") : S("")}, {0}};
    return thing_run_change(cli, KIND, cli->args[0], changes);
}

const struct command deploy_move_command = {
    .name = "deploy move",
    .args = "ID [VERSION]",
    .summary = N_("say that a deployment runs another version now"),
    .options = (const struct option_spec[]){{.name = "follow",
                                             .kind = OPT_FLAG,
                                             .help = N_("from now on it takes each newer release by itself")},
                                            OPTION_STORE,
                                            {0}},
    .examples = (const struct example[]){{"akashi deploy move hospital-a/emr 1.3.0", N_("the upgrade is done")},
                                         {"akashi deploy move hospital-a/emr --follow",
                                          N_("it is upgraded with each release")},
                                         {0}},
    .min_args = 1,
    .max_args = 2,
    .run = run_move,
};
