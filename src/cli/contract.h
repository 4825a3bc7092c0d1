/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about contracts share.
 */
#ifndef AKASHI_CLI_CONTRACT_H
#define AKASHI_CLI_CONTRACT_H

#include "cli/decide.h"
#include "conform/contract.h"

/* The contract an argument names; ERR_USAGE when there is none. */
MUST_USE bool cli_contract(struct cli *cli, struct cli_portfolio *x, str id, struct contract *out, struct err *e);
/* Whether --audience admits it: a reader sees the contracts it is a side of. */
MUST_USE bool cli_contract_seen(struct cli *cli, struct cli_portfolio *x, const struct reader *r,
                                const struct contract *k, bool *may, struct err *e);
/* Those that --audience admits. */
MUST_USE bool cli_contracts(struct cli *cli, struct cli_portfolio *x, struct contracts *out, struct err *e);
/* Counts what nobody holds, signs, logs, and says so. */
MUST_USE bool cli_contract_say(struct cli *cli, struct cli_portfolio *x, struct contract *k, struct err *e);
/* "PRACTICE=HOLDER[: NOTE]" of a catalogue. */
MUST_USE bool cli_contract_duty(struct cli *cli, const struct catalogue *c, str practice, str holder, str note,
                                str where, struct contract_duty *out, struct err *e);
const char *contract_holder_text(str holder); /* in the reader's language */

#endif
