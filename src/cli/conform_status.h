/* SPDX-License-Identifier: Apache-2.0
 *
 * Within conform_status*.c.
 */
#ifndef AKASHI_CLI_CONFORM_STATUS_H
#define AKASHI_CLI_CONFORM_STATUS_H

#include "cli/conform_scope.h"
#include "conform/status.h"

struct status {
    struct cli *cli;
    struct cli_portfolio h;
    struct conform_scope scope;
    struct conform_status of;
};

void status_show(struct status *s);
void status_practice(struct status *s, const struct practice_state *x);
MUST_USE bool status_trend(struct status *s, const struct evaluation_ask *ask, struct err *e);

#endif
