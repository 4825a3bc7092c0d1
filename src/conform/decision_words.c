/* SPDX-License-Identifier: Apache-2.0 */
#include "conform/decision_words.h"

#include "impact/things.h"

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

/* ── for whom ── */

bool reader_is_side(struct portfolio *p, struct arena *a, const struct reader *r, const str *parties, uint32_t n,
                    bool *may, struct err *e) {
    int64_t *numbers = arena_array(a, int64_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        bool found = false;
        if (parties[i].n && !thing_find(p, THING_PARTY, parties[i], &found, &numbers[i], e))
            return false;
        if (!found)
            numbers[i] = -1;
    }
    *may = audience_admits(r, &(struct concerned){.parties = numbers, .n = n, .maker = -1});
    return true;
}

bool decision_seen(struct portfolio *p, struct arena *a, const struct reader *r, const struct decision *d, bool *may,
                   struct err *e) {
    const str sides[] = {d->said.customer.id, d->said.provider.id};
    return reader_is_side(p, a, r, sides, 2, may, e);
}
