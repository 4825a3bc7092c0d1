/* SPDX-License-Identifier: Apache-2.0
 *
 * Imports as jobs: sent, looked at, followed, cancelled.
 */
#include <time.h>

#include "base/file.h"
#include "serve/app.h"
#include "serve/call.h"
#include "serve/job.h"
#include "serve/multipart.h"

bool api_import(struct call *q, struct err *e);
bool api_jobs(struct call *q, struct err *e);
bool api_job(struct call *q, struct err *e);
bool api_job_events(struct call *q, struct err *e);
bool api_job_cancel(struct call *q, struct err *e);

/* Whose jobs somebody sees: their own; an administrator everybody's. */
static str owner(const struct call *q) { return caller_may(&q->who, MAY_ADMIN) ? (str){NULL, 0} : q->who.user; }

static bool busy(struct call *q) {
    return call_refuse(q, 503, "unavailable", "%s", _("imports are not worked on here"));
}

static bool show(struct call *q, str id, int status) {
    uint64_t version;
    bool ended;
    struct jw *w = call_json_as(q, status);
    return jobs_show(app_jobs(q->app), id, owner(q), w, &version, &ended) || call_not_found(q);
}

/* ── sent ── */

/* The file of a form, put in place of the form; fields stand in for arguments. */
static bool unwrap(struct call *q, struct job_plan *plan, const struct form_parts **fields, struct err *e) {
    struct form_parts *list = arena_new_of(q->a, struct form_parts);
    str type = asked_header(q->asked, "Content-Type"), text;
    *fields = list;
    if (!str_istarts(type, S("multipart/")))
        return true;
    if (!file_map(q->a, q->file, &text, e))
        return false;
    if (!multipart_read(q->a, type, text, list))
        return err_set(e, ERR_INPUT, S("body"), _("this form is damaged"));
    for (uint32_t i = 0; i < list->n; i++)
        if (list->v[i].filename.p) {
            plan->name = list->v[i].filename;
            plan->file = arena_printf(q->a, "%.*s.part", STR_ARG(q->file));
            return file_replace(plan->file, list->v[i].body, e);
        }
    return err_set(e, ERR_INPUT, S("body"), _("there is no file in this form"));
}

static str field(const struct call *q, const struct form_parts *fields, const char *name) {
    for (uint32_t i = 0; i < fields->n; i++)
        if (!fields->v[i].filename.p && str_is(fields->v[i].name, name))
            return fields->v[i].body;
    return call_text(q, name);
}

/* As it is shown and said in messages: no folders, nothing that is no text. */
static str clean_name(struct call *q, str name) {
    name = path_base(name);
    for (size_t i = 0; i < name.n; i++)
        if ((unsigned char)name.p[i] < ' ' || name.p[i] == 0x7f)
            return S("upload");
    return name.n && name.n <= 200 && str_utf8_ok(name) ? arena_str(q->a, name) : S("upload");
}

bool api_import(struct call *q, struct err *e) {
    const struct form_parts *fields;
    struct job_plan plan = {.file = q->file, .name = call_text(q, "name"), .user = q->who.user, .lang = q->lang};
    str id;
    if (!app_jobs(q->app))
        return busy(q);
    if (app_read_only(q->app))
        return call_refuse(q, 503, "read-only", "%s", _("the disk is full: only reading works until there is room"));
    if (!q->file.n)
        return err_set(e, ERR_INPUT, S("body"), _("there is no document"));
    if (!unwrap(q, &plan, &fields, e))
        return false;
    str kind = field(q, fields, "kind");
    if (!import_kind_of(kind, &plan.kind)) {
        err_set(e, ERR_USAGE, S("kind"), _("this is no kind of import"));
        return err_hint(e, "%s", "sboms, advisories, parties, products, deployments, services");
    }
    plan.name = clean_name(q, plan.name);
    plan.product = field(q, fields, "product");
    plan.version = field(q, fields, "version");
    plan.party = field(q, fields, "party");
    plan.partial = str_is(field(q, fields, "partial"), "true") || call_flag(q, "partial");
    if (!jobs_add(app_jobs(q->app), q->a, &plan, &id, e))
        return false;
    call_header(q, "Location", arena_printf(q->a, "/api/v1/jobs/%.*s", STR_ARG(id)).p);
    return show(q, id, 202);
}
static const struct route_argument import_arguments[] = {
    {"kind", "sboms|advisories|parties|products|deployments|services", N_("what the document is")},
    {"name", "text", N_("how it is called in messages; names ending in .jsonl have a document in each line")},
    {"product", "text", N_("of SBOMs that do not say")},
    {"version", "text", N_("of SBOMs that do not say")},
    {"party", "text", N_("of SBOMs that do not say")},
    {"partial", "flag", N_("take the good rows of a sheet that has bad ones")},
    {0}};
const struct route_doc api_import_doc = {
    .answer = "job-answer",
    .arguments = import_arguments,
    .form = "import-form",
    .says = N_("202 with the job: the body is the document, or a form (multipart/form-data) with one file and these "
               "arguments as fields")};

/* ── looked at ── */

bool api_jobs(struct call *q, struct err *e) {
    (void)e;
    if (!app_jobs(q->app))
        return busy(q);
    struct jw *w = call_json(q);
    jw_obj(w);
    jw_key(w, S("rows"));
    jobs_list(app_jobs(q->app), owner(q), w);
    jw_obj_end(w);
    return true;
}
const struct route_doc api_jobs_doc = {.answer = "jobs-answer",
                                       .says = N_("the newest first: one's own; all for an administrator")};

bool api_job(struct call *q, struct err *e) {
    (void)e;
    return app_jobs(q->app) ? show(q, call_part(q, 0), 200) : busy(q);
}
const struct route_doc api_job_doc = {.answer = "job-answer"};

bool api_job_cancel(struct call *q, struct err *e) {
    (void)e;
    if (!app_jobs(q->app))
        return busy(q);
    return jobs_cancel(app_jobs(q->app), call_part(q, 0), owner(q)) ? show(q, call_part(q, 0), 202) : call_not_found(q);
}
const struct route_doc api_job_cancel_doc = {.answer = "job-answer",
                                             .says = N_("202: it ends after the documents at hand, which stay")};

/* ── followed ── */

struct following {
    struct jobs *jobs;
    str id, user;
    uint64_t seen;
    int64_t said; /* seconds of the clock */
    bool begun, ended;
    struct buf b;
    size_t at;
};

static void forget(void *f) { buf_free(&((struct following *)f)->b); }

/* Something to say, if there is. */
static void look(struct following *f) {
    enum { SILENCE = 15 };
    struct buf json = {0};
    struct jw w = jw_to(&json, false);
    struct timespec now;
    uint64_t version;
    bool ended;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    buf_clear(&f->b);
    f->at = 0;
    if (!jobs_show(f->jobs, f->id, f->user, &w, &version, &ended)) {
        f->ended = true;
    } else if (!f->begun || version != f->seen) {
        buf_addf(&f->b, "id: %llu\nevent: job\ndata: %.*s\n\n", (unsigned long long)version, STR_ARG(buf_str(&json)));
        f->begun = true;
        f->seen = version;
        f->ended = ended;
    } else if (now.tv_sec - f->said >= SILENCE) {
        buf_addz(&f->b, ":\n\n"); /* so that everybody on the way knows that we are here */
    }
    if (f->b.n)
        f->said = now.tv_sec;
    buf_free(&json);
}

static size_t pull(void *of, char *to, size_t room) {
    struct following *f = of;
    if (f->at == f->b.n) {
        if (f->ended)
            return ANSWER_END;
        look(f);
    }
    size_t n = f->b.n - f->at < room ? f->b.n - f->at : room;
    if (n)
        memcpy(to, f->b.p + f->at, n);
    f->at += n;
    return n ? n : f->ended ? ANSWER_END : ANSWER_LATER;
}

bool api_job_events(struct call *q, struct err *e) {
    struct following *f = arena_new_of(q->a, struct following);
    struct buf b = {0};
    struct jw w = jw_to(&b, false);
    uint64_t version;
    bool ended, found;
    (void)e;
    if (!app_jobs(q->app))
        return busy(q);
    *f = (struct following){.jobs = app_jobs(q->app), .id = call_part(q, 0), .user = owner(q)};
    found = jobs_show(f->jobs, f->id, f->user, &w, &version, &ended);
    buf_free(&b);
    if (!found)
        return call_not_found(q);
    arena_defer(q->a, forget, f);
    return call_events(q, pull, f);
}
const struct route_doc api_job_events_doc = {
    .others = "text/event-stream",
    .says = N_("server-sent events: \"job\" with the job as JSON whenever it changed; the stream ends with the job")};
