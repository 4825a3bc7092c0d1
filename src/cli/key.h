/* SPDX-License-Identifier: Apache-2.0
 *
 * What the commands about keys share.
 */
#ifndef AKASHI_CLI_KEY_H
#define AKASHI_CLI_KEY_H

#include "cli/cli.h"
#include "seal/keychange.h"

/* A key_plan from --key-type, --token, --no-passphrase, and the passphrase (or PIN) it needs; release it always. */
struct key_wish {
    struct key_plan plan;
    struct secret passphrase, pin;
};
MUST_USE bool key_wish_read(struct cli *cli, enum sig_kind otherwise, struct key_wish *out, struct err *e);
void key_wish_free(struct key_wish *w);
/* For the tables of options. */
#define KEY_WISH_KIND                                                                                                  \
    {                                                                                                                  \
        .name = "key-type", .kind = OPT_TEXT, .value = "TYPE", .help = N_("what kind of key"),                         \
        .choices = "ed25519|ecdsa-p256|ml-dsa-44"                                                                      \
    }
#define KEY_WISH_OPEN                                                                                                  \
    { .name = "no-passphrase", .help = N_("keep the key file without a passphrase: for machines that start alone") }
#define KEY_WISH_TOKEN                                                                                                 \
    {                                                                                                                  \
        .name = "token", .kind = OPT_TEXT, .value = "URI",                                                             \
        .help = N_("use a key on a token: pkcs11:… (needs OpenSSL's PKCS#11 provider)")                                \
    }

/* The home; for signing it is locked against other changes of keys, until the process ends. */
MUST_USE bool key_home(struct cli *cli, enum home_use use, struct home *out, struct err *e);

/* One key as JSON members: id, kind, party. */
void key_json(struct cli *cli, struct jw *w, const struct pubkey *k, str party);
/* "{says} ID" and its file; or JSON with "event". */
void key_report(struct cli *cli, const struct home *h, const char *event, const char *says, const struct pubkey *k);

#endif
