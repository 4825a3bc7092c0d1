/* SPDX-License-Identifier: Apache-2.0
 *
 * What `akashi watch` does about declarations.
 */
#ifndef AKASHI_CLI_DECLARATION_WATCH_H
#define AKASHI_CLI_DECLARATION_WATCH_H

#include "cli/cli.h"

struct portfolio;
/* Own declarations against what is true now: what fell is stated, shown and told. */
MUST_USE bool cli_declarations_watch(struct cli *cli, struct portfolio *p, bool *at_risk, struct err *e);

#endif
