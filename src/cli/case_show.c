/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/case.h"

struct showing {
    struct cli *cli;
    struct cli_watch *x;
    struct case_row c;
    struct case_findings findings;
    struct case_names releases, deployments;
    struct case_history history;
    struct deadlines deadlines;
};

static bool gather(struct showing *s, struct err *e) {
    struct arena *a = s->cli->arena;
    struct portfolio *p = s->x->views.p;
    return case_findings(p, a, s->c.number, &s->findings, e) &&
           case_places(p, a, s->c.number, &s->releases, &s->deployments, e) &&
           case_history(p, a, s->c.number, &s->history, e) && cli_case_clocks(s->cli, s->x, &s->c, &s->deadlines, e);
}

static void names_json(struct jw *w, const char *key, const struct case_names *v) {
    jw_karr(w, key);
    for (uint32_t i = 0; i < v->n; i++)
        jw_str(w, v->v[i]);
    jw_arr_end(w);
}

static bool has_cause(const struct case_step *p) { return p->cause_class.n || p->root_cause.n || p->practices.n; }

static void cause_json(struct jw *w, const struct case_step *p) {
    if (!has_cause(p))
        return;
    jw_kobj(w, "rootCause");
    jw_kstr(w, "class", p->cause_class);
    jw_kstr(w, "text", p->root_cause);
    names_json(w, "practice", &p->practices);
    jw_obj_end(w);
}

/* What was found out last; NULL while nobody said. */
static const struct case_step *last_cause(const struct showing *s) {
    for (uint32_t i = s->history.n; i-- > 0;)
        if (has_cause(&s->history.v[i].step))
            return &s->history.v[i].step;
    return NULL;
}

static void show_json(struct showing *s) {
    const struct case_step *cause = last_cause(s);
    struct arena *a = s->cli->arena;
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    jw_obj(&w);
    jw_kstr(&w, "case", s->c.id);
    jw_kstr(&w, "product", cli_product_id(s->cli, s->x, s->c.product));
    jw_kstr(&w, "package", s->c.package);
    jw_kstr(&w, "upgrade", s->c.upgrade);
    jw_kstr(&w, "status", str_of(case_status_name(s->c.status)));
    jw_kstr(&w, "decision", s->c.decision);
    jw_kstr(&w, "owner", s->c.owner);
    jw_kobj(&w, "priority");
    jw_kstr(&w, "outcome", s->c.priority.outcome);
    jw_kstr(&w, "table", s->c.priority.table);
    jw_kstr(&w, "because", s->c.priority.path);
    jw_kbool(&w, "overridden", s->c.overridden);
    jw_obj_end(&w);
    if (cause)
        cause_json(&w, cause);
    jw_karr(&w, "findings");
    for (uint32_t i = 0; i < s->findings.n; i++) {
        const struct case_finding *f = &s->findings.v[i];
        jw_obj(&w);
        jw_kstr(&w, "component", f->component);
        jw_kstr(&w, "flaw", f->flaw);
        jw_kstr(&w, "fixed", f->fixed);
        jw_kbool(&w, "kev", f->kev);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    names_json(&w, "releases", &s->releases);
    names_json(&w, "deployments", &s->deployments);
    jw_karr(&w, "clocks");
    for (uint32_t i = 0; i < s->deadlines.n; i++) {
        const struct deadline *d = &s->deadlines.v[i];
        jw_obj(&w);
        jw_kstr(&w, "profile", d->profile->id);
        jw_kstr(&w, "rule", d->rule->id);
        jw_kstr(&w, "state", str_of(clock_state_name(d->state)));
        if (d->due != CLOCK_NEVER)
            jw_kstr(&w, "due", time_rfc3339(a, d->due));
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_karr(&w, "history");
    for (uint32_t i = 0; i < s->history.n; i++) {
        const struct case_happened *h = &s->history.v[i];
        jw_obj(&w);
        jw_kint(&w, "entry", (int64_t)h->entry);
        jw_kstr(&w, "time", time_rfc3339(a, h->time));
        jw_kstr(&w, "event", str_of(case_event_name(h->step.event)));
        jw_kstr(&w, "text", h->step.text);
        jw_kstr(&w, "decision", h->step.verdict);
        jw_kstr(&w, "evidence",
                h->step.by_release.n ? h->step.by_release
                : h->step.by_vex.n   ? h->step.by_vex
                                     : h->step.by_advisories);
        cause_json(&w, &h->step);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(s->cli, &b);
    buf_free(&b);
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
    for (uint32_t i = 0; i < s->findings.n; i++) {
        const struct case_finding *f = &s->findings.v[i];
        table_row(t);
        table_cell(t, f->flaw, CELL_BOLD);
        table_cell(t, f->component, CELL_PLAIN);
        table_cell(t, f->fixed.n ? f->fixed : S("-"), CELL_PLAIN);
        table_cell(t, f->kev ? S("KEV") : S("-"), f->kev ? CELL_RED : CELL_DIM);
    }
    table_print(t, s->cli);
}

static void show_clocks(struct showing *s) {
    static const struct column columns[] = {
        {.head = N_("clock")}, {.head = N_("deadline"), .wrap = true}, {.head = N_("state"), .wrap = true}};
    struct arena *a = s->cli->arena;
    if (!s->deadlines.n)
        return;
    struct table *t = table_new(a, columns, 3);
    for (uint32_t i = 0; i < s->deadlines.n; i++) {
        const struct deadline *d = &s->deadlines.v[i];
        table_row(t);
        table_cell(t, d->profile->id, CELL_PLAIN);
        table_cell(t, label_text(d->rule->title), CELL_PLAIN);
        table_cell(t, clock_say(a, d, s->cli->ctx->now), d->state == CLOCK_MISSED ? CELL_RED : CELL_PLAIN);
    }
    fputc('\n', s->cli->out);
    table_print(t, s->cli);
}

static str said(struct arena *a, const struct case_step *p) {
    str s = p->text.n ? p->text : p->owner;
    if (p->verdict.n)
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(p->verdict), s.n ? ": " : "", STR_ARG(s));
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
    for (uint32_t i = 0; i < s->history.n; i++) {
        const struct case_happened *h = &s->history.v[i];
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
    const struct case_step *p = last_cause(s);
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
    line(t, _("case"), s->c.id);
    line(t, _("product"), cli_product_id(s->cli, s->x, s->c.product));
    line(t, _("package"), s->c.package);
    line(t, _("upgrade to"), s->c.upgrade);
    line(t, _("status"), str_of(cli_case_word(case_status_name(s->c.status))));
    line(t, _("decision"), s->c.decision);
    line(t, _("owner"), s->c.owner);
    line(t, _("priority"),
         arena_printf(a, "%.*s%s", STR_ARG(s->c.priority.outcome), s->c.overridden ? _(" (decided by hand)") : ""));
    line(t, _("because"), s->c.priority.path);
    line(t, _("releases"), joined(a, &s->releases));
    line(t, _("deployments"), joined(a, &s->deployments));
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
    struct showing s = {.cli = cli, .x = &x};
    if (!cli_watch_open(cli, HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = cli_case(cli, &x, cli->args[0], &s.c, &e) && gather(&s, &e);
    if (ok && cli->json)
        show_json(&s);
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
    .options = (const struct option_spec[]){OPTION_STORE, {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_case_show,
};
