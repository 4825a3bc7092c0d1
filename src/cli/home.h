/* SPDX-License-Identifier: Apache-2.0
 *
 * What commands about the home share.
 */
#ifndef AKASHI_CLI_HOME_H
#define AKASHI_CLI_HOME_H

#include "cli/cli.h"
#include "seal/home.h"

/* The option --as-of, for commands that read the log or its view. */
#define OPTION_AS_OF                                                                                                   \
    {                                                                                                                  \
        .name = "as-of", .kind = OPT_TEXT, .value = "TIME|SIZE",                                                       \
        .help = N_("answer as of then: a time, a day, or the number of entries the log had")                           \
    }

/* "1a2b3c4d5e6f7081": how a key or digest is shown in tables. */
str short_hex(struct arena *a, const unsigned char bytes[32]);
/* "例株式会社" when the keyring knows the key, else its short id. */
str key_owner(struct cli *cli, const struct home *h, const unsigned char id[32]);
/* Writes a finished JSON text with a newline behind. */
void put_json(struct cli *cli, struct buf *b);

#endif
