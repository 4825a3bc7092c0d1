/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/conform_attest.h"

#include "archive/archive.h"
#include "base/digest.h"
#include "base/file.h"

/* ── what is said ── */

static bool take_scope(struct attesting *k, struct err *e) {
    uint32_t n;
    const str *ids = cli_texts(k->cli, "product", &n);
    str unit = cli_text(k->cli, "unit"), party = cli_text(k->cli, "party");
    k->ask.party = unit.p ? unit : party;
    for (uint32_t i = 0; i < n; i++)
        *vec_push(k->cli->arena, &k->ask.products) = ids[i];
    return cli_conform_scope(k->cli, &k->h, &k->scope, e);
}

bool attesting_documents(struct attesting *k, str folder, const str *files, uint32_t n, struct attested_documents *out,
                         struct err *e) {
    for (uint32_t i = 0; i < n; i++) {
        struct arena *a = arena_new();
        struct body_name name;
        str text, path = folder.n ? path_join(a, folder, files[i]) : files[i];
        bool ok = file_read(k->cli->ctx, a, path, &text, e) && archive_put(k->h.home.archive, text, &name, e);
        arena_free(a);
        if (!ok)
            return false;
        *vec_push(k->cli->arena, out) = (struct attested_document){path_base(files[i]),
                                                                   hex_text(k->cli->arena, name.b, sizeof name.b)};
    }
    return true;
}

static bool take_all(struct attesting *k, struct err *e) {
    struct cli *cli = k->cli;
    uint32_t n;
    const str *files = cli_texts(cli, "document", &n);
    k->ask = (struct attest_request){.catalogue = cli_text(cli, "catalogue"),
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
    return cli_catalogue(cli, k->h.p, &k->catalogue, e) && take_scope(k, e) &&
           attesting_documents(k, (str){NULL, 0}, files, n, &k->ask.documents, e);
}

/* "PRACTICE" or "PRACTICE=LEVEL" */
static void take_practice(const struct attesting *k, str word, struct attest_request *ask) {
    str practice, level;
    uint64_t n;
    ask->practice = word;
    if (practice_of(k->catalogue, word) || !str_rcut(word, '=', &practice, &level) || !str_u64(level, &n) ||
        n >= LEVELS)
        return;
    ask->practice = practice;
    ask->level = (int64_t)n;
}

static bool say_words(struct attesting *k, struct err *e) {
    struct cli *cli = k->cli;
    k->n = cli->n_args;
    k->done = arena_array(cli->arena, struct attested, k->n + 1);
    for (uint32_t i = 0; i < k->n; i++) {
        struct attest_request ask = k->ask;
        take_practice(k, cli->args[i], &ask);
        if (!attest_check(k->h.p, cli->arena, &ask, &k->done[i], e))
            return false;
    }
    return attest_say_all(k->h.p, cli->arena, k->done, k->n, e);
}

/* ── the answer ── */

static void show_drawn(struct attesting *k, const struct attested *x) {
    struct drawn drawn = {0};
    struct buf b = {0};
    if (!x->said.of)
        return;
    sample_draw(k->cli->arena, x->said.seed, x->said.n, x->said.of, &drawn);
    for (uint32_t i = 0; i < drawn.n && i < 200; i++)
        buf_addf(&b, "%s%u", i ? ", " : "", drawn.v[i]);
    fprintf(k->cli->out, _("to be looked at, of %u: %.*s\n"), x->said.of, STR_ARG(buf_str(&b)));
    buf_free(&b);
}

/* Which rule of the next level does not hold. */
static void show_lacking(struct attesting *k, const struct attested *x) {
    const struct practice_state *s = &x->now;
    int next = s->level + 1;
    if (s->basis == BASIS_NOT_APPLICABLE || next >= LEVELS || s->level >= x->said.level)
        return;
    for (uint32_t i = 0; i < s->rules[next].n; i++)
        if (!s->rules[next].v[i].holds)
            fprintf(k->cli->out, _("level %d needs: %.*s\n"), next,
                    STR_ARG(rule_text(k->cli->arena, s->rules[next].v[i].rule)));
}

static void show(struct attesting *k, const struct attested *x) {
    struct cli *cli = k->cli;
    if (x->was_there)
        fprintf(cli->out, _("%.*s: said already, entry %llu\n"), STR_ARG(x->practice->id),
                (unsigned long long)x->index);
    else
        fprintf(cli->out, _("%.*s: said, entry %llu\n"), STR_ARG(x->practice->id), (unsigned long long)x->index);
    show_drawn(k, x);
    if (x->now.basis == BASIS_NOT_APPLICABLE)
        fprintf(cli->out, _("not applicable: %.*s\n"), STR_ARG(x->now.reason));
    else
        fprintf(cli->out, _("level now: %d\n"), x->now.level);
    show_lacking(k, x);
}

/* ── several ── */

static str said_text(struct arena *a, const struct attested *x) {
    return x->said.reason.n ? str_of(_("not applicable")) : arena_printf(a, "%d", x->said.level);
}

static str lacking_text(struct arena *a, const struct attested *x) {
    int next = x->now.level + 1;
    if (x->now.basis == BASIS_NOT_APPLICABLE || next >= LEVELS || x->now.level >= x->said.level)
        return S("");
    for (uint32_t i = 0; i < x->now.rules[next].n; i++)
        if (!x->now.rules[next].v[i].holds)
            return rule_text(a, x->now.rules[next].v[i].rule);
    return S("");
}

static void show_all(struct attesting *k) {
    static const struct column columns[] = {{.head = N_("PRACTICE")}, {.head = N_("ENTRY"), .right = true},
                                            {.head = N_("SAID")},     {.head = N_("LEVEL NOW")},
                                            {.head = N_("PERSON")},   {.head = N_("STILL NEEDS"), .wrap = true}};
    struct arena *a = k->cli->arena;
    struct table *t = table_new(a, columns, sizeof columns / sizeof *columns);
    for (uint32_t i = 0; i < k->n; i++) {
        const struct attested *x = &k->done[i];
        table_row(t);
        table_cell(t, x->practice->id, CELL_PLAIN);
        table_cell(t, arena_printf(a, "%llu", (unsigned long long)x->index), CELL_PLAIN);
        table_cell(t, said_text(a, x), CELL_PLAIN);
        table_cell(t, x->now.basis == BASIS_NOT_APPLICABLE ? S("-") : arena_printf(a, "%d", x->now.level), CELL_PLAIN);
        table_cell(t, x->said.person, CELL_PLAIN);
        table_cell(t, lacking_text(a, x), CELL_PLAIN);
    }
    table_print(t, k->cli);
    for (uint32_t i = 0; i < k->n; i++)
        show_drawn(k, &k->done[i]);
}

static void show_json(struct attesting *k) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    if (k->several)
        jw_arr(&w);
    for (uint32_t i = 0; i < k->n; i++)
        attested_json(k->cli->arena, &w, &k->done[i]);
    if (k->several)
        jw_arr_end(&w);
    put_json(k->cli, &b);
}

static bool check_use(const struct cli *cli, bool sheet, bool missing, struct err *e) {
    if ((cli->n_args > 0) + sheet + missing == 1)
        return true;
    err_set(e, ERR_USAGE, S("PRACTICE"), "%s", _("say one of: practices, --sheet FILE, --missing"));
    return err_hint(e, "%s", _("see: akashi conform attest --help"));
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct attesting k = {.cli = cli};
    bool sheet = cli_text(cli, "sheet").p != NULL, missing = cli_flag(cli, "missing");
    if (!check_use(cli, sheet, missing, &e) || !cli_portfolio_open(cli, missing ? HOME_READ : HOME_SIGN, &k.h, &e))
        return cli_fail(cli, &e);
    k.several = sheet || cli->n_args > 1;
    bool ok = take_all(&k, &e) && (missing ? attesting_missing(&k, &e)
                                   : sheet ? attesting_sheet(&k, &e)
                                           : say_words(&k, &e));
    if (ok && cli->json && !missing)
        show_json(&k);
    else if (ok && k.several && k.n)
        show_all(&k);
    else if (ok && k.n)
        show(&k, &k.done[0]);
    cli_portfolio_close(&k.h);
    cli_warnings(cli);
    return !ok ? cli_fail(cli, &e) : k.bad.n ? err_exit_code(ERR_INPUT) : 0;
}

const struct command conform_attest_command = {
    .name = "conform attest",
    .args = "[PRACTICE[=LEVEL] …]",
    .summary = N_("give one's word for a practice: a named person, a level, documents"),
    .text = N_(
        "What a machine cannot see somebody answers for by name. It counts where the catalogue's rules ask for a "
        "person's word, from the moment the log has it: --date is shown as claimed, and never counts. Documents "
        "go into the archive. --sample N/OF says how much was looked at; which ones, follows from the seed, so "
        "that a checker can draw them again.\n\nSeveral practices at once, PRACTICE=LEVEL each, are a statement each. "
        "--missing writes a sheet of what still waits for a word, each with its question; filled in, --sheet takes "
        "it back: a row that nobody filled in says nothing, and one bad row keeps all of them out. Cells that are "
        "empty are as the options say.\n\nA level that rules do not admit is not reached by saying it: the "
        "answer names what is missing."),
    .options =
        (const struct option_spec[]){
            OPTION_CATALOGUE,
            {.name = "missing", .kind = OPT_FLAG, .help = N_("a sheet of what waits for a person's word, to fill in")},
            {.name = "package",
             .kind = OPT_TEXT,
             .value = "ID",
             .help = N_("with --missing: of this package (default: the one that was chosen)")},
            {.name = "sheet", .kind = OPT_TEXT, .value = "FILE", .help = N_("say what a filled sheet says")},
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
            {"akashi conform attest --missing -o words.csv", N_("what waits for a word, to fill in")},
            {"akashi conform attest --sheet words.csv --person \"Yamada Hanako\" --title CISO",
             N_("a statement for each row that was filled in")},
            {0}},
    .max_args = -1,
    .run = run,
};
