/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/net.h"
#include "cli/portfolio.h"
#include "serve/app.h"
#include "serve/call.h"

static bool answer(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    (void)e;
    return call_answer(of, a, q, out);
}

/* Every method on every path: which of them exist is the application's business. */
static const struct route routes[] = {
    {.method = "GET", .path = "/", .below = true, .answer = answer},
    {.method = "POST", .path = "/", .below = true, .most = 64U << 20, .answer = answer},
    {.method = "PUT", .path = "/", .below = true, .most = 64U << 20, .answer = answer},
    {.method = "DELETE", .path = "/", .below = true, .answer = answer},
    {0},
};

static int run(struct cli *cli) {
    struct err e = {0};
    struct app *app = NULL;
    struct app_plan plan = {.home = cli->home, .problem = cli_loud};
    bool ok = cli_store(cli, &plan.store, &e) && app_open(cli->ctx, &plan, &app, &e) &&
              cli_serve(cli, routes, app,
                        arena_printf(cli->arena, _("the administrator's key for this start: %.*s\n"),
                                     STR_ARG(app_first_key(app))),
                        &e);
    app_close(app);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command serve_command = {
    .name = "serve",
    .args = "",
    .summary = N_("the web application and its JSON API"),
    .text = N_("Everything on screen comes from the same API that scripts use."),
    .options = (const struct option_spec[]){OPTION_LISTEN, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi serve --listen 127.0.0.1:8433", N_("for this machine")}, {0}},
    .run = run,
};
