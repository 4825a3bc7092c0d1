/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/import.h"

#include <malloc.h>
#include <signal.h>

#include "cli/portfolio.h"
#include "impact/things_form.h"

static atomic_bool interrupted; /* written by a signal handler, which has no other way */

/* The second one ends the process as always. */
static void on_interrupt(int number) {
    atomic_store(&interrupted, true);
    signal(number, SIG_DFL);
}

struct importing {
    struct cli *cli;
    struct cli_portfolio at;
    struct import_outcome outcome;
};

static void fault(void *arg, const struct err *e) {
    struct importing *k = arg;
    (void)cli_fail(k->cli, e);
}

static void say_json(struct importing *k) {
    const struct import_outcome *x = &k->outcome;
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kint(&w, "documents", (int64_t)x->documents);
    jw_kint(&w, "added", (int64_t)x->added);
    jw_kint(&w, "known", (int64_t)x->known);
    jw_kint(&w, "failed", (int64_t)x->failed);
    jw_kint(&w, "disagreeing", (int64_t)x->disagreeing);
    jw_kint(&w, "skipped", (int64_t)x->skipped);
    jw_kint(&w, "bytes", (int64_t)x->bytes);
    jw_kbool(&w, "stopped", x->stopped);
    jw_obj_end(&w);
    put_json(k->cli, &b);
}

static void say_text(struct importing *k) {
    const struct import_outcome *x = &k->outcome;
    fprintf(k->cli->out, _("added %llu, known before %llu, failed %llu\n"), (unsigned long long)x->added,
            (unsigned long long)x->known, (unsigned long long)x->failed);
    if (x->disagreeing)
        fprintf(k->cli->out,
                _("list other components than another document of the same release, all kept and marked: %llu\n"),
                (unsigned long long)x->disagreeing);
    if (x->skipped)
        fprintf(k->cli->out, _("passed over, because they are no SBOM: %llu\n"), (unsigned long long)x->skipped);
    if (x->stopped)
        fprintf(k->cli->out, "%s\n", _("interrupted: the same command goes on from here"));
}

static bool check_id(struct cli *cli, const char *option, struct err *e) {
    str id = cli_text(cli, option);
    return !id.n || thing_id_ok(id) ||
           err_set(e, ERR_USAGE, str_of(option),
                   _("an id has at most 200 bytes, and no spaces, quotes, commas or semicolons: %.*s"), STR_ARG(id));
}

/* Batch after batch takes and gives back the same hundred megabytes: they are kept, and not cleared each time. */
static void keep_memory(void) {
#ifdef M_TRIM_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct importing k = {.cli = cli};
    struct import_plan plan = {.inputs = cli->args,
                               .n = cli->n_args,
                               .product = cli_text(cli, "product"),
                               .version = cli_text(cli, "version"),
                               .party = cli_text(cli, "party"),
                               .strict = cli_flag(cli, "strict"),
                               .fault = fault,
                               .arg = &k,
                               .stop = &interrupted};
    keep_memory();
    bool ok = check_id(cli, "product", &e) && check_id(cli, "party", &e) &&
              cli_portfolio_open(cli, HOME_SIGN, &k.at, &e);
    if (ok) {
        signal(SIGINT, on_interrupt);
        signal(SIGTERM, on_interrupt);
        ok = import_run(k.at.p, &plan, &k.outcome, &e);
        if (cli->json)
            say_json(&k);
        else
            say_text(&k);
        cli_portfolio_close(&k.at);
    }
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : k.outcome.failed || k.outcome.stopped ? 1 : 0;
}

const struct command impact_import_command = {
    .name = "impact import",
    .args = "DIR|FILE…|-",
    .summary = N_("take SBOMs of releases into the portfolio: files, folders, streams"),
    .text = N_("Each document becomes a statement in the log and a body in the archive. Product, version and supplier "
               "come from the options, from the columns of a line, or from the document's main component. Where none "
               "of them says it, the document's name, serial number or file name stands for the product and the day it "
               "was made for the version; a warning says so, and --strict refuses such a document.\n\n"
               "A .jsonl file or standard input has a document on each line, or "
               "{\"product\": …, \"version\": …, \"party\": …, \"sbom\": {…}}, with \"path\" instead of \"sbom\" for a "
               "document in a file; \"purl\", \"releasedOn\" and \"supersedes\" may be there too.\n\n"
               "What is in already is passed over by its digest, so an import that was ended is started again as it "
               "was. A document that cannot be taken is told with its place; the others are taken, and the exit code "
               "is 1."),
    .options =
        (const struct option_spec[]){
            {.name = "product", .kind = OPT_TEXT, .value = "ID", .help = N_("the product the documents are about")},
            {.name = "version", .kind = OPT_TEXT, .value = "VERSION", .help = N_("its version")},
            {.name = "party", .kind = OPT_TEXT, .value = "ID", .help = N_("who ships it")},
            {.name = "strict",
             .kind = OPT_FLAG,
             .help = N_("refuse documents that name no product or version of their own")},
            OPTION_STORE,
            {0}},
    .examples =
        (const struct example[]){
            {"akashi impact import sboms/", N_("a folder with the SBOMs of everything shipped")},
            {"akashi impact import thing-1.2.cdx.json --product thing --version 1.2 --party us", N_("one release")},
            {"export-sboms | akashi impact import -", N_("a stream, one document a line")},
            {0}},
    .min_args = 1,
    .max_args = -1,
    .run = run,
};
