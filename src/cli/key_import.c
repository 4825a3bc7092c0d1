/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/key.h"
#include "cli/net.h"
#include "seal/keytext.h"
#include "seal/passphrase.h"
#include "seal/secret_file.h"

enum { FILE_MOST = 1 << 16 };

/* Sealed by whoever wrote it: then its passphrase is asked for, not ours. */
static bool read_key(str path, struct privkey **out, struct err *e) {
    struct secret text, passphrase;
    bool locked, ok;
    if (!secret_file_read(path, FILE_MOST, SECRET_AS_IT_IS, &text, e))
        return false;
    ok = keytext_private(secret_str(&text), (str){NULL, 0}, path, out, &locked, e);
    if (!ok && locked) {
        struct passphrase_ask ask = {.subject = path_base(path)};
        if (passphrase_get(&ask, &passphrase, e)) {
            ok = keytext_private(secret_str(&text), secret_str(&passphrase), path, out, &locked, e);
            secret_free(&passphrase);
        }
    }
    secret_free(&text);
    return ok;
}

static int run(struct cli *cli) {
    struct home h;
    struct key_wish wish = {0};
    struct privkey *given = NULL;
    struct pubkey known;
    struct err e = {0};
    if (!key_home(cli, HOME_SIGN, &h, &e))
        return cli_fail(cli, &e);
    bool ok = read_key(cli->args[0], &given, &e) && key_wish_read(cli, SIG_ED25519, &wish, &e);
    wish.plan.given = given;
    ok = ok && keychange_new(&h, cli->arena, &wish.plan, &known, &e);
    if (ok)
        key_report(cli, &h, "made", _("taken over"), &known);
    privkey_free(given);
    key_wish_free(&wish);
    if (ok)
        cli_cosign(cli, &h);
    home_close(&h);
    return ok ? 0 : cli_fail(cli, &e);
}

static const struct option_spec options[] = {KEY_WISH_OPEN, {0}};
static const struct example examples[] = {
    {"akashi key import old.pem", N_("then `akashi key rotate --to ID` signs with it")}, {0}};

const struct command key_import_command = {
    .name = "key import",
    .args = "FILE",
    .summary = N_("take over a private key made elsewhere"),
    .text = N_("FILE is PEM (PRIVATE KEY, ENCRYPTED PRIVATE KEY, EC PRIVATE KEY) or PKCS#8 in DER, an Ed25519 or ECDSA "
               "P-256 key. It is made known like a new one; the file is left as it is."),
    .options = options,
    .examples = examples,
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
