/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "serve/trial.h"

static int run(struct cli *cli) {
    struct err e = {0};
    struct buf out = {0};
    enum import_kind kind;
    if (!import_kind_of(cli->args[0], &kind)) {
        err_set(&e, ERR_USAGE, cli->args[0], _("this is no kind of import"));
        (void)err_hint(&e, "%s", "sboms, advisories, parties, products, deployments, services");
        return cli_fail(cli, &e);
    }
    if (!trial_inside(cli->ctx, kind, cli->n_args > 1 ? cli->args[1] : S("-"), &out, &e)) {
        buf_free(&out);
        return cli_fail(cli, &e);
    }
    buf_addc(&out, '\n');
    bool said = fd_write_all(STDOUT_FILENO, buf_str(&out), S("-"), &e);
    _exit(said ? 0 : err_exit_code(ERR_ENV)); /* the end of a process does more than this one may */
}

const struct command plumb_try_command = {
    .name = "plumb try",
    .args = "KIND [NAME]",
    .summary = N_("read a document in a process that can do nothing else, and say what is wrong with it"),
    .text = N_(
        "Standard input is the document; KIND is sboms, advisories, parties, products, deployments or services. "
        "Before it is read the process gives up opening files (Landlock) and every system call but a few "
        "(seccomp); \"confined\" says whether the kernel could do both. The server lets each upload be read like "
        "this."),
    .examples = (const struct example[]){{"akashi plumb try sboms <sbom.json", N_("what an upload would say")}, {0}},
    .min_args = 1,
    .max_args = 2,
    .run = run,
};
