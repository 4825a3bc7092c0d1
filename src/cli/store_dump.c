/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/digest.h"
#include "base/file.h"
#include "cli/store.h"
#include "store/dump.h"

struct sink {
    FILE *out;
    struct digest_state *sum; /* NULL: the rows themselves */
};

static bool take(void *arg, struct buf *lines, struct err *e) {
    struct sink *s = arg;
    if (s->sum)
        digest_add(s->sum, buf_str(lines));
    else if (fwrite(lines->p, 1, lines->n, s->out) != lines->n)
        return err_errno(e, S("-"), _("cannot write"));
    buf_clear(lines);
    return true;
}

static void say_digest(struct cli *cli, struct digest_state *sum) {
    unsigned char bytes[32];
    digest_end(sum, bytes);
    str hex = hex_text(cli->arena, bytes, sizeof bytes);
    if (!cli->json) {
        fprintf(cli->out, "%.*s\n", STR_ARG(hex));
        return;
    }
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "sha256", hex);
    jw_obj_end(&w);
    put_json(cli, &b);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct store *s = NULL;
    str where;
    bool digest = cli_flag(cli, "digest") || cli->json;
    struct sink sink = {cli->out, digest ? digest_begin(DIGEST_SHA256) : NULL};
    bool ok = cli_store(cli, &where, &e);
    if (ok && !where.n)
        where = path_join(cli->arena, cli->home, S("portfolio.db"));
    ok = ok && store_open(cli->ctx, where, STORE_READ, &s, &e) &&
         (cli_flag(cli, "all") ? store_dump_all : store_dump_each)(s, take, &sink, &e);
    store_close(s);
    if (ok && digest) {
        say_digest(cli, sink.sum);
    } else if (digest) {
        unsigned char unused[32];
        digest_end(sink.sum, unused);
    }
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command store_dump_command = {
    .name = "store dump",
    .summary = N_("all rows of the views as text, or the digest of it"),
    .text = N_(
        "The same text for the same rows, in SQLite and in PostgreSQL: to see that views which grew are those that "
        "are made anew, and that a replica says what the original says. Answers that are kept beside what the log "
        "says (which components advisories hit, when cases are due) are left out without --all."),
    .options = (const struct option_spec[]){{.name = "digest", .kind = OPT_FLAG, .help = N_("only its SHA-256")},
                                            {.name = "all", .kind = OPT_FLAG, .help = N_("kept answers too")},
                                            OPTION_STORE,
                                            {0}},
    .examples = (const struct example[]){{"akashi store dump --digest", N_("one line to compare")}, {0}},
    .run = run,
};
