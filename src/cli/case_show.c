/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/case.h"
#include "impact/case_answer.h"

struct showing {
    struct cli *cli;
    struct case_view v;
    const struct ssvc_set *ssvc;
    int64_t now; /* of the clocks */
};

static void show_json(const struct case_view *v, struct cli *cli) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    case_view_json(cli->arena, &w, v);
    jw_obj_end(&w);
    put_json(cli, &b);
}

static void line(struct table *t, const char *says, str what) {
    if (!what.n)
        return;
    table_row(t);
    table_cell(t, str_of(says), CELL_DIM);
    table_cell(t, what, CELL_PLAIN);
}

static str joined(struct arena *a, const struct case_names *v) {
    str s = {NULL, 0};
    for (uint32_t i = 0; i < v->n; i++)
        s = i ? arena_printf(a, "%.*s, %.*s", STR_ARG(s), STR_ARG(v->v[i])) : v->v[i];
    return s;
}

static void show_findings(struct showing *s) {
    static const struct column columns[] = {{.head = N_("vulnerability")},
                                            {.head = N_("component"), .shrink = true},
                                            {.head = N_("fixed in")},
                                            {.head = N_("exploited")}};
    struct table *t = table_new(s->cli->arena, columns, 4);
    for (uint32_t i = 0; i < s->v.findings.n; i++) {
        const struct case_finding *f = &s->v.findings.v[i];
        table_row(t);
        table_cell(t, f->flaw, CELL_BOLD);
        table_cell(t, f->component, CELL_PLAIN);
        table_cell(t, f->fixed.n ? f->fixed : S("-"), CELL_PLAIN);
        table_cell(t, f->kev ? S("KEV") : S("-"), f->kev ? CELL_RED : CELL_DIM);
    }
    table_print(t, s->cli);
}

static void show_clocks(struct showing *s) {
    static const struct column columns[] = {{.head = N_("clock"), .wrap = true},
                                            {.head = N_("deadline"), .wrap = true},
                                            {.head = N_("state"), .wrap = true}};
    struct arena *a = s->cli->arena;
    if (!s->v.deadlines.n)
        return;
    struct table *t = table_new(a, columns, 3);
    for (uint32_t i = 0; i < s->v.deadlines.n; i++) {
        const struct deadline *d = &s->v.deadlines.v[i];
        table_row(t);
        table_cell(t, label_text(d->profile->title), CELL_PLAIN);
        table_cell(t, label_text(d->rule->title), CELL_PLAIN);
        table_cell(t, clock_say(a, d, s->now), d->state == CLOCK_MISSED ? CELL_RED : CELL_PLAIN);
    }
    fputc('\n', s->cli->out);
    table_print(t, s->cli);
}

static str said(struct arena *a, const struct case_step *p) {
    str s = p->text.n ? p->text : p->owner;
    if (p->verdict.n)
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(cli_case_decided(a, p->verdict)), s.n ? ": " : "", STR_ARG(s));
    else if (p->event == CASE_DECIDED)
        s = arena_printf(a, "%s%s%.*s", _("taken back"), s.n ? ": " : "", STR_ARG(s));
    str by = p->by_release.n      ? arena_printf(a, _("release %.*s"), STR_ARG(p->by_release))
             : p->by_vex.n        ? p->by_vex
             : p->by_advisories.n ? str_of(_("the advisories name it no more"))
                                  : (str){NULL, 0};
    if (by.n)
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s), s.n ? "; " : "", STR_ARG(by));
    return s.n ? s : S("-");
}

static void show_history(struct showing *s) {
    static const struct column columns[] = {{.head = N_("entry"), .right = true},
                                            {.head = N_("time")},
                                            {.head = N_("step")},
                                            {.head = N_("what"), .shrink = true, .wrap = true}};
    struct arena *a = s->cli->arena;
    struct table *t = table_new(a, columns, 4);
    for (uint32_t i = 0; i < s->v.history.n; i++) {
        const struct case_happened *h = &s->v.history.v[i];
        table_row(t);
        table_cell(t, arena_printf(a, "%llu", (unsigned long long)h->entry), CELL_DIM);
        table_cell(t, time_rfc3339(a, h->time), CELL_PLAIN);
        table_cell(t, str_of(cli_case_word(case_event_name(h->step.event))), CELL_BOLD);
        table_cell(t, said(a, &h->step), CELL_PLAIN);
    }
    fputc('\n', s->cli->out);
    table_print(t, s->cli);
}

static void show_cause(struct showing *s, struct table *t) {
    const struct case_step *p = case_last_cause(&s->v.history);
    if (!p)
        return;
    str text = p->cause_class.n && p->root_cause.n
                   ? arena_printf(s->cli->arena, "%.*s: %.*s", STR_ARG(p->cause_class), STR_ARG(p->root_cause))
               : p->root_cause.n ? p->root_cause
                                 : p->cause_class;
    line(t, _("root cause"), text);
    line(t, _("to change"), joined(s->cli->arena, &p->practices));
}

static void show_text(struct showing *s) {
    static const struct column columns[] = {{0}, {.wrap = true}};
    struct arena *a = s->cli->arena;
    struct table *t = table_new(a, columns, 2);
    line(t, _("case"), s->v.c.id);
    line(t, _("product"), s->v.product);
    line(t, _("package"), s->v.c.package);
    line(t, _("upgrade to"), s->v.c.upgrade);
    line(t, _("status"), str_of(cli_case_word(case_status_name(s->v.c.status))));
    line(t, _("decision"), cli_case_decided(a, s->v.c.decision));
    line(t, _("owner"), s->v.c.owner);
    line(t, _("priority"),
         arena_printf(a, "%.*s%s", STR_ARG(ssvc_outcome_text(s->ssvc, s->v.c.priority.table, s->v.c.priority.outcome)),
                      s->v.c.overridden ? _(" (decided by hand)") : ""));
    line(t, _("because"), s->v.because);
    line(t, _("releases"), joined(a, &s->v.releases));
    line(t, _("deployments"), joined(a, &s->v.deployments));
    show_cause(s, t);
    table_print(t, s->cli);
    fputc('\n', s->cli->out);
    show_findings(s);
    show_clocks(s);
    show_history(s);
}

static int run_case_show(struct cli *cli) {
    struct cli_watch x;
    struct err e = {0};
    struct showing s = {.cli = cli, .ssvc = &x.clocks.tables};
    if (!cli_watch_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool found;
    const struct as_of *when = &x.views.when;
    s.now = when->given ? when->time : cli->ctx->now;
    bool ok = cli_case(cli, &x, cli->args[0], &s.v.c, &e) &&
              case_view(x.views.p, cli->arena, &x.clocks, when, &found, &s.v, &e);
    if (ok && !found)
        ok = err_set(&e, ERR_USAGE, cli->args[0], _("this case was not open then"));
    ok = ok && (!when->given || cli_say_advisories(cli, x.views.p, &e));
    if (ok && cli->json)
        show_json(&s.v, cli);
    else if (ok)
        show_text(&s);
    cli_watch_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command case_show_command = {
    .name = "case show",
    .args = "CASE",
    .summary = N_("a case: findings, where they are, clocks, and every step so far"),
    .options = (const struct option_spec[]){OPTION_AS_OF, OPTION_STORE, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_case_show,
};
