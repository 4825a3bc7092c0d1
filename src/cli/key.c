/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/key.h"

#include "seal/keyfile.h"
#include "seal/passphrase.h"

bool key_home(struct cli *cli, enum home_use use, struct home *out, struct err *e) {
    int lock;
    return (use == HOME_READ || keychange_lock(cli->arena, cli->home, &lock, e)) &&
           home_open(cli->ctx, cli->arena, cli->home, use, out, e);
}

static bool read_token(struct cli *cli, struct key_wish *out, struct err *e) {
    struct passphrase_ask ask = {.subject = S("PKCS#11")};
    out->plan.token = cli_text(cli, "token");
    if (str_find(out->plan.token, S("pin-")) != STR_NONE) /* the URI says where the PIN is */
        return true;
    if (!passphrase_get(&ask, &out->pin, e))
        return false;
    out->plan.pin = secret_str(&out->pin);
    return true;
}

bool key_wish_read(struct cli *cli, enum sig_kind otherwise, struct key_wish *out, struct err *e) {
    struct passphrase_ask ask = {.subject = str_of(_("the new key")), .fresh = true};
    str kind = cli_text(cli, "key-type");
    *out = (struct key_wish){.plan = {.kind = otherwise, .cost = KEYFILE_COST}};
    if (kind.p && !sig_kind_known(kind, &out->plan.kind))
        return err_set(e, ERR_USAGE, kind, _("no such kind of key is known"));
    if (cli_text(cli, "token").p)
        return read_token(cli, out, e);
    if (cli_flag(cli, "no-passphrase"))
        return true;
    if (!passphrase_get(&ask, &out->passphrase, e)) {
        if (e->kind == ERR_ENV && !e->hint[0])
            err_hint(e, "%s", _("--no-passphrase keeps the key without one"));
        return false;
    }
    out->plan.passphrase = secret_str(&out->passphrase);
    return true;
}
void key_wish_free(struct key_wish *w) {
    secret_free(&w->passphrase);
    secret_free(&w->pin);
}

void key_json(struct cli *cli, struct jw *w, const struct pubkey *k, str party) {
    jw_kstr(w, "id", pubkey_id_hex(cli->arena, k));
    jw_kstr(w, "kind", str_of(sig_kind_name(k->kind)));
    jw_kstr(w, "party", party);
}

void key_report(struct cli *cli, const struct home *h, const char *event, const char *says, const struct pubkey *k) {
    unsigned char id[32];
    pubkey_id(k, id);
    str file = home_key_path(cli->arena, h->path, id), hex = pubkey_id_hex(cli->arena, k);
    if (!cli->json) {
        fprintf(cli->out, "%s %.*s\n", says, STR_ARG(hex));
        fprintf(cli->out, "  %.*s\n", STR_ARG(file));
        return;
    }
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "event", str_of(event));
    key_json(cli, &w, k, h->party);
    jw_kstr(&w, "file", file);
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}
