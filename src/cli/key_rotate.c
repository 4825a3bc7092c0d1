/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/key.h"
#include "cli/net.h"

static bool find_to(struct cli *cli, const struct home *h, const struct known_key **to, struct err *e) {
    str name = cli_text(cli, "to");
    *to = name.p ? keyring_named(h->keys, name, e) : NULL;
    if (name.p && *to && !(*to)->ours)
        return err_set(e, ERR_USAGE, name, _("this is a key of somebody else"));
    return !name.p || *to;
}

static int run(struct cli *cli) {
    struct home h;
    struct key_wish wish = {0};
    const struct known_key *to;
    struct pubkey now;
    struct err e = {0};
    if (!key_home(cli, HOME_SIGN, &h, &e))
        return cli_fail(cli, &e);
    bool ok = find_to(cli, &h, &to, &e) && (to || key_wish_read(cli, privkey_public(h.key)->kind, &wish, &e)) &&
              keychange_rotate(&h, cli->arena, to ? NULL : &wish.plan, to, &now, &e);
    if (ok)
        key_report(cli, &h, "rotated", _("from now on signs"), &now);
    key_wish_free(&wish);
    if (ok)
        cli_cosign(cli, &h);
    home_close(&h);
    return ok ? 0 : cli_fail(cli, &e);
}

static const struct option_spec options[] = {
    {.name = "to", .kind = OPT_TEXT, .value = "ID", .help = N_("a key made before by `key new`; else one is made now")},
    KEY_WISH_KIND,
    KEY_WISH_TOKEN,
    KEY_WISH_OPEN,
    {0}};
static const struct example examples[] = {
    {"akashi key rotate", N_("a new key takes over; what the old one signed stays good")}, {0}};

const struct command key_rotate_command = {
    .name = "key rotate",
    .args = "",
    .summary = N_("hand over to a new key"),
    .text = N_("Two statements go into the log: one makes the new key known, signed by both; one says that the old key "
               "hands over, signed by the old one. What the old key signed before stays good, what comes after is "
               "refused. The log goes on signing its checkpoints with the key it has, so that its name stays."),
    .options = options,
    .examples = examples,
    .run = run,
};
