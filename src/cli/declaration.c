/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/declaration.h"

#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"
#include "seal/home_bundle.h"
#include "seal/keytext.h"

bool cli_person(struct cli *cli, struct person *out, struct err *e) {
    *out = (struct person){cli_text(cli, "person"), cli_text(cli, "title")};
    if (out->name.n && out->role.n)
        return true;
    err_set(e, ERR_USAGE, out->name.n ? S("--title") : S("--person"), "%s", _("who says so, in which role?"));
    return err_hint(e, "%s", _("--person 'NAME' --title 'ROLE'"));
}

bool cli_state_and_hand_over(struct cli *cli, struct cli_portfolio *x, str payload, str file, uint64_t *index,
                             struct err *e) {
    struct portfolio_add add = {.payload = payload};
    struct bundle b;
    if (!portfolio_append(x->p, cli->arena, &add, 1, e))
        return false;
    *index = add.index;
    return home_bundle(&x->home, cli->arena, index, 1, &b, e) && file_replace(file, bundle_text(cli->arena, &b), e);
}

bool cli_attach(struct cli *cli, struct cli_portfolio *x, const str *paths, uint32_t n, struct attacheds *out,
                struct err *e) {
    for (uint32_t i = 0; i < n; i++) {
        struct body_name name;
        str text;
        if (!file_read_plain(cli->ctx, cli->arena, paths[i], &text, e) || !archive_put(x->home.archive, text, &name, e))
            return false;
        *vec_push(cli->arena, out) = (struct attached){path_base(paths[i]), hex_text(cli->arena, name.b, 32)};
    }
    return !n || archive_sync(x->home.archive, e);
}

const char *standing_title(enum standing s) {
    static const char *const titles[] = {N_("good"),      N_("expired"),   N_("at risk"),    N_("challenged"),
                                         N_("suspended"), N_("corrected"), N_("superseded"), N_("withdrawn")};
    return _(titles[s]);
}

enum cell_style standing_style(enum standing s) {
    static const enum cell_style styles[] = {CELL_GREEN, CELL_DIM, CELL_YELLOW, CELL_YELLOW,
                                             CELL_RED,   CELL_DIM, CELL_DIM,    CELL_RED};
    return styles[s];
}

static bool keys_brought_along(struct cli *cli, str file, struct trusted_keys *out, struct err *e) {
    struct bundle b = {0};
    str text;
    if (!file_read_plain(cli->ctx, cli->arena, file, &text, e) ||
        !bundle_read_any(cli->ctx, cli->arena, text, file, &b, e))
        return false;
    for (uint32_t i = 0; i < b.keys.n; i++) {
        struct key_text key;
        if (!keytext_read(cli->ctx, cli->arena, b.keys.v[i], file, &key, NULL))
            continue;
        struct trusted_key *k = vec_push(cli->arena, out);
        *k = (struct trusted_key){.key = key.key, .name = file};
        pubkey_id(&k->key, k->id);
    }
    return true;
}

bool cli_handed_read(struct cli *cli, struct home *home, str file, struct cli_handed *out, struct err *e) {
    static const char *const kinds[] = {"declaration", "endorsement", "challenge", "challenge-answer", "standing"};
    struct verify_options o = {.home = home, .as_of = UINT64_MAX, .statements_only = true};
    *out = (struct cli_handed){0};
    if (!keys_brought_along(cli, file, &o.keys, e) || !verify_thing(cli->ctx, cli->arena, file, &o, &out->verdict, e))
        return false;
    for (uint32_t i = 0; i < out->verdict.statements.n; i++) {
        const struct verified *v = &out->verdict.statements.v[i];
        for (int k = 0; k < 5; k++)
            if (v->trusted && str_is(v->kind, kinds[k])) {
                out->of[k] = v;
                out->known[k] = keyring_judge(home->keys, v->key, v->logged ? v->time : cli->ctx->now) == KEY_GOOD;
            }
    }
    return true;
}
