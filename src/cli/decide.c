/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/decide.h"

#include "base/file.h"
#include "conform/exchange.h"

bool cli_reader(struct cli *cli, struct cli_portfolio *x, struct reader *out, struct err *e) {
    str audience = cli_text(cli, "audience");
    *out = reader_owner;
    return !audience.p || reader_parse(x->p, cli->arena, audience, out, e);
}

bool cli_reader_is_side(struct cli *cli, struct cli_portfolio *x, const struct reader *r, const str *parties,
                        uint32_t n, bool *may, struct err *e) {
    int64_t *numbers = arena_array(cli->arena, int64_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        bool found = false;
        if (parties[i].n && !thing_find(x->p, THING_PARTY, parties[i], &found, &numbers[i], e))
            return false;
        if (!found)
            numbers[i] = -1;
    }
    *may = audience_admits(r, &(struct concerned){.parties = numbers, .n = n, .maker = -1});
    return true;
}

bool cli_reader_sees(struct cli *cli, struct cli_portfolio *x, const struct reader *r, const struct decision *d,
                     bool *may, struct err *e) {
    const str sides[] = {d->said.customer.id, d->said.provider.id};
    return cli_reader_is_side(cli, x, r, sides, 2, may, e);
}

bool cli_decision(struct cli *cli, struct cli_portfolio *x, str id, enum decision_detail detail, struct decision *out,
                  struct err *e) {
    struct decision_ask ask = {.when = x->when, .now = cli->ctx->now, .detail = detail};
    struct reader reader;
    bool found;
    if (!cli_reader(cli, x, &reader, e) || !decision_find(x->p, cli->arena, id, &ask, &found, out, e) ||
        (found && !cli_reader_sees(cli, x, &reader, out, &found, e)))
        return false;
    if (found)
        return true;
    err_set(e, ERR_USAGE, id, _("there is no such offer"));
    return err_hint(e, "%s", _("see: akashi decide list"));
}

bool cli_day(struct cli *cli, const char *option, enum day_edge edge, int64_t *out, struct err *e) {
    enum { DAY = 86400, DAY_TEXT = 10 };
    str text = cli_text(cli, option);
    *out = 0;
    if (!text.p)
        return true;
    if (!time_parse(text, out)) {
        err_set(e, ERR_USAGE, arena_cat(cli->arena, S("--"), str_of(option)), _("'%.*s' is no day"), STR_ARG(text));
        return err_hint(e, "%s", _("write it like 2026-04-01"));
    }
    if (edge == DAY_ENDS && text.n == DAY_TEXT)
        *out += DAY - 1;
    return true;
}

bool cli_decision_write(struct cli *cli, struct cli_portfolio *x, const struct decision *d, const char *end, str *path,
                        struct err *e) {
    struct arena *a = cli->arena;
    struct bundle b;
    str to = cli_text(cli, "to"), name = arena_printf(a, "%.*s.%s.json", STR_ARG(d->id), end);
    if (!decision_bundle(x->p, a, d, &b, e))
        return false;
    *path = !to.n ? name : str_ends(to, S(".json")) ? to : path_join(a, to, name);
    if (to.n && !str_ends(to, S(".json")) && !folder_make(to, 0777, e))
        return false;
    return file_replace(*path, bundle_text(a, &b), e);
}

/* ── words ── */

str decision_side_text(const struct decision_side *s) { return s->name.n ? s->name : s->id.n ? s->id : S("-"); }

str decision_day(struct arena *a, int64_t t) { return t ? str_upto(time_rfc3339(a, t), 10) : S("-"); }

const char *decision_state_text(const struct decision *d) {
    static const char *const names[] = {N_("open"),     N_("accepted"),    N_("declined"),
                                        N_("deferred"), N_("alternative"), N_("to be decided anew")};
    return _(names[d->state]);
}

const char *answer_kind_text(enum answer_kind k) {
    static const char *const names[] = {N_("accepted"), N_("declined"), N_("deferred"), N_("alternative")};
    return _(names[k]);
}

const char *reopened_text(enum reopened_because b) {
    static const char *const names[] = {N_("is exploited"), N_("is much more likely to be exploited"),
                                        N_("the day of the review has come"), N_("the deferral is over"),
                                        N_("asked for")};
    return _(names[b]);
}

str decision_due_text(struct arena *a, const struct decision *d) {
    const struct reopening_row *r = d->reopened_by;
    if (r && r->said.flaw.n)
        return arena_printf(a, "%.*s: %s", STR_ARG(r->said.flaw), reopened_text(r->said.because));
    if (r)
        return str_of(reopened_text(r->said.because));
    if (d->due & DUE_DEFERRED)
        return arena_printf(a, _("deferred until %.*s"), STR_ARG(decision_day(a, d->holds->said.until)));
    if (d->due & DUE_REVIEW)
        return arena_printf(a, _("to be reviewed since %.*s"), STR_ARG(decision_day(a, d->holds->said.review)));
    if (d->due & DUE_ANSWER)
        return arena_printf(a, _("unanswered since %.*s"), STR_ARG(decision_day(a, d->said.deadline)));
    return (str){NULL, 0};
}
