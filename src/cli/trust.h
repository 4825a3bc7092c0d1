/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom a command that verifies believes, by its options, and how it shows what holds.
 */
#ifndef AKASHI_CLI_TRUST_H
#define AKASHI_CLI_TRUST_H

#include "cli/cli.h"
#include "release/verify.h"

#define OPTION_KEY                                                                                                     \
    {                                                                                                                  \
        .name = "key", .kind = OPT_TEXT, .value = "FILE", .many = true,                                                \
        .help = N_("public key of a signer: PEM, vkey, minisign, signify or SSH; may be repeated")                     \
    }
#define OPTION_LOG_POLICY                                                                                              \
    {                                                                                                                  \
        .name = "log-policy", .kind = OPT_TEXT, .value = "FILE",                                                       \
        .help = N_("which logs and how many witnesses count (C2SP tlog-policy)")                                       \
    }
#define OPTION_NO_HOME                                                                                                 \
    { .name = "no-home", .kind = OPT_FLAG, .help = N_("do not ask the home, even if there is one") }

struct cli_trust {
    struct cli *cli;
    struct verify_options options;
    struct verify_policy policy;
    struct tlog_policy log_policy;
    struct home home;
    bool has_home;
};
/* By --key, --log-policy, --no-home and policy (a file; may be absent). After a failure it is closed already. */
MUST_USE bool cli_trust_open(struct cli *cli, str policy, struct cli_trust *out, struct err *e);
void cli_trust_close(struct cli_trust *t);

/* The checklist as a table, and each hint once. */
void cli_checklist(struct cli *cli, const struct verdict *v);

#endif
