/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/key.h"
#include "seal/keytext.h"

/* Without a name: the key that signs; as a verifier key, the log's. */
static bool choose(struct cli *cli, const struct home *h, enum key_form form, struct pubkey *out, struct err *e) {
    const struct known_key *k = cli->n_args ? keyring_named(h->keys, cli->args[0], e)
                                            : keyring_find(h->keys, h->key_id);
    if (!cli->n_args && form == KEY_VKEY)
        return *out = h->vkey.key, true;
    if (!k)
        return cli->n_args ? false : err_set(e, ERR_INPUT, h->path, _("the log tells nothing of the key that signs"));
    *out = k->key;
    return true;
}

static enum key_form form_of(struct cli *cli) {
    str name = cli_text(cli, "format");
    for (unsigned f = KEY_PEM; f <= KEY_DER; f++)
        if (str_is(name, key_form_name((enum key_form)f)))
            return (enum key_form)f;
    return KEY_PEM;
}

/* The key as text in JSON; DER in base64. */
static void print(struct cli *cli, enum key_form form, const struct pubkey *k, str text) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    if (!cli->json) {
        fwrite(text.p, 1, text.n, cli->out);
        return;
    }
    jw_obj(&w);
    key_json(cli, &w, k, (str){NULL, 0});
    jw_kstr(&w, "format", str_of(key_form_name(form)));
    jw_kstr(&w, "key", form == KEY_DER ? base64_text(cli->arena, text) : text);
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

/* After a rotation the log keeps its key: who checks proofs needs both. */
static void tell_log_key(struct cli *cli, const struct home *h, const struct pubkey *k) {
    unsigned char signs[32], log[32];
    pubkey_id(k, signs);
    pubkey_id(&h->vkey.key, log);
    if (memcmp(signs, log, sizeof log) != 0)
        ctx_warn(cli->ctx, h->origin, _("the log is signed by another key, give that too: akashi key export %.16s"),
                 pubkey_id_hex(cli->arena, &h->vkey.key).p);
}

static int run(struct cli *cli) {
    struct home h;
    struct pubkey k;
    struct err e = {0};
    enum key_form form = form_of(cli);
    str text, name = cli_text(cli, "name");
    if (!key_home(cli, HOME_READ, &h, &e))
        return cli_fail(cli, &e);
    if (!name.p)
        name = form == KEY_VKEY ? h.origin : h.party;
    bool ok = choose(cli, &h, form, &k, &e) && keytext_write(cli->arena, form, &k, name, &text, &e);
    if (ok && !cli->n_args && form != KEY_VKEY)
        tell_log_key(cli, &h, &k);
    if (ok)
        print(cli, form, &k, text);
    cli_warnings(cli);
    home_close(&h);
    return ok ? 0 : cli_fail(cli, &e);
}

static const struct option_spec options[] = {
    {.name = "format",
     .kind = OPT_TEXT,
     .value = "FORMAT",
     .help = N_("pem (default), vkey (C2SP verifier key), ssh, der"),
     .choices = "pem|vkey|ssh|der"},
    {.name = "name", .kind = OPT_TEXT, .value = "NAME", .help = N_("the name in a verifier key or behind an SSH key")},
    {0}};
static const struct example examples[] = {
    {"akashi key export > supplier.pem", N_("what customers give to `akashi key trust`")},
    {"akashi key export --format vkey", N_("what checks the log's checkpoints")},
    {0}};

const struct command key_export_command = {
    .name = "key export",
    .args = "[KEY]",
    .summary = N_("write a public key for others"),
    .text = N_(
        "Without KEY it is the key that signs; with --format vkey, the key of the log. KEY is an id, 8 hex digits "
        "or more. Private keys are not written: their files in HOME/keys are what to back up."),
    .options = options,
    .examples = examples,
    .max_args = 1,
    .run = run,
};
