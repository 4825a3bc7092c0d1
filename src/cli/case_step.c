/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi case assign, note, move, decide, close: a step each, signed and logged.
 */
#include "base/digest.h"
#include "base/file.h"
#include "cli/case.h"

struct stepping {
    struct cli *cli;
    struct cli_watch x;
    struct case_row c;
    struct case_step step;
};

static bool begin(struct stepping *s, struct cli *cli, enum case_event event, struct err *e) {
    *s = (struct stepping){.cli = cli};
    if (!cli_watch_open(cli, HOME_SIGN, &s->x, e))
        return false;
    if (!cli_case(cli, &s->x, cli->args[0], &s->c, e)) {
        cli_watch_close(&s->x);
        return false;
    }
    s->step = (struct case_step){.id = s->c.id, .event = event, .text = cli_text(cli, "text")};
    return true;
}

static int finish(struct stepping *s, bool ok, struct err *e) {
    ok = ok && cli_case_step(s->cli, &s->x, &s->step, e);
    if (ok)
        fprintf(s->cli->out, "%.*s: %s\n", STR_ARG(s->c.id), cli_case_word(case_event_name(s->step.event)));
    cli_watch_close(&s->x);
    cli_warnings(s->cli);
    return ok ? 0 : cli_fail(s->cli, e);
}

static bool is_open(struct stepping *s, struct err *e) {
    return s->c.status != CASE_CLOSED || err_set(e, ERR_USAGE, s->c.id, _("this case is closed"));
}

/* ── assign, note, move ── */

static int run_case_assign(struct cli *cli) {
    struct stepping s;
    struct err e = {0};
    if (!begin(&s, cli, CASE_ASSIGNED, &e))
        return cli_fail(cli, &e);
    s.step.owner = cli->args[1];
    return finish(&s, is_open(&s, &e), &e);
}

static void take_cause(struct stepping *s) {
    uint32_t n;
    const str *practices = cli_texts(s->cli, "practice", &n);
    s->step.root_cause = cli_text(s->cli, "root-cause");
    s->step.cause_class = cli_text(s->cli, "cause");
    for (uint32_t i = 0; i < n; i++)
        *vec_push(s->cli->arena, &s->step.practices) = practices[i];
}

static int run_case_note(struct cli *cli) {
    struct stepping s;
    struct err e = {0};
    enum clock_event event;
    if (!begin(&s, cli, CASE_NOTED, &e))
        return cli_fail(cli, &e);
    s.step.text = cli->args[1];
    s.step.happened = cli_text(cli, "event");
    take_cause(&s);
    bool ok = !s.step.happened.p || clock_event_parse(s.step.happened, &event) ||
              err_set(&e, ERR_USAGE, s.step.happened, _("no clock knows this event"));
    return finish(&s, ok, &e);
}

static int run_case_move(struct cli *cli) {
    static const enum case_event events[] = {CASE_NOTED,    CASE_IS_TRIAGED,   CASE_IS_FIXING,
                                             CASE_IS_FIXED, CASE_IS_DELIVERED, CASE_IS_VERIFIED};
    struct stepping s;
    struct err e = {0};
    enum case_status to = CASE_DETECTED;
    bool ok = case_status_parse(cli->args[1], &to) && to > CASE_DETECTED && to < CASE_CLOSED;
    if (!ok) {
        err_set(&e, ERR_USAGE, cli->args[1], _("a case moves to triaged, fixing, fixed, delivered or verified"));
        return cli_fail(cli, &e);
    }
    if (!begin(&s, cli, events[to], &e))
        return cli_fail(cli, &e);
    s.step.by_release = cli_text(cli, "release");
    return finish(&s, is_open(&s, &e), &e);
}

/* ── decide ── */

static bool all_findings(struct stepping *s, struct err *e) {
    return case_findings(s->x.views.p, s->cli->arena, s->c.number, &s->step.findings, e) &&
           case_places(s->x.views.p, s->cli->arena, s->c.number, &s->step.releases, &s->step.deployments, e);
}

static bool override(struct stepping *s, str outcome, struct err *e) {
    const struct ssvc_table *t = ssvc_table(&s->x.clocks.tables, s->c.priority.table);
    if (!s->step.text.n)
        return err_set(e, ERR_USAGE, S("--text"), _("to decide otherwise than the tree needs a reason"));
    for (uint32_t i = 0; t && i < t->outcome.n_values; i++)
        if (str_ieq(outcome, t->outcome.values[i].name.en) || str_ieq(outcome, t->outcome.values[i].key)) {
            s->step.event = CASE_OVERRIDDEN;
            s->step.has_priority = true;
            s->step.priority = (struct case_priority){
                .table = t->id,
                .outcome = t->outcome.values[i].name.en,
                .rank = t->outcome.n_values > 1 ? 100 * i / (t->outcome.n_values - 1) : 100};
            return true;
        }
    return err_set(e, ERR_USAGE, outcome, _("the decision table has no such outcome"));
}

static bool take_decision(struct stepping *s, struct err *e) {
    struct cli *cli = s->cli;
    struct case_step *p = &s->step;
    int64_t until;
    p->verdict = cli_text(cli, "verdict");
    p->justification = cli_text(cli, "justification");
    p->impact = cli_text(cli, "impact");
    p->action = cli_text(cli, "action");
    str day = cli_text(cli, "until");
    if (day.p && !time_parse(day, &until))
        return err_set(e, ERR_USAGE, S("--until"), _("this is no time"));
    if (day.p)
        p->until = time_rfc3339(cli->arena, until);
    if (str_is(p->verdict, "not_affected") && !p->justification.p && !p->impact.p)
        return err_set(e, ERR_USAGE, S("--justification"), _("that it is not affected needs a justification"));
    if (str_is(p->verdict, "accept") && !p->text.n)
        return err_set(e, ERR_USAGE, S("--text"), _("to accept a risk needs a reason"));
    p->product = cli_product_id(cli, &s->x, s->c.product);
    return all_findings(s, e);
}

static int run_case_decide(struct cli *cli) {
    struct stepping s;
    struct err e = {0};
    str outcome = cli_text(cli, "priority");
    if (!begin(&s, cli, CASE_DECIDED, &e))
        return cli_fail(cli, &e);
    bool ok = is_open(&s, &e);
    if (ok && outcome.p)
        ok = override(&s, outcome, &e);
    else if (ok && !cli_text(cli, "verdict").p)
        ok = err_set(&e, ERR_USAGE, S("--verdict"), _("say what was decided: --verdict, or --priority"));
    else if (ok)
        ok = take_decision(&s, &e);
    return finish(&s, ok, &e);
}

/* ── close ── */

static bool still_open(struct stepping *s, struct err *e) {
    struct open_findings open;
    str path = cli_db_path(s->cli);
    if (!path_exists(path) || !advdb_open(s->cli->ctx, path, &s->x.db, e))
        return path_exists(path) ? false : err_set(e, ERR_ENV, path, _("there is no advisory database"));
    s->x.plan.db = s->x.db;
    if (!watch_open(s->x.views.p, &s->x.plan, s->cli->arena, s->c.product, s->c.package, &open, e))
        return false;
    if (!open.n)
        return true;
    const struct open_finding *f = &open.v[0];
    err_set(e, ERR_USAGE, s->c.id, _("it cannot be closed: %.*s is still in %.*s of %.*s%s%.*s"), STR_ARG(f->flaw),
            STR_ARG(f->component), STR_ARG(f->release), f->deployment.n ? ", " : "", STR_ARG(f->deployment));
    return err_hint(e, "%s", _("ship and deploy a release without it, or state a verdict: akashi vex add"));
}

/* The release named as evidence exists and is without every finding of the case. */
static bool check_release(struct stepping *s, str version, struct err *e) {
    struct arena *a = s->cli->arena;
    struct portfolio *p = s->x.views.p;
    struct case_findings findings;
    struct release_rows releases;
    if (!contents_releases(p->contents, a, s->c.product, version, &releases, e) ||
        !case_findings(p, a, s->c.number, &findings, e))
        return false;
    if (!releases.n)
        return err_set(e, ERR_USAGE, version, _("the product has no such release"));
    for (uint32_t r = 0; r < releases.n; r++) {
        struct component_ids ids;
        if (!contents_of(p->contents, a, releases.v[r].id, &ids, e))
            return false;
        for (uint32_t i = 0; i < findings.n; i++) {
            component_id id;
            bool found;
            if (!contents_component(p->contents, findings.v[i].component, &found, &id, e))
                return false;
            for (uint32_t k = 0; found && k < ids.n; k++)
                if (ids.v[k] == id)
                    return err_set(e, ERR_USAGE, version, _("this release still contains %.*s"),
                                   STR_ARG(findings.v[i].component));
        }
    }
    s->step.by_release = version;
    s->step.by_body = hex_text(a, releases.v[0].body, 32);
    return true;
}

static int run_case_close(struct cli *cli) {
    struct stepping s;
    struct err e = {0};
    str release = cli_text(cli, "release");
    if (!begin(&s, cli, CASE_IS_CLOSED, &e))
        return cli_fail(cli, &e);
    bool ok = is_open(&s, &e);
    if (ok && release.p)
        ok = check_release(&s, release, &e);
    else if (ok)
        s.step.by_vex = S("nothing is open: every finding is answered or gone");
    ok = ok && still_open(&s, &e);
    take_cause(&s);
    return finish(&s, ok, &e);
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
        "more likely to be. With --priority the outcome of the decision tree is replaced, with a signed reason."),
    .options =
        (const struct option_spec[]){
            {.name = "verdict",
             .kind = OPT_TEXT,
             .value = "VERDICT",
             .help = N_("what was decided"),
             .choices = "fix|mitigate|accept|not_affected"},
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
