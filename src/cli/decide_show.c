/* SPDX-License-Identifier: Apache-2.0
 *
 * akashi decide show: one decision with all that was said, by whom, and when which log had it.
 */
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
    const struct answer *o = &x->said;
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

/* ── JSON ── */

static void put_logged(struct jw *w, struct arena *a, const struct logged *l, const struct receipts *r) {
    jw_kstr(w, "digest", l->digest);
    jw_kint(w, "entry", (int64_t)l->entry);
    jw_kstr(w, "logged", time_rfc3339(a, l->time));
    jw_karr(w, "theirLogs");
    for (uint32_t i = 0; i < r->n; i++) {
        jw_obj(w);
        jw_kstr(w, "origin", r->v[i].origin);
        jw_kint(w, "entry", (int64_t)r->v[i].place);
        jw_kstr(w, "logged", time_rfc3339(a, r->v[i].time));
        jw_obj_end(w);
    }
    jw_arr_end(w);
}

static void put_time(struct jw *w, struct arena *a, const char *key, int64_t t) {
    if (t)
        jw_kstr(w, key, time_rfc3339(a, t));
}

static void put_offer(struct jw *w, struct arena *a, const struct decision *d) {
    const struct offer *o = &d->said;
    jw_kstr(w, "offer", d->id);
    put_logged(w, a, &d->log, &d->receipts);
    jw_kbool(w, "ours", d->ours);
    jw_kbool(w, "trusted", d->trusted);
    jw_kbool(w, "backDated", d->back_dated);
    jw_kstr(w, "provider", decision_side_text(&o->provider));
    jw_kstr(w, "customer", decision_side_text(&o->customer));
    jw_kstr(w, "measure", o->measure);
    jw_kstr(w, "title", o->title);
    jw_kstr(w, "product", o->product);
    jw_kstr(w, "release", o->release);
    jw_kstr(w, "deployment", o->deployment);
    jw_kstr(w, "case", o->case_id);
    jw_karr(w, "flaws");
    for (uint32_t i = 0; i < o->flaws.n; i++)
        jw_str(w, o->flaws.v[i].id);
    jw_arr_end(w);
    jw_kstr(w, "risk", o->risk);
    jw_kstr(w, "costProvider", o->cost_provider);
    jw_kstr(w, "costCustomer", o->cost_customer);
    jw_kstr(w, "ifNot", o->if_not);
    put_time(w, a, "deadline", o->deadline);
    put_time(w, a, "stated", o->stated);
    jw_kstr(w, "state", str_of(decision_state_name(d->state)));
    jw_kbool(w, "due", d->due != 0);
    jw_kstr(w, "dueBecause", decision_due_text(a, d));
}

static void put_answer(struct jw *w, struct arena *a, const struct answer_row *x) {
    static const char *const standings[] = {"holds", "superseded", "reported", "stranger"};
    const struct answer *o = &x->said;
    jw_obj(w);
    jw_kstr(w, "answer", str_of(answer_kind_name(o->kind)));
    put_time(w, a, "until", o->until);
    jw_kstr(w, "alternative", o->alternative);
    jw_kstr(w, "reason", o->reason);
    jw_kstr(w, "person", o->person);
    jw_kstr(w, "role", o->role);
    jw_kstr(w, "riskOwner", o->risk_owner);
    put_time(w, a, "review", o->review);
    put_time(w, a, "stated", o->stated);
    jw_kstr(w, "document", o->document);
    put_logged(w, a, &x->log, &x->receipts);
    jw_kstr(w, "standing", str_of(standings[x->standing]));
    jw_kbool(w, "bothSigned", x->both);
    jw_kbool(w, "differs", x->differs);
    jw_kbool(w, "backDated", x->back_dated);
    jw_obj_end(w);
}

static void show_json(struct cli *cli, const struct decision *d) {
    struct buf b = {0};
    struct jw w = jw_to(&b, true);
    struct arena *a = cli->arena;
    jw_obj(&w);
    put_offer(&w, a, d);
    jw_karr(&w, "answers");
    for (uint32_t i = 0; i < d->answers.n; i++)
        put_answer(&w, a, &d->answers.v[i]);
    jw_arr_end(&w);
    jw_karr(&w, "reopenings");
    for (uint32_t i = 0; i < d->reopenings.n; i++) {
        const struct reopening_row *x = &d->reopenings.v[i];
        jw_obj(&w);
        jw_kstr(&w, "because", str_of(reopened_name(x->said.because)));
        jw_kstr(&w, "flaw", x->said.flaw);
        jw_kstr(&w, "reason", x->said.reason);
        jw_kint(&w, "entry", (int64_t)x->log.entry);
        jw_kstr(&w, "logged", time_rfc3339(a, x->log.time));
        jw_kbool(&w, "counts", x->counts);
        jw_obj_end(&w);
    }
    jw_arr_end(&w);
    jw_obj_end(&w);
    put_json(cli, &b);
    buf_free(&b);
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
