/* SPDX-License-Identifier: Apache-2.0 */
#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"
#include "cli/conform_scope.h"
#include "conform/attest_say.h"

struct attesting {
    struct cli *cli;
    struct cli_portfolio h;
    struct attest_request ask;
    struct attested done;
};

/* ── what is said ── */

static bool take_scope(struct attesting *k, struct err *e) {
    struct conform_scope scope;
    uint32_t n;
    const str *ids = cli_texts(k->cli, "product", &n);
    str unit = cli_text(k->cli, "unit"), party = cli_text(k->cli, "party");
    k->ask.party = unit.p ? unit : party;
    for (uint32_t i = 0; i < n; i++)
        *vec_push(k->cli->arena, &k->ask.products) = ids[i];
    return cli_conform_scope(k->cli, &k->h, &scope, e);
}

static bool take_documents(struct attesting *k, struct err *e) {
    uint32_t n;
    const str *files = cli_texts(k->cli, "document", &n);
    for (uint32_t i = 0; i < n; i++) {
        struct arena *a = arena_new();
        struct body_name name;
        str text;
        bool ok = file_read(k->cli->ctx, a, files[i], &text, e) && archive_put(k->h.home.archive, text, &name, e);
        arena_free(a);
        if (!ok)
            return false;
        *vec_push(k->cli->arena, &k->ask.documents) = (struct attested_document){
            path_base(files[i]), hex_text(k->cli->arena, name.b, sizeof name.b)};
    }
    return true;
}

static bool take_all(struct attesting *k, struct err *e) {
    struct cli *cli = k->cli;
    k->ask = (struct attest_request){.catalogue = cli_text(cli, "catalogue"),
                                     .practice = cli->args[0],
                                     .text = cli_text(cli, "text"),
                                     .person = cli_text(cli, "person"),
                                     .role = cli_text(cli, "title"),
                                     .level = cli_number(cli, "level", 0),
                                     .reason = cli_text(cli, "not-applicable"),
                                     .date = cli_text(cli, "date"),
                                     .expires = cli_text(cli, "expires"),
                                     .sample = cli_text(cli, "sample"),
                                     .seed = cli_text(cli, "seed"),
                                     .dashes = "--"};
    return take_scope(k, e) && take_documents(k, e);
}

/* ── the answer ── */

static void show_drawn(struct attesting *k) {
    struct drawn drawn = {0};
    struct buf b = {0};
    if (!k->done.said.of)
        return;
    sample_draw(k->cli->arena, k->done.said.seed, k->done.said.n, k->done.said.of, &drawn);
    for (uint32_t i = 0; i < drawn.n && i < 200; i++)
        buf_addf(&b, "%s%u", i ? ", " : "", drawn.v[i]);
    fprintf(k->cli->out, _("to be looked at, of %u: %.*s\n"), k->done.said.of, STR_ARG(buf_str(&b)));
    buf_free(&b);
}

/* Which rule of the next level does not hold. */
static void show_lacking(struct attesting *k, const struct practice_state *s) {
    int next = s->level + 1;
    if (s->basis == BASIS_NOT_APPLICABLE || next >= LEVELS || s->level >= k->done.said.level)
        return;
    for (uint32_t i = 0; i < s->rules[next].n; i++)
        if (!s->rules[next].v[i].holds)
            fprintf(k->cli->out, _("level %d needs: %.*s\n"), next,
                    STR_ARG(rule_text(k->cli->arena, s->rules[next].v[i].rule)));
}

static void show(struct attesting *k, const struct practice_state *s) {
    struct cli *cli = k->cli;
    if (k->done.was_there)
        fprintf(cli->out, _("%.*s: said already, entry %llu\n"), STR_ARG(k->done.practice->id),
                (unsigned long long)k->done.index);
    else
        fprintf(cli->out, _("%.*s: said, entry %llu\n"), STR_ARG(k->done.practice->id),
                (unsigned long long)k->done.index);
    show_drawn(k);
    if (s->basis == BASIS_NOT_APPLICABLE)
        fprintf(cli->out, _("not applicable: %.*s\n"), STR_ARG(s->reason));
    else
        fprintf(cli->out, _("level now: %d\n"), s->level);
    show_lacking(k, s);
}

static void show_json(struct attesting *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    attested_json(k->cli->arena, &w, &k->done);
    put_json(k->cli, &b);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct attesting k = {.cli = cli};
    if (!cli_portfolio_open(cli, HOME_SIGN, &k.h, &e))
        return cli_fail(cli, &e);
    bool ok = take_all(&k, &e) && attest_say(k.h.p, cli->arena, &k.ask, &k.done, &e);
    if (ok && cli->json)
        show_json(&k);
    else if (ok)
        show(&k, &k.done.now);
    cli_portfolio_close(&k.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_attest_command = {
    .name = "conform attest",
    .args = "PRACTICE",
    .summary = N_("give one's word for a practice: a named person, a level, documents"),
    .text = N_(
        "What a machine cannot see somebody answers for by name. It counts where the catalogue's rules ask for a "
        "person's word, from the moment the log has it: --date is shown as claimed, and never counts. Documents "
        "go into the archive. --sample N/OF says how much was looked at; which ones, follows from the seed, so "
        "that a checker can draw them again.\n\nA level that rules do not admit is not reached by saying it: the "
        "answer names what is missing."),
    .options =
        (const struct option_spec[]){
            OPTION_CATALOGUE,
            {.name = "level", .kind = OPT_NUMBER, .value = "N", .help = N_("1 to 4")},
            {.name = "not-applicable", .kind = OPT_TEXT, .value = "REASON", .help = N_("it does not apply, and why")},
            {.name = "person", .kind = OPT_TEXT, .value = "NAME", .help = N_("who gives their word")},
            {.name = "title", .kind = OPT_TEXT, .value = "ROLE", .help = N_("as what: CISO, head of development …")},
            {.name = "text", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what was found")},
            {.name = "document",
             .kind = OPT_TEXT,
             .many = true,
             .value = "FILE",
             .help = N_("that shows it; goes into the archive")},
            {.name = "date", .kind = OPT_TEXT, .value = "DAY", .help = N_("when it was found so (as claimed)")},
            {.name = "expires", .kind = OPT_TEXT, .value = "DAY", .help = N_("the last day on which it counts")},
            {.name = "sample", .kind = OPT_TEXT, .value = "N/OF", .help = N_("how many were looked at, or all")},
            {.name = "seed", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what they were drawn with")},
            OPTIONS_WHOSE,
            OPTION_STORE,
            {0}},
    .examples =
        (const struct example[]){
            {"akashi conform attest \"S(1)-2.1\" --level 2 --person \"Yamada Hanako\" --title CISO --document "
             "process.pdf --expires 2027-03-31",
             N_("a process that is written down, for a year")},
            {"akashi conform attest \"S(1)-2.4\" --not-applicable \"no configuration is shipped\" --person \"Yamada "
             "Hanako\" --title CISO",
             N_("what does not apply needs a reason")},
            {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run,
};
