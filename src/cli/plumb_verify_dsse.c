/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/cli.h"
#include "seal/dsse.h"
#include "seal/keytext.h"

static int run(struct cli *cli) {
    struct key_text key;
    struct dsse envelope;
    struct err e = {0};
    str text;
    if (!keytext_given(cli->ctx, cli->arena, cli->args[0], &key, &e) ||
        !file_read_plain(cli->ctx, cli->arena, S("-"), &text, &e) ||
        !dsse_parse(cli->ctx, cli->arena, text, S("-"), &envelope, &e))
        return cli_fail(cli, &e);
    bool ok = dsse_verify(cli->arena, &envelope, &key.key, 1, NULL) == 1;
    fputs(ok ? "ok\n" : "bad\n", cli->out);
    return ok ? 0 : 1;
}

static const struct example examples[] = {
    {"akashi plumb verify-dsse key.pem < sbom.intoto.json", N_("prints ok when that key signed it")}, {0}};

const struct command plumb_verify_dsse_command = {
    .name = "plumb verify-dsse",
    .args = "KEY",
    .summary = N_("verify the signature of a DSSE envelope"),
    .text = N_("Reads an envelope from standard input and prints \"ok\" (exit code 0) when a signature of KEY is good "
               "for it, \"bad\" (exit code 1) otherwise. KEY is a file with a public key, or the key itself as text: "
               "PEM, a C2SP verifier key, minisign, signify, SSH, JWK or DER."),
    .examples = examples,
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
