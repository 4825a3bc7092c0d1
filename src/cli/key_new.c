/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/key.h"
#include "cli/net.h"

static int run(struct cli *cli) {
    struct home h;
    struct key_wish wish = {0};
    struct pubkey made;
    struct err e = {0};
    if (!key_home(cli, HOME_SIGN, &h, &e))
        return cli_fail(cli, &e);
    bool ok = key_wish_read(cli, SIG_ED25519, &wish, &e) && keychange_new(&h, cli->arena, &wish.plan, &made, &e);
    if (ok)
        key_report(cli, &h, "made", _("made"), &made);
    key_wish_free(&wish);
    if (ok)
        cli_cosign(cli, &h);
    home_close(&h);
    return ok ? 0 : cli_fail(cli, &e);
}

static const struct option_spec options[] = {KEY_WISH_KIND, KEY_WISH_TOKEN, KEY_WISH_OPEN, {0}};
static const struct example examples[] = {
    {"akashi key new --key-type ecdsa-p256", N_("another key, sealed with a passphrase that is asked for")},
    {"akashi key new --token 'pkcs11:token=akashi;object=sign'", N_("a key that stays on its token")},
    {0}};

const struct command key_new_command = {
    .name = "key new",
    .args = "",
    .summary = N_("make another key and make it known"),
    .text = N_("The statement that makes it known is signed by the key that signs now and by the new one. It is good "
               "from then on; `akashi key rotate --to ID` makes it the one that signs."),
    .options = options,
    .examples = examples,
    .run = run,
};
