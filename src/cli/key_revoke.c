/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/key.h"
#include "cli/net.h"

static bool find_key(struct cli *cli, const struct home *h, struct key_revocation *r, struct err *e) {
    str since = cli_text(cli, "since");
    r->key = keyring_named(h->keys, cli->args[0], e);
    r->reason = cli_text(cli, "reason");
    r->doubtful_from = INT64_MAX;
    if (!r->key)
        return false;
    if (!r->key->ours) {
        err_set(e, ERR_USAGE, cli->args[0], _("this is a key of somebody else"));
        return err_hint(e, _("to trust it no longer, remove %.*s"), STR_ARG(r->key->path));
    }
    if (!r->reason.n)
        return err_set(e, ERR_USAGE, (str){NULL, 0}, _("a revocation needs --reason"));
    if (since.p && (!time_parse(since, &r->doubtful_from) || r->doubtful_from > cli->ctx->now))
        return err_set(e, ERR_USAGE, since, _("--since needs a time that is past, such as 2026-11-21T09:00:00Z"));
    return true;
}

static void report(struct cli *cli, const struct home *h, const struct key_revocation *r) {
    key_report(cli, h, "revoked", _("revoked"), &r->key->key);
    if (cli->json)
        return;
    str id = pubkey_id_hex(cli->arena, &r->successor);
    if (r->replaced)
        fprintf(cli->out, _("from now on %.*s signs\n"), STR_ARG(id));
    if (r->log_replaced)
        fprintf(cli->out, _("the log has another verifier key now; give it to those who check the log:\n  %.*s\n"),
                STR_ARG(vkey_text(cli->arena, &h->vkey)));
}

static int run(struct cli *cli) {
    struct home h;
    struct key_wish wish = {0};
    struct key_revocation r = {.plan = &wish.plan};
    struct err e = {0};
    if (!key_home(cli, HOME_SIGN, &h, &e))
        return cli_fail(cli, &e);
    bool ok = find_key(cli, &h, &r, &e) &&
              (!keychange_revoke_makes(&h, r.key) || key_wish_read(cli, r.key->key.kind, &wish, &e)) &&
              keychange_revoke(&h, cli->arena, &r, &e);
    if (ok)
        report(cli, &h, &r);
    key_wish_free(&wish);
    if (ok)
        cli_cosign(cli, &h);
    home_close(&h);
    return ok ? 0 : cli_fail(cli, &e);
}

static const struct option_spec options[] = {
    {.name = "reason", .kind = OPT_TEXT, .value = "TEXT", .help = N_("why; stands in the log for good")},
    {.name = "since",
     .kind = OPT_TEXT,
     .value = "TIME",
     .help = N_("what it signed from then on is not to be trusted, though logged before")},
    KEY_WISH_OPEN,
    {0}};
static const struct example examples[] = {{"akashi key revoke 5f6b1a2c --reason 'laptop stolen' --since 2026-11-20",
                                           N_("what was signed before that day stays good")},
                                          {0}};

const struct command key_revoke_command = {
    .name = "key revoke",
    .args = "KEY",
    .summary = N_("say that a key is not to be trusted any more"),
    .text = N_(
        "KEY is its id, 8 hex digits or more. Where that key signs for this home or its log, a new one is made and "
        "takes its place in the same step. A revoked key never comes back."),
    .options = options,
    .examples = examples,
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
