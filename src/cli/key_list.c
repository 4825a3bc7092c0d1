/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/home.h"
#include "cli/key.h"
#include "seal/home_trust.h"
#include "seal/keyfile.h"

enum { SHORT_ID = 16 };

/* How its file is kept; a file that cannot be read is told as a warning, and the list goes on. */
static const char *kept(struct cli *cli, const struct home *h, const struct known_key *k) {
    static const char *const words[] = {N_("sealed"), N_("open"), N_("token")};
    struct keyfile f;
    struct err e = {0};
    str path = home_key_path(cli->arena, h->path, k->id);
    if (!k->ours || !path_exists(path))
        return "-";
    if (!keyfile_read(cli->arena, path, &f, &e)) {
        ctx_warn_err(cli->ctx, &e);
        return "?";
    }
    const char *word = words[f.seal];
    keyfile_free(&f);
    return word;
}

static str ended_of(struct cli *cli, const struct known_key *k) {
    return k->revoked ? arena_printf(cli->arena, _("revoked: %.*s"), STR_ARG(k->ended)) : str_of(_("rotated"));
}
static str state_of(struct cli *cli, const struct home *h, const struct known_key *k) {
    if (k->ended.p && home_key_signs_log(h, k))
        return arena_printf(cli->arena, _("%.*s, signs the log"), STR_ARG(ended_of(cli, k)));
    if (k->ended.p)
        return ended_of(cli, k);
    if (!k->ours)
        return str_of(_("trusted"));
    if (home_key_signs(h, k))
        return str_of(home_key_signs_log(h, k) ? _("signs, also the log") : _("signs"));
    return str_of(home_key_signs_log(h, k) ? _("signs the log") : _("good"));
}
static enum cell_style style_of(const struct known_key *k) {
    return k->revoked ? CELL_RED : k->ended.p ? CELL_DIM : CELL_PLAIN;
}

static void show_table(struct cli *cli, const struct home *h) {
    static const struct column columns[] = {
        {.head = N_("key")},   {.head = N_("kind")}, {.head = N_("party"), .shrink = true},
        {.head = N_("since")}, {.head = N_("file")}, {.head = N_("state"), .wrap = true}};
    struct table *t = table_new(cli->arena, columns, 6);
    for (uint32_t i = 0; i < h->keys->keys.n; i++) {
        const struct known_key *k = &h->keys->keys.v[i];
        str since = k->ours ? str_upto(time_rfc3339(cli->arena, k->from), 10) : S("-");
        table_row(t);
        table_cell(t, str_upto(pubkey_id_hex(cli->arena, &k->key), SHORT_ID), CELL_BOLD);
        table_cell(t, str_of(sig_kind_name(k->key.kind)), CELL_PLAIN);
        table_cell(t, k->name, CELL_PLAIN);
        table_cell(t, since, CELL_PLAIN);
        table_cell(t, str_of(_(kept(cli, h, k))), CELL_PLAIN);
        table_cell(t, state_of(cli, h, k), style_of(k));
    }
    table_print(t, cli);
}

static str file_of(struct cli *cli, const struct home *h, const struct known_key *k) {
    return k->ours ? str_of(kept(cli, h, k)) : k->path;
}
static void show_json(struct cli *cli, const struct home *h) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < h->keys->keys.n; i++)
        home_key_json(h, cli->arena, &w, &h->keys->keys.v[i], file_of(cli, h, &h->keys->keys.v[i]));
    jw_arr_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

static int run(struct cli *cli) {
    struct home h;
    struct err e = {0};
    uint64_t size;
    if (!key_home(cli, HOME_READ, &h, &e))
        return cli_fail(cli, &e);
    if (!home_as_of(&h, cli_text(cli, "as-of"), &size, &e) || !home_keys_at(&h, cli->arena, size, &h.keys, &e)) {
        home_close(&h);
        return cli_fail(cli, &e);
    }
    if (cli->json)
        show_json(cli, &h);
    else
        show_table(cli, &h);
    home_close(&h);
    cli_warnings(cli);
    return 0;
}

const struct command key_list_command = {
    .name = "key list",
    .args = "",
    .summary = N_("list our keys, and the keys of others that are trusted"),
    .text = N_("Whether a key is good, and from when, is what the log says; a key of somebody else is trusted because "
               "`akashi key trust` was told so."),
    .options = (const struct option_spec[]){OPTION_AS_OF, {0}},
    .run = run,
};
