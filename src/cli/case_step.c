/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi case assign, note, move, decide, close: a step each, signed and logged.
 */
#include "cli/case.h"
#include "impact/case_answer.h"

static int run(struct cli *cli, struct case_request *r) {
    struct cli_watch x;
    struct case_row c;
    struct case_step step;
    struct err e = {0};
    str db = cli_db_path(cli);
    r->dashes = "--";
    if (!cli_watch_open(cli, HOME_SIGN, &x, &e))
        return cli_fail(cli, &e);
    const struct case_means means = {&x.clocks.tables, &x.policy, db};
    bool ok = cli_case(cli, &x, cli->args[0], &c, &e) &&
              case_request_step(x.views.p, cli->arena, &means, &c, r, &step, &e) &&
              case_step_log(x.views.p, cli->arena, &step, &e);
    if (ok)
        fprintf(cli->out, "%.*s: %s\n", STR_ARG(c.id), cli_case_word(case_event_name(step.event)));
    cli_watch_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

static int run_case_assign(struct cli *cli) {
    return run(cli,
               &(struct case_request){.what = CASE_DO_ASSIGN, .owner = cli->args[1], .text = cli_text(cli, "text")});
}

static void take_cause(struct cli *cli, struct case_request *r) {
    uint32_t n;
    const str *practices = cli_texts(cli, "practice", &n);
    r->root_cause = cli_text(cli, "root-cause");
    r->cause_class = cli_text(cli, "cause");
    for (uint32_t i = 0; i < n; i++)
        *vec_push(cli->arena, &r->practices) = practices[i];
}

static int run_case_note(struct cli *cli) {
    struct case_request r = {.what = CASE_DO_NOTE, .text = cli->args[1], .event = cli_text(cli, "event")};
    take_cause(cli, &r);
    return run(cli, &r);
}

static int run_case_move(struct cli *cli) {
    return run(cli, &(struct case_request){.what = CASE_DO_MOVE,
                                           .status = cli->args[1],
                                           .text = cli_text(cli, "text"),
                                           .release = cli_text(cli, "release")});
}

static int run_case_decide(struct cli *cli) {
    return run(cli, &(struct case_request){.what = CASE_DO_DECIDE,
                                           .text = cli_text(cli, "text"),
                                           .priority = cli_text(cli, "priority"),
                                           .verdict = cli_text(cli, "verdict"),
                                           .justification = cli_text(cli, "justification"),
                                           .impact = cli_text(cli, "impact"),
                                           .action = cli_text(cli, "action"),
                                           .until = cli_text(cli, "until")});
}

static int run_case_close(struct cli *cli) {
    struct case_request r = {.what = CASE_DO_CLOSE, .text = cli_text(cli, "text"), .release = cli_text(cli, "release")};
    take_cause(cli, &r);
    return run(cli, &r);
}

/* ── what they are called ── */

#define OPTION_REASON                                                                                                  \
    { .name = "text", .kind = OPT_TEXT, .value = "TEXT", .help = N_("why, or what was done") }
#define OPTIONS_CAUSE                                                                                                  \
    {.name = "root-cause", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what made it possible")},                    \
        {.name = "cause", .kind = OPT_TEXT, .value = "CLASS", .help = N_("its class"), .choices = CASE_CAUSES}, {      \
        .name = "practice", .kind = OPT_TEXT, .many = true, .value = "ID",                                             \
        .help = N_("the practice that is changed because of it: S(1)-2.2 …")                                           \
    }

const struct command case_assign_command = {
    .name = "case assign",
    .args = "CASE OWNER",
    .summary = N_("who takes care of a case"),
    .options = (const struct option_spec[]){OPTION_REASON, OPTION_STORE, {0}},
    .min_args = 2,
    .max_args = 2,
    .run = run_case_assign,
};

const struct command case_note_command = {
    .name = "case note",
    .args = "CASE TEXT",
    .summary = N_("something worth knowing about a case, and what starts or meets its clocks"),
    .options = (const struct option_spec[]){{.name = "event",
                                             .kind = OPT_TEXT,
                                             .value = "EVENT",
                                             .help = N_(
                                                 "what happened, for the clocks: warned, notified, customer-told …")},
                                            OPTIONS_CAUSE,
                                            OPTION_STORE,
                                            {0}},
    .examples = (const struct example[]){{"akashi case note C-5f2c9a1b0d3e 'sent to the authority' --event warned",
                                          N_("meets the early warning")},
                                         {0}},
    .min_args = 2,
    .max_args = 2,
    .run = run_case_note,
};

const struct command case_move_command = {
    .name = "case move",
    .args = "CASE STATUS",
    .summary = N_("how far a case is: triaged, fixing, fixed, delivered, verified"),
    .options =
        (const struct option_spec[]){
            OPTION_REASON,
            {.name = "release", .kind = OPT_TEXT, .value = "VERSION", .help = N_("the release that shows it")},
            OPTION_STORE,
            {0}},
    .min_args = 2,
    .max_args = 2,
    .run = run_case_move,
};

const struct command case_decide_command = {
    .name = "case decide",
    .args = "CASE",
    .summary = N_("what is to be done about a case: fix, mitigate, accept; or that it is not affected"),
    .text = N_(
        "An accepted risk and a verdict hold for later releases too, as long as they have the same component and "
        "the reason holds; an accepted risk is taken back when the vulnerability comes to be exploited or much "
        "more likely to be. With --priority the outcome of the decision tree is replaced, with a signed reason. "
        "The verdict 'withdraw' takes back what was decided."),
    .options =
        (const struct option_spec[]){
            {.name = "verdict",
             .kind = OPT_TEXT,
             .value = "VERDICT",
             .help = N_("what was decided"),
             .choices = "fix|mitigate|accept|not_affected|withdraw"},
            {.name = "justification",
             .kind = OPT_TEXT,
             .value = "WORD",
             .help = N_("why it is not affected"),
             .choices = "component_not_present|vulnerable_code_not_present|"
                        "vulnerable_code_not_in_execute_path|"
                        "vulnerable_code_cannot_be_controlled_by_adversary|"
                        "inline_mitigations_already_exist"},
            {.name = "impact", .kind = OPT_TEXT, .value = "TEXT", .help = N_("the same in words")},
            {.name = "action", .kind = OPT_TEXT, .value = "TEXT", .help = N_("what users are to do")},
            {.name = "until", .kind = OPT_TEXT, .value = "DAY", .help = N_("it holds no longer than this")},
            {.name = "priority",
             .kind = OPT_TEXT,
             .value = "OUTCOME",
             .help = N_("decide otherwise than the tree: Immediate, Scheduled …")},
            OPTION_REASON,
            OPTION_STORE,
            {0}},
    .examples =
        (const struct example[]){{"akashi case decide C-5f2c9a1b0d3e --verdict accept --until 2027-03-31 --text "
                                  "'not reachable from outside; replaced in spring'",
                                  N_("a risk accepted for a time")},
                                 {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_case_decide,
};

const struct command case_close_command = {
    .name = "case close",
    .args = "CASE",
    .summary = N_("close a case, with evidence: a release without the findings, or verdicts that answer them"),
    .options =
        (const struct option_spec[]){
            {.name = "release",
             .kind = OPT_TEXT,
             .value = "VERSION",
             .help = N_("the release without them; its contents are checked")},
            OPTION_REASON,
            OPTIONS_CAUSE,
            {.name = "db", .kind = OPT_TEXT, .value = "FILE", .help = N_("advisory database (default: in the home)")},
            OPTION_STORE,
            {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_case_close,
};
