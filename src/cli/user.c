/* SPDX-License-Identifier: Apache-2.0
 *
 * Users of the application, beside the browser.
 */
#include "base/file.h"
#include "cli/access.h"
#include "serve/password.h"

enum { INVITATION = 7 * 86400 };

/* "viewer", "responder@hospital-a" */
static bool read_role(str text, struct grant *out, struct err *e) {
    str word = text, party = S("");
    (void)!str_cut(text, '@', &word, &party);
    *out = (struct grant){.party = party.p ? party : S("")};
    return user_role_parse(word, &out->role) ||
           err_set(e, ERR_USAGE, text,
                   _("a role is viewer, engineer, responder, assessor, manager or admin; with "
                     "@PARTY for what is theirs alone"));
}

VEC_NAMED(role_list, struct grant);
static bool read_roles(struct cli *cli, const str *texts, uint32_t n, struct role_list *out, struct err *e) {
    out->v = arena_array(cli->arena, struct grant, n + 1);
    out->cap = n + 1;
    for (; out->n < n; out->n++)
        if (!read_role(texts[out->n], &out->v[out->n], e))
            return false;
    return true;
}

static str role_text(struct cli *cli, const struct grant *g) {
    const char *word = user_role_words[g->role];
    return g->party.n ? arena_printf(cli->arena, "%s@%.*s", word, STR_ARG(g->party)) : str_of(word);
}

/* One line of a file, or of standard input. */
static bool read_password(struct cli *cli, str name, str *kept, struct err *e) {
    str text, line, path = cli_text(cli, "password-file");
    kept->p = NULL;
    if (!path.p)
        return true;
    if (!file_read(cli->ctx, cli->arena, path, &text, e))
        return false;
    line = S("");
    (void)!str_line(&text, &line);
    return password_fit(name, line, e) && password_keep(cli->arena, line, kept, e);
}

static void say_link(struct cli *cli, str name, str key) {
    if (!key.n)
        return;
    if (cli->json) {
        struct buf b = {0};
        struct jw w = jw_to(&b, true);
        jw_obj(&w);
        jw_kstr(&w, "login", name);
        jw_kstr(&w, "invitation", key);
        jw_obj_end(&w);
        put_json(cli, &b);
        return;
    }
    fprintf(cli->out, _("%.*s sets the password by opening /#join=%.*s behind the server's address, within a week\n"),
            STR_ARG(name), STR_ARG(key));
}

/* With the password that was read, or an invitation. */
static bool admit(struct cli *cli, struct cli_access *k, str id, str kept, str *key, struct err *e) {
    *key = (str){NULL, 0};
    return kept.p ? user_password(k->x, id, kept, e)
                  : user_invite(k->x, cli->arena, id, cli->ctx->now + INVITATION, key, e);
}

static int done(struct cli *cli, struct cli_access *k, bool ok, const struct err *e) {
    cli_access_close(k);
    return ok ? 0 : cli_fail(cli, e);
}

/* ── user add ── */

static int run_add(struct cli *cli) {
    struct err e = {0};
    struct cli_access k = {0};
    struct role_list roles = {0};
    uint32_t n;
    const str *texts = cli_texts(cli, "role", &n);
    str name = cli->args[0], kept, id = {NULL, 0}, key = {NULL, 0};
    bool ok = read_roles(cli, texts, n, &roles, &e) && read_password(cli, name, &kept, &e) &&
              cli_access_open(cli, HOME_SIGN, &k, &e) && access_begin(k.x, &e);
    if (ok) {
        struct user_change to = {
            .clearance = cli_text(cli, "clearance"), .grants = roles.v, .n_grants = roles.n, .disabled = -1};
        ok = user_add(k.x, cli->arena, name, cli_text(cli, "name"), cli->ctx->now, &id, &e) &&
             user_change(k.x, id, &to, &e) && admit(cli, &k, id, kept, &key, &e);
        struct audit said[] = {{.event = "user-added", .user = id},
                               {.event = "roles-changed", .user = id, .grants = roles.v, .n_grants = roles.n}};
        ok = cli_access_end(cli, &k, ok, said, 2, &e);
    }
    if (ok)
        say_link(cli, name, key);
    return done(cli, &k, ok, &e);
}

#define OPTION_PASSWORD                                                                                                \
    {                                                                                                                  \
        .name = "password-file", .kind = OPT_TEXT, .value = "FILE",                                                    \
        .help = N_("the password, as its first line (- is standard input); else an invitation is printed")             \
    }

const struct command user_add_command = {
    .name = "user add",
    .args = "LOGIN",
    .summary = N_("add somebody who may sign in to the web application"),
    .text = N_("Roles: viewer (reads), engineer (uploads releases, products, deployments), responder (cases, VEX), "
               "assessor (attestations, challenges), manager (declarations, offers, contracts), admin (users). A role "
               "with @PARTY is held for that party alone; without one it is for the whole home."),
    .options =
        (const struct option_spec[]){
            {.name = "name", .kind = OPT_TEXT, .value = "NAME", .help = N_("how they are called on screen")},
            {.name = "role", .kind = OPT_TEXT, .many = true, .value = "ROLE[@PARTY]", .help = N_("what they may do")},
            {.name = "clearance",
             .kind = OPT_TEXT,
             .value = "TLP",
             .help = N_("for those who read for other parties: up to which TLP they see what is shared with all"),
             .choices = "clear|green|amber|amber+strict"},
            OPTION_PASSWORD,
            {0}},
    .examples = (const struct example[]){{"akashi user add sato --role responder --role engineer",
                                          N_("she sets her password by the link that is printed")},
                                         {"akashi user add tanaka --role viewer@hospital-a --clearance green",
                                          N_("sees what concerns that hospital, and what is TLP:GREEN")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_add,
};

/* ── user list ── */

static void show_json(struct cli *cli, const struct users *all) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < all->n; i++) {
        const struct user *u = &all->v[i];
        jw_obj(&w);
        jw_kstr(&w, "id", u->id);
        jw_kstr(&w, "login", u->name);
        jw_kstr(&w, "name", u->shown);
        jw_kbool(&w, "disabled", u->disabled);
        jw_kbool(&w, "totp", u->totp.n > 0);
        jw_kint(&w, "passkeys", u->passkeys);
        jw_karr(&w, "roles");
        for (uint32_t k = 0; k < u->grants.n; k++)
            jw_str(&w, role_text(cli, &u->grants.v[k]));
        jw_arr_end(&w);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    put_json(cli, &b);
}

static str roles_of(struct cli *cli, const struct user *u) {
    str out = S("");
    for (uint32_t i = 0; i < u->grants.n; i++)
        out = arena_printf(cli->arena, "%.*s%s%.*s", STR_ARG(out), i ? " " : "",
                           STR_ARG(role_text(cli, &u->grants.v[i])));
    return out;
}

static void show_table(struct cli *cli, const struct users *all) {
    static const struct column columns[] = {{.head = N_("login")},
                                            {.head = N_("name"), .shrink = true},
                                            {.head = N_("id"), .spare = true},
                                            {.head = N_("state")},
                                            {.head = N_("roles"), .wrap = true}};
    struct table *t = table_new(cli->arena, columns, 5);
    for (uint32_t i = 0; i < all->n; i++) {
        const struct user *u = &all->v[i];
        const char *state = u->disabled ? _("disabled") : u->password.n || u->passkeys ? _("active") : _("invited");
        table_row(t);
        table_cell(t, u->name, CELL_BOLD);
        table_cell(t, u->shown, CELL_PLAIN);
        table_cell(t, u->id, CELL_DIM);
        table_cell(t, str_of(state), u->disabled ? CELL_RED : CELL_PLAIN);
        table_cell(t, roles_of(cli, u), CELL_PLAIN);
    }
    table_print(t, cli);
}

static int run_list(struct cli *cli) {
    struct err e = {0};
    struct cli_access k = {0};
    struct users all = {0};
    bool ok = cli_access_open(cli, HOME_READ, &k, &e) && users_all(k.x, cli->arena, &all, &e);
    if (ok && cli->json)
        show_json(cli, &all);
    else if (ok)
        show_table(cli, &all);
    return done(cli, &k, ok, &e);
}

const struct command user_list_command = {
    .name = "user list",
    .args = "",
    .summary = N_("list who may sign in, and their roles"),
    .run = run_list,
};

/* ── user role, disable, password ── */

static int change(struct cli *cli, const struct user_change *to, const struct audit *like) {
    struct err e = {0};
    struct cli_access k = {0};
    struct user u;
    struct audit said = *like;
    bool ok = cli_access_open(cli, HOME_SIGN, &k, &e) && cli_access_user(cli, &k, cli->args[0], &u, &e) &&
              access_begin(k.x, &e);
    if (ok) {
        said.user = u.id;
        ok = cli_access_end(cli, &k, user_change(k.x, u.id, to, &e), &said, 1, &e);
    }
    return done(cli, &k, ok, &e);
}

static int run_role(struct cli *cli) {
    struct err e = {0};
    struct role_list roles = {0};
    if (!read_roles(cli, cli->args + 1, cli->n_args - 1, &roles, &e))
        return cli_fail(cli, &e);
    return change(cli, &(struct user_change){.grants = roles.v, .n_grants = roles.n, .disabled = -1},
                  &(struct audit){.event = "roles-changed", .grants = roles.v, .n_grants = roles.n});
}

const struct command user_role_command = {
    .name = "user role",
    .args = "LOGIN [ROLE[@PARTY]…]",
    .summary = N_("set what somebody may do"),
    .text = N_("The roles given replace all they had. Refused when nobody would be administrator afterwards."),
    .examples = (const struct example[]){{"akashi user role sato admin manager", N_("these two and no others")}, {0}},
    .min_args = 1,
    .max_args = -1,
    .run = run_role,
};

static int run_disable(struct cli *cli) {
    bool undo = cli_flag(cli, "undo");
    return change(cli, &(struct user_change){.disabled = !undo},
                  &(struct audit){.event = undo ? "user-enabled" : "user-disabled"});
}

const struct command user_disable_command = {
    .name = "user disable",
    .args = "LOGIN",
    .summary = N_("keep somebody out: sessions end, tokens are refused"),
    .options = (const struct option_spec[]){{.name = "undo", .help = N_("let them in again")}, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_disable,
};

static int run_password(struct cli *cli) {
    struct err e = {0};
    struct cli_access k = {0};
    struct user u;
    str kept, key = {NULL, 0};
    bool ok = read_password(cli, cli->args[0], &kept, &e) && cli_access_open(cli, HOME_SIGN, &k, &e) &&
              cli_access_user(cli, &k, cli->args[0], &u, &e) && access_begin(k.x, &e);
    if (ok) {
        struct audit said = {.event = kept.p ? "password-set" : "invited", .user = u.id};
        ok = admit(cli, &k, u.id, kept, &key, &e) && (!kept.p || sessions_end(k.x, u.id, (str){NULL, 0}, &e));
        ok = cli_access_end(cli, &k, ok, &said, 1, &e);
    }
    if (ok)
        say_link(cli, u.name, key);
    return done(cli, &k, ok, &e);
}

const struct command user_password_command = {
    .name = "user password",
    .args = "LOGIN",
    .summary = N_("give somebody a new password, or a link to set one"),
    .options = (const struct option_spec[]){OPTION_PASSWORD, {0}},
    .examples = (const struct example[]){{"akashi user password sato", N_("prints a link that is good for a week")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_password,
};
