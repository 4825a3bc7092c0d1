/* SPDX-License-Identifier: Apache-2.0 */
#include "base/digest.h"
#include "cli/home.h"

static void put_checkpoint_json(struct cli *cli, const struct checkpoint *cp, const struct note *note) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "origin", cp->origin);
    jw_kint(&w, "size", (int64_t)cp->size);
    jw_kstr(&w, "root", hex_text(cli->arena, cp->root, 32));
    jw_karr(&w, "signatures");
    for (uint32_t i = 0; i < note->lines.n; i++) {
        jw_obj(&w);
        jw_kstr(&w, "name", note->lines.v[i].name);
        jw_kstr(&w, "id", hex_text(cli->arena, note->lines.v[i].id, 4));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(cli, &b);
}

static int run_checkpoint(struct cli *cli) {
    struct err e = {0};
    struct log *log = NULL;
    struct checkpoint cp;
    struct note note;
    str text;
    bool ok = log_open(cli->ctx, cli->home, NULL, NULL, &log, &e) && log_checkpoint(log, cli->arena, &cp, &text, &e) &&
              note_parse(cli->arena, text, cli->home, &note, &e);
    if (ok && cli->json)
        put_checkpoint_json(cli, &cp, &note);
    else if (ok)
        fwrite(text.p, 1, text.n, cli->out);
    log_close(log);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command log_checkpoint_command = {
    .name = "log checkpoint",
    .summary = N_("print the log's newest signed checkpoint"),
    .text = N_("A C2SP checkpoint: the origin, the number of entries, the root hash over all of them, signed. Whoever "
               "keeps it can tell later whether the log was changed. What a killed writer left half done is finished "
               "first."),
    .options = (const struct option_spec[]){{0}},
    .examples = (const struct example[]){{"akashi log checkpoint -o monday.txt", N_("something to compare with later")},
                                         {0}},
    .run = run_checkpoint,
};
