/* SPDX-License-Identifier: Apache-2.0 */
#include "base/disk.h"
#include "cli/key.h"
#include "seal/keytext.h"

/* Kept in one form, whatever it came as. */
static bool keep(struct cli *cli, const struct pubkey *k, str party, str *path, struct err *e) {
    str text;
    char *folder = arena_cstr(cli->arena, trusted_folder(cli->arena, cli->home));
    return disk_folder(cli->ctx, folder, 0700, e) && trusted_path(cli->arena, cli->home, party, k, path, e) &&
           keytext_write(cli->arena, KEY_PEM, k, party, &text, e) &&
           disk_put(cli->ctx, arena_cstr(cli->arena, *path), text, 0644, DISK_DURABLE, e);
}

static bool trust(struct cli *cli, const struct home *h, const struct key_text *k, str *path, struct err *e) {
    unsigned char id[32];
    str party = cli_text(cli, "name");
    if (!party.n)
        return err_set(e, ERR_USAGE, (str){NULL, 0}, _("whose key is it? --name PARTY"));
    pubkey_id(&k->key, id);
    const struct known_key *known = keyring_find(h->keys, id);
    if (known && known->ours)
        return err_set(e, ERR_USAGE, cli->args[0], _("this is a key of our own"));
    if (known && !str_eq(known->name, party))
        return err_set(e, ERR_USAGE, cli->args[0], _("this key is trusted already, as one of %.*s"),
                       STR_ARG(known->name));
    *path = known ? known->path : (str){NULL, 0};
    return known || keep(cli, &k->key, party, path, e);
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
        "kept in HOME/keys/trusted; removing its file there ends the trust."),
    .options = options,
    .examples = examples,
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
