/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/archive_home.h"

struct put_row {
    struct body_name name;
    bool tree;
    uint64_t size;
};

static bool put_file(struct cli *cli, struct archive *a, str path, struct put_row *row, struct err *e) {
    int fd = str_is(path, "-") ? dup(STDIN_FILENO) : open(arena_cstr(cli->arena, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        err_errno(e, path, _("cannot open the file"));
        if (errno == ENOENT)
            e->kind = ERR_INPUT;
        return false;
    }
    bool ok = archive_put_fd(a, fd, path, &row->name, &row->size, e);
    close(fd);
    return ok;
}

static void show_json(struct cli *cli, const struct put_row *rows) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_arr(&w);
    for (uint32_t i = 0; i < cli->n_args; i++) {
        jw_obj(&w);
        jw_kstr(&w, "path", cli->args[i]);
        jw_kstr(&w, "kind", rows[i].tree ? S("tree") : S("body"));
        jw_kstr(&w, "sha256", cli_name_text(cli, &rows[i].name));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct archive *a = NULL;
    struct put_row *rows = arena_array(cli->arena, struct put_row, cli->n_args);
    bool ok = cli_archive_open(cli, ARCHIVE_WRITE, &a, &e);
    for (uint32_t i = 0; ok && i < cli->n_args; i++) {
        rows[i].tree = path_is_dir(cli->args[i]);
        ok = rows[i].tree ? archive_put_tree(a, cli->args[i], &rows[i].name, &e)
                          : put_file(cli, a, cli->args[i], &rows[i], &e);
    }
    ok = ok && archive_sync(a, &e);
    for (uint32_t i = 0; ok && i < cli->n_args; i++) /* else gc would take it for waste */
        ok = archive_root_add(a, &(struct archive_root){.name = rows[i].name, .label = cli->args[i]}, &e);
    archive_close(a);
    if (!ok)
        return cli_fail(cli, &e);
    if (cli->json)
        show_json(cli, rows);
    else
        for (uint32_t i = 0; i < cli->n_args; i++)
            fprintf(cli->out, "%.*s  %.*s\n", STR_ARG(cli_name_text(cli, &rows[i].name)), STR_ARG(cli->args[i]));
    cli_warnings(cli);
    return 0;
}

const struct command archive_put_command = {
    .name = "archive put",
    .args = "PATH…",
    .summary = N_("put files and folders into the archive"),
    .text = N_("Prints the digest each can be had back by. What the archive has already, whole or in part, takes no "
               "room again. Everything is on disk when the command ends well."),
    .options = (const struct option_spec[]){ARCHIVE_OPTIONS, {0}},
    .examples = (const struct example[]){{"akashi archive put dist/", N_("a folder with all in it")}, {0}},
    .min_args = 1,
    .max_args = -1,
    .run = run,
};
