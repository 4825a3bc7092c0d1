/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/home.h"
#include "seal/keyfile.h"
#include "seal/passphrase.h"

static bool read_plan(struct cli *cli, struct home_plan *plan, struct err *e) {
    str roles = cli_text(cli, "role"), kind = cli_text(cli, "key-type");
    plan->party = str_trim(cli_text(cli, "name"));
    plan->origin = cli_text(cli, "origin");
    plan->kind = SIG_ED25519;
    plan->cost = KEYFILE_COST;
    plan->encrypt = cli_flag(cli, "encrypt-archive");
    if (!plan->party.n) {
        err_set(e, ERR_USAGE, (str){NULL, 0}, "%s", _("whose home is it? --name is missing"));
        return err_hint(e, "%s", _("akashi init --name \"Example Ltd\" --role developer,supplier"));
    }
    if (!roles_parse(roles, &plan->roles)) {
        err_set(e, ERR_USAGE, roles, "%s",
                _("--role must be one or more of developer, supplier, operator, customer, other"));
        return err_hint(e, "%s", _("akashi init --name \"Example Ltd\" --role developer,supplier"));
    }
    if (kind.p && !sig_kind_known(kind, &plan->kind))
        return err_set(e, ERR_USAGE, kind, "%s", _("this kind of key is not known"));
    for (size_t i = 0; i < plan->origin.n; i++)
        if ((unsigned char)plan->origin.p[i] <= ' ' || plan->origin.p[i] == '+')
            return err_set(e, ERR_USAGE, plan->origin, "%s", _("an origin must have no blanks and no +"));
    return true;
}

static bool make(struct cli *cli, struct home_plan *plan, struct err *e) {
    struct passphrase_ask ask = {.subject = plan->party, .fresh = true};
    struct secret passphrase = {0};
    if (home_is(cli->home)) /* before a passphrase is asked for */
        return home_make(cli->ctx, cli->home, plan, e);
    if (!cli_flag(cli, "no-passphrase")) {
        if (!passphrase_get(&ask, &passphrase, e)) {
            if (!e->hint[0] || strstr(e->hint, "AKASHI_PASSPHRASE_FILE"))
                err_hint(e, "%s",
                         _("AKASHI_PASSPHRASE_FILE may name a file that holds it (chmod 600); --no-passphrase "
                           "leaves the key unsealed, for a machine that signs alone"));
            return false;
        }
        plan->passphrase = secret_str(&passphrase);
    }
    bool ok = home_make(cli->ctx, cli->home, plan, e);
    secret_free(&passphrase);
    return ok;
}

static void say_json(struct cli *cli, const struct home *h, uint64_t size, bool sealed) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    const struct known_key *key = keyring_find(h->keys, h->key_id);
    str roles = roles_text(cli->arena, h->roles), role;
    jw_obj(&w);
    jw_kstr(&w, "home", cli->home);
    jw_kstr(&w, "party", h->party);
    jw_karr(&w, "roles");
    while (str_next(&roles, ',', &role))
        jw_str(&w, role);
    jw_arr_end(&w);
    jw_kobj(&w, "key");
    jw_kstr(&w, "id", pubkey_id_hex(cli->arena, &key->key));
    jw_kstr(&w, "type", str_of(sig_kind_name(key->key.kind)));
    jw_kbool(&w, "sealed", sealed);
    jw_obj_end(&w);
    jw_kobj(&w, "log");
    jw_kstr(&w, "origin", h->origin);
    jw_kint(&w, "size", (int64_t)size);
    jw_kstr(&w, "key", vkey_text(cli->arena, &h->vkey));
    jw_obj_end(&w);
    jw_obj_end(&w);
    put_json(cli, &b);
}

static void say_text(struct cli *cli, const struct home *h, uint64_t size, bool sealed) {
    FILE *out = cli->out;
    const struct known_key *key = keyring_find(h->keys, h->key_id);
    fprintf(out, _("The home of %.*s is ready: %.*s\n\n"), STR_ARG(h->party), STR_ARG(cli->home));
    fprintf(out, _("  roles    %.*s\n"), STR_ARG(roles_text(cli->arena, h->roles)));
    fprintf(out, _("  key      %s %.*s, %s\n"), sig_kind_name(key->key.kind), STR_ARG(short_hex(cli->arena, key->id)),
            sealed ? _("sealed with your passphrase") : _("not sealed: whoever can read the file can sign"));
    fprintf(out, _("  log      %.*s, %llu entries: your key, and who you are\n"), STR_ARG(h->origin),
            (unsigned long long)size);
    fprintf(out, _("  log key  %.*s\n"), STR_ARG(vkey_text(cli->arena, &h->vkey)));
    fprintf(out, "\n%s\n", _("What next:"));
    fprintf(out, "  akashi key export             %s\n", _("the public key, for your customers"));
    fprintf(out, "  akashi release DIR --product P --version V\n");
    fprintf(out, "                                %s\n", _("SBOM, findings, hardening, provenance: signed and logged"));
    fprintf(out, "  akashi log find FILE-DIGEST   %s\n", _("everything said about a file"));
    fprintf(out, "\n%s\n",
            _("Keep a copy of the folder keys/ where only you can reach it: a lost key cannot be made again."));
}

static int run_init(struct cli *cli) {
    struct err e = {0};
    struct home_plan plan = {0};
    struct home h;
    struct checkpoint now;
    str note;
    if (!read_plan(cli, &plan, &e) || !make(cli, &plan, &e) ||
        !home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &h, &e))
        return cli_fail(cli, &e);
    bool ok = log_checkpoint(h.log, cli->arena, &now, &note, &e);
    if (ok && cli->json)
        say_json(cli, &h, now.size, !cli_flag(cli, "no-passphrase"));
    else if (ok)
        say_text(cli, &h, now.size, !cli_flag(cli, "no-passphrase"));
    home_close(&h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command init_command = {
    .name = "init",
    .summary = N_("make the home: who you are, your key, your log"),
    .text = N_(
        "A home holds the party's name and roles, its key, the log of everything it says, and the archive. It is "
        "made whole or not at all. The passphrase that seals the key is asked for at the terminal, or taken from "
        "the file that AKASHI_PASSPHRASE_FILE names or from the systemd credential akashi-passphrase."),
    .options =
        (const struct option_spec[]){
            {.name = "name", .kind = OPT_TEXT, .value = "NAME", .help = N_("the organisation, as it signs contracts")},
            {.name = "role",
             .kind = OPT_TEXT,
             .value = "ROLE,…",
             .help = N_("developer, supplier, operator, customer, other")},
            {.name = "no-passphrase",
             .kind = OPT_FLAG,
             .help = N_("do not seal the key: for machines that sign alone")},
            {.name = "encrypt-archive",
             .kind = OPT_FLAG,
             .help = N_("encrypt the archive with a key of its own (keys/archive.key)")},
            {.name = "origin",
             .kind = OPT_TEXT,
             .value = "NAME",
             .help = N_("the log's name, such as example.jp/akashi; otherwise a random one")},
            {.name = "key-type",
             .kind = OPT_TEXT,
             .value = "TYPE",
             .choices = "ed25519|ecdsa-p256",
             .help = N_("of the key that signs statements: ed25519 (default), ecdsa-p256")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi init --name \"例株式会社\" --role developer,supplier", N_("on the first day")},
            {"akashi init --name Builder --role developer --no-passphrase", N_("on a build machine")},
            {0},
        },
    .run = run_init,
};
