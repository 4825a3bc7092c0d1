/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/archive_copy.h"
#include "base/file.h"

#include <stdio.h>

static struct copy_options options_of(struct cli *cli, str place) {
    int64_t retain = cli_number(cli, "retain", 0);
    return (struct copy_options){.place = place,
                                 .credentials = cli_text(cli, "credentials"),
                                 .profile = cli_text(cli, "profile"),
                                 .write_once = cli_flag(cli, "write-once") || retain > 0,
                                 .retain = retain > 0 && retain <= 36500 ? (uint32_t)retain : 0,
                                 .verify = cli_flag(cli, "verify")};
}

static void show_json(struct cli *cli, const struct copy_report *r) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kint(&w, "packs", r->packs);
    jw_kint(&w, "copied", r->sent);
    jw_kint(&w, "there", r->there);
    jw_kint(&w, "replaced", r->redone);
    jw_kint(&w, "beingWritten", r->writing);
    jw_kint(&w, "more", r->more);
    jw_kint(&w, "bytes", (int64_t)r->bytes);
    jw_obj_end(&w);
    buf_addc(&b, '\n');
    fwrite(b.p, 1, b.n, cli->out);
    buf_free(&b);
}

static void show(struct cli *cli, const struct copy_report *r) {
    str size = cli_size_text(cli, r->bytes);
    fprintf(cli->out, _("packs: %u · copied now: %u (%.*s) · there already: %u\n"), r->packs, r->sent, STR_ARG(size),
            r->there);
    if (r->redone)
        fprintf(cli->out, _("replaced, because something else was there: %u\n"), r->redone);
    if (r->more)
        fprintf(cli->out, _("in the copy but not here: %u\n"), r->more);
    if (r->writing)
        fprintf(cli->out, _("being written by others, for the next copy: %u\n"), r->writing);
}

static str archive_folder(struct cli *cli) {
    str given = cli_text(cli, "archive");
    return given.p ? given : path_join(cli->arena, cli->home, S("archive"));
}

static bool fetch(struct cli *cli, const struct copy_options *o, struct copy_report *r, struct err *e) {
    if (!cli_text(cli, "archive").p && !cli_home_make(cli, e))
        return false;
    return copy_fetch(cli->ctx, archive_folder(cli), o, r, e);
}

static bool send(struct cli *cli, const struct copy_options *o, struct copy_report *r, struct err *e) {
    struct archive *a = NULL;
    bool ok = path_exists(path_join(cli->arena, archive_folder(cli), S("archive"))) ||
              err_set(e, ERR_INPUT, archive_folder(cli), _("there is no archive here"));
    ok = ok && cli_archive_open(cli, ARCHIVE_WRITE, &a, e) && copy_send(a, o, r, e);
    archive_close(a);
    return ok;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct copy_report r;
    str from = cli_text(cli, "from");
    if ((from.p != NULL) == (cli->n_args == 1)) {
        err_set(&e, ERR_USAGE, S(""), _("name either where to copy to, or --from"));
        return cli_fail(cli, &e);
    }
    struct copy_options o = options_of(cli, from.p ? from : cli->args[0]);
    if (!(from.p ? fetch(cli, &o, &r, &e) : send(cli, &o, &r, &e)))
        return cli_fail(cli, &e);
    if (cli->json)
        show_json(cli, &r);
    else
        show(cli, &r);
    cli_warnings(cli);
    return 0;
}

const struct command archive_copy_command = {
    .name = "archive copy",
    .args = "FOLDER|s3://BUCKET/PREFIX?endpoint=URL&region=NAME",
    .summary = N_("copy the archive to a folder, another node's archive, or a store that speaks S3"),
    .text = N_(
        "Only what the copy lacks is sent, and each object is verified behind. An object appears whole or not at "
        "all, so an interrupted copy is a smaller copy: run it again. A copy in a folder is an archive and can "
        "be read where it lies; --from brings one back.\n\n"
        "Credentials for a store come from --credentials, from the files AKASHI_S3_KEY_ID_FILE and "
        "AKASHI_S3_SECRET_FILE name, or from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; never from the "
        "command line."),
    .options =
        (const struct option_spec[]){
            ARCHIVE_OPTIONS,
            {.name = "from",
             .kind = OPT_TEXT,
             .value = "COPY",
             .help = N_("the other way: bring this copy into the archive")},
            {.name = "write-once",
             .kind = OPT_FLAG,
             .help = N_("never replace anything in the copy; in a folder its files cannot be written")},
            {.name = "retain",
             .kind = OPT_NUMBER,
             .value = "DAYS",
             .help = N_("write once, and the store refuses to remove it for so long (object lock)")},
            {.name = "verify",
             .kind = OPT_FLAG,
             .help = N_("hold the digests of what is there already against ours, too")},
            COPY_OPTIONS,
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi archive copy /mnt/usb/archive --write-once", N_("to a disk, without ever replacing anything")},
            {"akashi archive copy 's3://backup/akashi?endpoint=https://store.example&region=eu-1' --retain 365",
             N_("to a store that keeps it for a year")},
            {"akashi archive copy --from /mnt/usb/archive", N_("back again")},
            {0},
        },
    .max_args = 1,
    .run = run,
};
