/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "cli/cli.h"
#include "serve/confined.h"

static int run(struct cli *cli) {
    if (isatty(STDIN_FILENO)) {
        struct err e = {0};
        err_set(&e, ERR_USAGE, S("plumb reader"), _("this is started by the server; people use \"plumb try\""));
        return cli_fail(cli, &e);
    }
    reader_run(cli->ctx);
    _exit(0); /* the end of a process does more than this one may */
}

const struct command plumb_reader_command = {
    .name = "plumb reader",
    .args = "",
    .summary = N_("read documents for the server, in a process that can do nothing else"),
    .text = N_("The server starts some of these, gives them what was uploaded, one document after the other, and takes "
               "what they found in a form of our own; it never reads strangers' documents itself. Before the first one "
               "the process gives up opening files (Landlock) and every system call but a few (seccomp)."),
    .examples = (const struct example[]){{"akashi serve", N_("starts them")}, {0}},
    .run = run,
};
