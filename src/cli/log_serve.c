/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/net.h"
#include "node/tiles.h"

static int run(struct cli *cli) {
    struct err e = {0};
    struct served_log log = {cli_text(cli, "folder")};
    if (!log.folder.p)
        log.folder = path_join(cli->arena, cli->home, S("log"));
    if (!path_exists(path_join(cli->arena, log.folder, S("checkpoint")))) {
        err_set(&e, ERR_INPUT, log.folder, _("there is no log here: no checkpoint"));
        return cli_fail(cli, &e);
    }
    return cli_serve(cli, log_routes, &log, S(""), &e) ? 0 : cli_fail(cli, &e);
}

const struct command log_serve_command = {
    .name = "log serve",
    .args = "",
    .summary = N_("serve the log's folder, for reading"),
    .text = N_("Any static web server does the same; this one sets the headers that tlog-tiles asks for, and opens "
               "nothing but checkpoint and tiles. Bodies are not in that folder."),
    .options = (const struct option_spec[]){OPTION_LISTEN,
                                            {.name = "folder",
                                             .kind = OPT_TEXT,
                                             .value = "DIR",
                                             .help = N_("another log than the home's, such as a mirrored one")},
                                            {0}},
    .examples =
        (const struct example[]){{"akashi log serve --listen 127.0.0.1:8080", N_("behind a web server with TLS")}, {0}},
    .run = run,
};
