/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases: the queue, one of them with everything about it, and what people do to it.
 */
#include "serve/asking.h"
#include "serve/settings.h"
#include "serve/version.h"

#include "impact/reach_rows_inner.h"

bool api_cases(struct call *q, struct err *e);
bool api_case(struct call *q, struct err *e);
bool api_case_assign(struct call *q, struct err *e);
bool api_case_note(struct call *q, struct err *e);
bool api_case_move(struct call *q, struct err *e);
bool api_case_decide(struct call *q, struct err *e);
bool api_case_close(struct call *q, struct err *e);

/* ── the queue ── */

static bool read_wish(struct call *q, struct case_wish *wish, struct err *e) {
    str status = call_text(q, "status");
    int sort;
    *wish = (struct case_wish){.owner = call_text(q, "owner"),
                               .product = call_text(q, "product"),
                               .priority = call_text(q, "priority"),
                               .word = call_text(q, "q"),
                               .open_only = !call_flag(q, "all") && !status.n};
    /* An empty argument is one that was not given. */
    wish->owner = wish->owner.n ? wish->owner : (str){NULL, 0};
    wish->product = wish->product.n ? wish->product : (str){NULL, 0};
    wish->priority = wish->priority.n ? wish->priority : (str){NULL, 0};
    if (status.n && !(wish->has_status = case_status_parse(status, &wish->status)))
        return err_set(e, ERR_USAGE, S("status"), "%s", _("no such status"));
    if (!call_choice(q, "sort", "rank|due", 0, &sort, e))
        return false;
    wish->due = sort == 1;
    return true;
}

bool api_cases(struct call *q, struct err *e) {
    static const char *const decide[] = {"owner", "product", "priority", "q", "status", "sort", "all", NULL};
    struct asking k;
    struct case_wish wish;
    struct case_listing found;
    const struct settings *s;
    if (!read_wish(q, &wish, e) || !call_asking(q, decide, &k, e) || !call_settings(q, &s, e) ||
        !case_list(q->views, q->a, &s->clocks, &k.reader, &q->when, &wish, &found, e))
        return false;
    uint64_t until = k.at.offset + k.limit < found.n ? k.at.offset + k.limit : found.n;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kint(w, "total", found.n);
    jw_karr(w, "rows");
    for (uint64_t i = k.at.offset; i < until; i++) {
        if (!wish.due && !case_list_clock(q->views, q->a, &s->clocks, &q->when, &found.v[i], e))
            return false;
        case_listed_json(q->a, w, &found.v[i]);
    }
    jw_arr_end(w);
    const struct cursor next = {.size = q->when.size, .time = q->when.time, .offset = until};
    if (until < found.n)
        jw_kstr(w, "next", cursor_text(q->a, &next, k.question));
    jw_obj_end(w);
    return true;
}
const struct route_doc api_cases_doc = {
    .answer = "cases-answer",
    .arguments =
        (const struct route_argument[]){
            {"sort", "rank|due", N_("the most urgent first, or those with a deadline, the next one first")},
            {"status", "detected|triaged|fixing|fixed|delivered|verified|closed", N_("only those")},
            {"priority", "text", N_("only those: Immediate, Scheduled …")},
            {"owner", "text", N_("only those")},
            {"product", "text", N_("only those")},
            {"q", "text", N_("only those with this in their id, product or package")},
            {"all", "flag", N_("closed ones too")},
            ARGUMENT_LIMIT,
            ARGUMENT_PAGE,
            ARGUMENT_AS_OF,
            ARGUMENT_AUDIENCE,
            {0}},
    .says = N_("cases of products that the reader answers for. The list is as it is now, not as it was with the first "
               "page."),
};

/* ── one ── */

/* *found false: it is not there, or not theirs to know. *party answers for its product; -1: nobody. */
static bool find_case(struct call *q, const struct reader *reader, struct case_row *out, int64_t *party, bool *found,
                      struct err *e) {
    struct product of;
    bool there = false;
    *party = -1;
    if (!case_find(q->views, q->a, call_part(q, 0), found, out, e))
        return false;
    if (!*found)
        return true;
    if (out->product >= 0 && !product_get(q->views, q->a, out->product, &q->when, &of, &there, e))
        return false;
    if (there)
        *party = of.party;
    *found = reader->owner || (there && audience_case(reader, &of));
    return true;
}

/* Through which dependencies the newest releases of the case contain what it is about. */
static bool put_paths(struct call *q, struct jw *w, const struct case_view *v, struct err *e) {
    enum { RELEASES = 3, COMPONENTS = 64 };
    str purls[COMPONENTS];
    uint32_t n = 0, n_ways;
    for (uint32_t i = 0; i < v->findings.n && n < COMPONENTS; i++)
        purls[n++] = v->findings.v[i].component;
    jw_karr(w, "paths");
    for (uint32_t i = 0; i < v->releases.n && i < RELEASES; i++) {
        struct release_rows rows;
        const str *ways;
        str version = v->releases.v[v->releases.n - 1 - i];
        if (!contents_releases(q->views->contents, q->a, v->c.product, version, &rows, e))
            return false;
        if (!rows.n)
            continue;
        if (!component_paths(q->views, q->a, rows.v[0].body, purls, n, &ways, &n_ways, e))
            return false;
        jw_obj(w);
        jw_kstr(w, "release", version);
        jw_karr(w, "ways");
        for (uint32_t k = 0; k < n_ways; k++)
            jw_str(w, ways[k]);
        jw_arr_end(w);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    return true;
}

/* Everybody's word on each flaw of the case. */
static bool put_verdicts(struct call *q, struct jw *w, const struct settings *s, const struct case_view *v,
                         struct err *e) {
    enum { FLAWS = 20 };
    struct watch_plan plan = {.policy = &s->policy, .ssvc = &s->clocks.tables};
    struct map seen;
    map_init(&seen, q->a);
    jw_karr(w, "verdicts");
    for (uint32_t i = 0; i < v->findings.n && seen.entries.n < FLAWS; i++) {
        struct flaw_row flaw;
        struct verdict_views views;
        bool found, fresh;
        map_put(&seen, v->findings.v[i].flaw, &fresh);
        if (!fresh)
            continue;
        if (!hits_flaw(q->views, q->a, v->findings.v[i].flaw, &found, &flaw, e) ||
            (found && !watch_verdicts(q->views, &plan, q->a, v->c.product, flaw.number, &views, e)))
            return false;
        if (!found)
            continue;
        jw_obj(w);
        jw_kstr(w, "flaw", flaw.id);
        jw_kstr(w, "summary", flaw.summary);
        if (flaw.score >= 0) {
            jw_key(w, S("cvss"));
            jw_num(w, flaw.score / 10.0);
        }
        if (flaw.epss >= 0) {
            jw_key(w, S("epss"));
            jw_num(w, flaw.epss / 10000.0);
        }
        jw_kbool(w, "kev", flaw.kev);
        jw_key(w, S("places"));
        verdict_views_json(w, &views);
        jw_obj_end(w);
    }
    jw_arr_end(w);
    return true;
}

static bool put_case(struct call *q, struct jw *w, const struct settings *s, const struct case_view *v, struct err *e) {
    jw_obj(w);
    case_view_json(q->a, w, v);
    jw_kint(w, "version", (int64_t)case_version(v));
    str *users = arena_array(q->a, str, v->history.n + 1);
    for (uint32_t i = 0; i < v->history.n; i++)
        users[i] = v->history.v[i].by;
    bool ok = call_people_json(q, w, users, v->history.n, e) && put_paths(q, w, v, e) && put_verdicts(q, w, s, v, e);
    jw_obj_end(w);
    return ok;
}

static bool view_case(struct call *q, const struct reader *reader, const struct settings *s, struct case_view *v,
                      struct err *e) {
    bool found; /* its row is of now */
    return case_view(q->views, q->a, &s->clocks, &q->when, &found, v, e) &&
           case_view_narrow(q->views, q->a, reader, &q->when, v, e);
}

static bool answer_case(struct call *q, const struct settings *s, const struct case_view *v, struct err *e) {
    struct jw *w = call_json(q);
    call_tag_number(q, case_version(v));
    return put_case(q, w, s, v, e);
}

bool api_case(struct call *q, struct err *e) {
    struct reader reader;
    const struct settings *s;
    struct case_view v = {0};
    int64_t party;
    bool found;
    if (!call_reader(q, &reader, e) || !find_case(q, &reader, &v.c, &party, &found, e))
        return false;
    if (!found)
        return call_not_found(q);
    return call_settings(q, &s, e) && view_case(q, &reader, s, &v, e) && answer_case(q, s, &v, e);
}
const struct route_doc api_case_doc = {
    .answer = "case-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_AUDIENCE, {0}},
    .says = N_(
        "findings, places, clocks, history, ways to the component, and everybody's verdicts. A step that came "
        "through here has \"by\", a user's id; \"people\" tells their names. The ETag goes into If-Match of what is "
        "done to it."),
};

/* ── what is done to it ── */

static void texts_of(struct arena *a, struct jv list, struct case_names *out) {
    for (struct jiter it = j_iter(list); j_next(&it);)
        if (j_str(it.val).n)
            *vec_push(a, out) = j_str(it.val);
}

static void read_request(struct call *q, enum case_doing what, struct case_request *r) {
    struct jv b = q->json.root, cause = j_get(b, "rootCause");
    *r = (struct case_request){.what = what,
                               .owner = j_gets(b, "owner"),
                               .text = j_gets(b, "text"),
                               .status = j_gets(b, "status"),
                               .release = j_gets(b, "release"),
                               .event = j_gets(b, "event"),
                               .verdict = j_gets(b, "verdict"),
                               .justification = j_gets(b, "justification"),
                               .impact = j_gets(b, "impact"),
                               .action = j_gets(b, "action"),
                               .until = j_gets(b, "until"),
                               .priority = j_gets(b, "priority"),
                               .root_cause = j_gets(cause, "text"),
                               .cause_class = j_gets(cause, "class"),
                               .dashes = ""};
    texts_of(q->a, j_get(cause, "practice"), &r->practices);
}

/* Somebody else did something to it meanwhile: both versions are shown, nothing is done. */
struct shown_case {
    const struct settings *s;
    const struct case_view *v;
};
static bool put_current(struct call *q, struct jw *w, const void *of, struct err *e) {
    const struct shown_case *x = of;
    return put_case(q, w, x->s, x->v, e);
}

static bool act(struct call *q, enum case_doing what, struct err *e) {
    const struct settings *s;
    struct case_view v = {0}, now = {0};
    struct case_request r;
    struct case_step step;
    int64_t party;
    bool found, may, done;
    if (!call_opened(q, find_case(q, &q->who.reader, &v.c, &party, &found, e), &found, &done))
        return done;
    if (!call_may_for(q, party, &may, e))
        return false;
    if (!may)
        return true;
    if (!call_settings(q, &s, e) || !view_case(q, &q->who.reader, s, &v, e))
        return false;
    if (!call_is_current_number(q, case_version(&v)))
        return call_conflict(q, _("somebody changed this case meanwhile"), put_current, &(struct shown_case){s, &v}, e);
    const struct case_means means = {&s->clocks.tables, &s->policy, s->advisories};
    read_request(q, what, &r);
    if (what == CASE_DO_ASSIGN && !j_ok(j_get(q->json.root, "owner"))) /* "" is nobody */
        return err_set(e, ERR_USAGE, S("owner"), "%s", _("this argument is needed"));
    if (what == CASE_DO_NOTE && !r.text.n)
        return err_set(e, ERR_USAGE, S("text"), "%s", _("this argument is needed"));
    return case_request_step(q->views, q->a, &means, &v.c, &r, &step, e) && case_step_log(q->views, q->a, &step, e) &&
           case_get(q->views, q->a, v.c.number, &now.c, e) && view_case(q, &q->who.reader, s, &now, e) &&
           answer_case(q, s, &now, e);
}

bool api_case_assign(struct call *q, struct err *e) { return act(q, CASE_DO_ASSIGN, e); }
bool api_case_note(struct call *q, struct err *e) { return act(q, CASE_DO_NOTE, e); }
bool api_case_move(struct call *q, struct err *e) { return act(q, CASE_DO_MOVE, e); }
bool api_case_decide(struct call *q, struct err *e) { return act(q, CASE_DO_DECIDE, e); }
bool api_case_close(struct call *q, struct err *e) { return act(q, CASE_DO_CLOSE, e); }

const struct route_doc api_case_assign_doc = {
    .answer = "case-answer", .body = "case-assign", .says = N_("{owner, text}: the case as it is then")};
const struct route_doc api_case_note_doc = {
    .answer = "case-answer",
    .body = "case-note",
    .says = N_("{text, event, rootCause: {class, text, practice: []}}: the case as it is then")};
const struct route_doc api_case_move_doc = {
    .answer = "case-answer", .body = "case-move", .says = N_("{status, release, text}: the case as it is then")};
const struct route_doc api_case_decide_doc = {
    .answer = "case-answer",
    .body = "case-decide",
    .says = N_(
        "{verdict, justification, impact, action, until, text}, or {priority, text}: the case as it is then; 409 "
        "with \"yours\" and \"current\" when If-Match names an older version")};
const struct route_doc api_case_close_doc = {
    .answer = "case-answer",
    .body = "case-close",
    .says = N_("{release, text, rootCause}: the case as it is then; refused while something of it is open")};
