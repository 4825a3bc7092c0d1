/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "cli/home.h"
#include "seal/view.h"
#include "seal/witness.h"

/* ── which entry ── */

/* A number is an index; anything else is looked up in the view, where the newest entry about it counts. */
static bool find_index(struct cli *cli, struct home *h, str asked, uint64_t *index, struct err *e) {
    struct checkpoint at;
    struct words words;
    struct view_found found = {0};
    struct view *view = NULL;
    if (asked.n < 20 && str_u64(asked, index))
        return true;
    bool ok = log_checkpoint(h->log, cli->arena, &at, NULL, e) && words_asked(cli->arena, asked, &words, e) &&
              view_open(cli->ctx, h->path, h->log, &view, e) && view_find(view, cli->arena, &words, at.size, &found, e);
    view_close(view);
    if (!ok)
        return false;
    if (found.n == 0)
        return err_set(e, ERR_INPUT, asked, _("no entry of the log is about this"));
    *index = found.v[found.n - 1];
    return true;
}

/* ── one entry ── */

/* "x.tlog-proof" → "x.dsse.json" */
static str envelope_path(struct cli *cli, str proof) {
    str stem = str_ends(proof, S(".tlog-proof")) ? str_upto(proof, proof.n - 11) : proof;
    return arena_cat(cli->arena, stem, S(".dsse.json"));
}

static bool prove_entry(struct cli *cli, struct home *h, struct err *e) {
    uint64_t index;
    struct log_entry entry;
    str proof, envelope, out = cli_text(cli, "output");
    if (!find_index(cli, h, cli->args[0], &index, e) || !home_prove(h, cli->arena, index, &proof, e) ||
        !log_entry(h->log, cli->arena, index, &entry, e) || !log_envelope(h->log, cli->arena, &entry, &envelope, e))
        return false;
    fprintf(cli->out, "%.*s", STR_ARG(proof));
    if (!out.p)
        return true;
    if (envelope.p)
        return file_replace(envelope_path(cli, out), envelope, e);
    ctx_warn(cli->ctx, out, _("the body of entry %llu is not here: there is no envelope beside the proof"),
             (unsigned long long)index);
    return true;
}

/* ── consistency ── */

static bool size_given(struct cli *cli, const char *option, uint64_t otherwise, uint64_t *out, struct err *e) {
    str text = cli_text(cli, option);
    *out = otherwise;
    return !text.p || str_u64(text, out) || err_set(e, ERR_USAGE, text, _("this is no size of a log"));
}

/* As tlog-witness has it in its requests: the old size, hashes, an empty line, and the checkpoint when it is the
 * present one that is proven. */
static bool prove_sizes(struct cli *cli, struct home *h, struct err *e) {
    struct hash proof[MERKLE_PROOF_MOST];
    struct hash_source hashes = log_hashes(h->log);
    struct checkpoint at;
    str note;
    uint32_t n = 0;
    uint64_t from, to;
    if (!log_checkpoint(h->log, cli->arena, &at, &note, e) || !size_given(cli, "from", 0, &from, e) ||
        !size_given(cli, "to", at.size, &to, e))
        return false;
    if (to > at.size)
        return err_set(e, ERR_USAGE, cli_text(cli, "to"), _("the log has only %llu entries"),
                       (unsigned long long)at.size);
    if (!merkle_consistency(&hashes, from, to, proof, &n, e))
        return false;
    str text = add_checkpoint_text(cli->arena, from, proof, n, to == at.size ? note : S(""));
    fprintf(cli->out, "%.*s", STR_ARG(text));
    return true;
}

static int run(struct cli *cli) {
    struct home h;
    struct err e = {0};
    bool sizes = cli_text(cli, "from").p || cli_text(cli, "to").p;
    if (sizes == (cli->n_args == 1)) {
        err_set(&e, ERR_USAGE, S(""), _("what is to be proven: an entry, or --from and --to?"));
        return cli_fail(cli, &e);
    }
    if (!home_open(cli->ctx, cli->arena, cli->home, HOME_READ, &h, &e))
        return cli_fail(cli, &e);
    bool ok = sizes ? prove_sizes(cli, &h, &e) : prove_entry(cli, &h, &e);
    home_close(&h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command log_prove_command = {
    .name = "log prove",
    .args = "[INDEX|DIGEST|PURL|PRODUCT]",
    .summary = N_("write a proof that an entry is in the log, or that the log only grew"),
    .text = N_("A C2SP tlog-proof: the entry, the way from it to a checkpoint, and the checkpoint with its "
               "cosignatures. With --output NAME.tlog-proof the envelope is put beside it as NAME.dsse.json; `akashi "
               "verify` checks both with public keys alone, without network and home. Where witnesses cosigned an "
               "earlier checkpoint that has the entry, the proof leads to that one.\n"
               "With --from and --to: a consistency proof as text, the old size, the hashes in base64, an empty line, "
               "and the checkpoint when it is the present one."),
    .options =
        (const struct option_spec[]){
            {.name = "from", .kind = OPT_TEXT, .value = "SIZE", .help = N_("prove that the log of this size …")},
            {.name = "to",
             .kind = OPT_TEXT,
             .value = "SIZE",
             .help = N_("… is the beginning of that of this size (default: now)")},
            {0},
        },
    .examples =
        (const struct example[]){
            {"akashi log prove 17 -o 17.tlog-proof", N_("entry 17, and its envelope in 17.dsse.json")},
            {"akashi log prove --from 100", N_("nothing before entry 100 was changed since")},
            {0},
        },
    .max_args = 1,
    .run = run,
};
