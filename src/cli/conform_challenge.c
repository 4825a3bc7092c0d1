/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi conform challenge, answer-challenge, endorse, receive: what others say of a declaration, and what is answered.
 */
#include "base/digest.h"
#include "base/file.h"
#include "cli/declaration.h"
#include "conform/handed.h"

/* ── whose declaration ── a file of it, or one this home knows */

static bool digest_named(struct cli *cli, struct cli_portfolio *x, str name, str *sha256, struct declaration *out,
                         struct err *e) {
    const struct declaration_row *row;
    struct handed_over h;
    if (!path_exists(name)) {
        if (!cli_declaration(cli, x, name, &row, e))
            return false;
        *sha256 = hex_text(cli->arena, row->envelope, 32);
        *out = row->said;
        return true;
    }
    if (!handed_read(cli->ctx, cli->arena, &x->home, name, &h, e))
        return false;
    if (!h.of[0] || !declaration_read(cli->arena, &h.of[0]->statement, out))
        return err_set(e, ERR_INPUT, name, "%s", _("there is no declaration in it"));
    *sha256 = h.of[0]->sha256;
    return true;
}

static str file_to(struct cli *cli, str sha256, const char *end) {
    str to = cli_text(cli, "to");
    return to.n ? to : arena_printf(cli->arena, "%.12s.%s.json", sha256.p, end);
}

static int finish(struct cli *cli, struct cli_portfolio *x, bool ok, struct err *e) {
    cli_portfolio_close(x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, e);
}

static bool hand_over(struct cli *cli, const char *what, str file, const struct said *done, struct err *e) {
    if (!file_replace(file, done->bundle, e))
        return false;
    fprintf(cli->out, _("%s: entry %llu of the log; to hand over: %.*s\n"), what, (unsigned long long)done->index,
            STR_ARG(file));
    return true;
}

/* ── challenge ── */

static bool challenge(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    struct declaration d;
    struct challenge c = {.text = cli_text(cli, "text"), .contact = cli_text(cli, "contact")};
    struct saying_about about = {.said = &d, .dashes = "--"};
    struct said done;
    uint32_t n, n_practices;
    const str *files = cli_texts(cli, "evidence", &n), *ids = cli_texts(cli, "practice", &n_practices);
    for (uint32_t i = 0; i < n_practices; i++)
        *vec_push(cli->arena, &c.practices) = ids[i];
    return digest_named(cli, x, cli->args[0], &about.sha256, &d, e) && cli_attach(cli, x, files, n, &c.evidence, e) &&
           challenge_say(x->p, cli->arena, &about, &c, &done, e) &&
           hand_over(cli, _("challenged"), file_to(cli, c.declaration, "challenge"), &done, e);
}

static int run_conform_challenge(struct cli *cli) {
    struct cli_portfolio x;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    return finish(cli, &x, challenge(cli, &x, &e), &e);
}

const struct command conform_challenge_command = {
    .name = "conform challenge",
    .args = "FILE|ID",
    .summary = N_("claim, with evidence, that a declaration is wrong"),
    .text = N_(
        "Signed with this home's key and logged here; the file written goes to the declarer, who takes it in with "
        "`akashi conform receive` and has to answer within 30 days."),
    .options =
        (const struct option_spec[]){
            {.name = "practice",
             .kind = OPT_TEXT,
             .value = "ID",
             .many = true,
             .help = N_("which practice it is about; may be repeated")},
            {.name = "text", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what is wrong")},
            {.name = "evidence",
             .kind = OPT_TEXT,
             .value = "FILE",
             .many = true,
             .help = N_("a document that shows it; kept in the archive")},
            {.name = "contact", .kind = OPT_TEXT, .value = "ADDRESS", .help = N_("where the answer goes")},
            {.name = "to", .kind = OPT_TEXT, .value = "FILE", .help = N_("where to write it")},
            OPTION_STORE,
            {0},
        },
    .examples = (const struct example[]){{"akashi conform challenge D-1.declaration.json --practice 'S(1)-2.2' --text "
                                          "'no RELRO in 1.2' --evidence report.txt",
                                          N_("to the supplier")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_conform_challenge,
};

/* ── the answer ── */

static bool find_challenge(struct cli *cli, struct cli_portfolio *x, str id, const struct declaration_row **d,
                           const struct declaration_event **out, struct err *e) {
    if (!challenge_find(x->p, cli->arena, &x->when, id, d, out, e))
        return false;
    if (*out)
        return true;
    err_set(e, ERR_USAGE, id, "%s", _("no declaration of one's own was challenged by this"));
    return err_hint(e, "%s", _("`akashi conform declaration show ID` names its challenges"));
}

static bool take_outcome(struct cli *cli, struct challenge_answer *a, struct err *e) {
    str upheld = cli_text(cli, "upheld");
    a->upheld = upheld.n > 0;
    if (a->upheld == cli_flag(cli, "dismissed"))
        return err_set(e, ERR_USAGE, S("--upheld"), "%s",
                       _("either --upheld corrected|suspended|withdrawn or --dismissed"));
    return !a->upheld || standing_parse(upheld, &a->outcome);
}

static bool answer(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    const struct declaration_row *d;
    const struct declaration_event *c;
    struct challenge_answer a = {.reason = cli_text(cli, "reason"), .person = cli_person(cli)};
    struct said done;
    return take_outcome(cli, &a, e) && find_challenge(cli, x, cli->args[0], &d, &c, e) &&
           challenge_answer_say(x->p, cli->arena, d, c, cli_text(cli, "replacement"), "--", &a, &done, e) &&
           hand_over(cli, a.upheld ? _("upheld") : _("dismissed"), file_to(cli, a.challenge, "answer"), &done, e);
}

static int run_conform_respond(struct cli *cli) {
    struct cli_portfolio x;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    return finish(cli, &x, answer(cli, &x, &e), &e);
}

const struct command conform_respond_command = {
    .name = "conform respond",
    .args = "CHALLENGE",
    .summary = N_("answer a challenge: upheld, with what follows, or dismissed with reasons"),
    .options =
        (const struct option_spec[]){
            {.name = "upheld",
             .kind = OPT_TEXT,
             .value = "OUTCOME",
             .help = N_("it is right: the declaration is corrected, suspended or withdrawn"),
             .choices = "corrected|suspended|withdrawn"},
            {.name = "dismissed", .kind = OPT_FLAG, .help = N_("it is not right")},
            {.name = "replacement", .kind = OPT_TEXT, .value = "ID", .help = N_("the corrected declaration")},
            {.name = "reason", .kind = OPT_TEXT, .value = "TEXT", .help = N_("why")},
            OPTION_PERSON,
            OPTION_TITLE,
            {.name = "to", .kind = OPT_TEXT, .value = "FILE", .help = N_("where to write it")},
            OPTION_STORE,
            {0},
        },
    .examples = (const struct example[]){{"akashi conform respond X-1a2b3c4d5e6f --upheld suspended --reason 'mended "
                                          "in 1.3' --person 'T. Yamada' --title President",
                                          N_("the challenger was right")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_conform_respond,
};

/* ── endorse ── */

/* "PRACTICE=LEVEL: WHAT", "PRACTICE: WHAT" or "WHAT" */
static bool take_checked(struct cli *cli, const struct declaration *d, struct endorsement *out, struct err *e) {
    uint32_t n;
    const str *list = cli_texts(cli, "checked", &n);
    for (uint32_t i = 0; i < n; i++) {
        struct endorsed x = {.what = list[i], .level = -1};
        str head, rest, practice, level;
        uint64_t number;
        if (str_cut(list[i], ':', &head, &rest)) {
            bool leveled = str_cut(head, '=', &practice, &level);
            if (declared_practice_of(d, str_trim(leveled ? practice : head)))
                x = (struct endorsed){str_trim(leveled ? practice : head), str_trim(rest), -1};
            if (leveled && x.practice.n) {
                if (!str_u64(str_trim(level), &number) || number >= LEVELS)
                    return err_set(e, ERR_USAGE, list[i], "%s", _("levels go from 0 to 4"));
                x.level = (int)number;
            }
        }
        *vec_push(cli->arena, &out->checked) = x;
    }
    return true;
}

static bool endorse(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    struct declaration d;
    struct endorsement v = {.result = cli_text(cli, "result"), .person = cli_person(cli)};
    struct saying_about about = {.said = &d, .dashes = "--"};
    struct said done;
    uint32_t n;
    const str *files = cli_texts(cli, "document", &n);
    return digest_named(cli, x, cli->args[0], &about.sha256, &d, e) && take_checked(cli, &d, &v, e) &&
           cli_attach(cli, x, files, n, &v.documents, e) && endorsement_say(x->p, cli->arena, &about, &v, &done, e) &&
           hand_over(cli, _("endorsed"), file_to(cli, v.declaration, "endorsement"), &done, e);
}

static int run_conform_endorse(struct cli *cli) {
    struct cli_portfolio x;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    return finish(cli, &x, endorse(cli, &x, &e), &e);
}

const struct command conform_endorse_command = {
    .name = "conform endorse",
    .args = "FILE|ID",
    .summary = N_("countersign somebody else's declaration, saying what was checked"),
    .options =
        (const struct option_spec[]){
            {.name = "checked",
             .kind = OPT_TEXT,
             .value = "PRACTICE=LEVEL: WHAT",
             .many = true,
             .help = N_("what was checked; may be repeated")},
            {.name = "result",
             .kind = OPT_TEXT,
             .value = "RESULT",
             .help = N_("what came of it (confirmed)"),
             .choices = "confirmed|confirmed-in-part|not-confirmed"},
            {.name = "document",
             .kind = OPT_TEXT,
             .value = "FILE",
             .many = true,
             .help = N_("a report; kept in the archive")},
            OPTION_PERSON,
            OPTION_TITLE,
            {.name = "to", .kind = OPT_TEXT, .value = "FILE", .help = N_("where to write it")},
            OPTION_STORE,
            {0},
        },
    .examples = (const struct example[]){{"akashi conform endorse D-1.declaration.json --checked 'S(1)-2.2=2: all "
                                          "programs of 1.2 inspected again' --person 'H. Suzuki' --title Assessor",
                                          N_("by an assessor")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_conform_endorse,
};

/* ── receive ── */

static bool receive(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    struct handed_over h;
    struct handed_entries all = {0};
    if (!handed_read(cli->ctx, cli->arena, &x->home, cli->args[0], &h, e) ||
        !handed_take(x->p, cli->arena, cli->args[0], &h, &all, e))
        return false;
    for (uint32_t i = 0; i < all.n; i++)
        fprintf(cli->out, _("%.*s: entry %llu%s\n"), STR_ARG(all.v[i].kind), (unsigned long long)all.v[i].index,
                all.v[i].was_there ? _(" (was there already)")
                : all.v[i].known   ? ""
                                   : _(" (by a key nobody here has trusted)"));
    return true;
}

static int run_conform_receive(struct cli *cli) {
    struct cli_portfolio x;
    struct err e = {0};
    if (!cli_portfolio_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    return finish(cli, &x, receive(cli, &x, &e), &e);
}

const struct command conform_receive_command = {
    .name = "conform receive",
    .args = "FILE",
    .summary = N_("take in a declaration, a challenge, an answer or an endorsement that was handed over"),
    .options = (const struct option_spec[]){OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi conform receive 1a2b3c4d5e6f.challenge.json",
                                          N_("a customer's challenge")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_conform_receive,
};
