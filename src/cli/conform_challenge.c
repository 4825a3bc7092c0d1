/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi conform challenge, answer-challenge, endorse, receive: what others say of a declaration, and what is answered.
 */
#include "base/digest.h"
#include "base/file.h"
#include "cli/declaration.h"

/* ── whose declaration ── a file of it, or one this home knows */

static bool digest_named(struct cli *cli, struct cli_portfolio *x, str name, str *sha256, struct declaration *out,
                         struct err *e) {
    const struct declaration_row *row;
    struct cli_handed h;
    if (!path_exists(name)) {
        if (!cli_declaration(cli, x, name, &row, e))
            return false;
        *sha256 = hex_text(cli->arena, row->envelope, 32);
        *out = row->said;
        return true;
    }
    if (!cli_handed_read(cli, &x->home, name, &h, e))
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

static void say_done(struct cli *cli, const char *what, uint64_t index, str file) {
    fprintf(cli->out, _("%s: entry %llu of the log; to hand over: %.*s\n"), what, (unsigned long long)index,
            STR_ARG(file));
}

/* ── challenge ── */

static bool take_practices(struct cli *cli, const struct declaration *d, struct scope_names *out, struct err *e) {
    uint32_t n;
    const str *ids = cli_texts(cli, "practice", &n);
    for (uint32_t i = 0; i < n; i++) {
        if (!declared_practice_of(d, ids[i]))
            return err_set(e, ERR_USAGE, ids[i], "%s", _("the declaration says nothing of this practice"));
        *vec_push(cli->arena, out) = ids[i];
    }
    return true;
}

static bool challenge(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    struct declaration d;
    struct challenge c = {.text = cli_text(cli, "text"), .contact = cli_text(cli, "contact"), .name = x->home.party};
    uint64_t index;
    uint32_t n;
    const str *files = cli_texts(cli, "evidence", &n);
    str payload, file;
    if (!c.text.n)
        return err_set(e, ERR_USAGE, S("--text"), "%s", _("say what is wrong"));
    if (!digest_named(cli, x, cli->args[0], &c.declaration, &d, e) || !take_practices(cli, &d, &c.practices, e) ||
        !cli_attach(cli, x, files, n, &c.evidence, e) || !challenge_payload(cli->ctx, cli->arena, &c, &payload, e))
        return false;
    file = file_to(cli, c.declaration, "challenge");
    if (!cli_state_and_hand_over(cli, x, payload, file, &index, e))
        return false;
    say_done(cli, _("challenged"), index, file);
    return true;
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

static const struct declaration_event *challenge_of(const struct declaration_row *d, str id) {
    for (uint32_t i = 0; i < d->events.n; i++)
        if (d->events.v[i].event == DECLARED_CHALLENGED && str_eq(j_gets(d->events.v[i].said, "id"), id))
            return &d->events.v[i];
    return NULL;
}

static bool find_challenge(struct cli *cli, struct cli_portfolio *x, str id, const struct declaration_row **d,
                           const struct declaration_event **out, struct err *e) {
    struct declaration_rows *all = arena_new_of(cli->arena, struct declaration_rows);
    *out = NULL;
    if (!declarations_list(x->p, cli->arena, &x->when, true, all, e))
        return false;
    for (uint32_t i = 0; i < all->n && !*out; i++) {
        *d = &all->v[i];
        *out = challenge_of(*d, id);
    }
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
    if (!a->reason.n)
        return err_set(e, ERR_USAGE, S("--reason"), "%s", _("an answer needs its reason"));
    return !a->upheld || standing_parse(upheld, &a->outcome);
}

static bool take_replacement(struct cli *cli, struct cli_portfolio *x, struct challenge_answer *a, struct err *e) {
    const struct declaration_row *by;
    str name = cli_text(cli, "replacement");
    if (!name.n)
        return !a->upheld || a->outcome != STANDING_CORRECTED ||
               err_set(e, ERR_USAGE, S("--replacement"), "%s", _("which declaration is the corrected one?"));
    if (!cli_declaration(cli, x, name, &by, e))
        return false;
    a->replacement = hex_text(cli->arena, by->envelope, 32);
    return true;
}

static bool answer(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    const struct declaration_row *d;
    const struct declaration_event *c;
    struct challenge_answer a = {.reason = cli_text(cli, "reason")};
    uint64_t index;
    str payload, file;
    if (!take_outcome(cli, &a, e) || !cli_person(cli, &a.person, e) ||
        !find_challenge(cli, x, cli->args[0], &d, &c, e) || !take_replacement(cli, x, &a, e))
        return false;
    a.challenge = hex_text(cli->arena, c->envelope, 32);
    a.declaration = hex_text(cli->arena, d->envelope, 32);
    file = file_to(cli, a.challenge, "answer");
    if (!challenge_answer_payload(cli->ctx, cli->arena, &a, &payload, e) ||
        !cli_state_and_hand_over(cli, x, payload, file, &index, e))
        return false;
    say_done(cli, a.upheld ? _("upheld") : _("dismissed"), index, file);
    return true;
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
    return n ||
           err_set(e, ERR_USAGE, S("--checked"), "%s", _("say what was checked: --checked 'PRACTICE=LEVEL: WHAT'"));
}

static bool endorse(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    struct declaration d;
    struct endorsement v = {.name = x->home.party, .result = cli_text(cli, "result")};
    uint64_t index;
    uint32_t n;
    const str *files = cli_texts(cli, "document", &n);
    str payload, file;
    v.result = v.result.n ? v.result : S("confirmed");
    if (!cli_person(cli, &v.person, e) || !digest_named(cli, x, cli->args[0], &v.declaration, &d, e) ||
        !take_checked(cli, &d, &v, e) || !cli_attach(cli, x, files, n, &v.documents, e) ||
        !endorsement_payload(cli->ctx, cli->arena, &v, &payload, e))
        return false;
    file = file_to(cli, v.declaration, "endorsement");
    if (!cli_state_and_hand_over(cli, x, payload, file, &index, e))
        return false;
    say_done(cli, _("endorsed"), index, file);
    return true;
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

/* Somebody's word about a declaration enters the log as what it is: signed by that key, known or not. What must be by
 * the declarer counts only from a key that is trusted for it. */
static bool take_in(struct cli *cli, struct cli_portfolio *x, const struct verified *v, bool known, struct err *e) {
    struct home_add add = {.envelope = v->text, .kind = v->kind};
    if (!known && !str_is(v->kind, "challenge") && !str_is(v->kind, "endorsement")) {
        err_set(e, ERR_INPUT, v->where, _("no trusted key signed this: %.*s"), STR_ARG(v->kind));
        return err_hint(e, "%s", _("`akashi key trust` adds the signer's public key, once you are sure whose it is"));
    }
    memcpy(add.key, v->key, sizeof add.key);
    if (!home_append(&x->home, cli->arena, &add, 1, e))
        return false;
    fprintf(cli->out, _("%.*s: entry %llu%s\n"), STR_ARG(v->kind), (unsigned long long)add.added.index,
            add.added.was_there ? _(" (was there already)")
            : known             ? ""
                                : _(" (by a key nobody here has trusted)"));
    return true;
}

static bool receive(struct cli *cli, struct cli_portfolio *x, struct err *e) {
    struct cli_handed h;
    bool any = false;
    if (!cli_handed_read(cli, &x->home, cli->args[0], &h, e))
        return false;
    for (int i = 0; i < 5; i++) {
        if (!h.of[i])
            continue;
        any = true;
        if (!take_in(cli, x, h.of[i], h.known[i], e))
            return false;
    }
    if (!any)
        return err_set(e, ERR_INPUT, cli->args[0], "%s",
                       _("there is neither a declaration in it nor a word about one"));
    return portfolio_catch_up(x->p, e);
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
