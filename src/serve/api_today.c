/* SPDX-License-Identifier: Apache-2.0
 *
 * What needs somebody, by clock, and what is new since yesterday.
 */
#include "conform/glance.h"
#include "impact/lists.h"
#include "serve/asking.h"
#include "serve/settings.h"

bool api_today(struct call *q, struct err *e);

enum { DAY = 86400, NEEDS = 20 };

/* ── cases ── */

static bool put_cases(struct call *q, struct jw *w, const struct reader *reader, const struct settings *s,
                      uint64_t *opened, struct err *e) {
    const struct case_wish due = {.open_only = true, .due = true}, all = {.open_only = false};
    struct case_listing found;
    uint32_t missed = 0;
    if (!case_list(q->views, q->a, &s->clocks, reader, &q->when, &due, &found, e))
        return false;
    for (uint32_t i = 0; i < found.n; i++)
        missed += found.v[i].next->state == CLOCK_MISSED;
    jw_kobj(w, "cases");
    jw_kint(w, "with_deadline", found.n);
    jw_kint(w, "missed", missed);
    jw_karr(w, "rows");
    for (uint32_t i = 0; i < found.n && i < NEEDS; i++)
        case_listed_json(q->a, w, &found.v[i]);
    jw_arr_end(w);
    if (!case_list(q->views, q->a, &s->clocks, reader, &q->when, &all, &found, e))
        return false;
    uint32_t open = 0, nobody = 0;
    for (uint32_t i = 0; i < found.n; i++) {
        open += !found.v[i].c.closed;
        nobody += !found.v[i].c.closed && !found.v[i].c.owner.n;
        *opened += found.v[i].c.opened > q->ctx->now - DAY;
    }
    jw_kint(w, "open", open);
    jw_kint(w, "without_owner", nobody);
    jw_obj_end(w);
    return true;
}

/* ── since yesterday ── */

struct recent {
    int64_t since;
    uint64_t n;
};
/* The newest come first: an older one ends it, without an error. */
static bool count_flaw(void *arg, const struct flaw_row *f, struct err *e) {
    (void)e;
    struct recent *r = arg;
    if (f->seen <= r->since)
        return false;
    r->n++;
    return true;
}
static bool count_flaws(struct call *q, struct recent *r, struct err *e) {
    struct err stop = {0};
    if (hits_flaws(q->views, FLAW_BY_NEWEST, (struct flaw_place){INT64_MAX, INT64_MAX}, flaw_any_score, NULL,
                   count_flaw, r, &stop) ||
        stop.kind == ERR_NONE)
        return true;
    *e = stop;
    return false;
}

static bool put_changes(struct call *q, struct jw *w, const struct reader *reader, uint64_t opened, struct err *e) {
    struct recent flaws = {.since = q->ctx->now - DAY};
    struct as_of then = {.given = true, .time = flaws.since};
    uint32_t now_releases, then_releases;
    if (!log_size_at(q->home->log, flaws.since, &then.size, e) ||
        !contents_releases_at(q->views->contents, &q->when, &now_releases, e) ||
        !contents_releases_at(q->views->contents, &then, &then_releases, e))
        return false;
    jw_kobj(w, "since_yesterday");
    if (reader->owner) {
        if (!count_flaws(q, &flaws, e))
            return false;
        jw_kint(w, "flaws", (int64_t)flaws.n);
        jw_kint(w, "releases", now_releases > then_releases ? now_releases - then_releases : 0);
        jw_kint(w, "statements", q->when.size > then.size ? (int64_t)(q->when.size - then.size) : 0);
    }
    jw_kint(w, "cases", (int64_t)opened);
    jw_obj_end(w);
    return true;
}

bool api_today(struct call *q, struct err *e) {
    struct reader reader;
    const struct settings *s;
    uint64_t opened = 0;
    if (!call_reader(q, &reader, e) || !call_settings(q, &s, e))
        return false;
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_kstr(w, "now", time_rfc3339(q->a, q->ctx->now));
    jw_kint(w, "as_of", (int64_t)q->when.size);
    bool ok = put_cases(q, w, &reader, s, &opened, e) &&
              (!reader.owner || glance_waiting_json(q->views, q->a, w, &q->when, q->ctx->now, e)) &&
              put_changes(q, w, &reader, opened, e);
    jw_obj_end(w);
    return ok;
}
const struct route_doc api_today_doc = {
    .answer = "today-answer",
    .arguments = (const struct route_argument[]){ARGUMENT_AUDIENCE, {0}},
    .says = N_(
        "cases by their next deadline; to the owner also offers that wait, declarations at risk or about to end, and "
        "how much came in since yesterday"),
};
