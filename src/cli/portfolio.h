/* SPDX-License-Identifier: Apache-2.0
 *
 * What commands about the portfolio share: the home and its views.
 */
#ifndef AKASHI_CLI_PORTFOLIO_H
#define AKASHI_CLI_PORTFOLIO_H

#include "cli/home.h"
#include "impact/portfolio.h"

/* The option --store of every command that opens views. */
#define OPTION_STORE                                                                                                     \
    {                                                                                                                    \
        .name = "store", .kind = OPT_TEXT, .value = "FILE|URL",                                                          \
        .help = N_("where the views lie: a file or postgresql://… (else AKASHI_STORE, [store] url in akashi.toml, or " \
                   "portfolio.db in the home)")                                                                          \
    }

struct cli_portfolio {
    struct home home;
    struct portfolio *p; /* NULL when it could not be opened */
    struct as_of when;   /* as --as-of says, where the command has that option */
};
/* Opens both by --home, --store and --as-of; what the log has more is applied. After a failure it is closed already. */
MUST_USE bool cli_portfolio_open(struct cli *cli, enum home_use use, struct cli_portfolio *out, struct err *e);
void cli_portfolio_close(struct cli_portfolio *x);
/* Warns that advisories are not of the moment --as-of names, and says which database they come from. */
MUST_USE bool cli_say_advisories(struct cli *cli, struct portfolio *p, struct err *e);
/* Where the views lie; absent = in the home. */
MUST_USE bool cli_store(struct cli *cli, str *out, struct err *e);

#endif
