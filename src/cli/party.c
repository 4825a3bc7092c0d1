/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/thing.h"

static const enum thing_kind KIND = THING_PARTY;

#define FIELD(kind, n, v, j, p, t, o, r, c, h) FIELDS_##kind(n, v, c, h)
#define FIELDS_product(...)
#define FIELDS_deployment(...)
#define FIELDS_service(...)
#define FIELDS_party(n, v, c, h) FIELD_OPTION(n, v, c, h)
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

const struct command party_add_command = {
    .name = "party add",
    .args = "ID",
    .summary = N_("say who a party is: name, roles, contacts"),
    .text = N_("What is not given stays as it was said before; a new statement replaces the one before it, and both "
               "stay in the history. A party that has a key of its own may state this itself."),
    .options = add_options,
    .examples = (const struct example[]){{"akashi party add yamada --name 山田工業 --roles supplier --contacts "
                                          "\"psirt:安全課 <psirt@yamada.example>\"",
                                          N_("in one go; again with other values to change them")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_add,
};

const struct command party_list_command = {
    .name = "party list",
    .args = "[WORD]",
    .summary = N_("list parties"),
    .text = N_(
        "In the order in which they were first named. With a WORD, only those that have it in their id or in a text."),
    .options = (const struct option_spec[]){OPTION_LIMIT, OPTION_AFTER, OPTION_AS_OF, OPTION_STORE, {0}},
    .max_args = 1,
    .run = run_list,
};

const struct command party_show_command = {
    .name = "party show",
    .args = "ID",
    .summary = N_("everything about a party, and who said so"),
    .text = N_("What holds, then everything that was ever said of it: what each statement changed, and what was "
               "claimed by somebody who has no say in it."),
    .options = (const struct option_spec[]){OPTION_AS_OF, OPTION_STORE, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_show,
};

const struct command party_import_command = {
    .name = "party import",
    .args = "FILE.csv",
    .summary = N_("take parties from a sheet"),
    .text = N_(
        "CSV with a row for each, columns \"id\" and the options of the command add as heads, in English or Japanese; "
        "UTF-8 or Shift_JIS. A column that is missing changes nothing, an empty cell takes back what was said. When a "
        "row is bad, nothing is taken. Rows that hold already are left alone, so that it can be repeated."),
    .options = (const struct option_spec[]){OPTION_PARTIAL, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi party import parties.csv", N_("all of them at once")}, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_import,
};

const struct command party_export_command = {
    .name = "party export",
    .summary = N_("write all parties as a sheet"),
    .options = (const struct option_spec[]){OPTION_FORMAT, OPTION_EXCEL, OPTION_AS_OF, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi party export -o parties.csv", N_("to be edited and imported again")},
                                         {0}},
    .run = run_export,
};
