/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about notices share.
 */
#ifndef AKASHI_CLI_NOTIFY_H
#define AKASHI_CLI_NOTIFY_H

#include "cli/home.h"
#include "node/notify.h"

struct notifying {
    struct subscriptions subs;
    struct outbox *outbox;
};
/* The home's subscriptions and its outbox, which is made when it is not there. */
MUST_USE bool notify_open(struct cli *cli, struct notifying *n, struct err *e);
/* "3 sent, 1 later, 0 failed, 0 unsure", or the same in JSON; exit 1 when something failed or is unsure. */
int notify_result(struct cli *cli, const struct outbox_result *r);

#endif
