/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/archive_home.h"

static bool to_file(struct archive *a, const struct body_name *name, str path, struct err *e) {
    struct file_new f;
    if (path_exists(path)) {
        err_set(e, ERR_ENV, path, _("there is something here already"));
        return err_hint(e, _("name a path that does not exist"));
    }
    bool ok = file_new_open(&f, path, e) && archive_get_fd(a, name, f.fd, path, e) && file_new_commit(&f, e);
    file_new_abandon(&f);
    return ok;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct archive *a = NULL;
    struct body_name name;
    str path = cli->args[1];
    bool ok = cli_body_name(cli->args[0], &name, &e) && cli_archive_open(cli, ARCHIVE_READ, &a, &e);
    if (ok && str_is(path, "-")) {
        fflush(cli->out);
        ok = archive_get_fd(a, &name, fileno(cli->out), str_of(_("standard output")), &e);
    } else if (ok && archive_is_tree(a, &name) && !cli_flag(cli, "text")) {
        ok = archive_get_tree(a, &name, path, &e);
    } else if (ok) {
        ok = to_file(a, &name, path, &e);
    }
    archive_close(a);
    if (!ok)
        return cli_fail(cli, &e);
    cli_warnings(cli);
    return 0;
}

const struct command archive_get_command = {
    .name = "archive get",
    .args = "DIGEST PATH",
    .summary = N_("get a file or folder back from the archive"),
    .text = N_("A folder comes back with modes, times, links, holes, extended attributes and, for root, owners, into a "
               "folder that is empty or does not exist. Every byte is held against the digest."),
    .options =
        (const struct option_spec[]){
            ARCHIVE_OPTIONS,
            {.name = "text", .kind = OPT_FLAG, .help = N_("of a folder, its listing (mtree) as a file")},
            {0},
        },
    .examples = (const struct example[]){{"akashi archive get DIGEST restored/", N_("a folder, exactly")},
                                         {"akashi archive get DIGEST - | less", N_("a file to look at")},
                                         {0}},
    .min_args = 2,
    .max_args = 2,
    .run = run,
};
