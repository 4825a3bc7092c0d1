/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/key.h"
#include "seal/home_trust.h"
#include "seal/keytext.h"

static bool trust(struct cli *cli, struct home *h, const struct key_text *k, str *path, struct err *e) {
    str party = cli_text(cli, "name");
    if (!party.n)
        return err_set(e, ERR_USAGE, (str){NULL, 0}, _("whose key is it? --name PARTY"));
    return home_trust(h, cli->arena, &k->key, party, cli->args[0], path, e);
}

static int run(struct cli *cli) {
    struct home h;
    struct key_text k;
    struct err e = {0};
    str path;
    if (!key_home(cli, HOME_READ, &h, &e))
        return cli_fail(cli, &e);
    bool ok = keytext_given(cli->ctx, cli->arena, cli->args[0], &k, &e) && trust(cli, &h, &k, &path, &e);
    home_close(&h);
    if (!ok)
        return cli_fail(cli, &e);
    str id = pubkey_id_hex(cli->arena, &k.key);
    if (cli->json)
        fprintf(cli->out, "{\"id\": \"%.*s\"}\n", STR_ARG(id));
    else
        fprintf(cli->out, _("trusted: %.*s\n  %.*s\n"), STR_ARG(id), STR_ARG(path));
    return 0;
}

static const struct option_spec options[] = {
    {.name = "name", .kind = OPT_TEXT, .value = "PARTY", .help = N_("whose key it is")}, {0}};
static const struct example examples[] = {
    {"akashi key trust supplier.pem --name '例株式会社'", N_("what they sign counts from now on")}, {0}};

const struct command key_trust_command = {
    .name = "key trust",
    .args = "FILE",
    .summary = N_("trust a key of somebody else"),
    .text = N_(
        "FILE holds a public key as PEM, C2SP verifier key, minisign, signify, SSH, JWK or DER; the key itself as "
        "text will do too. Ask its owner over another way whether the id shown is the right one. The key is "
        "kept in HOME/keys/trusted; `akashi key distrust` ends the trust."),
    .options = options,
    .examples = examples,
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
