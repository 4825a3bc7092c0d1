/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens of programs that use the application's API, beside the browser.
 */
#include "cli/access.h"
#include "serve/caller.h"

enum { DAY = 86400, DAYS = 90 };

static int done(struct cli *cli, struct cli_access *k, bool ok, const struct err *e) {
    cli_access_close(k);
    return ok ? 0 : cli_fail(cli, e);
}

static bool read_may(str list, unsigned *out, struct err *e) {
    str word;
    enum may m;
    *out = 0;
    while (str_next(&list, ',', &word)) {
        if (!caller_may_word(str_trim(word), &m))
            return err_set(e, ERR_USAGE, word, _("a token may: read, upload, respond, assess, manage, admin"));
        *out |= 1U << m;
    }
    return true;
}

static str may_text(struct cli *cli, unsigned may) {
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    jw_arr(&w);
    caller_put_may(&w, may);
    jw_arr_end(&w);
    str out = S("");
    for (size_t i = 0; i < b.n; i++)
        if (ch_lower(b.p[i]) || b.p[i] == ',')
            out = arena_printf(cli->arena, "%.*s%c", STR_ARG(out), b.p[i]);
    buf_free(&b);
    return out;
}

/* ── token new ── */

static void say(struct cli *cli, const struct token *t, str secret) {
    if (!cli->json) {
        fprintf(cli->out, "%.*s\n", STR_ARG(secret));
        return;
    }
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "id", t->id);
    jw_kstr(&w, "token", secret);
    jw_kstr(&w, "until", time_rfc3339(cli->arena, t->until));
    jw_obj_end(&w);
    put_json(cli, &b);
}

static int run_new(struct cli *cli) {
    struct err e = {0};
    struct cli_access k = {0};
    struct user u;
    str secret = {NULL, 0}, name = cli_text(cli, "name"), may = cli_text(cli, "may");
    int64_t days = cli_number(cli, "days", DAYS);
    struct token t = {.name = name.n ? name : S("token"),
                      .parties = cli_text(cli, "audience"),
                      .made = cli->ctx->now,
                      .until = cli->ctx->now + days * DAY};
    bool ok = (days >= 1 && days <= TOKEN_DAYS_MOST) ||
              err_set(&e, ERR_USAGE, S("--days"), _("a token is good for 1 to %d days"), TOKEN_DAYS_MOST);
    ok = ok && read_may(may.n ? may : S("read"), &t.may, &e) && cli_access_open(cli, HOME_SIGN, &k, &e) &&
         cli_access_user(cli, &k, cli->args[0], &u, &e) && access_begin(k.x, &e);
    if (ok) {
        t.user = u.id;
        ok = token_new(k.x, cli->arena, &t, &secret, &e);
        struct audit said = {.event = "token-made", .user = u.id, .token = t.id, .may = t.may, .until = t.until};
        ok = cli_access_end(cli, &k, ok, &said, 1, &e);
    }
    if (ok)
        say(cli, &t, secret);
    return done(cli, &k, ok, &e);
}

const struct command token_new_command = {
    .name = "token new",
    .args = "LOGIN",
    .summary = N_("make a token for a program that uses the API"),
    .text = N_("It is printed this once; only its SHA-256 is kept. It may do at most what its user may, now and "
               "later. Programs send it as \"Authorization: Bearer …\" or \"X-Api-Key: …\"."),
    .options =
        (const struct option_spec[]){
            {.name = "may",
             .kind = OPT_TEXT,
             .value = "WORD,…",
             .help = N_("read, upload, respond, assess, manage, admin (default: read)")},
            {.name = "name", .kind = OPT_TEXT, .value = "NAME", .help = N_("what it is for")},
            {.name = "audience",
             .kind = OPT_TEXT,
             .value = "PARTY,…[:TLP]",
             .help = N_("sees only what these parties may see")},
            {.name = "days", .kind = OPT_NUMBER, .value = "N", .help = N_("good for so many days (default: 90)")},
            {0}},
    .examples =
        (const struct example[]){{"akashi token new sato --may read,upload --name CI", N_("for a build server")}, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_new,
};

/* ── token list ── */

static void show_json(struct cli *cli, const struct tokens *all) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < all->n; i++) {
        const struct token *t = &all->v[i];
        jw_obj(&w);
        jw_kstr(&w, "id", t->id);
        jw_kstr(&w, "user", t->user);
        jw_kstr(&w, "name", t->name);
        jw_karr(&w, "may");
        caller_put_may(&w, t->may);
        jw_arr_end(&w);
        jw_kstr(&w, "parties", t->parties);
        if (t->used)
            jw_kstr(&w, "used", time_rfc3339(cli->arena, t->used));
        jw_kstr(&w, "until", time_rfc3339(cli->arena, t->until));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    put_json(cli, &b);
}

static void show_table(struct cli *cli, const struct tokens *all) {
    static const struct column columns[] = {{.head = N_("id")},   {.head = N_("name"), .shrink = true},
                                            {.head = N_("user")}, {.head = N_("may"), .wrap = true},
                                            {.head = N_("used")}, {.head = N_("until")}};
    struct table *t = table_new(cli->arena, columns, 6);
    for (uint32_t i = 0; i < all->n; i++) {
        const struct token *x = &all->v[i];
        table_row(t);
        table_cell(t, x->id, CELL_BOLD);
        table_cell(t, x->name, CELL_PLAIN);
        table_cell(t, x->user, CELL_DIM);
        table_cell(t, may_text(cli, x->may), CELL_PLAIN);
        table_cell(t, x->used ? str_upto(time_rfc3339(cli->arena, x->used), 10) : S("-"), CELL_PLAIN);
        table_cell(t, str_upto(time_rfc3339(cli->arena, x->until), 10),
                   x->until <= cli->ctx->now ? CELL_RED : CELL_PLAIN);
    }
    table_print(t, cli);
}

static int run_list(struct cli *cli) {
    struct err e = {0};
    struct cli_access k = {0};
    struct tokens all = {0};
    bool ok = cli_access_open(cli, HOME_READ, &k, &e) && tokens_of(k.x, cli->arena, (str){NULL, 0}, &all, &e);
    if (ok && cli->json)
        show_json(cli, &all);
    else if (ok)
        show_table(cli, &all);
    return done(cli, &k, ok, &e);
}

const struct command token_list_command = {
    .name = "token list",
    .args = "",
    .summary = N_("list tokens of programs, and when they were last used"),
    .run = run_list,
};

/* ── token revoke ── */

static int run_revoke(struct cli *cli) {
    struct err e = {0};
    struct cli_access k = {0};
    bool found = false, ok = cli_access_open(cli, HOME_SIGN, &k, &e) && access_begin(k.x, &e);
    if (ok) {
        struct audit said = {.event = "token-ended", .token = cli->args[0]};
        ok = token_end(k.x, cli->args[0], (str){NULL, 0}, &found, &e) &&
             (found || err_set(&e, ERR_USAGE, cli->args[0], _("there is no such token")));
        ok = cli_access_end(cli, &k, ok, &said, 1, &e);
    }
    return done(cli, &k, ok, &e);
}

const struct command token_revoke_command = {
    .name = "token revoke",
    .args = "ID",
    .summary = N_("end a token: it is refused from now on"),
    .min_args = 1,
    .max_args = 1,
    .run = run_revoke,
};
