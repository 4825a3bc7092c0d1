/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about contracts share.
 */
#ifndef AKASHI_CLI_CONTRACT_H
#define AKASHI_CLI_CONTRACT_H

#include "cli/decide.h"
#include "conform/contract_say.h"
#include "conform/contract_words.h"

/* The contract an argument names; ERR_USAGE when there is none. */
MUST_USE bool cli_contract(struct cli *cli, struct cli_portfolio *x, str id, struct contract *out, struct err *e);
/* Those that --audience admits. */
MUST_USE bool cli_contracts(struct cli *cli, struct cli_portfolio *x, struct contracts *out, struct err *e);
/* Signs and logs it, and says so. document: a paper for the archive; absent: none. */
MUST_USE bool cli_contract_say(struct cli *cli, struct cli_portfolio *x, struct contract *k, str document,
                               struct err *e);

#endif
