/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide show: one decision with all that was said, by whom, and when which log had it.
 */
#include "base/line.h"
#include "cli/decide.h"

static void line(struct cli *cli, const char *head, str text) {
    if (text.n)
        fprintf(cli->out, "%s%*s  %.*s\n", head,
                (int)(18 - (text_width(str_of(head)) < 18 ? text_width(str_of(head)) : 18)), "", STR_ARG(text));
}

static void when_line(struct cli *cli, const struct logged *l, const struct receipts *r, int64_t stated,
                      bool back_dated) {
    struct arena *a = cli->arena;
    line(cli, _("in this log since"),
         arena_printf(a, _("%.*s (entry %llu)"), STR_ARG(time_rfc3339(a, l->time)), (unsigned long long)l->entry));
    for (uint32_t i = 0; i < r->n; i++)
        if (!i || !str_eq(r->v[i].origin, r->v[i - 1].origin)) /* both envelopes of an answer are in one log */
            line(cli, _("in their log since"),
                 arena_printf(a, _("%.*s (%.*s, entry %llu)"), STR_ARG(time_rfc3339(a, r->v[i].time)),
                              STR_ARG(r->v[i].origin), (unsigned long long)r->v[i].place));
    if (back_dated)
        line(cli, _("dated"),
             arena_printf(a, _("%.*s: earlier than any log has it; the log's time counts"),
                          STR_ARG(decision_day(a, stated))));
}

static str names_text(struct arena *a, const struct case_names *v) {
    str all = {NULL, 0};
    for (uint32_t i = 0; i < v->n; i++)
        all = all.n ? arena_printf(a, "%.*s, %.*s", STR_ARG(all), STR_ARG(v->v[i])) : v->v[i];
    return all;
}

static str flaws_text(struct arena *a, const struct offer_flaws *v) {
    struct case_names names = {0};
    for (uint32_t i = 0; i < v->n; i++)
        *vec_push(a, &names) = v->v[i].kev ? arena_printf(a, _("%.*s (exploited when offered)"), STR_ARG(v->v[i].id))
                                           : v->v[i].id;
    return names_text(a, &names);
}

static const char *measure_text(str measure) {
    static const char *const names[][2] = {{"patch", N_("patch")},
                                           {"upgrade", N_("upgrade")},
                                           {"monitoring", N_("monitoring")},
                                           {"segmentation", N_("segmentation")},
                                           {"replacement", N_("replacement")},
                                           {"other", N_("other")}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_is(measure, names[i][0]))
            return _(names[i][1]);
    return "?";
}

static void show_offer(struct cli *cli, const struct decision *d) {
    const struct offer *o = &d->said;
    struct arena *a = cli->arena;
    line(cli, _("offer"), d->id);
    line(cli, _("measure"), arena_printf(a, "%.*s (%s)", STR_ARG(o->title), measure_text(o->measure)));
    line(cli, _("provider"), decision_side_text(&o->provider));
    line(cli, _("customer"), decision_side_text(&o->customer));
    line(cli, _("product"),
         o->release.n ? arena_printf(a, "%.*s %.*s", STR_ARG(o->product), STR_ARG(o->release)) : o->product);
    line(cli, _("deployment"), o->deployment);
    line(cli, _("case"), o->case_id);
    line(cli, _("vulnerabilities"), flaws_text(a, &o->flaws));
    line(cli, _("practices"), names_text(a, &o->practices));
    line(cli, _("risk"), o->risk);
    line(cli, _("cost for provider"), o->cost_provider);
    line(cli, _("cost for customer"), o->cost_customer);
    line(cli, _("if not done"), o->if_not);
    line(cli, _("answer needed by"), o->deadline ? decision_day(a, o->deadline) : (str){NULL, 0});
    when_line(cli, &d->log, &d->receipts, o->stated, d->back_dated);
    if (!d->trusted)
        line(cli, _("standing"), str_of(_("not signed by a key known as the provider's")));
    line(cli, _("state"), str_of(decision_state_text(d)));
    line(cli, _("to be done because"), decision_due_text(a, d));
}

static const char *standing_text(const struct answer_row *x) {
    switch (x->standing) {
    case ANSWER_HOLDS: return x->both ? _("holds; both signed") : _("holds; the provider has not signed it yet");
    case ANSWER_SUPERSEDED: return _("replaced by a newer one");
    case ANSWER_REPORTED: return _("reported by the provider; the customer did not sign it");
    case ANSWER_STRANGER: return _("does not count: not signed by a key known as the customer's");
    }
    return "?";
}

static void show_answer(struct cli *cli, const struct answer_row *x) {
    const struct offer_answer *o = &x->said;
    struct arena *a = cli->arena;
    fputc('\n', cli->out);
    line(cli, _("answer"),
         o->until ? arena_printf(a, _("%s until %.*s"), answer_kind_text(o->kind), STR_ARG(decision_day(a, o->until)))
                  : str_of(answer_kind_text(o->kind)));
    line(cli, _("done instead"), o->alternative);
    line(cli, _("reason"), o->reason);
    line(cli, _("decided by"), arena_printf(a, "%.*s (%.*s)", STR_ARG(o->person), STR_ARG(o->role)));
    line(cli, _("bears the risk"), o->risk_owner);
    line(cli, _("review"), o->review ? decision_day(a, o->review) : (str){NULL, 0});
    line(cli, _("document"), o->document);
    when_line(cli, &x->log, &x->receipts, o->stated, x->back_dated);
    line(cli, _("standing"), str_of(standing_text(x)));
    if (x->differs)
        line(cli, _("note"), str_of(_("differs from an earlier answer that nothing had opened again")));
}

static void show_reopening(struct cli *cli, const struct reopening_row *x) {
    struct arena *a = cli->arena;
    fputc('\n', cli->out);
    line(cli, _("opened again"),
         x->said.flaw.n ? arena_printf(a, "%.*s: %s", STR_ARG(x->said.flaw), reopened_text(x->said.because))
                        : str_of(reopened_text(x->said.because)));
    line(cli, _("reason"), x->said.reason);
    line(cli, _("in this log since"),
         arena_printf(a, _("%.*s (entry %llu)"), STR_ARG(time_rfc3339(a, x->log.time)),
                      (unsigned long long)x->log.entry));
    if (!x->counts)
        line(cli, _("standing"), str_of(_("does not count: stated by neither side")));
}

static void show_json(struct cli *cli, const struct decision *d) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    decision_json(cli->arena, &w, d);
    put_json(cli, &b);
}

static int run_decide_show(struct cli *cli) {
    struct cli_portfolio x;
    struct decision d;
    struct err e = {0};
    str path = {NULL, 0};
    bool write = cli_text(cli, "to").p != NULL;
    if (!cli_portfolio_open(cli, write ? HOME_SIGN : HOME_READ, &x, &e))
        return cli_fail(cli, &e);
    bool ok = cli_decision(cli, &x, cli->args[0], DECISION_WHOLE, &d, &e) &&
              (!write || cli_decision_write(cli, &x, &d, "decision", &path, &e));
    if (ok && cli->json) {
        show_json(cli, &d);
    } else if (ok) {
        show_offer(cli, &d);
        for (uint32_t i = 0; i < d.answers.n; i++)
            show_answer(cli, &d.answers.v[i]);
        for (uint32_t i = 0; i < d.reopenings.n; i++)
            show_reopening(cli, &d.reopenings.v[i]);
        if (write)
            fprintf(cli->out, _("\nall of it is in %.*s\n"), STR_ARG(path));
    }
    cli_portfolio_close(&x);
    cli_warnings(cli);
    return ok ? 0 : cli_fail(cli, &e);
}

const struct command decide_show_command = {
    .name = "decide show",
    .args = "ID",
    .summary = N_("one decision: what was offered and answered, by whom, and since when which log has it"),
    .options = (const struct option_spec[]){OPTION_TO, OPTION_READER, OPTION_AS_OF, OPTION_STORE, {0}},
    .examples = (const struct example[]){{"akashi decide show O-5f2c9a1b0d3e", N_("all that was said")},
                                         {"akashi decide show O-5f2c9a1b0d3e --to out/",
                                          N_("and all of it as a file that proves it")},
                                         {0}},
    .min_args = 1,
    .max_args = 1,
    .run = run_decide_show,
};
