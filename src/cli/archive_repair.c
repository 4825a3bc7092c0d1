/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "cli/archive_needed.h"

static bool copy_open(struct cli *cli, struct archive **out, struct err *e) {
    struct archive_options o = {.read_only = true};
    str from = cli_text(cli, "from");
    unsigned char key[AEAD_KEY];
    bool has_key = false;
    *out = NULL;
    if (!from.p)
        return true;
    bool ok = cli_archive_key(cli, key, &has_key, e);
    o.key = has_key ? key : NULL;
    ok = ok && archive_open(cli->ctx, from, &o, out, e);
    wipe(key, sizeof key);
    return ok;
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct archive *a = NULL;
    struct archive_repair r = {0};
    bool ok = cli_archive_open(cli, ARCHIVE_WRITE, &a, &e) && copy_open(cli, &r.from, &e) && archive_repair(a, &r, &e);
    archive_close(r.from);
    archive_close(a);
    if (!ok)
        return cli_fail(cli, &e);
    fprintf(cli->out, _("%llu damaged packs moved aside, %llu chunks saved from them, %llu taken from the copy\n"),
            (unsigned long long)r.packs, (unsigned long long)r.kept, (unsigned long long)r.fetched);
    if (r.missing)
        fprintf(cli->out, _("%llu chunks are still missing\n"), (unsigned long long)r.missing);
    cli_warnings(cli);
    return r.missing ? 1 : 0;
}

const struct command archive_repair_command = {
    .name = "archive repair",
    .summary = N_("save what is good, take what is missing from a copy"),
    .text = N_("Good chunks of damaged packs go into new ones, the damaged packs to the folder damaged/, and the index "
               "is made anew. What is then missing is taken from the copy. Exit 1 when something stays missing."),
    .options =
        (const struct option_spec[]){
            ARCHIVE_OPTIONS,
            {.name = "from", .kind = OPT_TEXT, .value = "DIR", .help = N_("a copy of the archive")},
            {0},
        },
    .examples = (const struct example[]){{"akashi archive repair --from /mnt/copy", N_("mend from a backup")}, {0}},
    .run = run,
};
