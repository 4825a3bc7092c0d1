/* SPDX-License-Identifier: Apache-2.0 */
#include <unistd.h>

#include "cli/conform_words.h"
#include "cli/net.h"
#include "conform/choose_json.h"

enum { LINE = 200 };

struct choosing {
    struct cli *cli;
    struct cli_portfolio h;
    const struct catalogue *k;
    struct questionnaire q;
    int32_t answers[QUESTIONS_MOST];
    struct recommendation r;
    struct choice_say say;
};

/* ── asking ── */

static void put_question(const struct choosing *x, uint32_t n) {
    const struct choose_question *q = &x->q.questions.v[n];
    fprintf(stderr, "\n%u/%u  %.*s\n", n + 1, x->q.questions.n, STR_ARG(label_text(q->text)));
    if (label_text(q->help).n)
        fprintf(stderr, "     %.*s\n", STR_ARG(label_text(q->help)));
    for (uint32_t i = 0; i < q->answers.n; i++)
        fprintf(stderr, "  %u  %.*s\n", i + 1, STR_ARG(label_text(q->answers.v[i].text)));
}

/* False at the end of input. */
static bool ask_one(struct choosing *x, uint32_t n) {
    char line[LINE];
    uint64_t number;
    put_question(x, n);
    for (;;) {
        fprintf(stderr, _("a number, or Enter if you do not know: "));
        if (!fgets(line, sizeof line, stdin))
            return false;
        str text = str_trim(str_of(line));
        if (!text.n)
            return true;
        if (str_u64(text, &number) && number >= 1 && number <= x->q.questions.v[n].answers.n) {
            x->answers[n] = (int32_t)number - 1;
            return true;
        }
    }
}

static void ask(struct choosing *x) {
    if (x->cli->json || x->cli->ctx->quiet || !isatty(STDIN_FILENO) || !isatty(STDERR_FILENO))
        return;
    for (uint32_t i = 0; i < x->q.questions.n; i++)
        if (x->answers[i] == UNANSWERED && !ask_one(x, i))
            break;
    fputc('\n', stderr);
}

static bool take_answers(struct choosing *x, struct err *e) {
    uint32_t n;
    const str *given = cli_texts(x->cli, "answer", &n);
    for (uint32_t i = 0; i < QUESTIONS_MOST; i++)
        x->answers[i] = UNANSWERED;
    for (uint32_t i = 0; i < n; i++)
        if (!answer_take(&x->q, given[i], S("--answer"), x->answers, e))
            return false;
    ask(x);
    return true;
}

/* ── telling ── */

static const struct choose_question *question(const struct choosing *x, const struct choose_change *c) {
    return &x->q.questions.v[c->question];
}
static const struct choose_answer *answer(const struct choosing *x, const struct choose_change *c) {
    return &question(x, c)->answers.v[c->answer];
}

static void tell_json(struct choosing *x, bool saved) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    recommendation_json(&w, &x->q, x->answers, &x->r);
    if (saved) {
        jw_kstr(&w, "package", x->say.package);
        jw_kint(&w, "entry", (int64_t)x->say.index);
    }
    jw_obj_end(&w);
    put_json(x->cli, &b);
}

static str change_text(struct choosing *x, const struct choose_change *c) {
    return arena_printf(x->cli->arena, "%.*s=%.*s (%.*s)", STR_ARG(question(x, c)->id), STR_ARG(answer(x, c)->id),
                        STR_ARG(label_text(answer(x, c)->text)));
}

static void tell_changes(struct choosing *x) {
    if (!x->r.changes.n)
        return;
    fprintf(x->cli->out, _("\nany one of these answers would lead elsewhere:\n"));
    for (uint32_t i = 0; i < x->r.changes.n; i++)
        cli_paragraph(x->cli, 2,
                      arena_printf(x->cli->arena, "%.*s → %.*s", STR_ARG(change_text(x, &x->r.changes.v[i])),
                                   STR_ARG(x->q.results.v[x->r.changes.v[i].result].package)));
}

static void tell_open(struct choosing *x) {
    if (!x->r.unanswered)
        return;
    fprintf(x->cli->out, _("\nnot answered:\n"));
    for (uint32_t i = 0; i < x->q.questions.n; i++) {
        const struct choose_question *q = &x->q.questions.v[i];
        str ids = S("");
        if (x->answers[i] != UNANSWERED)
            continue;
        for (uint32_t n = 0; n < q->answers.n; n++)
            ids = arena_printf(x->cli->arena, "%.*s%s%.*s", STR_ARG(ids), n ? "|" : "", STR_ARG(q->answers.v[n].id));
        cli_paragraph(x->cli, 2, label_text(q->text));
        cli_paragraph(x->cli, 4, arena_printf(x->cli->arena, "--answer %.*s=%.*s", STR_ARG(q->id), STR_ARG(ids)));
    }
}

static void tell(struct choosing *x, bool saved) {
    const struct choose_result *result = &x->q.results.v[x->r.result];
    FILE *out = x->cli->out;
    fprintf(out, x->r.certain ? _("recommended: %.*s\n") : _("recommended as far as is known: %.*s\n"),
            STR_ARG(result->package));
    cli_paragraph(x->cli, 2, label_text(result->text));
    for (uint32_t i = 0; i < x->r.reasons.n; i++)
        if (label_text(answer(x, &x->r.reasons.v[i])->why).n)
            cli_paragraph(x->cli, 2,
                          arena_printf(x->cli->arena, _("because %.*s"),
                                       STR_ARG(label_text(answer(x, &x->r.reasons.v[i])->why))));
    tell_open(x);
    tell_changes(x);
    if (label_text(x->q.note).n) {
        fputc('\n', out);
        cli_paragraph(x->cli, 0, label_text(x->q.note));
    }
    if (saved)
        fprintf(out, x->say.same ? _("chosen already: %.*s, entry %llu\n") : _("chosen: %.*s, entry %llu\n"),
                STR_ARG(x->say.package), (unsigned long long)x->say.index);
    else
        fprintf(out, _("nothing is written; --save makes it a statement\n"));
}

/* ── the command ── */

static bool save(struct choosing *x, struct err *e) {
    str package = cli_text(x->cli, "package");
    x->say = (struct choice_say){.catalogue = x->k,
                                 .questionnaire = &x->q,
                                 .answers = x->answers,
                                 .recommendation = &x->r,
                                 .package = package.n ? package : x->q.results.v[x->r.result].package,
                                 .party = cli_text(x->cli, "party")};
    if (package_number(x->k, x->say.package) < 0)
        return err_set(e, ERR_USAGE, x->k->id, _("there is no package '%.*s'"), STR_ARG(package));
    return choice_say(x->h.p, x->cli->arena, &x->say, e);
}

static bool choose(struct choosing *x, bool keep, struct err *e) {
    struct cli *cli = x->cli;
    str id = cli_text(cli, "catalogue");
    if (!(keep ? cli_portfolio_open(cli, HOME_SIGN, &x->h, e) : cli_conform_open(cli, &x->h, e)) ||
        !catalogue_find(cli->ctx, x->h.p, cli->arena, id.n ? id : S("cip"), &x->k, e) ||
        !questionnaire_find(cli->ctx, cli->arena, x->k, &x->q, e) || !take_answers(x, e))
        return false;
    recommend(cli->arena, &x->q, x->answers, &x->r);
    return !keep || save(x, e);
}

static int run(struct cli *cli) {
    struct err e = {0};
    struct choosing x = {.cli = cli};
    bool keep = cli_flag(cli, "save"), ok = choose(&x, keep, &e);
    if (ok && cli->json)
        tell_json(&x, keep);
    else if (ok)
        tell(&x, keep);
    if (ok && keep && !x.say.same)
        cli_cosign(cli, &x.h.home);
    cli_conform_close(&x.h);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command conform_choose_command = {
    .name = "conform choose",
    .summary = N_("which package to begin with, by a short questionnaire"),
    .text = N_(
        "Asks on a terminal what --answer leaves open; Enter leaves a question open, Ctrl-C leaves nothing behind. "
        "Says which package fits and why, and which other answer would change it. With --save the choice becomes a "
        "signed statement with answers and reasons; the newest one counts."),
    .options =
        (const struct option_spec[]){
            {.name = "answer",
             .many = true,
             .kind = OPT_TEXT,
             .value = "ID=VALUE",
             .help = N_("answer a question without being asked")},
            {.name = "catalogue", .kind = OPT_TEXT, .value = "ID", .help = N_("the catalogue (default: cip)")},
            {.name = "save", .kind = OPT_FLAG, .help = N_("make it a statement")},
            {.name = "package",
             .kind = OPT_TEXT,
             .value = "P",
             .help = N_("with --save: choose this one, whatever is recommended")},
            {.name = "party",
             .kind = OPT_TEXT,
             .value = "ID",
             .help = N_("with --save: for this unit instead of the whole home")},
            OPTION_STORE,
            {0}},
    .examples = (const struct example[]){{"akashi conform choose", N_("asks")},
                                         {"akashi conform choose --answer safety=no --answer exposure=internet --json",
                                          N_("in a script; what is not answered is said")},
                                         {0}},
    .run = run,
};
