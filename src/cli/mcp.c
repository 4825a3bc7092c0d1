/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi mcp: a message a line on standard input, an answer a line on standard output.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli/impact.h"
#include "impact/follow.h"
#include "serve/mcp.h"

enum { LINE_MOST = 1 << 20 };

static bool answer_line(struct cli *cli, struct cli_portfolio *x, const struct reader *reader, str line,
                        struct err *e) {
    struct arena *a = arena_new();
    struct answer ignored = {0};
    const struct asked asked = {.method = "POST", .path = S("/mcp"), .arguments = (const struct answer_header[]){{0}}};
    struct call *q = arena_new_of(a, struct call);
    bool own = false;
    *q = (struct call){.a = a,
                       .ctx = cli->ctx,
                       .asked = &asked,
                       .views = x->p,
                       .home = &x->home,
                       .lang = msg_lang(),
                       .out = &ignored,
                       .who = {.by = CALLER_TOKEN, .may = 1U << MAY_SELF | 1U << MAY_READ, .reader = *reader}};
    bool ok = portfolio_read(x->p, &own, e) && portfolio_refresh(x->p, e);
    if (ok) {
        str reply = mcp_answer(q, line);
        if (reply.p)
            fprintf(cli->out, "%.*s\n", STR_ARG(reply));
        fflush(cli->out);
    }
    portfolio_read_end(x->p, own);
    arena_free(a);
    return ok;
}

static bool talk(struct cli *cli, struct cli_portfolio *x, const struct reader *reader, struct err *e) {
    char *line = NULL;
    size_t room = 0;
    bool ok = true;
    for (ssize_t n; ok && (n = getline(&line, &room, stdin)) > 0;) {
        str text = str_trim(str_n(line, (size_t)n));
        if (text.n > LINE_MOST)
            ok = err_set(e, ERR_LIMIT, S("stdin"), _("a message may have %d bytes at most"), LINE_MOST);
        else if (text.n)
            ok = answer_line(cli, x, reader, text, e);
    }
    free(line);
    return ok;
}

static int run(struct cli *cli) {
    struct cli_portfolio x;
    struct reader reader = reader_owner;
    struct err e = {0};
    str audience = cli_text(cli, "audience");
    if (!cli_portfolio_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = (!audience.p || reader_parse(x.p, cli->arena, audience, &reader, &e)) && talk(cli, &x, &reader, &e);
    cli_portfolio_close(&x);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command mcp_command = {
    .name = "mcp",
    .args = "",
    .summary = N_("answer agents: the Model Context Protocol on standard input and output"),
    .text = N_("The routes of the API that read, as tools. Nothing can be changed with them. `akashi serve` offers the "
               "same at POST /mcp, to whoever has a token."),
    .options = (const struct option_spec[]){OPTION_AUDIENCE, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi mcp", N_("what an agent's settings name as its command")},
                                         {"akashi mcp --audience city:green", N_("only what that party may see")},
                                         {0}},
    .run = run,
};
