/* SPDX-License-Identifier: Apache-2.0
 *
 * Who and why is in the log before anything is gone: an interruption leaves a body that is said to be erased, and the
 * same command once more erases it.
 */
#include <stdio.h>

#include "cli/archive_needed.h"
#include "cli/home.h"
#include "seal/statement.h"

struct erasure {
    struct cli *cli;
    struct archive_at_home h;
    struct archive_erase x;
    bool logged; /* it is the envelope of an entry */
    uint64_t index;
};

static bool find_entry(void *arg, const struct log_entry *entry, struct err *e) {
    struct erasure *k = arg;
    (void)e;
    if (memcmp(entry->envelope, k->x.name.b, 32) == 0 && !entry->erased) {
        k->logged = true;
        k->index = entry->index;
    }
    return true;
}

static void tell_hit(void *arg, const struct body_name *tree, str path) {
    struct erasure *k = arg;
    struct arena *a = arena_new();
    fprintf(k->cli->out, _("missing from now on: %.*s of the folder %.*s\n"), STR_ARG(path),
            STR_ARG(hex_text(a, tree->b, 32)));
    arena_free(a);
}

static bool find(struct erasure *k, struct err *e) {
    struct checkpoint now;
    str note;
    return !k->h.has_home || (log_checkpoint(k->h.home.log, k->cli->arena, &now, &note, e) &&
                              log_each(k->h.home.log, 0, now.size, find_entry, k, e));
}

static bool state(struct erasure *k, str reason, str by, struct err *e) {
    struct cli *cli = k->cli;
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    struct subject subject = {.name = S("body")};
    struct home_add add = {.kind = S("erasure")};
    str hex = cli_name_text(cli, &k->x.name);
    *vec_push(cli->arena, &subject.digests) = (struct subject_digest){S("sha256"), hex};
    jw_obj(&w);
    jw_kstr(&w, "reason", reason);
    jw_kstr(&w, "by", by);
    if (k->logged)
        jw_kint(&w, "index", (int64_t)k->index);
    jw_kstr(&w, "body", hex);
    jw_obj_end(&w);
    bool ok = statement_text(cli->ctx, cli->arena, str_of(predicate_of_kind(S("erasure"))->type), &subject, 1,
                             buf_str(&b), &add.payload, e) &&
              home_append(&k->h.home, cli->arena, &add, 1, e);
    buf_free(&b);
    return ok;
}

static bool erase(struct erasure *k, struct err *e) {
    str reason = cli_text(k->cli, "reason"), by = cli_text(k->cli, "by");
    struct archive_erase dry = k->x;
    if (!reason.n)
        return err_set(e, ERR_USAGE, S(""), _("say why: --reason TEXT"));
    if (!archive_at_home_open(k->cli, HOME_SIGN, &k->h, e))
        return false;
    k->x.is_needed = k->h.has_home ? archive_is_needed : NULL;
    dry.dry = true;
    if (!archive_erase(k->h.archive, &dry, e) || !find(k, e))
        return false;
    if (k->h.has_home && !state(k, reason, by.n ? by : k->h.home.party, e))
        return false;
    return archive_erase(k->h.archive, &k->x, e) && (!k->logged || log_forget(k->h.home.log, k->index, e));
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct erasure k = {.cli = cli};
    k.x.arg = &k.h;
    if (!cli_body_name(cli->args[0], &k.x.name, &e))
        return cli_fail(cli, &e);
    k.x.hit = tell_hit;
    k.x.hit_arg = &k;
    bool ok = erase(&k, &e);
    archive_at_home_close(&k.h);
    if (!ok)
        return cli_fail(cli, &e);
    fprintf(cli->out, _("erased: %.*s (%llu chunks)\n"), STR_ARG(cli_name_text(cli, &k.x.name)),
            (unsigned long long)k.x.chunks);
    cli_warnings(cli);
    return 0;
}

const struct command archive_erase_command = {
    .name = "archive erase",
    .args = "DIGEST",
    .summary = N_("remove one body on purpose, and log who and why"),
    .text = N_(
        "The body is gone from the packs; parts that others share stay with them. Of a folder, the files go that "
        "nothing else names. In a home a signed statement says who and why, and the log still verifies; when the "
        "body is a statement, nobody can tell any more what it said. Copies have to be made anew. What is held "
        "is refused."),
    .options =
        (const struct option_spec[]){
            ARCHIVE_OPTIONS,
            {.name = "reason", .kind = OPT_TEXT, .value = "TEXT", .help = N_("why; it is logged")},
            {.name = "by", .kind = OPT_TEXT, .value = "NAME", .help = N_("who decided it (default: the party)")},
            {0},
        },
    .examples = (const struct example[]){{"akashi archive erase DIGEST --reason 'end of contract'",
                                          N_("after a contract")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
