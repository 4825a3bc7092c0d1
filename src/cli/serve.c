/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <malloc.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/file.h"
#include "cli/following.h"
#include "cli/net.h"
#include "cli/portfolio.h"
#include "node/system.h"
#include "serve/app.h"
#include "serve/call.h"
#include "serve/job.h"
#include "serve/users.h"

enum { CONNECTIONS = 4096, RATE = 200, AHEAD = 2 };

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

/* Bodies of requests that a killed server left, and the folders with what was in them. */
static bool make_incoming(struct cli *cli, str *out, struct err *e) {
    *out = path_join(cli->arena, cli->home, S("incoming"));
    if (!disk_folder(cli->ctx, out->p, 0700, e))
        return false;
    DIR *d = opendir(out->p);
    for (struct dirent *x; d && (x = readdir(d));)
        if (x->d_name[0] != '.' && unlinkat(dirfd(d), x->d_name, 0) != 0)
            (void)folder_remove(dirfd(d), x->d_name);
    if (d)
        closedir(d);
    return true;
}

static void ended(void *of, const struct asked *q, const struct ended *x) { call_ended(of, q, x); }

/* SIGHUP: certificate, settings, the access log. What cannot be read again is told, and the old one stays. */
static void reload(void *of, struct server *s) {
    struct err e = {0};
    system_notify("RELOADING=1");
    if (!server_renew(s, &e))
        app_problem(of, &e);
    app_reload(of);
    system_notify("READY=1");
}

static bool read_proxies(struct cli *cli, struct server_plan *plan, struct err *e) {
    const str *given = cli_texts(cli, "proxy", &plan->n_proxies);
    struct net *nets = arena_array(cli->arena, struct net, plan->n_proxies + 1);
    for (uint32_t i = 0; i < plan->n_proxies; i++)
        if (!net_parse(given[i], &nets[i]))
            return err_set(e, ERR_USAGE, given[i], _("this is no address and no net such as 10.0.0.0/8"));
    plan->proxies = nets;
    return true;
}

static bool begin_jobs(struct app *app, struct err *e) {
    struct jobs *jobs;
    bool ok = jobs_open(app, &jobs, e);
    app_set_jobs(app, jobs);
    return ok;
}

/* While there is no administrator: what makes one. */
static bool first_words(struct cli *cli, struct app *app, str *out, struct err *e) {
    bool governed;
    access_lock(app_access(app));
    bool ok = users_governed(app_access(app), &governed, e);
    access_unlock(app_access(app));
    *out = S("");
    if (ok && !governed)
        *out = arena_printf(cli->arena,
                            _("this link makes you the administrator; it works once:\n  {address}/#first=%.*s\n"),
                            STR_ARG(app_first_key(app)));
    return ok;
}

static bool serve(struct cli *cli, struct app *app, struct err *e) {
    str more;
    struct server_plan plan = {.routes = routes,
                               .of = app,
                               .certificate = cli_text(cli, "tls-cert"),
                               .key = cli_text(cli, "tls-key"),
                               .connections = (unsigned)cli_number(cli, "connections", CONNECTIONS),
                               .per_address = (unsigned)cli_number(cli, "connections-per-address", 0),
                               .refuse = refuse,
                               .ended = ended,
                               .reload = reload};
    plan.every = call_every_header(plan.certificate.n > 0);
    if (plan.certificate.p && !plan.key.p)
        plan.key = plan.certificate;
    system_raise_files();
    return read_proxies(cli, &plan, e) && make_incoming(cli, &plan.incoming, e) && begin_jobs(app, e) &&
           first_words(cli, app, &more, e) && cli_serve_plan(cli, &plan, more, e);
}

/* What one request took, the next one takes again: giving it back to the system each time costs a tenth of everything.
 */
static void keep_memory(void) {
    enum { ONE = 4 << 20, ALL = 16 << 20, THREADS = 4 };
    (void)mallopt(M_MMAP_THRESHOLD, ONE);
    (void)mallopt(M_TRIM_THRESHOLD, ALL);
    (void)mallopt(M_ARENA_MAX, THREADS);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct app *app = NULL;
    struct app_plan plan = {.home = cli->home,
                            .problem = cli_loud,
                            .rate = (unsigned)cli_number(cli, "rate", RATE),
                            .access_log = cli_text(cli, "access-log"),
                            .ahead = AHEAD,
                            .checks = getenv("AKASHI_CHECK_ANSWERS") != NULL};
    keep_memory();
    ending_begin(cli);
    bool ok = cli_store(cli, &plan.store, &e) && app_open(cli->ctx, &plan, &app, &e) && serve(cli, app, &e);
    if (app)
        jobs_close(app_jobs(app));
    app_close(app);
    return ok ? 0 : cli_fail(cli, &e);
}

static const struct option_spec options[] = {
    OPTION_LISTEN,
    OPTION_STORE,
    {.name = "tls-cert",
     .kind = OPT_TEXT,
     .value = "FILE",
     .help = N_("serve by TLS with this certificate chain (PEM)")},
    {.name = "tls-key",
     .kind = OPT_TEXT,
     .value = "FILE",
     .help = N_("its private key (PEM; default: in the same file)")},
    {.name = "proxy",
     .kind = OPT_TEXT,
     .many = true,
     .value = "ADDR|NET",
     .help = N_("a proxy that is believed about X-Forwarded-For, -Proto and -Host")},
    {.name = "access-log",
     .kind = OPT_TEXT,
     .value = "FILE",
     .help = N_("a line of JSON for each request (-: standard error)")},
    {.name = "rate",
     .kind = OPT_NUMBER,
     .value = "N",
     .help = N_("requests a second from one address or token (default: 200; 0: no bound)")},
    {.name = "connections", .kind = OPT_NUMBER, .value = "N", .help = N_("open connections at most (default: 4096)")},
    {.name = "connections-per-address",
     .kind = OPT_NUMBER,
     .value = "N",
     .help = N_("of them from one address (default: as many)")},
    {0},
};

const struct command serve_command = {
    .name = "serve",
    .args = "",
    .summary = N_("the web application and its JSON API"),
    .text = N_(
        "Everything on screen comes from the same API that scripts use. SIGTERM finishes the requests under way "
        "and ends; SIGHUP reads certificate and settings again. docs/serve.md tells how to run it as a service."),
    .options = options,
    .examples =
        (const struct example[]){
            {"akashi serve --listen 127.0.0.1:8433", N_("for this machine")},
            {"akashi serve --listen 0.0.0.0:443 --tls-cert chain.pem --tls-key key.pem", N_("for everybody, by TLS")},
            {"akashi serve --listen 127.0.0.1:8433 --proxy 127.0.0.1 --access-log -", N_("behind a web server")},
            {0},
        },
    .run = run,
};
