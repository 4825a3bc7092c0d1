/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about users and tokens share: they work on the home itself, for administrators without a browser,
 * and tell what they changed in its log.
 */
#ifndef AKASHI_CLI_ACCESS_H
#define AKASHI_CLI_ACCESS_H

#include "cli/home.h"
#include "serve/audit.h"
#include "serve/session.h"

struct cli_access {
    struct home home;
    struct access *x;
};
MUST_USE bool cli_access_open(struct cli *cli, enum home_use use, struct cli_access *out, struct err *e);
void cli_access_close(struct cli_access *k);
/* Ends a change that access_begin() began: says it in the log and keeps it, or undoes it. */
MUST_USE bool cli_access_end(struct cli *cli, struct cli_access *k, bool ok, const struct audit *said, uint32_t n,
                             struct err *e);
/* ERR_USAGE when there is none of that name. */
MUST_USE bool cli_access_user(struct cli *cli, struct cli_access *k, str name, struct user *out, struct err *e);

#endif
