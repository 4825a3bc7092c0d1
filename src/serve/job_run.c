/* SPDX-License-Identifier: Apache-2.0
 *
 * One import: the document is read by a process that can do nothing else (confined.h); what that found is taken, with
 * views of its own beside those of the application, as another process would.
 */
#include <time.h>

#include "base/file.h"
#include "impact/clock.h"
#include "impact/import.h"
#include "impact/things_state.h"
#include "impact/watch.h"
#include "serve/confined.h"
#include "serve/job_inner.h"

struct doing {
    struct jobs *jobs;
    struct job *job;
    struct ctx ctx;
    struct arena *a;
    struct home home;
    struct portfolio *p;
    str path, text; /* of the document */
    str rest;       /* of it that is to be taken */
    bool lines;
};

void job_fault_add(struct job *j, const struct err *e) {
    j->failed++;
    if (j->faults.n < JOB_FAULTS_MOST)
        *vec_push(j->a, &j->faults) = (struct job_fault){
            arena_str(j->a, str_of(e->where)), arena_str(j->a, str_of(e->what)), arena_str(j->a, str_of(e->hint))};
}

static void fault(void *arg, const struct err *e) {
    struct doing *d = arg;
    pthread_mutex_lock(&d->jobs->lock);
    job_fault_add(d->job, e);
    d->job->serial++;
    pthread_mutex_unlock(&d->jobs->lock);
}

/* ── reading ── */

enum { SECONDS = 300 };

static struct reading_plan reading_of(const struct doing *d, str text) {
    struct job *j = d->job;
    return (struct reading_plan){.kind = j->kind,
                                 .text = text,
                                 .name = j->name,
                                 .whose = j->user,
                                 .lang = j->japanese ? "ja" : "en",
                                 .seconds = SECONDS,
                                 .stop = &j->stop};
}

static bool nothing_taken(struct doing *d, struct err *e) {
    return err_set(e, ERR_INPUT, d->job->name, _("nothing was taken: %llu rows or documents cannot be read"),
                   (unsigned long long)d->job->failed);
}

/* ── SBOMs ── */

static bool read_elsewhere(void *arg, struct arena *kept, str text, str where, struct gist *out, struct err *e) {
    struct doing *d = arg;
    struct reading_plan plan = reading_of(d, text);
    if (d->lines)
        plan.name = arena_cat(kept, d->job->name, where); /* "list.jsonl#2" */
    return readers_gist(app_readers(d->jobs->app), &plan, kept, out, e);
}

/* Never the paths that a line of an import list may hold: those would be the server's. */
static str next_document(void *arg, struct arena *a) {
    struct doing *d = arg;
    str line = d->rest;
    (void)a;
    if (d->lines)
        do
            if (!str_line(&d->rest, &line))
                return (str){NULL, 0};
        while (!str_trim(line).n);
    else
        d->rest = (str){NULL, 0};
    pthread_mutex_lock(&d->jobs->lock);
    d->job->documents += line.p != NULL;
    d->job->read = d->rest.p ? (uint64_t)(d->rest.p - d->text.p) : d->text.n;
    d->job->serial++;
    pthread_mutex_unlock(&d->jobs->lock);
    return line;
}

static bool take_sboms(struct doing *d, struct err *e) {
    struct job *j = d->job;
    struct import_outcome out = {0};
    struct import_plan plan = {.next = next_document,
                               .product = j->product,
                               .version = j->version,
                               .party = j->party,
                               .fault = fault,
                               .reader = read_elsewhere,
                               .arg = d,
                               .stop = &j->stop};
    d->rest = d->text;
    bool ok = import_run(d->p, &plan, &out, e);
    pthread_mutex_lock(&d->jobs->lock);
    j->added = out.added;
    j->known = out.known;
    pthread_mutex_unlock(&d->jobs->lock);
    return ok && (d->lines || !j->failed || nothing_taken(d, e));
}

/* ── sheets ── */

static bool prepare(struct doing *d, const struct sheet *s, struct stating **list, struct err *e) {
    struct errs bad = {0};
    uint32_t n = s->rows.n;
    *list = arena_array(d->a, struct stating, n ? n : 1);
    for (uint32_t i = 0; i < n; i++)
        (*list)[i] = (struct stating){.form = s->rows.v[i].form,
                                      .given = s->given,
                                      .where = arena_printf(d->a, "%.*s:%u", STR_ARG(s->where), s->rows.v[i].line)};
    if (!things_prepare(d->p, d->a, *list, n, &bad, e))
        return false;
    for (uint32_t i = 0; i < bad.n; i++)
        fault(d, &bad.v[i]);
    return !bad.n || d->job->partial || nothing_taken(d, e);
}

static bool read_sheet(struct doing *d, struct sheet *s, struct err *e) {
    const struct reading_plan plan = reading_of(d, d->text);
    if (!readers_sheet(app_readers(d->jobs->app), &plan, &d->ctx, d->a, s, e)) {
        fault(d, e);
        return e->kind == ERR_ENV ? false : nothing_taken(d, e);
    }
    for (uint32_t i = 0; i < s->faults.n; i++)
        fault(d, &s->faults.v[i]);
    pthread_mutex_lock(&d->jobs->lock);
    d->job->failed += s->faulty > s->faults.n ? s->faulty - s->faults.n : 0; /* no more are told */
    pthread_mutex_unlock(&d->jobs->lock);
    return !d->job->failed || (s->rows.n && d->job->partial) || nothing_taken(d, e);
}

static bool take_sheet(struct doing *d, struct err *e) {
    struct sheet s;
    struct stating *list;
    struct stated done = {0};
    if (!read_sheet(d, &s, e) || !prepare(d, &s, &list, e) || !things_say(d->p, d->a, list, s.rows.n, &done, e))
        return false;
    pthread_mutex_lock(&d->jobs->lock);
    d->job->documents = s.rows.n;
    d->job->added = done.added;
    d->job->changed = done.changed;
    d->job->known = done.same;
    pthread_mutex_unlock(&d->jobs->lock);
    return true;
}

/* ── advisories ── */

static void all_faults(void *arg, uint64_t n) {
    struct doing *d = arg;
    pthread_mutex_lock(&d->jobs->lock);
    d->job->failed = n; /* only the first were told */
    pthread_mutex_unlock(&d->jobs->lock);
}

/* What the new advisories reach, as `akashi watch` would. */
static bool watch(struct doing *d, str db, struct err *e) {
    struct verdict_policy policy;
    struct clock_set clocks;
    struct watch_report report;
    struct watch_plan plan = {.policy = &policy};
    if (!verdict_policy_read(&d->ctx, d->a, path_join(d->a, d->home.path, S("akashi.toml")), &policy, e) ||
        !clock_load(&d->ctx, d->a, d->home.path, &clocks, e) || !advdb_open(&d->ctx, db, &plan.db, e))
        return false;
    plan.ssvc = &clocks.tables;
    bool ok = watch_run(d->p, &plan, d->a, &report, e);
    advdb_close(plan.db);
    return ok;
}

static bool take_advisories(struct doing *d, struct err *e) {
    str db = path_join(d->a, d->home.path, S("advisories.db"));
    struct import_result r = {0};
    const struct reading_plan plan = reading_of(d, d->text);
    const struct reading_faults to = {fault, all_faults, d};
    if (!readers_advisories(app_readers(d->jobs->app), &plan, &to, &d->ctx, db, &r, e))
        return false;
    pthread_mutex_lock(&d->jobs->lock);
    d->job->documents = r.documents;
    d->job->added = r.added;
    d->job->changed = r.changed;
    d->job->known = r.unchanged;
    d->job->serial++;
    pthread_mutex_unlock(&d->jobs->lock);
    return watch(d, db, e);
}

/* ── all of it ── */

static bool take(struct doing *d, struct err *e) {
    switch (d->job->kind) {
    case IMPORT_SBOM: return take_sboms(d, e);
    case IMPORT_ADVISORIES: return take_advisories(d, e);
    case IMPORT_PARTIES:
    case IMPORT_PRODUCTS:
    case IMPORT_DEPLOYMENTS:
    case IMPORT_SERVICES: return take_sheet(d, e);
    case IMPORT_KINDS: break;
    }
    return true;
}

static bool do_it(struct doing *d, struct err *e) {
    d->path = job_document(d->a, d->jobs, d->job);
    d->lines = str_iends(d->job->name, S(".jsonl")) || str_iends(d->job->name, S(".ndjson"));
    if (!file_map(d->a, d->path, &d->text, e) ||
        !home_open(&d->ctx, d->a, app_home(d->jobs->app), HOME_SIGN, &d->home, e))
        return false;
    if (d->job->kind != IMPORT_ADVISORIES) /* what follows from those nobody asked for */
        d->home.by = d->job->user;
    return portfolio_open(&d->ctx, &d->home, app_store(d->jobs->app), &d->p, e) && take(d, e);
}

static void settle(struct doing *d, bool ok, const struct err *e) {
    struct job *j = d->job;
    pthread_mutex_lock(&d->jobs->lock);
    j->state = atomic_load(&j->stop)                                                 ? JOB_CANCELLED
               : !ok                                                                 ? JOB_FAILED
               : j->documents && j->failed >= j->documents && !j->added && !j->known ? JOB_FAILED
                                                                                     : JOB_DONE;
    if (j->state == JOB_FAILED && !ok)
        j->error = (struct job_fault){arena_str(j->a, str_of(e->where)), arena_str(j->a, str_of(e->what)),
                                      arena_str(j->a, str_of(e->hint))};
    if (j->state == JOB_DONE)
        j->read = j->bytes;
    j->ended = (int64_t)time(NULL);
    pthread_mutex_unlock(&d->jobs->lock);
}

void job_run(struct jobs *jobs, struct job *j) {
    struct doing d = {.jobs = jobs, .job = j, .a = arena_new()};
    struct err e = {0};
    ctx_init(&d.ctx);
    d.ctx.quiet = true;
    bool ok = do_it(&d, &e);
    if (!ok && e.kind == ERR_ENV)
        app_problem(jobs->app, &e);
    settle(&d, ok, &e);
    portfolio_close(d.p);
    home_close(&d.home);
    ctx_free(&d.ctx);
    arena_free(d.a);
}
