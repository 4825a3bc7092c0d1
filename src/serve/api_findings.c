/* SPDX-License-Identifier: Apache-2.0 */
#include "impact/answer.h"
#include "impact/due.h"
#include "serve/asking.h"
#include "serve/settings.h"

bool api_findings(struct call *q, struct err *e);
bool api_release_findings(struct call *q, struct err *e);

struct finding_wish {
    struct findings_wish wish;
    struct question package, within;
};

static bool resolve(struct call *q, str text, const char *prefix, struct question *to, const struct question **out,
                    struct err *e) {
    if (!text.n)
        return true;
    if (!str_starts(text, str_of(prefix)) && str_chr(text, ':') == STR_NONE)
        text = arena_cat(q->a, str_of(prefix), text);
    *out = to;
    return question_parse(q->views, q->a, text, to, e);
}

static bool read_wish(struct call *q, str within, const char *prefix, struct finding_wish *k, struct err *e) {
    struct findings_wish *w = &k->wish;
    int sort, status;
    if (!call_choice(q, "sort", "severity|epss|kev|newest|clock", FINDINGS_BY_SEVERITY, &sort, e) ||
        !call_choice(q, "status", "open|answered|all", FINDINGS_OPEN, &status, e))
        return false;
    w->sort = (enum findings_sort)sort;
    w->status = (enum findings_status)status;
    w->kev = call_flag(q, "kev");
    w->exploited = call_flag(q, "exploited");
    w->fixable = call_flag(q, "fixable");
    if (call_text(q, "epss").n && !findings_epss(call_text(q, "epss"), &w->epss, e))
        return false;
    return (!call_text(q, "severity").n || findings_severities(call_text(q, "severity"), &w->severities, e)) &&
           resolve(q, call_text(q, "package"), "pkg:", &k->package, &w->package, e) &&
           resolve(q, within, prefix, &k->within, &w->within, e);
}

/* Deadlines follow what happened since they were last asked for; bringing them up to date is a transaction of its own,
 * and what it wrote is seen in the state that is read after it. */
static bool renew_clocks(struct call *q, struct findings_wish *w, struct err *e) {
    const struct settings *s;
    bool own = true;
    if (w->sort != FINDINGS_BY_CLOCK)
        return true;
    if (!call_settings(q, &s, e))
        return false;
    w->clocks = &s->clocks;
    portfolio_read_end(q->views, true);
    bool ok = due_update(q->views, &s->clocks, q->home->path, e);
    return portfolio_read(q->views, &own, ok ? e : NULL) && ok;
}

static bool answer(struct call *q, str within, const char *prefix, struct err *e) {
    static const char *const decide[] = {"sort", "status",  "severity", "package",   "product", "party",
                                         "name", "fixable", "kev",      "exploited", "epss",    NULL};
    struct asking k;
    struct finding_wish x = {0};
    struct findings *list = NULL;
    struct findings_answer a;
    if (!call_asking(q, decide, &k, e) || !read_wish(q, within, prefix, &x, e) || !renew_clocks(q, &x.wish, e))
        return false;
    bool ok = findings_begin(q->views, q->a, &k.reader, &k.when, &x.wish, &list, e);
    a = (struct findings_answer){.list = list, .from = &k.at, .limit = k.limit, .question = k.question};
    ok = ok && findings_count(list, FINDINGS_BUDGET, &a.count, &a.exact, e) &&
         findings_json(q->views, q->a, call_json(q), &a, e);
    findings_free(list);
    return ok;
}

bool api_findings(struct call *q, struct err *e) {
    str product = call_text(q, "product"), party = call_text(q, "party");
    if (product.n && party.n)
        return err_set(e, ERR_USAGE, S("party"), "%s", _("either --product or --party"));
    return party.n ? answer(q, party, "party:", e)
                   : answer(q, product, str_chr(product, '@') == STR_NONE ? "product:" : "release:", e);
}
#define ARGUMENTS_FINDINGS                                                                                             \
    {"sort", "severity|epss|kev|newest|clock",                                                                         \
     N_("most severe, most likely exploited, due by KEV, newest, or due by a case first (default: severity)")},        \
        {"status", "open|answered|all",                                                                                \
         N_("answered: VEX or a decision says not affected, fixed or accepted (default: open)")},                      \
        {"severity", "text", N_("only these; one level means it and what is above")},                                  \
        {"epss", "text", N_("only what is exploited with at least this probability (EPSS, 0 to 1)")},                  \
        {"kev", "flag", N_("only what is known to be exploited (KEV)")},                                               \
        {"exploited", "flag", N_("only what KEV or CISA's SSVC data call exploited")},                                 \
        {"fixable", "flag", N_("only where a fixed version is known")},                                                \
        {"package", "text", N_("only in these components")}, ARGUMENT_LIMIT, ARGUMENT_PAGE, ARGUMENT_AS_OF,            \
        ARGUMENT_AUDIENCE
const struct route_doc api_findings_doc = {
    .answer = "findings-answer",
    .arguments = (const struct route_argument[]){ARGUMENTS_FINDINGS,
                                                 {"product", "text", N_("only in its releases")},
                                                 {"party", "text", N_("only in releases of its products")},
                                                 {0}},
    .says = N_("a count, exact or at least, and a page of rows"),
};

bool api_release_findings(struct call *q, struct err *e) {
    str name;
    return call_needs(q, "name", &name, e) && answer(q, name, "release:", e);
}
const struct route_doc api_release_findings_doc = {
    .answer = "findings-answer",
    .arguments = (const struct route_argument[]){{"name", "text", N_("PRODUCT@VERSION")}, ARGUMENTS_FINDINGS, {0}},
    .says = N_("a count, exact or at least, and a page of rows"),
};
