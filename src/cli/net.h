/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands that serve and ask witnesses and mirrors share.
 */
#ifndef AKASHI_CLI_NET_H
#define AKASHI_CLI_NET_H

#include "cli/home.h"
#include "node/server.h"
#include "seal/witness.h"

#define OPTION_LISTEN                                                                                                  \
    {                                                                                                                  \
        .name = "listen", .kind = OPT_TEXT, .value = "ADDR:PORT",                                                      \
        .help = N_("where to listen (default: 127.0.0.1:0; port 0 lets the system choose, and is printed)")            \
    }
#define OPTION_LOGS                                                                                                    \
    {.name = "log", .kind = OPT_TEXT, .many = true, .value = "VKEY", .help = N_("a log: its verifier key")}, {         \
        .name = "policy", .kind = OPT_TEXT, .value = "FILE", .help = N_("a tlog-policy file; its logs count")          \
    }
#define OPTION_COSIGNER                                                                                                \
    {.name = "name", .kind = OPT_TEXT, .value = "NAME", .help = N_("its name in cosignatures: example.jp/witness")}, { \
        .name = "key", .kind = OPT_TEXT, .value = "FILE",                                                              \
        .help = N_("its key file (default: one of its own in the folder, made on first use)")                          \
    }

/* A verifier key: the text itself, or a file that holds it. */
MUST_USE bool cli_vkey(struct cli *cli, str given, struct vkey *out, struct err *e);
/* --log and the logs of --policy; at least one. */
MUST_USE bool cli_logs(struct cli *cli, const struct vkey **out, uint32_t *n, struct err *e);
/* --name and --key; the key is made when the default is not there. Free *key. */
MUST_USE bool cli_cosigner(struct cli *cli, str folder, struct privkey **key, struct witness_signer *out,
                           struct err *e);
/* --folder, or this folder of the home; a folder without a home would keep one from being made there. */
MUST_USE bool cli_net_folder(struct cli *cli, str in_home, str *out, struct err *e);
/* Prints where it listens (and the lines of `more`, with the address for "{address}"), serves until the process is
 * asked to end. */
MUST_USE bool cli_serve(struct cli *cli, const struct route *routes, void *of, str more, struct err *e);
/* The same of a plan; --listen and problem are filled in here. */
MUST_USE bool cli_serve_plan(struct cli *cli, struct server_plan *plan, str more, struct err *e);
/* Says it on stderr at once, from any thread. */
void cli_loud(void *cli, const struct err *e);
/* After an append: asks the witnesses of the home, if it has any. What goes wrong is told and is no failure: the
 * statements are in the log, and the next time asks for them too. */
void cli_cosign(struct cli *cli, struct home *h);

#endif
