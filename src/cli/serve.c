/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "cli/net.h"
#include "cli/portfolio.h"
#include "serve/app.h"
#include "serve/call.h"

static bool meet(void *of, struct arena *a, struct asked *q, struct terms *terms, struct answer *out) {
    return call_meet(of, a, q, terms, out);
}

static bool answer(void *of, struct arena *a, const struct asked *q, struct answer *out, struct err *e) {
    (void)e;
    return call_answer(of, a, q, out);
}

static void refuse(void *of, struct arena *a, const struct asked *q, int status, struct answer *out) {
    (void)of;
    call_refused(a, q, status, out);
}

/* Which paths exist is the application's business. */
static const struct route routes[] = {
    {.path = "/", .below = true, .answer = answer, .meet = meet},
    {0},
};

/* Bodies of requests that a killed server left. */
static bool make_incoming(struct cli *cli, str *out, struct err *e) {
    *out = path_join(cli->arena, cli->home, S("incoming"));
    if (!disk_folder(cli->ctx, out->p, 0700, e))
        return false;
    DIR *d = opendir(out->p);
    for (struct dirent *x; d && (x = readdir(d));)
        if (x->d_name[0] != '.')
            (void)unlinkat(dirfd(d), x->d_name, 0);
    if (d)
        closedir(d);
    return true;
}

static bool serve(struct cli *cli, struct app *app, struct err *e) {
    struct server_plan plan = {.routes = routes,
                               .of = app,
                               .certificate = cli_text(cli, "tls-cert"),
                               .key = cli_text(cli, "tls-key"),
                               .connections = 4096,
                               .refuse = refuse};
    plan.every = call_every_header(plan.certificate.n > 0);
    if (plan.certificate.p && !plan.key.p)
        plan.key = plan.certificate;
    return make_incoming(cli, &plan.incoming, e) &&
           cli_serve_plan(cli, &plan,
                          arena_printf(cli->arena, _("the administrator's key for this start: %.*s\n"),
                                       STR_ARG(app_first_key(app))),
                          e);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct app *app = NULL;
    struct app_plan plan = {.home = cli->home, .problem = cli_loud};
    bool ok = cli_store(cli, &plan.store, &e) && app_open(cli->ctx, &plan, &app, &e) && serve(cli, app, &e);
    app_close(app);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command serve_command = {
    .name = "serve",
    .args = "",
    .summary = N_("the web application and its JSON API"),
    .text = N_("Everything on screen comes from the same API that scripts use."),
    .options = (const struct option_spec[]){OPTION_LISTEN,
                                            OPTION_STORE,
                                            {.name = "tls-cert",
                                             .kind = OPT_TEXT,
                                             .value = "FILE",
                                             .help = N_("serve by TLS with this certificate chain (PEM)")},
                                            {.name = "tls-key",
                                             .kind = OPT_TEXT,
                                             .value = "FILE",
                                             .help = N_("its private key (PEM; default: in the same file)")},
                                            {0}},
    .examples = (const struct example[]){{"akashi serve --listen 127.0.0.1:8433", N_("for this machine")}, {0}},
    .run = run,
};
